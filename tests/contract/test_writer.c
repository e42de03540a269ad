/* Contract: the writer. Every write that was taken is told its outcome once; one that was told OK is there exactly once;
 * of two who revise the same assessment one wins; a full queue refuses; stopping writes what waits. */
#include "contract/store_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A write that a thread waits for. */
struct waiting {
  struct ask_write write;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int times; /* that done was called */
};

static void told(struct ask_write *write) {
  struct waiting *waiting = write->context;
  pthread_mutex_lock(&waiting->lock);
  waiting->times++;
  pthread_cond_signal(&waiting->changed);
  pthread_mutex_unlock(&waiting->lock);
}

static void prepare(struct waiting *waiting, struct ask_write write) {
  *waiting = (struct waiting){.write = write};
  waiting->write.done = told;
  waiting->write.context = waiting;
  pthread_mutex_init(&waiting->lock, NULL);
  pthread_cond_init(&waiting->changed, NULL);
}

static enum ask_store_status await(struct waiting *waiting) {
  pthread_mutex_lock(&waiting->lock);
  while (!waiting->times) pthread_cond_wait(&waiting->changed, &waiting->lock);
  pthread_mutex_unlock(&waiting->lock);
  return waiting->write.status;
}

static enum ask_store_status write_and_wait(struct ask_writer *writer, struct ask_write write) {
  struct waiting waiting;
  prepare(&waiting, write);
  ck_assert(ask_writer_submit(writer, &waiting.write));
  enum ask_store_status status = await(&waiting);
  ck_assert_int_eq(waiting.times, 1);
  return status;
}

enum { THREADS = 8, EACH = 60 };

struct worker {
  pthread_t thread;
  struct ask_writer *writer;
  int number;
  struct ask_uuid ids[EACH];
  char keys[EACH][32];
  struct waiting waiting[EACH];
  struct ask_uuid shared; /* that all revise */
  int won;
};

/* Half of them one by one, half at once; every second with an idempotency key, every fourth sent twice. */
static void *write_many(void *argument) {
  struct worker *worker = argument;
  for (int i = 0; i < EACH; i++) {
    worker->ids[i] = fixture_uuid();
    struct ask_write write = fixture_write(&fixture()->ours, &worker->ids[i], 1);
    if (i % 2) {
      snprintf(worker->keys[i], sizeof worker->keys[i], "t%d-%d", worker->number, i);
      fixture_key(&write, worker->keys[i], 'x');
    }
    prepare(&worker->waiting[i], write);
    ck_assert(ask_writer_submit(worker->writer, &worker->waiting[i].write));
    if (i < EACH / 2) await(&worker->waiting[i]);
    if (i % 4 == 1) {
      struct ask_uuid other = fixture_uuid();
      struct ask_write again = fixture_write(&fixture()->ours, &other, 1);
      struct waiting repeat;
      fixture_key(&again, worker->keys[i], 'x');
      prepare(&repeat, again);
      ck_assert(ask_writer_submit(worker->writer, &repeat.write));
      ck_assert_int_eq(await(&repeat), ASK_STORE_REPEATED);
      ck_assert(fixture_same(&repeat.write.made, &worker->ids[i]));
    }
  }
  for (int i = 0; i < EACH; i++) await(&worker->waiting[i]);
  return NULL;
}

static void run_all(struct worker *workers, void *(*work)(void *), struct ask_writer *writer) {
  for (int t = 0; t < THREADS; t++) {
    workers[t].writer = writer;
    workers[t].number = t;
    ck_assert_int_eq(pthread_create(&workers[t].thread, NULL, work, &workers[t]), 0);
  }
  for (int t = 0; t < THREADS; t++) pthread_join(workers[t].thread, NULL);
}

