/* For the contract suite: a fresh store of the kind that ASK_TEST_STORE names (sqlite, pg), with two partners that have a
 * key each and recorded rules, for each test. What the suite asks of a store it asks of every backend.
 * A file test_sqlite_*.c or test_pg_*.c is about one of them. */
#ifndef TESTS_CONTRACT_STORE_FIXTURE_H
#define TESTS_CONTRACT_STORE_FIXTURE_H

#include <check.h>

#include "contract/fixture_pg.h"
#include "store/store.h"

enum { FIXTURE_URL = 1024 };

struct fixture {
  char folder[64]; /* temporary; gone after the test */
  char url[FIXTURE_URL];
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_store *store;
  ask_store_session *session;
  struct ask_partner_key ours, theirs; /* of two partners */
};
/* The one of the test that runs. */
struct fixture *fixture(void);

/* Runs the tests (a list that ends with NULL), each with a fresh store. For main: 0, 1, or 77 when this kind of store cannot
 * be had here. */
int fixture_main(const char *name, const TTest *const *tests);
bool fixture_is_sqlite(void);

/* Closes and opens the store again. */
void fixture_reopen(void);
/* Fails the test unless OK; names the place and the store's message. */
#define fixture_ok(operation) fixture_is((operation), ASK_STORE_OK)
#define fixture_is(operation, expected) fixture_status((operation), (expected), #operation, __FILE__, __LINE__)
void fixture_status(enum ask_store_status status, enum ask_store_status expected, const char *what, const char *file,
                    int line);

struct ask_uuid fixture_uuid(void); /* never the same twice */
bool fixture_same(const struct ask_uuid *a, const struct ask_uuid *b);
/* 64 hexadecimal digits. */
#define FIXTURE_RULES "1111111111111111111111111111111111111111111111111111111111111111"

/* A write by that key: answers {"n":NUMBER}, result {"r":NUMBER}. */
struct ask_write fixture_write(const struct ask_partner_key *by, const struct ask_uuid *assessment, int32_t number);
/* The key of a request whose content is `content`. */
void fixture_key(struct ask_write *write, const char *key, unsigned char content);
/* Alone in a group. */
enum ask_store_status fixture_commit(struct ask_write *write);
/* A new assessment of ours. */
struct ask_uuid fixture_assessment(void);
/* Fails the test unless the store has the write's revision, byte for byte. */
void fixture_expect(ask_store_session *session, const struct ask_write *write);

#endif
