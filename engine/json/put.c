/* Putting JSON together in a buffer. */
#include "json/put.h"

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "model/answers.h"

void ask_put_comma(struct ask_buffer *buffer) {
  if (!buffer->length) return;
  char last = buffer->bytes[buffer->length - 1];
  if (last != '{' && last != '[' && last != ':' && last != '\n') ask_buffer_putc(buffer, ',');
}

void ask_put_open(struct ask_buffer *buffer, char bracket) {
  ask_put_comma(buffer);
  ask_buffer_putc(buffer, bracket);
}

void ask_put_close(struct ask_buffer *buffer, char bracket) { ask_buffer_putc(buffer, bracket); }

void ask_put_key(struct ask_buffer *buffer, const char *key) {
  ask_put_comma(buffer);
  ask_buffer_putc(buffer, '"');
  ask_buffer_puts(buffer, key);
  ask_buffer_add(buffer, "\":", 2);
}

void ask_put_text(struct ask_buffer *buffer, const char *text) {
  if (!text) {
    ask_put_null(buffer);
    return;
  }
  ask_put_comma(buffer);
  ask_json_string(buffer, text, strlen(text));
}

void ask_put_bool(struct ask_buffer *buffer, bool value) {
  ask_put_comma(buffer);
  ask_buffer_puts(buffer, value ? "true" : "false");
}

void ask_put_int(struct ask_buffer *buffer, int64_t value) {
  ask_put_comma(buffer);
  ask_buffer_printf(buffer, "%" PRId64, value);
}

void ask_put_null(struct ask_buffer *buffer) {
  ask_put_comma(buffer);
  ask_buffer_add(buffer, "null", 4);
}

void ask_put_date(struct ask_buffer *buffer, int64_t days) {
  char text[16];
  ask_date_text(days, text);
  ask_put_text(buffer, text);
}

void ask_put_key_text(struct ask_buffer *buffer, const char *key, const char *text) {
  ask_put_key(buffer, key);
  ask_put_text(buffer, text);
}

void ask_put_key_bool(struct ask_buffer *buffer, const char *key, bool value) {
  ask_put_key(buffer, key);
  ask_put_bool(buffer, value);
}

void ask_put_key_int(struct ask_buffer *buffer, const char *key, int64_t value) {
  ask_put_key(buffer, key);
  ask_put_int(buffer, value);
}

void ask_put_key_texts(struct ask_buffer *buffer, const char *key, const char *const *texts, size_t count) {
  ask_put_key(buffer, key);
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) ask_put_text(buffer, texts[i]);
  ask_put_close(buffer, ']');
}
