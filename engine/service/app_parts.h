/* What the files app*.c share. Private to them. A page is made by one Lua state at a time; what it asks of the engine comes to
 * the host functions here, with the page's own context. */
#ifndef ASK_SERVICE_APP_PARTS_H
#define ASK_SERVICE_APP_PARTS_H

#include <pthread.h>

#include "lua/pages.h"
#include "service/app.h"
#include "json/read.h"

/* A Lua state with what one page needs. */
struct ask_app_state {
  struct ask_app_state *next;
  struct ask_pages *pages;
  ask_store_session *store;
  struct ask_json_reader *reader;
  struct ask_buffer text;
};

struct ask_app {
  struct ask_app_options options;
  struct ask_arena *arena; /* of the sources and entries */
  struct ask_pages_options pages;
  struct ask_accounts *accounts;
  pthread_mutex_t lock; /* of free_states */
  struct ask_app_state *free_states;
  pthread_mutex_t caller_lock; /* of what follows; it may wait for the store */
  struct ask_caller caller;    /* the partner under which the app keeps assessments */
  bool has_caller;
};

/* One page being made. */
struct ask_app_call {
  struct ask_app *app;
  struct ask_app_state *state;
  const struct ask_generation *generation; /* pinned until the page is made */
  struct ask_seat *seat;
  struct ask_arena *arena;
};

/* ---- building values in the page's arena ---- */
struct ask_raw *ask_raw_text(struct ask_arena *arena, const char *text); /* NULL: null */
struct ask_raw *ask_raw_bytes(struct ask_arena *arena, struct ask_text text);
struct ask_raw *ask_raw_uuid(struct ask_arena *arena, const struct ask_uuid *id);
struct ask_raw *ask_raw_integer(struct ask_arena *arena, int64_t value);
struct ask_raw *ask_raw_bool(struct ask_arena *arena, bool value);
struct ask_raw *ask_raw_object(struct ask_arena *arena, size_t capacity);
struct ask_raw *ask_raw_list(struct ask_arena *arena, size_t count); /* its children are nulls to be filled */
/* Adds a member; the object's capacity has to hold it. value NULL: none is added. */
void ask_raw_set(struct ask_raw *object, const char *key, const struct ask_raw *value);

/* ---- arguments and results of a host function ---- */
/* NULL: nil, or not there. */
const struct ask_raw *ask_host_argument(const struct ask_host_call *call, size_t index);
/* A text argument, or NULL after setting the fault. */
const char *ask_host_text(struct ask_host_call *call, size_t index, const char *what);
/* The member of an object argument, or NULL: not there. */
const struct ask_raw *ask_host_member(const struct ask_host_call *call, size_t index, const char *key);
/* Its text; NULL: not there. A value of another kind is a fault. */
const char *ask_host_member_text(struct ask_host_call *call, size_t index, const char *key);
int64_t ask_host_member_integer(struct ask_host_call *call, size_t index, const char *key, int64_t otherwise);
/* A version or the number of a revision, 0 when it is not there; one that can be none is a fault. */
int32_t ask_host_member_version(struct ask_host_call *call, size_t index, const char *key);
bool ask_host_member_bool(const struct ask_host_call *call, size_t index, const char *key);
/* A fault unless it is a UUID. */
bool ask_host_uuid(struct ask_host_call *call, const char *text, const char *what, struct ask_uuid *ret);
void ask_host_give(struct ask_host_call *call, const struct ask_raw *value);
/* nil and a reason. */
void ask_host_refuse(struct ask_host_call *call, const char *reason);
/* The reason for an outcome that is not ASK_DONE, with its problems. */
void ask_host_refuse_outcome(struct ask_app_call *app_call, struct ask_host_call *call, enum ask_outcome outcome,
                             const struct ask_problems *problems);
void ask_host_refuse_status(struct ask_host_call *call, enum ask_store_status status);
/* A list of {path, code, message, hint, severity}. */
struct ask_raw *ask_raw_problems(struct ask_arena *arena, const struct ask_problems *problems);
/* A JSON text that the engine wrote, as the result. */
void ask_host_give_json(struct ask_app_call *app_call, struct ask_host_call *call, struct ask_text json);

/* ---- the host functions, by room; each list ends with a NULL name ---- */
extern const struct ask_host_entry ask_app_tools[], ask_app_documents[], ask_app_engine[], ask_app_accounts[],
    ask_app_administration[];

#endif
