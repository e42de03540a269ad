/* Texts folded for searching, and capitals, by utf8proc. */
#include "base/fold.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct ask_text ask_fold(struct ask_arena *arena, struct ask_text text) {
  utf8proc_uint8_t *folded = NULL;
  utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.bytes, (utf8proc_ssize_t)text.length, &folded,
                                         UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                             UTF8PROC_STRIPMARK | UTF8PROC_STRIPCC | UTF8PROC_IGNORE);
  struct ask_text ret = {"", 0};
  if (length > 0) ret = (struct ask_text){ask_strndup(arena, (const char *)folded, (size_t)length), (size_t)length};
  free(folded);
  return ret;
}

const char *ask_capital(struct ask_arena *arena, const char *text) {
  size_t before = strncmp(text, "¿", strlen("¿")) == 0 || strncmp(text, "¡", strlen("¡")) == 0 ? strlen("¿") : 0;
  utf8proc_int32_t letter = 0;
  utf8proc_uint8_t capital[4];
  utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text + before, -1, &letter);
  if (length <= 0 || !letter) return text;
  utf8proc_ssize_t made = utf8proc_encode_char(utf8proc_totitle(letter), capital);
  return ask_printf(arena, "%.*s%.*s%s", (int)before, text, (int)made, (const char *)capital,
                    text + before + (size_t)length);
}
