/* askonce user change: another role or name; no more signing in, or signing in again. */
#include "cli/commands.h"
#include "cli/user.h"
#include "service/keys.h"

static int change_once(struct ask_store_access *access, const struct ask_arguments *arguments,
                       enum ask_account_status *ret_status) {
  struct ask_settings *settings = &access->settings;
  const char *const *flags = arguments->flags;
  struct ask_user user;
  int code = ask_user_named(access, arguments->words[0], &user);
  if (code != ASK_EXIT_OK) return code;
  if (flags[ASK_FLAG_ROLE] && !ask_user_read_roles(settings, flags[ASK_FLAG_ROLE], &user.roles))
    return ask_settings_bad(settings);
  /* who is no program's staff any more belongs to none */
  if (!(user.roles & ASK_ROLE_PROGRAM)) user.program = NULL;
  if (flags[ASK_FLAG_PROGRAM]) user.program = flags[ASK_FLAG_PROGRAM];
  if (flags[ASK_FLAG_FULL_NAME]) user.full_name = flags[ASK_FLAG_FULL_NAME];
  if (flags[ASK_FLAG_DISABLE]) user.disabled = true;
  if (flags[ASK_FLAG_ENABLE]) user.disabled = false;
  *ret_status = ask_user_change(access->session, &user, ask_now(), settings->arena, &settings->problems);
  if (*ret_status == ASK_ACCOUNT_OK)
    printf("%s: %s%s\n", user.name, ask_roles_text(settings->arena, user.roles), user.disabled ? ", disabled" : "");
  return ASK_EXIT_OK;
}

/* What the command line does not name stays as it is, so somebody else's change at the same moment is no reason to give up. */
static int change(struct ask_store_access *access, const struct ask_arguments *arguments) {
  enum { ROUNDS = 4 };
  enum ask_account_status status = ASK_ACCOUNT_CONFLICT;
  for (int round = 0; status == ASK_ACCOUNT_CONFLICT && round < ROUNDS; round++) {
    int code = change_once(access, arguments, &status);
    if (code != ASK_EXIT_OK) return code;
  }
  return status == ASK_ACCOUNT_OK ? ASK_EXIT_OK : ask_user_failed(access, status, "the user could not be changed");
}

static int run(const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  struct ask_store_access access;
  if (flags[ASK_FLAG_DISABLE] && flags[ASK_FLAG_ENABLE]) {
    ask_usage_error("--disable and --enable do not go together");
    return ASK_EXIT_BAD;
  }
  if (!flags[ASK_FLAG_ROLE] && !flags[ASK_FLAG_FULL_NAME] && !flags[ASK_FLAG_PROGRAM] && !flags[ASK_FLAG_DISABLE] &&
      !flags[ASK_FLAG_ENABLE]) {
    ask_usage_error("user change needs what to change: --role, --full-name, --program, --disable or --enable");
    return ASK_EXIT_BAD;
  }
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) code = change(&access, arguments);
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_user_change = {
    .name = "user change",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .summary = "another role or name; disable, enable",
    .about =
        "What is not named stays as it is. --role names all roles that the person has from now on. A running server goes by "
        "it at the next request; the sessions of somebody who is disabled end at once. The last administrator stays one.",
    .example = "askonce user change maria.lopez --role worker,supervisor",
    .run = run,
    .flags = {ASK_FLAG_ROLE, ASK_FLAG_FULL_NAME, ASK_FLAG_PROGRAM, ASK_FLAG_DISABLE, ASK_FLAG_ENABLE, ASK_STORE_FLAGS},
};
