/* askonce's own row of the table: the three programs of W1 as plugins, in process.
 *   bench_w1 dump   FILE             canonical lines for the identity check
 *   bench_w1 eval   FILE ROUNDS      one household: typed answers in memory -> determinations with criteria tree and reasons
 *   bench_w1 column FILE ROUNDS N    a column of N households (FILE repeated): statuses, scores, amounts
 * The rules stand beside this file in askonce/. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "measure.h"
#include "model/columns.h"
#include "service/catalogue.h"
#include "service/host.h"
#include "json/read.h"

#ifndef BENCH_W1_RULES
#error "BENCH_W1_RULES: the folder askonce/ beside this file"
#endif

struct bench {
  struct ask_rules *rules;
  struct ask_workspace *workspace;
  struct ask_arena *arena;
  struct lines lines;
  struct ask_answers **answers;
};

static const char *const programs[] = {"snap", "aps", "hcsp"};

static void show(const struct ask_problems *problems) {
  for (size_t i = 0; i < problems->count; i++) {
    const struct ask_problem *p = &problems->list[i];
    fprintf(stderr, "%s:%d:%d: %s: %s\n", p->at.file ? p->at.file : "-", p->at.line, p->at.column,
            p->path ? p->path : "", p->message);
  }
}

static bool load(struct bench *b, const char *path) {
  struct ask_data_options options = {
      .forms = BENCH_W1_RULES "/forms", .plugins = BENCH_W1_RULES "/plugins", .pack = "w1"};
  struct ask_data_places places;
  b->arena = ask_arena_new();
  struct ask_problems problems = {.arena = b->arena};
  if (ask_data_find(b->arena, &options, &places, &problems)) b->rules = ask_rules_load(&places, &problems);
  show(&problems);
  if (!b->rules || problems.errors || !lines_load(path, &b->lines)) return false;
  b->workspace = ask_workspace_new(b->rules->catalogue, NULL);
  b->answers = ask_alloc_array(b->arena, b->lines.count, sizeof *b->answers);
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.file = path, .limit = 1 << 20};
  for (size_t i = 0; i < b->lines.count; i++) {
    source.line = (int)i + 1;
    const struct ask_raw *raw =
        ask_json_read(reader, b->arena, &source, b->lines.line[i], b->lines.length[i], &problems);
    if (raw)
      b->answers[i] =
          ask_answers_read(b->arena, b->rules->catalogue, ask_date_from_civil(2026, 11, 23), raw, &problems);
    if (!b->answers[i]) break;
  }
  ask_json_reader_free(reader);
  show(&problems);
  return problems.errors == 0;
}

/* ---- the canonical line ---- */

/* W1 lists reasons in the order of its steps; askonce lists unmet criteria, then notes. */
static const char *const order[] = {"snap.citizenship",
                                    "snap.gross_test_waived",
                                    "snap.gross_income_over_limit",
                                    "snap.assets_over_limit",
                                    "snap.shelter_capped",
                                    "snap.net_income_over_limit",
                                    "snap.minimum_benefit",
                                    "snap.zero_benefit",
                                    "aps.under_18",
                                    "aps.no_impairment",
                                    "aps.no_risk",
                                    "aps.missing.able_helper",
                                    "aps.able_helper",
                                    "hcsp.under_18",
                                    "hcsp.in_facility",
                                    "hcsp.missing.medicaid",
                                    "hcsp.no_medicaid",
                                    "hcsp.medicaid_pending",
                                    "hcsp.adl_below_threshold"};

static int place(const char *code) {
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    if (strcmp(order[i], code) == 0) return (int)i;
  return 100;
}

static void canonical(const struct ask_determination *d, const char *id) {
  static const char *const words[] = {
      [ASK_LIKELY] = "eligible", [ASK_UNLIKELY] = "ineligible", [ASK_NEED_INFO] = "unknown"};
  const char *codes[64];
  char benefit[64];
  size_t count = 0;
  for (size_t i = 0; i < d->reason_count && count < 60; i++) codes[count++] = d->reasons[i].code;
  for (size_t i = 1; i < count; i++)
    for (size_t k = i; k > 0 && place(codes[k]) < place(codes[k - 1]); k--) {
      const char *swap = codes[k];
      codes[k] = codes[k - 1];
      codes[k - 1] = swap;
    }
  long score = d->status == ASK_LIKELY ? (long)d->score.word : 0;
  if (d->status == ASK_LIKELY && strcmp(id, "snap") == 0) {
    snprintf(benefit, sizeof benefit, "snap.benefit=%ld", score);
    codes[count++] = benefit;
  }
  printf("%s:%s:%ld:", id, d->status <= ASK_UNLIKELY && words[d->status] ? words[d->status] : "?", score);
  for (size_t i = 0; i < count; i++) printf("%s%s", i ? "," : "", codes[i] ? codes[i] : "?");
}

