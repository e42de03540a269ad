/* The store: where assessments, keys and the rules they were made with are kept. One interface, two backends
 * (SQLite in sqlite/, PostgreSQL in pg/); the suite in tests/contract runs over both. An adapter: it knows nothing of
 * items or programs, answers and results are texts to it. Not for deciding who may read what: see the service.
 *
 * Words: a *partner* is an agency or system that posts; it holds *keys*; an *assessment* belongs to one partner and is a
 * list of *revisions*, numbered from 1, which are added and never changed. Every operation names the assessment by its
 * id, which ends in its client's key (base/uuid.h), so each row is found by client key and id together.
 *
 * Threads: a store may be shared; a session belongs to one thread at a time. Texts given are borrowed until the call
 * (or `done`) returns; what is read lives in the arena that was passed. */
#ifndef ASK_STORE_STORE_H
#define ASK_STORE_STORE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/uuid.h"

enum ask_store_status {
  ASK_STORE_OK,
  ASK_STORE_NOT_FOUND,  /* also: it belongs to another partner */
  ASK_STORE_CONFLICT,   /* a revision that is not the next one; a name or id that is taken */
  ASK_STORE_REPEATED,   /* this idempotency key was used for the same request: what it made is named */
  ASK_STORE_KEY_REUSED, /* this idempotency key was used for another request */
  ASK_STORE_FULL,       /* no room on the disk */
  ASK_STORE_AWAY,       /* cannot be reached, or fails to read or write, at present; later it may work */
  ASK_STORE_BUSY,       /* too many writes wait; nothing was written */
  ASK_STORE_BROKEN,     /* not our data, a newer version's, or damaged */
};
const char *ask_store_status_text(enum ask_store_status status); /* "not-found", ... for logs and tools */

enum { ASK_STORE_MESSAGE = 256, ASK_STORE_NAME_LIMIT = 100, ASK_IDEMPOTENCY_LIMIT = 255 };

/* ---- the store ---------------------------------------------------------------------------------------------------- */

struct ask_store;
struct ask_store_options {
  bool create;      /* make it if there is none, and bring an older one up to this version */
  int busy_seconds; /* how long one operation may wait for the database; 0: 5 */
};

/* url: sqlite:PATH, a path, postgresql://... or postgres://... (libpq's own syntax). NULL after adding a problem: the
 * place is not there, is not ours, is of a newer version, needs a migration and `create` is false. A PostgreSQL that
 * cannot be reached now is a problem here too; once open, a store gets over its absence by itself. */
struct ask_store *ask_store_open(const char *url, const struct ask_store_options *options,
                                 struct ask_problems *problems);
/* All sessions closed, the writer stopped. NULL is fine. Returns NULL. */
struct ask_store *ask_store_close(struct ask_store *store);
/* "sqlite" or "postgresql"; the url without a password. */
const char *ask_store_kind(const struct ask_store *store);
const char *ask_store_shown(const struct ask_store *store);
/* Whether reading may wait for a network: then requests read away from the threads that serve connections. */
bool ask_store_is_remote(const struct ask_store *store);

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

struct ask_revision {
  struct ask_uuid assessment;
  struct ask_uuid partner;
  struct ask_uuid key;       /* the key that wrote it */
  int32_t number;            /* 1, 2, ... */
  int64_t at;                /* microseconds since 1970 */
  int64_t as_of;             /* days since 1970 */
  struct ask_text answers;   /* JSON object, as given */
  struct ask_text result;    /* JSON object: what `assess --json` prints for them */
  char rules[ASK_HASH_TEXT]; /* which recorded rules made the result */
};

/* What a list of revisions shows. */
struct ask_revision_line {
  int32_t number;
  int64_t at, as_of;
  struct ask_uuid key;
  char rules[ASK_HASH_TEXT];
  struct ask_text answers;
};

struct ask_partner_key {
  struct ask_uuid id;
  struct ask_uuid partner;
  const char *name;         /* of the partner */
  char hash[ASK_HASH_TEXT]; /* SHA-256 of the key; the key itself is nowhere */
  int64_t created, revoked; /* microseconds since 1970; revoked 0: in force */
};

/* A file of recorded rules. */
struct ask_rule_file {
  const char *path; /* forms/intake.yaml, plugins/nyc/aps/plugin.lua */
  struct ask_text bytes;
};

/* ---- sessions: reading, and the writes that a person waits for ---------------------------------------------------------- */

struct ask_session_of_store;
typedef struct ask_session_of_store ask_store_session;

/* Never NULL: a database that is away says so at the first operation, and is tried again at each. */
ask_store_session *ask_store_session_open(struct ask_store *store);
ask_store_session *ask_store_session_close(ask_store_session *session);
/* Why the last operation was not OK; "" when it was. Without answers in it. */
const char *ask_store_message(const ask_store_session *session);

