/* Statuses and why: the criteria tree, three-valued at every node; what is missing; what decided; programs that read programs. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define PROGRAM(id, rest) "return program { id = '" id "', name = 'N', cite = 'C', " rest " }"

static const char form[] = SUPPORT_FORM(
    "  - {id: x, type: bool, text: T}\n  - {id: y, type: bool, text: T}\n  - {id: z, type: bool, text: T}\n"
    "  - {id: j, type: bool, text: T}\n"
    "  - {id: dob, type: date, text: T}\n  - {id: age, type: integer, computed: 'years_between(dob, as_of)'}\n"
    "  - {id: living, type: choice, text: T, options: {rent: R, own: O}}\n"
    "  - {id: rent, type: money, text: T, ask_when: \"living == 'rent'\", if_not_asked: 0}\n"
    "  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
    "    - {id: dob, type: date, text: T}\n    - {id: age, type: integer, computed: 'years_between(member.dob, as_of)'}\n"
    "    - {id: works, type: bool, text: T}\n"
    "    - {id: incomes, type: list, entry: income, text: T, fields: [{id: amount, type: money, text: T}]}\n"
    "    - {id: income, type: money, computed: 'sum(member.incomes, income.amount)'}\n"
    "  - {id: minors, type: integer, computed: 'count(roster, member.age < 18)'}\n"
    "  - {id: expenses, type: list, entry: expense, text: T, fields: [{id: amount, type: money, text: T}]}\n"
    "  - {id: total, type: money, computed: 'sum(expenses, expense.amount)'}\n"
    "  - {id: bath, type: choice, text: T, ordered: true, options: {none: N, some: S, all: A}}\n"
    "  - {id: eat, type: choice, text: T, ordered: true, options: {none: N, some: S, all: A}}\n"
    "  - {id: dress, type: choice, text: T, ordered: true, options: {none: N, some: S, all: A}}\n") "groups:\n- {group: adls, entry: adl, items: [bath, eat, dress]}\n";

static struct support s;
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }
static void teardown(void) { support_free(&s); }

static void open_programs(const struct support_program *programs) {
  struct support opened = support_load(form, NULL, programs);
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

static void open_rule(const char *rest) {
  const char *lua = ask_printf(s.arena, "return program { id = 'p', name = 'N', cite = 'C', %s }", rest);
  open_programs((struct support_program[]){{"p", lua, NULL}, {0}});
}

/* ---- the tree: 0 false, 1 true, 2 unknown ---- */

static const char *const three[] = {"false", "true", "null"};

START_TEST(every_node_is_three_valued) {
  static const char *const kinds[] = {"all {", "any {", "none {", "at_least { 1,", "at_least { 2,", "at_least { 3,"};
  open_rule(ask_printf(s.arena, "eligible = %s rule { 'x', 'x' }, rule { 'y', 'y' }, rule { 'z', 'z' } }", kinds[_i]));
  for (int n = 0; n < 27; n++) {
    int v[3] = {n % 3, n / 3 % 3, n / 9}, least = 0, most = 0;
    for (int i = 0; i < 3; i++) least += v[i] == 1, most += v[i] != 0;
    int needed = _i == 0 ? 3 : _i == 1 || _i == 2 ? 1 : _i - 2;
    enum ask_status wanted = least >= needed ? ASK_LIKELY : most < needed ? ASK_UNLIKELY : ASK_NEED_INFO;
    if (_i == 2 && wanted != ASK_NEED_INFO) wanted = wanted == ASK_LIKELY ? ASK_UNLIKELY : ASK_LIKELY;
    const char *yaml = ask_printf(s.arena, "{x: %s, y: %s, z: %s}", three[v[0]], three[v[1]], three[v[2]]);
    const struct ask_determination *d = support_run(&s, "p", yaml);
    ck_assert_msg(d->status == wanted, "%s %s: %s", kinds[_i], yaml, ask_status_text(d->status));
    ck_assert_uint_eq(d->missing_count, wanted == ASK_NEED_INFO ? (size_t)(most - least) : 0);
  }
}
END_TEST

