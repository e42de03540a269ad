/* A store on a disk that fails (disk.c): the right status at once, reading goes on, writing goes on by itself when the
 * disk does, and nothing that was told OK is missing. */
#include "contract/store_fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char control[128], scratch[128];

/* NULL: all is well. */
static void fault(const char *line) {
  if (!line) {
    unlink(control);
    return;
  }
  FILE *file = fopen(scratch, "w");
  ck_assert(file != NULL);
  fprintf(file, "%s\n", line);
  ck_assert_int_eq(fclose(file), 0);
  ck_assert_int_eq(rename(scratch, control), 0);
}

/* From now on faults are possible. */
static void arm(void) {
  snprintf(control, sizeof control, "%s.fault", fixture()->folder);
  snprintf(scratch, sizeof scratch, "%s.new", fixture()->folder);
  setenv("ASK_FAULT_FILE", control, 1);
  setenv("ASK_FAULT_PREFIX", fixture()->folder, 1);
  /* Is the library there at all? */
  fault("EIO");
  char path[128];
  snprintf(path, sizeof path, "%s/probe", fixture()->folder);
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  ck_assert_int_ge(file, 0);
  ck_assert_msg(write(file, "x", 1) < 0, "disk.c is not loaded: set LD_PRELOAD");
  close(file);
  unlink(path);
  fault(NULL);
}

