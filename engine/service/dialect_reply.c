/* Replies in the words of another system's API. */
#include "service/dialect_reply.h"

#include <string.h>

#include "service/dialect.h"
#include "json/put.h"

const struct ask_result *ask_dialect_assess(struct ask_desk *desk, const struct ask_catalogue *catalogue, int32_t pack,
                                            const bool *programs, int64_t as_of, struct ask_arena *arena,
                                            const struct ask_raw *request, struct ask_problems *problems) {
  struct ask_desk_source source = {.as_of = as_of, .as_of_wins = true};
  struct ask_choice choice = {.packs = (ask_packs)1 << pack, .programs = programs};
  struct ask_household household;
  const struct ask_raw *input = ask_dialect_read(arena, catalogue->packs[pack].spec->dialect, request, problems);
  if (!input || !ask_desk_read_tree(desk, &source, input, &household, problems)) return NULL;
  return ask_desk_assess(desk, &household, &choice, problems);
}

bool ask_dialect_eligible(const struct ask_determination *determination) {
  return determination->status == ASK_LIKELY || determination->status == ASK_POSSIBLE;
}

static bool is_undetermined(const struct ask_determination *d) {
  return !ask_dialect_eligible(d) && d->status != ASK_UNLIKELY;
}

void ask_dialect_undetermined(const struct ask_result *result, struct ask_problems *problems) {
  for (size_t i = 0; i < result->determination_count; i++)
    if (is_undetermined(&result->determinations[i]))
      ask_problem_add(problems, ASK_ERROR, "undetermined", ASK_NOWHERE, NULL, NULL, "%s could not be determined",
                      result->determinations[i].program->spec->id);
}

const bool *ask_dialect_programs(struct ask_arena *arena, const struct ask_catalogue *catalogue, int32_t pack,
                                 const char *list) {
  bool *chosen = ask_alloc_array(arena, catalogue->program_count + 1, sizeof *chosen);
  for (const char *word = list; *word;) {
    size_t length = strcspn(word, "|,");
    struct ask_text id = {word, length};
    while (id.length && *id.bytes == ' ') id.bytes++, id.length--;
    while (id.length && id.bytes[id.length - 1] == ' ') id.length--;
    for (size_t i = 0; i < catalogue->program_count; i++)
      if (catalogue->programs[i].pack == pack && ask_text_is(&id, catalogue->programs[i].spec->id)) chosen[i] = true;
    word += length + (word[length] != '\0');
  }
  return chosen;
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void put_programs(struct ask_buffer *buffer, const struct ask_result *result,
                         bool (*wanted)(const struct ask_determination *)) {
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->determination_count; i++) {
    const struct ask_program_spec *spec = result->determinations[i].program->spec;
    if (!wanted(&result->determinations[i])) continue;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "code", spec->id);
    ask_put_key_text(buffer, "name", spec->name);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

void ask_dialect_write(struct ask_buffer *buffer, const struct ask_result *result) {
  bool undetermined = false;
  for (size_t i = 0; i < result->determination_count; i++)
    undetermined = undetermined || is_undetermined(&result->determinations[i]);
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "type", "SUCCESS");
  ask_put_key(buffer, "eligiblePrograms");
  put_programs(buffer, result, ask_dialect_eligible);
  if (undetermined) {
    ask_put_key(buffer, "undeterminedPrograms");
    put_programs(buffer, result, is_undetermined);
  }
  ask_put_close(buffer, '}');
}

static void open_failure(struct ask_buffer *buffer) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "type", "FAILURE");
  ask_put_key(buffer, "errors");
  ask_put_open(buffer, '[');
}

static void put_error(struct ask_buffer *buffer, const char *more, const char *code, const char *message,
                      const char *path) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "message", message);
  ask_put_key_text(buffer, "moreInfo", more);
  ask_put_key_text(buffer, "code", code);
  ask_put_key_text(buffer, "elementPath", path && *path ? path : NULL);
  ask_put_close(buffer, '}');
}

static void close_failure(struct ask_buffer *buffer) {
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_dialect_write_problems(struct ask_buffer *buffer, const char *more, const struct ask_problem *problems,
                                size_t count) {
  open_failure(buffer);
  for (size_t i = 0; i < count; i++)
    if (problems[i].severity == ASK_ERROR)
      put_error(buffer, more, problems[i].code, problems[i].message, problems[i].path);
  close_failure(buffer);
}

void ask_dialect_write_failure(struct ask_buffer *buffer, const char *more, const char *code, const char *message,
                               const char *path) {
  open_failure(buffer);
  put_error(buffer, more, code, message, path);
  close_failure(buffer);
}

void ask_dialect_write_token(struct ask_buffer *buffer, const char *token) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "type", "SUCCESS");
  ask_put_key_text(buffer, "token", token);
  ask_put_close(buffer, '}');
}
