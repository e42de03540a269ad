/* POST /v1/screenings: what every program says of these answers; nothing is kept. */
#include "http/routes.h"

void ask_route_screen(struct ask_request *request, struct ask_seat *seat) {
  struct ask_text body = {request->body.bytes, request->body.length};
  ask_answered(request, ask_intake_screen(seat, body, &request->query.view, &request->reply));
}
