/* For the tests of the tools: whole stores to work on, and a comparison of two of them. */
#ifndef TESTS_CONTRACT_TOOLS_HELPER_H
#define TESTS_CONTRACT_TOOLS_HELPER_H

#include "contract/store_fixture.h"

/* The url of a place without a store: of the same kind as the fixture's, or a SQLite file. */
void tools_fresh_url(char ret_url[FIXTURE_URL]);
void tools_fresh_file(char ret_url[FIXTURE_URL]);
/* Opens, or makes, a store. */
struct ask_store *tools_open(const char *url);

/* Adds assessments of ours with two revisions each, the second with an idempotency key; texts of some hundred bytes. */
void tools_fill(ask_store_session *session, int assessments);
/* Adds documents of two kinds, from none to five keys each, the last of them unique; the last document has some. */
void tools_fill_documents(ask_store_session *session, int documents);
/* All rows, by walks of `limit`. In the arena. */
struct tools_rows {
  struct ask_store_row *list;
  size_t count;
};
struct tools_rows tools_walk(ask_store_session *session, size_t limit, struct ask_arena *arena);
/* Fails the test unless both hold the same rows, byte for byte, and the second is whole. */
void tools_expect_equal(ask_store_session *session, ask_store_session *other);
/* Fails the test unless a check finds nothing. */
void tools_expect_whole(ask_store_session *session);

#endif
