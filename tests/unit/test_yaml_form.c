/* Unit tests of the form reader. */
#include <check.h>
#include <string.h>

#include "yaml/form.h"
#include "yaml/yaml.h"
#include "yaml_helper.h"

static const char GOOD[] =
    "form: intake\n"
    "title: One intake\n"
    "version: 2026.10\n"
    "sections:\n"
    "  - section: housing\n"
    "    title: Where you live\n"
    "    intro: About your home.\n"
    "    role: nurse\n"
    "    ask_when: age >= 18\n"
    "    items:\n"
    "      - id: living_situation\n"
    "        type: choice\n"
    "        text: Where are you staying now?\n"
    "        why: Housing help depends on it.\n"
    "        help: Where you slept last night.\n"
    "        labels: [housing, address]\n"
    "        required: true\n"
    "        options: {own: A home you own, rent_lease: 12, street: , decline: {text: I prefer not to say, declines: true}}\n"
    "      - id: adl_bathing\n"
    "        type: choice\n"
    "        ordered: true\n"
    "        options:\n"
    "          independent: {text: No help, code: 0}\n"
    "          setup: {code: -1}\n"
    "      - {id: helpers, type: choices, options: [son, 2, yes]}\n"
    "      - id: rent_monthly\n"
    "        type: money\n"
    "        text: How much is the rent each month?\n"
    "        ask_when: \"living_situation == 'rent_lease'\"\n"
    "        if_not_asked: 0\n"
    "        min: 0\n"
    "        max: 20000\n"
    "        warn_if_empty: true\n"
    "        computed: >\n"
    "          sum(expenses, expense.monthly)\n"
    "      - {id: zip, type: text, max_length: 5, pattern: '[0-9]{5}', pattern_hint: five digits}\n"
    "  - section: people\n"
    "    items:\n"
    "      - id: household_roster\n"
    "        type: list\n"
    "        entry: member\n"
    "        max_entries: 30\n"
    "        fields:\n"
    "          - {id: dob, type: date, text: Date of birth}\n"
    "          - {id: incomes, type: list, entry: income, fields: [{id: amount, type: money, if_not_asked: false}]}\n"
    "groups:\n"
    "  - {group: adls, entry: adl, items: [adl_bathing, adl_eating]}\n"
    "checks:\n"
    "  - check: dob_in_past\n"
    "    must: dob <= as_of\n"
    "    items: [dob]\n"
    "    message: The date of birth is in the future.\n"
    "  - {check: other, must: true, items: [dob], message: M, severity: warning}\n";

static void assert_expr(const struct ask_expr_spec *expr, const char *text, int line, int column) {
  ck_assert_ptr_nonnull(expr->text);
  ck_assert_str_eq(expr->text, text);
  ck_assert_int_eq(expr->at.line, line);
  ck_assert_int_eq(expr->at.column, column);
}

static struct ask_form_spec read_good(struct fixture *fixture) {
  struct ask_form_spec form = {0};
  bool fine = ask_yaml_form(fixture->arena, "a.yaml", GOOD, sizeof GOOD - 1, &form, &fixture->problems);
  ck_assert_msg(fine && fixture->problems.count == 0, "%s", fixture_said(fixture));
  return form;
}

START_TEST(the_form_and_its_sections) {
  struct fixture fixture = fixture_new();
  const struct ask_form_spec form = read_good(&fixture);
  ck_assert_str_eq(form.id, "intake");
  ck_assert_str_eq(form.title, "One intake");
  ck_assert_str_eq(form.version, "2026.10"); /* as written, the zero too */
  ck_assert_uint_eq(strlen(form.hash), 64);
  ck_assert_uint_eq(form.section_count, 2);
  const struct ask_section_spec *section = &form.sections[0];
  ck_assert_str_eq(section->id, "housing");
  ck_assert_str_eq(section->title, "Where you live");
  ck_assert_str_eq(section->intro, "About your home.");
  ck_assert_str_eq(section->role, "nurse");
  assert_expr(&section->ask_when, "age >= 18", 9, 15);
  ck_assert_int_eq(section->at.line, 5);
  ck_assert_uint_eq(section->item_count, 5);
  ck_assert_ptr_null(form.sections[1].ask_when.text);
  fixture_free(&fixture);
}
END_TEST

