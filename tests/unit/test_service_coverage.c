/* Coverage: a planted gap is found, what is exercised is not listed, and what cannot be is not asked for. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "service/coverage.h"
#include "unit/support.h"
#include "unit/support_rules.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: age, type: integer, text: T, min: 0}\n"
    "  - {id: income, type: money, text: T, min: 0}\n"
    "  - {id: moved, type: date, text: T}\n"
    "  - {id: member_of, type: bool, text: T}\n"
    "  - id: children\n    type: list\n    entry: child\n    text: T\n    fields: [{id: age, type: integer, text: T, min: 0}]\n"
    "  - &adl {id: bath, type: choice, text: T, ordered: true, options: {none: N, some: S, all: A}}\n"
    "  - {<<: *adl, id: eat}\n") "groups:\n- {group: adls, entry: adl, items: [bath, eat]}\n";

static struct support_rules s;
static const struct ask_coverage *coverage;

static void open_cases(const char *body, const char *parameters, const char *cases) {
  struct ask_arena *arena = ask_arena_new();
  const char *lua = ask_printf(arena, "return program { id = 'p', name = 'N', cite = 'C', %s }", body);
  support_rules_open(&s, form, lua, parameters, cases);
  ask_arena_free(arena);
  coverage = ask_coverage_new(s.arena, &s.cases, ask_lua_host_interface(s.host), &s.problems);
  ck_assert_ptr_nonnull(coverage);
}

/* "eligible adult: true false unknown" of what is missing, one criterion a line. */
static const char *missing(void) {
  static const char *const words[] = {"true", "false", "unknown"};
  const char *all = "";
  for (size_t i = 0; i < coverage->criterion_count; i++) {
    const struct ask_covered_criterion *one = &coverage->criteria[i];
    uint8_t bits = ask_criterion_missing(one);
    if (!bits) continue;
    all = ask_printf(s.arena, "%s%s%s %s:", all, *all ? "\n" : "", ask_covered_part_text(one->part), one->text);
    for (int k = 0; k < 3; k++)
      if (bits & (1 << k)) all = ask_printf(s.arena, "%s %s", all, words[k]);
  }
  return all;
}

/* "age >= 18: at above" of what is missing; the text from the operator on. */
static const char *missing_sides(void) {
  static const char *const words[] = {"at", "below", "above"};
  const char *all = "";
  for (size_t i = 0; i < coverage->boundary_count; i++) {
    const struct ask_covered_boundary *one = &coverage->boundaries[i];
    uint8_t bits = ask_boundary_missing(one);
    if (!bits) continue;
    all = ask_printf(s.arena, "%s%s%s:", all, *all ? "\n" : "", one->expression + one->offset);
    for (int k = 0; k < 3; k++)
      if (bits & (1 << k)) all = ask_printf(s.arena, "%s %s", all, words[k]);
  }
  return all;
}

#define CASE(n, given) "- {name: c" n ", as_of: 2026-11-23, given: {" given "}, expect: {status: likely}}\n"

START_TEST(each_value_of_each_criterion) {
  open_cases(
      "eligible = all { 'whole', rule { 'adult', 'age >= 18' }, any { rule { 'poor', 'income < 100' }, rule { 'member', "
      "'member_of' } } }, level = first { { 'now', when = 'age < 20' }, { 'later', otherwise = true } }, "
      "notes = { note { 'old', when = 'age > 60' }, 'always' }",
      NULL, CASE("1", "age: 30, income: 50, member_of: true") CASE("2", "age: 10, income: 500, member_of: true"));
  ck_assert_str_eq(
      missing(), "eligible whole: unknown\neligible adult: unknown\neligible any: false unknown\n"
                 "eligible poor: unknown\neligible member: false unknown\nlevel now: unknown\nnote old: true unknown");
  ck_assert_uint_eq(coverage->wanted, 21);
  ck_assert_uint_eq(coverage->covered, 11);
  support_rules_close(&s);
  open_cases("eligible = all { 'whole', rule { 'adult', 'age >= 18' } }", NULL,
             CASE("1", "age: 30") CASE("2", "age: 10") CASE("3", ""));
  ck_assert_str_eq(missing(), "");
  ck_assert_uint_eq(coverage->covered, 6);
  support_rules_close(&s);
}
END_TEST

START_TEST(what_cannot_be_is_not_asked_for) {
  open_cases(
      "eligible = all { rule { 'given', 'answered(age)' }, rule { 'never', 'income < 0' }, rule { 'day', \"as_of > '2026-01-01'\" }, "
      "rule { 'both', \"as_of > '2026-01-01' and member_of\" } }",
      NULL, CASE("1", ""));
  ck_assert_str_eq(missing(),
                   "eligible all: unknown\neligible given: true\neligible never: false\neligible both: true false");
  ck_assert_uint_eq(coverage->criteria[1].can, ASK_COVERED_TRUE | ASK_COVERED_FALSE);
  ck_assert_uint_eq(coverage->criteria[2].can, ASK_COVERED_FALSE | ASK_COVERED_UNKNOWN);
  ck_assert(coverage->criteria[3].day_alone && !coverage->criteria[4].day_alone);
  support_rules_close(&s);
}
END_TEST

