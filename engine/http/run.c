/* Work is done on the thread that read the request. Three things make a connection wait: a write until it is on disk, a store
 * that is remote, which only the pool's threads talk to, and a page, which they make. */
#include "http/run.h"

#include <stdlib.h>
#include <string.h>

#include "http/clock.h"
#include "http/head.h"
#include "http/header.h"
#include "http/keep.h"
#include "http/reply.h"
#include "http/routes.h"
#include "http/state.h"
#include "http/wait.h"

enum {
  HELD_BODIES = 64, /* as many bodies of the largest size may be in memory at once */
  SIGN_INS = 64     /* as many may wait for their turn */
};

/* ---- the answer ---------------------------------------------------------------------------------------------------- */

/* Of the reply. */
static uint64_t body_bytes(const struct ask_request *request) {
  const struct ask_answer *answer = &request->answer;
  if (request->stage != ASK_AT_END || answer->status == 304 || request->method == ASK_HEAD) return 0;
  return answer->borrowed ? answer->borrowed_length : request->out.length;
}

static void count(const struct ask_request *request, unsigned status) {
  size_t row = request->route ? (size_t)(request->route - ask_routes) : ask_route_count;
  ask_metrics_request(request->server->metrics, row, request->method, status, ask_ticks() - request->began,
                      request->received, body_bytes(request));
}

/* Counted before it is sent: who has the reply finds it in the metrics. */
static bool answer(struct ask_request *request) {
  if (request->refusal.why) ask_problem_answer(request);
  request->stage = ASK_AT_END;
  count(request, request->answer.status);
  return ask_reply_queue(request);
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
    ask_wait_pool(request);
  else
    ask_wait_end(request);
}

/* The connection waits already: the writer may be done before this returns. */
static void submit(struct ask_request *request) {
  request->stage = ASK_AT_WRITTEN;
  enum ask_outcome outcome = ask_intake_submit(request->pending, written, request);
  if (outcome == ASK_DONE) return;
  request->stage = ASK_AT_REPLY;
  request->pending = ask_pending_free(request->pending);
  ask_refuse_outcome(request, outcome);
  ask_wait_end(request);
}

static bool needs_pool(struct ask_request *request) {
  const struct ask_action *action = request->action;
  if (request->asks || action->flags & ASK_PAGE) return true;
  return request->server->remote && action->flags & ASK_STORES && !(action->at_once && action->at_once(request));
}

/* On a thread of the pool. */
static void run_job(struct ask_job *job) {
  struct ask_request *request = (struct ask_request *)(void *)job;
  if (!atomic_load(&request->server->cutting)) {
    if (request->asks) {
      ask_head_whose_key(request);
      ask_head_look_at_rest(request);
      ask_head_check_body(request);
    }
    bool refused = request->refusal.why && request->stage == ASK_AT_WORK;
    if (!refused && (request->stage == ASK_AT_WRITTEN || needs_pool(request))) work(request);
    if (request->stage == ASK_AT_WRITER) {
      submit(request);
      return;
    }
  }
  ask_wait_end(request);
}

/* Libmicrohttpd reads from a connection that was suspended in the same turn in which its last byte came, before it calls us
 * again; and when all there is to read is that the client has closed its half, it drops the connection and the reply with
 * it. Suspended one turn later, it leaves the socket alone. True: not yet. */
static bool wait_for_turn(struct ask_request *request) {
  bool first = !request->paused;
  request->paused = true;
  return first;
}

static bool is_crowded(const struct ask_request *request) {
  return request->action->flags & ASK_SIGNS_IN && ask_pool_waiting(request->server->sign_in_pool) >= SIGN_INS;
}

/* On the connection's thread, with the whole request or after waiting. */
static bool go_on(struct ask_request *request) {
  if (request->refusal.why && request->stage == ASK_AT_WORK) request->stage = ASK_AT_REPLY;
  if (request->stage == ASK_AT_WORK) {
    bool pool = needs_pool(request);
    if ((pool || request->action->flags & ASK_KEEPS) && wait_for_turn(request)) return true;
    if (pool && is_crowded(request)) {
      ask_refuse(request, ASK_REFUSED_BUSY, NULL);
      return answer(request);
    }
    if (pool) {
      request->job.run = run_job;
      ask_headers_own(request);
      if (!ask_wait_begin(request)) return false;
      ask_wait_pool(request);
      return true;
    }
  }
  if (request->stage != ASK_AT_REPLY) work(request);
  if (request->stage == ASK_AT_REPLY) return answer(request);
  if (!ask_wait_begin(request)) return false;
  submit(request);
  return true;
}

/* ---- what comes in ------------------------------------------------------------------------------------------------- */

