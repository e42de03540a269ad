/* Households of another system as a CSV file: one row each, a column for each field (Household.cashOnHand, 2.Person.age,
 * 1.Person.incomes.2.amount; a household's field alone is its name: caseId). Results come back as rows too. */
#ifndef ASK_SERVICE_DIALECT_CSV_H
#define ASK_SERVICE_DIALECT_CSV_H

#include "service/assess.h"

/* What is assessed, for one thread. */
struct ask_dialect_csv {
  const struct ask_rules *rules;
  struct ask_desk *desk;
  int32_t pack;         /* whose dialect and programs */
  const bool *programs; /* of the pack report these; NULL: all */
  int64_t as_of;
  /* private */
  struct ask_arena *arena; /* of the columns */
  struct ask_arena *row;   /* of one row */
  struct ask_dialect_column *columns;
  size_t column_count;
  int64_t number; /* of the last row, the header being 1 */
  int64_t good, bad;
};

/* Begins; give the arenas back with ask_dialect_csv_end. */
void ask_dialect_csv_begin(struct ask_dialect_csv *csv);
void ask_dialect_csv_end(struct ask_dialect_csv *csv);

enum ask_dialect_csv_step {
  ASK_DIALECT_CSV_GOES_ON, /* *at stands before a row that is not whole yet, or at the end */
  ASK_DIALECT_CSV_STOPPED, /* the file cannot be read further: the problem says where and why. Rows before it are done */
};
/* Assesses the whole rows of bytes[*at .. length) and appends a row of results for each; the first row of all is the
 * header. Columns of the results: row, caseId (the dialect's reference), eligiblePrograms (codes, with | between),
 * eligibleProgramNames, errors (COLUMN: what is wrong; of this row alone). most: rows after which it stops with a
 * problem; 0: no limit. last: no more bytes will come. */
enum ask_dialect_csv_step ask_dialect_csv_rows(struct ask_dialect_csv *csv, const char *bytes, size_t length, bool last,
                                               int64_t most, size_t *at, struct ask_buffer *out,
                                               struct ask_problems *problems);

#endif
