/* The trusted Lua state of the worker's app: what crosses its border, what it cannot reach, and where it stops. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lua/pages.h"
#include "json/read.h"
#include "json/write.h"

static struct ask_arena *arena;
static struct ask_problems problems;

static void setup(void) {
  arena = ask_arena_new();
  problems = (struct ask_problems){.arena = arena};
}

static void teardown(void) { arena = ask_arena_free(arena); }

/* host.echo(value): the same value, through C */
static void echo(void *context, struct ask_host_call *call) {
  *(int *)context += 1;
  call->results[call->result_count++] = call->count ? &call->arguments[0] : NULL;
}

static void always_fails(void *context, struct ask_host_call *call) {
  (void)context;
  call->fault = "argument 1 has to be a text";
}

static void sleeps(void *context, struct ask_host_call *call) {
  (void)context;
  (void)call;
  nanosleep(&(struct timespec){.tv_sec = 3}, NULL);
}

static const struct ask_host_entry entries[] = {{.name = "echo", .function = echo},
                                                {.name = "deep.er.fail", .function = always_fails},
                                                {.name = "deep.text", .text = "a text"},
                                                {.name = "waits", .function = sleeps},
                                                {.name = "works", .function = sleeps, .slow = true}};
enum { ENTRIES = sizeof entries / sizeof *entries };

static struct ask_pages *open_with(const char *main, const char *other, size_t memory, int seconds) {
  struct ask_page_source *sources = ask_alloc_array(arena, 2, sizeof *sources);
  sources[0] = (struct ask_page_source){"lib/other.lua", {other, strlen(other)}};
  sources[1] = (struct ask_page_source){"main.lua", {main, strlen(main)}};
  return ask_pages_new(&(struct ask_pages_options){sources, 2, entries, ENTRIES, memory, seconds}, &problems);
}

static struct ask_pages *open_pages(const char *main) { return open_with(main, "return { name = 'other' }", 0, 0); }

/* The reply of a page to a JSON text, as JSON; NULL: it failed, and why is in *ret_why. */
static const char *asked(struct ask_pages *pages, const char *json, const char **ret_why) {
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.limit = 1000000};
  const struct ask_raw *request = ask_json_read(reader, arena, &source, json, strlen(json), &problems);
  ask_json_reader_free(reader);
  ck_assert_ptr_nonnull(request);
  int calls = 0;
  const struct ask_raw *reply = ask_pages_call(pages, &calls, arena, request, ret_why);
  if (!reply) return NULL;
  struct ask_buffer text = {0};
  ask_json_raw(&text, reply);
  const char *copy = ask_strdup(arena, text.bytes);
  ask_buffer_free(&text);
  return copy;
}

static const char *answer(const char *main, const char *json) {
  const char *why = "";
  struct ask_pages *pages = open_pages(main);
  ck_assert_msg(pages, "%s", problems.count ? problems.list[0].message : "");
  const char *reply = asked(pages, json, &why);
  ck_assert_msg(reply, "%s", why);
  ask_pages_free(pages);
  return reply;
}

static const char *refused(const char *main, const char *json) {
  const char *why = NULL;
  struct ask_pages *pages = open_pages(main);
  ck_assert_msg(pages, "%s", problems.count ? problems.list[0].message : "");
  ck_assert_ptr_null(asked(pages, json, &why));
  ck_assert_ptr_nonnull(why);
  /* the state is sound after it */
  const char *again = NULL;
  ck_assert_ptr_null(asked(pages, json, &again));
  ck_assert_str_eq(why, again);
  ask_pages_free(pages);
  return why;
}

START_TEST(values_cross_both_ways) {
  static const char json[] =
      "{\"a\":[],\"b\":{},\"c\":[1,2.5,\"x\",null,true],\"d\":\"\\u00f1\\n\\\"\",\"e\":-9007199254740993,\"f\":[[],[{}]]}";
  ck_assert_str_eq(
      answer("return function(r) return host.echo(r) end", json),
      "{\"a\":[],\"b\":{},\"c\":[1,2.5,\"x\",null,true],\"d\":\"\303\261\\n\\\"\",\"e\":-9007199254740993,\"f\":[[],[{}]]}");
}
END_TEST

START_TEST(a_null_member_is_not_there) {
  ck_assert_str_eq(
      answer("return function(r) return { there = r.a ~= nil, list = r.l } end", "{\"a\":null,\"l\":[null,1]}"),
      "{\"list\":[null,1],\"there\":false}");
}
END_TEST

START_TEST(arrays_are_marked_or_counted) {
  ck_assert_str_eq(answer("return function() return { host.json.array{}, {}, { 1, 2 }, host.json.array() } end", "{}"),
                   "[[],{},[1,2],[]]");
}
END_TEST

START_TEST(what_a_page_may_not_reach) {
  ck_assert_str_eq(
      answer("local t = {} for _, n in ipairs{'io','os','debug','package','load','loadfile','dofile','coroutine',"
             "'collectgarbage','print'} do if _G[n] ~= nil then t[#t+1] = n end end "
             "return function() return host.json.array(t) end",
             "{}"),
      "[]");
}
END_TEST

