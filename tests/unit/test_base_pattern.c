/* Unit tests of the pattern matcher. */
#include <check.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/pattern.h"

struct trial {
  const char *pattern, *text;
  bool matches;
};

static const struct trial TRIALS[] = {
    {"[0-9]{5}", "10001", true},
    {"[0-9]{5}", "1000", false},
    {"[0-9]{5}", "100011", false},
    {"[0-9]{5}", "10001\n", false},
    {"[0-9]{5}(-[0-9]{4})?", "10001-1234", true},
    {"[0-9]{5}(-[0-9]{4})?", "10001-", false},
    {"a*", "", true},
    {"a*", "aaaa", true},
    {"a+", "", false},
    {"ab|cd", "ab", true},
    {"ab|cd", "cd", true},
    {"ab|cd", "abd", false},
    {"a(b|c|d)e", "ade", true},
    {"a{2,4}", "a", false},
    {"a{2,4}", "aa", true},
    {"a{2,4}", "aaaa", true},
    {"a{2,4}", "aaaaa", false},
    {"a{0,2}", "", true},
    {"(ab){2}", "abab", true},
    {"(a*)*", "aaa", true},
    {"(a*)+b", "aaab", true},
    {"(a|a)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
    {".", "\xC3\xA9", true},
    {"..", "\xC3\xA9", false},
    {"[\xC3\xA0-\xC3\xBF]+", "\xC3\xA9\xC3\xA8", true},
    {"[^0-9]", "x", true},
    {"[^0-9]", "7", false},
    {"[]a]", "]", true},
    {"[^]a]", "]", false},
    {"[a-]", "-", true},
    {"[.*]", "*", true},
    {"[.*]", "x", false},
    {"\\.\\(\\\\", ".(\\", true},
    {"a.c", "abc", true},
    {"a\\.c", "abc", false},
    {"[A-Z]{2}[0-9]{5}[A-Z]", "AB12345C", true},
    {"a}", "a}", true},
    {".*", "a\xFFz", false},
};

START_TEST(texts_match_or_do_not) {
  const struct trial *trial = &TRIALS[_i];
  struct ask_arena *arena = ask_arena_new();
  const char *message = NULL;
  size_t offset = 0;
  struct ask_pattern *pattern = ask_pattern_compile(arena, trial->pattern, &message, &offset);
  ck_assert_msg(pattern != NULL, "%s: %s", trial->pattern, message);
  ck_assert_msg(ask_pattern_matches(pattern, trial->text, strlen(trial->text)) == trial->matches, "%s on '%s'",
                trial->pattern, trial->text);
  ask_arena_free(arena);
}
END_TEST

struct refusal {
  const char *pattern;
  size_t offset;
  const char *part;
};

static const struct refusal REFUSALS[] = {
    {"", 0, "empty"},
    {"a(", 2, "empty"},
    {"a(b", 1, "no closing )"},
    {"ab)", 2, "no opening ("},
    {"a()", 2, "empty"},
    {"a||b", 2, "empty"},
    {"*a", 0, "nothing to repeat"},
    {"a**", 2, "in a row"},
    {"a[b", 1, "no closing ]"},
    {"[z-a]", 1, "backwards"},
    {"a{3", 1, "no closing }"},
    {"a{x}", 1, "expected a number"},
    {"a{4,2}", 1, "backwards"},
    {"a{65}", 1, "at most 64"},
    {"a{99999999999999999999}", 1, "at most 64"},
    {"a{0}", 1, "nothing"},
    {"^a", 0, "whole text"},
    {"a$", 1, "whole text"},
    {"\\d+", 0, "backslash"},
    {"a\\", 1, "backslash"},
    {"[[:alpha:]]", 1, "named"},
    {"a{5,}", 1, "comma"},
    {"\xFF", 0, "UTF-8"},
    {"((((a{64}){64}){64}){64}){64}", 0, "too large"},
    {"[\\d]", 1, "backslash"},
};

START_TEST(patterns_that_are_not_well_formed_are_refused) {
  const struct refusal *refusal = &REFUSALS[_i];
  struct ask_arena *arena = ask_arena_new();
  const char *message = NULL;
  size_t offset = 99;
  ck_assert_ptr_null(ask_pattern_compile(arena, refusal->pattern, &message, &offset));
  ck_assert_ptr_nonnull(message);
  ck_assert_msg(strstr(message, refusal->part) != NULL, "%s: %s", refusal->pattern, message);
  ck_assert_msg(offset == refusal->offset, "%s: at %zu", refusal->pattern, offset);
  ask_arena_free(arena);
}
END_TEST

START_TEST(size_and_depth_are_bounded) {
  struct ask_arena *arena = ask_arena_new();
  const char *message = NULL;
  size_t offset = 0;
  char source[1200];
  memset(source, '(', 500);
  strcpy(source + 500, "a");
  ck_assert_ptr_null(ask_pattern_compile(arena, source, &message, &offset));
  ck_assert_uint_eq(offset, 32);
  memset(source, 'a', sizeof source - 1);
  source[sizeof source - 1] = '\0';
  ck_assert_ptr_null(ask_pattern_compile(arena, source, &message, &offset));
  source[1000] = '\0';
  struct ask_pattern *pattern = ask_pattern_compile(arena, source, &message, &offset);
  ck_assert_ptr_nonnull(pattern);
  ck_assert(ask_pattern_matches(pattern, source, 1000));
  ck_assert(!ask_pattern_matches(pattern, source, 999));
  ask_arena_free(arena);
}
END_TEST

/* The classic exponential case of backtracking matchers, on a long text: must end at once. */
START_TEST(time_is_linear) {
  struct ask_arena *arena = ask_arena_new();
  const char *message = NULL;
  size_t offset = 0;
  struct ask_pattern *pattern = ask_pattern_compile(arena, "(((a|aa)+)+)+b", &message, &offset);
  ck_assert_ptr_nonnull(pattern);
  char *text = ask_alloc(arena, 1000001);
  memset(text, 'a', 1000000);
  ck_assert(!ask_pattern_matches(pattern, text, 1000000));
  text[999999] = 'b';
  ck_assert(ask_pattern_matches(pattern, text, 1000000));
  ask_arena_free(arena);
}
END_TEST

static uint64_t random_state = 88172645463325252U;
static unsigned random_below(unsigned limit) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (unsigned)(random_state % limit);
}

