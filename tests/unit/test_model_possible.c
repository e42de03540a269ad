/* What can never be true and never be false: proofs, and near misses that must not be called so. */
#include <check.h>
#include <string.h>

#include "model/possible.h"
#include "unit/support.h"

static const char form[] = SUPPORT_FORM(
    "  - {id: age, type: integer, text: T, min: 0, max: 120}\n"
    "  - {id: size, type: integer, text: T, min: 1, max: 20}\n"
    "  - {id: free, type: integer, text: T}\n"
    "  - {id: dob, type: date, text: T, max: as_of}\n"
    "  - {id: income, type: money, text: T, min: 0, max: 100000}\n"
    "  - {id: rent, type: money, text: T, min: 100, max: 9000, ask_when: home == 'rented', if_not_asked: 0}\n"
    "  - {id: home, type: choice, text: T, options: {rented: R, own: O, street: S}}\n"
    "  - {id: care, type: choice, ordered: true, text: T, options: {none: N, some: S, much: M}}\n"
    "  - {id: asked, type: choice, text: T, options: {yes: Y, no: N, decline: {text: D, declines: true}}}\n"
    "  - {id: helps, type: choices, text: T, options: {a: A, b: B}}\n"
    "  - {id: ok, type: bool, text: T}\n"
    "  - {id: roster, type: list, entry: m, text: T, fields: [{id: age, type: integer, text: T, min: 0, max: 120}]}\n");

static const char parameters[] =
    "grown:\n  unit: years\n  source: S\n  values: {2000-01-01: 18, 2020-01-01: 21}\n"
    "old:\n  unit: years\n  source: S\n  values: {2000-01-01: 65}\n"
    "ancient:\n  unit: years\n  source: S\n  values: {2000-01-01: 130}\n"
    "limit:\n  unit: USD\n  source: S\n  values: {2000-01-01: {table: {1: 1000, 2: 1500, each_more: 500}}}\n"
    "capped:\n  unit: USD\n  source: S\n  values: {2000-01-01: {table: {1: 1000, 2: 1500, each_more: 0}}}\n";

static const struct {
  const char *expression;
  const char *can; /* TF: both; T: never false; F: never true */
} cases[] = {
    {"age >= grown", "TF"},
    {"age >= 0", "T"},
    {"age >= 1", "TF"},
    {"age < 0", "F"},
    {"age <= 120", "T"},
    {"age >= ancient", "F"},
    {"size > 0 and size <= 20", "T"},
    {"free >= 0", "TF"},
    /* both of one thing */
    {"age >= old and age < grown", "F"},
    {"age >= grown and age < old", "TF"},
    {"age >= 19 and age < grown", "TF"}, /* of today or of some day */
    {"age >= 65 or age < 65", "T"},
    {"age > 65 or age < 65", "TF"},
    {"age == age", "T"},
    {"age < age", "F"},
    {"ok and not ok", "F"},
    {"ok or not ok", "T"},
    {"ok and (age < 1 or not ok)", "TF"},
    {"home == 'own' and home == 'rented'", "F"},
    {"home ~= 'own' or home ~= 'rented'", "T"},
    {"home == 'own' or home == 'rented'", "TF"},
    {"home == 'own' or home == 'rented' or home == 'street'", "T"},
    {"(home == 'own' or home == 'rented') and home == 'street'", "F"},
    {"(home == 'own' or age > 3) and home == 'street'", "TF"},
    {"not (home == 'own' or home == 'rented' or home == 'street')", "F"},
    {"asked == 'yes' or asked == 'no'", "TF"}, /* declined: not known */
    {"care >= 'some' and care < 'much'", "TF"},
    {"care > 'some' and care < 'much'", "F"},
    {"has(helps, 'a') and not has(helps, 'a')", "F"},
    {"has(helps, 'a') and not has(helps, 'b')", "TF"},
    {"count(helps) >= 0", "T"},
    {"answered(age) and age > 120", "F"},
    {"not answered(age) and age > 5", "TF"}, /* a hidden item may have a value that stands for it */
    {"dob <= as_of", "TF"},                  /* a limit that moves with the day is no range */
    {"as_of < as_of", "F"},
    {"years_between(dob, as_of) > 200", "TF"},
    /* arithmetic */
    {"income >= 0", "T"},
    {"income < limit[size]", "TF"},
    {"income > limit[size] and income < 1000", "F"},
    {"income > capped[size] and income <= 1500", "TF"},
    {"income + rent < 0", "F"},
    {"income - rent < 0", "TF"},
    {"max(0, income - rent) < 0", "F"},
    {"max(0, income - rent) == 0", "TF"},
    {"income > 500 and income + rent < 400", "F"},
    {"income * 12 > 1200000", "F"},
    {"income * 12 >= 1200000", "TF"},
    {"rent < 100", "TF"}, /* 0 when it is not asked */
    {"rent > 0 and rent < 0", "F"},
    {"(age > 60 and 2 or 1) == 3", "F"},
    {"(age > 60 and 2 or 1) == 2 and age < 60", "F"},
    {"(age > 60 and 2 or 1) == 2 and age < 70", "TF"},
    {"abs(age - 200) < 80", "F"},
    {"min(age, 10) > 10", "F"},
    {"age // 10 > 12", "F"},
    {"age // 10 == 12", "TF"},
    {"free % 7 >= 7", "F"},
    /* lists and statuses */
    {"count(roster) >= 0", "T"},
    {"any(roster, m.age < 18)", "TF"},
    {"any(roster, m.age < 18 and m.age > 20)", "F"},
    {"any(roster, m.age < 18 or m.age > 20)", "TF"},
    {"any(roster, m.age < m.age)", "F"},
    {"count(roster, m.age < 18) >= 1", "TF"},
    {"count(roster, m.age < 18 and m.age > 20) >= 1", "F"},
    {"all(roster, m.age < 18 and m.age > 20)", "TF"}, /* of an empty list */
    {"status.other == 'likely' and status.other == 'unlikely'", "F"},
    {"status.other == 'need_info'", "F"}, /* not known yet is unknown to others */
    {"status.other ~= 'likely'", "TF"},
    {"true", "T"},
    {"false", "F"},
};

START_TEST(a_condition_can_be) {
  struct ask_arena *arena = ask_arena_new();
  const char *lua =
      ask_printf(arena, "return program { id = 'p', name = 'P', cite = 'C', eligible = rule { 'r', \"%s\" } }",
                 cases[_i].expression);
  struct support_program programs[] = {{"other", SUPPORT_RULE("other", "ok"), NULL}, {"p", lua, NULL}, {0}};
  struct support s = support_load(form, parameters, programs);
  ck_assert_msg(s.catalogue && s.problems.count == 0, "%s", support_messages(&s));
  const struct ask_program *program = ask_catalogue_program(s.catalogue, "p");
  struct ask_claim claim = {program->eligible->reg, true};
  bool can_hold = ask_possible(s.catalogue, &program->code, &claim, 1);
  claim.holds = false;
  bool can_fail = ask_possible(s.catalogue, &program->code, &claim, 1);
  ck_assert_msg(can_hold == (strchr(cases[_i].can, 'T') != NULL) && can_fail == (strchr(cases[_i].can, 'F') != NULL),
                "%s: expected %s, can%s hold, can%s fail", cases[_i].expression, cases[_i].can, can_hold ? "" : "not",
                can_fail ? "" : "not");
  support_free(&s);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("possible");
  TCase *tests = tcase_create("possible");
  tcase_add_loop_test(tests, a_condition_can_be, 0, (int)(sizeof cases / sizeof *cases));
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
