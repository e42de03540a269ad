/* A column of households gives what each household gives by itself: random programs over random households, around the edges
 * of blocks, with unknowns, faults, lists, functions, withheld items and programs that read each other. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/columns.h"
#include "unit/support.h"
#include "unit/support_generate.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* The names of support_expr.h as a form; here m2 and i3 have a condition, and d1 follows from other answers. */
static const char form[] = SUPPORT_FORM(
    "  - {id: b0, type: bool, text: T}\n  - {id: b1, type: bool, text: T}\n  - {id: b2, type: bool, text: T}\n"
    "  - {id: i0, type: integer, text: T}\n  - {id: i1, type: integer, text: T}\n  - {id: i2, type: integer, text: T}\n"
    "  - {id: i3, type: integer, text: T, ask_when: b1 or i1 > 0, if_not_asked: 5}\n"
    "  - {id: d0, type: decimal, text: T}\n  - {id: d1, type: decimal, computed: d0 * 2 + i2}\n"
    "  - {id: m0, type: money, text: T}\n  - {id: m1, type: money, text: T}\n  - {id: m2, type: money, text: T, ask_when: b0}\n"
    "  - {id: t0, type: date, text: T}\n  - {id: t1, type: date, text: T}\n"
    "  - &scale {id: scale0, type: choice, text: T, ordered: true, options: {a_none: N, b_low: L, c_mid: M, d_high: H, decline: {text: D, declines: true}}}\n"
    "  - {<<: *scale, id: scale1}\n  - {<<: *scale, id: scale2}\n"
    "  - &colour {id: colour, type: choice, text: T, options: {red: R, green: G, blue: B}}\n"
    "  - {<<: *colour, id: ticks, type: choices}\n  - {id: words, type: text, text: T}\n"
    "  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
    "    - {id: age, type: integer, text: T}\n    - {id: works, type: bool, text: T}\n"
    "    - {id: pay, type: money, text: T, ask_when: member.works, if_not_asked: 0}\n"
    "    - {<<: *colour, id: colour}\n"
    "    - {id: kids, type: list, entry: kid, text: T, fields: [{id: years, type: integer, text: T}, {id: fit, type: bool, text: T}]}\n") "groups:\n- {group: numbers, entry: n, items: [i0, i1, i2, i3]}\n- {group: scales, entry: s, items: [scale0, scale1, scale2]}\n";

static const char parameters[] =
    "limit: {unit: USD, source: S, values: {2026-01-01: 100}}\nratio: {unit: factor, source: S, values: {2024-01-01: 0.25}}\n"
    "two: {unit: count, source: S, values: {2024-01-01: 2}}\n"
    "sizes: {unit: USD, source: S, values: {2024-01-01: {table: {1: 10, 2: 20, 4: 40, each_more: 5}}}}\n"
    "points: {unit: points, source: S, values: {2024-01-01: {table: {red: 1, green: 2, blue: 3}}}}\n";

static struct ask_value call(void *context, const struct ask_program *program, int32_t function,
                             const struct ask_value *arguments, size_t count, enum ask_type result, char *message,
                             size_t size) {
  (void)context, (void)program, (void)result;
  uint64_t sum = (uint64_t)function;
  for (size_t i = 0; i < count; i++) sum += (uint64_t)arguments[i].word;
  if (sum % 11 == 0) snprintf(message, size, "eleven");
  enum ask_state state = sum % 11 == 0 ? ASK_FAULT : sum % 13 == 0 ? ASK_UNKNOWN : ASK_KNOWN;
  return (struct ask_value){.word = (int64_t)(sum % 7), .state = (uint8_t)state};
}

/* ---- random programs ---- */

static const char *expression(struct ask_arena *arena, struct support_random *r, enum support_wanted wanted,
                              unsigned flags) {
  return support_generate(arena, r, wanted, 1 + support_random_below(r, 4), flags | SUPPORT_PARAMETERS).text;
}

static const char *tree(struct ask_arena *arena, struct support_random *r, unsigned flags, int depth) {
  static const char *const extra[] = {"answered(i0) or declined(scale1)",
                                      "l1 > 3",
                                      "l0 or b1",
                                      "f0 > 2",
                                      "words == 'one'",
                                      "count(scales, s >= 'c_mid') >= 2",
                                      "i0 * 4611686018427387904 > i1",
                                      "years_between(t0, as_of) >= 18",
                                      "i0 * 1000000000 * (i1 * 1000000000) > i2",
                                      "d0 * 100000 * (d1 * 100000) > 1",
                                      "d0 * 200 * d1 > 1"};
  if (depth == 0 || support_random_below(r, 3) == 0)
    return ask_printf(arena, "rule { 'r', [==[%s]==] }",
                      support_random_below(r, 3) ? expression(arena, r, SUPPORT_BOOL, flags)
                                                 : extra[support_random_below(r, COUNT(extra))]);
  static const char *const kinds[] = {"all {", "any {", "none {", "at_least { 2,"};
  return ask_printf(arena, "%s %s, %s, %s }", kinds[support_random_below(r, 4)], tree(arena, r, flags, depth - 1),
                    tree(arena, r, flags, depth - 1), tree(arena, r, flags, depth - 1));
}

