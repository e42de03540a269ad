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

static int lint(struct ask_session *session, const struct ask_program *program, void *context) {
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  size_t checked = 0, findings = 0, failing = 0;
  (void)context;
  session->problems.limit = ASK_LINT_KEPT;
  for (size_t i = 0; i < catalogue->program_count; i++) {
    if (program && program != &catalogue->programs[i]) continue;
    ask_check_program(catalogue, &catalogue->programs[i], ask_today(), &session->problems);
    checked++;
  }
  if (!program) ask_check_packs(catalogue, ask_today(), &session->problems);
  for (size_t i = 0; i < session->problems.count; i++) {
    const struct ask_problem *problem = &session->problems.list[i];
    if (!concerns(problem, session, program)) continue;
    ask_show_problems(problem, 1, 1, NULL);
    findings++;
    const struct ask_lint_check *check = ask_lint_named(problem->code);
    failing += !check || check->fails || session->arguments->flags[ASK_FLAG_STRICT];
  }
  if (program && program->broken && !findings) fprintf(stderr, "error: %s: %s\n", program->spec->id, program->broken);
  bool bad = failing || (program && program->broken);
  const char *where = program ? program->spec->folder : NULL;
  for (size_t i = 0; !program && i < catalogue->pack_count; i++)
    where = ask_printf(session->arena, "%s%s%s", where ? where : "", where ? ", " : "", catalogue->packs[i].spec->folder);
  printf("%s: %zu program%s checked, %zu finding%s", where, checked, checked == 1 ? "" : "s", findings,
         findings == 1 ? "" : "s");
  if (failing < findings) printf(", %zu of them to mend", failing);
  putchar('\n');
  return bad ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) { return ask_each_target(arguments, lint, NULL); }

const struct ask_command ask_command_plugin_lint = {
    .name = "plugin lint",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "check programs: do they load, what is worth a second look",
    .about = "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. "
             "Findings are errors that keep a plugin from loading, criteria without a citation, numbers written "
             "into rules, parameters that nothing uses or that have no value today. Amounts that differ from their "
             "basis are told, but do not fail the lint: the number that is published counts.",
    .example = "askonce plugin lint plugins/nyc/aps",
    .run = run,
    .flags = {ASK_FLAG_STRICT, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
