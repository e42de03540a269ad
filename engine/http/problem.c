/* The table of refusals, and the problem+json of each. */
#include "http/problem.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/pointer.h"
#include "http/dialect.h"
#include "http/page.h"
#include "http/request.h"
#include "http/state.h"
#include "model/answers.h"

static const struct ask_refusal_row rows[] = {
    [ASK_REFUSED_JSON] = {"malformed-json", "Not the JSON that is expected", "The body cannot be read as JSON.", 400,
                          0},
    [ASK_REFUSED_REQUEST] = {"bad-request", "Bad request", "A query parameter or a header cannot be used.", 400, 0},
    [ASK_REFUSED_KEY] = {"unauthorized", "A key is needed", "Send your key: Authorization: Bearer ask_...", 401, 0},
    [ASK_REFUSED_PATH] = {"not-found", "Not found", "There is nothing here.", 404, 0},
    [ASK_REFUSED_METHOD] = {"method-not-allowed", "Method not allowed",
                            "The Allow header names the methods of this path.", 405, 0},
    [ASK_REFUSED_TIME] = {"timeout", "Too slow", "The request did not arrive in time. The connection is closed.", 408,
                          0},
    [ASK_REFUSED_OTHER_RULES] = {"other-rules", "Made with other rules",
                                 "This cannot be computed again by this server; detail=reasons shows it as it was "
                                 "determined.",
                                 409, 0},
    [ASK_REFUSED_STALE] = {"stale", "Somebody was faster",
                           "If-Match is not the latest revision. Read it, and decide again.", 412, 0},
    [ASK_REFUSED_SIZE] = {"too-large", "Too large", "The body has too many bytes.", 413, 0},
    [ASK_REFUSED_MEDIA_TYPE] = {"unsupported-media-type", "Unsupported media type",
                                "Send Content-Type: application/json, in UTF-8, without Content-Encoding.", 415, 0},
    [ASK_REFUSED_ANSWERS] = {"unacceptable-answers", "Answers that cannot be accepted",
                             "Each value in question is named in errors. Nothing was kept.", 422, 0},
    [ASK_REFUSED_KEY_REUSED] = {"idempotency-key-reused", "Idempotency key used before",
                                "This Idempotency-Key belongs to another request of yours. Choose a new one for a new "
                                "request.",
                                422, 0},
    [ASK_REFUSED_RATE] = {"too-many-requests", "Too many requests", "Wait for Retry-After seconds.", 429, 1},
    [ASK_REFUSED_HEADERS] = {"too-large", "Too large", "The request line and the headers have too many bytes.", 431, 0},
    [ASK_REFUSED_INTERNAL] = {"internal", "Internal error",
                              "Something is wrong with the server. Its log names this request by its id.", 500, 0},
    [ASK_REFUSED_AWAY] = {"store-away", "The store is away",
                          "The store does not answer. Send the same request again later.", 503, 2},
    [ASK_REFUSED_BUSY] = {"busy", "Busy", "Too many requests wait. Send the same request again.", 503, 1},
    [ASK_REFUSED_DRAINING] = {"draining", "The server is stopping", "Nothing was done. Send the same request again.",
                              503, 1},
    [ASK_REFUSED_ROOM] = {"no-room", "No room on the disk",
                          "Nothing was kept; reading goes on. Tell the operator of this server.", 507, 0},
};

const struct ask_refusal_row *ask_refusal_row(enum ask_refused why) { return &rows[why]; }

void ask_refuse(struct ask_request *request, enum ask_refused why, const char *detail) {
  if (request->refusal.why) return;
  request->refusal.why = why;
  request->refusal.detail = detail;
}

void ask_refuse_value(struct ask_request *request, const char *kind, const char *name, const char *code,
                      const char *detail, const char *hint) {
  struct ask_refusal *refusal = &request->refusal;
  ask_refuse(request, ASK_REFUSED_REQUEST, NULL);
  if (refusal->why != ASK_REFUSED_REQUEST || refusal->fault_count == ASK_FAULTS) return;
  refusal->faults[refusal->fault_count++] = (struct ask_fault){kind, name, code, detail, hint};
}

