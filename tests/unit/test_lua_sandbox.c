/* The sandbox itself: what plugin code has and does not have, limits, clean messages. The attacks are in
 * tests/hostile. */
#include <langinfo.h>
#include <locale.h>

#include <lauxlib.h>
#include <lua.h>

#include "lua/sandbox.h"
#include "lua_helper.h"

struct script {
  const char *source;
  char result[200];
};

static int run_script(struct lua_State *lua) {
  struct script *script = lua_touserdata(lua, 1);
  if (luaL_loadbufferx(lua, script->source, strlen(script->source), "=" ASK_LUA_CHUNK, "t") != LUA_OK)
    return lua_error(lua);
  lua_call(lua, 0, 1);
  snprintf(script->result, sizeof script->result, "%s", luaL_tolstring(lua, -1, NULL));
  return 0;
}

/* The result as text, or the message of the error. */
static void evaluate(const char *source, struct script *ret, struct ask_lua_failure *ret_failure) {
  struct ask_lua_sandbox sandbox;
  *ret = (struct script){.source = source};
  *ret_failure = (struct ask_lua_failure){0};
  ck_assert(ask_lua_sandbox_open(&sandbox, NULL));
  ask_lua_sandbox_run(&sandbox, 1000000, run_script, ret, ret_failure);
  ck_assert_int_eq(lua_gettop(sandbox.lua), 0);
  ask_lua_sandbox_close(&sandbox);
  ck_assert_uint_eq(sandbox.memory_used, 0);
}

static const struct {
  const char *source, *result;
} allowed[] = {
    {"return ('ab'):upper() .. ('CD\xC3\x89'):lower() .. string.sub('hello', 2, 3)", "ABcd\xC3\x89"
                                                                                     "el"},
    {"return ('ab'):rep(3, '-')", "ab-ab-ab"},
    {"return #('ab'):rep(0) + #('ab'):rep(-5) + #(''):rep(5) + #('ab'):rep(1, 'x')", "2"},
    {"return #('x'):rep(65536)", "65536"},
    {"return ('abc'):len() + ('abc'):byte(2)", "101"},
    {"return math.max(1, 3, 2) + math.min(4, 2) + math.abs(-1)", "6"},
    {"return math.floor(2.5) + math.ceil(2.5) + math.fmod(7, 4)", "8"},
    {"return math.type(1) .. math.type(1.0) .. tostring(math.tointeger(3.0))", "integerfloat3"},
    {"return tostring(math.ult(1, -1)) .. tostring(math.huge)", "trueinf"},
    {"return math.maxinteger + math.mininteger", "-1"},
    {"local t = { 1, 2, 3 } table.insert(t, 4) table.insert(t, 1, 0) return table.concat(t, ',')", "0,1,2,3,4"},
    {"local t = { 1, 2, 3 } local x = table.remove(t, 1) local y = table.remove(t) return x .. y .. #t", "131"},
    {"local t = {} return tostring(table.remove(t)) .. #t", "nil0"},
    {"return table.concat({}, ',') .. table.concat({ 'a', 2, 3.5 }, '; ') .. table.concat({ 1, 2, 3 }, '', 2, 3)",
     "a; 2; 3.523"},
    {"return select('#', table.unpack({ 1, 2, 3 })) + select(2, 10, 20) + select(-1, 5, 6)", "29"},
    {"local a, b = table.unpack({ 1, 2, 3 }, 2) return a + b", "5"},
    {"local n = 0 for i, v in ipairs({ 5, 6, nil, 7 }) do n = n + i * v end return n", "17"},
    {"return tonumber('0x10') + tonumber('1e1') + tonumber(' 5 ') + tonumber(2)", "33.0"},
    {"return tostring(tonumber('x')) .. tostring(tonumber('')) .. tostring(tonumber({})) .. tostring(tonumber('1 2'))",
     "nilnilnilnil"},
    {"return tostring(nil) .. tostring(true) .. tostring(12) .. tostring(0.5) .. tostring('s')", "niltrue120.5s"},
    {"return tostring({}) .. tostring(tostring) .. tostring(function() end)", "tablefunctionfunction"},
    {"return type(nil) .. type('') .. type({}) .. type(type)", "nilstringtablefunction"},
    {"return assert(5, 'unused')", "5"},
    {"return 7 // 2 + 7 % 3 + 2 ^ 2 + (5 & 4) + (1 << 3)", "20.0"},
    {"return #'\xC3\xA9' .. ('a' < 'b' and 'less' or 'more')", "2less"},
    {"local t = {} t.x = 1 t[2] = 3 return t.x + t[2]", "4"},
    {"goto done do error('skipped') end ::done:: return 'done'", "done"},
};

