/* askonce user add: somebody who signs in to the worker's app. */
#include <string.h>

#include "cli/commands.h"
#include "cli/user.h"
#include "service/file.h"
#include "service/keys.h"

enum { PASSWORD_FILE_LIMIT = 4096 };

/* The first and only line of the file. NULL after adding a problem. */
static const char *read_password(struct ask_settings *settings, const char *path) {
  struct ask_bytes file = ask_input_read(settings->arena, path, PASSWORD_FILE_LIMIT, &settings->problems);
  if (!file.bytes) return NULL;
  size_t length = file.length;
  if (length && file.bytes[length - 1] == '\n') length--;
  if (length && file.bytes[length - 1] == '\r') length--;
  if (!memchr(file.bytes, '\n', length) && !memchr(file.bytes, '\0', length))
    return ask_strndup(settings->arena, file.bytes, length);
  ask_problem_add(&settings->problems, ASK_ERROR, "bad-password", (struct ask_place){.file = ask_input_name(path)},
                  NULL, "the file holds the password alone", "there is more than one line in it");
  return NULL;
}

static int add(struct ask_store_access *access, const struct ask_arguments *arguments) {
  struct ask_settings *settings = &access->settings;
  struct ask_user user = {.name = arguments->words[0],
                          .full_name = arguments->flags[ASK_FLAG_FULL_NAME],
                          .program = arguments->flags[ASK_FLAG_PROGRAM]};
  const char *file = arguments->flags[ASK_FLAG_PASSWORD_FILE], *password = NULL, *made = NULL;
  if (!ask_user_read_roles(settings, arguments->flags[ASK_FLAG_ROLE], &user.roles)) return ask_settings_bad(settings);
  if (file && !(password = read_password(settings, file))) return ask_settings_bad(settings);
  struct ask_accounts *accounts = ask_accounts_new(NULL);
  enum ask_account_status status =
      ask_user_add(accounts, access->session, &user, password, ask_now(), settings->arena, &made, &settings->problems);
  ask_accounts_free(accounts);
  if (status != ASK_ACCOUNT_OK) return ask_user_failed(access, status, "the user could not be added");
  const char *what =
      ask_printf(settings->arena, "%s signs in as %s", user.name, ask_roles_text(settings->arena, user.roles));
  if (made) return ask_user_show_password(user.name, made, what);
  fprintf(stderr, "%s.\n", what);
  return ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access = {0};
  if (!arguments->flags[ASK_FLAG_ROLE]) {
    ask_usage_error("user add needs --role: worker, supervisor, nurse, program_staff, auditor or administrator");
    return ASK_EXIT_BAD;
  }
  int code = ask_store_access_open(&access, arguments, true);
  if (code == ASK_EXIT_OK) code = add(&access, arguments);
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_user_add = {
    .name = "user add",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .summary = "somebody who signs in to the worker's app",
    .about =
        "NAME is what the person signs in with: a to z, digits, and . _ - @. The password that is made is printed alone on "
        "standard output, this once, and has to be changed at the first sign-in. One that --password-file names has 12 to "
        "200 characters and stays. A running server knows the user at once.",
    .example = "askonce user add maria.lopez --role worker --full-name \"María López\"",
    .run = run,
    .flags = {ASK_FLAG_ROLE, ASK_FLAG_FULL_NAME, ASK_FLAG_PROGRAM, ASK_FLAG_PASSWORD_FILE, ASK_STORE_FLAGS},
};
