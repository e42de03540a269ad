/* Copying every row of one store into another, row by row: for moves between backends, for restoring into PostgreSQL,
 * for PostgreSQL's backup. SQLite's own backup copies pages instead. */
#ifndef ASK_STORE_COPY_H
#define ASK_STORE_COPY_H

#include "store/store.h"

/* Where rows come from: a session and the two operations that are needed of it, as in backend.h. */
struct ask_copy_source {
  void *session;
  enum ask_store_status (*walk)(void *session, const char *cursor, size_t limit, struct ask_arena *arena,
                                struct ask_store_row **ret, size_t *ret_count);
  enum ask_store_status (*count)(void *session, struct ask_store_counts *ret);
  const char *message; /* where the session says why */
};
/* A session of store.h as a source. */
struct ask_copy_source ask_copy_source_of(ask_store_session *session);

struct ask_copy_outcome {
  int64_t already;                  /* rows that were there, with equal bytes */
  int64_t brought;                  /* rows that were put in now and read back */
  bool taken_up;                    /* an earlier move from the same source had begun */
  struct ask_store_counts from, to; /* at the end */
};

/* Copies all rows into `to`. Every row is read back from there and compared, also the ones that an earlier run
 * brought: stopped or killed at any moment, the same call goes on where that one was. name: of the source, under
 * which `to` notes how far it is. Memory is bounded: some rows at a time. progress may be NULL. OK: every row of the
 * source is in `to`, equal; the counts of both are for the caller to compare (the source may have grown, the target
 * may hold more). CONFLICT: the message names the row that is there with other contents. */
enum ask_store_status ask_copy_rows(const struct ask_copy_source *from, ask_store_session *to, const char *name,
                                    void (*progress)(void *context, int64_t done, int64_t total), void *context,
                                    struct ask_copy_outcome *ret, char message[ASK_STORE_MESSAGE]);
bool ask_counts_equal(const struct ask_store_counts *a, const struct ask_store_counts *b);
/* How many rows a walk gives for these counts. */
int64_t ask_counts_rows(const struct ask_store_counts *counts);

/* A new SQLite file at path with all rows of the source, which has to hold still (one snapshot): checked, synced,
 * and under its name only when whole; nothing is written over. For backends whose backup is not a copy of their
 * files. Lives in sqlite/backup.c. */
enum ask_store_status ask_copy_to_file(const struct ask_copy_source *from, const char *path,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context,
                                       char message[ASK_STORE_MESSAGE]);

/* Gives the SQLite file `file`, whole and open nowhere, the name of the store at `path`. The store that is there is
 * kept as `kept` (a name that is free, in the same folder), with its log if it is too damaged to be closed; a
 * process killed in between leaves one of the two at path. BUSY: another process has the store open. Lives in
 * sqlite/replace.c. */
enum ask_store_status ask_copy_into_place(const char *file, const char *path, const char *kept,
                                          char message[ASK_STORE_MESSAGE]);

#endif
