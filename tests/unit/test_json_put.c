/* Texts as JSON: eight bytes at a time must give what one at a time gives. */
#include <check.h>
#include <stdlib.h>

#include "json/put.h"

/* Every byte at every place of texts of every length up to three words. */
START_TEST(escapes_what_it_has_to) {
  for (size_t length = 1; length <= 24; length++)
    for (size_t at = 0; at < length; at++)
      for (int c = 1; c < 256; c++) {
        char text[24];
        struct ask_buffer put = {0}, expected = {0};
        memset(text, c & 1 ? '!' : '\xc3', sizeof text); /* next to the quote, and above ASCII */
        text[at] = (char)c;
        ask_put_string(&put, text, length);
        ask_json_string(&expected, text, length);
        ck_assert_str_eq(put.bytes, expected.bytes);
        ask_buffer_free(&put);
        ask_buffer_free(&expected);
      }
}
END_TEST

START_TEST(writes_escapes) {
  struct ask_buffer put = {0};
  ask_put_text(&put, "a \"b\" \\ \n\t\r\x01 é");
  ck_assert_str_eq(put.bytes, "\"a \\\"b\\\" \\\\ \\n\\t\\r\\u0001 é\"");
  ask_buffer_free(&put);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("json_put");
  TCase *one = tcase_create("json_put");
  tcase_add_test(one, escapes_what_it_has_to);
  tcase_add_test(one, writes_escapes);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
