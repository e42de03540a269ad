/* The routes: one row for each path, with what each method of it takes and does. A new route is one file route_*.c and one row. */
#ifndef ASK_HTTP_ROUTES_H
#define ASK_HTTP_ROUTES_H

#include "http/request.h"

enum ask_action_flags {
  ASK_OPEN = 1,             /* without a key */
  ASK_STORES = 2,           /* asks the store: with a remote one, not on a thread that serves connections */
  ASK_SEATED = 4,           /* works at a seat of the intake */
  ASK_TAKES = 8,            /* has a JSON body */
  ASK_PATCHES = 16,         /* ... which may be called application/merge-patch+json, and If-Match counts */
  ASK_KEEPS = 32,           /* writes: Idempotency-Key counts */
  ASK_ALWAYS = 64,          /* answered while draining too */
  ASK_SPEAKS_DIALECT = 128, /* another system's API: tokens for keys, refusals in its words */
  ASK_TAKES_FILE = 256,     /* ASK_TAKES, of CSV: in a form or alone, up to ASK_FILE_LIMIT bytes */
  ASK_OF_APP = 512,         /* there is no such path without the app; what is refused is said in a page */
  ASK_PAGE = 1024,          /* always on a thread of a pool; any query; ASK_TAKES: a form, or JSON, or nothing */
  ASK_SIGNS_IN = 2048,      /* ... and of the pool of those that hash a password */
  ASK_A_PAGE = ASK_OPEN | ASK_OF_APP | ASK_PAGE,
};

enum ask_parameters {
  ASK_DETAIL = 1,
  ASK_NEXT = 2,
  ASK_PROGRAMS = 4,
  ASK_REVISION = 8,
  ASK_AFTER = 16,
  ASK_LIMIT = 32,
  ASK_PACKS = 64,
  ASK_INTERESTED = 128,
};

/* A file that the City's API takes; the setting limits.body_bytes counts when it is larger. */
enum { ASK_FILE_LIMIT = 6 * 1024 * 1024 };

struct ask_action {
  enum ask_method method;
  unsigned flags, parameters;
  /* Makes request->out and request->answer, or refuses, or makes request->pending. seat: NULL unless ASK_SEATED. */
  void (*answer)(struct ask_request *request, struct ask_seat *seat);
  /* NULL, or whether it can do without the store this time. */
  bool (*at_once)(struct ask_request *request);
};

enum { ASK_ROUTE_DEPTH = 6, ASK_ROUTE_ACTIONS = 2 };
struct ask_route {
  const char *template; /* for people, logs and metrics */
  /* {id}, {program}, {n}, {name} stand for any text; "*" for a page's whole path */
  const char *segments[ASK_ROUTE_DEPTH];
  const char *allow;
  struct ask_action actions[ASK_ROUTE_ACTIONS];
};

extern const struct ask_route ask_routes[];
extern const size_t ask_route_count;

/* Sets request->route, action and the variables of the path. No row: both are NULL; no such method: action is NULL. */
void ask_route_find(struct ask_request *request);

/* The handlers, each in its file. */
void ask_route_screen(struct ask_request *request, struct ask_seat *seat);
void ask_route_keep(struct ask_request *request, struct ask_seat *seat);
void ask_route_correct(struct ask_request *request, struct ask_seat *seat);
void ask_route_read(struct ask_request *request, struct ask_seat *seat);
void ask_route_revisions(struct ask_request *request, struct ask_seat *seat);
void ask_route_next(struct ask_request *request, struct ask_seat *seat);
void ask_route_determination(struct ask_request *request, struct ask_seat *seat);
void ask_route_what_if(struct ask_request *request, struct ask_seat *seat);
void ask_route_form(struct ask_request *request, struct ask_seat *seat);
void ask_route_programs(struct ask_request *request, struct ask_seat *seat);
void ask_route_program(struct ask_request *request, struct ask_seat *seat);
void ask_route_token(struct ask_request *request, struct ask_seat *seat);
void ask_route_eligible(struct ask_request *request, struct ask_seat *seat);
void ask_route_eligible_csv(struct ask_request *request, struct ask_seat *seat);
void ask_route_health(struct ask_request *request, struct ask_seat *seat);
void ask_route_ready(struct ask_request *request, struct ask_seat *seat);
bool ask_route_ready_at_once(struct ask_request *request);
void ask_route_metrics(struct ask_request *request, struct ask_seat *seat);
void ask_route_openapi(struct ask_request *request, struct ask_seat *seat);
void ask_route_asset(struct ask_request *request, struct ask_seat *seat);
void ask_route_icon(struct ask_request *request, struct ask_seat *seat);
void ask_route_robots(struct ask_request *request, struct ask_seat *seat);
void ask_route_page(struct ask_request *request, struct ask_seat *seat);
void ask_route_sign_in(struct ask_request *request, struct ask_seat *seat);

/* ---- for the handlers ---- */
/* 200 when the service is done, else the refusal. True: done. */
bool ask_answered(struct ask_request *request, enum ask_outcome outcome);
/* The {id} of the path, or 404. */
bool ask_path_assessment(struct ask_request *request);
/* {program} as a C string in the request's arena. */
const char *ask_path_program(struct ask_request *request);
/* Sets the ETag; when If-None-Match has it, the answer becomes 304 without a body. True: 304. */
bool ask_answer_etag(struct ask_request *request, const char *tag);
void ask_answer_revision(struct ask_request *request, int32_t revision);
/* Something that the rules alone decide: ETag is their hash. make: the intake's function, called unless If-None-Match
 * has that. */
void ask_answer_rules(struct ask_request *request, struct ask_seat *seat,
                      enum ask_outcome (*make)(struct ask_request *request, struct ask_seat *seat));

#endif
