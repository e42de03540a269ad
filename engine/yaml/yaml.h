/* YAML as a plain tree, whatever it is about. Not for any file's grammar: see form.h, instrument.h, parameters.h,
 * calendar.h, cases.h. */
#ifndef ASK_YAML_YAML_H
#define ASK_YAML_YAML_H

#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

enum {
  ASK_YAML_DEPTH_LIMIT = 32,
  ASK_YAML_NODES_LIMIT = 200000, /* after aliases are expanded */
  ASK_YAML_ALIASES_LIMIT = 1000  /* as many anchors too */
};

/* Reads exactly one document of at most 4 MB into a tree in the arena; `path_for_messages` is copied. Plain scalars:
 * true and false are BOOL, numbers as JSON writes them are NUMBER (text as written; 2026-11-23 and 01234 are TEXT),
 * ~, null and nothing are NULL; everything in quotes or in a block is TEXT. Merge keys (<<) are carried out.
 * `at` of a text is the place of its first character, after the opening quote or on the line below | and >.
 * NULL after adding a problem when there is no tree to be had. Problems that leave a usable tree (a key written twice:
 * the first one stays) only count in problems->errors, so that one run finds as many as possible: compare that. */
struct ask_raw *ask_yaml_read(struct ask_arena *arena, const char *path_for_messages, const char *bytes, size_t length,
                              struct ask_problems *problems);

/* The child of an object with this key, or NULL. */
const struct ask_raw *ask_yaml_child(const struct ask_raw *object, const char *key);

/* A text of the source as a message quotes it: itself, or its first 60 bytes (whole characters) and "...". */
const char *ask_yaml_quoted(struct ask_problems *problems, const char *text);

#endif
