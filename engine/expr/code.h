/* Compiled expressions: a flat list of instructions in single-assignment form. Instruction i writes register i. The same
 * list is run for one household (evaluate.h) and for a column of many (column.h). */
#ifndef ASK_EXPR_CODE_H
#define ASK_EXPR_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "expr/type.h"

enum ask_operation {
  /* sources */
  ASK_I_CONSTANT,     /* word = immediate */
  ASK_I_ITEM,         /* item a */
  ASK_I_FIELD,        /* field b of the entry at depth a of the enclosing aggregates */
  ASK_I_OUTER,        /* register a of the code that encloses this aggregate body, immediate levels up */
  ASK_I_PARAMETER,    /* parameter a */
  ASK_I_TABLE_NUMBER, /* table parameter a at number b */
  ASK_I_TABLE_OPTION, /* table parameter a at option b; immediate = key map number */
  ASK_I_STATUS,       /* of program a; need_info is unknown */
  ASK_I_OWN_STATUS,   /* of this program, need_info being a word like the others */
  ASK_I_AS_OF,
  ASK_I_ANSWERED,       /* item a has an answer */
  ASK_I_DECLINED,       /* item a was declined */
  ASK_I_FIELD_ANSWERED, /* field b at depth a */
  /* logic, three-valued */
  ASK_I_NOT,
  ASK_I_AND,
  ASK_I_OR,
  ASK_I_SELECT, /* a ? b : c */
  ASK_I_AGREE,  /* a where a == b, else unknown */
  /* comparison of words */
  ASK_I_EQ,
  ASK_I_NE,
  ASK_I_LT,
  ASK_I_LE,
  ASK_I_TEXT_EQ,
  /* arithmetic of words */
  ASK_I_ADD,
  ASK_I_SUB,
  ASK_I_MUL,
  ASK_I_SCALE,       /* a * immediate */
  ASK_I_MUL_DECIMAL, /* a * b / 1e6, rounded half away from zero */
  ASK_I_DIV,         /* a * immediate / b, rounded half away from zero */
  ASK_I_FLOORDIV,
  ASK_I_MOD,
  ASK_I_NEG,
  ASK_I_ABS,
  ASK_I_MIN,
  ASK_I_MAX,
  ASK_I_FLOOR,
  ASK_I_CEIL,
  ASK_I_ROUND, /* to multiples of immediate; c = 1: then divided by it */
  /* dates */
  ASK_I_YEARS_BETWEEN,
  ASK_I_MONTHS_BETWEEN,
  ASK_I_ADD_MONTHS,
  ASK_I_ADD_BUSINESS_DAYS,
  ASK_I_YEAR_OF,
  /* choices */
  ASK_I_HAS,    /* bit immediate of a */
  ASK_I_TICKED, /* number of bits of a */
  /* over several registers: arguments[a .. a + b) */
  ASK_I_COUNT_LOW,  /* how many are true for sure */
  ASK_I_COUNT_HIGH, /* how many may be true */
  ASK_I_CALL,       /* Lua function immediate; c: type of the result */
  /* over the entries of list a, running body b */
  ASK_I_LIST_COUNT,
  ASK_I_LIST_LOW,
  ASK_I_LIST_HIGH,
  ASK_I_LIST_SUM,
  ASK_I_LIST_ANY,
  ASK_I_LIST_ALL,
};

struct ask_instruction {
  uint8_t operation;
  uint8_t varies; /* 0: the same for every household of one day (constants, parameters, as_of) */
  uint16_t c;
  int32_t a, b;
  int64_t immediate;
};

struct ask_code {
  struct ask_instruction *list;
  size_t count, capacity;
  int32_t *arguments;
  size_t argument_count, argument_capacity;
  struct ask_code **bodies; /* of aggregates; a sum's condition is folded into its body (false: 0) */
  size_t body_count, body_capacity;
  int32_t result; /* register of a body's or single expression's value */
};

/* The registers of the same code that an instruction reads, at most three; not those of counts and calls, which stand in the
 * arguments, and not what the body of an aggregate reads outside it. Returns how many. */
int ask_operands(const struct ask_instruction *in, int32_t ret[3]);

/* How much nesting of lists is possible: household -> member's incomes. */
enum { ASK_MAX_ENTRY_DEPTH = 4, ASK_MAX_REGISTERS = 16384 };

#endif
