/* The two clocks of the server: one that only moves forward, for durations, and the day's. Not for anything that is
 * kept: moments that are kept come from the service. */
#ifndef ASK_HTTP_CLOCK_H
#define ASK_HTTP_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Microseconds since some moment before the start. */
static inline int64_t ask_ticks(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
/* Milliseconds since 1970. */
static inline int64_t ask_wall(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
