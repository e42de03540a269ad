/*
 * Peer of the workload W1: the three programs of w1.lua in Lua 5.4, with the limits that any host of foreign rules
 * needs: a short list of globals, a cap on memory and a hook that counts instructions (-bare leaves out cap and hook).
 * Not the way askonce runs Lua: there a rule is data, and no Lua runs while a household is assessed.
 *
 *   peer_lua VARIANT dump FILE | VARIANT eval FILE ROUNDS | VARIANT json FILE ROUNDS
 *   VARIANT   table      eval: answers already in Lua tables, for the first 2,000 households; else one table, refilled
 *             userdata   answers stay in C, the rule reads them through __index
 *             table-bare, userdata-bare   the same without hook and cap
 */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "measure.h"
#include "result.h"

#ifndef W1_RULES
#define W1_RULES "w1.lua"
#endif

enum {
  MEMORY_CAP = 64 << 20,       /* bytes */
  INSTRUCTIONS_A_HOOK = 10000, /* virtual machine instructions */
  HOOKS_A_PROGRAM = 1000,
  PREBUILT = 2000, /* tables: more would measure the garbage collector's walks through a large heap */
};

struct host {
  lua_State *L;
  size_t memory_used;
  int hooks;
  int program[W1_PROGRAMS];        /* references in the registry */
  const struct w1_answer *answers; /* what the userdata shows */
  bool limited, userdata;
  struct w1_index index;
  struct lines lines;
  struct w1_answer *scanned; /* W1_KEYS for every line */
};

/* The keys stay on the stack at 1..W1_KEYS, so that no fill has to intern them; above them what `eval` reads from. */
enum { SOURCE = W1_KEYS + 1 };

static void die(const char *what, const char *detail) {
  fprintf(stderr, "peer_lua: %s: %s\n", what, detail ? detail : "no detail");
  exit(1);
}

static void *capped_alloc(void *context, void *block, size_t old_size, size_t new_size) {
  struct host *host = context;
  if (!block) old_size = 0;
  if (new_size == 0) {
    host->memory_used -= old_size;
    free(block);
    return NULL;
  }
  if (new_size > old_size && host->memory_used + (new_size - old_size) > MEMORY_CAP) return NULL;
  void *moved = realloc(block, new_size);
  if (moved) host->memory_used += new_size - old_size;
  return moved;
}

static void count_hook(lua_State *L, lua_Debug *event) {
  (void)event;
  struct host *host;
  memcpy(&host, lua_getextraspace(L), sizeof host);
  if (++host->hooks > HOOKS_A_PROGRAM) luaL_error(L, "the program uses too many instructions");
}

static void push_answer(lua_State *L, const struct w1_answer *answer) {
  switch (answer->type) {
  case W1_INTEGER: lua_pushinteger(L, answer->number); break;
  case W1_BOOL: lua_pushboolean(L, answer->number); break;
  case W1_TEXT: lua_pushlstring(L, answer->text, (size_t)answer->length); break;
  case W1_ABSENT: lua_pushnil(L); break;
  }
}

/* __index of the userdata; its upvalue maps a key's name to its slot. */
static int index_answers(lua_State *L) {
  struct host *const *host = lua_touserdata(L, 1);
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  lua_Integer slot = lua_tointeger(L, -1);
  if (slot < 1) return 0;
  push_answer(L, &(*host)->answers[slot - 1]);
  return 1;
}