static const char *program(struct ask_arena *arena, struct support_random *r, const char *id, unsigned flags) {
  const char *possible = "", *score = "", *amount = "";
  unsigned after = SUPPORT_STATUSES;
  if (support_random_below(r, 2)) possible = ask_printf(arena, "possible = %s,", tree(arena, r, flags, 1));
  if (support_random_below(r, 3) == 0)
    score = ask_printf(arena, "score = [==[%s]==],", expression(arena, r, SUPPORT_INTEGER, after));
  else if (support_random_below(r, 2))
    score = ask_printf(
        arena,
        "score = points { point { 'a', when = [==[%s]==], points = [==[points.green]==] }, point { 'b', when = \"status.%s == 'likely'\", points = [==[%s]==] } },",
        expression(arena, r, SUPPORT_BOOL, after), id, expression(arena, r, SUPPORT_INTEGER, 0));
  if (support_random_below(r, 3))
    amount =
        ask_printf(arena, "amount = amount { [==[%s]==], per = 'month' },", expression(arena, r, SUPPORT_MONEY, after));
  return ask_printf(
      arena,
      "return program { id = '%s', name = 'N', cite = 'C', worksheet = { line { 'l0', [==[%s]==] }, line { 'l1', [==[%s]==] },"
      " line { 'f0', type = 'integer', reads = { 'i0', 'l1' }, function(a) end } }, eligible = %s, %s %s %s"
      " notes = { note { 'n', when = 'any(roster, member.works)' } } }",
      id, expression(arena, r, SUPPORT_BOOL, 0), expression(arena, r, SUPPORT_INTEGER, 0), tree(arena, r, flags, 2),
      possible, score, amount);
}

/* ---- both ways ---- */

static struct support s;
static int32_t numbers[EXPR_ITEMS];

static void open_random(struct support_random *r) {
  struct ask_arena *arena = ask_arena_new();
  static const struct ask_host host = {NULL, call};
  /* gamma and alpha read beta; beta stands in the middle of the alphabet, and comes first all the same */
  const struct support_program programs[] = {
      {"alpha", program(arena, r, "alpha", 0), NULL},
      {"beta", program(arena, r, "beta", SUPPORT_STATUSES), NULL},
      {"broken",
       "return program { id = 'broken', name = 'N', cite = 'C', eligible = rule { 'r', 'nothing' }, score = '1' }",
       NULL},
      {"gamma", program(arena, r, "gamma", SUPPORT_STATUSES), NULL},
      {0}};
  s = support_open(&(struct support_source){.form = form, .parameters = parameters, .programs = programs, .host = &host});
  ck_assert_msg(s.catalogue != NULL && s.problems.errors == 1, "%s", support_messages(&s));
  for (int i = 0; i < EXPR_ITEMS; i++) {
    const struct ask_item *item = ask_catalogue_item(s.catalogue, expr_items[i].name);
    ck_assert_msg(item != NULL, "%s", expr_items[i].name);
    numbers[i] = item->number;
  }
  ask_arena_free(arena);
}

static struct ask_answers *some_answers(struct ask_arena *arena, struct support_random *r, int unknown, int64_t as_of) {
  static struct expr_world world;
  struct ask_answers *answers = ask_answers_new(arena, s.catalogue, as_of);
  support_household(arena, r, unknown, false, &world);
  for (int i = 0; i < EXPR_ITEMS; i++) {
    if (i == EXPR_D1 || (i == EXPR_I0 && support_random_below(r, 3) == 0)) continue;
    answers->items[numbers[i]] = world.items[i];
    if (world.items[i].state == ASK_UNKNOWN)
      answers->items[numbers[i]].absence = (uint8_t)(ASK_UNANSWERED + support_random_below(r, 3));
  }
  if (unknown == 0) answers->items[numbers[EXPR_I0]] = expr_word(support_random_between(r, -2, 9));
  return answers;
}

struct outcome {
  uint8_t status, has_score, has_amount;
  int64_t score, amount;
};

