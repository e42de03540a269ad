/* askonce plugin diff: what changed in meaning between two plugins or two packs. */
#include <string.h>

#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "service/compare.h"

struct sides {
  struct ask_arena *arena;
  struct ask_facts facts[2];
  bool single[2];
  int read;
};

static int read_side(struct ask_session *session, const struct ask_program *program, void *context) {
  struct sides *sides = context;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  bool broken = program && program->broken;
  for (size_t i = 0; i < catalogue->program_count && !program; i++) broken = broken || catalogue->programs[i].broken;
  if (broken) {
    ask_show_problems(session->problems.list, session->problems.count, session->problems.errors, NULL);
    ask_usage_error("%s cannot be compared: it does not load", session->arguments->words[sides->read]);
    return ASK_EXIT_BAD;
  }
  struct ask_facts *facts = &sides->facts[sides->read];
  facts->arena = sides->arena;
  ask_facts_add(facts, session->rules, program);
  sides->single[sides->read] = program != NULL;
  sides->read++;
  return ASK_EXIT_OK;
}

static int show(const struct ask_arguments *arguments, struct sides *sides) {
  size_t count = 0;
  if (sides->single[0] != sides->single[1]) {
    ask_usage_error("one is a plugin's folder, the other a pack's: name two of a kind");
    return ASK_EXIT_BAD;
  }
  /* Two folders of one program may have different names. */
  for (size_t i = 0; sides->single[0] && i < sides->facts[0].count && sides->facts[1].count; i++)
    sides->facts[0].list[i].program = sides->facts[1].list[0].program;
  const struct ask_difference *changes = ask_compare(sides->arena, &sides->facts[0], &sides->facts[1], &count);
  struct ask_buffer text = {0};
  int code = count ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
  const char *format = arguments->flags[ASK_FLAG_FORMAT];
  if (arguments->flags[ASK_FLAG_JSON]) {
    ask_differences_json(&text, changes, count);
    if (!ask_print_machine(&text)) code = ASK_EXIT_BAD;
    return code;
  }
  ask_differences_text(&text, changes, count, format && strcmp(format, "markdown") == 0);
  if (text.length) fwrite(text.bytes, 1, text.length, stdout);
  ask_buffer_free(&text);
  if (!count) printf("they say the same\n");
  return code;
}

static int run(const struct ask_arguments *arguments) {
  const char *format = arguments->flags[ASK_FLAG_FORMAT];
  if (format && strcmp(format, "markdown") != 0 && strcmp(format, "text") != 0) {
    ask_usage_error("--format takes markdown or text, not '%s'", format);
    return ASK_EXIT_BAD;
  }
  struct sides sides = {.arena = ask_arena_new()};
  int code = ask_each_target(arguments, read_side, &sides);
  if (code == ASK_EXIT_OK && sides.read == 2) code = show(arguments, &sides);
  ask_arena_free(sides.arena);
  return code;
}

const struct ask_command ask_command_plugin_diff = {
    .name = "plugin diff",
    .words = "OLD NEW",
    .least = 2,
    .most = 2,
    .summary = "what changed in meaning between two plugins or packs",
    .about =
        "OLD and NEW are two folders of a plugin, or two packs. Shown are criteria, worksheet lines, levels, texts "
        "and questions that were added, removed or changed, and numbers by date and cell; not comments, order of "
        "keys or line breaks. Printed as text, or as markdown for a change request. Exit code 0: they say the same, 1: "
        "they differ, 2: one cannot be read.",
    .example = "askonce plugin diff ../release/plugins/nyc/snap plugins/nyc/snap",
    .run = run,
    .flags = {ASK_FLAG_FORMAT, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_FORMS},
};
