/* Work is done on the thread that read the request. Two things make a connection wait (libmicrohttpd calls it suspended): a
 * write until it is on disk, and a store that is remote, which only the pool's threads talk to. While a connection is
 * suspended its request belongs to whoever will resume it: the writer's callback or a thread of the pool. When a drain takes
 * too long the connection goes first (ask_run_cut); the request then stays until the other one is done with it. */
#include "http/run.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "http/auth.h"
#include "http/clock.h"
#include "http/header.h"
#include "http/keep.h"
#include "http/query.h"
#include "http/reply.h"
#include "http/routes.h"
#include "http/state.h"

enum { NOT_WAITING, WAITING, ABANDONED };
enum { HELD_BODIES = 64 }; /* as many bodies of the largest size may be in memory at once */

static void run_job(struct ask_job *job);

/* ---- suspended connections ----------------------------------------------------------------------------------------- */

/* False: nothing is waited for any more. */
static bool suspend(struct ask_request *request) {
  struct ask_server *server = request->server;
  pthread_mutex_lock(&server->waiting_lock);
  bool may = !atomic_load(&server->cutting);
  if (may) {
    request->wait = WAITING;
    request->previous_waiting = NULL;
    request->next_waiting = server->waiting;
    if (server->waiting) server->waiting->previous_waiting = request;
    server->waiting = request;
  }
  pthread_mutex_unlock(&server->waiting_lock);
  if (may) MHD_suspend_connection(request->connection);
  return may;
}

static void leave_list(struct ask_request *request) {
  struct ask_server *server = request->server;
  if (request->next_waiting) request->next_waiting->previous_waiting = request->previous_waiting;
  *(request->previous_waiting ? &request->previous_waiting->next_waiting : &server->waiting) = request->next_waiting;
}

static void release_abandoned(struct ask_request *request) {
  struct ask_server *server = request->server;
  ask_request_give_back(request);
  ask_server_unref(server);
}

/* The last thing that is done with a request by anybody but the thread of its connection. */
static void resume(struct ask_request *request) {
  struct ask_server *server = request->server;
  pthread_mutex_lock(&server->waiting_lock);
  bool waits = request->wait == WAITING;
  if (waits) {
    leave_list(request);
    request->wait = NOT_WAITING;
  }
  pthread_mutex_unlock(&server->waiting_lock);
  if (waits)
    MHD_resume_connection(request->connection);
  else
    release_abandoned(request);
}

/* The next step is the pool's. Under the lock, so that a pool that is being stopped gets nothing more. */
static void give_to_pool(struct ask_request *request) {
  struct ask_server *server = request->server;
  request->job.run = run_job;
  pthread_mutex_lock(&server->waiting_lock);
  bool waits = request->wait == WAITING;
  if (waits) ask_pool_add(server->pool, &request->job);
  pthread_mutex_unlock(&server->waiting_lock);
  if (!waits) release_abandoned(request);
}

size_t ask_run_cut(struct ask_server *server) {
  size_t count = 0;
  pthread_mutex_lock(&server->waiting_lock);
  atomic_store(&server->cutting, true);
  for (struct ask_request *request = server->waiting, *next; request; request = next) {
    next = request->next_waiting;
    request->wait = ABANDONED;
    request->peer->abandoned = true;
    atomic_fetch_add(&server->references, 1);
    MHD_resume_connection(request->connection);
    count++;
  }
  server->waiting = NULL;
  pthread_mutex_unlock(&server->waiting_lock);
  return count;
}

/* ---- work ---------------------------------------------------------------------------------------------------------- */

/* From the whole request to its answer, or to a write that has to be submitted. */
static void work(struct ask_request *request) {
  const struct ask_action *action = request->action;
  struct ask_server *server = request->server;
  struct ask_seat *seat = action->flags & ASK_SEATED ? ask_seat_take(server->intake) : NULL;
  do {
    if (request->stage == ASK_AT_WRITTEN) {
      request->stage = ASK_AT_REPLY;
      ask_keep_finish(request, seat);
    } else {
      ask_buffer_clear(&request->out);
      request->stage = ASK_AT_REPLY;
      action->answer(request, seat);
      if (request->pending) request->stage = ASK_AT_WRITER;
    }
  } while (request->stage == ASK_AT_WORK);
  if (seat) ask_seat_give_back(seat);
}

/* On the writer's thread. */
static void written(void *context) {
  struct ask_request *request = context;
  if (request->server->remote)
    give_to_pool(request);
  else
    resume(request);
}

/* The connection is suspended already: the writer may be done before this returns. */
static void submit(struct ask_request *request) {
  request->stage = ASK_AT_WRITTEN;
  enum ask_outcome outcome = ask_intake_submit(request->pending, written, request);
  if (outcome == ASK_DONE) return;
  request->stage = ASK_AT_REPLY;
  request->pending = ask_pending_free(request->pending);
  ask_refuse_outcome(request, outcome);
  resume(request);
}

