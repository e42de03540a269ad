/* Generations of rules: counted, swapped as a whole, freed when nobody works with them any more. */
#include "service/live.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "service/cases.h"
#include "service/keys.h"

/* A generation with its count; what callers see is its first member. */
struct counted {
  struct ask_generation seen;
  struct ask_arena *arena; /* of the places */
  atomic_long pins;        /* one of them is the live rules' own, while it is in force */
};

struct ask_live {
  struct ask_arena *arena; /* of the options */
  struct ask_data_options options;
  const char *default_packs; /* NULL: nyc, else all */
  pthread_mutex_t reloading; /* one reload at a time */
  pthread_mutex_t swapping;  /* guards `now`: to pin is to read it and to count, which must not come apart */
  struct counted *now;
};

/* ---- generations --------------------------------------------------------------------------------------------------- */

static void release(struct counted *counted) {
  if (atomic_fetch_sub_explicit(&counted->pins, 1, memory_order_acq_rel) > 1) return;
  ask_rules_free((struct ask_rules *)counted->seen.rules);
  ask_arena_free(counted->arena);
  free(counted);
}

static bool find_default_packs(const struct ask_live *live, struct ask_generation *generation, struct ask_arena *arena,
                               struct ask_problems *problems) {
  const struct ask_catalogue *catalogue = generation->rules->catalogue;
  const char *wanted = live->default_packs;
  if (!wanted) wanted = ask_catalogue_pack(catalogue, "nyc") >= 0 ? "nyc" : "all";
  return ask_packs_read(arena, catalogue, wanted, &generation->packs, problems);
}

/* Pinned once. NULL after adding problems. */
static struct counted *load(const struct ask_live *live, struct ask_problems *problems) {
  struct counted *counted = calloc(1, sizeof *counted);
  if (!counted) abort();
  counted->arena = ask_arena_new();
  atomic_init(&counted->pins, 1);
  struct ask_generation *seen = &counted->seen;
  struct ask_problems found = {.arena = counted->arena};
  if (ask_data_find(counted->arena, &live->options, &seen->places, &found))
    seen->rules = ask_rules_load(&seen->places, &found);
  bool good = seen->rules && find_default_packs(live, seen, counted->arena, &found);
  for (size_t i = 0; i < found.count; i++) {
    const struct ask_problem *p = &found.list[i];
    ask_problem_add(problems, p->severity, p->code, p->at, p->path, p->hint, "%s", p->message);
  }
  if (!good) {
    release(counted);
    return NULL;
  }
  const struct ask_catalogue *catalogue = seen->rules->catalogue;
  memcpy(seen->hash, seen->rules->hash, sizeof seen->hash);
  seen->loaded_at = ask_now();
  seen->programs = catalogue->program_count;
  for (size_t i = 0; i < catalogue->program_count; i++) seen->broken += catalogue->programs[i].broken != NULL;
  return counted;
}

static const char *copied(struct ask_arena *arena, const char *text) { return text ? ask_strdup(arena, text) : NULL; }

struct ask_live *ask_live_open(const struct ask_data_options *options, const char *default_packs,
                               struct ask_problems *problems) {
  struct ask_live *live = calloc(1, sizeof *live);
  if (!live) abort();
  live->arena = ask_arena_new();
  live->options = (struct ask_data_options){
      .forms = copied(live->arena, options->forms),
      .plugins = copied(live->arena, options->plugins),
      .pack = copied(live->arena, options->pack),
      .installed = copied(live->arena, options->installed),
  };
  live->default_packs = copied(live->arena, default_packs);
  pthread_mutex_init(&live->reloading, NULL);
  pthread_mutex_init(&live->swapping, NULL);
  live->now = load(live, problems);
  if (!live->now) return ask_live_close(live);
  live->now->seen.number = 1;
  return live;
}

struct ask_live *ask_live_close(struct ask_live *live) {
  if (live) {
    if (live->now) release(live->now);
    pthread_mutex_destroy(&live->reloading);
    pthread_mutex_destroy(&live->swapping);
    ask_arena_free(live->arena);
    free(live);
  }
  return NULL;
}

