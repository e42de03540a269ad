/* Peers lie on shelves, each with a lock of its own: taken when a connection comes and goes, and by the clock. The socket of
 * a peer on a shelf is open, so whoever holds the lock may use it. */
#define _GNU_SOURCE 1 /* poll, TCP_INFO */
#include "http/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/uuid.h"
#include "http/clock.h"
#include "http/problem.h"

enum {
  SHELVES = 32,
  LINGERING = 128,
  SECOND = 1000000,
  LINGER = 2 * SECOND,
  TICK = SECOND / 2,
  SLACK = SECOND / 10 /* the kernel counts in ticks of its own */
};

struct shelf {
  pthread_mutex_t lock;
  struct ask_peer *first;
};

/* A socket whose connection was closed while the client was still sending: closing it at once would make the kernel throw
 * away the reply (RST). What still comes is read and thrown away, for a while. */
struct lingering {
  int socket;
  int64_t until, bytes;
};

/* A connection that comes back from the door. */
struct expected {
  struct expected *next;
  int socket;
  uint64_t consumed;
};

struct ask_peers {
  struct ask_peers_options options;
  struct shelf shelves[SHELVES];
  atomic_size_t count;
  atomic_uint next_shelf;
  int wake; /* eventfd */
  atomic_bool stopping;
  pthread_t thread;
  pthread_mutex_t expected_lock;
  struct expected *expected;
  pthread_mutex_t linger_lock;
  struct lingering lingering[LINGERING];
  size_t lingering_count;
};

/* ---- coming and going ---- */

void ask_peers_expect(struct ask_peers *peers, int socket, uint64_t consumed) {
  struct expected *expected = malloc(sizeof *expected);
  if (!expected) abort();
  pthread_mutex_lock(&peers->expected_lock);
  *expected = (struct expected){peers->expected, socket, consumed};
  peers->expected = expected;
  pthread_mutex_unlock(&peers->expected_lock);
}

/* 0: a new connection. */
static uint64_t consumed_before(struct ask_peers *peers, int socket) {
  uint64_t consumed = 0;
  pthread_mutex_lock(&peers->expected_lock);
  for (struct expected **link = &peers->expected, *expected; (expected = *link); link = &expected->next) {
    if (expected->socket != socket) continue;
    consumed = expected->consumed;
    *link = expected->next;
    free(expected);
    break;
  }
  pthread_mutex_unlock(&peers->expected_lock);
  return consumed;
}

struct ask_peer *ask_peer_open(struct ask_peers *peers, int socket, const struct sockaddr *address) {
  struct ask_peer *peer = calloc(1, sizeof *peer);
  if (!peer) abort();
  peer->socket = socket;
  peer->shelf = atomic_fetch_add_explicit(&peers->next_shelf, 1, memory_order_relaxed) % SHELVES;
  ask_address_read(address, peer->address);
  peer->consumed = consumed_before(peers, socket);
  atomic_init(&peer->phase, ASK_PEER_QUIET);
  atomic_init(&peer->since, ask_ticks());
  struct shelf *shelf = &peers->shelves[peer->shelf];
  pthread_mutex_lock(&shelf->lock);
  peer->next = shelf->first;
  if (peer->next) peer->next->previous = peer;
  shelf->first = peer;
  pthread_mutex_unlock(&shelf->lock);
  atomic_fetch_add_explicit(&peers->count, 1, memory_order_relaxed);
  return peer;
}

void ask_peers_linger(struct ask_peers *peers, int socket) {
  int kept = fcntl(socket, F_DUPFD_CLOEXEC, 3);
  if (kept < 0) return;
  pthread_mutex_lock(&peers->linger_lock);
  bool room = peers->lingering_count < LINGERING && !atomic_load(&peers->stopping);
  if (room)
    peers->lingering[peers->lingering_count++] =
        (struct lingering){kept, ask_ticks() + LINGER, peers->options.linger_bytes};
  pthread_mutex_unlock(&peers->linger_lock);
  if (room)
    eventfd_write(peers->wake, 1);
  else
    close(kept);
}

static bool tcp_state(int socket, struct tcp_info *ret) {
  socklen_t length = sizeof *ret;
  return getsockopt(socket, IPPROTO_TCP, TCP_INFO, ret, &length) == 0 &&
         length >= offsetof(struct tcp_info, tcpi_bytes_received) + sizeof ret->tcpi_bytes_received;
}

/* Bytes that were read from it, by whom ever. */
static bool bytes_read(int socket, uint64_t *ret) {
  struct tcp_info info;
  int before, after = 0;
  if (ioctl(socket, FIONREAD, &before) != 0) return false;
  for (int tries = 0; tries < 4; tries++, before = after) {
    if (!tcp_state(socket, &info) || ioctl(socket, FIONREAD, &after) != 0) return false;
    if (before != after) continue; /* something came in between */
    *ret = (uint64_t)info.tcpi_bytes_received - (uint64_t)(unsigned)after;
    return true;
  }
  return false;
}

