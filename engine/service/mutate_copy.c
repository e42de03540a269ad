/* A copy of a program's spec whose expressions, criteria and numbers can be written. Texts stay shared. */
#include <string.h>

#include "service/mutate_parts.h"

static void *copy(struct ask_arena *arena, const void *list, size_t count, size_t size) {
  void *ret = ask_alloc_array(arena, count, size);
  if (count) memcpy(ret, list, count * size);
  return ret;
}

#define COPY(arena, list, count) copy(arena, list, count, sizeof *(list))

static void copy_children(struct ask_arena *arena, struct ask_node_spec *node) {
  struct ask_node_spec *children = COPY(arena, node->children, node->child_count);
  for (size_t i = 0; i < node->child_count; i++) copy_children(arena, &children[i]);
  node->children = children;
}

static const struct ask_node_spec *copy_tree(struct ask_arena *arena, const struct ask_node_spec *root) {
  if (!root) return NULL;
  struct ask_node_spec *ret = COPY(arena, root, 1);
  copy_children(arena, ret);
  return ret;
}

static const struct ask_parameter_file *copy_parameters(struct ask_arena *arena,
                                                        const struct ask_parameter_file *file) {
  if (!file) return NULL;
  struct ask_parameter_file *ret = COPY(arena, file, 1);
  struct ask_parameter_spec *list = COPY(arena, file->list, file->count);
  for (size_t i = 0; i < file->count; i++) {
    struct ask_parameter_version *versions = COPY(arena, list[i].versions, list[i].version_count);
    for (size_t v = 0; v < list[i].version_count; v++)
      versions[v].cells = COPY(arena, versions[v].cells, versions[v].cell_count);
    list[i].versions = versions;
  }
  ret->list = list;
  return ret;
}

struct ask_program_spec *ask_mutate_copy(struct ask_arena *arena, const struct ask_program_spec *spec) {
  struct ask_program_spec *ret = COPY(arena, spec, 1);
  ret->lines = COPY(arena, spec->lines, spec->line_count);
  ret->eligible = copy_tree(arena, spec->eligible);
  ret->possible = copy_tree(arena, spec->possible);
  ret->levels = COPY(arena, spec->levels, spec->level_count);
  ret->points = COPY(arena, spec->points, spec->point_count);
  ret->notes = COPY(arena, spec->notes, spec->note_count);
  ret->documents = COPY(arena, spec->documents, spec->document_count);
  ret->next_steps = COPY(arena, spec->next_steps, spec->next_step_count);
  ret->parameters = copy_parameters(arena, spec->parameters);
  return ret;
}
