/* Users as JSON. */
#include "service/accounts.h"
#include "service/keys.h"
#include "json/put.h"

static void write_user(struct ask_buffer *buffer, const struct ask_user *user) {
  char id[ASK_UUID_TEXT];
  ask_uuid_text(&user->id, id);
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "id", id);
  ask_put_key_text(buffer, "name", user->name);
  ask_put_key_text(buffer, "full_name", user->full_name);
  ask_put_key(buffer, "roles");
  ask_put_open(buffer, '[');
  for (size_t i = 0; ask_role_word(i); i++)
    if (user->roles & 1u << i) ask_put_text(buffer, ask_role_word(i));
  ask_put_close(buffer, ']');
  ask_put_key_text(buffer, "program", user->program);
  ask_put_key_text(buffer, "language", user->language);
  ask_put_key_bool(buffer, "disabled", user->disabled);
  ask_put_key_bool(buffer, "change_password", user->change_password);
  ask_put_key(buffer, "created");
  ask_moment_write(buffer, user->created);
  ask_put_key(buffer, "signed_in");
  ask_moment_write(buffer, user->signed_in);
  ask_put_close(buffer, '}');
}

void ask_users_write(struct ask_buffer *buffer, const struct ask_user *users, size_t count) {
  ask_put_open(buffer, '{');
  ask_put_key(buffer, "users");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) write_user(buffer, &users[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
