/* From answers to facts: derived items, totals beside their parts, hidden items, checks across answers, withheld items. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct support s;
static void teardown(void) { support_free(&s); }

static void open_form(const char *form, const char *rule) {
  const char *lua =
      rule ? ask_printf(s.arena, "return program { id = 'p', name = 'P', cite = 'C', eligible = rule { 'r', \"%s\" } }",
                        rule)
           : NULL;
  const struct support_program programs[] = {{"p", lua, NULL}, {0}};
  struct support opened =
      support_load(form, "limit: {unit: USD, source: S, values: {2026-01-01: 100}}\n", rule ? programs : NULL);
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }

static const char household[] =
    SUPPORT_FORM("  - {id: dob, type: date, text: T}\n"
                 "  - {id: age, type: integer, computed: 'years_between(dob, as_of)'}\n"
                 "  - {id: adult, type: bool, computed: age >= 18}\n"
                 "  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
                 "    - {id: dob, type: date, text: T}\n"
                 "    - {id: age, type: integer, computed: 'years_between(member.dob, as_of)'}\n"
                 "    - id: incomes\n      type: list\n      entry: income\n      text: T\n      fields:\n"
                 "      - {id: amount, type: money, text: T}\n"
                 "      - {id: weeks, type: integer, text: T}\n"
                 "      - {id: monthly, type: money, computed: income.amount * 52 / 12 / income.weeks}\n"
                 "    - {id: older, type: bool, computed: member.age > age}\n"
                 "    - {id: income, type: money, computed: 'sum(member.incomes, income.monthly)'}\n"
                 "  - {id: own_income, type: money, text: T}\n"
                 "  - {id: total, type: money, computed: 'own_income + sum(roster, member.income)'}\n");

START_TEST(derived_items_follow) {
  open_form(household, NULL);
  support_assess(
      &s,
      "{dob: 1944-03-02, own_income: 100, roster: [{dob: 1940-01-01, incomes: [{amount: 120, weeks: 1}, {amount: 60, weeks: 2}]}, "
      "{dob: 2015-11-24, incomes: []}]}",
      NULL, NULL);
  ck_assert_str_eq(support_item(&s, "age"), "82");
  ck_assert_str_eq(support_item(&s, "adult"), "true");
  ck_assert_str_eq(support_item(&s, "total"), "750.00");
  ck_assert_str_eq(
      support_item(&s, "roster"),
      "[{\"dob\":\"1940-01-01\",\"age\":86,\"incomes\":[{\"amount\":120.00,\"weeks\":1,\"monthly\":520.00},"
      "{\"amount\":60.00,\"weeks\":2,\"monthly\":130.00}],\"older\":true,\"income\":650.00},"
      "{\"dob\":\"2015-11-24\",\"age\":10,\"incomes\":[],\"older\":false,\"income\":0.00}]");
  /* the answers stay as they were given */
  struct ask_answers *answers = support_answers(&s, "{roster: [{dob: 1940-01-01}]}", NULL);
  struct ask_problems problems = {.arena = s.arena};
  ck_assert(ask_assess(s.workspace, answers, NULL, &problems) != NULL);
  const struct ask_item *roster = ask_catalogue_item(s.catalogue, "roster");
  const struct ask_entries *given = (const struct ask_entries *)(intptr_t)answers->items[roster->number].word;
  ck_assert_int_eq(given->cells[1].state, ASK_UNKNOWN);
}
END_TEST

START_TEST(derived_items_wait_for_their_parts) {
  open_form(household, NULL);
  support_assess(&s, "{own_income: 100, roster: [{incomes: [{amount: 120}]}]}", NULL, NULL);
  ck_assert_str_eq(support_item(&s, "age"), "null");
  ck_assert_str_eq(support_item(&s, "adult"), "null");
  ck_assert_str_eq(support_item(&s, "total"), "null");
  support_assess(&s, "{age: 17, total: 12.50}", NULL, NULL);
  ck_assert_str_eq(support_item(&s, "adult"), "false");
  ck_assert_str_eq(support_item(&s, "total"), "12.50");
}
END_TEST

