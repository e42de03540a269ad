/* A few threads for work that may wait, for a network or for others that hash passwords, so that the threads that serve
 * connections need not. The API computes where the bytes arrive; the app's pages are made here. */
#ifndef ASK_HTTP_POOL_H
#define ASK_HTTP_POOL_H

#include <stddef.h>

/* Lies in what it is work on; nothing is allocated for it. */
struct ask_job {
  struct ask_job *next;
  void (*run)(struct ask_job *job);
};

struct ask_pool;
/* NULL when no thread can be started. */
struct ask_pool *ask_pool_start(size_t threads);
/* Jobs are begun in the order they were added. */
void ask_pool_add(struct ask_pool *pool, struct ask_job *job);
/* How many jobs are not begun yet. */
size_t ask_pool_waiting(struct ask_pool *pool);
/* Runs what was added, ends the threads. Nothing may be added from now on, but by jobs themselves. NULL is fine. Returns
 * NULL. */
struct ask_pool *ask_pool_stop(struct ask_pool *pool);

#endif
