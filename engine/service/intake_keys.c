/* Whose a bearer key is: the store's answer, remembered for a moment. A key that was revoked stops within a second,
 * whatever happens: what memory says is trusted for so long after the store was asked, and no longer. Only while the
 * store is away do keys that it knew go on, for a quarter of an hour.
 *
 * Memory is looked up by the SHA-256 of the key and compared byte by byte, not in constant time: who measures it learns
 * leading digits of the hash of a key that has 256 random bits, from which no key follows. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "service/intake_parts.h"
#include "service/keys.h"

enum {
  SHARDS = 16,
  BUCKETS = 64, /* of a shard */
  WAYS = 4,     /* places in a bucket: 4,096 keys in all */
  KEY_LENGTH = ASK_KEY_TEXT - 1,
};

static const int64_t TRUSTED = 1000000;         /* microseconds since the store was asked */
static const int64_t ASKED_AGAIN = 500000;      /* from then on one caller asks it again; the others need not wait */
static const int64_t ASKING = 250000;           /* how long the others leave that to the one */
static const int64_t WITHOUT_STORE = 900000000; /* since the store last knew it */

struct entry {
  char hash[ASK_HASH_TEXT]; /* "": free */
  struct ask_caller caller;
  const char *name;
  int64_t known;   /* when the store was last asked and knew it */
  int64_t fresh;   /* until then nobody asks the store */
  int64_t again;   /* when one caller should */
  int64_t trusted; /* from then on every caller has to */
  int64_t used;
};

struct shard {
  pthread_mutex_t lock;
  struct entry entries[BUCKETS][WAYS];
};

struct ask_key_memory {
  struct shard shards[SHARDS];
  pthread_mutex_t names_lock;
  struct ask_arena *names; /* of partners: each once, as long as the memory, so that callers may keep them */
  struct ask_map *name_numbers;
  const char **name_list;
  size_t name_count, name_capacity;
};

struct ask_key_memory *ask_key_memory_new(void) {
  struct ask_key_memory *memory = calloc(1, sizeof *memory);
  if (!memory) abort();
  for (size_t i = 0; i < SHARDS; i++) pthread_mutex_init(&memory->shards[i].lock, NULL);
  pthread_mutex_init(&memory->names_lock, NULL);
  memory->names = ask_arena_new();
  memory->name_numbers = ask_map_new(memory->names);
  return memory;
}

struct ask_key_memory *ask_key_memory_free(struct ask_key_memory *memory) {
  if (memory) {
    for (size_t i = 0; i < SHARDS; i++) pthread_mutex_destroy(&memory->shards[i].lock);
    pthread_mutex_destroy(&memory->names_lock);
    ask_arena_free(memory->names);
    free(memory);
  }
  return NULL;
}

/* ---- memory -------------------------------------------------------------------------------------------------------- */

int64_t ask_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Four digits of the hash. */
static unsigned spread(const char *hash) {
  unsigned value = 0;
  for (int i = 0; i < 4; i++) value = value * 16 + (unsigned)(hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10);
  return value;
}

static struct shard *shard_of(struct ask_key_memory *memory, const char *hash) {
  return &memory->shards[spread(hash) % SHARDS];
}

static struct entry *bucket_of(struct shard *shard, const char *hash) {
  return shard->entries[spread(hash) / SHARDS % BUCKETS];
}

static struct entry *find(struct shard *shard, const char *hash) {
  struct entry *bucket = bucket_of(shard, hash);
  for (size_t i = 0; i < WAYS; i++)
    if (memcmp(bucket[i].hash, hash, ASK_HASH_TEXT) == 0) return &bucket[i];
  return NULL;
}

/* Its own place, a free one, or that of the key not used for longest. */
static struct entry *place_for(struct shard *shard, const char *hash) {
  struct entry *bucket = bucket_of(shard, hash), *place = find(shard, hash);
  if (place) return place;
  place = &bucket[0];
  for (size_t i = 1; i < WAYS; i++)
    if (bucket[i].used < place->used) place = &bucket[i];
  *place = (struct entry){0};
  return place;
}

static const char *keep_name(struct ask_key_memory *memory, const char *name) {
  pthread_mutex_lock(&memory->names_lock);
  int32_t number = ask_map_get(memory->name_numbers, name);
  if (number < 0) {
    number = (int32_t)memory->name_count;
    *(const char **)ask_push(memory->names, &memory->name_list, &memory->name_count, &memory->name_capacity,
                             sizeof *memory->name_list) = ask_strdup(memory->names, name);
    ask_map_put(memory->name_numbers, name, number);
  }
  const char *kept = memory->name_list[number];
  pthread_mutex_unlock(&memory->names_lock);
  return kept;
}

static void answer(struct entry *entry, int64_t now, struct ask_caller *ret, const char **ret_name) {
  entry->used = now;
  *ret = entry->caller;
  *ret_name = entry->name;
}

static void trust_from(struct entry *entry, int64_t moment) {
  entry->fresh = entry->again = moment + ASKED_AGAIN;
  entry->trusted = moment + TRUSTED;
}

