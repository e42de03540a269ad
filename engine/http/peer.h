/* Connections: who is at the other end, since when a request is coming in, and the clock that cuts off what is too slow.
 * libmicrohttpd's own timeout counts from the last byte, so that a byte a second would keep a connection for ever. */
#ifndef ASK_HTTP_PEER_H
#define ASK_HTTP_PEER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/metrics.h"
#include "http/tally.h"

struct MHD_Connection;
struct ask_request;

/* Only the thread that serves the connection moves it on; only the clock moves it to ASK_PEER_CUT, from a phase in which
 * that thread waits for bytes. Whoever finds it cut says nothing more to the client. */
enum ask_phase {
  ASK_PEER_QUIET, /* between requests */
  ASK_PEER_HEAD,  /* the request line is there */
  ASK_PEER_BODY,  /* the headers are there */
  ASK_PEER_WORK,  /* all of it is there */
  ASK_PEER_REPLY, /* the reply is on its way */
  ASK_PEER_CUT,
};

struct ask_peer {
  struct ask_peer *next, *previous;
  int socket;
  unsigned shelf;
  unsigned char address[16]; /* IPv6, or IPv4 mapped into it */
  _Atomic int phase;
  _Atomic int64_t since; /* when the phase began, in ticks; of ASK_PEER_BODY: when the request began */
  /* the serving thread's: */
  struct ask_request *request; /* between its first line and its end; NULL */
  bool abandoned;              /* its request belongs to somebody else now and is not to be touched */
  bool linger;                 /* it is closed so that the client can read the last reply */
  bool inexact;                /* it is not known how many bytes were consumed (chunks) */
  uint64_t consumed;           /* bytes of the requests that came in so far */
  /* the clock's */
  int64_t seen;    /* `since` as the clock last saw it: another quiet time when it differs */
  int64_t began;   /* when the clock saw bytes of a request whose first line is not whole; 0: none */
  char cut_id[40]; /* request id of the 408 that the clock sent; "" none */
};

struct ask_peers;
struct ask_peers_options {
  int64_t request_microseconds; /* from the first byte of a request to its last */
  int64_t reply_microseconds;   /* for taking in a reply */
  int64_t linger_bytes;         /* most that is read and thrown away after a last reply */
  bool tls;                     /* nothing can be said to a client whose time is up */
  struct ask_metrics *metrics;
  struct ask_tally *tally;   /* which the connection leaves when it is closed */
  int64_t park_microseconds; /* a connection that was quiet for so long when it is closed is parked; 0: none is */
  /* A descriptor of a connection that goes on, all of whose bytes (so many) are read. False: it was not taken. */
  bool (*park)(void *context, int socket, uint64_t consumed);
  void *context;
};
/* Starts the clock's thread. NULL when that is not possible. */
struct ask_peers *ask_peers_start(const struct ask_peers_options *options);
/* All connections closed before. NULL is fine. Returns NULL. */
struct ask_peers *ask_peers_stop(struct ask_peers *peers);

/* The connection on this socket is not new: so many bytes were read from it before. */
void ask_peers_expect(struct ask_peers *peers, int socket, uint64_t consumed);
struct ask_peer *ask_peer_open(struct ask_peers *peers, int socket, const struct sockaddr *address);
/* Just before libmicrohttpd closes the socket. Frees the peer. When libmicrohttpd closes it only because it was quiet, the
 * connection itself goes on, parked at the door under another descriptor. */
void ask_peer_close(struct ask_peers *peers, struct ask_peer *peer);
size_t ask_peers_count(struct ask_peers *peers);
/* Before a socket is closed to which something was said: what its client still sends is read and thrown away for a while (from
 * a second descriptor), or else it would never read what was said. */
void ask_peers_linger(struct ask_peers *peers, int socket);

/* False: the clock was faster, the connection is cut. Not for leaving ASK_PEER_CUT. */
bool ask_peer_move(struct ask_peer *peer, enum ask_phase phase, int64_t since);

/* A whole reply by hand, for when libmicrohttpd takes none (in the middle of a head or body). Not with TLS. */
void ask_peer_say(int socket, const char *reply, size_t length);

#endif
