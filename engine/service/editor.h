/* What editors need to help an analyst: generated files, each with its name. */
#ifndef ASK_SERVICE_EDITOR_H
#define ASK_SERVICE_EDITOR_H

#include <stddef.h>

#include "base/text.h"

size_t ask_editor_count(void);
/* Name below the folder (schema/form.json), with its text added to *ret. In the arena. */
const char *ask_editor_file(struct ask_arena *arena, size_t number, struct ask_buffer *ret);

#endif
