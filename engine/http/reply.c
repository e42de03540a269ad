/* The body is not copied: it stays in the request until libmicrohttpd says that the reply has gone. */
#include "http/reply.h"

#include <microhttpd.h>
#include <stdio.h>

#include "http/clock.h"
#include "http/page.h"
#include "http/state.h"

static const char *const content_types[] = {
    [ASK_JSON] = "application/json",
    [ASK_PROBLEM] = "application/problem+json",
    [ASK_CSV] = "text/csv; charset=utf-8",
    [ASK_METRICS_TEXT] = "text/plain; version=0.0.4; charset=utf-8",
};

static const char *const cache_controls[] = {
    [ASK_CACHE_NEVER] = "no-store",
    [ASK_CACHE_CHECKED] = "no-cache",
    [ASK_CACHE_DAY] = "public, max-age=86400",
    [ASK_CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

static void add_headers(struct ask_request *request, struct MHD_Response *response) {
  const struct ask_answer *answer = &request->answer;
  char seconds[16];
  MHD_add_response_header(response, "X-Request-Id", request->request_id);
  MHD_add_response_header(response, "Cache-Control", cache_controls[answer->cache]);
  if (answer->status != 304 && answer->status != 204) {
    MHD_add_response_header(response, "Content-Type",
                            answer->content_type ? answer->content_type : content_types[answer->content]);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
  }
  if (answer->etag[0]) MHD_add_response_header(response, "ETag", answer->etag);
  if (answer->location) MHD_add_response_header(response, "Location", answer->location);
  if (answer->link[0]) MHD_add_response_header(response, "Link", answer->link);
  if (answer->replayed) MHD_add_response_header(response, "Idempotency-Replayed", "true");
  if (answer->allow) MHD_add_response_header(response, "Allow", answer->allow);
  if (answer->authenticate) MHD_add_response_header(response, "WWW-Authenticate", answer->authenticate);
  if (answer->retry_after) {
    snprintf(seconds, sizeof seconds, "%d", answer->retry_after);
    MHD_add_response_header(response, "Retry-After", seconds);
  }
  if (answer->close) MHD_add_response_header(response, "Connection", "close");
  for (size_t i = 0; i < answer->cookie_count; i++) MHD_add_response_header(response, "Set-Cookie", answer->cookies[i]);
}

static void add_page_headers(struct ask_request *request, struct MHD_Response *response) {
  for (const struct ask_page_header *header = ask_page_headers; header->name; header++)
    MHD_add_response_header(response, header->name, header->value);
  if (request->server->tls) MHD_add_response_header(response, ask_page_header_tls.name, ask_page_header_tls.value);
}

bool ask_reply_queue(struct ask_request *request) {
  struct ask_answer *answer = &request->answer;
  if (atomic_load_explicit(&request->server->draining, memory_order_relaxed)) answer->close = true;
  if (!ask_peer_move(request->peer, ASK_PEER_REPLY, ask_ticks())) return false;
  const char *body = answer->borrowed ? answer->borrowed : request->out.bytes;
  size_t length = answer->borrowed ? answer->borrowed_length : request->out.length;
  /* persistent: ours; nothing writes through this pointer */
  struct MHD_Response *response =
      MHD_create_response_from_buffer(length, (void *)(uintptr_t)(body ? body : ""), MHD_RESPMEM_PERSISTENT);
  if (!response) return false;
  add_headers(request, response);
  if (ask_page_asked(request)) add_page_headers(request, response);
  bool taken = MHD_queue_response(request->connection, answer->status, response) == MHD_YES;
  MHD_destroy_response(response);
  return taken;
}
