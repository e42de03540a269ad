/* Which expressions have a type, which type, and what is said of the others: place, message, advice. */
#include <check.h>
#include <stdlib.h>

#include "unit/support_expr.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
  const char *text;
  enum ask_type type;
} sound[] = {
    /* literals */
    {"12", ASK_INTEGER},
    {"0.36", ASK_DECIMAL},
    {"-12", ASK_INTEGER},
    {"true", ASK_BOOL},
    {"'any word'", ASK_TEXT},
    {"12 + 3", ASK_INTEGER},
    {"12 + 0.5", ASK_DECIMAL},
    {"12 / 3", ASK_DECIMAL},
    {"12 // 5", ASK_INTEGER},
    {"12.5 // 5", ASK_INTEGER},
    {"7.5 % 2", ASK_DECIMAL},
    {"7 % 2", ASK_INTEGER},
    {"m0 > 1000", ASK_BOOL},
    {"1000 < m0", ASK_BOOL},
    {"m0 > 1000.50", ASK_BOOL},
    {"m0 + 20", ASK_MONEY},
    {"max(0, m0)", ASK_MONEY},
    {"i0 > 0.5", ASK_BOOL},
    {"d0 > 1", ASK_BOOL},
    {"t0 < '2026-01-01'", ASK_BOOL},
    {"words == 'x'", ASK_BOOL},
    {"b0 and 5 or m0", ASK_MONEY},
    {"b0 and m0 or 5.25", ASK_MONEY},
    {"b0 and 1 or 2.5", ASK_DECIMAL},
    /* arithmetic */
    {"i0 + i1", ASK_INTEGER},
    {"i0 + d0", ASK_DECIMAL},
    {"d0 - i0", ASK_DECIMAL},
    {"i0 * d0", ASK_DECIMAL},
    {"d0 * d1", ASK_DECIMAL},
    {"m0 + m1", ASK_MONEY},
    {"m0 * 2", ASK_MONEY},
    {"0.3 * m0", ASK_MONEY},
    {"m0 * d0", ASK_MONEY},
    {"m0 * i0", ASK_MONEY},
    {"m0 / 2", ASK_MONEY},
    {"m0 / d0", ASK_MONEY},
    {"m0 / m1", ASK_DECIMAL},
    {"m0 // m1", ASK_INTEGER},
    {"m0 % m1", ASK_MONEY},
    {"m0 // 100", ASK_INTEGER},
    {"i0 / i1", ASK_DECIMAL},
    {"-m0", ASK_MONEY},
    {"-d0", ASK_DECIMAL},
    {"t0 - t1", ASK_INTEGER},
    {"t0 + 30", ASK_DATE},
    {"30 + t0", ASK_DATE},
    {"t0 - i0", ASK_DATE},
    {"as_of - 1", ASK_DATE},
    /* comparison and logic */
    {"scale0 < 'c_mid'", ASK_BOOL},
    {"scale0 == scale1", ASK_BOOL},
    {"colour ~= 'red'", ASK_BOOL},
    {"b0 == b1", ASK_BOOL},
    {"words ~= 'x'", ASK_BOOL},
    {"'a' == 'b'", ASK_BOOL},
    {"not b0 or b1 and b2", ASK_BOOL},
    {"i0 < i1 == b0", ASK_BOOL},
    {"status.alpha == 'likely'", ASK_BOOL},
    {"status.own ~= 'error'", ASK_BOOL},
    /* choosing */
    {"b0 and i0 or i1", ASK_INTEGER},
    {"b0 and i0 or d0", ASK_DECIMAL},
    {"b0 and t0 or as_of", ASK_DATE},
    {"b0 and b1 and i0 or i1", ASK_INTEGER},
    {"b0 and 'x' or words", ASK_TEXT},
    {"b0 and scale0 or scale1", ASK_CHOICE},
    {"b0 and i0 or b1 and i1 or i2", ASK_INTEGER},
    /* parameters */
    {"limit", ASK_MONEY},
    {"ratio", ASK_DECIMAL},
    {"start", ASK_DATE},
    {"sizes[i0]", ASK_MONEY},
    {"sizes[2]", ASK_MONEY},
    {"points.red", ASK_INTEGER},
    {"points['blue']", ASK_INTEGER},
    {"points[colour]", ASK_INTEGER},
    {"sizes[abs(-2)]", ASK_MONEY},
    /* functions */
    {"min(i0, d0, 3)", ASK_DECIMAL},
    {"max(t0, '2020-01-01')", ASK_DATE},
    {"abs(m0)", ASK_MONEY},
    {"abs(-3)", ASK_INTEGER},
    {"floor(d0)", ASK_INTEGER},
    {"ceil(m0)", ASK_MONEY},
    {"round(i0)", ASK_INTEGER},
    {"years_between(t0, as_of)", ASK_INTEGER},
    {"months_between(t0, '2026-01-01')", ASK_INTEGER},
    {"add_months(t0, 6)", ASK_DATE},
    {"add_business_days(t0, -5)", ASK_DATE},
    {"year_of(t0)", ASK_INTEGER},
    {"dollars(i0)", ASK_MONEY},
    {"answered(i0)", ASK_BOOL},
    {"declined(scale0)", ASK_BOOL},
    {"has(ticks, 'red')", ASK_BOOL},
    {"count(ticks)", ASK_INTEGER},
    {"count(roster)", ASK_INTEGER},
    {"count(numbers)", ASK_INTEGER},
    {"count(roster, member.age < 18)", ASK_INTEGER},
    {"any(roster, member.works)", ASK_BOOL},
    {"all(flags, f)", ASK_BOOL},
    {"sum(roster, member.pay)", ASK_MONEY},
    {"sum(roster, member.pay, member.works)", ASK_MONEY},
    {"sum(roster, 1)", ASK_INTEGER},
    {"sum(numbers, n)", ASK_INTEGER},
    {"sum(mixed, x)", ASK_DECIMAL},
    {"sum(roster, sum(member.kids, kid.years, kid.fit))", ASK_INTEGER},
    {"any(roster, answered(member.pay))", ASK_BOOL},
    {"any(roster, any(member.kids, kid.years > member.age))", ASK_BOOL},
    {"any(numbers, any(roster, member.age > n))", ASK_BOOL},
    {"count(scales, s >= 'c_mid') >= 2", ASK_BOOL},
};

