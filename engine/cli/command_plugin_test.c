/* askonce plugin test: the golden cases of programs, with the criteria tree of those that fail; with --watch again and again. */
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "cli/report.h"
#include "cli/watch.h"
#include "service/cases.h"

struct tally {
  size_t passed, failed, programs;
  struct ask_buffer json; /* with --json: the cases that fail */
  struct ask_screen *screen;
  struct ask_session *session;
  struct ask_watch *watch;    /* NULL: once */
  const char *const *changed; /* paths since the last time; NULL: everything is run */
  size_t changed_count;
};

/* ---- one case ------------------------------------------------------------------------------------------------------ */

static void show_differences(struct tally *tally, const struct ask_case_outcome *outcome) {
  struct ask_screen *screen = tally->screen;
  ask_say_styled(screen, ASK_RED, "FAILED");
  ask_say(screen, " %s:%d: %s\n", outcome->spec->at.file ? outcome->spec->at.file : "", outcome->spec->at.line,
          outcome->spec->name ? outcome->spec->name : "(a case without a name)");
  for (size_t i = 0; i < outcome->difference_count; i++) {
    const struct ask_problem *problem = &outcome->differences[i];
    ask_paragraph(screen, "  ", ASK_PLAIN,
                  ask_printf(tally->session->arena, "line %d: %s%s%s%s%s%s", problem->at.line,
                             problem->path ? problem->path : "", problem->path ? ": " : "", problem->message,
                             problem->hint ? " (" : "", problem->hint ? problem->hint : "", problem->hint ? ")" : ""));
  }
}

static void observe(void *context, const struct ask_case_outcome *outcome) {
  struct tally *tally = context;
  if (!outcome->difference_count) {
    tally->passed++;
    return;
  }
  tally->failed++;
  if (tally->session->arguments->flags[ASK_FLAG_JSON]) {
    ask_case_json(&tally->json, outcome);
    return;
  }
  show_differences(tally, outcome);
  if (outcome->determination) {
    tally->session->result = outcome->result;
    ask_report_criteria(tally->screen, tally->session, outcome->determination);
    ask_report_worksheet(tally->screen, tally->session, outcome->determination);
  }
  ask_say(tally->screen, "\n");
}

/* ---- one target ---------------------------------------------------------------------------------------------------- */

/* The cases of one program, and those that name none. */
static void keep_only(struct ask_arena *arena, const char *program, struct ask_case_file *file) {
  struct ask_case_spec *kept = ask_alloc_array(arena, file->count, sizeof *kept);
  size_t count = 0;
  for (size_t i = 0; i < file->count; i++)
    if (!file->list[i].program || strcmp(file->list[i].program, program) == 0) kept[count++] = file->list[i];
  file->list = kept;
  file->count = count;
}

/* One file of cases. False when it cannot be read. */
static bool run_file(struct ask_session *session, const char *path, const char *program, bool only, int64_t today,
                     struct tally *tally) {
  struct ask_case_file file;
  size_t before = session->problems.count;
  if (!ask_cases_load(session->arena, path, &file, &session->problems)) {
    ask_show_problems(session->problems.list + before, session->problems.count - before, 0, NULL);
    return false;
  }
  if (only) keep_only(session->arena, program, &file);
  ask_cases_run(session->desk, session->rules, &file, program, today, observe, tally);
  return true;
}

static bool stands_in(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && path[length] == '/';
}

/* Whether a changed file is one of the program's, or of one whose status it reads. A file of no program is everybody's. */
static bool is_touched(const struct tally *tally, const struct ask_catalogue *catalogue,
                       const struct ask_program *program) {
  for (size_t i = 0; i < tally->changed_count; i++) {
    bool somebodys = false;
    for (size_t k = 0; k < catalogue->program_count && !somebodys; k++)
      somebodys = stands_in(tally->changed[i], catalogue->programs[k].spec->folder);
    if (!somebodys || stands_in(tally->changed[i], program->spec->folder)) return true;
  }
  for (size_t i = 0; i < program->depends_count; i++) /* no program reads its own, not even by way of others */
    if (is_touched(tally, catalogue, &catalogue->programs[program->depends_on[i]])) return true;
  return !tally->changed;
}

static bool run_program(struct ask_session *session, const struct ask_program *program, int64_t today,
                        struct tally *tally) {
  const struct ask_program_spec *spec = program->spec;
  const char *path = ask_path_join(session->arena, spec->folder, "cases.yaml");
  size_t failed = tally->failed, passed = tally->passed;
  if (!ask_is_there(path)) {
    ask_say(tally->screen, "%-12s no cases.yaml\n", spec->id);
    return true;
  }
  tally->programs++;
  bool good = run_file(session, path, spec->id, false, today, tally);
  ask_say(tally->screen, "%-12s %zu passed, %zu failed\n", spec->id, tally->passed - passed, tally->failed - failed);
  return good;
}

