/* host: time, identifiers, JSON, folding, capitals, the log. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/hex.h"
#include "base/seal.h"
#include "service/app_parts.h"
#include "service/assess.h"
#include "service/keys.h"
#include "json/write.h"

/* host.now(): microseconds since 1970 */
static void now(void *context, struct ask_host_call *call) {
  (void)context;
  ask_host_give(call, ask_raw_integer(call->arena, ask_now()));
}

/* host.today(): the day in New York */
static void today(void *context, struct ask_host_call *call) {
  (void)context;
  char text[16];
  ask_date_text(ask_today(), text);
  ask_host_give(call, ask_raw_text(call->arena, ask_strdup(call->arena, text)));
}

/* host.local_time(microseconds): {year, month, day, hour, minute, weekday (1: Monday)} in New York */
static void local_time(void *context, struct ask_host_call *call) {
  (void)context;
  struct ask_arena *arena = call->arena;
  const struct ask_raw *moment = ask_host_argument(call, 0);
  if (!moment || moment->kind != ASK_RAW_NUMBER) {
    call->fault = "argument 1 has to be microseconds since 1970";
    return;
  }
  int64_t seconds = ask_seconds_in_new_york(strtoll(moment->text, NULL, 10) / 1000000);
  int64_t days = seconds / 86400, in_day = seconds % 86400;
  int year, month, day;
  if (seconds < 0) {
    call->fault = "argument 1 is before 1970";
    return;
  }
  ask_date_to_civil(days, &year, &month, &day);
  struct ask_raw *object = ask_raw_object(arena, 6);
  ask_raw_set(object, "year", ask_raw_integer(arena, year));
  ask_raw_set(object, "month", ask_raw_integer(arena, month));
  ask_raw_set(object, "day", ask_raw_integer(arena, day));
  ask_raw_set(object, "hour", ask_raw_integer(arena, in_day / 3600));
  ask_raw_set(object, "minute", ask_raw_integer(arena, in_day / 60 % 60));
  ask_raw_set(object, "weekday", ask_raw_integer(arena, (ask_date_weekday(days) + 6) % 7 + 1));
  ask_host_give(call, object);
}

/* host.id(client_id?): a new UUIDv7; with a client's id, one of this client */
static void id(void *context, struct ask_host_call *call) {
  (void)context;
  struct ask_uuid client, made;
  if (ask_host_argument(call, 0)) {
    if (!ask_host_uuid(call, ask_host_text(call, 0, "client"), "client", &client)) return;
    made = ask_uuid_new_of_client(&client);
  } else {
    made = ask_uuid_new();
  }
  ask_host_give(call, ask_raw_uuid(call->arena, &made));
}

/* host.random(): 32 random bytes in hexadecimal */
static void random_text(void *context, struct ask_host_call *call) {
  (void)context;
  char text[ASK_RANDOM_TEXT];
  ask_random_text(text);
  ask_host_give(call, ask_raw_text(call->arena, ask_strdup(call->arena, text)));
}

/* host.fold(text): for comparing in a search */
static void fold(void *context, struct ask_host_call *call) {
  (void)context;
  const char *text = ask_host_text(call, 0, "text");
  if (text)
    ask_host_give(call, ask_raw_bytes(call->arena, ask_fold(call->arena, (struct ask_text){text, strlen(text)})));
}

/* host.capital(text): with a capital as its first letter */
static void capital(void *context, struct ask_host_call *call) {
  (void)context;
  const char *text = ask_host_text(call, 0, "text");
  if (text) ask_host_give(call, ask_raw_text(call->arena, ask_capital(call->arena, text)));
}

static const char ADDRESS[] = "address";

/* host.seal(text): the text for an address, so that what a browser writes down of it says nothing */
static void seal(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  unsigned char nonce[ASK_SEAL_NONCE];
  const char *text = ask_host_text(call, 0, "text");
  if (!text) return;
  size_t length = strlen(text), sealed = ASK_SEAL_NONCE + length + ASK_SEAL_TAG;
  unsigned char *bytes = ask_alloc(call->arena, sealed);
  char *digits = ask_alloc(call->arena, 2 * sealed + 1);
  ask_random(nonce, sizeof nonce);
  ask_seal(ask_intake_secret(page->app->options.intake), ADDRESS, nonce, text, length, bytes);
  ask_hex_write(bytes, sealed, digits);
  ask_host_give(call, ask_raw_bytes(call->arena, (struct ask_text){digits, 2 * sealed}));
}

/* host.unseal(digits): the text, or nil when it was not sealed here */
static void unseal(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *digits = ask_host_text(call, 0, "digits");
  if (!digits) return;
  size_t length = strlen(digits) / 2;
  unsigned char *bytes = ask_alloc(call->arena, length + 1);
  size_t plain = length < ASK_SEAL_NONCE + ASK_SEAL_TAG ? 0 : length - ASK_SEAL_NONCE - ASK_SEAL_TAG;
  char *text = ask_alloc(call->arena, plain + 1);
  if (plain && ask_hex_read(digits, length, bytes) &&
      ask_unseal(ask_intake_secret(page->app->options.intake), ADDRESS, bytes, length, (unsigned char *)text))
    ask_host_give(call, ask_raw_bytes(call->arena, (struct ask_text){text, plain}));
  else
    ask_host_give(call, NULL);
}

/* host.json.encode(value) */
static void encode(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_buffer *text = &page->state->text;
  static const struct ask_raw nothing = {.kind = ASK_RAW_NULL};
  const struct ask_raw *value = ask_host_argument(call, 0);
  ask_buffer_clear(text);
  ask_json_raw(text, value ? value : &nothing);
  ask_host_give(call, ask_raw_bytes(call->arena, (struct ask_text){ask_strndup(call->arena, text->bytes, text->length),
                                                                   text->length}));
}

/* host.json.decode(text): nil, "malformed" when it is none */
static void decode(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = call->arena};
  struct ask_json_source source = {.limit = ASK_RESULT_LIMIT};
  const char *text = ask_host_text(call, 0, "text");
  if (!text) return;
  const struct ask_raw *raw =
      ask_json_read(page->state->reader, call->arena, &source, text, call->arguments[0].length, &problems);
  if (raw)
    ask_host_give(call, raw);
  else
    ask_host_refuse(call, "malformed");
}

/* host.log(event, {name = text, ...}) */
static void log_line(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *event = ask_host_text(call, 0, "event");
  const struct ask_raw *fields = ask_host_argument(call, 1);
  struct ask_buffer *text = &page->state->text;
  if (!event || !page->app->options.log) return;
  ask_buffer_clear(text);
  if (fields && fields->kind == ASK_RAW_OBJECT) ask_json_raw(text, fields);
  if (text->length) text->bytes[text->length - 1] = '\0'; /* the closing brace */
  page->app->options.log(page->app->options.log_context, event, text->length ? text->bytes + 1 : "");
}

const struct ask_host_entry ask_app_tools[] = {
    {.name = "now", .function = now},
    {.name = "today", .function = today},
    {.name = "local_time", .function = local_time},
    {.name = "id", .function = id},
    {.name = "random", .function = random_text},
    {.name = "fold", .function = fold},
    {.name = "capital", .function = capital},
    {.name = "seal", .function = seal},
    {.name = "unseal", .function = unseal},
    {.name = "json.encode", .function = encode},
    {.name = "json.decode", .function = decode},
    {.name = "log", .function = log_line},
    {0},
};
