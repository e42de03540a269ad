/* Lint: findings in plugins and forms that load. */
#include "service/check.h"

#include <string.h>

#include "expr/ast.h"
#include "model/dated.h"
#include "model/lookup.h"

struct checker {
  const struct ask_catalogue *catalogue;
  const struct ask_program *program;
  struct ask_arena *arena; /* scratch */
  struct ask_problems *problems;
};

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static bool may_stand(const struct ask_text *number) { return ask_text_is(number, "0") || ask_text_is(number, "1"); }

static void check_literals(struct checker *c, const struct ask_expr_spec *expr, const struct ask_ast *node) {
  if (!node) return;
  if (node->kind == ASK_AST_NUMBER && !may_stand(&node->text))
    ask_problem_add(c->problems, ASK_WARNING, "number", ask_ast_place(expr->at, expr->text, node->offset), NULL,
                    "make it a parameter, with its source and the day since which it holds",
                    "the number %.*s is written into the rule", (int)node->text.length, node->text.bytes);
  check_literals(c, expr, node->a);
  check_literals(c, expr, node->b);
  for (const struct ask_ast *argument = node->arguments; argument; argument = argument->next)
    check_literals(c, expr, argument);
}

static void check_expr(struct checker *c, const struct ask_expr_spec *expr) {
  if (!expr->text) return;
  struct ask_problems unread = {.arena = c->arena}; /* the model has said what is wrong with it */
  check_literals(c, expr, ask_ast_parse(c->arena, expr->text, expr->at, &unread));
}

static void check_texts(struct checker *c, const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++) check_expr(c, &list[i].when.expr);
}

/* ---- citations --------------------------------------------------------------------------------------------------- */

static void no_cite(struct checker *c, struct ask_place at, const char *what, const char *text) {
  ask_problem_add(c->problems, ASK_WARNING, "no-citation", at, NULL,
                  "add cite = \"...\", or verified = false if the source was not read", "%s '%s' has no citation", what,
                  text ? text : "");
}

static void check_node(struct checker *c, const struct ask_node_spec *node, bool cited) {
  cited = cited || node->cite || node->unverified;
  if (node->kind == ASK_RULE && !cited) no_cite(c, node->at, "the criterion", node->text);
  check_expr(c, &node->formula.expr);
  for (size_t i = 0; i < node->child_count; i++) check_node(c, &node->children[i], cited);
}

/* ---- parameters -------------------------------------------------------------------------------------------------- */

static bool uses(const struct ask_program *program, int32_t parameter) {
  for (size_t i = 0; i < program->parameter_count; i++)
    if (program->parameters[i] == parameter) return true;
  return false;
}

static void unused(struct ask_problems *problems, const struct ask_parameter_spec *spec, const char *by) {
  ask_problem_add(problems, ASK_WARNING, "unused", spec->at, NULL, "remove it, or use it", "%s is not used by %s",
                  spec->id, by);
}

static void check_parameters(struct checker *c, int64_t today) {
  for (size_t i = 0; i < c->catalogue->parameter_count; i++) {
    const struct ask_parameter *parameter = &c->catalogue->parameters[i];
    bool used = uses(c->program, (int32_t)i);
    if (!used && parameter->file == c->program->spec->parameters) unused(c->problems, parameter->spec, "this program");
    if (!parameter->spec->source && parameter->file == c->program->spec->parameters)
      ask_problem_add(c->problems, ASK_WARNING, "no-source", parameter->spec->at, NULL,
                      "add source: the publication that states it", "parameter %s has no source", parameter->spec->id);
    if (used && !ask_parameter_on(parameter->spec, today)) {
      struct ask_buffer text = {0};
      ask_parameter_gap_text(parameter->spec, today, &text);
      ask_problem_add(c->problems, ASK_WARNING, "no-value", parameter->spec->at, NULL,
                      "add the value that is in force, with its source", "%s", text.bytes);
      ask_buffer_free(&text);
    }
  }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

void ask_check_program(const struct ask_catalogue *catalogue, const struct ask_program *program, int64_t today,
                       struct ask_problems *problems) {
  const struct ask_program_spec *spec = program->spec;
  if (program->broken) return;
  struct checker c = {catalogue, program, ask_arena_new(), problems};
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
  check_parameters(&c, today);
  ask_arena_free(c.arena);
}

static bool names(const struct ask_expr_spec *expr, const char *id) {
  return expr->text && ask_expr_names(expr->text, id);
}

static bool item_names(const struct ask_item_spec *item, const char *id) {
  if (names(&item->computed, id) || names(&item->ask_when, id) || names(&item->min, id) || names(&item->max, id) ||
      names(&item->if_not_asked, id))
    return true;
  for (size_t i = 0; i < item->field_count; i++)
    if (item_names(&item->fields[i], id)) return true;
  return false;
}

/* Whether a program of the pack or a question that it may see uses the parameter. */
static bool is_used(const struct ask_catalogue *catalogue, int32_t pack, int32_t parameter) {
  const char *id = catalogue->parameters[parameter].spec->id;
  bool used = false;
  for (size_t i = catalogue->packs[pack].programs.first; i < catalogue->packs[pack].programs.end && !used; i++)
    used = catalogue->programs[i].broken || uses(&catalogue->programs[i], parameter); /* it may have used it */
  for (size_t i = 0; i < catalogue->item_count && !used; i++)
    used = catalogue->items[i].pack == pack && item_names(catalogue->items[i].spec, id);
  return used;
}

void ask_check_packs(const struct ask_catalogue *catalogue, struct ask_problems *problems) {
  for (size_t p = 0; p < catalogue->pack_count; p++) {
    const struct ask_pack_spec *pack = catalogue->packs[p].spec;
    for (size_t i = 0; i < catalogue->parameter_count; i++) {
      bool shared = false;
      for (size_t k = 0; k < pack->shared_count; k++)
        shared = shared || catalogue->parameters[i].file == &pack->shared[k];
      if (shared && !is_used(catalogue, (int32_t)p, (int32_t)i))
        unused(problems, catalogue->parameters[i].spec, "any program or question");
    }
  }
}

void ask_check_form(const struct ask_catalogue *catalogue, struct ask_problems *problems) {
  for (size_t i = 0; i < catalogue->item_count; i++) {
    const struct ask_item_spec *spec = catalogue->items[i].spec;
    if (!spec->text) continue;
    if (!spec->why)
      ask_problem_add(problems, ASK_WARNING, "no-why", spec->at, NULL, "add why: in one plain sentence",
                      "the question %s does not say why it is asked", spec->id);
    if ((spec->type == ASK_CHOICE || spec->type == ASK_CHOICES) && spec->options.count < 2)
      ask_problem_add(problems, ASK_WARNING, "few-options", spec->at, NULL, "add the other answers, or make it a bool",
                      "the question %s has fewer than two answers", spec->id);
  }
}
