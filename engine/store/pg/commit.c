/* A group of writes in one transaction and one round trip: begin, a statement for each write, commit, sync.
 *
 * Why READ COMMITTED is right. Each statement sees what was committed when it began and what the group wrote before
 * it, so successive revisions of one assessment, or two writes with one idempotency key, meet each other within a
 * group as they would across groups. What another node commits between a statement's look and its insert is caught
 * by the primary keys: `on conflict do nothing` waits for that other transaction and then leaves the row out, which
 * shows in the outcome. No decision rests on the absence of a row that no key guards:
 * - revision n of an assessment is there once; it goes in only on revision n - 1 of the same partner, and revisions
 *   are never changed or removed, so having seen n - 1 cannot become untrue, and no number is left out;
 * - an idempotency key is there once, and goes in only along with its revision: should the revision then turn out to
 *   be taken, the statement divides by zero, on purpose, and the group is done again from the beginning; a fresh
 *   look sees whoever was faster. (The converse, a key that was taken since the look, writes nothing, and that write
 *   goes again.)
 * What a snapshot shows is on disk: PostgreSQL lets others see a transaction only after its commit was flushed.
 *
 * An error of one write (a value that a constraint refuses, a lock not to be had in time) ends the transaction, so
 * that write is set aside and the others go again without it.
 *
 * When the connection is lost before the answer to commit was seen, nobody knows whether the group was written. Then
 * it is done again on a new connection: a write that finds its own row there, equal in every column, was written. If
 * the lost transaction should still be running, its rows are waited for by the same inserts. Only when that cannot
 * be done in time are they answered with AWAY, and may yet be there: the caller's idempotency keys are for that. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg/pg.h"

/* What a statement says became of its write. */
enum outcome { MADE, NOT_FOUND, CONFLICT, REPEATED, REUSED, AGAIN };

/* $1 id, $2 client key, $3 number, $4 partner, $5 key, $6 at, $7 as_of, $8 rules, $9 answers, $10 result;
 * $11 idempotency key, $12 fingerprint */
#define INTO "insert into revision (id, client_key, number, partner, key, at, as_of, rules, answers, result) "
#define VALUES "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
#define OURS "revision where id = $1 and client_key = $2 and partner = $4"
#define PREVIOUS "exists (select from " OURS " and number = $3 - 1)"
#define THIS "exists (select from revision where id = $1 and client_key = $2 and number = $3)"
/* `possible` is looked at together with the key, so that a key is not used up by what cannot be written. */
#define KEYED(possible, otherwise)                                                                              \
  "with seen as (select fingerprint, assessment, number from idempotency where partner = $4 and key = $11),"    \
  " claimed as (insert into idempotency (partner, key, fingerprint, assessment, number)"                        \
  "  select $4, $11, $12, $1, $3 where " possible " and not " THIS " on conflict do nothing returning number)," \
  " added as (" INTO "select " VALUES " from claimed on conflict do nothing returning number) "                 \
  "select case when exists (select from added) then 0"                                                          \
  " when exists (select from claimed) then 1 / (select count(*)::integer from added)"                           \
  " when seen.number is not null then case when seen.fingerprint = $12 then 3 else 4 end " otherwise " end,"    \
  " seen.assessment, seen.number from (values (1)) as one left join seen on true"

static const struct ask_pg_statement begin = {.sql = "begin isolation level read committed, read write", .takes = ""};
static const struct ask_pg_statement commit = {.sql = "commit", .takes = ""};
static const struct ask_pg_statement make = {.sql = INTO "values (" VALUES ") on conflict do nothing",
                                             .takes = "ubiuubbtyy"};
/* What mostly happens to a new assessment, in a plan half as large. Where nothing was inserted, somebody has to look why, and
 * where the revision is there, that is an error: in both cases the write goes again, with the statement after this one. */
static const struct ask_pg_statement make_keyed_fast = {
    .sql = "with claimed as (insert into idempotency (partner, key, fingerprint, assessment, number)"
           "  values ($4, $11, $12, $1, $3) on conflict do nothing returning number) " INTO "select " VALUES
           " from claimed",
    .takes = "ubiuubbtyyyy"};
static const struct ask_pg_statement make_keyed = {
    .sql = KEYED("true", "when " THIS " then 2 else 5"), .takes = "ubiuubbtyyyy", .gives = "iui"};
static const struct ask_pg_statement add = {
    .sql = "with added as (" INTO "select " VALUES " where " PREVIOUS " on conflict do nothing returning number) "
           "select case when exists (select from added) then 0 when exists (select from " OURS ") then 2 else 1 end",
    .takes = "ubiuubbtyy",
    .gives = "i"};