START_TEST(has_this_type) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  struct ask_kind kind;
  ck_assert_msg(expr_compile(arena, sound[_i].text, NULL, &code, &problems, &kind), "%s: %s", sound[_i].text,
                problems.count ? problems.list[0].message : "?");
  ck_assert_msg(kind.type == sound[_i].type, "%s is %s", sound[_i].text, ask_type_name(kind.type));
  ck_assert_uint_eq(problems.count, 0);
  ask_arena_free(arena);
}
END_TEST

/* Columns count from 20, where the expression begins. The message ends with the expression, which is left out here. */
static const struct {
  const char *text;
  int column;
  const char *code, *message, *hint;
} unsound[] = {
    /* names */
    {"agee > 3", 20, "unknown-name", "there is no item, worksheet line or parameter named agee", NULL},
    {"colour == crimson", 30, "unknown-name", "there is no item, worksheet line or parameter named crimson",
     "the words of a choice stand in quotes: 'crimson'"},
    {"i0 + limt", 25, "unknown-name", "there is no item, worksheet line or parameter named limt",
     "did you mean limit?"},
    {"rooster == 1", 20, "unknown-name", "there is no item, worksheet line or parameter named rooster",
     "did you mean roster?"},
    {"colours.red", 20, "unknown-name", "there is no item, worksheet line or parameter named colours",
     "did you mean colour?"},
    {"zzz[2]", 20, "unknown-name", "there is no item, worksheet line or parameter named zzz", NULL},
    {"any(roster, member.aeg > 3)", 32, "unknown-name", "member has no field aeg", "did you mean age?"},
    {"any(roster, member.salary)", 32, "unknown-name", "member has no field salary", NULL},
    {"any(roster, member)", 32, "wrong-type", "member stands for a whole entry", "name one of its fields"},
    {"member.age > 3", 20, "unknown-name", "there is no item, worksheet line or parameter named member", NULL},
    {"any(roster, b0) and member.works", 40, "unknown-name",
     "there is no item, worksheet line or parameter named member", NULL},
    {"status.alfa == 'likely'", 20, "unknown-name", "there is no program named alfa", "did you mean alpha?"},
    {"status.later == 'likely'", 20, "unknown-name", "status.later cannot be read here", NULL},
    {"i0.b", 20, "wrong-type", "nothing has a part named b here",
     "only entries of lists, status and tables have parts"},
    {"roster.age", 20, "wrong-type", "nothing has a part named age here",
     "only entries of lists, status and tables have parts"},
    {"floor2(d0)", 20, "unknown-name", "there is no function floor2()", "did you mean floor?"},
    {"print(d0)", 20, "unknown-name", "there is no function print()", NULL},
    {"min(i0)", 20, "wrong-arguments", "min() has 1 arguments", "it is used as min(a, b, ...)"},
    {"abs(i0, i1)", 20, "wrong-arguments", "abs() has 2 arguments", "it is used as abs(number)"},
    {"any(roster)", 20, "wrong-arguments", "any() has 1 arguments", "it is used as any(list, condition)"},
    {"count()", 20, "wrong-arguments", "count() has 0 arguments",
     "it is used as count(list) or count(list, condition)"},
    /* words of choices */
    {"colour == 'rad'", 30, "unknown-word", "'rad' is not one of the words of this choice", "did you mean 'red'?"},
    {"colour == 'crimson'", 30, "unknown-word", "'crimson' is not one of the words of this choice",
     "its words are: red, green, blue"},
    {"scale0 == 'decline'", 30, "wrong-type", "'decline' is the absence of an answer", "write declined(item)"},
    {"status.alpha == 'eligible'", 36, "unknown-word", "'eligible' is not one of the words of this choice",
     "its words are: likely, possible, need_info, unlikely, withheld, error"},
    {"has(ticks, 'purple')", 31, "unknown-word", "'purple' is not one of the words of this choice",
     "its words are: red, green, blue"},
    {"has(ticks, colour)", 31, "wrong-type", "has() needs one word in quotes", NULL},
    {"has(colour, 'red')", 20, "wrong-type", "has() asks a question with several choices; this is choice",
     "write item == 'word'"},
    /* comparison */
    {"colour < 'red'", 27, "wrong-type", "choice has no order",
     "say `ordered: true` in the form if its words are a scale, lowest first"},
    {"colour == scale0", 27, "wrong-type", "choice cannot be compared with choice", "their words differ"},
    {"ticks == 'red'", 26, "wrong-type", "choices cannot be compared with the word 'red'", "write has(item, 'word')"},
    {"ticks == ticks", 26, "wrong-type", "choices cannot be compared", "has(item, 'word')"},
    {"roster == roster", 27, "wrong-type", "list cannot be compared", "count(list, condition)"},
    {"b0 < b1", 23, "wrong-type", "bool has no order", NULL},
    {"words < 'x'", 26, "wrong-type", "text has no order", NULL},
    {"m0 > t0", 23, "wrong-type", "money cannot be compared with date", NULL},
    {"m0 > i0", 23, "wrong-type", "money cannot be compared with integer", NULL},
    {"m0 > d0", 23, "wrong-type", "money cannot be compared with decimal", NULL},
    {"i0 == 'three'", 23, "wrong-type", "integer cannot be compared with the word 'three'", NULL},
    {"i0 == b0", 23, "wrong-type", "integer cannot be compared with bool", NULL},
    {"numbers > 3", 28, "wrong-type", "a group of items cannot be compared with the number 3", NULL},
    {"t0 > '2026-02-30'", 25, "wrong-type", "the word '2026-02-30' is not a date", "write dates as '2026-11-23'"},
    {"t0 > 2026", 23, "wrong-type", "date cannot be compared with the number 2026", NULL},
    {"m0 > 10.005", 25, "out-of-range", "the number 10.005 does not fit", "money has at most two decimals"},
    {"d0 > 0.1234567", 25, "out-of-range", "the number 0.1234567 does not fit", "decimals have at most six places"},
    {"i0 > 9223372036854775808", 25, "out-of-range", "the number 9223372036854775808 does not fit",
     "a whole number is needed here"},
    {"1 < i0 < 5", 27, "wrong-type", "bool cannot be compared with the number 5", NULL},
    /* arithmetic */
    {"m0 * m1", 23, "wrong-type", "money cannot be multiplied by money", NULL},
    {"m0 + i0", 23, "wrong-type", "money cannot be added to integer", NULL},
    {"m0 + t0", 23, "wrong-type", "money and date cannot be added", "date - date is days; date + days is a date"},
    {"t0 + t1", 23, "wrong-type", "date and date cannot be added", "date - date is days; date + days is a date"},
    {"i0 - t0", 23, "wrong-type", "integer and date cannot be subtracted",
     "date - date is days; date + days is a date"},
    {"t0 + d0", 23, "wrong-type", "decimal is given where integer is needed", NULL},
    {"100 / m0", 24, "wrong-type", "integer cannot be divided by money", NULL},
    {"m0 // i0", 23, "wrong-type", "money cannot be divided by integer", NULL},
    {"b0 + 1", 23, "wrong-type", "bool and the number 1 cannot be added", NULL},
    {"b0 * 2", 23, "wrong-type", "bool * the number 2 is not arithmetic", NULL},
    {"'a' - 'b'", 24, "wrong-type", "the word 'a' and the word 'b' cannot be subtracted", NULL},
    {"colour % 2", 27, "wrong-type", "choice % the number 2 is not arithmetic", NULL},
    {"-b0", 20, "wrong-type", "bool cannot be negative", NULL},
    {"-'x'", 20, "wrong-type", "the word 'x' cannot be negative", NULL},
    /* logic */
    {"i0 and b0", 20, "wrong-type", "integer is given where bool is needed", NULL},
    {"b0 or 1", 26, "wrong-type", "the number 1 is given where bool is needed", NULL},
    {"not i0", 24, "wrong-type", "integer is given where bool is needed", NULL},
    {"b0 and b1 or i0", 33, "wrong-type", "integer is given where bool is needed", NULL},
    {"i0 and i1 or i2", 20, "wrong-type", "integer is given where bool is needed", NULL},
    {"b0 and i0 or m0", 30, "wrong-type", "integer cannot be an alternative to money", NULL},
    {"b0 and i0 or b1", 30, "wrong-type", "integer cannot be an alternative to bool", NULL},
    {"count(b0 and roster or roster)", 40, "wrong-type", "lists cannot be chosen from",
     "choose between values: cond and sum(...) or sum(...)"},
    /* tables */
    {"sizes > 3", 20, "wrong-type", "sizes is a table", "say which entry: table[household_size] or table.word"},
    {"points.purple", 20, "unknown-key", "the table has no entry purple", "see the keys in its YAML file"},
    {"points['purple']", 27, "unknown-key", "the table has no entry purple", "see the keys in its YAML file"},
    {"points[scale0]", 20, "unknown-key", "the table has no entry for a_none", "add it, or an entry `other`"},
    {"points[2]", 20, "wrong-type", "the table's keys are words, not numbers", "look it up with one of its words"},
    {"sizes[d0]", 26, "wrong-type", "decimal is given where integer is needed", NULL},
    {"sizes[1.5]", 26, "out-of-range", "the number 1.5 does not fit", "a whole number is needed here"},
    {"i0[2]", 20, "wrong-type", "only parameter tables are looked up with [ ]", NULL},
    /* functions */
    {"min(i0, b0)", 28, "wrong-type", "integer cannot be compared with bool", NULL},
    {"min(b0, b1)", 28, "wrong-type", "bool has no smallest or largest", NULL},
    {"abs(t0)", 24, "wrong-type", "date is not a number", NULL},
    {"floor('x')", 26, "wrong-type", "the word 'x' is not a number", NULL},
    {"years_between(t0, i0)", 38, "wrong-type", "integer is given where date is needed", NULL},
    {"add_months(t0, 1.5)", 35, "out-of-range", "the number 1.5 does not fit", "a whole number is needed here"},
    {"dollars(m0)", 28, "wrong-type", "money is given where integer is needed", NULL},
    {"answered(i0 + 1)", 32, "wrong-type", "this is not an item", "give the name of one item"},
    {"declined(limit)", 29, "wrong-type", "this is not an item", "give the name of one item"},
    {"any(roster, declined(member.age))", 41, "wrong-type", "this is not an item", "give the name of one item"},
    {"count(i0)", 20, "wrong-type", "integer cannot be counted", NULL},
    {"count(ticks, true)", 20, "wrong-type", "count(x, condition) counts in a list or a group, not in choices", NULL},
    {"any(i0, true)", 20, "wrong-type", "integer is not a list or a group", NULL},
    {"sum(ticks, 1)", 20, "wrong-type", "choices is not a list or a group", NULL},
    {"any(roster, member.age)", 32, "wrong-type", "integer is given where bool is needed", NULL},
    {"sum(roster, member.works)", 32, "wrong-type", "bool is not a number", NULL},
    {"sum(scales, s)", 32, "wrong-type", "choice is not a number", NULL},
    {"numbers", 20, "wrong-type", "a group of items is no value here", NULL},
};

