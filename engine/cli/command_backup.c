/* askonce backup: a copy of the store in one file, while the server goes on. */
#include <sys/stat.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "service/move.h"

static int show(struct ask_store_access *access, const char *file) {
  struct stat status;
  struct ask_buffer text = {0};
  int64_t bytes = stat(file, &status) == 0 ? (int64_t)status.st_size : 0;
  char size[ASK_GROUPED];
  if (access->settings.arguments->flags[ASK_FLAG_JSON]) {
    ask_backup_write(&text, ask_store_shown(access->store), file, bytes);
    return ask_exit_of(ask_print_machine(&text));
  }
  struct ask_screen screen = ask_screen_new();
  ask_say(&screen, "%s: %s bytes, checked and on disk\n", file, ask_grouped(bytes, size));
  return ask_exit_of(ask_screen_show(&screen));
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  const char *file = arguments->words[0];
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) {
    struct ask_progress progress = ask_progress_new(ask_store_is_remote(access.store) ? "rows" : "pages");
    enum ask_store_status status = ask_store_backup(access.session, file, ask_progress_draw, &progress);
    ask_progress_end(&progress);
    if (status != ASK_STORE_OK)
      code = ask_store_access_failed(&access, status, "no backup was made");
    else
      code = show(&access, file);
  }
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_backup = {
    .name = "backup",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .summary = "a copy of the whole store in one file, while the server goes on",
    .about =
        "The file is the store as it stands at one moment, with everything in it: keep it as safe as the store. It "
        "is checked, synced to the disk, and appears under its name only when it is whole (FILE.part until then). "
        "Nothing is written over. A backup of PostgreSQL is the same kind of file.",
    .example = "askonce backup /backup/askonce-$(date +%F).db --data ./var",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_STORE_FLAGS},
};
