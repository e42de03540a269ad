/* Rules that were in force once: a small cache in memory over a folder over the store. Not for putting rules on record:
 * see intake_rules.c. */
#define _GNU_SOURCE 1 /* nftw, mkdtemp */
#include "service/recorded.h"

#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SETS_KEPT = 2, PATH_LIMIT = 400, FILES_LIMIT = 10000 };

struct set {
  struct ask_rules *rules; /* NULL: the place is free */
  size_t users;
  uint64_t used;
};

struct ask_recorded {
  char *scratch;
  pthread_mutex_t lock; /* held while a set is loaded: loading is rare, and two loads of one set are one too many */
  struct set *sets;     /* more than SETS_KEPT only while more are in use */
  size_t count, capacity;
  uint64_t clock;
};

struct ask_recorded *ask_recorded_new(const char *scratch) {
  struct ask_recorded *recorded = calloc(1, sizeof *recorded);
  if (!recorded || !(recorded->scratch = strdup(scratch))) abort();
  pthread_mutex_init(&recorded->lock, NULL);
  return recorded;
}

struct ask_recorded *ask_recorded_free(struct ask_recorded *recorded) {
  if (recorded) {
    for (size_t i = 0; i < recorded->count; i++) ask_rules_free(recorded->sets[i].rules);
    free(recorded->sets);
    pthread_mutex_destroy(&recorded->lock);
    free(recorded->scratch);
    free(recorded);
  }
  return NULL;
}

/* ---- files --------------------------------------------------------------------------------------------------------- */

/* A plain relative path: forms/intake.yaml, plugins/nyc/aps/plugin.lua. */
static bool is_safe(const char *path) {
  if (strncmp(path, "forms/", 6) != 0 && strncmp(path, "plugins/", 8) != 0) return false;
  if (strlen(path) > PATH_LIMIT) return false;
  for (const char *step = path;;) {
    size_t length = strcspn(step, "/");
    if (!length || step[0] == '.') return false; /* also .. */
    for (size_t i = 0; i < length; i++)
      if ((unsigned char)step[i] < 0x20) return false;
    if (!step[length]) return true;
    step += length + 1;
  }
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at) {
  (void)status, (void)kind, (void)at;
  return remove(path);
}

