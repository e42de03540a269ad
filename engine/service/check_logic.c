/* Conditions that decide nothing: never true, never false, and levels that an earlier one always beats. */
#include <string.h>

#include "model/possible.h"
#include "service/check_parts.h"

static bool can(const struct ask_checker *c, int32_t reg, bool holds) {
  struct ask_claim claim = {reg, holds};
  return ask_possible(c->catalogue, &c->program->code, &claim, 1);
}

static struct ask_place place_of(const struct ask_formula_spec *formula, struct ask_place at) {
  return formula->expr.text && formula->expr.at.line ? formula->expr.at : at;
}

/* "true" and "false" as a whole condition are meant. */
static bool is_plain(const struct ask_formula_spec *formula) {
  return formula->expr.text && (strcmp(formula->expr.text, "true") == 0 || strcmp(formula->expr.text, "false") == 0);
}

/* Whether it was found to be stuck, or is meant to. */
static bool check_condition(struct ask_checker *c, const struct ask_formula_spec *formula, struct ask_place at,
                            int32_t reg, const char *what, const char *text) {
  if (reg < 0 || formula->function >= 0) return false;
  if (is_plain(formula)) return true;
  bool never_true = !can(c, reg, true), never_false = !never_true && !can(c, reg, false);
  if (!never_true && !never_false) return false;
  ask_lint_add(c->problems, never_true ? ASK_LINT_NEVER_TRUE : ASK_LINT_NEVER_FALSE, place_of(formula, at),
               "no answers within the limits of the questions make it otherwise: correct it, or remove it",
               "%s '%s' can never be %s", what, text ? text : "", never_true ? "true" : "false");
  return true;
}

/* The lowest node that is stuck is the one to mend. */
static bool check_tree(struct ask_checker *c, const struct ask_node *node, const char *what) {
  bool found = false;
  if (node->spec->kind == ASK_RULE)
    return check_condition(c, &node->spec->formula, node->spec->at, node->reg, what, node->spec->text);
  for (size_t i = 0; i < node->child_count; i++) found = check_tree(c, &node->children[i], what) || found;
  if (found) return true;
  static const char *const words[] = {
      [ASK_ALL] = "all", [ASK_ANY] = "any", [ASK_NONE] = "none", [ASK_AT_LEAST] = "at_least"};
  bool never_true = !can(c, node->reg, true);
  if (!never_true && can(c, node->reg, false)) return false;
  ask_lint_add(c->problems, never_true ? ASK_LINT_NEVER_TRUE : ASK_LINT_NEVER_FALSE, node->spec->at,
               never_true ? "its criteria contradict each other" : "between them, its criteria always hold",
               "%s { '%s' } can never be %s", words[node->spec->kind], node->spec->text ? node->spec->text : "",
               never_true ? "true" : "false");
  return true;
}

/* ---- the first that holds ---------------------------------------------------------------------------------------- */

struct step {
  struct ask_place at;
  const struct ask_formula_spec *when;
  const char *name;
  bool otherwise;
};

/* None of the earlier ones holds, and this one does: is that possible? */
static void check_steps(struct ask_checker *c, const struct step *steps, const struct ask_condition *conditions,
                        size_t count, const char *what) {
  struct ask_claim *claims = ask_alloc_array(c->arena, count + 1, sizeof *claims);
  size_t earlier = 0;
  for (size_t i = 0; i < count; i++) {
    int32_t reg = conditions[i].reg;
    bool stuck = !steps[i].otherwise && check_condition(c, steps[i].when, steps[i].at, reg, what, steps[i].name);
    if (!stuck && i > 0) {
      size_t claimed = earlier;
      if (reg >= 0) claims[claimed++] = (struct ask_claim){reg, true};
      if (!ask_possible(c->catalogue, &c->program->code, claims, claimed))
        ask_lint_add(c->problems, ASK_LINT_UNREACHABLE, place_of(steps[i].when, steps[i].at),
                     "one above it holds whenever this one does: put the special one first, or remove it",
                     "%s '%s' is never reached", what, steps[i].name);
    }
    if (reg >= 0) claims[earlier++] = (struct ask_claim){reg, false};
  }
}

void ask_check_logic(struct ask_checker *c) {
  const struct ask_program *program = c->program;
  const struct ask_program_spec *spec = program->spec;
  size_t before = c->problems->count;
  check_tree(c, program->eligible, "the criterion");
  if (program->possible) check_tree(c, program->possible, "the criterion");
  if (program->possible && c->problems->count == before) {
    struct ask_claim both[] = {{program->eligible->reg, true}, {program->possible->reg, true}};
    struct ask_claim likely[] = {{program->eligible->reg, true}, {program->possible->reg, false}};
    if (!ask_possible(c->catalogue, &program->code, both, 2))
      ask_lint_add(c->problems, ASK_LINT_NEVER_TRUE, program->possible->spec->at,
                   "it contradicts the criteria of eligible", "possible never holds where eligible does");
    else if (!ask_possible(c->catalogue, &program->code, likely, 2))
      ask_lint_add(c->problems, ASK_LINT_NEVER_FALSE, program->possible->spec->at,
                   "if every case is for the agency to judge, say so in its one rule's text and a note",
                   "possible always holds where eligible does: the status is never likely");
  }
  struct step *steps = ask_alloc_array(c->arena, spec->level_count + spec->next_step_count, sizeof *steps);
  for (size_t i = 0; i < spec->level_count; i++)
    steps[i] =
        (struct step){spec->levels[i].at, &spec->levels[i].when, spec->levels[i].name, spec->levels[i].otherwise};
  check_steps(c, steps, program->levels, spec->level_count, "the level");
  for (size_t i = 0; i < spec->next_step_count; i++)
    steps[i] = (struct step){spec->next_steps[i].at, &spec->next_steps[i].when, spec->next_steps[i].text,
                             spec->next_steps[i].otherwise};
  check_steps(c, steps, program->next_steps, spec->next_step_count, "the next step");
  for (size_t i = 0; i < spec->point_count; i++)
    check_condition(c, &spec->points[i].when, spec->points[i].at, program->point_when[i], "the point",
                    spec->points[i].text);
  for (size_t i = 0; i < spec->note_count; i++)
    check_condition(c, &spec->notes[i].when, spec->notes[i].at, program->notes[i].reg, "the note", spec->notes[i].text);
  for (size_t i = 0; i < spec->document_count; i++)
    check_condition(c, &spec->documents[i].when, spec->documents[i].at, program->documents[i].reg, "the document",
                    spec->documents[i].text);
}
