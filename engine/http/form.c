/* Splitting comes before decoding, so that %26 is a letter of a value and never the end of it. */
#include "http/form.h"

#include "http/uri.h"

/* ---- pairs ---- */

static size_t pieces_of(const char *text, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++)
    if (text[i] != '&' && (i == 0 || text[i - 1] == '&')) count++;
  return count;
}

static enum ask_form_state decode(char *text, size_t length, struct ask_text *ret) {
  if (!ask_unescape(text, &length, true)) return ASK_FORM_ESCAPE;
  if (!ask_utf8_valid(text, length)) return ASK_FORM_TEXT;
  *ret = (struct ask_text){text, length};
  return ASK_FORM_GOOD;
}

enum ask_form_state ask_form_read(struct ask_arena *arena, char *text, size_t length, struct ask_pair **ret,
                                  size_t *ret_count) {
  size_t most = pieces_of(text, length), count = 0;
  *ret = NULL;
  *ret_count = 0;
  if (most > ASK_PAGE_PAIRS) return ASK_FORM_MANY;
  if (!most) return ASK_FORM_GOOD;
  struct ask_pair *pairs = ask_alloc_array(arena, most, sizeof *pairs);
  for (char *at = text, *end = text + length; at < end;) {
    char *stop = memchr(at, '&', (size_t)(end - at));
    if (!stop) stop = end;
    if (stop > at) {
      char *equals = memchr(at, '=', (size_t)(stop - at)), *value = equals ? equals + 1 : stop;
      enum ask_form_state state = decode(at, (size_t)((equals ? equals : stop) - at), &pairs[count].name);
      if (state == ASK_FORM_GOOD) state = decode(value, (size_t)(stop - value), &pairs[count].value);
      if (state != ASK_FORM_GOOD) return state;
      count++;
    }
    at = stop + 1;
  }
  *ret = pairs;
  *ret_count = count;
  return ASK_FORM_GOOD;
}

/* ---- cookies ---- */

/* RFC 6265, 4.1.1. */
static bool is_cookie_value(struct ask_text value) {
  if (value.length > ASK_COOKIE_LIMIT) return false;
  for (size_t i = 0; i < value.length; i++) {
    char c = value.bytes[i];
    if (c <= ' ' || c == 0x7f || c == '"' || c == ',' || c == ';' || c == '\\' || (unsigned char)c >= 0x80)
      return false;
  }
  return true;
}

struct ask_text ask_cookie_find(struct ask_text header, const char *name) {
  struct ask_text none = {"", 0}, found = none;
  size_t name_length = strlen(name);
  if (!header.bytes) return none;
  const char *at = header.bytes, *end = header.bytes + header.length;
  for (bool first = true; at < end;) {
    const char *stop = memchr(at, ';', (size_t)(end - at));
    if (!stop) stop = end;
    while (at < stop && (*at == ' ' || *at == '\t')) at++;
    if ((size_t)(stop - at) > name_length && memcmp(at, name, name_length) == 0 && at[name_length] == '=') {
      const char *from = at + name_length + 1, *to = stop;
      while (to > from && (to[-1] == ' ' || to[-1] == '\t')) to--;
      struct ask_text value = {from, (size_t)(to - from)};
      if (!is_cookie_value(value)) return none;
      if (!first && (value.length != found.length || memcmp(value.bytes, found.bytes, found.length) != 0)) return none;
      found = value;
      first = false;
    }
    at = stop + 1;
  }
  return found;
}
