/* host.documents: what the app keeps, as JSON (store/store.h, documents). */
#include <string.h>

#include "service/app_parts.h"
#include "service/keys.h"
#include "json/write.h"

/* A copy that refers to nothing of the original. As deep as the reader of JSON lets values be. */
static void copy(struct ask_arena *arena, const struct ask_raw *from, struct ask_raw *to) {
  *to = *from;
  to->key = from->key ? ask_strdup(arena, from->key) : NULL;
  to->text = from->text ? ask_strndup(arena, from->text, from->length) : NULL;
  to->children = from->child_count ? ask_alloc_array(arena, from->child_count, sizeof *to->children) : NULL;
  for (size_t i = 0; i < from->child_count; i++) copy(arena, &from->children[i], &to->children[i]);
}

/* The named members of a body alone. */
static const struct ask_raw *only(struct ask_arena *arena, const struct ask_raw *body, const struct ask_raw *names) {
  struct ask_raw *object = ask_raw_object(arena, names->child_count);
  for (size_t i = 0; i < names->child_count; i++) {
    const struct ask_raw *member = ask_raw_member(body, names->children[i].text);
    if (member) copy(arena, member, &object->children[object->child_count++]);
  }
  return object;
}

/* {id, version, at, body, matches?}; with names: {..., partial = true}, whose body has these members alone and was read in scratch,
 * so that a list of large documents stays small. */
static const struct ask_raw *shown(struct ask_app_call *page, const struct ask_document *document, int32_t matches,
                                   const struct ask_raw *names, struct ask_arena *scratch, struct ask_host_call *call) {
  struct ask_arena *arena = page->arena;
  struct ask_problems problems = {.arena = arena};
  struct ask_json_source source = {.limit = ASK_DOCUMENT_LIMIT};
  const struct ask_raw *body = ask_json_read(page->state->reader, names ? scratch : arena, &source,
                                             document->body.bytes, document->body.length, &problems);
  if (!body) {
    call->fault = ask_printf(arena, "a stored %s is damaged: %s", document->kind, problems.list[0].message);
    return NULL;
  }
  struct ask_raw *object = ask_raw_object(arena, 6);
  ask_raw_set(object, "id", ask_raw_uuid(arena, &document->id));
  ask_raw_set(object, "version", ask_raw_integer(arena, document->version));
  ask_raw_set(object, "at", ask_raw_integer(arena, document->at));
  ask_raw_set(object, "body", names ? only(arena, body, names) : body);
  if (names) ask_raw_set(object, "partial", ask_raw_bool(arena, true));
  if (matches >= 0) ask_raw_set(object, "matches", ask_raw_integer(arena, matches));
  return object;
}

/* The accounts keep their own; a page does not reach them this way. */
static bool is_forbidden(struct ask_host_call *call, const char *kind) {
  if (!kind) {
    if (!call->fault) call->fault = "kind has to be a text";
    return true;
  }
  if (!ask_account_kind(kind)) return false;
  call->fault = "accounts have functions of their own: host.accounts";
  return true;
}

/* host.documents.get(kind, id) */
static void get(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_document document;
  struct ask_uuid id;
  const char *kind = ask_host_text(call, 0, "kind");
  if (is_forbidden(call, kind)) return;
  const char *text = ask_host_text(call, 1, "id");
  if (!text) return;
  if (!ask_uuid_read(text, strlen(text), &id)) { /* ids come from addresses that people type */
    ask_host_refuse(call, "not-found");
    return;
  }
  enum ask_store_status status = ask_store_document_get(page->state->store, kind, &id, page->arena, &document);
  if (status == ASK_STORE_OK)
    ask_host_give(call, shown(page, &document, -1, NULL, NULL, call));
  else
    ask_host_refuse_status(call, status);
}

/* Appends the texts of a list argument. False after a fault. */
static bool add_keys(struct ask_host_call *call, const char *member, bool unique, struct ask_document_key *keys,
                     size_t *count) {
  const struct ask_raw *list = ask_host_member(call, 0, member);
  for (size_t i = 0; list && i < list->child_count; i++) {
    const struct ask_raw *key = &list->children[i];
    if (list->kind != ASK_RAW_ARRAY || key->kind != ASK_RAW_TEXT || *count == ASK_DOCUMENT_KEYS) {
      call->fault = ask_printf(call->arena, "%s has to be a list of at most %d texts", member, ASK_DOCUMENT_KEYS);
      return false;
    }
    keys[(*count)++] = (struct ask_document_key){{key->text, key->length}, unique};
  }
  return true;
}

