/* One line of a rule with a caret under a place in it. */
#ifndef ASK_CLI_CARET_H
#define ASK_CLI_CARET_H

#include "cli/screen.h"

/* The line of `text` that byte `offset` is on, without the blanks in front, and under it ^~~ of `length` (at least one)
 * followed by `after`, which may be empty. */
void ask_say_caret(struct ask_screen *screen, int indent, const char *text, size_t offset, size_t length,
                   const char *after);

#endif
