/* askonce plugin test: the golden cases of programs, with the criteria tree of those that fail. */
#include <string.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "cli/report.h"
#include "service/cases.h"

struct tally {
  size_t passed, failed;
  struct ask_screen *screen;
  struct ask_session *session;
};

static void observe(void *context, const struct ask_case_outcome *outcome) {
  struct tally *tally = context;
  if (!outcome->difference_count) {
    tally->passed++;
    return;
  }
  struct ask_screen *screen = tally->screen;
  tally->failed++;
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
  if (outcome->determination) {
    tally->session->result = outcome->result;
    ask_report_criteria(screen, tally->session, outcome->determination);
    ask_report_worksheet(screen, tally->session, outcome->determination);
  }
  ask_say(screen, "\n");
}

/* One file of cases. False when it cannot be read. */
static bool run_file(struct ask_session *session, const char *path, const char *program, int64_t today,
                     struct tally *tally) {
  struct ask_case_file file;
  size_t before = session->problems.count;
  if (!ask_cases_load(session->arena, path, &file, &session->problems)) {
    ask_show_problems(session->problems.list + before, session->problems.count - before, 0, NULL);
    return false;
  }
  ask_cases_run(session->desk, session->rules, &file, program, today, observe, tally);
  return true;
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
  ask_show_problems(session->problems.list, session->problems.count, session->problems.errors, NULL);
  struct ask_screen screen = ask_screen_new();
  tally->screen = &screen;
  tally->session = session;
  session->desk = ask_desk_new(session->rules);
  if (chosen) {
    good = run_file(session, chosen, program ? program->spec->id : NULL, today, tally);
  } else {
    for (size_t i = 0; i < catalogue->program_count; i++) {
      const struct ask_program_spec *spec = catalogue->programs[i].spec;
      if (program && program != &catalogue->programs[i]) continue;
      const char *path = ask_path_join(session->arena, spec->folder, "cases.yaml");
      size_t before = tally->failed, passed = tally->passed;
      if (!ask_is_file(path)) {
        ask_say(&screen, "%-12s no cases.yaml\n", spec->id);
        continue;
      }
      good = run_file(session, path, spec->id, today, tally) && good;
      ask_say(&screen, "%-12s %zu passed, %zu failed\n", spec->id, tally->passed - passed, tally->failed - before);
    }
  }
  if (!ask_screen_show(&screen)) good = false;
  return !good ? ASK_EXIT_BAD : tally->failed ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) {
  struct tally tally = {0};
  int code = ask_each_target(arguments, test, &tally);
  printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
  return code;
}

const struct ask_command ask_command_plugin_test = {
    .name = "plugin test",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "run the golden cases of programs",
    .about = "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. "
             "Each case is a household and what the rule must say of it. One that fails is shown with what was "
             "expected, what came, and the criteria tree. The last line counts them.",
    .example = "askonce plugin test plugins/nyc/aps",
    .run = run,
    .flags = {ASK_FLAG_CASES, ASK_FLAG_AS_OF, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
