/* What the tools for whole stores say to machines. */
#ifndef ASK_SERVICE_MOVE_H
#define ASK_SERVICE_MOVE_H

#include "base/problem.h"
#include "service/restore.h"
#include "store/copy.h"

/* {"store", "file", "bytes"} */
void ask_backup_write(struct ask_buffer *buffer, const char *store, const char *file, int64_t bytes);
/* {"store", "file", "kept", "taken_up", "counts": {...}}; kept: null if nothing was there */
void ask_restored_write(struct ask_buffer *buffer, const char *store, const char *file,
                        const struct ask_restored *restored);
/* {"store", "whole", "counts": {"partners", "keys", "rules", "assessments", "revisions", "idempotency_keys"},
 *  "problems": [{"code", "message", "hint"}]} */
void ask_checked_write(struct ask_buffer *buffer, const char *store, const struct ask_store_counts *counts,
                       const struct ask_problems *problems);
/* {"from", "to", "brought", "already", "taken_up", "complete", "counts": {"from": {...}, "to": {...}}} */
void ask_moved_write(struct ask_buffer *buffer, const char *from, const char *to,
                     const struct ask_copy_outcome *outcome);

#endif
