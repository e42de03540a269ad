/* Contract: documents: versions, keys, unique keys, finding, removing, limits, two who write at once. */
#include "contract/store_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A key; a * before it: unique. */
static struct ask_document_key key_of(const char *text) {
  bool unique = *text == '*';
  return (struct ask_document_key){{text + unique, strlen(text + unique)}, unique};
}

/* keys: words with a space between them. */
static enum ask_store_status put_by(ask_store_session *session, const char *kind, const struct ask_uuid *id,
                                    int32_t version, const char *body, const char *keys) {
  struct ask_document document = {kind, *id, version, 1000 + version, {body, strlen(body)}};
  struct ask_document_key list[ASK_DOCUMENT_KEYS];
  char words[1000], *rest = words;
  size_t count = 0;
  snprintf(words, sizeof words, "%s", keys);
  for (char *word; (word = strsep(&rest, " "));)
    if (*word) list[count++] = key_of(word);
  return ask_store_document_put(session, &document, list, count);
}

static enum ask_store_status put(const char *kind, const struct ask_uuid *id, int32_t version, const char *body,
                                 const char *keys) {
  return put_by(fixture()->session, kind, id, version, body, keys);
}

static struct ask_uuid numbered(int number) {
  struct ask_uuid id = {{0}};
  id.bytes[14] = (unsigned char)(number >> 8);
  id.bytes[15] = (unsigned char)number;
  return id;
}

static void expect(const char *kind, const struct ask_uuid *id, int32_t version, const char *body) {
  struct ask_document found = {0};
  fixture_ok(ask_store_document_get(fixture()->session, kind, id, fixture()->arena, &found));
  ck_assert_str_eq(found.kind, kind);
  ck_assert(fixture_same(&found.id, id));
  ck_assert_int_eq(found.version, version);
  ck_assert_int_eq(found.at, 1000 + version);
  ck_assert_msg(ask_text_is(&found.body, body), "%.*s", (int)found.body.length, found.body.bytes);
}

static void expect_none(const char *kind, const struct ask_uuid *id) {
  struct ask_document found;
  fixture_is(ask_store_document_get(fixture()->session, kind, id, fixture()->arena, &found), ASK_STORE_NOT_FOUND);
}

/* What is found, as "BODY:MATCHES ...". */
static const char *find_some(const char *kind, const char *keys, int32_t skip, int32_t limit) {
  struct ask_text list[ASK_DOCUMENT_KEYS];
  struct ask_document *found = NULL;
  int32_t *matches = NULL;
  size_t count = 0, some = 0;
  char words[1000], *rest = words;
  snprintf(words, sizeof words, "%s", keys);
  for (char *word; (word = strsep(&rest, " "));)
    if (*word) list[count++] = (struct ask_text){word, strlen(word)};
  fixture_ok(ask_store_document_find(fixture()->session, kind, list, count, skip, limit, fixture()->arena, &found,
                                     &matches, &some));
  const char *said = "";
  for (size_t i = 0; i < some; i++) {
    ck_assert_str_eq(found[i].kind, kind);
    said = ask_printf(fixture()->arena, "%s%s%.*s:%d", said, i ? " " : "", (int)found[i].body.length,
                      found[i].body.bytes, (int)matches[i]);
  }
  return said;
}

static const char *find(const char *kind, const char *keys) { return find_some(kind, keys, 0, 1000); }

/* ---- versions ------------------------------------------------------------------------------------------------------ */

START_TEST(a_document_is_made_read_and_replaced) {
  struct ask_uuid id = fixture_uuid();
  expect_none("case", &id);
  fixture_ok(put("case", &id, 1, "one", ""));
  expect("case", &id, 1, "one");
  fixture_ok(put("case", &id, 2, "two", ""));
  fixture_ok(put("case", &id, 3, "", "")); /* an empty text is one */
  expect("case", &id, 3, "");
  ck_assert_str_eq(ask_store_message(fixture()->session), "");
}
END_TEST

