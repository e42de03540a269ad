/* askonce assess --bulk: the progress bar, the signals, and what came of it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "service/bulk.h"

/* A signal handler can reach nothing else. */
static volatile sig_atomic_t stop_wanted;

static void on_signal(int number) {
  (void)number;
  stop_wanted = 1;
}

static void watch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal}; /* without SA_RESTART: a write that waits gives up */
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

static void duration(double seconds, char *ret_text, size_t size) {
  long long whole = (long long)(seconds + 0.5);
  if (whole < 60)
    snprintf(ret_text, size, "%lld s", whole);
  else if (whole < 3600)
    snprintf(ret_text, size, "%lld min %02lld s", whole / 60, whole % 60);
  else
    snprintf(ret_text, size, "%lld h %02lld min", whole / 3600, whole / 60 % 60);
}

/* 12,345,678 */
static void grouped(int64_t number, char ret_text[32]) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%lld", (long long)number), at = 0;
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0) ret_text[at++] = ',';
    ret_text[at++] = digits[i];
  }
  ret_text[at] = 0;
}

static void draw(void *context, const struct ask_bulk_progress *progress) {
  enum { WIDTH = 24 };
  (void)context;
  char lines[32], rate[32], left[32] = "";
  double done = (double)(progress->bytes - progress->bytes_before), share = 0;
  grouped(progress->lines, lines);
  grouped(progress->seconds > 0 ? (int64_t)((double)progress->lines / progress->seconds) : 0, rate);
  if (progress->bytes_total > 0) {
    share = (double)progress->bytes / (double)progress->bytes_total;
    if (done > 0 && progress->seconds > 0.5)
      duration((double)(progress->bytes_total - progress->bytes) * progress->seconds / done, left, sizeof left);
    char bar[WIDTH + 1];
    for (int i = 0; i < WIDTH; i++) bar[i] = i < (int)(share * WIDTH + 0.5) ? '#' : '.';
    bar[WIDTH] = 0;
    fprintf(stderr, "\r[%s] %3d%%  %s households, %s/s%s%s \033[K", bar, (int)(share * 100), lines, rate,
            *left ? ", left: " : "", left);
  } else {
    fprintf(stderr, "\r%s households, %s/s \033[K", lines, rate);
  }
}

static void summarise(const struct ask_bulk_summary *summary, bool good) {
  char lines[32], rate[32], rejected[32], time[32], before[32];
  grouped(summary->progress.lines, lines);
  grouped(summary->progress.rejected, rejected);
  grouped(summary->lines_before, before);
  grouped(summary->progress.seconds > 0 ? (int64_t)((double)summary->progress.lines / summary->progress.seconds) : 0,
          rate);
  duration(summary->progress.seconds, time, sizeof time);
  fprintf(stderr, "%s line%s in %s (%s/s)", lines, summary->progress.lines == 1 ? "" : "s", time, rate);
  if (summary->lines_before) fprintf(stderr, ", after %s done before", before);
  if (summary->progress.rejected) fprintf(stderr, ", %s rejected", rejected);
  if (summary->rejects) fprintf(stderr, ": see %s", summary->rejects);
  fputc('\n', stderr);
  if (summary->stopped)
    fputs(summary->resumable ? "Stopped. Give the same command again to go on from there.\n"
                             : "Stopped. This run cannot be taken up again: its input or output is not a plain file.\n",
          stderr);
  else if (!good && summary->resumable)
    fputs("What was written before is safe.\n", stderr);
}

static bool read_jobs(const char *text, int *ret) {
  char *end;
  long jobs = strtol(text, &end, 10);
  if (*end || end == text || jobs < 1 || jobs > ASK_BULK_MOST_JOBS) return false;
  *ret = (int)jobs;
  return true;
}

int ask_run_bulk(const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  struct ask_bulk_options options = {.in = flags[ASK_FLAG_BULK],
                                     .out = flags[ASK_FLAG_OUT],
                                     .rejects = flags[ASK_FLAG_REJECTS],
                                     .force = flags[ASK_FLAG_FORCE] != NULL,
                                     .stop = &stop_wanted};
  const char *as_of = flags[ASK_FLAG_AS_OF];
  if (arguments->word_count) {
    ask_usage_error("with --bulk the input is named by --bulk alone; what is '%s'?", arguments->words[0]);
    return ASK_EXIT_BAD;
  }
  if (!options.out) {
    ask_usage_error("--bulk needs --out OUT: where the results go");
    return ASK_EXIT_BAD;
  }
  if (flags[ASK_FLAG_JOBS] && !read_jobs(flags[ASK_FLAG_JOBS], &options.jobs)) {
    ask_usage_error("--jobs takes a number from 1 to %d, not '%s'", ASK_BULK_MOST_JOBS, flags[ASK_FLAG_JOBS]);
    return ASK_EXIT_BAD;
  }
  options.as_of = ask_today();
  options.as_of_wins = as_of != NULL;
  if (as_of && !ask_date_read(as_of, strlen(as_of), &options.as_of)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
    return ASK_EXIT_BAD;
  }
  struct ask_session session = {.detail = ASK_DETAIL_REASONS};
  int code = ask_session_open(&session, arguments);
  if (code == ASK_EXIT_OK) {
    struct ask_bulk_summary summary;
    bool terminal = isatty(STDERR_FILENO);
    options.rules = session.rules;
    options.choice = session.choice;
    options.detail = session.detail;
    if (terminal) options.progress = draw;
    if (strcmp(options.in, "-") == 0 && terminal)
      fputs("Reading standard input: this run cannot be taken up again if it is stopped.\n", stderr);
    watch_signals();
    bool good = ask_bulk_run(&options, &summary, &session.problems);
    if (terminal && (good || summary.progress.lines)) fputs("\r\033[K", stderr);
    if (good || summary.progress.lines) summarise(&summary, good);
    if (!good) ask_show_problems(session.problems.list, session.problems.count, session.problems.errors, NULL);
    code = !good || summary.stopped                       ? ASK_EXIT_BAD
           : summary.rejects || summary.progress.rejected ? ASK_EXIT_FINDINGS
                                                          : ASK_EXIT_OK;
  }
  ask_session_close(&session);
  return code;
}
