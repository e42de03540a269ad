/* askonce plugin list: the programs, pack by pack. */
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  int code = ask_session_open(&session, arguments);
  if (code == ASK_EXIT_OK && arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_programs(&text, session.rules->catalogue, 0);
    code = ask_exit_of(ask_print_machine(&text));
  } else if (code == ASK_EXIT_OK) {
    const struct ask_catalogue *catalogue = session.rules->catalogue;
    struct ask_screen screen = ask_screen_new();
    for (size_t i = 0; i < catalogue->program_count; i++) {
      const struct ask_program *program = &catalogue->programs[i];
      const struct ask_pack *pack = &catalogue->packs[program->pack];
      if (i == pack->programs.first) {
        ask_say_styled(&screen, ASK_BOLD, "%sPack %s: %zu programs", i ? "\n" : "", pack->spec->id,
                       pack->programs.end - pack->programs.first);
        ask_say(&screen, " (%s)\n", pack->spec->folder);
      }
      const struct ask_program_spec *spec = program->spec;
      ask_say(&screen, "\n  ");
      ask_padded(&screen, ASK_BOLD, spec->id, 12);
      ask_say(&screen, "%s%s%s%s\n", spec->name, spec->agency ? ", " : "", spec->agency ? spec->agency : "",
              spec->unverified ? " (rule not verified)" : "");
      if (program->broken) {
        ask_paragraph(&screen, "              ", ASK_RED,
                      ask_printf(session.arena, "does not load: %s", program->broken));
        continue;
      }
      if (spec->helps) ask_paragraph(&screen, "              ", ASK_PLAIN, spec->helps);
      ask_paragraph(&screen, "              ", ASK_DIM,
                    ask_printf(session.arena, "version %s; reads %zu items; %s",
                               spec->version ? spec->version : "(none)", program->all_read_count,
                               spec->cite ? spec->cite : "no citation"));
    }
    code = ask_exit_of(ask_screen_show(&screen));
    ask_show_problems(session.loading.list, session.loading.count, session.loading.errors, NULL);
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_plugin_list = {
    .name = "plugin list",
    .words = "",
    .summary = "the programs of packs",
    .about = "Each program with its id, agency, version and the law it follows; and those that do not load, with "
             "the reason.",
    .example = "askonce plugin list --pack all",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
