/* Writing an assessment: preparing it, and saying what became of it. What POST and PATCH share. */
#ifndef ASK_HTTP_KEEP_H
#define ASK_HTTP_KEEP_H

#include "http/request.h"

/* assessment NULL: a new one. Makes request->pending, or the answer, or refuses. */
void ask_keep_prepare(struct ask_request *request, struct ask_seat *seat, const struct ask_uuid *assessment);
/* The writer is done with request->pending: makes the answer, or refuses, or sets request->stage to ASK_AT_WORK, to prepare
 * once more. */
void ask_keep_finish(struct ask_request *request, struct ask_seat *seat);

#endif