START_TEST(totals_may_be_given_when_they_agree) {
  open_form(household, NULL);
  support_assess(
      &s,
      "{dob: 1944-03-02, age: 82, own_income: 100, roster: [{incomes: [{amount: 120, weeks: 1}], income: 520}], total: 620}",
      NULL, NULL);
  ck_assert_str_eq(support_item(&s, "total"), "620.00");
  static const struct {
    const char *yaml, *said;
  } contradictions[] = {
      {"{dob: 1944-03-02, age: 81}",
       "answers.age: given as 81, but the other answers make it 82 (give the total or its parts, or make them agree)\n"},
      {"{dob: 1944-03-02, adult: false}",
       "answers.adult: given as no, but the other answers make it yes (give the total or its parts, or make them agree)\n"},
      {"{own_income: 100, roster: [], total: 99.99}",
       "answers.total: given as $99.99, but the other answers make it $100 (give the total or its parts, or make them agree)\n"},
      {"{roster: [{}, {dob: 2015-05-05, age: 12}]}",
       "answers.roster[1].age: given as 12, but the other answers make it 11 (give the total or its parts, or make them agree)\n"},
      {"{roster: [{incomes: [{amount: 12, weeks: 1, monthly: 51}], income: 51}]}",
       "answers.roster[0].incomes[0].monthly: given as $51, but the other answers make it $52 (give the total or its parts, or make them agree)\n"},
  };
  for (int i = 0; i < COUNT(contradictions); i++)
    ck_assert_str_eq(support_refused(&s, contradictions[i].yaml, NULL), contradictions[i].said);
  /* a total of parts that are not all known is taken as given */
  support_assess(&s, "{own_income: 100, roster: [{incomes: [{amount: 120}]}], total: 999}", NULL, NULL);
  ck_assert_str_eq(support_item(&s, "total"), "999.00");
}
END_TEST

START_TEST(a_part_that_cannot_be_computed_is_no_contradiction) {
  open_form(household, "total > 3");
  ck_assert_int_eq(support_status(&s, "p", "{own_income: 1, roster: [{incomes: [{amount: 12, weeks: 0}]}], total: 9}"),
                   ASK_LIKELY);
  const struct ask_determination *d =
      support_run(&s, "p", "{own_income: 1, roster: [{incomes: [{amount: 12, weeks: 0}]}]}");
  ck_assert_int_eq(d->status, ASK_STATUS_ERROR);
  ck_assert_str_eq(
      support_reasons(&s, d),
      "error: total cannot be computed from the answers: a field of a list cannot be computed from the answers");
}
END_TEST

/* ---- hidden items ---- */

static const char gates[] =
    "form: test\nversion: '1'\nsections:\n- section: housing\n  title: H\n  items:\n"
    "  - {id: living, type: choice, text: T, options: {rent: R, own: O, street: S}}\n"
    "  - {id: rent, type: money, text: T, ask_when: \"living == 'rent'\", if_not_asked: 0}\n"
    "  - {id: landlord, type: text, text: T, ask_when: \"living == 'rent'\"}\n"
    "  - {id: paid, type: bool, text: T, ask_when: rent > 0, if_not_asked: true}\n"
    "- section: children\n  title: C\n  ask_when: has_children\n  items:\n"
    "  - {id: pregnant, type: bool, text: T}\n"
    "  - {id: schools, type: list, entry: school, text: T, ask_when: not pregnant, if_not_asked: none, fields: [{id: n, type: integer, text: T}]}\n"
    "  - {id: kinds, type: choices, text: T, if_not_asked: none, options: {a: A, b: B}}\n"
    "- section: gate\n  title: G\n  items:\n"
    "  - {id: has_children, type: bool, text: T}\n"
    "  - id: roster\n    type: list\n    entry: m\n    text: T\n    fields:\n"
    "    - {id: works, type: bool, text: T}\n"
    "    - {id: pay, type: money, text: T, ask_when: m.works, if_not_asked: 0}\n";

