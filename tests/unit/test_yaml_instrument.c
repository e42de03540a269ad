/* Unit tests of instruments: their own file, and the form that asks them. */
#include <check.h>
#include <string.h>

#include "yaml/form.h"
#include "yaml/instrument.h"
#include "yaml_helper.h"

static const char GOOD[] =
    "instrument: mood\n"
    "title: Two questions\n"
    "source: Somebody, 2001\n"
    "url: https://example.org\n"
    "licence: {text: Ask first., verified: false}\n"
    "note: No diagnosis.\n"
    "scores: [mood_score]\n"
    "bands: [mood_band]\n"
    "items:\n"
    "  - {id: mood_1, type: choice, text: Sad?, options: &scale {no: No, yes: Yes}}\n"
    "  - {id: mood_2, type: choice, text: Tired?, ask_when: \"mood_1 == 'yes'\", options: *scale}\n"
    "  - {id: mood_score, type: integer, computed: 'mood_points[mood_1] + mood_points[mood_2]'}\n"
    "  - {id: mood_band, type: choice, computed: \"mood_score >= mood_from and 'some' or 'none'\", options: [none, some]}\n"
    "groups:\n"
    "  - {group: moods, entry: mood, items: [mood_1, mood_2]}\n"
    "parameters:\n"
    "  mood_points: {unit: points, source: S, values: {2000-01-01: {table: {no: 0, yes: 1}}}}\n"
    "  mood_from: {unit: points, source: S, values: {2000-01-01: {value: 2, verified: false}}}\n";

static struct ask_instrument_spec read_good(struct fixture *fixture, const char *path) {
  struct ask_instrument_spec instrument = {0};
  bool fine = ask_yaml_instrument(fixture->arena, path, "mood", GOOD, sizeof GOOD - 1, &instrument, &fixture->problems);
  ck_assert_msg(fine && fixture->problems.count == 0, "%s", fixture_said(fixture));
  return instrument;
}

START_TEST(an_instrument_says_what_it_is) {
  struct fixture fixture = fixture_new();
  const struct ask_instrument_spec mood = read_good(&fixture, "mood.yaml");
  ck_assert_str_eq(mood.id, "mood");
  ck_assert_str_eq(mood.title, "Two questions");
  ck_assert_str_eq(mood.source, "Somebody, 2001");
  ck_assert_str_eq(mood.url, "https://example.org");
  ck_assert_str_eq(mood.licence, "Ask first.");
  ck_assert(mood.licence_unverified);
  ck_assert_str_eq(mood.note, "No diagnosis.");
  ck_assert_uint_eq(mood.item_count, 4);
  ck_assert_str_eq(mood.items[3].computed.text, "mood_score >= mood_from and 'some' or 'none'");
  ck_assert_uint_eq(mood.score_count, 1);
  ck_assert_str_eq(mood.scores[0], "mood_score");
  ck_assert_str_eq(mood.bands[0], "mood_band");
  ck_assert_uint_eq(mood.group_count, 1);
  ck_assert_uint_eq(mood.parameters.count, 2);
  ck_assert_str_eq(mood.parameters.path, "mood.yaml");
  ck_assert_str_eq(mood.parameters.list[1].id, "mood_from");
  ck_assert(!mood.parameters.list[1].versions[0].verified);
  ck_assert_uint_eq(strlen(mood.parameters.hash), 64);
  fixture_free(&fixture);
}
END_TEST

/* ---- the form that asks it ---- */

#define FORM(items) "form: f\nversion: 1\nsections:\n- section: health\n  items:\n" items

static bool read_form(struct fixture *fixture, const char *text, const struct ask_instrument_spec *mood,
                      struct ask_form_spec *ret) {
  return ask_yaml_form_with(fixture->arena, "a.yaml", text, strlen(text), mood, mood ? 1 : 0, ret, &fixture->problems);
}

