/* askonce version. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/screen.h"

static int run(const struct ask_arguments *arguments) {
  if (arguments->flags[ASK_FLAG_JSON])
    puts("{\"name\":\"askonce\",\"version\":\"" ASK_VERSION "\"}");
  else
    puts("askonce " ASK_VERSION);
  return ASK_EXIT_OK;
}

const struct ask_command ask_command_version = {
    .name = "version",
    .words = "",
    .summary = "the version of the engine",
    .about = "The version of the engine. Forms and programs have versions of their own: form show, plugin list.",
    .example = "askonce version",
    .run = run,
    .flags = {ASK_FLAG_JSON},
};
