/* askonce plugin lint: does it load, and what is worth a second look. */
#include <string.h>

#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "service/check.h"
#include "service/lint.h"

/* Of one program: what stands in its folder, and errors that stand outside every program. */
static bool concerns(const struct ask_problem *problem, const struct ask_session *session,
                     const struct ask_program *program) {
  if (!program || !problem->at.file) return true;
  size_t length = strlen(program->spec->folder);
  if (strncmp(problem->at.file, program->spec->folder, length) == 0 && problem->at.file[length] == '/') return true;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  for (size_t i = 0; i < catalogue->program_count; i++) {
    const char *folder = catalogue->programs[i].spec->folder;
    length = strlen(folder);
    if (strncmp(problem->at.file, folder, length) == 0 && problem->at.file[length] == '/') return false;
  }
  return problem->severity == ASK_ERROR;
}

/* What concerns the target, the gravest first. */
static struct ask_problem *collect(struct ask_session *session, const struct ask_program *program, size_t *ret_count) {
  struct ask_problem *list = ask_alloc_array(session->arena, session->problems.count, sizeof *list);
  size_t count = 0;
  for (enum ask_severity severity = ASK_ERROR; severity <= ASK_NOTE; severity++)
    for (size_t i = 0; i < session->problems.count; i++) {
      const struct ask_problem *problem = &session->problems.list[i];
      if (problem->severity == severity && concerns(problem, session, program)) list[count++] = *problem;
    }
  *ret_count = count;
  return list;
}

static void report(const struct ask_session *session, const struct ask_program *program,
                   const struct ask_problem *findings, size_t count, size_t failing, size_t checked) {
  for (size_t i = 0; i < count; i++) ask_show_problems(&findings[i], 1, 1, NULL);
  if (program && program->broken && !count) fprintf(stderr, "error: %s: %s\n", program->spec->id, program->broken);
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const char *where = program ? program->spec->folder : NULL;
  for (size_t i = 0; !program && i < catalogue->pack_count; i++)
    where =
        ask_printf(session->arena, "%s%s%s", where ? where : "", where ? ", " : "", catalogue->packs[i].spec->folder);
  printf("%s: %zu program%s checked, %zu finding%s", where, checked, checked == 1 ? "" : "s", count,
         count == 1 ? "" : "s");
  if (failing < count) printf(", %zu of them to mend", failing);
  putchar('\n');
}

static int lint(struct ask_session *session, const struct ask_program *program, void *context) {
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const char *const *flags = session->arguments->flags;
  size_t checked = 0, count = 0, failing = 0;
  (void)context;
  session->problems.limit = ASK_LINT_KEPT;
  for (size_t i = 0; i < catalogue->program_count; i++) {
    if (program && program != &catalogue->programs[i]) continue;
    ask_check_program(session->rules, &catalogue->programs[i], ask_today(), &session->problems);
    checked++;
  }
  if (!program) ask_check_packs(session->rules, &session->problems);
  const struct ask_problem *findings = collect(session, program, &count);
  for (size_t i = 0; i < count; i++) {
    const struct ask_lint_check *check = ask_lint_named(findings[i].code);
    failing += !check || check->fails || flags[ASK_FLAG_STRICT];
  }
  int code = failing || (program && program->broken) ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
  if (flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_problems(&text, 0, findings, count);
    if (!ask_print_machine(&text)) code = ASK_EXIT_BAD;
  } else {
    report(session, program, findings, count, failing, checked);
  }
  return code;
}

/* --checks: what each finding is. */
static int list_checks(void) {
  struct ask_screen screen = ask_screen_new();
  for (enum ask_lint i = 0; i < ASK_LINT_COUNT; i++) {
    const struct ask_lint_check *check = ask_lint_check(i);
    ask_say_styled(&screen, ASK_BOLD, "%s", check->id);
    ask_say(&screen, " (%s%s): %s\n", ask_severity_name(check->severity), check->fails ? "" : ", does not fail",
            check->title);
    ask_paragraph(&screen, "    ", ASK_PLAIN, check->about);
  }
  return ask_exit_of(ask_screen_show(&screen));
}

static int run(const struct ask_arguments *arguments) {
  return arguments->flags[ASK_FLAG_CHECKS] ? list_checks() : ask_each_target(arguments, lint, NULL);
}

const struct ask_command ask_command_plugin_lint = {
    .name = "plugin lint",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "check programs: do they load, what is worth a second look",
    .about = "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. "
             "Findings are errors that keep a plugin from loading, criteria without a citation, numbers written "
             "into rules, conditions that can never hold, parameters that nothing uses or that have no value today; "
             "--checks lists them all. Amounts that differ from their basis are told, but do not fail the lint: the "
             "number that is published counts. Notes (what is not used by any program of a pack) do not either.",
    .example = "askonce plugin lint plugins/nyc/aps",
    .run = run,
    .flags = {ASK_FLAG_STRICT, ASK_FLAG_CHECKS, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
