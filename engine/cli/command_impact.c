/* askonce impact: what a change of rules does to a file of households or to a store. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "cli/words.h"
#include "service/impact.h"

/* A signal handler can reach nothing else. */
static volatile sig_atomic_t stop_wanted;

static void on_signal(int number) {
  (void)number;
  stop_wanted = 1;
}

struct job {
  const struct ask_arguments *arguments;
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_rules *from, *to;
  struct ask_impact_options options;
  struct ask_impact_title title;
};

static int bad(struct job *job) {
  if (job->arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_problems(&text, 0, job->problems.list, job->problems.count);
    ask_print_machine(&text);
  } else {
    ask_show_problems(job->problems.list, job->problems.count, job->problems.errors, NULL);
  }
  return ASK_EXIT_BAD;
}

/* A pack by its folder or by its id. A folder below plugins/ brings the form that stands beside it, unless --forms says
 * otherwise: the two packs may be of two versions of the whole tree. */
static struct ask_rules *load(struct job *job, const char *named) {
  const char *const *flags = job->arguments->flags;
  struct ask_data_options options = {
      .forms = flags[ASK_FLAG_FORMS], .plugins = flags[ASK_FLAG_PLUGINS], .installed = ASK_DATA_DIR};
  struct ask_data_places places;
  if (strchr(named, '/') || ask_is_folder(named)) {
    const char *beside = ask_path_join(job->arena, named, "../../forms");
    options.plugins = named;
    if (!options.forms && ask_is_folder(beside)) options.forms = beside;
  } else {
    options.pack = named;
  }
  if (!ask_data_find(job->arena, &options, &places, &job->problems)) return NULL;
  return ask_rules_load(&places, &job->problems);
}

/* ---- the report ---------------------------------------------------------------------------------------------------- */

static void count_line(struct ask_screen *screen, enum ask_style style, const char *what, int64_t number) {
  char digits[ASK_GROUPED];
  if (number) ask_say_styled(screen, style, "  %12s %s\n", ask_grouped(number, digits), what);
}

static void amount_line(struct ask_screen *screen, struct ask_arena *arena, const char *what,
                        const struct ask_impact_program *p, int64_t number, int64_t cents) {
  struct ask_kind money = {.type = ASK_MONEY};
  struct ask_value value = {.word = cents, .state = ASK_KNOWN};
  char digits[ASK_GROUPED];
  if (number)
    ask_say(screen, "  %12s %s, %s%s in all\n", ask_grouped(number, digits), what,
            ask_kind_words(arena, &money, &value), ask_per_words(p->amount_per));
}

static void say_example(struct ask_screen *screen, struct ask_arena *arena, const char *what,
                        const struct ask_impact_example *e) {
  char first[64];
  snprintf(first, sizeof first, "      household %lld: ", (long long)e->line);
  ask_paragraph(screen, first, ASK_DIM,
                ask_printf(arena, "%s%s%s, %s before, %s now%s%s", e->id ? e->id : "", e->id ? ", " : "", what,
                           ask_impact_state_word(e->from_state), ask_impact_state_word(e->to_state),
                           e->why_to_count ? ": " : "", e->why_to_count ? e->why_to[0] : ""));
}

static void say_program(struct ask_screen *screen, struct ask_arena *arena, const struct ask_impact_program *p) {
  static const struct {
    enum ask_impact_kind kind;
    enum ask_style style;
    const char *what, *example;
  } LINES[] = {
      {ASK_IMPACT_GAINS, ASK_GREEN, "gain: likely or possible now", "gains"},
      {ASK_IMPACT_LOSES, ASK_RED, "lose: were likely or possible", "loses"},
      {ASK_IMPACT_TO_NEED_INFO, ASK_YELLOW, "have to be asked more", "has to be asked more"},
      {ASK_IMPACT_RULED_OUT, ASK_PLAIN, "are ruled out now, were undecided", "is ruled out"},
      {ASK_IMPACT_SHIFTS, ASK_PLAIN, "change otherwise", "changes"},
  };
  ask_say(screen, "\n");
  ask_say_styled(screen, ASK_BOLD, "%s", p->name);
  ask_say(screen, " (%s)\n", p->id);
  for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
    count_line(screen, LINES[i].style, LINES[i].what, p->kinds[LINES[i].kind]);
    if (p->example_count[LINES[i].kind]) say_example(screen, arena, LINES[i].example, &p->examples[LINES[i].kind][0]);
  }
  amount_line(screen, arena, "get more", p, p->kinds[ASK_IMPACT_MORE], p->cents_more);
  amount_line(screen, arena, "get less", p, p->kinds[ASK_IMPACT_LESS], p->cents_less);
}

