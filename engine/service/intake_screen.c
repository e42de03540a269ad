/* Assessing without keeping, and the household of a stored revision once more. */
#include <string.h>

#include "service/intake_parts.h"
#include "json/project.h"

const struct ask_raw *ask_seat_parse(struct ask_seat *seat, struct ask_text text, struct ask_problems *problems) {
  struct ask_json_source source = {.limit = ASK_RESULT_LIMIT};
  return ask_json_read(seat->reader, seat->arena, &source, text.bytes, text.length, problems);
}

/* Each program has to be of one of the packs. */
static bool agree(const struct ask_catalogue *catalogue, const struct ask_choice *choice,
                  struct ask_problems *problems) {
  bool good = true;
  for (size_t i = 0; i < catalogue->program_count; i++) {
    const struct ask_program *program = &catalogue->programs[i];
    if (!choice->programs[i] || ask_packs_have(choice->packs, program->pack)) continue;
    ask_problem_add(problems, ASK_ERROR, "other-pack", ASK_NOWHERE, "packs", "leave packs out, or name its pack too",
                    "%s is a program of the pack %s", program->spec->id, program->spec->pack);
    good = false;
  }
  return good;
}

bool ask_seat_choose(struct ask_seat *seat, const struct ask_view *view, struct ask_choice *ret,
                     struct ask_problems *problems) {
  const struct ask_catalogue *catalogue = seat->generation->rules->catalogue;
  struct ask_choice choice = {0};
  if (view->packs && !ask_packs_read(seat->arena, catalogue, view->packs, &choice.packs, problems)) return false;
  if (view->programs) {
    choice.programs = ask_programs_read(seat->arena, catalogue, view->programs, problems);
    if (!choice.programs) return false;
    if (view->packs && !agree(catalogue, &choice, problems)) return false;
  }
  if (!view->packs && (!view->programs || !*view->programs)) choice.packs = seat->generation->packs;
  *ret = choice;
  return true;
}

enum ask_outcome ask_seat_screen(struct ask_seat *seat, struct ask_text body, const struct ask_view *view,
                                 struct ask_household *ret_household, struct ask_choice *ret_choice,
                                 const struct ask_result **ret, struct ask_reply *reply) {
  ask_seat_begin(seat);
  struct ask_desk_source source = {.as_of = ask_today()};
  if (!ask_seat_choose(seat, view, ret_choice, &reply->problems)) return ASK_UNACCEPTABLE;
  const struct ask_raw *raw = ask_seat_parse(seat, body, &reply->problems);
  if (!raw) return ASK_MALFORMED;
  if (!ask_desk_read_tree(seat->desk, &source, raw, ret_household, &reply->problems)) return ASK_UNACCEPTABLE;
  *ret = ask_desk_assess(seat->desk, ret_household, ret_choice, &reply->problems);
  return *ret ? ASK_DONE : ASK_UNACCEPTABLE;
}

enum ask_outcome ask_intake_screen(struct ask_seat *seat, struct ask_text body, const struct ask_view *view,
                                   struct ask_reply *reply) {
  struct ask_choice choice;
  struct ask_household household;
  const struct ask_result *result = NULL;
  enum ask_outcome outcome = ask_seat_screen(seat, body, view, &household, &choice, &result, reply);
  if (outcome != ASK_DONE) return outcome;
  if (view->with_questions)
    ask_desk_write_for_page(seat->desk, result, &household, &choice, view->detail, view->with_next, reply->body);
  else
    ask_desk_write(seat->desk, result, &household, &choice, view->detail, view->with_next, reply->body);
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

bool ask_seat_recall_packs(struct ask_seat *seat, const struct ask_catalogue *catalogue, struct ask_text result,
                           ask_packs *ret, bool *ret_whole) {
  struct ask_text packs;
  ask_packs found = 0;
  *ret_whole = true;
  if (!ask_json_member(result, "pack", &packs) || packs.length < 2 || packs.bytes[0] != '"') return false;
  const char *word = ask_strndup(seat->arena, packs.bytes + 1, packs.length - 2); /* ids need no escapes */
  while (*word && catalogue->pack_count) {
    size_t length = strcspn(word, ",");
    int32_t number = ask_catalogue_pack(catalogue, ask_strndup(seat->arena, word, length));
    if (number >= 0) found |= (ask_packs)1 << number;
    *ret_whole = *ret_whole && number >= 0;
    word += length + (word[length] == ',');
  }
  *ret = found;
  return true;
}

bool ask_seat_same_packs(struct ask_seat *seat, struct ask_text result, struct ask_choice *choice) {
  ask_packs packs;
  bool whole;
  if (!ask_seat_recall_packs(seat, seat->generation->rules->catalogue, result, &packs, &whole)) return false;
  if (packs) choice->packs = packs;
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
