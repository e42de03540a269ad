/* Replaying a store: every revision, under the rules that it was recorded with or under others. */
#include <string.h>

#include "service/recorded.h"
#include "service/replay_parts.h"
#include "json/read.h"

enum { ROWS_AT_ONCE = 200, SETS_AT_ONCE = 4, PROGRESS_EVERY = 200 };

/* A set of rules that some revisions name. */
struct set {
  char hash[ASK_HASH_TEXT];
  enum { WAITS, IN_USE, DONE } state;
  const struct ask_rules *rules; /* NULL: they do not load, problems says why */
  struct ask_problems problems;
  struct ask_desk *desk;
};

struct walk {
  const struct ask_replay_store *store;
  ask_replay_observer *observer;
  void *context;
  struct ask_problems *problems;
  struct ask_arena *arena;      /* for the whole walk: the sets */
  struct ask_arena *page, *one; /* for some rows; for one result */
  struct ask_json_reader *reader;
  struct ask_recorded *recorded;
  struct set **sets;
  size_t set_count, set_capacity, in_use;
  struct ask_buffer first; /* the cursor before the first revision */
  int64_t done, total;
};

static bool store_failed(struct walk *walk, enum ask_store_status status) {
  const char *why = ask_store_message(walk->store->session);
  ask_problem_add(walk->problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, NULL,
                  "the store cannot be read: %s", *why ? why : ask_store_status_text(status));
  return false;
}

/* ---- sets of rules ----------------------------------------------------------------------------------------------- */

static struct set *set_of(struct walk *walk, const char *hash) {
  for (size_t i = 0; i < walk->set_count; i++)
    if (strcmp(walk->sets[i]->hash, hash) == 0) return walk->sets[i];
  struct set **room = ask_push(walk->arena, &walk->sets, &walk->set_count, &walk->set_capacity, sizeof *room);
  *room = ask_alloc(walk->arena, sizeof **room);
  memcpy((*room)->hash, hash, strnlen(hash, ASK_HASH_TEXT - 1));
  return *room;
}

/* False: the store cannot be read. Rules that do not load are noted in the set. */
static bool load(struct walk *walk, struct set *set) {
  if (walk->store->rules) {
    set->rules = walk->store->rules;
  } else {
    set->problems.arena = walk->arena;
    enum ask_store_status status =
        ask_recorded_take(walk->recorded, walk->store->session, set->hash, &set->rules, &set->problems);
    if (status != ASK_STORE_OK) set->rules = NULL;
    if (status == ASK_STORE_AWAY || status == ASK_STORE_FULL) {
      for (size_t i = 0; i < set->problems.count; i++) {
        const struct ask_problem *problem = &set->problems.list[i];
        ask_problem_add(walk->problems, problem->severity, problem->code, problem->at, problem->path, problem->hint,
                        "%s", problem->message);
      }
      return set->problems.count ? false : store_failed(walk, status);
    }
  }
  if (set->rules) set->desk = ask_desk_new(set->rules);
  set->state = IN_USE;
  walk->in_use++;
  return true;
}

static void unload(struct walk *walk, struct set *set) {
  ask_desk_free(set->desk);
  if (set->rules && !walk->store->rules) ask_recorded_give_back(walk->recorded, set->rules);
  set->desk = NULL;
  set->rules = NULL;
  set->state = DONE;
}

/* ---- revisions --------------------------------------------------------------------------------------------------- */

static void replay_revision(struct walk *walk, const struct set *set, const struct ask_revision *revision) {
  char id[ASK_UUID_TEXT];
  ask_uuid_text(&revision->assessment, id);
  struct ask_replay_outcome outcome = {.assessment = id, .revision = revision->number};
  if (set->rules) {
    struct ask_replay replay = {.desk = set->desk,
                                .rules = set->rules,
                                .name = "the stored result",
                                .arena = walk->one,
                                .reader = walk->reader,
                                .observer = walk->observer,
                                .context = walk->context};
    char *text = ask_strndup(walk->page, revision->result.bytes, revision->result.length);
    ask_replay_one(&replay, text, revision->result.length, &outcome);
  } else {
    outcome.problems = set->problems.list;
    outcome.problem_count = set->problems.count;
    walk->observer(walk->context, &outcome);
  }
  walk->done++;
  if (walk->store->progress && walk->done % PROGRESS_EVERY == 0)
    walk->store->progress(walk->context, walk->done, walk->total);
}

