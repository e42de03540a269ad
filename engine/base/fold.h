/* Text as it is compared when somebody searches: without case, accents and widths (utf8proc). "Núñez" and "nunez" are the same.
 * Not for showing. */
#ifndef ASK_BASE_FOLD_H
#define ASK_BASE_FOLD_H

#include "base/arena.h"
#include "base/text.h"

/* text: well-formed UTF-8; anything else gives "". In the arena, NUL-terminated. */
struct ask_text ask_fold(struct ask_arena *arena, struct ask_text text);

#endif
