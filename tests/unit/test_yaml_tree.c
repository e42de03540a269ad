/* Unit tests of the generic YAML reader: kinds, places, aliases, merge keys, limits, broken files. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "yaml/source.h"
#include "yaml/yaml.h"
#include "yaml_helper.h"

static struct ask_raw *read_text(struct fixture *fixture, const char *text) {
  return ask_yaml_read(fixture->arena, "a.yaml", text, strlen(text), &fixture->problems);
}

struct scalar {
  const char *written;
  int kind;
  const char *text;
};

static const struct scalar SCALARS[] = {
    {"true", ASK_RAW_BOOL, "true"},
    {"false", ASK_RAW_BOOL, "false"},
    {"True", ASK_RAW_TEXT, "True"},
    {"yes", ASK_RAW_TEXT, "yes"},
    {"no", ASK_RAW_TEXT, "no"},
    {"'true'", ASK_RAW_TEXT, "true"},
    {"12", ASK_RAW_NUMBER, "12"},
    {"-12", ASK_RAW_NUMBER, "-12"},
    {"0", ASK_RAW_NUMBER, "0"},
    {"1450.00", ASK_RAW_NUMBER, "1450.00"},
    {"2026.1", ASK_RAW_NUMBER, "2026.1"},
    {"2026.10", ASK_RAW_NUMBER, "2026.10"},
    {"1e3", ASK_RAW_NUMBER, "1e3"},
    {"1.5E-3", ASK_RAW_NUMBER, "1.5E-3"},
    {"99999999999999999999999", ASK_RAW_NUMBER, "99999999999999999999999"},
    {"\"12\"", ASK_RAW_TEXT, "12"},
    {"2026-11-23", ASK_RAW_TEXT, "2026-11-23"},
    {"01234", ASK_RAW_TEXT, "01234"},
    {"-012", ASK_RAW_TEXT, "-012"},
    {"10001-1234", ASK_RAW_TEXT, "10001-1234"},
    {".5", ASK_RAW_TEXT, ".5"},
    {"5.", ASK_RAW_TEXT, "5."},
    {"1e", ASK_RAW_TEXT, "1e"},
    {"+5", ASK_RAW_TEXT, "+5"},
    {"0x1F", ASK_RAW_TEXT, "0x1F"},
    {"1_000", ASK_RAW_TEXT, "1_000"},
    {".inf", ASK_RAW_TEXT, ".inf"},
    {"~", ASK_RAW_NULL, "~"},
    {"null", ASK_RAW_NULL, "null"},
    {"", ASK_RAW_NULL, ""},
    {"''", ASK_RAW_TEXT, ""},
    {"Null", ASK_RAW_TEXT, "Null"},
    {"a b", ASK_RAW_TEXT, "a b"},
    {"\"caf\\u00e9\"", ASK_RAW_TEXT, "caf\xC3\xA9"},
    {"|\n  one\n  two\n", ASK_RAW_TEXT, "one\ntwo\n"},
    {">-\n  12\n", ASK_RAW_TEXT, "12"},
};

START_TEST(scalars_have_their_kind_and_keep_their_text) {
  struct fixture fixture = fixture_new();
  const struct scalar *scalar = &SCALARS[_i];
  const struct ask_raw *root = read_text(&fixture, ask_printf(fixture.arena, "key: %s", scalar->written));
  ck_assert_msg(root != NULL, "%s:%s", scalar->written, fixture_said(&fixture));
  const struct ask_raw *value = ask_yaml_child(root, "key");
  ck_assert_ptr_nonnull(value);
  ck_assert_msg((int)value->kind == scalar->kind, "%s is of kind %d", scalar->written, (int)value->kind);
  ck_assert_str_eq(value->text, scalar->text);
  ck_assert_uint_eq(value->length, strlen(scalar->text));
  fixture_free(&fixture);
}
END_TEST

static void assert_place(struct ask_place at, int line, int column) {
  ck_assert_str_eq(at.file, "a.yaml");
  ck_assert_int_eq(at.line, line);
  ck_assert_int_eq(at.column, column);
}

START_TEST(places_count_bytes_from_one) {
  struct fixture fixture = fixture_new();
  const struct ask_raw *root = read_text(&fixture, "# first\n"
                                                   "caf\xC3\xA9: {a: 1, \"b\": 'two'}\r\n"
                                                   "list:\n"
                                                   "  - age >= 18\n"
                                                   "  - 'age'\n"
                                                   "text: |\n"
                                                   "\n"
                                                   "   age\n"
                                                   "empty:\n");
  ck_assert_ptr_nonnull(root);
  ck_assert_int_eq(root->kind, ASK_RAW_OBJECT);
  ck_assert_uint_eq(root->child_count, 4);
  const struct ask_raw *child = &root->children[0];
  ck_assert_str_eq(child->key, "caf\xC3\xA9");
  assert_place(child->key_at, 2, 1);
  assert_place(child->at, 2, 8); /* the accented letter has two bytes */
  assert_place(child->children[0].key_at, 2, 9);
  assert_place(child->children[0].at, 2, 12);
  assert_place(child->children[1].key_at, 2, 15);
  assert_place(child->children[1].at, 2, 21); /* after the quote */
  assert_place(root->children[1].children[0].at, 4, 5);
  assert_place(root->children[1].children[1].at, 5, 6);
  assert_place(root->children[2].key_at, 6, 1);
  assert_place(root->children[2].at, 8, 4); /* the text, not the | */
  assert_place(root->children[3].key_at, 9, 1);
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_byte_order_mark_is_passed_over) {
  struct fixture fixture = fixture_new();
  const struct ask_raw *root = read_text(&fixture, "\xEF\xBB\xBF"
                                                   "a: 1\nb: 2\n");
  ck_assert_ptr_nonnull(root);
  assert_place(root->children[0].at, 1, 7);
  assert_place(root->children[1].at, 2, 4);
  fixture_free(&fixture);
}
END_TEST

