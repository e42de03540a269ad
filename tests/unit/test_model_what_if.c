/* What single change of one answer would change a status: exact thresholds, each option; and the result stays as it was. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: flag, type: bool, text: T}\n"
    "  - {id: age, type: integer, text: T, min: 0, max: 120}\n"
    "  - {id: size, type: integer, text: T}\n"
    "  - {id: rate, type: decimal, text: T, max: 2}\n"
    "  - {id: rent, type: money, text: T, max: 20000}\n"
    "  - {id: income, type: money, text: T}\n"
    "  - {id: dob, type: date, text: T, max: as_of}\n"
    "  - {id: years, type: integer, computed: 'years_between(dob, as_of)'}\n"
    "  - {id: living, type: choice, text: T, options: {rent: R, own: O, street: S, decline: {text: D, declines: true}}}\n"
    "  - {id: kinds, type: choices, text: T, options: {snap: S, ca: C}}\n"
    "  - {id: name, type: text, text: T}\n"
    "  - {id: roster, type: list, entry: m, text: T, fields: [{id: n, type: integer, text: T}]}\n"
    "  - {id: deposit, type: money, text: T, ask_when: \"living == 'rent'\", if_not_asked: 0}\n"
    "  - {id: total, type: money, computed: rent + income}\n");

static const char parameters[] =
    "limit: {unit: USD, source: S, values: {2024-01-01: {table: {1: 1696, 2: 2292, each_more: 596}}}}\n";

static struct support s;
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }
static void teardown(void) { support_free(&s); }

static void open_all(const struct support_program *programs) {
  struct support opened = support_load(form, parameters, programs);
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

static const struct {
  const char *rule, *yaml, *changes;
} cases[] = {
    /* money to the cent, whole numbers, decimals to the last place, dates to the day */
    {"rent <= 1234.56", "{rent: 5000}", "rent<=1234.56:likely | r"},
    {"rent <= 1234.56", "{rent: 1234.57}", "rent<=1234.56:likely | r"},
    {"rent <= 1234.56", "{rent: 100}", "rent>=1234.57:unlikely"},
    {"rent > 19999.99", "{rent: 0}", "rent>=20000.00:likely | r"},
    {"rent > 20000", "{rent: 0}", " | r"},
    {"age >= 60", "{age: 42}", "age>=60:likely | r"},
    {"age >= 60", "{age: 60}", "age<=59:unlikely"},
    {"age >= 60", "{age: 119}", "age<=59:unlikely"},
    {"age >= 18 and age < 21", "{age: 30}", "age<=20:likely | r"},
    {"age >= 18 and age < 21", "{age: 19}", "age<=17:unlikely age>=21:unlikely"},
    {"age >= 18 and age < 21", "{age: 0}", "age>=18:likely | r"},
    {"age > 120", "{age: 30}", " | r"},
    {"rate * 3 > 1", "{rate: 0.1}", "rate>=0.333334:likely | r"},
    {"dob <= '1966-11-23'", "{dob: 2000-02-29}", "dob<=\"1966-11-23\":likely | r"},
    {"years >= 60", "{dob: 2000-02-29}", "dob<=\"1966-11-23\":likely | r"},
    {"income <= limit[size]", "{income: 2000, size: 1}", "size>=2:likely income<=1696.00:likely | r"},
    {"2 * (income + rent) // 3 <= limit[1] // 1", "{income: 4000, rent: 1000}", "income<=1545.49:likely | r"},
    /* words: each option, not the one that declines */
    {"living == 'rent'", "{living: own}", "living=\"rent\":likely | r"},
    {"living ~= 'rent'", "{living: rent}", "living=\"own\":likely living=\"street\":likely | r"},
    {"living == 'rent'", "{living: rent}", "living=\"own\":unlikely living=\"street\":unlikely"},
    {"has(kinds, 'snap') and not has(kinds, 'ca')", "{kinds: [ca, snap]}", "kinds=[\"snap\"]:likely | r"},
    {"flag", "{flag: false}", "flag=true:likely | r"},
    {"flag", "{flag: true}", "flag=false:unlikely"},
    /* not answered yet: what an answer would give */
    {"flag", "{}", "flag=true:likely flag=false:unlikely"},
    {"age >= 60", "{}", "age>=60:likely age<=59:unlikely"},
    {"rent <= 1234.56", "{}", "rent<=1234.56:likely rent>=1234.57:unlikely"},
    {"age >= 0", "{}", "age>=0:likely"},
    {"living == 'own'", "{living: {absent: declined}}",
     "living=\"own\":likely living=\"rent\":unlikely living=\"street\":unlikely"},
    {"flag and age > 3", "{flag: true}", "age>=4:likely flag=false:unlikely age<=3:unlikely"},
    {"flag and age > 3", "{}", "flag=false:unlikely age<=3:unlikely"},
    /* what is hidden cannot be changed; its gate can, and what is hidden then counts */
    {"deposit > 100", "{living: own, deposit: 500}", "living=\"rent\":likely | r"},
    {"deposit > 100", "{living: own}", "living=\"rent\":need_info | r"},
    /* no lists, no texts */
    {"count(roster) > 3", "{roster: []}", " | r"},
    {"name == 'x'", "{name: y}", " | r"},
    /* two changes are not one */
    {"flag and age > 3", "{flag: false, age: 1}", " | r"},
    /* an error is a status too */
    {"10 // size > 2", "{size: 20}", "size<=3:likely | r"},
    {"limit[size] > 0 and size < 3", "{}", "size>=1:likely"},
};

