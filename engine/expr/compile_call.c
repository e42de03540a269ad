/* Function calls: a const table of names; aggregates over lists run a body per entry, over groups they unroll. */
#include <string.h>

#include "base/number.h"
#include "expr/compiler.h"

static const struct ask_ast *argument(const struct ask_ast *call, size_t index) {
  const struct ask_ast *a = call->arguments;
  while (index-- && a) a = a->next;
  return a;
}

static struct value one(struct compiler *c, size_t offset, enum ask_operation operation, struct ask_kind type,
                        const struct value *a, int64_t immediate, uint16_t extra) {
  return ask_compiler_emit(
      c, offset, type,
      (struct ask_instruction){
          .operation = (uint8_t)operation, .a = ask_compiler_use(c, offset, a), .immediate = immediate, .c = extra});
}

static struct value typed(struct compiler *c, const struct ask_ast *ast, enum ask_type type) {
  struct ask_kind kind = KIND(type);
  return ask_compiler_coerce(c, ast->offset, ask_compiler_expression(c, ast), &kind);
}

static struct value smallest(struct compiler *c, const struct ask_ast *call, enum ask_operation operation) {
  struct value best = ask_compiler_expression(c, call->arguments);
  for (const struct ask_ast *a = call->arguments->next; a; a = a->next) {
    struct value v = ask_compiler_expression(c, a);
    if (!ask_compiler_unify(c, a->offset, &best, &v, "compared with")) return v;
    if (!ask_type_is_number(best.type.type) && best.type.type != ASK_DATE)
      return ask_compiler_fail(c, a->offset, "wrong-type", NULL, "%s has no smallest or largest",
                               ask_type_name(best.type.type));
    best = ask_compiler_two(c, call->offset, operation, best.type, &best, &v);
  }
  return best;
}
static struct value call_min(struct compiler *c, const struct ask_ast *call) { return smallest(c, call, ASK_I_MIN); }
static struct value call_max(struct compiler *c, const struct ask_ast *call) { return smallest(c, call, ASK_I_MAX); }

static struct value number_argument(struct compiler *c, const struct ask_ast *a) {
  struct value v = ask_compiler_expression(c, a);
  if (!ask_compiler_settle(c, a->offset, &v)) return v;
  if (v.form != V_REGISTER || !ask_type_is_number(v.type.type))
    return ask_compiler_fail(c, a->offset, "wrong-type", NULL, "%s is not a number", ask_compiler_describe(c, &v));
  return v;
}

static struct value call_abs(struct compiler *c, const struct ask_ast *call) {
  struct value v = number_argument(c, call->arguments);
  return c->failed ? v : one(c, call->offset, ASK_I_ABS, v.type, &v, 0, 1);
}

static struct value rounded(struct compiler *c, const struct ask_ast *call, enum ask_operation operation) {
  struct value v = number_argument(c, call->arguments);
  if (c->failed || v.type.type == ASK_INTEGER) return v;
  if (v.type.type == ASK_MONEY) return one(c, call->offset, operation, v.type, &v, 100, 0);
  return one(c, call->offset, operation, KIND(ASK_INTEGER), &v, ASK_DECIMAL_ONE, 1);
}
static struct value call_floor(struct compiler *c, const struct ask_ast *call) { return rounded(c, call, ASK_I_FLOOR); }
static struct value call_ceil(struct compiler *c, const struct ask_ast *call) { return rounded(c, call, ASK_I_CEIL); }
static struct value call_round(struct compiler *c, const struct ask_ast *call) { return rounded(c, call, ASK_I_ROUND); }

static struct value between(struct compiler *c, const struct ask_ast *call, enum ask_operation operation) {
  struct value from = typed(c, argument(call, 0), ASK_DATE), to = typed(c, argument(call, 1), ASK_DATE);
  return c->failed ? to : ask_compiler_two(c, call->offset, operation, KIND(ASK_INTEGER), &from, &to);
}
static struct value call_years(struct compiler *c, const struct ask_ast *call) {
  return between(c, call, ASK_I_YEARS_BETWEEN);
}
static struct value call_months(struct compiler *c, const struct ask_ast *call) {
  return between(c, call, ASK_I_MONTHS_BETWEEN);
}

static struct value call_add_months(struct compiler *c, const struct ask_ast *call) {
  struct value date = typed(c, argument(call, 0), ASK_DATE), months = typed(c, argument(call, 1), ASK_INTEGER);
  return c->failed ? months : ask_compiler_two(c, call->offset, ASK_I_ADD_MONTHS, KIND(ASK_DATE), &date, &months);
}