static const struct ask_pg_statement add_keyed = {.sql = KEYED(PREVIOUS, "when not exists (select from " OURS
                                                                         ") then 1 when " PREVIOUS " and not " THIS
                                                                         " then 5 else 2"),
                                                  .takes = "ubiuubbtyyyy",
                                                  .gives = "iui"};
static const struct ask_pg_statement find_same = {
    .sql = "select 1 from " OURS " and number = $3 and key = $5 and at = $6 and as_of = $7 and rules = $8"
           " and answers = $9 and result = $10",
    .takes = "ubiuubbtyy",
    .gives = "i"};
static const struct ask_pg_statement *const all[] = {&begin,      &commit, &make,      &make_keyed_fast,
                                                     &make_keyed, &add,    &add_keyed, &find_same};

struct group {
  struct ask_write **left; /* those without an outcome yet, in their order */
  size_t count;
  bool again;  /* not the first time: no short cuts */
  bool unsure; /* an earlier commit of them may have been done */
};

static const struct ask_pg_statement *statement_of(const struct group *group, const struct ask_write *write) {
  bool first = write->revision.number == 1, keyed = write->idempotency_key.length > 0;
  if (first && keyed) return group->again ? &make_keyed : &make_keyed_fast;
  return first ? &make : keyed ? &add_keyed : &add;
}

static void values_of(const struct ask_write *write, bool keyed, struct ask_pg_values *values) {
  const struct ask_revision *revision = &write->revision;
  values->count = 0;
  values->too_long = false;
  ask_pg_assessment(values, &revision->assessment);
  ask_pg_integer(values, revision->number);
  ask_pg_uuid(values, &revision->partner);
  ask_pg_uuid(values, &revision->key);
  ask_pg_bigint(values, revision->at);
  ask_pg_bigint(values, revision->as_of);
  ask_pg_string(values, revision->rules);
  ask_pg_bytes(values, revision->answers.bytes, revision->answers.length);
  ask_pg_bytes(values, revision->result.bytes, revision->result.length);
  if (!keyed) return;
  ask_pg_bytes(values, write->idempotency_key.bytes, write->idempotency_key.length);
  ask_pg_bytes(values, write->fingerprint, sizeof write->fingerprint);
}

static void decide(struct ask_write *write, enum ask_store_status status, const char *message) {
  write->status = status;
  snprintf(write->message, sizeof write->message, "%s", message);
}

/* An outcome for all that have none. */
static void decide_left(struct group *group, enum ask_store_status status, const char *message) {
  for (size_t i = 0; i < group->count; i++) decide(group->left[i], status, message);
  group->count = 0;
}

static void remove_write(struct group *group, size_t at) {
  memmove(group->left + at, group->left + at + 1, (group->count - at - 1) * sizeof *group->left);
  group->count--;
}

/* After a deadlock the group goes in one order that all nodes share, so that it cannot meet the next one that does the same.
 * Not before: within a group the order of submission decides. An insertion sort, since ids are mostly in order. */
static void sort_left(struct group *group) {
  for (size_t i = 1; i < group->count; i++) {
    struct ask_write *write = group->left[i];
    size_t at = i;
    for (; at > 0; at--) {
      const struct ask_revision *a = &group->left[at - 1]->revision, *b = &write->revision;
      int order = memcmp(&a->assessment, &b->assessment, sizeof a->assessment);
      if (order < 0 || (order == 0 && a->number <= b->number)) break;
      group->left[at] = group->left[at - 1];
    }
    group->left[at] = write;
  }
}

/* ---- one transaction ---- */

/* Everything, so that the server works on the first while the last is on its way; a part of some size at a time, so
 * that libpq need not hold all of it. */
static bool send_group(struct ask_pg_session *session, const struct group *group) {
  enum { PART = 256 * 1024 };
  struct ask_pg_values values;
  size_t queued = 0;
  if (!ask_pg_send(session, &begin, NULL)) return false;
  for (size_t i = 0; i < group->count; i++) {
    const struct ask_write *write = group->left[i];
    values_of(write, write->idempotency_key.length > 0, &values);
    if (!ask_pg_send(session, statement_of(group, write), &values)) return false;
    queued += write->revision.answers.length + write->revision.result.length;
    if (queued < PART) continue;
    if (!ask_pg_flush(session)) return false;
    queued = 0;
  }
  return ask_pg_send(session, &commit, NULL) && ask_pg_sync(session) && ask_pg_flush(session);
}

