/* What browsers send: pairs of names and values in a query or a form's body, and cookies. Every byte is hostile; what cannot be
 * read as it was meant is refused as a whole. Not for the parameters of the API: see query.h. */
#ifndef ASK_HTTP_FORM_H
#define ASK_HTTP_FORM_H

#include "base/arena.h"
#include "service/app.h"

enum ask_form_state {
  ASK_FORM_GOOD,
  ASK_FORM_ESCAPE, /* % without two hexadecimal digits, or %00 */
  ASK_FORM_TEXT,   /* not UTF-8 */
  ASK_FORM_MANY    /* more than ASK_PAGE_PAIRS pairs */
};
/* application/x-www-form-urlencoded: a=1&b=two+words. Decoded in place: the pairs point into text. Empty pieces are passed over;
 * a piece without = is a name with an empty value. */
enum ask_form_state ask_form_read(struct ask_arena *arena, char *text, size_t length, struct ask_pair **ret,
                                  size_t *ret_count);

enum { ASK_COOKIE_LIMIT = 256 };
/* The value of the cookie with this name in a Cookie header. Length 0: there is none, or it is longer than ASK_COOKIE_LIMIT, or
 * holds what no cookie may, or there are two of this name that differ: then somebody else set one of them. */
struct ask_text ask_cookie_find(struct ask_text header, const char *name);

#endif