START_TEST(a_form_asks_it_where_it_is_named) {
  struct fixture fixture = fixture_new();
  const struct ask_instrument_spec mood = read_good(&fixture, "mood.yaml");
  struct ask_form_spec form, other;
  ck_assert_msg(read_form(&fixture,
                          FORM("  - {id: age, type: integer, text: Age}\n"
                               "  - instrument: mood\n    ask_when: age > 17\n"
                               "  - {id: last, type: bool, text: Last}\n") "groups: [{group: g, entry: e, items: [age]}]\n",
                          &mood, &form),
                "%s", fixture_said(&fixture));
  const struct ask_section_spec *section = &form.sections[0];
  ck_assert_uint_eq(section->item_count, 6);
  ck_assert_str_eq(section->items[0].id, "age");
  ck_assert_ptr_null(section->items[0].instrument);
  ck_assert_str_eq(section->items[1].id, "mood_1");
  ck_assert_str_eq(section->items[1].section, "health");
  ck_assert_str_eq(section->items[1].declared_by, "form");
  ck_assert_str_eq(section->items[1].instrument->id, "mood");
  ck_assert_str_eq(section->items[1].at.file, "mood.yaml");
  ck_assert_str_eq(section->items[1].ask_when.text, "age > 17"); /* with the place of the line that asks */
  ck_assert_str_eq(section->items[1].ask_when.at.file, "a.yaml");
  ck_assert_int_eq(section->items[1].ask_when.at.line, 8);
  ck_assert_str_eq(section->items[2].ask_when.text, "(mood_1 == 'yes') and (age > 17)");
  ck_assert_str_eq(section->items[2].ask_when.at.file, "mood.yaml");
  ck_assert_ptr_null(section->items[3].ask_when.text); /* a score is not asked */
  ck_assert_str_eq(section->items[5].id, "last");
  ck_assert_uint_eq(form.group_count, 2);
  ck_assert_str_eq(form.groups[0].id, "g");
  ck_assert_str_eq(form.groups[1].id, "moods");
  ck_assert_uint_eq(form.instrument_count, 1);
  ck_assert_ptr_null(mood.items[0].ask_when.text); /* the instrument itself stays as it was */

  /* The form's hash is of what it asks: another instrument gives another one. */
  struct ask_instrument_spec changed = mood;
  memcpy(changed.parameters.hash, "0000", 4);
  ck_assert(read_form(&fixture, FORM("  - instrument: mood\n"), &mood, &form));
  ck_assert(read_form(&fixture, FORM("  - instrument: mood\n"), &changed, &other));
  ck_assert_str_ne(form.hash, other.hash);
  ck_assert(read_form(&fixture, FORM("  - {id: a, type: bool}\n"), &mood, &form));
  ck_assert(read_form(&fixture, FORM("  - {id: a, type: bool}\n"), &changed, &other));
  ck_assert_str_eq(form.hash, other.hash); /* it does not ask it */
  fixture_free(&fixture);
}
END_TEST

static const struct bad_text BAD_FORM[] = {
    {FORM("  - instrument: modo\n"), "unknown-instrument", 6, 17, "there is no instrument 'modo'", "did you mean 'mood'?"},
    {FORM("  - instrument: audit\n"), "unknown-instrument", 6, 17, "'audit'", "known: mood"},
    {FORM("  - instrument: mood\n  - instrument: mood\n"), "declared-twice", 7, 17, "'mood' is asked twice", "one place"},
    {FORM("  - {instrument: mood, askwhen: x}\n"), "unknown-key", 6, 24, "an instrument has no key 'askwhen'", "'ask_when'"},
    {FORM("  - {instrument: mood, id: x}\n"), "unknown-key", 6, 24, "'id'", "known: instrument, ask_when"},
    {FORM("  - instrument: [mood]\n"), "wrong-type", 6, 17, "'instrument' needs a text, not a list", NULL},
    {FORM("  - {id: a, type: bool}\n") "  - 5\n", "wrong-type", 7, 5, "expected an item", NULL},
};