START_TEST(only_the_next_version_is_taken) {
  struct ask_uuid id = fixture_uuid(), other = fixture_uuid();
  fixture_is(put("case", &id, 2, "two", ""), ASK_STORE_NOT_FOUND);
  fixture_is(put("case", &id, 0, "none", ""), ASK_STORE_CONFLICT);
  fixture_is(put("case", &id, -1, "none", ""), ASK_STORE_CONFLICT);
  fixture_ok(put("case", &id, 1, "one", "a"));
  fixture_is(put("case", &id, 1, "again", "b"), ASK_STORE_CONFLICT);
  fixture_is(put("case", &id, 3, "three", "b"), ASK_STORE_CONFLICT);
  ck_assert(*ask_store_message(fixture()->session));
  expect("case", &id, 1, "one");
  ck_assert_str_eq(find("case", "a b"), "one:1");
  fixture_ok(put("case", &id, 2, "two", "b"));
  fixture_is(put("case", &id, 2, "again", "c"), ASK_STORE_CONFLICT);
  expect("case", &id, 2, "two");
  ck_assert_str_eq(find("case", "a b c"), "two:1");
  expect_none("case", &other);
}
END_TEST

START_TEST(kinds_are_apart) {
  struct ask_uuid id = fixture_uuid();
  fixture_ok(put("case", &id, 1, "a case", "*name k"));
  fixture_ok(put("client", &id, 1, "a client", "*name k"));
  fixture_ok(put("client", &id, 2, "a client still", "*name k"));
  expect("case", &id, 1, "a case");
  expect("client", &id, 2, "a client still");
  ck_assert_str_eq(find("case", "k"), "a case:1");
  fixture_ok(ask_store_document_remove(fixture()->session, "case", &id, 1));
  expect_none("case", &id);
  expect("client", &id, 2, "a client still");
  ck_assert_str_eq(find("client", "k name"), "a client still:2");
}
END_TEST

START_TEST(texts_come_back_byte_for_byte) {
  static const char *const bodies[] = {"{}", "a'b\"c\\d", "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x8f\xa0",
                                       "'; drop table document; --"};
  enum { BODIES = sizeof bodies / sizeof *bodies };
  for (int i = 0; i < BODIES; i++) {
    struct ask_uuid id = numbered(i);
    fixture_ok(put("case", &id, 1, bodies[i], bodies[i]));
    expect("case", &id, 1, bodies[i]);
    char *wide = ask_alloc(fixture()->arena, ASK_DOCUMENT_LIMIT + 1);
    memset(wide, 'a' + i, ASK_DOCUMENT_LIMIT);
    memcpy(wide, bodies[i], strlen(bodies[i]));
    wide[ASK_DOCUMENT_LIMIT] = '\0';
    fixture_ok(put("case", &id, 2, wide, ""));
    expect("case", &id, 2, wide);
  }
}
END_TEST

START_TEST(everything_is_there_after_opening_again) {
  struct ask_uuid id = fixture_uuid(), gone = fixture_uuid();
  fixture_ok(put("case", &id, 1, "one", "a"));
  fixture_ok(put("case", &id, 2, "two", "b *c"));
  fixture_ok(put("case", &gone, 1, "gone", "b"));
  fixture_ok(ask_store_document_remove(fixture()->session, "case", &gone, 1));
  fixture_reopen();
  expect("case", &id, 2, "two");
  expect_none("case", &gone);
  ck_assert_str_eq(find("case", "a b c"), "two:2");
  fixture_is(put("case", &gone, 1, "other", "*c"), ASK_STORE_CONFLICT);
  fixture_ok(put("case", &id, 3, "three", "b"));
}
END_TEST

START_TEST(other_sessions_see_it_at_once) {
  ask_store_session *other = ask_store_session_open(fixture()->store);
  struct ask_uuid id = fixture_uuid();
  struct ask_document found;
  fixture_is(ask_store_document_get(other, "case", &id, fixture()->arena, &found), ASK_STORE_NOT_FOUND);
  for (int32_t version = 1; version <= 5; version++) {
    fixture_ok(put_by(version % 2 ? other : fixture()->session, "case", &id, version, "x", "k"));
    fixture_ok(ask_store_document_get(other, "case", &id, fixture()->arena, &found));
    ck_assert_int_eq(found.version, version);
  }
  ask_store_session_close(other);
}
END_TEST

