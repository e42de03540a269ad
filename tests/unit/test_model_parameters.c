/* Parameters by date and tables by key: which value holds, and what an error says of the ranges that there are. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "model/lookup.h"
#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: size, type: integer, text: T}\n  - {id: income, type: money, text: T}\n"
    "  - {id: unit, type: choice, text: T, options: {studio: S, one: O, two: W, decline: {text: D, declines: true}}}\n"
    "  - {id: derived, type: money, computed: 'by_size[size]'}\n"
    "  - {id: roster, type: list, entry: m, text: T, fields: [{id: n, type: integer, text: T}]}\n");

static const char parameters[] =
    "limit:\n  unit: USD\n  title: The limit\n  source: S\n  values:\n    2024-01-01: 100\n    2025-07-01: {value: 200, until: 2025-12-31}\n"
    "    2026-03-01: 300\n"
    "by_size:\n  unit: USD\n  source: S\n  values:\n    2024-01-01: {table: {1: 10, 2: 20, 4: 40, each_more: 5}}\n"
    "    2026-01-01: {table: {0: 1, 1: 11, 2: 21}}\n"
    "points:\n  unit: points\n  source: S\n  values:\n    2024-01-01: {table: {studio: 1, one: 2, other: 9}}\n"
    "    2026-01-01: {table: {studio: 3, one: 4, two: 5, other: 6}}\n"
    "share:\n  unit: percent\n  source: S\n  values: {2024-01-01: 0.3}\n"
    "cutoff:\n  unit: date\n  source: S\n  values: {2024-01-01: 2025-02-03}\n"
    "late:\n  unit: USD\n  source: S\n  values:\n    2030-01-01: 7\n    2031-01-01: {value: 8, until: 2031-12-31}\n"
    "guess:\n  unit: USD\n  title: A guess\n  source: S\n  values:\n    2024-01-01: 1\n    2026-06-01: {value: 2, verified: false, note: N}\n";

static struct support s;
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }
static void teardown(void) { support_free(&s); }

/* A program with one worksheet line, `x`, over the expression. */
static void open_line(const char *expression) {
  const char *lua =
      ask_printf(s.arena,
                 "return program { id = 'p', name = 'P', cite = 'C', worksheet = { line { 'x', \"%s\" } },"
                 " eligible = rule { 'r', 'x == x' } }",
                 expression);
  struct support opened = support_load(form, parameters, (struct support_program[]){{"p", lua, NULL}, {0}});
  ask_arena_free(s.arena);
  s = opened;
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

/* "12.00", or the status and its first reason. */
static const char *line(const char *yaml, const char *as_of) {
  support_assess(&s, yaml, as_of, NULL);
  const struct ask_determination *d = support_determination(&s, "p");
  const struct ask_line *l = &d->program->lines[0];
  struct ask_value v = {.word = d->words[l->reg], .state = d->states[l->reg]};
  if (v.state == ASK_FAULT) return d->reasons[0].text;
  struct ask_buffer text = {0};
  ask_kind_json(&l->kind, &v, &text);
  const char *copy = ask_strdup(s.arena, text.bytes);
  ask_buffer_free(&text);
  return copy;
}

static const struct {
  const char *expression, *yaml, *as_of, *value;
} cases[] = {
    /* by date: the first day, the days between, the last day, the gap, after it */
    {"limit", "{}", "2024-01-01", "100.00"},
    {"limit", "{}", "2025-06-30", "100.00"},
    {"limit", "{}", "2025-07-01", "200.00"},
    {"limit", "{}", "2025-12-31", "200.00"},
    {"limit", "{}", "2026-03-01", "300.00"},
    {"limit", "{}", "2099-01-01", "300.00"},
    {"limit", "{}", "2023-12-31",
     "limit has no value on 2023-12-31; it has values from 2024-01-01 to 2025-06-30, from 2025-07-01 to 2025-12-31, from 2026-03-01 on"},
    {"limit", "{}", "2026-01-01",
     "limit has no value on 2026-01-01; it has values from 2024-01-01 to 2025-06-30, from 2025-07-01 to 2025-12-31, from 2026-03-01 on"},
    {"limit", "{}", "2026-02-28",
     "limit has no value on 2026-02-28; it has values from 2024-01-01 to 2025-06-30, from 2025-07-01 to 2025-12-31, from 2026-03-01 on"},
    {"late", "{}", "2026-11-23",
     "late has no value on 2026-11-23; it has values from 2030-01-01 to 2030-12-31, from 2031-01-01 to 2031-12-31"},
    {"late", "{}", "2032-01-01",
     "late has no value on 2032-01-01; it has values from 2030-01-01 to 2030-12-31, from 2031-01-01 to 2031-12-31"},
    /* the same where a list is looked through, and inside a derived item */
    {"count(roster, m.n > late // 1)", "{roster: [{n: 3}]}", "2026-11-23",
     "late has no value on 2026-11-23; it has values from 2030-01-01 to 2030-12-31, from 2031-01-01 to 2031-12-31"},
    {"derived", "{size: 3}", "2023-01-01",
     "derived cannot be computed from the answers: by_size has no value on 2023-01-01; it has values from 2024-01-01 to 2025-12-31, from 2026-01-01 on"},
    {"any(roster, m.n > 3 and derived > 1)", "{size: 7, roster: [{n: 4}]}", "2026-11-23",
     "derived cannot be computed from the answers: by_size has no entry for the value it was looked up with"},
    {"sum(roster, 10 // m.n)", "{roster: [{n: 1}, {n: 0}]}", "2026-11-23", "a division by zero, or a result too large"},
    {"sum(roster, m.n)", "{roster: [{n: 9223372036854775807}, {n: 1}]}", "2026-11-23", "a number is too large"},
    /* by number */
    {"by_size[size]", "{size: 1}", "2025-01-01", "10.00"},
    {"by_size[size]", "{size: 4}", "2025-01-01", "40.00"},
    {"by_size[size]", "{size: 7}", "2025-01-01", "55.00"},
    {"by_size[size]", "{size: 1}", "2026-01-01", "11.00"},
    {"by_size[size]", "{size: 0}", "2026-01-01", "1.00"},
    {"by_size[size]", "{}", "2026-01-01", "null"},
    {"by_size[2]", "{}", "2026-01-01", "21.00"},
    {"by_size[size]", "{size: 3}", "2025-01-01", "by_size has no entry for the value it was looked up with"},
    {"by_size[size]", "{size: 0}", "2025-01-01", "by_size has no entry for the value it was looked up with"},
    {"by_size[size]", "{size: 3}", "2026-01-01", "by_size has no entry for the value it was looked up with"},
    {"by_size[size]", "{size: -1}", "2026-01-01", "by_size has no entry for the value it was looked up with"},
    {"by_size[size + 1]", "{size: 0}", "2026-01-01", "11.00"},
    {"by_size[count(roster) + 1]", "{roster: [{}]}", "2026-01-01", "21.00"},
    /* by word and by option; other stands for the rest */
    {"points.studio", "{}", "2025-01-01", "1"},
    {"points.studio", "{}", "2026-01-01", "3"},
    {"points['one']", "{}", "2026-01-01", "4"},
    {"points.two", "{}", "2026-01-01", "5"},
    {"points.two", "{}", "2025-01-01", "points has no entry for the value it was looked up with"},
    {"points[unit]", "{unit: one}", "2025-01-01", "2"},
    {"points[unit]", "{unit: two}", "2025-01-01", "9"},
    {"points[unit]", "{unit: two}", "2026-01-01", "5"},
    {"points[unit]", "{unit: decline}", "2026-01-01", "null"},
    {"points[unit]", "{}", "2026-01-01", "null"},
    /* units */
    {"share", "{}", "2026-01-01", "0.3"},
    {"share * income", "{income: 100.05}", "2026-01-01", "30.02"},
    {"cutoff", "{}", "2026-01-01", "\"2025-02-03\""},
    {"cutoff < as_of", "{}", "2026-01-01", "true"},
};

START_TEST(this_value_holds) {
  open_line(cases[_i].expression);
  ck_assert_str_eq(line(cases[_i].yaml, cases[_i].as_of), cases[_i].value);
}
END_TEST

/* One workspace, many days: more than it keeps at once, in any order. */
START_TEST(days_do_not_mix) {
  open_line("limit * 1 + by_size[1]");
  for (int round = 0; round < 3; round++)
    for (int year = 2000; year < 2060; year++) {
      const char *day = ask_printf(s.arena, "%d-04-01", round % 2 ? 4059 - year : year), *found = line("{}", day);
      int y = atoi(day);
      if (y < 2024)
        ck_assert_msg(strstr(found, "has no value on") != NULL, "%s: %s", day, found);
      else
        ck_assert_str_eq(found, y < 2026 ? "110.00" : "311.00");
    }
}
END_TEST

START_TEST(what_is_not_verified_is_said) {
  open_line("guess + limit");
  line("{}", "2026-05-31");
  ck_assert(support_determination(&s, "p")->verified);
  line("{}", "2026-06-01");
  const struct ask_determination *d = support_determination(&s, "p");
  ck_assert(!d->verified);
  ck_assert_uint_eq(d->unverified_count, 1);
  ck_assert_str_eq(d->unverified[0], "A guess (guess)");
}
END_TEST

START_TEST(lookups_for_explanations) {
  open_line("by_size[size] + limit + dollars(points[unit])");
  line("{size: 2, unit: one}", "2025-08-01");
  const struct ask_determination *d = support_determination(&s, "p");
  const struct ask_line *l = &d->program->lines[0];
  const struct ask_dated *dated = ask_workspace_dated(s.workspace, s.result->answers->as_of);
  static const struct {
    const char *id, *key;
    int64_t word;
  } wanted[] = {{"by_size", "2", 2000}, {"limit", "", 20000}, {"points", "one", 2}};
  ck_assert_uint_eq(l->parameter_count, 3);
  for (int i = 0; i < 3; i++) {
    struct ask_lookup found = ask_lookup(s.catalogue, d, dated, l->parameters[i]);
    ck_assert_str_eq(found.parameter->spec->id, wanted[i].id);
    ck_assert_str_eq(found.key, wanted[i].key);
    ck_assert_int_eq(found.value.state, ASK_KNOWN);
    ck_assert_int_eq(found.value.word, wanted[i].word);
  }
  line("{}", "2025-08-01");
  ck_assert_int_eq(ask_lookup(s.catalogue, support_determination(&s, "p"), dated, l->parameters[0]).value.state,
                   ASK_UNKNOWN);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("parameters");
  TCase *tests = tcase_create("parameters");
  tcase_add_checked_fixture(tests, start, teardown);
  tcase_add_loop_test(tests, this_value_holds, 0, COUNT(cases));
  tcase_add_test(tests, days_do_not_mix);
  tcase_add_test(tests, what_is_not_verified_is_said);
  tcase_add_test(tests, lookups_for_explanations);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
