/* The free list of requests. What came in is wiped from its buffers when its request is over (households' answers, passwords), and
 * big buffers are not kept. */
#define _DEFAULT_SOURCE 1 /* explicit_bzero */
#include "http/request.h"

#include <stdlib.h>
#include <string.h>

#include "http/clock.h"
#include "http/state.h"

enum { SPARE = 256, KEPT_BYTES = 256 * 1024 };

static struct ask_request *request_new(struct ask_server *server) {
  struct ask_request *request = calloc(1, sizeof *request);
  if (!request) abort();
  request->server = server;
  request->arena = ask_arena_new();
  return request;
}

static void request_free(struct ask_request *request) {
  ask_arena_free(request->arena);
  ask_buffer_free(&request->text);
  ask_buffer_free(&request->body);
  ask_buffer_free(&request->out);
  free(request);
}

struct ask_request *ask_request_take(struct ask_server *server) {
  pthread_mutex_lock(&server->spare_lock);
  struct ask_request *request = server->spare;
  if (request) {
    server->spare = (struct ask_request *)(void *)request->job.next;
    server->spare_count--;
  }
  pthread_mutex_unlock(&server->spare_lock);
  if (!request) request = request_new(server);
  request->reply = (struct ask_reply){.arena = request->arena, .body = &request->out};
  request->reply.problems.arena = request->arena;
  request->began = ask_ticks();
  return request;
}

static void trim(struct ask_buffer *buffer) {
  if (buffer->capacity > KEPT_BYTES)
    ask_buffer_free(buffer);
  else
    ask_buffer_clear(buffer);
}

/* Everything but the buffers and the arena begins anew. */
static void clear(struct ask_request *request) {
  if (request->text.length) explicit_bzero(request->text.bytes, request->text.length);
  if (request->body.length) explicit_bzero(request->body.bytes, request->body.length);
  struct ask_request kept = {.server = request->server, .arena = request->arena};
  trim(&request->text);
  trim(&request->body);
  trim(&request->out);
  kept.text = request->text;
  kept.body = request->body;
  kept.out = request->out;
  *request = kept;
  ask_arena_reset(request->arena);
}

void ask_request_give_back(struct ask_request *request) {
  struct ask_server *server = request->server;
  if (request->body.length)
    atomic_fetch_sub_explicit(&server->held, (long long)request->body.length, memory_order_relaxed);
  request->pending = ask_pending_free(request->pending);
  clear(request);
  pthread_mutex_lock(&server->spare_lock);
  bool keep = server->spare_count < SPARE;
  if (keep) {
    request->job.next = server->spare ? &server->spare->job : NULL;
    server->spare = request;
    server->spare_count++;
  }
  pthread_mutex_unlock(&server->spare_lock);
  if (!keep) request_free(request);
}

void ask_requests_free(struct ask_server *server) {
  for (struct ask_request *request = server->spare, *next; request; request = next) {
    next = (struct ask_request *)(void *)request->job.next;
    request_free(request);
  }
  server->spare = NULL;
  server->spare_count = 0;
}
