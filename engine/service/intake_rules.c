/* The rules: put on record in the store, and shown to partners. Recorded rules are loaded again in recorded.c. */
#include <string.h>

#include "service/intake_parts.h"

/* ---- on record ----------------------------------------------------------------------------------------------------- */

/* Looked at once a minute, at the price of one look: a database that was put back to an earlier state, or a standby that
 * took over without the last transactions, gets the rules again before more is written under them. */
static const int64_t LOOKED_AT_AGAIN = 60000000;

static bool is_put(struct ask_intake *intake, const char *hash) {
  size_t known = intake->rules_put_count < ASK_RECORDED_REMEMBERED ? intake->rules_put_count : ASK_RECORDED_REMEMBERED;
  int64_t since = ask_monotonic() - LOOKED_AT_AGAIN;
  bool found = false;
  for (size_t i = 0; i < known && !found; i++)
    found = intake->rules_put[i].at > since && strcmp(intake->rules_put[i].hash, hash) == 0;
  return found;
}

static void note_put(struct ask_intake *intake, const char *hash) {
  size_t place = intake->rules_put_count++ % ASK_RECORDED_REMEMBERED;
  memcpy(intake->rules_put[place].hash, hash, ASK_HASH_TEXT);
  intake->rules_put[place].at = ask_monotonic();
}

/* Two seats may do it at the same time: it is the same set, and the second time nothing happens. */
enum ask_outcome ask_seat_put_rules(struct ask_seat *seat, struct ask_reply *reply) {
  struct ask_intake *intake = seat->intake;
  const char *hash = seat->generation->hash;
  pthread_mutex_lock(&intake->rules_lock);
  bool put = is_put(intake, hash);
  pthread_mutex_unlock(&intake->rules_lock);
  if (put) return ASK_DONE;
  const struct ask_rules *rules = seat->generation->rules;
  struct ask_rule_file *files = ask_alloc_array(seat->arena, rules->file_count, sizeof *files);
  for (size_t i = 0; i < rules->file_count; i++)
    files[i] =
        (struct ask_rule_file){rules->files[i].path, {rules->files[i].bytes.bytes, rules->files[i].bytes.length}};
  enum ask_store_status status = ask_store_rules_put(seat->session, hash, files, rules->file_count);
  if (status != ASK_STORE_OK) return ask_outcome_of_session(seat, status, reply);
  pthread_mutex_lock(&intake->rules_lock);
  note_put(intake, hash);
  pthread_mutex_unlock(&intake->rules_lock);
  return ASK_DONE;
}

/* ---- shown --------------------------------------------------------------------------------------------------------- */

static const struct ask_catalogue *begin(struct ask_seat *seat, struct ask_reply *reply) {
  ask_seat_begin(seat);
  reply->rules = ask_strdup(reply->arena, seat->generation->hash);
  return seat->generation->rules->catalogue;
}

enum ask_outcome ask_intake_form(struct ask_seat *seat, const char *packs, struct ask_reply *reply) {
  const struct ask_catalogue *catalogue = begin(seat, reply);
  ask_packs chosen = seat->generation->packs;
  if (packs && !ask_packs_read(seat->arena, catalogue, packs, &chosen, &reply->problems)) return ASK_UNACCEPTABLE;
  ask_json_form(reply->body, catalogue, chosen);
  return ASK_DONE;
}

enum ask_outcome ask_intake_programs(struct ask_seat *seat, const char *packs, struct ask_reply *reply) {
  const struct ask_catalogue *catalogue = begin(seat, reply);
  ask_packs chosen = 0;
  if (packs && !ask_packs_read(seat->arena, catalogue, packs, &chosen, &reply->problems)) return ASK_UNACCEPTABLE;
  ask_json_programs(reply->body, catalogue, chosen);
  return ASK_DONE;
}

enum ask_outcome ask_intake_program(struct ask_seat *seat, const char *id, struct ask_reply *reply) {
  const struct ask_catalogue *catalogue = begin(seat, reply);
  const struct ask_program *program = ask_catalogue_program(catalogue, id);
  if (!program) return ask_no_program(catalogue, id, reply);
  ask_json_program(reply->body, catalogue, program);
  return ASK_DONE;
}

enum ask_outcome ask_intake_answers_schema(struct ask_seat *seat, struct ask_reply *reply) {
  ask_json_answers_schema(reply->body, begin(seat, reply));
  return ASK_DONE;
}
