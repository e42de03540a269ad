/* A group of writes in one transaction. Each write has its own outcome, decided in the order given, so that the second
 * of a group meets what the first did; an outcome that is not OK changes nothing. No outcome is told before COMMIT
 * succeeded: also "repeated" and "conflict" may rest on rows of this very group.
 *
 * When a commit fails, nothing of it is seen by anybody as a rule; after an error of input or output that is looked up on
 * a new connection rather than believed. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

struct group {
  struct ask_sqlite_session *session;
  struct ask_write *const *writes;
  size_t count;
  bool *set_aside; /* cannot be written whatever the others do: has its outcome */
  int32_t attempts;
};

static enum ask_store_status decide(struct ask_write *write, enum ask_store_status status, const char *message) {
  write->status = status;
  snprintf(write->message, sizeof write->message, "%s", message);
  return status;
}

/* The same outcome for all that are not set aside. */
static void decide_all(struct group *group, enum ask_store_status status) {
  for (size_t i = 0; i < group->count; i++) {
    struct ask_write *write = group->writes[i];
    if (!group->set_aside[i]) decide(write, status, group->session->message);
  }
}

/* ---- one write ---- */

/* What no database is needed for. */
static bool fit_to_write(struct ask_sqlite_session *session, struct ask_write *write) {
  if (write->revision.number < 1) {
    decide(write, ASK_STORE_CONFLICT, "revisions are numbered from 1");
    return false;
  }
  if (write->idempotency_key.length > ASK_IDEMPOTENCY_LIMIT) {
    decide(write, ASK_STORE_BROKEN, "the idempotency key is too long");
    return false;
  }
  if (write->revision.answers.length > ASK_SQLITE_UNPACKED || write->revision.result.length > ASK_SQLITE_UNPACKED) {
    ask_sqlite_say(session, ASK_STORE_BROKEN, "a text of more than %d bytes", (int)ASK_SQLITE_UNPACKED);
    decide(write, ASK_STORE_BROKEN, session->message);
    return false;
  }
  return true;
}

/* Makes the assessment, or moves its latest revision on by one. */
static enum ask_store_status take_number(struct ask_sqlite_session *session, const struct ask_revision *revision) {
  static const char make[] =
      "insert into assessment (client_key, id, partner, latest, created) values (?1, ?2, ?3, ?4, ?5)";
  static const char move_on[] = "update assessment set latest = ?4"
                                " where client_key = ?1 and id = ?2 and partner = ?3 and latest = ?4 - 1";
  static const char whose[] = "select 1 from assessment where client_key = ?1 and id = ?2 and partner = ?3";
  bool first = revision->number == 1;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, first ? make : move_on);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(&revision->assessment));
  ask_sqlite_bind_uuid(statement, 2, &revision->assessment);
  ask_sqlite_bind_uuid(statement, 3, &revision->partner);
  ask_sqlite_bind_integer(statement, 4, revision->number);
  if (first) ask_sqlite_bind_integer(statement, 5, revision->at);
  int changes = 0;
  enum ask_store_status status = ask_sqlite_run(session, statement, &changes);
  if (status == ASK_STORE_CONFLICT && first)
    return ask_sqlite_say(session, ASK_STORE_CONFLICT, "there is an assessment of this identifier");
  if (status != ASK_STORE_OK || changes == 1) return status;
  statement = ask_sqlite_statement(session, whose);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(&revision->assessment));
  ask_sqlite_bind_uuid(statement, 2, &revision->assessment);
  ask_sqlite_bind_uuid(statement, 3, &revision->partner);
  bool ours = ask_sqlite_row(session, statement);
  ask_sqlite_done(statement);
  if (session->status != ASK_STORE_OK) return session->status;
  return ours ? ask_sqlite_say(session, ASK_STORE_CONFLICT, "another revision is the latest")
              : ask_sqlite_say(session, ASK_STORE_NOT_FOUND, "there is no such assessment");
}

static enum ask_store_status add_revision(struct ask_sqlite_session *session, const struct ask_revision *revision) {
  static const char sql[] = "insert into revision (client_key, id, number, at, as_of, key, rules, answers, result)"
                            " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
  struct ask_text answers, result;
  if (!ask_sqlite_pack(session, revision->answers, 0, &answers) ||
      !ask_sqlite_pack(session, revision->result, 1, &result))
    return session->status;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(&revision->assessment));
  ask_sqlite_bind_uuid(statement, 2, &revision->assessment);
  ask_sqlite_bind_integer(statement, 3, revision->number);
  ask_sqlite_bind_integer(statement, 4, revision->at);
  ask_sqlite_bind_integer(statement, 5, revision->as_of);
  ask_sqlite_bind_uuid(statement, 6, &revision->key);
  ask_sqlite_bind_string(statement, 7, revision->rules);
  ask_sqlite_bind_bytes(statement, 8, answers.bytes, answers.length);
  ask_sqlite_bind_bytes(statement, 9, result.bytes, result.length);
  return ask_sqlite_run(session, statement, NULL);
}

