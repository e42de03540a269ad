/* What the files of accounts share: the gate to hashing, users as documents, failures by name, and the sessions of a user. Private
 * to service/accounts*.c. */
#ifndef ASK_SERVICE_ACCOUNTS_PARTS_H
#define ASK_SERVICE_ACCOUNTS_PARTS_H

#include <pthread.h>

#include "base/password.h"
#include "model/spec.h"
#include "service/accounts.h"
#include "json/read.h"

struct ask_accounts {
  struct ask_account_limits limits; /* filled in */
  pthread_mutex_t lock;
  pthread_cond_t done;
  int hashing; /* how many threads are at it now */
};

/* ---- accounts.c ---- */
#define ASK_SECOND INT64_C(1000000)
#define ASK_DAY (86400 * ASK_SECOND)
/* OK, NOT_FOUND and CONFLICT for what they are; all else is AWAY. */
enum ask_account_status ask_account_of_store(enum ask_store_status status);
/* As base/password.h, two at a time; others wait. */
bool ask_account_hash(struct ask_accounts *accounts, struct ask_text password, char ret_hash[ASK_PASSWORD_HASH]);
bool ask_account_check(struct ask_accounts *accounts, struct ask_text password, const char *hash);

/* ---- accounts_documents.c ---- */
/* The body as a tree; NULL when it is none, which only damage explains. */
const struct ask_raw *ask_account_tree(struct ask_arena *arena, const struct ask_document *document);
struct ask_text ask_account_key(struct ask_arena *arena, const char *kind, const char *value); /* "user:0192..." */
/* "day:20420" of a moment. */
struct ask_text ask_account_day(struct ask_arena *arena, int64_t at);
/* The one document of that key. */
enum ask_account_status ask_account_find(ask_store_session *store, const char *kind, struct ask_text key,
                                         struct ask_arena *arena, struct ask_document *ret);
/* Whatever its version is by now. OK also when it is gone. */
enum ask_account_status ask_account_remove(ask_store_session *store, const char *kind, const struct ask_uuid *id,
                                           int32_t version, struct ask_arena *arena);

/* ---- accounts_records.c ---- */
/* A user's document: the user (but signed_in), and what is nobody else's business. */
struct ask_user_record {
  struct ask_user user;
  const char *hash;  /* of the password */
  int64_t passwords; /* how many the user has had; a session that began with an earlier one is over */
};
enum ask_account_status ask_user_record_get(ask_store_session *store, const struct ask_uuid *id,
                                            struct ask_arena *arena, struct ask_user_record *ret);
enum ask_account_status ask_user_record_find(ask_store_session *store, const char *name, struct ask_arena *arena,
                                             struct ask_user_record *ret);
enum ask_account_status ask_user_record_list(ask_store_session *store, struct ask_arena *arena,
                                             struct ask_user_record **ret, size_t *ret_count);
/* Writes the next version; the record has it then. CONFLICT: of version 0, the name is taken. */
enum ask_account_status ask_user_record_put(ask_store_session *store, struct ask_user_record *record, int64_t now,
                                            struct ask_arena *arena);

/* ---- accounts_rules.c ---- */
/* Small letters, no blanks around it; in the arena. At most 256 bytes of it. */
const char *ask_login_fold(struct ask_arena *arena, struct ask_text name);
bool ask_login_is(const char *name);
/* Everything that a person chooses of a user; full_name may be filled in. False after adding problems. */
bool ask_user_acceptable(struct ask_user *user, struct ask_problems *problems);
bool ask_password_acceptable(const char *name, struct ask_text password, struct ask_arena *arena,
                             struct ask_problems *problems);

/* ---- accounts_attempts.c ---- */
/* Counts a failure of this (folded) name before it is known whether it is one, so that many at once get no more tries than one after
 * another: LOCKED with the seconds that are left, or OK. */
enum ask_account_status ask_attempt_begin(const struct ask_accounts *accounts, ask_store_session *store,
                                          const char *name, int64_t now, struct ask_arena *arena, int64_t *ret_wait);
/* It was none: the name has no failures. */
enum ask_account_status ask_attempt_clear(ask_store_session *store, const char *name, struct ask_arena *arena);

/* ---- accounts_sessions.c ---- */
struct ask_session_record {
  struct ask_document document; /* version 0: not written yet */
  struct ask_uuid user;
  const char *csrf;
  int64_t began, seen, ends; /* seen: the last request that was written down */
  int64_t passwords;         /* the number of the password that it began with */
};
/* OK, NONE (also for what is no token), AWAY. */
enum ask_account_status ask_session_find(ask_store_session *store, struct ask_text token, struct ask_arena *arena,
                                         struct ask_session_record *ret);
/* Writes the next version; the record has it then. */
enum ask_account_status ask_session_put(ask_store_session *store, struct ask_session_record *session,
                                        struct ask_text token, int64_t now, struct ask_arena *arena);
/* Removes it, if it is still there. */
enum ask_account_status ask_session_drop(ask_store_session *store, const struct ask_session_record *session,
                                         struct ask_arena *arena);
/* Those of the user, but that of keep_token (NULL: all). */
enum ask_account_status ask_sessions_end(ask_store_session *store, const struct ask_uuid *user, const char *keep_token,
                                         struct ask_arena *arena);
/* The session goes on with the user's password of that number. NONE: there is no such session of the user. */
enum ask_account_status ask_session_renew(ask_store_session *store, const char *token, const struct ask_uuid *user,
                                          int64_t passwords, int64_t now, struct ask_arena *arena);
/* What is over goes: of this user what is idle, ended or too much, and a few that nobody came back to. */
void ask_sessions_sweep(const struct ask_accounts *accounts, ask_store_session *store, const struct ask_uuid *user,
                        int64_t now, struct ask_arena *arena);

#endif
