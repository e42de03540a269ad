/* Answers as they come in: every type, every absence, and what is said of what cannot be accepted. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char form[] = SUPPORT_FORM(
    "  - {id: danger, type: bool, text: T}\n"
    "  - {id: age, type: integer, text: T, min: 0, max: 120}\n"
    "  - {id: factor, type: decimal, text: T, max: 1.5}\n"
    "  - {id: rent_monthly, type: money, text: T, min: 0, max: 20000}\n"
    "  - {id: dob, type: date, text: T, max: as_of, min: '''1900-01-01'''}\n"
    "  - {id: zip, type: text, text: T, pattern: '[0-9]{5}', pattern_hint: five digits}\n"
    "  - {id: remark, type: text, text: T, max_length: 5}\n"
    "  - id: help\n    type: choice\n    text: T\n    ordered: true\n"
    "    options: {independent: {text: No help, code: 0}, limited: {text: Some, code: 1}, decline: {text: I will not say, declines: true}}\n"
    "  - {id: benefits, type: choices, text: T, options: {snap: SNAP, ca: Cash, none_of_these: {text: None, declines: true}}}\n"
    "  - id: household_roster\n    type: list\n    entry: member\n    text: T\n    max_entries: 2\n    fields:\n"
    "    - {id: dob, type: date, text: T}\n"
    "    - {id: relation, type: choice, text: T, options: {spouse: Spouse, child: Child}}\n"
    "    - {id: incomes, type: list, entry: income, text: T, fields: [{id: amount, type: money, text: T, min: 0}]}\n"
    "  - {id: total, type: money, computed: 'rent_monthly * 2'}\n");

static struct support s;
static void setup(void) { s = support_load(form, NULL, NULL); }
static void teardown(void) { support_free(&s); }

/* Left the answer, right the same value as the engine would write it. */
static const struct {
  const char *yaml, *id, *value;
} accepted[] = {
    {"danger: true", "danger", "true"},
    {"danger: false", "danger", "false"},
    {"age: 82", "age", "82"},
    {"age: 0", "age", "0"},
    {"age: 120", "age", "120"},
    {"age: 3e1", "age", "30"},
    {"age: 5.0", "age", "5"},
    {"factor: 0.36", "factor", "0.36"},
    {"factor: 1.500000", "factor", "1.5"},
    {"factor: -2", "factor", "-2"},
    {"rent_monthly: 1450", "rent_monthly", "1450.00"},
    {"rent_monthly: 1450.5", "rent_monthly", "1450.50"},
    {"rent_monthly: 1450.000", "rent_monthly", "1450.00"},
    {"rent_monthly: 20000.00", "rent_monthly", "20000.00"},
    {"dob: 1944-03-02", "dob", "\"1944-03-02\""},
    {"dob: \"2026-11-23\"", "dob", "\"2026-11-23\""},
    {"dob: 2024-02-29", "dob", "\"2024-02-29\""},
    {"zip: \"10027\"", "zip", "\"10027\""},
    {"remark: \"\"", "remark", "\"\""},
    {"remark: \"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"", "remark", "\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\""},
    {"remark: \"a\\\"b\\n\"", "remark", "\"a\\\"b\\n\""},
    {"help: limited", "help", "\"limited\""},
    {"help: 0", "help", "\"independent\""},
    {"help: 1", "help", "\"limited\""},
    {"help: decline", "help", "{\"absent\":\"declined\"}"},
    {"benefits: []", "benefits", "[]"},
    {"benefits: [ca]", "benefits", "[\"ca\"]"},
    {"benefits: [ca, snap, ca]", "benefits", "[\"snap\",\"ca\"]"},
    {"benefits: [none_of_these]", "benefits", "{\"absent\":\"declined\"}"},
    {"household_roster: []", "household_roster", "[]"},
    {"household_roster: [{dob: 2015-05-05, relation: child}, {}]", "household_roster",
     "[{\"dob\":\"2015-05-05\",\"relation\":\"child\"},{}]"},
    {"household_roster: [{incomes: [{amount: 12.5}, {amount: null}]}]", "household_roster",
     "[{\"incomes\":[{\"amount\":12.50},{}]}]"},
    {"household_roster: [{dob: {absent: unknown}}]", "household_roster", "[{\"dob\":{\"absent\":\"unknown\"}}]"},
    {"age: null", "age", "null"},
    {"age: {absent: unanswered}", "age", "null"},
    {"age: {absent: declined}", "age", "{\"absent\":\"declined\"}"},
    {"age: {absent: unknown}", "age", "{\"absent\":\"unknown\"}"},
    {"household_roster: {absent: declined}", "household_roster", "{\"absent\":\"declined\"}"},
    {"benefits: {absent: unknown}", "benefits", "{\"absent\":\"unknown\"}"},
    {"{}", "age", "null"},
    {"total: 12", "total", "12.00"},
};

