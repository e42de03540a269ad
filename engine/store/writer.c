/* The one writer of a store: a thread that takes what waits, commits it as one group, and tells each write. While one
 * group is on its way to the disk the next one gathers; nothing waits on purpose. Not for retrying: a database that is away
 * fails each group at once, so that clients hear of it. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "store/store.h"

enum { QUEUE = 4096, GROUP = 256, GROUP_BYTES = 16 * 1024 * 1024, PROBE_SECONDS = 1 };

struct ask_writer {
  ask_store_session *session; /* the thread's */
  size_t queue, group;
  pthread_t thread;

  pthread_mutex_t lock;
  pthread_cond_t wake;
  /* under the lock: */
  struct ask_write *first, *last; /* what waits, oldest first */
  size_t waiting;
  bool stopping, asleep;
  struct ask_writer_counts counts;
};

static int64_t monotonic_microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool is_failure(enum ask_store_status status) {
  return status == ASK_STORE_FULL || status == ASK_STORE_AWAY || status == ASK_STORE_BROKEN;
}

/* Under the lock: waits for work. False: there is none, and the store has to be asked whether it is back. */
static bool wait_for_work(struct ask_writer *writer) {
  bool in_time = true;
  struct timespec until;
  if (writer->counts.away) {
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PROBE_SECONDS;
  }
  writer->asleep = true;
  while (!writer->first && !writer->stopping && in_time) {
    if (writer->counts.away)
      in_time = pthread_cond_timedwait(&writer->wake, &writer->lock, &until) == 0;
    else
      pthread_cond_wait(&writer->wake, &writer->lock);
  }
  writer->asleep = false;
  return writer->first || writer->stopping;
}

/* Under the lock: takes the oldest, up to a group. One that is larger than a group's bytes goes alone. */
static size_t take(struct ask_writer *writer, struct ask_write **writes) {
  size_t count = 0, bytes = 0;
  while (writer->first && count < writer->group) {
    struct ask_write *write = writer->first;
    bytes += write->revision.answers.length + write->revision.result.length;
    if (count && bytes > GROUP_BYTES) break;
    writes[count++] = write;
    writer->first = write->next;
  }
  if (!writer->first) writer->last = NULL;
  writer->waiting -= count;
  return count;
}

static void count_group(struct ask_writer_counts *counts, struct ask_write *const *writes, size_t count,
                        int64_t microseconds) {
  int32_t attempts = 1;
  bool away = false;
  for (size_t i = 0; i < count; i++) {
    bool failed = is_failure(writes[i]->status);
    counts->failed += failed;
    away |= failed;
    if (writes[i]->attempts > attempts) attempts = writes[i]->attempts;
  }
  counts->writes += count;
  counts->groups++;
  counts->retried += (uint64_t)(attempts - 1);
  counts->microseconds += (uint64_t)microseconds;
  counts->away = away;
}

/* The thread. Enters and leaves each round holding the lock. */
static void *run(void *argument) {
  struct ask_writer *writer = argument;
  struct ask_write **writes = calloc(writer->group, sizeof(struct ask_write *));
  if (!writes) abort();
  pthread_mutex_lock(&writer->lock);
  while (writer->first || !writer->stopping) {
    if (!wait_for_work(writer)) {
      pthread_mutex_unlock(&writer->lock);
      bool back = ask_store_try_write(writer->session) == ASK_STORE_OK;
      pthread_mutex_lock(&writer->lock);
      if (back) writer->counts.away = false;
      continue;
    }
    size_t count = take(writer, writes);
    if (!count) continue;
    pthread_mutex_unlock(&writer->lock);

    int64_t start = monotonic_microseconds();
    ask_store_commit(writer->session, writes, count);
    int64_t spent = monotonic_microseconds() - start;

    /* Counted before anybody hears of it, and before done, after which a write is no longer ours. */
    pthread_mutex_lock(&writer->lock);
    count_group(&writer->counts, writes, count, spent);
    pthread_mutex_unlock(&writer->lock);
    for (size_t i = 0; i < count; i++) writes[i]->done(writes[i]);
    pthread_mutex_lock(&writer->lock);
  }
  pthread_mutex_unlock(&writer->lock);
  free(writes);
  return NULL;
}

struct ask_writer *ask_writer_start(struct ask_store *store, size_t queue, size_t group) {
  struct ask_writer *writer = calloc(1, sizeof *writer);
  if (!writer) abort();
  writer->queue = queue ? queue : QUEUE;
  writer->group = group ? group : GROUP;
  writer->session = ask_store_session_open(store);
  pthread_condattr_t steady;
  pthread_condattr_init(&steady);
  pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
  pthread_cond_init(&writer->wake, &steady);
  pthread_condattr_destroy(&steady);
  pthread_mutex_init(&writer->lock, NULL);
  /* Without its thread no write is ever answered: nothing to go on with. */
  if (pthread_create(&writer->thread, NULL, run, writer) != 0) abort();
  return writer;
}

bool ask_writer_submit(struct ask_writer *writer, struct ask_write *write) {
  write->next = NULL;
  write->submitted = monotonic_microseconds();
  write->attempts = 0;
  pthread_mutex_lock(&writer->lock);
  bool taken = !writer->stopping && writer->waiting < writer->queue;
  bool wake = false;
  if (taken) {
    if (writer->last)
      writer->last->next = write;
    else
      writer->first = write;
    writer->last = write;
    writer->waiting++;
    wake = writer->asleep;
    writer->asleep = false; /* one call is enough */
  }
  pthread_mutex_unlock(&writer->lock);
  if (wake) pthread_cond_signal(&writer->wake);
  return taken;
}

void ask_writer_counts(struct ask_writer *writer, struct ask_writer_counts *ret) {
  pthread_mutex_lock(&writer->lock);
  *ret = writer->counts;
  ret->waiting = writer->waiting;
  pthread_mutex_unlock(&writer->lock);
}

struct ask_writer *ask_writer_stop(struct ask_writer *writer) {
  if (!writer) return NULL;
  pthread_mutex_lock(&writer->lock);
  writer->stopping = true;
  pthread_cond_signal(&writer->wake);
  pthread_mutex_unlock(&writer->lock);
  pthread_join(writer->thread, NULL);
  ask_store_session_close(writer->session);
  pthread_cond_destroy(&writer->wake);
  pthread_mutex_destroy(&writer->lock);
  free(writer);
  return NULL;
}
