/* One request from its first line to the end of its reply: what was asked, how far it is, what will be said. Requests are
 * kept and used again, with their buffers. Private to http/. */
#ifndef ASK_HTTP_REQUEST_H
#define ASK_HTTP_REQUEST_H

#include <stdatomic.h>

#include "http/peer.h"
#include "http/pool.h"
#include "http/problem.h"
#include "http/uri.h"
#include "service/app.h"
#include "service/intake.h"

struct ask_server;
struct ask_route;
struct ask_action;

enum ask_method { ASK_GET, ASK_HEAD, ASK_POST, ASK_PATCH, ASK_OTHER_METHOD, ASK_METHODS };

enum ask_stage {
  ASK_AT_HEAD,    /* headers not looked at yet */
  ASK_AT_BODY,    /* takes the body in */
  ASK_AT_WORK,    /* the route's handler is next */
  ASK_AT_WRITER,  /* the write has to be given to the writer, or is there */
  ASK_AT_WRITTEN, /* what became of the write is known */
  ASK_AT_REPLY,   /* the reply is made */
  ASK_AT_END,     /* it is libmicrohttpd's */
};

/* Headers that matter. bytes NULL: not sent. Texts are libmicrohttpd's, as long as the connection; the request's own from when a pool
 * has it (ask_headers_own). */
struct ask_headers {
  struct ask_text authorization, content_type, content_encoding, content_length, transfer_encoding, idempotency_key,
      if_match, if_none_match, request_id, host, expect;
  struct ask_text cookie, accept_language, origin, fetch_site, csrf, script; /* for pages */
  const char *twice;      /* name of one that came twice and must not; NULL */
  const char *page_twice; /* the same, where only pages look at it */
  bool json;              /* Content-Type says that the body is JSON */
  bool bad_name;          /* a name that ends in a blank: some proxies read it otherwise */
};

/* Query parameters with their defaults. */
struct ask_query {
  struct ask_view view;
  int32_t revision, after, limit;
  const char *interested; /* codes with | between; NULL: all */
};

enum ask_content { ASK_JSON, ASK_PROBLEM, ASK_METRICS_TEXT, ASK_CSV };
/* How long others may keep it: not at all, as long as the ETag stays, a day, for ever. */
enum ask_cache { ASK_CACHE_NEVER, ASK_CACHE_CHECKED, ASK_CACHE_DAY, ASK_CACHE_FOREVER };

/* What is said. */
struct ask_answer {
  unsigned status;
  enum ask_content content;
  const char *content_type; /* NULL: that of content */
  const char *borrowed;     /* body that lives elsewhere, as long as the server; NULL: request->out */
  size_t borrowed_length;
  enum ask_cache cache;
  bool replayed;
  bool close;
  int retry_after;   /* seconds; 0: no such header */
  const char *allow; /* NULL: no such header */
  const char *authenticate;
  char etag[80], link[160]; /* "": no such header */
  const char *location;     /* in the request's arena; NULL: no such header */
  const char *cookies[ASK_PAGE_COOKIES];
  size_t cookie_count;
};

struct ask_request {
  struct ask_job job; /* first: the pool's and the free list's link */
  struct ask_server *server;
  struct ask_peer *peer; /* goes with the connection, maybe before the request: not for the threads of a pool */
  struct MHD_Connection *connection;
  unsigned char address[16]; /* the peer's */
  enum ask_stage stage;
  int64_t began; /* ticks */
  enum ask_method method;
  bool version_1_0;

  struct ask_buffer text; /* of the target */
  struct ask_target target;
  struct ask_headers headers;
  struct ask_query query;
  const struct ask_route *route; /* NULL: no such path */
  const struct ask_action *action;
  struct ask_text id, program, number; /* of the path */
  struct ask_caller caller;
  bool known;  /* the caller is */
  bool asks;   /* only a remote store can tell who the caller is: asked when the whole request is there */
  bool paused; /* see run.c */
  char request_id[65];

  size_t head_bytes;
  struct ask_buffer body;
  uint64_t received;
  bool skip; /* the body is of no interest: it was refused already */

  struct ask_arena *arena;
  struct ask_buffer out;
  struct ask_refusal refusal;
  struct ask_answer answer;
  struct ask_reply reply; /* of the service */
  struct ask_pending *pending;
  struct ask_uuid assessment; /* of the path, once it is read */
  int again;

  /* While the connection is suspended. */
  struct ask_request *next_waiting, *previous_waiting;
  int wait; /* see wait.c */
};

/* From the server's free list, or new. */
struct ask_request *ask_request_take(struct ask_server *server);
void ask_request_give_back(struct ask_request *request);
/* For the end: frees what is on the list. */
void ask_requests_free(struct ask_server *server);

#endif
