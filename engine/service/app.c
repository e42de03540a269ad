/* The app: its sources read once, its Lua states, and one request from HTTP's words into a table and back. */
#include <stdlib.h>
#include <string.h>

#include "service/app_parts.h"
#include "service/file.h"
#include "json/write.h"

enum { SOURCES = 500, DEPTH = 4 };

/* ---- sources ---------------------------------------------------------------------------------------------------------- */

struct sources {
  struct ask_arena *arena;
  struct ask_page_source *list;
  size_t count, capacity;
};

/* Every .lua file below a folder of web/, up to one too many. */
static void read_folder(struct sources *sources, const char *folder, const char *prefix, int depth,
                        struct ask_problems *problems) {
  size_t count = 0;
  const char **names = ask_folder_list(sources->arena, folder, NULL, &count, problems);
  for (size_t i = 0; names && i < count && sources->count <= SOURCES; i++) {
    const char *path = ask_path_join(sources->arena, folder, names[i]);
    const char *name = ask_printf(sources->arena, "%s%s", prefix, names[i]);
    size_t length = strlen(names[i]);
    if (ask_is_folder(path)) {
      if (depth < DEPTH && strcmp(names[i], "node_modules") != 0)
        read_folder(sources, path, ask_printf(sources->arena, "%s/", name), depth + 1, problems);
    } else if (length > 4 && strcmp(names[i] + length - 4, ".lua") == 0) {
      struct ask_bytes bytes = ask_file_read(sources->arena, path, ASK_SOURCE_LIMIT, problems);
      if (!bytes.bytes) continue;
      *(struct ask_page_source *)ask_push(sources->arena, &sources->list, &sources->count, &sources->capacity,
                                          sizeof *sources->list) =
          (struct ask_page_source){name, {bytes.bytes, bytes.length}};
    }
  }
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const struct ask_page_source *)a)->path, ((const struct ask_page_source *)b)->path);
}

static void add_entries(struct ask_app *app, struct ask_host_entry **entries, size_t *capacity,
                        const struct ask_host_entry *list) {
  for (; list->name; list++)
    *(struct ask_host_entry *)ask_push(app->arena, entries, &app->pages.entry_count, capacity, sizeof *list) = *list;
}

static void make_entries(struct ask_app *app) {
  struct ask_host_entry *entries = NULL;
  size_t capacity = 0;
  const struct ask_host_entry texts[] = {
      {.name = "assets.script", .text = ask_strdup(app->arena, app->options.script ? app->options.script : "")},
      {.name = "assets.style", .text = ask_strdup(app->arena, app->options.style ? app->options.style : "")},
      {0},
  };
  add_entries(app, &entries, &capacity, ask_app_tools);
  add_entries(app, &entries, &capacity, ask_app_documents);
  add_entries(app, &entries, &capacity, ask_app_engine);
  add_entries(app, &entries, &capacity, ask_app_accounts);
  add_entries(app, &entries, &capacity, ask_app_administration);
  add_entries(app, &entries, &capacity, texts);
  app->pages.entries = entries;
}

/* ---- states ----------------------------------------------------------------------------------------------------------- */

static struct ask_app_state *state_free(struct ask_app_state *state) {
  ask_pages_free(state->pages);
  ask_store_session_close(state->store);
  ask_json_reader_free(state->reader);
  ask_buffer_free(&state->text);
  free(state);
  return NULL;
}

static struct ask_app_state *state_new(struct ask_app *app, struct ask_problems *problems) {
  struct ask_app_state *state = calloc(1, sizeof *state);
  if (!state) abort();
  state->reader = ask_json_reader_new();
  state->store = ask_store_session_open(app->options.store);
  state->pages = ask_pages_new(&app->pages, problems);
  return state->pages ? state : state_free(state);
}

