/* GET /v1/assessments/{id}/determinations/{program} and .../what-if: one program's result with every criterion, and what
 * it hangs on. */
#include "http/routes.h"

void ask_route_determination(struct ask_request *request, struct ask_seat *seat) {
  if (!ask_path_assessment(request)) return;
  ask_answered(request, ask_intake_determination(seat, &request->caller, &request->assessment,
                                                 ask_path_program(request), &request->reply));
}

void ask_route_what_if(struct ask_request *request, struct ask_seat *seat) {
  if (!ask_path_assessment(request)) return;
  ask_answered(request, ask_intake_what_if(seat, &request->caller, &request->assessment, ask_path_program(request),
                                           &request->reply));
}
