/*
 * What W1 says of one household, and its two texts: the canonical line of the identity check and a JSON reply.
 * Not here: how a result is found (peer_c.c, w1.lua).
 */
#ifndef BENCH_RESULT_H
#define BENCH_RESULT_H

#include <stddef.h>

enum w1_program { W1_SNAP, W1_APS, W1_HCSP, W1_PROGRAMS };
enum w1_status { W1_ELIGIBLE, W1_INELIGIBLE, W1_UNKNOWN };
enum { W1_MAX_REASONS = 16, W1_RESULT_BYTES = 4096 };

struct w1_determination {
  enum w1_status status;
  int score;
  int reason_count;
  const char *reasons[W1_MAX_REASONS]; /* borrowed; one of them may be `benefit` below */
  char benefit[32];                    /* "snap.benefit=<N>" */
};

struct w1_result {
  struct w1_determination program[W1_PROGRAMS];
};

/* Both write at most W1_RESULT_BYTES, without a NUL, and return the number of bytes. */
size_t w1_canonical(const struct w1_result *result, char *ret_text);
size_t w1_json(const struct w1_result *result, char *ret_text);

/* Scores and numbers of reasons, added up: the same for the same results in every language. */
long w1_checksum(const struct w1_result *result);

#endif
