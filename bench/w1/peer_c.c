/*
 * Peer of the workload W1: the three programs written by hand in C, from a struct to a struct.
 * It is the lower bound: no criteria tree, no citations, no dated parameters, no limits; a new rule needs a compiler.
 *
 *   peer_c dump FILE | eval FILE ROUNDS | json FILE ROUNDS | column FILE ROUNDS [HOUSEHOLDS]
 * With HOUSEHOLDS the file's households are repeated up to that number.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "measure.h"
#include "result.h"

enum living { ALONE, SPOUSE, FAMILY, FACILITY };
enum utilities { HEATING, BASIC, PHONE, NO_UTILITIES };
enum citizen { CITIZEN, LPR5, LPR, OTHER };
enum danger { NO_DANGER, LOW, HIGH };
enum medicaid { ACTIVE, PENDING, NO_MEDICAID, DENIED };
enum { ABSENT = -1 };

struct household {
  int age, living, size, earned, unearned, elderly_disabled, rent, utilities, medical, dependent_care, child_support,
      assets, citizen, physical, mental, risk[5], able_helper, danger, medicaid, dementia, adl[8], iadl[8];
};

/* The words of a choice in the order of its enum. */
static const char *const LIVING[] = {"alone", "spouse", "family", "facility", NULL};
static const char *const UTILITIES[] = {"heating", "basic", "phone", "none", NULL};
static const char *const CITIZENS[] = {"citizen", "lpr5", "lpr", "other", NULL};
static const char *const DANGERS[] = {"none", "low", "high", NULL};
static const char *const MEDICAIDS[] = {"active", "pending", "none", "denied", NULL};

static int code_of(const struct w1_answer *answer, const char *const *words) {
  if (answer->type != W1_TEXT) return ABSENT;
  for (int code = 0; words[code]; code++) {
    size_t length = strlen(words[code]);
    if (length == (size_t)answer->length && memcmp(words[code], answer->text, length) == 0) return code;
  }
  return ABSENT;
}

static void household_from(const struct w1_answer *a, struct household *ret_household) {
  *ret_household = (struct household){
      .age = a[W1_AGE].number,
      .living = code_of(&a[W1_LIVING], LIVING),
      .size = a[W1_HOUSEHOLD_SIZE].number,
      .earned = a[W1_EARNED_INCOME].number,
      .unearned = a[W1_UNEARNED_INCOME].number,
      .elderly_disabled = a[W1_ELDERLY_DISABLED].number,
      .rent = a[W1_RENT].number,
      .utilities = code_of(&a[W1_UTILITIES], UTILITIES),
      .medical = a[W1_MEDICAL_EXPENSES].number,
      .dependent_care = a[W1_DEPENDENT_CARE].number,
      .child_support = a[W1_CHILD_SUPPORT].number,
      .assets = a[W1_LIQUID_ASSETS].number,
      .citizen = code_of(&a[W1_CITIZEN], CITIZENS),
      .physical = a[W1_PHYSICAL_IMPAIRMENT].number,
      .mental = a[W1_MENTAL_IMPAIRMENT].number,
      .able_helper = a[W1_ABLE_HELPER].type == W1_ABSENT ? ABSENT : a[W1_ABLE_HELPER].number,
      .danger = code_of(&a[W1_DANGER], DANGERS),
      .medicaid = code_of(&a[W1_MEDICAID], MEDICAIDS),
      .dementia = a[W1_DEMENTIA].number,
  };
  for (int i = 0; i < 5; i++) ret_household->risk[i] = a[W1_RISK + i].number;
  for (int i = 0; i < 8; i++) ret_household->adl[i] = a[W1_ADL + i].number;
  for (int i = 0; i < 8; i++) ret_household->iadl[i] = a[W1_IADL + i].number;
}

static void write_benefit(char *ret_text, int benefit) {
  char digits[12];
  size_t first = sizeof digits;
  unsigned rest = (unsigned)benefit;
  digits[--first] = '\0';
  do digits[--first] = (char)('0' + rest % 10);
  while (rest /= 10);
  memcpy(ret_text, "snap.benefit=", 13);
  memcpy(ret_text + 13, digits + first, sizeof digits - first);
}

