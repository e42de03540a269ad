/* Loads a plugin in two protected runs: run it, read it. */
#include "lua/load.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "lua/constructors.h"
#include "lua/outline.h"
#include "lua/reader.h"

/* Its address is the key under which the registry keeps what plugin.lua returned. */
static const char returned_key = 0;

enum { PIECE = 4096 };

struct run {
  struct ask_lua_source source;
  size_t given; /* bytes that the Lua parser has got */
  bool is_parsed;
  struct ask_lua_reader reader;
  struct ask_program_spec *spec;
  struct ask_lua_kept *kept;
  struct ask_overview_spec *overview; /* NULL: it is a program */
};

/* Throws when the time is used up: parsing runs no instructions, so that the hook does not look. */
static const char *give_piece(lua_State *lua, void *context, size_t *ret_size) {
  struct run *run = context;
  size_t left = run->source.length - run->given;
  const char *piece = run->source.bytes + run->given;
  *ret_size = left < PIECE ? left : PIECE;
  run->given += *ret_size;
  ask_lua_charge(lua, 0);
  return *ret_size ? piece : NULL;
}

/* Throws. */
static int run_chunk(lua_State *lua) {
  struct run *run = lua_touserdata(lua, 1);
  ask_lua_constructors_add(lua);
  if (lua_load(lua, give_piece, run, "=" ASK_LUA_CHUNK, "t") != LUA_OK) return lua_error(lua);
  run->is_parsed = true;
  lua_call(lua, 0, 1);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &returned_key);
  return 0;
}

/* Throws. */
static int read_chunk(lua_State *lua) {
  struct run *run = lua_touserdata(lua, 1);
  struct ask_lua_reader *reader = &run->reader;
  lua_createtable(lua, 0, 0);
  reader->lua = lua;
  reader->functions = lua_gettop(lua);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &returned_key);
  if (run->overview)
    ask_lua_read_overview(reader, run->overview);
  else
    ask_lua_read_program(reader, run->spec);
  lua_pop(lua, 1);
  lua_pushnil(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &returned_key);
  ask_lua_constructors_remove(lua);
  if (!run->overview) ask_lua_keep(lua, reader->arena, reader->function_count, run->kept);
  lua_gc(lua, LUA_GCCOLLECT);
  return 0;
}

static bool check_bytes(const struct ask_lua_source *source, struct ask_problems *problems) {
  struct ask_place at = {source->path, 1, 0};
  if (source->length > ASK_LUA_SOURCE_MAX) {
    ask_problem_add(problems, ASK_ERROR, "too-long", at, NULL, NULL, "the file has %zu bytes, at most %d are allowed",
                    source->length, ASK_LUA_SOURCE_MAX);
    return false;
  }
  if (source->length > 0 && (source->bytes[0] == '\033' || memchr(source->bytes, '\0', source->length))) {
    ask_problem_add(problems, ASK_ERROR, "bad-text", at, NULL, "Save it as plain UTF-8 text.",
                    "the file is not text (compiled Lua is not accepted)");
    return false;
  }
  return true;
}

static void complain(const struct run *run, const struct ask_lua_failure *failure, const char *code,
                     struct ask_problems *problems) {
  struct ask_place at = {run->source.path, failure->line, 0};
  ask_problem_add(problems, ASK_ERROR, code, at, NULL, failure->hint, "%s", failure->message);
}

/* False after adding problems. */
static bool go(struct ask_lua_sandbox *sandbox, struct ask_arena *arena, const struct ask_lua_source *source,
               struct run *run, struct ask_problems *problems) {
  size_t errors = problems->errors;
  if (!check_bytes(source, problems)) return false;
  struct ask_arena *scratch = ask_arena_new();
  struct ask_lua_failure failure;
  run->source = *source;
  run->source.path = ask_strdup(arena, source->path);
  static const char byte_order_mark[] = "\xEF\xBB\xBF"; /* some editors put it there; Lua does not know it */
  if (source->length >= 3 && memcmp(source->bytes, byte_order_mark, 3) == 0) run->given = 3;

  int64_t instructions = sandbox->limits.instructions_load;
  if (!ask_lua_sandbox_run(sandbox, instructions, run_chunk, run, &failure)) {
    bool syntax = !run->is_parsed && strcmp(failure.code, "lua-error") == 0;
    complain(run, &failure, syntax ? "lua-syntax" : failure.code, problems);
  } else {
    run->reader =
        (struct ask_lua_reader){.arena = arena,
                                .problems = problems,
                                .outline = ask_outline_new(scratch, run->source.path, source->bytes, source->length),
                                .id = ask_strdup(arena, source->id)};
    if (!ask_lua_sandbox_run(sandbox, instructions, read_chunk, run, &failure))
      complain(run, &failure, failure.code, problems);
  }
  ask_arena_free(scratch);
  return problems->errors == errors;
}

bool ask_lua_load(struct ask_lua_sandbox *sandbox, struct ask_arena *arena, const struct ask_lua_source *source,
                  struct ask_program_spec *ret_spec, struct ask_lua_kept *ret_kept, struct ask_problems *problems) {
  struct ask_program_spec spec;
  struct ask_lua_kept kept;
  struct run run = {.spec = &spec, .kept = &kept};
  if (!go(sandbox, arena, source, &run, problems)) return false;
  if (ret_spec) *ret_spec = spec;
  if (ret_kept) *ret_kept = kept;
  return true;
}

bool ask_lua_load_overview(struct ask_lua_sandbox *sandbox, struct ask_arena *arena,
                           const struct ask_lua_source *source, struct ask_overview_spec *ret,
                           struct ask_problems *problems) {
  struct ask_overview_spec overview;
  struct run run = {.overview = &overview};
  if (!go(sandbox, arena, source, &run, problems)) return false;
  *ret = overview;
  return true;
}
