/* The intake itself: its seats, and outcomes in words. What is done at a seat is in intake_*.c. */
#include <stdlib.h>
#include <string.h>

#include "service/intake_parts.h"
#include "service/keys.h"

struct ask_intake *ask_intake_new(const struct ask_intake_options *options) {
  struct ask_intake *intake = calloc(1, sizeof *intake);
  if (!intake) abort();
  intake->live = options->live;
  intake->store = options->store;
  intake->writer = options->writer;
  pthread_mutex_init(&intake->seats_lock, NULL);
  pthread_mutex_init(&intake->rules_lock, NULL);
  intake->recorded = ask_recorded_new(options->scratch ? options->scratch : "rules");
  intake->keys = ask_key_memory_new();
  if (options->secret)
    memcpy(intake->secret, options->secret, sizeof intake->secret);
  else
    ask_random(intake->secret, sizeof intake->secret);
  if (intake->store) ask_intake_rules_changed(intake); /* if the store is away, the first write does it */
  return intake;
}

/* ---- seats --------------------------------------------------------------------------------------------------------- */

static void leave_desk(struct ask_seat *seat) {
  seat->desk = ask_desk_free(seat->desk);
  if (seat->generation) ask_live_unpin(seat->intake->live, seat->generation);
  seat->generation = NULL;
}

static struct ask_seat *seat_new(struct ask_intake *intake) {
  struct ask_seat *seat = calloc(1, sizeof *seat);
  if (!seat) abort();
  seat->intake = intake;
  if (intake->store) seat->session = ask_store_session_open(intake->store);
  seat->arena = ask_arena_new();
  seat->reader = ask_json_reader_new();
  return seat;
}

static void seat_free(struct ask_seat *seat) {
  leave_desk(seat);
  ask_store_session_close(seat->session);
  ask_json_reader_free(seat->reader);
  ask_arena_free(seat->arena);
  ask_buffer_free(&seat->text);
  free(seat);
}

struct ask_intake *ask_intake_free(struct ask_intake *intake) {
  if (intake) {
    for (struct ask_seat *seat = intake->free_seats, *next; seat; seat = next) {
      next = seat->next;
      seat_free(seat);
    }
    ask_recorded_free(intake->recorded);
    ask_key_memory_free(intake->keys);
    pthread_mutex_destroy(&intake->seats_lock);
    pthread_mutex_destroy(&intake->rules_lock);
    free(intake);
  }
  return NULL;
}

struct ask_live *ask_intake_live(struct ask_intake *intake) {
  return intake->live;
}

const unsigned char *ask_intake_secret(const struct ask_intake *intake) { return intake->secret; }

struct ask_seat *ask_seat_take(struct ask_intake *intake) {
  pthread_mutex_lock(&intake->seats_lock);
  struct ask_seat *seat = intake->free_seats;
  if (seat) intake->free_seats = seat->next;
  pthread_mutex_unlock(&intake->seats_lock);
  return seat ? seat : seat_new(intake);
}

void ask_seat_give_back(struct ask_seat *seat) {
  struct ask_intake *intake = seat->intake;
  ask_arena_reset(seat->arena);
  pthread_mutex_lock(&intake->seats_lock);
  seat->next = intake->free_seats;
  intake->free_seats = seat;
  pthread_mutex_unlock(&intake->seats_lock);
}

/* A seat that nobody takes keeps the rules in memory for which it has a desk: after a reload such desks go. */
static void leave_old_desks(struct ask_intake *intake) {
  const struct ask_generation *now = ask_live_pin(intake->live);
  struct ask_seat *seats = NULL, *next;
  pthread_mutex_lock(&intake->seats_lock);
  for (struct ask_seat **link = &intake->free_seats; *link;) {
    struct ask_seat *seat = *link;
    if (seat->generation && seat->generation != now) {
      *link = seat->next;
      seat->next = seats;
      seats = seat;
    } else {
      link = &seat->next;
    }
  }
  pthread_mutex_unlock(&intake->seats_lock);
  for (; seats; seats = next) {
    next = seats->next;
    leave_desk(seats);
    ask_seat_give_back(seats);
  }
  ask_live_unpin(intake->live, now);
}

