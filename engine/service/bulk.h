/* Any number of households in bounded memory: JSON lines in, JSON lines out in the same order, bad lines to a file
 * of rejects. What was written stays: a run that was stopped, killed or ran out of disk is taken up again by the
 * same command. */
#ifndef ASK_SERVICE_BULK_H
#define ASK_SERVICE_BULK_H

#include <signal.h>

#include "service/assess.h"

enum { ASK_BULK_LINE_LIMIT = 1024 * 1024, ASK_BULK_MOST_JOBS = 64 };

struct ask_bulk_progress {
  int64_t lines, rejected;    /* of this run */
  int64_t bytes, bytes_total; /* of the input; total 0: not known */
  int64_t bytes_before;       /* done by earlier runs */
  double seconds;             /* of this run */
};

struct ask_bulk_options {
  const struct ask_rules *rules;
  const char *in;       /* path, or "-" for standard input */
  const char *out;      /* path, or "-" for standard output */
  const char *rejects;  /* path; NULL: <out>.rejects.jsonl, or standard error where out is not a plain file */
  struct ask_choice choice;
  enum ask_detail detail;
  int64_t as_of; /* as in struct ask_desk_source */
  bool as_of_wins;
  int jobs;                          /* threads; 0: as many as there are processors */
  bool force;                        /* write over what is there */
  const volatile sig_atomic_t *stop; /* not 0: stop soon; NULL: never */
  void (*progress)(void *context, const struct ask_bulk_progress *progress); /* a few times a second; NULL: none */
  void *context;
};

struct ask_bulk_summary {
  struct ask_bulk_progress progress;
  int64_t lines_before; /* done by earlier runs that this one took up */
  const char *rejects;  /* where bad lines are; NULL: there were none */
  bool resumable;       /* stopped or failed: the same command goes on from there */
  bool stopped;
};

/* False after adding problems. ret is set in any case; its strings live in problems->arena. */
bool ask_bulk_run(const struct ask_bulk_options *options, struct ask_bulk_summary *ret, struct ask_problems *problems);

#endif
