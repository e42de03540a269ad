/* Users: made, found, listed, changed. */
#include <stdlib.h>

#include "service/accounts_parts.h"

/* ---- reading ------------------------------------------------------------------------------------------------------- */

/* When the user last signed in is a document of its own, so that signing in is no change of the user. */
static enum ask_account_status add_signed_in(ask_store_session *store, struct ask_arena *arena, struct ask_user *user) {
  struct ask_document document;
  enum ask_store_status status = ask_store_document_get(store, "sign_in", &user->id, arena, &document);
  if (status == ASK_STORE_NOT_FOUND) return ASK_ACCOUNT_OK;
  if (status == ASK_STORE_OK) user->signed_in = ask_raw_member_integer(ask_account_tree(arena, &document), "at");
  return ask_account_of_store(status);
}

static enum ask_account_status give(ask_store_session *store, struct ask_arena *arena, enum ask_account_status status,
                                    const struct ask_user_record *record, struct ask_user *ret) {
  struct ask_user user = record->user;
  if (status == ASK_ACCOUNT_OK) status = add_signed_in(store, arena, &user);
  if (status == ASK_ACCOUNT_OK) *ret = user;
  return status;
}

enum ask_account_status ask_user_get(ask_store_session *store, const struct ask_uuid *id, struct ask_arena *arena,
                                     struct ask_user *ret) {
  struct ask_user_record record = {0};
  enum ask_account_status status = ask_user_record_get(store, id, arena, &record);
  return give(store, arena, status, &record, ret);
}

enum ask_account_status ask_user_find(ask_store_session *store, const char *name, struct ask_arena *arena,
                                      struct ask_user *ret) {
  struct ask_user_record record = {0};
  const char *folded = ask_login_fold(arena, (struct ask_text){name, strlen(name)});
  if (!ask_login_is(folded)) return ASK_ACCOUNT_NOT_FOUND;
  enum ask_account_status status = ask_user_record_find(store, folded, arena, &record);
  return give(store, arena, status, &record, ret);
}

static int by_id(const void *a, const void *b) { return memcmp(a, b, sizeof(struct ask_uuid)); }

/* All notes of signing in, for a list: two queries rather than one for each user. */
static enum ask_account_status add_all_signed_in(ask_store_session *store, struct ask_arena *arena,
                                                 struct ask_user *users, size_t count) {
  enum { PAGE = 500 };
  struct place {
    struct ask_uuid id; /* first: by_id compares it */
    struct ask_user *user;
  } *places = ask_alloc_array(arena, count, sizeof *places);
  for (size_t i = 0; i < count; i++) places[i] = (struct place){users[i].id, &users[i]};
  if (count) qsort(places, count, sizeof *places, by_id);
  size_t found = PAGE;
  for (int32_t skip = 0; found == PAGE; skip += PAGE) {
    struct ask_document *page = NULL;
    enum ask_store_status status =
        ask_store_document_find(store, "sign_in", NULL, 0, skip, PAGE, arena, &page, NULL, &found);
    if (status != ASK_STORE_OK) return ask_account_of_store(status);
    for (size_t i = 0; count && i < found; i++) {
      struct place *place = bsearch(&page[i].id, places, count, sizeof *places, by_id);
      if (place) place->user->signed_in = ask_raw_member_integer(ask_account_tree(arena, &page[i]), "at");
    }
  }
  return ASK_ACCOUNT_OK;
}

enum ask_account_status ask_user_list(ask_store_session *store, struct ask_arena *arena, struct ask_user **ret,
                                      size_t *ret_count) {
  struct ask_user_record *records = NULL;
  size_t count = 0;
  enum ask_account_status status = ask_user_record_list(store, arena, &records, &count);
  if (status != ASK_ACCOUNT_OK) return status;
  struct ask_user *users = ask_alloc_array(arena, count, sizeof *users);
  for (size_t i = 0; i < count; i++) users[i] = records[i].user;
  status = add_all_signed_in(store, arena, users, count);
  if (status != ASK_ACCOUNT_OK) return status;
  *ret = users;
  *ret_count = count;
  return ASK_ACCOUNT_OK;
}

/* ---- changing ------------------------------------------------------------------------------------------------------- */

static bool administers(const struct ask_user *user) {
  return !user->disabled && (user->roles & ASK_ROLE_ADMINISTRATOR);
}

/* OK, or LAST: nobody but `except` (may be NULL) can administer. */
static enum ask_account_status others_administer(ask_store_session *store, const struct ask_uuid *except,
                                                 struct ask_arena *arena) {
  struct ask_user_record *records = NULL;
  size_t count = 0;
  enum ask_account_status status = ask_user_record_list(store, arena, &records, &count);
  if (status != ASK_ACCOUNT_OK) return status;
  for (size_t i = 0; i < count; i++)
    if (administers(&records[i].user) && (!except || memcmp(&records[i].user.id, except, sizeof *except) != 0))
      return ASK_ACCOUNT_OK;
  return ASK_ACCOUNT_LAST;
}

/* Writes the record. Of two administrators who take the role from each other at the same moment, each finds another one before;
 * so it is looked at again after, and undone if nobody is left. */
static enum ask_account_status put_if_somebody_is_left(ask_store_session *store, struct ask_user_record *record,
                                                       const struct ask_user_record *before, int64_t now,
                                                       struct ask_arena *arena) {
  bool gives_up = administers(&before->user) && !administers(&record->user);
  enum ask_account_status status = gives_up ? others_administer(store, &record->user.id, arena) : ASK_ACCOUNT_OK;
  if (status == ASK_ACCOUNT_OK) status = ask_user_record_put(store, record, now, arena);
  if (status != ASK_ACCOUNT_OK || !gives_up) return status;
  if (others_administer(store, NULL, arena) != ASK_ACCOUNT_LAST) return ASK_ACCOUNT_OK;
  struct ask_user_record undone = *before;
  undone.user.version = record->user.version;
  status = ask_user_record_put(store, &undone, now, arena);
  return status == ASK_ACCOUNT_OK ? ASK_ACCOUNT_LAST : status;
}

enum ask_account_status ask_user_change(ask_store_session *store, struct ask_user *user, int64_t now,
                                        struct ask_arena *arena, struct ask_problems *problems) {
  struct ask_user_record before;
  enum ask_account_status status = ask_user_record_get(store, &user->id, arena, &before);
  if (status != ASK_ACCOUNT_OK) return status;
  if (before.user.version != user->version) return ASK_ACCOUNT_CONFLICT;
  struct ask_user_record record = before;
  record.user.full_name = user->full_name;
  record.user.language = user->language;
  record.user.program = user->program;
  record.user.roles = user->roles;
  record.user.disabled = user->disabled;
  if (!ask_user_acceptable(&record.user, problems)) return ASK_ACCOUNT_REFUSED;
  status = put_if_somebody_is_left(store, &record, &before, now, arena);
  if (status == ASK_ACCOUNT_NOT_FOUND) status = ASK_ACCOUNT_CONFLICT;
  if (status != ASK_ACCOUNT_OK) return status;
  user->version = record.user.version;
  user->full_name = record.user.full_name;
  return record.user.disabled ? ask_sessions_end(store, &user->id, NULL, arena) : ASK_ACCOUNT_OK;
}
