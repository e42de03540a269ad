/* The intake in another system's words: tokens for name and key, one household, a CSV file of them. Nothing is kept. */
#include <string.h>

#include "service/csv.h"
#include "service/dialect.h"
#include "service/dialect_csv.h"
#include "service/dialect_reply.h"
#include "service/intake_parts.h"
#include "service/keys.h"

/* ---- tokens -------------------------------------------------------------------------------------------------------- */

static void missing(struct ask_reply *reply, const char *code, const char *field, const char *what) {
  ask_problem_add(&reply->problems, ASK_ERROR, code, ASK_NOWHERE, field, NULL, "%s %s.", field, what);
}

/* The text of a field, or NULL after a problem. */
static const struct ask_raw *text_field(const struct ask_raw *body, const char *field, struct ask_reply *reply) {
  const struct ask_raw *raw = ask_raw_member(body, field);
  if (!raw || raw->kind == ASK_RAW_NULL)
    missing(reply, "any.required", field, "is required");
  else if (raw->kind != ASK_RAW_TEXT)
    missing(reply, "string.base", field, "must be a text");
  else if (!raw->length)
    missing(reply, "any.empty", field, "must not be empty");
  else
    return raw;
  return NULL;
}

/* Clients send newPassword when they have none that differs, too: what is empty or the same changes nothing. */
static bool changes_password(const struct ask_raw *new, const struct ask_raw *old) {
  if (!new || new->kind == ASK_RAW_NULL) return false;
  if (new->kind != ASK_RAW_TEXT) return true;
  return new->length && !(old && strcmp(new->text, old->text) == 0);
}

enum ask_outcome ask_intake_token(struct ask_seat *seat, struct ask_text body, struct ask_reply *reply) {
  struct ask_caller caller;
  const char *name = NULL;
  char hash[ASK_HASH_TEXT], token[ASK_TOKEN_TEXT];
  ask_seat_begin_plain(seat);
  const struct ask_raw *raw = ask_seat_parse(seat, body, &reply->problems);
  if (!raw) return ASK_MALFORMED;
  if (raw->kind != ASK_RAW_OBJECT) {
    ask_problem_add(&reply->problems, ASK_ERROR, "object.base", ASK_NOWHERE, NULL, NULL,
                    "The body must be an object with username and password.");
    return ASK_UNACCEPTABLE;
  }
  const struct ask_raw *username = text_field(raw, "username", reply), *password = text_field(raw, "password", reply);
  if (changes_password(ask_raw_member(raw, "newPassword"), password))
    missing(reply, "object.allowUnknown", "newPassword", "is not taken: keys are made and revoked by the operator");
  if (reply->problems.errors) return ASK_UNACCEPTABLE;
  struct ask_text key = {ask_strndup(reply->arena, password->text, password->length), password->length};
  const char *user = ask_strndup(reply->arena, username->text, username->length);
  enum ask_outcome outcome = ask_intake_authenticate(seat, key, &caller, &name);
  if (outcome != ASK_DONE) return outcome;
  if (strcmp(name, user) != 0) return ASK_NO_SUCH;
  ask_key_hash(key, hash);
  ask_token_make(seat->intake->secret, hash, ask_now() / 1000000, token);
  ask_dialect_write_token(reply->body, token);
  return ASK_DONE;
}

/* ---- households ---------------------------------------------------------------------------------------------------- */

/* Begins; the pack whose dialect it is, or -1. */
static int32_t begin(struct ask_seat *seat, const char *interested, const bool **ret_programs) {
  ask_seat_begin(seat);
  const struct ask_catalogue *catalogue = seat->generation->rules->catalogue;
  int32_t pack = ask_dialect_pack(catalogue, 0);
  *ret_programs = pack >= 0 && interested ? ask_dialect_programs(seat->arena, catalogue, pack, interested) : NULL;
  return pack;
}

enum ask_outcome ask_intake_dialect(struct ask_seat *seat, struct ask_text body, const char *interested,
                                    struct ask_reply *reply) {
  const bool *programs;
  int32_t pack = begin(seat, interested, &programs);
  if (pack < 0) return ASK_NO_SUCH;
  const struct ask_raw *request = ask_seat_parse(seat, body, &reply->problems);
  if (!request) return ASK_MALFORMED;
  const struct ask_result *result = ask_dialect_assess(seat->desk, seat->generation->rules->catalogue, pack, programs,
                                                       ask_today(), seat->arena, request, &reply->problems);
  if (!result) return ASK_UNACCEPTABLE;
  ask_dialect_write(reply->body, result);
  return ASK_DONE;
}

enum ask_outcome ask_intake_dialect_csv(struct ask_seat *seat, struct ask_text file, const char *interested,
                                        struct ask_reply *reply) {
  struct ask_dialect_csv csv = {.as_of = ask_today()};
  csv.pack = begin(seat, interested, &csv.programs);
  if (csv.pack < 0) return ASK_NO_SUCH;
  csv.rules = seat->generation->rules;
  csv.desk = seat->desk;
  size_t at = ask_csv_start(file.bytes, file.length);
  ask_dialect_csv_begin(&csv);
  enum ask_dialect_csv_step step =
      ask_dialect_csv_rows(&csv, file.bytes, file.length, true, ASK_DIALECT_ROWS, &at, reply->body, &reply->problems);
  ask_dialect_csv_end(&csv);
  if (step == ASK_DIALECT_CSV_GOES_ON) return ASK_DONE;
  ask_buffer_clear(reply->body);
  return ASK_UNACCEPTABLE;
}
