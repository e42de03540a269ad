/* The intake as a service: assess without keeping, keep an assessment, correct it, read it, explain it. What http/
 * calls; it knows nothing of HTTP and gives JSON bodies. A 2xx of the server is an outcome ASK_DONE of here.
 *
 * An intake is shared by threads; a *seat* is what one thread at a time works at (a desk for the rules in force, a session of
 * the store). Reading and assessing happen at the seat; a write is prepared there, submitted to the store's one writer,
 * and finished at any seat when its outcome is known. */
#ifndef ASK_SERVICE_INTAKE_H
#define ASK_SERVICE_INTAKE_H

#include "service/live.h"
#include "store/store.h"
#include "json/write.h"

enum ask_outcome {
  ASK_DONE,
  ASK_MALFORMED,    /* the text is not JSON within the limits: problems */
  ASK_UNACCEPTABLE, /* JSON, but not acceptable answers: problems name each value */
  ASK_NO_SUCH,      /* no such assessment, revision, program (or it is another partner's) */
  ASK_STALE,        /* revise: the revision that was expected is not the latest */
  ASK_KEY_REUSED,   /* the idempotency key belongs to another request */
  ASK_NO_ROOM,      /* disk full */
  ASK_AWAY,         /* the store does not answer or fails; later it may work */
  ASK_BUSY,         /* too many writes wait */
  ASK_DAMAGED,      /* stored data that cannot be understood */
  ASK_OTHER_RULES,  /* this view needs rules that cannot be computed with any more */
};

struct ask_intake;
struct ask_intake_options {
  struct ask_live *live;
  struct ask_store *store;   /* NULL: nothing is kept; what needs a store is ASK_AWAY */
  struct ask_writer *writer; /* NULL with store NULL */
  const char *scratch;       /* folder where recorded rules are unpacked; made if absent */
  /* 32 bytes that seal tokens and addresses of the app, copied; NULL: fresh ones, so that tokens end with the intake */
  const unsigned char *secret;
};
/* Borrows what the options name. Records the rules in force in the store (again after each reload, by
 * ask_intake_rules_changed). Never NULL. */
struct ask_intake *ask_intake_new(const struct ask_intake_options *options);
/* All seats given back, nothing in flight. NULL is fine. Returns NULL. */
struct ask_intake *ask_intake_free(struct ask_intake *intake);
struct ask_live *ask_intake_live(struct ask_intake *intake);
/* The 32 bytes that seal tokens, and what stands in addresses of the app. */
const unsigned char *ask_intake_secret(const struct ask_intake *intake);

/* A free seat, or a new one. */
struct ask_seat;
struct ask_seat *ask_seat_take(struct ask_intake *intake);
void ask_seat_give_back(struct ask_seat *seat);

/* Who asks. */
struct ask_caller {
  struct ask_uuid partner, key;
};

/* What is asked, and how a result is to be shown. */
struct ask_view {
  enum ask_detail detail;
  bool with_next;
  bool with_questions; /* screening only: also what is hidden and what follows from others (json/write.h) */
  const char *packs; /* "nyc,access_nyc" or "all"; NULL: those of the programs; else, of a revision, as before; else the
                           server's default */
  const char *programs; /* "aps,snap", NULL: all of the packs (screening only) */
};

/* What comes back. The buffer and arena are the caller's; problems are in the arena. */
struct ask_reply {
  struct ask_arena *arena;      /* given */
  struct ask_buffer *body;      /* given, empty; JSON when the outcome is ASK_DONE */
  struct ask_problems problems; /* given with its arena; why not, when it is not ASK_DONE. Paths name values:
                                   answers.household_roster[0].dob */
  /* of an assessment: */
  struct ask_uuid assessment;
  int32_t revision;
  bool repeated; /* the idempotency key had made it already */
  int32_t next;  /* of a list of revisions: `after` of the next page; 0: this is the last */
  /* of the form, the programs, the schema: the hash of the rules that they are of; in the arena */
  const char *rules;
};