START_TEST(likely_possible_and_the_rest) {
  open_rule(
      "eligible = rule { 'x', 'x' }, possible = any { rule { 'judge y', 'y' }, all { 'judge both', rule { 'z', 'z' }, rule { 'j', 'j' } } }");
  static const struct {
    const char *yaml;
    enum ask_status status;
    const char *reasons, *missing;
  } cases[] = {
      {"{x: true, y: false, z: false}", ASK_LIKELY, "", ""},
      {"{x: true, y: true, z: false}", ASK_POSSIBLE, "possible: judge y", ""},
      {"{x: true, y: true, z: true, j: true}", ASK_POSSIBLE, "possible: judge y\npossible: judge both", ""},
      {"{x: true, y: false}", ASK_NEED_INFO, "", "z,j"},
      {"{x: true}", ASK_NEED_INFO, "", "y,z,j"},
      {"{x: true, y: true}", ASK_POSSIBLE, "possible: judge y", ""},
      {"{x: false}", ASK_UNLIKELY, "unmet: x", ""},
      {"{x: false, y: true}", ASK_UNLIKELY, "unmet: x", ""},
      {"{y: true}", ASK_NEED_INFO, "", "x"},
      {"{}", ASK_NEED_INFO, "", "x"},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    const struct ask_determination *d = support_run(&s, "p", cases[i].yaml);
    ck_assert_msg(d->status == cases[i].status, "%s: %s", cases[i].yaml, ask_status_text(d->status));
    ck_assert_str_eq(support_reasons(&s, d), cases[i].reasons);
    ck_assert_str_eq(support_missing(&s, d), cases[i].missing);
  }
}
END_TEST

/* ---- why not ---- */

static const struct {
  const char *eligible, *yaml, *reasons, *because;
} unmet[] = {
    /* the parts of an all stand for themselves */
    {"all { 'whole', rule { 'first', 'x' }, rule { 'second', 'y' }, rule { 'third', 'z' } }",
     "{x: false, y: true, z: false}", "unmet: first\nunmet: third", "x,z"},
    {"all { rule { 'first', 'x' }, rule { 'second', 'y' } }", "{x: false}", "unmet: first", "x"},
    /* the alternatives of an any fail together, under its text if it has one */
    {"any { 'either', rule { 'first', 'x' }, rule { 'second', 'y' } }", "{x: false, y: false}", "unmet: either", "x,y"},
    {"any { rule { 'first', 'x' }, rule { 'second', 'y' } }", "{x: false, y: false}", "unmet: first\nunmet: second",
     "x,y"},
    {"any { 'either', all { 'both', rule { 'first', 'x' }, rule { 'second', 'y' } }, rule { 'third', 'z' } }",
     "{x: false, z: false}", "unmet: either", "x,z"},
    /* a bar names what applies, and only that */
    {"none { 'a bar applies', rule { 'first', 'x' }, rule { 'second', 'y' } }", "{x: false, y: true}",
     "unmet: a bar applies", "y"},
    {"none { rule { 'first', 'x' }, rule { 'second', 'y' } }", "{x: true, y: true}", "unmet: first\nunmet: second",
     "x,y"},
    {"none { any { 'one of them', rule { 'first', 'x' }, rule { 'second', 'y' } } }", "{x: false, y: true}",
     "unmet: one of them", "y"},
    {"none { all { rule { 'first', 'x' }, rule { 'second', 'y' } } }", "{x: true, y: true}",
     "unmet: first\nunmet: second", "x,y"},
    {"none { none { rule { 'first', 'x' }, rule { 'second', 'y' } } }", "{x: false, y: false}",
     "unmet: first\nunmet: second", "x,y"},
    {"at_least { 2, 'two of these', rule { 'first', 'x' }, rule { 'second', 'y' }, rule { 'third', 'z' } }",
     "{x: true, y: false, z: false}", "unmet: two of these", "y,z"},
    {"at_least { 2, rule { 'first', 'x' }, rule { 'second', 'y' }, rule { 'third', 'z' } }", "{x: false, z: false}",
     "unmet: first\nunmet: third", "x,z"},
    /* through derived items and worksheet lines */
    {"rule { 'is 18', 'age >= 18' }", "{dob: 2015-05-05}", "unmet: is 18", "age"},
    {"rule { 'few minors', 'minors <= 0' }", "{roster: [{dob: 2015-05-05}]}", "unmet: few minors", "minors"},
    {"rule { 'costs', 'double > 100' }", "{expenses: [{amount: 3}], living: own}", "unmet: costs", "total,rent"},
    {"rule { 'two', 'x and y' }", "{x: false}", "unmet: two", "x,y"},
};

