/* Lint: findings in plugins and forms that load. Citations are here; the other checks are in check_*.c. */
#include "service/check.h"

#include <string.h>

#include "service/check_parts.h"

/* ---- citations --------------------------------------------------------------------------------------------------- */

static void no_cite(struct ask_checker *c, struct ask_place at, const char *what, const char *text) {
  ask_lint_add(c->problems, ASK_LINT_NO_CITATION, at,
               "add cite = \"...\", or verified = false if the source was not read", "%s '%s' has no citation", what,
               text ? text : "");
}

static void check_node(struct ask_checker *c, const struct ask_node_spec *node, bool cited) {
  cited = cited || node->cite || node->unverified;
  if (node->kind == ASK_RULE && !cited) no_cite(c, node->at, "the criterion", node->text);
  for (size_t i = 0; i < node->child_count; i++) check_node(c, &node->children[i], cited);
}

static void check_citations(struct ask_checker *c) {
  const struct ask_program_spec *spec = c->program->spec;
  if (!spec->cite && !spec->unverified) no_cite(c, spec->at, "the program", spec->id);
  for (size_t i = 0; i < spec->line_count; i++)
    if (!spec->lines[i].cite && !spec->lines[i].unverified)
      no_cite(c, spec->lines[i].at, "the worksheet line", spec->lines[i].name);
  check_node(c, spec->eligible, false);
  if (spec->possible) check_node(c, spec->possible, false);
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    /* A level without a deadline claims nothing. */
    if (level->act_within.unit != ASK_NO_LIMIT && !level->cite && !level->unverified)
      no_cite(c, level->at, "the level", level->name);
  }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

void ask_check_program(const struct ask_rules *rules, const struct ask_program *program, int64_t today,
                       struct ask_problems *problems) {
  if (program->broken) return;
  struct ask_checker c = {rules->catalogue, program, ask_arena_new(), problems};
  check_citations(&c);
  ask_check_literals(&c, &rules->sources[program->number]);
  ask_check_logic(&c);
  ask_check_use(&c);
  ask_check_own_parameters(&c, today);
  ask_arena_free(c.arena);
}

void ask_check_packs(const struct ask_rules *rules, struct ask_problems *problems) {
  struct ask_checker c = {.catalogue = rules->catalogue, .arena = ask_arena_new(), .problems = problems};
  ask_check_shared_parameters(&c);
  ask_check_unused_items(&c);
  ask_arena_free(c.arena);
}

void ask_check_form(const struct ask_catalogue *catalogue, struct ask_problems *problems) {
  for (size_t i = 0; i < catalogue->item_count; i++) {
    const struct ask_item_spec *spec = catalogue->items[i].spec;
    if (!spec->text) continue;
    if (!spec->why)
      ask_lint_add(problems, ASK_LINT_NO_WHY, spec->at, "add why: in one plain sentence",
                   "the question %s does not say why it is asked", spec->id);
    if ((spec->type == ASK_CHOICE || spec->type == ASK_CHOICES) && spec->options.count < 2)
      ask_lint_add(problems, ASK_LINT_FEW_OPTIONS, spec->at, "add the other answers, or make it a bool",
                   "the question %s has fewer than two answers", spec->id);
  }
}
