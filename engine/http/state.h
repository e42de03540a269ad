/* The server's insides, for the files of http/ that run it. */
#ifndef ASK_HTTP_STATE_H
#define ASK_HTTP_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/door.h"
#include "http/limit.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/openapi.h"
#include "http/peer.h"
#include "http/pool.h"
#include "http/request.h"
#include "http/server.h"

struct MHD_Daemon;

struct ask_server {
  const struct ask_config *config;
  struct ask_intake *intake;
  struct ask_app *app; /* NULL: no pages */
  struct ask_store *store;
  struct ask_writer *writer;
  bool remote; /* the store may wait for a network: its work is done by the pool */
  bool tls;
  int port;
  int64_t started; /* seconds since 1970 */

  struct MHD_Daemon *daemon;
  struct ask_door *door;
  struct ask_tally *tally; /* connections by address */
  struct ask_peers *peers;
  struct ask_pool *pool; /* for what waits for a remote store, and for pages; NULL: neither */
  /* so that sign-ins, which are slow on purpose, wait for each other alone; NULL without app */
  struct ask_pool *sign_in_pool;
  struct ask_log *log;
  struct ask_metrics *metrics;
  struct ask_limit *failures; /* failed authentications, by address */
  struct ask_limit *sign_ins; /* failed ones, by address; NULL without app */
  struct ask_limit *rates;    /* requests, by key; NULL: no limit */
  struct ask_openapi *openapi;

  atomic_bool draining;  /* no new request is taken */
  atomic_bool cutting;   /* nor waited for */
  atomic_long in_flight; /* requests whose first line came and whose end did not */
  atomic_ulong cut_off;
  atomic_long references; /* the server's own, and one for each request that the writer still holds after the end */
  atomic_llong held;      /* bytes of bodies that are in memory */
  atomic_ulong numbers;   /* for request ids */
  uint64_t seed[2];
  atomic_llong pinged; /* ticks of the last ping of the store; */
  atomic_int ping;     /* and what it gave, enum ask_outcome */

  pthread_mutex_t spare_lock;
  struct ask_request *spare;
  size_t spare_count;

  pthread_mutex_t waiting_lock;
  struct ask_request *waiting; /* suspended ones */

  pthread_mutex_t message_lock; /* of libmicrohttpd's messages */
  int64_t message_at;
  struct ask_buffer message; /* the last one before it ran, for the problem when it does not start */
  bool started_well;
};

/* A fresh request id: UUIDv7; its randomness need not be unguessable, so it costs no call of the kernel. */
void ask_server_id(struct ask_server *server, char ret_text[ASK_UUID_TEXT]);
void ask_server_unref(struct ask_server *server);

#endif
