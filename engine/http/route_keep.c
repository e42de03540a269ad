/* POST /v1/assessments: a new assessment that is kept. */
#include "http/keep.h"
#include "http/routes.h"

void ask_route_keep(struct ask_request *request, struct ask_seat *seat) { ask_keep_prepare(request, seat, NULL); }
