/* The public library (include/askonce/): plain C types around the services, nothing decided here. */
#include <stdlib.h>
#include <string.h>

#include "askonce/askonce.h"
#include "base/date.h"
#include "service/assess.h"

struct askonce_rules {
  struct ask_rules *rules;
};

struct askonce_desk {
  struct ask_desk *desk;
  const struct ask_rules *rules;
};

const char *askonce_version(void) { return ASK_VERSION; }

void askonce_free(char *text) { free(text); }

/* The buffer's bytes become the caller's. */
static char *give(struct ask_buffer *buffer, size_t *ret_length) {
  ask_buffer_add(buffer, "", 0);
  if (ret_length) *ret_length = buffer->length;
  return buffer->bytes;
}

static char *give_problems(const struct ask_problems *problems, size_t *ret_length) {
  struct ask_buffer text = {0};
  ask_json_problems(&text, 0, problems->list, problems->count);
  return give(&text, ret_length);
}

struct askonce_rules *askonce_rules_load(const struct askonce_folders *folders, char **ret_problems) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_data_options options = {0};
  struct ask_data_places places;
  struct askonce_rules *rules = NULL;
  if (folders)
    options = (struct ask_data_options){.forms = folders->forms, .plugins = folders->plugins, .pack = folders->pack};
  if (ask_data_find(arena, &options, &places, &problems)) {
    struct ask_rules *loaded = ask_rules_load(&places, &problems);
    if (loaded) {
      rules = calloc(1, sizeof *rules);
      if (!rules) abort();
      rules->rules = loaded;
    }
  }
  if (ret_problems) *ret_problems = problems.count ? give_problems(&problems, NULL) : NULL;
  ask_arena_free(arena);
  return rules;
}

void askonce_rules_free(struct askonce_rules *rules) {
  if (!rules) return;
  ask_rules_free(rules->rules);
  free(rules);
}

struct askonce_desk *askonce_desk_open(const struct askonce_rules *rules) {
  struct askonce_desk *desk = calloc(1, sizeof *desk);
  if (!desk) abort();
  desk->rules = rules->rules;
  desk->desk = ask_desk_new(rules->rules);
  return desk;
}

void askonce_desk_close(struct askonce_desk *desk) {
  if (!desk) return;
  ask_desk_free(desk->desk);
  free(desk);
}

/* What the request means; false after adding problems. */
struct meaning {
  struct ask_desk_source source;
  struct ask_choice choice;
  enum ask_detail detail;
};

static bool read_request(const struct askonce_desk *desk, struct ask_arena *arena,
                         const struct askonce_request *request, struct meaning *ret, struct ask_problems *problems) {
  *ret = (struct meaning){.source = {.limit = ASK_INPUT_LIMIT, .as_of = ask_today()}, .detail = ASK_DETAIL_TREE};
  if (!request) return true;
  if (request->detail && !ask_detail_read(request->detail, &ret->detail)) {
    ask_problem_add(problems, ASK_ERROR, "bad-request", ASK_NOWHERE, "detail", "one of status, reasons, tree",
                    "there is no detail %.40s", request->detail);
    return false;
  }
  if (request->as_of) {
    ret->source.as_of_wins = true;
    if (!ask_date_read(request->as_of, strlen(request->as_of), &ret->source.as_of)) {
      ask_problem_add(problems, ASK_ERROR, "bad-date", ASK_NOWHERE, "as_of", "write it as 2026-11-23",
                      "%.40s is not a date", request->as_of);
      return false;
    }
  }
  if (!request->programs) return true;
  ret->choice.programs = ask_programs_read(arena, desk->rules->catalogue, request->programs, problems);
  return ret->choice.programs != NULL;
}

bool askonce_assess(struct askonce_desk *desk, const char *json, size_t length, const struct askonce_request *request,
                    char **ret_json, size_t *ret_length) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_household household;
  struct meaning meaning;
  const struct ask_result *result = NULL;
  if (read_request(desk, arena, request, &meaning, &problems) &&
      ask_desk_read(desk->desk, &meaning.source, json, length, &household, &problems))
    result = ask_desk_assess(desk->desk, &household, &meaning.choice, &problems);
  if (result) {
    struct ask_buffer text = {0};
    ask_desk_write(desk->desk, result, &household, &meaning.choice, meaning.detail,
                   !(request && request->without_next), &text);
    *ret_json = give(&text, ret_length);
  } else {
    *ret_json = give_problems(&problems, ret_length);
  }
  ask_arena_free(arena);
  return result != NULL;
}