static void remove_folder(const char *folder) { nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

/* The folders above a file, below `root`. */
static bool make_folders(char *path, size_t root) {
  for (char *slash = path + root; (slash = strchr(slash + 1, '/'));) {
    *slash = '\0';
    bool good = mkdir(path, 0700) == 0 || errno == EEXIST;
    *slash = '/';
    if (!good) return false;
  }
  return true;
}

static bool write_files(struct ask_arena *arena, const char *folder, const struct ask_source_file *files,
                        size_t count) {
  for (size_t i = 0; i < count; i++) {
    char *path = ask_printf(arena, "%s/%s", folder, files[i].path);
    if (!make_folders(path, strlen(folder)) || !ask_file_replace(path, files[i].bytes.bytes, files[i].bytes.length))
      return false;
  }
  return true;
}

/* Puts the files under scratch/hash, whole or not at all: first beside it, then under its name. What was there is
 * not the set (else nothing would be unpacked) and goes. */
static bool unpack(struct ask_recorded *recorded, struct ask_arena *arena, const char *folder,
                   const struct ask_source_file *files, size_t count) {
  if (mkdir(recorded->scratch, 0700) != 0 && errno != EEXIST) return false;
  char *beside = ask_printf(arena, "%s/.new-XXXXXX", recorded->scratch);
  if (!mkdtemp(beside)) return false;
  bool good = write_files(arena, beside, files, count);
  if (good && rename(beside, folder) != 0) {
    remove_folder(folder);
    good = rename(beside, folder) == 0;
  }
  int error = errno;
  if (!good) remove_folder(beside);
  errno = error;
  return good;
}

/* ---- loading ------------------------------------------------------------------------------------------------------- */

/* Only the rules that the hash names; others are as good as none. */
static struct ask_rules *load(struct ask_arena *arena, const char *folder, const char *hash,
                              const struct ask_source_file *files, size_t count) {
  struct ask_data_places places;
  struct ask_problems unread = {.arena = arena}; /* a plugin that was broken then is broken now */
  if (!ask_sources_places(arena, folder, files, count, &places)) return NULL;
  struct ask_rules *rules = ask_rules_load(&places, &unread);
  return rules && strcmp(rules->hash, hash) == 0 ? rules : ask_rules_free(rules);
}

/* From the folder, if an earlier one unpacked it. */
static struct ask_rules *load_unpacked(struct ask_arena *arena, const char *folder, const char *hash) {
  struct ask_problems unread = {.arena = arena};
  const char *form = ask_path_join(arena, folder, "forms/intake.yaml");
  const char *plugins = ask_path_join(arena, folder, "plugins");
  struct ask_source_file *files = NULL;
  size_t count = 0, capacity = 0, packs = 0;
#define FILE_AT(at) \
  (*(struct ask_source_file *)ask_push(arena, &files, &count, &capacity, sizeof *files) = \
       (struct ask_source_file){.path = (at)})
  if (!ask_is_file(form)) return NULL;
  FILE_AT("forms/intake.yaml");
  if (ask_is_file(ask_path_join(arena, folder, "forms/parameters.yaml"))) FILE_AT("forms/parameters.yaml");
  if (ask_is_folder(ask_path_join(arena, folder, "forms/instruments"))) FILE_AT("forms/instruments/");
  if (ask_is_folder(plugins)) {
    const char **names = ask_folder_list(arena, plugins, NULL, &packs, &unread);
    if (!names || packs > ASK_MOST_PACKS + 1) return NULL;
    for (size_t i = 0; i < packs; i++) FILE_AT(ask_printf(arena, "plugins/%s/", names[i]));
  }
#undef FILE_AT
  return load(arena, folder, hash, files, count);
}

static enum ask_store_status broken(struct ask_problems *problems, const char *hash, const char *what) {
  ask_problem_add(problems, ASK_ERROR, "recorded-rules", ASK_NOWHERE, NULL,
                  "run `askonce store check`: the store may be damaged", "the recorded rules %.12s %s", hash, what);
  return ASK_STORE_BROKEN;
}

/* The store's files as source files, if their hash is right and no path leads elsewhere. */
static enum ask_store_status fetch(struct ask_arena *arena, ask_store_session *session, const char *hash,
                                   struct ask_source_file **ret, size_t *ret_count, struct ask_problems *problems) {
  struct ask_rule_file *stored = NULL;
  size_t count = 0;
  enum ask_store_status status = ask_store_rules_get(session, hash, arena, &stored, &count);
  if (status != ASK_STORE_OK) {
    const char *why = ask_store_message(session);
    ask_problem_add(problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, NULL, "%s",
                    *why ? why : "the rules of this revision could not be read from the store");
    return status;
  }
  if (count > FILES_LIMIT) return broken(problems, hash, "are too many files");
  struct ask_source_file *files = ask_alloc_array(arena, count, sizeof *files);
  for (size_t i = 0; i < count; i++) {
    if (!is_safe(stored[i].path)) return broken(problems, hash, "hold a path that leads elsewhere");
    if (stored[i].bytes.length > ASK_SOURCE_LIMIT) return broken(problems, hash, "hold a file that is too long");
    files[i] = (struct ask_source_file){stored[i].path, {stored[i].bytes.bytes, stored[i].bytes.length}};
  }
  char found[ASK_HASH_TEXT];
  ask_sources_hash(files, count, found);
  if (strcmp(found, hash) != 0) return broken(problems, hash, "are not the files that their hash names");
  *ret = files;
  *ret_count = count;
  return ASK_STORE_OK;
}

static enum ask_store_status load_set(struct ask_recorded *recorded, struct ask_arena *arena,
                                      ask_store_session *session, const char *hash, struct ask_rules **ret,
                                      struct ask_problems *problems) {
  const char *folder = ask_path_join(arena, recorded->scratch, hash);
  *ret = load_unpacked(arena, folder, hash);
  if (*ret) return ASK_STORE_OK;
  struct ask_source_file *files = NULL;
  size_t count = 0;
  enum ask_store_status status = fetch(arena, session, hash, &files, &count, problems);
  if (status != ASK_STORE_OK) return status;
  if (!unpack(recorded, arena, folder, files, count)) {
    enum ask_store_status failed = errno == ENOSPC || errno == EDQUOT ? ASK_STORE_FULL : ASK_STORE_AWAY;
    ask_problem_add(problems, ASK_ERROR, ask_store_status_text(failed), (struct ask_place){.file = recorded->scratch},
                    NULL, "the server keeps recorded rules there: it has to be able to write to it",
                    "recorded rules could not be unpacked: %s", strerror(errno));
    return failed;
  }
  *ret = load(arena, folder, hash, files, count);
  return *ret ? ASK_STORE_OK : broken(problems, hash, "cannot be loaded by this engine");
}

/* ---- the cache ----------------------------------------------------------------------------------------------------- */

/* Sets that nobody works with go, the one not used for longest first, until at most SETS_KEPT are left. */
static void make_room(struct ask_recorded *recorded) {
  while (recorded->count > SETS_KEPT) {
    struct set *oldest = NULL;
    for (size_t i = 0; i < recorded->count; i++) {
      struct set *set = &recorded->sets[i];
      if (!set->users && (!oldest || set->used < oldest->used)) oldest = set;
    }
    if (!oldest) return;
    ask_rules_free(oldest->rules);
    *oldest = recorded->sets[--recorded->count];
  }
}

static struct set *keep(struct ask_recorded *recorded, struct ask_rules *rules) {
  if (recorded->count == recorded->capacity) {
    recorded->capacity = recorded->capacity ? recorded->capacity * 2 : SETS_KEPT + 2;
    struct set *larger = realloc(recorded->sets, recorded->capacity * sizeof *larger);
    if (!larger) abort();
    recorded->sets = larger;
  }
  struct set *set = &recorded->sets[recorded->count++];
  *set = (struct set){.rules = rules};
  return set;
}

enum ask_store_status ask_recorded_take(struct ask_recorded *recorded, ask_store_session *session, const char *hash,
                                        const struct ask_rules **ret, struct ask_problems *problems) {
  enum ask_store_status status = ASK_STORE_OK;
  struct set *set = NULL;
  if (strlen(hash) != ASK_HASH_TEXT - 1 || strspn(hash, "0123456789abcdef") != ASK_HASH_TEXT - 1)
    return broken(problems, "", "of this revision are named by something that is no hash");
  pthread_mutex_lock(&recorded->lock);
  for (size_t i = 0; i < recorded->count; i++)
    if (strcmp(recorded->sets[i].rules->hash, hash) == 0) set = &recorded->sets[i];
  if (!set) {
    struct ask_arena *arena = ask_arena_new();
    struct ask_rules *rules = NULL;
    status = load_set(recorded, arena, session, hash, &rules, problems);
    ask_arena_free(arena);
    if (status == ASK_STORE_OK) set = keep(recorded, rules);
  }
  if (set) {
    set->users++;
    set->used = ++recorded->clock;
    *ret = set->rules;
    make_room(recorded);
  }
  pthread_mutex_unlock(&recorded->lock);
  return status;
}

void ask_recorded_give_back(struct ask_recorded *recorded, const struct ask_rules *rules) {
  pthread_mutex_lock(&recorded->lock);
  for (size_t i = 0; i < recorded->count; i++)
    if (recorded->sets[i].rules == rules) recorded->sets[i].users--;
  make_room(recorded);
  pthread_mutex_unlock(&recorded->lock);
}
