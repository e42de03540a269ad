/* A file that appears under its name only when it is whole: written beside as NAME.part, synced, renamed, its folder
 * synced. For copies of stores; not for small files that replace older ones (service/file.h). */
#ifndef ASK_STORE_PART_H
#define ASK_STORE_PART_H

#include "store/store.h"

struct ask_part {
  char *path; /* where it will be */
  char *name; /* where it is written: path and ".part" */
  /* which file it is, to notice when somebody else writes there too */
  uint64_t device, inode;
};

/* Makes an empty NAME.part that only this user may read (0600), after taking away what a killed run left. CONFLICT:
 * there is something at path already. FULL, AWAY: it cannot be made; message says why. Otherwise finish or abandon
 * it. */
enum ask_store_status ask_part_begin(struct ask_part *part, const char *path, char message[ASK_STORE_MESSAGE]);
/* All connections to it closed. Whatever comes of it, part is done with. */
enum ask_store_status ask_part_finish(struct ask_part *part, char message[ASK_STORE_MESSAGE]);
/* Takes it away again, with what SQLite keeps beside. */
void ask_part_abandon(struct ask_part *part);

#endif