/* A set that is not loaded yet is loaded if there is room for it; else its revisions wait for another round. */
static bool take_row(struct walk *walk, const struct ask_store_row *row) {
  struct ask_revision revision;
  if (!ask_store_row_revision(row, walk->page, &revision)) {
    ask_problem_add(walk->problems, ASK_ERROR, "broken", ASK_NOWHERE, NULL, "askonce store check says more",
                    "a revision of the store cannot be read");
    return false;
  }
  struct set *set = set_of(walk, walk->store->rules ? "" : revision.rules);
  if (set->state == WAITS && walk->in_use < SETS_AT_ONCE && !load(walk, set)) return false;
  if (set->state == IN_USE) replay_revision(walk, set, &revision);
  return true;
}

/* All revisions once. */
static bool round_of(struct walk *walk) {
  struct ask_buffer cursor = {0};
  bool good = true, met = false;
  ask_buffer_add(&cursor, walk->first.bytes, walk->first.length);
  for (size_t count = 1; good && count;) {
    struct ask_store_row *rows = NULL;
    ask_arena_reset(walk->page);
    enum ask_store_status status =
        ask_store_walk(walk->store->session, cursor.bytes, ROWS_AT_ONCE, walk->page, &rows, &count);
    if (status != ASK_STORE_OK) good = store_failed(walk, status);
    for (size_t i = 0; good && i < count; i++) {
      bool is_revision = strcmp(rows[i].table, "revision") == 0;
      if (is_revision) good = take_row(walk, &rows[i]);
      if (!is_revision && met) count = 0; /* the tables after it */
      met |= is_revision;
      if (!met) {
        ask_buffer_clear(&walk->first);
        ask_buffer_puts(&walk->first, rows[i].cursor);
      }
    }
    if (good && count) {
      ask_buffer_clear(&cursor);
      ask_buffer_puts(&cursor, rows[count - 1].cursor);
    }
  }
  ask_buffer_free(&cursor);
  return good;
}

static bool replay_all(struct walk *walk) {
  struct ask_store_counts counts;
  enum ask_store_status status = ask_store_count(walk->store->session, &counts);
  if (status != ASK_STORE_OK) return store_failed(walk, status);
  walk->total = counts.revisions;
  bool good = true;
  for (bool more = true; good && more;) {
    walk->in_use = 0;
    good = round_of(walk);
    more = false;
    for (size_t i = 0; i < walk->set_count; i++) {
      if (walk->sets[i]->state == IN_USE) unload(walk, walk->sets[i]);
      more |= walk->sets[i]->state == WAITS;
    }
  }
  return good;
}

bool ask_replay_store(const struct ask_replay_store *store, ask_replay_observer *observer, void *context,
                      struct ask_problems *problems) {
  struct walk walk = {.store = store,
                      .observer = observer,
                      .context = context,
                      .problems = problems,
                      .arena = ask_arena_new(),
                      .page = ask_arena_new(),
                      .one = ask_arena_new(),
                      .reader = ask_json_reader_new()};
  if (!store->rules) walk.recorded = ask_recorded_new(store->scratch);
  ask_buffer_puts(&walk.first, "");
  bool good = replay_all(&walk);
  ask_recorded_free(walk.recorded);
  ask_buffer_free(&walk.first);
  ask_json_reader_free(walk.reader);
  ask_arena_free(walk.one);
  ask_arena_free(walk.page);
  ask_arena_free(walk.arena);
  return good;
}