/* host.documents.put{kind=, id=, expected=, body=, keys=, unique=} */
static void put(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_document_key keys[ASK_DOCUMENT_KEYS];
  size_t count = 0;
  const char *kind = ask_host_member_text(call, 0, "kind");
  if (is_forbidden(call, kind)) return;
  const struct ask_raw *body = ask_host_member(call, 0, "body");
  struct ask_document document = {.kind = kind, .at = ask_now()};
  document.version = ask_host_member_version(call, 0, "expected") + 1;
  if (!body || body->kind != ASK_RAW_OBJECT) call->fault = "body has to be a table with names";
  if (call->fault || !ask_host_uuid(call, ask_host_member_text(call, 0, "id"), "id", &document.id)) return;
  if (!add_keys(call, "keys", false, keys, &count) || !add_keys(call, "unique", true, keys, &count)) return;
  struct ask_buffer *text = &page->state->text;
  ask_buffer_clear(text);
  ask_json_raw(text, body);
  document.body = (struct ask_text){text->bytes, text->length};
  enum ask_store_status status = ask_store_document_put(page->state->store, &document, keys, count);
  if (status == ASK_STORE_OK)
    ask_host_give(call, ask_raw_integer(page->arena, document.version));
  else if (status == ASK_STORE_BROKEN && document.body.length > ASK_DOCUMENT_LIMIT)
    ask_host_refuse(call, "too-large");
  else
    ask_host_refuse_status(call, status);
}

/* The texts that name members of bodies; NULL when all are wanted, or after a fault. */
static const struct ask_raw *member_names(struct ask_host_call *call) {
  const struct ask_raw *names = ask_host_member(call, 0, "members");
  for (size_t i = 0; names && i < names->child_count; i++)
    if (names->kind != ASK_RAW_ARRAY || names->children[i].kind != ASK_RAW_TEXT)
      call->fault = "members has to be a list of texts";
  return call->fault ? NULL : names;
}

/* host.documents.find{kind=, keys=, skip=, limit=, members=} */
static void find(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_document_key keys[ASK_DOCUMENT_KEYS];
  struct ask_text texts[ASK_DOCUMENT_KEYS];
  struct ask_document *found = NULL;
  int32_t *matches = NULL;
  size_t key_count = 0, count = 0;
  const char *kind = ask_host_member_text(call, 0, "kind");
  if (is_forbidden(call, kind) || !add_keys(call, "keys", false, keys, &key_count)) return;
  int64_t skip = ask_host_member_integer(call, 0, "skip", 0), limit = ask_host_member_integer(call, 0, "limit", 50);
  if (skip < 0 || skip > INT32_MAX || limit < 1 || limit > 1000) call->fault = "skip or limit is out of range";
  const struct ask_raw *names = member_names(call);
  if (call->fault) return;
  if (ask_host_member(call, 0, "keys") && key_count == 0) { /* none of no keys */
    ask_host_give(call, ask_raw_list(page->arena, 0));
    return;
  }
  for (size_t i = 0; i < key_count; i++) texts[i] = keys[i].text;
  enum ask_store_status status = ask_store_document_find(page->state->store, kind, texts, key_count, (int32_t)skip,
                                                         (int32_t)limit, page->arena, &found, &matches, &count);
  if (status != ASK_STORE_OK) {
    ask_host_refuse_status(call, status);
    return;
  }
  struct ask_raw *list = ask_raw_list(page->arena, count);
  struct ask_arena *scratch = names ? ask_arena_new() : NULL;
  for (size_t i = 0; i < count && !call->fault; i++) {
    const struct ask_raw *one = shown(page, &found[i], matches ? matches[i] : -1, names, scratch, call);
    if (one) list->children[i] = *one;
    if (scratch) ask_arena_reset(scratch);
  }
  ask_arena_free(scratch);
  ask_host_give(call, list);
}

const struct ask_host_entry ask_app_documents[] = {
    {.name = "documents.get", .function = get},
    {.name = "documents.put", .function = put},
    {.name = "documents.find", .function = find},
    {0},
};