/* Programs and packs are named in the query, a program in the path too, whatever the service calls them. */
static const char *parameter_of(const struct ask_problem *problem) {
  if (problem->path && strcmp(problem->path, "programs") == 0) return "programs";
  if (problem->path) return strcmp(problem->path, "packs") == 0 ? "packs" : NULL;
  bool program = strcmp(problem->code, "unknown-program") == 0 || strcmp(problem->code, "not-asked") == 0;
  return program ? "program" : NULL;
}

void ask_refuse_outcome(struct ask_request *request, enum ask_outcome outcome) {
  static const enum ask_refused by_outcome[] = {
      [ASK_MALFORMED] = ASK_REFUSED_JSON,
      [ASK_UNACCEPTABLE] = ASK_REFUSED_ANSWERS,
      [ASK_NO_SUCH] = ASK_REFUSED_PATH,
      [ASK_STALE] = ASK_REFUSED_STALE,
      [ASK_KEY_REUSED] = ASK_REFUSED_KEY_REUSED,
      [ASK_NO_ROOM] = ASK_REFUSED_ROOM,
      [ASK_AWAY] = ASK_REFUSED_AWAY,
      [ASK_BUSY] = ASK_REFUSED_BUSY,
      [ASK_DAMAGED] = ASK_REFUSED_INTERNAL,
      [ASK_OTHER_RULES] = ASK_REFUSED_OTHER_RULES,
  };
  enum ask_refused why = by_outcome[outcome];
  const struct ask_problems *problems = &request->reply.problems;
  if (outcome == ASK_UNACCEPTABLE && problems->count && parameter_of(&problems->list[0])) why = ASK_REFUSED_REQUEST;
  ask_refuse(request, why, NULL);
  bool for_operator = why == ASK_REFUSED_INTERNAL || why == ASK_REFUSED_AWAY || why == ASK_REFUSED_ROOM;
  if (for_operator && problems->count)
    ask_server_log(request->server, "error", rows[why].code, "request", request->request_id, "message",
                   problems->list[problems->count - 1].message, NULL);
}

/* ---- the text ---- */

static void add_text(struct ask_buffer *buffer, const char *before, const char *text) {
  ask_buffer_puts(buffer, before);
  ask_json_string(buffer, text, strlen(text));
}

static void write_problem(struct ask_buffer *buffer, const struct ask_problem *problem) {
  struct ask_buffer pointer = {0};
  const char *parameter = parameter_of(problem);
  if (parameter) {
    add_text(buffer, "{\"parameter\":", parameter);
  } else {
    ask_pointer_from_path(&pointer, problem->path);
    ask_buffer_puts(buffer, "{\"pointer\":");
    ask_json_string(buffer, pointer.length ? pointer.bytes : "", pointer.length);
    ask_buffer_free(&pointer);
  }
  add_text(buffer, ",\"code\":", problem->code ? problem->code : "unacceptable");
  add_text(buffer, ",\"detail\":", problem->message);
  if (problem->hint) add_text(buffer, ",\"hint\":", problem->hint);
  if (problem->at.line > 0) {
    ask_buffer_printf(buffer, ",\"line\":%d", problem->at.line);
    if (problem->at.column > 0) ask_buffer_printf(buffer, ",\"column\":%d", problem->at.column);
  }
  ask_buffer_putc(buffer, '}');
}

static void write_fault(struct ask_buffer *buffer, const struct ask_fault *fault) {
  ask_buffer_printf(buffer, "{\"%s\":", fault->kind);
  ask_json_string(buffer, fault->name, strlen(fault->name));
  add_text(buffer, ",\"code\":", fault->code);
  add_text(buffer, ",\"detail\":", fault->detail);
  if (fault->hint) add_text(buffer, ",\"hint\":", fault->hint);
  ask_buffer_putc(buffer, '}');
}