START_TEST(smallest_changes) {
  const char *lua = ask_printf(
      s.arena, "return program { id = 'p', name = 'N', cite = 'C', eligible = rule { 'r', \"%s\" } }", cases[_i].rule);
  open_all((struct support_program[]){{"p", lua, NULL}, {0}});
  support_assess(&s, cases[_i].yaml, NULL, NULL);
  const char *before = support_dump(&s);
  ck_assert_str_eq(support_what_if(&s, "p"), cases[_i].changes);
  ck_assert_str_eq(support_dump(&s), before);
  ck_assert_str_eq(support_what_if(&s, "p"), cases[_i].changes);
  ck_assert_str_eq(support_dump(&s), before);
}
END_TEST

START_TEST(unmet_criteria) {
  open_all((struct support_program[]){
      {"p",
       "return program { id = 'p', name = 'N', cite = 'C', eligible = all { rule { 'met', 'flag' }, rule { 'old', 'age > 60' },"
       " none { rule { 'owner', \"living == 'own'\" }, rule { 'renter', \"living == 'rent'\" } },"
       " any { rule { 'poor', 'income < 10' }, rule { 'unknown', 'size > 1' } } } }",
       NULL},
      {0}});
  support_assess(&s, "{flag: true, age: 30, living: own, income: 300}", NULL, NULL);
  ck_assert_str_eq(support_what_if(&s, "p"), " | old; owner");
  support_assess(&s, "{flag: true, age: 61, living: street, income: 3}", NULL, NULL);
  ck_assert_ptr_null(strstr(support_what_if(&s, "p"), "old"));
}
END_TEST

