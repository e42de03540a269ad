/* Fuzzes corrections: stored answers, a line end, and the body of a correction, as bytes. Both are read as JSON and laid over
 * each other. Beyond "no crash" it holds: an item that the correction names has its value or is gone, one that it does not
 * name has the stored value, and nothing stands there twice. What the correction has beside its answers stays as it is.
 * Then the result, as text, is shown with less and walked over. */
#include <stdlib.h>
#include <string.h>

#include "service/intake_parts.h"
#include "json/project.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds) abort();
}

static bool same(const struct ask_raw *a, const struct ask_raw *b) {
  if (a->kind != b->kind || a->length != b->length || a->child_count != b->child_count) return false;
  if (a->length && memcmp(a->text, b->text, a->length) != 0) return false;
  for (size_t i = 0; i < a->child_count; i++) {
    const struct ask_raw *x = &a->children[i], *y = &b->children[i];
    if (!x->key != !y->key || (x->key && strcmp(x->key, y->key) != 0) || !same(x, y)) return false;
  }
  return true;
}

static bool takes_back(const struct ask_raw *raw) {
  const struct ask_raw *absent = ask_raw_member(raw, "absent");
  return raw->kind == ASK_RAW_NULL ||
         (absent && raw->child_count == 1 && absent->kind == ASK_RAW_TEXT && strcmp(absent->text, "unanswered") == 0);
}

static void check_answers(const struct ask_raw *stored, const struct ask_raw *changes, const struct ask_raw *merged) {
  for (size_t i = 0; i < stored->child_count; i++) {
    const struct ask_raw *before = &stored->children[i], *change = ask_raw_member(changes, before->key);
    const struct ask_raw *now = ask_raw_member(merged, before->key);
    if (!change)
      require(now && same(now, before));
    else
      require(takes_back(change) ? now == NULL : now && same(now, change));
  }
  for (size_t i = 0; i < changes->child_count; i++) {
    const struct ask_raw *change = &changes->children[i], *now = ask_raw_member(merged, change->key);
    if (!ask_raw_member(stored, change->key)) require(now && same(now, change));
  }
  for (size_t i = 0; i < merged->child_count; i++) /* the first of a name is the only one */
    require(ask_raw_member(merged, merged->children[i].key) == &merged->children[i]);
}

static void check_merge(struct ask_arena *arena, const struct ask_raw *stored, const struct ask_raw *patch) {
  const struct ask_raw *merged = ask_merge_answers(arena, stored, patch);
  require(merged->kind == patch->kind && merged->child_count == patch->child_count);
  for (size_t i = 0; i < patch->child_count; i++) {
    const struct ask_raw *before = &patch->children[i], *now = &merged->children[i];
    if (patch->kind == ASK_RAW_OBJECT && strcmp(before->key, "answers") == 0 && before->kind == ASK_RAW_OBJECT)
      check_answers(stored, before, now);
    else
      require(same(before, now));
  }
  const struct ask_raw *alone = ask_merge_answers(arena, stored, NULL);
  require(alone->child_count == 1 && same(ask_raw_member(alone, "answers"), stored));
}

static void walk_over(struct ask_text text) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  struct ask_buffer less = {0};
  if (ask_json_walk_start(&walk, text))
    while (ask_json_walk_next(&walk, &key, &value)) walk_over(value);
  if (!ask_json_project(&less, text, ASK_DETAIL_STATUS, false)) require(less.length == 0);
  ask_buffer_free(&less);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { MOST = 20000 }; /* walking over every part is quadratic */
  const char *bytes = (const char *)data;
  const char *line = size ? memchr(bytes, '\n', size) : NULL;
  if (!line || size > MOST) return 0;
  size_t first = (size_t)(line - bytes), rest = size - first - 1;
  struct ask_arena *arena = ask_arena_new();
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.limit = MOST};
  struct ask_problems problems = {.arena = arena};
  const struct ask_raw *stored = ask_json_read(reader, arena, &source, bytes, first, &problems);
  const struct ask_raw *patch = ask_json_read(reader, arena, &source, line + 1, rest, &problems);
  if (stored && stored->kind == ASK_RAW_OBJECT && patch) check_merge(arena, stored, patch);
  walk_over((struct ask_text){bytes, first});
  ask_json_reader_free(reader);
  ask_arena_free(arena);
  return 0;
}
