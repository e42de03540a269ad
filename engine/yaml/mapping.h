/* One YAML mapping while it is read: finds keys that are written twice and carries out merge keys. Private to
 * engine/yaml. */
#ifndef ASK_YAML_MAPPING_H
#define ASK_YAML_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

struct ask_yaml_mapping {
  struct ask_raw *children; /* as written, each with its key */
  size_t count, capacity;
  bool has_merge;
  struct ask_raw merge; /* the value of <<, with its key */
};

/* Notes the value of <<. False after adding a problem: it must be a mapping or a list of mappings, and stand once. */
bool ask_yaml_mapping_merge(struct ask_yaml_mapping *mapping, const struct ask_raw *value,
                            struct ask_problems *problems);

/* Fills the children of *ret, in the order as written, merged ones last. A key's own value wins over a merged one, an
 * earlier merged mapping over a later one. A key that is written twice is a problem, and the first one stays. */
void ask_yaml_mapping_finish(struct ask_arena *arena, struct ask_arena *scratch, const struct ask_yaml_mapping *mapping,
                             struct ask_raw *ret, struct ask_problems *problems);

#endif
