/* The rules: put on record in the store, and shown to partners. Recorded rules are loaded again in recorded.c. */
#include <string.h>

#include "service/intake_parts.h"

/* ---- on record ----------------------------------------------------------------------------------------------------- */

static bool is_put(struct ask_intake *intake, const char *hash) {
  size_t known = intake->rules_put_count < ASK_RECORDED_REMEMBERED ? intake->rules_put_count : ASK_RECORDED_REMEMBERED;
  bool found = false;
  pthread_mutex_lock(&intake->rules_lock);
  for (size_t i = 0; i < known && !found; i++) found = strcmp(intake->rules_put[i], hash) == 0;
  pthread_mutex_unlock(&intake->rules_lock);
  return found;
}

static void note_put(struct ask_intake *intake, const char *hash) {
  pthread_mutex_lock(&intake->rules_lock);
  memcpy(intake->rules_put[intake->rules_put_count++ % ASK_RECORDED_REMEMBERED], hash, ASK_HASH_TEXT);
  pthread_mutex_unlock(&intake->rules_lock);
}

/* Two seats may do it at the same time: it is the same set, and the second time nothing happens. */
enum ask_outcome ask_seat_put_rules(struct ask_seat *seat, struct ask_reply *reply) {
  const struct ask_generation *generation = seat->generation;
  if (seat->rules_are_put) return ASK_DONE;
  if (!is_put(seat->intake, generation->hash)) {
    const struct ask_rules *rules = generation->rules;
    struct ask_rule_file *files = ask_alloc_array(seat->arena, rules->file_count, sizeof *files);
    for (size_t i = 0; i < rules->file_count; i++)
      files[i] =
          (struct ask_rule_file){rules->files[i].path, {rules->files[i].bytes.bytes, rules->files[i].bytes.length}};
    enum ask_store_status status = ask_store_rules_put(seat->session, generation->hash, files, rules->file_count);
    if (status != ASK_STORE_OK) return ask_outcome_of_session(seat, status, reply);
    note_put(seat->intake, generation->hash);
  }
  seat->rules_are_put = true;
  return ASK_DONE;
}

/* ---- shown --------------------------------------------------------------------------------------------------------- */

enum ask_outcome ask_intake_form(struct ask_seat *seat, struct ask_reply *reply) {
  ask_seat_begin(seat);
  ask_json_form(reply->body, seat->generation->rules->catalogue);
  return ASK_DONE;
}

enum ask_outcome ask_intake_programs(struct ask_seat *seat, struct ask_reply *reply) {
  ask_seat_begin(seat);
  ask_json_programs(reply->body, seat->generation->rules->catalogue);
  return ASK_DONE;
}

enum ask_outcome ask_intake_program(struct ask_seat *seat, const char *id, struct ask_reply *reply) {
  ask_seat_begin(seat);
  const struct ask_catalogue *catalogue = seat->generation->rules->catalogue;
  const struct ask_program *program = ask_catalogue_program(catalogue, id);
  if (!program) return ask_no_program(catalogue, id, reply);
  ask_json_program(reply->body, catalogue, program);
  return ASK_DONE;
}

enum ask_outcome ask_intake_answers_schema(struct ask_seat *seat, struct ask_reply *reply) {
  ask_seat_begin(seat);
  ask_json_answers_schema(reply->body, seat->generation->rules->catalogue);
  return ASK_DONE;
}
