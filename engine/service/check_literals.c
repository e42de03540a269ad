/* Numbers and dates of policy that are written into rules: expressions and Lua functions. */
#include "base/date.h"
#include "expr/ast.h"
#include "lua/plugin.h"
#include "model/formulas.h"
#include "service/check_parts.h"

static const char HINT[] = "make it a parameter, with its source and the day since which it holds";

static bool is_one_of(const char *text, size_t length, const char *const *list) {
  const struct ask_text given = {text, length};
  for (; *list; list++)
    if (ask_text_is(&given, *list)) return true;
  return false;
}

static void look(struct ask_checker *c, const struct ask_expr_spec *expr, const struct ask_ast *node) {
  static const char *const may_stand[] = {"0", "1", NULL};
  if (!node) return;
  struct ask_place at = ask_ast_place(expr->at, expr->text, node->offset);
  int64_t day;
  if (node->kind == ASK_AST_NUMBER && !is_one_of(node->text.bytes, node->text.length, may_stand))
    ask_lint_add(c->problems, ASK_LINT_NUMBER, at, HINT, "the number %.*s is written into the rule",
                 (int)node->text.length, node->text.bytes);
  if (node->kind == ASK_AST_STRING && ask_date_read(node->text.bytes, node->text.length, &day))
    ask_lint_add(c->problems, ASK_LINT_DATE, at, HINT, "the date %.*s is written into the rule", (int)node->text.length,
                 node->text.bytes);
  look(c, expr, node->a);
  look(c, expr, node->b);
  for (const struct ask_ast *argument = node->arguments; argument; argument = argument->next) look(c, expr, argument);
}

static void check_formula(void *context, const struct ask_formula_spec *formula, struct ask_place at) {
  struct ask_checker *c = context;
  struct ask_problems unread = {.arena = c->arena}; /* the model has said what is wrong with it */
  (void)at;
  if (formula->expr.text)
    look(c, &formula->expr, ask_ast_parse(c->arena, formula->expr.text, formula->expr.at, &unread));
}

static void check_number(void *context, struct ask_place at, const char *number, size_t length) {
  static const char *const may_stand[] = {"0", "1", "2", NULL};
  struct ask_checker *c = context;
  if (!is_one_of(number, length, may_stand))
    ask_lint_add(c->problems, ASK_LINT_FUNCTION_NUMBER, at,
                 "make it a parameter; a worksheet line that names it brings it to the function",
                 "the number %.*s is written into a Lua function", (int)length, number);
}

void ask_check_literals(struct ask_checker *c, const struct ask_bytes *source) {
  ask_each_formula(c->program->spec, check_formula, c);
  if (source->bytes)
    ask_lua_function_numbers(c->program->spec->at.file, source->bytes, source->length, check_number, c);
}
