/* What the files intake*.c share. Private to them. */
#ifndef ASK_SERVICE_INTAKE_PARTS_H
#define ASK_SERVICE_INTAKE_PARTS_H

#include <pthread.h>

#include "service/assess.h"
#include "service/intake.h"
#include "service/recorded.h"
#include "service/token.h"
#include "json/read.h"

struct ask_key_memory;

enum { ASK_RECORDED_REMEMBERED = 8 };

struct ask_intake {
  struct ask_live *live;
  struct ask_store *store;
  struct ask_writer *writer;
  pthread_mutex_t seats_lock;
  struct ask_seat *free_seats; /* last in, first out: the seat used last is the warmest */
  struct ask_recorded *recorded;
  pthread_mutex_t rules_lock;
  struct {
    char hash[ASK_HASH_TEXT];
    int64_t at;                         /* microseconds, monotonic */
  } rules_put[ASK_RECORDED_REMEMBERED]; /* what the store was last seen to have; a ring */
  size_t rules_put_count;
  struct ask_key_memory *keys;
  unsigned char secret[ASK_SEAL_KEY]; /* of tokens */
};

struct ask_seat {
  struct ask_intake *intake;
  struct ask_seat *next;
  const struct ask_generation *generation; /* pinned as long as the desk is its; NULL: no desk yet */
  struct ask_desk *desk;
  ask_store_session *session; /* NULL: no store */
  struct ask_arena *arena;    /* of one operation */
  struct ask_json_reader *reader;
  struct ask_buffer text; /* a result before it is put in its place */
};

/* Every operation begins so: nothing is left of the one before. */
void ask_seat_begin_plain(struct ask_seat *seat);
/* The desk is that of the rules in force now, and stays so to the end of the operation. */
void ask_seat_desk(struct ask_seat *seat);
/* Both. */
void ask_seat_begin(struct ask_seat *seat);

/* ---- outcomes (intake.c) ---- */
enum ask_outcome ask_outcome_of_status(enum ask_store_status status);
/* With a problem when it is a failure of the store. */
enum ask_outcome ask_outcome_of(enum ask_store_status status, const char *message, struct ask_reply *reply);
enum ask_outcome ask_outcome_of_session(struct ask_seat *seat, enum ask_store_status status, struct ask_reply *reply);
/* What is stored cannot be understood: ASK_DAMAGED. */
enum ask_outcome ask_damaged(struct ask_reply *reply, const char *what);
/* ASK_AWAY when there is no store. */
enum ask_outcome ask_need_store(struct ask_seat *seat, struct ask_reply *reply);
/* ASK_NO_SUCH, with what may have been meant. */
enum ask_outcome ask_no_program(const struct ask_catalogue *catalogue, const char *id, struct ask_reply *reply);

/* ---- assessing (intake_screen.c) ---- */
/* Reads JSON of a stranger. NULL after adding a problem. */
const struct ask_raw *ask_seat_parse(struct ask_seat *seat, struct ask_text text, struct ask_problems *problems);
/* Begins the operation: reads a household that is not kept and assesses it. */
enum ask_outcome ask_seat_screen(struct ask_seat *seat, struct ask_text body, const struct ask_view *view,
                                 struct ask_household *ret_household, struct ask_choice *ret_choice,
                                 const struct ask_result **ret, struct ask_reply *reply);
/* What a view asks of the rules in force; the default packs where it says nothing. False after adding problems. */
bool ask_seat_choose(struct ask_seat *seat, const struct ask_view *view, struct ask_choice *ret,
                     struct ask_problems *problems);
/* The packs that a stored result was asked of, as far as the catalogue has them; whole: it has all of them. False: the
 * result is damaged. */
bool ask_seat_recall_packs(struct ask_seat *seat, const struct ask_catalogue *catalogue, struct ask_text result,
                           ask_packs *ret, bool *ret_whole);
/* The choice becomes the packs of a stored result, with the rules in force; it stays as it is when none of them is loaded
 * any more. False: the result is damaged. */
bool ask_seat_same_packs(struct ask_seat *seat, struct ask_text result, struct ask_choice *choice);
/* The household of a stored revision at a desk; the reader and arena are the seat's. With a problem of the answers it
 * is ASK_UNACCEPTABLE. */
enum ask_outcome ask_seat_recall(struct ask_seat *seat, struct ask_desk *desk, const struct ask_revision *revision,
                                 struct ask_household *ret, struct ask_reply *reply);
/* The sender's reference in a stored result; NULL: none. False: the result is damaged. */
bool ask_seat_recall_id(struct ask_seat *seat, struct ask_text result, const char **ret);

/* ---- replies (intake_read.c) ---- */
/* {"id": ..., "revision": N, and the members of result. */
void ask_reply_assessment(struct ask_reply *reply, const struct ask_uuid *assessment, int32_t revision,
                          struct ask_text result);
/* A stored revision as the view wants it. */
enum ask_outcome ask_reply_stored(struct ask_seat *seat, const struct ask_revision *revision,
                                  const struct ask_view *view, struct ask_reply *reply);
/* Begins the operation; the revision is in the seat's arena. */
enum ask_outcome ask_seat_get(struct ask_seat *seat, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                              int32_t number, struct ask_revision *ret, struct ask_reply *reply);

/* ---- an old result, computed again (intake_explain.c) ---- */
/* A desk at which a stored revision was assessed again, with the stored bytes as the outcome. */
struct ask_recomputed {
  struct ask_desk *desk;
  const struct ask_rules *rules;
  const struct ask_rules *old; /* to be given back; NULL: the rules are those in force */
  struct ask_household household;
  struct ask_choice choice;
  const struct ask_result *result;
};
/* ASK_DONE: to be released. */
enum ask_outcome ask_recompute(struct ask_seat *seat, const struct ask_revision *revision, struct ask_reply *reply,
                               struct ask_recomputed *ret);
void ask_recomputed_release(struct ask_seat *seat, struct ask_recomputed *recomputed);

/* ---- rules on record (intake_rules.c) ---- */
/* The seat's generation is recorded in the store, or why not. */
enum ask_outcome ask_seat_put_rules(struct ask_seat *seat, struct ask_reply *reply);

/* ---- answers laid over answers (intake_merge.c) ---- */
/* The body of a revision: `patch` with its `answers` laid over the stored ones, item by item. null and {"absent":
 * "unanswered"} take an answer back; a list is replaced whole. What is wrong in the patch stays in it, to be named by
 * who reads the outcome; places in the stored text are left out. Borrows both. */
const struct ask_raw *ask_merge_answers(struct ask_arena *arena, const struct ask_raw *stored,
                                        const struct ask_raw *patch);

/* ---- keys (intake_keys.c) ---- */
int64_t ask_monotonic(void); /* microseconds; for measuring time only */
struct ask_key_memory *ask_key_memory_new(void);
struct ask_key_memory *ask_key_memory_free(struct ask_key_memory *memory);

#endif
