/* Read-only tables: an empty table whose metatable leads to the real one. Plugin code can reach no metatable, so
 * that it cannot get around it. Every table with a metatable that plugin code can hold is one of these. Inside
 * engine/lua/ only. */
#ifndef ASK_LUA_READONLY_H
#define ASK_LUA_READONLY_H

struct lua_State;

/* Throws. Replaces the table at the top of the stack by its read-only face. `refuse` is called on a write with the
 * table, the key and the value, and raises the error; NULL: one that says that the table is read-only. */
void ask_lua_readonly(struct lua_State *lua, int (*refuse)(struct lua_State *lua));
/* Throws only for want of stack. Pushes the table behind the read-only one at `index`, or the table itself. */
void ask_lua_readonly_behind(struct lua_State *lua, int index);
/* Throws. Pushes a short description of the key at `index` for a message: 'name', or the type of what is no name. */
const char *ask_lua_key_text(struct lua_State *lua, int index);

#endif
