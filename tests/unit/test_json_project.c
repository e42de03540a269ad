/* A stored result shown with less is what would have been written directly, byte for byte; and what is not well-formed is
 * refused without reading past its end. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "service/assess.h"
#include "json/project.h"

static struct ask_arena *arena;

static void setup(void) { arena = ask_arena_new(); }
static void teardown(void) { arena = ask_arena_free(arena); }

static struct ask_text text_of(const char *bytes) { return (struct ask_text){bytes, strlen(bytes)}; }

/* ---- results ------------------------------------------------------------------------------------------------------- */

static const char *const examples[] = {"city-sample",      "city-second", "eviction-at-82", "family-in-shelter",
                                       "hiv-and-homeless", "near-empty",  "working-couple"};

static void compare(struct ask_desk *desk, const struct ask_bytes *input) {
  struct ask_problems problems = {.arena = arena};
  struct ask_desk_source source = {.limit = ASK_INPUT_LIMIT, .as_of = 20780};
  struct ask_household household;
  struct ask_buffer stored = {0}, direct = {0}, less = {0};
  ck_assert(ask_desk_read(desk, &source, input->bytes, input->length, &household, &problems));
  if (!household.id) household.id = "a \"reference\" with {braces}, \\";
  const struct ask_result *result = ask_desk_assess(desk, &household, NULL, &problems);
  ck_assert_ptr_nonnull(result);
  ask_desk_write(desk, result, &household, NULL, ASK_DETAIL_REASONS, true, &stored);
  for (enum ask_detail detail = ASK_DETAIL_STATUS; detail <= ASK_DETAIL_REASONS; detail++)
    for (int next = 0; next < 2; next++) {
      ask_buffer_clear(&direct);
      ask_buffer_clear(&less);
      ask_desk_write(desk, result, &household, NULL, detail, next, &direct);
      ck_assert(ask_json_project(&less, (struct ask_text){stored.bytes, stored.length}, detail, next));
      ck_assert_str_eq(less.bytes, direct.bytes);
    }
  ask_buffer_free(&stored);
  ask_buffer_free(&direct);
  ask_buffer_free(&less);
}

START_TEST(gives_the_same_bytes) {
  struct ask_problems problems = {.arena = arena};
  struct ask_data_options options = {.forms = TEST_SOURCE_DIR "/forms", .plugins = TEST_SOURCE_DIR "/plugins"};
  struct ask_data_places places;
  ck_assert(ask_data_find(arena, &options, &places, &problems));
  struct ask_rules *rules = ask_rules_load(&places, &problems);
  ck_assert_ptr_nonnull(rules);
  struct ask_desk *desk = ask_desk_new(rules);
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    const char *path = ask_printf(arena, TEST_SOURCE_DIR "/examples/%s.json", examples[i]);
    struct ask_bytes input = ask_file_read(arena, path, ASK_INPUT_LIMIT, &problems);
    ck_assert_msg(input.bytes != NULL, "%s", path);
    compare(desk, &input);
  }
  ask_desk_free(desk);
  ask_rules_free(rules);
}
END_TEST

/* ---- what is no result --------------------------------------------------------------------------------------------- */

static const char *const broken[] = {
    "",
    "{",
    "}",
    "{}",
    "[]",
    "null",
    "{\"request\":{}}",
    "{\"determinations\":[]}",
    "{\"request\":{},\"determinations\":[{}]}",
    "{\"request\":{},\"determinations\":[{\"program\":1,\"status\":2,\"level\":3}]}",
    "{\"request\":[],\"determinations\":[]",
    "{\"request\":{},\"determinations\":[]}}",
    "{\"request\":{},\"determinations\":[],}",
    "{\"request\":{},,\"determinations\":[]}",
    "{\"request\":{\"detail\"},\"determinations\":[]}",
    "{\"request\":{\"detail\":},\"determinations\":[]}",
    "{\"request\":{},\"determinations\":[],\"x\":\"}",
    "{\"request\":{},\"determinations\":[],\"x\":\"\\\"}",
    "{\"request\":{},\"determinations\":[],\"x\":[}",
    "{\"request\":{} \"determinations\":[]}",
    "{request:{},determinations:[]}",
};

START_TEST(refuses_the_rest) {
  struct ask_buffer out = {0};
  ask_buffer_puts(&out, "before");
  struct ask_text text = text_of(broken[_i]);
  char *alone = malloc(text.length + 1); /* so that one byte too many is found */
  ck_assert_ptr_nonnull(alone);
  memcpy(alone, text.bytes, text.length);
  struct ask_text exact = {alone + (text.length == 0), text.length};
  ck_assert_msg(!ask_json_project(&out, exact, ASK_DETAIL_STATUS, false), "%s -> %s", broken[_i], out.bytes);
  ck_assert_str_eq(out.bytes, "before");
  free(alone);
  ask_buffer_free(&out);
}
END_TEST

/* Every beginning of a good text is refused, and never read beyond. */
START_TEST(refuses_what_is_cut_short) {
  static const char whole[] =
      "{\"engine\":{\"a\":\"\\\\\"},\"request\":{\"detail\":\"reasons\",\"next\":true},\"determinations\":"
      "[{\"program\":\"p\",\"x\":[1,{\"y\":\"\\\"}\"}],\"status\":\"s\",\"missing\":[],\"level\":null}],"
      "\"next\":[]}";
  struct ask_buffer out = {0};
  for (size_t length = 0; length < sizeof whole; length++) {
    char *part = malloc(length ? length : 1);
    ck_assert_ptr_nonnull(part);
    memcpy(part, whole, length);
    bool good = ask_json_project(&out, (struct ask_text){part, length}, ASK_DETAIL_STATUS, false);
    ck_assert_msg(good == (length == sizeof whole - 1), "%zu", length);
    free(part);
  }
  ck_assert_str_eq(out.bytes,
                   "{\"engine\":{\"a\":\"\\\\\"},\"request\":{\"detail\":\"status\",\"next\":false},\"determinations\":"
                   "[{\"program\":\"p\",\"status\":\"s\",\"level\":null,\"missing\":[]}]}");
  ask_buffer_free(&out);
}
END_TEST

START_TEST(walks) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  ck_assert(ask_json_walk_start(&walk, text_of("[1,\"a,]\",{\"b\":[]},null]")));
  static const char *const expected[] = {"1", "\"a,]\"", "{\"b\":[]}", "null"};
  for (size_t i = 0; i < 4; i++) {
    ck_assert(ask_json_walk_next(&walk, &key, &value));
    ck_assert(ask_text_is(&value, expected[i]));
    ck_assert_uint_eq(key.length, 0);
  }
  ck_assert(!ask_json_walk_next(&walk, &key, &value) && !walk.broken);
  ck_assert(!ask_json_walk_next(&walk, &key, &value));
  ck_assert(!ask_json_walk_start(&walk, text_of("\"x\"")));
  ck_assert(ask_json_member(text_of("{\"a\":1,\"b\":{\"a\":2}}"), "b", &value));
  ck_assert(ask_text_is(&value, "{\"a\":2}"));
  ck_assert(!ask_json_member(text_of("{\"a\":1}"), "c", &value));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("json_project");
  TCase *one = tcase_create("json_project");
  tcase_add_checked_fixture(one, setup, teardown);
  tcase_add_test(one, gives_the_same_bytes);
  tcase_add_loop_test(one, refuses_the_rest, 0, sizeof broken / sizeof *broken);
  tcase_add_test(one, refuses_what_is_cut_short);
  tcase_add_test(one, walks);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
