/* Lint: findings in plugins and forms that load. */
#include "service/check.h"

#include <string.h>

#include "expr/ast.h"
#include "service/check_parts.h"

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static bool may_stand(const struct ask_text *number) { return ask_text_is(number, "0") || ask_text_is(number, "1"); }

static void check_literals(struct ask_checker *c, const struct ask_expr_spec *expr, const struct ask_ast *node) {
  if (!node) return;
  if (node->kind == ASK_AST_NUMBER && !may_stand(&node->text))
    ask_lint_add(c->problems, ASK_LINT_NUMBER, ask_ast_place(expr->at, expr->text, node->offset),
                 "make it a parameter, with its source and the day since which it holds",
                 "the number %.*s is written into the rule", (int)node->text.length, node->text.bytes);
  check_literals(c, expr, node->a);
  check_literals(c, expr, node->b);
  for (const struct ask_ast *argument = node->arguments; argument; argument = argument->next)
    check_literals(c, expr, argument);
}

static void check_expr(struct ask_checker *c, const struct ask_expr_spec *expr) {
  if (!expr->text) return;
  struct ask_problems unread = {.arena = c->arena}; /* the model has said what is wrong with it */
  check_literals(c, expr, ask_ast_parse(c->arena, expr->text, expr->at, &unread));
}

static void check_texts(struct ask_checker *c, const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++) check_expr(c, &list[i].when.expr);
}

/* ---- citations --------------------------------------------------------------------------------------------------- */

static void no_cite(struct ask_checker *c, struct ask_place at, const char *what, const char *text) {
  ask_lint_add(c->problems, ASK_LINT_NO_CITATION, at,
               "add cite = \"...\", or verified = false if the source was not read", "%s '%s' has no citation", what,
               text ? text : "");
}

static void check_node(struct ask_checker *c, const struct ask_node_spec *node, bool cited) {
  cited = cited || node->cite || node->unverified;
  if (node->kind == ASK_RULE && !cited) no_cite(c, node->at, "the criterion", node->text);
  check_expr(c, &node->formula.expr);
  for (size_t i = 0; i < node->child_count; i++) check_node(c, &node->children[i], cited);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

void ask_check_program(const struct ask_catalogue *catalogue, const struct ask_program *program, int64_t today,
                       struct ask_problems *problems) {
  const struct ask_program_spec *spec = program->spec;
  if (program->broken) return;
  struct ask_checker c = {catalogue, program, ask_arena_new(), problems};
  if (!spec->cite && !spec->unverified) no_cite(&c, spec->at, "the program", spec->id);
  for (size_t i = 0; i < spec->line_count; i++) {
    if (!spec->lines[i].cite && !spec->lines[i].unverified)
      no_cite(&c, spec->lines[i].at, "the worksheet line", spec->lines[i].name);
    check_expr(&c, &spec->lines[i].formula.expr);
  }
  check_node(&c, spec->eligible, false);
  if (spec->possible) check_node(&c, spec->possible, false);
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    /* A level without a deadline claims nothing. */
    if (level->act_within.unit != ASK_NO_LIMIT && !level->cite && !level->unverified)
      no_cite(&c, level->at, "the level", level->name);
    check_expr(&c, &spec->levels[i].when.expr);
  }
  for (size_t i = 0; i < spec->point_count; i++) {
    check_expr(&c, &spec->points[i].when.expr);
    check_expr(&c, &spec->points[i].points);
  }
  check_expr(&c, &spec->score.expr);
  check_expr(&c, &spec->amount.expr);
  check_texts(&c, spec->notes, spec->note_count);
  check_texts(&c, spec->documents, spec->document_count);
  check_texts(&c, spec->next_steps, spec->next_step_count);
  ask_check_own_parameters(&c, today);
  ask_arena_free(c.arena);
}

void ask_check_packs(const struct ask_catalogue *catalogue, int64_t today, struct ask_problems *problems) {
  struct ask_checker c = {.catalogue = catalogue, .arena = ask_arena_new(), .problems = problems};
  ask_check_shared_parameters(&c, today);
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