START_TEST(is_told_what_is_wrong) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  ck_assert_msg(!expr_compile(arena, unsound[_i].text, NULL, &code, &problems, NULL), "%s has a type",
                unsound[_i].text);
  ck_assert_uint_eq(problems.count, 1);
  const struct ask_problem *p = &problems.list[0];
  ck_assert_str_eq(p->message, ask_printf(arena, "%s, in `%s`", unsound[_i].message, unsound[_i].text));
  ck_assert_str_eq(p->code, unsound[_i].code);
  ck_assert_pstr_eq(p->hint, unsound[_i].hint);
  ck_assert_msg(p->at.line == 7 && p->at.column == unsound[_i].column, "%s: at %d:%d", unsound[_i].text, p->at.line,
                p->at.column);
  ask_arena_free(arena);
}
END_TEST

static const struct {
  const char *text;
  enum ask_type wanted;
  const char *message;
} wanted_types[] = {
    {"5", ASK_MONEY, NULL},
    {"5", ASK_DECIMAL, NULL},
    {"i0", ASK_DECIMAL, NULL},
    {"'2026-01-01'", ASK_DATE, NULL},
    {"i0", ASK_MONEY, "integer is given where money is needed"},
    {"d0", ASK_INTEGER, "decimal is given where integer is needed"},
    {"i0", ASK_BOOL, "integer is given where bool is needed"},
    {"1.5", ASK_INTEGER, "the number 1.5 does not fit"},
    {"m0", ASK_INTEGER, "money is given where integer is needed"},
    {"'x'", ASK_BOOL, "the word 'x' is given where bool is needed"},
};

