/* A bulk run: one thread reads chunks of lines and writes results in order, the others assess. A ring of chunks, of
 * fixed number, stands between them: memory does not grow with the input. */
#include "service/bulk.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/bulk_parts.h"

enum { CHUNKS_PER_JOB = 3, SAVE_EVERY = 2000, PROGRESS_EVERY = 200, WAIT = 200 };

struct ring {
  struct ask_bulk_chunk *chunks;
  bool *done; /* by place in the ring */
  size_t size;
  uint64_t filled, taken, written; /* chunks so far: written <= taken <= filled */
  bool closed;                     /* nothing more will be filled */
  pthread_mutex_t lock;
  pthread_cond_t work, finished;
};

struct worker {
  pthread_t thread;
  struct ring *ring;
  const struct ask_bulk_options *options;
  int64_t as_of;
};

/* ---- assessing --------------------------------------------------------------------------------------------------- */

static bool is_blank(const char *line, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') return false;
  return true;
}

static void assess_line(struct ask_desk *desk, const struct worker *worker, const char *line, size_t length,
                        int64_t number, struct ask_arena *arena, struct ask_bulk_chunk *chunk) {
  const struct ask_bulk_options *options = worker->options;
  struct ask_desk_source source = {
      .limit = ASK_BULK_LINE_LIMIT, .as_of = worker->as_of, .as_of_wins = options->as_of_wins};
  struct ask_problems problems = {.arena = arena};
  struct ask_household household;
  const struct ask_result *result = NULL;
  if (ask_desk_read(desk, &source, line, length, &household, &problems))
    result = ask_desk_assess(desk, &household, &options->choice, &problems);
  if (result) {
    ask_desk_write(desk, result, &household, &options->choice, options->detail, false, &chunk->results);
    ask_buffer_putc(&chunk->results, '\n');
    if (!problems.count) return;
  } else {
    for (size_t i = 0; i < problems.count; i++) problems.list[i].at.line = 0; /* always 1: the line is named already */
    ask_json_problems(&chunk->rejects, number, problems.list, problems.count);
    ask_buffer_putc(&chunk->rejects, '\n');
    chunk->rejected++;
  }
  ask_arena_reset(arena);
}

static void assess_chunk(struct ask_desk *desk, const struct worker *worker, struct ask_arena *arena,
                         struct ask_bulk_chunk *chunk) {
  const char *at = chunk->lines.bytes, *end = at + chunk->lines.length;
  ask_buffer_clear(&chunk->results);
  ask_buffer_clear(&chunk->rejects);
  chunk->rejected = 0;
  for (int64_t number = chunk->first_line; at < end; number++) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)(newline - at);
    if (!is_blank(at, length)) assess_line(desk, worker, at, length, number, arena, chunk);
    at = newline + 1;
  }
}

static void *work(void *context) {
  struct worker *worker = context;
  struct ring *ring = worker->ring;
  struct ask_desk *desk = ask_desk_new(worker->options->rules);
  struct ask_arena *arena = ask_arena_new();
  pthread_mutex_lock(&ring->lock);
  for (;;) {
    while (ring->taken == ring->filled && !ring->closed) pthread_cond_wait(&ring->work, &ring->lock);
    if (ring->taken == ring->filled) break;
    size_t place = ring->taken++ % ring->size;
    pthread_mutex_unlock(&ring->lock);
    assess_chunk(desk, worker, arena, &ring->chunks[place]);
    pthread_mutex_lock(&ring->lock);
    ring->done[place] = true;
    pthread_cond_signal(&ring->finished);
  }
  pthread_mutex_unlock(&ring->lock);
  ask_arena_free(arena);
  ask_desk_free(desk);
  return NULL;
}

/* ---- reading and writing ----------------------------------------------------------------------------------------- */

struct run {
  const struct ask_bulk_options *options;
  struct ask_bulk_input input;
  struct ask_bulk_output output;
  struct ring ring;
  struct ask_bulk_progress progress;
  int64_t began, shown; /* monotonic milliseconds */
  struct ask_problems *problems;
};

static bool stop_wanted(const struct run *run) { return run->options->stop && *run->options->stop; }

static void show_progress(struct run *run, bool always) {
  int64_t now = ask_bulk_now();
  if (!always && now - run->shown < PROGRESS_EVERY) return;
  run->shown = now;
  run->progress.seconds = (double)(now - run->began) / 1000;
  run->progress.bytes = run->output.in_offset;
  if (run->options->progress) run->options->progress(run->options->context, &run->progress);
}

/* Reads one chunk into a free place of the ring. False on an error or at the end: *ret_end tells. */
static bool feed(struct run *run, bool *ret_end) {
  struct ring *ring = &run->ring;
  struct ask_bulk_chunk *chunk = &ring->chunks[ring->filled % ring->size];
  *ret_end = false;
  if (!ask_bulk_input_fill(&run->input, chunk, run->options->stop)) {
    ask_problem_add(run->problems, ASK_ERROR, "cannot-read", (struct ask_place){.file = run->input.name}, NULL,
                    "what was read before is done; give the same command again when it can be read",
                    "cannot be read further: %s", strerror(errno));
    return false;
  }
  if (!chunk->line_count) {
    *ret_end = true;
    return false;
  }
  pthread_mutex_lock(&ring->lock);
  ring->done[ring->filled % ring->size] = false;
  ring->filled++;
  pthread_cond_signal(&ring->work);
  pthread_mutex_unlock(&ring->lock);
  return true;
}