/* A key is "ask_" and 43 letters; nothing else is looked up. */
static bool looks_like_a_key(struct ask_text key) {
  if (key.length != KEY_LENGTH || memcmp(key.bytes, "ask_", 4) != 0) return false;
  for (size_t i = 4; i < key.length; i++) {
    char c = key.bytes[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
      return false;
  }
  return true;
}

/* may_ask: this caller goes to the store next when it gets false. Of the others, one is sent to do so in time. */
static bool remembered(struct ask_key_memory *memory, const char *hash, bool may_ask, struct ask_caller *ret,
                       const char **ret_name) {
  struct shard *shard = shard_of(memory, hash);
  int64_t now = ask_monotonic();
  pthread_mutex_lock(&shard->lock);
  struct entry *entry = find(shard, hash);
  bool found = entry && now < (may_ask ? entry->fresh : entry->trusted);
  if (found && !may_ask && now >= entry->again) {
    entry->again = now + ASKING;
    found = false; /* it will come back through ask_intake_authenticate */
  }
  if (found) answer(entry, now, ret, ret_name);
  pthread_mutex_unlock(&shard->lock);
  return found;
}

bool ask_intake_authenticated(struct ask_intake *intake, struct ask_text key, struct ask_caller *ret,
                              const char **ret_name) {
  char hash[ASK_HASH_TEXT];
  if (!looks_like_a_key(key)) return false;
  ask_key_hash(key, hash);
  return remembered(intake->keys, hash, false, ret, ret_name);
}

static bool read_token(const struct ask_intake *intake, struct ask_text token, char ret_hash[ASK_HASH_TEXT]) {
  return ask_token_read(intake->secret, token, ask_now() / 1000000, ret_hash);
}

bool ask_intake_authenticated_token(struct ask_intake *intake, struct ask_text token, struct ask_caller *ret,
                                    const char **ret_name) {
  char hash[ASK_HASH_TEXT];
  return read_token(intake, token, hash) && remembered(intake->keys, hash, false, ret, ret_name);
}

/* ---- the store ----------------------------------------------------------------------------------------------------- */

static void forget(struct shard *shard, const char *hash) {
  pthread_mutex_lock(&shard->lock);
  struct entry *entry = find(shard, hash);
  if (entry) *entry = (struct entry){0};
  pthread_mutex_unlock(&shard->lock);
}

/* asked: before the store was, so that a revocation after its answer counts from then. */
static void remember(struct ask_key_memory *memory, const char *hash, const struct ask_partner_key *key, int64_t asked,
                     struct ask_caller *ret, const char **ret_name) {
  struct shard *shard = shard_of(memory, hash);
  const char *name = keep_name(memory, key->name);
  pthread_mutex_lock(&shard->lock);
  struct entry *entry = place_for(shard, hash);
  memcpy(entry->hash, hash, sizeof entry->hash);
  entry->caller = (struct ask_caller){key->partner, key->id};
  entry->name = name;
  if (asked >= entry->known) {
    entry->known = asked;
    trust_from(entry, asked);
  }
  answer(entry, asked, ret, ret_name);
  pthread_mutex_unlock(&shard->lock);
}

/* The store is away: what it knew a short time ago goes on, a second at a time. */
static bool go_on_without(struct ask_key_memory *memory, const char *hash, struct ask_caller *ret,
                          const char **ret_name) {
  struct shard *shard = shard_of(memory, hash);
  int64_t now = ask_monotonic();
  pthread_mutex_lock(&shard->lock);
  struct entry *entry = find(shard, hash);
  bool known = entry && now < entry->known + WITHOUT_STORE;
  if (known) {
    trust_from(entry, now);
    answer(entry, now, ret, ret_name);
  }
  pthread_mutex_unlock(&shard->lock);
  return known;
}

static enum ask_outcome authenticate(struct ask_seat *seat, const char *hash, struct ask_caller *ret,
                                     const char **ret_name) {
  struct ask_key_memory *memory = seat->intake->keys;
  struct ask_partner_key found;
  if (!seat->session) return ASK_AWAY;
  if (remembered(memory, hash, true, ret, ret_name)) return ASK_DONE;
  ask_seat_begin_plain(seat);
  int64_t asked = ask_monotonic();
  enum ask_store_status status = ask_store_key_find(seat->session, hash, seat->arena, &found);
  if (status == ASK_STORE_OK && !found.revoked) {
    remember(memory, hash, &found, asked, ret, ret_name);
    return ASK_DONE;
  }
  if (status == ASK_STORE_OK || status == ASK_STORE_NOT_FOUND) {
    forget(shard_of(memory, hash), hash);
    return ASK_NO_SUCH;
  }
  if (status == ASK_STORE_AWAY && go_on_without(memory, hash, ret, ret_name)) return ASK_DONE;
  return ask_outcome_of_status(status);
}

enum ask_outcome ask_intake_authenticate(struct ask_seat *seat, struct ask_text key, struct ask_caller *ret,
                                         const char **ret_name) {
  char hash[ASK_HASH_TEXT];
  if (!looks_like_a_key(key)) return ASK_NO_SUCH;
  ask_key_hash(key, hash);
  return authenticate(seat, hash, ret, ret_name);
}

enum ask_outcome ask_intake_authenticate_token(struct ask_seat *seat, struct ask_text token, struct ask_caller *ret,
                                               const char **ret_name) {
  char hash[ASK_HASH_TEXT];
  if (!read_token(seat->intake, token, hash)) return ASK_NO_SUCH;
  return authenticate(seat, hash, ret, ret_name);
}
