/* One thread and its own epoll. (It is libmicrohttpd's use of epoll that can fall asleep: docs/adr/0008-http.md.) Whoever waits
 * is on a list, the longest waiting first. */
#define _GNU_SOURCE 1 /* accept4 */
#include "http/door.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "http/clock.h"

enum { EVENTS = 256, AT_ONCE = 256, PAUSE = 50000 /* microseconds, when no socket is to be had */ };

struct guest {
  struct guest *next, *previous;
  int socket;
  socklen_t length;
  struct sockaddr_storage address;
  int64_t since;
  uint64_t consumed;
};

struct ask_door {
  struct ask_door_options options;
  int epoll, wake;
  pthread_t thread;
  struct guest *first, *last;
  atomic_size_t waiting;
  bool opened, listens; /* listens: the thread's */
  int64_t quiet_until;  /* when to accept again after the kernel had no room */
  atomic_bool shutting, stopping;
  pthread_mutex_t lock;
  pthread_cond_t is_shut;
  bool shut;
  struct guest *parked; /* on their way in; under the lock */
};

static void watch(struct ask_door *door, int file, void *what, int operation) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = what};
  epoll_ctl(door->epoll, operation, file, &event);
}

/* ---- guests ---- */

static void add_guest(struct ask_door *door, const struct guest *found) {
  struct guest *guest = malloc(sizeof *guest);
  if (!guest) abort();
  *guest = *found;
  guest->next = NULL;
  guest->previous = door->last;
  *(door->last ? &door->last->next : &door->first) = guest;
  door->last = guest;
  atomic_fetch_add_explicit(&door->waiting, 1, memory_order_relaxed);
  watch(door, guest->socket, guest, EPOLL_CTL_ADD);
}

static void remove_guest(struct ask_door *door, struct guest *guest) {
  *(guest->previous ? &guest->previous->next : &door->first) = guest->next;
  *(guest->next ? &guest->next->previous : &door->last) = guest->previous;
  atomic_fetch_sub_explicit(&door->waiting, 1, memory_order_relaxed);
  free(guest);
}

static void send_away(struct ask_door *door, struct guest *guest) {
  unsigned char address[16];
  ask_address_read((const struct sockaddr *)&guest->address, address);
  ask_tally_leave(door->options.tally, address);
  /* closing it alone does not end the watch: a parked socket may still be open under the number it had before */
  epoll_ctl(door->epoll, EPOLL_CTL_DEL, guest->socket, NULL);
  close(guest->socket);
  remove_guest(door, guest);
}

/* Something came from it: a byte, or its end. */
static void let_in(struct ask_door *door, struct guest *guest) {
  char byte;
  ssize_t length = recv(guest->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) {
    send_away(door, guest);
    return;
  }
  epoll_ctl(door->epoll, EPOLL_CTL_DEL, guest->socket, NULL);
  struct guest entering = *guest;
  remove_guest(door, guest);
  door->options.enter(door->options.context, entering.socket, (const struct sockaddr *)&entering.address,
                      entering.length, entering.consumed);
}

/* ---- new ones ---- */

static void take(struct ask_door *door, struct guest *found) {
  const struct ask_door_options *options = &door->options;
  unsigned char address[16];
  ask_address_read((const struct sockaddr *)&found->address, address);
  if (!options->is_room(options->context, ask_door_waiting(door)))
    options->refuse(options->context, found->socket, ASK_DOOR_FULL);
  else if (!ask_tally_enter(options->tally, address))
    options->refuse(options->context, found->socket, ASK_DOOR_ADDRESS_FULL);
  else
    add_guest(door, found);
}

