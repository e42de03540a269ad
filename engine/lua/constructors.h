/* The words that a plugin is written with: program, rule, all, ... Each takes one table, notes in it which word it
 * was and on which line, and returns it. What the tables hold is looked at later, by read_*.c. Inside engine/lua/
 * only. */
#ifndef ASK_LUA_CONSTRUCTORS_H
#define ASK_LUA_CONSTRUCTORS_H

struct lua_State;

enum ask_lua_kind {
  ASK_LUA_PLAIN, /* a table without a word in front of it */
  ASK_LUA_PROGRAM,
  ASK_LUA_RULE,
  ASK_LUA_ALL,
  ASK_LUA_ANY,
  ASK_LUA_NONE,
  ASK_LUA_AT_LEAST,
  ASK_LUA_LINE,
  ASK_LUA_FIRST,
  ASK_LUA_POINTS,
  ASK_LUA_POINT,
  ASK_LUA_AMOUNT,
  ASK_LUA_NOTE,
  ASK_LUA_DOCUMENT,
  ASK_LUA_ITEM,
  ASK_LUA_CHOICE,
  ASK_LUA_CHOICES,
  ASK_LUA_HOURS,
  ASK_LUA_DAYS,
  ASK_LUA_BUSINESS_DAYS,
  ASK_LUA_OVERVIEW,
  ASK_LUA_STEP,
  ASK_LUA_FLAG,
  ASK_LUA_KINDS
};

/* Throws. Puts the words into the globals, or takes them out again once the plugin has been read. */
void ask_lua_constructors_add(struct lua_State *lua);
void ask_lua_constructors_remove(struct lua_State *lua);

/* Does not throw. The word that the table at `index` was made with, and its line; PLAIN and 0 for a bare table. */
enum ask_lua_kind ask_lua_kind_of(struct lua_State *lua, int index, int *ret_line);
/* The word, and how it is used: rule, rule { "what it means", "expression" }. */
const char *ask_lua_kind_word(enum ask_lua_kind kind);
const char *ask_lua_kind_example(enum ask_lua_kind kind);

#endif
