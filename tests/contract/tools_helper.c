/* Whole stores to work on. */
#include "contract/tools_helper.h"

#include <stdio.h>
#include <string.h>

void tools_fresh_file(char ret_url[FIXTURE_URL]) {
  static int made;
  snprintf(ret_url, FIXTURE_URL, "sqlite:%s/other%d.db", fixture()->folder, made++);
}

void tools_fresh_url(char ret_url[FIXTURE_URL]) {
  if (fixture_is_sqlite())
    tools_fresh_file(ret_url);
  else
    ck_assert(fixture_pg_fresh_url(ret_url, FIXTURE_URL));
}

struct ask_store *tools_open(const char *url) {
  struct ask_problems problems = {.arena = ask_arena_new()};
  struct ask_store *store = ask_store_open(url, &(struct ask_store_options){.create = true}, &problems);
  ck_assert_msg(store != NULL, "%s: %s", url, problems.count ? problems.list[0].message : "?");
  ask_arena_free(problems.arena);
  return store;
}

void tools_fill(ask_store_session *session, int assessments) {
  enum { GROUP = 100 };
  static char answers[600], result[2000];
  memset(answers, 'a', sizeof answers - 1);
  memcpy(answers, "{\"a\":\"", 6);
  memcpy(answers + sizeof answers - 3, "\"}", 2);
  memset(result, 'r', sizeof result - 1);
  memcpy(result, "{\"r\":\"", 6);
  memcpy(result + sizeof result - 3, "\"}", 2);
  for (int done = 0; done < assessments; done += GROUP) {
    struct ask_write writes[2 * GROUP], *group[2 * GROUP];
    static char keys[GROUP][64];
    int some = assessments - done < GROUP ? assessments - done : GROUP;
    for (int i = 0; i < some; i++) {
      struct ask_uuid id = fixture_uuid();
      char text[ASK_UUID_TEXT];
      ask_uuid_text(&id, text);
      snprintf(keys[i], sizeof keys[i], "key-%s", text);
      writes[2 * i] = fixture_write(&fixture()->ours, &id, 1);
      writes[2 * i + 1] = fixture_write(&fixture()->ours, &id, 2);
      writes[2 * i].revision.answers = (struct ask_text){answers, sizeof answers - 1};
      writes[2 * i].revision.result = (struct ask_text){result, sizeof result - 1};
      fixture_key(&writes[2 * i + 1], keys[i], (unsigned char)i);
      group[2 * i] = &writes[2 * i];
      group[2 * i + 1] = &writes[2 * i + 1];
    }
    ask_store_commit(session, group, (size_t)(2 * some));
    for (int i = 0; i < 2 * some; i++) fixture_ok(writes[i].status);
  }
}

void tools_fill_documents(ask_store_session *session, int documents) {
  static char body[700];
  memset(body, 'd', sizeof body - 1);
  for (int i = 0; i < documents; i++) {
    struct ask_document_key keys[5];
    char texts[5][64], id[ASK_UUID_TEXT];
    struct ask_document document = {i % 2 ? "client" : "case", fixture_uuid(), 1, 1795500000000000 + i, {body, 0}};
    size_t count = (size_t)((documents - i) % 6);
    document.body.length = (size_t)(i % 7) * 100;
    ask_uuid_text(&document.id, id);
    for (size_t k = 0; k < count; k++) {
      bool unique = k + 1 == count;
      snprintf(texts[k], sizeof texts[k], unique ? "only:%s" : "some:%.1s%zu", unique ? id : "x", k);
      keys[k] = (struct ask_document_key){{texts[k], strlen(texts[k])}, unique};
    }
    fixture_ok(ask_store_document_put(session, &document, keys, count));
    if (i % 3 != 0) continue;
    document.version = 2;
    fixture_ok(ask_store_document_put(session, &document, keys, count));
  }
}

struct tools_rows tools_walk(ask_store_session *session, size_t limit, struct ask_arena *arena) {
  struct tools_rows rows = {0};
  size_t capacity = 0;
  const char *cursor = "";
  for (;;) {
    struct ask_store_row *some = NULL;
    size_t count = 0;
    fixture_ok(ask_store_walk(session, cursor, limit, arena, &some, &count));
    ck_assert_uint_le(count, limit);
    if (!count) return rows;
    for (size_t i = 0; i < count; i++) {
      struct ask_store_row *room = ask_push(arena, &rows.list, &rows.count, &capacity, sizeof *room);
      *room = some[i];
    }
    cursor = some[count - 1].cursor;
  }
}

void tools_expect_whole(ask_store_session *session) {
  struct ask_problems problems = {.arena = ask_arena_new()};
  fixture_ok(ask_store_check(session, NULL, NULL, &problems));
  ck_assert_msg(problems.count == 0, "%zu findings, the first: %s", problems.count,
                problems.count ? problems.list[0].message : "");
  ask_arena_free(problems.arena);
}

void tools_expect_equal(ask_store_session *session, ask_store_session *other) {
  struct ask_arena *arena = ask_arena_new();
  struct tools_rows one = tools_walk(session, 500, arena), two = tools_walk(other, 300, arena);
  ck_assert_uint_eq(one.count, two.count);
  for (size_t i = 0; i < one.count; i++) {
    ck_assert_str_eq(one.list[i].table, two.list[i].table);
    ck_assert_str_eq(one.list[i].cursor, two.list[i].cursor);
    ck_assert_uint_eq(one.list[i].bytes.length, two.list[i].bytes.length);
    ck_assert(memcmp(one.list[i].bytes.bytes, two.list[i].bytes.bytes, one.list[i].bytes.length) == 0);
  }
  ask_arena_free(arena);
  tools_expect_whole(other);
}
