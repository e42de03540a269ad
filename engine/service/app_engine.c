/* host: the engine. What a page gets is what a partner gets over HTTP, from the same functions, so that they cannot disagree. */
#include <pthread.h>
#include <string.h>

#include "base/date.h"
#include "base/hex.h"
#include "service/app_parts.h"
#include "service/assess.h"
#include "service/keys.h"
#include "service/locale.h"
#include "service/sheet.h"
#include "json/write.h"

/* ---- what goes in and comes out --------------------------------------------------------------------------------------- */

static struct ask_reply reply_of(struct ask_app_call *page, struct ask_buffer *body) {
  ask_buffer_clear(body);
  return (struct ask_reply){.arena = page->arena, .body = body, .problems = {.arena = page->arena}};
}

static void finish(struct ask_app_call *page, struct ask_host_call *call, enum ask_outcome outcome,
                   const struct ask_reply *reply) {
  if (outcome == ASK_DONE)
    ask_host_give_json(page, call, (struct ask_text){reply->body->bytes, reply->body->length});
  else
    ask_host_refuse_outcome(page, call, outcome, &reply->problems);
}

/* {"answers": ..., "as_of": ...} of a call's first argument; in the page's arena. */
static struct ask_text body_of(struct ask_app_call *page, struct ask_host_call *call) {
  static const struct ask_raw nothing = {.kind = ASK_RAW_OBJECT};
  const struct ask_raw *answers = ask_host_member(call, 0, "answers"), *as_of = ask_host_member(call, 0, "as_of");
  struct ask_raw *body = ask_raw_object(page->arena, 2);
  struct ask_buffer *text = &page->state->text;
  ask_raw_set(body, "answers", answers ? answers : &nothing);
  ask_raw_set(body, "as_of", as_of);
  ask_buffer_clear(text);
  ask_json_raw(text, body);
  return (struct ask_text){ask_strndup(page->arena, text->bytes, text->length), text->length};
}

/* detail, next, questions, packs, programs. */
static struct ask_view view_of(struct ask_host_call *call) {
  struct ask_view view = {.detail = ASK_DETAIL_REASONS};
  const char *detail = ask_host_member_text(call, 0, "detail");
  view.with_next = ask_host_member_bool(call, 0, "next");
  view.with_questions = ask_host_member_bool(call, 0, "questions");
  view.packs = ask_host_member_text(call, 0, "packs");
  view.programs = ask_host_member_text(call, 0, "programs");
  if (detail && !ask_detail_read(detail, &view.detail)) call->fault = "detail is status, reasons or tree";
  return view;
}

/* ---- without keeping -------------------------------------------------------------------------------------------------- */

/* host.screen{answers=, as_of=, detail=, next=, questions=, packs=, programs=} */
static void screen(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_view view = view_of(call);
  if (call->fault) return;
  struct ask_text body = body_of(page, call);
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_screen(page->seat, body, &view, &reply), &reply);
}

/* host.next{answers=, as_of=, packs=}: the questions that still matter, and each that need not be asked with why */
static void next(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *packs = ask_host_member_text(call, 0, "packs");
  if (call->fault) return;
  struct ask_text body = body_of(page, call);
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_screen_next(page->seat, body, packs, &reply), &reply);
}

/* host.what_if{answers=, as_of=, program=, packs=} */
static void what_if(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *program = ask_host_member_text(call, 0, "program"), *packs = ask_host_member_text(call, 0, "packs");
  if (!program && !call->fault) call->fault = "program has to be a text";
  if (call->fault) return;
  struct ask_text body = body_of(page, call);
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_screen_what_if(page->seat, body, packs, program, &reply), &reply);
}

/* ---- keeping ---------------------------------------------------------------------------------------------------------- */

