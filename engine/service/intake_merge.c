/* Answers laid over answers. Works on raw trees, so that a number stays as it was written; knows no items. */
#include <string.h>

#include "service/intake_parts.h"

/* null, or {"absent": "unanswered"} */
static bool takes_back(const struct ask_raw *raw) {
  if (raw->kind == ASK_RAW_NULL) return true;
  if (raw->kind != ASK_RAW_OBJECT || raw->child_count != 1) return false;
  const struct ask_raw *only = raw->children;
  return strcmp(only->key, "absent") == 0 && only->kind == ASK_RAW_TEXT && strcmp(only->text, "unanswered") == 0;
}

/* A copy of what was stored. Its places are in a text that the sender has never seen. */
static struct ask_raw without_places(struct ask_arena *arena, const struct ask_raw *raw) {
  struct ask_raw copy = *raw;
  copy.at = copy.key_at = ASK_NOWHERE;
  copy.children = ask_alloc_array(arena, raw->child_count, sizeof *copy.children);
  for (size_t i = 0; i < raw->child_count; i++) copy.children[i] = without_places(arena, &raw->children[i]);
  return copy;
}

/* The stored answers are of a form, so their names are few; those of the patch are a stranger's and only looked up. */
static struct ask_raw laid_over(struct ask_arena *arena, const struct ask_raw *stored, const struct ask_raw *changes) {
  struct ask_raw merged = *changes;
  struct ask_map *places = ask_map_new(arena);
  const struct ask_raw **change = ask_alloc_array(arena, stored->child_count, sizeof *change);
  merged.children = ask_alloc_array(arena, stored->child_count + changes->child_count, sizeof *merged.children);
  merged.child_count = 0;
  for (size_t i = 0; i < stored->child_count; i++) ask_map_put(places, stored->children[i].key, (int32_t)i);
  for (size_t i = 0; i < changes->child_count; i++) {
    int32_t place = ask_map_get(places, changes->children[i].key);
    if (place >= 0)
      change[place] = &changes->children[i];
    else
      /* also when there is nothing to take back: a name that no item has is to be complained of */
      merged.children[merged.child_count++] = changes->children[i];
  }
  for (size_t i = 0; i < stored->child_count; i++) {
    if (!change[i])
      merged.children[merged.child_count++] = without_places(arena, &stored->children[i]);
    else if (!takes_back(change[i]))
      merged.children[merged.child_count++] = *change[i];
  }
  return merged;
}

const struct ask_raw *ask_merge_answers(struct ask_arena *arena, const struct ask_raw *stored,
                                        const struct ask_raw *patch) {
  struct ask_raw *envelope = ask_alloc(arena, sizeof *envelope);
  if (!patch) {
    *envelope = (struct ask_raw){.kind = ASK_RAW_OBJECT, .text = "", .child_count = 1};
    envelope->children = ask_alloc(arena, sizeof *envelope->children);
    envelope->children[0] = without_places(arena, stored);
    envelope->children[0].key = "answers";
    return envelope;
  }
  *envelope = *patch;
  if (patch->kind != ASK_RAW_OBJECT) return envelope;
  envelope->children = ask_alloc_array(arena, patch->child_count, sizeof *envelope->children);
  for (size_t i = 0; i < patch->child_count; i++) {
    const struct ask_raw *child = &patch->children[i];
    bool answers = strcmp(child->key, "answers") == 0 && child->kind == ASK_RAW_OBJECT;
    envelope->children[i] = answers ? laid_over(arena, stored, child) : *child;
  }
  return envelope;
}
