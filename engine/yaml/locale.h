/* locales/LANGUAGE.yaml: the translations of one language, keyed by the English text. The grammar is in docs/rule-author.md;
 * which texts there are to translate is no matter of this file (service/locale.h). */
#ifndef ASK_YAML_LOCALE_H
#define ASK_YAML_LOCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/spec.h"

enum {
  ASK_LOCALE_TEXTS_LIMIT = 20000, /* in one file */
  ASK_LOCALE_TEXT_LIMIT = 8000,   /* bytes of one translation */
};

/* True if the text is a language as a file may be called: two or three small letters. */
bool ask_yaml_is_language(const char *text);

/* Reads a file of translations into the arena. `path` is for messages. False after adding at least one error; *ret is then
 * untouched. */
bool ask_yaml_locale(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                     struct ask_locale_spec *ret, struct ask_problems *problems);

/* A text as a scalar in double quotes, as the reader above reads it back. */
void ask_yaml_put_quoted(struct ask_buffer *buffer, const char *text);

#endif
