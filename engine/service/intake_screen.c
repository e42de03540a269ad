/* Assessing without keeping, and the household of a stored revision once more. */
#include <string.h>

#include "service/intake_parts.h"
#include "json/project.h"

const struct ask_raw *ask_seat_parse(struct ask_seat *seat, struct ask_text text, struct ask_problems *problems) {
  struct ask_json_source source = {.limit = ASK_RESULT_LIMIT};
  return ask_json_read(seat->reader, seat->arena, &source, text.bytes, text.length, problems);
}

enum ask_outcome ask_intake_screen(struct ask_seat *seat, struct ask_text body, const struct ask_view *view,
                                   struct ask_reply *reply) {
  ask_seat_begin(seat);
  const bool *programs = NULL;
  struct ask_household household;
  struct ask_desk_source source = {.as_of = ask_today()};
  if (view->programs) {
    programs = ask_programs_read(seat->arena, seat->generation->rules->catalogue, view->programs, &reply->problems);
    if (!programs) return ASK_UNACCEPTABLE;
  }
  const struct ask_raw *raw = ask_seat_parse(seat, body, &reply->problems);
  if (!raw) return ASK_MALFORMED;
  if (!ask_desk_read_tree(seat->desk, &source, raw, &household, &reply->problems)) return ASK_UNACCEPTABLE;
  const struct ask_result *result = ask_desk_assess(seat->desk, &household, programs, &reply->problems);
  if (!result) return ASK_UNACCEPTABLE;
  ask_desk_write(seat->desk, result, &household, programs, view->detail, view->with_next, reply->body);
  return ASK_DONE;
}

/* ---- stored ones --------------------------------------------------------------------------------------------------- */

bool ask_seat_recall_id(struct ask_seat *seat, struct ask_text result, const char **ret) {
  struct ask_text request, id;
  struct ask_problems unread = {.arena = seat->arena};
  *ret = NULL;
  if (!ask_json_member(result, "request", &request)) return false;
  if (!ask_json_member(request, "id", &id)) return true;
  const struct ask_raw *raw = ask_seat_parse(seat, id, &unread);
  if (!raw || raw->kind != ASK_RAW_TEXT) return false;
  *ret = raw->text;
  return true;
}

enum ask_outcome ask_seat_recall(struct ask_seat *seat, struct ask_desk *desk, const struct ask_revision *revision,
                                 struct ask_household *ret, struct ask_reply *reply) {
  struct ask_problems unread = {.arena = seat->arena};
  struct ask_desk_source source = {.as_of = revision->as_of};
  const char *id = NULL;
  const struct ask_raw *answers = ask_seat_parse(seat, revision->answers, &unread);
  if (!answers || answers->kind != ASK_RAW_OBJECT) return ask_damaged(reply, "stored answers cannot be read");
  if (!ask_seat_recall_id(seat, revision->result, &id)) return ask_damaged(reply, "a stored result cannot be read");
  const struct ask_raw *envelope = ask_merge_answers(seat->arena, answers, NULL);
  if (!ask_desk_read_tree(desk, &source, envelope, ret, &reply->problems)) return ASK_UNACCEPTABLE;
  ret->id = id;
  return ASK_DONE;
}
