/* Duplicate keys and merge keys, by sorting: n log n whatever the keys are. */
#include "yaml/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "yaml/yaml.h"

bool ask_yaml_mapping_merge(struct ask_yaml_mapping *mapping, const struct ask_raw *value,
                            struct ask_problems *problems) {
  bool fine = value->kind == ASK_RAW_OBJECT || value->kind == ASK_RAW_ARRAY;
  if (value->kind == ASK_RAW_ARRAY)
    for (size_t i = 0; i < value->child_count; i++) fine = fine && value->children[i].kind == ASK_RAW_OBJECT;
  if (!fine) {
    ask_problem_add(problems, ASK_ERROR, "bad-merge", value->key_at, NULL, "write <<: *name, or <<: [*one, *other]",
                    "<< needs a mapping, or a list of mappings");
    return false;
  }
  if (mapping->has_merge) {
    ask_problem_add(problems, ASK_ERROR, "duplicate-key", value->key_at, NULL, "write one: <<: [*one, *other]",
                    "the key '<<' on line %d was already written on line %d", value->key_at.line,
                    mapping->merge.key_at.line);
    return false;
  }
  mapping->has_merge = true;
  mapping->merge = *value;
  return true;
}

struct candidate {
  const struct ask_raw *raw;
  size_t order;
  bool merged;
  bool dropped;
};

static int by_key(const void *a, const void *b) {
  const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
  int order = strcmp(x->raw->key, y->raw->key);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static size_t add_candidates(struct candidate *list, size_t count, const struct ask_raw *children, size_t child_count,
                             bool merged) {
  for (size_t i = 0; i < child_count; i++, count++)
    list[count] = (struct candidate){.raw = &children[i], .order = count, .merged = merged};
  return count;
}

/* Marks all but the first of each key as dropped. Returns how many are kept. */
static size_t drop_repeated(struct ask_arena *scratch, struct candidate *list, size_t count,
                            struct ask_problems *problems) {
  struct candidate **sorted = ask_alloc_array(scratch, count, sizeof(struct candidate *));
  for (size_t i = 0; i < count; i++) sorted[i] = &list[i];
  qsort(sorted, count, sizeof(struct candidate *), by_key);
  size_t kept = count;
  for (size_t i = 1, first = 0; i < count; i++) {
    const struct ask_raw *earlier = sorted[first]->raw, *later = sorted[i]->raw;
    if (strcmp(earlier->key, later->key) != 0) {
      first = i;
      continue;
    }
    sorted[i]->dropped = true;
    kept--;
    if (!sorted[i]->merged)
      ask_problem_add(problems, ASK_ERROR, "duplicate-key", later->key_at, NULL, "remove one of them",
                      "the key '%s' on line %d was already written on line %d", ask_yaml_quoted(problems, later->key),
                      later->key_at.line, earlier->key_at.line);
  }
  return kept;
}

void ask_yaml_mapping_finish(struct ask_arena *arena, struct ask_arena *scratch, const struct ask_yaml_mapping *mapping,
                             struct ask_raw *ret, struct ask_problems *problems) {
  const struct ask_raw *sources = mapping->has_merge ? &mapping->merge : NULL;
  size_t source_count = mapping->has_merge ? 1 : 0;
  if (sources && sources->kind == ASK_RAW_ARRAY) {
    source_count = sources->child_count;
    sources = sources->children;
  }
  /* What the aliases repeat was counted when they were expanded, so that the total is bounded. */
  size_t total = mapping->count;
  for (size_t i = 0; i < source_count; i++) total += sources[i].child_count;
  struct candidate *list = ask_alloc_array(scratch, total, sizeof *list);
  size_t count = add_candidates(list, 0, mapping->children, mapping->count, false);
  for (size_t i = 0; i < source_count; i++)
    count = add_candidates(list, count, sources[i].children, sources[i].child_count, true);

  size_t kept = drop_repeated(scratch, list, count, problems);
  ret->children = ask_alloc_array(arena, kept, sizeof *ret->children);
  ret->child_count = 0;
  for (size_t i = 0; i < count; i++)
    if (!list[i].dropped) ret->children[ret->child_count++] = *list[i].raw;
}