/* ---- without keeping ---- */
/* body: {"answers": {...}, "as_of"?, "id"?}. */
enum ask_outcome ask_intake_screen(struct ask_seat *seat, struct ask_text body, const struct ask_view *view,
                                   struct ask_reply *reply);
/* What to ask next and what not, of answers that are not kept: body as of ask_intake_screen, the reply as of ask_intake_next.
 * packs: as in a view. */
enum ask_outcome ask_intake_screen_next(struct ask_seat *seat, struct ask_text body, const char *packs,
                                        struct ask_reply *reply);
/* What one program's result hangs on, of answers that are not kept: body as of ask_intake_screen, the reply as of
 * ask_intake_what_if. packs: as in a view. */
enum ask_outcome ask_intake_screen_what_if(struct ask_seat *seat, struct ask_text body, const char *packs,
                                           const char *program, struct ask_reply *reply);

/* ---- keeping ---- */
/* A write between its preparation and its end; lives in memory of its own. */
struct ask_pending;
struct ask_intake_request {
  struct ask_caller caller;
  struct ask_text body;
  struct ask_text idempotency_key;   /* length 0: none; at most ASK_IDEMPOTENCY_LIMIT bytes */
  unsigned char fingerprint[32];     /* of method, path and body */
  const struct ask_uuid *assessment; /* NULL: a new one */
  int32_t expected;                  /* revise: the revision that has to be the latest; 0: whichever is */
  struct ask_view view;
};
/* Reads, assesses, and prepares the write: reply->body is what will be said if the write succeeds:
 * {"id": UUID, "revision": N, ...what `assess --json` prints...}. With an assessment, the body's answers are laid over the
 * latest revision's, item by item; null or {"absent": "unanswered"} takes an answer back; as_of and id stay unless given.
 * ASK_DONE with *ret_pending NULL: nothing needs to be written (a repeated request; reply->repeated).
 * Otherwise *ret_pending has to be submitted or freed. */
enum ask_outcome ask_intake_prepare(struct ask_seat *seat, const struct ask_intake_request *request,
                                    struct ask_reply *reply, struct ask_pending **ret_pending);
/* Hands it to the writer; done(context) is called on the writer's thread when ask_intake_finish may be called; it must not
 * block. ASK_BUSY (done is not called; free it) or ASK_DONE. */
enum ask_outcome ask_intake_submit(struct ask_pending *pending, void (*done)(void *context), void *context);
/* What became of it. ASK_DONE: reply->body as prepared, or, when another request with the same idempotency key was
 * faster, what that one made. With *ret_again true (expected 0, and somebody else revised first): prepare once more. */
enum ask_outcome ask_intake_finish(struct ask_seat *seat, struct ask_pending *pending, struct ask_reply *reply,
                                   bool *ret_again);
/* NULL is fine. Returns NULL. */
struct ask_pending *ask_pending_free(struct ask_pending *pending);

/* ---- reading ---- */
/* number 0: the latest. As it was determined then; `tree` is computed again with the rules it was made with, and
 * refused (ASK_OTHER_RULES) unless that gives the stored bytes. */
enum ask_outcome ask_intake_read(struct ask_seat *seat, const struct ask_caller *caller,
                                 const struct ask_uuid *assessment, int32_t number, const struct ask_view *view,
                                 struct ask_reply *reply);
/* {"id", "latest", "revisions": [{"revision", "at", "as_of", "key", "rules", "changed": [{"item", "from"?, "to"?}]}], "next": N or
 * null}: oldest first, those after `after`, at most limit (1..100). */
enum ask_outcome ask_intake_revisions(struct ask_seat *seat, const struct ask_caller *caller,
                                      const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                      struct ask_reply *reply);
/* The next questions (as `askonce next --json`) and what one program's result hangs on (`what-if`, `explain`), of the
 * latest revision, with the rules in force now. program: its id. */