static void write_start(struct ask_buffer *buffer, enum ask_refused why, const char *detail, const char *id) {
  const struct ask_refusal_row *row = &rows[why];
  struct ask_uuid uuid;
  ask_buffer_printf(buffer, "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%u,\"detail\":", row->code,
                    row->title, row->status);
  if (!detail) detail = row->detail;
  ask_json_string(buffer, detail, strlen(detail));
  if (ask_uuid_read(id, strlen(id), &uuid)) ask_buffer_printf(buffer, ",\"instance\":\"urn:uuid:%s\"", id);
}

/* Whether the service's problem may be shown: only what is about the words that were sent. An absent assessment and
 * somebody else's look the same. */
static bool is_shown(enum ask_refused why, const struct ask_problem *problem) {
  if (problem->severity != ASK_ERROR) return false;
  if (why == ASK_REFUSED_PATH) return parameter_of(problem) != NULL;
  return why == ASK_REFUSED_JSON || why == ASK_REFUSED_REQUEST || why == ASK_REFUSED_ANSWERS;
}

void ask_problem_answer(struct ask_request *request) {
  if (ask_dialect_spoken(request)) {
    ask_dialect_refuse(request);
    return;
  }
  if (ask_page_asked(request)) {
    ask_page_refuse(request);
    return;
  }
  const struct ask_refusal *refusal = &request->refusal;
  const struct ask_refusal_row *row = &rows[refusal->why];
  struct ask_answer *answer = &request->answer;
  struct ask_buffer *out = &request->out;
  ask_buffer_clear(out);
  answer->status = row->status;
  answer->content = ASK_PROBLEM;
  answer->borrowed = NULL;
  answer->cache = ASK_CACHE_NEVER;
  answer->replayed = false;
  answer->location = NULL;
  answer->etag[0] = answer->link[0] = '\0';
  if (!answer->retry_after) answer->retry_after = row->retry_after;
  write_start(out, refusal->why, refusal->detail, request->request_id);
  if (refusal->why == ASK_REFUSED_STALE && request->reply.revision > 0) {
    ask_buffer_printf(out, ",\"latest\":%d", request->reply.revision);
    snprintf(answer->etag, sizeof answer->etag, "\"%d\"", request->reply.revision);
  }
  size_t shown = 0;
  for (size_t i = 0; i < refusal->fault_count; i++) {
    ask_buffer_puts(out, shown++ ? "," : ",\"errors\":[");
    write_fault(out, &refusal->faults[i]);
  }
  const struct ask_problems *problems = &request->reply.problems;
  for (size_t i = 0; i < problems->count; i++) {
    if (!is_shown(refusal->why, &problems->list[i])) continue;
    ask_buffer_puts(out, shown++ ? "," : ",\"errors\":[");
    write_problem(out, &problems->list[i]);
  }
  ask_buffer_puts(out, shown ? "]}" : "}");
}

size_t ask_problem_last_words(char ret[ASK_LAST_WORDS], enum ask_refused why, const char *detail, const char *id) {
  const char *reason = why == ASK_REFUSED_TIME      ? "Request Timeout"
                       : why == ASK_REFUSED_SIZE    ? "Content Too Large"
                       : why == ASK_REFUSED_RATE    ? "Too Many Requests"
                       : why == ASK_REFUSED_HEADERS ? "Request Header Fields Too Large"
                                                    : "Service Unavailable";
  struct ask_buffer body = {0};
  write_start(&body, why, detail, id);
  ask_buffer_putc(&body, '}');
  char date[64], retry[32] = "";
  struct tm parts;
  time_t now = time(NULL);
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
  if (rows[why].retry_after) snprintf(retry, sizeof retry, "Retry-After: %d\r\n", rows[why].retry_after);
  int length = snprintf(ret, ASK_LAST_WORDS,
                        "HTTP/1.1 %u %s\r\nDate: %s\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
                        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n%sX-Request-Id: %s\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        rows[why].status, reason, date, retry, id, body.length, body.bytes);
  ask_buffer_free(&body);
  return length < ASK_LAST_WORDS ? (size_t)length : ASK_LAST_WORDS - 1;
}
