/* askonce key revoke: a key, or all keys of a partner, stop working. */
#include <string.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "service/keys.h"

enum { LEAST_PREFIX = 8 };

/* How a word on the command line names a key. */
enum match { NO_MATCH, BY_PREFIX, BY_NAME, BY_ID };

static enum match match(const struct ask_partner_key *key, const char *word) {
  char id[ASK_UUID_TEXT];
  struct ask_uuid whole;
  size_t length = strlen(word);
  ask_uuid_text(&key->id, id);
  if (ask_uuid_read(word, length, &whole)) return memcmp(&whole, &key->id, sizeof whole) == 0 ? BY_ID : NO_MATCH;
  if (strcmp(key->name, word) == 0) return BY_NAME;
  return length >= LEAST_PREFIX && strncmp(id, word, length) == 0 ? BY_PREFIX : NO_MATCH;
}

static int no_such_key(struct ask_store_access *access, const struct ask_partner_key *keys, size_t count,
                       const char *word) {
  struct ask_arena *arena = access->settings.arena;
  const char **names = ask_alloc_array(arena, count, sizeof *names);
  for (size_t i = 0; i < count; i++) names[i] = keys[i].name;
  const char *near = ask_did_you_mean(word, names, count);
  ask_problem_add(&access->settings.problems, ASK_ERROR, "no-such-key", ASK_NOWHERE, NULL,
                  near ? ask_printf(arena, "did you mean %s?", near)
                       : "askonce key list shows them; of an id, the first eight characters are enough",
                  "no key has this id, and no partner this name: %.100s", word);
  return ask_settings_bad(&access->settings);
}

static int revoke(struct ask_store_access *access, const char *word) {
  struct ask_partner_key *keys = NULL;
  size_t count = 0, found = 0;
  enum match best = NO_MATCH;
  enum ask_store_status status = ask_store_keys(access->session, access->settings.arena, &keys, &count);
  if (status != ASK_STORE_OK) return ask_store_access_failed(access, status, "the keys cannot be read");
  for (size_t i = 0; i < count; i++)
    if (match(&keys[i], word) > best) best = match(&keys[i], word);
  for (size_t i = 0; best != NO_MATCH && i < count; i++) found += match(&keys[i], word) == best;
  if (!found) return no_such_key(access, keys, count, word);
  if (best == BY_PREFIX && found > 1) {
    ask_problem_add(&access->settings.problems, ASK_ERROR, "several-keys", ASK_NOWHERE, NULL, "write more of it",
                    "%zu keys have an id that begins so: %.40s", found, word);
    return ask_settings_bad(&access->settings);
  }
  for (size_t i = 0; i < count; i++) {
    char id[ASK_UUID_TEXT];
    if (match(&keys[i], word) != best) continue;
    ask_uuid_text(&keys[i].id, id);
    status = keys[i].revoked ? ASK_STORE_OK : ask_store_key_revoke(access->session, &keys[i].id, ask_now());
    if (status != ASK_STORE_OK) return ask_store_access_failed(access, status, "the key could not be revoked");
    printf("%s of %s %s\n", id, keys[i].name, keys[i].revoked ? "was revoked before" : "is revoked");
  }
  return ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) code = revoke(&access, arguments->words[0]);
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_key_revoke = {
    .name = "key revoke",
    .words = "ID|NAME",
    .least = 1,
    .most = 1,
    .summary = "a key, or every key of a partner, stops working",
    .about =
        "ID is a key's id (askonce key list) or its first eight characters or more; NAME is a partner, all of whose "
        "keys are revoked. A running server refuses them within a second. What was posted with them stays.",
    .example = "askonce key revoke 019e2c1f-7a55 --data ./var",
    .run = run,
    .flags = {ASK_STORE_FLAGS},
};
