/* The table, finding a row, and what several handlers share. */
#include "http/routes.h"

#include <stdio.h>
#include <string.h>

#include "http/header.h"
#include "http/state.h"

const struct ask_route ask_routes[] = {
    {"/v1/screenings",
     {"v1", "screenings"},
     "POST",
     {{ASK_POST, ASK_SEATED | ASK_TAKES, ASK_DETAIL | ASK_NEXT | ASK_PROGRAMS | ASK_PACKS, ask_route_screen, NULL}}},
    {"/v1/assessments",
     {"v1", "assessments"},
     "POST",
     {{ASK_POST, ASK_SEATED | ASK_TAKES | ASK_STORES | ASK_KEEPS, ASK_DETAIL | ASK_NEXT | ASK_PACKS, ask_route_keep,
       NULL}}},
    {"/v1/assessments/{id}",
     {"v1", "assessments", "{id}"},
     "GET, HEAD, PATCH",
     {{ASK_GET, ASK_SEATED | ASK_STORES, ASK_DETAIL | ASK_REVISION, ask_route_read, NULL},
      {ASK_PATCH, ASK_SEATED | ASK_TAKES | ASK_PATCHES | ASK_STORES | ASK_KEEPS, ASK_DETAIL | ASK_NEXT | ASK_PACKS,
       ask_route_correct, NULL}}},
    {"/v1/assessments/{id}/revisions",
     {"v1", "assessments", "{id}", "revisions"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED | ASK_STORES, ASK_AFTER | ASK_LIMIT, ask_route_revisions, NULL}}},
    {"/v1/assessments/{id}/revisions/{n}",
     {"v1", "assessments", "{id}", "revisions", "{n}"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED | ASK_STORES, ASK_DETAIL, ask_route_read, NULL}}},
    {"/v1/assessments/{id}/next",
     {"v1", "assessments", "{id}", "next"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED | ASK_STORES, 0, ask_route_next, NULL}}},
    {"/v1/assessments/{id}/determinations/{program}",
     {"v1", "assessments", "{id}", "determinations", "{program}"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED | ASK_STORES, 0, ask_route_determination, NULL}}},
    {"/v1/assessments/{id}/determinations/{program}/what-if",
     {"v1", "assessments", "{id}", "determinations", "{program}", "what-if"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED | ASK_STORES, 0, ask_route_what_if, NULL}}},
    {"/v1/form", {"v1", "form"}, "GET, HEAD", {{ASK_GET, ASK_SEATED, ASK_PACKS, ask_route_form, NULL}}},
    {"/v1/programs", {"v1", "programs"}, "GET, HEAD", {{ASK_GET, ASK_SEATED, ASK_PACKS, ask_route_programs, NULL}}},
    {"/v1/programs/{program}",
     {"v1", "programs", "{program}"},
     "GET, HEAD",
     {{ASK_GET, ASK_SEATED, 0, ask_route_program, NULL}}},
    {"/authToken",
     {"authToken"},
     "POST",
     {{ASK_POST, ASK_OPEN | ASK_SEATED | ASK_STORES | ASK_TAKES | ASK_SPEAKS_DIALECT, 0, ask_route_token, NULL}}},
    {"/eligibilityPrograms",
     {"eligibilityPrograms"},
     "POST",
     {{ASK_POST, ASK_SEATED | ASK_TAKES | ASK_SPEAKS_DIALECT, ASK_INTERESTED, ask_route_eligible, NULL}}},
    {"/bulkSubmission/import",
     {"bulkSubmission", "import"},
     "POST",
     {{ASK_POST, ASK_SEATED | ASK_TAKES | ASK_TAKES_FILE | ASK_SPEAKS_DIALECT, ASK_INTERESTED, ask_route_eligible_csv,
       NULL}}},
    {"/healthz", {"healthz"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_ALWAYS, 0, ask_route_health, NULL}}},
    {"/readyz",
     {"readyz"},
     "GET, HEAD",
     {{ASK_GET, ASK_OPEN | ASK_ALWAYS | ASK_SEATED | ASK_STORES, 0, ask_route_ready, ask_route_ready_at_once}}},
    {"/metrics", {"metrics"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_ALWAYS, 0, ask_route_metrics, NULL}}},
    {"/openapi.json", {"openapi.json"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_SEATED, 0, ask_route_openapi, NULL}}},
    {"/assets/{name}", {"assets", "{name}"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_OF_APP, 0, ask_route_asset, NULL}}},
    {"/favicon.ico", {"favicon.ico"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_OF_APP, 0, ask_route_icon, NULL}}},
    {"/robots.txt", {"robots.txt"}, "GET, HEAD", {{ASK_GET, ASK_OPEN | ASK_OF_APP, 0, ask_route_robots, NULL}}},
    {"/sign-in",
     {"sign-in"},
     "GET, HEAD, POST",
     {{ASK_GET, ASK_A_PAGE, 0, ask_route_page, NULL},
      {ASK_POST, ASK_A_PAGE | ASK_TAKES | ASK_SIGNS_IN, 0, ask_route_sign_in, NULL}}},
    {"/{page}",
     {"*"},
     "GET, HEAD, POST",
     {{ASK_GET, ASK_A_PAGE, 0, ask_route_page, NULL}, {ASK_POST, ASK_A_PAGE | ASK_TAKES, 0, ask_route_page, NULL}}},
};
const size_t ask_route_count = sizeof ask_routes / sizeof ask_routes[0];

