/* From syntax tree to code: names, operators, member access. Function calls are in compile_call.c. */
#include <string.h>

#include "base/number.h"
#include "expr/compiler.h"

static const char *text_of(struct compiler *c, const struct ask_text *text) {
  return ask_strndup(c->arena, text->bytes, text->length);
}

static const char *did_you_mean(struct compiler *c, const char *near) {
  return near ? ask_printf(c->arena, "did you mean %s?", near) : NULL;
}

static struct binding *bound(struct compiler *c, const struct ask_text *name) {
  for (int i = c->binding_count; i > 0; i--)
    if (ask_text_is(name, c->bindings[i - 1].name)) return &c->bindings[i - 1];
  return NULL;
}

static struct value item(struct compiler *c, size_t offset, int32_t number, struct ask_kind type) {
  c->scope->reads(c->scope->context, number);
  return ask_compiler_emit(c, offset, type, (struct ask_instruction){.operation = ASK_I_ITEM, .a = number});
}

static struct value parameter_use(struct compiler *c, size_t offset, int32_t use, struct ask_kind type) {
  return ask_compiler_emit(c, offset, type, (struct ask_instruction){.operation = ASK_I_PARAMETER, .a = use});
}

static struct value name(struct compiler *c, const struct ask_ast *ast) {
  const struct ask_scope *s = c->scope;
  struct binding *b = bound(c, &ast->text);
  if (b && b->list)
    return ask_compiler_fail(c, ast->offset, "wrong-type", "name one of its fields", "%s stands for a whole entry",
                             b->name);
  if (b) return b->value;
  if (ask_text_is(&ast->text, "as_of"))
    return ask_compiler_emit(c, ast->offset, KIND(ASK_DATE), (struct ask_instruction){.operation = ASK_I_AS_OF});
  struct ask_name n = s->name(s->context, &ast->text);
  switch (n.kind) {
  case ASK_NAME_ITEM: return item(c, ast->offset, n.number, n.type);
  case ASK_NAME_REGISTER: return (struct value){.form = V_REGISTER, .type = n.type, .reg = n.number, .level = 0};
  case ASK_NAME_SCALAR: return parameter_use(c, ast->offset, s->use_scalar(s->context, n.number), n.type);
  case ASK_NAME_GROUP: return (struct value){.form = V_GROUP, .reg = n.number};
  case ASK_NAME_TABLE:
    return ask_compiler_fail(c, ast->offset, "wrong-type", "say which entry: table[household_size] or table.word",
                             "%s is a table", text_of(c, &ast->text));
  default: {
    const char *wrong = text_of(c, &ast->text), *hint = did_you_mean(c, s->suggest(s->context, wrong));
    if (!hint && ast == c->compared) hint = ask_printf(c->arena, "the words of a choice stand in quotes: '%s'", wrong);
    return ask_compiler_fail(c, ast->offset, "unknown-name", hint,
                             "there is no item, worksheet line or parameter named %s", wrong);
  }
  }
}

static struct value status_of(struct compiler *c, const struct ask_ast *ast) {
  bool own = false;
  int32_t program = c->scope->status(c->scope->context, &ast->text, &own);
  struct ask_kind kind = {.type = ASK_CHOICE, .options = c->scope->statuses};
  const char *wrong = text_of(c, &ast->text);
  if (program == -2)
    return ask_compiler_fail(c, ast->offset, "unknown-name", NULL, "status.%s cannot be read here", wrong);
  if (program < 0)
    return ask_compiler_fail(c, ast->offset, "unknown-name",
                             did_you_mean(c, c->scope->suggest_program(c->scope->context, wrong)),
                             "there is no program named %s", wrong);
  return ask_compiler_emit(
      c, ast->offset, kind,
      (struct ask_instruction){.operation = own ? ASK_I_OWN_STATUS : ASK_I_STATUS, .a = own ? 0 : program});
}

static struct value field(struct compiler *c, const struct ask_ast *ast, const struct binding *b) {
  struct ask_kind kind;
  int32_t number = c->scope->field(c->scope->context, b->list, &ast->text, &kind);
  if (number < 0) {
    const char *wrong = text_of(c, &ast->text);
    return ask_compiler_fail(c, ast->offset, "unknown-name",
                             did_you_mean(c, c->scope->suggest_field(c->scope->context, b->list, wrong)),
                             "%s has no field %s", b->name, wrong);
  }
  return ask_compiler_emit(c, ast->offset, kind,
                           (struct ask_instruction){.operation = ASK_I_FIELD, .a = b->depth, .b = number});
}

