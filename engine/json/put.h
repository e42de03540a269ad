/* Putting JSON together in a buffer: commas look after themselves, because a value never ends in { [ or : and an
 * opening or a key always does. Private to the writers. What runs for every household is inline. */
#ifndef ASK_JSON_PUT_H
#define ASK_JSON_PUT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "model/answers.h"

static inline void ask_put_bytes(struct ask_buffer *buffer, const char *bytes, size_t length) {
  if (buffer->capacity - buffer->length <= length) {
    ask_buffer_add(buffer, bytes, length);
    return;
  }
  memcpy(buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
  buffer->bytes[buffer->length] = 0;
}

/* Before a value that somebody else appends. */
static inline void ask_put_comma(struct ask_buffer *buffer) {
  if (!buffer->length) return;
  char last = buffer->bytes[buffer->length - 1];
  if (last != '{' && last != '[' && last != ':' && last != '\n') ask_put_bytes(buffer, ",", 1);
}

/* A piece that is JSON already. */
static inline void ask_put_piece(struct ask_buffer *buffer, const char *bytes, size_t length) {
  ask_put_comma(buffer);
  ask_put_bytes(buffer, bytes, length);
}
/* The same for a literal. */
#define ask_put_literal(buffer, literal) ask_put_piece(buffer, literal, sizeof(literal) - 1)
/* A key that is a literal of plain letters. */
#define ask_put_key(buffer, literal) ask_put_piece(buffer, "\"" literal "\":", sizeof("\"" literal "\":") - 1)
/* A key that is not a literal: an id, which needs no escapes. */
void ask_put_name(struct ask_buffer *buffer, const char *name);

static inline void ask_put_open(struct ask_buffer *buffer, char bracket) { ask_put_piece(buffer, &bracket, 1); }
static inline void ask_put_close(struct ask_buffer *buffer, char bracket) { ask_put_bytes(buffer, &bracket, 1); }
static inline void ask_put_null(struct ask_buffer *buffer) { ask_put_literal(buffer, "null"); }
static inline void ask_put_bool(struct ask_buffer *buffer, bool value) {
  if (value)
    ask_put_literal(buffer, "true");
  else
    ask_put_literal(buffer, "false");
}

void ask_put_string(struct ask_buffer *buffer, const char *bytes, size_t length);
void ask_put_text(struct ask_buffer *buffer, const char *text); /* NULL: null */
void ask_put_int(struct ask_buffer *buffer, int64_t value);
void ask_put_date(struct ask_buffer *buffer, int64_t days);

/* A key with its value. */
#define ask_put_key_text(buffer, literal, text) (ask_put_key(buffer, literal), ask_put_text(buffer, text))
#define ask_put_key_bool(buffer, literal, value) (ask_put_key(buffer, literal), ask_put_bool(buffer, value))
#define ask_put_key_int(buffer, literal, value) (ask_put_key(buffer, literal), ask_put_int(buffer, value))
#define ask_put_key_texts(buffer, literal, texts, count) \
  (ask_put_key(buffer, literal), ask_put_texts(buffer, texts, count))
void ask_put_texts(struct ask_buffer *buffer, const char *const *texts, size_t count);

#endif