START_TEST(places_on_long_lines_are_right_and_quick) {
  struct fixture fixture = fixture_new();
  enum { COUNT = 100000 };
  char *text = ask_alloc(fixture.arena, COUNT * 8), *at = text;
  *at++ = '[';
  for (int i = 0; i < COUNT; i++) at = stpcpy(at, "\xC3\xA9\xE2\x82\xAC, ");
  strcpy(at, "]");
  const struct ask_raw *root = read_text(&fixture, text);
  ck_assert_ptr_nonnull(root);
  ck_assert_uint_eq(root->child_count, COUNT);
  for (int i = 0; i < COUNT; i++)
    if (root->children[i].at.column != 2 + 7 * i) ck_abort_msg("entry %d at column %d", i, root->children[i].at.column);
  fixture_free(&fixture);
}
END_TEST

START_TEST(places_can_be_asked_for_in_any_order) {
  struct fixture fixture = fixture_new();
  struct ask_yaml_source source;
  static const char text[] = "a: 1\nb: \xC3\xA9\xE2\x82\xACx\n";
  ck_assert(ask_yaml_source_open(fixture.arena, "a.yaml", text, sizeof text - 1, &fixture.problems, &source));
  static const int columns[] = {1, 2, 3, 4, 6, 9, 10}; /* of each character of the second line and its end */
  for (size_t from = 0; from < 7; from++)
    for (size_t to = 0; to < 7; to++) {
      assert_place(ask_yaml_source_place(&source, 1, from), 2, columns[from]);
      assert_place(ask_yaml_source_place(&source, 1, to), 2, columns[to]);
    }
  assert_place(ask_yaml_source_place(&source, 0, 3), 1, 4);
  assert_place(ask_yaml_source_place(&source, 99, 0), 3, 1); /* past the end: the end */
  fixture_free(&fixture);
}
END_TEST

START_TEST(aliases_are_expanded) {
  struct fixture fixture = fixture_new();
  const struct ask_raw *root = read_text(&fixture, "one: &list [1, 2]\ntwo: *list\nthree: &list x\nfour: *list\n");
  ck_assert_ptr_nonnull(root);
  const struct ask_raw *two = ask_yaml_child(root, "two");
  ck_assert_uint_eq(two->child_count, 2);
  ck_assert_str_eq(two->children[1].text, "2");
  assert_place(two->key_at, 2, 1);
  ck_assert_str_eq(ask_yaml_child(root, "four")->text, "x");
  fixture_free(&fixture);
}
END_TEST

