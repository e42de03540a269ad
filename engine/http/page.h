/* Pages for browsers: which paths they are, what each reply of them says to the browser, and the small page that stands for one
 * when the app is not reached. */
#ifndef ASK_HTTP_PAGE_H
#define ASK_HTTP_PAGE_H

#include "http/request.h"

/* Whether the path that was asked for is the app's. */
bool ask_page_asked(const struct ask_request *request);
/* Makes the refusal the request's answer, as ask_problem_answer does elsewhere. */
void ask_page_refuse(struct ask_request *request);
/* Whether another site sent it, as far as a browser tells. */
bool ask_page_is_cross_site(const struct ask_request *request);

struct ask_page_header {
  const char *name, *value;
};
/* On every reply of such a path; ended by a NULL name. */
extern const struct ask_page_header ask_page_headers[];
/* The same, with TLS only. */
extern const struct ask_page_header ask_page_header_tls;

#endif
