/* What to ask next, and what need not be asked. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"
#include "json/write.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct support s;
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }
static void teardown(void) { support_free(&s); }

static void open_all(const char *form, const struct support_program *programs) {
  struct support opened = support_load(form, NULL, programs);
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

static const char form[] = SUPPORT_FORM(
    "  - {id: a, type: bool, text: T}\n  - {id: b, type: bool, text: T}\n  - {id: c, type: bool, text: T}\n  - {id: never, type: bool, text: T}\n"
    "  - {id: living, type: choice, text: T, options: {rent: R, own: O}}\n"
    "  - {id: rent, type: money, text: T, ask_when: \"living == 'rent'\"}\n"
    "  - {id: dob, type: date, text: T}\n  - {id: age, type: integer, computed: 'years_between(dob, as_of)'}\n"
    "  - {id: noted, type: bool, text: T}\n"
    "  - {id: roster, type: list, entry: m, text: T, fields: [{id: works, type: bool, text: T}, {id: pay, type: money, text: T}]}\n");

#define P(id, rest) \
  { id, "return program { id = '" id "', name = 'N', cite = 'C', " rest " }", NULL }

static const struct support_program programs[] = {
    P("p", "eligible = all { rule { 'a', 'a' }, rule { 'b', 'b' } }, notes = { note { 'n', when = 'noted' } }"),
    P("q", "eligible = all { rule { 'b', 'b' }, rule { 'c', 'c' }, rule { 'rent', 'rent > 100' } }"),
    P("r", "eligible = rule { 'p and age', \"status.p == 'likely' and age >= 18\" }"),
    P("t", "eligible = rule { 'earns', 'any(roster, m.works and m.pay > 100)' }"),
    {0}};

static const struct {
  const char *yaml, *next, *not_asked;
} cases[] = {
    {"{}", "b<p,q,r a<p,r c<q living<q dob<r roster<t", "never:unread noted:unread"},
    {"{b: true}", "a<p,r c<q living<q dob<r roster<t", "never:unread noted:unread"},
    /* q is decided: what only it reads is not asked */
    {"{c: false}", "a<p,r b<p,r dob<r roster<t", "never:unread living:decided rent:decided noted:unread"},
    {"{a: false, c: false, roster: []}", "",
     "b:decided never:unread living:decided rent:decided dob:decided noted:unread"},
    {"{a: true, b: true, c: true, dob: 1950-01-01, living: own, roster: []}", "",
     "never:unread rent:hidden noted:unread"},
    {"{a: true, b: true, c: true, dob: 1950-01-01, living: rent, roster: []}", "rent<q", "never:unread noted:unread"},
    {"{a: true, b: {absent: declined}, living: {absent: unknown}}", "c<q dob<r roster<t",
     "b:absent never:unread living:absent noted:unread"},
    {"{b: false, roster: [{works: true}, {pay: 500}, {works: false}, {pay: 3}]}", "roster[0].pay<t roster[1].works<t",
     "a:decided c:decided never:unread living:decided rent:decided dob:decided noted:unread"},
    {"{b: false, roster: {absent: declined}}", "",
     "a:decided c:decided never:unread living:decided rent:decided dob:decided noted:unread roster:absent"},
};

START_TEST(asks_what_blocks_most) {
  open_all(form, programs);
  support_assess(&s, cases[_i].yaml, NULL, NULL);
  const char *before = support_dump(&s);
  ck_assert_str_eq(support_next(&s), cases[_i].next);
  ck_assert_str_eq(support_not_asked(&s), cases[_i].not_asked);
  ck_assert_str_eq(support_dump(&s), before);
}
END_TEST

/* Whether a household is asked something at all, as far as is known; and what follows from its answers. */
static const struct {
  const char *yaml;
  enum ask_applies rent;
  const char *questions;
} applying[] = {
    {"{}", ASK_APPLIES_MAYBE, "{\"hidden\":[],\"waits\":[\"rent\"],\"computed\":{}}"},
    {"{living: rent, dob: 1950-01-01}", ASK_APPLIES, "{\"hidden\":[],\"waits\":[],\"computed\":{\"age\":76}}"},
    {"{living: own}", ASK_APPLIES_NOT, "{\"hidden\":[\"rent\"],\"waits\":[],\"computed\":{}}"},
    {"{living: own, rent: 300}", ASK_APPLIES_NOT, "{\"hidden\":[\"rent\"],\"waits\":[],\"computed\":{}}"},
    {"{living: {absent: declined}}", ASK_APPLIES_MAYBE, "{\"hidden\":[],\"waits\":[\"rent\"],\"computed\":{}}"},
};

START_TEST(what_applies) {
  struct ask_buffer text = {0};
  open_all(form, programs);
  support_assess(&s, applying[_i].yaml, "2026-11-23", NULL);
  const struct ask_item *rent = ask_catalogue_item(s.catalogue, "rent");
  ck_assert_int_eq(ask_item_applies(s.workspace, rent), applying[_i].rent);
  ask_json_questions(&text, s.workspace, s.result);
  ck_assert_str_eq(text.bytes, applying[_i].questions);
  ask_buffer_free(&text);
}
END_TEST

/* An answer that changes no status, but how soon somebody has to act. */
START_TEST(urgency_alone) {
  static const struct support_program urgent[] = {
      P("u",
        "eligible = rule { 'a', 'a' }, level = first { { 'now', when = 'noted', urgency = 0 }, { 'later', otherwise = true } }"),
      {0}};
  open_all(form, urgent);
  support_assess(&s, "{a: true}", NULL, NULL);
  ck_assert_str_eq(support_next(&s), "");
  ck_assert_ptr_nonnull(strstr(support_not_asked(&s), "noted:urgency"));
  support_assess(&s, "{a: false}", NULL, NULL);
  ck_assert_ptr_nonnull(strstr(support_not_asked(&s), "noted:unread"));
}
END_TEST

/* Asking in that order ends, and every question counts: the status of some program changes within what was asked. */
START_TEST(asking_ends) {
  static const char *const given[] = {"a: true",   "b: true",         "c: true",   "living: rent",
                                      "rent: 300", "dob: 1950-01-01", "roster: []"};
  open_all(form, programs);
  char yaml[400] = "{";
  for (int asked = 0;; asked++) {
    support_assess(&s, ask_printf(s.arena, "%s}", yaml), NULL, NULL);
    const struct ask_next *next;
    if (ask_next_items(s.workspace, &next, NULL, NULL) == 0) {
      ck_assert_int_eq(asked, COUNT(given));
      break;
    }
    int found = 0;
    while (strncmp(given[found], next[0].path, strlen(next[0].path)) != 0 || given[found][strlen(next[0].path)] != ':')
      found++;
    strcat(yaml, given[found]);
    strcat(yaml, ", ");
  }
  for (size_t i = 0; i < s.result->determination_count; i++)
    ck_assert_int_ne(s.result->determinations[i].status, ASK_NEED_INFO);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("next questions");
  TCase *tests = tcase_create("next");
  tcase_add_checked_fixture(tests, start, teardown);
  tcase_add_loop_test(tests, asks_what_blocks_most, 0, COUNT(cases));
  tcase_add_loop_test(tests, what_applies, 0, COUNT(applying));
  tcase_add_test(tests, urgency_alone);
  tcase_add_test(tests, asking_ends);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
