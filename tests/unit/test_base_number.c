/* Unit tests of exact numbers and of the hash. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "base/number.h"

struct reading {
  const char *text;
  int places;
  bool fine;
  int64_t value;
};

static const struct reading READINGS[] = {
    {"0", 0, true, 0},
    {"-0", 2, true, 0},
    {"1450", 2, true, 145000},
    {"1450.5", 2, true, 145050},
    {"1450.000", 2, true, 145000},
    {"1450.000", 0, true, 1450},
    {"1.005", 2, false, 0},
    {"1.005", 3, true, 1005},
    {"-14.50", 2, true, -1450},
    {"1.45e3", 0, true, 1450},
    {"1.45E+3", 2, true, 145000},
    {"145000e-2", 2, true, 145000},
    {"145000e-4", 0, false, 0},
    {"5e-2", 2, true, 5},
    {"5e-3", 2, false, 0},
    {"0e999999999999999999999", 0, true, 0},
    {"1e999999999999999999999", 0, false, 0},
    {"1e-99999999999999999999999", 6, false, 0},
    {"0.000000000000000000000000001e27", 0, true, 1},
    {"1000000000000000000000000e-24", 0, true, 1},
    {"9223372036854775807", 0, true, INT64_MAX},
    {"-9223372036854775807", 0, true, -INT64_MAX},
    {"9223372036854775808", 0, false, 0},
    {"-9223372036854775808", 0, false, 0},
    {"92233720368547758.07", 2, true, INT64_MAX},
    {"92233720368547758.08", 2, false, 0},
    {"9e18", 0, true, INT64_C(9000000000000000000)},
    {"1e19", 0, false, 0},
    {"99999999999999999999", 0, false, 0},
    {"12.000000000000000000000000000000", 6, true, 12000000},
    {"0.36", 6, true, 360000},
    {"", 0, false, 0},
    {"-", 0, false, 0},
    {"+1", 0, false, 0},
    {"01", 0, false, 0},
    {"-01", 0, false, 0},
    {".5", 2, false, 0},
    {"1.", 2, false, 0},
    {"1.e2", 2, false, 0},
    {"1e", 2, false, 0},
    {"1e+", 2, false, 0},
    {"1e-x", 2, false, 0},
    {"1 ", 0, false, 0},
    {" 1", 0, false, 0},
    {"1,000", 0, false, 0},
    {"$5", 2, false, 0},
    {"0x10", 0, false, 0},
    {"NaN", 0, false, 0},
    {"1.2.3", 2, false, 0},
};

START_TEST(numbers_are_read_exactly_or_not_at_all) {
  const struct reading *reading = &READINGS[_i];
  int64_t value = 4711;
  bool fine = ask_number_read(reading->text, strlen(reading->text), reading->places, &value);
  ck_assert_msg(fine == reading->fine, "'%s' at %d places", reading->text, reading->places);
  ck_assert_msg(value == (fine ? reading->value : 4711), "'%s' gives %lld", reading->text, (long long)value);
}
END_TEST

START_TEST(only_the_counted_bytes_are_read) {
  int64_t value = 0;
  ck_assert(ask_number_read("14509", 4, 0, &value));
  ck_assert_int_eq(value, 1450);
}
END_TEST

START_TEST(numbers_are_written) {
  char text[ASK_NUMBER_TEXT];
  ask_money_text(145000, text);
  ck_assert_str_eq(text, "1450.00");
  ask_money_text(-5, text);
  ck_assert_str_eq(text, "-0.05");
  ask_money_text(INT64_MIN, text);
  ck_assert_str_eq(text, "-92233720368547758.08");
  ask_money_dollars_text(145000, text);
  ck_assert_str_eq(text, "$1,450");
  ask_money_dollars_text(145005, text);
  ck_assert_str_eq(text, "$1,450.05");
  ask_money_dollars_text(-500, text);
  ck_assert_str_eq(text, "-$5");
  ask_money_dollars_text(99, text);
  ck_assert_str_eq(text, "$0.99");
  ask_money_dollars_text(100000000, text);
  ck_assert_str_eq(text, "$1,000,000");
  ask_money_dollars_text(INT64_MIN, text);
  ck_assert_str_eq(text, "-$92,233,720,368,547,758.08");
  ask_decimal_text(1300000, text);
  ck_assert_str_eq(text, "1.3");
  ask_decimal_text(-1, text);
  ck_assert_str_eq(text, "-0.000001");
  ask_decimal_text(2000000, text);
  ck_assert_str_eq(text, "2");
  ask_decimal_text(0, text);
  ck_assert_str_eq(text, "0");
  ask_decimal_text(INT64_MIN, text);
  ck_assert_str_eq(text, "-9223372036854.775808");
}
END_TEST

static int64_t divided(int64_t a, int64_t b, int64_t c) {
  int64_t result = 0;
  ck_assert(ask_mul_div(a, b, c, &result));
  return result;
}

START_TEST(mul_div_rounds_half_away_from_zero) {
  ck_assert_int_eq(divided(5, 1, 2), 3);
  ck_assert_int_eq(divided(-5, 1, 2), -3);
  ck_assert_int_eq(divided(5, -1, 2), -3);
  ck_assert_int_eq(divided(5, 1, -2), -3);
  ck_assert_int_eq(divided(-5, 1, -2), 3);
  ck_assert_int_eq(divided(4, 1, 3), 1);
  ck_assert_int_eq(divided(5, 1, 3), 2);
  ck_assert_int_eq(divided(1, 1, 4), 0);
  ck_assert_int_eq(divided(2, 1, 4), 1);
  ck_assert_int_eq(divided(7, 3, 1), 21);
  ck_assert_int_eq(divided(0, 3, 7), 0);
  ck_assert_int_eq(divided(INT64_MAX, 1000000, 1000000), INT64_MAX);
  ck_assert_int_eq(divided(INT64_MAX, INT64_MAX, INT64_MAX), INT64_MAX);
  ck_assert_int_eq(divided(INT64_MIN, 1, 1), INT64_MIN);
  int64_t result = 9;
  ck_assert(!ask_mul_div(1, 1, 0, &result));
  ck_assert(!ask_mul_div(INT64_MAX, 2, 1, &result));
  ck_assert(!ask_mul_div(INT64_MIN, 1, -1, &result));
  ck_assert(!ask_mul_div(INT64_MIN, INT64_MIN, 1, &result));
  ck_assert_int_eq(result, 9);
}
END_TEST

START_TEST(the_hash_is_sha256) {
  struct ask_hash hash;
  char text[ASK_HASH_TEXT];
  ask_hash_start(&hash);
  ask_hash_end(&hash, text);
  ck_assert_str_eq(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  ask_hash_start(&hash);
  ask_hash_add(&hash, "a", 1);
  ask_hash_add(&hash, NULL, 0);
  ask_hash_add(&hash, "bc", 2);
  ask_hash_end(&hash, text);
  ck_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

static Suite *base_number_suite(void) {
  Suite *suite = suite_create("base number");
  TCase *cases = tcase_create("number");
  tcase_add_loop_test(cases, numbers_are_read_exactly_or_not_at_all, 0, (int)(sizeof READINGS / sizeof READINGS[0]));
  tcase_add_test(cases, only_the_counted_bytes_are_read);
  tcase_add_test(cases, numbers_are_written);
  tcase_add_test(cases, mul_div_rounds_half_away_from_zero);
  tcase_add_test(cases, the_hash_is_sha256);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(base_number_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
