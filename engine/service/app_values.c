/* Values for the pages, and the arguments that they give. */
#include <stdlib.h>
#include <string.h>

#include "service/app_parts.h"

struct ask_raw *ask_raw_bytes(struct ask_arena *arena, struct ask_text text) {
  struct ask_raw *raw = ask_alloc(arena, sizeof *raw);
  raw->kind = ASK_RAW_TEXT;
  raw->text = text.bytes ? text.bytes : "";
  raw->length = text.length;
  return raw;
}

struct ask_raw *ask_raw_text(struct ask_arena *arena, const char *text) {
  if (text) return ask_raw_bytes(arena, (struct ask_text){text, strlen(text)});
  return ask_alloc(arena, sizeof(struct ask_raw));
}

struct ask_raw *ask_raw_uuid(struct ask_arena *arena, const struct ask_uuid *id) {
  char *text = ask_alloc(arena, ASK_UUID_TEXT);
  ask_uuid_text(id, text);
  return ask_raw_text(arena, text);
}

struct ask_raw *ask_raw_integer(struct ask_arena *arena, int64_t value) {
  struct ask_raw *raw = ask_alloc(arena, sizeof *raw);
  raw->kind = ASK_RAW_NUMBER;
  raw->text = ask_printf(arena, "%lld", (long long)value);
  raw->length = strlen(raw->text);
  return raw;
}

struct ask_raw *ask_raw_bool(struct ask_arena *arena, bool value) {
  struct ask_raw *raw = ask_alloc(arena, sizeof *raw);
  raw->kind = ASK_RAW_BOOL;
  raw->text = value ? "true" : "false";
  raw->length = strlen(raw->text);
  return raw;
}

struct ask_raw *ask_raw_object(struct ask_arena *arena, size_t capacity) {
  struct ask_raw *raw = ask_raw_list(arena, capacity);
  raw->kind = ASK_RAW_OBJECT;
  raw->child_count = 0;
  return raw;
}

struct ask_raw *ask_raw_list(struct ask_arena *arena, size_t count) {
  struct ask_raw *raw = ask_alloc(arena, sizeof *raw);
  raw->kind = ASK_RAW_ARRAY;
  raw->children = ask_alloc_array(arena, count ? count : 1, sizeof *raw->children);
  raw->child_count = count;
  return raw;
}

void ask_raw_set(struct ask_raw *object, const char *key, const struct ask_raw *value) {
  if (!value) return;
  struct ask_raw *child = &object->children[object->child_count++];
  *child = *value;
  child->key = key;
}

/* ---- arguments ---- */

const struct ask_raw *ask_host_argument(const struct ask_host_call *call, size_t index) {
  if (index >= call->count || call->arguments[index].kind == ASK_RAW_NULL) return NULL;
  return &call->arguments[index];
}

const char *ask_host_text(struct ask_host_call *call, size_t index, const char *what) {
  const struct ask_raw *raw = ask_host_argument(call, index);
  if (raw && raw->kind == ASK_RAW_TEXT) return raw->text;
  call->fault = ask_printf(call->arena, "argument %zu (%s) has to be a text", index + 1, what);
  return NULL;
}

const struct ask_raw *ask_host_member(const struct ask_host_call *call, size_t index, const char *key) {
  const struct ask_raw *raw = ask_host_argument(call, index);
  const struct ask_raw *member = raw ? ask_raw_member(raw, key) : NULL;
  return member && member->kind != ASK_RAW_NULL ? member : NULL;
}

const char *ask_host_member_text(struct ask_host_call *call, size_t index, const char *key) {
  const struct ask_raw *member = ask_host_member(call, index, key);
  if (!member) return NULL;
  if (member->kind == ASK_RAW_TEXT) return member->text;
  call->fault = ask_printf(call->arena, "%s has to be a text", key);
  return NULL;
}

int64_t ask_host_member_integer(struct ask_host_call *call, size_t index, const char *key, int64_t otherwise) {
  const struct ask_raw *member = ask_host_member(call, index, key);
  if (!member) return otherwise;
  if (member->kind == ASK_RAW_NUMBER && !strpbrk(member->text, ".eE")) return strtoll(member->text, NULL, 10);
  call->fault = ask_printf(call->arena, "%s has to be a whole number", key);
  return otherwise;
}

