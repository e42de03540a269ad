/* The server's data folder: what lies where in it, and which process serves from it. Not for what is in the database:
 * see store/store.h. */
#ifndef ASK_SERVICE_DATA_FOLDER_H
#define ASK_SERVICE_DATA_FOLDER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"

struct ask_data_folder {
  const char *path;
  const char *database; /* askonce.db, with its -wal and -shm: where the store is a SQLite file */
  const char *lock;     /* held by the running server; holds its process id and port */
  const char *socket;   /* control.sock: see control.h */
  const char *rules;    /* recorded rules as files: a cache, may be deleted */
  const char *secret;   /* token.key: what seals tokens; servers that share it take each other's */
};

/* The paths; nothing is made. */
struct ask_data_folder ask_data_folder_of(struct ask_arena *arena, const char *path);
/* Makes the folder, and those above it that are missing, for this user alone (0700). One that is there stays as it is, with a
 * warning if others can get into it. False after adding a problem. */
bool ask_data_folder_make(const struct ask_data_folder *folder, struct ask_problems *problems);

/* The secret of tokens, 32 bytes; made at random when there is none yet. False after adding a problem. */
bool ask_data_secret(const struct ask_data_folder *folder, unsigned char ret[32], struct ask_problems *problems);

/* Who serves from a data folder. */
struct ask_running_server {
  long process; /* 0: not known */
  int port;     /* 0: not known yet */
};
/* Takes the folder for this process until ask_data_lock_release or the process's end, however it ends. A descriptor, or -1
 * after adding a problem that names the process and port of the server that has it. */
int ask_data_lock(const struct ask_data_folder *folder, struct ask_problems *problems);
/* Once it listens. */
void ask_data_lock_set_port(int lock, int port);
void ask_data_lock_release(int lock);
/* Whether a server is running on it. ret may be NULL. */
bool ask_data_is_served(const struct ask_data_folder *folder, struct ask_running_server *ret);

#endif
