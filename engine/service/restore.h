/* Restoring: what `askonce backup` wrote becomes a store again. The file is copied, the copy is checked, and only then
 * anything is put in place. Not for making backups: see store/store.h. */
#ifndef ASK_SERVICE_RESTORE_H
#define ASK_SERVICE_RESTORE_H

#include "service/data_folder.h"
#include "store/store.h"

struct ask_restore {
  const char *file;                                             /* what askonce backup wrote; not changed */
  const char *store;                                            /* url of the store to be */
  const struct ask_data_folder *folder;                         /* the data folder of these settings */
  bool force;                                                   /* even when there is a store with rows */
  void (*progress)(void *context, int64_t done, int64_t total); /* may be NULL */
  void *context;
};

struct ask_restored {
  struct ask_store_counts counts; /* what is in the store now */
  const char *kept;               /* where the store is that was there before; NULL: there was none */
  bool taken_up;                  /* a restore of the same file into PostgreSQL had begun, and was finished */
};

/* False after adding problems: the file is none of a store, or damaged; a server runs; there is a store with rows. Then
 * the store that was there is as it was; in PostgreSQL the rows that were brought stay, and the same call goes on. */
bool ask_restore(struct ask_arena *arena, const struct ask_restore *restore, struct ask_restored *ret,
                 struct ask_problems *problems);

#endif
