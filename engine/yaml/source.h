/* A YAML source text: checked before libyaml sees it, and able to say where something stands. Private to engine/yaml.
 * libyaml counts lines and columns from 0 and in characters; places count from 1 and in bytes. */
#ifndef ASK_YAML_SOURCE_H
#define ASK_YAML_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"

enum { ASK_YAML_BYTES_LIMIT = 4 * 1024 * 1024 };

struct ask_yaml_source {
  const char *path;  /* lives as long as the places that are made from it */
  const char *bytes; /* without a byte order mark */
  size_t length;
  const uint32_t *line_starts; /* offset of each line; one more for the end */
  size_t line_count;
  size_t skipped; /* 3 when a byte order mark was left out */
  /* The last place that was asked for: marks come nearly in order, so that walking from here is cheap. */
  size_t cursor_line, cursor_column, cursor_offset;
};

/* Checks size, UTF-8, control characters, tabs in the indentation and directives. False after adding a problem.
 * `scratch` holds the line table. */
bool ask_yaml_source_open(struct ask_arena *scratch, const char *path, const char *bytes, size_t length,
                          struct ask_problems *problems, struct ask_yaml_source *ret);

/* The place of a libyaml mark (0-based line, 0-based column in characters). */
struct ask_place ask_yaml_source_place(struct ask_yaml_source *source, size_t line, size_t column);

/* The offset in `bytes` of a place of this source. */
size_t ask_yaml_source_byte(const struct ask_yaml_source *source, const struct ask_place *place);

/* The place of a byte. */
struct ask_place ask_yaml_source_place_of_byte(const struct ask_yaml_source *source, size_t offset);

/* The place of the first character of a block scalar (| or >) whose header stands on `line` (0-based): the first
 * character of the first line below it that is not blank. */
struct ask_place ask_yaml_source_place_of_block(struct ask_yaml_source *source, size_t line);

#endif