enum ask_outcome ask_intake_rules_changed(struct ask_intake *intake) {
  leave_old_desks(intake);
  struct ask_arena *arena = ask_arena_new();
  struct ask_reply reply = {.arena = arena, .problems = {.arena = arena}};
  struct ask_seat *seat = ask_seat_take(intake);
  enum ask_outcome outcome = ask_need_store(seat, &reply);
  if (outcome == ASK_DONE) {
    ask_seat_begin(seat);
    outcome = ask_seat_put_rules(seat, &reply);
  }
  ask_seat_give_back(seat);
  ask_arena_free(arena);
  return outcome;
}

void ask_seat_begin_plain(struct ask_seat *seat) {
  ask_arena_reset(seat->arena);
  ask_buffer_clear(&seat->text);
}

void ask_seat_desk(struct ask_seat *seat) {
  struct ask_live *live = seat->intake->live;
  const struct ask_generation *now = ask_live_pin(live);
  if (now == seat->generation) {
    ask_live_unpin(live, now); /* the desk's pin holds it */
    return;
  }
  leave_desk(seat);
  seat->generation = now;
  seat->desk = ask_desk_new(now->rules);
}

void ask_seat_begin(struct ask_seat *seat) {
  ask_seat_begin_plain(seat);
  ask_seat_desk(seat);
}

/* ---- outcomes ------------------------------------------------------------------------------------------------------ */

static const struct {
  enum ask_outcome outcome;
  const char *message; /* of a failure, when the store says nothing */
} outcomes[] = {
    [ASK_STORE_OK] = {ASK_DONE, NULL},
    [ASK_STORE_NOT_FOUND] = {ASK_NO_SUCH, NULL},
    [ASK_STORE_CONFLICT] = {ASK_STALE, NULL},
    [ASK_STORE_REPEATED] = {ASK_DONE, NULL},
    [ASK_STORE_KEY_REUSED] = {ASK_KEY_REUSED, NULL},
    [ASK_STORE_FULL] = {ASK_NO_ROOM, "there is no room on the disk of the store"},
    [ASK_STORE_AWAY] = {ASK_AWAY, "the store does not answer"},
    [ASK_STORE_BUSY] = {ASK_BUSY, "too many writes wait"},
    [ASK_STORE_BROKEN] = {ASK_DAMAGED, "the store cannot be understood"},
};

enum ask_outcome ask_outcome_of_status(enum ask_store_status status) { return outcomes[status].outcome; }

enum ask_outcome ask_outcome_of(enum ask_store_status status, const char *message, struct ask_reply *reply) {
  if (outcomes[status].message)
    ask_problem_add(&reply->problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, NULL, "%s",
                    message && *message ? message : outcomes[status].message);
  return outcomes[status].outcome;
}

enum ask_outcome ask_outcome_of_session(struct ask_seat *seat, enum ask_store_status status, struct ask_reply *reply) {
  return ask_outcome_of(status, ask_store_message(seat->session), reply);
}

enum ask_outcome ask_damaged(struct ask_reply *reply, const char *what) {
  return ask_outcome_of(ASK_STORE_BROKEN, what, reply);
}

enum ask_outcome ask_need_store(struct ask_seat *seat, struct ask_reply *reply) {
  return seat->session ? ASK_DONE : ask_outcome_of(ASK_STORE_AWAY, "there is no store: nothing is kept", reply);
}

enum ask_outcome ask_no_program(const struct ask_catalogue *catalogue, const char *id, struct ask_reply *reply) {
  const char *near = ask_catalogue_suggest_program(catalogue, id);
  ask_problem_add(&reply->problems, ASK_ERROR, "unknown-program", ASK_NOWHERE, NULL,
                  near ? ask_printf(reply->arena, "did you mean %s?", near) : NULL, "there is no program %.60s", id);
  return ASK_NO_SUCH;
}

enum ask_outcome ask_intake_ping(struct ask_seat *seat, struct ask_reply *reply) {
  enum ask_outcome outcome = ask_need_store(seat, reply);
  return outcome == ASK_DONE ? ask_outcome_of_session(seat, ask_store_ping(seat->session), reply) : outcome;
}