START_TEST(every_ok_is_there_exactly_once) {
  struct worker *workers = calloc(THREADS, sizeof *workers);
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 16);
  run_all(workers, write_many, writer);
  struct ask_writer_counts counts;
  ask_writer_counts(writer, &counts);
  ck_assert_uint_eq(counts.writes, THREADS * (EACH + EACH / 4));
  ck_assert_uint_eq(counts.failed, 0);
  ck_assert_uint_eq(counts.waiting, 0);
  ck_assert_uint_ge(counts.groups, counts.writes / 16);
  ck_assert(!counts.away);
  ask_writer_stop(writer);
  fixture_reopen();
  for (int t = 0; t < THREADS; t++) {
    for (int i = 0; i < EACH; i++) {
      const struct ask_write *write = &workers[t].waiting[i].write;
      struct ask_revision_line *list;
      size_t count = 0;
      int32_t latest = 0;
      ck_assert_int_eq(workers[t].waiting[i].times, 1);
      fixture_ok(write->status);
      fixture_expect(fixture()->session, write);
      fixture_ok(ask_store_revisions(fixture()->session, &write->revision.partner, &write->revision.assessment, 0, 10,
                                     fixture()->arena, &list, &count, &latest));
      ck_assert_uint_eq(count, 1);
    }
  }
  free(workers);
}
END_TEST

/* Each wants every number from 2 on, and tries the next one when another was faster. */
static void *revise_shared(void *argument) {
  struct worker *worker = argument;
  for (int32_t number = 2; number <= 21; number++) {
    struct ask_write write = fixture_write(&fixture()->ours, &worker->shared, number);
    write.revision.as_of = worker->number;
    enum ask_store_status status = write_and_wait(worker->writer, write);
    ck_assert_msg(status == ASK_STORE_OK || status == ASK_STORE_CONFLICT, "%s", ask_store_status_text(status));
    worker->won += status == ASK_STORE_OK;
  }
  return NULL;
}

START_TEST(of_those_who_revise_at_once_one_wins) {
  struct worker *workers = calloc(THREADS, sizeof *workers);
  struct ask_uuid shared = fixture_assessment();
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 0);
  for (int t = 0; t < THREADS; t++) workers[t].shared = shared;
  run_all(workers, revise_shared, writer);
  ask_writer_stop(writer);
  int won = 0;
  for (int t = 0; t < THREADS; t++) won += workers[t].won;
  ck_assert_int_eq(won, 20);
  struct ask_revision_line *list;
  size_t count = 0;
  int32_t latest = 0;
  fixture_ok(ask_store_revisions(fixture()->session, &fixture()->ours.partner, &shared, 0, 100, fixture()->arena, &list,
                                 &count, &latest));
  ck_assert_uint_eq(count, 21);
  ck_assert_int_eq(latest, 21);
  for (int32_t i = 0; i < 21; i++) ck_assert_int_eq(list[i].number, i + 1);
  free(workers);
}
END_TEST

/* Two nodes on one store: groups of two writers meet in the database. */
START_TEST(two_writers_share_a_store) {
  struct worker *workers = calloc(2 * THREADS, sizeof *workers);
  struct ask_uuid shared = fixture_assessment();
  struct ask_store_options options = {.busy_seconds = 15};
  struct ask_store *second = ask_store_open(fixture()->url, &options, &fixture()->problems);
  struct ask_writer *writers[] = {ask_writer_start(fixture()->store, 0, 0), ask_writer_start(second, 0, 0)};
  for (int t = 0; t < THREADS; t++) {
    workers[t].writer = writers[t % 2];
    workers[t].number = t;
    workers[t].shared = shared;
    ck_assert_int_eq(pthread_create(&workers[t].thread, NULL, revise_shared, &workers[t]), 0);
  }
  int won = 0;
  for (int t = 0; t < THREADS; t++) {
    pthread_join(workers[t].thread, NULL);
    won += workers[t].won;
  }
  ck_assert_int_eq(won, 20);
  ask_writer_stop(writers[0]);
  ask_writer_stop(writers[1]);
  ask_store_close(second);
  free(workers);
}
END_TEST

/* done of the first one holds the writer up, so that the queue behind it fills. */
static void hold_up(struct ask_write *write) {
  struct waiting *waiting = write->context;
  pthread_mutex_lock(&waiting->lock);
  waiting->times = 1;
  pthread_cond_broadcast(&waiting->changed);
  while (waiting->times == 1) pthread_cond_wait(&waiting->changed, &waiting->lock);
  pthread_mutex_unlock(&waiting->lock);
}

static void let_go(struct waiting *gate) {
  pthread_mutex_lock(&gate->lock);
  gate->times = 2;
  pthread_cond_broadcast(&gate->changed);
  pthread_mutex_unlock(&gate->lock);
}

