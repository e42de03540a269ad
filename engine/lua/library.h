/* What a plugin may call: an allow list. Everything else does not exist; reading its name is an error that says so.
 *
 *   assert error ipairs select tonumber tostring type
 *   math:   abs ceil floor fmod max min tointeger type ult huge maxinteger mininteger
 *   string: byte len lower rep sub upper (also as methods of a text)
 *   table:  concat insert remove unpack
 *
 * Left out on purpose: pairs and next (no order), pcall and coroutines (would catch a limit), load and require,
 * metatables, raw access, pattern functions (backtracking), string.format, table.sort and table.move, utf8, os, io,
 * debug, package, print, math.random, collectgarbage. Globals and library tables are read-only. Inside engine/lua/
 * only. */
#ifndef ASK_LUA_LIBRARY_H
#define ASK_LUA_LIBRARY_H

struct lua_State;

/* Throws. Makes the environment of a fresh state. */
void ask_lua_library_open(struct lua_State *lua);
/* Throws. Pushes the table behind the read-only globals, in which constructors are put before a plugin is loaded. */
void ask_lua_library_globals(struct lua_State *lua);

/* What is there besides the words of constructors.h; ends with NULL. */
extern const char *const ask_lua_library_names[];
extern const char *const ask_lua_math_names[], *const ask_lua_string_names[], *const ask_lua_table_names[];

/* library_table.c. Throws. Pushes a table of the allowed functions. */
void ask_lua_library_table(struct lua_State *lua);
/* library_string.c. Throws. Pushes a table of the allowed functions and makes them the methods of every string. */
void ask_lua_library_string(struct lua_State *lua);

#endif