START_TEST(is_accepted) {
  support_assess(&s, accepted[_i].yaml, NULL, NULL);
  ck_assert_str_eq(support_item(&s, accepted[_i].id), accepted[_i].value);
}
END_TEST

static const struct {
  const char *yaml, *message;
} refused[] = {
    {"[]", "answers: this is a list; an object of answers is needed (write {\"item\": value, ...})\n"},
    {"agee: 3", "answers.agee: there is no item agee (did you mean age?)\n"},
    {"whatever_this_is: 3",
     "answers.whatever_this_is: there is no item whatever_this_is (`askonce form show` lists the items)\n"},
    {"danger: \"true\"",
     "answers.danger: this is a text; true or false is needed (write true or false, without quotes)\n"},
    {"danger: 1", "answers.danger: this is a number; true or false is needed (write true or false, without quotes)\n"},
    {"danger: [true]",
     "answers.danger: this is a list; true or false is needed (write true or false, without quotes)\n"},
    {"age: \"82\"",
     "answers.age: this is a text; a whole number is needed (write it without a decimal point and without quotes)\n"},
    {"age: 82.5", "answers.age: 82.5 is not a whole number (write it without a decimal point and without quotes)\n"},
    {"age: true",
     "answers.age: this is true or false; a whole number is needed (write it without a decimal point and without quotes)\n"},
    {"age: -1", "answers.age: -1 is too small: it may be at least 0\n"},
    {"age: 121", "answers.age: 121 is too large: it may be at most 120\n"},
    {"age: 99999999999999999999",
     "answers.age: 99999999999999999999 is not a whole number (write it without a decimal point and without quotes)\n"},
    {"factor: 0.1234567",
     "answers.factor: 0.1234567 is not a number (write it without quotes, with at most six decimals)\n"},
    {"factor: 1.6", "answers.factor: 1.6 is too large: it may be at most 1.5\n"},
    {"rent_monthly: 1450.005",
     "answers.rent_monthly: 1450.005 is not an amount in dollars (write it as 1450 or 1450.00: no quotes, no $, at most two decimals)\n"},
    {"rent_monthly: $1450",
     "answers.rent_monthly: this is a text; an amount in dollars is needed (write it as 1450 or 1450.00: no quotes, no $, at most two decimals)\n"},
    {"rent_monthly: 20000.01", "answers.rent_monthly: 20000.01 is too large: it may be at most $20,000\n"},
    {"rent_monthly: -0.01", "answers.rent_monthly: -0.01 is too small: it may be at least $0\n"},
    {"dob: 2026-11-24", "answers.dob: 2026-11-24 is too late: it may be at the latest 2026-11-23\n"},
    {"dob: 1899-12-31", "answers.dob: 1899-12-31 is too early: it may be at the earliest 1900-01-01\n"},
    {"dob: 2026-02-29",
     "answers.dob: 2026-02-29 is not a date (write it as \"2026-11-23\", a day that exists between 1800 and 2299)\n"},
    {"dob: 3/2/1944",
     "answers.dob: 3/2/1944 is not a date (write it as \"2026-11-23\", a day that exists between 1800 and 2299)\n"},
    {"dob: 1944", "answers.dob: this is a number; a date is needed (write it as \"2026-11-23\")\n"},
    {"zip: 10027", "answers.zip: this is a number; a text is needed (put it in quotes)\n"},
    {"zip: \"1002\"", "answers.zip: 1002 has not the right form (five digits)\n"},
    {"zip: \"100271\"", "answers.zip: 100271 has not the right form (five digits)\n"},
    {"remark: sixsix", "answers.remark: the text is longer than 5 characters\n"},
    {"help: limitd", "answers.help: limitd is not one of its answers (did you mean limited?)\n"},
    {"help: total", "answers.help: total is not one of its answers (one of: independent, limited, decline)\n"},
    {"help: 2", "answers.help: 2 is not one of its answers (one of: independent, limited, decline)\n"},
    {"help: 0.5", "answers.help: 0.5 is not one of its answers (one of: independent, limited, decline)\n"},
    {"help: true", "answers.help: this is true or false; one word is needed (one of: independent, limited, decline)\n"},
    {"help: [limited]", "answers.help: this is a list; one word is needed (one of: independent, limited, decline)\n"},
    {"benefits: snap",
     "answers.benefits: this is a text; a list of words is needed (write [\"word\", ...], or [] for none)\n"},
    {"benefits: [snap, medicaid]",
     "answers.benefits[1]: medicaid is not one of its answers (one of: snap, ca, none_of_these)\n"},
    {"benefits: [none_of_these, snap]", "answers.benefits[0]: a declined answer cannot stand beside others\n"},
    {"household_roster: {dob: 2015-05-05}",
     "answers.household_roster: an object is no answer here (an absence is written {\"absent\": \"unanswered\"}, \"declined\" or \"unknown\")\n"},
    {"age: {absent: gone}",
     "answers.age: an object is no answer here (an absence is written {\"absent\": \"unanswered\"}, \"declined\" or \"unknown\")\n"},
    {"age: {absent: declined, also: 3}",
     "answers.age: an object is no answer here (an absence is written {\"absent\": \"unanswered\"}, \"declined\" or \"unknown\")\n"},
    {"household_roster: 3",
     "answers.household_roster: this is a number; a list of entries is needed (write [{...}, ...], or [] for none)\n"},
    {"household_roster: [3]",
     "answers.household_roster[0]: this is a number; an object is needed (write {\"field\": value, ...})\n"},
    {"household_roster: [{}, {}, {}]", "answers.household_roster: 3 entries; at most 2 are allowed\n"},
    {"household_roster: [{}, {dbo: 2015-05-05}]",
     "answers.household_roster[1].dbo: an entry of household_roster has no field dbo (did you mean dob?)\n"},
    {"household_roster: [{}, {dob: 2015-15-05}]",
     "answers.household_roster[1].dob: 2015-15-05 is not a date (write it as \"2026-11-23\", a day that exists between 1800 and 2299)\n"},
    {"household_roster: [{incomes: [{amount: 3}, {amount: -3}]}]",
     "answers.household_roster[0].incomes[1].amount: -3 is too small: it may be at least $0\n"},
    {"household_roster: [null]",
     "answers.household_roster[0]: this is null; an object is needed (write {\"field\": value, ...})\n"},
    {"age: 3\nage: 4", "the key 'age' on line 2 was already written on line 1 (remove one of them)\n"},
    /* whole characters only, and not the whole novel */
    {"help: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xC3\xA9\xC3\xA9",
     "answers.help: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa... is not one of its answers "
     "(one of: independent, limited, decline)\n"},
    /* all of them are named */
    {"age: x\ndanger: 3\nhousehold_roster: [{dob: 1}, {relation: uncle}]",
     "answers.age: this is a text; a whole number is needed (write it without a decimal point and without quotes)\n"
     "answers.danger: this is a number; true or false is needed (write true or false, without quotes)\n"
     "answers.household_roster[0].dob: this is a number; a date is needed (write it as \"2026-11-23\")\n"
     "answers.household_roster[1].relation: uncle is not one of its answers (one of: spouse, child)\n"},
};

