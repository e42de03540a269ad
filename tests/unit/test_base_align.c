/* Where the bytes of a text stand that is written in pieces, folded over lines, or with escapes. */
#include <check.h>
#include <string.h>

#include "base/align.h"
#include "expr/ast.h"

static const struct {
  const char *source, *text; /* the source begins on line 5, column 3 */
  enum ask_quoting quoting;
  size_t offset;
  int line, column; /* of text[offset]; line 0: the two do not agree */
} cases[] = {
    {"age >= adult", "age >= adult", ASK_AS_WRITTEN, 7, 5, 10},
    /* folded: one line end is a blank, indentation is nothing, an empty line is a line end */
    {"one or\n      two", "one or two", ASK_AS_WRITTEN, 7, 6, 7},
    {"one\n\n    two and\n    three", "one\ntwo and three", ASK_AS_WRITTEN, 12, 8, 5},
    {"one\r\n  two\r\n", "one\ntwo\n", ASK_AS_WRITTEN, 4, 6, 3},
    {"one\n    two", "one\n  two", ASK_AS_WRITTEN, 6, 6, 5},
    {"a == ''x'' and b", "a == 'x' and b", ASK_DOUBLED, 5, 5, 8},
    {"a == ''x'' and b", "a == 'x' and b", ASK_DOUBLED, 13, 5, 18},
    {"a == \\\"x\\\" and b", "a == \"x\" and b", ASK_BACKSLASH, 13, 5, 18},
    {"a\\n  b", "a\n  b", ASK_BACKSLASH, 4, 5, 8},
    {"a or\\\n   b", "a orb", ASK_BACKSLASH, 4, 6, 4},
    {"\xC3\xA9\xC3\xA9 or\n b", "\xC3\xA9\xC3\xA9 or b", ASK_AS_WRITTEN, 8, 6, 2},
    {"other", "one", ASK_AS_WRITTEN, 0, 0, 0},
    {"a\\q", "aq", ASK_BACKSLASH, 0, 0, 0},
    {"on", "one", ASK_AS_WRITTEN, 0, 0, 0},
    {"", "one", ASK_AS_WRITTEN, 0, 0, 0},
};

START_TEST(a_byte_has_its_place) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_aligner aligner = {.arena = arena, .text = cases[_i].text, .length = strlen(cases[_i].text)};
  struct ask_place at = {"f", 5, 3};
  ask_align_piece(&aligner, at, cases[_i].source, strlen(cases[_i].source), cases[_i].quoting);
  at = ask_align_end(&aligner, at);
  if (!cases[_i].line) {
    ck_assert_int_eq(at.column, 0);
  } else {
    ck_assert_int_ne(at.column, 0);
    struct ask_place found = ask_ast_place(at, cases[_i].text, cases[_i].offset);
    ck_assert_int_eq(found.line, cases[_i].line);
    ck_assert_int_eq(found.column, cases[_i].column);
    ck_assert_ptr_null(found.parts);
  }
  ask_arena_free(arena);
}
END_TEST

START_TEST(pieces_follow_each_other) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_aligner aligner = {.arena = arena, .text = "a and b or c", .length = 12};
  ask_align_piece(&aligner, (struct ask_place){"f", 2, 9}, "a and ", 6, ASK_BACKSLASH);
  ask_align_piece(&aligner, (struct ask_place){"f", 3, 5}, "b ", 2, ASK_BACKSLASH);
  ask_align_piece(&aligner, (struct ask_place){"f", 9, 1}, "or c", 4, ASK_AS_WRITTEN);
  struct ask_place at = ask_align_end(&aligner, (struct ask_place){"f", 2, 9});
  struct ask_place b = ask_ast_place(at, aligner.text, 6), c = ask_ast_place(at, aligner.text, 11);
  ck_assert_int_eq(at.line, 2);
  ck_assert_int_eq(at.column, 9);
  ck_assert_int_eq(b.line, 3);
  ck_assert_int_eq(b.column, 5);
  ck_assert_int_eq(c.line, 9);
  ck_assert_int_eq(c.column, 4);
  ask_arena_free(arena);
}
END_TEST

START_TEST(a_long_source_is_quoted_around_the_place) {
  struct ask_arena *arena = ask_arena_new();
  char source[400];
  memset(source, 'x', sizeof source - 1);
  source[sizeof source - 1] = '\0';
  source[200] = '?';
  const char *shown = ask_ast_shown(arena, source, 200);
  ck_assert(strncmp(shown, "...x", 4) == 0 && strchr(shown, '?') && strlen(shown) == 126);
  ck_assert_str_eq(ask_ast_shown(arena, " a\n  or\tb", 0), "a or b");
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("places");
  TCase *tests = tcase_create("places");
  tcase_add_loop_test(tests, a_byte_has_its_place, 0, (int)(sizeof cases / sizeof *cases));
  tcase_add_test(tests, pieces_follow_each_other);
  tcase_add_test(tests, a_long_source_is_quoted_around_the_place);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
