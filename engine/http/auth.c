/* A wrong key, no key and a revoked one get the same answer. An address that guesses is told to wait; it is still looked at
 * whether its key is a good one, so that nobody behind the same proxy is shut out by it. */
#include "http/auth.h"

#include <string.h>
#include <strings.h>

#include "http/clock.h"
#include "http/dialect.h"
#include "http/state.h"
#include "service/keys.h"
#include "service/token.h"

/* Authorization: Bearer ask_...; bytes NULL: another scheme, or none. */
static struct ask_text bearer(const struct ask_text *header) {
  static const char scheme[] = "Bearer ";
  size_t length = sizeof scheme - 1;
  struct ask_text key = {0};
  if (header->length < length || strncasecmp(header->bytes, scheme, length) != 0) return key;
  key = (struct ask_text){header->bytes + length, header->length - length};
  while (key.length && *key.bytes == ' ') key.bytes++, key.length--;
  return key;
}

/* The key or token; where another system's API is spoken, it may stand in the header alone. */
static struct ask_text sent(const struct ask_request *request) {
  const struct ask_text *header = &request->headers.authorization;
  struct ask_text key = bearer(header);
  if (!key.bytes && header->length && ask_dialect_spoken(request)) key = *header;
  return key;
}

static bool is_token(const struct ask_request *request, struct ask_text key) {
  return key.bytes && ask_dialect_spoken(request) && ask_token_is(key);
}

/* What is no key of ours by its look is not worth a question to the store. */
static bool looks_right(const struct ask_text *key) {
  return key->length == ASK_KEY_TEXT - 1 && memcmp(key->bytes, "ask_", 4) == 0;
}

void ask_key_failed(struct ask_request *request, const char *detail) {
  struct ask_server *server = request->server;
  int seconds;
  ask_metrics_count(server->metrics, ASK_COUNT_AUTHENTICATION_FAILED);
  if (!ask_limit_take(server->failures, request->address, ask_ticks(), &seconds)) {
    ask_metrics_count(server->metrics, ASK_COUNT_THROTTLED_ADDRESS);
    ask_refuse(request, ASK_REFUSED_RATE, "Too many requests with a wrong key come from this address.");
    request->answer.retry_after = seconds;
    return;
  }
  ask_refuse(request, ASK_REFUSED_KEY, detail);
  request->answer.authenticate = detail ? "Bearer error=\"invalid_token\"" : "Bearer";
}

static void fail(struct ask_request *request, bool key_sent) {
  const char *detail = "This key is not known, or was revoked. Ask the operator of this server for a new one.";
  if (ask_dialect_spoken(request))
    detail = "This token is not known, or its hour is over. Get a new one at /authToken.";
  ask_key_failed(request, key_sent ? detail : NULL);
}

static void succeed(struct ask_request *request) {
  struct ask_server *server = request->server;
  int seconds;
  request->known = true;
  if (!server->rates || ask_limit_take(server->rates, request->caller.key.bytes, ask_ticks(), &seconds)) return;
  ask_metrics_count(server->metrics, ASK_COUNT_THROTTLED_KEY);
  ask_refuse(request, ASK_REFUSED_RATE, "This key sends more requests than the operator of this server allows.");
  request->answer.retry_after = seconds;
}

enum ask_known ask_key_look(struct ask_request *request) {
  struct ask_text key = sent(request);
  const char *name;
  bool token = is_token(request, key);
  if (!key.bytes || !(token || looks_right(&key))) {
    fail(request, key.bytes != NULL);
    return ASK_KEY_DECIDED;
  }
  if (!(token ? ask_intake_authenticated_token : ask_intake_authenticated)(request->server->intake, key,
                                                                           &request->caller, &name))
    return ASK_KEY_IN_STORE;
  succeed(request);
  return ASK_KEY_DECIDED;
}

void ask_key_ask(struct ask_request *request, struct ask_seat *seat) {
  struct ask_text key = sent(request);
  const char *name;
  enum ask_outcome outcome = (is_token(request, key) ? ask_intake_authenticate_token
                                                     : ask_intake_authenticate)(seat, key, &request->caller, &name);
  if (outcome == ASK_DONE)
    succeed(request);
  else if (outcome == ASK_NO_SUCH)
    fail(request, true);
  else
    ask_refuse_outcome(request, outcome);
}
