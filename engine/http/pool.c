/* One queue, one lock, a handful of threads: each job waits for something or makes a page, so the lock is never what costs. */
#include "http/pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct ask_pool {
  pthread_mutex_t lock;
  pthread_cond_t added;
  struct ask_job *first, *last;
  size_t waiting;
  bool stopping;
  size_t count;
  pthread_t threads[];
};

static void *serve(void *context) {
  struct ask_pool *pool = context;
  pthread_mutex_lock(&pool->lock);
  for (;;) {
    struct ask_job *job = pool->first;
    if (job) {
      pool->first = job->next;
      if (!pool->first) pool->last = NULL;
      pool->waiting--;
      pthread_mutex_unlock(&pool->lock);
      job->run(job);
      pthread_mutex_lock(&pool->lock);
    } else if (pool->stopping) {
      break;
    } else {
      pthread_cond_wait(&pool->added, &pool->lock);
    }
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

struct ask_pool *ask_pool_start(size_t threads) {
  struct ask_pool *pool = calloc(1, sizeof *pool + threads * sizeof pool->threads[0]);
  if (!pool) abort();
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->added, NULL);
  while (pool->count < threads && pthread_create(&pool->threads[pool->count], NULL, serve, pool) == 0) pool->count++;
  return pool->count ? pool : ask_pool_stop(pool);
}

void ask_pool_add(struct ask_pool *pool, struct ask_job *job) {
  job->next = NULL;
  pthread_mutex_lock(&pool->lock);
  if (pool->last)
    pool->last->next = job;
  else
    pool->first = job;
  pool->last = job;
  pool->waiting++;
  pthread_cond_signal(&pool->added);
  pthread_mutex_unlock(&pool->lock);
}

size_t ask_pool_waiting(struct ask_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  size_t waiting = pool->waiting;
  pthread_mutex_unlock(&pool->lock);
  return waiting;
}

struct ask_pool *ask_pool_stop(struct ask_pool *pool) {
  if (!pool) return NULL;
  pthread_mutex_lock(&pool->lock);
  pool->stopping = true;
  pthread_cond_broadcast(&pool->added);
  pthread_mutex_unlock(&pool->lock);
  for (size_t i = 0; i < pool->count; i++) pthread_join(pool->threads[i], NULL);
  pthread_cond_destroy(&pool->added);
  pthread_mutex_destroy(&pool->lock);
  free(pool);
  return NULL;
}
