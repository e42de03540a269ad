/* Paths of values and their JSON pointers. Not for looking values up: nothing here sees a tree. */
#include "base/pointer.h"

/* ---- paths --------------------------------------------------------------------------------------------------------- */

static bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static size_t word_length(const char *text) {
  size_t length = 0;
  while (is_word_letter(text[length])) length++;
  return length;
}

void ask_path_add_key(struct ask_buffer *path, const char *key) {
  size_t length = word_length(key);
  if (length && !key[length]) {
    if (path->length) ask_buffer_putc(path, '.');
    ask_buffer_add(path, key, length);
    return;
  }
  ask_buffer_puts(path, "[\"");
  for (; *key; key++) {
    unsigned char c = (unsigned char)*key;
    if (c == '"' || c == '\\')
      ask_buffer_printf(path, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      ask_buffer_printf(path, "\\u%04x", c);
    else
      ask_buffer_putc(path, *key);
  }
  ask_buffer_puts(path, "\"]");
}

void ask_path_add_index(struct ask_buffer *path, size_t index) { ask_buffer_printf(path, "[%zu]", index); }

/* ---- pointers ------------------------------------------------------------------------------------------------------ */

static void add_escaped(struct ask_buffer *ret, char c) {
  if (c == '~')
    ask_buffer_puts(ret, "~0");
  else if (c == '/')
    ask_buffer_puts(ret, "~1");
  else
    ask_buffer_putc(ret, c);
}

/* \u00XX as ask_path_add_key writes it: a control character. */
static bool read_control(const char *digits, char *ret) {
  int value = 0;
  if (digits[0] != '0' || digits[1] != '0') return false;
  for (int i = 2; i < 4; i++) {
    char c = digits[i];
    if (c >= '0' && c <= '9')
      value = value * 16 + (c - '0');
    else if (c >= 'a' && c <= 'f')
      value = value * 16 + (c - 'a' + 10);
    else
      return false;
  }
  *ret = (char)value;
  return value != 0;
}

/* What stands behind [" up to and with "]. NULL: it does not end so. */
static const char *quoted_step(struct ask_buffer *ret, const char *at) {
  for (; *at != '"'; at++) {
    char c = *at;
    if (c == '\0') return NULL;
    if (c == '\\' && at[1] == 'u') {
      if (!read_control(at + 2, &c)) return NULL;
      at += 5;
    } else if (c == '\\') {
      c = *++at;
      if (c != '"' && c != '\\') return NULL;
    }
    add_escaped(ret, c);
  }
  return at[1] == ']' ? at + 2 : NULL;
}

/* What stands behind [ up to and with ]. */
static const char *bracket_step(struct ask_buffer *ret, const char *at) {
  if (*at == '"') return quoted_step(ret, at + 1);
  size_t length = 0;
  while (at[length] >= '0' && at[length] <= '9') length++;
  ask_buffer_add(ret, at, length);
  return length && at[length] == ']' ? at + length + 1 : NULL;
}

static bool add_steps(struct ask_buffer *ret, const char *path) {
  for (const char *at = path; at && *at;) {
    ask_buffer_putc(ret, '/');
    if (*at == '[') {
      at = bracket_step(ret, at + 1);
      if (!at) return false;
      continue;
    }
    if (at != path && *at++ != '.') return false;
    size_t length = word_length(at);
    if (!length) return false;
    ask_buffer_add(ret, at, length);
    at += length;
  }
  return true;
}

void ask_pointer_from_path(struct ask_buffer *ret, const char *path) {
  size_t before = ret->length;
  if (!path || add_steps(ret, path)) return;
  ret->length = before;
  ask_buffer_putc(ret, '/');
  for (; *path; path++) add_escaped(ret, *path);
}
