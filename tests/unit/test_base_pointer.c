/* Paths of values and their JSON pointers: one path says one place, whatever the keys are. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/pointer.h"

static const struct {
  const char *path, *pointer;
} pairs[] = {
    {NULL, ""},
    {"", ""},
    {"answers", "/answers"},
    {"answers.household_roster[0].dob", "/answers/household_roster/0/dob"},
    {"answers[\"a.b/c~\"]", "/answers/a.b~1c~0"},
    {"[\"\"].x", "//x"},
    {"[12][3]", "/12/3"},
    {"[\"quote \\\" back \\\\\"]", "/quote \" back \\"},
    {"a-b.c_1", "/a-b/c_1"},
    /* not paths: one key each */
    {"a..b", "/a..b"},
    {".a", "/.a"},
    {"a.", "/a."},
    {"a[", "/a["},
    {"a[]", "/a[]"},
    {"a[1", "/a[1"},
    {"a[1]b", "/a[1]b"},
    {"a[\"x", "/a[\"x"},
    {"a[\"x\"", "/a[\"x\""},
    {"a[\"\\x\"]", "/a[\"\\x\"]"},
    {"a[\"\\u0000\"]", "/a[\"\\u0000\"]"},
    {"a b/~", "/a b~1~0"},
};

START_TEST(gives_the_pointer) {
  struct ask_buffer pointer = {0};
  ask_buffer_puts(&pointer, "#");
  ask_pointer_from_path(&pointer, pairs[_i].path);
  ck_assert_str_eq(pointer.bytes + 1, pairs[_i].pointer);
  ask_buffer_free(&pointer);
}
END_TEST

/* Whatever the key, the pointer of its path is / and the key escaped, and nothing more. */
START_TEST(keeps_keys_apart) {
  static const char *const keys[] = {"",  "a.b", "a[0]", "[\"a\"]", "\"",     "\\",    "\\\"", "\x01\x7f\n",
                                     "/", "~",   "]",    "é",       "a\"].b", "plain", " ",    "\\u0041"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    struct ask_buffer path = {0}, pointer = {0}, expected = {0};
    ask_path_add_key(&path, "answers");
    ask_path_add_key(&path, keys[i]);
    ask_path_add_index(&path, 7);
    ask_path_add_key(&path, "z");
    ask_pointer_from_path(&pointer, path.bytes);
    ask_buffer_puts(&expected, "/answers/");
    for (const char *at = keys[i]; *at; at++) {
      if (*at == '~' || *at == '/')
        ask_buffer_puts(&expected, *at == '~' ? "~0" : "~1");
      else
        ask_buffer_putc(&expected, *at);
    }
    ask_buffer_puts(&expected, "/7/z");
    ck_assert_str_eq(pointer.bytes, expected.bytes);
    ask_buffer_free(&path);
    ask_buffer_free(&pointer);
    ask_buffer_free(&expected);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("base_pointer");
  TCase *one = tcase_create("base_pointer");
  tcase_add_loop_test(one, gives_the_pointer, 0, sizeof pairs / sizeof *pairs);
  tcase_add_test(one, keeps_keys_apart);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
