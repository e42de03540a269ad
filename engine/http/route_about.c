/* GET /metrics: for Prometheus. GET /openapi.json: the description of all this, with the form in force. */
#include <stdio.h>

#include "http/routes.h"
#include "http/state.h"

void ask_route_metrics(struct ask_request *request, struct ask_seat *seat) {
  (void)seat;
  ask_metrics_write(request->server, &request->out);
  request->answer.status = 200;
  request->answer.content = ASK_METRICS_TEXT;
}

void ask_route_openapi(struct ask_request *request, struct ask_seat *seat) {
  char hash[ASK_HASH_TEXT], tag[64];
  ask_openapi_write(request->server->openapi, seat, &request->out, hash);
  request->answer.status = 200;
  snprintf(tag, sizeof tag, "%.40s-" ASK_VERSION, hash);
  ask_answer_etag(request, tag);
  request->answer.cache = ASK_CACHE_CHECKED;
}