/* `answered(x) and ...` of x alone is never unknown; of another item too, or with the guard elsewhere, it may be. */
START_TEST(what_is_guarded_is_never_unknown) {
  static const struct {
    const char *rule;
    bool may_be_unknown;
  } cases[] = {
      {"answered(age) and age >= 18", false},
      {"answered(bath) and (bath ~= 'none' and bath ~= 'some' or bath == 'all')", false},
      {"answered(member_of) and not member_of", false},
      {"answered(member_of) and member_of or answered(age) and age < 6", false},
      {"count(adls, answered(adl) and adl >= 'some') >= 1", false},
      {"answered(age) and income > 0", true},
      {"answered(age) and (age >= 18 or member_of)", true},
      {"answered(age) and age >= 18 and member_of", true},
      {"not answered(age) or age >= 18 and member_of", true},
      {"declined(age) and age >= 18", true},
      {"answered(age) and count(adls, adl >= 'some') >= 1", true},
      {"age >= 18", true},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    struct ask_arena *arena = ask_arena_new();
    open_cases(ask_printf(arena, "eligible = rule { 'r', [==[%s]==] }", cases[i].rule), NULL, CASE("1", ""));
    bool may = coverage->criteria[0].can & ASK_COVERED_UNKNOWN;
    ck_assert_msg(may == cases[i].may_be_unknown, "%s: %s", cases[i].rule, may ? "may be unknown" : "never unknown");
    ask_arena_free(arena);
    support_rules_close(&s);
  }
}
END_TEST

START_TEST(sides_of_thresholds) {
  static const char parameters[] = "adult: {unit: years, source: S, values: {2000-01-01: 18}}\n"
                                   "limit: {unit: USD, source: S, values: {2000-01-01: {table: {1: 100, 2: 200}}}}\n"
                                   "since: {unit: date, source: S, values: {2000-01-01: 2026-05-01}}\n";
  static const struct {
    const char *rule, *given, *missing;
  } cases[] = {
      {"age >= adult", "age: 18", ">= adult: below above"},
      {"age >= adult", "age: 17", ">= adult: at above"},
      {"age >= adult", "age: 99", ">= adult: at below"},
      {"adult <= age", "age: 17", "<= age: at above"}, /* the threshold is what is the same for all */
      {"adult > age", "", "> age: at below above"},
      {"income > 0", "income: 0", "> 0: above"}, /* nothing is below */
      {"income <= limit[age]", "age: 2, income: 150", "<= limit[age]: at above"},
      {"limit[age] >= income", "age: 2, income: 250", ">= income: at below"},
      {"income * 2 <= 100", "income: 50", "<= 100: below above"},
      {"moved < since", "moved: 2026-05-01", "< since: below above"},
      {"bath >= 'some' or eat == 'all'", "", ""}, /* words have no threshold */
      {"age == 18", "", ""},
      {"count(adls, adl >= 'some') >= 2", "bath: all, eat: all", ">= 2: below"}, /* no more than two */
      {"count(adls, adl >= 'some') >= 1", "bath: all", ">= 1: at below above"},  /* how many is not known yet */
      {"any(children, child.age < adult)", "children: [{age: 18}, {age: 4}]", "< adult): above"},
      {"any(children, child.age < adult)", "children: []", "< adult): at below above"},
      {"count(children, child.age < 6) > count(children)", "children: [{age: 5}]",
       "< 6) > count(children): at above\n> count(children): below above"},
      {"as_of >= since", "", ""}, /* of the day alone */
  };
  for (int i = 0; i < COUNT(cases); i++) {
    struct ask_arena *arena = ask_arena_new();
    open_cases(ask_printf(arena, "eligible = rule { 'r', [==[%s]==] }", cases[i].rule), parameters,
               ask_printf(arena, CASE("1", "%s"), cases[i].given));
    const char *got = missing_sides();
    ck_assert_msg(strcmp(got, cases[i].missing) == 0, "%s with {%s}: %s", cases[i].rule, cases[i].given, got);
    ask_arena_free(arena);
    support_rules_close(&s);
  }
}
END_TEST

START_TEST(cases_that_cannot_be_run) {
  open_cases("eligible = rule { 'adult', 'age >= 18' }", NULL,
             CASE("1", "age: 30")
                 CASE("2", "agee: 30") "- {name: other, program: q, given: {}, expect: {status: likely}}\n");
  ck_assert_uint_eq(s.cases.count, 1);
  ck_assert_uint_eq(s.cases.unreadable, 2);
  ck_assert_str_eq(missing(), "eligible adult: false unknown");
  support_rules_close(&s);
  open_cases("eligible = rule { 'adult', 'age >= 18' }", NULL, NULL);
  ck_assert(s.cases.absent);
  ck_assert_str_eq(missing(), "eligible adult: true false unknown");
  support_rules_close(&s);
}
END_TEST

START_TEST(for_machines) {
  open_cases("eligible = rule { 'adult', 'age >= 18', code = 'p.adult' }", NULL, CASE("1", "age: 18"));
  struct ask_buffer text = {0};
  ask_coverage_json(&text, coverage);
  ck_assert_ptr_nonnull(strstr(
      text.bytes,
      "\"program\":\"p\",\"cases\":1,\"unreadable\":0,\"values\":3,\"values_seen\":1,\"sides\":3,\"sides_seen\":1"));
  ck_assert_ptr_nonnull(strstr(text.bytes, "\"part\":\"eligible\",\"text\":\"adult\",\"code\":\"p.adult\""));
  ck_assert_ptr_nonnull(strstr(text.bytes, "\"seen\":[\"true\"],\"missing\":[\"false\",\"unknown\"]"));
  ck_assert_ptr_nonnull(strstr(text.bytes, "\"seen\":[\"at\"],\"missing\":[\"below\",\"above\"]"));
  ask_buffer_free(&text);
  support_rules_close(&s);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service/coverage");
  TCase *tcase = tcase_create("coverage");
  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, each_value_of_each_criterion);
  tcase_add_test(tcase, what_cannot_be_is_not_asked_for);
  tcase_add_test(tcase, what_is_guarded_is_never_unknown);
  tcase_add_test(tcase, sides_of_thresholds);
  tcase_add_test(tcase, cases_that_cannot_be_run);
  tcase_add_test(tcase, for_machines);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
