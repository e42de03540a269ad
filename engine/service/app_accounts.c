/* host.accounts: who signs in (accounts.h). A page sees users, never password hashes or tokens but its own. */
#include <string.h>

#include "service/app_parts.h"
#include "service/keys.h"

static const struct ask_raw *user_value(struct ask_arena *arena, const struct ask_user *user) {
  struct ask_raw *object = ask_raw_object(arena, 12), *roles = ask_raw_object(arena, 8);
  ask_raw_set(object, "id", ask_raw_uuid(arena, &user->id));
  ask_raw_set(object, "version", ask_raw_integer(arena, user->version));
  ask_raw_set(object, "name", ask_raw_text(arena, user->name));
  ask_raw_set(object, "full_name", ask_raw_text(arena, user->full_name));
  if (user->language) ask_raw_set(object, "language", ask_raw_text(arena, user->language));
  if (user->program) ask_raw_set(object, "program", ask_raw_text(arena, user->program));
  for (size_t i = 0; ask_role_word(i); i++)
    if (user->roles & 1u << i) ask_raw_set(roles, ask_role_word(i), ask_raw_bool(arena, true));
  ask_raw_set(object, "roles", roles);
  ask_raw_set(object, "disabled", ask_raw_bool(arena, user->disabled));
  ask_raw_set(object, "change_password", ask_raw_bool(arena, user->change_password));
  ask_raw_set(object, "created", ask_raw_integer(arena, user->created));
  if (user->signed_in) ask_raw_set(object, "signed_in", ask_raw_integer(arena, user->signed_in));
  return object;
}

static const struct ask_raw *session_value(struct ask_arena *arena, const struct ask_session_info *info) {
  struct ask_raw *object = ask_raw_object(arena, 3);
  ask_raw_set(object, "csrf", ask_raw_text(arena, ask_strdup(arena, info->csrf)));
  ask_raw_set(object, "idle_until", ask_raw_integer(arena, info->idle_until));
  ask_raw_set(object, "ends_at", ask_raw_integer(arena, info->ends_at));
  return object;
}

static void refuse(struct ask_host_call *call, enum ask_account_status status, const struct ask_problems *problems) {
  ask_host_refuse(call, ask_account_status_text(status));
  if (problems && problems->count) ask_host_give(call, ask_raw_problems(call->arena, problems));
}

/* ---- sessions --------------------------------------------------------------------------------------------------------- */

/* host.accounts.sign_in(name, password): token, user, {csrf, idle_until, ends_at} | nil, "wrong" | nil, "locked", seconds */
static void sign_in(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  char token[ASK_SESSION_TOKEN];
  struct ask_session_info info;
  int64_t wait = 0;
  const char *name = ask_host_text(call, 0, "name"), *password = name ? ask_host_text(call, 1, "password") : NULL;
  if (!password) return;
  enum ask_account_status status =
      ask_sign_in(page->app->accounts, page->state->store, (struct ask_text){name, strlen(name)},
                  (struct ask_text){password, strlen(password)}, ask_now(), page->arena, token, &info, &wait);
  if (status == ASK_ACCOUNT_OK) {
    ask_host_give(call, ask_raw_text(page->arena, ask_strdup(page->arena, token)));
    ask_host_give(call, user_value(page->arena, &info.user));
    ask_host_give(call, session_value(page->arena, &info));
    return;
  }
  refuse(call, status, NULL);
  if (status == ASK_ACCOUNT_LOCKED) ask_host_give(call, ask_raw_integer(page->arena, wait));
}

/* host.accounts.session(token): user, {csrf, idle_until, ends_at} | nil, "none" | "idle" | "ended" | "away" */
static void session(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_session_info info;
  const char *token = ask_host_text(call, 0, "token");
  if (!token) return;
  enum ask_account_status status = ask_session_look(
      page->app->accounts, page->state->store, (struct ask_text){token, strlen(token)}, ask_now(), page->arena, &info);
  if (status != ASK_ACCOUNT_OK) {
    refuse(call, status, NULL);
    return;
  }
  ask_host_give(call, user_value(page->arena, &info.user));
  ask_host_give(call, session_value(page->arena, &info));
}

/* host.accounts.sign_out(token) */
static void sign_out(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  const char *token = ask_host_text(call, 0, "token");
  if (!token) return;
  enum ask_account_status status = ask_sign_out(page->state->store, (struct ask_text){token, strlen(token)});
  if (status == ASK_ACCOUNT_OK)
    ask_host_give(call, ask_raw_bool(page->arena, true));
  else
    refuse(call, status, NULL);
}

/* ---- users ------------------------------------------------------------------------------------------------------------ */

/* host.accounts.list() */
static void list(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_user *users = NULL;
  size_t count = 0;
  enum ask_account_status status = ask_user_list(page->state->store, page->arena, &users, &count);
  if (status != ASK_ACCOUNT_OK) {
    refuse(call, status, NULL);
    return;
  }
  struct ask_raw *all = ask_raw_list(page->arena, count);
  for (size_t i = 0; i < count; i++) all->children[i] = *user_value(page->arena, &users[i]);
  ask_host_give(call, all);
}

