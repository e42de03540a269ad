/* In this order: is it one request for sure, is there such a path and method, who asks, and only then what exactly. */
#include "http/head.h"

#include <microhttpd.h>
#include <string.h>

#include "http/auth.h"
#include "http/header.h"
#include "http/query.h"
#include "http/routes.h"
#include "http/state.h"

int64_t ask_head_body_limit(const struct ask_request *request) {
  int64_t limit = request->server->config->body_bytes;
  bool file = request->action && request->action->flags & ASK_TAKES_FILE;
  return file && limit < ASK_FILE_LIMIT ? ASK_FILE_LIMIT : limit;
}

void ask_head_refuse_size(struct ask_request *request) {
  ask_refuse(request, ASK_REFUSED_SIZE,
             ask_printf(request->arena, "A body may have %lld bytes.", (long long)ask_head_body_limit(request)));
}

void ask_head_last_words(struct ask_request *request) {
  const struct ask_refusal *refusal = &request->refusal;
  char reply[ASK_LAST_WORDS];
  if (!request->server->tls)
    ask_peer_say(request->peer->socket, reply,
                 ask_problem_last_words(reply, refusal->why, refusal->detail, request->request_id));
  request->answer.status = ask_refusal_row(refusal->why)->status;
  request->peer->linger = true;
}

static enum ask_method method_of(const char *word) {
  static const char *const methods[] = {
      [ASK_GET] = "GET", [ASK_HEAD] = "HEAD", [ASK_POST] = "POST", [ASK_PATCH] = "PATCH"};
  for (int i = 0; i < ASK_OTHER_METHOD; i++)
    if (strcmp(word, methods[i]) == 0) return (enum ask_method)i;
  return ASK_OTHER_METHOD;
}

/* Content-Length says already that it is too much. */
static bool is_too_large(const struct ask_request *request) {
  const struct ask_text *text = &request->headers.content_length;
  int64_t length = 0;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] < '0' || text->bytes[i] > '9') return false; /* libmicrohttpd refused it */
    length = length * 10 + (text->bytes[i] - '0');
    if (length > ask_head_body_limit(request)) return true;
  }
  return false;
}

/* Libmicrohttpd's own limit is a little higher, so that there is room for the reply. */
static bool are_headers_too_large(struct ask_request *request) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  request->head_bytes = info ? info->header_size : 0;
  return request->head_bytes > (size_t)request->server->config->header_bytes;
}

static void refuse_target(struct ask_request *request) {
  if (request->target.state == ASK_TARGET_LONG)
    ask_refuse_value(request, "parameter", "", "too-long", "the path and query are too long",
                     ask_printf(request->arena, "at most %d bytes", ASK_TARGET_LIMIT));
  else
    ask_refuse_value(request, "parameter", "", "bad-escape",
                     "the path has a % that is not followed by two digits 0-9, A-F, or %00", NULL);
}

/* Which action it is for, or why for none. */
static void find_action(struct ask_request *request) {
  if (request->target.state != ASK_TARGET_GOOD) {
    refuse_target(request);
    return;
  }
  ask_route_find(request);
  bool draining = atomic_load_explicit(&request->server->draining, memory_order_relaxed);
  if (draining && !(request->action && request->action->flags & ASK_ALWAYS)) {
    ask_refuse(request, ASK_REFUSED_DRAINING, NULL);
  } else if (!request->route) {
    ask_refuse(request, ASK_REFUSED_PATH, NULL);
  } else if (!request->action) {
    ask_refuse(request, ASK_REFUSED_METHOD, NULL);
    request->answer.allow = request->route->allow;
  }
}

void ask_head_whose_key(struct ask_request *request) {
  struct ask_seat *seat = ask_seat_take(request->server->intake);
  request->asks = false;
  ask_key_ask(request, seat);
  ask_seat_give_back(seat);
}

/* A remote store is not asked here, but by the pool when the whole request is there. */
static void find_caller(struct ask_request *request) {
  if (request->action->flags & ASK_OPEN || ask_key_look(request) == ASK_KEY_DECIDED) return;
  if (request->server->remote)
    request->asks = true;
  else
    ask_head_whose_key(request);
}

void ask_head_look_at_rest(struct ask_request *request) {
  if (!request->refusal.why && !(request->action->flags & ASK_PAGE)) ask_query_read(request);
  if (!request->refusal.why) ask_headers_check(request);
}

void ask_head_check_body(struct ask_request *request) {
  unsigned flags = request->refusal.why ? 0 : request->action->flags;
  if (!(flags & ASK_TAKES) || flags & ASK_PAGE || request->body.length) return;
  bool file = flags & ASK_TAKES_FILE;
  ask_problem_add(&request->reply.problems, ASK_ERROR, file ? "NoInputFile" : "empty",
                  (struct ask_place){.line = 1, .column = 1}, NULL, "send a JSON object with the answers",
                  "the body is empty");
  ask_refuse(request, ASK_REFUSED_JSON, NULL);
}

enum ask_head ask_head_look(struct ask_request *request, const char *method, const char *version) {
  request->method = method_of(method);
  request->version_1_0 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;
  ask_headers_read(request);
  ask_headers_id(request);
  if (are_headers_too_large(request)) {
    ask_refuse(request, ASK_REFUSED_HEADERS, NULL);
    ask_head_last_words(request);
    return ASK_HEAD_CLOSE;
  }
  bool close = ask_headers_broken(request);
  if (!request->refusal.why) find_action(request);
  if (!request->refusal.why) find_caller(request);
  if (!request->asks) ask_head_look_at_rest(request);
  if (is_too_large(request)) {
    if (!request->refusal.why) ask_head_refuse_size(request);
    close = true;
  }
  request->skip = request->refusal.why || !(request->action->flags & ASK_TAKES);
  /* Expect: 100-continue: the body is not on its way yet */
  bool waits = request->headers.expect.bytes && request->refusal.why;
  if (!close && !waits) return ASK_HEAD_GO_ON;
  request->peer->linger = true;
  return ASK_HEAD_REPLY;
}