static struct value table_key(struct compiler *c, size_t offset, const struct ask_name *table,
                              const struct ask_text *key) {
  int32_t use = c->scope->use_key(c->scope->context, table->number, key);
  if (use < 0)
    return ask_compiler_fail(c, offset, "unknown-key", "see the keys in its YAML file", "the table has no entry %s",
                             text_of(c, key));
  return parameter_use(c, offset, use, table->type);
}

static bool table_named(struct compiler *c, const struct ask_ast *ast, struct ask_name *ret) {
  if (ast->kind != ASK_AST_NAME || bound(c, &ast->text)) return false;
  *ret = c->scope->name(c->scope->context, &ast->text);
  return ret->kind == ASK_NAME_TABLE;
}

static struct value member(struct compiler *c, const struct ask_ast *ast) {
  struct ask_name table;
  if (ast->a->kind == ASK_AST_NAME) {
    struct binding *b = bound(c, &ast->a->text);
    if (b && b->list) return field(c, ast, b);
    if (!b && ask_text_is(&ast->a->text, "status")) return status_of(c, ast);
    if (table_named(c, ast->a, &table)) return table_key(c, ast->offset, &table, &ast->text);
    struct ask_name n = c->scope->name(c->scope->context, &ast->a->text);
    if (!b && n.kind == ASK_NAME_NONE) return name(c, ast->a);
  }
  return ask_compiler_fail(c, ast->offset, "wrong-type", "only entries of lists, status and tables have parts",
                           "nothing has a part named %s here", text_of(c, &ast->text));
}

static struct value index_of(struct compiler *c, const struct ask_ast *ast) {
  struct ask_name table;
  if (!table_named(c, ast->a, &table)) {
    if (ast->a->kind == ASK_AST_NAME) {
      struct ask_name n = c->scope->name(c->scope->context, &ast->a->text);
      if (n.kind == ASK_NAME_NONE) return name(c, ast->a);
    }
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "only parameter tables are looked up with [ ]");
  }
  struct value key = ask_compiler_expression(c, ast->b);
  if (c->failed) return key;
  if (key.form == V_STRING) return table_key(c, ast->b->offset, &table, &key.text);
  struct ask_kind integer = KIND(ASK_INTEGER);
  if (key.form == V_REGISTER && key.type.type == ASK_CHOICE) {
    const char *missing = NULL;
    int32_t use = c->scope->use_options(c->scope->context, table.number, key.type.options, &missing);
    if (use < 0)
      return ask_compiler_fail(c, ast->offset, "unknown-key", "add it, or an entry `other`",
                               "the table has no entry for %s", missing ? missing : "a word of the choice");
    return ask_compiler_emit(c, ast->offset, table.type,
                             (struct ask_instruction){.operation = ASK_I_TABLE_OPTION,
                                                      .a = use,
                                                      .b = ask_compiler_use(c, ast->offset, &key)});
  }
  key = ask_compiler_coerce(c, ast->b->offset, key, &integer);
  int32_t use = c->scope->use_numbers(c->scope->context, table.number);
  if (use < 0)
    return ask_compiler_fail(c, ast->offset, "wrong-type", "look it up with one of its words",
                             "the table's keys are words, not numbers");
  return ask_compiler_emit(
      c, ast->offset, table.type,
      (struct ask_instruction){.operation = ASK_I_TABLE_NUMBER, .a = use, .b = ask_compiler_use(c, ast->offset, &key)});
}

