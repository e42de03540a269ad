/*
 * What every parser of this comparison has to do with a W1 line, so that none is credited for work it leaves out:
 * see every key and every value, numbers as numbers. The sums must agree between the parsers.
 */
#ifndef BENCH_JSON_VISIT_H
#define BENCH_JSON_VISIT_H

#include <stddef.h>

struct visit {
  long keys, key_bytes, text_bytes, numbers, trues;
};

static inline long visit_sum(const struct visit *visit) {
  return visit->keys + 3 * visit->key_bytes + 5 * visit->text_bytes + 7 * visit->numbers + 11 * visit->trues;
}

#endif
