/* Boundaries are looked for in the body as a whole; headers of a part are read a line at a time. */
#define _GNU_SOURCE 1 /* memmem */
#include "http/multipart.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_LIMIT = 70 };

/* The value of a parameter of a header: name=value or name="value". */
static bool parameter(struct ask_text header, const char *name, struct ask_text *ret) {
  size_t length = strlen(name);
  for (size_t i = 0; i + length + 1 < header.length; i++) {
    bool begins = i == 0 || header.bytes[i - 1] == ';' || header.bytes[i - 1] == ' ' || header.bytes[i - 1] == '\t';
    if (!begins || strncasecmp(header.bytes + i, name, length) != 0 || header.bytes[i + length] != '=') continue;
    const char *from = header.bytes + i + length + 1, *end = header.bytes + header.length, *to = from;
    bool quoted = *from == '"';
    if (quoted) from++, to++;
    while (to < end && (quoted ? *to != '"' : *to != ';' && *to != ' ')) to++;
    *ret = (struct ask_text){from, (size_t)(to - from)};
    return true;
  }
  return false;
}

static const char *find(const char *from, const char *end, struct ask_text what) {
  return what.length ? memmem(from, (size_t)(end - from), what.bytes, what.length) : NULL;
}

/* Whether the headers from `at` up to the empty line name the file; *at moves behind the empty line. False in *ret_whole:
 * there is no empty line. */
static bool headers_name_file(const char **at, const char *end, bool *ret_whole) {
  static const char disposition[] = "content-disposition:";
  bool is_file = false;
  *ret_whole = false;
  while (*at < end) {
    const char *line = *at, *stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop) return false;
    *at = stop + 1;
    size_t length = (size_t)(stop - line);
    if (length && line[length - 1] == '\r') length--;
    if (!length) {
      *ret_whole = true;
      return is_file;
    }
    struct ask_text header = {line, length}, value;
    if (length < sizeof disposition - 1 || strncasecmp(line, disposition, sizeof disposition - 1) != 0) continue;
    is_file =
        (parameter(header, "name", &value) && ask_text_is(&value, "file")) || parameter(header, "filename", &value);
  }
  return false;
}

bool ask_multipart_file(struct ask_text type, struct ask_text body, struct ask_text *ret) {
  struct ask_text boundary;
  char line[BOUNDARY_LIMIT + 4];
  if (!parameter(type, "boundary", &boundary) || !boundary.length || boundary.length > BOUNDARY_LIMIT) return false;
  memcpy(line, "\r\n--", 4);
  memcpy(line + 4, boundary.bytes, boundary.length);
  struct ask_text between = {line, boundary.length + 4}, first = {line + 2, boundary.length + 2};
  const char *at = body.bytes, *end = body.bytes + body.length;
  /* the first boundary may begin the body; what stands before it is of no interest */
  if (body.length >= first.length && memcmp(at, first.bytes, first.length) == 0)
    at += first.length;
  else if ((at = find(at, end, between)))
    at += between.length;
  while (at && at < end) {
    bool whole;
    if (end - at >= 2 && at[0] == '-' && at[1] == '-') return false; /* the last boundary */
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) return false;
    at = stop + 1;
    bool is_file = headers_name_file(&at, end, &whole);
    /* a part without content ends right behind its headers */
    const char *next = whole ? find(at - 2 >= body.bytes ? at - 2 : at, end, between) : NULL;
    if (!next) return false;
    if (is_file) {
      *ret = (struct ask_text){at, next > at ? (size_t)(next - at) : 0};
      return true;
    }
    at = next + between.length;
  }
  return false;
}