/* ---- keys ---------------------------------------------------------------------------------------------------------- */

START_TEST(keys_replace_those_before) {
  struct ask_uuid id = fixture_uuid();
  fixture_ok(put("case", &id, 1, "x", "a b c"));
  ck_assert_str_eq(find("case", "a b c"), "x:3");
  fixture_ok(put("case", &id, 2, "x", "b c d *e"));
  ck_assert_str_eq(find("case", "a"), "");
  ck_assert_str_eq(find("case", "a b c d e"), "x:4");
  fixture_ok(put("case", &id, 3, "x", "*b c d e")); /* b becomes unique, e no longer is */
  struct ask_uuid other = fixture_uuid();
  fixture_is(put("case", &other, 1, "y", "*b"), ASK_STORE_CONFLICT);
  fixture_ok(put("case", &other, 1, "y", "*e"));
  fixture_ok(put("case", &id, 4, "x", ""));
  ck_assert_str_eq(find("case", "a b c d"), "");
  ck_assert_str_eq(find("case", "b e"), "y:1");
}
END_TEST

START_TEST(a_key_given_twice_is_one) {
  struct ask_uuid id = fixture_uuid(), other = fixture_uuid();
  fixture_ok(put("case", &id, 1, "x", "a a *a b b"));
  ck_assert_str_eq(find("case", "a"), "x:1");
  ck_assert_str_eq(find("case", "a a b a"), "x:2");
  fixture_is(put("case", &other, 1, "y", "*a"), ASK_STORE_CONFLICT);
}
END_TEST

START_TEST(a_unique_key_belongs_to_one_of_a_kind) {
  struct ask_uuid first = numbered(1), second = numbered(2);
  fixture_ok(put("user", &first, 1, "first", "*name:ana"));
  fixture_is(put("user", &second, 1, "second", "*name:ana other"), ASK_STORE_CONFLICT);
  ck_assert(*ask_store_message(fixture()->session));
  ck_assert(!strstr(ask_store_message(fixture()->session), "ana"));
  expect_none("user", &second); /* nothing of it was written */
  ck_assert_str_eq(find("user", "other"), "");
  fixture_ok(put("user", &second, 1, "second", "name:ana")); /* not as a unique one */
  fixture_is(put("user", &second, 2, "second", "*name:ana"), ASK_STORE_CONFLICT);
  expect("user", &second, 1, "second");
  ck_assert_str_eq(find("user", "name:ana"), "second:1 first:1");
  fixture_ok(put("user", &first, 2, "first", "*name:eva")); /* lets go of it */
  fixture_ok(put("user", &second, 2, "second", "*name:ana"));
  fixture_ok(ask_store_document_remove(fixture()->session, "user", &second, 2));
  fixture_ok(put("user", &first, 3, "first", "*name:ana"));
  fixture_ok(put("user", &first, 4, "first", "*name:ana")); /* its own is no other's */
}
END_TEST

/* Keys are texts to a store, but no byte of them means anything to it. */
START_TEST(keys_are_bytes) {
  static const char *const texts[] = {"a", "a%", "a_", "A", "\xc3\xa4", "a\xcc\x88", "\xff\xfe", "'", "\\x61"};
  enum { TEXTS = sizeof texts / sizeof *texts };
  for (int i = 0; i < TEXTS; i++) {
    struct ask_uuid id = numbered(i);
    struct ask_document document = {"case", id, 1, 1001, {"x", 1}};
    struct ask_document_key key = {{texts[i], strlen(texts[i])}, true};
    fixture_ok(ask_store_document_put(fixture()->session, &document, &key, 1));
  }
  for (int i = 0; i < TEXTS; i++) {
    struct ask_text key = {texts[i], strlen(texts[i])};
    struct ask_document *found = NULL;
    size_t count = 0;
    fixture_ok(
        ask_store_document_find(fixture()->session, "case", &key, 1, 0, 10, fixture()->arena, &found, NULL, &count));
    ck_assert_uint_eq(count, 1);
    struct ask_uuid id = numbered(i);
    ck_assert(fixture_same(&found[0].id, &id));
  }
  struct ask_text nul = {"a\0b", 3};
  struct ask_document_key key = {nul, false};
  struct ask_document document = {"case", numbered(100), 1, 1001, {"nul", 3}}, *found = NULL;
  size_t count = 0;
  fixture_ok(ask_store_document_put(fixture()->session, &document, &key, 1));
  fixture_ok(
      ask_store_document_find(fixture()->session, "case", &nul, 1, 0, 9, fixture()->arena, &found, NULL, &count));
  ck_assert_uint_eq(count, 1);
  ck_assert(ask_text_is(&found[0].body, "nul"));
}
END_TEST