/* The partner under which the app keeps assessments; made when there is none. False after refusing the call. */
static bool find_caller(struct ask_app_call *page, struct ask_host_call *call, struct ask_caller *ret) {
  struct ask_app *app = page->app;
  struct ask_partner_key *keys = NULL;
  size_t count = 0;
  pthread_mutex_lock(&app->caller_lock);
  enum ask_store_status status = ASK_STORE_OK;
  if (!app->has_caller) status = ask_store_keys(page->state->store, page->arena, &keys, &count);
  for (size_t i = 0; i < count && !app->has_caller; i++) {
    if (strcmp(keys[i].name, ASK_KEY_OF_APP) != 0) continue;
    app->caller = (struct ask_caller){keys[i].partner, keys[i].id};
    app->has_caller = true;
  }
  if (status == ASK_STORE_OK && !app->has_caller) {
    struct ask_partner_key key;
    status = ask_key_add_of_app(page->state->store, &key);
    app->caller = (struct ask_caller){key.partner, key.id};
    app->has_caller = status == ASK_STORE_OK;
  }
  *ret = app->caller;
  pthread_mutex_unlock(&app->caller_lock);
  if (status != ASK_STORE_OK) ask_host_refuse_status(call, status);
  return status == ASK_STORE_OK;
}

struct waiting {
  pthread_mutex_t lock;
  pthread_cond_t there;
  bool done;
};

static void on_done(void *context) {
  struct waiting *waiting = context;
  pthread_mutex_lock(&waiting->lock);
  waiting->done = true;
  pthread_cond_signal(&waiting->there);
  pthread_mutex_unlock(&waiting->lock);
}

/* Until the write is on disk or refused. */
static enum ask_outcome write_and_wait(struct ask_seat *seat, struct ask_pending *pending, struct ask_reply *reply,
                                       bool *ret_again) {
  struct waiting waiting = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
  enum ask_outcome outcome = ask_intake_submit(pending, on_done, &waiting);
  if (outcome != ASK_DONE) return outcome;
  pthread_mutex_lock(&waiting.lock);
  while (!waiting.done) pthread_cond_wait(&waiting.there, &waiting.lock);
  pthread_mutex_unlock(&waiting.lock);
  return ask_intake_finish(seat, pending, reply, ret_again);
}

/* The request that an idempotency key stands for. */
static void fingerprint(const struct ask_text *body, const char *assessment, unsigned char ret[32]) {
  struct ask_hash hash;
  char text[ASK_HASH_TEXT];
  ask_hash_start(&hash);
  if (assessment) ask_hash_add(&hash, assessment, strlen(assessment));
  ask_hash_add(&hash, "\n", 1);
  ask_hash_add(&hash, body->bytes, body->length);
  ask_hash_end(&hash, text);
  ask_hex_read(text, 32, ret);
}

/* host.keep{answers=, as_of=, key=, assessment=, expected=, detail=, next=, packs=}: {id, revision, ...the result} */
static void keep(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_uuid assessment;
  struct ask_intake_request request = {.view = view_of(call)};
  const char *key = ask_host_member_text(call, 0, "key"), *id = ask_host_member_text(call, 0, "assessment");
  request.expected = ask_host_member_version(call, 0, "expected");
  if (call->fault || (id && !ask_host_uuid(call, id, "assessment", &assessment))) return;
  if (!find_caller(page, call, &request.caller)) return;
  if (id) request.assessment = &assessment;
  request.body = body_of(page, call);
  if (key) request.idempotency_key = (struct ask_text){key, strlen(key)};
  fingerprint(&request.body, id, request.fingerprint);
  struct ask_reply reply;
  enum ask_outcome outcome;
  bool again = false;
  int tries = 0;
  do {
    struct ask_pending *pending = NULL;
    reply = reply_of(page, &page->state->text);
    outcome = ask_intake_prepare(page->seat, &request, &reply, &pending);
    again = false;
    if (outcome == ASK_DONE && pending) outcome = write_and_wait(page->seat, pending, &reply, &again);
    ask_pending_free(pending);
  } while (again && ++tries < 10);
  finish(page, call, outcome, &reply);
}

/* ---- what is kept ----------------------------------------------------------------------------------------------------- */

/* host.assessment{id=, revision=, detail=} */
static void assessment(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_caller caller;
  struct ask_uuid id;
  struct ask_view view = view_of(call);
  int32_t number = ask_host_member_version(call, 0, "revision");
  if (!ask_host_uuid(call, ask_host_member_text(call, 0, "id"), "id", &id) || call->fault) return;
  if (!find_caller(page, call, &caller)) return;
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_read(page->seat, &caller, &id, number, &view, &reply), &reply);
}

