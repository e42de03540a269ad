/* Coverage for machines. */
#include "service/coverage.h"
#include "json/put.h"

static const char *const values[] = {"true", "false", "unknown"}, *const sides[] = {"at", "below", "above"};

static void put_bits(struct ask_buffer *buffer, uint8_t bits, const char *const words[3]) {
  ask_put_open(buffer, '[');
  for (int i = 0; i < 3; i++)
    if (bits & (1 << i)) ask_put_text(buffer, words[i]);
  ask_put_close(buffer, ']');
}

static void put_place(struct ask_buffer *buffer, const struct ask_place *at) {
  ask_put_key_text(buffer, "file", at->file);
  ask_put_key_int(buffer, "line", at->line);
  ask_put_key_int(buffer, "column", at->column);
}

static void put_criterion(struct ask_buffer *buffer, const struct ask_covered_criterion *one) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "part", ask_covered_part_text(one->part));
  ask_put_key_text(buffer, "text", one->text);
  ask_put_key_text(buffer, "code", one->code);
  put_place(buffer, &one->at);
  ask_put_key(buffer, "can_be");
  put_bits(buffer, one->can, values);
  ask_put_key(buffer, "seen");
  put_bits(buffer, one->seen, values);
  ask_put_key(buffer, "missing");
  put_bits(buffer, ask_criterion_missing(one), values);
  ask_put_key_bool(buffer, "day_alone", one->day_alone);
  ask_put_close(buffer, '}');
}

static void put_boundary(struct ask_buffer *buffer, const struct ask_covered_boundary *one) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "part", ask_covered_part_text(one->part));
  ask_put_key_text(buffer, "text", one->text);
  ask_put_key_text(buffer, "expression", one->expression);
  ask_put_key_int(buffer, "offset", (int64_t)one->offset);
  put_place(buffer, &one->at);
  ask_put_key(buffer, "can_be");
  put_bits(buffer, one->can, sides);
  ask_put_key(buffer, "seen");
  put_bits(buffer, one->seen, sides);
  ask_put_key(buffer, "missing");
  put_bits(buffer, ask_boundary_missing(one), sides);
  ask_put_close(buffer, '}');
}

void ask_coverage_json(struct ask_buffer *buffer, const struct ask_coverage *coverage) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "program", coverage->cases->program->spec->id);
  ask_put_key_int(buffer, "cases", (int64_t)coverage->cases->count);
  ask_put_key_int(buffer, "unreadable", (int64_t)coverage->cases->unreadable);
  ask_put_key_int(buffer, "values", (int64_t)coverage->wanted);
  ask_put_key_int(buffer, "values_seen", (int64_t)coverage->covered);
  ask_put_key_int(buffer, "sides", (int64_t)coverage->sides_wanted);
  ask_put_key_int(buffer, "sides_seen", (int64_t)coverage->sides_covered);
  ask_put_key(buffer, "criteria");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < coverage->criterion_count; i++) put_criterion(buffer, &coverage->criteria[i]);
  ask_put_close(buffer, ']');
  ask_put_key(buffer, "thresholds");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < coverage->boundary_count; i++) put_boundary(buffer, &coverage->boundaries[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