/* What a change of means that the cases have to be run again. */
static bool watch_places(struct ask_session *session, struct ask_watch *watch) {
  const struct ask_data_places *places = &session->places;
  const char *cases = session->arguments->flags[ASK_FLAG_CASES];
  bool good = ask_watch_add(watch, places->form);
  if (places->form_parameters) good = ask_watch_add(watch, places->form_parameters) && good;
  if (places->common) good = ask_watch_add(watch, places->common) && good;
  for (size_t i = 0; i < places->pack_count; i++) good = ask_watch_add(watch, places->packs[i].folder) && good;
  if (cases) good = ask_watch_add(watch, cases) && good;
  return good;
}

static int test(struct ask_session *session, const struct ask_program *program, void *context) {
  struct tally *tally = context;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const char *chosen = session->arguments->flags[ASK_FLAG_CASES], *as_of = session->arguments->flags[ASK_FLAG_AS_OF];
  int64_t today = ask_today();
  bool good = true;
  if (as_of && !ask_date_read(as_of, strlen(as_of), &today)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
    return ASK_EXIT_BAD;
  }
  if (tally->watch && !watch_places(session, tally->watch)) return ASK_EXIT_BAD;
  ask_show_problems(session->problems.list, session->problems.count, session->problems.errors, NULL);
  struct ask_screen screen = ask_screen_new();
  tally->screen = &screen;
  tally->session = session;
  session->desk = ask_desk_new(session->rules);
  if (chosen) good = run_file(session, chosen, program ? program->spec->id : NULL, program != NULL, today, tally);
  for (size_t i = 0; !chosen && i < catalogue->program_count; i++) {
    const struct ask_program *one = &catalogue->programs[i];
    if ((!program || program == one) && is_touched(tally, catalogue, one))
      good = run_program(session, one, today, tally) && good;
  }
  if (session->arguments->flags[ASK_FLAG_JSON])
    ask_buffer_free(&screen.text);
  else if (!ask_screen_show(&screen))
    good = false;
  return !good ? ASK_EXIT_BAD : tally->failed ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

/* ---- once, or again and again -------------------------------------------------------------------------------------- */

static int once(const struct ask_arguments *arguments, struct tally *tally) {
  int code = ask_each_target(arguments, test, tally);
  if (!arguments->flags[ASK_FLAG_JSON]) {
    printf("%zu passed, %zu failed\n", tally->passed, tally->failed);
  } else if (code != ASK_EXIT_BAD) {
    struct ask_buffer text = {0};
    ask_buffer_printf(&text, "{\"passed\":%zu,\"failed\":%zu,\"failures\":[%s]}", tally->passed, tally->failed,
                      tally->json.bytes ? tally->json.bytes : "");
    if (!ask_print_machine(&text)) code = ASK_EXIT_BAD;
  }
  ask_buffer_free(&tally->json);
  return code;
}

static int again_and_again(const struct ask_arguments *arguments) {
  struct ask_watch *watch = ask_watch_new();
  struct ask_arena *arena = ask_arena_new();
  struct tally tally = {.watch = watch};
  int code = watch ? ASK_EXIT_OK : ASK_EXIT_BAD;
  for (bool going_on = watch != NULL; going_on;) {
    if (isatty(STDOUT_FILENO) && !arguments->flags[ASK_FLAG_JSON]) fputs("\033[H\033[2J\033[3J", stdout);
    code = once(arguments, &tally);
    if (!ask_watch_count(watch)) break; /* there is nothing that could be mended while it waits */
    if (!arguments->flags[ASK_FLAG_JSON]) puts("waiting for changes; Ctrl-C ends");
    fflush(stdout);
    ask_arena_reset(arena);
    tally = (struct tally){.watch = watch};
    going_on = ask_watch_wait(watch, arena, &tally.changed, &tally.changed_count);
  }
  ask_watch_free(watch);
  ask_arena_free(arena);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  struct tally tally = {0};
  return arguments->flags[ASK_FLAG_WATCH] ? again_and_again(arguments) : once(arguments, &tally);
}

const struct ask_command ask_command_plugin_test = {
    .name = "plugin test",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "run the golden cases of programs",
    .about = "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. "
             "Each case is a household and what the rule must say of it. One that fails is shown with what was "
             "expected, what came, and the criteria tree. The last line counts them. --cases runs others' cases, in "
             "YAML or JSON; each names its program: or takes the one on the command line. With --watch they are run "
             "again whenever a file changes, those of the programs it touches, until Ctrl-C.",
    .example = "askonce plugin test plugins/nyc/aps",
    .run = run,
    .flags = {ASK_FLAG_CASES, ASK_FLAG_WATCH, ASK_FLAG_JSON, ASK_FLAG_AS_OF, ASK_FLAG_PACK, ASK_FLAG_PLUGINS,
              ASK_FLAG_FORMS},
};