START_TEST(merge_keys_fill_in_what_is_not_there) {
  struct fixture fixture = fixture_new();
  const struct ask_raw *root = read_text(&fixture, "one: &one {a: 1, b: 1}\n"
                                                   "two: &two {b: 2, c: 2}\n"
                                                   "all:\n"
                                                   "  <<: [*one, *two]\n"
                                                   "  a: own\n"
                                                   "  d: own\n"
                                                   "plain: {'<<': 3}\n");
  ck_assert_msg(root != NULL && fixture.problems.count == 0, "%s", fixture_said(&fixture));
  const struct ask_raw *all = ask_yaml_child(root, "all");
  ck_assert_uint_eq(all->child_count, 4);
  static const char *const keys[] = {"a", "d", "b", "c"}, *const values[] = {"own", "own", "1", "2"};
  for (size_t i = 0; i < 4; i++) {
    ck_assert_str_eq(all->children[i].key, keys[i]);
    ck_assert_str_eq(all->children[i].text, values[i]);
  }
  ck_assert_str_eq(ask_yaml_child(ask_yaml_child(root, "plain"), "<<")->text, "3");
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_tree_with_a_key_written_twice_is_usable_but_wrong) {
  struct fixture fixture = fixture_new();
  const struct ask_raw *root = read_text(&fixture, "age: 1\nname: x\nage: 2\nage: 3\n");
  ck_assert_ptr_nonnull(root);
  ck_assert_uint_eq(fixture.problems.errors, 2);
  ck_assert_uint_eq(root->child_count, 2);
  ck_assert_str_eq(root->children[0].text, "1");
  fixture_free(&fixture);
}
END_TEST

static const struct bad_text BAD[] = {
    {"", "empty-file", 1, 1, "says nothing", NULL},
    {"# only a comment\n", "empty-file", 1, 1, "says nothing", NULL},
    {"---\n", "empty-file", 1, 1, "says nothing", NULL},
    {"age: 1\nname: x\nage: 2\n", "duplicate-key", 3, 1, "'age' on line 3 was already written on line 1", "remove"},
    {"a: {b: 1, 'b': 2}", "duplicate-key", 1, 11, "'b' on line 1", NULL},
    {"a: &x {}\nb:\n  <<: *x\n  <<: *x\n", "duplicate-key", 4, 3, "'<<' on line 4", "one"},
    {"a: 1\n\tb: 2\n", "bad-tab", 2, 1, "tab", "spaces"},
    {"a:\n  \t- b\n", "bad-tab", 2, 3, "tab", "spaces"},
    {"a: 1\nb: caf\xE9\n", "bad-utf8", 2, 7, "0xE9", "UTF-8"},
    {"a: \xC3\xA9 \xED\xA0\x80", "bad-utf8", 1, 7, "0xED", NULL},
    {"a: \"\\0\"", "bad-character", 1, 4, "NUL", NULL},
    {"a: x\x01y", "bad-character", 1, 5, "U+0001", NULL},
    {"a: x\x7F", "bad-character", 1, 5, "U+007F", NULL},
    {"a: x\xC2\x85", "bad-character", 1, 5, "U+0085", "invisible"},
    {"a: x\xE2\x80\xA8", "bad-character", 1, 5, "U+2028", NULL},
    {"a: x\xEF\xBB\xBF", "bad-character", 1, 5, "U+FEFF", NULL},
    {"%TAG ! tag:x\n---\na: 1\n", "bad-yaml", 1, 1, "%", NULL},
    {"a: 1\n---\nb: 2\n", "several-documents", 2, 1, "second document", "---"},
    {"a: 1\n...\n---\n", "several-documents", 3, 1, "second document", "---"},
    {"a: [1, 2\n", "bad-yaml", 2, 1, "did not find expected ','", "bracket"},
    {"a: 'x\n", "bad-yaml", 2, 1, "unexpected end of stream", "quote"},
    {"a: b: c\n", "bad-yaml", 1, 5, "mapping values are not allowed", "quotes"},
    {"a: 1\n b: 2\n", "bad-yaml", 2, 3, "mapping values are not allowed", NULL},
    {"a:\n  - 1\n  b: 2\n", "bad-yaml", 3, 3, "did not find expected '-'", "indentation"},
    {"\xC3\xA9: @x\n", "bad-yaml", 1, 5, "cannot start any token", "quotes"},
    {"a: \"\\q\"\n", "bad-yaml", 1, 5, "unknown escape", "single quotes"},
    {"a: !!int 3", "bad-tag", 1, 4, "tags", NULL},
    {"a: !x {b: 1}", "bad-tag", 1, 4, "tags", NULL},
    {"a: *nowhere", "unknown-alias", 1, 4, "'*nowhere'", NULL},
    {"a: &a [*a]", "unknown-alias", 1, 8, "'*a'", "anchor"},
    {"[a]: 1", "bad-key", 1, 1, "word", NULL},
    {"? {a: 1}\n: 2", "bad-key", 1, 3, "word", NULL},
    {"a: &x b\n*x : 1", "bad-key", 2, 1, "word", NULL},
    {"&x a: 1", "bad-key", 1, 1, "anchor", NULL},
    {"? \n: 1", "bad-key", 1, 2, "empty", NULL},
    {"'': 1", "bad-key", 1, 1, "empty", NULL},
    {"a:\n  <<: 3\n", "bad-merge", 2, 3, "mapping", "<<: *name"},
    {"a: {<<: [{b: 1}, 2]}\n", "bad-merge", 1, 5, "mapping", NULL},
};