START_TEST(test_allowed) {
  struct script script;
  struct ask_lua_failure failure;
  evaluate(allowed[_i].source, &script, &failure);
  ck_assert_str_eq(failure.message, "");
  ck_assert_str_eq(script.result, allowed[_i].result);
}
END_TEST

static const struct {
  const char *source, *message;
} refused[] = {
    {"table.insert({ 1 }, 3, 'x')", "bad argument #2 to 'insert' (position out of bounds)"},
    {"table.insert({ 1 }, 0, 'x')", "bad argument #2 to 'insert' (position out of bounds)"},
    {"table.insert({ 1 })", "table.insert takes a table, a position and a value, or a table and a value"},
    {"table.insert(5, 1)", "bad argument #1 to 'insert' (table expected, got number)"},
    {"table.remove({ 1 }, 3)", "bad argument #2 to 'remove' (position out of bounds)"},
    {"table.concat({ {} })", "table.concat found a table at [1], expected a text or a number"},
    {"table.unpack({}, 1, 201)", "table.unpack gives at most 200 values"},
    {"return ('x'):rep(65537)", "string.rep would make a text of more than 65536 bytes"},
    {"return ('x'):rep(2, ('y'):rep(65536))", "string.rep would make a text of more than 65536 bytes"},
    {"return tonumber('10', 2)", "tonumber takes one value, and no base"},
    {"error('plain', 0)", "plain"},
    {"error('with a place')", "with a place"},
    {"assert(false, 'why')", "why"},
    {"return undefined_name",
     "there is no 'undefined_name' in a plugin: is the name right, and its 'local' above this line?"},
    {"x = 1", "sets the global 'x': write 'local' in front of it"},
    {"rule {}", "there is no 'rule' in a plugin: is the name right, and its 'local' above this line?"},
};

START_TEST(test_refused) {
  struct script script;
  struct ask_lua_failure failure;
  evaluate(refused[_i].source, &script, &failure);
  ck_assert_str_eq(failure.message, refused[_i].message);
  ck_assert_str_eq(failure.code, "lua-error");
}
END_TEST

/* Exactly this and nothing more: a new Lua must not bring new functions in. */
START_TEST(test_allow_list_is_complete) {
  static const char *const names[] = {
      "_G",    "_VERSION", "collectgarbage", "coroutine", "debug",   "dofile",  "getmetatable", "io",
      "load",  "loadfile", "loadstring",     "next",      "os",      "package", "pairs",        "pcall",
      "print", "rawequal", "rawget",         "rawlen",    "rawset",  "require", "setmetatable", "utf8",
      "warn",  "xpcall",   "unpack",         "module",    "setfenv", "bit32"};
  struct script script;
  struct ask_lua_failure failure;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char source[64];
    snprintf(source, sizeof source, "return %s", names[i]);
    evaluate(source, &script, &failure);
    ck_assert_msg(strstr(failure.message, "there is no"), "%s is there", names[i]);
  }
  static const char *const members[] = {
      "string.find", "string.format", "string.gsub",    "string.gmatch",   "string.match",    "string.dump",
      "string.pack", "string.char",   "string.reverse", "string.unpack",   "string.packsize", "table.move",
      "table.sort",  "table.pack",    "math.random",    "math.randomseed", "math.sqrt",       "math.pi"};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    char source[64];
    snprintf(source, sizeof source, "return type(%s)", members[i]);
    evaluate(source, &script, &failure);
    ck_assert_msg(strcmp(script.result, "nil") == 0, "%s is there", members[i]);
  }
}
END_TEST

START_TEST(test_sandbox_after_limits) {
  struct ask_lua_sandbox sandbox;
  struct ask_lua_failure failure;
  ck_assert(ask_lua_sandbox_open(&sandbox, NULL));
  size_t empty = sandbox.memory_used;
  ck_assert_uint_lt(empty, 16 * 1024);
  struct script loop = {.source = "local x\nwhile true do\n x = 1 end"},
                growth = {.source = "local s = 'x' while true do s = s .. s end"}, good = {.source = "return 1 + 1"};
  for (int i = 0; i < 3; i++) {
    ck_assert(!ask_lua_sandbox_run(&sandbox, 100000, run_script, &loop, &failure));
    ck_assert_str_eq(failure.message, "it ran more than 100000 instructions");
    ck_assert_str_eq(failure.code, "lua-limit");
    ck_assert_int_ge(failure.line, 2);
    ck_assert(!ask_lua_sandbox_run(&sandbox, 100000, run_script, &growth, &failure));
    ck_assert_str_eq(failure.message, "it needed more than 1024 kB of memory");
    ck_assert(ask_lua_sandbox_run(&sandbox, 100000, run_script, &good, &failure));
    ck_assert_str_eq(good.result, "2");
  }
  ck_assert_uint_le(sandbox.memory_peak, 1024 * 1024);
  ask_lua_sandbox_close(&sandbox);
}
END_TEST

