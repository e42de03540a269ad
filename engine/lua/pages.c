/* The state, its allocator and its clock, and what it may call. */
#include "lua/pages.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lua/pages_value.h"

/* GC_PAUSE: per cent. What the pages know of the rules stays for long; it is not looked through for every few pages. */
enum { HOOK_EVERY = 10000, MESSAGE = 1000, GC_PAUSE = 400 };

struct ask_pages {
  lua_State *lua;
  struct ask_pages_options options;
  size_t memory;
  int64_t deadline; /* seconds of the monotonic clock */
  void *context;
  struct ask_arena *arena;
  int answer; /* main.lua's function, in the registry */
};

static int64_t seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

static void *allocate(void *context, void *block, size_t before, size_t size) {
  struct ask_pages *pages = context;
  if (!block) before = 0;
  if (size == 0) {
    free(block);
    pages->memory -= before;
    return NULL;
  }
  if (size > before && pages->memory + (size - before) > pages->options.memory) return NULL;
  void *moved = realloc(block, size);
  if (moved) pages->memory += size - before;
  return moved;
}

static struct ask_pages *pages_of(lua_State *lua) {
  void *context = NULL;
  lua_getallocf(lua, &context);
  return context;
}

static void look_at_clock(lua_State *lua, lua_Debug *activation) {
  (void)activation;
  if (seconds() > pages_of(lua)->deadline)
    luaL_error(lua, "the page took more than %d seconds", pages_of(lua)->options.seconds);
}

/* ---- host ---- */

static int call_host(lua_State *lua) {
  struct ask_pages *pages = pages_of(lua);
  const struct ask_host_entry *entry = lua_touserdata(lua, lua_upvalueindex(1));
  struct ask_host_call call = {.arena = pages->arena, .count = (size_t)lua_gettop(lua)};
  if (!pages->context) return luaL_error(lua, "host.%s is there only while a page is made", entry->name);
  struct ask_raw *arguments = ask_alloc_array(pages->arena, call.count ? call.count : 1, sizeof *arguments);
  for (size_t i = 0; i < call.count; i++) ask_page_take(lua, (int)i + 1, pages->arena, &arguments[i]);
  call.arguments = arguments;
  int64_t began = seconds();
  entry->function(pages->context, &call);
  if (entry->slow) pages->deadline += seconds() - began;
  if (call.fault) return luaL_error(lua, "host.%s: %s", entry->name, call.fault);
  for (size_t i = 0; i < call.result_count; i++) ask_page_push(lua, call.results[i]);
  return (int)call.result_count;
}

/* host.a.b.c = the value on the top, which is popped. */
static void set_entry(lua_State *lua, const char *name) {
  const char *rest = name;
  lua_getglobal(lua, "host");
  for (const char *dot; (dot = strchr(rest, '.')); rest = dot + 1) {
    lua_pushlstring(lua, rest, (size_t)(dot - rest));
    if (lua_rawget(lua, -2) != LUA_TTABLE) {
      lua_pop(lua, 1);
      lua_newtable(lua);
      lua_pushlstring(lua, rest, (size_t)(dot - rest));
      lua_pushvalue(lua, -2);
      lua_rawset(lua, -4);
    }
    lua_remove(lua, -2);
  }
  lua_pushstring(lua, rest);
  lua_pushvalue(lua, -3);
  lua_rawset(lua, -3);
  lua_pop(lua, 2);
}

static void open_host(lua_State *lua, const struct ask_pages_options *options) {
  lua_newtable(lua);
  lua_setglobal(lua, "host");
  for (size_t i = 0; i < options->entry_count; i++) {
    const struct ask_host_entry *entry = &options->entries[i];
    if (entry->function) {
      lua_pushlightuserdata(lua, (void *)(uintptr_t)entry);
      lua_pushcclosure(lua, call_host, 1);
    } else {
      lua_pushstring(lua, entry->text);
    }
    set_entry(lua, entry->name);
  }
  ask_page_push_array_function(lua);
  set_entry(lua, "json.array");
  lua_pushlightuserdata(lua, NULL);
  set_entry(lua, "json.null");
}

