/* Accounts of the people who use the worker's app, their passwords (Argon2id) and their sessions, kept as documents of the
 * store. Roles say which routes somebody may use; what each sees of a client is decided elsewhere. How often one address may
 * try is the server's to limit.
 *
 * A session's token is 32 random bytes; the store knows its SHA-256. A session ends after `idle_seconds` without a request
 * and `session_seconds` after sign-in, whatever happens; and when its user is disabled or gets another password. A name that
 * failed `tries` times is locked for a time that doubles from `lock_seconds` up to a day with each further failure; trying
 * while it is locked changes nothing. A wrong name costs as much time as a wrong password, and is locked as well.
 *
 * Documents: "user" (unique key: the name), "sign_in" (same id: when it last was), "session" (unique key: the token's hash; the
 * user), "attempt" (unique key: the hash of the name that was tried; the day). They are nobody's but these functions': a user's
 * holds the hash of the password. At most 10,000 attempts are kept, the newest names; those of former days go. */
#ifndef ASK_SERVICE_ACCOUNTS_H
#define ASK_SERVICE_ACCOUNTS_H

#include "store/store.h"

enum ask_role {
  ASK_ROLE_WORKER = 1,        /* worker: takes intakes */
  ASK_ROLE_SUPERVISOR = 2,    /* supervisor: a team's cases */
  ASK_ROLE_NURSE = 4,         /* nurse: sections that are the nurse's */
  ASK_ROLE_PROGRAM = 8,       /* program_staff: one program's cases */
  ASK_ROLE_AUDITOR = 16,      /* auditor: reads, changes nothing */
  ASK_ROLE_ADMINISTRATOR = 32 /* administrator: users, keys, programs; no cases */
};
/* "worker", ...; NULL beyond the last. */
const char *ask_role_word(size_t index);
/* Words with commas between; false: one is unknown (ret_unknown is it, in the arena) or none is given. */
bool ask_roles_read(struct ask_arena *arena, const char *words, unsigned *ret, const char **ret_unknown);
const char *ask_roles_text(struct ask_arena *arena, unsigned roles);

enum { ASK_PASSWORD_LEAST = 12, ASK_PASSWORD_MOST = 200, ASK_LOGIN_LIMIT = 64, ASK_SESSION_TOKEN = 65 };

struct ask_user {
  struct ask_uuid id;
  int32_t version;
  const char *name;      /* to sign in with: lower case, a-z 0-9 . _ - @ */
  const char *full_name; /* shown to others */
  const char *language;  /* tag of the interface; NULL: what the browser asks for */
  const char *program;   /* of program_staff; NULL */
  unsigned roles;
  bool disabled;
  bool change_password; /* signs in only to choose a new one */
  int64_t created;      /* microseconds since 1970 */
  int64_t signed_in;    /* when last; 0: never. Of a session: when it began */
};

struct ask_account_limits {
  int64_t idle_seconds, session_seconds; /* 0: 1,800 and 43,200 */
  int tries;                             /* 0: 5 */
  int64_t lock_seconds;                  /* 0: 60 */
};

enum ask_account_status {
  ASK_ACCOUNT_OK,
  ASK_ACCOUNT_WRONG,  /* no such user, disabled, or not the password: they look the same */
  ASK_ACCOUNT_LOCKED, /* *ret_wait seconds from now it may be tried again */
  ASK_ACCOUNT_NONE,   /* no such session, or signed out */
  ASK_ACCOUNT_IDLE,   /* the session waited too long */
  ASK_ACCOUNT_ENDED,  /* it reached its end */
  ASK_ACCOUNT_NOT_FOUND,
  ASK_ACCOUNT_TAKEN,    /* the name is another user's */
  ASK_ACCOUNT_CONFLICT, /* somebody changed it meanwhile */
  ASK_ACCOUNT_REFUSED,  /* problems say which field and why */
  ASK_ACCOUNT_LAST,     /* nobody would be left who can administer */
  ASK_ACCOUNT_AWAY,     /* the store: ask_store_message says more; or no memory for a hash */
};
/* "ok", "wrong", "locked", "none", "idle", "ended", "not-found", "taken", "conflict", "unacceptable", "last", "away" */
const char *ask_account_status_text(enum ask_account_status status);