START_TEST(items_and_their_options) {
  struct fixture fixture = fixture_new();
  const struct ask_form_spec form = read_good(&fixture);
  const struct ask_item_spec *items = form.sections[0].items;
  ck_assert_str_eq(items[0].id, "living_situation");
  ck_assert_int_eq(items[0].type, ASK_CHOICE);
  ck_assert_str_eq(items[0].text, "Where are you staying now?");
  ck_assert_str_eq(items[0].why, "Housing help depends on it.");
  ck_assert_str_eq(items[0].help, "Where you slept last night.");
  ck_assert_str_eq(items[0].section, "housing");
  ck_assert_str_eq(items[0].declared_by, "form");
  ck_assert_int_eq(items[0].at.line, 11);
  ck_assert_int_eq(items[0].at.column, 9);
  ck_assert(items[0].required && !items[0].warn_if_empty);
  ck_assert_uint_eq(items[0].label_count, 2);
  ck_assert_str_eq(items[0].labels[1], "address");
  ck_assert_uint_eq(items[0].options.count, 4);
  ck_assert(!items[0].options.ordered);
  const struct ask_option *options = items[0].options.list;
  ck_assert_str_eq(options[0].id, "own");
  ck_assert_str_eq(options[0].text, "A home you own");
  ck_assert_str_eq(options[1].text, "12");
  ck_assert_ptr_null(options[2].text);
  ck_assert(!options[2].declines && !options[2].has_code);
  ck_assert_str_eq(options[3].id, "decline");
  ck_assert_str_eq(options[3].text, "I prefer not to say");
  ck_assert(options[3].declines);

  ck_assert(items[1].options.ordered);
  ck_assert(items[1].options.list[0].has_code);
  ck_assert_int_eq(items[1].options.list[0].code, 0);
  ck_assert_int_eq(items[1].options.list[1].code, -1);

  ck_assert_int_eq(items[2].type, ASK_CHOICES);
  ck_assert_uint_eq(items[2].options.count, 3);
  ck_assert_str_eq(items[2].options.list[1].id, "2");
  ck_assert_str_eq(items[2].options.list[2].id, "yes");
  fixture_free(&fixture);
}
END_TEST

START_TEST(expressions_keep_their_text_and_place) {
  struct fixture fixture = fixture_new();
  const struct ask_form_spec form = read_good(&fixture);
  const struct ask_item_spec *rent = &form.sections[0].items[3];
  assert_expr(&rent->ask_when, "living_situation == 'rent_lease'", 29, 20);
  assert_expr(&rent->if_not_asked, "0", 30, 23);
  assert_expr(&rent->min, "0", 31, 14);
  assert_expr(&rent->max, "20000", 32, 14);
  assert_expr(&rent->computed, "sum(expenses, expense.monthly)\n", 35, 11);
  ck_assert(rent->warn_if_empty && !rent->required);
  const struct ask_item_spec *zip = &form.sections[0].items[4];
  ck_assert_int_eq(zip->max_length, 5);
  ck_assert_str_eq(zip->pattern, "[0-9]{5}");
  ck_assert_str_eq(zip->pattern_hint, "five digits");
  ck_assert_ptr_null(zip->min.text);
  fixture_free(&fixture);
}
END_TEST

START_TEST(lists_have_fields_groups_and_checks_have_items) {
  struct fixture fixture = fixture_new();
  const struct ask_form_spec form = read_good(&fixture);
  const struct ask_item_spec *roster = form.sections[1].items;
  ck_assert_int_eq(roster->type, ASK_LIST);
  ck_assert_str_eq(roster->entry, "member");
  ck_assert_uint_eq(roster->max_entries, 30);
  ck_assert_uint_eq(roster->field_count, 2);
  ck_assert_int_eq(roster->fields[0].type, ASK_DATE);
  ck_assert_str_eq(roster->fields[1].fields[0].id, "amount");
  ck_assert_str_eq(roster->fields[1].fields[0].section, "people");
  ck_assert_str_eq(roster->fields[1].fields[0].declared_by, "form");
  assert_expr(&roster->fields[1].fields[0].if_not_asked, "false", 45, 103);
  ck_assert_uint_eq(form.group_count, 1);
  ck_assert_str_eq(form.groups[0].id, "adls");
  ck_assert_str_eq(form.groups[0].entry, "adl");
  ck_assert_uint_eq(form.groups[0].item_count, 2);
  ck_assert_str_eq(form.groups[0].items[1], "adl_eating");
  ck_assert_uint_eq(form.check_count, 2);
  ck_assert_str_eq(form.checks[0].id, "dob_in_past");
  assert_expr(&form.checks[0].must, "dob <= as_of", 50, 11);
  ck_assert_str_eq(form.checks[0].items[0], "dob");
  ck_assert_str_eq(form.checks[0].message, "The date of birth is in the future.");
  ck_assert_int_eq(form.checks[0].severity, ASK_ERROR);
  ck_assert_int_eq(form.checks[1].severity, ASK_WARNING);
  fixture_free(&fixture);
}
END_TEST

