/* Evaluation of compiled code over a column of many households at once: the same instructions as evaluate.h, each run over a
 * block of rows, with identical results. */
#ifndef ASK_EXPR_COLUMN_H
#define ASK_EXPR_COLUMN_H

#include "expr/frame.h"

enum { ASK_BLOCK = 256 };

/* One item (or status) of many households. */
struct ask_column {
  const int64_t *words;
  const uint8_t *states;   /* enum ask_state; NULL: all known */
  const uint8_t *absences; /* enum ask_absence; NULL: present where known, unanswered elsewhere */
  const void *narrow;      /* the words as signed integers of `width` bytes (1, 2, 4), instead of words; NULL: not */
  uint8_t width;
};

/* Code made ready for blocks: which instructions are needed, and a block of every register. For one thread. */
struct ask_column_code;

/* Only what the result registers need is run. */
struct ask_column_code *ask_column_prepare(struct ask_arena *arena, const struct ask_code *code, const int32_t *results,
                                           size_t result_count);
/* Takes over the frame's day: computes what is the same for every household. Call it again when the day changes. */
void ask_column_day(struct ask_column_code *prepared, struct ask_frame *frame);
/* Runs the needed instructions of [from, to) for rows [first, first + rows), rows <= ASK_BLOCK. items: whole columns;
 * statuses, own_status: one block each (row 0 = first). */
void ask_column_run(struct ask_column_code *prepared, size_t from, size_t to, const struct ask_column *items,
                    size_t first, size_t rows, const struct ask_column *statuses, const struct ask_column *own_status,
                    struct ask_frame *frame);
/* Of the last run: rows words, and states or NULL when all are known. */
struct ask_column ask_column_result(const struct ask_column_code *prepared, int32_t reg);

#endif
