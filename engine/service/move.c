/* What the tools for whole stores say to machines. */
#include "service/move.h"

#include "json/put.h"

static void write_counts(struct ask_buffer *buffer, const struct ask_store_counts *counts) {
  ask_put_open(buffer, '{');
  ask_put_key_int(buffer, "partners", counts->partners);
  ask_put_key_int(buffer, "keys", counts->keys);
  ask_put_key_int(buffer, "rules", counts->rules);
  ask_put_key_int(buffer, "assessments", counts->assessments);
  ask_put_key_int(buffer, "revisions", counts->revisions);
  ask_put_key_int(buffer, "idempotency_keys", counts->idempotency_keys);
  ask_put_key_int(buffer, "documents", counts->documents);
  ask_put_close(buffer, '}');
}

void ask_backup_write(struct ask_buffer *buffer, const char *store, const char *file, int64_t bytes) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "store", store);
  ask_put_key_text(buffer, "file", file);
  ask_put_key_int(buffer, "bytes", bytes);
  ask_put_close(buffer, '}');
}

void ask_restored_write(struct ask_buffer *buffer, const char *store, const char *file,
                        const struct ask_restored *restored) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "store", store);
  ask_put_key_text(buffer, "file", file);
  ask_put_key_text(buffer, "kept", restored->kept);
  ask_put_key_bool(buffer, "taken_up", restored->taken_up);
  ask_put_key(buffer, "counts");
  write_counts(buffer, &restored->counts);
  ask_put_close(buffer, '}');
}

void ask_checked_write(struct ask_buffer *buffer, const char *store, const struct ask_store_counts *counts,
                       const struct ask_problems *problems) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "store", store);
  ask_put_key_bool(buffer, "whole", problems->errors == 0);
  ask_put_key(buffer, "counts");
  write_counts(buffer, counts);
  ask_put_key(buffer, "problems");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < problems->count; i++) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "code", problems->list[i].code);
    ask_put_key_text(buffer, "message", problems->list[i].message);
    ask_put_key_text(buffer, "hint", problems->list[i].hint);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_moved_write(struct ask_buffer *buffer, const char *from, const char *to,
                     const struct ask_copy_outcome *outcome) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "from", from);
  ask_put_key_text(buffer, "to", to);
  ask_put_key_int(buffer, "brought", outcome->brought);
  ask_put_key_int(buffer, "already", outcome->already);
  ask_put_key_bool(buffer, "taken_up", outcome->taken_up);
  ask_put_key_bool(buffer, "complete", ask_counts_equal(&outcome->from, &outcome->to));
  ask_put_key(buffer, "counts");
  ask_put_open(buffer, '{');
  ask_put_key(buffer, "from");
  write_counts(buffer, &outcome->from);
  ask_put_key(buffer, "to");
  write_counts(buffer, &outcome->to);
  ask_put_close(buffer, '}');
  ask_put_close(buffer, '}');
}