static struct value compare_values(struct compiler *c, const struct ask_ast *ast, enum ask_ast_op op, struct value a,
                                   struct value b) {
  if (!ask_compiler_unify(c, ast->offset, &a, &b, "compared with")) return (struct value){.form = V_BAD};
  bool equality = op == ASK_OP_EQ || op == ASK_OP_NE;
  enum ask_type t = a.type.type;
  if (t == ASK_LIST || t == ASK_CHOICES)
    return ask_compiler_fail(c, ast->offset, "wrong-type",
                             t == ASK_LIST ? "count(list, condition)" : "has(item, 'word')", "%s cannot be compared",
                             ask_type_name(t));
  if (!equality && (t == ASK_BOOL || t == ASK_TEXT || (t == ASK_CHOICE && !a.type.options->ordered)))
    return ask_compiler_fail(c, ast->offset, "wrong-type",
                             t == ASK_CHOICE ? "say `ordered: true` in the form if its words are a scale, lowest first"
                                             : NULL,
                             "%s has no order", ask_type_name(t));
  if (t == ASK_TEXT) {
    struct value same = ask_compiler_two(c, ast->offset, ASK_I_TEXT_EQ, KIND(ASK_BOOL), &a, &b);
    if (op == ASK_OP_EQ) return same;
    return ask_compiler_emit(
        c, ast->offset, KIND(ASK_BOOL),
        (struct ask_instruction){.operation = ASK_I_NOT, .a = ask_compiler_use(c, ast->offset, &same)});
  }
  switch (op) {
  case ASK_OP_EQ: return ask_compiler_two(c, ast->offset, ASK_I_EQ, KIND(ASK_BOOL), &a, &b);
  case ASK_OP_NE: return ask_compiler_two(c, ast->offset, ASK_I_NE, KIND(ASK_BOOL), &a, &b);
  case ASK_OP_LT: return ask_compiler_two(c, ast->offset, ASK_I_LT, KIND(ASK_BOOL), &a, &b);
  case ASK_OP_LE: return ask_compiler_two(c, ast->offset, ASK_I_LE, KIND(ASK_BOOL), &a, &b);
  case ASK_OP_GT: return ask_compiler_two(c, ast->offset, ASK_I_LT, KIND(ASK_BOOL), &b, &a);
  default: return ask_compiler_two(c, ast->offset, ASK_I_LE, KIND(ASK_BOOL), &b, &a);
  }
}

/* A comparison with a count is decided as soon as its bounds agree. */
static struct value compare_bounds(struct compiler *c, const struct ask_ast *ast, enum ask_ast_op op, bool count_left,
                                   const struct value *low, const struct value *high, const struct value *other) {
  struct value a = compare_values(c, ast, op, count_left ? *low : *other, count_left ? *other : *low);
  struct value b = compare_values(c, ast, op, count_left ? *high : *other, count_left ? *other : *high);
  if (c->failed) return (struct value){.form = V_BAD};
  return ask_compiler_two(c, ast->offset, ASK_I_AGREE, KIND(ASK_BOOL), &a, &b);
}

/* Says which values meet. low and high are the left side, or with a count on the right the right one. */
static void tell_comparison(struct compiler *c, const struct ask_ast *ast, struct value low, struct value high,
                            struct value other, bool count_right) {
  if (!c->scope->compares || !ask_compiler_unify(c, ast->offset, &low, &other, "compared with") ||
      !ask_compiler_unify(c, ast->offset, &high, &other, "compared with"))
    return;
  struct ask_comparison told = {.source = c->source, .offset = ast->offset, .op = ast->op, .type = other.type};
  told.code = c->codes[c->level];
  told.left.low = ask_compiler_use(c, ast->offset, &low);
  told.left.high = ask_compiler_use(c, ast->offset, &high);
  told.right.low = told.right.high = ask_compiler_use(c, ast->offset, &other);
  if (count_right) {
    told.right = told.left;
    told.left.low = told.left.high = ask_compiler_use(c, ast->offset, &other);
  }
  if (!c->failed) c->scope->compares(c->scope->context, &told);
}

static struct value compare(struct compiler *c, const struct ask_ast *ast) {
  struct value low, high;
  bool left = ask_compiler_count_bounds(c, ast->a, &low, &high);
  bool right = !left && ask_compiler_count_bounds(c, ast->b, &low, &high);
  if (c->failed) return (struct value){.form = V_BAD};
  if (!left && !right) {
    struct value a = ask_compiler_expression(c, ast->a);
    c->compared = ast->b;
    struct value b = ask_compiler_expression(c, ast->b);
    tell_comparison(c, ast, a, a, b, false);
    return compare_values(c, ast, ast->op, a, b);
  }
  struct value other = ask_compiler_expression(c, left ? ast->b : ast->a);
  if (c->failed) return other;
  tell_comparison(c, ast, low, high, other, right);
  if (ast->op != ASK_OP_EQ && ast->op != ASK_OP_NE) return compare_bounds(c, ast, ast->op, left, &low, &high, &other);
  struct value least = compare_bounds(c, ast, ASK_OP_GE, left, &low, &high, &other);
  struct value most = compare_bounds(c, ast, ASK_OP_LE, left, &low, &high, &other);
  if (c->failed) return (struct value){.form = V_BAD};
  struct value same = ask_compiler_two(c, ast->offset, ASK_I_AND, KIND(ASK_BOOL), &least, &most);
  if (ast->op == ASK_OP_EQ) return same;
  return ask_compiler_emit(
      c, ast->offset, KIND(ASK_BOOL),
      (struct ask_instruction){.operation = ASK_I_NOT, .a = ask_compiler_use(c, ast->offset, &same)});
}

