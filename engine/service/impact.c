/* An impact run: threads take chunks of households, assess each under both sets of rules and count. */
#include "service/impact.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/impact_parts.h"
#include "json/read.h"

static const char *const KINDS[] = {"gains", "loses", "to_need_info", "ruled_out", "shifts", "more", "less"};

const char *ask_impact_kind_word(enum ask_impact_kind kind) { return KINDS[kind]; }

const char *ask_impact_state_word(int state) {
  return state == ASK_IMPACT_ABSENT ? "absent" : ask_status_text((enum ask_status)state);
}

struct run {
  const struct ask_impact_options *options;
  pthread_mutex_t lock; /* of feed, failed, seen, problems */
  struct ask_impact_feed feed;
  bool failed;
  int64_t seen;
};

/* One set of rules in one thread. */
struct side {
  struct ask_desk *desk;
  const bool *programs; /* those to compute; NULL: all */
  bool idle;            /* none of them */
  struct ask_brief *briefs;
};

struct worker {
  pthread_t thread;
  struct run *run;
  struct side from, to;
  struct ask_json_reader *reader;
  struct ask_arena *arena; /* of one household */
  struct ask_impact_tally tally;
};

static bool assess_side(struct side *side, const struct ask_desk_source *source, const struct ask_raw *raw,
                        struct ask_problems *problems) {
  struct ask_household household;
  if (side->idle) return true;
  return ask_desk_read_tree(side->desk, source, raw, &household, problems) &&
         ask_assess_briefs(ask_desk_workspace(side->desk), household.answers,
                           &(struct ask_assess_options){.programs = side->programs}, side->briefs, problems);
}

/* What says the same was computed under the old rules alone. */
static void copy_same(struct worker *worker) {
  for (size_t i = 0; i < worker->tally.pair_count; i++) {
    const struct ask_impact_pair *pair = &worker->tally.pairs[i];
    if (pair->same) worker->to.briefs[pair->to] = worker->from.briefs[pair->from];
  }
}

static void take_line(struct worker *worker, const char *line, size_t length, int64_t number) {
  const struct ask_impact_options *options = worker->run->options;
  struct ask_desk_source source = {
      .limit = ASK_BULK_LINE_LIMIT, .as_of = options->as_of, .as_of_wins = options->as_of_wins};
  struct ask_json_source text = {.limit = ASK_BULK_LINE_LIMIT};
  struct ask_problems problems = {.arena = worker->arena};
  const struct ask_raw *raw = ask_json_read(worker->reader, worker->arena, &text, line, length, &problems);
  if (raw && assess_side(&worker->from, &source, raw, &problems) && assess_side(&worker->to, &source, raw, &problems)) {
    copy_same(worker);
    ask_impact_tally_household(&worker->tally, worker->from.briefs, worker->to.briefs, number, line, length);
  } else {
    ask_impact_tally_reject(&worker->tally, number, &problems.list[0]);
  }
  ask_arena_reset(worker->arena);
}

static void take_chunk(struct worker *worker, const struct ask_bulk_chunk *chunk) {
  const char *at = chunk->lines.bytes, *end = at + chunk->lines.length;
  for (int64_t number = chunk->first_line; at < end; number++) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)(newline - at);
    if (strspn(at, " \t\r") < length) take_line(worker, at, length, number);
    at = newline + 1;
  }
}