/* Closed for its silence alone, between two requests, and not a byte of the next one was read: only then does nobody notice
 * that it is served by another descriptor. */
static bool can_be_parked(const struct ask_peers *peers, struct ask_peer *peer) {
  uint64_t bytes;
  int64_t quiet = ask_ticks() - atomic_load(&peer->since);
  return peers->options.park_microseconds && !peer->inexact && !peer->linger && peer->consumed &&
         atomic_load(&peer->phase) == ASK_PEER_QUIET && quiet >= peers->options.park_microseconds - SLACK &&
         bytes_read(peer->socket, &bytes) && bytes == peer->consumed;
}

static bool park(struct ask_peers *peers, struct ask_peer *peer) {
  if (!can_be_parked(peers, peer)) return false;
  int kept = fcntl(peer->socket, F_DUPFD_CLOEXEC, 3);
  if (kept < 0) return false;
  if (peers->options.park(peers->options.context, kept, peer->consumed)) return true;
  close(kept);
  return false;
}

void ask_peer_close(struct ask_peers *peers, struct ask_peer *peer) {
  struct shelf *shelf = &peers->shelves[peer->shelf];
  pthread_mutex_lock(&shelf->lock);
  if (peer->next) peer->next->previous = peer->previous;
  *(peer->previous ? &peer->previous->next : &shelf->first) = peer->next;
  pthread_mutex_unlock(&shelf->lock);
  atomic_fetch_sub_explicit(&peers->count, 1, memory_order_relaxed);
  if (!park(peers, peer)) {
    if (peer->linger || peer->cut_id[0]) {
      shutdown(peer->socket, SHUT_WR);
      ask_peers_linger(peers, peer->socket);
    }
    ask_tally_leave(peers->options.tally, peer->address);
  }
  free(peer);
}

size_t ask_peers_count(struct ask_peers *peers) { return atomic_load_explicit(&peers->count, memory_order_relaxed); }

bool ask_peer_move(struct ask_peer *peer, enum ask_phase phase, int64_t since) {
  int now = atomic_load_explicit(&peer->phase, memory_order_acquire);
  if (now == ASK_PEER_CUT) return false;
  atomic_store_explicit(&peer->since, since, memory_order_relaxed);
  return atomic_compare_exchange_strong_explicit(&peer->phase, &now, (int)phase, memory_order_acq_rel,
                                                 memory_order_acquire);
}

