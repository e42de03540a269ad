/* Type checking and compilation of expressions into code. Names are resolved by whoever owns them, through a scope. */
#ifndef ASK_EXPR_COMPILE_H
#define ASK_EXPR_COMPILE_H

#include "expr/ast.h"
#include "expr/code.h"

/* A value's full type: choices carry their words, lists what an entry holds. */
struct ask_kind {
  enum ask_type type;
  const struct ask_options *options; /* choice, choices */
  const void *list;                  /* list: the owner's handle, given back to field() */
};

enum ask_name_kind {
  ASK_NAME_NONE,     /* no such name */
  ASK_NAME_ITEM,     /* number: item */
  ASK_NAME_REGISTER, /* number: a register of the code being compiled: a worksheet line */
  ASK_NAME_SCALAR,   /* number: handle of a parameter without a table */
  ASK_NAME_TABLE,    /* number: handle of a parameter with a table */
  ASK_NAME_GROUP,    /* number: handle of a group of items */
};

struct ask_name {
  enum ask_name_kind kind;
  int32_t number;
  struct ask_kind type;
};

/* One comparison as it was compiled, for tools that watch which values meet. The sides are registers of `code`. */
struct ask_comparison {
  const char *source; /* the expression, as it was given to the compiler */
  size_t offset;      /* of the operator in it */
  enum ask_ast_op op; /* as written */
  struct ask_kind type;
  const struct ask_code *code; /* the program's, or the body of an aggregate */
  struct {
    int32_t low, high; /* the same, but for a count that has two bounds */
  } left, right;
};

/* What the owner of the names answers. All functions get `context`. */
struct ask_scope {
  void *context;
  struct ask_name (*name)(void *context, const struct ask_text *name);
  /* Field of a list entry: its number, or -1. */
  int32_t (*field)(void *context, const void *list, const struct ask_text *name, struct ask_kind *ret_type);
  /* The name of one entry of a list or of a group. */
  const char *(*entry_name)(void *context, const void *list);
  const char *(*group_entry)(void *context, int32_t group, size_t *ret_count);
  int32_t (*group_item)(void *context, int32_t group, size_t index, struct ask_kind *ret_type);
  /* Parameter uses: returns the number under which the day's value will be found, or -1 (key unknown in every version). */
  int32_t (*use_scalar)(void *context, int32_t parameter);
  int32_t (*use_key)(void *context, int32_t parameter, const struct ask_text *key);
  int32_t (*use_numbers)(void *context, int32_t parameter);
  int32_t (*use_options)(void *context, int32_t parameter, const struct ask_options *options,
                         const char **ret_missing_option);
  /* status.<program>: its number; *ret_own when it is the program being compiled; -1: none such, -2: not readable here. */
  int32_t (*status)(void *context, const struct ask_text *program, bool *ret_own);
  const struct ask_options *statuses;
  /* All names that could have been meant, for "did you mean". */
  const char *(*suggest)(void *context, const char *wrong);
  const char *(*suggest_field)(void *context, const void *list, const char *wrong);
  const char *(*suggest_program)(void *context, const char *wrong);
  /* Told of each item that is read. */
  void (*reads)(void *context, int32_t item);
  /* Told of each comparison of two values; NULL: nobody wants to know. */
  void (*compares)(void *context, const struct ask_comparison *comparison);
};

struct ask_compiled {
  int32_t reg;
  struct ask_kind type;
};

/* Compiles `source` into code (appending; equal subexpressions share registers) and checks that it has the wanted type
 * (*wanted may be NULL: any). at is the place of its first character. False after adding problems.
 * A number literal is accepted where money or decimal is wanted. */
bool ask_compile(struct ask_arena *arena, struct ask_code *code, const struct ask_scope *scope, const char *source,
                 struct ask_place at, const struct ask_kind *wanted, struct ask_problems *problems,
                 struct ask_compiled *ret);
/* The same for an expression over one entry of a list (a field's computed, ask_when): the entry's name is bound at depth 0. */
bool ask_compile_field(struct ask_arena *arena, struct ask_code *code, const struct ask_scope *scope,
                       const void *const *lists, size_t list_count, const char *source, struct ask_place at,
                       const struct ask_kind *wanted, struct ask_problems *problems, struct ask_compiled *ret);

/* The functions of the language, for whoever describes them: count(list) ..., how many entries. False beyond the last. */
bool ask_function_about(size_t index, const char **ret_usage, const char **ret_meaning);

/* Appends one instruction, or finds the same one already there. -1 when the code is full. */
int32_t ask_emit(struct ask_arena *arena, struct ask_code *code, struct ask_instruction in);
/* Appends registers to the argument list; returns the offset of the first. */
int32_t ask_arguments(struct ask_arena *arena, struct ask_code *code, const int32_t *registers, size_t count);

#endif
