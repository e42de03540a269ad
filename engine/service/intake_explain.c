/* Explaining: an old result computed again with the rules that made it, and what the rules in force now say of stored
 * answers. */
#include <string.h>

#include "service/intake_parts.h"
#include "json/project.h"

/* ---- computed again ------------------------------------------------------------------------------------------------ */

/* "0.1.0" of a stored result, or "another". */
static const char *engine_of(struct ask_arena *arena, struct ask_text result) {
  struct ask_text engine, version;
  if (!ask_json_member(result, "engine", &engine) || !ask_json_member(engine, "version", &version) ||
      version.length < 2 || version.length > 50)
    return "another";
  return ask_strndup(arena, version.bytes + 1, version.length - 2);
}

static enum ask_outcome other_rules(struct ask_seat *seat, const struct ask_revision *revision,
                                    struct ask_reply *reply) {
  const char *then = engine_of(seat->arena, revision->result);
  bool same_engine = strcmp(then, ASK_VERSION) == 0;
  ask_problem_add(
      &reply->problems, ASK_ERROR, "other-rules", ASK_NOWHERE, NULL,
      same_engine ? "detail `reasons` shows it as it was stored; tell the operator: `askonce store check`"
                  : "detail `reasons` shows it as it was stored; that version of askonce shows the tree",
      "it was determined by askonce %s with the rules %.12s; this is askonce %s, which does not come to the "
      "same result",
      then, revision->rules, ASK_VERSION);
  return ASK_OTHER_RULES;
}

/* The desk for the rules of a revision. */
static enum ask_outcome open_rules(struct ask_seat *seat, const struct ask_revision *revision, struct ask_reply *reply,
                                   struct ask_recomputed *again) {
  if (strcmp(seat->generation->hash, revision->rules) == 0) {
    again->rules = seat->generation->rules;
    again->desk = seat->desk;
    return ASK_DONE;
  }
  enum ask_store_status status =
      ask_recorded_take(seat->intake->recorded, seat->session, revision->rules, &again->old, &reply->problems);
  if (status == ASK_STORE_NOT_FOUND) return other_rules(seat, revision, reply);
  if (status == ASK_STORE_BROKEN) return ASK_OTHER_RULES;
  if (status != ASK_STORE_OK) return ask_outcome_of_status(status);
  again->rules = again->old;
  again->desk = ask_desk_new(again->old);
  return ASK_DONE;
}

enum ask_outcome ask_recompute(struct ask_seat *seat, const struct ask_revision *revision, struct ask_reply *reply,
                               struct ask_recomputed *ret) {
  struct ask_recomputed again = {0};
  struct ask_reply unread = {.arena = seat->arena, .problems = {.arena = seat->arena}};
  ask_seat_desk(seat);
  enum ask_outcome outcome = open_rules(seat, revision, reply, &again);
  if (outcome != ASK_DONE) return outcome;
  outcome = ask_seat_recall(seat, again.desk, revision, &again.household, &unread);
  bool whole = false;
  if (outcome == ASK_DONE &&
      !ask_seat_recall_packs(seat, again.rules->catalogue, revision->result, &again.choice.packs, &whole))
    outcome = ask_damaged(&unread, "a stored result cannot be read");
  if (outcome == ASK_DONE && whole)
    again.result = ask_desk_assess(again.desk, &again.household, &again.choice, &unread.problems);
  ask_buffer_clear(&seat->text);
  if (again.result)
    ask_desk_write(again.desk, again.result, &again.household, &again.choice, ASK_DETAIL_REASONS, true, &seat->text);
  if (outcome == ASK_DAMAGED)
    ask_damaged(reply, unread.problems.list[0].message);
  else if (seat->text.length != revision->result.length ||
           memcmp(seat->text.bytes, revision->result.bytes, revision->result.length) != 0)
    outcome = other_rules(seat, revision, reply);
  if (outcome == ASK_DONE)
    *ret = again;
  else
    ask_recomputed_release(seat, &again);
  return outcome;
}

void ask_recomputed_release(struct ask_seat *seat, struct ask_recomputed *recomputed) {
  if (!recomputed->old) return;
  ask_desk_free(recomputed->desk);
  ask_recorded_give_back(seat->intake->recorded, recomputed->old);
}

static enum ask_outcome not_asked(const struct ask_program *program, struct ask_reply *reply) {
  ask_problem_add(&reply->problems, ASK_ERROR, "not-asked", ASK_NOWHERE, NULL,
                  "correct the assessment with ?packs= to ask its pack too",
                  "%s is of the pack %s, which this assessment was not asked of", program->spec->id,
                  program->spec->pack);
  return ASK_NO_SUCH;
}