static const char *ignored(void) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < s.result->ignored_count; i++)
    ask_buffer_printf(&text, "%s ", s.catalogue->items[s.result->ignored[i]].spec->id);
  const char *copy = ask_strdup(s.arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

static enum ask_absence absence(const char *id) {
  return (enum ask_absence)s.result->items[ask_catalogue_item(s.catalogue, id)->number].absence;
}

START_TEST(hidden_items_do_not_count) {
  open_form(gates, NULL);
  support_assess(&s, "{living: own, rent: 900, landlord: X, has_children: true, pregnant: false, schools: [{n: 3}]}",
                 NULL, NULL);
  ck_assert_str_eq(support_item(&s, "rent"), "0.00");
  ck_assert_int_eq(absence("rent"), ASK_NOT_ASKED);
  ck_assert_str_eq(support_item(&s, "landlord"), "null");
  ck_assert_int_eq(absence("landlord"), ASK_NOT_ASKED);
  ck_assert_str_eq(support_item(&s, "paid"), "true"); /* its gate reads the default of a hidden item */
  ck_assert_str_eq(support_item(&s, "schools"), "[{\"n\":3}]");
  ck_assert_str_eq(ignored(), "rent landlord ");
  /* the answer counts again when the gate opens */
  support_assess(&s, "{living: rent, rent: 900, landlord: X}", NULL, NULL);
  ck_assert_str_eq(support_item(&s, "rent"), "900.00");
  ck_assert_str_eq(ignored(), "");
}
END_TEST

START_TEST(sections_hide_their_items) {
  open_form(gates, NULL);
  support_assess(&s, "{has_children: false, pregnant: true, kinds: [a]}", NULL, NULL);
  ck_assert_int_eq(absence("pregnant"), ASK_NOT_ASKED);
  ck_assert_str_eq(support_item(&s, "schools"), "[]");
  ck_assert_str_eq(support_item(&s, "kinds"), "[]");
  ck_assert_str_eq(ignored(), "pregnant kinds ");
  support_assess(&s, "{has_children: true, pregnant: true, schools: [{n: 1}], kinds: [a]}", NULL, NULL);
  ck_assert_str_eq(support_item(&s, "pregnant"), "true");
  ck_assert_str_eq(support_item(&s, "schools"), "[]"); /* its own condition and the section's */
  ck_assert_str_eq(support_item(&s, "kinds"), "[\"a\"]");
}
END_TEST

START_TEST(an_unknown_gate_hides_nothing) {
  open_form(gates, "rent > 500");
  ck_assert_int_eq(support_status(&s, "p", "{}"), ASK_NEED_INFO);
  ck_assert_str_eq(support_item(&s, "rent"), "null");
  ck_assert_int_eq(absence("rent"), ASK_UNANSWERED);
  /* a sender who knows the rent and not the rest is believed */
  ck_assert_int_eq(support_status(&s, "p", "{rent: 900}"), ASK_LIKELY);
  ck_assert_int_eq(support_status(&s, "p", "{living: {absent: declined}, rent: 900}"), ASK_LIKELY);
  ck_assert_int_eq(support_status(&s, "p", "{living: own}"), ASK_UNLIKELY);
}
END_TEST

START_TEST(fields_are_hidden_entry_by_entry) {
  open_form(gates, "sum(roster, m.pay) > 100");
  ck_assert_int_eq(support_status(&s, "p", "{roster: [{works: false, pay: 900}, {works: true, pay: 90}]}"),
                   ASK_UNLIKELY);
  ck_assert_str_eq(support_item(&s, "roster"), "[{\"works\":false,\"pay\":0.00},{\"works\":true,\"pay\":90.00}]");
  ck_assert_str_eq(support_missing(&s, support_run(&s, "p", "{roster: [{works: false}, {works: true}, {}]}")),
                   "roster[1].pay,roster[2].works");
}
END_TEST

/* ---- checks ---- */

static const char checked[] = SUPPORT_FORM(
    "  - {id: dob, type: date, text: T}\n  - {id: moved_in, type: date, text: T}\n"
    "  - {id: size, type: integer, text: T}\n  - {id: roster, type: list, entry: m, text: T, fields: [{id: x, type: bool, text: T}]}\n") "checks:\n- {check: dob_in_past, must: dob <= as_of, items: [dob], message: The date of birth is in the future.}\n"
                                                                                                                                         "- {check: order, must: dob <= moved_in, items: [moved_in, dob], message: Moved in before birth., severity: warning}\n"
                                                                                                                                         "- {check: size_agrees, must: 'size == count(roster) + 1', items: [size], message: The household has another size.}\n";

START_TEST(checks_across_answers) {
  open_form(checked, NULL);
  ck_assert_str_eq(support_refused(&s, "{dob: 2026-11-24}", NULL),
                   "answers.dob: The date of birth is in the future.\n");
  ck_assert_str_eq(support_refused(&s, "{dob: 2026-11-24, size: 1, roster: [{}]}", NULL),
                   "answers.dob: The date of birth is in the future.\nanswers.size: The household has another size.\n");
  support_assess(&s, "{dob: 2026-11-24}", "2026-11-24", NULL);
  support_assess(&s, "{size: 1}", NULL, NULL); /* unknown is fine */
  const struct ask_result *r =
      support_assess(&s, "{dob: 2000-01-01, moved_in: 1999-01-01, size: 1, roster: []}", NULL, NULL);
  ck_assert_uint_eq(r->warning_count, 1);
  ck_assert_int_eq(r->warnings[0].severity, ASK_WARNING);
  ck_assert_str_eq(r->warnings[0].path, "answers.moved_in");
  ck_assert_str_eq(r->warnings[0].code, "order");
  ck_assert_str_eq(r->warnings[0].message, "Moved in before birth.");
  ck_assert_uint_eq(support_assess(&s, "{dob: 2000-01-01, moved_in: 2001-01-01}", NULL, NULL)->warning_count, 0);
}
END_TEST

START_TEST(a_refused_assessment_leaves_no_result) {
  open_form(checked, "size > 0");
  support_run(&s, "p", "{}");
  support_refused(&s, "{dob: 2026-11-24}", NULL);
  const struct ask_next *next;
  ck_assert_uint_eq(ask_next_items(s.workspace, &next, NULL, NULL), 0);
  ck_assert_int_eq(support_status(&s, "p", "{size: 3}"), ASK_LIKELY);
}
END_TEST

/* ---- withheld ---- */

START_TEST(withheld_items) {
  open_form(household, "total > 3 or adult");
  bool withheld[16] = {false};
  withheld[ask_catalogue_item(s.catalogue, "own_income")->number] = true;
  struct ask_assess_options options = {.withheld = withheld};
  support_assess(&s, "{own_income: 100, roster: []}", NULL, &options);
  const struct ask_determination *d = support_determination(&s, "p");
  ck_assert_int_eq(d->status, ASK_STATUS_WITHHELD);
  ck_assert_uint_eq(d->reason_count, 1);
  ck_assert_int_eq(d->reasons[0].kind, ASK_REASON_WITHHELD);
  ck_assert_uint_eq(d->missing_count, 0);
  ck_assert_str_eq(support_item(&s, "own_income"), "null");
  ck_assert_str_eq(support_next(&s), "");
  memset(withheld, 0, sizeof withheld); /* the result keeps its own copy */
  const char *before = support_dump(&s);
  ck_assert_ptr_null(strstr(support_what_if(&s, "p"), "own_income"));
  ck_assert_str_eq(support_dump(&s), before);
  withheld[ask_catalogue_item(s.catalogue, "own_income")->number] = true;
  support_assess(&s, "{own_income: 100, roster: [], dob: 1950-01-01}", NULL, &options); /* decided without it */
  ck_assert_int_eq(support_determination(&s, "p")->status, ASK_LIKELY);
  ck_assert_int_eq(support_status(&s, "p", "{own_income: 100, roster: []}"), ASK_LIKELY);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("facts");
  TCase *cases = tcase_create("facts");
  tcase_add_checked_fixture(cases, start, teardown);
  tcase_add_test(cases, derived_items_follow);
  tcase_add_test(cases, derived_items_wait_for_their_parts);
  tcase_add_test(cases, totals_may_be_given_when_they_agree);
  tcase_add_test(cases, a_part_that_cannot_be_computed_is_no_contradiction);
  tcase_add_test(cases, hidden_items_do_not_count);
  tcase_add_test(cases, sections_hide_their_items);
  tcase_add_test(cases, an_unknown_gate_hides_nothing);
  tcase_add_test(cases, fields_are_hidden_entry_by_entry);
  tcase_add_test(cases, checks_across_answers);
  tcase_add_test(cases, a_refused_assessment_leaves_no_result);
  tcase_add_test(cases, withheld_items);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
