/* GET /v1/form, /v1/programs, /v1/programs/{program}: the rules in force. Their hash is the ETag. */
#include "http/routes.h"

static enum ask_outcome form(struct ask_request *request, struct ask_seat *seat) {
  return ask_intake_form(seat, request->query.view.packs, &request->reply);
}
static enum ask_outcome programs(struct ask_request *request, struct ask_seat *seat) {
  return ask_intake_programs(seat, request->query.view.packs, &request->reply);
}
static enum ask_outcome program(struct ask_request *request, struct ask_seat *seat) {
  return ask_intake_program(seat, ask_path_program(request), &request->reply);
}

void ask_route_form(struct ask_request *request, struct ask_seat *seat) { ask_answer_rules(request, seat, form); }
void ask_route_programs(struct ask_request *request, struct ask_seat *seat) {
  ask_answer_rules(request, seat, programs);
}
void ask_route_program(struct ask_request *request, struct ask_seat *seat) { ask_answer_rules(request, seat, program); }
