/* askonce explain: every criterion of one program, with the household's own values. */
#include "cli/commands.h"
#include "cli/report.h"
#include "cli/words.h"

static void explain(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d) {
  const struct ask_program_spec *spec = d->program->spec;
  ask_report_program(screen, session, d);
  if (spec->helps || spec->cite) ask_say(screen, "\n");
  if (spec->helps) ask_paragraph(screen, "  For whom      ", ASK_PLAIN, spec->helps);
  if (spec->cite) ask_paragraph(screen, "  The law       ", ASK_PLAIN, spec->cite);
  ask_say(screen, "  The rule      version %s, %.12s, as of %s\n", spec->version ? spec->version : "(none)", spec->hash,
          ask_day_long(session->arena, session->result->answers->as_of));
  ask_report_criteria(screen, session, d);
  ask_report_worksheet(screen, session, d);
  ask_report_parameters(screen, session, d->program);
}

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {.detail = ASK_DETAIL_TREE};
  const struct ask_program *program = NULL;
  int code = ask_session_assess_one(&session, arguments, &program);
  if (code == ASK_EXIT_OK) {
    const struct ask_determination *d = ask_result_of(session.result, program);
    if (arguments->flags[ASK_FLAG_JSON]) {
      struct ask_buffer text = {0};
      ask_json_explain(&text, session.result, ask_desk_dated(session.desk, session.result),
                       ask_desk_fragments(session.desk), d);
      code = ask_exit_of(ask_print_machine(&text));
    } else {
      struct ask_screen screen = ask_screen_new();
      explain(&screen, &session, d);
      code = ask_exit_of(ask_screen_show(&screen));
    }
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_explain = {
    .name = "explain",
    .words = "FILE|- PROGRAM",
    .least = 2,
    .most = 2,
    .summary = "every criterion of one program",
    .about = "The criteria tree with what holds (yes), what does not (no) and what is not known yet (?), the "
             "household's own values, the paragraph of law behind each, the worksheet, and the numbers with the "
             "day since which they hold.",
    .example = "askonce explain examples/city-sample.json snap",
    .run = run,
    .flags = {ASK_FLAG_AS_OF, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