static void push_userdata(struct host *host) {
  lua_State *L = host->L;
  struct host **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = host;
  lua_createtable(L, 0, 1);
  lua_createtable(L, 0, W1_KEYS);
  for (int key = 0; key < W1_KEYS; key++) {
    lua_pushinteger(L, key + 1);
    lua_setfield(L, -2, w1_key_names[key]);
  }
  lua_pushcclosure(L, index_answers, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}

static void fill_table(lua_State *L, int table, const struct w1_answer *answers) {
  for (int key = 0; key < W1_KEYS; key++) {
    lua_pushvalue(L, key + 1);
    push_answer(L, &answers[key]);
    lua_rawset(L, table);
  }
}

static void load_rules(struct host *host) {
  static const char *const allowed[] = {"ipairs",   "pairs",    "math",   "string", "table", "type",
                                        "tostring", "tonumber", "select", "error",  "pcall"};
  lua_State *L = host->L;
  luaL_requiref(L, "_G", luaopen_base, 1);
  luaL_requiref(L, "string", luaopen_string, 1);
  luaL_requiref(L, "table", luaopen_table, 1);
  luaL_requiref(L, "math", luaopen_math, 1);
  lua_settop(L, 0);
  if (luaL_loadfilex(L, W1_RULES, "t")) die("cannot load the rules", lua_tostring(L, -1));
  lua_createtable(L, 0, 16);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    lua_getglobal(L, allowed[i]);
    lua_setfield(L, -2, allowed[i]);
  }
  lua_setupvalue(L, -2, 1); /* the chunk's _ENV */
  if (lua_pcall(L, 0, W1_PROGRAMS, 0)) die("cannot run the rules' file", lua_tostring(L, -1));
  for (int k = W1_PROGRAMS - 1; k >= 0; k--) host->program[k] = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void open_host(struct host *host) {
  host->L = host->limited ? lua_newstate(capped_alloc, host) : luaL_newstate();
  if (!host->L) die("cannot open Lua", NULL);
  memcpy(lua_getextraspace(host->L), &host, sizeof host);
  load_rules(host);
  if (host->limited) lua_sethook(host->L, count_hook, LUA_MASKCOUNT, INSTRUCTIONS_A_HOOK);
  luaL_checkstack(host->L, W1_KEYS + 40, NULL);
  for (int key = 0; key < W1_KEYS; key++) lua_pushstring(host->L, w1_key_names[key]);
  if (host->userdata)
    push_userdata(host);
  else
    lua_createtable(host->L, 0, W1_KEYS);
}

/* Leaves the program's table on the stack: the reasons' texts live in it. */
static void read_determination(lua_State *L, struct w1_determination *ret_determination) {
  struct w1_determination *d = ret_determination;
  int table = lua_gettop(L);
  lua_getfield(L, table, "status");
  const char *status = lua_tostring(L, -1);
  if (!status) die("a program gave no status", NULL);
  d->status = status[0] == 'e' ? W1_ELIGIBLE : status[0] == 'i' ? W1_INELIGIBLE : W1_UNKNOWN;
  lua_getfield(L, table, "score");
  d->score = (int)lua_tointeger(L, -1);
  lua_getfield(L, table, "reasons");
  int reasons = lua_gettop(L), count = (int)lua_rawlen(L, reasons);
  d->reason_count = count > W1_MAX_REASONS ? W1_MAX_REASONS : count;
  for (int i = 0; i < d->reason_count; i++) {
    lua_rawgeti(L, reasons, i + 1);
    d->reasons[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  lua_settop(L, table);
}

/* `source` is the stack slot of the answers. The result's texts are good until the caller resets the stack. */
static void assess(struct host *host, int source, struct w1_result *ret_result) {
  lua_State *L = host->L;
  for (int k = 0; k < W1_PROGRAMS; k++) {
    host->hooks = 0;
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->program[k]);
    lua_pushvalue(L, source);
    if (lua_pcall(L, 1, 1, 0)) die("a program failed", lua_tostring(L, -1));
    read_determination(L, &ret_result->program[k]);
  }
}

static void scan(const struct host *host, size_t i, struct w1_answer *ret_answers) {
  if (w1_scan(&host->index, host->lines.line[i], ret_answers)) return;
  fprintf(stderr, "line %zu: not a W1 household\n", i + 1);
  exit(2);
}

static void present(struct host *host, const struct w1_answer *answers) {
  host->answers = answers;
  if (!host->userdata) fill_table(host->L, SOURCE, answers);
}

static long pass_prebuilt(void *context) {
  struct host *host = context;
  struct w1_result result;
  long sum = 0;
  for (size_t i = 0; i < host->lines.count; i++) {
    lua_rawgeti(host->L, SOURCE, (lua_Integer)i + 1);
    assess(host, SOURCE + 1, &result);
    sum += w1_checksum(&result);
    lua_settop(host->L, SOURCE);
  }
  return sum;
}

static long pass_userdata(void *context) {
  struct host *host = context;
  struct w1_result result;
  long sum = 0;
  for (size_t i = 0; i < host->lines.count; i++) {
    host->answers = host->scanned + i * W1_KEYS;
    assess(host, SOURCE, &result);
    sum += w1_checksum(&result);
    lua_settop(host->L, SOURCE);
  }
  return sum;
}

static long pass_json(void *context) {
  struct host *host = context;
  struct w1_answer answers[W1_KEYS];
  struct w1_result result;
  char text[W1_RESULT_BYTES];
  long sum = 0;
  for (size_t i = 0; i < host->lines.count; i++) {
    scan(host, i, answers);
    present(host, answers);
    assess(host, SOURCE, &result);
    sum += (long)w1_json(&result, text);
    lua_settop(host->L, SOURCE);
  }
  return sum;
}

static void dump(struct host *host) {
  struct w1_answer answers[W1_KEYS];
  struct w1_result result;
  char text[W1_RESULT_BYTES];
  for (size_t i = 0; i < host->lines.count; i++) {
    scan(host, i, answers);
    present(host, answers);
    assess(host, SOURCE, &result);
    fwrite(text, 1, w1_canonical(&result, text), stdout);
    lua_settop(host->L, SOURCE);
  }
}

static void prepare_eval(struct host *host) {
  if (!host->userdata && host->lines.count > PREBUILT) host->lines.count = PREBUILT;
  host->scanned = calloc(host->lines.count + 1, W1_KEYS * sizeof *host->scanned);
  if (!host->scanned) die("not enough memory", NULL);
  for (size_t i = 0; i < host->lines.count; i++) scan(host, i, host->scanned + i * W1_KEYS);
  if (host->userdata) return;
  lua_State *L = host->L;
  for (size_t i = 0; i < host->lines.count; i++) {
    lua_createtable(L, 0, W1_KEYS);
    fill_table(L, SOURCE + 1, host->scanned + i * W1_KEYS);
    lua_rawseti(L, SOURCE, (lua_Integer)i + 1);
  }
}

int main(int count, char **arguments) {
  const char *variant = count > 1 ? arguments[1] : "", *mode = count > 2 ? arguments[2] : "";
  bool timed = strcmp(mode, "eval") == 0 || strcmp(mode, "json") == 0;
  struct host host = {.limited = strstr(variant, "-bare") == NULL, .userdata = strncmp(variant, "userdata", 8) == 0};
  bool known = host.userdata || strncmp(variant, "table", 5) == 0;
  if (count != (timed ? 5 : 4) || !known || (!timed && strcmp(mode, "dump") != 0)) {
    fprintf(stderr, "peer_lua table|userdata|table-bare|userdata-bare  "
                    "dump FILE | eval FILE ROUNDS | json FILE ROUNDS\n");
    return 2;
  }
  w1_index_keys(&host.index);
  if (!lines_load(arguments[3], &host.lines)) return 2;
  open_host(&host);
  char peer[40];
  snprintf(peer, sizeof peer, "lua-%s", variant);
  if (!timed) {
    dump(&host);
  } else if (mode[0] == 'e') {
    prepare_eval(&host);
    measure_pass pass = host.userdata ? pass_userdata : pass_prebuilt;
    measure_rounds(peer, "E", host.lines.count, atoi(arguments[4]), pass, &host);
  } else {
    measure_rounds(peer, "J", host.lines.count, atoi(arguments[4]), pass_json, &host);
  }
  lua_close(host.L);
  free(host.scanned);
  lines_free(&host.lines);
  return fflush(stdout) == 0 ? 0 : 1;
}
