/* PATCH /v1/assessments/{id}: answers that are added or corrected, as a new revision. */
#include "http/keep.h"
#include "http/routes.h"

void ask_route_correct(struct ask_request *request, struct ask_seat *seat) {
  if (ask_path_assessment(request)) ask_keep_prepare(request, seat, &request->assessment);
}
