/* Capitals at the start of a text, in letters of any alphabet. */
#include <check.h>
#include <stdlib.h>

#include "base/fold.h"

static const struct {
  const char *text, *capital;
} CAPITALS[] = {
    {"income", "Income"},
    {"ámbito", "Ámbito"},
    {"ñandú", "Ñandú"},
    {"¿es mayor?", "¿Es mayor?"},
    {"¡ya!", "¡Ya!"},
    {"время", "Время"},
    {"ǆ", "ǅ"},
    {"Ya", "Ya"},
    {"65 years", "65 years"},
    {"“so”", "“so”"},
    {"الدخل", "الدخل"},
    {"¿", "¿"},
    {"", ""},
    {"\xff", "\xff"},
};
enum { COUNT = sizeof CAPITALS / sizeof *CAPITALS };

START_TEST(capitals) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(ask_capital(arena, CAPITALS[_i].text), CAPITALS[_i].capital);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("fold");
  TCase *texts = tcase_create("capitals");
  tcase_add_loop_test(texts, capitals, 0, COUNT);
  suite_add_tcase(suite, texts);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