static bool is_binary(const struct ask_ast *ast, enum ask_ast_op op) {
  return ast->kind == ASK_AST_BINARY && ast->op == op;
}

/* A branch of a choosing expression. One that stands for the whole expression gives what that one is to give. */
static struct value alternative(struct compiler *c, const struct ask_ast *ast, bool whole) {
  if (whole) c->whole = ast;
  struct value v = ask_compiler_expression(c, ast);
  return whole && v.form == V_STRING ? ask_compiler_coerce(c, ast->offset, v, c->wanted) : v;
}

static struct value logic(struct compiler *c, const struct ask_ast *ast) {
  struct ask_kind boolean = KIND(ASK_BOOL);
  struct value a, b;
  bool is_whole = c->wanted && c->whole == ast;
  if (ast->op == ASK_OP_OR && is_binary(ast->a, ASK_OP_OR)) {
    /* (x or y) or z is x or (y or z); so c1 and a or c2 and b or z chooses, as in Lua */
    struct ask_ast rest = *ast, whole = *ast->a;
    rest.a = ast->a->b;
    whole.b = &rest;
    if (is_whole) c->whole = &whole;
    return logic(c, &whole);
  }
  /* cond and a or b: where a is not a bool, Lua's idiom for choosing */
  if (ast->op == ASK_OP_OR && is_binary(ast->a, ASK_OP_AND)) {
    struct value condition = ask_compiler_expression(c, ast->a->a);
    struct value yes = alternative(c, ast->a->b, is_whole);
    struct value no = alternative(c, ast->b, is_whole);
    condition = ask_compiler_coerce(c, ast->a->a->offset, condition, &boolean);
    if (c->failed) return (struct value){.form = V_BAD};
    if (!is_register_of(&yes, ASK_BOOL)) {
      if (!ask_compiler_unify(c, ast->offset, &yes, &no, "an alternative to")) return (struct value){.form = V_BAD};
      if (yes.type.type == ASK_LIST)
        return ask_compiler_fail(c, ast->offset, "wrong-type", "choose between values: cond and sum(...) or sum(...)",
                                 "lists cannot be chosen from");
      struct ask_instruction in = {.operation = ASK_I_SELECT};
      in.a = ask_compiler_use(c, ast->offset, &condition);
      in.b = ask_compiler_use(c, ast->offset, &yes);
      int32_t last = ask_compiler_use(c, ast->offset, &no);
      if (last > UINT16_MAX) return ask_compiler_fail(c, ast->offset, "too-large", NULL, "the rule is too large");
      in.c = (uint16_t)last;
      return ask_compiler_emit(c, ast->offset, yes.type, in);
    }
    a = ask_compiler_two(c, ast->a->offset, ASK_I_AND, boolean, &condition, &yes);
    b = ask_compiler_coerce(c, ast->b->offset, no, &boolean);
  } else {
    a = ask_compiler_coerce(c, ast->a->offset, ask_compiler_expression(c, ast->a), &boolean);
    b = ask_compiler_coerce(c, ast->b->offset, ask_compiler_expression(c, ast->b), &boolean);
  }
  if (c->failed) return b;
  return ask_compiler_two(c, ast->offset, ast->op == ASK_OP_AND ? ASK_I_AND : ASK_I_OR, boolean, &a, &b);
}

static bool is_number(const struct value *v) {
  return v->form == V_NUMBER || (v->form == V_REGISTER && ask_type_is_number(v->type.type));
}

static struct value multiply(struct compiler *c, const struct ask_ast *ast, struct value a, struct value b) {
  if (!ask_compiler_settle(c, ast->a->offset, &a) || !ask_compiler_settle(c, ast->b->offset, &b))
    return (struct value){.form = V_BAD};
  enum ask_type ta = a.type.type, tb = b.type.type;
  if (ta == ASK_MONEY && tb == ASK_MONEY)
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "money cannot be multiplied by money");
  struct ask_kind kind = KIND(ta == ASK_MONEY || tb == ASK_MONEY ? ASK_MONEY : ta == ASK_INTEGER ? tb : ta);
  return ask_compiler_two(c, ast->offset,
                          ta == ASK_DECIMAL && tb != ASK_INTEGER   ? ASK_I_MUL_DECIMAL
                          : tb == ASK_DECIMAL && ta != ASK_INTEGER ? ASK_I_MUL_DECIMAL
                                                                   : ASK_I_MUL,
                          kind, &a, &b);
}

