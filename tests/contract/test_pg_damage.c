/* PostgreSQL: documents that no program of ours would write are found and named by the check, never shown. */
#include <stdio.h>
#include <string.h>

#include "contract/tools_helper.h"

static const struct {
  const char *sql, *code;
} damages[] = {
    {"update document set body = convert_to('secret', 'UTF8') || '\\xff'::bytea", "not-utf-8"},
    {"update document set body = '\\x00'", "not-utf-8"},
    {"set session_replication_role = replica; update document set kind = 'Case'", "damaged"},
    {"set session_replication_role = replica; delete from document where kind = 'case'", "missing-document"},
    {"insert into document_key select kind, id, convert_to('secret' || i, 'UTF8'), false"
     " from document, generate_series(1, 65) i where kind = 'client'",
     "damaged"},
};

START_TEST(every_damage_is_named) {
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    struct ask_problems problems = {.arena = fixture()->arena};
    char url[FIXTURE_URL];
    bool found = false;
    tools_fresh_url(url);
    struct ask_store *store = tools_open(url);
    ask_store_session *session = ask_store_session_open(store);
    tools_fill_documents(session, 4);
    tools_expect_whole(session);
    ck_assert(fixture_pg_sql(url, damages[i].sql));
    ck_assert_int_eq(ask_store_check(session, NULL, NULL, &problems), ASK_STORE_OK);
    for (size_t j = 0; j < problems.count; j++) {
      found |= strcmp(problems.list[j].code, damages[i].code) == 0 && strstr(problems.list[j].message, "document ");
      ck_assert(!strstr(problems.list[j].message, "secret"));
    }
    ck_assert_msg(found, "%s: %s", damages[i].sql, problems.count ? problems.list[0].message : "nothing found");
    ask_store_session_close(session);
    ask_store_close(store);
  }
}
END_TEST

/* More documents than the check reads at a time. */
START_TEST(the_last_of_many_is_looked_at) {
  struct ask_problems problems = {.arena = fixture()->arena};
  tools_fill_documents(fixture()->session, 450);
  tools_expect_whole(fixture()->session);
  ck_assert(fixture_pg_sql(fixture()->url, "update document set body = '\\xff' where (kind, id) ="
                                           " (select kind, id from document order by kind desc, id desc limit 1)"));
  fixture_ok(ask_store_check(fixture()->session, NULL, NULL, &problems));
  ck_assert_uint_eq(problems.errors, 1);
  ck_assert_str_eq(problems.list[0].code, "not-utf-8");
}
END_TEST

int main(void) {
  const TTest *const tests[] = {every_damage_is_named, the_last_of_many_is_looked_at, NULL};
  return fixture_main("pg_damage", tests);
}
