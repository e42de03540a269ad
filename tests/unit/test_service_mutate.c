/* mutate: a planted survivor is listed with its place, a change that a case notices is not, and what is no change is not counted. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "service/mutate.h"
#include "unit/support.h"
#include "unit/support_rules.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: age, type: integer, text: T, min: 0}\n"
    "  - {id: income, type: money, text: T, min: 0}\n"
    "  - {id: moved, type: date, text: T}\n"
    "  - {id: x, type: bool, text: T}\n  - {id: y, type: bool, text: T}\n"
    "  - {id: home, type: choice, text: T, options: {own: O, rent: R, decline: {text: D, declines: true}, street: S}}\n"
    "  - {id: other, type: choice, text: T, options: {rent: R, lend: L}}\n");

static struct support_rules s;
static const struct ask_mutation_report *report;

static void open_program(const char *body, const char *parameters, const char *cases) {
  struct ask_arena *arena = ask_arena_new();
  const char *lua = ask_printf(arena, "return program { id = 'p', name = 'N', cite = 'C',\n  %s }", body);
  support_rules_open(&s, form, lua, parameters, cases);
  ask_arena_free(arena);
  report = ask_mutate(s.arena, &s.cases, ask_lua_host_interface(s.host), &s.problems);
  ck_assert_ptr_nonnull(report);
}

static void open_rule(const char *rule, const char *parameters, const char *cases) {
  struct ask_arena *arena = ask_arena_new();
  open_program(ask_printf(arena, "eligible = rule { 'r', [==[%s]==] }", rule), parameters, cases);
  ask_arena_free(arena);
}

/* The changed text of each with this fate, one a line. */
static const char *changed(enum ask_mutant_fate fate) {
  const char *all = "";
  for (size_t i = 0; i < report->count; i++) {
    const struct ask_mutant *one = &report->list[i];
    if (one->fate != fate) continue;
    all = ask_printf(s.arena, "%s%s%.*s%s%s", all, *all ? "\n" : "", (int)one->offset, one->original, one->changed,
                     one->original + one->offset + one->length);
  }
  return all;
}

#define LIKELY(n, given) "- {name: l" n ", as_of: 2026-11-23, given: {" given "}, expect: {status: likely}}\n"
#define UNLIKELY(n, given) "- {name: u" n ", as_of: 2026-11-23, given: {" given "}, expect: {status: unlikely}}\n"

/* One expression, its cases, and what survives of all that is changed in it. */
START_TEST(survivors) {
  static const struct {
    const char *rule, *cases;
    size_t killed;
    const char *survived;
  } cases[] = {
      {"age >= 18", LIKELY("1", "age: 18") UNLIKELY("2", "age: 17"), 4, ""},
      {"age >= 18", LIKELY("1", "age: 30") UNLIKELY("2", "age: 17"), 2, "age > 18\nage >= 19"},
      {"age >= 18", LIKELY("1", "age: 18"), 2, "age <= 18\nage >= 17"},
      {"age == 18", LIKELY("1", "age: 18"), 3, ""},
      {"x and y", LIKELY("1", "x: true, y: true") UNLIKELY("2", "x: true, y: false"), 3, ""},
      {"x and y", LIKELY("1", "x: true, y: true"), 2, "x or y"},
      {"not x", UNLIKELY("1", "x: true"), 1, ""},
      {"x or not y", LIKELY("1", "x: true, y: false"), 0, "not x or not y\nx and not y\nx or y"},
      {"home == 'own'", LIKELY("1", "home: own"), 2, ""},
      {"home == 'own'", UNLIKELY("1", "home: street"), 1, "home == 'rent'"},
      {"home ~= 'street'", LIKELY("1", "home: own") UNLIKELY("2", "home: street"), 2,
       ""}, /* the neighbour is not `decline` */
      {"other ~= 'lend'", LIKELY("1", "other: rent"), 2, ""},
      {"moved < '2026-05-01'", LIKELY("1", "moved: 2026-04-30") UNLIKELY("2", "moved: 2026-05-01"), 4, ""},
      {"moved < '2026-05-01'", LIKELY("1", "moved: 2026-04-01") UNLIKELY("2", "moved: 2026-06-01"), 1,
       "moved <= '2026-05-01'\nmoved < '2026-05-02'\nmoved < '2026-04-30'"},
      {"income < 10.50", LIKELY("1", "income: 10.49") UNLIKELY("2", "income: 10.50"), 4, ""},
      {"income < 1000", LIKELY("1", "income: 999") UNLIKELY("2", "income: 1000"), 4, ""},
      {"income > 0", LIKELY("1", "income: 1") UNLIKELY("2", "income: 0"), 4, ""},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    open_rule(cases[i].rule, NULL, cases[i].cases);
    ck_assert_msg(strcmp(changed(ASK_MUTANT_SURVIVED), cases[i].survived) == 0, "%s: survived\n%s", cases[i].rule,
                  changed(ASK_MUTANT_SURVIVED));
    ck_assert_msg(report->killed == cases[i].killed, "%s: killed %zu\n%s", cases[i].rule, report->killed,
                  changed(ASK_MUTANT_KILLED));
    ck_assert_uint_eq(report->failing, 0);
    support_rules_close(&s);
  }
}
END_TEST

