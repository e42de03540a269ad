/* The target of a request line: path segments and query, decoded strictly. Not for what they mean: see routes.h, query.h. */
#ifndef ASK_HTTP_URI_H
#define ASK_HTTP_URI_H

#include "base/text.h"

enum { ASK_SEGMENTS = 8, ASK_TARGET_LIMIT = 4096 };

enum ask_target_state {
  ASK_TARGET_GOOD,
  ASK_TARGET_LONG,   /* more than ASK_TARGET_LIMIT bytes */
  ASK_TARGET_ESCAPE, /* % without two hexadecimal digits, or %00 */
};

struct ask_target {
  struct ask_text segments[ASK_SEGMENTS]; /* decoded; "/a/" has two, the last of them empty */
  size_t count;                           /* ASK_SEGMENTS + 1: more than that */
  char *query;                            /* after the ?, not decoded; NULL: none */
  enum ask_target_state state;
};

/* Takes it apart in place; both forms, /path and http://host/path. What else there is (*, host:port) has no segments. */
void ask_target_read(char *text, size_t length, struct ask_target *ret);
/* Decodes %XX in place, with `plus` also + as a blank. False: a bad escape, NUL. *length becomes shorter. */
bool ask_unescape(char *text, size_t *length, bool plus);

#endif
