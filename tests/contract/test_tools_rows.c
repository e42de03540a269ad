/* Contract: walking over every row, importing rows, verifying and counting them, in any backend. */
#include <stdlib.h>
#include <string.h>

#include "contract/tools_helper.h"

/* ---- walking ----------------------------------------------------------------------------------------------------- */

static int rank(const char *table) {
  static const char *const order[] = {"partner", "key", "rules", "revision", "idempotency", "document"};
  for (int i = 0; i < 6; i++)
    if (strcmp(order[i], table) == 0) return i;
  ck_abort_msg("a row of no table: %s", table);
}

START_TEST(a_walk_gives_every_row_once_in_order) {
  struct ask_arena *arena = fixture()->arena;
  struct ask_store_counts counts;
  tools_fill(fixture()->session, 7);
  tools_fill_documents(fixture()->session, 9);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, arena);
  int of[6] = {0};
  for (size_t i = 0; i < rows.count; i++) {
    of[rank(rows.list[i].table)]++;
    if (i) ck_assert_int_ge(rank(rows.list[i].table), rank(rows.list[i - 1].table));
    for (size_t j = 0; j < i; j++) ck_assert_str_ne(rows.list[i].cursor, rows.list[j].cursor);
  }
  static const int expected[] = {2, 2, 1, 14, 7, 9};
  for (int i = 0; i < 6; i++) ck_assert_int_eq(of[i], expected[i]);
  fixture_ok(ask_store_count(fixture()->session, &counts));
  ck_assert_int_eq(counts.partners, 2);
  ck_assert_int_eq(counts.keys, 2);
  ck_assert_int_eq(counts.rules, 1);
  ck_assert_int_eq(counts.assessments, 7);
  ck_assert_int_eq(counts.revisions, 14);
  ck_assert_int_eq(counts.idempotency_keys, 7);
  ck_assert_int_eq(counts.documents, 9);
}
END_TEST

START_TEST(a_walk_by_small_steps_gives_the_same) {
  struct ask_arena *arena = fixture()->arena;
  tools_fill(fixture()->session, 5);
  tools_fill_documents(fixture()->session, 8);
  struct tools_rows all = tools_walk(fixture()->session, 1000, arena);
  for (size_t limit = 1; limit < 12; limit++) {
    struct tools_rows some = tools_walk(fixture()->session, limit, arena);
    ck_assert_uint_eq(some.count, all.count);
    for (size_t i = 0; i < all.count; i++) {
      ck_assert_str_eq(some.list[i].cursor, all.list[i].cursor);
      ck_assert_uint_eq(some.list[i].bytes.length, all.list[i].bytes.length);
      ck_assert(memcmp(some.list[i].bytes.bytes, all.list[i].bytes.bytes, all.list[i].bytes.length) == 0);
    }
  }
}
END_TEST

START_TEST(a_walk_s_revision_is_the_one_that_was_written) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write write = fixture_write(&fixture()->theirs, &id, 1);
  int found = 0;
  fixture_ok(fixture_commit(&write));
  struct tools_rows rows = tools_walk(fixture()->session, 3, fixture()->arena);
  for (size_t i = 0; i < rows.count; i++) {
    struct ask_revision revision;
    bool is_one = ask_store_row_revision(&rows.list[i], fixture()->arena, &revision);
    ck_assert_int_eq(is_one, strcmp(rows.list[i].table, "revision") == 0);
    if (!is_one) continue;
    found++;
    ck_assert(fixture_same(&revision.assessment, &id));
    ck_assert(fixture_same(&revision.partner, &fixture()->theirs.partner));
    ck_assert(fixture_same(&revision.key, &fixture()->theirs.id));
    ck_assert_int_eq(revision.number, 1);
    ck_assert_int_eq(revision.at, write.revision.at);
    ck_assert_int_eq(revision.as_of, write.revision.as_of);
    ck_assert_str_eq(revision.rules, FIXTURE_RULES);
    ck_assert(ask_text_is(&revision.answers, "{\"n\":1}"));
    ck_assert(ask_text_is(&revision.result, "{\"r\":1}"));
  }
  ck_assert_int_eq(found, 1);
}
END_TEST