void ask_peer_say(int socket, const char *reply, size_t length) {
  /* what does not fit the socket's buffer is lost: this client was slow or sends without end */
  ssize_t ignored = send(socket, reply, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  (void)ignored;
}

/* ---- the clock ---- */

/* When the kernel received the last byte on it, in ticks. */
static bool last_byte(int socket, int64_t now, int64_t *ret) {
  struct tcp_info info;
  if (!tcp_state(socket, &info)) return false;
  *ret = now - (int64_t)info.tcpi_last_data_recv * 1000;
  return true;
}

/* Its time is up. Closing is the serving thread's business: at the next byte, or when the socket is shut down. */
static void cut(struct ask_peers *peers, struct ask_peer *peer, int phase, int64_t now) {
  if (!atomic_compare_exchange_strong(&peer->phase, &phase, ASK_PEER_CUT)) return;
  atomic_store_explicit(&peer->since, now, memory_order_relaxed);
  ask_metrics_count(peers->options.metrics, ASK_COUNT_SLOW);
  if (phase == ASK_PEER_REPLY || peers->options.tls) {
    shutdown(peer->socket, SHUT_RDWR);
    return;
  }
  unsigned char noise[10];
  for (size_t i = 0; i < sizeof noise; i++) noise[i] = (unsigned char)((uint64_t)now >> (i * 5 % 48));
  struct ask_uuid id = ask_uuid_v7(ask_wall(), noise);
  ask_uuid_text(&id, peer->cut_id);
  char reply[ASK_LAST_WORDS];
  ask_peer_say(peer->socket, reply, ask_problem_last_words(reply, ASK_REFUSED_TIME, NULL, peer->cut_id));
}

/* Libmicrohttpd does not tell of a request line that comes in byte by byte; the kernel does. */
static void look_at_quiet(struct ask_peers *peers, struct ask_peer *peer, int64_t since, int64_t now) {
  int64_t last;
  if (peer->seen != since) {
    peer->seen = since;
    peer->began = 0;
  }
  if (!peer->began && last_byte(peer->socket, now, &last) && last > since + SLACK) peer->began = last;
  if (peer->began && now - peer->began > peers->options.request_microseconds) cut(peers, peer, ASK_PEER_QUIET, now);
}

static void look_at(struct ask_peers *peers, struct ask_peer *peer, int64_t now) {
  int phase = atomic_load_explicit(&peer->phase, memory_order_acquire);
  int64_t since = atomic_load_explicit(&peer->since, memory_order_acquire), age = now - since;
  switch (phase) {
  case ASK_PEER_QUIET: look_at_quiet(peers, peer, since, now); break;
  case ASK_PEER_HEAD:
  case ASK_PEER_BODY:
    if (age > peers->options.request_microseconds) cut(peers, peer, phase, now);
    break;
  case ASK_PEER_REPLY:
    if (age > peers->options.reply_microseconds) cut(peers, peer, phase, now);
    break;
  case ASK_PEER_CUT:
    if (age > SECOND) shutdown(peer->socket, SHUT_RDWR);
    break;
  default: break;
  }
}

static void look_round(struct ask_peers *peers) {
  for (int i = 0; i < SHELVES; i++) {
    struct shelf *shelf = &peers->shelves[i];
    pthread_mutex_lock(&shelf->lock);
    int64_t now = ask_ticks();
    for (struct ask_peer *peer = shelf->first; peer; peer = peer->next) look_at(peers, peer, now);
    pthread_mutex_unlock(&shelf->lock);
  }
}

/* False: done with it. */
static bool read_away(struct lingering *lingering, int64_t now) {
  char waste[65536];
  for (int i = 0; i < 16; i++) {
    ssize_t length = recv(lingering->socket, waste, sizeof waste, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) break;
    if (length <= 0) return false;
    lingering->bytes -= length;
  }
  return lingering->bytes > 0 && now < lingering->until;
}

static void read_all_away(struct ask_peers *peers, bool all) {
  pthread_mutex_lock(&peers->linger_lock);
  int64_t now = ask_ticks();
  for (size_t i = 0; i < peers->lingering_count;) {
    if (!all && read_away(&peers->lingering[i], now)) {
      i++;
    } else {
      close(peers->lingering[i].socket);
      peers->lingering[i] = peers->lingering[--peers->lingering_count];
    }
  }
  pthread_mutex_unlock(&peers->linger_lock);
}

static void *run_clock(void *context) {
  struct ask_peers *peers = context;
  int64_t next = ask_ticks() + TICK;
  while (!atomic_load(&peers->stopping)) {
    struct pollfd waits[1 + LINGERING] = {{.fd = peers->wake, .events = POLLIN}};
    nfds_t count = 1;
    pthread_mutex_lock(&peers->linger_lock);
    for (size_t i = 0; i < peers->lingering_count; i++)
      waits[count++] = (struct pollfd){.fd = peers->lingering[i].socket, .events = POLLIN};
    pthread_mutex_unlock(&peers->linger_lock);
    int64_t left = next - ask_ticks();
    if (left > 0) poll(waits, count, (int)(left / 1000) + 1);
    eventfd_t ignored;
    if (waits[0].revents) eventfd_read(peers->wake, &ignored);
    read_all_away(peers, false);
    if (ask_ticks() >= next) {
      look_round(peers);
      next = ask_ticks() + TICK;
    }
  }
  return NULL;
}

struct ask_peers *ask_peers_start(const struct ask_peers_options *options) {
  struct ask_peers *peers = calloc(1, sizeof *peers);
  if (!peers) abort();
  peers->options = *options;
  for (int i = 0; i < SHELVES; i++) pthread_mutex_init(&peers->shelves[i].lock, NULL);
  pthread_mutex_init(&peers->linger_lock, NULL);
  pthread_mutex_init(&peers->expected_lock, NULL);
  peers->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (peers->wake >= 0 && pthread_create(&peers->thread, NULL, run_clock, peers) == 0) return peers;
  if (peers->wake >= 0) close(peers->wake);
  free(peers);
  return NULL;
}

struct ask_peers *ask_peers_stop(struct ask_peers *peers) {
  if (!peers) return NULL;
  atomic_store(&peers->stopping, true);
  eventfd_write(peers->wake, 1);
  pthread_join(peers->thread, NULL);
  read_all_away(peers, true);
  close(peers->wake);
  for (int i = 0; i < SHELVES; i++) pthread_mutex_destroy(&peers->shelves[i].lock);
  pthread_mutex_destroy(&peers->linger_lock);
  pthread_mutex_destroy(&peers->expected_lock);
  for (struct expected *expected = peers->expected, *next; expected; expected = next) {
    next = expected->next;
    free(expected);
  }
  free(peers);
  return NULL;
}