/* False: nobody else waits in the kernel. */
static bool accept_one(struct ask_door *door) {
  struct guest found = {.length = sizeof found.address, .since = ask_ticks()};
  found.socket =
      accept4(door->options.listener, (struct sockaddr *)&found.address, &found.length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (found.socket >= 0) {
    take(door, &found);
    return true;
  }
  if (errno == EAGAIN || errno == EINVAL || errno == EBADF) return false;
  if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return true; /* it went away again */
  door->options.complain(door->options.context, strerror(errno));
  door->quiet_until = ask_ticks() + PAUSE;
  return false;
}

static void stop_listening(struct ask_door *door) {
  while (accept_one(door)) {}
  epoll_ctl(door->epoll, EPOLL_CTL_DEL, door->options.listener, NULL);
  close(door->options.listener);
  door->listens = false;
  pthread_mutex_lock(&door->lock);
  door->shut = true;
  pthread_cond_signal(&door->is_shut);
  pthread_mutex_unlock(&door->lock);
}

/* ---- those that come back ---- */

bool ask_door_park(struct ask_door *door, int socket, uint64_t consumed) {
  struct guest *guest = calloc(1, sizeof *guest);
  if (!guest) abort();
  guest->socket = socket;
  guest->since = ask_ticks();
  guest->consumed = consumed;
  guest->length = sizeof guest->address;
  bool may = getpeername(socket, (struct sockaddr *)&guest->address, &guest->length) == 0;
  pthread_mutex_lock(&door->lock);
  may = may && !atomic_load(&door->stopping);
  if (may) {
    guest->next = door->parked;
    door->parked = guest;
    atomic_fetch_add_explicit(&door->waiting, 1, memory_order_relaxed);
  }
  pthread_mutex_unlock(&door->lock);
  if (may)
    eventfd_write(door->wake, 1);
  else
    free(guest);
  return may;
}

static void seat_parked(struct ask_door *door) {
  pthread_mutex_lock(&door->lock);
  struct guest *parked = door->parked;
  door->parked = NULL;
  pthread_mutex_unlock(&door->lock);
  for (struct guest *next; parked; parked = next) {
    next = parked->next;
    atomic_fetch_sub_explicit(&door->waiting, 1, memory_order_relaxed);
    add_guest(door, parked);
    free(parked);
  }
}

/* ---- its thread ---- */

/* Until the next guest's time is up, in milliseconds. */
static int pause_of(struct ask_door *door) {
  int64_t now = ask_ticks(), until = now + 1000000;
  if (door->first && door->first->since + door->options.idle_microseconds < until)
    until = door->first->since + door->options.idle_microseconds;
  if (door->quiet_until > now && door->quiet_until < until) until = door->quiet_until;
  return until <= now ? 0 : (int)((until - now) / 1000) + 1;
}

static void *run(void *context) {
  struct ask_door *door = context;
  struct epoll_event events[EVENTS];
  bool resting = false; /* the kernel had no room: its queue is not looked at for a moment */
  while (!atomic_load(&door->stopping)) {
    int count = epoll_wait(door->epoll, events, EVENTS, pause_of(door));
    for (int i = 0; i < count; i++) {
      if (events[i].data.ptr == door) {
        for (int j = 0; j < AT_ONCE && accept_one(door); j++) {}
      } else if (events[i].data.ptr) {
        let_in(door, events[i].data.ptr);
      } else {
        eventfd_t ignored;
        eventfd_read(door->wake, &ignored);
        seat_parked(door);
      }
    }
    int64_t now = ask_ticks();
    while (door->first && now - door->first->since > door->options.idle_microseconds) send_away(door, door->first);
    if (door->listens && resting != (door->quiet_until > now)) {
      resting = !resting;
      if (resting)
        epoll_ctl(door->epoll, EPOLL_CTL_DEL, door->options.listener, NULL);
      else
        watch(door, door->options.listener, door, EPOLL_CTL_ADD);
    }
    if (door->listens && atomic_load(&door->shutting)) stop_listening(door);
  }
  seat_parked(door);
  while (door->first) send_away(door, door->first);
  return NULL;
}

struct ask_door *ask_door_new(const struct ask_door_options *options) {
  struct ask_door *door = calloc(1, sizeof *door);
  if (!door) abort();
  door->options = *options;
  door->epoll = epoll_create1(EPOLL_CLOEXEC);
  door->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  pthread_mutex_init(&door->lock, NULL);
  pthread_cond_init(&door->is_shut, NULL);
  return door;
}

bool ask_door_open(struct ask_door *door) {
  if (door->epoll < 0 || door->wake < 0) return false;
  watch(door, door->options.listener, door, EPOLL_CTL_ADD);
  watch(door, door->wake, NULL, EPOLL_CTL_ADD);
  door->listens = true;
  door->opened = pthread_create(&door->thread, NULL, run, door) == 0;
  return door->opened;
}

void ask_door_shut(struct ask_door *door) {
  atomic_store(&door->shutting, true);
  eventfd_write(door->wake, 1);
  pthread_mutex_lock(&door->lock);
  while (!door->shut) pthread_cond_wait(&door->is_shut, &door->lock);
  pthread_mutex_unlock(&door->lock);
}

void ask_door_empty(struct ask_door *door) {
  if (!door || !door->opened) return;
  ask_door_shut(door);
  pthread_mutex_lock(&door->lock);
  atomic_store(&door->stopping, true);
  pthread_mutex_unlock(&door->lock);
  eventfd_write(door->wake, 1);
  pthread_join(door->thread, NULL);
}

struct ask_door *ask_door_close(struct ask_door *door) {
  if (!door) return NULL;
  if (door->epoll >= 0) close(door->epoll);
  if (door->wake >= 0) close(door->wake);
  pthread_cond_destroy(&door->is_shut);
  pthread_mutex_destroy(&door->lock);
  free(door);
  return NULL;
}

size_t ask_door_waiting(struct ask_door *door) { return atomic_load_explicit(&door->waiting, memory_order_relaxed); }
