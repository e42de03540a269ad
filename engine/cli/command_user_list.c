/* askonce user list: who signs in, with which roles, and when each last did. */
#include <string.h>

#include "cli/commands.h"
#include "cli/user.h"
#include "service/keys.h"

/* 2026-11-23 09:42 */
static const char *moment(struct ask_arena *arena, int64_t at) {
  char text[ASK_MOMENT_TEXT];
  ask_moment_text(at, text);
  text[10] = ' ';
  return ask_strndup(arena, text, 16);
}

/* "disabled", "never signed in", "has to choose a password", "signed in 2026-11-23 09:42" */
static const char *state_of(struct ask_arena *arena, const struct ask_user *user) {
  if (user->disabled) return "disabled";
  if (!user->signed_in) return "never signed in";
  if (user->change_password) return "has to choose a password";
  return ask_printf(arena, "signed in %s", moment(arena, user->signed_in));
}

static const char *roles_of(struct ask_arena *arena, const struct ask_user *user) {
  const char *roles = ask_roles_text(arena, user->roles);
  return user->program ? ask_printf(arena, "%s (%s)", roles, user->program) : roles;
}

static int widest(int width, const char *text) {
  int columns = (int)ask_utf8_length(text, strlen(text));
  return columns > width ? columns : width;
}

static void say_users(struct ask_screen *screen, struct ask_arena *arena, const struct ask_user *users, size_t count) {
  int name = 4, full_name = 9, roles = 5;
  if (!count) {
    ask_say(screen, "Nobody signs in yet. askonce user add NAME --role ROLE makes a user.\n");
    return;
  }
  for (size_t i = 0; i < count; i++) {
    name = widest(name, users[i].name);
    full_name = widest(full_name, users[i].full_name);
    roles = widest(roles, roles_of(arena, &users[i]));
  }
  ask_padded(screen, ASK_BOLD, "Name", name + 2);
  ask_padded(screen, ASK_BOLD, "Full name", full_name + 2);
  ask_padded(screen, ASK_BOLD, "Roles", roles + 2);
  ask_say_styled(screen, ASK_BOLD, "State (UTC)");
  ask_say(screen, "\n");
  for (size_t i = 0; i < count; i++) {
    ask_padded(screen, ASK_PLAIN, users[i].name, name + 2);
    ask_padded(screen, ASK_PLAIN, users[i].full_name, full_name + 2);
    ask_padded(screen, ASK_PLAIN, roles_of(arena, &users[i]), roles + 2);
    ask_say(screen, "%s\n", state_of(arena, &users[i]));
  }
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  struct ask_user *users = NULL;
  size_t count = 0;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) {
    enum ask_account_status status = ask_user_list(access.session, access.settings.arena, &users, &count);
    if (status != ASK_ACCOUNT_OK) {
      code = ask_user_failed(&access, status, "the users cannot be read");
    } else if (arguments->flags[ASK_FLAG_JSON]) {
      struct ask_buffer text = {0};
      ask_users_write(&text, users, count);
      code = ask_print_machine(&text) ? ASK_EXIT_OK : ASK_EXIT_BAD;
    } else {
      struct ask_screen screen = ask_screen_new();
      say_users(&screen, access.settings.arena, users, count);
      code = ask_screen_show(&screen) ? ASK_EXIT_OK : ASK_EXIT_BAD;
    }
  }
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_user_list = {
    .name = "user list",
    .words = "",
    .summary = "who signs in to the worker's app",
    .about = "Everybody by name, the disabled ones too, with their roles and when each last signed in.",
    .example = "askonce user list --data ./var",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_STORE_FLAGS},
};
