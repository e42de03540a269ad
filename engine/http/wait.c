/* One list under one lock: a connection waits for a disk or a network, so the lock is never what costs. */
#include "http/wait.h"

#include <microhttpd.h>

#include "http/routes.h"
#include "http/state.h"

enum { NOT_WAITING, WAITING, ABANDONED };

bool ask_wait_begin(struct ask_request *request) {
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
  /* resumed before it is suspended: libmicrohttpd takes one for the other */
  if (may) MHD_suspend_connection(request->connection);
  return may;
}

static void leave_list(struct ask_request *request) {
  struct ask_server *server = request->server;
  if (request->next_waiting) request->next_waiting->previous_waiting = request->previous_waiting;
  *(request->previous_waiting ? &request->previous_waiting->next_waiting : &server->waiting) = request->next_waiting;
  request->wait = NOT_WAITING;
}

static void release(struct ask_request *request) {
  struct ask_server *server = request->server;
  ask_request_give_back(request);
  ask_server_unref(server);
}

void ask_wait_end(struct ask_request *request) {
  struct ask_server *server = request->server;
  struct MHD_Connection *connection = request->connection;
  pthread_mutex_lock(&server->waiting_lock);
  bool waits = request->wait == WAITING;
  if (waits) leave_list(request);
  pthread_mutex_unlock(&server->waiting_lock);
  if (waits)
    MHD_resume_connection(connection);
  else
    release(request);
}

void ask_wait_pool(struct ask_request *request) {
  struct ask_server *server = request->server;
  pthread_mutex_lock(&server->waiting_lock);
  bool waits = request->wait == WAITING;
  struct ask_pool *pool = request->action->flags & ASK_SIGNS_IN ? server->sign_in_pool : server->pool;
  if (waits) ask_pool_add(pool, &request->job); /* under the lock: nothing comes after ask_wait_cut */
  pthread_mutex_unlock(&server->waiting_lock);
  if (!waits) release(request);
}

void ask_wait_cut(struct ask_server *server) {
  pthread_mutex_lock(&server->waiting_lock);
  atomic_store(&server->cutting, true);
  for (struct ask_request *request = server->waiting, *next; request; request = next) {
    next = request->next_waiting;
    request->wait = ABANDONED;
    request->peer->abandoned = true;
    atomic_fetch_add(&server->references, 1);
    MHD_resume_connection(request->connection);
  }
  server->waiting = NULL;
  pthread_mutex_unlock(&server->waiting_lock);
}
