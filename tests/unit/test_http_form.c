/* Unit tests of what browsers send: forms, queries, cookies. And of the limit on failures, which is looked at before it is used. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/form.h"
#include "http/limit.h"

static struct ask_arena *arena;
static void setup(void) { arena = ask_arena_new(); }
static void teardown(void) { arena = ask_arena_free(arena); }

/* The pairs as name=value;name=value; or the state's number. */
static const char *read_bytes(const char *bytes, size_t length) {
  struct ask_pair *pairs;
  size_t count;
  char *text = ask_strndup(arena, bytes, length);
  enum ask_form_state state = ask_form_read(arena, text, length, &pairs, &count);
  if (state != ASK_FORM_GOOD) {
    ck_assert_uint_eq(count, 0);
    return ask_printf(arena, "%d", state);
  }
  const char *all = "";
  for (size_t i = 0; i < count; i++)
    all = ask_printf(arena, "%s%.*s=%.*s;", all, (int)pairs[i].name.length, pairs[i].name.bytes,
                     (int)pairs[i].value.length, pairs[i].value.bytes);
  return all;
}
static const char *read(const char *text) { return read_bytes(text, strlen(text)); }
static const char *number(int state) { return ask_printf(arena, "%d", state); }

START_TEST(a_form_is_read_as_it_was_meant) {
  ck_assert_str_eq(read("a=1&b=two+words&c=%2B%26%3D"), "a=1;b=two words;c=+&=;");
  ck_assert_str_eq(read("name=caf%C3%A9&%C3%B1=1"), "name=caf\xC3\xA9;\xC3\xB1=1;");
  ck_assert_str_eq(read("a=1&a=2&a=1"), "a=1;a=2;a=1;");
  ck_assert_str_eq(read("a=b=c&d"), "a=b=c;d=;");
  ck_assert_str_eq(read(""), "");
  ck_assert_str_eq(read("&&=&&a&"), "=;a=;");
  ck_assert_str_eq(read("a=line%0D%0Atwo"), "a=line\r\ntwo;");
}
END_TEST

START_TEST(what_cannot_be_meant_is_refused_as_a_whole) {
  static const char *const escapes[] = {"a=%", "a=%4", "a=%zz", "good=1&%=2", "a=%00", "%00=a", "a=%4%31"};
  for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
    ck_assert_str_eq(read(escapes[i]), number(ASK_FORM_ESCAPE));
  static const char *const texts[] = {"a=%FF", "%C3=a", "a=\xC3", "a=%ED%A0%80", "good=1&a=%C0%80"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) ck_assert_str_eq(read(texts[i]), number(ASK_FORM_TEXT));
  ck_assert_str_eq(read_bytes("a=1\0b", 5), number(ASK_FORM_ESCAPE));
}
END_TEST

START_TEST(pairs_are_counted) {
  struct ask_buffer text = {0};
  for (int i = 0; i < ASK_PAGE_PAIRS; i++) ask_buffer_puts(&text, "&a=1&");
  ck_assert_uint_eq(strlen(read_bytes(text.bytes, text.length)), (size_t)ASK_PAGE_PAIRS * 4);
  ask_buffer_puts(&text, "b");
  ck_assert_str_eq(read_bytes(text.bytes, text.length), number(ASK_FORM_MANY));
  ask_buffer_free(&text);
}
END_TEST

static const char *cookie(const char *header) {
  struct ask_text value = ask_cookie_find((struct ask_text){header, strlen(header)}, "__Host-askonce");
  return ask_strndup(arena, value.bytes, value.length);
}

START_TEST(a_cookie_is_found_by_its_whole_name) {
  ck_assert_str_eq(cookie("__Host-askonce=0a1b"), "0a1b");
  ck_assert_str_eq(cookie("a=1; __Host-askonce=0a1b; b=2"), "0a1b");
  ck_assert_str_eq(cookie("a=1;__Host-askonce=0a1b \t;b=2"), "0a1b");
  ck_assert_str_eq(cookie("__Host-askonce-visitor=x; x__Host-askonce=y; __host-askonce=z; __Host-askonce =q"), "");
  ck_assert_str_eq(cookie("__Host-askonce"), "");
  ck_assert_str_eq(cookie("__Host-askonce="), "");
  ck_assert_str_eq(cookie(""), "");
  ck_assert_uint_eq(ask_cookie_find((struct ask_text){NULL, 0}, "a").length, 0);
}
END_TEST

START_TEST(a_cookie_that_came_twice_counts_only_if_both_are_the_same) {
  ck_assert_str_eq(cookie("__Host-askonce=a; __Host-askonce=a"), "a");
  ck_assert_str_eq(cookie("__Host-askonce=a; __Host-askonce=b"), "");
  ck_assert_str_eq(cookie("__Host-askonce=a; __Host-askonce=ab"), "");
  ck_assert_str_eq(cookie("__Host-askonce=a; __Host-askonce="), "");
  ck_assert_str_eq(cookie("__Host-askonce=; __Host-askonce=a"), "");
  ck_assert_str_eq(cookie("__Host-askonce=a; __Host-askonce=b; __Host-askonce=a"), "");
}
END_TEST

START_TEST(a_cookie_of_odd_bytes_or_length_is_none) {
  static const char *const values[] = {"\"a\"", "a b", "a,b", "a\\b", "a\x01", "a\x7f", "a\xC3\xA9"};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    ck_assert_str_eq(cookie(ask_printf(arena, "x=1; __Host-askonce=%s; y=2", values[i])), "");
  char longest[ASK_COOKIE_LIMIT + 2];
  memset(longest, 'a', sizeof longest);
  ck_assert_str_eq(cookie(ask_printf(arena, "__Host-askonce=%.*s", ASK_COOKIE_LIMIT + 1, longest)), "");
  ck_assert_uint_eq(strlen(cookie(ask_printf(arena, "__Host-askonce=%.*s", ASK_COOKIE_LIMIT, longest))),
                    ASK_COOKIE_LIMIT);
}
END_TEST

START_TEST(looking_at_a_limit_takes_nothing) {
  struct ask_limit *limit = ask_limit_new(1, 2);
  unsigned char who[16] = {1}, other[16] = {2};
  int seconds = 0;
  int64_t now = 5000000;
  for (int i = 0; i < 10; i++) ck_assert(ask_limit_has(limit, who, now, &seconds));
  ck_assert(ask_limit_take(limit, who, now, &seconds));
  ck_assert(ask_limit_take(limit, who, now, &seconds));
  ck_assert(!ask_limit_has(limit, who, now, &seconds));
  ck_assert_int_ge(seconds, 1);
  ck_assert(ask_limit_has(limit, other, now, &seconds));
  ck_assert(!ask_limit_has(limit, who, now + 900000, &seconds));
  ck_assert(ask_limit_has(limit, who, now + 1100000, &seconds));
  ck_assert(ask_limit_take(limit, who, now + 1100000, &seconds));
  ck_assert(!ask_limit_take(limit, who, now + 1100000, &seconds));
  ask_limit_free(limit);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("http form");
  TCase *cases = tcase_create("form");
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_test(cases, a_form_is_read_as_it_was_meant);
  tcase_add_test(cases, what_cannot_be_meant_is_refused_as_a_whole);
  tcase_add_test(cases, pairs_are_counted);
  tcase_add_test(cases, a_cookie_is_found_by_its_whole_name);
  tcase_add_test(cases, a_cookie_that_came_twice_counts_only_if_both_are_the_same);
  tcase_add_test(cases, a_cookie_of_odd_bytes_or_length_is_none);
  tcase_add_test(cases, looking_at_a_limit_takes_nothing);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
