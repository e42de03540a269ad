/* Query parameters: a table of them; each action names the ones it takes. */
#ifndef ASK_HTTP_QUERY_H
#define ASK_HTTP_QUERY_H

#include "http/request.h"

/* Sets request->query, defaults included. What is unknown, comes twice or has a wrong value is refused, each by name. */
void ask_query_read(struct ask_request *request);

#endif
