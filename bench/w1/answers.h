/*
 * The 48 answers of the workload W1 and a scanner from a JSON line to them.
 * Not a JSON parser: it reads only what generate.py writes (a flat object, integers, no escapes) as fast as C allows,
 * so that the peers in C and Lua are not held back by a library.
 */
#ifndef BENCH_ANSWERS_H
#define BENCH_ANSWERS_H

#include <stdbool.h>

/* In the order in which generate.py writes them. */
enum w1_key {
  W1_CASE_ID,
  W1_FIRST_NAME,
  W1_LAST_NAME,
  W1_DOB,
  W1_AGE,
  W1_COUNTY,
  W1_ZIP,
  W1_LANGUAGE,
  W1_PHONE,
  W1_LIVING,
  W1_HOUSEHOLD_SIZE,
  W1_EARNED_INCOME,
  W1_UNEARNED_INCOME,
  W1_ELDERLY_DISABLED,
  W1_RENT,
  W1_UTILITIES,
  W1_MEDICAL_EXPENSES,
  W1_DEPENDENT_CARE,
  W1_CHILD_SUPPORT,
  W1_LIQUID_ASSETS,
  W1_CITIZEN,
  W1_PHYSICAL_IMPAIRMENT,
  W1_MENTAL_IMPAIRMENT,
  W1_RISK,
  W1_ABLE_HELPER = W1_RISK + 5,
  W1_DANGER,
  W1_MEDICAID,
  W1_DEMENTIA,
  W1_ADL,
  W1_IADL = W1_ADL + 8,
  W1_KEYS = W1_IADL + 8
};

extern const char *const w1_key_names[W1_KEYS];

enum w1_type { W1_ABSENT, W1_INTEGER, W1_BOOL, W1_TEXT };

struct w1_answer {
  enum w1_type type;
  int number;       /* W1_INTEGER, W1_BOOL */
  int length;       /* W1_TEXT: bytes */
  const char *text; /* W1_TEXT: into the line, not ended by NUL */
};

/* Where each key stands: fill once with w1_index_keys, then read from any thread. */
enum { W1_BUCKETS = 512 };
struct w1_index {
  short key[W1_BUCKETS];
  unsigned char length[W1_KEYS];
};

void w1_index_keys(struct w1_index *ret_index);

/* Reads one line ended by NUL. Unknown keys are skipped; a missing key is W1_ABSENT. False: not such a line. */
bool w1_scan(const struct w1_index *index, const char *line, struct w1_answer ret_answers[W1_KEYS]);

#endif