/* ---- finding ------------------------------------------------------------------------------------------------------- */

static void make_letters(void) {
  static const char *const keys[] = {"red", "red round", "blue", "red round small", "round", "small blue round", ""};
  for (int i = 0; i < 7; i++) {
    struct ask_uuid id = numbered(i);
    char body[2] = {(char)('a' + i), '\0'};
    fixture_ok(put("case", &id, 1, body, keys[i]));
  }
}

START_TEST(most_matches_first_then_the_newest) {
  make_letters();
  ck_assert_str_eq(find("case", "red"), "d:1 b:1 a:1");
  ck_assert_str_eq(find("case", "red round"), "d:2 b:2 f:1 e:1 a:1");
  ck_assert_str_eq(find("case", "red round small"), "d:3 f:2 b:2 e:1 a:1");
  ck_assert_str_eq(find("case", "green small"), "f:1 d:1");
  ck_assert_str_eq(find("case", "green"), "");
  ck_assert_str_eq(find("case", "re"), "");
  ck_assert_str_eq(find("client", "red"), "");
  ck_assert_str_eq(find("case", ""), "g:0 f:0 e:0 d:0 c:0 b:0 a:0");
  ck_assert_str_eq(find("client", ""), "");
}
END_TEST

START_TEST(some_are_passed_over_and_some_given) {
  make_letters();
  ck_assert_str_eq(find_some("case", "red round", 0, 2), "d:2 b:2");
  ck_assert_str_eq(find_some("case", "red round", 1, 3), "b:2 f:1 e:1");
  ck_assert_str_eq(find_some("case", "red round", 4, 2), "a:1");
  ck_assert_str_eq(find_some("case", "red round", 5, 2), "");
  ck_assert_str_eq(find_some("case", "", 0, 1), "g:0");
  ck_assert_str_eq(find_some("case", "", 5, 10), "b:0 a:0");
  ck_assert_str_eq(find_some("case", "", INT32_MAX, 10), "");
  ck_assert_str_eq(find_some("case", "", INT32_MIN, 1), "g:0"); /* as 0 */
  ck_assert_str_eq(find_some("case", "red", 0, 0), "d:1");      /* as 1 */
  ck_assert_str_eq(find_some("case", "red", 0, INT32_MAX), "d:1 b:1 a:1");
}
END_TEST

START_TEST(as_many_keys_as_there_may_be) {
  char keys[1000] = "", fewer[1000];
  struct ask_uuid id = numbered(1), other = numbered(2);
  for (int i = 0; i < ASK_DOCUMENT_KEYS; i++) snprintf(keys + strlen(keys), sizeof keys - strlen(keys), "k%d ", i);
  snprintf(fewer, sizeof fewer, "%s", keys + 6);
  fixture_ok(put("case", &id, 1, "all", keys));
  fixture_ok(put("case", &other, 1, "fewer", fewer));
  ck_assert_str_eq(find("case", keys), "all:64 fewer:62");
  fixture_ok(put("case", &id, 2, "all", keys));
  ck_assert_str_eq(find("case", keys), "all:64 fewer:62");
}
END_TEST

/* ---- removing ------------------------------------------------------------------------------------------------------ */

