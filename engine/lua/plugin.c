/* Loads a plugin for its spec alone: the Lua state does not outlive the call. */
#include "lua/plugin.h"

#include "lua/load.h"
#include "lua/outline.h"

static bool open_sandbox(struct ask_lua_sandbox *ret, const struct ask_lua_limits *limits, const char *path,
                         struct ask_problems *problems) {
  if (ask_lua_sandbox_open(ret, limits)) return true;
  ask_problem_add(problems, ASK_ERROR, "lua-limit", (struct ask_place){path, 0, 0}, NULL, NULL,
                  "there is not enough memory for an empty Lua state");
  return false;
}

bool ask_lua_plugin_load(struct ask_arena *arena, const struct ask_lua_limits *limits, const char *path, const char *id,
                         const char *source, size_t length, struct ask_program_spec *ret,
                         struct ask_problems *problems) {
  struct ask_lua_sandbox sandbox;
  if (!open_sandbox(&sandbox, limits, path, problems)) return false;
  struct ask_lua_source text = {.path = path, .id = id, .bytes = source, .length = length};
  bool loaded = ask_lua_load(&sandbox, arena, &text, ret, NULL, problems);
  ask_lua_sandbox_close(&sandbox);
  return loaded;
}

bool ask_lua_overview_load(struct ask_arena *arena, const struct ask_lua_limits *limits, const char *path,
                           const char *source, size_t length, struct ask_overview_spec *ret,
                           struct ask_problems *problems) {
  struct ask_lua_sandbox sandbox;
  if (!open_sandbox(&sandbox, limits, path, problems)) return false;
  struct ask_lua_source text = {.path = path, .id = "overview", .bytes = source, .length = length};
  bool loaded = ask_lua_load_overview(&sandbox, arena, &text, ret, problems);
  ask_lua_sandbox_close(&sandbox);
  return loaded;
}

void ask_lua_function_numbers(const char *path, const char *source, size_t length, ask_lua_number *found,
                              void *context) {
  struct ask_arena *arena = ask_arena_new();
  ask_outline_numbers(ask_outline_new(arena, path, source, length), found, context);
  ask_arena_free(arena);
}
