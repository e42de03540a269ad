/* Text: a counted byte string, a growing buffer, a string-to-index map and "did you mean". All text is UTF-8. */
#ifndef ASK_BASE_TEXT_H
#define ASK_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct ask_text {
  const char *bytes; /* not necessarily NUL-terminated */
  size_t length;
};

bool ask_text_is(const struct ask_text *text, const char *other);
/* True if the bytes are well-formed UTF-8 without NUL. */
bool ask_utf8_valid(const char *bytes, size_t length);
/* True if well-formed UTF-8 has a control character in it: C0, DEL or C1 (U+0080..U+009F). */
bool ask_utf8_has_control(const char *bytes, size_t length);
/* Puts ? in the place of every byte that is not part of well-formed UTF-8: for texts that were cut at some byte. */
void ask_utf8_mend(char *bytes, size_t length);
/* Number of code points in well-formed UTF-8. */
size_t ask_utf8_length(const char *bytes, size_t length);

/* A growing byte buffer on the heap. Zero-initialise it, release with ask_buffer_free. bytes is always NUL-terminated
 * once anything was added. */
struct ask_buffer {
  char *bytes;
  size_t length;
  size_t capacity;
};
/* Room for `more` bytes and the NUL. */
void ask_buffer_reserve(struct ask_buffer *buffer, size_t more);
/* Inline, since writing results is mostly this. */
static inline void ask_buffer_add(struct ask_buffer *buffer, const char *bytes, size_t length) {
  if (length >= buffer->capacity - buffer->length) ask_buffer_reserve(buffer, length); /* capacity counts the NUL */
  if (length) memcpy(buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
  buffer->bytes[buffer->length] = '\0';
}
static inline void ask_buffer_puts(struct ask_buffer *buffer, const char *text) {
  ask_buffer_add(buffer, text, strlen(text));
}
static inline void ask_buffer_putc(struct ask_buffer *buffer, char c) { ask_buffer_add(buffer, &c, 1); }
__attribute__((format(printf, 2, 3))) void ask_buffer_printf(struct ask_buffer *buffer, const char *format, ...);
void ask_buffer_clear(struct ask_buffer *buffer); /* length 0, keeps the memory */
void ask_buffer_free(struct ask_buffer *buffer);

/* A map from names to small numbers; keys are copied into the arena. */
struct ask_map;
struct ask_map *ask_map_new(struct ask_arena *arena);
/* Adds or replaces. */
void ask_map_put(struct ask_map *map, const char *key, int32_t value);
/* -1 when absent. */
int32_t ask_map_get(const struct ask_map *map, const char *key);
int32_t ask_map_get_n(const struct ask_map *map, const char *key, size_t length);

/* The name in names[0..count) nearest to `wrong` (edit distance with transposition), or NULL if none is near enough
 * to be a likely slip (distance <= 1 for names of up to 4 letters, <= 2 up to 9, else <= 3). */
const char *ask_did_you_mean(const char *wrong, const char *const *names, size_t count);

#endif