START_TEST(says_what_is_not_met) {
  open_rule(
      ask_printf(s.arena, "worksheet = { line { 'double', '2 * total + rent' } }, eligible = %s", unmet[_i].eligible));
  const struct ask_determination *d = support_run(&s, "p", unmet[_i].yaml);
  ck_assert_int_eq(d->status, ASK_UNLIKELY);
  ck_assert_str_eq(support_reasons(&s, d), unmet[_i].reasons);
  ck_assert_str_eq(support_because(&s, d), unmet[_i].because);
}
END_TEST

START_TEST(reasons_carry_cite_and_code) {
  open_rule(
      "eligible = all { rule { 'old', 'age >= 60', cite = 'Law 1', code = 'p.young' }, rule { 'x', 'x', verified = false } }");
  const struct ask_determination *d = support_run(&s, "p", "{age: 30, x: false}");
  ck_assert_uint_eq(d->reason_count, 2);
  ck_assert_str_eq(d->reasons[0].cite, "Law 1");
  ck_assert_str_eq(d->reasons[0].code, "p.young");
  ck_assert(!d->reasons[0].unverified && d->reasons[1].unverified && !d->verified);
  ck_assert_str_eq(d->unverified[0], "x");
}
END_TEST

/* ---- what is missing ---- */

static const struct {
  const char *rule, *yaml, *missing;
} waiting[] = {
    {"x and y", "{}", "x,y"},
    {"x and y", "{x: true}", "y"},
    {"x or y", "{y: false}", "x"},
    {"x and age > 3", "{x: true}", "dob"},
    {"z and x or y", "{z: false}", "y"},
    {"age >= 18 and rent > 3", "{dob: 1950-01-01}", "living"},
    {"rent > 3", "{}", "living"},
    {"rent > 3", "{living: rent}", "rent"},
    {"rent > 3", "{living: {absent: declined}}", "living"},
    {"age > 18", "{dob: {absent: unknown}}", "dob"},
    {"age > 18", "{age: {absent: declined}}", "dob"},
    {"count(roster, member.age < 18) >= 1", "{}", "roster"},
    {"count(roster, member.age < 18) >= 1", "{roster: [{}, {dob: 1950-01-01}, {}]}", "roster[0].dob,roster[2].dob"},
    {"count(roster, member.age < 18) >= 1", "{roster: [{dob: 2020-01-01}, {}]}", NULL},
    {"minors >= 2", "{roster: [{dob: 2020-01-01}, {}]}", "roster[1].dob"},
    {"minors >= 2", "{minors: {absent: declined}}", "roster"},
    {"any(roster, member.works and member.age > 18)", "{roster: [{works: true}, {works: false}, {}]}",
     "roster[0].dob,roster[2].dob,roster[2].works"},
    {"any(roster, member.income > 100)", "{roster: [{incomes: [{amount: 3}, {}]}, {}]}",
     "roster[0].incomes[1].amount,roster[1].incomes"},
    {"any(roster, any(member.incomes, income.amount > 100))", "{roster: [{incomes: [{amount: 3}, {}]}, {incomes: []}]}",
     "roster[0].incomes[1].amount"},
    /* a derived item met inside a list is searched on its own */
    {"any(roster, member.works and total > 5)", "{roster: [{works: true}, {works: true}], expenses: [{amount: 3}, {}]}",
     "expenses[1].amount"},
    {"any(roster, member.works and minors > 1)", "{roster: [{works: true, dob: 2020-01-01}, {}]}",
     "roster[1].dob,roster[1].works"},
    {"any(roster, any(member.incomes, income.amount > member.income) or member.works)",
     "{roster: [{incomes: [{}]}, {incomes: [], works: false}]}", "roster[0].incomes[0].amount,roster[0].works"},
    {"any(roster, any(expenses, expense.amount > 5))", "{roster: [{}, {}], expenses: [{}, {amount: 9}]}", NULL},
    {"all(roster, all(expenses, expense.amount > 5))", "{roster: [{}, {}], expenses: [{}, {amount: 9}]}",
     "expenses[0].amount"},
    {"count(adls, adl >= 'some') >= 2", "{bath: all}", "eat,dress"},
    {"count(adls, adl >= 'some') >= 2", "{bath: all, dress: none}", "eat"},
    {"count(adls, adl >= 'some') >= 2", "{bath: all, dress: some}", NULL},
    {"count(adls, adl >= 'some') >= 2", "{bath: none, dress: none}", NULL},
    {"count(adls, adl >= 'some') >= 2", "{bath: {absent: declined}}", "bath,eat,dress"},
    /* the tenth comes after the second */
    {"all(roster, member.works)",
     "{roster: [{works: true}, {works: true}, {}, {works: true}, {works: true}, {works: true}, {works: true}, {works: true}, {works: true}, {works: true}, {}]}",
     "roster[2].works,roster[10].works"},
};

