/* Waiting until files change, for commands that run again and again while somebody edits. Linux's inotify. */
#ifndef ASK_CLI_WATCH_H
#define ASK_CLI_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct ask_watch;

/* From now on Ctrl-C and SIGTERM end ask_watch_wait rather than the process. NULL after saying why not. */
struct ask_watch *ask_watch_new(void);
/* NULL is fine. Returns NULL. */
struct ask_watch *ask_watch_free(struct ask_watch *watch);

/* This folder and those below it, also ones that are made later; or this file. Again for the same one does nothing. False
 * after saying why. */
bool ask_watch_add(struct ask_watch *watch, const char *path);
size_t ask_watch_count(const struct ask_watch *watch);

/* Waits until files ending in .lua, .yaml, .yml or .json have changed, been added or gone, and then until they rest for a
 * moment. ret: their paths, in the arena. False when it was told to end. */
bool ask_watch_wait(struct ask_watch *watch, struct ask_arena *arena, const char *const **ret, size_t *ret_count);

#endif