START_TEST(a_hostile_cursor_is_refused) {
  static const char *const cursors[] = {"1",
                                        "1-",
                                        "1-0-",
                                        "1-6-00",
                                        "2-1-00000000000000000000000000000000",
                                        "1-1-",
                                        "1-1-0",
                                        "1-1-zz",
                                        "1-1-0000000000000000000000000000000000",
                                        "1-4-00000000000000000000000000000000",
                                        "1-4-0000000000000000000000000000000000000000",
                                        "1-4-00000000000000000000000000000000ffffffff",
                                        "1-3-00",
                                        "1-5-00000000000000000000000000000000",
                                        "1-6-00000000000000000000000000000000",
                                        "1-6-0000000000000000000000000000000041",
                                        "1-6-0000000000000000000000000000000000",
                                        "1-7-00000000000000000000000000000000",
                                        "' or 1=1 --",
                                        "\xff\xfe"};
  struct ask_store_row *rows = NULL;
  size_t count = 0;
  for (size_t i = 0; i < sizeof cursors / sizeof *cursors; i++)
    fixture_is(ask_store_walk(fixture()->session, cursors[i], 10, fixture()->arena, &rows, &count), ASK_STORE_BROKEN);
  char *long_one = calloc(1, 100000);
  memset(long_one, '0', 99999);
  for (int table = 5; table <= 6; table++) {
    memcpy(long_one, table == 5 ? "1-5-" : "1-6-", 4);
    fixture_is(ask_store_walk(fixture()->session, long_one, 10, fixture()->arena, &rows, &count), ASK_STORE_BROKEN);
  }
  free(long_one);
}
END_TEST

/* ---- importing --------------------------------------------------------------------------------------------------- */

struct other {
  struct ask_store *store;
  ask_store_session *session;
};

static struct other open_other(void) {
  char url[FIXTURE_URL];
  tools_fresh_url(url);
  struct ask_store *store = tools_open(url);
  return (struct other){store, ask_store_session_open(store)};
}

static void close_other(struct other *other) {
  ask_store_session_close(other->session);
  ask_store_close(other->store);
}

/* Rows [from, to) into the other store. */
static enum ask_store_status import(struct other *other, const struct tools_rows *rows, size_t from, size_t to) {
  return ask_store_import(other->session, rows->list + from, to - from, "test");
}

START_TEST(imported_rows_are_the_same) {
  struct other other = open_other();
  const char *cursor = NULL;
  tools_fill(fixture()->session, 20);
  tools_fill_documents(fixture()->session, 20);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_ok(ask_store_import_cursor(other.session, "test", fixture()->arena, &cursor));
  ck_assert_str_eq(cursor, "");
  for (size_t i = 0; i < rows.count; i += 7) {
    size_t to = i + 7 < rows.count ? i + 7 : rows.count;
    fixture_ok(import(&other, &rows, i, to));
    fixture_ok(ask_store_import_cursor(other.session, "test", fixture()->arena, &cursor));
    ck_assert_str_eq(cursor, rows.list[to - 1].cursor);
  }
  fixture_ok(ask_store_import_cursor(other.session, "another", fixture()->arena, &cursor));
  ck_assert_str_eq(cursor, "");
  tools_expect_equal(fixture()->session, other.session);
  /* once more: all is there, nothing changes */
  fixture_ok(import(&other, &rows, 0, rows.count));
  tools_expect_equal(fixture()->session, other.session);
  close_other(&other);
}
END_TEST

START_TEST(an_imported_assessment_goes_on) {
  struct other other = open_other();
  struct ask_uuid id = fixture_assessment();
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_ok(import(&other, &rows, 0, rows.count));
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2), *group = &second;
  ask_store_commit(other.session, &group, 1);
  fixture_ok(second.status);
  fixture_expect(other.session, &second);
  close_other(&other);
}
END_TEST