static struct value call_add_business_days(struct compiler *c, const struct ask_ast *call) {
  struct value date = typed(c, argument(call, 0), ASK_DATE), days = typed(c, argument(call, 1), ASK_INTEGER);
  return c->failed ? days
                   : ask_compiler_two(c, call->offset, ASK_I_ADD_BUSINESS_DAYS, KIND(ASK_DATE), &date, &days);
}

static struct value call_year_of(struct compiler *c, const struct ask_ast *call) {
  struct value date = typed(c, argument(call, 0), ASK_DATE);
  return c->failed ? date : one(c, call->offset, ASK_I_YEAR_OF, KIND(ASK_INTEGER), &date, 1, 1);
}

static struct value call_dollars(struct compiler *c, const struct ask_ast *call) {
  struct value n = typed(c, argument(call, 0), ASK_INTEGER);
  return c->failed ? n : one(c, call->offset, ASK_I_SCALE, KIND(ASK_MONEY), &n, 100, 0);
}

/* The load that an expression ended in: what answered() and declined() speak of. */
static struct value about_item(struct compiler *c, const struct ask_ast *call, bool declined) {
  struct value v = ask_compiler_expression(c, call->arguments);
  if (c->failed) return v;
  if (v.form == V_REGISTER && v.level <= c->level) {
    const struct ask_instruction load = c->codes[v.level]->list[v.reg];
    struct ask_instruction in = {.a = load.a, .b = load.b};
    in.operation = load.operation == ASK_I_ITEM ? (declined ? ASK_I_DECLINED : ASK_I_ANSWERED) : ASK_I_FIELD_ANSWERED;
    if (load.operation == ASK_I_ITEM || (load.operation == ASK_I_FIELD && !declined))
      return ask_compiler_emit(c, call->offset, KIND(ASK_BOOL), in);
  }
  return ask_compiler_fail(c, call->arguments->offset, "wrong-type", "give the name of one item",
                           "this is not an item");
}
static struct value call_answered(struct compiler *c, const struct ask_ast *call) { return about_item(c, call, false); }
static struct value call_declined(struct compiler *c, const struct ask_ast *call) { return about_item(c, call, true); }

static struct value call_has(struct compiler *c, const struct ask_ast *call) {
  struct value v = ask_compiler_expression(c, argument(call, 0));
  struct value word = ask_compiler_expression(c, argument(call, 1));
  if (c->failed) return word;
  if (!is_register_of(&v, ASK_CHOICES))
    return ask_compiler_fail(c, call->offset, "wrong-type",
                             is_register_of(&v, ASK_CHOICE) ? "write item == 'word'" : NULL,
                             "has() asks a question with several choices; this is %s", ask_compiler_describe(c, &v));
  if (word.form != V_STRING)
    return ask_compiler_fail(c, argument(call, 1)->offset, "wrong-type", NULL, "has() needs one word in quotes");
  struct ask_kind kind = {.type = ASK_CHOICE, .options = v.type.options};
  word = ask_compiler_coerce(c, argument(call, 1)->offset, word, &kind);
  if (c->failed) return word;
  return one(c, call->offset, ASK_I_HAS, KIND(ASK_BOOL), &v, c->codes[c->level]->list[word.reg].immediate, 0);
}

/* ---- over lists ---- */