/* ---- the rules -------------------------------------------------------------------------------------------------------- */

/* host.form(packs?), host.programs(packs?), host.program(id) */
static void form(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const struct ask_raw *packs = ask_host_argument(call, 0);
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_form(page->seat, packs ? packs->text : NULL, &reply), &reply);
}

static void programs(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const struct ask_raw *packs = ask_host_argument(call, 0);
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_programs(page->seat, packs ? packs->text : NULL, &reply), &reply);
}

static void program(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *id = ask_host_text(call, 0, "id");
  if (!id) return;
  struct ask_reply reply = reply_of(page, &page->state->text);
  finish(page, call, ask_intake_program(page->seat, id, &reply), &reply);
}

static const struct ask_raw *block_value(struct ask_arena *arena, const struct ask_block *block) {
  static const char *const kinds[] = {
      [ASK_BLOCK_TITLE] = "title", [ASK_BLOCK_LEAD] = "lead",       [ASK_BLOCK_HEADING] = "heading",
      [ASK_BLOCK_TEXT] = "text",   [ASK_BLOCK_ITEM] = "item",       [ASK_BLOCK_COLUMNS] = "columns",
      [ASK_BLOCK_ANNEX] = "annex", [ASK_BLOCK_HEAD] = "table_head", [ASK_BLOCK_ROW] = "row",
  };
  struct ask_raw *object = ask_raw_object(arena, 7);
  ask_raw_set(object, "kind", ask_raw_text(arena, kinds[block->kind]));
  ask_raw_set(object, "depth", ask_raw_integer(arena, block->depth));
  ask_raw_set(object, "text", ask_raw_text(arena, block->text));
  ask_raw_set(object, "detail", ask_raw_text(arena, block->detail));
  ask_raw_set(object, "cite", ask_raw_text(arena, block->cite));
  ask_raw_set(object, "unverified", ask_raw_bool(arena, block->unverified));
  if (block->cell_count > 0) {
    struct ask_raw *cells = ask_raw_list(arena, (size_t)block->cell_count);
    for (int i = 0; i < block->cell_count; i++) cells->children[i] = *ask_raw_text(arena, block->cells[i]);
    ask_raw_set(object, "cells", cells);
  }
  return object;
}

/* host.sheet(program, language): what `plugin explain` says of it today, as blocks: {title, foot, blocks = {{kind, depth, text,
 * detail, cite, unverified, cells}}} (service/sheet.h). A language that is not there: in English. */
static void sheet(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_arena *arena = page->arena;
  const char *id = ask_host_text(call, 0, "program"), *tag = id ? ask_host_text(call, 1, "language") : NULL;
  if (!tag) return;
  const struct ask_catalogue *catalogue = page->generation->rules->catalogue;
  const struct ask_program *found = ask_catalogue_program(catalogue, id);
  if (!found || found->broken) {
    ask_host_refuse(call, "not-found");
    return;
  }
  struct ask_problems unread = {.arena = arena};
  const struct ask_locale *locale =
      ask_locale_read(arena, &page->generation->places, page->app->options.web, page->generation->rules, tag, &unread);
  struct ask_sheet made = ask_sheet_of(arena, catalogue, found, ask_today(), locale);
  struct ask_raw *object = ask_raw_object(arena, 3), *blocks = ask_raw_list(arena, made.count);
  for (size_t i = 0; i < made.count; i++) blocks->children[i] = *block_value(arena, &made.blocks[i]);
  ask_raw_set(object, "title", ask_raw_text(arena, made.title));
  ask_raw_set(object, "foot", ask_raw_text(arena, made.foot));
  ask_raw_set(object, "blocks", blocks);
  ask_host_give(call, object);
}

const struct ask_host_entry ask_app_engine[] = {
    {.name = "screen", .function = screen},
    {.name = "next", .function = next},
    {.name = "what_if", .function = what_if},
    {.name = "keep", .function = keep},
    {.name = "assessment", .function = assessment},
    {.name = "form", .function = form},
    {.name = "programs", .function = programs},
    {.name = "program", .function = program},
    {.name = "sheet", .function = sheet},
    {0},
};