START_TEST(a_full_queue_refuses_and_recovers) {
  enum { QUEUE = 5 };
  struct ask_writer *writer = ask_writer_start(fixture()->store, QUEUE, 2);
  struct ask_uuid id = fixture_uuid();
  struct waiting gate, queued[QUEUE], refused;
  prepare(&gate, fixture_write(&fixture()->ours, &id, 1));
  gate.write.done = hold_up;
  ck_assert(ask_writer_submit(writer, &gate.write));
  await(&gate);
  for (int i = 0; i < QUEUE; i++) {
    id = fixture_uuid();
    prepare(&queued[i], fixture_write(&fixture()->ours, &id, 1));
    ck_assert(ask_writer_submit(writer, &queued[i].write));
  }
  struct ask_writer_counts counts;
  ask_writer_counts(writer, &counts);
  ck_assert_uint_eq(counts.waiting, QUEUE);
  id = fixture_uuid();
  prepare(&refused, fixture_write(&fixture()->ours, &id, 1));
  ck_assert(!ask_writer_submit(writer, &refused.write));
  let_go(&gate);
  for (int i = 0; i < QUEUE; i++) fixture_ok(await(&queued[i]));
  ck_assert_int_eq(refused.times, 0);
  ck_assert(ask_writer_submit(writer, &refused.write));
  fixture_ok(await(&refused));
  ask_writer_stop(writer);
}
END_TEST

static void *let_go_soon(void *argument) {
  usleep(20000);
  let_go(argument);
  return NULL;
}

START_TEST(stopping_writes_what_waits) {
  enum { WAITING = 50 };
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 7);
  struct ask_uuid id = fixture_uuid();
  struct waiting gate, *queued = calloc(WAITING, sizeof *queued);
  prepare(&gate, fixture_write(&fixture()->ours, &id, 1));
  gate.write.done = hold_up;
  ck_assert(ask_writer_submit(writer, &gate.write));
  await(&gate);
  for (int i = 0; i < WAITING; i++) {
    id = fixture_uuid();
    prepare(&queued[i], fixture_write(&fixture()->ours, &id, 1));
    ck_assert(ask_writer_submit(writer, &queued[i].write));
  }
  pthread_t helper;
  ck_assert_int_eq(pthread_create(&helper, NULL, let_go_soon, &gate), 0);
  ck_assert_ptr_null(ask_writer_stop(writer));
  pthread_join(helper, NULL);
  for (int i = 0; i < WAITING; i++) {
    ck_assert_int_eq(queued[i].times, 1);
    fixture_ok(queued[i].write.status);
    fixture_expect(fixture()->session, &queued[i].write);
  }
  ck_assert_ptr_null(ask_writer_stop(NULL));
  free(queued);
}
END_TEST

START_TEST(large_and_small_go_together) {
  enum { LARGE = 6 * 1024 * 1024, WRITES = 8 };
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 0);
  char *bytes = ask_alloc(fixture()->arena, LARGE);
  memset(bytes, 'x', LARGE);
  struct waiting *queued = calloc(WRITES, sizeof *queued);
  for (int i = 0; i < WRITES; i++) {
    struct ask_uuid id = fixture_uuid();
    prepare(&queued[i], fixture_write(&fixture()->ours, &id, 1));
    if (i % 2) queued[i].write.revision.answers = (struct ask_text){bytes, LARGE};
    ck_assert(ask_writer_submit(writer, &queued[i].write));
  }
  for (int i = 0; i < WRITES; i++) {
    fixture_ok(await(&queued[i]));
    fixture_expect(fixture()->session, &queued[i].write);
  }
  ask_writer_stop(writer);
  free(queued);
}
END_TEST

START_TEST(an_idle_writer_stops_at_once) {
  for (int i = 0; i < 20; i++) ask_writer_stop(ask_writer_start(fixture()->store, 0, 0));
}
END_TEST

int main(void) {
  const TTest *const tests[] = {every_ok_is_there_exactly_once, of_those_who_revise_at_once_one_wins,
                                two_writers_share_a_store,      a_full_queue_refuses_and_recovers,
                                stopping_writes_what_waits,     large_and_small_go_together,
                                an_idle_writer_stops_at_once,   NULL};
  return fixture_main("writer", tests);
}
