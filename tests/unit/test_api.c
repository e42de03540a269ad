/* The public library, as a program that embeds it sees it: include/askonce/ and nothing else. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "askonce/askonce.h"

#define FOLDERS \
  { .forms = TEST_SOURCE_DIR "/forms", .plugins = TEST_SOURCE_DIR "/plugins", .pack = "nyc" }

static struct askonce_rules *load(void) {
  struct askonce_folders folders = FOLDERS;
  char *problems = NULL;
  struct askonce_rules *rules = askonce_rules_load(&folders, &problems);
  ck_assert_ptr_nonnull(rules);
  ck_assert_msg(!problems, "%s", problems ? problems : "");
  return rules;
}

START_TEST(has_a_version) { ck_assert_str_eq(askonce_version(), ASK_VERSION); }
END_TEST

START_TEST(assesses) {
  static const char text[] = "{\"id\":\"x\",\"as_of\":\"2026-11-23\",\"answers\":{\"age\":17}}";
  struct askonce_rules *rules = load();
  struct askonce_desk *desk = askonce_desk_open(rules);
  struct askonce_request request = {.programs = "aps", .detail = "reasons", .without_next = true};
  char *json, *again;
  size_t length;
  ck_assert(askonce_assess(desk, text, strlen(text), &request, &json, &length));
  ck_assert_uint_eq(length, strlen(json));
  ck_assert_ptr_nonnull(strstr(json, "\"program\":\"aps\""));
  ck_assert_ptr_nonnull(strstr(json, "\"status\":\"unlikely\""));
  ck_assert_ptr_nonnull(strstr(json, "\"as_of\":\"2026-11-23\""));
  ck_assert_ptr_nonnull(strstr(json, "\"id\":\"x\""));
  ck_assert_ptr_null(strstr(json, "\"program\":\"snap\""));
  ck_assert_ptr_null(strstr(json, "\"criteria\":"));
  ck_assert_ptr_null(strstr(json, "],\"next\":["));
  ck_assert(askonce_assess(desk, text, strlen(text), &request, &again, NULL));
  ck_assert_str_eq(json, again);
  askonce_free(json);
  askonce_free(again);
  askonce_desk_close(desk);
  askonce_rules_free(rules);
}
END_TEST

START_TEST(gives_all_without_a_request) {
  static const char text[] = "{\"answers\":{}}";
  struct askonce_rules *rules = load();
  struct askonce_desk *desk = askonce_desk_open(rules);
  char *json;
  ck_assert(askonce_assess(desk, text, strlen(text), NULL, &json, NULL));
  ck_assert_ptr_nonnull(strstr(json, "\"program\":\"snap\""));
  ck_assert_ptr_nonnull(strstr(json, "\"criteria\":"));
  ck_assert_ptr_nonnull(strstr(json, "],\"next\":["));
  ck_assert_ptr_null(strstr(json, "\"status\":\"unlikely\"")); /* nothing is known, so nothing is refused */
  askonce_free(json);
  askonce_desk_close(desk);
  askonce_rules_free(rules);
}
END_TEST

static void refuse(const char *text, const struct askonce_request *request, const char *expected) {
  struct askonce_rules *rules = load();
  struct askonce_desk *desk = askonce_desk_open(rules);
  char *json;
  ck_assert(!askonce_assess(desk, text, strlen(text), request, &json, NULL));
  ck_assert_msg(strncmp(json, "{\"problems\":[{", 14) == 0, "%s", json);
  ck_assert_msg(strstr(json, expected) != NULL, "no %s in %s", expected, json);
  askonce_free(json);
  askonce_desk_close(desk);
  askonce_rules_free(rules);
}

START_TEST(says_what_is_wrong) {
  refuse("{\"answers\":{\"dob\":\"1944-02-30\"}}", NULL, "\"path\":\"answers.dob\"");
  refuse("{\"answers\":{\"dbo\":\"1944-02-03\"}}", NULL, "did you mean dob?");
  refuse("{\"answers\":{", NULL, "\"code\":\"truncated\"");
  refuse("{\"answers\":{}}", &(struct askonce_request){.programs = "snapp"}, "did you mean snap?");
  refuse("{\"answers\":{}}", &(struct askonce_request){.detail = "all"}, "\"path\":\"detail\"");
  refuse("{\"answers\":{}}", &(struct askonce_request){.as_of = "soon"}, "\"path\":\"as_of\"");
}
END_TEST

START_TEST(says_why_rules_do_not_load) {
  struct askonce_folders folders = FOLDERS;
  char *problems = NULL;
  folders.pack = "nyx";
  ck_assert_ptr_null(askonce_rules_load(&folders, &problems));
  ck_assert_ptr_nonnull(strstr(problems, "did you mean nyc?"));
  askonce_free(problems);
}
END_TEST

static void *assess_many(void *context) {
  static const char text[] = "{\"as_of\":\"2026-11-23\",\"answers\":{\"age\":70,\"living_situation\":\"street\"}}";
  struct askonce_desk *desk = askonce_desk_open(context);
  char *first = NULL;
  bool same = true;
  for (int i = 0; i < 20; i++) {
    char *json = NULL;
    same = askonce_assess(desk, text, strlen(text), NULL, &json, NULL) && same;
    if (first) same = same && strcmp(first, json) == 0;
    if (first)
      askonce_free(json);
    else
      first = json;
  }
  askonce_desk_close(desk);
  if (same) return first;
  askonce_free(first);
  return NULL;
}

START_TEST(threads_share_rules) {
  struct askonce_rules *rules = load();
  pthread_t threads[4];
  void *results[4];
  for (int i = 0; i < 4; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, assess_many, rules), 0);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], &results[i]);
  for (int i = 0; i < 4; i++) ck_assert_ptr_nonnull(results[i]);
  for (int i = 1; i < 4; i++) ck_assert_str_eq(results[0], results[i]);
  for (int i = 0; i < 4; i++) askonce_free(results[i]);
  askonce_rules_free(rules);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("api");
  TCase *one = tcase_create("api");
  tcase_add_test(one, has_a_version);
  tcase_add_test(one, assesses);
  tcase_add_test(one, gives_all_without_a_request);
  tcase_add_test(one, says_what_is_wrong);
  tcase_add_test(one, says_why_rules_do_not_load);
  tcase_add_test(one, threads_share_rules);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