static struct ask_app_state *take_state(struct ask_app *app, struct ask_problems *problems) {
  pthread_mutex_lock(&app->lock);
  struct ask_app_state *state = app->free_states;
  if (state) app->free_states = state->next;
  pthread_mutex_unlock(&app->lock);
  return state ? state : state_new(app, problems);
}

static void give_back(struct ask_app *app, struct ask_app_state *state) {
  pthread_mutex_lock(&app->lock);
  state->next = app->free_states;
  app->free_states = state;
  pthread_mutex_unlock(&app->lock);
}

struct ask_app *ask_app_open(const struct ask_app_options *options, struct ask_problems *problems) {
  struct ask_app *app = calloc(1, sizeof *app);
  if (!app) abort();
  app->arena = ask_arena_new();
  app->options = *options;
  app->options.web = ask_strdup(app->arena, options->web);
  app->accounts = ask_accounts_new(&options->accounts);
  pthread_mutex_init(&app->lock, NULL);
  pthread_mutex_init(&app->caller_lock, NULL);
  size_t errors = problems->errors;
  struct sources sources = {.arena = app->arena};
  read_folder(&sources, app->options.web, "", 0, problems);
  if (sources.count > SOURCES)
    ask_problem_add(problems, ASK_ERROR, "too-many", (struct ask_place){.file = app->options.web}, NULL, NULL,
                    "there are more than %d Lua files in it", SOURCES);
  if (sources.count) qsort(sources.list, sources.count, sizeof *sources.list, by_path);
  app->pages.sources = sources.list;
  app->pages.source_count = sources.count;
  make_entries(app);
  struct ask_app_state *state = problems->errors == errors ? take_state(app, problems) : NULL;
  if (!state) return ask_app_close(app);
  give_back(app, state);
  return app;
}

struct ask_app *ask_app_close(struct ask_app *app) {
  if (!app) return NULL;
  for (struct ask_app_state *state = app->free_states, *next; state; state = next) {
    next = state->next;
    state_free(state);
  }
  ask_accounts_free(app->accounts);
  pthread_mutex_destroy(&app->lock);
  pthread_mutex_destroy(&app->caller_lock);
  ask_arena_free(app->arena);
  free(app);
  return NULL;
}

/* ---- a request -------------------------------------------------------------------------------------------------------- */

static const struct ask_raw *pairs_value(struct ask_arena *arena, const struct ask_pair *pairs, size_t count) {
  struct ask_raw *list = ask_raw_list(arena, count);
  for (size_t i = 0; i < count; i++) {
    struct ask_raw *pair = ask_raw_list(arena, 2);
    pair->children[0] = *ask_raw_bytes(arena, pairs[i].name);
    pair->children[1] = *ask_raw_bytes(arena, pairs[i].value);
    list->children[i] = *pair;
  }
  return list;
}

/* What web/main.lua gets. */
static const struct ask_raw *request_value(struct ask_arena *arena, const struct ask_page_request *request) {
  struct ask_raw *object = ask_raw_object(arena, 16), *segments = ask_raw_list(arena, request->segment_count);
  for (size_t i = 0; i < request->segment_count; i++)
    segments->children[i] = *ask_raw_bytes(arena, request->segments[i]);
  ask_raw_set(object, "method", ask_raw_text(arena, request->method));
  ask_raw_set(object, "segments", segments);
  ask_raw_set(object, "query_pairs", pairs_value(arena, request->query, request->query_count));
  ask_raw_set(object, "form_pairs", pairs_value(arena, request->form, request->form_count));
  if (request->json.length) ask_raw_set(object, "json", ask_raw_bytes(arena, request->json));
  if (request->session.length) ask_raw_set(object, "session", ask_raw_bytes(arena, request->session));
  if (request->visitor.length) ask_raw_set(object, "visitor", ask_raw_bytes(arena, request->visitor));
  if (request->language.length) ask_raw_set(object, "chosen_language", ask_raw_bytes(arena, request->language));
  if (request->accept_language.length)
    ask_raw_set(object, "accept_language", ask_raw_bytes(arena, request->accept_language));
  if (request->csrf.length) ask_raw_set(object, "csrf_header", ask_raw_bytes(arena, request->csrf));
  ask_raw_set(object, "script", ask_raw_bool(arena, request->script));
  ask_raw_set(object, "cross_site", ask_raw_bool(arena, request->cross_site));
  ask_raw_set(object, "address", ask_raw_text(arena, request->address));
  return object;
}

