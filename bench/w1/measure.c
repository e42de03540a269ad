/* The clock, the rounds and the one line that they print. */
#include "measure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { LONGEST_MEASUREMENT = 100 }; /* rounds */
static const double ROUND_SECONDS = 0.5;

/* Zeros after the text let a scanner look a few bytes ahead. */
enum { PADDING = 64 };

static char *read_whole(FILE *file, size_t *ret_size) {
  size_t size = 0, capacity = 1 << 20;
  char *text = malloc(capacity + PADDING);
  while (text) {
    size_t got = fread(text + size, 1, capacity - size, file);
    size += got;
    if (got == 0) break;
    if (size == capacity) {
      capacity *= 2;
      char *larger = realloc(text, capacity + PADDING);
      if (!larger) free(text);
      text = larger;
    }
  }
  if (text) memset(text + size, 0, PADDING);
  *ret_size = size;
  return text;
}

bool lines_load(const char *path, struct lines *ret_lines) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return false;
  }
  struct lines lines = {0};
  size_t size = 0;
  lines.text = read_whole(file, &size);
  bool broken = ferror(file) != 0;
  fclose(file);
  if (!lines.text || broken) {
    fprintf(stderr, "%s: cannot be read\n", path);
    free(lines.text);
    return false;
  }
  size_t newlines = 0;
  for (size_t i = 0; i < size; i++) newlines += lines.text[i] == '\n';
  lines.line = malloc((newlines + 1) * sizeof *lines.line);
  lines.length = malloc((newlines + 1) * sizeof *lines.length);
  if (!lines.line || !lines.length) {
    fprintf(stderr, "%s: not enough memory for %zu lines\n", path, newlines);
    lines_free(&lines);
    return false;
  }
  for (char *start = lines.text, *end = lines.text + size; start < end;) {
    char *stop = memchr(start, '\n', (size_t)(end - start));
    if (!stop) stop = end;
    *stop = '\0';
    lines.line[lines.count] = start;
    lines.length[lines.count++] = (size_t)(stop - start);
    start = stop + 1;
  }
  if (lines.count == 0) {
    fprintf(stderr, "%s: holds no line\n", path);
    lines_free(&lines);
    return false;
  }
  *ret_lines = lines;
  return true;
}

void lines_free(struct lines *lines) {
  free(lines->text);
  free(lines->line);
  free(lines->length);
  *lines = (struct lines){0};
}

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double cpu_seconds(void) { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

double wall_seconds(void) { return seconds(CLOCK_MONOTONIC); }

static void print_list(const char *name, const double *values, int count) {
  printf(",\"%s\":[", name);
  for (int i = 0; i < count; i++) printf("%s%.4f", i ? "," : "", values[i]);
  printf("]");
}

void measure_rounds(const char *peer, const char *mode, size_t n, int rounds, measure_pass pass, void *context) {
  double cpu[LONGEST_MEASUREMENT], wall[LONGEST_MEASUREMENT];
  if (rounds > LONGEST_MEASUREMENT) rounds = LONGEST_MEASUREMENT;
  long checksum = pass(context);
  for (int round = 0; round < rounds; round++) {
    double cpu0 = cpu_seconds(), wall0 = wall_seconds(), used = 0;
    double households = 0;
    do {
      if (pass(context) != checksum) fprintf(stderr, "%s: two passes gave different results\n", peer);
      households += (double)n;
      used = cpu_seconds() - cpu0;
    } while (used < ROUND_SECONDS);
    cpu[round] = used / households * 1e6;
    wall[round] = (wall_seconds() - wall0) / households * 1e6;
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("{\"peer\":\"%s\",\"mode\":\"%s\",\"n\":%zu", peer, mode, n);
  print_list("us_per_household", cpu, rounds);
  print_list("wall_us_per_household", wall, rounds);
  printf(",\"rss_mb\":%.1f,\"checksum\":%ld}\n", (double)usage.ru_maxrss / 1024, checksum);
}