static void *work(void *context) {
  struct worker *worker = context;
  struct run *run = worker->run;
  const struct ask_impact_options *options = run->options;
  struct ask_bulk_chunk chunk = {0};
  for (;;) {
    pthread_mutex_lock(&run->lock);
    run->seen += chunk.line_count;
    if (options->progress && run->seen)
      options->progress(options->context, run->seen, ask_impact_feed_total(&run->feed, run->seen));
    bool more = !run->failed && !(options->stop && *options->stop);
    if (more && !ask_impact_feed_next(&run->feed, &chunk)) {
      run->failed = true;
      more = false;
    }
    pthread_mutex_unlock(&run->lock);
    if (!more || !chunk.line_count) break;
    take_chunk(worker, &chunk);
  }
  ask_buffer_free(&chunk.lines);
  return NULL;
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

static const char *program_id(const struct ask_rules *rules, size_t number) {
  return rules->catalogue->programs[number].spec->id;
}

static int32_t number_of(const struct ask_rules *rules, const char *id) {
  const struct ask_program *program = ask_catalogue_program(rules->catalogue, id);
  return program ? program->number : -1;
}

/* Whether `id` is among "a,b,c". */
static bool named(const char *list, const char *id) {
  size_t length = strlen(id);
  for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
    if (strncmp(at, id, length) == 0 && (at[length] == ',' || !at[length])) return true;
  return false;
}

/* Every name of the list is a program of either set. */
static bool check_names(const struct ask_impact_options *options, struct ask_problems *problems) {
  bool good = true;
  for (const char *at = options->programs; at && *at;) {
    size_t length = strcspn(at, ",");
    const char *id = ask_strndup(problems->arena, at, length);
    if (number_of(options->from, id) < 0 && number_of(options->to, id) < 0) {
      const char *near = ask_catalogue_suggest_program(options->to->catalogue, id);
      ask_problem_add(problems, ASK_ERROR, "unknown-program", ASK_NOWHERE, "programs",
                      near ? ask_printf(problems->arena, "did you mean %s?", near) : "`askonce plugin list` lists them",
                      "neither set of rules has a program '%s'", id);
      good = false;
    }
    at += length + (at[length] == ',');
  }
  return good;
}

/* Those of the new rules in their order, then those that are gone. */
static struct ask_impact_pair *pair_up(const struct ask_impact_options *options, struct ask_arena *arena,
                                       size_t *ret_count) {
  const struct ask_catalogue *from = options->from->catalogue, *to = options->to->catalogue;
  struct ask_impact_pair *pairs = ask_alloc_array(arena, from->program_count + to->program_count, sizeof *pairs);
  size_t count = 0;
  for (size_t i = 0; i < to->program_count; i++) {
    const char *id = program_id(options->to, i);
    if (!options->programs || named(options->programs, id))
      pairs[count++] = (struct ask_impact_pair){.id = id, .from = number_of(options->from, id), .to = (int32_t)i};
  }
  for (size_t i = 0; i < from->program_count; i++) {
    const char *id = program_id(options->from, i);
    if (number_of(options->to, id) < 0 && (!options->programs || named(options->programs, id)))
      pairs[count++] = (struct ask_impact_pair){.id = id, .from = (int32_t)i, .to = -1};
  }
  *ret_count = count;
  return pairs;
}

/* Those of the pairs that a side has to compute: of the new rules only what may differ. */
static const bool *chosen(const struct ask_impact_tally *of, const struct ask_rules *rules, bool after,
                          struct ask_arena *arena, bool *ret_none) {
  bool *flags = ask_alloc_array(arena, rules->catalogue->program_count + 1, sizeof *flags);
  *ret_none = after; /* the old rules are asked in any case: they say which households are sound */
  for (size_t i = 0; i < of->pair_count; i++) {
    int32_t number = after ? of->pairs[i].to : of->pairs[i].from;
    if (number < 0 || (after && of->pairs[i].same)) continue;
    flags[number] = true;
    *ret_none = false;
  }
  return flags;
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

static struct side side_open(const struct ask_impact_tally *of, const struct ask_rules *rules, bool after,
                             struct ask_arena *arena) {
  struct side side = {.desk = ask_desk_new(rules)};
  side.programs = chosen(of, rules, after, arena, &side.idle);
  side.briefs = ask_alloc_array(arena, rules->catalogue->program_count, sizeof *side.briefs);
  return side;
}

static void worker_open(struct worker *worker, struct run *run, const struct ask_impact_tally *of,
                        struct ask_arena *arena) {
  *worker = (struct worker){.run = run,
                            .from = side_open(of, run->options->from, false, arena),
                            .to = side_open(of, run->options->to, true, arena),
                            .reader = ask_json_reader_new(),
                            .arena = ask_arena_new()};
  ask_impact_tally_open(&worker->tally, of->pairs, of->pair_count);
}

static void worker_close(struct worker *worker) {
  ask_desk_free(worker->from.desk);
  ask_desk_free(worker->to.desk);
  ask_json_reader_free(worker->reader);
  ask_arena_free(worker->arena);
}

static int jobs_of(const struct ask_impact_options *options) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  long jobs = options->jobs ? options->jobs : processors;
  return (int)(jobs < 1 ? 1 : jobs > ASK_BULK_MOST_JOBS ? ASK_BULK_MOST_JOBS : jobs);
}

static void run_workers(struct run *run, int jobs, struct ask_impact_tally *total, struct ask_arena *arena) {
  struct worker *workers = ask_alloc_array(arena, (size_t)jobs, sizeof *workers);
  int started = 1; /* the first one is this thread */
  for (int i = 0; i < jobs; i++) worker_open(&workers[i], run, total, arena);
  while (started < jobs && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) started++;
  work(&workers[0]);
  for (int i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
  for (int i = 0; i < jobs; i++) {
    ask_impact_tally_add(total, &workers[i].tally);
    worker_close(&workers[i]);
  }
}

static void summarise(const struct ask_impact_tally *tally, struct ask_arena *arena, struct ask_impact *ret) {
  ret->households = tally->households;
  ret->rejected = tally->rejected;
  ret->changed = tally->changed;
  ret->gaining = tally->gaining;
  ret->losing = tally->losing;
  ret->reject_count = tally->reject_count;
  for (size_t i = 0; i < tally->reject_count; i++)
    ret->rejects[i] = (struct ask_impact_reject){tally->rejects[i].line, ask_strdup(arena, tally->rejects[i].message)};
}

bool ask_impact_run(const struct ask_impact_options *options, struct ask_impact *ret, struct ask_problems *problems) {
  struct run run = {.options = options, .lock = PTHREAD_MUTEX_INITIALIZER};
  struct ask_arena *arena = ask_arena_new();
  struct ask_impact_tally total;
  size_t count = 0;
  int64_t began = ask_bulk_now();
  *ret = (struct ask_impact){.jobs = jobs_of(options)};
  struct ask_impact_pair *pairs = pair_up(options, arena, &count);
  ask_impact_mark_same(options, pairs, count);
  ask_impact_tally_open(&total, pairs, count);
  bool good = check_names(options, problems) && ask_impact_feed_open(&run.feed, options, problems);
  if (good) {
    run_workers(&run, ret->jobs, &total, arena);
    good = !run.failed;
    ret->stopped = options->stop && *options->stop;
    ask_impact_feed_close(&run.feed);
  }
  if (good) {
    summarise(&total, problems->arena, ret);
    ask_impact_explain(options, &total, problems->arena, ret);
    ret->seconds = (double)(ask_bulk_now() - began) / 1000;
  }
  ask_impact_tally_close(&total);
  ask_arena_free(arena);
  return good;
}
