/* Unit tests of the JSON reader: what it gives, what it refuses, and where it says that the trouble is. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/read.h"

static struct ask_arena *arena;
static struct ask_json_reader *reader;
static struct ask_problems problems;

static void setup(void) {
  arena = ask_arena_new();
  reader = ask_json_reader_new();
  problems = (struct ask_problems){.arena = arena};
}

static void teardown(void) {
  reader = ask_json_reader_free(reader);
  arena = ask_arena_free(arena);
}

static const struct ask_raw *read_bytes(const char *bytes, size_t length) {
  struct ask_json_source source = {"household.json", 1, 1024 * 1024};
  problems.count = problems.errors = 0;
  return ask_json_read(reader, arena, &source, bytes, length, &problems);
}

static const struct ask_raw *read_text(const char *text) { return read_bytes(text, strlen(text)); }

START_TEST(gives_the_tree) {
  const struct ask_raw *raw =
      read_text("{\"dob\": \"1944-03-02\",\n \"rent\": 1450.10, \"list\": [true, null, {\"a\": -2e3}]}");
  ck_assert_ptr_nonnull(raw);
  ck_assert_int_eq(raw->kind, ASK_RAW_OBJECT);
  ck_assert_uint_eq(raw->child_count, 3);
  ck_assert_str_eq(ask_raw_member(raw, "dob")->text, "1944-03-02");
  const struct ask_raw *rent = ask_raw_member(raw, "rent");
  ck_assert_int_eq(rent->kind, ASK_RAW_NUMBER);
  ck_assert_str_eq(rent->text, "1450.10"); /* as written: never through floating point */
  ck_assert_int_eq(rent->at.line, 2);
  ck_assert_int_eq(rent->at.column, 10);
  const struct ask_raw *list = ask_raw_member(raw, "list");
  ck_assert_uint_eq(list->child_count, 3);
  ck_assert_int_eq(list->children[0].kind, ASK_RAW_BOOL);
  ck_assert_str_eq(list->children[0].text, "true");
  ck_assert_int_eq(list->children[1].kind, ASK_RAW_NULL);
  ck_assert_str_eq(ask_raw_member(&list->children[2], "a")->text, "-2e3");
  ck_assert_ptr_null(ask_raw_member(raw, "none"));
  ck_assert_ptr_null(ask_raw_member(rent, "dob"));
}
END_TEST

START_TEST(unescapes) {
  const struct ask_raw *raw = read_text("\"a\\n\\\"\\\\\\u00e9\\ud83c\\udfe0\"");
  ck_assert_ptr_nonnull(raw);
  ck_assert_str_eq(raw->text, "a\n\"\\\xC3\xA9\xF0\x9F\x8F\xA0");
  ck_assert_ptr_nonnull(read_text("\"\\\\u0000\"")); /* an escaped backslash, then letters */
}
END_TEST

START_TEST(passes_over_a_byte_order_mark) {
  const struct ask_raw *raw = read_text("\xEF\xBB\xBF{\"a\":1}");
  ck_assert_ptr_nonnull(raw);
  ck_assert_str_eq(ask_raw_member(raw, "a")->text, "1");
}
END_TEST

static const struct {
  const char *text, *code;
  int line, column;
} refused[] = {
    {"", "empty", 1, 1},
    {" \n ", "empty", 2, 2},
    {"{\"a\":", "truncated", 1, 6},
    {"{\"a\":[1,\n2", "truncated", 2, 2},
    {"{\"a\":\"b", "truncated", 1, 8},
    {"tru", "truncated", 1, 4},
    {"{\"a\":1,\"a\":2}", "duplicate-key", 1, 12},
    {"{\"a\" 1}", "no-colon", 1, 6},
    {"{\"a\":1 \"b\":2}", "no-comma", 1, 8},
    {"[1 2]", "no-comma", 1, 4},
    {"{\"a\":1,}", "bad-key", 1, 8},
    {"[1,]", "unexpected", 1, 4},
    {"{a:1}", "bad-character", 1, 2},
    {"{'a':1}", "bad-character", 1, 2},
    {"{\"a\":1,\n  \"b\":tru\n}", "bad-word", 2, 7},
    {"{\"a\":1.}", "bad-number", 1, 6},
    {"01", "after-end", 1, 2},
    {"{} {}", "after-end", 1, 4},
    {"// x", "comment", 1, 1},
    {"{\"a\":\"\\q\"}", "bad-escape", 1, 7},
    {"{\"a\":\"\\u12g4\"}", "bad-escape", 1, 11},
    {"{\"a\":\"\\u0000\"}", "nul", 1, 7},
    {"{\"a\":\"\\ud800x\"}", "bad-escape", 1, 7},
    {"{\"a\":\"\\udc00\"}", "bad-escape", 1, 7},
    {"{\"a\":\"\xFF\"}", "not-utf8", 1, 7},
    {"{\"a\":\n\"\xC0\x80\"}", "not-utf8", 2, 2},
    {"{\"a\":\"\xED\xA0\x80\"}", "not-utf8", 1, 7},
    {"{\"a\":\"\xF5\x90\x80\x80\"}", "not-utf8", 1, 7},
    {"{\"a\":\"x\ny\"}", "control-character", 1, 8},
    {"\xFF\xFE{", "not-utf8", 1, 1},
};