START_TEST(slips_in_the_form_are_found_at_their_place) {
  struct fixture fixture = fixture_new();
  const struct ask_instrument_spec mood = read_good(&fixture, "mood.yaml");
  struct ask_form_spec form = {.id = "untouched"};
  ck_assert(!read_form(&fixture, BAD_FORM[_i].text, &mood, &form));
  assert_problem(&fixture, &BAD_FORM[_i]);
  ck_assert_str_eq(form.id, "untouched");
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_form_without_instruments_says_where_they_would_be) {
  struct fixture fixture = fixture_new();
  static const struct bad_text bad = {FORM("  - instrument: mood\n"), "unknown-instrument", 6, 17,
                                      "there is no instrument 'mood'", "instruments/mood.yaml beside the form"};
  struct ask_form_spec form;
  ck_assert(!read_form(&fixture, bad.text, NULL, &form));
  assert_problem(&fixture, &bad);
  fixture_free(&fixture);
}
END_TEST

/* ---- slips in its file ---- */

#define HEAD "instrument: mood\ntitle: T\nsource: S\n"
#define ITEMS "items: [{id: a, type: bool, text: A}, {id: b, type: integer, computed: 1}]\n"

static const struct bad_text BAD[] = {
    {"- 1\n", "wrong-type", 1, 1, "expected an instrument (a mapping, key: value), not a list", NULL},
    {HEAD ITEMS, "missing-key", 1, 1, "an instrument needs the key 'licence'", NULL},
    {HEAD "license: L\n" ITEMS, "unknown-key", 4, 1, "'license'", "did you mean 'licence'?"},
    {HEAD "licence: [L]\n" ITEMS, "wrong-type", 4, 10, "'licence' needs what one may do with it", NULL},
    {HEAD "licence: {verified: false}\n" ITEMS, "missing-key", 4, 10, "a licence needs the key 'text'", NULL},
    {"instrument: mode\ntitle: T\nsource: S\nlicence: L\n" ITEMS, "wrong-name", 1, 13,
     "the file is called mood.yaml, but holds the instrument 'mode'", "name the file"},
    {HEAD "licence: L\nscores: [bb]\n" ITEMS, "unknown-name", 5, 10, "the instrument has no item 'bb'", "did you mean 'b'?"},
    {HEAD "licence: L\nscores: [a]\n" ITEMS, "wrong-type", 5, 10, "'a' is asked, and no result", "computed"},
    {HEAD "licence: L\nbands: [b]\n" ITEMS, "wrong-type", 5, 9, "a band is a choice or a bool", NULL},
    {HEAD "licence: L\nitems: [{id: a, type: chioce}]\n", "unknown-type", 5, 23, "'chioce'", "did you mean 'choice'?"},
    {HEAD "licence: L\ngroups: [{group: g}]\n" ITEMS, "missing-key", 5, 10, "a group needs the key 'entry'", NULL},
    {HEAD "licence: L\nparameters: {p: {unit: furlong, values: {}}}\n" ITEMS, "unknown-unit", 5, 24, "'furlong'", NULL},
    {HEAD "licence: L\nparameters: []\n" ITEMS, "wrong-type", 5, 13, "'parameters' needs parameters", NULL},
};

START_TEST(slips_are_found_at_their_place) {
  struct fixture fixture = fixture_new();
  struct ask_instrument_spec instrument = {.id = "untouched"};
  ck_assert(!ask_yaml_instrument(fixture.arena, "a.yaml", "mood", BAD[_i].text, strlen(BAD[_i].text), &instrument,
                                 &fixture.problems));
  assert_problem(&fixture, &BAD[_i]);
  ck_assert_str_eq(instrument.id, "untouched");
  fixture_free(&fixture);
}
END_TEST

static Suite *yaml_instrument_suite(void) {
  Suite *suite = suite_create("yaml instrument");
  TCase *cases = tcase_create("instrument");
  tcase_add_test(cases, an_instrument_says_what_it_is);
  tcase_add_test(cases, a_form_asks_it_where_it_is_named);
  tcase_add_loop_test(cases, slips_in_the_form_are_found_at_their_place, 0, COUNT_OF(BAD_FORM));
  tcase_add_test(cases, a_form_without_instruments_says_where_they_would_be);
  tcase_add_loop_test(cases, slips_are_found_at_their_place, 0, COUNT_OF(BAD));
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(yaml_instrument_suite());
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
