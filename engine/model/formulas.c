/* The walk over a program's spec. */
#include "model/formulas.h"

struct walk {
  ask_formula_visit *visit;
  void *context;
};

static void one(const struct walk *walk, const struct ask_formula_spec *formula, struct ask_place at) {
  if (formula->expr.text || formula->function >= 0) walk->visit(walk->context, formula, at);
}

static void node(const struct walk *walk, const struct ask_node_spec *spec) {
  if (!spec) return;
  if (spec->kind == ASK_RULE) one(walk, &spec->formula, spec->at);
  for (size_t i = 0; i < spec->child_count; i++) node(walk, &spec->children[i]);
}

static void texts(const struct walk *walk, const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++) one(walk, &list[i].when, list[i].at);
}

void ask_each_formula(const struct ask_program_spec *spec, ask_formula_visit *visit, void *context) {
  const struct walk walk = {visit, context};
  for (size_t i = 0; i < spec->line_count; i++) one(&walk, &spec->lines[i].formula, spec->lines[i].at);
  node(&walk, spec->eligible);
  node(&walk, spec->possible);
  for (size_t i = 0; i < spec->level_count; i++) one(&walk, &spec->levels[i].when, spec->levels[i].at);
  one(&walk, &spec->score, spec->at);
  for (size_t i = 0; i < spec->point_count; i++) {
    const struct ask_formula_spec worth = {.expr = spec->points[i].points, .function = -1};
    one(&walk, &spec->points[i].when, spec->points[i].at);
    one(&walk, &worth, spec->points[i].at);
  }
  one(&walk, &spec->amount, spec->at);
  texts(&walk, spec->notes, spec->note_count);
  texts(&walk, spec->documents, spec->document_count);
  texts(&walk, spec->next_steps, spec->next_step_count);
}
