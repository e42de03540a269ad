/* Values and their types: literals that take the type of what they meet, widening, and what to say when types differ. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "expr/compiler.h"
#include "expr/frame.h"

struct value ask_compiler_fail(struct compiler *c, size_t offset, const char *code, const char *hint,
                               const char *format, ...) {
  if (!c->failed) {
    va_list args;
    va_start(args, format);
    char *message = ask_vprintf(c->arena, format, args);
    va_end(args);
    ask_problem_add(c->problems, ASK_ERROR, code, ask_ast_place(c->at, c->source, offset), NULL, hint, "%s, in `%s`",
                    message, ask_ast_shown(c->arena, c->source, offset));
  }
  c->failed = true;
  return (struct value){.form = V_BAD};
}

bool ask_type_is_number(enum ask_type type) { return type == ASK_INTEGER || type == ASK_DECIMAL || type == ASK_MONEY; }

bool ask_kinds_equal(const struct ask_kind *a, const struct ask_kind *b) {
  if (a->type != b->type) return false;
  if (a->type == ASK_LIST) return a->list == b->list;
  if (a->type != ASK_CHOICE && a->type != ASK_CHOICES) return true;
  if (a->options == b->options) return true;
  if (!a->options || !b->options || a->options->count != b->options->count) return false;
  for (uint32_t i = 0; i < a->options->count; i++)
    if (strcmp(a->options->list[i].id, b->options->list[i].id) != 0) return false;
  return true;
}

const char *ask_compiler_describe(struct compiler *c, const struct value *v) {
  switch (v->form) {
  case V_NUMBER:
    return ask_printf(c->arena, "the number %s%.*s", v->negative ? "-" : "", (int)v->text.length, v->text.bytes);
  case V_STRING: return ask_printf(c->arena, "the word '%.*s'", (int)v->text.length, v->text.bytes);
  case V_GROUP: return "a group of items";
  case V_REGISTER: return ask_type_name(v->type.type);
  default: return "nothing";
  }
}

struct value ask_compiler_emit(struct compiler *c, size_t offset, struct ask_kind type, struct ask_instruction in) {
  if (c->failed) return (struct value){.form = V_BAD};
  struct ask_code *code = c->codes[c->level];
  int32_t reg = ask_emit(c->arena, code, in);
  if (reg < 0 || (c->level > 0 && code->count > ASK_MAX_BODY))
    return ask_compiler_fail(c, offset, "too-large", "split the program or the list condition",
                             "the rule is too large");
  return (struct value){.form = V_REGISTER, .type = type, .reg = reg, .level = c->level};
}

struct value ask_compiler_two(struct compiler *c, size_t offset, enum ask_operation operation, struct ask_kind type,
                              const struct value *a, const struct value *b) {
  struct ask_instruction in = {.operation = (uint8_t)operation};
  in.a = ask_compiler_use(c, offset, a);
  in.b = ask_compiler_use(c, offset, b);
  return ask_compiler_emit(c, offset, type, in);
}

struct value ask_compiler_constant(struct compiler *c, size_t offset, struct ask_kind type, int64_t word) {
  return ask_compiler_emit(c, offset, type, (struct ask_instruction){.operation = ASK_I_CONSTANT, .immediate = word});
}

int32_t ask_compiler_use(struct compiler *c, size_t offset, const struct value *value) {
  if (c->failed || value->form != V_REGISTER) {
    ask_compiler_fail(c, offset, "wrong-type", NULL, "%s is no value here", ask_compiler_describe(c, value));
    return 0;
  }
  if (value->level == c->level) return value->reg;
  return ask_compiler_emit(
             c, offset, value->type,
             (struct ask_instruction){.operation = ASK_I_OUTER, .a = value->reg, .immediate = c->level - value->level})
      .reg;
}

static struct value coerce_number(struct compiler *c, size_t offset, struct value v, const struct ask_kind *wanted) {
  int places = wanted->type == ASK_MONEY ? 2 : wanted->type == ASK_DECIMAL ? 6 : 0;
  int64_t word;
  if (!ask_number_read(v.text.bytes, v.text.length, places, &word))
    return ask_compiler_fail(c, offset, "out-of-range",
                             places == 2   ? "money has at most two decimals"
                             : places == 0 ? "a whole number is needed here"
                                           : "decimals have at most six places",
                             "%s does not fit", ask_compiler_describe(c, &v));
  return ask_compiler_constant(c, offset, *wanted, v.negative ? -word : word);
}

static struct value coerce_word(struct compiler *c, size_t offset, struct value v, const struct ask_kind *wanted) {
  if (wanted->type == ASK_TEXT) {
    struct ask_text *text = ask_alloc(c->arena, sizeof *text);
    *text = v.text;
    return ask_compiler_constant(c, offset, *wanted, (int64_t)(intptr_t)text);
  }
  if (wanted->type == ASK_DATE) {
    int64_t days;
    if (!ask_date_read(v.text.bytes, v.text.length, &days))
      return ask_compiler_fail(c, offset, "wrong-type", "write dates as '2026-11-23'", "%s is not a date",
                               ask_compiler_describe(c, &v));
    return ask_compiler_constant(c, offset, *wanted, days);
  }
  const char **ids = ask_alloc_array(c->arena, wanted->options->count, sizeof *ids);
  struct ask_buffer all = {0};
  for (uint32_t i = 0; i < wanted->options->count; i++) {
    ids[i] = wanted->options->list[i].id;
    if (ask_text_is(&v.text, ids[i])) {
      ask_buffer_free(&all);
      if (wanted->options->list[i].declines)
        return ask_compiler_fail(c, offset, "wrong-type", "write declined(item)", "'%s' is the absence of an answer",
                                 ids[i]);
      return ask_compiler_constant(c, offset, *wanted, i);
    }
    if (all.length < 300) ask_buffer_printf(&all, "%s%s", i ? ", " : "", ids[i]);
  }
  const char *wrong = ask_strndup(c->arena, v.text.bytes, v.text.length);
  const char *near = ask_did_you_mean(wrong, ids, wanted->options->count);
  const char *hint = near ? ask_printf(c->arena, "did you mean '%s'?", near)
                          : ask_printf(c->arena, "its words are: %s", all.bytes ? all.bytes : "none");
  ask_buffer_free(&all);
  return ask_compiler_fail(c, offset, "unknown-word", hint, "'%s' is not one of the words of this choice", wrong);
}

struct value ask_compiler_coerce(struct compiler *c, size_t offset, struct value v, const struct ask_kind *wanted) {
  if (v.form == V_BAD || c->failed) return (struct value){.form = V_BAD};
  if (v.form == V_NUMBER || v.form == V_STRING) offset = v.offset;
  if (v.form == V_NUMBER && ask_type_is_number(wanted->type)) return coerce_number(c, offset, v, wanted);
  if (v.form == V_STRING &&
      (wanted->type == ASK_TEXT || wanted->type == ASK_DATE || (wanted->type == ASK_CHOICE && wanted->options)))
    return coerce_word(c, offset, v, wanted);
  if (v.form == V_REGISTER && ask_kinds_equal(&v.type, wanted)) return v;
  if (is_register_of(&v, ASK_INTEGER) && wanted->type == ASK_DECIMAL)
    return ask_compiler_emit(c, offset, *wanted,
                             (struct ask_instruction){.operation = ASK_I_SCALE,
                                                      .a = ask_compiler_use(c, offset, &v),
                                                      .immediate = ASK_DECIMAL_ONE});
  return ask_compiler_fail(c, offset, "wrong-type",
                           is_register_of(&v, ASK_INTEGER) && wanted->type == ASK_MONEY
                               ? "dollars(n) makes money of a number"
                           : is_register_of(&v, ASK_CHOICE) && wanted->type == ASK_CHOICE ? "their words differ"
                                                                                          : NULL,
                           "%s is given where %s is needed", ask_compiler_describe(c, &v), ask_type_name(wanted->type));
}

static bool has_point(const struct value *v) { return memchr(v->text.bytes, '.', v->text.length) != NULL; }

bool ask_compiler_settle(struct compiler *c, size_t offset, struct value *v) {
  struct ask_kind kind = KIND(v->form == V_NUMBER && has_point(v) ? ASK_DECIMAL : ASK_INTEGER);
  if (v->form == V_NUMBER) *v = ask_compiler_coerce(c, offset, *v, &kind);
  return !c->failed;
}

bool ask_compiler_unify(struct compiler *c, size_t offset, struct value *a, struct value *b, const char *doing) {
  if (c->failed) return false;
  struct ask_kind kind;
  if (a->form == V_REGISTER && b->form == V_REGISTER) {
    kind = a->type.type == ASK_INTEGER && b->type.type == ASK_DECIMAL ? b->type : a->type;
    bool widens = a->type.type == ASK_DECIMAL && b->type.type == ASK_INTEGER;
    if (!widens && !ask_kinds_equal(&kind, &b->type)) {
      const char *hint = a->type.type == ASK_CHOICE && b->type.type == ASK_CHOICE ? "their words differ" : NULL;
      ask_compiler_fail(c, offset, "wrong-type", hint, "%s cannot be %s %s", ask_compiler_describe(c, a), doing,
                        ask_compiler_describe(c, b));
      return false;
    }
  } else if (a->form == V_REGISTER || b->form == V_REGISTER) {
    const struct value *known = a->form == V_REGISTER ? a : b, *literal = a->form == V_REGISTER ? b : a;
    kind = known->type;
    if (kind.type == ASK_INTEGER && literal->form == V_NUMBER && has_point(literal)) kind = KIND(ASK_DECIMAL);
    bool fits = literal->form == V_NUMBER   ? ask_type_is_number(kind.type)
                : literal->form == V_STRING ? kind.type == ASK_TEXT || kind.type == ASK_DATE || kind.type == ASK_CHOICE
                                            : false;
    if (!fits) {
      ask_compiler_fail(c, offset, "wrong-type",
                        kind.type == ASK_CHOICES && literal->form == V_STRING ? "write has(item, 'word')" : NULL,
                        "%s cannot be %s %s", ask_compiler_describe(c, a), doing, ask_compiler_describe(c, b));
      return false;
    }
  } else if (a->form == V_NUMBER && b->form == V_NUMBER) {
    kind = KIND(has_point(a) || has_point(b) ? ASK_DECIMAL : ASK_INTEGER);
  } else if (a->form == V_STRING && b->form == V_STRING) {
    kind = KIND(ASK_TEXT);
  } else {
    ask_compiler_fail(c, offset, "wrong-type", NULL, "%s cannot be %s %s", ask_compiler_describe(c, a), doing,
                      ask_compiler_describe(c, b));
    return false;
  }
  *a = ask_compiler_coerce(c, offset, *a, &kind);
  *b = ask_compiler_coerce(c, offset, *b, &kind);
  return !c->failed;
}
