/* Unit tests of the arena and of the list of problems. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"

START_TEST(memory_is_zeroed_and_aligned_also_after_reset) {
  static const unsigned char zeros[3000];
  struct ask_arena *arena = ask_arena_new();
  for (int round = 0; round < 3; round++) {
    for (size_t size = 0; size < 3000; size += 7) {
      unsigned char *bytes = ask_alloc(arena, size);
      ck_assert_uint_eq((uintptr_t)bytes % 16, 0);
      ck_assert_mem_eq(bytes, zeros, size);
      memset(bytes, 0xAB, size);
    }
    ask_arena_reset(arena);
  }
  ck_assert_ptr_null(ask_arena_free(arena));
  ck_assert_ptr_null(ask_arena_free(NULL));
}
END_TEST

START_TEST(large_pieces_do_not_disturb_small_ones) {
  struct ask_arena *arena = ask_arena_new();
  char *before = ask_strdup(arena, "before");
  char *large = ask_alloc(arena, 5 * 1024 * 1024);
  memset(large, 'x', 5 * 1024 * 1024);
  char *after = ask_strdup(arena, "after");
  ck_assert_str_eq(before, "before");
  ck_assert_str_eq(after, "after");
  ck_assert_int_eq(large[5 * 1024 * 1024 - 1], 'x');
  ask_arena_free(arena);
}
END_TEST

START_TEST(strings_are_copied_and_printed) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(ask_strndup(arena, "abcdef", 3), "abc");
  ck_assert_str_eq(ask_strndup(arena, NULL, 0), "");
  ck_assert_str_eq(ask_printf(arena, "%s is %d", "age", 82), "age is 82");
  const char *wide = ask_printf(arena, "%1000d", 7);
  ck_assert_uint_eq(strlen(wide), 1000);
  ck_assert_int_eq(wide[999], '7');
  ask_arena_free(arena);
}
END_TEST

START_TEST(arrays_grow) {
  struct ask_arena *arena = ask_arena_new();
  int *list = NULL;
  size_t count = 0, capacity = 0;
  for (int i = 0; i < 1000; i++) *(int *)ask_push(arena, &list, &count, &capacity, sizeof *list) = i;
  ck_assert_uint_eq(count, 1000);
  for (int i = 0; i < 1000; i++) ck_assert_int_eq(list[i], i);
  ask_arena_free(arena);
}
END_TEST

START_TEST(an_array_that_cannot_be_counted_ends_the_process) {
  struct ask_arena *arena = ask_arena_new();
  ask_alloc_array(arena, SIZE_MAX / 4, 8);
}
END_TEST

START_TEST(a_message_is_utf8_wherever_it_was_cut) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  ask_problem_add(&problems, ASK_ERROR, "cut", ASK_NOWHERE, NULL, NULL, "there is no pack '%.4s'", "abc\xC3\xA9");
  ask_problem_add(&problems, ASK_ERROR, "whole", ASK_NOWHERE, NULL, NULL, "there is no pack '%.5s'", "abc\xC3\xA9");
  ck_assert_str_eq(problems.list[0].message, "there is no pack 'abc?'");
  ck_assert_str_eq(problems.list[1].message, "there is no pack 'abc\xC3\xA9'");
  ask_arena_free(arena);
}
END_TEST

START_TEST(problems_are_copied_counted_and_bounded) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  char file[] = "a.yaml", hint[] = "did you mean 'text'?";
  ask_problem_add(&problems, ASK_WARNING, "odd", (struct ask_place){file, 3, 5}, NULL, hint, "key '%s'", "txt");
  file[0] = hint[0] = '?';
  ck_assert_uint_eq(problems.errors, 0);
  ck_assert_uint_eq(problems.count, 1);
  ck_assert_str_eq(problems.list[0].at.file, "a.yaml");
  ck_assert_int_eq(problems.list[0].at.line, 3);
  ck_assert_int_eq(problems.list[0].at.column, 5);
  ck_assert_str_eq(problems.list[0].hint, "did you mean 'text'?");
  ck_assert_str_eq(problems.list[0].message, "key 'txt'");
  ck_assert_str_eq(problems.list[0].code, "odd");
  ck_assert_ptr_null(problems.list[0].path);
  for (int i = 0; i < 1000; i++)
    ask_problem_add(&problems, ASK_ERROR, "many", ASK_NOWHERE, "answers.age", NULL, "number %d", i);
  ck_assert_uint_eq(problems.count, ASK_PROBLEMS_KEPT);
  ck_assert_uint_eq(problems.errors, 1000);
  ask_arena_free(arena);
}
END_TEST

static Suite *base_arena_suite(void) {
  Suite *suite = suite_create("base arena");
  TCase *cases = tcase_create("arena");
  tcase_add_test(cases, memory_is_zeroed_and_aligned_also_after_reset);
  tcase_add_test(cases, large_pieces_do_not_disturb_small_ones);
  tcase_add_test(cases, strings_are_copied_and_printed);
  tcase_add_test(cases, arrays_grow);
  if (!getenv("CK_FORK") || strcmp(getenv("CK_FORK"), "no") != 0)
    tcase_add_test_raise_signal(cases, an_array_that_cannot_be_counted_ends_the_process, 6);
  tcase_add_test(cases, a_message_is_utf8_wherever_it_was_cut);
  tcase_add_test(cases, problems_are_copied_counted_and_bounded);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(base_arena_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
