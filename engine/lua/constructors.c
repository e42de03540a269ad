/* The words of plugin.lua. Checks only that each gets one table (hours and days: one number). */
#include "lua/constructors.h"

#include <stdbool.h>

#include <lauxlib.h>
#include <lua.h>

#include "lua/library.h"

/* Its address is the key under which a table carries its mark: line * KIND_SPAN + kind. Plugin code cannot name it. */
static const char mark_key = 0;
enum { KIND_SPAN = 64 };

static const struct {
  const char *word, *example;
} words[ASK_LUA_KINDS] = {
    [ASK_LUA_PROGRAM] = {"program",
                         "return program { id = \"...\", name = \"...\", cite = \"...\", eligible = all { ... } }"},
    [ASK_LUA_RULE] = {"rule", "rule { \"what it means\", \"expression\" }"},
    [ASK_LUA_ALL] = {"all", "all { rule {...}, rule {...} }"},
    [ASK_LUA_ANY] = {"any", "any { \"what it means\", rule {...}, rule {...} }"},
    [ASK_LUA_NONE] = {"none", "none { \"what it means\", rule {...} }"},
    [ASK_LUA_AT_LEAST] = {"at_least", "at_least { 2, \"two of these\", rule {...}, rule {...}, rule {...} }"},
    [ASK_LUA_LINE] = {"line", "line { \"name\", \"expression\", text = \"what it is\" }"},
    [ASK_LUA_FIRST] = {"first", "first { { \"name\", when = \"expression\" }, { \"name\", otherwise = true } }"},
    [ASK_LUA_POINTS] = {"points", "points { point {...}, point {...} }"},
    [ASK_LUA_POINT] = {"point", "point { \"what it means\", when = \"expression\", points = 2 }"},
    [ASK_LUA_AMOUNT] = {"amount", "amount { \"expression\", per = \"month\", text = \"what it is\" }"},
    [ASK_LUA_NOTE] = {"note", "note { \"text\", when = \"expression\" }"},
    [ASK_LUA_DOCUMENT] = {"document", "document { \"The lease\", when = \"expression\" }"},
    [ASK_LUA_ITEM] = {"item", "item { \"id\", \"money\", text = \"the question\" }"},
    [ASK_LUA_CHOICE] = {"choice", "choice { \"yes\", \"no\" }"},
    [ASK_LUA_CHOICES] = {"choices", "choices { \"one\", \"two\" }"},
    [ASK_LUA_HOURS] = {"hours", "hours(24)"},
    [ASK_LUA_DAYS] = {"days", "days(30)"},
    [ASK_LUA_BUSINESS_DAYS] = {"business_days", "business_days(3)"},
    [ASK_LUA_OVERVIEW] = {"overview", "return overview { first = { step {...} }, flags = { flag {...} } }"},
    [ASK_LUA_STEP] = {"step", "step { \"what is so\", when = \"expression\", urgency = 0, say = \"what to do\" }"},
    [ASK_LUA_FLAG] = {"flag", "flag { \"what is so\", when = \"expression\", say = \"what to do\" }"},
};

const char *ask_lua_kind_word(enum ask_lua_kind kind) { return kind == ASK_LUA_PLAIN ? "table" : words[kind].word; }

const char *ask_lua_kind_example(enum ask_lua_kind kind) { return words[kind].example; }

enum ask_lua_kind ask_lua_kind_of(struct lua_State *lua, int index, int *ret_line) {
  lua_Integer mark = 0;
  if (lua_istable(lua, index)) {
    lua_rawgetp(lua, index, &mark_key);
    mark = lua_tointeger(lua, -1);
    lua_pop(lua, 1);
  }
  *ret_line = (int)(mark / KIND_SPAN);
  return (enum ask_lua_kind)(mark % KIND_SPAN);
}

/* Throws. The line on which the running constructor was called. */
static int calling_line(lua_State *lua) {
  lua_Debug caller;
  if (!lua_getstack(lua, 1, &caller) || !lua_getinfo(lua, "l", &caller) || caller.currentline < 0) return 0;
  return caller.currentline;
}

/* Throws. Every word; which one is its upvalue. */
static int construct(lua_State *lua) {
  enum ask_lua_kind kind = (enum ask_lua_kind)lua_tointeger(lua, lua_upvalueindex(1));
  const char *word = words[kind].word;
  bool counts = kind == ASK_LUA_HOURS || kind == ASK_LUA_DAYS || kind == ASK_LUA_BUSINESS_DAYS;
  if (lua_gettop(lua) != 1 || lua_type(lua, 1) != (counts ? LUA_TNUMBER : LUA_TTABLE))
    return luaL_error(lua, "%s takes one %s: %s", word, counts ? "number" : "table", words[kind].example);
  if (counts) {
    lua_createtable(lua, 1, 1);
    lua_insert(lua, 1);
    lua_rawseti(lua, 1, 1);
  }
  int line;
  enum ask_lua_kind already = ask_lua_kind_of(lua, 1, &line);
  if (already != ASK_LUA_PLAIN)
    return luaL_error(lua, "%s was given what '%s' made on line %d: %s", word, words[already].word, line,
                      words[kind].example);
  if (lua_getmetatable(lua, 1)) return luaL_error(lua, "%s was given a library: %s", word, words[kind].example);
  lua_pushinteger(lua, (lua_Integer)calling_line(lua) * KIND_SPAN + (lua_Integer)kind);
  lua_rawsetp(lua, 1, &mark_key);
  return 1;
}

void ask_lua_constructors_add(struct lua_State *lua) {
  ask_lua_library_globals(lua);
  for (int kind = ASK_LUA_PROGRAM; kind < ASK_LUA_KINDS; kind++) {
    lua_pushinteger(lua, kind);
    lua_pushcclosure(lua, construct, 1);
    lua_setfield(lua, -2, words[kind].word);
  }
  lua_pop(lua, 1);
}

void ask_lua_constructors_remove(struct lua_State *lua) {
  ask_lua_library_globals(lua);
  for (int kind = ASK_LUA_PROGRAM; kind < ASK_LUA_KINDS; kind++) {
    lua_pushnil(lua);
    lua_setfield(lua, -2, words[kind].word);
  }
  lua_pop(lua, 1);
}
