/* askonce next: which questions still matter, and which need not be asked. */
#include "cli/commands.h"
#include "cli/report.h"
#include "cli/words.h"

static void not_asked(struct ask_screen *screen, const struct ask_session *session, const struct ask_not_asked *list,
                      size_t count) {
  static const struct {
    enum ask_not_asked_why why;
    const char *text;
  } groups[] = {
      {ASK_NOT_ASKED_URGENCY, "they change no program's status, only how urgent it is: ask them first if in doubt"},
      {ASK_NOT_ASKED_DECIDED, "no answer to it can change any program's status now"},
      {ASK_NOT_ASKED_HIDDEN, "another answer makes it beside the point"},
      {ASK_NOT_ASKED_GIVEN_ABSENT, "the person declined or does not know"},
      {ASK_NOT_ASKED_UNREAD, "no program reads it to decide"},
  };
  if (!count) return;
  ask_heading(screen, "Not asked, and why");
  for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
    const char *ids = "";
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
      if (list[i].why != groups[g].why) continue;
      ids = ask_printf(session->arena, "%s%s%s", ids, found ? ", " : "",
                       session->rules->catalogue->items[list[i].item].spec->id);
      found++;
    }
    if (!found) continue;
    ask_paragraph(screen, "  ", ASK_PLAIN, ask_printf(session->arena, "%zu because %s:", found, groups[g].text));
    ask_paragraph(screen, "      ", ASK_DIM, ids);
  }
}

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  int code = ask_session_assess(&session, arguments, arguments->words[0]);
  if (code == ASK_EXIT_OK) {
    const struct ask_next *next = NULL;
    const struct ask_not_asked *rest = NULL;
    size_t rest_count = 0;
    size_t count = ask_next_items(ask_desk_workspace(session.desk), &next, &rest, &rest_count);
    if (arguments->flags[ASK_FLAG_JSON]) {
      struct ask_buffer text = {0};
      ask_json_next_report(&text, session.result, ask_desk_dated(session.desk, session.result),
                           ask_desk_fragments(session.desk), next, count, rest, rest_count);
      code = ask_exit_of(ask_print_machine(&text));
    } else {
      struct ask_screen screen = ask_screen_new();
      if (ask_report_first(&screen, &session, true)) ask_say(&screen, "\n");
      if (!count) ask_say(&screen, "Nothing is left to ask: no answer can change what a program says.\n");
      ask_report_next(&screen, &session, (size_t)-1);
      not_asked(&screen, &session, rest, rest_count);
      code = ask_exit_of(ask_screen_show(&screen));
    }
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_next = {
    .name = "next",
    .words = "FILE|-",
    .least = 1,
    .most = 1,
    .summary = "which question to ask next",
    .about = "What has to be done before any more questions, if somebody is in danger. Then the questions that still "
             "matter: whether somebody is in danger, and those that the most undecided programs wait for; then those "
             "that need not be asked, with the reason. FILE is as for assess.",
    .example = "askonce next examples/near-empty.json",
    .run = run,
    .flags = {ASK_FLAG_PROGRAMS, ASK_FLAG_AS_OF, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
