/* What the commands over people who sign in share. */
#include "cli/user.h"

#include <string.h>

static int no_such_user(struct ask_store_access *access, const char *name) {
  struct ask_arena *arena = access->settings.arena;
  struct ask_user *users = NULL;
  size_t count = 0;
  enum ask_account_status status = ask_user_list(access->session, arena, &users, &count);
  if (status != ASK_ACCOUNT_OK) return ask_user_failed(access, status, "the users cannot be read");
  const char **names = ask_alloc_array(arena, count, sizeof *names);
  for (size_t i = 0; i < count; i++) names[i] = users[i].name;
  const char *near = ask_did_you_mean(name, names, count);
  ask_problem_add(&access->settings.problems, ASK_ERROR, "no-such-user", ASK_NOWHERE, NULL,
                  near ? ask_printf(arena, "did you mean %s?", near) : "askonce user list shows them",
                  "nobody signs in with this name: %.100s", name);
  return ask_settings_bad(&access->settings);
}

int ask_user_named(struct ask_store_access *access, const char *name, struct ask_user *ret) {
  enum ask_account_status status = ask_user_find(access->session, name, access->settings.arena, ret);
  if (status == ASK_ACCOUNT_NOT_FOUND) return no_such_user(access, name);
  return status == ASK_ACCOUNT_OK ? ASK_EXIT_OK : ask_user_failed(access, status, "the user cannot be read");
}

bool ask_user_read_roles(struct ask_settings *settings, const char *words, unsigned *ret) {
  const char *unknown, *known[16];
  size_t count = 0;
  if (ask_roles_read(settings->arena, words, ret, &unknown)) return true;
  while (ask_role_word(count)) {
    known[count] = ask_role_word(count);
    count++;
  }
  const char *near = ask_did_you_mean(unknown, known, count);
  ask_problem_add(&settings->problems, ASK_ERROR, "unknown-role", ASK_NOWHERE, "--role",
                  near ? ask_printf(settings->arena, "did you mean %s?", near)
                       : ask_printf(settings->arena, "there are: %s", ask_roles_text(settings->arena, ~0u)),
                  "there is no role '%.60s'", unknown);
  return false;
}

int ask_user_failed(struct ask_store_access *access, enum ask_account_status status, const char *what) {
  static const struct {
    const char *fact, *hint;
  } words[] = {
      [ASK_ACCOUNT_NOT_FOUND] = {"the user is gone", NULL},
      [ASK_ACCOUNT_TAKEN] = {"the name is another user's",
                             "askonce user change changes somebody, askonce user reset makes a new password"},
      [ASK_ACCOUNT_CONFLICT] = {"somebody else changed it at the same moment", "try again"},
      [ASK_ACCOUNT_LAST] = {"nobody would be left who can administer", "make another one administrator first"},
  };
  const char *message = ask_store_message(access->session), *fact = NULL, *hint = NULL;
  if (status < sizeof words / sizeof *words) {
    fact = words[status].fact;
    hint = words[status].hint;
  }
  if (!fact) fact = *message ? message : "the store cannot be used";
  if (status != ASK_ACCOUNT_REFUSED)
    ask_problem_add(&access->settings.problems, ASK_ERROR, ask_account_status_text(status), ASK_NOWHERE, NULL, hint,
                    "%s: %s", what, fact);
  return ask_settings_bad(&access->settings);
}

int ask_user_show_password(const char *name, const char *password, const char *what) {
  if (puts(password) == EOF || fflush(stdout) != 0) {
    ask_usage_error("the password could not be written; askonce user reset %s makes another one", name);
    return ASK_EXIT_BAD;
  }
  fprintf(stderr, "%s. The password is shown this once, and has to be changed at the first sign-in.\n", what);
  return ASK_EXIT_OK;
}
