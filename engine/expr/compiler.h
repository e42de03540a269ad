/* Shared by the files of the compiler (compile.c, compile_call.c, compile_value.c); not for anybody else. */
#ifndef ASK_EXPR_COMPILER_H
#define ASK_EXPR_COMPILER_H

#include "expr/compile.h"

/* A compiled value. Literals wait until they meet something that gives them a type. */
struct value {
  enum { V_BAD, V_REGISTER, V_NUMBER, V_STRING, V_GROUP } form;
  struct ask_kind type; /* V_REGISTER */
  int32_t reg;          /* V_REGISTER; V_GROUP: the group */
  int level;            /* V_REGISTER: which code of the nest it stands in */
  struct ask_text text; /* literals */
  size_t offset;        /* literals: where it stands */
  bool negative;
};

/* A name bound by an aggregate: one entry of a list, or one item of a group. */
struct binding {
  const char *name;
  const void *list; /* NULL: value holds the item */
  int depth;        /* of the entry */
  struct value value;
};

enum { MAX_BINDINGS = 2 * ASK_MAX_ENTRY_DEPTH };

struct compiler {
  struct ask_arena *arena;
  const struct ask_scope *scope;
  const char *source;
  struct ask_place at;
  struct ask_problems *problems;
  bool failed;
  struct ask_code *codes[ASK_MAX_ENTRY_DEPTH + 1];
  int level; /* the code being written: 0 the caller's, 1.. bodies */
  int depth; /* entries entered at run time */
  struct binding bindings[MAX_BINDINGS];
  int binding_count;
  unsigned steps; /* groups unroll: a bound on the work */
  /* What a comparison has on its right: an unknown name there may be a word without quotes. */
  const struct ask_ast *compared;
  /* The whole expression (or, while it chooses between alternatives, the alternative at hand) and the choice that it is
   * to give: the words among its alternatives are options of it. NULL: words stay texts. */
  const struct ask_ast *whole;
  const struct ask_kind *wanted;
};

__attribute__((format(printf, 5, 6))) struct value
ask_compiler_fail(struct compiler *c, size_t offset, const char *code, const char *hint, const char *format, ...);
struct value ask_compiler_emit(struct compiler *c, size_t offset, struct ask_kind type, struct ask_instruction in);
/* An instruction on two registers. */
struct value ask_compiler_two(struct compiler *c, size_t offset, enum ask_operation operation, struct ask_kind type,
                              const struct value *a, const struct value *b);
struct value ask_compiler_constant(struct compiler *c, size_t offset, struct ask_kind type, int64_t word);
/* A register of the code being written that holds the value; -1 after a problem. Literals must have been coerced. */
int32_t ask_compiler_use(struct compiler *c, size_t offset, const struct value *value);
struct value ask_compiler_expression(struct compiler *c, const struct ask_ast *ast);
struct value ask_compiler_call(struct compiler *c, const struct ask_ast *ast);
/* count(x, condition) in a comparison: both bounds. False when ast is not such a call. */
bool ask_compiler_count_bounds(struct compiler *c, const struct ask_ast *ast, struct value *ret_low,
                               struct value *ret_high);

/* Gives a value the wanted type (literals take it, integers widen to decimals) or fails saying what it is and was wanted. */
struct value ask_compiler_coerce(struct compiler *c, size_t offset, struct value v, const struct ask_kind *wanted);
/* A number literal that meets nothing with a type: an integer, or with a point a decimal. False after a problem. */
bool ask_compiler_settle(struct compiler *c, size_t offset, struct value *v);
/* Brings two values to one type. False after a problem. */
bool ask_compiler_unify(struct compiler *c, size_t offset, struct value *a, struct value *b, const char *doing);
const char *ask_compiler_describe(struct compiler *c, const struct value *v);
bool ask_kinds_equal(const struct ask_kind *a, const struct ask_kind *b);
bool ask_type_is_number(enum ask_type type); /* integer, decimal, money */

static inline bool is_register_of(const struct value *v, enum ask_type type) {
  return v->form == V_REGISTER && v->type.type == type;
}
#define KIND(t) ((struct ask_kind){.type = (t)})

#endif