static enum ask_store_status remember(struct ask_sqlite_session *session, const struct ask_write *write) {
  static const char sql[] = "insert into idempotency (partner, key, fingerprint, assessment, number)"
                            " values (?1, ?2, ?3, ?4, ?5)";
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &write->revision.partner);
  ask_sqlite_bind_bytes(statement, 2, write->idempotency_key.bytes, write->idempotency_key.length);
  ask_sqlite_bind_bytes(statement, 3, write->fingerprint, sizeof write->fingerprint);
  ask_sqlite_bind_uuid(statement, 4, &write->revision.assessment);
  ask_sqlite_bind_integer(statement, 5, write->revision.number);
  return ask_sqlite_run(session, statement, NULL);
}

static bool is_an_outcome(enum ask_store_status status) {
  return status == ASK_STORE_OK || status == ASK_STORE_NOT_FOUND || status == ASK_STORE_CONFLICT ||
         status == ASK_STORE_REPEATED || status == ASK_STORE_KEY_REUSED;
}

/* OK: it has its outcome. CONFLICT: it was refused halfway, so that the transaction has to be done without it. Others:
 * the transaction cannot go on. */
static enum ask_store_status write_one(struct ask_sqlite_session *session, struct ask_write *write) {
  session->message[0] = '\0';
  enum ask_store_status status = ASK_STORE_NOT_FOUND;
  if (write->idempotency_key.length)
    status = ask_sqlite_repeated(session, &write->revision.partner, write->idempotency_key, write->fingerprint,
                                 &write->made, &write->made_number);
  if (status == ASK_STORE_NOT_FOUND) {
    status = take_number(session, &write->revision);
    if (status == ASK_STORE_OK) {
      status = add_revision(session, &write->revision);
      if (status == ASK_STORE_OK && write->idempotency_key.length) status = remember(session, write);
      if (status == ASK_STORE_CONFLICT) return status;
    }
  }
  if (!is_an_outcome(status)) return status;
  decide(write, status, session->message);
  return ASK_STORE_OK;
}

/* ---- the group ---- */

/* After a commit of which nobody knows whether it was done: is the write there? */
static bool is_there(struct ask_sqlite_session *session, const struct ask_revision *revision) {
  static const char sql[] = "select 1 from revision where client_key = ?1 and id = ?2 and number = ?3 and at = ?4"
                            " and key = ?5 and rules = ?6";
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return false;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(&revision->assessment));
  ask_sqlite_bind_uuid(statement, 2, &revision->assessment);
  ask_sqlite_bind_integer(statement, 3, revision->number);
  ask_sqlite_bind_integer(statement, 4, revision->at);
  ask_sqlite_bind_uuid(statement, 5, &revision->key);
  ask_sqlite_bind_string(statement, 6, revision->rules);
  bool there = ask_sqlite_row(session, statement);
  ask_sqlite_done(statement);
  return there;
}

/* All of it was written, and is on disk. That it can be read is not enough after a sync that failed: the system may show
 * pages that it could not write. Copying the log into the file writes them once more, and syncs. */
static bool was_written(struct group *group) {
  struct ask_sqlite_session *session = group->session;
  bool any = false;
  for (size_t i = 0; i < group->count; i++) {
    const struct ask_write *write = group->writes[i];
    if (group->set_aside[i] || write->status != ASK_STORE_OK) continue;
    if (!is_there(session, &write->revision)) return false;
    any = true;
  }
  struct sqlite3_stmt *statement = any ? ask_sqlite_statement(session, "pragma wal_checkpoint(full)") : NULL;
  if (!statement) return false;
  bool copied = ask_sqlite_row(session, statement) && ask_sqlite_column_integer(statement, 0) == 0 &&
                ask_sqlite_column_integer(statement, 1) == ask_sqlite_column_integer(statement, 2);
  ask_sqlite_done(statement);
  return copied;
}

/* One transaction. True: all have their outcomes; false: one more was set aside, the others have to go again. */
static bool try_group(struct group *group) {
  struct ask_sqlite_session *session = group->session;
  enum ask_store_status status = ask_sqlite_begin(session, true);
  group->attempts++;
  for (size_t i = 0; i < group->count && status == ASK_STORE_OK; i++) {
    if (group->set_aside[i]) continue;
    status = write_one(session, group->writes[i]);
    if (status == ASK_STORE_CONFLICT) {
      group->set_aside[i] = true;
      decide(group->writes[i], ASK_STORE_CONFLICT, session->message);
      ask_sqlite_rollback(session);
      return false;
    }
  }
  if (status == ASK_STORE_OK) {
    status = ask_sqlite_commit(session);
    if (status == ASK_STORE_OK) return true;
    if (session->failing) {
      char why[ASK_STORE_MESSAGE];
      memcpy(why, session->message, sizeof why);
      if (was_written(group)) return true;
      ask_sqlite_say(session, status, "%s", why);
    }
  }
  ask_sqlite_rollback(session);
  decide_all(group, status);
  return true;
}

void ask_sqlite_commit_group(void *part, struct ask_write *const *writes, size_t count) {
  struct group group = {.session = part, .writes = writes, .count = count};
  group.set_aside = calloc(count ? count : 1, sizeof *group.set_aside);
  if (!group.set_aside) abort();
  size_t fit = 0;
  for (size_t i = 0; i < count; i++) {
    group.set_aside[i] = !fit_to_write(group.session, writes[i]);
    fit += !group.set_aside[i];
  }
  ask_sqlite_leave_moved(group.session);
  if (fit) {
    while (!try_group(&group)) continue;
  }
  for (size_t i = 0; i < count; i++) writes[i]->attempts = group.attempts;
  free(group.set_aside);
}