START_TEST(broken_files_are_refused_at_the_place) {
  struct fixture fixture = fixture_new();
  read_text(&fixture, BAD[_i].text);
  ck_assert_uint_gt(fixture.problems.errors, 0);
  assert_problem(&fixture, &BAD[_i]);
  fixture_free(&fixture);
}
END_TEST

START_TEST(nul_bytes_are_refused) {
  struct fixture fixture = fixture_new();
  ck_assert_ptr_null(ask_yaml_read(fixture.arena, "a.yaml", "a: 1\nb\0: 2", 10, &fixture.problems));
  assert_problem(&fixture, &(struct bad_text){"NUL", "bad-character", 2, 2, "NUL", NULL});
  fixture_free(&fixture);
}
END_TEST

/* `count` times `part`, between `before` and `after`. */
static char *repeated(struct ask_arena *arena, const char *before, const char *part, size_t count, const char *after) {
  char *text = ask_alloc(arena, strlen(before) + strlen(part) * count + strlen(after) + 1);
  char *at = stpcpy(text, before);
  for (size_t i = 0; i < count; i++) at = stpcpy(at, part);
  strcpy(at, after);
  return text;
}

START_TEST(depth_is_bounded) {
  struct fixture fixture = fixture_new();
  ck_assert_ptr_nonnull(
      read_text(&fixture, repeated(fixture.arena, "", "[", 32, repeated(fixture.arena, "", "]", 32, ""))));
  ck_assert_ptr_null(
      read_text(&fixture, repeated(fixture.arena, "", "[", 33, repeated(fixture.arena, "", "]", 33, ""))));
  assert_problem(&fixture, &(struct bad_text){"33 [", "too-deep", 1, 33, "32", NULL});
  static const char *const parts[] = {"[", "{", "- ", "{a: ", "? ", "[{", "a: ["};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    ask_arena_reset(fixture.arena);
    fixture.problems = (struct ask_problems){.arena = fixture.arena};
    ck_assert_ptr_null(read_text(&fixture, repeated(fixture.arena, "", parts[i], 500000, "")));
    ck_assert_uint_eq(fixture.problems.count, 1);
  }
  fixture_free(&fixture);
}
END_TEST

