/* Types and values of the rule language. A value is one 64-bit word and a state, so that one household and a column of a
 * million are computed by the same instructions. */
#ifndef ASK_EXPR_TYPE_H
#define ASK_EXPR_TYPE_H

#include <stdint.h>

enum ask_type {
  ASK_BOOL,    /* word: 0 or 1 */
  ASK_INTEGER, /* word: the number */
  ASK_DECIMAL, /* word: millionths */
  ASK_MONEY,   /* word: cents */
  ASK_DATE,    /* word: days since 1970-01-01 */
  ASK_TEXT,    /* word: address of a struct ask_text */
  ASK_CHOICE,  /* word: index of the option */
  ASK_CHOICES, /* word: bit i set = option i ticked; at most 63 options */
  ASK_LIST,    /* word: address of a struct ask_entries */
};

/* How much is known. Ordered: combining two states keeps the larger one. */
enum ask_state {
  ASK_KNOWN = 0,
  ASK_UNKNOWN = 1, /* no answer, declined, not known: the program cannot tell yet */
  ASK_FAULT = 2, /* arithmetic overflow, division by zero, a parameter with no value on this date, a failed function */
  ASK_WITHHELD = 3, /* there may be an answer; this reader may not see it */
};

/* Why a value is not there. */
enum ask_absence {
  ASK_PRESENT = 0,
  ASK_UNANSWERED = 1,
  ASK_DECLINED = 2,
  ASK_NOT_KNOWN = 3, /* the person does not know: `unknown` in input */
  ASK_NOT_ASKED = 4, /* its ask_when is false; the value, if any, is its if_not_asked */
};

struct ask_value {
  int64_t word;
  uint8_t state;   /* enum ask_state */
  uint8_t absence; /* enum ask_absence; of items and fields only */
};

/* The entries of a list item: count rows of `width` fields, row-major. */
struct ask_entries {
  uint32_t count;
  uint32_t width;
  struct ask_value *cells;
};

/* One word of a choice. */
struct ask_option {
  const char *id;
  const char *text; /* what the person reads; NULL: the id */
  int64_t code;     /* the number that the dictionary gives the word; accepted in input too */
  uint8_t has_code;
  uint8_t declines; /* choosing it is the absence `declined` (decline) */
};

struct ask_options {
  const struct ask_option *list;
  uint32_t count;
  uint8_t ordered; /* options are a scale, lowest first: < <= > >= are allowed */
};

const char *ask_type_name(enum ask_type type);

#endif
