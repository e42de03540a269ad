/* Unit tests of text: UTF-8, buffer, map, "did you mean". */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/html.h"
#include "base/text.h"

START_TEST(utf8_is_checked) {
  static const char *const good[] = {
      "", "plain", "caf\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8F\xA0", "\xF4\x8F\xBF\xBF"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
    ck_assert_msg(ask_utf8_valid(good[i], strlen(good[i])), "good %zu", i);
  static const char *const bad[] = {"\x80",
                                    "\xC0\x80",
                                    "\xC1\xBF",
                                    "\xE0\x80\x80",
                                    "\xED\xA0\x80",
                                    "\xF5\x80\x80\x80",
                                    "\xF0\x80\x80\x80",
                                    "\xF4\x90\x80\x80",
                                    "\xC3",
                                    "\xE2\x82",
                                    "a\xFFz"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    ck_assert_msg(!ask_utf8_valid(bad[i], strlen(bad[i])), "bad %zu", i);
  ck_assert(!ask_utf8_valid("a\0b", 3));
  ck_assert_uint_eq(ask_utf8_length("caf\xC3\xA9 \xF0\x9F\x8F\xA0", 10), 6);
}
END_TEST

START_TEST(counted_text_is_compared_whole) {
  struct ask_text text = {"likely!", 6};
  ck_assert(ask_text_is(&text, "likely"));
  ck_assert(!ask_text_is(&text, "likely!"));
  ck_assert(!ask_text_is(&text, "like"));
  ck_assert(ask_text_is(&(struct ask_text){NULL, 0}, ""));
}
END_TEST

START_TEST(a_buffer_grows_and_stays_terminated) {
  struct ask_buffer buffer = {0};
  for (int i = 0; i < 1000; i++) {
    ask_buffer_printf(&buffer, "%d,", i);
    ck_assert_uint_eq(strlen(buffer.bytes), buffer.length);
  }
  ck_assert_uint_eq(buffer.length, 3890);
  ask_buffer_clear(&buffer);
  ask_buffer_puts(&buffer, "a");
  ask_buffer_putc(&buffer, '\n');
  ask_buffer_add(&buffer, "x\0y", 3);
  ask_buffer_add(&buffer, NULL, 0);
  ask_buffer_printf(&buffer, "%600s", "end");
  ck_assert_uint_eq(buffer.length, 605);
  ck_assert_int_eq(memcmp(buffer.bytes, "a\nx\0y", 5), 0);
  ck_assert_str_eq(buffer.bytes + 602, "end");
  ask_buffer_free(&buffer);
  ck_assert_ptr_null(buffer.bytes);
  ask_buffer_free(&buffer);
}
END_TEST

START_TEST(a_map_finds_what_was_put) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_map *map = ask_map_new(arena);
  char key[32];
  for (int i = 0; i < 5000; i++) {
    snprintf(key, sizeof key, "item_%d", i);
    ask_map_put(map, key, i);
  }
  for (int i = 0; i < 5000; i++) {
    snprintf(key, sizeof key, "item_%d", i);
    ck_assert_int_eq(ask_map_get(map, key), i);
  }
  ck_assert_int_eq(ask_map_get(map, "item_5000"), -1);
  ck_assert_int_eq(ask_map_get(map, ""), -1);
  ck_assert_int_eq(ask_map_get_n(map, "item_12345", 7), 12);
  ck_assert_int_eq(ask_map_get_n(map, NULL, 0), -1);
  ask_map_put(map, "item_7", 70);
  ck_assert_int_eq(ask_map_get(map, "item_7"), 70);
  ask_arena_free(arena);
}
END_TEST

static const char *const NAMES[] = {"text", "type", "ask_when", "if_not_asked", "options", "max", "max_length"};
#define MEANT(wrong) ask_did_you_mean(wrong, NAMES, sizeof NAMES / sizeof NAMES[0])

START_TEST(html_is_escaped) {
  struct ask_buffer buffer = {0};
  ask_html_text(&buffer, "<b title=\"x\">R&D\x01\xC3\xA9</b>");
  ask_html_text(&buffer, NULL);
  ck_assert_str_eq(buffer.bytes, "&lt;b title=&quot;x&quot;&gt;R&amp;D \xC3\xA9&lt;/b&gt;");
  ask_buffer_free(&buffer);
}
END_TEST

START_TEST(slips_are_recognised) {
  ck_assert_str_eq(MEANT("txet"), "text"); /* neighbours swapped: one slip */
  ck_assert_str_eq(MEANT("tex"), "text");
  ck_assert_str_eq(MEANT("TYPE"), "type");
  ck_assert_str_eq(MEANT("ask-when"), "ask_when");
  ck_assert_str_eq(MEANT("askwhen"), "ask_when");
  ck_assert_str_eq(MEANT("optoins"), "options");
  ck_assert_str_eq(MEANT("if_not_askd"), "if_not_asked");
  ck_assert_str_eq(MEANT("maxlenght"), "max_length"); /* 3 */
}
END_TEST

START_TEST(other_words_are_not_taken_for_slips) {
  ck_assert_ptr_null(MEANT("tt"));
  ck_assert_ptr_null(MEANT(""));
  ck_assert_ptr_null(MEANT("colour"));
  ck_assert_ptr_null(MEANT("tetx_"));
  ck_assert_ptr_null(MEANT("x"));
  char longest[400];
  memset(longest, 'a', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  ck_assert_ptr_null(MEANT(longest));
  const char *names[] = {longest, NULL, "a"};
  ck_assert_str_eq(ask_did_you_mean("aa", names, 3), "a");
}
END_TEST

static Suite *base_text_suite(void) {
  Suite *suite = suite_create("base text");
  TCase *cases = tcase_create("text");
  tcase_add_test(cases, utf8_is_checked);
  tcase_add_test(cases, counted_text_is_compared_whole);
  tcase_add_test(cases, a_buffer_grows_and_stays_terminated);
  tcase_add_test(cases, a_map_finds_what_was_put);
  tcase_add_test(cases, html_is_escaped);
  tcase_add_test(cases, slips_are_recognised);
  tcase_add_test(cases, other_words_are_not_taken_for_slips);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(base_text_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
