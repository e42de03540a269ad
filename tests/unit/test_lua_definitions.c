/* The definitions for editors know every key that the readers know, and say so when one is missing. */
#include <check.h>
#include <string.h>

#include "lua/definitions.h"
#include "lua/library.h"
#include "lua/plugin.h"

START_TEST(every_key_has_a_type) {
  struct ask_buffer text = {0};
  const char *missing = ask_lua_definitions(&text);
  ck_assert_msg(!missing, "no type for the key %s", missing);
  static const char *const lines[] = {
      "---@meta\n",
      "\n---@class askonce.rule: askonce.node\n",
      "\n---@field eligible askonce.node ",
      "\n---@field cite? string ",
      "\n---@return askonce.rule\nfunction rule(t) end\n",
      "\nfunction business_days(count) end\n",
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) ck_assert_msg(strstr(text.bytes, lines[i]), "%s", lines[i]);
  ask_buffer_free(&text);
}
END_TEST

/* What luacheck is told is there, is there. */
START_TEST(the_library_is_what_it_says) {
  const struct {
    const char *name, *const *fields;
  } libraries[] = {{"math", ask_lua_math_names}, {"string", ask_lua_string_names}, {"table", ask_lua_table_names}};
  struct ask_buffer source = {0};
  for (const char *const *name = ask_lua_library_names; *name; name++)
    ask_buffer_printf(&source, "assert(%s ~= nil, '%s')\n", *name, *name);
  for (size_t i = 0; i < 3; i++)
    for (const char *const *field = libraries[i].fields; *field; field++)
      ask_buffer_printf(&source, "assert(%s.%s ~= nil, '%s')\n", libraries[i].name, *field, *field);
  ask_buffer_puts(&source, "return program { id = 'p', name = 'P', cite = 'C', eligible = rule { 'r', 'true' } }");
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_program_spec spec;
  bool loaded = ask_lua_plugin_load(arena, NULL, "plugin.lua", "p", source.bytes, source.length, &spec, &problems);
  ck_assert_msg(loaded, "%s", problems.count ? problems.list[0].message : "?");
  ask_buffer_free(&source);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua definitions");
  TCase *tests = tcase_create("definitions");
  tcase_add_test(tests, every_key_has_a_type);
  tcase_add_test(tests, the_library_is_what_it_says);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
