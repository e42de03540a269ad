/* Users as documents of the store. */
#include <stdlib.h>

#include "service/accounts_parts.h"
#include "json/put.h"

static const char KIND[] = "user";

static bool read_record(struct ask_arena *arena, const struct ask_document *document, struct ask_user_record *ret) {
  const struct ask_raw *tree = ask_account_tree(arena, document);
  const char *name = ask_raw_member_text(tree, "name"), *hash = ask_raw_member_text(tree, "password"), *unknown;
  const char *roles = ask_raw_member_text(tree, "roles"), *full_name = ask_raw_member_text(tree, "full_name");
  unsigned bits = 0;
  if (!name || !hash || !roles || !ask_roles_read(arena, roles, &bits, &unknown)) return false;
  *ret = (struct ask_user_record){
      .user = {.id = document->id,
               .version = document->version,
               .name = name,
               .full_name = full_name ? full_name : name,
               .language = ask_raw_member_text(tree, "language"),
               .program = ask_raw_member_text(tree, "program"),
               .roles = bits,
               .disabled = ask_raw_member_bool(tree, "disabled"),
               .change_password = ask_raw_member_bool(tree, "change_password"),
               .created = ask_raw_member_integer(tree, "created")},
      .hash = hash,
      .passwords = ask_raw_member_integer(tree, "passwords"),
  };
  return true;
}

static void write_record(struct ask_buffer *buffer, const struct ask_user_record *record, struct ask_arena *arena) {
  const struct ask_user *user = &record->user;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "name", user->name);
  ask_put_key_text(buffer, "full_name", user->full_name);
  ask_put_key_text(buffer, "language", user->language);
  ask_put_key_text(buffer, "program", user->program);
  ask_put_key_text(buffer, "roles", ask_roles_text(arena, user->roles));
  ask_put_key_bool(buffer, "disabled", user->disabled);
  ask_put_key_bool(buffer, "change_password", user->change_password);
  ask_put_key_int(buffer, "created", user->created);
  ask_put_key_text(buffer, "password", record->hash);
  ask_put_key_int(buffer, "passwords", record->passwords);
  ask_put_close(buffer, '}');
}

enum ask_account_status ask_user_record_get(ask_store_session *store, const struct ask_uuid *id,
                                            struct ask_arena *arena, struct ask_user_record *ret) {
  struct ask_document document;
  enum ask_store_status status = ask_store_document_get(store, KIND, id, arena, &document);
  if (status != ASK_STORE_OK) return ask_account_of_store(status);
  return read_record(arena, &document, ret) ? ASK_ACCOUNT_OK : ASK_ACCOUNT_AWAY;
}

enum ask_account_status ask_user_record_find(ask_store_session *store, const char *name, struct ask_arena *arena,
                                             struct ask_user_record *ret) {
  struct ask_document document;
  enum ask_account_status status =
      ask_account_find(store, KIND, ask_account_key(arena, "name", name), arena, &document);
  if (status != ASK_ACCOUNT_OK) return status;
  return read_record(arena, &document, ret) ? ASK_ACCOUNT_OK : ASK_ACCOUNT_AWAY;
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct ask_user_record *)a)->user.name, ((const struct ask_user_record *)b)->user.name);
}

enum ask_account_status ask_user_record_list(ask_store_session *store, struct ask_arena *arena,
                                             struct ask_user_record **ret, size_t *ret_count) {
  enum { PAGE = 500 };
  struct ask_user_record *list = NULL;
  size_t count = 0, capacity = 0, found = PAGE;
  for (int32_t skip = 0; found == PAGE; skip += PAGE) {
    struct ask_document *page = NULL;
    enum ask_store_status status =
        ask_store_document_find(store, KIND, NULL, 0, skip, PAGE, arena, &page, NULL, &found);
    if (status != ASK_STORE_OK) return ask_account_of_store(status);
    for (size_t i = 0; i < found; i++) {
      struct ask_user_record *record = ask_push(arena, &list, &count, &capacity, sizeof *list);
      if (!read_record(arena, &page[i], record)) return ASK_ACCOUNT_AWAY;
    }
  }
  if (count) qsort(list, count, sizeof *list, by_name);
  *ret = list;
  *ret_count = count;
  return ASK_ACCOUNT_OK;
}

enum ask_account_status ask_user_record_put(ask_store_session *store, struct ask_user_record *record, int64_t now,
                                            struct ask_arena *arena) {
  struct ask_buffer body = {0};
  struct ask_document_key key = {ask_account_key(arena, "name", record->user.name), .unique = true};
  write_record(&body, record, arena);
  struct ask_document document = {.kind = KIND,
                                  .id = record->user.id,
                                  .version = record->user.version + 1,
                                  .at = now,
                                  .body = {body.bytes, body.length}};
  enum ask_account_status status = ask_account_of_store(ask_store_document_put(store, &document, &key, 1));
  if (status == ASK_ACCOUNT_OK) record->user.version++;
  explicit_bzero(body.bytes, body.length);
  ask_buffer_free(&body);
  return status;
}
