/* A store with users, for tests. */
#include "unit/support_accounts.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

void support_accounts_open(struct support_accounts *s) {
  *s = (struct support_accounts){.folder = "/tmp/test_accounts_XXXXXX", .arena = ask_arena_new()};
  s->problems.arena = s->arena;
  ck_assert_ptr_nonnull(mkdtemp(s->folder));
  struct ask_store_options options = {.create = true};
  s->store = ask_store_open(ask_printf(s->arena, "%s/store.db", s->folder), &options, &s->problems);
  ck_assert_msg(s->store, "%s", s->problems.count ? s->problems.list[0].message : "no store");
  s->session = ask_store_session_open(s->store);
  s->accounts = ask_accounts_new(NULL);
  s->now = INT64_C(1795800000) * SECOND + 123456; /* in November 2026 */
}

void support_accounts_close(struct support_accounts *s) {
  ask_accounts_free(s->accounts);
  ask_store_session_close(s->session);
  ask_store_close(s->store);
  ck_assert_int_eq(system(ask_printf(s->arena, "rm -r %s", s->folder)), 0);
  ask_arena_free(s->arena);
}

struct ask_user support_user(struct support_accounts *s, const char *name, unsigned roles, const char *password) {
  struct ask_user user = {.name = name, .roles = roles};
  const char *made = "";
  if (roles & ASK_ROLE_PROGRAM) user.program = "snap";
  enum ask_account_status status =
      ask_user_add(s->accounts, s->session, &user, password, s->now, s->arena, &made, &s->problems);
  ck_assert_msg(status == ASK_ACCOUNT_OK, "%s: %s: %s", name, ask_account_status_text(status), support_problem(s));
  ck_assert_ptr_null(made);
  return user;
}

struct ask_user support_user_now(struct support_accounts *s, const char *name) {
  struct ask_user user;
  ck_assert_int_eq(ask_user_find(s->session, name, s->arena, &user), ASK_ACCOUNT_OK);
  return user;
}

enum ask_account_status support_sign_in(struct support_accounts *s, const char *name, const char *password) {
  s->wait = 0;
  return ask_sign_in(s->accounts, s->session, (struct ask_text){name, strlen(name)},
                     (struct ask_text){password, strlen(password)}, s->now, s->arena, s->token, &s->info, &s->wait);
}

enum ask_account_status support_look(struct support_accounts *s, const char *token) {
  return ask_session_look(s->accounts, s->session, (struct ask_text){token, strlen(token)}, s->now, s->arena, &s->info);
}

size_t support_documents(struct support_accounts *s, const char *kind) {
  struct ask_document *found = NULL;
  size_t count = 0;
  ck_assert_int_eq(ask_store_document_find(s->session, kind, NULL, 0, 0, 1000, s->arena, &found, NULL, &count),
                   ASK_STORE_OK);
  return count;
}

const char *support_problem(struct support_accounts *s) {
  const char *text = "";
  for (size_t i = 0; i < s->problems.count; i++) {
    const struct ask_problem *problem = &s->problems.list[i];
    text = ask_printf(s->arena, "%s%s%s: %s", text, i ? "; " : "", problem->path, problem->message);
  }
  s->problems = (struct ask_problems){.arena = s->arena};
  return text;
}
