/* askonce locale template: the texts that there are to translate, as files of translations. */
#include <string.h>

#include "cli/commands.h"
#include "cli/locale_target.h"

static int make(struct ask_session *session, struct ask_locale_wanted *wanted, void *context) {
  const char *const *flags = session->arguments->flags;
  struct ask_screen screen = ask_screen_new();
  size_t count = 0;
  (void)context;
  wanted->tag = flags[ASK_FLAG_LOCALE];
  wanted->files = flags[ASK_FLAG_FOR] ? flags[ASK_FLAG_FOR] : "all";
  bool good = ask_locale_template(session->arena, wanted, flags[ASK_FLAG_WRITE] != NULL, &screen.text, &count,
                                  &session->problems);
  if (good && flags[ASK_FLAG_WRITE]) ask_say(&screen, "%zu file%s written\n", count, count == 1 ? "" : "s");
  if (!good) {
    ask_buffer_free(&screen.text);
    return ask_session_bad(session);
  }
  return ask_exit_of(ask_screen_show(&screen));
}

static int run(const struct ask_arguments *arguments) {
  const char *tag = arguments->flags[ASK_FLAG_LOCALE];
  if (!tag) {
    ask_usage_error("locale template needs --locale LANGUAGE, such as --locale es");
    return ASK_EXIT_BAD;
  }
  if (!ask_locale_is_tag(tag)) {
    ask_usage_error("--locale takes two or three small letters, such as es, not '%s'", tag);
    return ASK_EXIT_BAD;
  }
  return ask_with_locales(arguments, make, NULL);
}

const struct ask_command ask_command_locale_template = {
    .name = "locale template",
    .words = "",
    .summary = "the texts that a language has to translate, as YAML",
    .about =
        "One file for the form (forms/locales/es.yaml), for the interface (web/locales/es.yaml), for each program "
        "(plugins/nyc/snap/locales/es.yaml) and for what the programs of a pack share (plugins/nyc/shared/locales/es.yaml). "
        "What a file translates already stays, with its comments; what is new has an empty text; what nobody says any "
        "more goes to the end.",
    .example = "askonce locale template --locale es --for program:snap --write",
    .run = run,
    .flags = {ASK_FLAG_LOCALE, ASK_FLAG_FOR, ASK_FLAG_WRITE, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS,
              ASK_FLAG_WEB},
};