const struct ask_generation *ask_live_pin(struct ask_live *live) {
  pthread_mutex_lock(&live->swapping);
  struct counted *counted = live->now;
  atomic_fetch_add_explicit(&counted->pins, 1, memory_order_relaxed);
  pthread_mutex_unlock(&live->swapping);
  return &counted->seen;
}

void ask_live_unpin(struct ask_live *live, const struct ask_generation *generation) {
  (void)live;
  release((struct counted *)generation); /* `seen` is its first member */
}

/* ---- golden cases -------------------------------------------------------------------------------------------------- */

struct trial {
  struct ask_reload_report *report;
  struct ask_problems *problems;
};

static void observe(void *context, const struct ask_case_outcome *outcome) {
  struct trial *trial = context;
  const struct ask_case_spec *spec = outcome->spec;
  trial->report->cases++;
  if (!outcome->difference_count) return;
  trial->report->failed++;
  for (size_t i = 0; i < outcome->difference_count; i++) {
    const struct ask_problem *difference = &outcome->differences[i];
    struct ask_place at = difference->at.line ? difference->at : spec->at;
    at.file = spec->at.file;
    ask_problem_add(trial->problems, ASK_ERROR, "failed-case", at, NULL, difference->hint, "%s: %s%s%s",
                    spec->name ? spec->name : "a case without a name", difference->path ? difference->path : "",
                    difference->path ? ": " : "", difference->message);
  }
}

/* Every golden case of every program; a program without a file of cases has none. */
static void try_cases(const struct ask_rules *rules, struct trial *trial) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_desk *desk = ask_desk_new(rules);
  for (size_t i = 0; i < rules->catalogue->program_count; i++) {
    const struct ask_program_spec *spec = rules->catalogue->programs[i].spec;
    const char *path = ask_path_join(arena, spec->folder, "cases.yaml");
    struct ask_case_file file;
    if (ask_is_there(path) && ask_cases_load(arena, path, &file, trial->problems))
      ask_cases_run(desk, rules, &file, spec->id, ask_today(), observe, trial);
  }
  ask_desk_free(desk);
  ask_arena_free(arena);
}

/* ---- reload -------------------------------------------------------------------------------------------------------- */

static void describe(struct ask_reload_report *report, const struct counted *now) {
  report->generation = now->seen.number;
  report->programs = now->seen.programs;
  memcpy(report->hash, now->seen.hash, sizeof report->hash);
}

/* Whether `next` may come into force. */
static bool is_sound(const struct counted *next, struct trial *trial, size_t errors_before) {
  const struct ask_catalogue *catalogue = next->seen.rules->catalogue;
  for (size_t i = 0; i < catalogue->program_count; i++)
    if (catalogue->programs[i].broken && trial->problems->errors == errors_before)
      ask_problem_add(trial->problems, ASK_ERROR, "broken-program", catalogue->programs[i].spec->at, NULL, NULL,
                      "%s: %s", catalogue->programs[i].spec->id, catalogue->programs[i].broken);
  /* cases of rules that do not load would only say the same once more */
  if (trial->problems->errors == errors_before) try_cases(next->seen.rules, trial);
  return trial->problems->errors == errors_before && !trial->report->failed;
}

bool ask_live_reload(struct ask_live *live, struct ask_reload_report *ret, struct ask_problems *problems) {
  struct ask_reload_report report = {0};
  struct trial trial = {&report, problems};
  size_t errors = problems->errors;
  pthread_mutex_lock(&live->reloading); /* so nobody else changes `now` */
  struct counted *next = load(live, problems);
  bool same = next && strcmp(next->seen.hash, live->now->seen.hash) == 0;
  report.unchanged = same;
  bool good = next && (same && !next->seen.broken ? problems->errors == errors : is_sound(next, &trial, errors));
  if (good && !same) {
    struct counted *before = live->now;
    next->seen.number = before->seen.number + 1;
    pthread_mutex_lock(&live->swapping);
    live->now = next;
    pthread_mutex_unlock(&live->swapping);
    report.swapped = true;
    next = before;
  }
  describe(&report, live->now);
  pthread_mutex_unlock(&live->reloading);
  if (next) release(next);
  *ret = report;
  return good;
}
