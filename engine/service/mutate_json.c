/* Survivors for machines. */
#include "service/mutate.h"
#include "json/put.h"

static void put_mutant(struct ask_buffer *buffer, const struct ask_mutant *one) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "kind", ask_mutation_text(one->mutation));
  ask_put_key_text(buffer, "where", one->where);
  ask_put_key_text(buffer, "file", one->at.file);
  ask_put_key_int(buffer, "line", one->at.line);
  ask_put_key_int(buffer, "column", one->at.column);
  ask_put_key_text(buffer, "text", one->original);
  ask_put_key_int(buffer, "offset", (int64_t)one->offset);
  ask_put_key_int(buffer, "length", (int64_t)one->length);
  ask_put_key_text(buffer, "changed", one->changed);
  ask_put_close(buffer, '}');
}

void ask_mutation_json(struct ask_buffer *buffer, const struct ask_mutation_report *report) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "program", report->cases->program->spec->id);
  ask_put_key_int(buffer, "cases", (int64_t)report->cases->count);
  ask_put_key_int(buffer, "failing", (int64_t)report->failing);
  ask_put_key_int(buffer, "killed", (int64_t)report->killed);
  ask_put_key_int(buffer, "survived", (int64_t)report->survived);
  ask_put_key_int(buffer, "invalid", (int64_t)report->invalid);
  ask_put_key_int(buffer, "same", (int64_t)report->same);
  ask_put_key_int(buffer, "left_out", (int64_t)report->left_out);
  ask_put_key_texts(buffer, "unread", report->unread, report->unread_count);
  ask_put_key(buffer, "survivors");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < report->count; i++)
    if (report->list[i].fate == ASK_MUTANT_SURVIVED) put_mutant(buffer, &report->list[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