enum ask_store_status ask_store_ping(ask_store_session *session);
/* Whether a write would become durable now: makes a small one of its own. The writer asks, once a second, while the last
 * group failed and nobody writes; not for every health check. */
enum ask_store_status ask_store_try_write(ask_store_session *session);

/* number 0: the latest. */
enum ask_store_status ask_store_get(ask_store_session *session, const struct ask_uuid *partner,
                                    const struct ask_uuid *assessment, int32_t number, struct ask_arena *arena,
                                    struct ask_revision *ret);
/* Oldest first, those after `after`, at most `limit` (1..1000). ret_latest: number of the latest revision. */
enum ask_store_status ask_store_revisions(ask_store_session *session, const struct ask_uuid *partner,
                                          const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                          struct ask_arena *arena, struct ask_revision_line **ret, size_t *ret_count,
                                          int32_t *ret_latest);
/* What an idempotency key of this partner made: NOT_FOUND, REPEATED (ret filled) or KEY_REUSED. */
enum ask_store_status ask_store_repeated(ask_store_session *session, const struct ask_uuid *partner,
                                         struct ask_text idempotency_key, const unsigned char fingerprint[32],
                                         struct ask_uuid *ret_assessment, int32_t *ret_number);

/* Adds a key to the partner of that name, who is made if new (with partner_if_new as id). key->partner is filled in.
 * CONFLICT: the hash or id is there already. */
enum ask_store_status ask_store_key_add(ask_store_session *session, struct ask_partner_key *key,
                                        const struct ask_uuid *partner_if_new);
enum ask_store_status ask_store_key_find(ask_store_session *session, const char *hash, struct ask_arena *arena,
                                         struct ask_partner_key *ret);
/* All, in the order they were made, the revoked ones too. */
enum ask_store_status ask_store_keys(ask_store_session *session, struct ask_arena *arena, struct ask_partner_key **ret,
                                     size_t *ret_count);
/* NOT_FOUND; one that was revoked before stays as it is (OK). */
enum ask_store_status ask_store_key_revoke(ask_store_session *session, const struct ask_uuid *id, int64_t at);

/* The files of a set of rules, recorded once by their hash (OK when they are there already). */
enum ask_store_status ask_store_rules_put(ask_store_session *session, const char *hash,
                                          const struct ask_rule_file *files, size_t count);
enum ask_store_status ask_store_rules_get(ask_store_session *session, const char *hash, struct ask_arena *arena,
                                          struct ask_rule_file **ret, size_t *ret_count);

/* ---- documents: what the worker's app keeps ------------------------------------------------------------------------------- */

/* A document is a small text with a version, of a kind ("user", "client", "case": a-z and _). The store knows nothing of what is
 * in it; it is found by its id or by *keys*, texts that its writer chose (docs/adr/0015-documents.md). Each write is durable
 * when it returns, in a transaction of its own. */
enum { ASK_DOCUMENT_KIND = 32, ASK_DOCUMENT_LIMIT = 262144, ASK_DOCUMENT_KEYS = 64, ASK_DOCUMENT_KEY = 120 };
struct ask_document {
  const char *kind;
  struct ask_uuid id;
  int32_t version;      /* 1, 2, ...: of this text */
  int64_t at;           /* microseconds since 1970, when this version was written */
  struct ask_text body; /* UTF-8 */
};
struct ask_document_key {
  struct ask_text text; /* 1..ASK_DOCUMENT_KEY bytes */
  bool unique;          /* no other document of the kind may have it as a unique key */
};
/* Writes document->version, which has to be the next: 1 makes it (CONFLICT: the id is there), n replaces version n - 1
 * (CONFLICT: another version is the latest; NOT_FOUND). The keys replace those that it had (a text that is given twice is
 * one key); a unique one that another document of the kind has: CONFLICT. The older text is gone. More or larger than the
 * limits: BROKEN, nothing is written. */
enum ask_store_status ask_store_document_put(ask_store_session *session, const struct ask_document *document,
                                             const struct ask_document_key *keys, size_t key_count);
enum ask_store_status ask_store_document_get(ask_store_session *session, const char *kind, const struct ask_uuid *id,
                                             struct ask_arena *arena, struct ask_document *ret);
/* Those of the kind that have at least one of the keys (key_count 0: all), those with most of them first, then the newest id first.
 * skip: how many of that order to pass over; at most `limit` (1..1000) are given. ret_matches (may be NULL): how many of the keys
 * each has. */
enum ask_store_status ask_store_document_find(ask_store_session *session, const char *kind, const struct ask_text *keys,
                                              size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                              struct ask_document **ret, int32_t **ret_matches, size_t *ret_count);
/* With its keys. CONFLICT: the version is not the latest; NOT_FOUND. */
enum ask_store_status ask_store_document_remove(ask_store_session *session, const char *kind, const struct ask_uuid *id,
                                                int32_t version);