/* all to any, none to any, at_least one more and one less; of one criterion alone all and any are the same. */
START_TEST(combiners) {
  static const struct {
    const char *tree, *cases;
    size_t killed, survived;
  } cases[] = {
      {"all { rule { 'x', 'x' }, rule { 'y', 'y' } }", UNLIKELY("1", "x: true, y: false"), 1, 0},
      {"any { rule { 'x', 'x' }, rule { 'y', 'y' } }", LIKELY("1", "x: true, y: true"), 0, 1},
      {"none { rule { 'x', 'x' } }", LIKELY("1", "x: false"), 1, 0},
      {"all { rule { 'x', 'x' } }", LIKELY("1", "x: true"), 0, 0},
      {"at_least { 2, rule { 'x', 'x' }, rule { 'y', 'y' }, rule { 'a', 'age > 0' } }",
       LIKELY("1", "x: true, y: true, age: 0") UNLIKELY("2", "x: true, y: false, age: 0"), 2, 0},
      {"at_least { 2, rule { 'x', 'x' }, rule { 'y', 'y' }, rule { 'a', 'age > 0' } }",
       LIKELY("1", "x: true, y: true, age: 1"), 0, 2},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    struct ask_arena *arena = ask_arena_new();
    open_program(ask_printf(arena, "eligible = %s", cases[i].tree), NULL, cases[i].cases);
    size_t killed = 0, survived = 0;
    for (size_t k = 0; k < report->count; k++) {
      if (report->list[k].mutation != ASK_MUTATE_COMBINER) continue;
      killed += report->list[k].fate == ASK_MUTANT_KILLED;
      survived += report->list[k].fate == ASK_MUTANT_SURVIVED;
    }
    ck_assert_msg(killed == cases[i].killed && survived == cases[i].survived, "%s: %zu killed, %zu survived",
                  cases[i].tree, killed, survived);
    support_rules_close(&s);
    ask_arena_free(arena);
  }
}
END_TEST

START_TEST(every_part_of_a_program) {
  open_program(
      "worksheet = { line { 'half', 'income / 2' } }, eligible = rule { 'r', 'x' }, possible = rule { 'q', 'y' },\n"
      "  level = first { { 'l', when = 'age < 1' }, { 'm', otherwise = true } },\n"
      "  score = points { point { 'a', when = 'age > 2', points = '3' } }, amount = amount { 'half + 4', per = 'month' },\n"
      "  notes = { note { 'n', when = 'age == 5' } }, documents = { document { 'd', when = 'age == 6' } },\n"
      "  next_step = first { { 's', when = 'age == 7' }, { 't', otherwise = true } }",
      NULL, LIKELY("1", "x: true, y: false, age: 40"));
  static const char *const wanted[] = {"line half", "rule r", "rule q",     "level l",    "point a",
                                       "amount",    "note n", "document d", "next step s"};
  for (int i = 0; i < COUNT(wanted); i++) {
    bool found = false;
    for (size_t k = 0; k < report->count; k++) found = found || strcmp(report->list[k].where, wanted[i]) == 0;
    ck_assert_msg(found, "nothing was changed in %s", wanted[i]);
  }
  support_rules_close(&s);
}
END_TEST

/* Each value that a case reads is changed by a step; what no case reads is told. */
START_TEST(parameters) {
  static const char table[] =
      "limit:\n  unit: USD\n  source: S\n  values:\n    2020-01-01: {table: {1: 90, 2: 190}}\n"
      "    2026-01-01: {table: {1: 100, 2: 200, each_more: 50}}\nunused: {unit: USD, source: S, values: {2020-01-01: 1}}\n";
  open_rule("income <= limit[age]", table, LIKELY("1", "income: 100, age: 1") UNLIKELY("2", "income: 100.01, age: 1"));
  ck_assert_str_eq(changed(ASK_MUTANT_SURVIVED), "");
  ck_assert_uint_eq(report->killed, 4); /* < and >=, 101 and 99 */
  ck_assert_uint_eq(report->unread_count, 4);
  ck_assert_str_eq(report->unread[0], "limit[2] since 2026-01-01");
  ck_assert_str_eq(report->unread[1], "limit[each_more] since 2026-01-01");
  ck_assert_str_eq(report->unread[2], "limit[1] since 2020-01-01");
  support_rules_close(&s);
  /* Beyond the table: the last value and the step. */
  open_rule("income <= limit[age]", table, LIKELY("1", "income: 250, age: 3"));
  ck_assert_str_eq(changed(ASK_MUTANT_SURVIVED),
                   "income >= limit[age]\nlimit[2] since 2026-01-01: 201.00\nlimit[each_more] since 2026-01-01: 51.00");
  support_rules_close(&s);
  /* No case reads it at all: one value is changed all the same, or a table that nobody tests would cost nothing. */
  open_rule("x and income <= limit[age]", table, UNLIKELY("1", "x: false"));
  ck_assert_ptr_nonnull(
      strstr(changed(ASK_MUTANT_SURVIVED), "limit[1] since 2026-01-01: 101.00\nlimit[1] since 2026-01-01: 99.00"));
  support_rules_close(&s);
}
END_TEST

