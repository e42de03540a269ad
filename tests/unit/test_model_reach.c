/* What values a register can take: the estimate is sound for random programs over random households, and not empty words. */
#include <check.h>
#include <stdlib.h>

#include "model/reach.h"
#include "unit/support.h"
#include "unit/support_generate.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* The names of support_expr.h; i0 has limits, d1 follows from others, i3 and m2 have conditions. */
static const char form[] = SUPPORT_FORM(
    "  - {id: b0, type: bool, text: T}\n  - {id: b1, type: bool, text: T}\n  - {id: b2, type: bool, text: T}\n"
    "  - {id: i0, type: integer, text: T, min: -2, max: 9}\n  - {id: i1, type: integer, text: T}\n  - {id: i2, type: integer, text: T}\n"
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
    "    - {id: kids, type: list, entry: kid, text: T, fields: [{id: years, type: integer, text: T}, {id: fit, type: bool, text: T}]}\n"
    "  - {id: fee, type: money, text: T, min: 0, max: 500}\n"
    "  - id: bills\n    type: list\n    entry: bill\n    text: T\n    fields: [{id: due, type: money, text: T, min: 0}]\n"
    "  - {id: bill_total, type: money, computed: 'sum(bills, bill.due)'}\n"
    "  - {id: told, type: bool, computed: 'answered(fee) or declined(b0)'}\n") "groups:\n- {group: numbers, entry: n, items: [i0, i1, i2, i3]}\n- {group: scales, entry: s, items: [scale0, scale1, scale2]}\n";

static const char parameters[] =
    "limit: {unit: USD, source: S, values: {2026-01-01: 100}}\nratio: {unit: factor, source: S, values: {2024-01-01: 0.25}}\n"
    "two: {unit: count, source: S, values: {2024-01-01: 2}}\n"
    "sizes: {unit: USD, source: S, values: {2024-01-01: {table: {1: 10, 2: 20, 4: 40, each_more: 5}}}}\n"
    "points: {unit: points, source: S, values: {2024-01-01: {table: {red: 1, green: 2, blue: 3}}}}\n";

static struct support s;

static void open_rules(const char *lines, const char *rule) {
  struct ask_arena *arena = ask_arena_new();
  const char *lua = ask_printf(
      arena,
      "return program { id = 'p', name = 'N', cite = 'C', worksheet = { %s }, eligible = rule { 'r', [==[%s]==] } }",
      lines, rule);
  const struct support_program programs[] = {
      {"alpha", SUPPORT_RULE("alpha", "b0"), NULL}, {"beta", SUPPORT_RULE("beta", "b1"), NULL}, {"p", lua, NULL}, {0}};
  s = support_open(&(struct support_source){form, parameters, NULL, programs, NULL});
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
  ask_arena_free(arena);
}

/* ---- soundness ----------------------------------------------------------------------------------------------------- */

struct watcher {
  const struct ask_reaches *ranges;
  uint64_t seed;
  size_t seen, bounded, never_unknown;
};

static void look(void *context, const struct ask_code *code, const int64_t *words, const uint8_t *states) {
  struct watcher *w = context;
  const struct ask_reach *ranges = ask_reaches_of(w->ranges, code);
  if (!ranges) return; /* of an item's own formula, or of another program */
  for (size_t i = 0; i < code->count; i++) {
    const struct ask_reach *r = &ranges[i];
    w->seen++;
    w->bounded += r->words.lo != INT64_MIN || r->words.hi != INT64_MAX;
    w->never_unknown += !r->unknown;
    if (states[i] == ASK_UNKNOWN
            ? r->unknown
            : states[i] != ASK_KNOWN || !ask_span_is_empty(ask_span_meet(r->words, ask_span_of(words[i], words[i]))))
      continue;
    ck_abort_msg("seed %llu, instruction %zu (operation %d): state %d, word %lld outside %lld .. %lld%s",
                 (unsigned long long)w->seed, i, code->list[i].operation, states[i], (long long)words[i],
                 (long long)r->words.lo, (long long)r->words.hi, r->unknown ? " or unknown" : "");
  }
}

static struct ask_answers *some_answers(struct ask_arena *arena, struct support_random *r, int unknown) {
  static struct expr_world world;
  struct ask_answers *answers = ask_answers_new(arena, s.catalogue, 20780);
  support_household(arena, r, unknown, false, &world);
  for (int i = 0; i < EXPR_ITEMS; i++)
    if (i != EXPR_D1) answers->items[ask_catalogue_item(s.catalogue, expr_items[i].name)->number] = world.items[i];
  if (support_random_below(r, 5))
    answers->items[ask_catalogue_item(s.catalogue, "i0")->number] = expr_word(support_random_between(r, -2, 9));
  else
    answers->items[ask_catalogue_item(s.catalogue, "i0")->number].state = ASK_UNKNOWN;
  return answers;
}