START_TEST(is_refused) {
  const char *said = support_refused(&s, refused[_i].yaml, NULL);
  ck_assert_msg(strstr(said, refused[_i].message) != NULL, "%s:\n%s", refused[_i].yaml, said);
  if (refused[_i].message[0] == 'a') ck_assert_str_eq(said, refused[_i].message);
}
END_TEST

START_TEST(nothing_given_is_unanswered) {
  struct ask_answers *answers = ask_answers_new(s.arena, s.catalogue, 20780);
  ck_assert_int_eq(answers->as_of, 20780);
  for (size_t i = 0; i < s.catalogue->item_count; i++) {
    ck_assert_int_eq(answers->items[i].state, ASK_UNKNOWN);
    ck_assert_int_eq(answers->items[i].absence, ASK_UNANSWERED);
  }
}
END_TEST

/* What a person reads. */
START_TEST(in_plain_words) {
  static const struct {
    const char *yaml, *id, *text;
  } cases[] = {{"danger: true", "danger", "yes"},
               {"danger: false", "danger", "no"},
               {"rent_monthly: 1450", "rent_monthly", "$1,450"},
               {"rent_monthly: 0.5", "rent_monthly", "$0.50"},
               {"help: limited", "help", "Some"},
               {"benefits: [snap, ca]", "benefits", "SNAP, Cash"},
               {"benefits: []", "benefits", "none"},
               {"household_roster: [{}]", "household_roster", "1 entry"},
               {"household_roster: []", "household_roster", "0 entries"},
               {"age: {absent: declined}", "age", "declined"},
               {"age: {absent: unknown}", "age", "not known"},
               {"{}", "age", "not answered"},
               {"dob: 1944-03-02", "dob", "1944-03-02"}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct ask_buffer text = {0};
    const struct ask_item *item = ask_catalogue_item(s.catalogue, cases[i].id);
    ask_value_people(item, &support_answers(&s, cases[i].yaml, NULL)->items[item->number], &text);
    ck_assert_str_eq(text.bytes, cases[i].text);
    ask_buffer_free(&text);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("answers");
  TCase *cases = tcase_create("answers");
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_loop_test(cases, is_accepted, 0, COUNT(accepted));
  tcase_add_loop_test(cases, is_refused, 0, COUNT(refused));
  tcase_add_test(cases, nothing_given_is_unanswered);
  tcase_add_test(cases, in_plain_words);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