START_TEST(a_document_goes_with_its_keys) {
  struct ask_uuid id = fixture_uuid(), other = fixture_uuid();
  fixture_is(ask_store_document_remove(fixture()->session, "case", &id, 1), ASK_STORE_NOT_FOUND);
  fixture_ok(put("case", &id, 1, "x", "a *b"));
  fixture_ok(put("case", &id, 2, "x", "a *b"));
  fixture_is(ask_store_document_remove(fixture()->session, "case", &id, 1), ASK_STORE_CONFLICT);
  fixture_is(ask_store_document_remove(fixture()->session, "case", &id, 3), ASK_STORE_CONFLICT);
  fixture_is(ask_store_document_remove(fixture()->session, "client", &id, 2), ASK_STORE_NOT_FOUND);
  expect("case", &id, 2, "x");
  fixture_ok(ask_store_document_remove(fixture()->session, "case", &id, 2));
  expect_none("case", &id);
  ck_assert_str_eq(find("case", "a b"), "");
  fixture_is(ask_store_document_remove(fixture()->session, "case", &id, 2), ASK_STORE_NOT_FOUND);
  fixture_is(put("case", &id, 3, "x", ""), ASK_STORE_NOT_FOUND);
  fixture_ok(put("case", &other, 1, "y", "*b"));
  fixture_ok(put("case", &id, 1, "new", "a")); /* its name is free again */
  expect("case", &id, 1, "new");
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------------------------------- */

START_TEST(more_than_the_limits_is_refused) {
  struct ask_uuid id = fixture_uuid();
  struct ask_document document = {"case", id, 1, 1001, {"{}", 2}}, *found = NULL;
  struct ask_document_key keys[ASK_DOCUMENT_KEYS + 1];
  struct ask_text wanted[ASK_DOCUMENT_KEYS + 1];
  static char texts[ASK_DOCUMENT_KEYS + 1][ASK_DOCUMENT_KEY + 1];
  static char wide[ASK_DOCUMENT_LIMIT + 1];
  ask_store_session *session = fixture()->session;
  size_t count = 0;
  memset(wide, ' ', sizeof wide);
  for (int i = 0; i <= ASK_DOCUMENT_KEYS; i++) {
    memset(texts[i], 'a' + i % 26, sizeof texts[i]);
    texts[i][0] = (char)(i + 1);
    wanted[i] = (struct ask_text){texts[i], ASK_DOCUMENT_KEY};
    keys[i] = (struct ask_document_key){wanted[i], i % 2};
  }
  fixture_is(ask_store_document_put(session, &document, keys, ASK_DOCUMENT_KEYS + 1), ASK_STORE_BROKEN);
  ck_assert(*ask_store_message(session));
  keys[5].text.length = ASK_DOCUMENT_KEY + 1;
  fixture_is(ask_store_document_put(session, &document, keys, ASK_DOCUMENT_KEYS), ASK_STORE_BROKEN);
  keys[5].text.length = 0;
  fixture_is(ask_store_document_put(session, &document, keys, ASK_DOCUMENT_KEYS), ASK_STORE_BROKEN);
  keys[5].text.length = ASK_DOCUMENT_KEY;
  document.body = (struct ask_text){wide, sizeof wide};
  fixture_is(ask_store_document_put(session, &document, keys, 1), ASK_STORE_BROKEN);
  document.body = (struct ask_text){"\xff", 1};
  fixture_is(ask_store_document_put(session, &document, keys, 1), ASK_STORE_BROKEN);
  static const char *const kinds[] = {"", "Case", "a b", "a1", "a-b", "\xc3\xa4", "abcdefghijklmnopqrstuvwxyz_______"};
  document.body = (struct ask_text){wide, ASK_DOCUMENT_LIMIT};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    document.kind = kinds[i];
    fixture_is(ask_store_document_put(session, &document, keys, 1), ASK_STORE_BROKEN);
    fixture_is(ask_store_document_get(session, kinds[i], &id, fixture()->arena, &document), ASK_STORE_BROKEN);
    fixture_is(ask_store_document_find(session, kinds[i], NULL, 0, 0, 9, fixture()->arena, &found, NULL, &count),
               ASK_STORE_BROKEN);
    fixture_is(ask_store_document_remove(session, kinds[i], &id, 1), ASK_STORE_BROKEN);
  }
  fixture_is(ask_store_document_find(session, "case", wanted, ASK_DOCUMENT_KEYS + 1, 0, 9, fixture()->arena, &found,
                                     NULL, &count),
             ASK_STORE_BROKEN);
  ck_assert_str_eq(find("case", ""), ""); /* nothing was written */
  document.kind = "abcdefghijklmnopqrstuvwxyz______";
  fixture_ok(ask_store_document_put(session, &document, keys, ASK_DOCUMENT_KEYS));
  fixture_ok(ask_store_document_find(session, document.kind, wanted, ASK_DOCUMENT_KEYS, 0, 9, fixture()->arena, &found,
                                     NULL, &count));
  ck_assert_uint_eq(count, 1);
  ck_assert_uint_eq(found[0].body.length, ASK_DOCUMENT_LIMIT);
}
END_TEST