static bool moved(const struct ask_impact_program *p) {
  for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++)
    if (p->kinds[kind]) return true;
  return false;
}

static void say_report(struct ask_screen *screen, struct job *job, const struct ask_impact *impact) {
  char a[ASK_COUNTED], b[ASK_GROUPED], c[ASK_GROUPED], d[ASK_GROUPED];
  size_t still = 0;
  ask_say(screen, "From %s to %s, %s: %s in some program, %s gain and %s lose somewhere.\n", job->title.from,
          job->title.to, ask_counted(impact->households, "household", "households", a),
          ask_printf(job->arena, "%s change", ask_grouped(impact->changed, b)), ask_grouped(impact->gaining, c),
          ask_grouped(impact->losing, d));
  for (size_t i = 0; i < impact->program_count; i++) {
    if (moved(&impact->programs[i]))
      say_program(screen, job->arena, &impact->programs[i]);
    else
      still++;
  }
  if (still) ask_say(screen, "\nNothing changes in %zu program%s.\n", still, still == 1 ? "" : "s");
  if (impact->rejected) {
    ask_say_styled(screen, ASK_YELLOW, "\n%s could not be read", ask_counted(impact->rejected, "line", "lines", a));
    ask_say(screen, ":\n");
  }
  for (size_t i = 0; i < impact->reject_count; i++)
    ask_paragraph(screen, ask_printf(job->arena, "  line %lld: ", (long long)impact->rejects[i].line), ASK_PLAIN,
                  impact->rejects[i].message);
  if (impact->stopped) ask_say_styled(screen, ASK_RED, "\nStopped: these are not all households.\n");
}

/* ---- the command --------------------------------------------------------------------------------------------------- */

static bool write_page(struct job *job, const struct ask_impact *impact, const char *path) {
  struct ask_buffer page = {0};
  ask_impact_html(impact, &job->title, &page);
  bool good = ask_file_replace(path, page.bytes, page.length);
  ask_buffer_free(&page);
  if (!good)
    ask_problem_add(&job->problems, ASK_ERROR, "cannot-write", (struct ask_place){.file = path}, NULL,
                    "name a file in a folder that is there", "cannot be written");
  return good;
}

