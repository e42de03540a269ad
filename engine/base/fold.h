/* Letters of all alphabets (utf8proc): text as it is compared when somebody searches, and a capital at the start of a text. */
#ifndef ASK_BASE_FOLD_H
#define ASK_BASE_FOLD_H

#include "base/arena.h"
#include "base/text.h"

/* Without case, accents and widths: "Núñez" and "nunez" are the same. Not for showing. text: well-formed UTF-8; anything else
 * gives "". In the arena, NUL-terminated. */
struct ask_text ask_fold(struct ask_arena *arena, struct ask_text text);
/* The text with a capital as its first letter, also behind ¿ and ¡; anything else as it is. In the arena. */
const char *ask_capital(struct ask_arena *arena, const char *text);

#endif
