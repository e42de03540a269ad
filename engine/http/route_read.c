/* GET /v1/assessments/{id} and GET /v1/assessments/{id}/revisions/{n}: a revision as it was determined then. */
#include "http/routes.h"

/* {n} of the path, or ?revision=, or 0 for the latest. False: no number that there could be. */
static bool which(const struct ask_request *request, int32_t *ret) {
  const struct ask_text *text = &request->number;
  int64_t number = 0;
  *ret = request->query.revision;
  if (!text->length) return true;
  if (text->length > 10 || text->bytes[0] == '0') return false;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] < '0' || text->bytes[i] > '9') return false;
    number = number * 10 + (text->bytes[i] - '0');
  }
  *ret = (int32_t)number;
  return number <= INT32_MAX;
}

void ask_route_read(struct ask_request *request, struct ask_seat *seat) {
  int32_t number;
  if (!which(request, &number)) {
    ask_refuse(request, ASK_REFUSED_PATH, NULL);
    return;
  }
  if (!ask_path_assessment(request)) return;
  enum ask_outcome outcome =
      ask_intake_read(seat, &request->caller, &request->assessment, number, &request->query.view, &request->reply);
  if (ask_answered(request, outcome)) ask_answer_revision(request, request->reply.revision);
}