/* Compiles condition and value (either may be NULL) as the body of an aggregate; returns the number of the body. */
static int32_t body_of(struct compiler *c, const struct ask_ast *call, const void *list,
                       const struct ask_ast *condition, const struct ask_ast *value, struct ask_kind *ret_type) {
  if (c->depth >= ASK_MAX_ENTRY_DEPTH || c->level >= ASK_MAX_ENTRY_DEPTH || c->binding_count >= MAX_BINDINGS) {
    ask_compiler_fail(c, call->offset, "too-deep", NULL, "lists are nested too deeply");
    return -1;
  }
  struct ask_code *outer = c->codes[c->level];
  struct ask_code *body = ask_alloc(c->arena, sizeof *body);
  c->bindings[c->binding_count++] =
      (struct binding){.name = c->scope->entry_name(c->scope->context, list), .list = list, .depth = c->depth++};
  c->codes[++c->level] = body;
  struct ask_kind boolean = KIND(ASK_BOOL);
  struct value test = {0}, v = {0};
  if (condition) test = ask_compiler_coerce(c, condition->offset, ask_compiler_expression(c, condition), &boolean);
  if (value) v = number_argument(c, value);
  if (condition && value && !c->failed) {
    struct value zero = ask_compiler_constant(c, call->offset, v.type, 0);
    struct ask_instruction in = {.operation = ASK_I_SELECT};
    in.a = ask_compiler_use(c, call->offset, &test);
    in.b = ask_compiler_use(c, call->offset, &v);
    in.c = (uint16_t)ask_compiler_use(c, call->offset, &zero);
    v = ask_compiler_emit(c, call->offset, v.type, in);
  }
  struct value *result = value ? &v : &test;
  if (!c->failed) body->result = ask_compiler_use(c, call->offset, result);
  *ret_type = result->type;
  c->level--;
  c->depth--;
  c->binding_count--;
  struct ask_code **slot = ask_push(c->arena, &outer->bodies, &outer->body_count, &outer->body_capacity, sizeof *slot);
  *slot = body;
  return (int32_t)(outer->body_count - 1);
}

static struct value over_list(struct compiler *c, const struct ask_ast *call, const struct value *list,
                              enum ask_operation operation, int32_t body, struct ask_kind type) {
  return ask_compiler_emit(c, call->offset, type,
                           (struct ask_instruction){.operation = (uint8_t)operation,
                                                    .a = ask_compiler_use(c, call->offset, list),
                                                    .b = body});
}

/* ---- over groups ---- */

/* Compiles ast once with the group's entry name bound to its index-th item. */
static struct value with_item(struct compiler *c, const struct ask_ast *ast, int32_t group, size_t index,
                              enum ask_type wanted, bool any_number) {
  size_t count;
  const char *name = c->scope->group_entry(c->scope->context, group, &count);
  struct ask_kind kind;
  int32_t item = c->scope->group_item(c->scope->context, group, index, &kind);
  if (c->binding_count >= MAX_BINDINGS) return ask_compiler_fail(c, ast->offset, "too-deep", NULL, "nested too deeply");
  c->scope->reads(c->scope->context, item);
  struct value bound =
      ask_compiler_emit(c, ast->offset, kind, (struct ask_instruction){.operation = ASK_I_ITEM, .a = item});
  c->bindings[c->binding_count++] = (struct binding){.name = name, .value = bound};
  struct value v;
  if (any_number) {
    v = number_argument(c, ast);
  } else {
    struct ask_kind want = KIND(wanted);
    v = ask_compiler_coerce(c, ast->offset, ask_compiler_expression(c, ast), &want);
  }
  c->binding_count--;
  return v;
}

static size_t group_size(struct compiler *c, int32_t group) {
  size_t count = 0;
  c->scope->group_entry(c->scope->context, group, &count);
  return count;
}

enum { MAX_GROUP = 128 };

static bool group_registers(struct compiler *c, const struct ask_ast *call, int32_t group,
                            const struct ask_ast *condition, int32_t *ret_first, size_t *ret_count) {
  int32_t registers[MAX_GROUP];
  size_t count = group_size(c, group);
  if (count > MAX_GROUP) {
    ask_compiler_fail(c, call->offset, "too-large", NULL, "a group has at most %d items", MAX_GROUP);
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    struct value v = with_item(c, condition, group, i, ASK_BOOL, false);
    if (c->failed) return false;
    registers[i] = ask_compiler_use(c, condition->offset, &v);
  }
  *ret_first = ask_arguments(c->arena, c->codes[c->level], registers, count);
  *ret_count = count;
  return true;
}

bool ask_compiler_count_bounds(struct compiler *c, const struct ask_ast *ast, struct value *ret_low,
                               struct value *ret_high) {
  if (ast->kind != ASK_AST_CALL || !ask_text_is(&ast->text, "count") || ast->argument_count != 2) return false;
  struct value list = ask_compiler_expression(c, argument(ast, 0));
  struct ask_kind integer = KIND(ASK_INTEGER), type;
  if (c->failed) return true;
  if (list.form == V_GROUP) {
    int32_t first;
    size_t count;
    if (!group_registers(c, ast, list.reg, argument(ast, 1), &first, &count)) return true;
    struct ask_instruction in = {.operation = ASK_I_COUNT_LOW, .a = first, .b = (int32_t)count};
    *ret_low = ask_compiler_emit(c, ast->offset, integer, in);
    in.operation = ASK_I_COUNT_HIGH;
    *ret_high = ask_compiler_emit(c, ast->offset, integer, in);
    return true;
  }
  if (!is_register_of(&list, ASK_LIST)) {
    ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "count(x, condition) counts in a list or a group, not in %s",
                      ask_compiler_describe(c, &list));
    return true;
  }
  int32_t body = body_of(c, ast, list.type.list, argument(ast, 1), NULL, &type);
  *ret_low = over_list(c, ast, &list, ASK_I_LIST_LOW, body, integer);
  *ret_high = over_list(c, ast, &list, ASK_I_LIST_HIGH, body, integer);
  return true;
}