/* The row with one byte of its end changed: a text or a number of it. */
static struct ask_store_row changed(const struct ask_store_row *row) {
  struct ask_store_row copy = *row;
  char *bytes = ask_strndup(fixture()->arena, row->bytes.bytes, row->bytes.length);
  bytes[row->bytes.length - (strcmp(row->table, "revision") == 0 ? 3 : 1)] ^= 1;
  copy.bytes.bytes = bytes;
  return copy;
}

START_TEST(a_row_with_other_contents_is_a_conflict_and_nothing_comes_in) {
  tools_fill(fixture()->session, 3);
  tools_fill_documents(fixture()->session, 2);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  for (size_t i = 0; i < rows.count; i++) {
    struct other other = open_other();
    size_t bad = 99;
    const char *cursor = NULL;
    struct ask_store_row other_row = changed(&rows.list[i]);
    fixture_ok(import(&other, &rows, 0, i + 1));
    fixture_ok(ask_store_verify(other.session, &rows.list[i], 1, &bad));
    fixture_is(ask_store_verify(other.session, &other_row, 1, &bad), ASK_STORE_CONFLICT);
    ck_assert_uint_eq(bad, 0);
    /* the changed row last: those before it are new, and must not stay */
    struct ask_store_row *list = ask_alloc_array(fixture()->arena, rows.count + 1, sizeof *list);
    size_t count = rows.count - i - 1;
    memcpy(list, rows.list + i + 1, count * sizeof *list);
    list[count] = other_row;
    fixture_is(ask_store_import(other.session, list, count + 1, "test"), ASK_STORE_CONFLICT);
    ck_assert(*ask_store_message(other.session));
    ck_assert_uint_eq(tools_walk(other.session, 1000, fixture()->arena).count, i + 1);
    fixture_ok(ask_store_import_cursor(other.session, "test", fixture()->arena, &cursor));
    ck_assert_str_eq(cursor, rows.list[i].cursor);
    close_other(&other);
  }
}
END_TEST

START_TEST(a_message_names_the_row_and_no_answers) {
  struct ask_uuid id = fixture_assessment();
  struct other other = open_other();
  char text[ASK_UUID_TEXT];
  ask_uuid_text(&id, text);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_ok(import(&other, &rows, 0, rows.count));
  for (size_t i = 0; i < rows.count; i++) {
    if (strcmp(rows.list[i].table, "revision") != 0) continue;
    struct ask_store_row other_row = changed(&rows.list[i]);
    fixture_is(ask_store_import(other.session, &other_row, 1, "test"), ASK_STORE_CONFLICT);
    const char *message = ask_store_message(other.session);
    ck_assert_msg(strstr(message, "revision 1 of assessment") && strstr(message, text), "%s", message);
    ck_assert(!strstr(message, "\"r\""));
  }
  close_other(&other);
}
END_TEST

START_TEST(what_does_not_follow_is_refused) {
  struct other other = open_other();
  struct tools_rows rows;
  tools_fill(fixture()->session, 2);
  rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  size_t first = 5; /* two partners, two keys, one set of rules */
  ck_assert_str_eq(rows.list[first].table, "revision");
  /* a key without its partner */
  fixture_is(import(&other, &rows, 2, 3), ASK_STORE_CONFLICT);
  fixture_ok(import(&other, &rows, 0, first));
  /* a second revision without the first: where there is a row for the assessment, it would have to name a revision that
   * is not there; elsewhere it is for the check to find */
  if (fixture_is_sqlite()) fixture_is(import(&other, &rows, first + 1, first + 2), ASK_STORE_CONFLICT);
  fixture_ok(import(&other, &rows, first, first + 2));
  ck_assert_uint_eq(tools_walk(other.session, 1000, fixture()->arena).count, first + 2);
  close_other(&other);
}
END_TEST

