/* GET /healthz: the process runs. GET /readyz: it can take requests. */
#include "http/clock.h"
#include "http/routes.h"
#include "http/state.h"

enum { PING_HOLDS = 1000000 }; /* microseconds for which a remote store is not asked again */

void ask_route_health(struct ask_request *request, struct ask_seat *seat) {
  static const char text[] = "{\"status\":\"ok\"}";
  (void)seat;
  request->answer.status = 200;
  request->answer.borrowed = text;
  request->answer.borrowed_length = sizeof text - 1;
}

bool ask_route_ready_at_once(struct ask_request *request) {
  return ask_ticks() - atomic_load(&request->server->pinged) < PING_HOLDS;
}

static bool store_is_there(struct ask_request *request, struct ask_seat *seat) {
  struct ask_server *server = request->server;
  struct ask_writer_counts counts = {0};
  if (server->writer) ask_writer_counts(server->writer, &counts);
  if (counts.away) return false;
  if (!server->remote || !ask_route_ready_at_once(request)) {
    enum ask_outcome outcome = ask_intake_ping(seat, &request->reply);
    atomic_store(&server->ping, (int)outcome);
    atomic_store(&server->pinged, ask_ticks());
  }
  return atomic_load(&server->ping) == ASK_DONE;
}

void ask_route_ready(struct ask_request *request, struct ask_seat *seat) {
  struct ask_server *server = request->server;
  struct ask_live *live = ask_intake_live(server->intake);
  bool there = store_is_there(request, seat), draining = atomic_load(&server->draining);
  const struct ask_generation *generation = ask_live_pin(live);
  ask_buffer_printf(
      &request->out,
      "{\"status\":\"%s\",\"store\":\"%s\",\"rules\":{\"generation\":%lld,\"hash\":\"%s\",\"programs\":%zu,"
      "\"broken\":%zu}}",
      draining ? "draining"
      : there  ? "ready"
               : "away",
      there ? "ok" : "away", (long long)generation->number, generation->hash, generation->programs, generation->broken);
  ask_live_unpin(live, generation);
  request->answer.status = there && !draining ? 200 : 503;
  request->answer.retry_after = request->answer.status == 503 ? 2 : 0;
}
