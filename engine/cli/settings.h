/* What the commands of the server and its store do first: read the settings, open the store, and say clearly what is
 * wrong otherwise. */
#ifndef ASK_CLI_SETTINGS_H
#define ASK_CLI_SETTINGS_H

#include "cli/options.h"
#include "cli/screen.h"
#include "service/config.h"
#include "service/data_folder.h"
#include "store/store.h"

/* The flags of commands that work on the store: --data --store --config. */
#define ASK_STORE_FLAGS ASK_FLAG_DATA, ASK_FLAG_STORE, ASK_FLAG_CONFIG

struct ask_settings {
  const struct ask_arguments *arguments;
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_config config;
  const struct ask_setting *list; /* the same for showing */
  size_t count;
  struct ask_data_folder folder;
};
/* The settings that hold with this command line. ASK_EXIT_OK, or the exit code after saying what is wrong. Warnings are left
 * in problems. Close in any case. */
int ask_settings_read(struct ask_settings *settings, const struct ask_arguments *arguments);
void ask_settings_close(struct ask_settings *settings);
/* The problems so far, on stderr; with --json on stdout, for machines. Returns ASK_EXIT_BAD. */
int ask_settings_bad(struct ask_settings *settings);

/* The settings with their store and one session of it. */
struct ask_store_access {
  struct ask_settings settings;
  struct ask_store *store;
  ask_store_session *session;
};
/* create: make the store (and the data folder) if there is none. As ask_settings_read. */
int ask_store_access_open(struct ask_store_access *access, const struct ask_arguments *arguments, bool create);
void ask_store_access_close(struct ask_store_access *access);
/* Says what an operation of the session came to: "askonce: the key could not be added: away: ...". Returns
 * ASK_EXIT_BAD. */
int ask_store_access_failed(struct ask_store_access *access, enum ask_store_status status, const char *what);

#endif