START_TEST(a_name_that_is_taken_is_a_conflict) {
  struct other other = open_other();
  struct ask_partner_key key = {.id = fixture_uuid(), .name = "ours"};
  struct ask_uuid partner = fixture_uuid();
  memset(key.hash, 'c', ASK_HASH_TEXT - 1);
  fixture_ok(ask_store_key_add(other.session, &key, &partner));
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_is(import(&other, &rows, 0, rows.count), ASK_STORE_CONFLICT);
  ck_assert_uint_eq(tools_walk(other.session, 1000, fixture()->arena).count, 2);
  close_other(&other);
}
END_TEST

START_TEST(a_unique_key_that_is_taken_is_a_conflict) {
  struct other other = open_other();
  struct ask_document document = {"user", fixture_uuid(), 1, 5, {"{}", 2}};
  struct ask_document_key key = {{"ana", 3}, true};
  fixture_ok(ask_store_document_put(fixture()->session, &document, &key, 1));
  document.id = fixture_uuid();
  fixture_ok(ask_store_document_put(other.session, &document, &key, 1));
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_is(import(&other, &rows, 0, rows.count), ASK_STORE_CONFLICT);
  ck_assert(strstr(ask_store_message(other.session), "document user "));
  ck_assert(!strstr(ask_store_message(other.session), "ana"));
  ck_assert_uint_eq(tools_walk(other.session, 1000, fixture()->arena).count, 1); /* nothing came in */
  close_other(&other);
}
END_TEST

START_TEST(an_imported_document_goes_on) {
  struct other other = open_other();
  struct ask_document document = {"user", fixture_uuid(), 1, 5, {"{}", 2}}, found, *list = NULL;
  struct ask_document_key keys[] = {{{"b", 1}, false}, {{"a", 1}, true}};
  struct ask_text wanted[] = {{"a", 1}, {"b", 1}};
  int32_t *matches = NULL;
  size_t count = 0;
  fixture_ok(ask_store_document_put(fixture()->session, &document, keys, 2));
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  fixture_ok(import(&other, &rows, 0, rows.count));
  fixture_ok(
      ask_store_document_find(other.session, "user", wanted, 2, 0, 9, fixture()->arena, &list, &matches, &count));
  ck_assert_uint_eq(count, 1);
  ck_assert_int_eq(matches[0], 2);
  document.version = 2;
  document.body = (struct ask_text){"[]", 2};
  fixture_ok(ask_store_document_put(other.session, &document, keys, 1));
  fixture_ok(ask_store_document_get(other.session, "user", &document.id, fixture()->arena, &found));
  ck_assert(ask_text_is(&found.body, "[]"));
  /* with another version there, the older one is refused, not written over it */
  fixture_is(import(&other, &rows, rows.count - 1, rows.count), ASK_STORE_CONFLICT);
  fixture_ok(ask_store_document_get(other.session, "user", &document.id, fixture()->arena, &found));
  ck_assert_int_eq(found.version, 2);
  close_other(&other);
}
END_TEST

START_TEST(bytes_that_are_no_row_are_refused) {
  struct other other = open_other();
  tools_fill(fixture()->session, 1);
  tools_fill_documents(fixture()->session, 3);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  size_t bad = 0;
  for (size_t i = 0; i < rows.count; i++) {
    struct ask_store_row row = rows.list[i];
    for (size_t length = 0; length < row.bytes.length; length += 1 + row.bytes.length / 40) {
      /* memory of its own, so that a sanitizer sees a read beyond it */
      char *bytes = malloc(length ? length : 1);
      memcpy(bytes, row.bytes.bytes, length);
      struct ask_store_row part = {row.cursor, row.table, {bytes, length}};
      fixture_is(ask_store_import(other.session, &part, 1, "test"), ASK_STORE_BROKEN);
      fixture_is(ask_store_verify(other.session, &part, 1, &bad), ASK_STORE_BROKEN);
      free(bytes);
    }
    struct ask_store_row wrong = {row.cursor, i ? "partner" : "key", row.bytes};
    if (strcmp(wrong.table, row.table) != 0)
      fixture_is(ask_store_import(other.session, &wrong, 1, "test"), ASK_STORE_BROKEN);
    struct ask_store_row none = {row.cursor, "no table", row.bytes};
    fixture_is(ask_store_import(other.session, &none, 1, "test"), ASK_STORE_BROKEN);
  }
  ck_assert_uint_eq(tools_walk(other.session, 10, fixture()->arena).count, 0);
  close_other(&other);
}
END_TEST

