/* The scanner from a W1 line to its 48 answers. */
#include "answers.h"

#include <stddef.h>
#include <string.h>

const char *const w1_key_names[W1_KEYS] = {"case_id",
                                           "first_name",
                                           "last_name",
                                           "dob",
                                           "age",
                                           "county",
                                           "zip",
                                           "language",
                                           "phone",
                                           "living",
                                           "household_size",
                                           "earned_income",
                                           "unearned_income",
                                           "elderly_disabled",
                                           "rent",
                                           "utilities",
                                           "medical_expenses",
                                           "dependent_care",
                                           "child_support",
                                           "liquid_assets",
                                           "citizen",
                                           "physical_impairment",
                                           "mental_impairment",
                                           "risk_abuse",
                                           "risk_neglect",
                                           "risk_exploitation",
                                           "risk_self_neglect",
                                           "risk_hazard",
                                           "able_helper",
                                           "danger",
                                           "medicaid",
                                           "dementia",
                                           "adl_bathing",
                                           "adl_dressing",
                                           "adl_eating",
                                           "adl_toileting",
                                           "adl_mobility",
                                           "adl_transfer",
                                           "adl_grooming",
                                           "adl_continence",
                                           "iadl_meals",
                                           "iadl_housework",
                                           "iadl_laundry",
                                           "iadl_shopping",
                                           "iadl_phone",
                                           "iadl_transport",
                                           "iadl_medication",
                                           "iadl_money"};

static unsigned bucket_of(const char *text, size_t length) {
  unsigned hash = 2166136261u;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619u;
  return (hash ^ hash >> 15) % W1_BUCKETS;
}

void w1_index_keys(struct w1_index *ret_index) {
  memset(ret_index->key, -1, sizeof ret_index->key);
  for (int key = 0; key < W1_KEYS; key++) {
    size_t length = strlen(w1_key_names[key]);
    unsigned bucket = bucket_of(w1_key_names[key], length);
    while (ret_index->key[bucket] >= 0) bucket = (bucket + 1) % W1_BUCKETS;
    ret_index->key[bucket] = (short)key;
    ret_index->length[key] = (unsigned char)length;
  }
}

static int find_key(const struct w1_index *index, const char *text, size_t length) {
  for (unsigned bucket = bucket_of(text, length); index->key[bucket] >= 0; bucket = (bucket + 1) % W1_BUCKETS) {
    int key = index->key[bucket];
    if (index->length[key] == length && memcmp(w1_key_names[key], text, length) == 0) return key;
  }
  return -1;
}

static const char *skip_space(const char *p) {
  while (*p == ' ' || *p == '\t' || *p == '\r') p++;
  return p;
}

/* Behind the opening quote; returns the closing one, or NULL. */
static const char *end_of_text(const char *p) {
  while (*p && *p != '"' && *p != '\\') p++;
  return *p == '"' ? p : NULL;
}

static const char *scan_value(const char *p, struct w1_answer *ret_answer) {
  struct w1_answer answer = {0};
  if (*p == '"') {
    const char *end = end_of_text(p + 1);
    if (!end) return NULL;
    answer = (struct w1_answer){.type = W1_TEXT, .text = p + 1, .length = (int)(end - p - 1)};
    p = end + 1;
  } else if (strncmp(p, "true", 4) == 0) {
    answer = (struct w1_answer){.type = W1_BOOL, .number = 1};
    p += 4;
  } else if (strncmp(p, "false", 5) == 0) {
    answer.type = W1_BOOL;
    p += 5;
  } else if (strncmp(p, "null", 4) == 0) {
    p += 4;
  } else {
    bool negative = *p == '-';
    p += negative;
    if (*p < '0' || *p > '9') return NULL;
    answer.type = W1_INTEGER;
    while (*p >= '0' && *p <= '9') answer.number = answer.number * 10 + (*p++ - '0');
    if (negative) answer.number = -answer.number;
  }
  *ret_answer = answer;
  return p;
}

bool w1_scan(const struct w1_index *index, const char *line, struct w1_answer ret_answers[W1_KEYS]) {
  memset(ret_answers, 0, W1_KEYS * sizeof *ret_answers);
  const char *p = skip_space(line);
  if (*p++ != '{') return false;
  p = skip_space(p);
  if (*p == '}') return true;
  for (;;) {
    if (*p++ != '"') return false;
    const char *end = end_of_text(p);
    if (!end) return false;
    int key = find_key(index, p, (size_t)(end - p));
    p = skip_space(end + 1);
    if (*p++ != ':') return false;
    struct w1_answer answer;
    p = scan_value(skip_space(p), &answer);
    if (!p) return false;
    if (key >= 0) ret_answers[key] = answer;
    p = skip_space(p);
    if (*p == '}') return true;
    if (*p++ != ',') return false;
    p = skip_space(p);
  }
}