START_TEST(require_runs_a_file_once) {
  const char *why = NULL;
  struct ask_pages *pages = open_with("local a, b = require 'lib.other', require 'lib.other' return function() return "
                                      "{ a == b, a.count, host.deep.text } end",
                                      "count = (count or 0) + 1 return { count = count }", 0, 0);
  ck_assert_ptr_nonnull(pages);
  ck_assert_str_eq(asked(pages, "{}", &why), "[true,1,\"a text\"]");
  ask_pages_free(pages);
}
END_TEST

START_TEST(a_source_that_fails_is_named) {
  ck_assert_ptr_null(open_pages("\nlocal x = nil + 1"));
  ck_assert_str_eq(problems.list[0].at.file, "web/main.lua");
  ck_assert_int_eq(problems.list[0].at.line, 2);
  ck_assert_ptr_null(open_pages("return 5"));
  ck_assert_ptr_null(open_pages("return function( end"));
  ck_assert_ptr_null(open_pages("require 'lib.none' return function() end"));
  ck_assert_ptr_nonnull(strstr(problems.list[problems.count - 1].message, "there is no web/lib/none.lua"));
  ck_assert_ptr_null(open_pages("require '../../etc/passwd' return function() end"));
  ck_assert_ptr_null(open_with("require 'lib.other' return function() end", "return require 'lib.other'", 0, 0));
  ck_assert_ptr_nonnull(strstr(problems.list[problems.count - 1].message, "while it is being loaded"));
  ck_assert_ptr_null(open_pages("host.echo(1) return function() end"));
  ck_assert_ptr_nonnull(strstr(problems.list[problems.count - 1].message, "only while a page is made"));
}
END_TEST

START_TEST(a_failure_says_where) {
  ck_assert_ptr_nonnull(strstr(refused("return function()\n  error 'no luck'\nend", "{}"), "web/main.lua:2: no luck"));
  ck_assert_ptr_nonnull(strstr(refused("return function() host.deep.er.fail() end", "{}"),
                               "host.deep.er.fail: argument 1 has to be a text"));
  ck_assert_ptr_nonnull(strstr(refused("return function() error(setmetatable({}, {})) end", "{}"), "table"));
}
END_TEST

START_TEST(what_cannot_cross_is_refused) {
  ck_assert_ptr_nonnull(strstr(refused("return function() host.echo(string.char(255)) end", "{}"), "not UTF-8"));
  ck_assert_ptr_nonnull(strstr(refused("return function() host.echo('a\\0b') end", "{}"), "NUL"));
  ck_assert_ptr_nonnull(strstr(refused("return function() host.echo(0/0) end", "{}"), "not finite"));
  ck_assert_ptr_nonnull(
      strstr(refused("return function() host.echo{ 1, 2, name = 3 } end", "{}"), "keys beside 1 to 2"));
  ck_assert_ptr_nonnull(
      strstr(refused("return function() host.echo(host.json.array{ name = 3 }) end", "{}"), "keys beside 1 to 0"));
  ck_assert_ptr_nonnull(strstr(refused("return function() host.echo(host.echo) end", "{}"), "function"));
  ck_assert_ptr_nonnull(strstr(refused("return function() host.echo{ [true] = 1 } end", "{}"), "not texts"));
  ck_assert_ptr_nonnull(
      strstr(refused("return function() local t = {} t[1] = t host.echo(t) end", "{}"), "too deeply"));
}
END_TEST

START_TEST(memory_and_time_end) {
  const char *why = NULL;
  struct ask_pages *pages = open_with(
      "return function(r) if r.loop then while true do end end local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end end",
      "return 1", 4 * 1024 * 1024, 1);
  ck_assert_ptr_nonnull(pages);
  ck_assert_ptr_null(asked(pages, "{}", &why));
  ck_assert_ptr_nonnull(strstr(why, "not enough memory"));
  ck_assert_ptr_null(asked(pages, "{\"loop\":true}", &why));
  ck_assert_ptr_nonnull(strstr(why, "more than 1 seconds"));
  ask_pages_free(pages);
}
END_TEST

START_TEST(what_is_slow_takes_no_time_of_the_page) {
  static const char main[] = "return function(r) host[r.what]() for _ = 1, 100000 do end return { done = true } end";
  const char *why = NULL;
  struct ask_pages *pages = open_with(main, "return 1", 0, 1);
  ck_assert_ptr_nonnull(pages);
  ck_assert_ptr_null(asked(pages, "{\"what\":\"waits\"}", &why));
  ck_assert_ptr_nonnull(strstr(why, "more than 1 seconds"));
  ck_assert_str_eq(asked(pages, "{\"what\":\"works\"}", &why), "{\"done\":true}");
  ask_pages_free(pages);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua pages");
  TCase *tests = tcase_create("pages");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, values_cross_both_ways);
  tcase_add_test(tests, a_null_member_is_not_there);
  tcase_add_test(tests, arrays_are_marked_or_counted);
  tcase_add_test(tests, what_a_page_may_not_reach);
  tcase_add_test(tests, require_runs_a_file_once);
  tcase_add_test(tests, a_source_that_fails_is_named);
  tcase_add_test(tests, a_failure_says_where);
  tcase_add_test(tests, what_cannot_cross_is_refused);
  tcase_add_test(tests, memory_and_time_end);
  tcase_add_test(tests, what_is_slow_takes_no_time_of_the_page);
  tcase_set_timeout(tests, 20);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
