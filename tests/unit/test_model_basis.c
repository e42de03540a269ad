/* What an amount follows from: percent of another, by period, rounded; and why nothing can be derived. */
#include <check.h>
#include <string.h>

#include "model/basis.h"
#include "unit/support.h"

static const char form[] = SUPPORT_FORM("  - {id: size, type: integer, text: T}\n");

/* The bases: a table by size, one amount for four people with its shares, words. */
#define BASES                                                                                                             \
  "line:\n  unit: USD per year\n  source: S\n  values:\n    2025-01-15: {table: {1: 15650, 2: 21150, each_more: 5500}}\n" \
  "    2026-01-13: {table: {1: 15960, 2: 21640, each_more: 5680}}\n"                                                      \
  "median:\n  unit: USD per year\n  source: S\n  values: {2025-10-01: 120000}\n"                                          \
  "shares:\n  unit: percent\n  source: S\n  values: {2025-10-01: {table: {1: 52, 2: 68, each_more: 3}}}\n"                \
  "factor:\n  unit: factor\n  source: S\n  values: {2025-10-01: {table: {1: 52, 2: 68, each_more: 3}}}\n"

static const struct {
  const char *unit, *version; /* of a parameter x from 2026-10-01 */
  const char *derived;        /* key=cents, or why not */
} cases[] = {
    {"USD per month", "{table: {1: 1, 2: 2, 3: 3, each_more: 4}, basis: {of: line, percent: 130, round: up}}",
     "1=172900 2=234500 3=296000 each_more=61600"},
    {"USD per month", "{table: {1: 1, 2: 2}, basis: {of: line, percent: 130, round: down}}", "1=172900 2=234400"},
    {"USD per month", "{table: {1: 1, 2: 2}, basis: {of: line, percent: 130, to: 0.01}}", "1=172900 2=234433"},
    {"USD per month", "{table: {1: 1}, basis: {of: line, on: 2025-12-31, percent: 150, round: up}}", "1=195700"},
    {"USD per year", "{table: {2: 1, 9: 1}, basis: {of: line, percent: 138, round: up}}", "2=2986400 9=8473200"},
    {"USD per year", "{table: {1: 1}, basis: {of: line, percent: 130, per: month, round: up, times: 12}}", "1=2074800"},
    {"USD per year", "{table: {1: 1}, basis: {of: line, percent: 33.333333, to: 50, round: nearest}}", "1=530000"},
    {"USD per week", "{table: {1: 1}, basis: {of: line, percent: 100, round: up}}", "1=30700"},
    {"USD", "{value: 1, basis: {of: line, percent: 200, cell: 2}}", "=4328000"},
    {"USD per year", "{table: {single: 1, couple: 2}, basis: {of: line, percent: 100, keys: {single: 1, couple: 2}}}",
     "single=1596000 couple=2164000"},
    {"USD per year", "{table: {1: 1, 2: 2, 3: 3, each_more: 4}, basis: {of: median, percent: 60, sizes: shares}}",
     "1=3744000 2=4896000 3=5112000 each_more=216000"},
    /* half a dollar goes up, a whole one stays */
    {"USD", "{value: 1, basis: {of: line, percent: 0.003133, cell: 1}}", "=100"},
    {"USD per month", "{table: {1: 1}, basis: {of: lime, percent: 130}}",
     "there is no parameter lime; did you mean 'line'?"},
    {"USD per month", "{table: {1: 1}, basis: {of: line, on: 2020-01-01, percent: 130}}",
     "line has no value on 2020-01-01; it has values from 2025-01-15 to 2026-01-12, from 2026-01-13 on"},
    {"USD per month", "{table: {one: 1}, basis: {of: line, percent: 130}}", "line has no value for one"},
    {"USD per month", "{value: 1, basis: {of: line, percent: 130}}",
     "its base is a table: say which cell of it (cell: 1)"},
    {"USD per month", "{table: {1: 1, each_more: 1}, basis: {of: median, percent: 130}}",
     "1=1300000 its base is a plain value, which has no each_more"},
    {"USD per month", "{table: {1: 1}, basis: {of: median, percent: 60, sizes: factor}}", "factor is not in percent"},
    {"USD per month", "{table: {1: 1}, basis: {of: shares, percent: 60}}", "shares is not in USD"},
};

static const char *derived(struct ask_arena *arena, const char *unit, const char *version) {
  const char *parameters =
      ask_printf(arena, BASES "x:\n  unit: %s\n  source: S\n  values: {2026-10-01: %s}\n", unit, version);
  struct support s = support_load(form, parameters, NULL);
  ck_assert_msg(s.catalogue && s.problems.count == 0, "%s", support_messages(&s));
  const char *text = "";
  for (size_t i = 0; i < s.catalogue->parameter_count; i++) {
    const struct ask_parameter *parameter = &s.catalogue->parameters[i];
    if (strcmp(parameter->spec->id, "x") != 0) continue;
    struct ask_basis_result result = ask_basis_derive(arena, s.catalogue, parameter, &parameter->spec->versions[0]);
    for (size_t r = 0; r < result.count; r++)
      text = ask_printf(arena, "%s%s%s=%lld", text, *text ? " " : "", result.list[r].key ? result.list[r].key : "",
                        (long long)result.list[r].derived);
    if (result.why) text = ask_printf(arena, "%s%s%s", text, *text ? " " : "", result.why);
  }
  support_free(&s);
  return text;
}

START_TEST(an_amount_follows_from_its_basis) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(derived(arena, cases[_i].unit, cases[_i].version), cases[_i].derived);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("model basis");
  TCase *tests = tcase_create("basis");
  tcase_add_loop_test(tests, an_amount_follows_from_its_basis, 0, (int)(sizeof cases / sizeof *cases));
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
