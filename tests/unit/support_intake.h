/* For tests of the intake service: a copy of the small rules in a folder of its own, a SQLite store beside them, and an
 * intake with one seat. */
#ifndef TESTS_UNIT_SUPPORT_INTAKE_H
#define TESTS_UNIT_SUPPORT_INTAKE_H

#include "service/intake.h"
#include "service/keys.h"

struct support_intake {
  char folder[64];
  struct ask_arena *arena;
  struct ask_live *live;
  struct ask_store *store;
  struct ask_writer *writer;
  struct ask_intake *intake;
  struct ask_seat *seat;
  struct ask_caller caller, stranger; /* two partners with a key each */
  char key[ASK_KEY_TEXT];             /* of caller */
  struct ask_view view;               /* reasons, with next */
  struct ask_buffer body;
  struct ask_reply reply; /* of the last operation */
};

/* with_store false: an intake that keeps nothing. */
void support_intake_open(struct support_intake *s, bool with_store);
void support_intake_close(struct support_intake *s);
/* A shell command in the folder, which holds forms/, plugins/ and store.db. */
void support_intake_shell(struct support_intake *s, const char *command);
/* After the rules were changed: they have to pass their cases. */
void support_intake_reload(struct support_intake *s);

/* An empty reply for the next operation. */
struct ask_reply *support_reply(struct support_intake *s);
/* The body of the last operation. */
const char *support_body(struct support_intake *s);
/* "code path: message", one a line, of the last operation. */
const char *support_problems(struct support_intake *s);

enum ask_outcome support_screen(struct support_intake *s, const char *body, enum ask_detail detail, bool next,
                                const char *programs);
/* Prepares, submits, waits and finishes; again as long as it has to be. revision 0: whichever is the latest. key NULL:
 * no idempotency key; the fingerprint is of assessment and body. The outcome is in s->reply too. */
enum ask_outcome support_write(struct support_intake *s, const struct ask_uuid *assessment, int32_t expected,
                               const char *body, const char *key);
/* The same, which has to succeed; gives the assessment. */
struct ask_uuid support_create(struct support_intake *s, const char *body);
enum ask_outcome support_read(struct support_intake *s, const struct ask_uuid *assessment, int32_t number,
                              enum ask_detail detail, bool next);
/* Hands a pending write over and waits until it is done. */
enum ask_outcome support_submit(struct ask_pending *pending);
/* What an assessment's latest revision has as answers: {"age":40}. */
const char *support_answers_of(struct support_intake *s, const struct ask_uuid *assessment);
/* A result as the command prints it, of the rules in force. */
const char *support_direct(struct support_intake *s, const char *body, enum ask_detail detail, bool next);

#endif