static void read_outcome(struct pg_result *result, const struct group *group, struct ask_write *write,
                         enum outcome *ret) {
  const struct ask_pg_statement *statement = statement_of(group, write);
  if (!statement->gives) {
    *ret = ask_pg_changed(result) == 1 ? MADE : statement == &make ? CONFLICT : AGAIN;
    return;
  }
  int32_t said = ask_pg_read_integer(result, 0, 0);
  *ret = said >= MADE && said <= AGAIN ? (enum outcome)said : AGAIN;
  if (*ret != REPEATED) return;
  write->made = ask_pg_read_uuid(result, 0, 1);
  write->made_number = ask_pg_read_integer(result, 0, 2);
}

enum end {
  COMMITTED, /* outcomes hold */
  LOST,      /* nobody knows */
  RACE,      /* rolled back: may work when it is tried again */
  REFUSED,   /* rolled back because of one write: ret_status, ret_at */
  FAILED,    /* rolled back: ret_status for all */
};

/* After an error: what it means for the group. */
static enum end ended_by(struct ask_pg_session *session, const struct group *group, const struct pg_result *error,
                         size_t place, enum ask_store_status *ret_status) {
  *ret_status = ask_pg_failed(session, error);
  if (ask_pg_lost_race(session->state) || strcmp(session->state, "22012") == 0) return RACE;
  if (!group->again && strcmp(session->state, "23505") == 0) return RACE;
  if (strcmp(session->state, "26000") == 0 || strcmp(session->state, "0A000") == 0) {
    ask_pg_disconnect(session);
    return LOST;
  }
  /* Place 0 is begin, the last is commit. */
  bool of_one = strncmp(session->state, "22", 2) == 0 || strncmp(session->state, "23", 2) == 0 ||
                strcmp(session->state, "55P03") == 0 || strncmp(session->state, "54", 2) == 0;
  return of_one && place > 0 && place <= group->count ? REFUSED : FAILED;
}

static enum end transact(struct ask_pg_session *session, const struct group *group, enum outcome *ret_outcomes,
                         enum ask_store_status *ret_status, size_t *ret_at) {
  if (!send_group(session, group)) return LOST;
  struct pg_result *error = NULL, *result;
  size_t place = 0, wrong = 0;
  bool committed = false;
  while ((result = ask_pg_next(session))) {
    ExecStatusType kind = PQresultStatus(result);
    if (kind == PGRES_FATAL_ERROR && !error) {
      error = result;
      wrong = place++;
      continue;
    }
    if (place > 0 && place <= group->count && (kind == PGRES_TUPLES_OK || kind == PGRES_COMMAND_OK))
      read_outcome(result, group, group->left[place - 1], &ret_outcomes[place - 1]);
    if (place == group->count + 1 && kind == PGRES_COMMAND_OK) committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    place++;
    PQclear(result);
    if (kind == PGRES_PIPELINE_SYNC) break;
  }
  enum end end = committed ? COMMITTED : LOST;
  if (!committed && error && session->connection) {
    end = ended_by(session, group, error, wrong, ret_status);
    *ret_at = wrong - 1;
    if (session->connection) ask_pg_rollback(session);
  } else if (!committed && session->connection) {
    ask_pg_disconnect(session); /* an answer that is none */
  }
  PQclear(error);
  return end;
}

/* ---- what became of each ---- */

/* Whether the write's own row is there already, from an earlier commit whose answer was lost. */
static enum ask_store_status is_there(struct ask_pg_session *session, const struct ask_write *write) {
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  values_of(write, false, &values);
  enum ask_store_status status = ask_pg_run(session, &find_same, &values, &result);
  if (status == ASK_STORE_OK && ask_pg_rows(result) == 0) status = ASK_STORE_NOT_FOUND;
  ask_pg_done(result);
  return status;
}

static bool is_of(const struct ask_write *write, const struct ask_uuid *assessment, int32_t number) {
  return number == write->revision.number && memcmp(assessment, &write->revision.assessment, sizeof *assessment) == 0;
}

/* Of two equal writes of one group only the first can have made the row. */
static bool is_made_by_earlier(struct ask_write *const *writes, const struct ask_write *write) {
  for (; *writes != write; writes++)
    if ((*writes)->status == ASK_STORE_OK && is_of(write, &(*writes)->revision.assessment, (*writes)->revision.number))
      return true;
  return false;
}