START_TEST(names_what_it_waits_for) {
  open_rule(ask_printf(s.arena, "eligible = rule { 'r', \"%s\" }", waiting[_i].rule));
  const struct ask_determination *d = support_run(&s, "p", waiting[_i].yaml);
  ck_assert_msg((d->status == ASK_NEED_INFO) == (waiting[_i].missing != NULL), "%s", ask_status_text(d->status));
  ck_assert_str_eq(support_missing(&s, d), waiting[_i].missing ? waiting[_i].missing : "");
}
END_TEST

START_TEST(missing_says_why_it_is_not_there) {
  open_rule("eligible = all { rule { 'x', 'x' }, rule { 'y', 'y' }, rule { 'z', 'z' } }");
  const struct ask_determination *d = support_run(&s, "p", "{x: {absent: declined}, y: {absent: unknown}}");
  ck_assert_uint_eq(d->missing_count, 3);
  ck_assert_int_eq(d->missing[0].absence, ASK_DECLINED);
  ck_assert_int_eq(d->missing[1].absence, ASK_NOT_KNOWN);
  ck_assert_int_eq(d->missing[2].absence, ASK_UNANSWERED);
  ck_assert_str_eq(s.catalogue->items[d->missing[2].item].spec->id, "z");
}
END_TEST

/* ---- programs that read programs ---- */

