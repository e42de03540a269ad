/* A progress bar on standard error, where that is a terminal; elsewhere nothing. */
#ifndef ASK_CLI_PROGRESS_H
#define ASK_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct ask_progress {
  const char *of; /* what is counted: "rows", "pages" */
  bool shown;     /* standard error is a terminal */
  int64_t drawn;  /* milliseconds: when it was drawn last; 0: not yet */
};
struct ask_progress ask_progress_new(const char *of);
/* total 0: not known. Draws some times a second at most. `progress` is a struct ask_progress *. */
void ask_progress_draw(void *progress, int64_t done, int64_t total);
/* Takes the bar away, so that a line can be written there. */
void ask_progress_end(struct ask_progress *progress);

/* 12,345,678 */
enum { ASK_GROUPED = 32 };
const char *ask_grouped(int64_t number, char ret_text[ASK_GROUPED]);
/* "1 key", "1,234 keys" */
enum { ASK_COUNTED = 64 };
const char *ask_counted(int64_t number, const char *one, const char *many, char ret_text[ASK_COUNTED]);

#endif
