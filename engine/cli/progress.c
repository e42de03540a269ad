/* A progress bar on standard error. */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 24, PAUSE = 100 /* milliseconds */ };

struct ask_progress ask_progress_new(const char *of) {
  return (struct ask_progress){.of = of, .shown = isatty(STDERR_FILENO) == 1};
}

const char *ask_grouped(int64_t number, char ret_text[ASK_GROUPED]) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%lld", (long long)number), at = 0;
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0 && digits[i - 1] != '-') ret_text[at++] = ',';
    ret_text[at++] = digits[i];
  }
  ret_text[at] = '\0';
  return ret_text;
}

const char *ask_counted(int64_t number, const char *one, const char *many, char ret_text[ASK_COUNTED]) {
  char digits[ASK_GROUPED];
  snprintf(ret_text, ASK_COUNTED, "%s %s", ask_grouped(number, digits), number == 1 ? one : many);
  return ret_text;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void ask_progress_draw(void *context, int64_t done, int64_t total) {
  struct ask_progress *progress = context;
  char some[ASK_GROUPED], all[ASK_GROUPED], bar[WIDTH + 1];
  if (!progress->shown) return;
  int64_t at = now();
  if (progress->drawn && at - progress->drawn < PAUSE && done != total) return;
  progress->drawn = at;
  if (total <= 0) {
    fprintf(stderr, "\r%s %s \033[K", ask_grouped(done, some), progress->of);
    return;
  }
  double share = done < total ? (double)done / (double)total : 1;
  for (int i = 0; i < WIDTH; i++) bar[i] = i < (int)(share * WIDTH + 0.5) ? '#' : '.';
  bar[WIDTH] = '\0';
  fprintf(stderr, "\r[%s] %3d%%  %s of %s %s \033[K", bar, (int)(share * 100), ask_grouped(done, some),
          ask_grouped(total, all), progress->of);
}

void ask_progress_end(struct ask_progress *progress) {
  if (progress->drawn) fputs("\r\033[K", stderr);
  progress->drawn = 0;
}
