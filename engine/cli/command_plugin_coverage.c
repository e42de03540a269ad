/* askonce plugin coverage: which values of each criterion and which sides of each threshold the golden cases exercise. */
#include <string.h>

#include "cli/caret.h"
#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "cli/screen.h"
#include "service/coverage.h"

struct tally {
  struct ask_buffer json; /* with --json: the objects so far */
  size_t programs, wanted, covered, sides_wanted, sides_covered;
  bool lacking; /* a criterion lacks a value, or a program its cases */
};

static unsigned percent(size_t part, size_t whole) { return whole ? (unsigned)(part * 100 / whole) : 100; }

static bool is_missing_only(const struct ask_session *session) {
  return session->arguments->flags[ASK_FLAG_MISSING] != NULL;
}

/* One letter for each of three: there, missing, or not asked for. */
static void marks(struct ask_screen *screen, uint8_t can, uint8_t missing, const char *letters) {
  for (int i = 0; i < 3; i++) {
    bool asked = can & (1 << i), lacks = missing & (1 << i);
    ask_say_styled(screen,
                   lacks   ? ASK_RED
                   : asked ? ASK_GREEN
                           : ASK_DIM,
                   "%c%s",
                   !asked  ? ' '
                   : lacks ? '-'
                           : letters[i],
                   i < 2 ? " " : "");
  }
}

static const char *list_of(struct ask_arena *arena, uint8_t bits, const char *const words[3]) {
  const char *text = "";
  for (int i = 0; i < 3; i++)
    if (bits & (1 << i)) text = ask_printf(arena, "%s%s%s", text, *text ? ", " : "", words[i]);
  return text;
}

static const char *why_not_all(struct ask_arena *arena, const struct ask_covered_criterion *one) {
  static const char *const words[] = {"true", "false", "unknown"};
  uint8_t cannot = (uint8_t)(ASK_COVERED_VALUES & ~one->can);
  if (one->day_alone) return " (not asked for: it reads the day and parameters alone)";
  if (!cannot) return "";
  return ask_printf(arena, " (it can never be %s)", list_of(arena, cannot, words));
}

static const char *place(struct ask_arena *arena, const struct ask_place *at) {
  const char *slash = at->file ? strrchr(at->file, '/') : NULL;
  const char *file = slash ? slash + 1 : at->file ? at->file : "";
  return at->column ? ask_printf(arena, "%s:%d:%d", file, at->line, at->column)
                    : ask_printf(arena, "%s:%d", file, at->line);
}

static void criteria(struct ask_screen *screen, const struct ask_session *session, const struct ask_coverage *c) {
  static const char *const words[] = {"true", "false", "unknown"};
  for (size_t i = 0; i < c->criterion_count; i++) {
    const struct ask_covered_criterion *one = &c->criteria[i];
    uint8_t missing = ask_criterion_missing(one);
    if (is_missing_only(session) && !missing) continue;
    ask_say(screen, "  ");
    marks(screen, one->day_alone ? 0 : one->can, missing, "TF?");
    ask_say(screen, "  %*s", 2 * one->depth, "");
    const char *lacks =
        missing ? ask_printf(session->arena, ": never %s", list_of(session->arena, missing, words)) : "";
    ask_wrapped(screen, 9 + 2 * one->depth, ASK_PLAIN,
                ask_printf(session->arena, "%s %s%s%s%s%s%s %s", ask_covered_part_text(one->part),
                           one->code ? one->code : "", one->code ? " " : "", one->text, lacks,
                           why_not_all(session->arena, one), missing ? "" : ",",
                           missing ? ask_printf(session->arena, "(%s)", place(session->arena, &one->at))
                                   : place(session->arena, &one->at)));
  }
}

static void thresholds(struct ask_screen *screen, const struct ask_session *session, const struct ask_coverage *c) {
  static const char *const words[] = {"at it", "below it", "above it"};
  for (size_t i = 0; i < c->boundary_count; i++) {
    const struct ask_covered_boundary *one = &c->boundaries[i];
    uint8_t missing = ask_boundary_missing(one);
    if (is_missing_only(session) && !missing) continue;
    ask_say(screen, "  ");
    marks(screen, one->can, missing, "=<>");
    ask_say(screen, "  ");
    const char *lacks =
        missing ? ask_printf(session->arena, ": no case %s", list_of(session->arena, missing, words)) : "";
    ask_wrapped(screen, 9, ASK_PLAIN,
                ask_printf(session->arena, "%s %s, %s%s", ask_covered_part_text(one->part), one->text,
                           place(session->arena, &one->at), lacks));
    ask_say_caret(screen, 11, one->expression, one->offset, one->length, "");
  }
}