static const struct {
  const char *line;
  enum ask_store_status expected;
} faults[] = {
    {"ENOSPC write", ASK_STORE_FULL}, {"ENOSPC all", ASK_STORE_FULL}, {"EDQUOT write", ASK_STORE_FULL},
    {"EIO write", ASK_STORE_AWAY},    {"EIO sync", ASK_STORE_AWAY},   {"EIO all", ASK_STORE_AWAY},
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

static enum ask_store_status write_new(struct ask_write *ret) {
  struct ask_uuid id = fixture_uuid();
  *ret = fixture_write(&fixture()->ours, &id, 1);
  return fixture_commit(ret);
}

START_TEST(a_failing_disk_is_told_and_got_over) {
  arm();
  struct ask_write before, during, after, again;
  fixture_ok(write_new(&before));
  for (int i = 0; i < FAULTS; i++) {
    fault(faults[i].line);
    for (int times = 0; times < 3; times++) {
      enum ask_store_status status = write_new(&during);
      ck_assert_msg(status == faults[i].expected, "%s: %s (%s)", faults[i].line, ask_store_status_text(status),
                    during.message);
      ck_assert_str_ne(during.message, "");
      /* Reading goes on: here, and where somebody comes only now. */
      fixture_expect(fixture()->session, &before);
      ask_store_session *late = ask_store_session_open(fixture()->store);
      fixture_expect(late, &before);
      fixture_ok(ask_store_ping(late));
      ask_store_session_close(late);
      struct ask_revision found;
      fixture_is(ask_store_get(fixture()->session, &fixture()->ours.partner, &during.revision.assessment, 0,
                               fixture()->arena, &found),
                 ASK_STORE_NOT_FOUND);
    }
    fixture_is(ask_store_try_write(fixture()->session), faults[i].expected);
    fault(NULL);
    fixture_ok(write_new(&after));
    again = during;
    fixture_ok(fixture_commit(&again)); /* the one that failed, once more */
    fixture_ok(ask_store_try_write(fixture()->session));
    fixture_reopen();
    fixture_expect(fixture()->session, &before);
    fixture_expect(fixture()->session, &after);
    fixture_expect(fixture()->session, &again);
  }
}
END_TEST

START_TEST(other_writes_say_so_too) {
  struct ask_document there = {"case", fixture_uuid(), 1, 5, {"{}", 2}}, found;
  arm();
  fixture_ok(ask_store_document_put(fixture()->session, &there, NULL, 0));
  for (int i = 0; i < FAULTS; i++) {
    struct ask_uuid partner = fixture_uuid();
    struct ask_partner_key key = {.id = fixture_uuid(), .name = "new", .created = 5};
    struct ask_rule_file file = {.path = "a", .bytes = {"b", 1}};
    struct ask_document document = {"case", fixture_uuid(), 1, 5, {"{}", 2}};
    char hash[16];
    struct ask_document_key name = {{hash, 2}, true};
    snprintf(hash, sizeof hash, "h%d", i);
    memcpy(key.hash, hash, sizeof hash);
    fault(faults[i].line);
    fixture_is(ask_store_key_add(fixture()->session, &key, &partner), faults[i].expected);
    fixture_is(ask_store_key_revoke(fixture()->session, &fixture()->theirs.id, 5), faults[i].expected);
    fixture_is(ask_store_rules_put(fixture()->session, hash, &file, 1), faults[i].expected);
    fixture_is(ask_store_document_put(fixture()->session, &document, &name, 1), faults[i].expected);
    fixture_is(ask_store_document_remove(fixture()->session, "case", &there.id, 1), faults[i].expected);
    fault(NULL);
    fixture_is(ask_store_document_get(fixture()->session, "case", &document.id, fixture()->arena, &found),
               ASK_STORE_NOT_FOUND);
    fixture_ok(ask_store_document_get(fixture()->session, "case", &there.id, fixture()->arena, &found));
    fixture_ok(ask_store_document_put(fixture()->session, &document, &name, 1));
    fixture_ok(ask_store_key_add(fixture()->session, &key, &partner));
    fixture_ok(ask_store_rules_put(fixture()->session, hash, &file, 1));
  }
}
END_TEST

START_TEST(a_store_cannot_be_made_on_a_full_disk) {
  arm();
  char path[128];
  snprintf(path, sizeof path, "%s/new.db", fixture()->folder);
  struct ask_problems problems = {.arena = fixture()->arena};
  struct ask_store_options options = {.create = true};
  fault("ENOSPC write");
  ck_assert(ask_store_open(path, &options, &problems) == NULL);
  ck_assert_uint_eq(problems.count, 1);
  ck_assert_str_eq(problems.list[0].code, "store-away");
  ck_assert_str_eq(problems.list[0].hint, "make room on the disk");
  fault(NULL);
  struct ask_store *store = ask_store_open(path, &options, &problems); /* what is left of the first try does no harm */
  ck_assert(store != NULL);
  ask_store_close(store);
}
END_TEST

/* ---- the writer, with clients that go on as if nothing were ---- */

enum { CLIENTS = 4, MOST = 20000 };

struct client {
  pthread_t thread;
  struct ask_writer *writer;
  atomic_bool *stop;
  int count;
  struct ask_write *writes;
  atomic_bool answered;
};

static void told(struct ask_write *write) {
  struct client *client = write->context;
  atomic_store(&client->answered, true);
}

static void *go_on(void *argument) {
  struct client *client = argument;
  while (!atomic_load(client->stop) && client->count < MOST) {
    struct ask_write *write = &client->writes[client->count++];
    struct ask_uuid id = fixture_uuid();
    *write = fixture_write(&fixture()->ours, &id, 1);
    write->done = told;
    write->context = client;
    atomic_store(&client->answered, false);
    ck_assert(ask_writer_submit(client->writer, write));
    while (!atomic_load(&client->answered)) usleep(100);
  }
  return NULL;
}

START_TEST(nothing_that_was_told_ok_is_missing) {
  arm();
  atomic_bool stop = false;
  struct client clients[CLIENTS];
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 0);
  for (int i = 0; i < CLIENTS; i++) {
    clients[i] = (struct client){.writer = writer, .stop = &stop, .writes = calloc(MOST, sizeof(struct ask_write))};
    ck_assert_int_eq(pthread_create(&clients[i].thread, NULL, go_on, &clients[i]), 0);
  }
  /* Faults of each kind, struck at different calls of a commit or checkpoint. */
  for (int round = 0; round < 60; round++) {
    char line[64];
    snprintf(line, sizeof line, "%s %d", faults[round % FAULTS].line, round % 13);
    fault(line);
    usleep(5000);
    fault(NULL);
    usleep(5000);
  }
  usleep(100000);
  atomic_store(&stop, true);
  for (int i = 0; i < CLIENTS; i++) pthread_join(clients[i].thread, NULL);
  struct ask_writer_counts counts;
  ask_writer_counts(writer, &counts);
  ask_writer_stop(writer);
  ck_assert(!counts.away);
  ck_assert_uint_gt(counts.failed, 0);
  fixture_reopen();
  int ok = 0;
  for (int i = 0; i < CLIENTS; i++) {
    for (int w = 0; w < clients[i].count; w++) {
      const struct ask_write *write = &clients[i].writes[w];
      if (write->status == ASK_STORE_OK)
        fixture_expect(fixture()->session, write);
      else
        ck_assert_msg(write->status == ASK_STORE_FULL || write->status == ASK_STORE_AWAY, "%s: %s",
                      ask_store_status_text(write->status), write->message);
      ok += write->status == ASK_STORE_OK;
    }
    free(clients[i].writes);
  }
  ck_assert_int_gt(ok, 0);
  struct ask_problems problems = {.arena = fixture()->arena};
  fixture_ok(ask_store_check(fixture()->session, NULL, NULL, &problems));
  ck_assert_msg(problems.count == 0, "%s", problems.count ? problems.list[0].message : "");
}
END_TEST

