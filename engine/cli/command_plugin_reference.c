/* askonce plugin reference: the words of the rule language, from the tables that read them. */
#include "cli/commands.h"
#include "cli/screen.h"
#include "service/reference.h"

static int run(const struct ask_arguments *arguments) {
  (void)arguments;
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_screen screen = ask_screen_new();
  int code = ASK_EXIT_OK;
  if (!ask_reference(&screen.text, &problems)) {
    ask_show_problems(problems.list, problems.count, problems.errors, NULL);
    code = ASK_EXIT_FINDINGS;
  }
  if (!ask_screen_show(&screen)) code = ASK_EXIT_BAD;
  ask_arena_free(arena);
  return code;
}

const struct ask_command ask_command_plugin_reference = {
    .name = "plugin reference",
    .words = "",
    .summary = "the functions, types and keys of the rule language",
    .about = "In Markdown, from the tables that read plugin.lua and the YAML files. docs/rule-author.md ends with it.",
    .example = "askonce plugin reference | less",
    .run = run,
};