/* Outcomes of a committed group to its writes. Those that lost a race for an idempotency key are left. */
static void settle(struct ask_pg_session *session, struct ask_write *const *writes, struct group *group,
                   const enum outcome *outcomes) {
  static const enum ask_store_status statuses[] = {[MADE] = ASK_STORE_OK,
                                                   [NOT_FOUND] = ASK_STORE_NOT_FOUND,
                                                   [CONFLICT] = ASK_STORE_CONFLICT,
                                                   [REPEATED] = ASK_STORE_REPEATED,
                                                   [REUSED] = ASK_STORE_KEY_REUSED};
  size_t left = 0;
  for (size_t i = 0; i < group->count; i++) {
    struct ask_write *write = group->left[i];
    if (outcomes[i] == AGAIN) {
      group->left[left++] = write;
      continue;
    }
    enum ask_store_status status = statuses[outcomes[i]];
    bool may_be_own =
        outcomes[i] == CONFLICT || (outcomes[i] == REPEATED && is_of(write, &write->made, write->made_number));
    const char *message = status == ASK_STORE_CONFLICT ? "this revision is there already, or is not the next one" : "";
    if (group->unsure && may_be_own && !is_made_by_earlier(writes, write)) {
      enum ask_store_status there = is_there(session, write);
      if (there != ASK_STORE_NOT_FOUND) status = there, message = session->message;
    }
    decide(write, status, message);
  }
  group->count = left;
}

/* Connected and prepared. While nobody knows what became of the group, it is tried until the time is up; otherwise once
 * more, if it was a connection from before that turned out to be lost. */
static enum ask_store_status ready(struct ask_pg_session *session, bool unsure) {
  for (int tries = 1;; tries++) {
    bool was_connected = session->connection != NULL;
    enum ask_store_status status = ask_pg_connect(session, unsure);
    if (status == ASK_STORE_OK) status = ask_pg_prepare(session, all, sizeof all / sizeof *all);
    if (status == ASK_STORE_OK || ask_pg_now() >= session->deadline) return status;
    if (!unsure && (session->connection || !was_connected || tries > 1)) return status;
    if (unsure) ask_pg_pause(session, 100000);
    session->message[0] = '\0';
  }
}

/* What cannot be sent at all. */
static void set_aside_impossible(struct group *group) {
  for (size_t i = 0; i < group->count;) {
    struct ask_write *write = group->left[i];
    struct ask_pg_values values;
    values_of(write, true, &values);
    if (!values.too_long && write->revision.number >= 1) {
      i++;
      continue;
    }
    decide(write, values.too_long ? ASK_STORE_BROKEN : ASK_STORE_CONFLICT,
           values.too_long ? "a text is longer than a store takes" : "revisions are numbered from 1");
    remove_write(group, i);
  }
}

void ask_pg_commit(void *part, struct ask_write *const *writes, size_t count) {
  struct ask_pg_session *session = part;
  struct group group = {.left = malloc((count + 1) * sizeof *group.left), .count = count};
  enum outcome *outcomes = calloc(count + 1, sizeof *outcomes);
  if (!group.left || !outcomes) abort();
  if (count) memcpy(group.left, writes, count * sizeof *group.left);
  for (size_t i = 0; i < count; i++) {
    writes[i]->status = ASK_STORE_AWAY;
    writes[i]->attempts = 0;
  }
  ask_pg_start(session);
  set_aside_impossible(&group);
  int races = 0, losses = 0;
  while (group.count) {
    enum ask_store_status status = ready(session, group.unsure);
    if (status != ASK_STORE_OK) {
      if (group.unsure)
        ask_pg_say(session, ASK_STORE_AWAY, "the connection was lost before it was known whether this was written");
      decide_left(&group, status, session->message);
      break;
    }
    for (size_t i = 0; i < group.count; i++) group.left[i]->attempts++;
    size_t at = 0;
    session->message[0] = '\0';
    enum end end = transact(session, &group, outcomes, &status, &at);
    group.again = true;
    if (end == COMMITTED) {
      settle(session, writes, &group, outcomes);
    } else if (end == REFUSED) {
      decide(group.left[at], status, session->message);
      remove_write(&group, at);
    } else if (end == FAILED) {
      decide_left(&group, status, session->message);
    } else if (end == LOST) {
      group.unsure = true;
    }
    bool out_of_tries = end == LOST ? ++losses >= ASK_PG_TRIES : end != REFUSED && ++races >= ASK_PG_TRIES;
    if (group.count && (out_of_tries || ask_pg_now() >= session->deadline)) {
      if (!session->message[0]) ask_pg_say(session, ASK_STORE_AWAY, "others write the same at the same time");
      decide_left(&group, ASK_STORE_AWAY, session->message);
    }
    if (group.count && end == RACE) {
      if (strcmp(session->state, "40P01") == 0) sort_left(&group);
      ask_pg_pause(session, 5000 * races);
    }
  }
  free(group.left);
  free(outcomes);
}