static void snap(const struct household *h, struct w1_determination *d) {
  static const int poverty_200[] = {0, 2510, 3408, 4304, 5200, 6098, 6994, 7890, 8788};
  static const int poverty_100[] = {0, 1255, 1704, 2152, 2600, 3049, 3497, 3945, 4394};
  static const int allotment[] = {0, 292, 536, 768, 975, 1158, 1390, 1536, 1756};
  static const int standard[] = {0, 204, 204, 204, 217, 254, 291, 291, 291};
  static const int utility[] = {600, 310, 62, 0};
  bool fail = false;
  int n = 0;
  if (h->citizen == OTHER) fail = true, d->reasons[n++] = "snap.citizenship";
  int gross = h->earned + h->unearned;
  bool over = gross > poverty_200[h->size];
  if (h->elderly_disabled)
    d->reasons[n++] = "snap.gross_test_waived";
  else if (over)
    fail = true, d->reasons[n++] = "snap.gross_income_over_limit";
  if (h->elderly_disabled && over && h->assets > 4500) fail = true, d->reasons[n++] = "snap.assets_over_limit";
  int medical = h->elderly_disabled && h->medical > 35 ? h->medical - 35 : 0;
  int adjusted =
      100 * gross - 20 * h->earned - 100 * (standard[h->size] + h->dependent_care + h->child_support + medical);
  if (adjusted < 0) adjusted = 0;
  int excess = 100 * (h->rent + utility[h->utilities]) - adjusted / 2;
  if (excess < 0) excess = 0;
  if (!h->elderly_disabled && excess > 71200) excess = 71200, d->reasons[n++] = "snap.shelter_capped";
  int net = adjusted > excess ? adjusted - excess : 0;
  if (net > 100 * poverty_100[h->size]) fail = true, d->reasons[n++] = "snap.net_income_over_limit";
  int benefit = allotment[h->size] - (3 * net + 999) / 1000;
  if (h->size <= 2 && benefit < 23)
    benefit = 23, d->reasons[n++] = "snap.minimum_benefit";
  else if (benefit <= 0)
    fail = true, d->reasons[n++] = "snap.zero_benefit";
  if (!fail) {
    write_benefit(d->benefit, benefit);
    d->reasons[n++] = d->benefit;
  }
  d->status = fail ? W1_INELIGIBLE : W1_ELIGIBLE;
  d->score = fail ? 0 : benefit;
  d->reason_count = n;
}

static void aps(const struct household *h, struct w1_determination *d) {
  static const char *const risk_reason[] = {"aps.risk.abuse", "aps.risk.neglect", "aps.risk.exploitation",
                                            "aps.risk.self_neglect", "aps.risk.hazard"};
  static const int risk_points[] = {5, 4, 3, 3, 2}, danger_points[] = {0, 2, 6};
  bool fail = false, missing = false, any = false;
  int n = 0, points = 0;
  if (h->age < 18) fail = true, d->reasons[n++] = "aps.under_18";
  if (!h->physical && !h->mental) fail = true, d->reasons[n++] = "aps.no_impairment";
  for (int i = 0; i < 5; i++) {
    if (h->risk[i]) any = true, points += risk_points[i];
  }
  if (!any) fail = true, d->reasons[n++] = "aps.no_risk";
  if (h->able_helper == ABSENT)
    missing = true, d->reasons[n++] = "aps.missing.able_helper";
  else if (h->able_helper)
    fail = true, d->reasons[n++] = "aps.able_helper";
  d->status = fail ? W1_INELIGIBLE : missing ? W1_UNKNOWN : W1_ELIGIBLE;
  d->score = 0;
  for (int i = 0; i < 5 && !fail; i++) {
    if (h->risk[i]) d->reasons[n++] = risk_reason[i];
  }
  if (d->status == W1_ELIGIBLE) {
    points += 2 * h->mental + h->physical + danger_points[h->danger] + 2 * (h->living == ALONE) + (h->age >= 80);
    d->score = points;
    d->reasons[n++] = points >= 14 ? "aps.priority.1" : points >= 8 ? "aps.priority.2" : "aps.priority.3";
  }
  d->reason_count = n;
}

static void hcsp(const struct household *h, struct w1_determination *d) {
  static const char *const adl_reason[] = {"hcsp.adl.bathing",   "hcsp.adl.dressing",  "hcsp.adl.eating",
                                           "hcsp.adl.toileting", "hcsp.adl.mobility",  "hcsp.adl.transfer",
                                           "hcsp.adl.grooming",  "hcsp.adl.continence"};
  bool fail = false, missing = false;
  int n = 0, needs = 0, score = 0;
  if (h->age < 18) fail = true, d->reasons[n++] = "hcsp.under_18";
  if (h->living == FACILITY) fail = true, d->reasons[n++] = "hcsp.in_facility";
  if (h->medicaid == ABSENT)
    missing = true, d->reasons[n++] = "hcsp.missing.medicaid";
  else if (h->medicaid >= NO_MEDICAID)
    fail = true, d->reasons[n++] = "hcsp.no_medicaid";
  else if (h->medicaid == PENDING)
    d->reasons[n++] = "hcsp.medicaid_pending";
  for (int i = 0; i < 8; i++) {
    needs += h->adl[i] >= 2;
    score += 2 * h->adl[i] + h->iadl[i];
  }
  if (needs < (h->dementia ? 2 : 3))
    fail = true, d->reasons[n++] = "hcsp.adl_below_threshold";
  else if (h->dementia)
    d->reasons[n++] = "hcsp.dementia_rule";
  d->status = fail ? W1_INELIGIBLE : missing ? W1_UNKNOWN : W1_ELIGIBLE;
  d->score = 0;
  if (d->status == W1_ELIGIBLE) {
    d->score = score;
    for (int i = 0; i < 8; i++) {
      if (h->adl[i] >= 3) d->reasons[n++] = adl_reason[i];
    }
    d->reasons[n++] = score < 25   ? "hcsp.hours.0-10"
                      : score < 40 ? "hcsp.hours.11-20"
                      : score < 55 ? "hcsp.hours.21-35"
                                   : "hcsp.hours.36+";
  }
  d->reason_count = n;
}

