/* askonce key add: a key for a partner, shown once. */
#include <string.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "service/keys.h"

static int add(struct ask_store_access *access, const char *name) {
  char text[ASK_KEY_TEXT], id[ASK_UUID_TEXT];
  struct ask_partner_key key;
  enum ask_store_status status = ask_key_add(access->session, name, text, &key);
  if (status != ASK_STORE_OK) return ask_store_access_failed(access, status, "no key could be made");
  ask_uuid_text(&key.id, id);
  bool shown = puts(text) != EOF && fflush(stdout) == 0;
  explicit_bzero(text, sizeof text);
  if (!shown) {
    /* nobody has seen it and nobody ever will */
    ask_store_key_revoke(access->session, &key.id, ask_now());
    ask_usage_error("the key could not be written and was revoked again");
    return ASK_EXIT_BAD;
  }
  fprintf(stderr, "Key %s of %s. It is shown this once: only its hash is kept.\n", id, name);
  return ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access = {0};
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  const char *name = arguments->words[0];
  int code = ASK_EXIT_BAD;
  if (!ask_key_name_check(name, &problems)) {
    ask_show_problems(problems.list, problems.count, problems.errors, NULL);
  } else {
    code = ask_store_access_open(&access, arguments, true);
    if (code == ASK_EXIT_OK) code = add(&access, name);
    ask_store_access_close(&access);
  }
  ask_arena_free(arena);
  return code;
}

const struct ask_command ask_command_key_add = {
    .name = "key add",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .summary = "make a key for a partner",
    .about =
        "NAME is the agency or system that will post with the key; several keys of one name are one partner and see "
        "the same assessments. The key alone is printed on standard output, this once; only its hash is kept. "
        "A running server knows it within a second.",
    .example = "askonce key add \"Elder Care of Queens\" --data ./var > key",
    .run = run,
    .flags = {ASK_STORE_FLAGS},
};
