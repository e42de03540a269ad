/* Refusals: RFC 9457 problem+json with a pointer, parameter or header for each value. One table of them: docs/http-api.md
 * has the same for partners. */
#ifndef ASK_HTTP_PROBLEM_H
#define ASK_HTTP_PROBLEM_H

#include "base/text.h"
#include "service/intake.h"

struct ask_request;

enum ask_refused {
  ASK_NOT_REFUSED,
  ASK_REFUSED_JSON,        /* 400 malformed-json */
  ASK_REFUSED_REQUEST,     /* 400 bad-request */
  ASK_REFUSED_KEY,         /* 401 unauthorized */
  ASK_REFUSED_PATH,        /* 404 not-found */
  ASK_REFUSED_METHOD,      /* 405 method-not-allowed */
  ASK_REFUSED_TIME,        /* 408 timeout */
  ASK_REFUSED_OTHER_RULES, /* 409 other-rules */
  ASK_REFUSED_STALE,       /* 412 stale */
  ASK_REFUSED_SIZE,        /* 413 too-large */
  ASK_REFUSED_MEDIA_TYPE,  /* 415 unsupported-media-type */
  ASK_REFUSED_ANSWERS,     /* 422 unacceptable-answers */
  ASK_REFUSED_KEY_REUSED,  /* 422 idempotency-key-reused */
  ASK_REFUSED_HEADERS,     /* 431 too-large */
  ASK_REFUSED_RATE,        /* 429 too-many-requests */
  ASK_REFUSED_INTERNAL,    /* 500 internal */
  ASK_REFUSED_AWAY,        /* 503 store-away */
  ASK_REFUSED_BUSY,        /* 503 busy */
  ASK_REFUSED_DRAINING,    /* 503 draining */
  ASK_REFUSED_ROOM,        /* 507 no-room */
};

struct ask_refusal_row {
  const char *code, *title, *detail;
  unsigned status;
  int retry_after; /* seconds; 0: none */
};
const struct ask_refusal_row *ask_refusal_row(enum ask_refused why);

enum { ASK_FAULTS = 8 };
/* A query parameter, path parameter or header that was refused. */
struct ask_fault {
  const char *kind, *name; /* kind: "parameter" or "header" */
  const char *code, *detail, *hint;
};
struct ask_refusal {
  enum ask_refused why;
  const char *detail; /* NULL: the row's */
  struct ask_fault faults[ASK_FAULTS];
  size_t fault_count;
};

/* Refuses, unless it was refused before: the first reason stands. detail NULL: the usual words; else in the request's arena
 * or constant. */
void ask_refuse(struct ask_request *request, enum ask_refused why, const char *detail);
/* 400 bad-request for one value more. hint may be NULL. Texts: constant, or in the request's arena. */
void ask_refuse_value(struct ask_request *request, const char *kind, const char *name, const char *code,
                      const char *detail, const char *hint);
/* What the service said, when it is not ASK_DONE. */
void ask_refuse_outcome(struct ask_request *request, enum ask_outcome outcome);

/* Makes the refusal the request's answer. */
void ask_problem_answer(struct ask_request *request);
/* A whole HTTP reply, for ask_peer_say; the connection has to be closed after it. Returns its length. */
enum { ASK_LAST_WORDS = 1024 };
size_t ask_problem_last_words(char ret[ASK_LAST_WORDS], enum ask_refused why, const char *detail, const char *id);

#endif
