/* Token buckets: 1,024 rows of 8 places, a row chosen by a hash of who it is. 256 kB, whatever happens. */
#include "http/limit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1024, PLACES = 8, LOCKS = 16, TOKEN = 1000000 };

struct bucket {
  unsigned char who[16];
  int64_t tokens; /* millionths */
  int64_t at;     /* when they were counted; 0: a free place */
};

struct ask_limit {
  int64_t per_second, burst;
  pthread_mutex_t locks[LOCKS];
  struct bucket rows[ROWS][PLACES];
};

struct ask_limit *ask_limit_new(int64_t per_second, int64_t burst) {
  struct ask_limit *limit = calloc(1, sizeof *limit);
  if (!limit) abort();
  limit->per_second = per_second > TOKEN ? TOKEN : per_second;
  limit->burst = (burst < 1 ? 1 : burst > TOKEN ? TOKEN : burst) * TOKEN;
  for (int i = 0; i < LOCKS; i++) pthread_mutex_init(&limit->locks[i], NULL);
  return limit;
}

struct ask_limit *ask_limit_free(struct ask_limit *limit) {
  if (!limit) return NULL;
  for (int i = 0; i < LOCKS; i++) pthread_mutex_destroy(&limit->locks[i]);
  free(limit);
  return NULL;
}

static uint64_t hash(const unsigned char who[16]) {
  uint64_t a, b;
  memcpy(&a, who, 8);
  memcpy(&b, who + 8, 8);
  a = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;
  return a ^ (a >> 31);
}

static struct bucket *find(struct bucket row[PLACES], const unsigned char who[16]) {
  struct bucket *oldest = row;
  for (int i = 0; i < PLACES; i++) {
    if (row[i].at && memcmp(row[i].who, who, 16) == 0) return &row[i];
    if (row[i].at < oldest->at) oldest = &row[i];
  }
  memcpy(oldest->who, who, 16);
  oldest->at = 0;
  return oldest;
}

static bool look(struct ask_limit *limit, const unsigned char who[16], int64_t now, bool take, int *ret_seconds) {
  uint64_t row = hash(who) % ROWS;
  pthread_mutex_t *lock = &limit->locks[row % LOCKS];
  pthread_mutex_lock(lock);
  struct bucket *bucket = find(limit->rows[row], who);
  if (!bucket->at) {
    bucket->tokens = limit->burst;
  } else if (now > bucket->at) {
    /* tokens come as millionths per microsecond; after the time that fills it, a bucket is full */
    int64_t passed = now - bucket->at, fills = limit->burst / limit->per_second;
    int64_t tokens = passed > fills ? limit->burst : bucket->tokens + passed * limit->per_second;
    bucket->tokens = tokens > limit->burst ? limit->burst : tokens;
  }
  bucket->at = now > bucket->at ? now : bucket->at;
  bool there = bucket->tokens >= TOKEN;
  if (there && take) bucket->tokens -= TOKEN;
  if (!there) *ret_seconds = 1 + (int)((TOKEN - bucket->tokens) / limit->per_second / 1000000);
  pthread_mutex_unlock(lock);
  return there;
}

bool ask_limit_take(struct ask_limit *limit, const unsigned char who[16], int64_t now, int *ret_seconds) {
  return look(limit, who, now, true, ret_seconds);
}

bool ask_limit_has(struct ask_limit *limit, const unsigned char who[16], int64_t now, int *ret_seconds) {
  return look(limit, who, now, false, ret_seconds);
}
