/* Questions counted: separate intakes, the merged one, and one household's. */
#include <check.h>
#include <string.h>

#include "model/burden.h"
#include "unit/support.h"

static struct support s;
static void teardown(void) { support_free(&s); }

/* total can be asked itself or follow from the list; rent only if one rents. */
static const char form[] = SUPPORT_FORM(
    "  - {id: name, type: text, text: T, every_intake: true}\n"
    "  - {id: a, type: bool, text: T}\n  - {id: b, type: bool, text: T}\n"
    "  - {id: living, type: choice, text: T, options: {rent: R, own: O}}\n"
    "  - {id: rent, type: money, text: T, ask_when: \"living == 'rent'\", if_not_asked: 0}\n"
    "  - {id: pays, type: list, entry: pay, text: T, fields: [{id: amount, type: money, text: T}]}\n"
    "  - {id: total, type: money, text: T, computed: 'sum(pays, pay.amount)'}\n"
    "  - {id: rich, type: bool, computed: 'total > 1000'}\n"
    "  - {id: note, type: bool, text: T}\n  - {id: unread, type: bool, text: T}\n");

#define P(id, rest) \
  { id, "return program { id = '" id "', name = 'N', cite = 'C', " rest " }", NULL }
static const struct support_program programs[] = {
    P("p", "eligible = all { rule { 'a', 'a' }, rule { 'b', 'b' } }, notes = { note { 'n', when = 'note' } }"),
    P("q", "eligible = all { rule { 'not rich', 'not rich' }, rule { 'rent', 'rent < 500' } }"),
    P("r", "eligible = rule { 'as p', \"status.p == 'likely' and not rich\" }"),
    {0}};

