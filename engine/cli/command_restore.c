/* askonce restore: a backup becomes the store. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "service/move.h"

static int show(const struct ask_settings *settings, const char *file, const struct ask_restored *restored) {
  struct ask_buffer text = {0};
  char assessments[ASK_COUNTED], revisions[ASK_COUNTED], keys[ASK_COUNTED], documents[ASK_COUNTED];
  if (settings->arguments->flags[ASK_FLAG_JSON]) {
    ask_restored_write(&text, settings->config.store, file, restored);
    return ask_exit_of(ask_print_machine(&text));
  }
  struct ask_screen screen = ask_screen_new();
  ask_say(&screen, "Restored from %s: %s with %s, %s, %s\n", file,
          ask_counted(restored->counts.assessments, "assessment", "assessments", assessments),
          ask_counted(restored->counts.revisions, "revision", "revisions", revisions),
          ask_counted(restored->counts.keys, "key", "keys", keys),
          ask_counted(restored->counts.documents, "document", "documents", documents));
  if (restored->kept) ask_say(&screen, "The store that was there before is kept as %s\n", restored->kept);
  return ask_exit_of(ask_screen_show(&screen));
}

static int run(const struct ask_arguments *arguments) {
  struct ask_settings settings;
  int code = ask_settings_read(&settings, arguments);
  if (code == ASK_EXIT_OK) {
    struct ask_progress progress = ask_progress_new("");
    struct ask_restored restored;
    struct ask_restore restore = {.file = arguments->words[0],
                                  .store = settings.config.store,
                                  .folder = &settings.folder,
                                  .force = arguments->flags[ASK_FLAG_FORCE] != NULL,
                                  .progress = ask_progress_draw,
                                  .context = &progress};
    settings.problems.count = 0; /* warnings about settings */
    bool good = ask_restore(settings.arena, &restore, &restored, &settings.problems);
    ask_progress_end(&progress);
    code = good ? show(&settings, restore.file, &restored) : ask_settings_bad(&settings);
  }
  ask_settings_close(&settings);
  return code;
}

const struct ask_command ask_command_restore = {
    .name = "restore",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .summary = "put a backup in the place of the store",
    .about =
        "FILE is what askonce backup wrote; it stays as it is, and is checked before anything else is touched. Stop "
        "the server first. A store that is there is replaced only with --force, and is kept beside under a name "
        "with the date. Into PostgreSQL the rows are brought one by one and read back; the database has to be "
        "empty. Killed on the way, the same command goes on or begins again.",
    .example = "askonce restore /backup/askonce-2026-11-23.db --data ./var",
    .run = run,
    .flags = {ASK_FLAG_FORCE, ASK_FLAG_JSON, ASK_STORE_FLAGS},
};