START_TEST(depth_is_bounded_through_aliases) {
  struct fixture fixture = fixture_new();
  char *text = ask_strdup(fixture.arena, "a0: &a0 x\n");
  for (int i = 1; i < 40; i++) text = ask_printf(fixture.arena, "%sa%d: &a%d [*a%d]\n", text, i, i, i - 1);
  ck_assert_ptr_null(read_text(&fixture, text));
  ck_assert_str_eq(fixture.problems.list[0].code, "too-deep");
  ck_assert_int_eq(fixture.problems.list[0].at.line, 32); /* a31 would be on levels 2 to 33 */
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_billion_laughs_are_not_laughed) {
  struct fixture fixture = fixture_new();
  char *text = ask_strdup(fixture.arena, "a0: &a0 ha\n");
  for (int i = 1; i <= 9; i++)
    text = ask_printf(fixture.arena, "%sa%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", text,
                      i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  ck_assert_ptr_null(read_text(&fixture, text));
  ck_assert_str_eq(fixture.problems.list[0].code, "too-large");
  ck_assert_int_eq(fixture.problems.list[0].at.line, 7); /* a5 has 111,111 values, a6 ten times as many */
  fixture_free(&fixture);
}
END_TEST

START_TEST(merging_counts_what_it_repeats) {
  struct fixture fixture = fixture_new();
  char *text = ask_strdup(fixture.arena, "big: &big {");
  for (int i = 0; i < 1000; i++) text = ask_printf(fixture.arena, "%sk%d: 1, ", text, i);
  text = repeated(fixture.arena, ask_printf(fixture.arena, "%s}\nall: [", text), "{<<: *big}, ", 250, "]\n");
  ck_assert_ptr_null(read_text(&fixture, text));
  ck_assert_str_eq(fixture.problems.list[0].code, "too-large");
  fixture_free(&fixture);
}
END_TEST

START_TEST(values_aliases_anchors_and_bytes_are_bounded) {
  struct fixture fixture = fixture_new();
  /* 199,999 and the list around them. */
  ck_assert_ptr_nonnull(read_text(&fixture, repeated(fixture.arena, "", "- 1\n", 199999, "")));
  ck_assert_ptr_null(read_text(&fixture, repeated(fixture.arena, "", "- 1\n", 200000, "")));
  assert_problem(&fixture, &(struct bad_text){"- 1", "too-large", 200000, 3, "200000", NULL});
  ck_assert_ptr_nonnull(read_text(&fixture, repeated(fixture.arena, "- &a x\n", "- *a\n", 1000, "")));
  ck_assert_ptr_null(read_text(&fixture, repeated(fixture.arena, "- &a x\n", "- *a\n", 1001, "")));
  assert_problem(&fixture, &(struct bad_text){"- *a", "too-large", 1002, 3, "1000 aliases", NULL});
  ck_assert_ptr_null(read_text(&fixture, repeated(fixture.arena, "", "- &a x\n", 1001, "")));
  assert_problem(&fixture, &(struct bad_text){"- &a", "too-large", 1001, 3, "1000 anchors", NULL});
  ck_assert_ptr_null(read_text(&fixture, repeated(fixture.arena, "a: ", "x", 4 * 1024 * 1024, "")));
  assert_problem(&fixture, &(struct bad_text){"4 MB", "too-large", 0, 0, "4 MB", NULL});
  fixture_free(&fixture);
}
END_TEST

START_TEST(messages_quote_little) {
  struct fixture fixture = fixture_new();
  char *key = repeated(fixture.arena, "", "\xC3\xA9", 100000, "");
  read_text(&fixture, ask_printf(fixture.arena, "\"%s\": 1\n\"%s\": 2\n", key, key));
  ck_assert_uint_eq(fixture.problems.errors, 0 + fixture.problems.count);
  for (size_t i = 0; i < fixture.problems.count; i++) ck_assert_uint_lt(strlen(fixture.problems.list[i].message), 200);
  ck_assert_uint_ge(fixture.problems.count, 1);
  fixture_free(&fixture);
}
END_TEST

static Suite *yaml_tree_suite(void) {
  Suite *suite = suite_create("yaml tree");
  TCase *cases = tcase_create("tree");
  tcase_set_timeout(cases, 30);
  tcase_add_loop_test(cases, scalars_have_their_kind_and_keep_their_text, 0, COUNT_OF(SCALARS));
  tcase_add_test(cases, places_count_bytes_from_one);
  tcase_add_test(cases, a_byte_order_mark_is_passed_over);
  tcase_add_test(cases, places_on_long_lines_are_right_and_quick);
  tcase_add_test(cases, places_can_be_asked_for_in_any_order);
  tcase_add_test(cases, aliases_are_expanded);
  tcase_add_test(cases, merge_keys_fill_in_what_is_not_there);
  tcase_add_test(cases, a_tree_with_a_key_written_twice_is_usable_but_wrong);
  tcase_add_loop_test(cases, broken_files_are_refused_at_the_place, 0, COUNT_OF(BAD));
  tcase_add_test(cases, nul_bytes_are_refused);
  tcase_add_test(cases, depth_is_bounded);
  tcase_add_test(cases, depth_is_bounded_through_aliases);
  tcase_add_test(cases, a_billion_laughs_are_not_laughed);
  tcase_add_test(cases, merging_counts_what_it_repeats);
  tcase_add_test(cases, values_aliases_anchors_and_bytes_are_bounded);
  tcase_add_test(cases, messages_quote_little);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(yaml_tree_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
