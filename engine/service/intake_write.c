/* Keeping: a new assessment, a revision of one. Prepared at a seat, written by the store's writer, finished at a seat. */
#include <stdlib.h>
#include <string.h>

#include "service/intake_parts.h"
#include "service/keys.h"
#include "json/project.h"

/* One block of memory: the texts follow the struct. */
struct ask_pending {
  struct ask_write write;
  struct ask_writer *writer;
  void (*done)(void *context);
  void *context;
  int32_t expected;
  struct ask_view view;
  bool revises;
  char bytes[];
};

struct ask_pending *ask_pending_free(struct ask_pending *pending) {
  free(pending);
  return NULL;
}

/* ---- preparing ----------------------------------------------------------------------------------------------------- */

/* What the idempotency key has made before. ASK_DONE without reply->repeated: nothing. */
static enum ask_outcome look_for_repeat(struct ask_seat *seat, const struct ask_intake_request *request,
                                        struct ask_reply *reply) {
  struct ask_uuid made;
  int32_t number = 0;
  if (!request->idempotency_key.length) return ASK_DONE;
  enum ask_store_status status = ask_store_repeated(seat->session, &request->caller.partner, request->idempotency_key,
                                                    request->fingerprint, &made, &number);
  if (status == ASK_STORE_NOT_FOUND) return ASK_DONE;
  if (status != ASK_STORE_REPEATED) return ask_outcome_of_session(seat, status, reply);
  enum ask_outcome outcome = ask_intake_read(seat, &request->caller, &made, number, &request->view, reply);
  reply->repeated = outcome == ASK_DONE;
  return outcome == ASK_NO_SUCH ? ask_damaged(reply, "what an idempotency key made is not there") : outcome;
}

/* A household that is to be kept, and the revision that it becomes so far. */
struct draft {
  struct ask_household household;
  struct ask_choice choice;
  struct ask_revision revision;
};

static enum ask_outcome draft_new(struct ask_seat *seat, const struct ask_intake_request *request, struct draft *ret,
                                  struct ask_reply *reply) {
  struct ask_desk_source source = {.as_of = ask_today()};
  const struct ask_raw *raw = ask_seat_parse(seat, request->body, &reply->problems);
  if (!raw) return ASK_MALFORMED;
  if (!ask_seat_choose(seat, &request->view, &ret->choice, &reply->problems)) return ASK_UNACCEPTABLE;
  if (!ask_desk_read_tree(seat->desk, &source, raw, &ret->household, &reply->problems)) return ASK_UNACCEPTABLE;
  ret->revision.assessment = ask_uuid_new();
  ret->revision.number = 1;
  return ASK_DONE;
}

static enum ask_outcome draft_revision(struct ask_seat *seat, const struct ask_intake_request *request,
                                       struct draft *ret, struct ask_reply *reply) {
  struct ask_revision latest;
  struct ask_problems unread = {.arena = seat->arena};
  /* a body that is no JSON is said to be so whether or not there is such an assessment */
  const struct ask_raw *patch = ask_seat_parse(seat, request->body, &reply->problems);
  if (!patch) return ASK_MALFORMED;
  enum ask_store_status status =
      ask_store_get(seat->session, &request->caller.partner, request->assessment, 0, seat->arena, &latest);
  if (status != ASK_STORE_OK) return ask_outcome_of_session(seat, status, reply);
  reply->assessment = latest.assessment;
  reply->revision = latest.number;
  if (request->expected && request->expected != latest.number) return ASK_STALE;
  if (latest.number == INT32_MAX) return ask_damaged(reply, "the assessment has no more numbers for revisions");
  const struct ask_raw *stored = ask_seat_parse(seat, latest.answers, &unread);
  const char *id = NULL;
  if (!stored || stored->kind != ASK_RAW_OBJECT || !ask_seat_recall_id(seat, latest.result, &id))
    return ask_damaged(reply, "the stored answers cannot be read");
  if (!ask_seat_choose(seat, &request->view, &ret->choice, &reply->problems)) return ASK_UNACCEPTABLE;
  if (!request->view.packs && !ask_seat_same_packs(seat, latest.result, &ret->choice))
    return ask_damaged(reply, "a stored result cannot be read");
  struct ask_desk_source source = {.as_of = latest.as_of};
  const struct ask_raw *merged = ask_merge_answers(seat->arena, stored, patch);
  if (!ask_desk_read_tree(seat->desk, &source, merged, &ret->household, &reply->problems)) return ASK_UNACCEPTABLE;
  if (!ret->household.id) ret->household.id = id;
  ret->revision.assessment = latest.assessment;
  ret->revision.number = latest.number + 1;
  return ASK_DONE;
}

static struct ask_text copied(char **at, struct ask_text text) {
  struct ask_text copy = {*at, text.length};
  if (text.length) memcpy(*at, text.bytes, text.length);
  *at += text.length;
  return copy;
}

static void on_written(struct ask_write *write) {
  struct ask_pending *pending = write->context;
  pending->done(pending->context);
}

