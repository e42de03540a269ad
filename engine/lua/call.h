/* Calling a plugin's Lua functions: a kept state for one plugin and one thread. A plugin that fails costs only
 * itself: its state stays sound and may be called again. */
#ifndef ASK_LUA_CALL_H
#define ASK_LUA_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "expr/type.h"
#include "lua/limits.h"
#include "model/spec.h"

struct ask_lua_state;

/* Loads plugin.lua (arguments as for ask_lua_plugin_load) and keeps its functions. NULL: problems say why. Only one
 * thread at a time may use a state. */
struct ask_lua_state *ask_lua_state_new(const struct ask_lua_limits *limits, const char *path, const char *id,
                                        const char *source, size_t length, struct ask_problems *problems);
/* NULL is fine. Returns NULL. */
struct ask_lua_state *ask_lua_state_free(struct ask_lua_state *state);
int32_t ask_lua_state_function_count(const struct ask_lua_state *state);
/* Bytes that the Lua state holds now. */
size_t ask_lua_state_memory(const struct ask_lua_state *state);

/* One declared read. bool -> boolean; integer, money (cents), date (days) -> integer; decimal -> float; text ->
 * string; choice -> its word; choices -> array of words; list -> array of tables by field id, without the fields
 * that are not known. */
struct ask_lua_read {
  const char *name;
  enum ask_type type;
  const struct ask_options *options; /* choice, choices */
  const struct ask_item_spec *list;  /* list: the item; its fields are the columns of the entries */
  struct ask_value value;
};

enum { ASK_LUA_MESSAGE_SIZE = 400 };

/* Calls the function of that number. It sees its reads and nothing else. If a read is not known, it is not called,
 * and *ret is unknown in the same way. result_type is bool, integer, decimal, money or date: true/false, a whole
 * number (cents, days), or a number, rounded half away from zero to millionths. nil: unknown. False: it failed;
 * ret->state is ASK_FAULT, and the message (UTF-8, one line, "plugin.lua:12: ..." where the line is known) says why:
 * an error, a limit, a wrong result, or that it changed a variable outside itself (which is put back). */
bool ask_lua_call(struct ask_lua_state *state, int32_t function, const struct ask_lua_read *reads, size_t count,
                  enum ask_type result_type, struct ask_value *ret, char *ret_message, size_t size);

#endif
