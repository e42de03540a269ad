/* An intake over a copy of the small rules and a SQLite store, for tests. */
#include "unit/support_intake.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "service/assess.h"
#include "json/project.h"

void support_intake_shell(struct support_intake *s, const char *command) {
  char line[2048];
  snprintf(line, sizeof line, "cd %s && %s", s->folder, command);
  ck_assert_int_eq(system(line), 0);
}

/* A list is not among the small rules' items: one that nobody reads is put there. */
static const char add_list[] =
    "sed -i '/id: zip/a\\      - {id: members, type: list, entry: member, text: Who lives with you?, why: To know., "
    "fields: [{id: name, type: text, text: Name}, {id: pay, type: money, text: Pay}]}' forms/intake.yaml";

void support_intake_open(struct support_intake *s, bool with_store) {
  *s = (struct support_intake){.folder = "/tmp/test_intake_XXXXXX", .arena = ask_arena_new()};
  s->view = (struct ask_view){.detail = ASK_DETAIL_REASONS, .with_next = true};
  struct ask_problems problems = {.arena = s->arena};
  ck_assert_ptr_nonnull(mkdtemp(s->folder));
  support_intake_shell(s, "cp -r " TEST_SOURCE_DIR "/tests/cli/small/. .");
  support_intake_shell(s, add_list);
  struct ask_data_options data = {.forms = ask_path_join(s->arena, s->folder, "forms"),
                                  .plugins = ask_path_join(s->arena, s->folder, "plugins")};
  s->live = ask_live_open(&data, NULL, &problems);
  ck_assert_msg(s->live && !problems.count, "%s", problems.count ? problems.list[0].message : "no rules");
  if (with_store) {
    struct ask_store_options options = {.create = true};
    s->store = ask_store_open(ask_path_join(s->arena, s->folder, "store.db"), &options, &problems);
    ck_assert_msg(s->store, "%s", problems.count ? problems.list[0].message : "no store");
    s->writer = ask_writer_start(s->store, 0, 0);
    ask_store_session *session = ask_store_session_open(s->store);
    struct ask_partner_key made;
    char other[ASK_KEY_TEXT];
    ck_assert_int_eq(ask_key_add(session, "Caller", s->key, &made), ASK_STORE_OK);
    s->caller = (struct ask_caller){made.partner, made.id};
    ck_assert_int_eq(ask_key_add(session, "Stranger", other, &made), ASK_STORE_OK);
    s->stranger = (struct ask_caller){made.partner, made.id};
    ask_store_session_close(session);
  }
  struct ask_intake_options options = {
      .live = s->live, .store = s->store, .writer = s->writer, .scratch = ask_path_join(s->arena, s->folder, "rules")};
  s->intake = ask_intake_new(&options);
  s->seat = ask_seat_take(s->intake);
}

void support_intake_close(struct support_intake *s) {
  ask_seat_give_back(s->seat);
  s->writer = ask_writer_stop(s->writer);
  s->intake = ask_intake_free(s->intake);
  s->store = s->store ? ask_store_close(s->store) : NULL;
  s->live = ask_live_close(s->live);
  support_intake_shell(s, "rm -rf \"$PWD\"");
  ask_buffer_free(&s->body);
  ask_arena_free(s->arena);
}

void support_intake_reload(struct support_intake *s) {
  struct ask_problems problems = {.arena = s->arena};
  struct ask_reload_report report;
  bool good = ask_live_reload(s->live, &report, &problems);
  ck_assert_msg(good && report.swapped, "%s", problems.count ? problems.list[0].message : "unchanged");
  ck_assert_int_eq(ask_intake_rules_changed(s->intake), s->store ? ASK_DONE : ASK_AWAY);
}

struct ask_reply *support_reply(struct support_intake *s) {
  ask_buffer_clear(&s->body);
  s->reply = (struct ask_reply){.arena = s->arena, .body = &s->body, .problems = {.arena = s->arena}};
  return &s->reply;
}

const char *support_body(struct support_intake *s) { return s->body.bytes ? s->body.bytes : ""; }

const char *support_problems(struct support_intake *s) {
  const char *all = "";
  for (size_t i = 0; i < s->reply.problems.count; i++) {
    const struct ask_problem *problem = &s->reply.problems.list[i];
    all = ask_printf(s->arena, "%s%s %s: %s\n", all, problem->code, problem->path ? problem->path : "-",
                     problem->message);
  }
  return all;
}