START_TEST(nothing_stands_outside) {
  static const char *const extra[] = {"answered(i0) or declined(scale1)",
                                      "count(scales, s >= 'c_mid') >= 2",
                                      "count(roster, member.age > 3) == 1",
                                      "round(d0) // 2 > i0 % 3",
                                      "any(roster, count(member.kids, kid.years > i0) >= 1)",
                                      "sum(roster, member.pay) > m0"};
  struct watcher w = {0};
  for (int n = 0; n < 120; n++) {
    struct support_random r = {(uint64_t)n + 1};
    struct ask_arena *arena = ask_arena_new();
    unsigned flags = SUPPORT_PARAMETERS | SUPPORT_STATUSES;
    const char *lines =
        ask_printf(arena, "line { 'l0', [==[%s]==] }, line { 'l1', [==[%s]==] }, line { 'l2', [==[%s]==] }",
                   support_generate(arena, &r, SUPPORT_INTEGER, 3, flags).text,
                   support_generate(arena, &r, SUPPORT_MONEY, 3, flags).text,
                   support_generate(arena, &r, SUPPORT_DECIMAL, 3, flags).text);
    open_rules(lines, ask_printf(arena, "(%s) or l0 > 1 or %s",
                                 support_generate(arena, &r, SUPPORT_BOOL, 4, flags).text, extra[n % COUNT(extra)]));
    const struct ask_program *program = ask_catalogue_program(s.catalogue, "p");
    w.seed = (uint64_t)n + 1;
    w.ranges = ask_reaches_new(arena, s.catalogue, program);
    ask_workspace_watch(s.workspace, look, &w);
    for (int k = 0; k < 60; k++) {
      struct ask_problems problems = {.arena = arena};
      const struct ask_result *result = ask_assess(s.workspace, some_answers(arena, &r, k % 3 * 20), NULL, &problems);
      ck_assert_ptr_nonnull(result);
      const struct ask_determination *d = &result->determinations[program->number];
      look(&w, &program->code, d->words, d->states);
    }
    support_free(&s);
    ask_arena_free(arena);
  }
  ck_assert_uint_gt(w.seen, 100000);
  ck_assert_uint_gt(w.bounded, w.seen / 4); /* the estimate says something */
  ck_assert_uint_gt(w.never_unknown, w.seen / 10);
}
END_TEST

/* ---- what it knows ------------------------------------------------------------------------------------------------- */

START_TEST(what_is_ruled_out) {
  static const struct {
    const char *rule;
    bool may_true, may_false, may_unknown;
  } cases[] = {
      {"b0", true, true, true},
      {"answered(b0)", true, true, false},
      {"declined(b0)", true, true, false},
      {"told", true, true, false},
      {"answered(b0) and b0", true, true, false}, /* not answered: false; answered: known */
      {"b1 and answered(b0) and b0", true, true, true},
      {"answered(b1) and (b1 and answered(b0)) and b0", true, true, false},
      {"not answered(b0) or b0", true, true, false},
      {"answered(b0) or b0", true, true, true},
      {"not answered(b0) and b0", true, true, true},
      {"answered(d0) and d1 > 3", true, true, true}, /* d1 reads i2, too */
      {"answered(d0) and answered(i2) and d1 > 3", true, true, false},
      {"answered(roster) and count(roster) > 3", true, true, false},
      {"answered(roster) and any(roster, member.age > 3)", true, true, true}, /* an age may be missing */
      {"as_of >= '2026-01-01'", true, true, false},
      {"fee >= 0", true, false, true},
      {"fee > 500", false, true, true},
      {"fee < 0", false, true, true},
      {"fee == 500", true, true, true},
      {"fee * 2 <= 1000", true, false, true},
      {"fee - 1 >= -1", true, false, true},
      {"bill_total >= 0", true, false, true},
      {"i0 <= 9", true, false, true},
      {"max(i0, 3) >= 3", true, false, true},
      {"min(i0, 3) <= 3", true, false, true},
      {"abs(i1) >= 0", true, false, true},
      {"count(roster) >= 0", true, false, true},
      {"count(roster, answered(member.age)) >= 1", true, true, true}, /* the roster itself may not be known */
      {"count(scales, answered(s)) >= 1", true, true, false},
      {"count(scales, s >= 'c_mid') >= 1", true, true, true},
      {"count(scales, s >= 'c_mid') > 3", false, true, false}, /* three of them, whatever is not known */
      {"limit == 100", true, false, false},
      {"sizes[2] == 20", true, true, false},
      {"b0 or true", true, false, false},
      {"b0 and false", false, true, false},
      {"not (fee >= 0)", false, true, true},
      {"status.alpha == 'likely'", true, true, true},
      {"(b0 and fee or dollars(0)) >= 0", true, false, true},
      {"round(fee) <= 500", true, false, true},
      {"ceil(fee / 3) <= 166", true, true, true},
      {"ceil(fee / 3) <= 167", true, false, true},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    open_rules("", cases[i].rule);
    const struct ask_program *program = ask_catalogue_program(s.catalogue, "p");
    const struct ask_reach *ranges = ask_reaches_of(ask_reaches_new(s.arena, s.catalogue, program), &program->code);
    struct ask_reach range = ranges[program->eligible->reg];
    ck_assert_msg((range.words.hi == 1) == cases[i].may_true && (range.words.lo == 0) == cases[i].may_false &&
                      range.unknown == cases[i].may_unknown,
                  "%s: %lld .. %lld, unknown %d", cases[i].rule, (long long)range.words.lo, (long long)range.words.hi,
                  range.unknown);
    support_free(&s);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("model/reach");
  TCase *tcase = tcase_create("range");
  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, nothing_stands_outside);
  tcase_add_test(tcase, what_is_ruled_out);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