START_TEST(the_writer_finds_out_by_itself_that_the_disk_is_back) {
  arm();
  struct ask_uuid id = fixture_uuid();
  struct ask_writer *writer = ask_writer_start(fixture()->store, 0, 0);
  struct client client = {.answered = false};
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
  write.done = told;
  write.context = &client;
  fault("ENOSPC all");
  ck_assert(ask_writer_submit(writer, &write));
  while (!atomic_load(&client.answered)) usleep(100);
  fixture_is(write.status, ASK_STORE_FULL);
  struct ask_writer_counts counts;
  usleep(1500000); /* it has asked meanwhile, in vain */
  ask_writer_counts(writer, &counts);
  ck_assert(counts.away);
  ck_assert_uint_eq(counts.failed, 1);
  fault(NULL);
  for (int i = 0; i < 50 && counts.away; i++) {
    usleep(100000);
    ask_writer_counts(writer, &counts);
  }
  ck_assert(!counts.away);
  ck_assert_uint_eq(counts.writes, 1);
  ask_writer_stop(writer);
}
END_TEST

/* The process dies right after its disk failed: nothing is closed in good order. */
START_TEST(a_death_after_a_failure_loses_nothing) {
  arm();
  for (int round = 0; round < 24; round++) {
    int told_ok[2];
    ck_assert_int_eq(pipe(told_ok), 0);
    struct ask_uuid ids[12];
    for (int i = 0; i < 12; i++) ids[i] = fixture_uuid();
    pid_t child = fork();
    if (child == 0) {
      struct ask_store *store = ask_store_open(fixture()->url, &(struct ask_store_options){0}, &fixture()->problems);
      ask_store_session *session = ask_store_session_open(store);
      for (int i = 0; i < 12; i++) {
        if (i == 4) {
          char line[64];
          snprintf(line, sizeof line, "%s %d", faults[round % FAULTS].line, round / FAULTS);
          fault(line);
        }
        if (i == 8 && round % 2) fault(NULL);
        struct ask_write one = fixture_write(&fixture()->ours, &ids[i], 1), *group[] = {&one};
        ask_store_commit(session, group, 1);
        char byte = (char)one.status;
        if (write(told_ok[1], &byte, 1) != 1) _exit(1); /* a pipe, so not under PREFIX */
      }
      _exit(0);
    }
    close(told_ok[1]);
    char outcomes[12];
    for (int i = 0; i < 12; i++) ck_assert_int_eq(read(told_ok[0], &outcomes[i], 1), 1);
    close(told_ok[0]);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    fault(NULL);
    fixture_reopen();
    for (int i = 0; i < 12; i++) {
      struct ask_write write = fixture_write(&fixture()->ours, &ids[i], 1);
      if (outcomes[i] == ASK_STORE_OK) fixture_expect(fixture()->session, &write);
    }
    for (int i = 0; i < 4; i++) ck_assert_int_eq(outcomes[i], ASK_STORE_OK);
  }
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_failing_disk_is_told_and_got_over,
                                other_writes_say_so_too,
                                a_store_cannot_be_made_on_a_full_disk,
                                nothing_that_was_told_ok_is_missing,
                                the_writer_finds_out_by_itself_that_the_disk_is_back,
                                a_death_after_a_failure_loses_nothing,
                                NULL};
  return fixture_main("fault", tests);
}