/* ---- at once ------------------------------------------------------------------------------------------------------- */

enum { THREADS = 4, ROUNDS = 25 };

struct worker {
  pthread_t thread;
  pthread_barrier_t *together;
  int number;
  enum ask_store_status versions[ROUNDS + 1], names[ROUNDS + 1];
};

static void *write_rounds(void *argument) {
  struct worker *worker = argument;
  ask_store_session *session = ask_store_session_open(fixture()->store);
  struct ask_uuid one = numbered(1);
  for (int round = 1; round <= ROUNDS; round++) {
    struct ask_uuid own = numbered(1000 + round * THREADS + worker->number);
    char body[32], key[32], name[32];
    snprintf(body, sizeof body, "%d", worker->number);
    snprintf(key, sizeof key, "of:%d", worker->number);
    snprintf(name, sizeof name, "*name:%d", round);
    pthread_barrier_wait(worker->together);
    worker->versions[round] = put_by(session, "case", &one, round, body, key);
    worker->names[round] = put_by(session, "user", &own, 1, body, name);
    pthread_barrier_wait(worker->together);
  }
  ask_store_session_close(session);
  return NULL;
}

START_TEST(one_of_several_wins_each_version_and_each_name) {
  struct worker workers[THREADS] = {0};
  pthread_barrier_t together;
  int last = -1;
  pthread_barrier_init(&together, NULL, THREADS);
  for (int t = 0; t < THREADS; t++) {
    workers[t].number = t;
    workers[t].together = &together;
    ck_assert_int_eq(pthread_create(&workers[t].thread, NULL, write_rounds, &workers[t]), 0);
  }
  for (int t = 0; t < THREADS; t++) pthread_join(workers[t].thread, NULL);
  pthread_barrier_destroy(&together);
  for (int round = 1; round <= ROUNDS; round++) {
    int versions = 0, names = 0;
    for (int t = 0; t < THREADS; t++) {
      if (workers[t].versions[round] == ASK_STORE_OK)
        versions++, last = t;
      else
        fixture_is(workers[t].versions[round], ASK_STORE_CONFLICT);
      if (workers[t].names[round] == ASK_STORE_OK)
        names++;
      else
        fixture_is(workers[t].names[round], ASK_STORE_CONFLICT);
    }
    ck_assert_int_eq(versions, 1);
    ck_assert_int_eq(names, 1);
  }
  /* The text and the keys are of the same writer. */
  expect("case", &(struct ask_uuid){{[15] = 1}}, ROUNDS, ask_printf(fixture()->arena, "%d", last));
  ck_assert_str_eq(find("case", "of:0 of:1 of:2 of:3"), ask_printf(fixture()->arena, "%d:1", last));
  ck_assert_str_eq(find("case", ask_printf(fixture()->arena, "of:%d", last)),
                   ask_printf(fixture()->arena, "%d:1", last));
}
END_TEST

struct changer {
  pthread_t thread;
  int number, made, removed;
};

