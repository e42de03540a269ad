/* The syntax tree of one expression: Lua 5.4's expression syntax over names, literals, calls and table lookups. */
#ifndef ASK_EXPR_AST_H
#define ASK_EXPR_AST_H

#include "base/problem.h"
#include "base/text.h"

enum ask_ast_kind {
  ASK_AST_NUMBER, /* text: as written */
  ASK_AST_STRING, /* text: unescaped */
  ASK_AST_TRUE,
  ASK_AST_FALSE,
  ASK_AST_NAME,   /* text */
  ASK_AST_MEMBER, /* a.text */
  ASK_AST_INDEX,  /* a[b] */
  ASK_AST_CALL,   /* text(arguments) */
  ASK_AST_UNARY,  /* op a */
  ASK_AST_BINARY, /* a op b */
};

enum ask_ast_op {
  ASK_OP_OR,
  ASK_OP_AND,
  ASK_OP_EQ,
  ASK_OP_NE,
  ASK_OP_LT,
  ASK_OP_LE,
  ASK_OP_GT,
  ASK_OP_GE,
  ASK_OP_ADD,
  ASK_OP_SUB,
  ASK_OP_MUL,
  ASK_OP_DIV,
  ASK_OP_FLOORDIV,
  ASK_OP_MOD,
  ASK_OP_NEG,
  ASK_OP_NOT,
};

struct ask_ast {
  enum ask_ast_kind kind;
  enum ask_ast_op op;
  size_t offset; /* of its first character (of the operator for binary nodes) in the source */
  struct ask_text text;
  struct ask_ast *a, *b;
  struct ask_ast *arguments; /* call: the first one, linked by next */
  struct ask_ast *next;
  size_t argument_count;
};

enum { ASK_AST_MAX_LENGTH = 4000, ASK_AST_MAX_NODES = 1000, ASK_AST_MAX_DEPTH = 64 };

/* NULL on a syntax error, which is added to problems with the place inside the source (at is the place of its first
 * character). The tree lives in the arena. */
struct ask_ast *ask_ast_parse(struct ask_arena *arena, const char *source, struct ask_place at,
                              struct ask_problems *problems);
/* The place of a byte of the source. */
struct ask_place ask_ast_place(struct ask_place at, const char *source, size_t offset);
/* The source as messages quote it: on one line, and of a long one the part around the offset. */
const char *ask_ast_shown(struct ask_arena *arena, const char *source, size_t offset);
const char *ask_ast_op_text(enum ask_ast_op op);

#endif
