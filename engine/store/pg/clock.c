/* The monotonic clock, and pauses between tries. */
#include <time.h>

#include "store/pg/pg.h"

int64_t ask_pg_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* xorshift: sessions that collided must not wake up together; nothing depends on its quality. */
static uint64_t next_random(struct ask_pg_session *session) {
  uint64_t x = session->random;
  if (!x) x = (uint64_t)(uintptr_t)session ^ (uint64_t)ask_pg_now() << 20 ^ 0x9e3779b97f4a7c15u;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return session->random = x;
}

void ask_pg_pause(struct ask_pg_session *session, int64_t microseconds) {
  int64_t left = session->deadline - ask_pg_now();
  int64_t pause = microseconds / 2 + (int64_t)(next_random(session) % (uint64_t)(microseconds + 1));
  if (pause > left) pause = left;
  if (pause <= 0) return;
  struct timespec time = {.tv_sec = pause / 1000000, .tv_nsec = pause % 1000000 * 1000};
  nanosleep(&time, NULL);
}