static struct value call_count(struct compiler *c, const struct ask_ast *call) {
  struct value low, high;
  if (ask_compiler_count_bounds(c, call, &low, &high))
    return c->failed ? (struct value){.form = V_BAD}
                     : ask_compiler_two(c, call->offset, ASK_I_AGREE, KIND(ASK_INTEGER), &low, &high);
  struct value v = ask_compiler_expression(c, call->arguments);
  if (c->failed) return v;
  if (v.form == V_GROUP)
    return ask_compiler_constant(c, call->offset, KIND(ASK_INTEGER), (int64_t)group_size(c, v.reg));
  if (is_register_of(&v, ASK_LIST)) return one(c, call->offset, ASK_I_LIST_COUNT, KIND(ASK_INTEGER), &v, 0, 0);
  if (is_register_of(&v, ASK_CHOICES)) return one(c, call->offset, ASK_I_TICKED, KIND(ASK_INTEGER), &v, 1, 1);
  return ask_compiler_fail(c, call->offset, "wrong-type", NULL, "%s cannot be counted", ask_compiler_describe(c, &v));
}

static struct value quantified(struct compiler *c, const struct ask_ast *call, bool every) {
  struct value list = ask_compiler_expression(c, call->arguments);
  struct ask_kind boolean = KIND(ASK_BOOL), type;
  if (c->failed) return list;
  if (list.form == V_GROUP) {
    struct value all = ask_compiler_constant(c, call->offset, boolean, every);
    for (size_t i = 0, n = group_size(c, list.reg); i < n && !c->failed; i++) {
      struct value v = with_item(c, argument(call, 1), list.reg, i, ASK_BOOL, false);
      if (!c->failed)
        all = i == 0 ? v : ask_compiler_two(c, call->offset, every ? ASK_I_AND : ASK_I_OR, boolean, &all, &v);
    }
    return all;
  }
  if (!is_register_of(&list, ASK_LIST))
    return ask_compiler_fail(c, call->offset, "wrong-type", NULL, "%s is not a list or a group",
                             ask_compiler_describe(c, &list));
  int32_t body = body_of(c, call, list.type.list, argument(call, 1), NULL, &type);
  return over_list(c, call, &list, every ? ASK_I_LIST_ALL : ASK_I_LIST_ANY, body, boolean);
}
static struct value call_any(struct compiler *c, const struct ask_ast *call) { return quantified(c, call, false); }
static struct value call_all(struct compiler *c, const struct ask_ast *call) { return quantified(c, call, true); }

static struct value call_sum(struct compiler *c, const struct ask_ast *call) {
  struct value list = ask_compiler_expression(c, call->arguments);
  const struct ask_ast *value = argument(call, 1), *condition = argument(call, 2);
  struct ask_kind type;
  if (c->failed) return list;
  if (is_register_of(&list, ASK_LIST)) {
    int32_t body = body_of(c, call, list.type.list, condition, value, &type);
    return over_list(c, call, &list, ASK_I_LIST_SUM, body, type);
  }
  if (list.form != V_GROUP)
    return ask_compiler_fail(c, call->offset, "wrong-type", NULL, "%s is not a list or a group",
                             ask_compiler_describe(c, &list));
  if (group_size(c, list.reg) == 0) return ask_compiler_constant(c, call->offset, KIND(ASK_INTEGER), 0);
  struct value total = {0};
  for (size_t i = 0, n = group_size(c, list.reg); i < n && !c->failed; i++) {
    struct value v = with_item(c, value, list.reg, i, ASK_INTEGER, true);
    if (condition && !c->failed) {
      struct value test = with_item(c, condition, list.reg, i, ASK_BOOL, false);
      struct value zero = ask_compiler_constant(c, call->offset, v.type, 0);
      struct ask_instruction in = {.operation = ASK_I_SELECT};
      if (c->failed) break;
      in.a = ask_compiler_use(c, call->offset, &test);
      in.b = ask_compiler_use(c, call->offset, &v);
      in.c = (uint16_t)ask_compiler_use(c, call->offset, &zero);
      v = ask_compiler_emit(c, call->offset, v.type, in);
    }
    if (i == 0)
      total = v;
    else if (ask_compiler_unify(c, call->offset, &total, &v, "added to"))
      total = ask_compiler_two(c, call->offset, ASK_I_ADD, total.type, &total, &v);
  }
  return c->failed ? (struct value){.form = V_BAD} : total;
}