enum ask_outcome ask_intake_determination(struct ask_seat *seat, const struct ask_caller *caller,
                                          const struct ask_uuid *assessment, const char *program,
                                          struct ask_reply *reply) {
  struct ask_revision revision;
  struct ask_recomputed again;
  enum ask_outcome outcome = ask_seat_get(seat, &caller->partner, assessment, 0, &revision, reply);
  if (outcome == ASK_DONE) outcome = ask_recompute(seat, &revision, reply, &again);
  if (outcome != ASK_DONE) return outcome;
  const struct ask_program *found = ask_catalogue_program(again.rules->catalogue, program);
  const struct ask_determination *determination = found ? ask_result_of(again.result, found) : NULL;
  if (determination)
    ask_json_explain(reply->body, again.result, ask_desk_dated(again.desk, again.result),
                     ask_desk_fragments(again.desk), determination);
  else
    outcome = found ? not_asked(found, reply) : ask_no_program(again.rules->catalogue, program, reply);
  ask_recomputed_release(seat, &again);
  reply->assessment = revision.assessment;
  reply->revision = revision.number;
  return outcome;
}

/* ---- with the rules in force --------------------------------------------------------------------------------------- */

/* The latest revision's answers, assessed at the seat's desk, of the packs that it was asked of; with a program, of this
 * one if it is of another pack. */
static enum ask_outcome assess_latest(struct ask_seat *seat, const struct ask_caller *caller,
                                      const struct ask_uuid *assessment, const char *program,
                                      const struct ask_result **ret, struct ask_reply *reply) {
  struct ask_revision revision;
  struct ask_household household;
  enum ask_outcome outcome = ask_seat_get(seat, &caller->partner, assessment, 0, &revision, reply);
  if (outcome != ASK_DONE) return outcome;
  ask_seat_desk(seat);
  outcome = ask_seat_recall(seat, seat->desk, &revision, &household, reply);
  if (outcome != ASK_DONE) return outcome;
  reply->assessment = revision.assessment;
  reply->revision = revision.number;
  const struct ask_catalogue *catalogue = seat->generation->rules->catalogue;
  const struct ask_program *found = program ? ask_catalogue_program(catalogue, program) : NULL;
  struct ask_choice choice = {.packs = seat->generation->packs};
  if (!ask_seat_same_packs(seat, revision.result, &choice)) return ask_damaged(reply, "a stored result cannot be read");
  if (found && !ask_packs_have(choice.packs, found->pack)) choice.packs = (ask_packs)1 << found->pack;
  *ret = ask_desk_assess(seat->desk, &household, &choice, &reply->problems);
  return *ret ? ASK_DONE : ASK_UNACCEPTABLE;
}

static void next_report(struct ask_seat *seat, const struct ask_result *result, struct ask_reply *reply) {
  const struct ask_next *next = NULL;
  const struct ask_not_asked *rest = NULL;
  size_t rest_count = 0;
  size_t count = ask_next_items(ask_desk_workspace(seat->desk), &next, &rest, &rest_count);
  ask_json_next_report(reply->body, result, ask_desk_dated(seat->desk, result), ask_desk_fragments(seat->desk), next,
                       count, rest, rest_count);
}

enum ask_outcome ask_intake_next(struct ask_seat *seat, const struct ask_caller *caller,
                                 const struct ask_uuid *assessment, struct ask_reply *reply) {
  const struct ask_result *result = NULL;
  enum ask_outcome outcome = assess_latest(seat, caller, assessment, NULL, &result, reply);
  if (outcome == ASK_DONE) next_report(seat, result, reply);
  return outcome;
}

enum ask_outcome ask_intake_screen_next(struct ask_seat *seat, struct ask_text body, const char *packs,
                                        struct ask_reply *reply) {
  const struct ask_view view = {.packs = packs};
  const struct ask_result *result = NULL;
  struct ask_household household;
  struct ask_choice choice;
  enum ask_outcome outcome = ask_seat_screen(seat, body, &view, &household, &choice, &result, reply);
  if (outcome == ASK_DONE) next_report(seat, result, reply);
  return outcome;
}

static enum ask_outcome what_if(struct ask_seat *seat, const struct ask_result *result, const char *program,
                                struct ask_reply *reply) {
  const struct ask_catalogue *catalogue = seat->generation->rules->catalogue;
  const struct ask_program *found = ask_catalogue_program(catalogue, program);
  if (!found) return ask_no_program(catalogue, program, reply);
  struct ask_what_if turns = {0};
  ask_what_if(ask_desk_workspace(seat->desk), found, &turns);
  ask_json_what_if(reply->body, result, ask_desk_dated(seat->desk, result), ask_desk_fragments(seat->desk), found,
                   &turns);
  return ASK_DONE;
}

enum ask_outcome ask_intake_what_if(struct ask_seat *seat, const struct ask_caller *caller,
                                    const struct ask_uuid *assessment, const char *program, struct ask_reply *reply) {
  const struct ask_result *result = NULL;
  enum ask_outcome outcome = assess_latest(seat, caller, assessment, program, &result, reply);
  return outcome == ASK_DONE ? what_if(seat, result, program, reply) : outcome;
}

enum ask_outcome ask_intake_screen_what_if(struct ask_seat *seat, struct ask_text body, const char *packs,
                                           const char *program, struct ask_reply *reply) {
  const struct ask_view view = {.packs = packs};
  const struct ask_result *result = NULL;
  struct ask_household household;
  struct ask_choice choice;
  enum ask_outcome outcome = ask_seat_screen(seat, body, &view, &household, &choice, &result, reply);
  return outcome == ASK_DONE ? what_if(seat, result, program, reply) : outcome;
}