/* One block may have a quarter of the memory, so that no single operation on it is slow. */
START_TEST(test_single_blocks) {
  struct script script;
  struct ask_lua_failure failure;
  evaluate("local s = ('x'):rep(60000) return #(s .. s .. s .. s)", &script, &failure);
  ck_assert_str_eq(script.result, "240000");
  evaluate("local s = ('x'):rep(60000) return #(s .. s .. s .. s .. s)", &script, &failure);
  ck_assert_str_eq(failure.code, "lua-limit");
  ck_assert_str_eq(failure.message, "it needed more than 1024 kB of memory");
}
END_TEST

/* Makes garbage for ever without running a Lua instruction. */
static int make_garbage(struct lua_State *lua) {
  while (lua_checkstack(lua, 1)) {
    lua_createtable(lua, 10, 0);
    lua_pop(lua, 1);
  }
  return 0;
}

START_TEST(test_deadline) {
  struct ask_lua_limits limits = ask_lua_limits_default();
  limits.wall_ns = 5000000;
  struct ask_lua_sandbox sandbox;
  struct ask_lua_failure failure;
  ck_assert(ask_lua_sandbox_open(&sandbox, &limits));
  struct script loop = {.source = "while true do end"};
  ck_assert(!ask_lua_sandbox_run(&sandbox, INT64_MAX / 2, run_script, &loop, &failure));
  ck_assert_str_eq(failure.message, "it took more than 5 ms");
  /* In the allocator too: the hook never looks while no instruction runs. */
  ck_assert(!ask_lua_sandbox_run(&sandbox, INT64_MAX / 2, make_garbage, NULL, &failure));
  ck_assert_str_eq(failure.message, "it took more than 5 ms");
  ck_assert_str_eq(failure.code, "lua-limit");
  ask_lua_sandbox_close(&sandbox);
}
END_TEST

static int note_locale(struct lua_State *lua) {
  snprintf(lua_touserdata(lua, 1), 40, "%s", nl_langinfo(CODESET));
  return 0;
}

/* Whatever the program's locale is, plugins run in that of "C", and the locale is put back, also after an error. */
START_TEST(test_locale) {
  locale_t own = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
  ck_assert(own != (locale_t)0);
  locale_t before = uselocale(own);
  char outside[40], inside[40] = "";
  snprintf(outside, sizeof outside, "%s", nl_langinfo(CODESET));
  struct ask_lua_sandbox sandbox;
  struct ask_lua_failure failure;
  ck_assert(ask_lua_sandbox_open(&sandbox, NULL));
  ck_assert(ask_lua_sandbox_run(&sandbox, 1000, note_locale, inside, &failure));
  struct script wrong = {.source = "error('x')"};
  ck_assert(!ask_lua_sandbox_run(&sandbox, 1000, run_script, &wrong, &failure));
  ck_assert(uselocale(before) == own);
  ck_assert_str_eq(outside, "UTF-8");
  ck_assert_str_eq(inside, "ANSI_X3.4-1968");
  ask_lua_sandbox_close(&sandbox);
  freelocale(own);
}
END_TEST

START_TEST(test_clean_text) {
  static const struct {
    const char *bytes;
    size_t length, size;
    const char *expected;
  } texts[] = {
      {"plain", 5, 20, "plain"},
      {"", 0, 20, ""},
      {"a\nb\tc\x1b[0m\x7f", 10, 20, "a b c [0m "},
      {"a\0b", 3, 20, "a?b"},
      {"caf\xC3\xA9", 5, 20, "caf\xC3\xA9"},
      {"caf\xE9!", 5, 20, "caf?!"},
      {"\xC3", 1, 20, "?"},
      {"\xED\xA0\x80", 3, 20, "???"},
      {"0123456789", 10, 11, "0123456789"},
      {"0123456789", 10, 10, "012345..."},
      {"01234\xC3\xA9\xC3\xA9\xC3\xA9", 11, 10, "01234..."},
      {"0123456789", 10, 3, ".."},
      {"0123456789", 10, 1, ""},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char room[20];
    ask_lua_clean_text(texts[i].bytes, texts[i].length, room, texts[i].size);
    ck_assert_str_eq(room, texts[i].expected);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua sandbox");
  TCase *cases = tcase_create("sandbox");
  tcase_set_timeout(cases, 30);
  tcase_add_loop_test(cases, test_allowed, 0, sizeof allowed / sizeof *allowed);
  tcase_add_loop_test(cases, test_refused, 0, sizeof refused / sizeof *refused);
  tcase_add_test(cases, test_allow_list_is_complete);
  tcase_add_test(cases, test_sandbox_after_limits);
  tcase_add_test(cases, test_single_blocks);
  tcase_add_test(cases, test_deadline);
  tcase_add_test(cases, test_locale);
  tcase_add_test(cases, test_clean_text);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
