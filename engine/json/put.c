/* Putting JSON together in a buffer. */
#include "json/put.h"

#include "base/date.h"

void ask_put_name(struct ask_buffer *buffer, const char *name) {
  ask_put_comma(buffer);
  ask_put_bytes(buffer, "\"", 1);
  ask_put_bytes(buffer, name, strlen(name));
  ask_put_bytes(buffer, "\":", 2);
}

void ask_put_string(struct ask_buffer *buffer, const char *bytes, size_t length) {
  ask_put_comma(buffer);
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c < 0x20 || c == '"' || c == '\\') {
      ask_json_string(buffer, bytes, length);
      return;
    }
  }
  ask_put_bytes(buffer, "\"", 1);
  ask_put_bytes(buffer, bytes, length);
  ask_put_bytes(buffer, "\"", 1);
}

void ask_put_text(struct ask_buffer *buffer, const char *text) {
  if (text)
    ask_put_string(buffer, text, strlen(text));
  else
    ask_put_null(buffer);
}

void ask_put_int(struct ask_buffer *buffer, int64_t value) {
  char digits[24], *at = digits + sizeof digits;
  uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do {
    *--at = (char)('0' + left % 10);
    left /= 10;
  } while (left);
  if (value < 0) *--at = '-';
  ask_put_piece(buffer, at, (size_t)(digits + sizeof digits - at));
}

void ask_put_date(struct ask_buffer *buffer, int64_t days) {
  char text[16];
  ask_date_text(days, text);
  ask_put_text(buffer, text);
}

void ask_put_texts(struct ask_buffer *buffer, const char *const *texts, size_t count) {
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) ask_put_text(buffer, texts[i]);
  ask_put_close(buffer, ']');
}