/* Everything that a result says stands as it was: of this program, of those it reads, and of those that read it. */
START_TEST(the_result_stands) {
  open_all((struct support_program[]){
      {"a",
       "return program { id = 'a', name = 'N', cite = 'C', worksheet = { line { 'x', 'total * 2' } },"
       " eligible = rule { 'r', \"x < 9000 and status.b == 'likely'\" }, possible = rule { 'j', 'flag' }, score = 'age + size',"
       " amount = amount { 'max(0, 300 - rent)', per = 'month' }, notes = { note { 'n', when = \"status.a == 'likely'\" } },"
       " level = first { { 'now', when = 'age > 60', act_within = hours(24) }, { 'later', otherwise = true } } }",
       NULL},
      {"b",
       "return program { id = 'b', name = 'N', cite = 'C', eligible = rule { 'r', 'sum(roster, m.n) + age > 20 and deposit < 100' },"
       " score = 'count(roster, m.n > 1)' }",
       NULL},
      {"c", "return program { id = 'c', name = 'N', cite = 'C', eligible = rule { 'r', \"status.a == 'likely'\" } }",
       NULL},
      {0}});
  static const char *const households[] = {
      "{flag: false, age: 30, size: 2, rent: 100, income: 900, roster: [{n: 1}, {n: 2}], living: own, deposit: 7}",
      "{flag: true, age: 70, size: 2, rent: 5000, income: 900, roster: [{n: 1}, {}], living: rent}", "{}",
      "{age: 5, roster: [], living: own}"};
  for (int i = 0; i < COUNT(households); i++) {
    support_assess(&s, households[i], NULL, NULL);
    const char *before = support_dump(&s), *next = support_next(&s), *not_asked = support_not_asked(&s),
               *changes = NULL;
    for (int round = 0; round < 2; round++)
      for (const char *id = "abc"; *id; id++) {
        const char *found = support_what_if(&s, (char[]){*id, 0});
        if (*id == 'a' && round == 0) changes = found;
        if (*id == 'a') ck_assert_str_eq(found, changes);
        ck_assert_str_eq(support_dump(&s), before);
        ck_assert_str_eq(support_next(&s), next);
        ck_assert_str_eq(support_not_asked(&s), not_asked);
      }
  }
}
END_TEST

/* Each change that is named does what it says, and one step less does not. */
START_TEST(changes_hold_when_tried) {
  open_all((struct support_program[]){
      {"p",
       "return program { id = 'p', name = 'N', cite = 'C', eligible = all { rule { 'poor', 'rent * 0.3 + income <= limit[size]' },"
       " rule { 'old', 'age >= 18' } }, possible = rule { 'j', 'age < 21' } }",
       NULL},
      {0}});
  size_t tried = 0;
  for (int age = 17; age <= 22; age++)
    for (int rent = 0; rent <= 4000; rent += 1333) {
      struct ask_what_if what;
      struct ask_answers *answers =
          support_answers(&s, ask_printf(s.arena, "{age: %d, rent: %d.17, income: 1000, size: 1}", age, rent), NULL);
      struct ask_problems problems = {.arena = s.arena};
      ck_assert(ask_assess(s.workspace, answers, NULL, &problems) != NULL);
      const struct ask_program *p = ask_catalogue_program(s.catalogue, "p");
      ask_what_if(s.workspace, p, &what);
      struct ask_change *changes = ask_alloc_array(s.arena, what.change_count, sizeof *changes);
      enum ask_status now = what.status;
      size_t count = what.change_count;
      if (count) memcpy(changes, what.changes, count * sizeof *changes);
      tried += count;
      for (size_t i = 0; i < count; i++) {
        struct ask_value *cell = &answers->items[changes[i].item], before = *cell;
        cell->word = changes[i].to.word;
        const struct ask_result *r = ask_assess(s.workspace, answers, NULL, &problems);
        ck_assert_int_eq(r->determinations[0].status, changes[i].status);
        cell->word += changes[i].kind == ASK_CHANGE_AT_MOST ? 1 : -1;
        r = ask_assess(s.workspace, answers, NULL, &problems);
        ck_assert_int_eq(r->determinations[0].status, now);
        *cell = before;
      }
    }
  ck_assert_uint_gt(tried, 30);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("what if");
  TCase *tests = tcase_create("what if");
  tcase_add_checked_fixture(tests, start, teardown);
  tcase_add_loop_test(tests, smallest_changes, 0, COUNT(cases));
  tcase_add_test(tests, unmet_criteria);
  tcase_add_test(tests, the_result_stands);
  tcase_add_test(tests, changes_hold_when_tried);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