/* From what web/main.lua gives: {status, content_type, body, location, cookies = {...}, retry_after}. */
static bool read_reply(const struct ask_raw *raw, struct ask_page_reply *reply) {
  const struct ask_raw *status = ask_raw_member(raw, "status"), *body = ask_raw_member(raw, "body");
  const struct ask_raw *cookies = ask_raw_member(raw, "cookies"), *wait = ask_raw_member(raw, "retry_after");
  if (!status || status->kind != ASK_RAW_NUMBER) return false;
  reply->status = (unsigned)strtoul(status->text, NULL, 10);
  if (reply->status < 200 || reply->status > 599) return false;
  reply->content_type = ask_raw_member_text(raw, "content_type");
  reply->location = ask_raw_member_text(raw, "location");
  if (body && body->kind == ASK_RAW_TEXT) ask_buffer_add(reply->body, body->text, body->length);
  for (size_t i = 0; cookies && i < cookies->child_count && i < ASK_PAGE_COOKIES; i++)
    if (cookies->children[i].kind == ASK_RAW_TEXT) reply->cookies[reply->cookie_count++] = cookies->children[i].text;
  if (wait && wait->kind == ASK_RAW_NUMBER) reply->retry_after = (int)strtol(wait->text, NULL, 10);
  if (!reply->content_type) reply->content_type = "text/html; charset=utf-8";
  return true;
}

/* When no page can be made: it says so, and that nothing was lost but this request. */
static void say_failed(struct ask_page_reply *reply) {
  static const char page[] =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Something went wrong</title></head><body>"
      "<h1>Something went wrong</h1><p>This page could not be made. What was saved before is safe. Go back and try again; if it "
      "happens again, tell the person who runs this service.</p><p><a href=\"/\">To the start</a></p></body></html>\n";
  ask_buffer_clear(reply->body);
  ask_buffer_puts(reply->body, page);
  reply->status = 500;
  reply->content_type = "text/html; charset=utf-8";
  reply->location = NULL;
  reply->cookie_count = 0;
}

static void log_failure(struct ask_app_call *page, const char *why) {
  struct ask_raw *object = ask_raw_object(page->arena, 1);
  struct ask_buffer text = {0};
  if (!page->app->options.log) return;
  ask_raw_set(object, "why", ask_raw_text(page->arena, why));
  ask_json_raw(&text, object);
  text.bytes[text.length - 1] = '\0';
  page->app->options.log(page->app->options.log_context, "page-failed", text.bytes + 1);
  ask_buffer_free(&text);
}

void ask_app_answer(struct ask_app *app, const struct ask_page_request *request, struct ask_page_reply *reply) {
  struct ask_problems problems = {.arena = reply->arena};
  struct ask_live *live = ask_intake_live(app->options.intake);
  struct ask_app_call page = {.app = app, .arena = reply->arena};
  const char *why = "a page state could not be made";
  const struct ask_raw *made = NULL;
  page.state = take_state(app, &problems);
  page.generation = ask_live_pin(live);
  page.seat = ask_seat_take(app->options.intake);
  if (page.state) made = ask_pages_call(page.state->pages, &page, page.arena, request_value(page.arena, request), &why);
  if (made && !read_reply(made, reply)) {
    made = NULL;
    why = "web/main.lua gave no status from 200 to 599";
  }
  if (!made) {
    log_failure(&page, why);
    say_failed(reply);
  }
  ask_seat_give_back(page.seat);
  ask_live_unpin(live, page.generation);
  if (page.state) give_back(app, page.state);
}