/* Waits for the oldest chunk and writes it. */
static bool drain(struct run *run) {
  struct ring *ring = &run->ring;
  size_t place = ring->written % ring->size;
  pthread_mutex_lock(&ring->lock);
  while (!ring->done[place]) pthread_cond_wait(&ring->finished, &ring->lock);
  pthread_mutex_unlock(&ring->lock);
  struct ask_bulk_chunk *chunk = &ring->chunks[place];
  if (!ask_bulk_output_write(&run->output, chunk, run->options->stop, run->problems)) return false;
  ring->written++;
  run->progress.lines += chunk->line_count;
  run->progress.rejected += chunk->rejected;
  show_progress(run, false);
  return ask_bulk_now() - run->output.saved_at < SAVE_EVERY || ask_bulk_output_save(&run->output, run->problems);
}

/* True when all was read and written. */
static bool pump(struct run *run) {
  struct ring *ring = &run->ring;
  for (bool end = false;;) {
    uint64_t pending = ring->filled - ring->written;
    bool reading = !end && !stop_wanted(run);
    if (!reading && !pending) return end;
    bool room = pending < ring->size;
    if (reading && room && ask_bulk_input_ready(&run->input, pending ? 0 : WAIT)) {
      if (!feed(run, &end) && !end) return false;
    } else if (pending) {
      if (!drain(run)) return false;
    }
  }
}

static void close_ring(struct ring *ring, struct worker *workers, int count) {
  pthread_mutex_lock(&ring->lock);
  ring->closed = true;
  pthread_cond_broadcast(&ring->work);
  pthread_mutex_unlock(&ring->lock);
  for (int i = 0; i < count; i++) pthread_join(workers[i].thread, NULL);
  for (size_t i = 0; i < ring->size; i++) {
    ask_buffer_free(&ring->chunks[i].lines);
    ask_buffer_free(&ring->chunks[i].results);
    ask_buffer_free(&ring->chunks[i].rejects);
  }
  free(ring->chunks);
  free(ring->done);
  pthread_cond_destroy(&ring->work);
  pthread_cond_destroy(&ring->finished);
  pthread_mutex_destroy(&ring->lock);
}

/* Signals go to the thread that reads and writes. Gives how many threads were started. */
static int start_workers(struct run *run, struct worker *workers, int jobs) {
  sigset_t all, before;
  int started = 0;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (int i = 0; i < jobs; i++) {
    workers[started] = (struct worker){.ring = &run->ring, .options = run->options, .as_of = run->output.as_of};
    if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) started++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return started;
}

static bool run_all(struct run *run) {
  struct worker workers[ASK_BULK_MOST_JOBS];
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  int jobs = run->options->jobs > 0 ? run->options->jobs : processors > 0 ? (int)processors : 1;
  if (jobs > ASK_BULK_MOST_JOBS) jobs = ASK_BULK_MOST_JOBS;
  struct ring *ring = &run->ring;
  ring->size = (size_t)jobs * CHUNKS_PER_JOB + 1;
  ring->chunks = calloc(ring->size, sizeof *ring->chunks);
  ring->done = calloc(ring->size, sizeof *ring->done);
  if (!ring->chunks || !ring->done) abort();
  pthread_mutex_init(&ring->lock, NULL);
  pthread_cond_init(&ring->work, NULL);
  pthread_cond_init(&ring->finished, NULL);
  int started = start_workers(run, workers, jobs);
  bool complete = false;
  if (started)
    complete = pump(run);
  else
    ask_problem_add(run->problems, ASK_ERROR, "no-thread", ASK_NOWHERE, NULL,
                    "close other programs, or raise the limit of processes", "no thread could be started");
  close_ring(ring, workers, started);
  return complete;
}

bool ask_bulk_run(const struct ask_bulk_options *options, struct ask_bulk_summary *ret, struct ask_problems *problems) {
  struct run run = {.options = options, .problems = problems, .began = ask_bulk_now()};
  size_t before = problems->errors;
  *ret = (struct ask_bulk_summary){0};
  if (!ask_bulk_input_open(&run.input, options->in, problems)) return false;
  if (!ask_bulk_output_open(&run.output, options, &run.input, problems)) {
    ask_bulk_output_close(&run.output);
    ask_bulk_input_close(&run.input);
    return false;
  }
  if (run.output.in_offset && !ask_bulk_input_seek(&run.input, run.output.in_offset, run.output.line))
    ask_problem_add(problems, ASK_ERROR, "cannot-read", (struct ask_place){.file = run.input.name}, NULL, NULL,
                    "cannot be taken up in the middle: %s", strerror(errno));
  ret->lines_before = run.output.line;
  run.progress.bytes_before = run.output.in_offset;
  run.progress.bytes_total = run.input.size;
  bool complete = problems->errors == before && run_all(&run);
  show_progress(&run, true);
  if (complete)
    complete = ask_bulk_output_finish(&run.output, problems);
  else
    ask_bulk_output_save(&run.output, problems);
  ret->progress = run.progress;
  ret->stopped = !complete && problems->errors == before;
  ret->resumable = run.output.state != NULL;
  ret->rejects = run.output.rejects_offset ? run.output.rejects : NULL;
  ask_bulk_output_close(&run.output);
  ask_bulk_input_close(&run.input);
  return problems->errors == before;
}