/* Makes, changes and removes the same few documents as others do; every outcome is one of those that the header names. */
static void *change_all(void *argument) {
  struct changer *changer = argument;
  ask_store_session *session = ask_store_session_open(fixture()->store);
  unsigned seed = (unsigned)changer->number;
  for (int i = 0; i < 120; i++) {
    struct ask_uuid id = numbered(1 + rand_r(&seed) % 3);
    struct ask_document found = {.version = 0};
    struct ask_arena *arena = ask_arena_new();
    enum ask_store_status status = ask_store_document_get(session, "case", &id, arena, &found);
    ck_assert(status == ASK_STORE_OK || status == ASK_STORE_NOT_FOUND);
    char keys[64], body[64];
    snprintf(keys, sizeof keys, "*u%d k%d", rand_r(&seed) % 4, rand_r(&seed) % 3);
    snprintf(body, sizeof body, "%s", keys + 1);
    if (rand_r(&seed) % 4 == 0 && found.version) {
      status = ask_store_document_remove(session, "case", &id, found.version);
      changer->removed += status == ASK_STORE_OK;
    } else {
      status = put_by(session, "case", &id, found.version + 1, body, keys);
      changer->made += status == ASK_STORE_OK;
    }
    ck_assert_msg(status == ASK_STORE_OK || status == ASK_STORE_NOT_FOUND || status == ASK_STORE_CONFLICT, "%s: %s",
                  ask_store_status_text(status), ask_store_message(session));
    ask_arena_free(arena);
  }
  ask_store_session_close(session);
  return NULL;
}

START_TEST(keys_stay_those_of_the_text_whoever_writes) {
  struct changer changers[THREADS] = {0};
  for (int t = 0; t < THREADS; t++) {
    changers[t].number = t + 1;
    ck_assert_int_eq(pthread_create(&changers[t].thread, NULL, change_all, &changers[t]), 0);
  }
  int made = 0, removed = 0;
  for (int t = 0; t < THREADS; t++) {
    pthread_join(changers[t].thread, NULL);
    made += changers[t].made;
    removed += changers[t].removed;
  }
  ck_assert_int_gt(made, 0);
  ck_assert_int_gt(removed, 0);
  struct ask_document *found = NULL;
  int32_t *matches = NULL;
  size_t count = 0;
  fixture_ok(
      ask_store_document_find(fixture()->session, "case", NULL, 0, 0, 10, fixture()->arena, &found, &matches, &count));
  for (size_t i = 0; i < count; i++) {
    /* "u2 k1": by both of its keys, and by no third one */
    char words[32], *rest = words;
    snprintf(words, sizeof words, "%.*s", (int)found[i].body.length, found[i].body.bytes);
    struct ask_text own[2];
    for (int k = 0; k < 2; k++) {
      char *word = strsep(&rest, " ");
      own[k] = (struct ask_text){word, strlen(word)};
    }
    struct ask_document *by_keys = NULL;
    size_t some = 0;
    fixture_ok(ask_store_document_find(fixture()->session, "case", own, 1, 0, 10, fixture()->arena, &by_keys, &matches,
                                       &some));
    ck_assert_uint_eq(some, 1);
    ck_assert(fixture_same(&by_keys[0].id, &found[i].id));
  }
  const char *all = find("case", "u0 u1 u2 u3 k0 k1 k2");
  for (const char *at = all; (at = strchr(at, ':')); at++) ck_assert_msg(at[1] == '2', "%s", all);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_document_is_made_read_and_replaced,
                                only_the_next_version_is_taken,
                                kinds_are_apart,
                                texts_come_back_byte_for_byte,
                                everything_is_there_after_opening_again,
                                other_sessions_see_it_at_once,
                                keys_replace_those_before,
                                a_key_given_twice_is_one,
                                a_unique_key_belongs_to_one_of_a_kind,
                                keys_are_bytes,
                                most_matches_first_then_the_newest,
                                some_are_passed_over_and_some_given,
                                as_many_keys_as_there_may_be,
                                a_document_goes_with_its_keys,
                                more_than_the_limits_is_refused,
                                one_of_several_wins_each_version_and_each_name,
                                keys_stay_those_of_the_text_whoever_writes,
                                NULL};
  return fixture_main("documents", tests);
}
