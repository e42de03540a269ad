/* askonce key list: which keys there are, whose, and which of them are in force. */
#include <string.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "service/keys.h"

/* 2026-11-23 09:42 */
static void say_moment(struct ask_screen *screen, int64_t at, const char *before) {
  char text[ASK_MOMENT_TEXT];
  ask_moment_text(at, text);
  text[10] = ' ';
  ask_say(screen, "%s%.16s", before, text);
}

static void say_keys(struct ask_screen *screen, const struct ask_partner_key *keys, size_t count) {
  int width = 7;
  for (size_t i = 0; i < count; i++) {
    int columns = (int)ask_utf8_length(keys[i].name, strlen(keys[i].name));
    if (columns > width) width = columns;
  }
  if (width > 40) width = 40;
  if (!count) {
    ask_say(screen, "There are no keys. askonce key add NAME makes one.\n");
    return;
  }
  ask_padded(screen, ASK_BOLD, "Key", 38);
  ask_padded(screen, ASK_BOLD, "Partner", width + 2);
  ask_say_styled(screen, ASK_BOLD, "Made (UTC)        State");
  ask_say(screen, "\n");
  for (size_t i = 0; i < count; i++) {
    char id[ASK_UUID_TEXT];
    ask_uuid_text(&keys[i].id, id);
    ask_padded(screen, ASK_PLAIN, id, 38);
    ask_padded(screen, ASK_PLAIN, keys[i].name, width + 2);
    say_moment(screen, keys[i].created, "");
    if (keys[i].revoked)
      say_moment(screen, keys[i].revoked, "  revoked ");
    else
      ask_say(screen, "  in force");
    ask_say(screen, "\n");
  }
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  struct ask_partner_key *keys = NULL;
  size_t count = 0;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) {
    enum ask_store_status status = ask_store_keys(access.session, access.settings.arena, &keys, &count);
    if (status != ASK_STORE_OK) {
      code = ask_store_access_failed(&access, status, "the keys cannot be read");
    } else if (arguments->flags[ASK_FLAG_JSON]) {
      struct ask_buffer text = {0};
      ask_keys_write(&text, keys, count);
      code = ask_print_machine(&text) ? ASK_EXIT_OK : ASK_EXIT_BAD;
    } else {
      struct ask_screen screen = ask_screen_new();
      say_keys(&screen, keys, count);
      code = ask_screen_show(&screen) ? ASK_EXIT_OK : ASK_EXIT_BAD;
    }
  }
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_key_list = {
    .name = "key list",
    .words = "",
    .summary = "the keys of all partners, the revoked ones too",
    .about =
        "Each key by its id, with the partner that holds it. The keys themselves are not kept and cannot be shown.",
    .example = "askonce key list --data ./var",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_STORE_FLAGS},
};