/* ---- require ---- */

static int by_path(const void *key, const void *source) {
  return strcmp(key, ((const struct ask_page_source *)source)->path);
}

static const struct ask_page_source *find_source(const struct ask_pages *pages, const char *path) {
  if (!pages->options.source_count) return NULL;
  return bsearch(path, pages->options.sources, pages->options.source_count, sizeof *pages->options.sources, by_path);
}

/* Leaves what the source returns on the stack. Throws. */
static void run_source(lua_State *lua, const char *path, int results) {
  const struct ask_page_source *source = find_source(pages_of(lua), path);
  if (!source) luaL_error(lua, "there is no web/%s", path);
  lua_pushfstring(lua, "@web/%s", path);
  if (luaL_loadbufferx(lua, source->bytes.bytes, source->bytes.length, lua_tostring(lua, -1), "t") != LUA_OK)
    lua_error(lua);
  lua_remove(lua, -2);
  lua_call(lua, 0, results);
}

/* require "lib.html": web/lib/html.lua, run once. */
static int require(lua_State *lua) {
  const char *name = luaL_checkstring(lua, 1);
  lua_settop(lua, 1);
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_pushvalue(lua, 1);
  if (lua_rawget(lua, 2) != LUA_TNIL) {
    if (lua_islightuserdata(lua, -1)) luaL_error(lua, "%s is required while it is being loaded", name);
    return 1;
  }
  lua_pop(lua, 1);
  lua_pushvalue(lua, 1);
  lua_pushlightuserdata(lua, NULL);
  lua_rawset(lua, 2);
  luaL_gsub(lua, name, ".", "/");
  lua_pushfstring(lua, "%s.lua", lua_tostring(lua, -1));
  run_source(lua, lua_tostring(lua, -1), 1);
  if (lua_isnil(lua, -1)) luaL_error(lua, "web/%s returns nothing", lua_tostring(lua, -2));
  lua_pushvalue(lua, 1);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, 2);
  return 1;
}

/* The names of the pages' files, sorted: { "pages.clients", ... }. */
static void push_page_names(lua_State *lua, const struct ask_pages_options *options) {
  lua_newtable(lua);
  for (size_t i = 0; i < options->source_count; i++) {
    const char *path = options->sources[i].path;
    size_t length = strlen(path);
    if (strncmp(path, "pages/", 6) != 0 || length < 11 || strchr(path + 6, '/')) continue;
    lua_pushlstring(lua, path, length - 4);
    luaL_gsub(lua, lua_tostring(lua, -1), "/", ".");
    lua_remove(lua, -2);
    lua_rawseti(lua, -2, (lua_Integer)lua_rawlen(lua, -2) + 1);
  }
  set_entry(lua, "page_files");
}

/* ---- the state ---- */

static void open_libraries(lua_State *lua) {
  static const luaL_Reg libraries[] = {
      {LUA_GNAME, luaopen_base},       {LUA_STRLIBNAME, luaopen_string}, {LUA_TABLIBNAME, luaopen_table},
      {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
  };
  static const char *const removed[] = {"dofile", "loadfile", "load", "print", "collectgarbage", "warn"};
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    luaL_requiref(lua, libraries[i].name, libraries[i].func, 1);
    lua_pop(lua, 1);
  }
  for (size_t i = 0; i < sizeof removed / sizeof *removed; i++) {
    lua_pushnil(lua);
    lua_setglobal(lua, removed[i]);
  }
}

