/* Unit tests of the parameter reader. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "yaml/parameters.h"
#include "yaml_helper.h"

static const char GOOD[] =
    "snap_gross_limit:\n"
    "  title: SNAP gross income limit, 130% of poverty\n"
    "  unit: USD per month\n"
    "  source: USDA FNS COLA memo FY2026; 7 CFR 273.9(a)(1)\n"
    "  url: https://example.org/memo\n"
    "  values:\n"
    "    2025-10-01:\n"
    "      table: {1: 1696, 2: 2292.5, 3: 2888.00, each_more: 596}\n"
    "    2026-10-01:\n"
    "      table: {1: 1729, 2: 2345, each_more: 615}\n"
    "      verified: false\n"
    "      source: computed\n"
    "      note: Computed from the 2026 guideline; no memo found.\n"
    "minimum_age:\n"
    "  unit: years\n"
    "  values: {2000-01-01: 18}\n"
    "share: {unit: percent of poverty, values: {2000-01-01: {value: 130.25, until: 2009-12-31}, 2010-01-01: -0.000001}}\n"
    "starts: {unit: date, values: {2000-01-01: 2026-03-01}}\n"
    "weights: {unit: points, values: {2000-01-01: {table: {pregnant: 3, 2br: 1}}}}\n"
    "ages: {unit: count, values: {2000-01-01: {table: {-1: 3, 0: 1}}}}\n";

static struct ask_parameter_file read_good(struct fixture *fixture) {
  struct ask_parameter_file file = {0};
  bool fine = ask_yaml_parameters(fixture->arena, "a.yaml", GOOD, sizeof GOOD - 1, &file, &fixture->problems);
  ck_assert_msg(fine && fixture->problems.count == 0, "%s", fixture_said(fixture));
  return file;
}

static int64_t day(const char *text) {
  int64_t days = 0;
  ck_assert(ask_date_read(text, strlen(text), &days));
  return days;
}

START_TEST(a_table_with_its_versions) {
  struct fixture fixture = fixture_new();
  const struct ask_parameter_file file = read_good(&fixture);
  ck_assert_str_eq(file.path, "a.yaml");
  ck_assert_uint_eq(strlen(file.hash), 64);
  ck_assert_uint_eq(file.count, 6);
  const struct ask_parameter_spec *limit = &file.list[0];
  ck_assert_str_eq(limit->id, "snap_gross_limit");
  ck_assert_int_eq(limit->at.line, 1);
  ck_assert_int_eq(limit->at.column, 1);
  ck_assert_int_eq(limit->type, ASK_MONEY);
  ck_assert_str_eq(limit->unit, "USD per month");
  ck_assert_str_eq(limit->title, "SNAP gross income limit, 130% of poverty");
  ck_assert_str_eq(limit->source, "USDA FNS COLA memo FY2026; 7 CFR 273.9(a)(1)");
  ck_assert_str_eq(limit->url, "https://example.org/memo");
  ck_assert_uint_eq(limit->version_count, 2);
  const struct ask_parameter_version *version = &limit->versions[0];
  ck_assert_int_eq(version->from, day("2025-10-01"));
  ck_assert_int_eq(version->until, INT64_MAX);
  ck_assert_int_eq(version->at.line, 7);
  ck_assert_int_eq(version->at.column, 5);
  ck_assert(version->is_table && version->verified && version->has_each_more);
  ck_assert_int_eq(version->each_more, 59600);
  ck_assert_uint_eq(version->cell_count, 3);
  ck_assert_str_eq(version->cells[1].key, "2");
  ck_assert_int_eq(version->cells[1].word, 229250);
  ck_assert_int_eq(version->cells[1].at.line, 8);
  ck_assert_int_eq(version->cells[1].at.column, 24);
  ck_assert_int_eq(version->cells[2].word, 288800);
  ck_assert_ptr_null(version->note);
  ck_assert(!limit->versions[1].verified);
  ck_assert_str_eq(limit->versions[1].source, "computed");
  ck_assert_str_eq(limit->versions[1].note, "Computed from the 2026 guideline; no memo found.");
  fixture_free(&fixture);
}
END_TEST

START_TEST(single_values_of_every_type) {
  struct fixture fixture = fixture_new();
  const struct ask_parameter_file file = read_good(&fixture);
  ck_assert_int_eq(file.list[1].type, ASK_INTEGER);
  ck_assert_int_eq(file.list[1].versions[0].word, 18);
  ck_assert(!file.list[1].versions[0].is_table && file.list[1].versions[0].verified);
  ck_assert_int_eq(file.list[1].versions[0].until, INT64_MAX);
  ck_assert_int_eq(file.list[2].type, ASK_DECIMAL);
  ck_assert_int_eq(file.list[2].versions[0].word, 130250000);
  ck_assert_int_eq(file.list[2].versions[0].until, day("2009-12-31"));
  ck_assert_int_eq(file.list[2].versions[1].word, -1);
  ck_assert_int_eq(file.list[3].type, ASK_DATE);
  ck_assert_int_eq(file.list[3].versions[0].word, day("2026-03-01"));
  ck_assert_int_eq(file.list[4].versions[0].cells[1].word, 1);
  ck_assert_str_eq(file.list[4].versions[0].cells[1].key, "2br");
  ck_assert_str_eq(file.list[5].versions[0].cells[0].key, "-1");
  fixture_free(&fixture);
}
END_TEST

START_TEST(the_hash_follows_the_bytes) {
  struct fixture fixture = fixture_new();
  struct ask_parameter_file one, other;
  static const char text[] = "a: {unit: years, values: {2000-01-01: 18}}";
  ck_assert(ask_yaml_parameters(fixture.arena, "a.yaml", text, sizeof text - 1, &one, &fixture.problems));
  ck_assert(ask_yaml_parameters(fixture.arena, "a.yaml", text, sizeof text - 2, &other, &fixture.problems) == false);
  ck_assert(ask_yaml_parameters(fixture.arena, "a.yaml", "a: {unit: years, values: {2000-01-01: 18}} ", sizeof text,
                                &other, &fixture.problems));
  ck_assert_str_ne(one.hash, other.hash);
  fixture_free(&fixture);
}
END_TEST

#define VALUES(unit, values) "a:\n  unit: " unit "\n  values:\n" values "\n"

static const struct bad_text BAD[] = {
    {"[]", "wrong-type", 1, 1, "expected parameters", NULL},
    {"a: 5\n", "wrong-type", 1, 4, "expected a parameter", NULL},
    {"a b: {unit: years, values: {2000-01-01: 18}}", "bad-name", 1, 1, "'a b'", NULL},
    {"a: {values: {2000-01-01: 18}}", "missing-key", 1, 4, "'unit'", NULL},
    {"a: {unit: years}", "missing-key", 1, 4, "'values'", NULL},
    {"a: {unit: years, value: {2000-01-01: 18}}", "unknown-key", 1, 18, "'value'", "did you mean 'values'?"},
    {"a: {unit: dollars, values: {}}", "unknown-unit", 1, 11, "'dollars'", "known: USD, count, people, hours"},
    {"a: {unit: dayz per week, values: {}}", "unknown-unit", 1, 11, "'dayz'", "did you mean 'days'?"},
    {"a: {unit: 5, values: {}}", "wrong-type", 1, 11, "'unit' needs a unit", NULL},
    {"a: {unit: years, values: {}}", "empty-table", 1, 26, "at least one date", NULL},
    {"a: {unit: years, values: 18}", "wrong-type", 1, 26, "'values' needs dates", NULL},
    {VALUES("years", "    2026-02-30: 5"), "bad-date", 4, 5, "'2026-02-30'", "2026-11-23"},
    {VALUES("years", "    2026: 5"), "bad-date", 4, 5, "'2026'", NULL},
    {VALUES("years", "    2026-01-01: 5.5"), "not-exact", 4, 17, "5.5 is not a whole number", NULL},
    {VALUES("years", "    2026-01-01: 99999999999999999999"), "not-exact", 4, 17, "too large", NULL},
    {VALUES("USD", "    2026-01-01: 1.005"), "not-exact", 4, 17, "1.005 is not exact to the cent", NULL},
    {VALUES("USD", "    2026-01-01: '5'"), "wrong-type", 4, 18, "expected an amount", "no quotes"},
    {VALUES("USD", "    2026-01-01: $5"), "wrong-type", 4, 17, "not $5", NULL},
    {VALUES("USD", "    2026-01-01: 1,450"), "wrong-type", 4, 17, "not 1,450", "no comma"},
    {VALUES("USD", "    2026-01-01:"), "wrong-type", 4, 16, "not nothing", NULL},
    {VALUES("factor", "    2026-01-01: 0.1234567"), "not-exact", 4, 17, "six decimal places", NULL},
    {VALUES("factor", "    2026-01-01: .5"), "wrong-type", 4, 17, "not .5", "0 before a point"},
    {VALUES("date", "    2026-01-01: 5"), "wrong-type", 4, 17, "needs a date", NULL},
    {VALUES("date", "    2026-01-01: 2026-13-01"), "bad-date", 4, 17, "'2026-13-01'", NULL},
    {VALUES("years", "    2026-01-01: 5\n    2026-01-01: 6"), "duplicate-key", 5, 5,
     "line 5 was already written on line 4", NULL},
    {VALUES("years", "    2026-01-01: 5\n    2025-01-01: 6"), "bad-order", 5, 5,
     "2025-01-01 on line 5 stands below the later one from 2026-01-01 on line 4", "oldest"},
    {VALUES("years", "    2025-01-01: {value: 5, until: 2026-01-01}\n    2026-01-01: 6"), "overlap", 5, 5,
     "2026-01-01 on line 5 begins while the one from 2025-01-01 on line 4", "day before"},
    {VALUES("years", "    2025-01-01: {value: 5, until: 2024-12-31}"), "bad-range", 4, 5,
     "2025-01-01 ends before it begins, on 2024-12-31", NULL},
    {VALUES("years", "    2025-01-01: {value: 5, until: soon}"), "bad-date", 4, 35, "'soon'", NULL},
    {VALUES("years", "    2025-01-01: {until: 2026-01-01}"), "missing-key", 4, 17, "either 'value' or 'table'", NULL},
    {VALUES("years", "    2025-01-01: {value: 1, table: {1: 2}}"), "missing-key", 4, 17, "not both", NULL},
    {VALUES("years", "    2025-01-01: {tabel: {1: 2}}"), "unknown-key", 4, 18, "'tabel'", "did you mean 'table'?"},
    {VALUES("years", "    2025-01-01: {value: 1, verified: no}"), "wrong-type", 4, 38, "'verified' needs true or false",
     NULL},
    {VALUES("years", "    2025-01-01: 5\n    2026-01-01: {table: {1: 2}}"), "wrong-type", 5, 5,
     "line 5 gives a table, but line 4 gives a single value", NULL},
    {VALUES("years", "    2025-01-01: {table: {1: 2, x: 3}}"), "bad-key", 4, 32, "'x' does not go with '1' on line 4",
     NULL},
    {VALUES("years", "    2025-01-01: {table: {01: 2}}"), "bad-key", 4, 26, "'01' is not a whole number", NULL},
    {VALUES("years", "    2025-01-01: {table: {1.5: 2}}"), "bad-key", 4, 26, "'1.5'", NULL},
    {VALUES("years", "    2025-01-01: {table: {-0: 2}}"), "bad-key", 4, 26, "'-0'", NULL},
    {VALUES("years", "    2025-01-01: {table: {1: 2, 1: 3}}"), "duplicate-key", 4, 32, "'1' on line 4", NULL},
    {VALUES("years", "    2025-01-01: {table: {x: 2, each_more: 3}}"), "bad-key", 4, 32, "each_more", NULL},
    {VALUES("years", "    2025-01-01: {table: {each_more: 3}}"), "empty-table", 4, 25, "at least one key", NULL},
    {VALUES("years", "    2025-01-01: {table: 5}"), "wrong-type", 4, 25, "'table' needs keys", NULL},
    {VALUES("years", "    2025-01-01: {table: {1: x}}"), "wrong-type", 4, 29, "expected a whole number, not x", NULL},
    {VALUES("USD", "    2025-01-01: {value: 1, basis: {percent: 130}}"), "missing-key", 4, 35, "a basis needs the key 'of'",
     NULL},
    {VALUES("USD", "    2025-01-01: {value: 1, basis: {of: line, percent: 0}}"), "out-of-range", 4, 55,
     "'percent' needs a percentage above 0", NULL},
    {VALUES("USD", "    2025-01-01: {value: 1, basis: {of: line, percent: 1, round: upp}}"), "unknown-word", 4, 65,
     "'round' cannot be 'upp'", "did you mean 'up'?"},
    {VALUES("USD", "    2025-01-01: {value: 1, basis: {of: line, percent: 1, onn: 2025-01-01}}"), "unknown-key", 4, 58,
     "a basis has no key 'onn'", "did you mean 'on'?"},
    {VALUES("years", "    2025-01-01: {value: 1, basis: {of: line, percent: 1}}"), "wrong-type", 4, 28,
     "only amounts of money (USD) have a basis", NULL},
    {VALUES("date", "    2025-01-01: {table: {1: 2025-01-01, each_more: 1}}"), "bad-key", 4, 41, "not with dates",
     NULL},
};

START_TEST(slips_are_found_at_their_place) {
  struct fixture fixture = fixture_new();
  struct ask_parameter_file file = {.count = 77};
  ck_assert(
      !ask_yaml_parameters(fixture.arena, "a.yaml", BAD[_i].text, strlen(BAD[_i].text), &file, &fixture.problems));
  ck_assert_uint_eq(file.count, 77);
  assert_problem(&fixture, &BAD[_i]);
  fixture_free(&fixture);
}
END_TEST

static Suite *yaml_parameters_suite(void) {
  Suite *suite = suite_create("yaml parameters");
  TCase *cases = tcase_create("parameters");
  tcase_add_test(cases, a_table_with_its_versions);
  tcase_add_test(cases, single_values_of_every_type);
  tcase_add_test(cases, the_hash_follows_the_bytes);
  tcase_add_loop_test(cases, slips_are_found_at_their_place, 0, COUNT_OF(BAD));
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(yaml_parameters_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