static const struct function {
  const char *name;
  size_t least, most;
  struct value (*compile)(struct compiler *c, const struct ask_ast *call);
  const char *usage, *meaning;
} functions[] = {
    {"min", 2, 64, call_min, "min(a, b, ...)", "the smallest; numbers, money or dates of one type"},
    {"max", 2, 64, call_max, "max(a, b, ...)", "the largest"},
    {"abs", 1, 1, call_abs, "abs(number)", "without its sign"},
    {"floor", 1, 1, call_floor, "floor(number)", "down to a whole number; money: down to whole dollars"},
    {"ceil", 1, 1, call_ceil, "ceil(number)", "up to a whole number; money: up to whole dollars"},
    {"round", 1, 1, call_round, "round(number)",
     "to the nearest whole number, half away from zero; money: to whole dollars"},
    {"years_between", 2, 2, call_years, "years_between(from, to)", "whole years from one date to another: the age"},
    {"months_between", 2, 2, call_months, "months_between(from, to)", "whole months from one date to another"},
    {"add_months", 2, 2, call_add_months, "add_months(date, months)",
     "the date so many months later; the last day of a shorter month"},
    {"add_business_days", 2, 2, call_add_business_days, "add_business_days(date, days)",
      "the date so many days later on which offices are open: no weekends, no holidays; before it when negative"},
    {"year_of", 1, 1, call_year_of, "year_of(date)", "the year of a date"},
    {"dollars", 1, 1, call_dollars, "dollars(integer)", "money of a whole number"},
    {"answered", 1, 1, call_answered, "answered(item)",
     "whether there is an answer: true or false, never unknown; false for what was not asked"},
    {"declined", 1, 1, call_declined, "declined(item)",
     "whether the person does not want to say: true or false, never unknown"},
    {"has", 2, 2, call_has, "has(item, 'word')", "whether this word of a `choices` item is ticked"},
    {"count", 1, 2, call_count, "count(list) or count(list, condition)",
     "how many entries of a list, words that are ticked, or entries and items of a group for which the condition holds"},
    {"any", 2, 2, call_any, "any(list, condition)",
     "whether the condition holds for one entry of the list or one item of the group"},
    {"all", 2, 2, call_all, "all(list, condition)", "whether it holds for each of them"},
    {"sum", 2, 3, call_sum, "sum(list, value) or sum(list, value, condition)",
     "the value of each entry of the list or item of the group, added up; with a condition only of those for which it holds"},
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

bool ask_function_about(size_t index, const char **ret_usage, const char **ret_meaning) {
  if (index >= FUNCTIONS) return false;
  *ret_usage = functions[index].usage;
  *ret_meaning = functions[index].meaning;
  return true;
}

struct value ask_compiler_call(struct compiler *c, const struct ask_ast *ast) {
  const char *names[FUNCTIONS];
  for (size_t i = 0; i < FUNCTIONS; i++) {
    const struct function *f = &functions[i];
    names[i] = f->name;
    if (!ask_text_is(&ast->text, f->name)) continue;
    if (ast->argument_count < f->least || ast->argument_count > f->most)
      return ask_compiler_fail(c, ast->offset, "wrong-arguments", ask_printf(c->arena, "it is used as %s", f->usage),
                               "%s() has %zu arguments", f->name, ast->argument_count);
    return f->compile(c, ast);
  }
  const char *wrong = ask_strndup(c->arena, ast->text.bytes, ast->text.length);
  const char *near = ask_did_you_mean(wrong, names, FUNCTIONS);
  return ask_compiler_fail(c, ast->offset, "unknown-name", near ? ask_printf(c->arena, "did you mean %s?", near) : NULL,
                           "there is no function %s()", wrong);
}