#define ITEM(text) "form: f\nversion: 1\nsections:\n- section: s\n  items:\n  - " text "\n"

static const struct bad_text BAD[] = {
    {"form: f\nversion: 1\nsection: []\n", "unknown-key", 3, 1, "a form has no key 'section'",
     "did you mean 'sections'?"},
    {"form: f\nversion: 1\nsection: []\n", "missing-key", 1, 1, "a form needs the key 'sections'", NULL},
    {"form: f\nsections: []\ncolour: red\n", "unknown-key", 3, 1, "'colour'", "known: form, title, version, sections"},
    {"form: f\nsections: []\n", "missing-key", 1, 1, "'version'", NULL},
    {"- 1\n", "wrong-type", 1, 1, "expected a form (a mapping, key: value), not a list", NULL},
    {"form: f\nversion: 1\nsections: {a: 1}\n", "wrong-type", 3, 11, "'sections' needs a list, not a mapping", "- "},
    {"form: two words\n", "bad-name", 1, 7, "'two words' is not a name", "letters"},
    {"form: 2x\n", "bad-name", 1, 7, "'2x' is not a name", NULL},
    {"form: f\nversion: 1\nsections:\n- 5\n", "wrong-type", 4, 3, "expected a section", NULL},
    {ITEM("{id: a, type: bool, txet: T}"), "unknown-key", 6, 25, "an item has no key 'txet'", "did you mean 'text'?"},
    {ITEM("{id: a, type: bool, askwhen: T}"), "unknown-key", 6, 25, "'askwhen'", "did you mean 'ask_when'?"},
    {ITEM("{type: bool}"), "missing-key", 6, 5, "an item needs the key 'id'", NULL},
    {ITEM("{id: a}"), "missing-key", 6, 5, "'type'", NULL},
    {ITEM("{id: a-b, type: bool}"), "bad-name", 6, 10, "'a-b'", NULL},
    {ITEM("{id: a, type: boolean}"), "unknown-type", 6, 19, "'boolean'", "known: bool, integer, decimal, money"},
    {ITEM("{id: a, type: chioce}"), "unknown-type", 6, 19, "'chioce'", "did you mean 'choice'?"},
    {ITEM("{id: a, type: 5}"), "wrong-type", 6, 19, "'type' needs the name of a type, not a number", NULL},
    {ITEM("{id: a, type: bool, required: yes}"), "wrong-type", 6, 35, "'required' needs true or false, not a text",
     NULL},
    {ITEM("{id: a, type: bool, text: true}"), "wrong-type", 6, 31, "'text' needs a text, not true or false", "quotes"},
    {ITEM("{id: a, type: bool, text: }"), "wrong-type", 6, 31, "'text' needs a text, not nothing", "leave"},
    {ITEM("{id: a, type: bool, text: ''}"), "empty-text", 6, 32, "text is empty", NULL},
    {ITEM("{id: a, type: bool, min: [1]}"), "wrong-type", 6, 30, "'min' needs an expression, not a list", NULL},
    {ITEM("{id: a, type: bool, labels: hiv}"), "wrong-type", 6, 33, "'labels' needs a list of words", "[one, two]"},
    {ITEM("{id: a, type: bool, labels: [{a: 1}]}"), "wrong-type", 6, 34, "expected a text, not a mapping", NULL},
    {ITEM("{id: a, type: text, max_length: 0}"), "out-of-range", 6, 37, "whole number from 1", NULL},
    {ITEM("{id: a, type: text, max_length: 1.5}"), "out-of-range", 6, 37, "not 1.5", NULL},
    {ITEM("{id: a, type: text, max_length: 1000001}"), "out-of-range", 6, 37, "to 1000000", NULL},
    {ITEM("{id: a, type: text, max_length: '5'}"), "wrong-type", 6, 38, "not a text", NULL},
    {ITEM("{id: a, type: choice, options: yes}"), "wrong-type", 6, 36, "'options' needs words", "options: {word:"},
    {ITEM("{id: a, type: choice, options: {a: [x]}}"), "wrong-type", 6, 40, "the option 'a' needs a text", NULL},
    {ITEM("{id: a, type: choice, options: {a: {txt: x}}}"), "unknown-key", 6, 41, "an option has no key", "'text'?"},
    {ITEM("{id: a, type: choice, options: {a: {code: 1.5}}}"), "out-of-range", 6, 47, "whole number, not 1.5", NULL},
    {ITEM("{id: a, type: choice, options: {a: 1, a: 2}}"), "duplicate-key", 6, 43, "'a' on line 6", NULL},
    {ITEM("{id: a, type: choice, options: [a, b, a]}"), "duplicate-option", 6, 43, "'a' is written twice", NULL},
    {ITEM("{id: a, type: choice, options: [true]}"), "wrong-type", 6, 37, "an option needs a word", "quotes"},
    {ITEM("{id: a, type: list, fields: [{id: b, type: x}]}"), "unknown-type", 6, 48, "'x'", "known:"},
    {"checks: [{check: a, must: x, items: [a], message: m, severity: eror}]", "unknown-severity", 1, 64, "'eror'",
     "did you mean 'error'?"},
    {"groups: [{group: a}]", "missing-key", 1, 10, "a group needs the key 'entry'", NULL},
    {"checks: [{check: a}]", "missing-key", 1, 10, "a check needs the key 'must'", NULL},
};

