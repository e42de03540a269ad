/* Refusals as {"type":"FAILURE","errors":[{"message","moreInfo","code","elementPath"}]}. */
#include "http/dialect.h"

#include <string.h>

#include "http/routes.h"
#include "service/dialect_reply.h"

static const char MORE[] = "See /openapi.json of this server.";

/* What differs from the other paths; status 0: that of ask_refusal_row. */
static const struct {
  unsigned status;
  const char *code, *message;
} rows[] = {
    [ASK_REFUSED_JSON] = {0, "invalidJson", "The body cannot be read as JSON."},
    [ASK_REFUSED_REQUEST] = {0, "badRequest", "A query parameter or a header cannot be used."},
    [ASK_REFUSED_KEY] = {0, "unauthorized", "Get a token at /authToken and send it in the Authorization header."},
    [ASK_REFUSED_PATH] = {0, "notFound", "Nothing that answers this request was found on this server."},
    [ASK_REFUSED_METHOD] = {0, "httpMethodNotAllowed", "This path does not take this HTTP method."},
    [ASK_REFUSED_TIME] = {0, "requestTimeout", "The request did not arrive in time."},
    [ASK_REFUSED_SIZE] = {0, "payloadTooLarge", "The body has too many bytes."},
    [ASK_REFUSED_MEDIA_TYPE] = {406, "unsupportedContentType", "This path does not take this content type."},
    [ASK_REFUSED_ANSWERS] = {400, "badRequest", "The request cannot be accepted."},
    [ASK_REFUSED_RATE] = {0, "tooManyRequests", "Too many requests: wait for Retry-After seconds."},
    [ASK_REFUSED_HEADERS] = {0, "headersTooLarge", "The request line and the headers have too many bytes."},
    [ASK_REFUSED_INTERNAL] = {0, "internalServerError", "Something is wrong with the server."},
    [ASK_REFUSED_AWAY] = {0, "serviceUnavailable", "The server cannot look up keys now. Send the request again later."},
    [ASK_REFUSED_BUSY] = {0, "serviceUnavailable", "Too many requests wait. Send the request again."},
    [ASK_REFUSED_DRAINING] = {0, "serviceUnavailable", "The server is stopping. Send the request again."},
    [ASK_REFUSED_ROOM] = {0, "internalServerError", "There is no room on the server's disk."},
};
enum { ROWS = sizeof rows / sizeof *rows };

bool ask_dialect_spoken(const struct ask_request *request) {
  return request->route && request->route->actions[0].flags & ASK_SPEAKS_DIALECT;
}

static bool shows_problems(enum ask_refused why) { return why == ASK_REFUSED_JSON || why == ASK_REFUSED_ANSWERS; }

void ask_dialect_refuse(struct ask_request *request) {
  const struct ask_refusal *refusal = &request->refusal;
  const struct ask_refusal_row *row = ask_refusal_row(refusal->why);
  const struct ask_problems *problems = &request->reply.problems;
  struct ask_answer *answer = &request->answer;
  bool known = (size_t)refusal->why < ROWS && rows[refusal->why].code;
  ask_buffer_clear(&request->out);
  answer->status = known && rows[refusal->why].status ? rows[refusal->why].status : row->status;
  answer->content = ASK_JSON;
  answer->borrowed = NULL;
  answer->cache = ASK_CACHE_NEVER;
  answer->replayed = false;
  if (!answer->retry_after) answer->retry_after = row->retry_after;
  if (shows_problems(refusal->why) && problems->errors) {
    ask_dialect_write_problems(&request->out, MORE, problems->list, problems->count);
  } else if (refusal->why == ASK_REFUSED_REQUEST && refusal->fault_count) {
    const struct ask_fault *fault = &refusal->faults[0];
    ask_dialect_write_failure(
        &request->out, MORE, rows[ASK_REFUSED_REQUEST].code,
        fault->hint ? ask_printf(request->arena, "%s (%s)", fault->detail, fault->hint) : fault->detail, fault->name);
  } else {
    const char *message = refusal->detail ? refusal->detail : known ? rows[refusal->why].message : row->detail;
    ask_dialect_write_failure(&request->out, MORE, known ? rows[refusal->why].code : row->code, message, NULL);
  }
}
