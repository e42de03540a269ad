/* The plugins' Lua functions for one thread. A state that cannot be opened is a fault of that program, said at each
 * call. */
#include "service/host.h"

#include <stdio.h>
#include <stdlib.h>

#include "lua/call.h"

enum { MOST_READS = 64 }; /* the model refuses functions that declare more */

struct program_state {
  struct ask_lua_state *lua;
  char *failed; /* why lua could not be opened; NULL: not tried or fine */
};

struct ask_lua_host {
  struct ask_host interface;
  const struct ask_rules *rules;
  struct program_state *programs;
};

static void open_state(struct ask_lua_host *host, const struct ask_program *program, struct program_state *state) {
  struct ask_bytes source = host->rules->sources[program->number];
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  const char *path = ask_path_join(arena, program->spec->folder, "plugin.lua");
  if (source.bytes)
    state->lua = ask_lua_state_new(NULL, path, program->spec->id, source.bytes, source.length, &problems);
  if (!state->lua) {
    const char *why = problems.count ? problems.list[0].message : "its source is not there";
    size_t size = 400;
    state->failed = malloc(size);
    if (!state->failed) abort();
    snprintf(state->failed, size, "its functions could not be loaded: %s", why);
  }
  ask_arena_free(arena);
}

/* Names and types of the values that the model passes, in the order of the declared reads. */
static void describe_reads(const struct ask_rules *rules, const struct ask_program *program, int32_t function,
                           const struct ask_value *arguments, size_t count, struct ask_lua_read *ret_reads) {
  const struct ask_formula_spec *formula = program->functions[function];
  for (size_t i = 0; i < count; i++) {
    int32_t number = program->function_reads[function][i];
    ret_reads[i] = (struct ask_lua_read){.name = formula->reads[i], .value = arguments[i]};
    if (number < 0) {
      const struct ask_line *line = &program->lines[-1 - number];
      ret_reads[i].type = line->kind.type;
      ret_reads[i].options = line->kind.options;
    } else {
      const struct ask_item *item = &rules->catalogue->items[number];
      ret_reads[i].type = item->kind.type;
      ret_reads[i].options = item->kind.options;
      ret_reads[i].list = item->kind.type == ASK_LIST ? item->spec : NULL;
    }
  }
}

static struct ask_value call(void *context, const struct ask_program *program, int32_t function,
                             const struct ask_value *arguments, size_t count, enum ask_type result, char *message,
                             size_t size) {
  struct ask_lua_host *host = context;
  struct program_state *state = &host->programs[program->number];
  struct ask_value value = {.state = ASK_FAULT};
  if (!state->lua && !state->failed) open_state(host, program, state);
  if (state->failed || count > MOST_READS) {
    snprintf(message, size, "%s", state->failed ? state->failed : "a function declares too many reads");
    return value;
  }
  struct ask_lua_read reads[MOST_READS];
  describe_reads(host->rules, program, function, arguments, count, reads);
  ask_lua_call(state->lua, function, reads, count, result, &value, message, size);
  return value;
}

struct ask_lua_host *ask_lua_host_new(const struct ask_rules *rules) {
  struct ask_lua_host *host = calloc(1, sizeof *host);
  if (!host) abort();
  host->rules = rules;
  host->interface = (struct ask_host){.context = host, .call = call};
  host->programs = calloc(rules->catalogue->program_count + 1, sizeof *host->programs);
  if (!host->programs) abort();
  return host;
}

struct ask_lua_host *ask_lua_host_free(struct ask_lua_host *host) {
  if (host) {
    for (size_t i = 0; i < host->rules->catalogue->program_count; i++) {
      ask_lua_state_free(host->programs[i].lua);
      free(host->programs[i].failed);
    }
    free(host->programs);
    free(host);
  }
  return NULL;
}

const struct ask_host *ask_lua_host_interface(const struct ask_lua_host *host) { return &host->interface; }