START_TEST(steps_of_numbers) {
  static const struct {
    const char *parameter, *rule, *changed;
  } cases[] = {
      {"{unit: factor, source: S, values: {2020-01-01: 1.3}}", "income * k > 0", "1.4\n1.2"},
      {"{unit: factor, source: S, values: {2020-01-01: 2}}", "income * k > 0", "3\n1"},
      {"{unit: factor, source: S, values: {2020-01-01: 0.125}}", "income * k > 0", "0.126\n0.124"},
      {"{unit: USD, source: S, values: {2020-01-01: 22.50}}", "income > k", "22.51\n22.49"},
      {"{unit: USD, source: S, values: {2020-01-01: 1000}}", "income > k", "1001.00\n999.00"},
      {"{unit: years, source: S, values: {2020-01-01: 20}}", "age > k", "21\n19"},
      {"{unit: date, source: S, values: {2020-01-01: 2026-03-01}}", "moved > k", "\"2026-03-02\"\n\"2026-02-28\""},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    struct ask_arena *arena = ask_arena_new();
    open_rule(cases[i].rule, ask_printf(arena, "k: %s\n", cases[i].parameter),
              UNLIKELY("1", "income: 0, age: 0, moved: 2000-01-01"));
    const char *all = "";
    for (size_t k = 0; k < report->count; k++)
      if (report->list[k].mutation == ASK_MUTATE_PARAMETER)
        all = ask_printf(arena, "%s%s%s", all, *all ? "\n" : "", report->list[k].changed);
    ck_assert_str_eq(all, cases[i].changed);
    ask_arena_free(arena);
    support_rules_close(&s);
  }
}
END_TEST

START_TEST(places) {
  open_program("eligible = all { rule { 'a', 'x' },\n    rule { 'r', 'x and age >= 18' } }", NULL,
               LIKELY("1", "x: true, age: 40"));
  bool found = false;
  for (size_t i = 0; i < report->count; i++) {
    const struct ask_mutant *one = &report->list[i];
    if (one->fate != ASK_MUTANT_SURVIVED || strcmp(one->changed, ">") != 0) continue;
    found = true;
    ck_assert_int_eq(one->at.line, 3);
    ck_assert_int_eq(one->at.column, 28);
    ck_assert_str_eq(one->where, "rule r");
    ck_assert_uint_eq(one->length, 2);
  }
  ck_assert(found);
  struct ask_buffer text = {0};
  ask_mutation_json(&text, report);
  ck_assert_ptr_nonnull(
      strstr(text.bytes,
             "\"line\":3,\"column\":28,\"text\":\"x and age >= 18\",\"offset\":10,\"length\":2,\"changed\":\">\""));
  ask_buffer_free(&text);
  support_rules_close(&s);
}
END_TEST

/* What does not load is not counted; what is the same rule neither. Afterwards everything stands as it was. */
START_TEST(not_counted) {
  open_rule("(age > 1 and income or dollars(2)) > 1", NULL, LIKELY("1", "age: 5, income: 9"));
  ck_assert_uint_gt(report->invalid, 0);
  ck_assert_ptr_nonnull(strstr(changed(ASK_MUTANT_INVALID), "(age > 1 or income or dollars(2)) > 1"));
  support_rules_close(&s);
  open_rule("x and x", NULL, LIKELY("1", "x: true") UNLIKELY("2", "x: false"));
  ck_assert_str_eq(changed(ASK_MUTANT_SURVIVED), "x or x"); /* other instructions, so it counts */
  support_rules_close(&s);
  open_rule("age >= 18 and age >= 18", NULL, LIKELY("1", "age: 18"));
  ck_assert_uint_eq(ask_mutation_survival(report), 10000 * report->survived / (report->survived + report->killed));
  support_rules_close(&s);
}
END_TEST

START_TEST(cases_that_fail_come_first) {
  open_rule("age >= 18", NULL, LIKELY("1", "age: 17"));
  ck_assert_uint_eq(report->failing, 1);
  ck_assert_uint_eq(report->count, 0);
  support_rules_close(&s);
  open_rule("age >= 18", NULL, LIKELY("1", "age: 18") LIKELY("2", "agee: 17"));
  ck_assert_uint_eq(report->failing, 1);
  support_rules_close(&s);
  open_rule("age >= 18", NULL, NULL);
  ck_assert_uint_eq(report->failing, 0);
  ck_assert_uint_eq(report->killed, 0);
  ck_assert_uint_eq(report->survived, 4);
  support_rules_close(&s);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service/mutate");
  TCase *tcase = tcase_create("mutate");
  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, survivors);
  tcase_add_test(tcase, combiners);
  tcase_add_test(tcase, every_part_of_a_program);
  tcase_add_test(tcase, parameters);
  tcase_add_test(tcase, steps_of_numbers);
  tcase_add_test(tcase, places);
  tcase_add_test(tcase, not_counted);
  tcase_add_test(tcase, cases_that_fail_come_first);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
