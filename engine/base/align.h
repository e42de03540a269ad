/* Where each byte of a text stands in the file that it was read from, when the two differ: text written in pieces, over
 * several lines, or with escapes. */
#ifndef ASK_BASE_ALIGN_H
#define ASK_BASE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

enum ask_quoting {
  ASK_AS_WRITTEN, /* blanks and line ends may differ: YAML's folding and indentation, Lua's long brackets */
  ASK_DOUBLED,    /* also '' for ' */
  ASK_BACKSLASH,  /* also \n, \" and their like */
};

struct ask_aligner {
  struct ask_arena *arena; /* of the parts */
  const char *text;
  size_t length, done; /* done: bytes of the text that have their place */
  struct ask_place_part *parts;
  size_t count, capacity;
  bool failed;
};

/* The next piece of the text, as it is written in the source from `at` on. */
void ask_align_piece(struct ask_aligner *aligner, struct ask_place at, const char *source, size_t length,
                     enum ask_quoting quoting);
/* The place of the first byte, which knows those of the others; `at` with column 0 when the pieces are not the text. */
struct ask_place ask_align_end(struct ask_aligner *aligner, struct ask_place at);

#endif