static void ask_whose_key(struct ask_request *request) {
  struct ask_seat *seat = ask_seat_take(request->server->intake);
  ask_key_ask(request, seat);
  ask_seat_give_back(seat);
}

/* On a thread of the pool. */
static void run_job(struct ask_job *job) {
  struct ask_request *request = (struct ask_request *)(void *)job;
  if (!atomic_load(&request->server->cutting)) {
    if (request->stage == ASK_AT_KEY)
      ask_whose_key(request);
    else
      work(request);
    if (request->stage == ASK_AT_WRITER) {
      submit(request);
      return;
    }
  }
  resume(request);
}

/* On the connection's thread, with the whole request or after a suspension. */
static bool go_on(struct ask_request *request) {
  struct ask_server *server = request->server;
  const struct ask_action *action = request->action;
  if (request->refusal.why && request->stage == ASK_AT_WORK) request->stage = ASK_AT_REPLY;
  if (request->stage == ASK_AT_WORK && server->remote && action->flags & ASK_STORES &&
      !(action->at_once && action->at_once(request))) {
    if (!suspend(request)) return false;
    give_to_pool(request);
    return true;
  }
  if (request->stage != ASK_AT_REPLY) work(request);
  if (request->stage == ASK_AT_REPLY) return ask_reply_queue(request);
  if (!suspend(request)) return false;
  submit(request);
  return true;
}

/* ---- the head ------------------------------------------------------------------------------------------------------ */

struct ask_request *ask_run_first_line(struct ask_server *server, struct ask_peer *peer, const char *uri,
                                       struct MHD_Connection *connection) {
  struct ask_request *request = ask_request_take(server);
  size_t length = uri ? strlen(uri) : 0;
  request->peer = peer;
  request->connection = connection;
  if (length <= ASK_TARGET_LIMIT) ask_buffer_add(&request->text, uri ? uri : "", length);
  ask_target_read(request->text.bytes, length, &request->target);
  atomic_fetch_add_explicit(&server->in_flight, 1, memory_order_relaxed);
  ask_peer_move(peer, ASK_PEER_HEAD, request->began);
  return request;
}

static enum ask_method method_of(const char *word) {
  static const char *const methods[] = {
      [ASK_GET] = "GET", [ASK_HEAD] = "HEAD", [ASK_POST] = "POST", [ASK_PATCH] = "PATCH"};
  for (int i = 0; i < ASK_OTHER_METHOD; i++)
    if (strcmp(word, methods[i]) == 0) return (enum ask_method)i;
  return ASK_OTHER_METHOD;
}

static void refuse_size(struct ask_request *request) {
  ask_refuse(request, ASK_REFUSED_SIZE,
             ask_printf(request->arena, "A body may have %lld bytes.", (long long)request->server->config->body_bytes));
}

/* Content-Length says already that it is too much. */
static bool is_too_large(const struct ask_request *request) {
  const struct ask_text *text = &request->headers.content_length;
  int64_t length = 0;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] < '0' || text->bytes[i] > '9') return false; /* libmicrohttpd refused it */
    length = length * 10 + (text->bytes[i] - '0');
    if (length > request->server->config->body_bytes) return true;
  }
  return false;
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

/* After it is known who asks. */
static void look_at_rest(struct ask_request *request) {
  if (!request->refusal.why) ask_query_read(request);
  if (!request->refusal.why) ask_headers_check(request);
  request->skip = request->refusal.why || !(request->action->flags & ASK_TAKES);
}

/* True: the answer is queued now, and libmicrohttpd closes the connection after it, the body unread. */
static bool refuses_at_once(struct ask_request *request, bool broken) {
  const struct ask_text *expect = &request->headers.expect;
  bool waits = expect->bytes && request->refusal.why; /* 100-continue: the body is not on its way yet */
  if (is_too_large(request)) {
    if (!request->refusal.why) refuse_size(request);
    broken = true;
  }
  return broken || waits;
}

static bool at_body(struct ask_request *request) {
  request->stage = ASK_AT_BODY;
  return ask_peer_move(request->peer, ASK_PEER_BODY, request->began);
}

static bool at_head(struct ask_request *request, const char *method, const char *version) {
  struct ask_server *server = request->server;
  request->method = method_of(method);
  request->version_1_0 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;
  ask_headers_read(request);
  ask_headers_id(request);
  bool broken = ask_headers_broken(request);
  if (!request->refusal.why) find_action(request);
  bool in_store =
      !request->refusal.why && !(request->action->flags & ASK_OPEN) && ask_key_look(request) == ASK_KEY_IN_STORE;
  if (in_store && server->remote) {
    request->stage = ASK_AT_KEY;
    if (!ask_peer_move(request->peer, ASK_PEER_WORK, request->began) || !suspend(request)) return false;
    give_to_pool(request);
    return true;
  }
  if (in_store) ask_whose_key(request);
  look_at_rest(request);
  if (!refuses_at_once(request, broken)) return at_body(request);
  request->peer->linger = true;
  return ask_reply_queue(request);
}