static struct value divide(struct compiler *c, const struct ask_ast *ast, struct value a, struct value b) {
  if (!ask_compiler_settle(c, ast->a->offset, &a)) return (struct value){.form = V_BAD};
  if (!ask_compiler_settle(c, ast->b->offset, &b)) return (struct value){.form = V_BAD};
  enum ask_type ta = a.type.type, tb = b.type.type;
  if (tb == ASK_MONEY && ta != ASK_MONEY)
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "%s cannot be divided by money", ask_type_name(ta));
  struct ask_instruction in = {.operation = ASK_I_DIV, .immediate = 1};
  in.a = ask_compiler_use(c, ast->offset, &a);
  in.b = ask_compiler_use(c, ast->offset, &b);
  struct ask_kind kind = KIND(ASK_DECIMAL);
  if (ta == ASK_MONEY && tb != ASK_MONEY) {
    kind = KIND(ASK_MONEY);
    if (tb == ASK_DECIMAL) in.immediate = ASK_DECIMAL_ONE;
  } else if (ta == ASK_INTEGER && tb == ASK_DECIMAL) {
    in.immediate = (int64_t)ASK_DECIMAL_ONE * ASK_DECIMAL_ONE;
  } else if (ta == tb) {
    in.immediate = ASK_DECIMAL_ONE;
  }
  return ask_compiler_emit(c, ast->offset, kind, in);
}

static struct value floor_divide(struct compiler *c, const struct ask_ast *ast, struct value a, struct value b) {
  if (!ask_compiler_unify(c, ast->offset, &a, &b, "divided by")) return a;
  if (ast->op == ASK_OP_MOD) return ask_compiler_two(c, ast->offset, ASK_I_MOD, a.type, &a, &b);
  return ask_compiler_two(c, ast->offset, ASK_I_FLOORDIV, KIND(ASK_INTEGER), &a, &b);
}

static struct value add(struct compiler *c, const struct ask_ast *ast, struct value a, struct value b) {
  bool plus = ast->op == ASK_OP_ADD;
  enum ask_operation operation = plus ? ASK_I_ADD : ASK_I_SUB;
  struct ask_kind integer = KIND(ASK_INTEGER);
  if (is_register_of(&a, ASK_DATE) || is_register_of(&b, ASK_DATE)) {
    if (is_register_of(&a, ASK_DATE) && is_register_of(&b, ASK_DATE) && !plus)
      return ask_compiler_two(c, ast->offset, ASK_I_SUB, integer, &a, &b);
    bool left = is_register_of(&a, ASK_DATE);
    struct value *days = left ? &b : &a;
    if (!is_number(days) || (!left && !plus) || is_register_of(days, ASK_MONEY))
      return ask_compiler_fail(c, ast->offset, "wrong-type", "date - date is days; date + days is a date",
                               "%s and %s cannot be %s", ask_compiler_describe(c, &a), ask_compiler_describe(c, &b),
                               plus ? "added" : "subtracted");
    *days = ask_compiler_coerce(c, ast->offset, *days, &integer);
    return ask_compiler_two(c, ast->offset, operation, KIND(ASK_DATE), &a, &b);
  }
  if (!is_number(&a) || !is_number(&b))
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "%s and %s cannot be %s", ask_compiler_describe(c, &a),
                             ask_compiler_describe(c, &b), plus ? "added" : "subtracted");
  if (!ask_compiler_unify(c, ast->offset, &a, &b, plus ? "added to" : "subtracted from")) return a;
  return ask_compiler_two(c, ast->offset, operation, a.type, &a, &b);
}

static struct value arithmetic(struct compiler *c, const struct ask_ast *ast) {
  struct value a = ask_compiler_expression(c, ast->a);
  struct value b = ask_compiler_expression(c, ast->b);
  if (c->failed) return b;
  if (ast->op == ASK_OP_ADD || ast->op == ASK_OP_SUB) return add(c, ast, a, b);
  if (!is_number(&a) || !is_number(&b))
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "%s %s %s is not arithmetic",
                             ask_compiler_describe(c, &a), ask_ast_op_text(ast->op), ask_compiler_describe(c, &b));
  if (ast->op == ASK_OP_MUL) return multiply(c, ast, a, b);
  if (ast->op == ASK_OP_DIV) return divide(c, ast, a, b);
  return floor_divide(c, ast, a, b);
}

