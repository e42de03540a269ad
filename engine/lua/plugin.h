/* plugin.lua into a program spec. Reads no files and checks no expressions: the caller has the bytes, the model checks.
 * How plugin.lua is written is in docs/rule-author.md. */
#ifndef ASK_LUA_PLUGIN_H
#define ASK_LUA_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "lua/limits.h"
#include "model/spec.h"

/* Runs plugin.lua (UTF-8 text of at most 256 KiB) in a sandbox of its own and reads the program it returns. limits
 * NULL: the defaults. `path` is what messages call the file; `id` is the name of the folder, which the program's id
 * must equal. *ret is as the file says, in `arena`, without pack, folder, hash and parameters, which the caller
 * knows. False: problems say why, with line and column, and *ret is untouched. Lua functions have numbers from 0 in
 * the order in which they are read; ask_lua_state_new gives them the same. */
bool ask_lua_plugin_load(struct ask_arena *arena, const struct ask_lua_limits *limits, const char *path, const char *id,
                         const char *source, size_t length, struct ask_program_spec *ret,
                         struct ask_problems *problems);

/* The same for a pack's shared/overview.lua; ret->hash stays empty. */
bool ask_lua_overview_load(struct ask_arena *arena, const struct ask_lua_limits *limits, const char *path,
                           const char *source, size_t length, struct ask_overview_spec *ret,
                           struct ask_problems *problems);

/* Tells of every number written into one of its functions (rule, line, when, score), as it is written. For a source
 * that Lua accepts. */
typedef void ask_lua_number(void *context, struct ask_place at, const char *number, size_t length);
void ask_lua_function_numbers(const char *path, const char *source, size_t length, ask_lua_number *found,
                              void *context);

#endif