static void assess(const struct household *h, struct w1_result *ret_result) {
  snap(h, &ret_result->program[W1_SNAP]);
  aps(h, &ret_result->program[W1_APS]);
  hcsp(h, &ret_result->program[W1_HCSP]);
}

struct bench {
  struct w1_index index;
  struct lines lines;
  struct household *households;
  size_t count;                  /* of households */
  int *columns[2 * W1_PROGRAMS]; /* a status and a score for each program */
};

static void read_line(const struct bench *bench, size_t i, struct household *ret_household) {
  struct w1_answer answers[W1_KEYS];
  bool good = w1_scan(&bench->index, bench->lines.line[i], answers);
  if (good) {
    household_from(answers, ret_household);
    good = ret_household->size >= 1 && ret_household->size <= 8 && ret_household->utilities != ABSENT &&
           ret_household->danger != ABSENT; /* the rules use them as indexes */
  }
  if (!good) {
    fprintf(stderr, "line %zu: not a W1 household\n", i + 1);
    exit(2);
  }
}

static long pass_eval(void *context) {
  struct bench *bench = context;
  struct w1_result result;
  long sum = 0;
  for (size_t i = 0; i < bench->count; i++) {
    assess(&bench->households[i], &result);
    sum += w1_checksum(&result);
  }
  return sum;
}

static long pass_json(void *context) {
  struct bench *bench = context;
  struct household household;
  struct w1_result result;
  char text[W1_RESULT_BYTES];
  long sum = 0;
  for (size_t i = 0; i < bench->lines.count; i++) {
    read_line(bench, i, &household);
    assess(&household, &result);
    sum += (long)w1_json(&result, text);
  }
  return sum;
}

static void dump(const struct bench *bench) {
  struct household household;
  struct w1_result result;
  char text[W1_RESULT_BYTES];
  for (size_t i = 0; i < bench->lines.count; i++) {
    read_line(bench, i, &household);
    assess(&household, &result);
    fwrite(text, 1, w1_canonical(&result, text), stdout);
  }
}

static long pass_column(void *context) {
  struct bench *bench = context;
  struct w1_result result;
  long sum = 0;
  for (size_t i = 0; i < bench->count; i++) {
    assess(&bench->households[i], &result);
    for (int k = 0; k < W1_PROGRAMS; k++) {
      bench->columns[2 * k][i] = (int)result.program[k].status;
      bench->columns[2 * k + 1][i] = result.program[k].score;
      sum += (long)result.program[k].status + result.program[k].score;
    }
  }
  return sum;
}

static void *allocate(size_t count, size_t size) {
  void *block = calloc(count, size);
  if (!block) {
    fprintf(stderr, "not enough memory for %zu households\n", count);
    exit(1);
  }
  return block;
}

static void read_households(struct bench *bench, size_t count) {
  bench->count = count;
  bench->households = allocate(bench->count, sizeof *bench->households);
  for (size_t i = 0; i < bench->count; i++) {
    if (i < bench->lines.count)
      read_line(bench, i, &bench->households[i]);
    else
      bench->households[i] = bench->households[i - bench->lines.count];
  }
}

static void time_column(struct bench *bench, int rounds, size_t count) {
  read_households(bench, count);
  for (int i = 0; i < 2 * W1_PROGRAMS; i++) bench->columns[i] = allocate(bench->count, sizeof(int));
  measure_rounds("c", "column", bench->count, rounds, pass_column, bench);
  for (int i = 0; i < 2 * W1_PROGRAMS; i++) free(bench->columns[i]);
}

static int usage(void) {
  fprintf(stderr, "peer_c dump FILE | eval FILE ROUNDS | json FILE ROUNDS | column FILE ROUNDS [HOUSEHOLDS]\n");
  return 2;
}

int main(int count, char **arguments) {
  const char *mode = count > 1 ? arguments[1] : "";
  bool column = strcmp(mode, "column") == 0;
  bool timed = column || strcmp(mode, "eval") == 0 || strcmp(mode, "json") == 0;
  if (!timed && strcmp(mode, "dump") != 0) return usage();
  if (count != (timed ? 4 : 3) && !(column && count == 5)) return usage();
  int rounds = timed ? atoi(arguments[3]) : 0, households = count == 5 ? atoi(arguments[4]) : 0;
  if (households < 0) return usage();
  struct bench bench = {0};
  w1_index_keys(&bench.index);
  if (!lines_load(arguments[2], &bench.lines)) return 2;
  if (!timed) {
    dump(&bench);
  } else if (column) {
    time_column(&bench, rounds, households ? (size_t)households : bench.lines.count);
  } else if (mode[0] == 'e') {
    read_households(&bench, bench.lines.count);
    measure_rounds("c", "E", bench.count, rounds, pass_eval, &bench);
  } else {
    measure_rounds("c", "J", bench.lines.count, rounds, pass_json, &bench);
  }
  free(bench.households);
  lines_free(&bench.lines);
  return fflush(stdout) == 0 ? 0 : 1;
}
