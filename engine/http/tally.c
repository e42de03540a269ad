/* A chained hash table; an address is in it as long as it has a connection, so there are never more than connections. */
#include "http/tally.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { ROWS = 1024 };

struct entry {
  struct entry *next;
  unsigned char address[16];
  size_t count;
};

struct ask_tally {
  size_t most;
  pthread_mutex_t lock;
  struct entry *rows[ROWS];
};

void ask_address_read(const struct sockaddr *address, unsigned char ret[16]) {
  memset(ret, 0, 16);
  if (address && address->sa_family == AF_INET6) {
    memcpy(ret, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
  } else if (address && address->sa_family == AF_INET) {
    ret[10] = ret[11] = 0xff;
    memcpy(ret + 12, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
  }
}

struct ask_tally *ask_tally_new(size_t most) {
  struct ask_tally *tally = calloc(1, sizeof *tally);
  if (!tally) abort();
  tally->most = most;
  pthread_mutex_init(&tally->lock, NULL);
  return tally;
}

struct ask_tally *ask_tally_free(struct ask_tally *tally) {
  if (!tally) return NULL;
  for (size_t i = 0; i < ROWS; i++)
    for (struct entry *entry = tally->rows[i], *next; entry; entry = next) {
      next = entry->next;
      free(entry);
    }
  pthread_mutex_destroy(&tally->lock);
  free(tally);
  return NULL;
}

/* The link that leads to the entry, or to where it would be. */
static struct entry **find(struct ask_tally *tally, const unsigned char address[16]) {
  uint64_t hash = 0;
  for (int i = 0; i < 16; i++) hash = (hash ^ address[i]) * 0x100000001b3u;
  struct entry **link = &tally->rows[(hash ^ (hash >> 32)) % ROWS];
  while (*link && memcmp((*link)->address, address, 16) != 0) link = &(*link)->next;
  return link;
}

bool ask_tally_enter(struct ask_tally *tally, const unsigned char address[16]) {
  if (!tally->most) return true;
  pthread_mutex_lock(&tally->lock);
  struct entry **link = find(tally, address);
  if (!*link) {
    *link = calloc(1, sizeof **link);
    if (!*link) abort();
    memcpy((*link)->address, address, 16);
  }
  bool may = (*link)->count < tally->most;
  if (may) (*link)->count++;
  pthread_mutex_unlock(&tally->lock);
  return may;
}

void ask_tally_leave(struct ask_tally *tally, const unsigned char address[16]) {
  if (!tally->most) return;
  pthread_mutex_lock(&tally->lock);
  struct entry **link = find(tally, address), *entry = *link;
  if (entry && --entry->count == 0) {
    *link = entry->next;
    free(entry);
  }
  pthread_mutex_unlock(&tally->lock);
}