START_TEST(wanted_type_is_checked) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  struct ask_kind wanted = {.type = wanted_types[_i].wanted}, kind;
  bool fine = expr_compile(arena, wanted_types[_i].text, &wanted, &code, &problems, &kind);
  ck_assert_msg(fine == !wanted_types[_i].message, "%s as %s", wanted_types[_i].text, ask_type_name(wanted.type));
  if (fine)
    ck_assert_int_eq(kind.type, wanted.type);
  else
    ck_assert_str_eq(problems.list[0].message,
                     ask_printf(arena, "%s, in `%s`", wanted_types[_i].message, wanted_types[_i].text));
  ask_arena_free(arena);
}
END_TEST

/* Many small choices inside each other are compiled once each, not twice at every level. */
START_TEST(nested_alternatives_stay_small) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  char *text = ask_strdup(arena, "b0");
  for (int i = 0; i < 20; i++) text = ask_printf(arena, "(%s and b1 or b2)", text);
  ck_assert_msg(expr_compile(arena, text, NULL, &code, &problems, NULL), "%s",
                problems.count ? problems.list[0].message : "?");
  ck_assert_uint_le(code.count, 3 + 2 * 20);
  ask_arena_free(arena);
}
END_TEST

START_TEST(equal_parts_share_a_register) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  ck_assert(expr_compile(arena, "(i0 + i1) * (i0 + i1) == (i0 + i1)", NULL, &code, &problems, NULL));
  ck_assert_uint_eq(code.count, 5);
  ask_arena_free(arena);
}
END_TEST