/* A random pattern over a, b and c. */
static char *put_random(char *at, int depth) {
  static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^a]"};
  static const char *const repeats[] = {"", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}"};
  unsigned parts = 1 + random_below(3);
  for (unsigned i = 0; i < parts; i++) {
    if (depth > 0 && random_below(3) == 0) {
      *at++ = '(';
      at = put_random(at, depth - 1);
      if (random_below(2)) {
        *at++ = '|';
        at = put_random(at, depth - 1);
      }
      *at++ = ')';
    } else {
      at = stpcpy(at, atoms[random_below(6)]);
    }
    at = stpcpy(at, repeats[random_below(9)]);
  }
  return at;
}

/* The C library's matcher must be of the same opinion on random patterns and texts. */
START_TEST(agrees_with_posix) {
  struct ask_arena *arena = ask_arena_new();
  size_t matched = 0;
  for (int round = 0; round < 2000; round++) {
    char source[4096] = "^(";
    char *end = put_random(source + 2, 2);
    strcpy(end, ")$");
    regex_t posix;
    ck_assert_int_eq(regcomp(&posix, source, REG_EXTENDED | REG_NOSUB), 0);
    *end = '\0';
    const char *message = NULL;
    size_t offset = 0;
    struct ask_pattern *pattern = ask_pattern_compile(arena, source + 2, &message, &offset);
    ck_assert_msg(pattern != NULL, "%s: %s", source + 2, message);
    for (int i = 0; i < 20; i++) {
      char text[16];
      size_t length = random_below(8);
      for (size_t j = 0; j < length; j++) text[j] = (char)('a' + random_below(3));
      text[length] = '\0';
      bool expected = regexec(&posix, text, 0, NULL, 0) == 0;
      matched += expected;
      ck_assert_msg(ask_pattern_matches(pattern, text, length) == expected, "%s on '%s'", source + 2, text);
    }
    regfree(&posix);
    ask_arena_reset(arena);
  }
  ck_assert_uint_gt(matched, 1000);
  ask_arena_free(arena);
}
END_TEST

static Suite *base_pattern_suite(void) {
  Suite *suite = suite_create("base pattern");
  TCase *cases = tcase_create("pattern");
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, texts_match_or_do_not, 0, (int)(sizeof TRIALS / sizeof TRIALS[0]));
  tcase_add_loop_test(cases, patterns_that_are_not_well_formed_are_refused, 0,
                      (int)(sizeof REFUSALS / sizeof REFUSALS[0]));
  tcase_add_test(cases, size_and_depth_are_bounded);
  tcase_add_test(cases, time_is_linear);
  tcase_add_test(cases, agrees_with_posix);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(base_pattern_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
