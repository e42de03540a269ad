/* Putting JSON together in a buffer. */
#include "json/put.h"

#include "base/date.h"

void ask_put_name(struct ask_buffer *buffer, const char *name) {
  ask_put_comma(buffer);
  ask_put_bytes(buffer, "\"", 1);
  ask_put_bytes(buffer, name, strlen(name));
  ask_put_bytes(buffer, "\":", 2);
}

/* Whether some byte has to be escaped, eight at a time: for each of them a bit that is set when the byte is below 0x20, is a
 * quote or a backslash. (x - 1 & ~x & 0x80 is set in a byte that is zero, and in none if none is.) */
static bool needs_escapes(const char *bytes, size_t length) {
  const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
  uint64_t found = 0, word;
  size_t i = 0;
  for (; i + sizeof word <= length; i += sizeof word) {
    memcpy(&word, bytes + i, sizeof word);
    uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';
    found |= ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash);
  }
  if (found & highs) return true;
  for (; i < length; i++)
    if ((unsigned char)bytes[i] < 0x20 || bytes[i] == '"' || bytes[i] == '\\') return true;
  return false;
}

void ask_put_string(struct ask_buffer *buffer, const char *bytes, size_t length) {
  ask_put_comma(buffer);
  if (needs_escapes(bytes, length)) {
    ask_json_string(buffer, bytes, length);
    return;
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