static struct value unary(struct compiler *c, const struct ask_ast *ast) {
  struct value v = ask_compiler_expression(c, ast->a);
  if (c->failed) return v;
  if (ast->op == ASK_OP_NOT) {
    struct ask_kind boolean = KIND(ASK_BOOL);
    v = ask_compiler_coerce(c, ast->a->offset, v, &boolean);
    return ask_compiler_emit(
        c, ast->offset, boolean,
        (struct ask_instruction){.operation = ASK_I_NOT, .a = ask_compiler_use(c, ast->offset, &v)});
  }
  if (v.form == V_NUMBER) {
    v.negative = !v.negative;
    return v;
  }
  if (!is_number(&v))
    return ask_compiler_fail(c, ast->offset, "wrong-type", NULL, "%s cannot be negative", ask_compiler_describe(c, &v));
  return ask_compiler_emit(c, ast->offset, v.type,
                           (struct ask_instruction){.operation = ASK_I_NEG, .a = ask_compiler_use(c, ast->offset, &v)});
}

struct value ask_compiler_expression(struct compiler *c, const struct ask_ast *ast) {
  if (c->failed) return (struct value){.form = V_BAD};
  if (++c->steps > 20000)
    return ask_compiler_fail(c, ast->offset, "too-large", "use a worksheet line", "the expression unrolls to too much");
  switch (ast->kind) {
  case ASK_AST_NUMBER: return (struct value){.form = V_NUMBER, .text = ast->text, .offset = ast->offset};
  case ASK_AST_STRING: return (struct value){.form = V_STRING, .text = ast->text, .offset = ast->offset};
  case ASK_AST_TRUE: return ask_compiler_constant(c, ast->offset, KIND(ASK_BOOL), 1);
  case ASK_AST_FALSE: return ask_compiler_constant(c, ast->offset, KIND(ASK_BOOL), 0);
  case ASK_AST_NAME: return name(c, ast);
  case ASK_AST_MEMBER: return member(c, ast);
  case ASK_AST_INDEX: return index_of(c, ast);
  case ASK_AST_CALL: return ask_compiler_call(c, ast);
  case ASK_AST_UNARY: return unary(c, ast);
  default: break;
  }
  if (ast->op == ASK_OP_AND || ast->op == ASK_OP_OR) return logic(c, ast);
  if (ast->op >= ASK_OP_EQ && ast->op <= ASK_OP_GE) return compare(c, ast);
  return arithmetic(c, ast);
}

static bool compile(struct compiler *c, const struct ask_kind *wanted, struct ask_compiled *ret) {
  struct ask_ast *ast = ask_ast_parse(c->arena, c->source, c->at, c->problems);
  if (!ast) return false;
  if (wanted && wanted->type == ASK_CHOICE && wanted->options) {
    c->whole = ast;
    c->wanted = wanted;
  }
  struct value v = ask_compiler_expression(c, ast);
  if (c->failed) return false;
  if (wanted)
    v = ask_compiler_coerce(c, ast->offset, v, wanted);
  else if (v.form == V_STRING)
    v = ask_compiler_coerce(c, ast->offset, v, &KIND(ASK_TEXT));
  else
    ask_compiler_settle(c, ast->offset, &v);
  int32_t reg = ask_compiler_use(c, ast->offset, &v);
  if (c->failed) return false;
  *ret = (struct ask_compiled){reg, v.type};
  return true;
}

bool ask_compile(struct ask_arena *arena, struct ask_code *code, const struct ask_scope *scope, const char *source,
                 struct ask_place at, const struct ask_kind *wanted, struct ask_problems *problems,
                 struct ask_compiled *ret) {
  return ask_compile_field(arena, code, scope, NULL, 0, source, at, wanted, problems, ret);
}

bool ask_compile_field(struct ask_arena *arena, struct ask_code *code, const struct ask_scope *scope,
                       const void *const *lists, size_t list_count, const char *source, struct ask_place at,
                       const struct ask_kind *wanted, struct ask_problems *problems, struct ask_compiled *ret) {
  struct compiler c = {.arena = arena, .scope = scope, .source = source, .at = at, .problems = problems};
  c.codes[0] = code;
  for (size_t i = 0; i < list_count && i < ASK_MAX_ENTRY_DEPTH; i++)
    c.bindings[c.binding_count++] =
        (struct binding){.name = scope->entry_name(scope->context, lists[i]), .list = lists[i], .depth = c.depth++};
  return compile(&c, wanted, ret);
}