/* ---- verifying --------------------------------------------------------------------------------------------------- */

START_TEST(verifying_says_which_row_is_not_there) {
  struct other other = open_other();
  tools_fill(fixture()->session, 4);
  struct tools_rows rows = tools_walk(fixture()->session, 1000, fixture()->arena);
  size_t bad = 99;
  fixture_ok(ask_store_verify(other.session, rows.list, 0, &bad));
  fixture_is(ask_store_verify(other.session, rows.list, rows.count, &bad), ASK_STORE_NOT_FOUND);
  ck_assert_uint_eq(bad, 0);
  fixture_ok(import(&other, &rows, 0, 9));
  fixture_ok(ask_store_verify(other.session, rows.list, 9, &bad));
  fixture_is(ask_store_verify(other.session, rows.list, rows.count, &bad), ASK_STORE_NOT_FOUND);
  ck_assert_uint_eq(bad, 9);
  struct ask_store_row *list = ask_alloc_array(fixture()->arena, rows.count, sizeof *list);
  memcpy(list, rows.list, rows.count * sizeof *list);
  list[7] = changed(&list[7]);
  fixture_is(ask_store_verify(other.session, list, rows.count, &bad), ASK_STORE_CONFLICT);
  ck_assert_uint_eq(bad, 7);
  close_other(&other);
}
END_TEST

START_TEST(a_store_that_was_only_used_is_whole) {
  tools_fill(fixture()->session, 30);
  tools_fill_documents(fixture()->session, 30);
  struct ask_write theirs = fixture_write(&fixture()->theirs, &(struct ask_uuid){{1, 2, 3}}, 1);
  fixture_ok(fixture_commit(&theirs));
  fixture_ok(ask_store_key_revoke(fixture()->session, &fixture()->theirs.id, 77));
  tools_expect_whole(fixture()->session);
}
END_TEST

START_TEST(what_a_revision_names_and_is_not_there_is_found) {
  struct ask_problems problems = {.arena = fixture()->arena};
  struct ask_uuid id = fixture_uuid(), other = fixture_uuid(), nobody = fixture_uuid();
  char text[ASK_UUID_TEXT];
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1), second = fixture_write(&fixture()->ours, &other, 1);
  write.revision.rules[0] = '9';
  second.revision.key = nobody;
  fixture_ok(fixture_commit(&write));
  fixture_ok(fixture_commit(&second));
  fixture_ok(ask_store_check(fixture()->session, NULL, NULL, &problems));
  ck_assert_uint_eq(problems.errors, 2);
  ask_uuid_text(&nobody, text);
  bool rules = false, key = false;
  for (size_t i = 0; i < problems.count; i++) {
    rules |= strcmp(problems.list[i].code, "missing-rules") == 0 && strstr(problems.list[i].message, "9111");
    key |= strcmp(problems.list[i].code, "missing-key") == 0 && strstr(problems.list[i].message, text);
  }
  ck_assert(rules);
  ck_assert(key);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_walk_gives_every_row_once_in_order,
                                a_walk_by_small_steps_gives_the_same,
                                a_walk_s_revision_is_the_one_that_was_written,
                                a_hostile_cursor_is_refused,
                                imported_rows_are_the_same,
                                an_imported_assessment_goes_on,
                                a_row_with_other_contents_is_a_conflict_and_nothing_comes_in,
                                a_message_names_the_row_and_no_answers,
                                what_does_not_follow_is_refused,
                                a_name_that_is_taken_is_a_conflict,
                                a_unique_key_that_is_taken_is_a_conflict,
                                an_imported_document_goes_on,
                                bytes_that_are_no_row_are_refused,
                                verifying_says_which_row_is_not_there,
                                a_store_that_was_only_used_is_whole,
                                what_a_revision_names_and_is_not_there_is_found,
                                NULL};
  return fixture_main("tools_rows", tests);
}
