/* Decoding happens after splitting, so that %2F is a letter of a segment and never a slash. */
#define _GNU_SOURCE 1 /* memmem */
#include "http/uri.h"

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool ask_unescape(char *text, size_t *length, bool plus) {
  size_t to = 0;
  for (size_t from = 0; from < *length; from++) {
    char c = text[from];
    if (c == '%') {
      int high = *length - from > 2 ? hex(text[from + 1]) : -1;
      int low = high < 0 ? -1 : hex(text[from + 2]);
      if (low < 0) return false;
      c = (char)(high * 16 + low);
      from += 2;
    } else if (plus && c == '+') {
      c = ' ';
    }
    if (!c) return false;
    text[to++] = c;
  }
  *length = to;
  return true;
}

/* http://host:port/path?query: what comes after the host, or an empty text. */
static char *after_authority(char *text, char *end) {
  char *slashes = memmem(text, (size_t)(end - text), "://", 3);
  if (!slashes) return end;
  char *at = slashes + 3;
  while (at < end && *at != '/' && *at != '?') at++;
  return at;
}

void ask_target_read(char *text, size_t length, struct ask_target *ret) {
  *ret = (struct ask_target){0};
  if (length > ASK_TARGET_LIMIT) {
    ret->state = ASK_TARGET_LONG;
    return;
  }
  char *end = text + length;
  char *at = text < end && *text == '/' ? text : after_authority(text, end);
  char *mark = at < end ? memchr(at, '?', (size_t)(end - at)) : NULL;
  if (mark) {
    *mark = '\0';
    ret->query = mark + 1;
    *end = '\0';
    end = mark;
  }
  while (at < end) {
    char *start = at + 1, *slash = memchr(start, '/', (size_t)(end - start));
    at = slash ? slash : end;
    if (ret->count >= ASK_SEGMENTS) {
      ret->count = ASK_SEGMENTS + 1;
      return;
    }
    size_t size = (size_t)(at - start);
    if (!ask_unescape(start, &size, false)) {
      ret->state = ASK_TARGET_ESCAPE;
      return;
    }
    ret->segments[ret->count++] = (struct ask_text){start, size};
  }
}
