/* Loads a plugin in two protected runs: run it, read it. */
#include "lua/load.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/text.h"
#include "lua/constructors.h"
#include "lua/library.h"
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

static const char NO_GLOBAL[] = "there is no '";

/* Lua knows lines, no columns. What its message quotes (there is no 'pairs', near '}') often stands once on the line:
 * then that is the place. */
static struct ask_text quoted(const char *message) {
  const char *open = NULL, *close = NULL;
  if (strncmp(message, NO_GLOBAL, sizeof NO_GLOBAL - 1) == 0) {
    open = message + sizeof NO_GLOBAL - 1;
    close = strchr(open, '\'');
  } else if ((close = strrchr(message, '\''))) {
    for (open = close; open > message && open[-1] != '\'';) open--;
    if (open == message) open = NULL;
  }
  return open && close && close > open ? (struct ask_text){open, (size_t)(close - open)} : (struct ask_text){NULL, 0};
}

static const char *find(const char *at, const char *end, const struct ask_text *word) {
  for (; word->length <= (size_t)(end - at); at++)
    if (memcmp(at, word->bytes, word->length) == 0) return at;
  return NULL;
}

static int column_of(const struct run *run, int line, const struct ask_text *word) {
  const char *at = run->source.bytes, *end = at + run->source.length;
  if (!word->bytes || line < 1) return 0;
  while (--line && at) {
    at = memchr(at, '\n', (size_t)(end - at));
    if (at) at++;
  }
  if (!at) return 0;
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  if (!stop) stop = end;
  const char *found = find(at, stop, word);
  return found && !find(found + 1, stop, word) ? (int)(found - at) + 1 : 0;
}

/* A global that does not exist: the word that was meant. */
static const char *meant(struct ask_arena *arena, const struct ask_lua_failure *failure, const struct ask_text *word) {
  const char *names[ASK_LUA_KINDS + 16];
  size_t count = 0;
  if (strncmp(failure->message, NO_GLOBAL, sizeof NO_GLOBAL - 1) != 0 || !word->bytes) return NULL;
  for (int kind = ASK_LUA_PROGRAM; kind < ASK_LUA_KINDS; kind++) names[count++] = ask_lua_kind_word(kind);
  for (const char *const *name = ask_lua_library_names; *name; name++) names[count++] = *name;
  const char *near = ask_did_you_mean(ask_strndup(arena, word->bytes, word->length), names, count);
  return near ? ask_printf(arena, "Did you mean '%s'?", near) : NULL;
}

static void complain(const struct run *run, const struct ask_lua_failure *failure, const char *code,
                     struct ask_problems *problems) {
  struct ask_text word = quoted(failure->message);
  struct ask_place at = {run->source.path, failure->line, column_of(run, failure->line, &word)};
  const char *hint = failure->hint ? failure->hint : meant(problems->arena, failure, &word);
  ask_problem_add(problems, ASK_ERROR, code, at, NULL, hint, "%s", failure->message);
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