struct ask_request *ask_run_first_line(struct ask_server *server, struct ask_peer *peer, const char *uri,
                                       struct MHD_Connection *connection) {
  struct ask_request *request = ask_request_take(server);
  size_t length = uri ? strlen(uri) : 0;
  request->peer = peer;
  memcpy(request->address, peer->address, sizeof request->address);
  peer->request = request;
  request->connection = connection;
  if (length <= ASK_TARGET_LIMIT) ask_buffer_add(&request->text, uri ? uri : "", length);
  ask_target_read(request->text.bytes, length, &request->target);
  atomic_fetch_add_explicit(&server->in_flight, 1, memory_order_relaxed);
  ask_peer_move(peer, ASK_PEER_HEAD, request->began);
  return request;
}

static bool at_head(struct ask_request *request, const char *method, const char *version) {
  switch (ask_head_look(request, method, version)) {
  case ASK_HEAD_GO_ON: break;
  case ASK_HEAD_REPLY: return answer(request);
  case ASK_HEAD_CLOSE: return false;
  }
  request->stage = ASK_AT_BODY;
  return ask_peer_move(request->peer, ASK_PEER_BODY, request->began);
}

/* More than may be, and libmicrohttpd takes no answer in the middle of a body. With TLS nothing can be said by hand: a body
 * that ends soon gets its answer then. */
static bool too_much(struct ask_request *request) {
  struct ask_server *server = request->server;
  request->refusal = (struct ask_refusal){0};
  ask_head_refuse_size(request);
  request->skip = true;
  request->asks = false;
  if (server->tls && request->received <= 4 * (uint64_t)ask_head_body_limit(request)) return true;
  ask_head_last_words(request);
  return false;
}

static bool take_part(struct ask_request *request, const char *part, size_t length) {
  struct ask_server *server = request->server;
  request->received += length;
  if (request->received > (uint64_t)ask_head_body_limit(request)) return too_much(request);
  if (request->skip) return true;
  long long held = atomic_fetch_add_explicit(&server->held, (long long)length, memory_order_relaxed);
  ask_buffer_add(&request->body, part, length);
  if (held + (long long)length > HELD_BODIES * (long long)server->config->body_bytes) {
    ask_refuse(request, ASK_REFUSED_BUSY, NULL);
    request->skip = true;
    request->asks = false;
  }
  return true;
}

static bool body_is_whole(struct ask_request *request) {
  if (!ask_peer_move(request->peer, ASK_PEER_WORK, request->began)) return false;
  request->stage = ASK_AT_WORK;
  if (!request->asks) ask_head_check_body(request);
  return go_on(request);
}

bool ask_run_step(struct ask_request *request, const char *method, const char *version, const char *part,
                  size_t length) {
  switch (request->stage) {
  case ASK_AT_HEAD: return at_head(request, method, version);
  case ASK_AT_BODY: return length ? take_part(request, part, length) : body_is_whole(request);
  case ASK_AT_WORK:
  case ASK_AT_WRITTEN:
  case ASK_AT_REPLY: return go_on(request);
  default: return false;
  }
}

/* ---- the end ------------------------------------------------------------------------------------------------------- */

static void log_it(struct ask_request *request, unsigned status, bool well) {
  static const char *const methods[] = {"GET", "HEAD", "POST", "PATCH", "other"};
  ask_log_request(request->server->log, &(struct ask_log_request){
                                            .id = request->request_id,
                                            .method = methods[request->method],
                                            .route = request->route ? request->route->template : "none",
                                            .status = status,
                                            .bytes = body_bytes(request),
                                            .microseconds = ask_ticks() - request->began,
                                            .key = request->known ? &request->caller.key : NULL,
                                            .cut = !well,
                                        });
}

void ask_run_end(struct ask_server *server, struct ask_peer *peer, struct ask_request *request, unsigned status,
                 bool well) {
  peer->request = NULL;
  if (!peer->abandoned) {
    peer->consumed += request->head_bytes + request->received;
    if (request->headers.transfer_encoding.bytes) peer->inexact = true;
    if (request->answer.status) status = request->answer.status;
    if (peer->cut_id[0] && request->stage != ASK_AT_END) {
      status = ask_refusal_row(ASK_REFUSED_TIME)->status;
      memcpy(request->request_id, peer->cut_id, sizeof peer->cut_id);
    }
    if (!request->request_id[0]) ask_server_id(server, request->request_id);
    if (request->stage != ASK_AT_END) count(request, status);
    log_it(request, status, well);
    ask_request_give_back(request);
  }
  ask_peer_move(peer, ASK_PEER_QUIET, ask_ticks());
  atomic_fetch_sub_explicit(&server->in_flight, 1, memory_order_release);
}

/* Libmicrohttpd gives up on a query or cookies of more parameters than it has room for without a word. */
void ask_run_drop(struct ask_server *server, struct ask_peer *peer) {
  struct ask_request *request = peer->request;
  if (!request) return;
  if (!peer->abandoned && request->stage == ASK_AT_HEAD) {
    ask_server_id(server, request->request_id);
    ask_refuse(request, ASK_REFUSED_HEADERS, NULL);
    ask_head_last_words(request);
  }
  ask_run_end(server, peer, request, 0, false);
}
