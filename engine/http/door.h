/* The door: takes connections from the kernel, and keeps those that say nothing, before their first request and between two.
 * Libmicrohttpd takes one connection a turn, and looks at each of them every turn: thousands that say nothing would cost
 * everybody. Here they cost nothing. It also keeps to the limits: connections in all, and of one address. */
#ifndef ASK_HTTP_DOOR_H
#define ASK_HTTP_DOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "http/tally.h"

enum ask_door_why { ASK_DOOR_FULL, ASK_DOOR_ADDRESS_FULL };

struct ask_door_options {
  int listener; /* the door's from ask_door_open on */
  struct ask_tally *tally;
  int64_t idle_microseconds; /* after which one that said nothing is closed */
  /* All on the door's thread. */
  bool (*is_room)(void *context, size_t waiting); /* for one more connection */
  /* Something came on it: it is yours. consumed: bytes that were read from it before it was parked here. */
  void (*enter)(void *context, int socket, const struct sockaddr *address, socklen_t length, uint64_t consumed);
  void (*refuse)(void *context, int socket, enum ask_door_why why); /* tell it, and close it */
  void (*complain)(void *context, const char *message);             /* no more file descriptors, or the like */
  void *context;
};
struct ask_door;
struct ask_door *ask_door_new(const struct ask_door_options *options);
/* From now on. False: there is no thread to be had. */
bool ask_door_open(struct ask_door *door);
/* A connection between two requests, from any thread: the socket is the door's. It is in the tally already. False: the door is
 * closing. */
bool ask_door_park(struct ask_door *door, int socket, uint64_t consumed);
/* No new connections, once those have come in that the kernel has already; those inside may still begin to speak. Waits until
 * that is so. */
void ask_door_shut(struct ask_door *door);
/* Sends away who is still there; nobody enters after it. NULL is fine. */
void ask_door_empty(struct ask_door *door);
/* Emptied before. NULL is fine. Returns NULL. */
struct ask_door *ask_door_close(struct ask_door *door);
/* How many have said nothing yet. */
size_t ask_door_waiting(struct ask_door *door);

#endif
