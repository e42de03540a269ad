/* Why JSON text was refused, in words for people. Private to the reader. */
#ifndef ASK_JSON_REJECT_H
#define ASK_JSON_REJECT_H

#include "base/problem.h"

enum ask_json_fault {
  ASK_JSON_FINE = 0,
  ASK_JSON_EMPTY,
  ASK_JSON_ENDS_IN_OBJECT, /* the text ends too early: `opened` is where the value began */
  ASK_JSON_ENDS_IN_ARRAY,
  ASK_JSON_ENDS_IN_TEXT,
  ASK_JSON_TOO_LONG, /* detail: the limit */
  ASK_JSON_TOO_DEEP,
  ASK_JSON_TOO_MANY,
  ASK_JSON_TWICE, /* detail: the key */
  ASK_JSON_NUL,
  ASK_JSON_NUL_ESCAPE,
  ASK_JSON_HALF_SURROGATE,
  ASK_JSON_UTF16,
  ASK_JSON_NOT_UTF8,
  ASK_JSON_CONTROL,
  ASK_JSON_BAD_ESCAPE,
  ASK_JSON_BAD_HEX,
  ASK_JSON_BAD_CHARACTER,
  ASK_JSON_BAD_WORD,
  ASK_JSON_BAD_NUMBER,
  ASK_JSON_COMMENT,
  ASK_JSON_AFTER_END,
  ASK_JSON_BAD_KEY,
  ASK_JSON_NO_COLON,
  ASK_JSON_NO_COMMA_OBJECT,
  ASK_JSON_NO_COMMA_ARRAY,
  ASK_JSON_UNEXPECTED,
};

struct ask_json_rejection {
  enum ask_json_fault fault;
  struct ask_place at;
  const char *detail;
  const char *path; /* of the value; NULL: only the place is known */
  struct ask_place opened;
};

/* A place in the text that moves forward only. */
struct ask_json_cursor {
  const char *file;
  int line;
  size_t offset;
  size_t line_start; /* offset of the first byte of the line */
};
struct ask_place ask_json_place(const struct ask_json_cursor *cursor, size_t offset);

/* What the parser would let pass or turn into something else: NUL bytes, \u0000, half surrogate pairs, text in
 * UTF-16, sequences that only look like UTF-8. */
enum ask_json_fault ask_json_check_bytes(const char *bytes, size_t length, size_t *ret_offset);
/* From libyajl's message. */
enum ask_json_fault ask_json_fault_of(const char *message);
/* Whether it stands inside a quoted text, at the byte where the parser stopped. */
bool ask_json_fault_in_text(enum ask_json_fault fault);
/* Adds the problem. */
void ask_json_report(const struct ask_json_rejection *rejection, struct ask_problems *problems);

#endif
