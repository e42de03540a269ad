/* GET /v1/assessments/{id}/revisions: which revisions there are and what each changed, page by page. */
#include <stdio.h>

#include "http/routes.h"

/* The service ends its object with "next":N}; partners get the path of the next page. */
static void link_next(struct ask_request *request) {
  struct ask_buffer *out = &request->out;
  struct ask_answer *answer = &request->answer;
  char id[ASK_UUID_TEXT], path[120];
  ask_uuid_text(&request->assessment, id);
  snprintf(path, sizeof path, "/v1/assessments/%s/revisions?after=%d&limit=%d", id, (int)request->reply.next,
           (int)request->query.limit);
  snprintf(answer->link, sizeof answer->link, "<%s>; rel=\"next\"", path);
  while (out->length && out->bytes[out->length - 1] != ':') out->length--;
  ask_buffer_printf(out, "\"%s\"}", path);
}

void ask_route_revisions(struct ask_request *request, struct ask_seat *seat) {
  if (!ask_path_assessment(request)) return;
  const struct ask_query *query = &request->query;
  enum ask_outcome outcome =
      ask_intake_revisions(seat, &request->caller, &request->assessment, query->after, query->limit, &request->reply);
  if (ask_answered(request, outcome) && request->reply.next) link_next(request);
}