START_TEST(statuses_of_other_programs) {
  open_programs((struct support_program[]){
      {"a", PROGRAM("a", "eligible = rule { 'both', \"status.z == 'likely' and x\" }"), NULL},
      {"n", PROGRAM("n", "eligible = rule { 'not z', \"status.z == 'unlikely' or status.z == 'possible'\" }"), NULL},
      {"z",
       PROGRAM("z",
               "eligible = all { rule { 'y', 'y' }, rule { 'adult', 'age >= 18' } }, possible = rule { 'j', 'j' }"),
       NULL},
      {0}});
  static const struct {
    const char *yaml;
    enum ask_status a, n, z;
    const char *missing_a, *missing_n;
  } cases[] = {
      {"{x: true, y: true, age: 20, j: false}", ASK_LIKELY, ASK_UNLIKELY, ASK_LIKELY, "", ""},
      {"{x: true, y: true, age: 20, j: true}", ASK_UNLIKELY, ASK_LIKELY, ASK_POSSIBLE, "", ""},
      {"{y: false}", ASK_UNLIKELY, ASK_LIKELY, ASK_UNLIKELY, "", ""},
      {"{y: true, j: false}", ASK_NEED_INFO, ASK_NEED_INFO, ASK_NEED_INFO, "x,dob", "dob"},
      {"{x: false}", ASK_UNLIKELY, ASK_NEED_INFO, ASK_NEED_INFO, "", "y,dob"},
      {"{y: true, age: 20}", ASK_NEED_INFO, ASK_NEED_INFO, ASK_NEED_INFO, "x,j", "j"},
  };
  for (int i = 0; i < COUNT(cases); i++) {
    support_run(&s, "a", cases[i].yaml);
    const struct ask_determination *a = support_determination(&s, "a"), *n = support_determination(&s, "n"),
                                   *z = support_determination(&s, "z");
    ck_assert_msg(a->status == cases[i].a && n->status == cases[i].n && z->status == cases[i].z, "%s: %s %s %s",
                  cases[i].yaml, ask_status_text(a->status), ask_status_text(n->status), ask_status_text(z->status));
    ck_assert_str_eq(support_missing(&s, a), cases[i].missing_a);
    ck_assert_str_eq(support_missing(&s, n), cases[i].missing_n);
  }
}
END_TEST

/* Chosen programs bring what they depend on, but only the chosen ones are reported. */
START_TEST(selection_of_programs) {
  open_programs((struct support_program[]){{"a", SUPPORT_RULE("a", "status.c == 'likely'"), NULL},
                                           {"b", SUPPORT_RULE("b", "y"), NULL},
                                           {"c", SUPPORT_RULE("c", "status.d == 'unlikely'"), NULL},
                                           {"d", SUPPORT_RULE("d", "x"), NULL},
                                           {0}});
  bool chosen[4] = {true, false, false, false};
  struct ask_assess_options options = {.programs = chosen};
  support_assess(&s, "{x: false}", NULL, &options);
  ck_assert_uint_eq(s.result->determination_count, 1);
  ck_assert_int_eq(support_determination(&s, "a")->status, ASK_LIKELY);
  support_assess(&s, "{}", NULL, &options);
  ck_assert_str_eq(support_missing(&s, support_determination(&s, "a")), "x");
  ck_assert_str_eq(support_next(&s), "x<a");
  ck_assert_str_eq(support_what_if(&s, "a"), "x=false:likely x=true:unlikely");
  chosen[0] = false, chosen[1] = chosen[3] = true;
  support_assess(&s, "{x: false}", NULL, &options);
  ck_assert_uint_eq(s.result->determination_count, 2);
  ck_assert_str_eq(s.result->determinations[0].program->spec->id, "b");
  ck_assert_str_eq(s.result->determinations[1].program->spec->id, "d");
}
END_TEST

int main(void) {
  Suite *suite = suite_create("statuses");
  TCase *cases = tcase_create("status");
  tcase_add_checked_fixture(cases, start, teardown);
  tcase_add_loop_test(cases, every_node_is_three_valued, 0, 6);
  tcase_add_test(cases, likely_possible_and_the_rest);
  tcase_add_loop_test(cases, says_what_is_not_met, 0, COUNT(unmet));
  tcase_add_test(cases, reasons_carry_cite_and_code);
  tcase_add_loop_test(cases, names_what_it_waits_for, 0, COUNT(waiting));
  tcase_add_test(cases, missing_says_why_it_is_not_there);
  tcase_add_test(cases, statuses_of_other_programs);
  tcase_add_test(cases, selection_of_programs);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
