/* The words of plugin.lua for editors: type definitions for the Lua language server, and what luacheck has to know. From
 * the tables that read a plugin. */
#ifndef ASK_LUA_DEFINITIONS_H
#define ASK_LUA_DEFINITIONS_H

#include "base/text.h"

/* NULL, or the first key that the readers know and the definitions have no type for: a slip of ours, found by a test. */
const char *ask_lua_definitions(struct ask_buffer *ret);
void ask_lua_luacheckrc(struct ask_buffer *ret);

#endif