static const struct ask_determination *of(const struct ask_result *result, const char *id) {
  for (size_t i = 0; i < result->determination_count; i++)
    if (strcmp(result->determinations[i].program->spec->id, id) == 0) return &result->determinations[i];
  return NULL;
}

static void dump(struct bench *b) {
  struct ask_problems problems = {.arena = b->arena};
  for (size_t i = 0; i < b->lines.count; i++) {
    const struct ask_result *result = ask_assess(b->workspace, b->answers[i], NULL, &problems);
    for (size_t k = 0; result && k < 3; k++) {
      if (k) putchar(';');
      canonical(of(result, programs[k]), programs[k]);
    }
    putchar('\n');
  }
}

/* ---- timing ---- */

static long pass_eval(void *context) {
  struct bench *b = context;
  struct ask_problems problems = {.arena = b->arena};
  long checksum = 0;
  for (size_t i = 0; i < b->lines.count; i++) {
    const struct ask_result *result = ask_assess(b->workspace, b->answers[i], NULL, &problems);
    for (size_t k = 0; k < result->determination_count; k++) {
      const struct ask_determination *d = &result->determinations[k];
      checksum += (long)d->reason_count;
      if (d->status != ASK_LIKELY) continue;
      checksum +=
          (long)d->score.word + (strcmp(d->program->spec->id, "snap") == 0); /* snap.benefit=<N> is a reason in W1 */
    }
  }
  return checksum;
}

struct column_bench {
  struct bench *b;
  struct ask_columns *columns;
  struct ask_column_outcome outcomes[3];
};

static long pass_column(void *context) {
  struct column_bench *c = context;
  long checksum = 0;
  ask_assess_columns(c->b->workspace, ask_date_from_civil(2026, 11, 23), c->columns, c->outcomes);
  for (size_t p = 0; p < 3; p++)
    for (size_t i = 0; i < c->columns->rows; i++)
      checksum += c->outcomes[p].status[i] == ASK_LIKELY     ? c->outcomes[p].score[i]
                  : c->outcomes[p].status[i] == ASK_UNLIKELY ? 1 /* as W1 numbers its statuses */
                                                             : 2;
  return checksum;
}

static void column(struct bench *b, int rounds, size_t rows) {
  struct column_bench c = {.b = b, .columns = ask_columns_new(b->rules->catalogue, rows)};
  struct ask_problems problems = {.arena = b->arena};
  for (size_t i = 0; i < rows; i++)
    ask_columns_add(c.columns, ask_assess(b->workspace, b->answers[i % b->lines.count], NULL, &problems));
  ask_columns_pack(c.columns);
  for (size_t p = 0; p < 3; p++)
    c.outcomes[p] = (struct ask_column_outcome){calloc(rows, 1), calloc(rows, sizeof(int64_t)), calloc(rows, 1),
                                                calloc(rows, sizeof(int64_t)), calloc(rows, 1)};
  measure_rounds("askonce", "column", rows, rounds, pass_column, &c);
  for (size_t p = 0; p < 3; p++) {
    free(c.outcomes[p].status);
    free(c.outcomes[p].score);
    free(c.outcomes[p].has_score);
    free(c.outcomes[p].amount_cents);
    free(c.outcomes[p].has_amount);
  }
  ask_columns_free(c.columns);
}

int main(int argc, char **argv) {
  struct bench b = {0};
  int rounds = argc > 3 ? atoi(argv[3]) : 1;
  if (argc < 3) {
    fprintf(stderr, "usage: bench_w1 dump|eval|column FILE [ROUNDS] [N]\n");
    return 2;
  }
  if (!load(&b, argv[2])) return 1;
  if (strcmp(argv[1], "dump") == 0)
    dump(&b);
  else if (strcmp(argv[1], "eval") == 0)
    measure_rounds("askonce", "E", b.lines.count, rounds, pass_eval, &b);
  else
    column(&b, rounds, argc > 4 ? (size_t)atol(argv[4]) : b.lines.count);
  ask_workspace_free(b.workspace);
  ask_rules_free(b.rules);
  ask_arena_free(b.arena);
  lines_free(&b.lines);
  return 0;
}
