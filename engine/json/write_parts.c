/* Pieces that several writers share: values, reads, parameters, problems. */
#include "json/write_parts.h"

#include "model/lookup.h"

struct ask_json_view ask_json_view(const struct ask_result *result, const struct ask_dated *dated,
                                   struct ask_fragments *fragments) {
  return (struct ask_json_view){result->answers->catalogue, result, dated, ask_fragments_keys(fragments),
                                ask_fragments_of_day(fragments, dated), (result->packs & (result->packs - 1)) != 0};
}

void ask_put_source(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                    struct ask_fragments *fragments) {
  struct ask_text source = ask_fragments_of_packs(fragments, result->packs);
  const struct ask_day_fragments *day = ask_fragments_of_day(fragments, dated);
  ask_put_piece(buffer, source.bytes, source.length);
  ask_put_piece(buffer, day->as_of_member.bytes, day->as_of_member.length);
}

static void put_absent(struct ask_buffer *buffer, const struct ask_value *value) {
  ask_put_comma(buffer);
  if (value->state == ASK_WITHHELD)
    ask_buffer_puts(buffer, "{\"withheld\":true}");
  else if (value->state == ASK_FAULT)
    ask_buffer_puts(buffer, "{\"fault\":true}");
  else if (value->absence == ASK_DECLINED)
    ask_buffer_puts(buffer, "{\"absent\":\"declined\"}");
  else if (value->absence == ASK_NOT_KNOWN)
    ask_buffer_puts(buffer, "{\"absent\":\"unknown\"}");
  else
    ask_buffer_puts(buffer, "null");
}

/* The kinds that most answers have are written here, without a detour. */
static void put_known(struct ask_buffer *buffer, const struct ask_kind *kind, const struct ask_value *value) {
  switch (kind->type) {
  case ASK_BOOL: ask_put_bool(buffer, value->word != 0); return;
  case ASK_INTEGER: ask_put_int(buffer, value->word); return;
  case ASK_CHOICE: ask_put_text(buffer, kind->options->list[value->word].id); return;
  case ASK_TEXT: {
    const struct ask_text *text = (const struct ask_text *)(intptr_t)value->word;
    ask_put_string(buffer, text->bytes, text->length);
    return;
  }
  default: ask_put_comma(buffer); ask_kind_json(kind, value, buffer);
  }
}

void ask_put_item_value(struct ask_buffer *buffer, const struct ask_item *item, const struct ask_value *value) {
  if (value->state != ASK_KNOWN) {
    put_absent(buffer, value);
    return;
  }
  put_known(buffer, &item->kind, value);
}

void ask_put_kind_value(struct ask_buffer *buffer, const struct ask_kind *kind, const struct ask_value *value) {
  if (value->state != ASK_KNOWN) {
    put_absent(buffer, value);
    return;
  }
  put_known(buffer, kind, value);
}

void ask_put_reads(struct ask_buffer *buffer, const struct ask_json_view *view, const int32_t *items, size_t count) {
  ask_put_key(buffer, "reads");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < count; i++) {
    const struct ask_item *item = &view->catalogue->items[items[i]];
    ask_put_piece(buffer, view->keys[items[i]].bytes, view->keys[items[i]].length);
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
    ask_put_bytes(buffer, "\"", 1);
    ask_put_bytes(buffer, lookup.parameter->spec->id, strlen(lookup.parameter->spec->id));
    if (lookup.key[0]) ask_buffer_printf(buffer, "[%s]", lookup.key);
    ask_put_bytes(buffer, "\":", 2);
    ask_put_kind_value(buffer, &lookup.kind, &lookup.value);
  }
  ask_put_close(buffer, '}');
}

void ask_put_missing(struct ask_buffer *buffer, const struct ask_missing *missing, size_t count) {
  ask_put_key(buffer, "missing");
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
  ask_buffer_printf(buffer, "\"%d %s%s\"", (int)duration->count, units[duration->unit],
                    duration->count == 1 ? "" : "s");
}

void ask_put_problem(struct ask_buffer *buffer, const struct ask_problem *problem) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "severity", ask_severity_name(problem->severity));
  ask_put_key_text(buffer, "code", problem->code);
  ask_put_key_text(buffer, "path", problem->path);
  if (problem->at.file) ask_put_key_text(buffer, "file", problem->at.file);
  if (problem->at.line) ask_put_key_int(buffer, "line", problem->at.line);
  if (problem->at.column) ask_put_key_int(buffer, "column", problem->at.column);
  ask_put_key_text(buffer, "message", problem->message);
  ask_put_key_text(buffer, "hint", problem->hint);
  ask_put_close(buffer, '}');
}

void ask_json_problems(struct ask_buffer *buffer, int64_t line_number, const struct ask_problem *problems,
                       size_t count) {
  ask_put_open(buffer, '{');
  if (line_number) ask_put_key_int(buffer, "line", line_number);
  ask_put_key(buffer, "problems");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) ask_put_problem(buffer, &problems[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
