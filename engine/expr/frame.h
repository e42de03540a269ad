/* What an evaluation reads besides its own registers: answers, parameters, the day, other programs' statuses, and the
 * host that can call Lua functions. Everything is borrowed. */
#ifndef ASK_EXPR_FRAME_H
#define ASK_EXPR_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/code.h"

/* A parameter table as it stands on one day, looked up by number or by option. */
struct ask_table {
  int64_t first;                  /* key of values[0] */
  const struct ask_value *values; /* state ASK_FAULT where the table has no entry */
  size_t count;
  bool has_each_more; /* beyond the last key: last value + each_more per step */
  int64_t each_more;
};

struct ask_frame;

/* Calls Lua function number `function` of the current program. Returns a known, unknown or fault value. */
typedef struct ask_value ask_call_function(void *host, int32_t function, const struct ask_value *arguments,
                                           size_t count, enum ask_type result);

/* Told the registers of an aggregate's body after it ran for one entry. */
typedef void ask_body_watch(void *context, const struct ask_code *body, const int64_t *words, const uint8_t *states);

struct ask_frame {
  const struct ask_value *items;
  const struct ask_value *parameters; /* by parameter use */
  const struct ask_table *tables;     /* by parameter use */
  const struct ask_value *statuses;   /* by program: word = enum ask_status */
  struct ask_value own_status;
  int64_t as_of;
  const int64_t *holidays; /* days on which offices are closed, besides weekends */
  size_t holiday_count;
  ask_call_function *call;
  void *host;
  /* the entries that enclosing aggregates stand on, outermost first, and the registers outside each body */
  const struct ask_value *entries[ASK_MAX_ENTRY_DEPTH];
  const int64_t *outer_words[ASK_MAX_ENTRY_DEPTH];
  const uint8_t *outer_states[ASK_MAX_ENTRY_DEPTH];
  int depth;
  struct ask_body_registers *bodies; /* scratch: ASK_MAX_ENTRY_DEPTH + 1 of them */
  ask_body_watch *watch;             /* NULL: nobody watches */
  void *watch_context;
};

enum { ASK_MAX_BODY = 1024 };
struct ask_body_registers {
  int64_t words[ASK_MAX_BODY];
  uint8_t states[ASK_MAX_BODY];
};

#endif