static void start(void) {
  s = support_load(form, NULL, programs);
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

static const char *items_of(const int32_t *items, size_t count) {
  const char *text = "";
  for (size_t i = 0; i < count; i++)
    text = ask_printf(s.arena, "%s%s%s", text, i ? " " : "", s.catalogue->items[items[i]].spec->id);
  return text;
}

START_TEST(an_intake_asks_what_its_rule_reads_and_what_all_ask) {
  struct ask_burden burden;
  ask_burden_count(s.arena, s.catalogue, NULL, &burden);
  const struct ask_program *q = ask_catalogue_program(s.catalogue, "q"), *r = ask_catalogue_program(s.catalogue, "r");
  ck_assert_str_eq(items_of(q->questions, q->question_count), "living rent total"); /* the total, not its parts */
  ck_assert_str_eq(items_of(r->questions, r->question_count), "a b total"); /* what p's status needs, not its notes */
  ck_assert_uint_eq(burden.program_count, 3);
  ck_assert_uint_eq(burden.questions[0], 4); /* name a b note */
  ck_assert_uint_eq(burden.questions[1], 4); /* name living rent total */
  ck_assert_uint_eq(burden.questions[2], 4); /* name a b total */
  ck_assert_uint_eq(burden.separate, 12);
  ck_assert_uint_eq(burden.merged, 7);
  ck_assert_uint_eq(burden.every_intake, 1);
  ck_assert_uint_eq(burden.gated, 1);
  ck_assert_uint_eq(burden.single, 3); /* note living rent */
  ck_assert_str_eq(s.catalogue->items[burden.items[0].item].spec->id, "name");
  ck_assert_uint_eq(burden.items[0].uses, 3);
  ck_assert_uint_eq(burden.items[burden.merged - 1].uses, 1);
  const bool only_q[] = {false, true, false};
  ask_burden_count(s.arena, s.catalogue, only_q, &burden);
  ck_assert_uint_eq(burden.separate, 4);
  ck_assert_uint_eq(burden.merged, 4);
  ck_assert_uint_eq(burden.questions[0], 0);
}
END_TEST

static const struct {
  const char *yaml, *asked;
  size_t not_known, total, full, separate, settled, open;
} plays[] = {
    /* a is false: p and r are decided; b is never asked. Questions that hang on "own" are not part of its form. */
    {"{name: N, a: false, b: true, living: own, total: 200, note: true}", "a living total", 0, 4, 6, 11, 3, 0},
    {"{name: N, a: true, b: true, living: rent, rent: 300, total: 200, note: true}", "a b total living rent", 0, 6, 7, 12, 3, 0},
    /* the total follows from the list that was given */
    {"{a: false, living: own, pays: [{amount: 700}, {amount: 600}]}", "a living total", 0, 4, 6, 11, 3, 0},
    /* what the household does not say is asked once, and not known */
    {"{a: true, living: own, total: 10}", "a b total living", 1, 5, 6, 11, 1, 2},
    {"{}", "a b total living", 4, 5, 7, 12, 0, 3},
    {"{a: {absent: declined}, b: false, total: 2000}", "a b living total", 1, 5, 7, 12, 3, 0},
};

START_TEST(plays_the_intake_of_a_household) {
  struct ask_burden burden;
  struct ask_burden_household h;
  struct ask_problems problems = {.arena = s.arena};
  ask_burden_count(s.arena, s.catalogue, NULL, &burden);
  ck_assert(ask_burden_play(s.arena, s.workspace, support_answers(&s, plays[_i].yaml, NULL), &burden, &h, &problems));
  ck_assert_str_eq(items_of(h.asked, h.asked_count), plays[_i].asked);
  ck_assert_uint_eq(h.not_known, plays[_i].not_known);
  ck_assert_uint_eq(h.total, plays[_i].total);
  ck_assert_uint_eq(h.full, plays[_i].full);
  ck_assert_uint_eq(h.separate, plays[_i].separate);
  ck_assert_uint_eq(h.settled, plays[_i].settled);
  ck_assert_uint_eq(h.open, plays[_i].open);
}
END_TEST

START_TEST(answers_that_contradict_each_other_are_refused) {
  struct ask_burden burden;
  struct ask_burden_household h;
  struct ask_problems problems = {.arena = s.arena};
  ask_burden_count(s.arena, s.catalogue, NULL, &burden);
  ck_assert(!ask_burden_play(s.arena, s.workspace, support_answers(&s, "{total: 5, pays: [{amount: 6}]}", NULL), &burden, &h,
                             &problems));
  ck_assert_uint_eq(problems.errors, 1);
}
END_TEST

START_TEST(many_households_have_a_median_and_a_ninth_tenth) {
  struct ask_burden_household list[10];
  for (size_t i = 0; i < 10; i++) list[i] = (struct ask_burden_household){.total = 10 - i, .full = 20};
  struct ask_burden_summary ten = ask_burden_summarize(s.arena, list, 10);
  ck_assert_uint_eq(ten.asked.median, 5);
  ck_assert_uint_eq(ten.asked.p90, 9);
  ck_assert_uint_eq(ten.full.p90, 20);
  ck_assert_uint_eq(ten.percent.median, 25);
  ck_assert_uint_eq(ten.percent.p90, 45);
  struct ask_burden_summary one = ask_burden_summarize(s.arena, list, 1);
  ck_assert_uint_eq(one.asked.median, 10);
  ck_assert_uint_eq(one.asked.p90, 10);
}
END_TEST

static Suite *burden_suite(void) {
  Suite *suite = suite_create("model burden");
  TCase *t = tcase_create("burden");
  tcase_add_checked_fixture(t, start, teardown);
  tcase_add_test(t, an_intake_asks_what_its_rule_reads_and_what_all_ask);
  tcase_add_loop_test(t, plays_the_intake_of_a_household, 0, (int)(sizeof plays / sizeof *plays));
  tcase_add_test(t, answers_that_contradict_each_other_are_refused);
  tcase_add_test(t, many_households_have_a_median_and_a_ninth_tenth);
  suite_add_tcase(suite, t);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(burden_suite());
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
