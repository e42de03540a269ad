/* GET /v1/assessments/{id}/next: the questions that still matter. */
#include "http/routes.h"

void ask_route_next(struct ask_request *request, struct ask_seat *seat) {
  if (!ask_path_assessment(request)) return;
  ask_answered(request, ask_intake_next(seat, &request->caller, &request->assessment, &request->reply));
}