static void compare(uint64_t seed, size_t rows, int unknown, int64_t as_of, size_t ret_seen[ASK_STATUS_COUNT]) {
  struct support_random r = {seed};
  struct ask_arena *arena = ask_arena_new();
  open_random(&r);
  size_t programs = s.catalogue->program_count;
  struct ask_columns *columns = ask_columns_new(s.catalogue, rows);
  struct outcome *one_by_one = ask_alloc_array(arena, rows * programs, sizeof *one_by_one);
  bool *withheld = ask_alloc_array(arena, s.catalogue->item_count, sizeof *withheld);
  for (size_t row = 0; row < rows; row++) {
    struct ask_problems problems = {.arena = arena};
    struct ask_assess_options options = {.withheld = withheld};
    memset(withheld, 0, s.catalogue->item_count);
    if (unknown && support_random_below(&r, 9) == 0)
      withheld[support_random_below(&r, (int)s.catalogue->item_count)] = true;
    const struct ask_result *result =
        ask_assess(s.workspace, some_answers(arena, &r, unknown, as_of), &options, &problems);
    ck_assert_ptr_nonnull(result);
    ck_assert(ask_columns_add(columns, result));
    for (size_t p = 0; p < programs; p++) {
      const struct ask_determination *d = &result->determinations[p];
      one_by_one[row * programs + p] = (struct outcome){
          (uint8_t)d->status, d->score.state == ASK_KNOWN, d->amount.state == ASK_KNOWN,
          d->score.state == ASK_KNOWN ? d->score.word : 0, d->amount.state == ASK_KNOWN ? d->amount.word : 0};
      ret_seen[d->status]++;
    }
  }
  ck_assert(!ask_columns_add(columns, s.result));
  struct ask_column_outcome *outcomes = ask_alloc_array(arena, programs, sizeof *outcomes);
  for (size_t p = 0; p < programs; p++) {
    outcomes[p] =
        (struct ask_column_outcome){ask_alloc(arena, rows), ask_alloc_array(arena, rows, 8), ask_alloc(arena, rows),
                                    ask_alloc_array(arena, rows, 8), ask_alloc(arena, rows)};
    memset(outcomes[p].status, 0xAA, rows), memset(outcomes[p].has_score, 0xAA, rows),
        memset(outcomes[p].has_amount, 0xAA, rows);
    memset(outcomes[p].score, 0xAA, rows * 8), memset(outcomes[p].amount_cents, 0xAA, rows * 8);
  }
  for (int round = 0; round < 3; round++) { /* again: nothing is left over from before; and packed */
    if (round == 2) ask_columns_pack(columns);
    ask_assess_columns(s.workspace, as_of, columns, outcomes);
    for (size_t i = 0; i < rows * programs; i++) {
      const struct outcome *a = &one_by_one[i];
      const struct ask_column_outcome *o = &outcomes[i % programs];
      size_t row = i / programs;
      if (o->status[row] == a->status && o->has_score[row] == a->has_score && o->score[row] == a->score &&
          o->has_amount[row] == a->has_amount && o->amount_cents[row] == a->amount)
        continue;
      ck_abort_msg("seed %llu row %zu of %zu, %s: alone %s %d %lld %d %lld, in a column %s %d %lld %d %lld",
                   (unsigned long long)seed, row, rows, s.catalogue->programs[i % programs].spec->id,
                   ask_status_text(a->status), a->has_score, (long long)a->score, a->has_amount, (long long)a->amount,
                   o->status[row] < ASK_STATUS_COUNT ? ask_status_text(o->status[row]) : "nothing", o->has_score[row],
                   (long long)o->score[row], o->has_amount[row], (long long)o->amount_cents[row]);
    }
  }
  ask_columns_free(columns);
  support_free(&s);
  ask_arena_free(arena);
}

START_TEST(columns_equal_households) {
  static const size_t rows[] = {1, 255, 256, 257, 2, 513, 300};
  static const int unknown[] = {0, 10, 40};
  size_t seen[ASK_STATUS_COUNT] = {0}, total = 0;
  for (int i = 0; i < 42; i++) {
    size_t count = rows[i % COUNT(rows)];
    compare((uint64_t)i + 1, count, unknown[i % COUNT(unknown)], i % 5 == 4 ? 20000 : 20780,
            seen); /* 20000: limit has no value yet */
    total += count;
  }
  ck_assert_uint_gt(total, 8000);
  for (int i = 0; i < ASK_STATUS_COUNT; i++)
    ck_assert_msg(seen[i] > 100, "%s %zu times", ask_status_text((enum ask_status)i), seen[i]);
}
END_TEST

/* Only what is wanted is written. */
START_TEST(unwanted_arrays) {
  struct support_random r = {3};
  struct ask_arena *arena = ask_arena_new();
  open_random(&r);
  struct ask_problems problems = {.arena = arena};
  struct ask_columns *columns = ask_columns_new(s.catalogue, 3);
  for (int i = 0; i < 3; i++)
    ck_assert(ask_columns_add(columns, ask_assess(s.workspace, some_answers(arena, &r, 20, 20780), NULL, &problems)));
  uint8_t status[3];
  struct ask_column_outcome outcomes[4] = {[1] = {.status = status}};
  ask_assess_columns(s.workspace, 20780, columns, outcomes);
  for (int i = 0; i < 3; i++) ck_assert_int_lt(status[i], ASK_STATUS_COUNT);
  ck_assert_ptr_null(ask_columns_free(columns));
  ck_assert_ptr_null(ask_columns_free(NULL));
  support_free(&s);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("columns");
  TCase *cases = tcase_create("columns");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, columns_equal_households);
  tcase_add_test(cases, unwanted_arrays);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
