/* Documents of accounts: reading what is in them, finding one by a key, removing. */
#include "service/accounts_parts.h"

const struct ask_raw *ask_account_tree(struct ask_arena *arena, const struct ask_document *document) {
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.limit = ASK_DOCUMENT_LIMIT};
  struct ask_problems problems = {.arena = arena};
  const struct ask_raw *tree =
      ask_json_read(reader, arena, &source, document->body.bytes, document->body.length, &problems);
  ask_json_reader_free(reader);
  return tree && tree->kind == ASK_RAW_OBJECT ? tree : NULL;
}

struct ask_text ask_account_key(struct ask_arena *arena, const char *kind, const char *value) {
  const char *text = ask_printf(arena, "%s:%s", kind, value);
  return (struct ask_text){text, strlen(text)};
}

struct ask_text ask_account_day(struct ask_arena *arena, int64_t at) {
  return ask_account_key(arena, "day", ask_printf(arena, "%lld", (long long)(at / ASK_DAY)));
}

enum ask_account_status ask_account_find(ask_store_session *store, const char *kind, struct ask_text key,
                                         struct ask_arena *arena, struct ask_document *ret) {
  struct ask_document *found = NULL;
  size_t count = 0;
  enum ask_store_status status = ask_store_document_find(store, kind, &key, 1, 0, 1, arena, &found, NULL, &count);
  if (status != ASK_STORE_OK) return ask_account_of_store(status);
  if (!count) return ASK_ACCOUNT_NOT_FOUND;
  *ret = found[0];
  return ASK_ACCOUNT_OK;
}

enum ask_account_status ask_account_remove(ask_store_session *store, const char *kind, const struct ask_uuid *id,
                                           int32_t version, struct ask_arena *arena) {
  for (int round = 0; round < 8; round++) {
    enum ask_store_status status = ask_store_document_remove(store, kind, id, version);
    struct ask_document latest;
    if (status == ASK_STORE_CONFLICT)
      status = ask_store_document_get(store, kind, id, arena, &latest);
    else if (status == ASK_STORE_OK)
      return ASK_ACCOUNT_OK;
    if (status == ASK_STORE_NOT_FOUND) return ASK_ACCOUNT_OK;
    if (status != ASK_STORE_OK) return ask_account_of_store(status);
    version = latest.version;
  }
  return ASK_ACCOUNT_CONFLICT;
}
