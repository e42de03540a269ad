/* askonce user reset: a new password for somebody who has forgotten theirs, or is locked out. */
#include "cli/commands.h"
#include "cli/user.h"
#include "service/keys.h"

static int reset(struct ask_store_access *access, const char *name) {
  struct ask_settings *settings = &access->settings;
  struct ask_user user;
  const char *made = NULL;
  int code = ask_user_named(access, name, &user);
  if (code != ASK_EXIT_OK) return code;
  struct ask_accounts *accounts = ask_accounts_new(NULL);
  enum ask_account_status status =
      ask_user_reset(accounts, access->session, &user.id, ask_now(), settings->arena, &made);
  ask_accounts_free(accounts);
  if (status != ASK_ACCOUNT_OK) return ask_user_failed(access, status, "the password could not be changed");
  return ask_user_show_password(
      user.name, made,
      ask_printf(settings->arena, "%s has a new password%s", user.name, user.disabled ? ", and is disabled" : ""));
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) code = reset(&access, arguments->words[0]);
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_user_reset = {
    .name = "user reset",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .summary = "a new password for somebody who forgot theirs",
    .about =
        "The password that is made is printed alone on standard output, this once, and has to be changed at the first "
        "sign-in. Sessions of the person end, and a lock after too many failures is lifted.",
    .example = "askonce user reset maria.lopez",
    .run = run,
    .flags = {ASK_STORE_FLAGS},
};
