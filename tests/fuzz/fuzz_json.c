/* Any bytes at all into the JSON reader. What it accepts is a tree within its limits, in valid UTF-8, and is read in
 * the same way a second time; what it refuses comes with exactly one problem that names a place. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t check(const struct ask_raw *raw, int depth) {
  size_t nodes = 1;
  if (depth > ASK_JSON_MAX_DEPTH) abort();
  if (raw->text && (raw->text[raw->length] != 0 || strlen(raw->text) != raw->length)) abort();
  if (raw->kind == ASK_RAW_TEXT && !ask_utf8_valid(raw->text, raw->length)) abort();
  if (raw->at.line < 1 || raw->at.column < 1) abort();
  for (size_t i = 0; i < raw->child_count; i++) {
    const struct ask_raw *child = &raw->children[i];
    if (raw->kind == ASK_RAW_OBJECT && (!child->key || !ask_utf8_valid(child->key, strlen(child->key)))) abort();
    if (raw->kind == ASK_RAW_ARRAY && child->key) abort();
    if (raw->kind == ASK_RAW_OBJECT && ask_raw_member(raw, child->key) != child) abort(); /* else a key stands twice */
    nodes += check(child, depth + 1);
  }
  return nodes;
}

static void compare(const struct ask_raw *a, const struct ask_raw *b) {
  if (a->kind != b->kind || a->length != b->length || a->child_count != b->child_count || a->at.line != b->at.line ||
      a->at.column != b->at.column || (a->text && strcmp(a->text, b->text) != 0))
    abort();
  for (size_t i = 0; i < a->child_count; i++) compare(&a->children[i], &b->children[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct ask_json_source source = {"fuzz", 1, 1024 * 1024};
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_json_reader *reader = ask_json_reader_new();
  const struct ask_raw *raw = ask_json_read(reader, arena, &source, (const char *)data, size, &problems);
  if (raw) {
    if (problems.count || check(raw, 0) > ASK_JSON_MAX_NODES) abort();
    const struct ask_raw *again = ask_json_read(reader, arena, &source, (const char *)data, size, &problems);
    if (!again) abort();
    compare(raw, again);
  } else if (problems.count != 1 || !problems.list[0].message[0] || !problems.list[0].hint) {
    abort();
  }
  ask_json_reader_free(reader);
  ask_arena_free(arena);
  return 0;
}