static int show(struct job *job, const struct ask_impact *impact) {
  const char *page = job->arguments->flags[ASK_FLAG_HTML];
  bool written;
  if (page && !write_page(job, impact, page)) return bad(job);
  if (job->arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_impact_json(impact, &job->title, &text);
    written = ask_print_machine(&text);
  } else {
    struct ask_screen screen = ask_screen_new();
    say_report(&screen, job, impact);
    if (page) ask_say(&screen, "\nThe page with the chart: %s\n", page);
    written = ask_screen_show(&screen);
  }
  if (!written || impact->stopped || (!impact->households && impact->rejected)) return ASK_EXIT_BAD;
  return impact->rejected ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

static int measure(struct job *job) {
  struct ask_impact impact;
  struct ask_progress progress = ask_progress_new("households");
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  job->options.from = job->from;
  job->options.to = job->to;
  job->options.stop = &stop_wanted;
  job->options.progress = ask_progress_draw;
  job->options.context = &progress;
  job->title.from_hash = job->from->hash;
  job->title.to_hash = job->to->hash;
  bool good = ask_impact_run(&job->options, &impact, &job->problems);
  ask_progress_end(&progress);
  return good ? show(job, &impact) : bad(job);
}

static bool read_flags(struct job *job) {
  const char *const *flags = job->arguments->flags;
  const char *as_of = flags[ASK_FLAG_AS_OF], *jobs = flags[ASK_FLAG_JOBS];
  if (!flags[ASK_FLAG_FROM_PACK] || !flags[ASK_FLAG_TO_PACK]) {
    ask_usage_error("impact needs both: --from PACK_A --to PACK_B");
    return false;
  }
  job->options.as_of = ask_today();
  job->options.as_of_wins = as_of != NULL;
  if (as_of && !ask_date_read(as_of, strlen(as_of), &job->options.as_of)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
    return false;
  }
  if (jobs) {
    char *end;
    long number = strtol(jobs, &end, 10);
    if (*end || end == jobs || number < 1 || number > 64) {
      ask_usage_error("--jobs takes a number from 1 to 64, not '%s'", jobs);
      return false;
    }
    job->options.jobs = (int)number;
  }
  job->options.programs = flags[ASK_FLAG_PROGRAMS];
  job->title.from = flags[ASK_FLAG_FROM_PACK];
  job->title.to = flags[ASK_FLAG_TO_PACK];
  job->title.as_of = job->options.as_of;
  job->title.as_of_wins = job->options.as_of_wins;
  return true;
}

static int over_store(struct job *job) {
  struct ask_store_access access;
  int code = ask_store_access_open(&access, job->arguments, false);
  if (code == ASK_EXIT_OK) {
    job->options.session = access.session;
    job->title.input = ask_store_shown(access.store);
    code = measure(job);
  }
  ask_store_access_close(&access);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  bool store = flags[ASK_FLAG_DATA] || flags[ASK_FLAG_STORE] || flags[ASK_FLAG_CONFIG];
  struct job job = {.arguments = arguments, .arena = ask_arena_new()};
  int code = ASK_EXIT_BAD;
  job.problems.arena = job.arena;
  if (store == (arguments->word_count > 0)) {
    ask_usage_error(store ? "impact takes a file, or a store (--data, --store), not both"
                          : "impact needs INPUT, one household a line, or a store: --data DIR or --store URL");
  } else if (read_flags(&job)) {
    job.from = load(&job, flags[ASK_FLAG_FROM_PACK]);
    job.to = job.from ? load(&job, flags[ASK_FLAG_TO_PACK]) : NULL;
    if (!job.to) {
      bad(&job);
    } else {
      job.problems.count = job.problems.errors = 0; /* programs that do not load count as errors */
      job.options.in = store ? NULL : arguments->words[0];
      job.title.input = store ? NULL : ask_input_name(arguments->words[0]);
      code = store ? over_store(&job) : measure(&job);
    }
  }
  ask_rules_free(job.to);
  ask_rules_free(job.from);
  ask_arena_free(job.arena);
  return code;
}

const struct ask_command ask_command_impact = {
    .name = "impact",
    .words = "[INPUT|-]",
    .most = 1,
    .summary = "what a change of rules does to many households",
    .about =
        "Assesses every household under the pack --from and under the pack --to, and counts for each program who "
        "gains, who loses, who has to be asked more, and how amounts move, with households that show it. A pack is "
        "named by its id or by its folder; a folder brings the form that stands beside its plugins folder.\n"
        "INPUT has one household a line, as for assess --bulk; with --data or --store instead: the latest revision "
        "of every assessment of the store. Any number of households; memory does not grow with them.\n"
        "--html FILE writes a page with a chart. Answers are in no report; the references of a few households are.",
    .example = "askonce impact --from old/plugins/nyc --to plugins/nyc --html impact.html examples/households.jsonl",
    .run = run,
    .flags = {ASK_FLAG_FROM_PACK, ASK_FLAG_TO_PACK, ASK_FLAG_PROGRAMS, ASK_FLAG_AS_OF, ASK_FLAG_HTML, ASK_FLAG_JSON,
              ASK_FLAG_JOBS, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS, ASK_STORE_FLAGS},
};
