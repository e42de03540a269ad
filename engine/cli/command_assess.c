/* askonce assess: what every program says of one household. */
#include "cli/commands.h"
#include "cli/report.h"

static int run(const struct ask_arguments *arguments) {
  if (arguments->flags[ASK_FLAG_BULK]) return ask_run_bulk(arguments);
  static const enum ask_flag bulk_only[] = {ASK_FLAG_OUT, ASK_FLAG_JOBS, ASK_FLAG_REJECTS, ASK_FLAG_FORCE};
  for (size_t i = 0; i < sizeof bulk_only / sizeof *bulk_only; i++)
    if (arguments->flags[bulk_only[i]]) {
      ask_usage_error("%s goes with --bulk IN", ask_flag_spec(bulk_only[i])->name);
      return ASK_EXIT_BAD;
    }
  bool json = arguments->flags[ASK_FLAG_JSON];
  struct ask_session session = {.detail = json ? ASK_DETAIL_TREE : ASK_DETAIL_REASONS};
  int code = ask_session_assess(&session, arguments, arguments->words[0]);
  if (code == ASK_EXIT_OK && json) {
    struct ask_buffer text = {0};
    ask_desk_write(session.desk, session.result, &session.household, &session.choice, session.detail, true, &text);
    code = ask_exit_of(ask_print_machine(&text));
  } else if (code == ASK_EXIT_OK) {
    struct ask_screen screen = ask_screen_new();
    ask_report(&screen, &session);
    code = ask_exit_of(ask_screen_show(&screen));
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_assess = {
    .name = "assess",
    .words = "FILE|-",
    .least = 1,
    .most = 1,
    .summary = "what every program says of a household",
    .about = "FILE is what the household answered, as JSON; - reads it from standard input:\n"
             "  {\"as_of\": \"2026-11-23\", \"answers\": {\"dob\": \"1944-03-02\", \"rent_monthly\": 1450.00}}\n"
             "A question without an answer never counts as no: the program then says what it still needs.\n"
             "\n"
             "With --bulk it assesses a file with one such object a line, any number of them, and writes one line "
             "of JSON each to OUT. Bad lines go to a rejects file. Started again after it was stopped, it goes on "
             "where it was.",
    .example = "askonce assess examples/city-sample.json --as-of 2026-11-23",
    .run = run,
    .flags = {ASK_FLAG_PROGRAMS, ASK_FLAG_AS_OF, ASK_FLAG_JSON, ASK_FLAG_DETAIL, ASK_FLAG_PACK, ASK_FLAG_PLUGINS,
              ASK_FLAG_FORMS, ASK_FLAG_BULK, ASK_FLAG_OUT, ASK_FLAG_JOBS, ASK_FLAG_REJECTS, ASK_FLAG_FORCE},
};