START_TEST(slips_are_found_at_their_place) {
  struct fixture fixture = fixture_new();
  struct ask_form_spec form = {.id = "untouched"};
  ck_assert(!ask_yaml_form(fixture.arena, "a.yaml", BAD[_i].text, strlen(BAD[_i].text), &form, &fixture.problems));
  ck_assert_str_eq(form.id, "untouched");
  assert_problem(&fixture, &BAD[_i]);
  fixture_free(&fixture);
}
END_TEST

START_TEST(one_run_finds_several_slips) {
  struct fixture fixture = fixture_new();
  static const char text[] = "form: f\nversion: 1\nsections:\n- section: s\n  items:\n"
                             "  - {id: a, type: bol}\n  - {id: b, typ: bool}\n  - {id: a, id: b, type: bool}\n";
  struct ask_form_spec form;
  ck_assert(!ask_yaml_form(fixture.arena, "a.yaml", text, sizeof text - 1, &form, &fixture.problems));
  ck_assert_msg(fixture.problems.errors == 4, "%s", fixture_said(&fixture)); /* typ also leaves type missing */
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_form_may_use_aliases_and_merge_keys) {
  struct fixture fixture = fixture_new();
  static const char text[] =
      "form: f\nversion: 1\nsections:\n- section: s\n  items:\n"
      "  - &adl {id: adl_bathing, type: choice, ordered: true, options: &scale {none: No, some: Yes}}\n"
      "  - {<<: *adl, id: adl_eating}\n"
      "  - {id: other, type: choice, options: *scale}\n";
  struct ask_form_spec form;
  ck_assert_msg(ask_yaml_form(fixture.arena, "a.yaml", text, sizeof text - 1, &form, &fixture.problems), "%s",
                fixture_said(&fixture));
  const struct ask_item_spec *items = form.sections[0].items;
  ck_assert_str_eq(items[1].id, "adl_eating");
  ck_assert(items[1].options.ordered);
  ck_assert_uint_eq(items[1].options.count, 2);
  ck_assert_str_eq(items[2].options.list[1].id, "some");
  ck_assert(!items[2].options.ordered);
  fixture_free(&fixture);
}
END_TEST

START_TEST(items_can_be_read_by_themselves) {
  struct fixture fixture = fixture_new();
  static const char text[] = "- {id: a, type: bool}\n- {id: l, type: list, fields: [{id: f, type: date}]}\n";
  const struct ask_raw *list = ask_yaml_read(fixture.arena, "a.yaml", text, sizeof text - 1, &fixture.problems);
  size_t count = 9;
  const struct ask_item_spec *items = ask_yaml_items(fixture.arena, list, "home", "aps", &count, &fixture.problems);
  ck_assert_uint_eq(count, 2);
  ck_assert_str_eq(items[0].declared_by, "aps");
  ck_assert_str_eq(items[1].fields[0].section, "home");
  ck_assert_ptr_null(ask_yaml_items(fixture.arena, &list->children[0], "home", "aps", &count, &fixture.problems));
  ck_assert_uint_eq(count, 0);
  ck_assert_uint_eq(fixture.problems.errors, 1);
  fixture_free(&fixture);
}
END_TEST

static Suite *yaml_form_suite(void) {
  Suite *suite = suite_create("yaml form");
  TCase *cases = tcase_create("form");
  tcase_add_test(cases, the_form_and_its_sections);
  tcase_add_test(cases, items_and_their_options);
  tcase_add_test(cases, expressions_keep_their_text_and_place);
  tcase_add_test(cases, lists_have_fields_groups_and_checks_have_items);
  tcase_add_loop_test(cases, slips_are_found_at_their_place, 0, COUNT_OF(BAD));
  tcase_add_test(cases, one_run_finds_several_slips);
  tcase_add_test(cases, a_form_may_use_aliases_and_merge_keys);
  tcase_add_test(cases, items_can_be_read_by_themselves);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(yaml_form_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