static int start(lua_State *lua) {
  struct ask_pages *pages = pages_of(lua);
  open_libraries(lua);
  ask_page_values_open(lua);
  open_host(lua, &pages->options);
  push_page_names(lua, &pages->options);
  lua_newtable(lua);
  lua_pushcclosure(lua, require, 1);
  lua_setglobal(lua, "require");
  run_source(lua, "main.lua", 1);
  if (!lua_isfunction(lua, -1)) luaL_error(lua, "web/main.lua:1: it has to return the function that answers requests");
  pages->answer = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

/* What was raised, with the lines that led there. */
static int explain(lua_State *lua) {
  const char *message = lua_tostring(lua, 1);
  luaL_traceback(lua, lua, message ? message : luaL_typename(lua, 1), 1);
  return 1;
}

static bool call(struct ask_pages *pages, int (*function)(lua_State *lua), void *argument, char *ret_why) {
  lua_State *lua = pages->lua;
  lua_settop(lua, 0);
  lua_pushcfunction(lua, explain);
  lua_pushcfunction(lua, function);
  lua_pushlightuserdata(lua, argument);
  pages->deadline = seconds() + pages->options.seconds;
  bool good = lua_pcall(lua, 1, 0, 1) == LUA_OK;
  if (!good) {
    const char *why = lua_tostring(lua, -1);
    snprintf(ret_why, MESSAGE, "%s", why ? why : "out of memory");
    ask_utf8_mend(ret_why, strlen(ret_why));
  }
  lua_settop(lua, 0);
  return good;
}

static void add_problem(struct ask_problems *problems, const char *why) {
  /* "web/pages/a.lua:12: what is wrong", then the traceback */
  char file[200];
  int line = 0, used = 0;
  size_t first = strcspn(why, "\n");
  struct ask_place at = {0};
  if (sscanf(why, "%199[^:]:%d: %n", file, &line, &used) == 2 && used > 0 && (size_t)used < first)
    at = (struct ask_place){.file = file, .line = line};
  else
    used = 0;
  ask_problem_add(problems, ASK_ERROR, "page", at, NULL, "the pages of the worker's app do not load", "%.*s",
                  (int)(first - (size_t)used), why + used);
}

struct ask_pages *ask_pages_new(const struct ask_pages_options *options, struct ask_problems *problems) {
  struct ask_pages *pages = calloc(1, sizeof *pages);
  char why[MESSAGE];
  if (!pages) abort();
  pages->options = *options;
  if (!pages->options.memory) pages->options.memory = ASK_PAGES_MEMORY;
  if (!pages->options.seconds) pages->options.seconds = ASK_PAGES_SECONDS;
  pages->lua = lua_newstate(allocate, pages);
  if (!pages->lua) abort();
  lua_gc(pages->lua, LUA_GCINC, GC_PAUSE, 0, 0);
  lua_sethook(pages->lua, look_at_clock, LUA_MASKCOUNT, HOOK_EVERY);
  if (call(pages, start, NULL, why)) return pages;
  add_problem(problems, why);
  return ask_pages_free(pages);
}

struct ask_pages *ask_pages_free(struct ask_pages *pages) {
  if (!pages) return NULL;
  lua_close(pages->lua);
  free(pages);
  return NULL;
}

/* ---- a request ---- */

struct question {
  const struct ask_raw *request;
  struct ask_raw *reply;
};

static int answer(lua_State *lua) {
  struct ask_pages *pages = pages_of(lua);
  struct question *question = lua_touserdata(lua, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, pages->answer);
  ask_page_push(lua, question->request);
  lua_call(lua, 1, 1);
  ask_page_take(lua, -1, pages->arena, question->reply);
  return 0;
}

const struct ask_raw *ask_pages_call(struct ask_pages *pages, void *context, struct ask_arena *arena,
                                     const struct ask_raw *request, const char **ret_why) {
  struct question question = {request, ask_alloc(arena, sizeof *question.reply)};
  char why[MESSAGE];
  pages->context = context;
  pages->arena = arena;
  bool good = call(pages, answer, &question, why);
  pages->context = NULL;
  pages->arena = NULL;
  if (good) return question.reply;
  *ret_why = ask_strdup(arena, why);
  return NULL;
}