static bool after_key(struct ask_request *request) {
  look_at_rest(request);
  if (!refuses_at_once(request, false)) return at_body(request);
  request->peer->linger = true;
  return ask_reply_queue(request);
}

/* ---- the body ------------------------------------------------------------------------------------------------------ */

/* More than may be, and libmicrohttpd takes no answer in the middle of a body: it is said by hand. */
static bool too_much(struct ask_request *request) {
  struct ask_server *server = request->server;
  request->refusal = (struct ask_refusal){0};
  refuse_size(request);
  request->skip = true;
  if (server->tls) return request->received <= 4 * (uint64_t)server->config->body_bytes;
  char reply[ASK_LAST_WORDS];
  ask_peer_say(request->peer->socket, reply,
               ask_problem_last_words(reply, ASK_REFUSED_SIZE, request->refusal.detail, request->request_id));
  request->answer.status = ask_refusal_row(ASK_REFUSED_SIZE)->status;
  request->peer->linger = true;
  return false;
}

static bool take_part(struct ask_request *request, const char *part, size_t length) {
  struct ask_server *server = request->server;
  request->received += length;
  if (request->received > (uint64_t)server->config->body_bytes) return too_much(request);
  if (request->skip) return true;
  long long held = atomic_fetch_add_explicit(&server->held, (long long)length, memory_order_relaxed);
  ask_buffer_add(&request->body, part, length);
  if (held + (long long)length > HELD_BODIES * (long long)server->config->body_bytes) {
    ask_refuse(request, ASK_REFUSED_BUSY, NULL);
    request->skip = true;
  }
  return true;
}

static bool body_is_whole(struct ask_request *request) {
  if (!ask_peer_move(request->peer, ASK_PEER_WORK, request->began)) return false;
  request->stage = ASK_AT_WORK;
  if (!request->skip && !request->body.length) {
    ask_problem_add(&request->reply.problems, ASK_ERROR, "empty", (struct ask_place){.line = 1, .column = 1}, NULL,
                    "send a JSON object with the answers", "the body is empty");
    ask_refuse(request, ASK_REFUSED_JSON, NULL);
  }
  return go_on(request);
}

bool ask_run_step(struct ask_request *request, const char *method, const char *version, const char *part,
                  size_t length) {
  switch (request->stage) {
  case ASK_AT_HEAD: return at_head(request, method, version);
  case ASK_AT_KEY: return after_key(request);
  case ASK_AT_BODY: return length ? take_part(request, part, length) : body_is_whole(request);
  case ASK_AT_WRITTEN:
  case ASK_AT_REPLY: return go_on(request);
  default: return false;
  }
}

/* ---- the end ------------------------------------------------------------------------------------------------------- */

static void account(struct ask_request *request, unsigned status, bool well) {
  static const char *const methods[] = {"GET", "HEAD", "POST", "PATCH", "other"};
  struct ask_server *server = request->server;
  const struct ask_answer *answer = &request->answer;
  int64_t took = ask_ticks() - request->began;
  size_t row = request->route ? (size_t)(request->route - ask_routes) : ask_route_count;
  uint64_t sent = answer->borrowed ? answer->borrowed_length : request->out.length;
  if (request->stage != ASK_AT_END || status == 304 || request->method == ASK_HEAD) sent = 0;
  ask_metrics_request(server->metrics, row, request->method, status, took, request->received, sent);
  ask_log_request(server->log, &(struct ask_log_request){
                                   .id = request->request_id,
                                   .method = methods[request->method],
                                   .route = request->route ? request->route->template : "none",
                                   .status = status,
                                   .bytes = sent,
                                   .microseconds = took,
                                   .key = request->known ? &request->caller.key : NULL,
                                   .cut = !well,
                               });
}

void ask_run_end(struct ask_server *server, struct ask_peer *peer, struct ask_request *request, unsigned status,
                 bool well) {
  if (!peer->abandoned) {
    if (request->answer.status) status = request->answer.status;
    if (peer->cut_id[0] && request->stage != ASK_AT_END) {
      status = ask_refusal_row(ASK_REFUSED_TIME)->status;
      memcpy(request->request_id, peer->cut_id, sizeof peer->cut_id);
    }
    if (!request->request_id[0]) ask_server_id(server, request->request_id);
    account(request, status, well);
    ask_request_give_back(request);
  }
  ask_peer_move(peer, ASK_PEER_QUIET, ask_ticks());
  atomic_fetch_sub_explicit(&server->in_flight, 1, memory_order_release);
}
