/* Request headers: one pass over all of them, and the few grammars that matter. */
#ifndef ASK_HTTP_HEADER_H
#define ASK_HTTP_HEADER_H

#include "http/request.h"

/* Fills request->headers. */
void ask_headers_read(struct ask_request *request);
/* Copies their texts, so that they outlive the connection. */
void ask_headers_own(struct ask_request *request);
/* Refuses what makes two readers see two requests (twice a Content-Length, both lengths, blanks in names) or none. True: the
 * connection cannot be used further, whatever is answered. */
bool ask_headers_broken(struct ask_request *request);
/* Content-Type, Content-Encoding, Idempotency-Key, as far as the action looks at them. */
void ask_headers_check(struct ask_request *request);
/* The sender's request id if it is a good one, else a new one, in request->request_id. */
void ask_headers_id(struct ask_request *request);

/* If-Match as the revision that has to be the latest: 0 for none or *, more than there can be for a tag that is no
 * revision. False: refused. */
bool ask_if_match(struct ask_request *request, int32_t *ret_expected);
/* Whether a list of ETags has this one, compared weakly; * has any. */
bool ask_etag_listed(const struct ask_text *list, const char *etag);

#endif
