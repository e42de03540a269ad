/* Many households at once: statuses, scores and amounts of every program over columns of facts. No trees and no texts. */
#ifndef ASK_MODEL_COLUMNS_H
#define ASK_MODEL_COLUMNS_H

#include "expr/column.h"
#include "model/assess.h"

/* Facts of many households, one column an item, filled a household at a time. */
struct ask_columns {
  size_t rows, capacity;
  size_t item_count;
  int64_t **words; /* by item */
  uint8_t **states, **absences;
  bool *all_known; /* by item: no row is anything but known */
  void **narrow;   /* by item, after ask_columns_pack: instead of words */
  uint8_t *width;
  const struct ask_catalogue *catalogue;
  struct ask_arena *entries; /* of lists */
};

struct ask_columns *ask_columns_new(const struct ask_catalogue *catalogue, size_t capacity);
struct ask_columns *ask_columns_free(struct ask_columns *columns);
/* Adds the facts of the workspace's last result (derived, hidden and defaulted items included). Lists are copied; texts stay
 * where they are, in the answers, and must outlive the columns. False when the columns are full. */
bool ask_columns_add(struct ask_columns *columns, const struct ask_result *result);

/* Stores each column in the fewest bytes that hold its values: what is read from memory is most of the time that a column
 * takes. Nothing can be added afterwards. */
void ask_columns_pack(struct ask_columns *columns);

/* Of one program, per row. A NULL array is not wanted; a program without a score or an amount gives 0. */
struct ask_column_outcome {
  uint8_t *status; /* enum ask_status */
  int64_t *score;
  uint8_t *has_score; /* 1: whole */
  int64_t *amount_cents;
  uint8_t *has_amount;
};

/* Evaluates all programs on one day; outcomes by program number. The workspace's last result is gone afterwards. */
void ask_assess_columns(struct ask_workspace *workspace, int64_t as_of, const struct ask_columns *columns,
                        const struct ask_column_outcome *outcomes);

#endif