struct ask_accounts; /* shared by threads: limits, and how many passwords are hashed at once (two) */
/* limits NULL: the standard ones. */
struct ask_accounts *ask_accounts_new(const struct ask_account_limits *limits);
/* NULL is fine. Returns NULL. */
struct ask_accounts *ask_accounts_free(struct ask_accounts *accounts);

/* Whether documents of this kind are the accounts' own, which nobody else reads or writes. */
bool ask_account_kind(const char *kind);

/* ---- users. `now`: microseconds since 1970. Results in the arena. ---- */
/* user: name (capitals become small), full_name (NULL: the name), language, program, roles, disabled; its id, version and created
 * are filled in. password NULL: one is made, of four groups of letters, that has to be changed at the first sign-in;
 * *ret_password is it, to be shown once (NULL otherwise). A password that is given is good for ever, unless user says
 * change_password. Problems have the field as path: name, full_name, roles, program, language, password. */
enum ask_account_status ask_user_add(struct ask_accounts *accounts, ask_store_session *store, struct ask_user *user,
                                     const char *password, int64_t now, struct ask_arena *arena,
                                     const char **ret_password, struct ask_problems *problems);
enum ask_account_status ask_user_find(ask_store_session *store, const char *name, struct ask_arena *arena,
                                      struct ask_user *ret);
enum ask_account_status ask_user_get(ask_store_session *store, const struct ask_uuid *id, struct ask_arena *arena,
                                     struct ask_user *ret);
/* All, by name. */
enum ask_account_status ask_user_list(ask_store_session *store, struct ask_arena *arena, struct ask_user **ret,
                                      size_t *ret_count);
/* full_name, language, program, roles and disabled of the version that user names; version is the new one then. A disabled user's
 * sessions end. */
enum ask_account_status ask_user_change(ask_store_session *store, struct ask_user *user, int64_t now,
                                        struct ask_arena *arena, struct ask_problems *problems);
/* By the person: old has to be right (else WRONG, which counts as a failure to sign in; so it can be LOCKED too). Sessions of the
 * user end, but that of keep_token (NULL: all do). */
enum ask_account_status ask_user_set_password(struct ask_accounts *accounts, ask_store_session *store,
                                              const struct ask_uuid *id, const char *old, const char *password,
                                              const char *keep_token, int64_t now, struct ask_arena *arena,
                                              struct ask_problems *problems);
/* By an administrator: a new one as of ask_user_add; sessions end, a lock is lifted. */
enum ask_account_status ask_user_reset(struct ask_accounts *accounts, ask_store_session *store,
                                       const struct ask_uuid *id, int64_t now, struct ask_arena *arena,
                                       const char **ret_password);

/* {"users": [{"id", "name", "full_name", "roles": [], "program", "language", "disabled", "change_password", "created",
 * "signed_in"}]}; moments as ask_moment_text, signed_in null: never. */
void ask_users_write(struct ask_buffer *buffer, const struct ask_user *users, size_t count);

/* ---- sessions ---- */
struct ask_session_info {
  struct ask_user user;
  char csrf[ASK_SESSION_TOKEN]; /* what a form of this session carries */
  int64_t idle_until, ends_at;  /* microseconds since 1970 */
};
/* Capitals and blanks around the name do not matter. ret_wait (may be NULL): LOCKED, for so many seconds more. */
enum ask_account_status ask_sign_in(struct ask_accounts *accounts, ask_store_session *store, struct ask_text name,
                                    struct ask_text password, int64_t now, struct ask_arena *arena,
                                    char ret_token[ASK_SESSION_TOKEN], struct ask_session_info *ret, int64_t *ret_wait);
/* Who it is, and that a request came. That is written at most once a minute: idle_until counts from the last time it was. A
 * session that is over is removed when it is met, so the next look says NONE. */
enum ask_account_status ask_session_look(struct ask_accounts *accounts, ask_store_session *store, struct ask_text token,
                                         int64_t now, struct ask_arena *arena, struct ask_session_info *ret);
/* NONE: there is none (any more). */
enum ask_account_status ask_sign_out(ask_store_session *store, struct ask_text token);

#endif
