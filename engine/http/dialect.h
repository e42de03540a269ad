/* Paths that speak another system's API: their refusals are said in its words. */
#ifndef ASK_HTTP_DIALECT_H
#define ASK_HTTP_DIALECT_H

#include "http/request.h"

/* Whether the path that was asked for is one of them. */
bool ask_dialect_spoken(const struct ask_request *request);
/* Makes the refusal the request's answer, as ask_problem_answer does elsewhere. */
void ask_dialect_refuse(struct ask_request *request);

#endif