/* host.accounts.get(id) */
static void get(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_uuid id;
  struct ask_user user;
  const char *text = ask_host_text(call, 0, "id");
  if (!text) return;
  enum ask_account_status status = ask_uuid_read(text, strlen(text), &id)
                                       ? ask_user_get(page->state->store, &id, page->arena, &user)
                                       : ASK_ACCOUNT_NOT_FOUND;
  if (status == ASK_ACCOUNT_OK)
    ask_host_give(call, user_value(page->arena, &user));
  else
    refuse(call, status, NULL);
}

/* The members of argument 1 laid over a user: full_name, language, program, roles = {"worker", ...}, disabled. */
static void read_user(struct ask_host_call *call, struct ask_user *user, struct ask_problems *problems) {
  const char *text;
  if ((text = ask_host_member_text(call, 0, "full_name"))) user->full_name = text;
  if ((text = ask_host_member_text(call, 0, "language"))) user->language = *text ? text : NULL;
  if ((text = ask_host_member_text(call, 0, "program"))) user->program = *text ? text : NULL;
  if (ask_host_member(call, 0, "disabled")) user->disabled = ask_host_member_bool(call, 0, "disabled");
  const struct ask_raw *roles = ask_host_member(call, 0, "roles");
  if (!roles) return;
  user->roles = 0;
  for (size_t i = 0; i < roles->child_count; i++) {
    unsigned role = 0;
    const char *unknown = NULL;
    if (roles->children[i].kind == ASK_RAW_TEXT &&
        ask_roles_read(call->arena, roles->children[i].text, &role, &unknown))
      user->roles |= role;
    else
      ask_problem_add(problems, ASK_ERROR, "unknown-role", ASK_NOWHERE, "roles", NULL, "there is no such role");
  }
}

/* host.accounts.add{name=, full_name=, roles=, language=, program=}: user, one-time password | nil, reason, problems */
static void add(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = page->arena};
  const char *password = NULL, *name = ask_host_member_text(call, 0, "name");
  struct ask_user user = {.name = name ? name : "", .full_name = ""};
  read_user(call, &user, &problems);
  if (call->fault) return;
  enum ask_account_status status = ASK_ACCOUNT_REFUSED;
  if (!problems.errors)
    status = ask_user_add(page->app->accounts, page->state->store, &user, NULL, ask_now(), page->arena, &password,
                          &problems);
  if (status != ASK_ACCOUNT_OK) {
    refuse(call, status, &problems);
    return;
  }
  ask_host_give(call, user_value(page->arena, &user));
  ask_host_give(call, ask_raw_text(page->arena, password));
}

/* host.accounts.change{id=, expected=, full_name=, language=, program=, roles=, disabled=}: user | nil, reason, problems */
static void change(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = page->arena};
  struct ask_user user;
  struct ask_uuid id;
  if (!ask_host_uuid(call, ask_host_member_text(call, 0, "id"), "id", &id)) return;
  enum ask_account_status status = ask_user_get(page->state->store, &id, page->arena, &user);
  if (status == ASK_ACCOUNT_OK) {
    int64_t expected = ask_host_member_integer(call, 0, "expected", user.version);
    read_user(call, &user, &problems);
    if (call->fault) return;
    if (expected != user.version) status = ASK_ACCOUNT_CONFLICT;
  }
  if (status == ASK_ACCOUNT_OK && problems.errors) status = ASK_ACCOUNT_REFUSED;
  if (status == ASK_ACCOUNT_OK) status = ask_user_change(page->state->store, &user, ask_now(), page->arena, &problems);
  if (status == ASK_ACCOUNT_OK)
    ask_host_give(call, user_value(page->arena, &user));
  else
    refuse(call, status, &problems);
}

/* host.accounts.set_password{id=, old=, new=, keep=token}: true | nil, reason, problems */
static void set_password(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = page->arena};
  struct ask_uuid id;
  const char *old = ask_host_member_text(call, 0, "old"), *new = ask_host_member_text(call, 0, "new");
  const char *keep = ask_host_member_text(call, 0, "keep");
  if (!ask_host_uuid(call, ask_host_member_text(call, 0, "id"), "id", &id) || call->fault) return;
  enum ask_account_status status = ask_user_set_password(page->app->accounts, page->state->store, &id, old ? old : "",
                                                         new ? new : "", keep, ask_now(), page->arena, &problems);
  if (status == ASK_ACCOUNT_OK)
    ask_host_give(call, ask_raw_bool(page->arena, true));
  else
    refuse(call, status, &problems);
}

/* host.accounts.reset(id): one-time password | nil, reason */
static void reset(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_uuid id;
  const char *password = NULL;
  if (!ask_host_uuid(call, ask_host_text(call, 0, "id"), "id", &id)) return;
  enum ask_account_status status =
      ask_user_reset(page->app->accounts, page->state->store, &id, ask_now(), page->arena, &password);
  if (status == ASK_ACCOUNT_OK)
    ask_host_give(call, ask_raw_text(page->arena, password));
  else
    refuse(call, status, NULL);
}

const struct ask_host_entry ask_app_accounts[] = {
    {.name = "accounts.sign_in", .function = sign_in},   {.name = "accounts.session", .function = session},
    {.name = "accounts.sign_out", .function = sign_out}, {.name = "accounts.list", .function = list},
    {.name = "accounts.get", .function = get},           {.name = "accounts.add", .function = add},
    {.name = "accounts.change", .function = change},     {.name = "accounts.set_password", .function = set_password},
    {.name = "accounts.reset", .function = reset},       {0},
};
