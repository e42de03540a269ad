/* The reply is prepared with the write; it is sent when the write is on disk. */
#include "http/keep.h"

#include <string.h>

#include "base/hash.h"
#include "http/header.h"
#include "http/routes.h"
#include "http/state.h"

enum { TRIES = 10 };

/* SHA-256 of method, path, body and the packs that are asked: the same request has the same, whatever else its query has. */
static void fingerprint(const struct ask_request *request, unsigned char ret[32]) {
  struct ask_hash hash;
  char text[ASK_HASH_TEXT];
  const char *method = request->method == ASK_POST ? "POST" : "PATCH";
  ask_hash_start(&hash);
  ask_hash_add(&hash, method, strlen(method));
  for (size_t i = 0; i < request->target.count; i++) {
    ask_hash_add(&hash, i ? "/" : "\n/", i ? 1 : 2);
    ask_hash_add(&hash, request->target.segments[i].bytes, request->target.segments[i].length);
  }
  ask_hash_add(&hash, "\n", 1);
  ask_hash_add(&hash, request->body.bytes, request->body.length);
  const char *packs = request->query.view.packs;
  if (packs) ask_hash_add(&hash, "\npacks=", 7);
  if (packs) ask_hash_add(&hash, packs, strlen(packs));
  ask_hash_end(&hash, text);
  for (int i = 0; i < 32; i++) {
    int high = text[2 * i], low = text[2 * i + 1];
    high = high <= '9' ? high - '0' : high - 'a' + 10;
    low = low <= '9' ? low - '0' : low - 'a' + 10;
    ret[i] = (unsigned char)(high * 16 + low);
  }
}

static void say_kept(struct ask_request *request) {
  struct ask_answer *answer = &request->answer;
  const struct ask_reply *reply = &request->reply;
  bool post = request->method == ASK_POST;
  answer->status = post && !reply->repeated ? 201 : 200;
  answer->replayed = reply->repeated;
  ask_answer_revision(request, reply->revision);
  if (!post) return;
  char id[ASK_UUID_TEXT];
  ask_uuid_text(&reply->assessment, id);
  answer->location = ask_printf(request->arena, "/v1/assessments/%s", id);
}

void ask_keep_prepare(struct ask_request *request, struct ask_seat *seat, const struct ask_uuid *assessment) {
  struct ask_intake_request asked = {
      .caller = request->caller,
      .body = {request->body.bytes, request->body.length},
      .idempotency_key = request->headers.idempotency_key,
      .assessment = assessment,
      .view = request->query.view,
  };
  if (assessment && !ask_if_match(request, &asked.expected)) return;
  if (asked.idempotency_key.length) fingerprint(request, asked.fingerprint);
  enum ask_outcome outcome = ask_intake_prepare(seat, &asked, &request->reply, &request->pending);
  if (outcome != ASK_DONE)
    ask_refuse_outcome(request, outcome);
  else if (!request->pending)
    say_kept(request);
}

void ask_keep_finish(struct ask_request *request, struct ask_seat *seat) {
  bool again = false;
  enum ask_outcome outcome = ask_intake_finish(seat, request->pending, &request->reply, &again);
  request->pending = ask_pending_free(request->pending);
  if (!again && outcome == ASK_DONE)
    say_kept(request);
  else if (!again)
    ask_refuse_outcome(request, outcome);
  else if (++request->again < TRIES)
    request->stage = ASK_AT_WORK;
  else
    ask_refuse(request, ASK_REFUSED_BUSY, "Others keep correcting this assessment. Send the same request again.");
}