static struct ask_text text_of(const char *bytes) { return (struct ask_text){bytes, bytes ? strlen(bytes) : 0}; }

enum ask_outcome support_screen(struct support_intake *s, const char *body, enum ask_detail detail, bool next,
                                const char *programs) {
  struct ask_view view = {.detail = detail, .with_next = next, .programs = programs};
  return ask_intake_screen(s->seat, text_of(body), &view, support_reply(s));
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

struct signal {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool done;
};

static void on_done(void *context) {
  struct signal *signal = context;
  pthread_mutex_lock(&signal->lock);
  signal->done = true;
  pthread_cond_signal(&signal->changed);
  pthread_mutex_unlock(&signal->lock);
}

enum ask_outcome support_submit(struct ask_pending *pending) {
  struct signal signal = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
  enum ask_outcome outcome = ask_intake_submit(pending, on_done, &signal);
  pthread_mutex_lock(&signal.lock);
  while (outcome == ASK_DONE && !signal.done) pthread_cond_wait(&signal.changed, &signal.lock);
  pthread_mutex_unlock(&signal.lock);
  return outcome;
}

static void fingerprint(const struct ask_uuid *assessment, const char *body, unsigned char ret[32]) {
  struct ask_hash hash;
  char text[ASK_HASH_TEXT];
  ask_hash_start(&hash);
  if (assessment) ask_hash_add(&hash, assessment, sizeof *assessment);
  ask_hash_add(&hash, body, strlen(body));
  ask_hash_end(&hash, text);
  memcpy(ret, text, 32);
}

enum ask_outcome support_write(struct support_intake *s, const struct ask_uuid *assessment, int32_t expected,
                               const char *body, const char *key) {
  struct ask_intake_request request = {.caller = s->caller,
                                       .body = text_of(body),
                                       .idempotency_key = text_of(key),
                                       .assessment = assessment,
                                       .expected = expected,
                                       .view = s->view};
  fingerprint(assessment, body, request.fingerprint);
  for (bool again = true; again;) {
    struct ask_pending *pending = NULL;
    enum ask_outcome outcome = ask_intake_prepare(s->seat, &request, support_reply(s), &pending);
    ck_assert(!pending || outcome == ASK_DONE);
    if (!pending) return outcome;
    outcome = support_submit(pending);
    if (outcome == ASK_DONE) outcome = ask_intake_finish(s->seat, pending, &s->reply, &again);
    ask_pending_free(pending);
    if (!again || outcome == ASK_BUSY) return outcome;
  }
  return ASK_STALE;
}

struct ask_uuid support_create(struct support_intake *s, const char *body) {
  enum ask_outcome outcome = support_write(s, NULL, 0, body, NULL);
  ck_assert_msg(outcome == ASK_DONE, "%d: %s", outcome, support_problems(s));
  ck_assert_int_eq(s->reply.revision, 1);
  return s->reply.assessment;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

enum ask_outcome support_read(struct support_intake *s, const struct ask_uuid *assessment, int32_t number,
                              enum ask_detail detail, bool next) {
  struct ask_view view = {.detail = detail, .with_next = next};
  return ask_intake_read(s->seat, &s->caller, assessment, number, &view, support_reply(s));
}

const char *support_answers_of(struct support_intake *s, const struct ask_uuid *assessment) {
  struct ask_text answers;
  ck_assert_int_eq(support_read(s, assessment, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  ck_assert(ask_json_member(text_of(support_body(s)), "answers", &answers));
  return ask_strndup(s->arena, answers.bytes, answers.length);
}

const char *support_direct(struct support_intake *s, const char *body, enum ask_detail detail, bool next) {
  const struct ask_generation *generation = ask_live_pin(s->live);
  struct ask_desk *desk = ask_desk_new(generation->rules);
  struct ask_desk_source source = {.limit = ASK_INPUT_LIMIT, .as_of = ask_today()};
  struct ask_problems problems = {.arena = s->arena};
  struct ask_household household;
  struct ask_buffer text = {0};
  ck_assert(ask_desk_read(desk, &source, body, strlen(body), &household, &problems));
  const struct ask_result *result = ask_desk_assess(desk, &household, NULL, &problems);
  ck_assert_ptr_nonnull(result);
  ask_desk_write(desk, result, &household, NULL, detail, next, &text);
  const char *kept = ask_strndup(s->arena, text.bytes, text.length);
  ask_buffer_free(&text);
  ask_desk_free(desk);
  ask_live_unpin(s->live, generation);
  return kept;
}
