/* A linear-time matcher for the `pattern` of text items: a subset of POSIX extended regular expressions
 * (literals, ., [...] with ranges and ^, (...), |, *, +, ?, {m}, {m,n} up to 64) that always matches the whole text.
 * Thompson simulation: time is O(pattern x text), memory is fixed at compile time; no back-references, no backtracking. */
#ifndef ASK_BASE_PATTERN_H
#define ASK_BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct ask_pattern;

/* NULL when the pattern is not well formed: *ret_message says why, *ret_offset where (byte, from 0). */
struct ask_pattern *ask_pattern_compile(struct ask_arena *arena, const char *source, const char **ret_message,
                                        size_t *ret_offset);
bool ask_pattern_matches(const struct ask_pattern *pattern, const char *bytes, size_t length);

#endif
