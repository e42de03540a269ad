/* What follows from a status: levels and deadlines, scores, amounts, notes, documents, the next step, what is not verified,
 * and functions written in Lua (here stood in for by the test). */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: x, type: bool, text: T}\n  - {id: y, type: bool, text: T}\n  - {id: z, type: bool, text: T}\n"
    "  - {id: n, type: integer, text: T}\n  - {id: m, type: integer, text: T}\n"
    "  - {id: rent, type: money, text: T}\n");
static const char parameters[] = "worth: {unit: points, source: S, values: {2024-01-01: {table: {a: 5, b: 2}}}}\n"
                                 "ends: {unit: USD, source: S, values: {2024-01-01: {value: 1, until: 2025-12-31}}}\n";
/* Thanksgiving 2026, Christmas, New Year's Day. */
static const char holidays[] =
    "source: S\ncomplete_from: 2026-01-01\ncomplete_until: 2027-12-31\nholidays:\n"
    "  2026-11-26: Thanksgiving Day\n  2026-12-25: Christmas Day\n  2027-01-01: New Year's Day\n";

static struct support s;
static int calls;

/* Function 0 gives 2 * the first argument, a fault for 13; function 1 tells whether the second is larger than the first. */
static struct ask_value call(void *context, const struct ask_program *program, int32_t function,
                             const struct ask_value *arguments, size_t count, enum ask_type result, char *message,
                             size_t size) {
  ++*(int *)context;
  ck_assert_str_eq(program->spec->id, "p");
  ck_assert_uint_eq(count, function == 0 ? 1 : 2);
  for (size_t i = 0; i < count; i++) ck_assert_int_eq(arguments[i].state, ASK_KNOWN);
  if (function == 1) {
    ck_assert_int_eq(result, ASK_BOOL);
    return (struct ask_value){.word = arguments[1].word > arguments[0].word};
  }
  ck_assert_int_eq(result, ASK_INTEGER);
  if (arguments[0].word != 13) return (struct ask_value){.word = 2 * arguments[0].word};
  snprintf(message, size, "thirteen is unlucky");
  return (struct ask_value){.state = ASK_FAULT};
}

static void start(void) { s = (struct support){.arena = ask_arena_new()}, calls = 0; }
static void teardown(void) { support_free(&s); }

