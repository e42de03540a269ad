/* The outcome of a golden case for machines. */
#include "service/cases.h"
#include "json/put.h"

static void put_difference(struct ask_buffer *buffer, const struct ask_problem *one) {
  ask_put_open(buffer, '{');
  ask_put_key_int(buffer, "line", one->at.line);
  ask_put_key_text(buffer, "path", one->path);
  ask_put_key_text(buffer, "code", one->code);
  ask_put_key_text(buffer, "message", one->message);
  ask_put_key_text(buffer, "hint", one->hint);
  ask_put_close(buffer, '}');
}

void ask_case_json(struct ask_buffer *buffer, const struct ask_case_outcome *outcome) {
  const struct ask_determination *d = outcome->determination;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "case", outcome->spec->name);
  ask_put_key_text(buffer, "program", outcome->program ? outcome->program->spec->id : outcome->spec->program);
  ask_put_key_text(buffer, "file", outcome->spec->at.file);
  ask_put_key_int(buffer, "line", outcome->spec->at.line);
  ask_put_key_text(buffer, "status", d ? ask_status_text(d->status) : NULL);
  ask_put_key(buffer, "differences");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < outcome->difference_count; i++) put_difference(buffer, &outcome->differences[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
