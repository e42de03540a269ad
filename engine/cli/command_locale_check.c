/* askonce locale check: what a language does not translate yet, and what it translates for nobody. */
#include <string.h>

#include "cli/commands.h"
#include "cli/locale_target.h"

static void say_place(struct ask_screen *screen, const struct ask_place *at) {
  ask_say(screen, "  %s:", at->file);
  if (at->line) ask_say(screen, "%d:%d:", at->line, at->column);
  ask_say(screen, " ");
}

static void say_report(struct ask_screen *screen, const struct ask_locale_report *report) {
  static const char *const headings[] = {[ASK_LOCALE_MISSING] = "Not translated",
                                         [ASK_LOCALE_EMPTY] = "Still empty",
                                         [ASK_LOCALE_PLACEHOLDERS] = "With other {placeholders} than in English",
                                         [ASK_LOCALE_UNUSED] = "Not used any more"};
  for (enum ask_locale_fault fault = ASK_LOCALE_MISSING; fault <= ASK_LOCALE_UNUSED; fault++) {
    if (!report->faults[fault]) continue;
    ask_say_styled(screen, ASK_BOLD, "%s: %s (%zu)\n", report->tag, headings[fault], report->faults[fault]);
    for (size_t i = 0; i < report->count; i++) {
      const struct ask_locale_finding *finding = &report->findings[i];
      if (finding->fault != fault) continue;
      say_place(screen, &finding->at);
      ask_say(screen, "%s", finding->english);
      if (*finding->where) ask_say_styled(screen, ASK_DIM, "  (%s)", finding->where);
      ask_say(screen, "\n");
    }
    ask_say(screen, "\n");
  }
  ask_say(screen, "%s%s: %zu of %zu texts %stranslated", report->tag, report->test ? " (a test language)" : "",
          report->translated, report->texts, report->test ? "of the interface " : "");
  for (enum ask_locale_fault fault = ASK_LOCALE_MISSING; fault <= ASK_LOCALE_UNUSED; fault++)
    if (report->faults[fault]) ask_say(screen, ", %zu %s", report->faults[fault], ask_locale_fault_text(fault));
  ask_say(screen, "\n");
}

/* --locale, else every language that the interface has. NULL after adding a problem. */
static const char **tags_of(struct ask_session *session, const struct ask_locale_wanted *wanted, size_t *ret_count) {
  const char *tag = session->arguments->flags[ASK_FLAG_LOCALE];
  if (tag || !wanted->web) {
    const char **one = ask_alloc(session->arena, sizeof *one);
    *one = tag;
    *ret_count = tag != NULL;
    return one;
  }
  return ask_locale_tags(session->arena, wanted->web, ret_count, &session->problems);
}

static int check(struct ask_session *session, struct ask_locale_wanted *wanted, void *context) {
  size_t count = 0;
  struct ask_screen screen = ask_screen_new();
  struct ask_buffer json = {0};
  bool machine = session->arguments->flags[ASK_FLAG_JSON] != NULL, complete = true, good;
  const char **tags = tags_of(session, wanted, &count);
  (void)context;
  good = tags != NULL;
  ask_buffer_puts(&json, "{\"languages\":[");
  for (size_t i = 0; good && i < count; i++) {
    struct ask_locale_report report;
    wanted->tag = tags[i];
    good = ask_locale_check(session->arena, wanted, &report, &session->problems);
    if (!good) break;
    complete = complete && report.translated == report.texts && !report.faults[ASK_LOCALE_PLACEHOLDERS];
    if (machine)
      ask_locale_report_json(&json, &report);
    else
      say_report(&screen, &report);
  }
  ask_buffer_puts(&json, "]}");
  if (good && !machine && !count) ask_say(&screen, "There is no language beside English.\n");
  int code = !good ? ask_session_bad(session) : complete ? ASK_EXIT_OK : ASK_EXIT_FINDINGS;
  if (good && machine && !ask_print_machine(&json)) code = ASK_EXIT_BAD;
  if (good && !machine && !ask_screen_show(&screen)) code = ASK_EXIT_BAD;
  ask_buffer_free(&json);
  if (!good || machine) ask_buffer_free(&screen.text);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  const char *tag = arguments->flags[ASK_FLAG_LOCALE];
  if (tag && !ask_locale_is_tag(tag)) {
    ask_usage_error("--locale takes two or three small letters, such as es, not '%s'", tag);
    return ASK_EXIT_BAD;
  }
  return ask_with_locales(arguments, check, NULL);
}

const struct ask_command ask_command_locale_check = {
    .name = "locale check",
    .words = "",
    .summary = "what a language does not translate yet",
    .about =
        "Every text that a person can see of the form, the programs and the interface: what is missing, what is still "
        "empty, what has other {placeholders} than the English text, and what is translated although nobody says it any "
        "more. Without --locale: every language that the interface has. Of a test language only the interface counts. The "
        "exit code is 0 when all is translated; what is no longer used does not fail.",
    .example = "askonce locale check --locale es",
    .run = run,
    .flags = {ASK_FLAG_LOCALE, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS, ASK_FLAG_WEB},
};