static void open_program(const char *rest) {
  static const struct ask_host host = {&calls, call};
  const char *lua = ask_printf(s.arena, "return program { id = 'p', name = 'N', cite = 'C', %s }", rest);
  struct support opened = support_open(
      &(struct support_source){.form = form,
                               .parameters = parameters,
                               .holidays = holidays,
                               .programs = (struct support_program[]){{"p", lua, NULL}, {0}},
                               .host = &host});
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

static const struct ask_determination *run(const char *yaml) { return support_run(&s, "p", yaml); }

/* ---- levels ---- */

static const char levels[] = "eligible = rule { 'z', 'z' }, level = first {"
                             " { 'now', when = 'x', act_within = hours(24), urgency = 1 },"
                             " { 'soon', when = 'y', act_within = business_days(3), verified = false },"
                             " { 'standard', otherwise = true, act_within = days(30) } }";

static const struct {
  const char *yaml, *level, *could_be, *missing;
  int urgency;
} found_levels[] = {
    {"{z: true, x: true, y: true}", "now", NULL, "", 1},
    {"{z: true, x: false, y: true}", "soon", NULL, "", 3},
    {"{z: true, x: false, y: false}", "standard", NULL, "", 6},
    {"{z: true}", "standard", "now", "x", 6},
    {"{z: true, x: false}", "standard", "soon", "y", 6},
    {"{z: true, y: true}", "soon", "now", "x", 3},
    /* not decided yet: what holds already holds, nothing else is said to be standard */
    {"{x: true}", "now", NULL, "", 1},
    {"{x: false, y: true}", "soon", NULL, "", 3},
    {"{x: false, y: false}", NULL, NULL, "", 7},
    {"{}", NULL, "now", "x", 7},
    {"{z: false, x: true}", NULL, NULL, "", 7},
};

START_TEST(the_first_level_that_holds) {
  open_program(levels);
  const struct ask_determination *d = run(found_levels[_i].yaml);
  ck_assert_pstr_eq(d->level ? d->level->name : NULL, found_levels[_i].level);
  ck_assert_pstr_eq(d->could_be ? d->could_be->name : NULL, found_levels[_i].could_be);
  ck_assert_str_eq(support_paths(&s, d->could_be_missing, d->could_be_missing_count), found_levels[_i].missing);
  ck_assert_int_eq(d->urgency, found_levels[_i].urgency);
  ck_assert_int_eq(d->has_deadline, d->level != NULL);
  ck_assert_int_eq(d->verified, !d->level || strcmp(d->level->name, "soon") != 0);
}
END_TEST

/* 2026-11-23 is a Monday; Thursday the 26th is Thanksgiving Day. */
static const struct {
  const char *within, *as_of, *deadline;
  int urgency;
} deadlines[] = {
    {"hours(1)", "2026-11-23", "2026-11-24", 2},          {"hours(24)", "2026-11-23", "2026-11-24", 2},
    {"hours(25)", "2026-11-23", "2026-11-25", 4},         {"hours(0)", "2026-11-23", "2026-11-23", 1},
    {"days(0)", "2026-11-23", "2026-11-23", 1},           {"days(7)", "2026-11-23", "2026-11-30", 4},
    {"days(12)", "2026-11-23", "2026-12-05", 5},          {"days(30)", "2026-11-23", "2026-12-23", 6},
    {"days(31)", "2026-11-23", "2026-12-24", 7},          {"business_days(0)", "2026-11-23", "2026-11-23", 2},
    {"business_days(1)", "2026-11-23", "2026-11-24", 2},  {"business_days(3)", "2026-11-23", "2026-11-27", 3},
    {"business_days(4)", "2026-11-23", "2026-11-30", 4},  {"business_days(1)", "2026-11-27", "2026-11-30", 2},
    {"business_days(1)", "2026-11-28", "2026-11-30", 2},  {"business_days(1)", "2026-11-29", "2026-11-30", 2},
    {"business_days(5)", "2026-12-24", "2027-01-04", 4},  {"business_days(20)", "2026-11-23", "2026-12-22", 6},
    {"business_days(21)", "2026-11-23", "2026-12-23", 7},
};

START_TEST(deadlines_over_weekends_and_holidays) {
  open_program(ask_printf(
      s.arena, "eligible = rule { 'z', 'z' }, level = first { { 'one', otherwise = true, act_within = %s } }",
      deadlines[_i].within));
  support_assess(&s, "{z: true}", deadlines[_i].as_of, NULL);
  const struct ask_determination *d = support_determination(&s, "p");
  char text[16];
  ck_assert(d->has_deadline);
  ask_date_text(d->deadline, text);
  ck_assert_str_eq(text, deadlines[_i].deadline);
  ck_assert_int_eq(d->urgency, deadlines[_i].urgency);
}
END_TEST

START_TEST(no_deadline_without_a_limit) {
  open_program("eligible = rule { 'z', 'z' }, level = first { { 'one', otherwise = true } }");
  ck_assert(run("{z: true}")->level && !run("{z: true}")->has_deadline);
  ck_assert_int_eq(run("{z: true}")->urgency, 7);
}
END_TEST

/* Levels may speak of the status just found. */
START_TEST(levels_read_their_own_status) {
  open_program(
      "eligible = rule { 'z', 'z' }, possible = rule { 'x', 'x' }, level = first { { 'sure', when = \"status.p == 'likely'\" },"
      " { 'perhaps', when = \"status.p == 'possible'\" }, { 'open', when = \"status.p == 'need_info'\" } },"
      " notes = { note { 'not now', when = \"status.p == 'unlikely'\" } }");
  ck_assert_str_eq(run("{z: true, x: false}")->level->name, "sure");
  ck_assert_str_eq(run("{z: true, x: true}")->level->name, "perhaps");
  ck_assert_str_eq(run("{}")->level->name, "open");
  ck_assert_str_eq(support_reasons(&s, run("{z: false}")), "unmet: z\nnote: not now");
}
END_TEST

/* ---- scores and amounts ---- */

static void has_score(const char *yaml, int state, int64_t word) {
  const struct ask_determination *d = run(yaml);
  ck_assert(d->has_score);
  ck_assert_msg(d->score.state == state && (state || d->score.word == word), "%s: %d %lld", yaml, d->score.state,
                (long long)d->score.word);
}

START_TEST(scores_are_whole_or_absent) {
  open_program(
      "eligible = rule { 'z', 'z' }, score = points { point { 'x', when = 'x', points = 'worth.a' }, point { 'y', when = 'y', points = 2 },"
      " point { 'n', when = 'n > 3', points = -1 } }");
  has_score("{z: true, x: true, y: true, n: 4}", ASK_KNOWN, 6);
  has_score("{z: true, x: true, y: false, n: 3}", ASK_KNOWN, 5);
  has_score("{z: true, x: false, y: false, n: 4}", ASK_KNOWN, -1);
  has_score("{z: true, x: true, y: true}", ASK_UNKNOWN, 0);
  has_score("{z: true, x: true, y: {absent: declined}, n: 4}", ASK_UNKNOWN, 0);
  has_score("{x: true, y: true, n: 4}", ASK_KNOWN, 6);
  has_score("{z: false, x: false, y: false, n: 1}", ASK_KNOWN, 0);
  ck_assert(!run("{}")->has_amount);
}
END_TEST

START_TEST(scores_by_formula) {
  open_program("eligible = rule { 'z', 'z' }, score = '2 * n + m'");
  has_score("{z: true, n: 3, m: 1}", ASK_KNOWN, 7);
  has_score("{z: true, n: 3}", ASK_UNKNOWN, 0);
  has_score("{z: true, n: 9223372036854775807, m: 1}", ASK_FAULT, 0);
  ck_assert_int_eq(run("{z: true, n: 9223372036854775807, m: 1}")->status, ASK_LIKELY);
}
END_TEST

START_TEST(amounts_for_those_who_may_get_them) {
  open_program(
      "eligible = rule { 'z', 'z' }, possible = rule { 'x', 'x' }, worksheet = { line { 'benefit', 'max(0, 300 - 0.3 * rent)' } },"
      " amount = amount { 'benefit', per = 'month', text = 'Benefit' }");
  ck_assert_int_eq(run("{z: true, x: false, rent: 100.05}")->amount.word, 26998);
  ck_assert_int_eq(run("{z: true, x: true, rent: 100}")->amount.word, 27000);
  ck_assert_int_eq(run("{z: true, x: true, rent: 100}")->amount.state, ASK_KNOWN);
  ck_assert_int_eq(run("{z: true, x: true, rent: 9000}")->amount.word, 0);
  ck_assert_int_eq(run("{z: true, x: true}")->amount.state, ASK_UNKNOWN);
  ck_assert_int_eq(run("{z: false, rent: 100}")->amount.state, ASK_UNKNOWN);
  ck_assert_int_eq(run("{rent: 100}")->amount.state, ASK_UNKNOWN);
  ck_assert(run("{}")->has_amount && !run("{}")->has_score);
}
END_TEST

/* ---- notes, documents, next step ---- */

static const char *documents(const struct ask_determination *d) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < d->document_count; i++) ask_buffer_printf(&text, "%s%s", i ? "," : "", d->documents[i]->text);
  const char *copy = ask_strdup(s.arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

START_TEST(notes_documents_and_next_step) {
  open_program(
      "eligible = rule { 'z', 'z' }, notes = { note { 'always' }, note { 'when x', when = 'x', cite = 'L', code = 'p.x' } },"
      " documents = { 'ID', document { 'Lease', when = 'x' }, document { 'Letter', when = 'y' } },"
      " next_step = first { { 'call', when = 'x' }, { 'write', when = 'y' }, { 'come', otherwise = true } }");
  const struct ask_determination *d = run("{z: true, x: true, y: false}");
  ck_assert_str_eq(support_reasons(&s, d), "note: always\nnote: when x");
  ck_assert_str_eq(d->reasons[1].code, "p.x");
  ck_assert_str_eq(documents(d), "ID,Lease");
  ck_assert_str_eq(d->next_step, "call");
  d = run("{z: true}"); /* a note has to hold, a document may be wanted */
  ck_assert_str_eq(support_reasons(&s, d), "note: always");
  ck_assert_str_eq(documents(d), "ID,Lease,Letter");
  ck_assert_str_eq(d->next_step, "come");
  d = run("{z: true, x: false, y: true}");
  ck_assert_str_eq(documents(d), "ID,Letter");
  ck_assert_str_eq(d->next_step, "write");
  d = run("{z: false, x: true, y: true}");
  ck_assert_str_eq(support_reasons(&s, d), "unmet: z\nnote: always\nnote: when x");
  ck_assert_str_eq(documents(d), "");
  ck_assert_ptr_null(d->next_step);
  ck_assert_str_eq(documents(run("{}")), "ID,Lease,Letter");
}
END_TEST

START_TEST(all_that_is_not_verified) {
  open_program(
      "verified = false, worksheet = { line { 'l', 'n', text = 'The line', verified = false } },"
      " eligible = any { verified = false, rule { 'z', 'z or l > 3', verified = false } }, possible = rule { 'never', 'false', verified = false },"
      " notes = { note { 'a note', when = 'x', verified = false } }, documents = { document { 'Lease', when = 'x', verified = false } },"
      " next_step = first { { 'go', when = 'x', verified = false }, { 'stay', otherwise = true } }, review = { months = 3, verified = false }");
  const struct ask_determination *d = run("{z: true, x: true}");
  struct ask_buffer text = {0};
  for (size_t i = 0; i < d->unverified_count; i++) ask_buffer_printf(&text, "%s; ", d->unverified[i]);
  ck_assert_str_eq(text.bytes,
                   "a note; Lease; next step: go; the whole program; when to review it; a rule; z; never; The line; ");
  ask_buffer_free(&text);
  ck_assert(!d->verified);
}
END_TEST

START_TEST(verified_unless_marked) {
  open_program("eligible = rule { 'z', 'z' }, notes = { note { 'a note', when = 'x', verified = false } }");
  ck_assert(run("{z: true, x: false}")->verified);
  ck_assert(!run("{z: true, x: true}")->verified);
}
END_TEST

/* ---- functions ---- */

START_TEST(functions_are_called_when_all_is_known) {
  open_program("worksheet = { line { 'twice', type = 'integer', reads = { 'n' }, function(a) end } },"
               " eligible = all { rule { 'x', 'x' }, rule { 'f', reads = { 'm', 'twice' }, function(a) end } }");
  ck_assert_int_eq(run("{x: true, n: 3, m: 5}")->status, ASK_LIKELY);
  ck_assert_int_eq(calls, 2);
  ck_assert_int_eq(run("{x: true, n: 3, m: 6}")->status, ASK_UNLIKELY);
  ck_assert_str_eq(support_because(&s, run("{x: true, n: 3, m: 6}")), "m,n");
  calls = 0;
  ck_assert_str_eq(support_missing(&s, run("{x: true, m: 6}")), "n");
  ck_assert_str_eq(support_missing(&s, run("{x: true}")), "n,m");
  ck_assert_int_eq(calls, 0);
  const struct ask_determination *d = run("{x: true, n: 13, m: 6}");
  ck_assert_int_eq(d->status, ASK_STATUS_ERROR);
  ck_assert_str_eq(support_reasons(&s, d), "error: thirteen is unlucky");
  ck_assert_int_eq(run("{x: false, n: 13, m: 6}")->status, ASK_UNLIKELY);
}
END_TEST

START_TEST(without_a_host_functions_fail) {
  const char *lua =
      "return program { id = 'p', name = 'N', cite = 'C', eligible = rule { 'f', reads = { 'm' }, function(a) end } }";
  struct support opened = support_load(form, NULL, (struct support_program[]){{"p", lua, NULL}, {0}});
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_str_eq(support_reasons(&s, run("{m: 1}")), "error: a Lua function failed");
  ck_assert_int_eq(run("{}")->status, ASK_NEED_INFO);
}
END_TEST

START_TEST(a_fault_says_why) {
  static const struct {
    const char *rule, *reason;
  } cases[] = {{"n // m > 1", "error: a division by zero, or a result too large"},
               {"n + 9223372036854775807 > 1", "error: a number is too large"},
               {"rent > ends", "error: ends has no value on 2026-11-23; it has values from 2024-01-01 to 2025-12-31"},
               {"(n // m > 1) == (rent > ends)",
                "error: ends has no value on 2026-11-23; it has values from 2024-01-01 to 2025-12-31"}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct support before = s;
    start();
    open_program(ask_printf(s.arena, "eligible = rule { 'r', '%s' }", cases[i].rule));
    const struct ask_determination *d = run("{n: 3, m: 0, rent: 3}");
    ck_assert_int_eq(d->status, ASK_STATUS_ERROR);
    ck_assert_str_eq(support_reasons(&s, d), cases[i].reason);
    support_free(&s);
    s = before;
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("what follows from a status");
  TCase *cases = tcase_create("follow");
  tcase_add_checked_fixture(cases, start, teardown);
  tcase_add_loop_test(cases, the_first_level_that_holds, 0, COUNT(found_levels));
  tcase_add_loop_test(cases, deadlines_over_weekends_and_holidays, 0, COUNT(deadlines));
  tcase_add_test(cases, no_deadline_without_a_limit);
  tcase_add_test(cases, levels_read_their_own_status);
  tcase_add_test(cases, scores_are_whole_or_absent);
  tcase_add_test(cases, scores_by_formula);
  tcase_add_test(cases, amounts_for_those_who_may_get_them);
  tcase_add_test(cases, notes_documents_and_next_step);
  tcase_add_test(cases, all_that_is_not_verified);
  tcase_add_test(cases, verified_unless_marked);
  tcase_add_test(cases, functions_are_called_when_all_is_known);
  tcase_add_test(cases, without_a_host_functions_fail);
  tcase_add_test(cases, a_fault_says_why);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