START_TEST(refuses) {
  const char *text = refused[_i].text;
  ck_assert_msg(!read_text(text), "accepted: %s", text);
  ck_assert_uint_eq(problems.count, 1);
  const struct ask_problem *problem = &problems.list[0];
  ck_assert_msg(strcmp(problem->code, refused[_i].code) == 0, "%s: %s", text, problem->code);
  ck_assert_msg(problem->at.line == refused[_i].line && problem->at.column == refused[_i].column, "%s: %d:%d", text,
                problem->at.line, problem->at.column);
  ck_assert_str_eq(problem->at.file, "household.json");
  ck_assert_ptr_nonnull(problem->hint);
}
END_TEST

START_TEST(refuses_nul_bytes) {
  ck_assert(!read_bytes("{\"a\":\"x\0y\"}", 11));
  ck_assert_str_eq(problems.list[0].code, "nul");
  ck_assert_int_eq(problems.list[0].at.column, 8);
}
END_TEST

static char *repeated(const char *part, size_t count, const char *last) {
  size_t length = strlen(part);
  char *text = malloc(length * count + strlen(last) + 1);
  ck_assert_ptr_nonnull(text);
  for (size_t i = 0; i < count; i++) memcpy(text + i * length, part, length);
  strcpy(text + count * length, last);
  return text;
}

START_TEST(keeps_its_limits) {
  char *deep = repeated("[", ASK_JSON_MAX_DEPTH + 1, "");
  ck_assert(!read_text(deep));
  ck_assert_str_eq(problems.list[0].code, "too-deep");
  ck_assert_int_eq(problems.list[0].at.column, ASK_JSON_MAX_DEPTH + 1);
  free(deep);

  char *many = repeated("[],", ASK_JSON_MAX_NODES, "[]]");
  char *array = malloc(strlen(many) + 2);
  ck_assert_ptr_nonnull(array);
  sprintf(array, "[%s", many);
  ck_assert(!read_text(array));
  ck_assert_str_eq(problems.list[0].code, "too-many");
  free(many);
  free(array);

  struct ask_json_source source = {NULL, 1, 4};
  problems.count = 0;
  ck_assert(!ask_json_read(reader, arena, &source, "[1,2]", 5, &problems));
  ck_assert_str_eq(problems.list[0].code, "too-long");
  ck_assert(ask_json_read(reader, arena, &source, "[12]", 4, &problems));
}
END_TEST

START_TEST(finds_a_key_twice_among_many) {
  char text[4000] = "{";
  for (int i = 0; i < 200; i++) sprintf(text + strlen(text), "%s\"k%d\":1", i ? "," : "", i == 199 ? 7 : i);
  strcat(text, "}");
  ck_assert(!read_text(text));
  ck_assert_str_eq(problems.list[0].code, "duplicate-key");
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, "\"k7\""));
}
END_TEST

/* As an attacker chooses them: the reader's hash puts all of them into one slot of the table, so that each would meet all before it. */
START_TEST(keys_made_to_meet_cost_no_more) {
  enum { KEYS = 600, SLOTS = 2048 };
  static char text[KEYS * 32];
  char keys[KEYS][24];
  int count = 0;
  for (long tried = 0; count < KEYS; tried++) {
    uint64_t hash = 1469598103934665603u;
    snprintf(keys[count], sizeof keys[count], "%lx", tried);
    for (const char *key = keys[count]; *key; key++) hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    if (((hash ^ hash >> 32) & (SLOTS - 1)) == 0) count++;
  }
  for (int twice = 0; twice < 2; twice++) {
    char *end = text;
    for (int i = 0; i < KEYS; i++) {
      /* Two keys stand twice: the one is told whose second comes first. */
      const char *key = twice && i == KEYS - 1 ? keys[0] : twice && i == KEYS - 2 ? keys[5] : keys[i];
      end += sprintf(end, "%c\"%s\":1", i ? ',' : '{', key);
    }
    strcpy(end, "}");
    ck_assert_int_eq(read_text(text) != NULL, !twice);
  }
  ck_assert_str_eq(problems.list[0].code, "duplicate-key");
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, keys[5]));
}
END_TEST

START_TEST(names_the_key_that_stands_twice) {
  static const char *const texts[][2] = {
      {"{\"a\":1,\"a\":2}", "a"},
      {"{\"a\":{\"b\":[0,[],{\"c\":1,\"c\":2}]}}", "a.b[2].c"},
      {"[[[]],[{\"x y\":1,\"z\":[{}],\"x y\":1}]]", "[1][0][\"x y\"]"},
      {"{\"a\":[1],\"b.c\":{\"\":0,\"\":0}}", "[\"b.c\"][\"\"]"},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    ck_assert(!read_text(texts[i][0]));
    ck_assert_str_eq(problems.list[0].path, texts[i][1]);
  }
  ck_assert(!read_text("{\"a\":[1"));
  ck_assert_ptr_null(problems.list[0].path);
}
END_TEST

START_TEST(can_go_on_after_an_error) {
  ck_assert(!read_text("{\"a\":[1,{"));
  ck_assert_ptr_nonnull(read_text("{\"a\":[1]}"));
  ck_assert_uint_eq(problems.count, 0);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("json_read");
  TCase *one = tcase_create("json_read");
  tcase_add_checked_fixture(one, setup, teardown);
  tcase_add_test(one, gives_the_tree);
  tcase_add_test(one, unescapes);
  tcase_add_test(one, passes_over_a_byte_order_mark);
  tcase_add_loop_test(one, refuses, 0, sizeof refused / sizeof *refused);
  tcase_add_test(one, refuses_nul_bytes);
  tcase_add_test(one, keeps_its_limits);
  tcase_add_test(one, finds_a_key_twice_among_many);
  tcase_add_test(one, keys_made_to_meet_cost_no_more);
  tcase_add_test(one, names_the_key_that_stands_twice);
  tcase_add_test(one, can_go_on_after_an_error);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
