/* What the commands about translations do first. */
#include "cli/locale_target.h"

int ask_with_locales(const struct ask_arguments *arguments, ask_locale_work *work, void *context) {
  const char *const *flags = arguments->flags;
  struct ask_session session = {.arguments = arguments, .arena = ask_arena_new()};
  session.problems = (struct ask_problems){.arena = session.arena};
  struct ask_data_options options = {.forms = flags[ASK_FLAG_FORMS],
                                     .plugins = flags[ASK_FLAG_PLUGINS],
                                     .pack = flags[ASK_FLAG_PACK] ? flags[ASK_FLAG_PACK] : "all",
                                     .installed = ASK_DATA_DIR};
  int code = ASK_EXIT_OK;
  if (!ask_data_find(session.arena, &options, &session.places, &session.problems) ||
      !(session.rules = ask_rules_load(&session.places, &session.problems))) {
    code = ask_session_bad(&session);
  } else {
    /* A program that does not load is told by `plugin lint`; its texts are not known. */
    session.problems = (struct ask_problems){.arena = session.arena};
    const char *web = flags[ASK_FLAG_WEB] ? flags[ASK_FLAG_WEB] : ask_web_find(session.arena, options.installed);
    struct ask_locale_wanted wanted = {.places = &session.places, .web = web, .rules = session.rules};
    if (web && !ask_is_folder(web)) {
      ask_usage_error("--web takes the folder of the pages; %s is not a folder", web);
      code = ASK_EXIT_BAD;
    } else {
      code = work(&session, &wanted, context);
    }
  }
  ask_session_close(&session);
  return code;
}