/* ---- finding ---- */

/* Where the text of a {variable} goes; NULL: it is no variable. */
static struct ask_text *variable(struct ask_request *request, const char *segment) {
  if (segment[0] != '{') return NULL;
  return segment[1] == 'i' ? &request->id : segment[1] == 'p' ? &request->program : &request->number;
}

/* A page is whatever no other row has; the API keeps its own paths. */
static bool is_page_path(const struct ask_target *target) {
  return target->count && !ask_text_is(&target->segments[0], "v1");
}

static bool fits(struct ask_request *request, const struct ask_route *route) {
  const struct ask_target *target = &request->target;
  size_t depth = 0;
  if (route->segments[0][0] == '*') return is_page_path(target);
  for (; depth < ASK_ROUTE_DEPTH && route->segments[depth]; depth++) {
    if (depth >= target->count) return false;
    const struct ask_text *given = &target->segments[depth];
    struct ask_text *value = variable(request, route->segments[depth]);
    if (value) {
      if (!given->length) return false;
      *value = *given;
    } else if (!ask_text_is(given, route->segments[depth])) {
      return false;
    }
  }
  return depth == target->count;
}

void ask_route_find(struct ask_request *request) {
  enum ask_method method = request->method == ASK_HEAD ? ASK_GET : request->method;
  for (size_t i = 0; i < ask_route_count; i++) {
    const struct ask_route *route = &ask_routes[i];
    if (route->actions[0].flags & ASK_OF_APP && !request->server->app) continue;
    if (!fits(request, route)) continue;
    request->route = route;
    for (int j = 0; j < ASK_ROUTE_ACTIONS; j++)
      if (route->actions[j].answer && route->actions[j].method == method) request->action = &route->actions[j];
    return;
  }
}

/* ---- for the handlers ---- */

bool ask_answered(struct ask_request *request, enum ask_outcome outcome) {
  if (outcome == ASK_DONE) {
    request->answer.status = 200;
    return true;
  }
  ask_refuse_outcome(request, outcome);
  return false;
}

bool ask_path_assessment(struct ask_request *request) {
  if (ask_uuid_read(request->id.bytes, request->id.length, &request->assessment)) return true;
  ask_refuse(request, ASK_REFUSED_PATH, NULL);
  return false;
}

const char *ask_path_program(struct ask_request *request) {
  return ask_strndup(request->arena, request->program.bytes, request->program.length);
}

bool ask_answer_etag(struct ask_request *request, const char *tag) {
  struct ask_answer *answer = &request->answer;
  snprintf(answer->etag, sizeof answer->etag, "\"%s\"", tag);
  answer->cache = ASK_CACHE_NEVER;
  if (!ask_etag_listed(&request->headers.if_none_match, answer->etag)) return false;
  answer->status = 304;
  ask_buffer_clear(&request->out);
  return true;
}

void ask_answer_revision(struct ask_request *request, int32_t revision) {
  char tag[16];
  snprintf(tag, sizeof tag, "%d", revision);
  if (request->method == ASK_GET || request->method == ASK_HEAD)
    ask_answer_etag(request, tag);
  else
    snprintf(request->answer.etag, sizeof request->answer.etag, "\"%s\"", tag);
}

void ask_answer_rules(struct ask_request *request, struct ask_seat *seat,
                      enum ask_outcome (*make)(struct ask_request *request, struct ask_seat *seat)) {
  enum ask_outcome outcome = make(request, seat);
  /* only what is there can be unchanged */
  if (outcome == ASK_DONE && ask_answer_etag(request, request->reply.rules)) {
    ask_buffer_clear(&request->out);
    request->answer.cache = ASK_CACHE_CHECKED;
  } else if (ask_answered(request, outcome)) {
    request->answer.cache = ASK_CACHE_CHECKED;
  } else {
    request->answer.etag[0] = '\0';
  }
}
