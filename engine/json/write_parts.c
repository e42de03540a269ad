/* Pieces that several writers share: values, reads, parameters, problems. */
#include "json/write_parts.h"

#include "model/lookup.h"

static void put_absent(struct ask_buffer *buffer, const struct ask_value *value) {
  ask_put_comma(buffer);
  if (value->state == ASK_WITHHELD) ask_buffer_puts(buffer, "{\"withheld\":true}");
  else if (value->state == ASK_FAULT) ask_buffer_puts(buffer, "{\"fault\":true}");
  else if (value->absence == ASK_DECLINED) ask_buffer_puts(buffer, "{\"absent\":\"declined\"}");
  else if (value->absence == ASK_NOT_KNOWN) ask_buffer_puts(buffer, "{\"absent\":\"unknown\"}");
  else ask_buffer_puts(buffer, "null");
}

void ask_put_item_value(struct ask_buffer *buffer, const struct ask_item *item, const struct ask_value *value) {
  if (value->state != ASK_KNOWN) {
    put_absent(buffer, value);
    return;
  }
  ask_put_comma(buffer);
  ask_value_json(item, value, buffer);
}

void ask_put_kind_value(struct ask_buffer *buffer, const struct ask_kind *kind, const struct ask_value *value) {
  if (value->state != ASK_KNOWN) {
    put_absent(buffer, value);
    return;
  }
  ask_put_comma(buffer);
  ask_kind_json(kind, value, buffer);
}

void ask_put_reads(struct ask_buffer *buffer, const struct ask_json_view *view, const int32_t *items, size_t count) {
  ask_put_key(buffer, "reads");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < count; i++) {
    const struct ask_item *item = &view->catalogue->items[items[i]];
    ask_put_key(buffer, item->spec->id);
    ask_put_item_value(buffer, item, &view->result->items[items[i]]);
  }
  ask_put_close(buffer, '}');
}

void ask_put_lookups(struct ask_buffer *buffer, const struct ask_json_view *view,
                     const struct ask_determination *determination, const int32_t *uses, size_t count) {
  ask_put_key(buffer, "parameters");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < count; i++) {
    struct ask_lookup lookup = ask_lookup(view->catalogue, determination, view->dated, uses[i]);
    ask_put_comma(buffer);
    ask_buffer_putc(buffer, '"');
    ask_buffer_puts(buffer, lookup.parameter->spec->id);
    if (lookup.key[0]) ask_buffer_printf(buffer, "[%s]", lookup.key);
    ask_buffer_add(buffer, "\":", 2);
    ask_put_kind_value(buffer, &lookup.kind, &lookup.value);
  }
  ask_put_close(buffer, '}');
}

void ask_put_missing(struct ask_buffer *buffer, const char *key, const struct ask_missing *missing, size_t count) {
  ask_put_key(buffer, key);
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) ask_put_text(buffer, missing[i].path);
  ask_put_close(buffer, ']');
}

void ask_put_duration(struct ask_buffer *buffer, const struct ask_duration_spec *duration) {
  static const char *const units[] = {[ASK_HOURS] = "hour", [ASK_DAYS] = "day", [ASK_BUSINESS_DAYS] = "business day"};
  if (duration->unit == ASK_NO_LIMIT) {
    ask_put_null(buffer);
    return;
  }
  ask_put_comma(buffer);
  ask_buffer_printf(buffer, "\"%d %s%s\"", (int)duration->count, units[duration->unit], duration->count == 1 ? "" : "s");
}

void ask_put_provenance(struct ask_buffer *buffer, const struct ask_result *result) {
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  ask_put_key(buffer, "engine");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "name", "askonce");
  ask_put_key_text(buffer, "version", ASK_VERSION);
  ask_put_close(buffer, '}');
  ask_put_key(buffer, "form");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "id", catalogue->form->id);
  ask_put_key_text(buffer, "version", catalogue->form->version);
  ask_put_key_text(buffer, "hash", catalogue->form->hash);
  ask_put_close(buffer, '}');
  ask_put_key_text(buffer, "pack", catalogue->pack->id);
  ask_put_key(buffer, "as_of");
  ask_put_date(buffer, result->answers->as_of);
}

void ask_put_problem(struct ask_buffer *buffer, const struct ask_problem *problem) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "severity", problem->severity == ASK_ERROR ? "error" : "warning");
  ask_put_key_text(buffer, "code", problem->code);
  ask_put_key_text(buffer, "path", problem->path);
  if (problem->at.file) ask_put_key_text(buffer, "file", problem->at.file);
  if (problem->at.line) ask_put_key_int(buffer, "line", problem->at.line);
  if (problem->at.column) ask_put_key_int(buffer, "column", problem->at.column);
  ask_put_key_text(buffer, "message", problem->message);
  ask_put_key_text(buffer, "hint", problem->hint);
  ask_put_close(buffer, '}');
}

void ask_json_problems(struct ask_buffer *buffer, int64_t line_number, const struct ask_problem *problems, size_t count) {
  ask_put_open(buffer, '{');
  if (line_number) ask_put_key_int(buffer, "line", line_number);
  ask_put_key(buffer, "problems");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) ask_put_problem(buffer, &problems[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