enum ask_outcome ask_intake_next(struct ask_seat *seat, const struct ask_caller *caller,
                                 const struct ask_uuid *assessment, struct ask_reply *reply);
enum ask_outcome ask_intake_what_if(struct ask_seat *seat, const struct ask_caller *caller,
                                    const struct ask_uuid *assessment, const char *program, struct ask_reply *reply);
/* One determination with its criteria tree, as ask_intake_read with detail tree. */
enum ask_outcome ask_intake_determination(struct ask_seat *seat, const struct ask_caller *caller,
                                          const struct ask_uuid *assessment, const char *program,
                                          struct ask_reply *reply);

/* ---- the rules, for partners ---- */
/* packs as in a view. NULL: the form with the server's default packs; the programs of every pack. */
enum ask_outcome ask_intake_form(struct ask_seat *seat, const char *packs, struct ask_reply *reply);
enum ask_outcome ask_intake_programs(struct ask_seat *seat, const char *packs, struct ask_reply *reply);
enum ask_outcome ask_intake_program(struct ask_seat *seat, const char *id, struct ask_reply *reply);
/* A JSON Schema object for `answers`, from the form and every pack: for openapi.json. */
enum ask_outcome ask_intake_answers_schema(struct ask_seat *seat, struct ask_reply *reply);

/* After a reload: records the new rules in the store. Also called by itself before the first write under them, so that no
 * revision names rules that are not recorded. */
enum ask_outcome ask_intake_rules_changed(struct ask_intake *intake);

/* ---- keys ---- */
/* Which partner a bearer key belongs to; from memory when it was seen within the last second, else from the store
 * (ASK_AWAY if that cannot be asked and memory knows nothing younger than 15 minutes). ASK_NO_SUCH: unknown or revoked. */
enum ask_outcome ask_intake_authenticate(struct ask_seat *seat, struct ask_text key, struct ask_caller *ret,
                                         const char **ret_name);
/* The same from memory alone, without waiting: false means ask ask_intake_authenticate. */
bool ask_intake_authenticated(struct ask_intake *intake, struct ask_text key, struct ask_caller *ret,
                              const char **ret_name);
/* The same for a token that ask_intake_token gave: the key behind it has to be in force. */
enum ask_outcome ask_intake_authenticate_token(struct ask_seat *seat, struct ask_text token, struct ask_caller *ret,
                                               const char **ret_name);
bool ask_intake_authenticated_token(struct ask_intake *intake, struct ask_text token, struct ask_caller *ret,
                                    const char **ret_name);
/* body: {"username": the partner's name, "password": its key}. {"type":"SUCCESS","token":...}. ASK_MALFORMED,
 * ASK_UNACCEPTABLE with problems as ask_dialect_read's; ASK_NO_SUCH: no such key, or it is another partner's. */
enum ask_outcome ask_intake_token(struct ask_seat *seat, struct ask_text body, struct ask_reply *reply);

/* ---- in another system's words (the first loaded pack with a dialect; none: ASK_NO_SUCH) ---- */
/* body: a request as ask_dialect_read reads it. interested: codes with | between; NULL: all programs of the pack. Nothing
 * is kept. {"type":"SUCCESS","eligiblePrograms":[{"code","name"}]}; problems have that system's codes and paths. */
enum ask_outcome ask_intake_dialect(struct ask_seat *seat, struct ask_text body, const char *interested,
                                    struct ask_reply *reply);
/* The same for a CSV file of at most ASK_DIALECT_ROWS households; reply->body is the CSV of the results. What is wrong
 * with a row stands in its results; ASK_UNACCEPTABLE: the file cannot be read as a whole. */
enum { ASK_DIALECT_ROWS = 10000 };
enum ask_outcome ask_intake_dialect_csv(struct ask_seat *seat, struct ask_text file, const char *interested,
                                        struct ask_reply *reply);
/* Is the store there: ASK_DONE or ASK_AWAY. */
enum ask_outcome ask_intake_ping(struct ask_seat *seat, struct ask_reply *reply);

#endif
