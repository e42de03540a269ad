/* The file is put into the program when it is built (ASK_OPENAPI_FILE, engine/CMakeLists.txt). */
#include "http/openapi.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "service/live.h"

__asm__(".pushsection .rodata\n"
        ".global ask_openapi_file, ask_openapi_file_end\n"
        "ask_openapi_file: .incbin \"" ASK_OPENAPI_FILE "\"\n"
        "ask_openapi_file_end: .byte 0\n"
        ".popsection\n");
extern const char ask_openapi_file[], ask_openapi_file_end[];

struct ask_openapi {
  struct ask_intake *intake;
  pthread_mutex_t lock;
  char hash[ASK_HASH_TEXT]; /* of the rules that the text is made for; "": none yet */
  struct ask_buffer text;
};

struct ask_openapi *ask_openapi_new(struct ask_intake *intake) {
  struct ask_openapi *openapi = calloc(1, sizeof *openapi);
  if (!openapi) abort();
  openapi->intake = intake;
  pthread_mutex_init(&openapi->lock, NULL);
  return openapi;
}

struct ask_openapi *ask_openapi_free(struct ask_openapi *openapi) {
  if (!openapi) return NULL;
  ask_buffer_free(&openapi->text);
  pthread_mutex_destroy(&openapi->lock);
  free(openapi);
  return NULL;
}

/* ---- finding a place in JSON that is known to be well formed ---- */

static const char *after_blanks(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
  return at;
}

static const char *after_string(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\') at++;
  return at < end ? at + 1 : end;
}

static const char *after_value(const char *at, const char *end) {
  int depth = 0;
  do {
    at = after_blanks(at, end);
    if (at >= end) return end;
    if (*at == '"') {
      at = after_string(at, end);
    } else if (*at == '{' || *at == '[') {
      depth++;
      at++;
    } else if (*at == '}' || *at == ']') {
      depth--;
      at++;
    } else if (*at == ',' || *at == ':') {
      at++;
      continue;
    } else {
      while (at < end && !strchr(",:]} \n\r\t", *at)) at++;
    }
  } while (depth > 0);
  return at;
}

/* The value of a member of the object that begins at `at`; NULL: none. */
static const char *member(const char *at, const char *end, const char *name) {
  size_t length = strlen(name);
  at = after_blanks(at, end);
  if (at >= end || *at != '{') return NULL;
  for (at = after_blanks(at + 1, end); at < end && *at == '"';) {
    const char *key = at + 1;
    at = after_string(at, end);
    bool same = (size_t)(at - key) == length + 1 && memcmp(key, name, length) == 0;
    at = after_blanks(at, end);
    if (at >= end || *at != ':') return NULL;
    at = after_blanks(at + 1, end);
    if (same) return at;
    at = after_blanks(after_value(at, end), end);
    if (at < end && *at == ',') at = after_blanks(at + 1, end);
  }
  return NULL;
}

bool ask_json_find(const char *text, size_t length, const char *path, struct ask_text *ret_value) {
  const char *end = text + length, *at = text;
  for (; *path; path += strlen(path) + 1) {
    at = member(at, end, path);
    if (!at) return false;
  }
  *ret_value = (struct ask_text){at, (size_t)(after_value(at, end) - at)};
  return true;
}

/* ---- the document ---- */

static void make(struct ask_openapi *openapi, struct ask_seat *seat) {
  const char *file = ask_openapi_file;
  size_t length = (size_t)(ask_openapi_file_end - ask_openapi_file);
  struct ask_arena *arena = ask_arena_new();
  struct ask_buffer schema = {0}, *text = &openapi->text;
  struct ask_reply reply = {.arena = arena, .body = &schema, .problems = {.arena = arena}};
  struct ask_text place;
  ask_buffer_clear(text);
  if (ask_json_find(file, length, "components\0schemas\0Answers\0", &place) &&
      ask_intake_answers_schema(seat, &reply) == ASK_DONE && schema.length) {
    ask_buffer_add(text, file, (size_t)(place.bytes - file));
    ask_buffer_add(text, schema.bytes, schema.length);
    const char *rest = place.bytes + place.length;
    ask_buffer_add(text, rest, (size_t)(file + length - rest));
  } else {
    ask_buffer_add(text, file, length);
  }
  ask_buffer_free(&schema);
  ask_arena_free(arena);
}

void ask_openapi_write(struct ask_openapi *openapi, struct ask_seat *seat, struct ask_buffer *buffer,
                       char ret_hash[ASK_HASH_TEXT]) {
  struct ask_live *live = ask_intake_live(openapi->intake);
  const struct ask_generation *generation = ask_live_pin(live);
  pthread_mutex_lock(&openapi->lock);
  if (strcmp(openapi->hash, generation->hash) != 0) {
    make(openapi, seat);
    const struct ask_generation *after = ask_live_pin(live);
    /* a reload in between: made for which of them? The next one asks again */
    memcpy(openapi->hash, after == generation ? generation->hash : "", after == generation ? ASK_HASH_TEXT : 1);
    ask_live_unpin(live, after);
  }
  ask_buffer_add(buffer, openapi->text.bytes, openapi->text.length);
  memcpy(ret_hash, generation->hash, ASK_HASH_TEXT);
  pthread_mutex_unlock(&openapi->lock);
  ask_live_unpin(live, generation);
}
