/*
 * Measuring: the input lines, the clock, the rounds and the one JSON line that every program of bench/ prints.
 * Not here: what is measured. measure.mjs and
 * peer_openfisca.py keep the same protocol in their languages.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

/* A file of JSON lines, whole in memory. Every line ends in NUL instead of its newline. Free with lines_free. */
struct lines {
  char *text;
  char **line;
  size_t *length; /* bytes, without the NUL */
  size_t count;
};

/* Reads `path`. On failure, or if it has no line, says why on standard error, returns false, leaves *ret_lines. */
bool lines_load(const char *path, struct lines *ret_lines);
void lines_free(struct lines *lines);

/* CPU seconds of this process, all threads, user and system: other work may share the machine. */
double cpu_seconds(void);
double wall_seconds(void);

/* Assesses every household once and returns a checksum of the results, so that no work can be optimised away. */
typedef long (*measure_pass)(void *context);

/*
 * One warm-up pass, then `rounds` rounds, each of as many whole passes as fill half a second of CPU. Prints
 * {"peer", "mode", "n", "us_per_household":[CPU microseconds, one a round], "wall_us_per_household":[...], "rss_mb",
 * "checksum"} on one line of standard output. `n` is the number of households in a pass.
 */
void measure_rounds(const char *peer, const char *mode, size_t n, int rounds, measure_pass pass, void *context);

#endif