/* ---- durable writes, in groups ------------------------------------------------------------------------------------------ */

/* A revision to add. Number 1 makes the assessment; number n is added if n - 1 is the latest and partner's, else
 * CONFLICT or NOT_FOUND. The caller keeps it alive until done. */
struct ask_write {
  struct ask_revision revision;
  struct ask_text idempotency_key;       /* length 0: none */
  unsigned char fingerprint[32];         /* of the request, compared when the key comes again */
  void (*done)(struct ask_write *write); /* on the writer's thread, when the outcome is known; must not block */
  void *context;
  /* the outcome */
  enum ask_store_status status; /* OK means: on disk */
  struct ask_uuid made;         /* REPEATED: what the first one made */
  int32_t made_number;
  char message[ASK_STORE_MESSAGE];
  int32_t attempts; /* transactions that were tried for it; the backend's (0 counts as 1) */
  /* the writer's */
  struct ask_write *next;
  int64_t submitted; /* microseconds, monotonic */
};

struct ask_writer_counts {
  uint64_t writes, groups, failed, retried;
  uint64_t microseconds; /* spent in committing groups */
  uint64_t waiting;      /* now */
  bool away;             /* the last group could not be written because the database was away, full or failing */
};

/* Starts the store's one writer thread. queue: most writes that may wait (0: 4,096); group: most in one commit (0: 256). */
struct ask_writer;
struct ask_writer *ask_writer_start(struct ask_store *store, size_t queue, size_t group);
/* False when the queue is full or the writer is stopping: done is not called. */
bool ask_writer_submit(struct ask_writer *writer, struct ask_write *write);
void ask_writer_counts(struct ask_writer *writer, struct ask_writer_counts *ret);
/* Writes what waits, calls every done, ends the thread. NULL is fine. Returns NULL. */
struct ask_writer *ask_writer_stop(struct ask_writer *writer);
/* The same without a thread: one group, now. Outcomes are in the writes; done is not called. For tools and tests; the writer
 * uses it too. */
void ask_store_commit(ask_store_session *session, struct ask_write *const *writes, size_t count);

/* ---- whole stores: backup, check, moving ---------------------------------------------------------------------------------- */

/* Every row of one table after another, in an order that stays: partners, keys, rules, revisions (by assessment and
 * number), idempotency keys, documents (by kind and id, each with its keys). A cursor is opaque text ("" = from the
 * beginning) that any later session understands. A walk may give fewer rows than `limit` when they are long; none at all:
 * that was the end. */
struct ask_store_row {
  const char *cursor;    /* where to go on after this row */
  const char *table;     /* "partner", "key", "rules", "revision", "idempotency", "document" */
  struct ask_text bytes; /* all its columns in a form that both backends share: equal bytes = equal rows */
};
enum ask_store_status ask_store_walk(ask_store_session *session, const char *cursor, size_t limit,
                                     struct ask_arena *arena, struct ask_store_row **ret, size_t *ret_count);
/* Reads a row's bytes when its table is "revision". False: they are not a revision. */
bool ask_store_row_revision(const struct ask_store_row *row, struct ask_arena *arena, struct ask_revision *ret);
/* Puts rows in, all or none; those that are there with equal bytes are passed over, others are a CONFLICT. Also notes
 * the last cursor under `source`, in the same transaction. */
enum ask_store_status ask_store_import(ask_store_session *session, const struct ask_store_row *rows, size_t count,
                                       const char *source);
/* The noted cursor of a move from `source`: "" if there is none. */
enum ask_store_status ask_store_import_cursor(ask_store_session *session, const char *source, struct ask_arena *arena,
                                              const char **ret);
/* OK when every row that is given is there with equal bytes; NOT_FOUND or CONFLICT: ret_bad is the first that is not. */
enum ask_store_status ask_store_verify(ask_store_session *session, const struct ask_store_row *rows, size_t count,
                                       size_t *ret_bad);
struct ask_store_counts {
  int64_t partners, keys, rules, assessments, revisions, idempotency_keys, documents;
};
enum ask_store_status ask_store_count(ask_store_session *session, struct ask_store_counts *ret);

/* Is everything in it whole? The database's own check, then: revisions without gaps, none without its assessment, partner,
 * key or rules, ids and client keys that agree, documents within their limits and no key without one, texts that are UTF-8.
 * Findings become problems. progress may be NULL. */
enum ask_store_status ask_store_check(ask_store_session *session, void (*progress)(void *context, int64_t revisions),
                                      void *context, struct ask_problems *problems);
/* A copy of the store as it stands at one moment, in a new SQLite file, while others read and write. SQLite: its online
 * backup; PostgreSQL: all rows of one snapshot. The file is synced and appears under its name only when whole. */
enum ask_store_status ask_store_backup(ask_store_session *session, const char *path,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context);

#endif