int32_t ask_host_member_version(struct ask_host_call *call, size_t index, const char *key) {
  int64_t version = ask_host_member_integer(call, index, key, 0);
  if (version >= 0 && version < INT32_MAX) return (int32_t)version;
  call->fault = ask_printf(call->arena, "%s has to be a version", key);
  return 0;
}

bool ask_host_member_bool(const struct ask_host_call *call, size_t index, const char *key) {
  return ask_raw_member_bool(ask_host_argument(call, index), key);
}

bool ask_host_uuid(struct ask_host_call *call, const char *text, const char *what, struct ask_uuid *ret) {
  if (text && ask_uuid_read(text, strlen(text), ret)) return true;
  if (!call->fault) call->fault = ask_printf(call->arena, "%s has to be an id", what);
  return false;
}

/* ---- results ---- */

void ask_host_give(struct ask_host_call *call, const struct ask_raw *value) {
  if (call->result_count < ASK_PAGES_RESULTS) call->results[call->result_count++] = value;
}

void ask_host_refuse(struct ask_host_call *call, const char *reason) {
  ask_host_give(call, NULL);
  ask_host_give(call, ask_raw_text(call->arena, reason));
}

void ask_host_refuse_status(struct ask_host_call *call, enum ask_store_status status) {
  switch (status) {
  case ASK_STORE_NOT_FOUND: ask_host_refuse(call, "not-found"); return;
  case ASK_STORE_CONFLICT: ask_host_refuse(call, "conflict"); return;
  case ASK_STORE_FULL: ask_host_refuse(call, "full"); return;
  case ASK_STORE_BUSY: ask_host_refuse(call, "busy"); return;
  default: ask_host_refuse(call, "away"); return;
  }
}

struct ask_raw *ask_raw_problems(struct ask_arena *arena, const struct ask_problems *problems) {
  struct ask_raw *list = ask_raw_list(arena, problems->count);
  for (size_t i = 0; i < problems->count; i++) {
    const struct ask_problem *problem = &problems->list[i];
    struct ask_raw *object = ask_raw_object(arena, 7);
    ask_raw_set(object, "severity", ask_raw_text(arena, ask_severity_name(problem->severity)));
    ask_raw_set(object, "path", ask_raw_text(arena, problem->path));
    ask_raw_set(object, "code", ask_raw_text(arena, problem->code));
    ask_raw_set(object, "message", ask_raw_text(arena, problem->message));
    ask_raw_set(object, "hint", ask_raw_text(arena, problem->hint));
    ask_raw_set(object, "file", ask_raw_text(arena, problem->at.file));
    if (problem->at.line) ask_raw_set(object, "line", ask_raw_integer(arena, problem->at.line));
    list->children[i] = *object;
  }
  return list;
}

void ask_host_refuse_outcome(struct ask_app_call *app_call, struct ask_host_call *call, enum ask_outcome outcome,
                             const struct ask_problems *problems) {
  static const char *const reasons[] = {
      [ASK_MALFORMED] = "unacceptable",
      [ASK_UNACCEPTABLE] = "unacceptable",
      [ASK_NO_SUCH] = "not-found",
      [ASK_STALE] = "conflict",
      [ASK_KEY_REUSED] = "conflict",
      [ASK_NO_ROOM] = "full",
      [ASK_AWAY] = "away",
      [ASK_BUSY] = "busy",
      [ASK_DAMAGED] = "damaged",
      [ASK_OTHER_RULES] = "other-rules",
  };
  ask_host_refuse(call, reasons[outcome]);
  ask_host_give(call, ask_raw_problems(app_call->arena, problems));
}

void ask_host_give_json(struct ask_app_call *app_call, struct ask_host_call *call, struct ask_text json) {
  struct ask_problems problems = {.arena = app_call->arena};
  struct ask_json_source source = {.limit = ASK_RESULT_LIMIT};
  const struct ask_raw *raw =
      ask_json_read(app_call->state->reader, app_call->arena, &source, json.bytes, json.length, &problems);
  if (raw)
    ask_host_give(call, raw);
  else
    call->fault = ask_printf(call->arena, "the engine's own JSON cannot be read: %s", problems.list[0].message);
}