/* result: as it is stored. Its answers are a part of it. */
static struct ask_pending *pending_new(struct ask_seat *seat, const struct ask_intake_request *request,
                                       const struct draft *draft, struct ask_text result, struct ask_text answers) {
  struct ask_pending *pending = malloc(sizeof *pending + result.length + request->idempotency_key.length);
  if (!pending) abort();
  char *at = pending->bytes;
  *pending = (struct ask_pending){.writer = seat->intake->writer, .expected = request->expected};
  pending->view = request->view;
  pending->view.packs = pending->view.programs = NULL;
  pending->revises = request->assessment != NULL;
  struct ask_write *write = &pending->write;
  write->revision = draft->revision;
  write->revision.partner = request->caller.partner;
  write->revision.key = request->caller.key;
  write->revision.at = ask_now();
  write->revision.as_of = draft->household.answers->as_of;
  write->revision.result = copied(&at, result);
  write->revision.answers =
      (struct ask_text){write->revision.result.bytes + (answers.bytes - result.bytes), answers.length};
  memcpy(write->revision.rules, seat->generation->hash, sizeof write->revision.rules);
  write->idempotency_key = copied(&at, request->idempotency_key);
  memcpy(write->fingerprint, request->fingerprint, sizeof write->fingerprint);
  write->done = on_written;
  write->context = pending;
  return pending;
}

/* Assesses the draft, writes the body and the pending write. */
static enum ask_outcome settle(struct ask_seat *seat, const struct ask_intake_request *request,
                               const struct draft *draft, struct ask_reply *reply, struct ask_pending **ret_pending) {
  const struct ask_view *view = &request->view;
  const struct ask_household *household = &draft->household;
  const struct ask_result *result = ask_desk_assess(seat->desk, household, &draft->choice, &reply->problems);
  if (!result) return ASK_UNACCEPTABLE;
  struct ask_buffer *text = &seat->text;
  ask_buffer_clear(text);
  ask_desk_write(seat->desk, result, household, &draft->choice, ASK_DETAIL_REASONS, true, text);
  struct ask_text stored = {text->bytes, text->length}, answers;
  if (!ask_json_member(stored, "answers", &answers)) return ask_damaged(reply, "the result has no answers");
  struct ask_pending *pending = pending_new(seat, request, draft, stored, answers);
  if (view->detail != ASK_DETAIL_REASONS || !view->with_next) {
    ask_buffer_clear(text);
    ask_desk_write(seat->desk, result, household, &draft->choice, view->detail, view->with_next, text);
  }
  ask_reply_assessment(reply, &draft->revision.assessment, draft->revision.number,
                       (struct ask_text){text->bytes, text->length});
  *ret_pending = pending;
  return ASK_DONE;
}

enum ask_outcome ask_intake_prepare(struct ask_seat *seat, const struct ask_intake_request *request,
                                    struct ask_reply *reply, struct ask_pending **ret_pending) {
  struct draft draft = {0};
  *ret_pending = NULL;
  reply->repeated = false;
  ask_seat_begin(seat);
  enum ask_outcome outcome = ask_need_store(seat, reply);
  if (outcome == ASK_DONE && !seat->intake->writer)
    outcome = ask_outcome_of(ASK_STORE_AWAY, "the store is only read here", reply);
  if (outcome == ASK_DONE) outcome = look_for_repeat(seat, request, reply);
  if (outcome != ASK_DONE || reply->repeated) return outcome;
  outcome =
      request->assessment ? draft_revision(seat, request, &draft, reply) : draft_new(seat, request, &draft, reply);
  if (outcome == ASK_DONE) outcome = ask_seat_put_rules(seat, reply);
  return outcome == ASK_DONE ? settle(seat, request, &draft, reply, ret_pending) : outcome;
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

enum ask_outcome ask_intake_submit(struct ask_pending *pending, void (*done)(void *context), void *context) {
  pending->done = done;
  pending->context = context;
  return ask_writer_submit(pending->writer, &pending->write) ? ASK_DONE : ASK_BUSY;
}

/* Somebody else revised first, or (a new assessment) the id is taken. */
static enum ask_outcome finish_conflict(struct ask_seat *seat, const struct ask_pending *pending,
                                        struct ask_reply *reply, bool *ret_again) {
  const struct ask_revision *revision = &pending->write.revision;
  struct ask_revision latest;
  *ret_again = !pending->revises || !pending->expected;
  if (*ret_again) return ASK_STALE;
  enum ask_outcome outcome = ask_seat_get(seat, &revision->partner, &revision->assessment, 0, &latest, reply);
  if (outcome != ASK_DONE) return outcome;
  reply->revision = latest.number;
  return ASK_STALE;
}

enum ask_outcome ask_intake_finish(struct ask_seat *seat, struct ask_pending *pending, struct ask_reply *reply,
                                   bool *ret_again) {
  const struct ask_write *write = &pending->write;
  *ret_again = false;
  reply->assessment = write->revision.assessment;
  reply->revision = write->revision.number;
  if (write->status == ASK_STORE_OK) return ASK_DONE;
  if (write->status == ASK_STORE_CONFLICT) return finish_conflict(seat, pending, reply, ret_again);
  if (write->status != ASK_STORE_REPEATED) return ask_outcome_of(write->status, write->message, reply);
  struct ask_caller caller = {write->revision.partner, write->revision.key};
  enum ask_outcome outcome = ask_intake_read(seat, &caller, &write->made, write->made_number, &pending->view, reply);
  reply->repeated = outcome == ASK_DONE;
  return outcome == ASK_NO_SUCH ? ask_damaged(reply, "what an idempotency key made is not there") : outcome;
}