static void report(struct ask_session *session, const struct ask_coverage *c) {
  struct ask_screen screen = ask_screen_new();
  ask_padded(&screen, ASK_BOLD, c->cases->program->spec->id, 12);
  ask_say(&screen, " criteria: %zu of %zu values (%u %%);  thresholds: %zu of %zu sides (%u %%);  %zu case%s\n",
          c->covered, c->wanted, percent(c->covered, c->wanted), c->sides_covered, c->sides_wanted,
          percent(c->sides_covered, c->sides_wanted), c->cases->count, c->cases->count == 1 ? "" : "s");
  if (c->cases->absent) ask_say_styled(&screen, ASK_RED, "  it has no cases.yaml\n");
  if (c->cases->unreadable)
    ask_say_styled(&screen, ASK_RED, "  %zu cases cannot be run: askonce plugin test %s\n", c->cases->unreadable,
                   c->cases->program->spec->folder);
  criteria(&screen, session, c);
  thresholds(&screen, session, c);
  ask_screen_show(&screen);
}

static void count(struct tally *tally, const struct ask_coverage *c) {
  tally->programs++;
  tally->wanted += c->wanted;
  tally->covered += c->covered;
  tally->sides_wanted += c->sides_wanted;
  tally->sides_covered += c->sides_covered;
  tally->lacking = tally->lacking || c->covered < c->wanted || c->cases->unreadable;
}

static bool cover(struct ask_session *session, const struct ask_case_set *cases, const struct ask_host *host,
                  void *context) {
  struct tally *tally = context;
  const struct ask_coverage *found = ask_coverage_new(session->arena, cases, host, &session->problems);
  if (!found) return false;
  count(tally, found);
  if (!session->arguments->flags[ASK_FLAG_JSON])
    report(session, found);
  else
    ask_coverage_json(&tally->json, found);
  return true;
}

static int work(struct ask_session *session, const struct ask_program *program, void *context) {
  struct tally *tally = context;
  return ask_each_case_set(session, program, cover, tally, &tally->lacking);
}

static int run(const struct ask_arguments *arguments) {
  struct tally tally = {0};
  int code = ask_each_target(arguments, work, &tally);
  if (code == ASK_EXIT_OK && tally.lacking) code = ASK_EXIT_FINDINGS;
  if (arguments->flags[ASK_FLAG_JSON] && code != ASK_EXIT_BAD) {
    struct ask_buffer text = {0};
    ask_buffer_printf(&text, "{\"programs\":[%s]}", tally.json.bytes ? tally.json.bytes : "");
    if (!ask_print_machine(&text)) code = ASK_EXIT_BAD;
  } else if (!arguments->flags[ASK_FLAG_JSON]) {
    printf("%zu program%s: %zu of %zu values of criteria (%u %%), %zu of %zu sides of thresholds (%u %%)\n",
           tally.programs, tally.programs == 1 ? "" : "s", tally.covered, tally.wanted,
           percent(tally.covered, tally.wanted), tally.sides_covered, tally.sides_wanted,
           percent(tally.sides_covered, tally.sides_wanted));
  }
  ask_buffer_free(&tally.json);
  return code;
}

const struct ask_command ask_command_plugin_coverage = {
    .name = "plugin coverage",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "which values of each criterion the golden cases exercise",
    .about =
        "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. For each "
        "criterion, level and note: T when some case makes it true, F false, ? unknown; - is missing. For each "
        "comparison of numbers, money or dates: = when some case stands at the threshold, < below, > above. What "
        "cannot be is not asked for. The exit code is 1 when a criterion lacks a value.",
    .example = "askonce plugin coverage plugins/nyc/aps --missing",
    .run = run,
    .flags = {ASK_FLAG_MISSING, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