START_TEST(unrolling_of_groups_is_bounded) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  char *text = ask_strdup(arena, "n > 1");
  for (int i = 0; i < 7; i++) text = ask_printf(arena, "count(numbers, %s) > 1", text);
  ck_assert(!expr_compile(arena, text, NULL, &code, &problems, NULL));
  ck_assert_str_eq(problems.list[0].code, "too-large");
  text = ask_strdup(arena, "n > 1");
  for (int i = 0; i < 9; i++) text = ask_printf(arena, "any(numbers, %s)", text);
  problems.count = 0;
  ck_assert(!expr_compile(arena, text, NULL, &code, &problems, NULL));
  text = ask_strdup(arena, "true");
  for (int i = 0; i < 6; i++) text = ask_printf(arena, "any(roster, %s)", text);
  problems.count = 0;
  ck_assert(!expr_compile(arena, text, NULL, &code, &problems, NULL));
  ck_assert_str_eq(problems.list[0].code, "too-deep");
  ask_arena_free(arena);
}
END_TEST

START_TEST(tells_what_is_read) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  bool read[EXPR_ITEMS] = {false};
  struct ask_scope scope = expr_scope(read);
  struct ask_code code = {0};
  struct ask_compiled compiled;
  ck_assert(ask_compile(arena, &code, &scope, "any(roster, member.age > i1) or count(flags, f) > 1 and answered(m0)",
                        ASK_NOWHERE, NULL, &problems, &compiled));
  for (int i = 0; i < EXPR_ITEMS; i++)
    ck_assert_msg(read[i] == (i == EXPR_ROSTER || i == EXPR_I1 || i == EXPR_M0 || i <= EXPR_B2), "%s",
                  expr_items[i].name);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("types of expressions");
  TCase *cases = tcase_create("types");
  tcase_add_loop_test(cases, has_this_type, 0, COUNT(sound));
  tcase_add_loop_test(cases, is_told_what_is_wrong, 0, COUNT(unsound));
  tcase_add_loop_test(cases, wanted_type_is_checked, 0, COUNT(wanted_types));
  tcase_add_test(cases, nested_alternatives_stay_small);
  tcase_add_test(cases, equal_parts_share_a_register);
  tcase_add_test(cases, unrolling_of_groups_is_bounded);
  tcase_add_test(cases, tells_what_is_read);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
