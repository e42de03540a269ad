/* The reference says what every key means, and of no key that there is not. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "service/reference.h"

START_TEST(every_key_has_its_meaning) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_buffer text = {0};
  bool good = ask_reference(&text, &problems);
  ck_assert_msg(good && !problems.count, "%s", problems.count ? problems.list[0].message : "not good");
  static const char *const there[] = {"| `years_between(from, to)` |",
                                      "| `money` | `USD` |",
                                      "| `need_info` |",
                                      "**rule**: `rule {",
                                      "| `eligible` |",
                                      "| `table` |",
                                      "| `only_notes` |",
                                      "| `ask_when` | an expression |",
                                      "| `complete_until` (required) | a date |"};
  for (size_t i = 0; i < sizeof there / sizeof *there; i++)
    ck_assert_msg(strstr(text.bytes, there[i]) != NULL, "%s is not in it", there[i]);
  for (const struct ask_meaning *one = ask_meanings; one->key; one++)
    for (const struct ask_meaning *other = one + 1; other->key; other++)
      ck_assert_msg(strcmp(one->of, other->of) != 0 || strcmp(one->key, other->key) != 0, "%s of %s has two meanings",
                    one->key, one->of);
  ask_buffer_free(&text);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service/reference");
  TCase *tcase = tcase_create("reference");
  tcase_add_test(tcase, every_key_has_its_meaning);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
