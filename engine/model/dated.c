/* Works out the value of every parameter use on one day. */
#include "model/dated.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static const struct ask_value fault = {.state = ASK_FAULT};

const struct ask_parameter_version *ask_parameter_on(const struct ask_parameter_spec *spec, int64_t day) {
  const struct ask_parameter_version *best = NULL;
  for (size_t i = 0; i < spec->version_count && spec->versions[i].from <= day; i++) best = &spec->versions[i];
  return best && day <= best->until ? best : NULL;
}

static const struct ask_parameter_cell *cell(const struct ask_parameter_version *version, const char *key) {
  for (size_t i = 0; i < version->cell_count; i++)
    if (strcmp(version->cells[i].key, key) == 0) return &version->cells[i];
  return NULL;
}

static struct ask_value value_of(const struct ask_parameter_version *version, const char *key) {
  const struct ask_parameter_cell *found = cell(version, key);
  return found ? (struct ask_value){.word = found->word} : fault;
}

static struct ask_table by_options(struct ask_arena *arena, const struct ask_parameter_version *version,
                                   const struct ask_options *options) {
  struct ask_value *values = ask_alloc_array(arena, options->count, sizeof *values);
  for (uint32_t i = 0; i < options->count; i++) {
    values[i] = value_of(version, options->list[i].id);
    if (values[i].state == ASK_FAULT) values[i] = value_of(version, "other");
  }
  return (struct ask_table){.values = values, .count = options->count};
}

static struct ask_table by_numbers(struct ask_arena *arena, const struct ask_parameter_version *version) {
  int64_t first = INT64_MAX, last = INT64_MIN;
  for (size_t i = 0; i < version->cell_count; i++) {
    int64_t key = strtoll(version->cells[i].key, NULL, 10);
    if (key < first) first = key;
    if (key > last) last = key;
  }
  if (version->cell_count == 0) return (struct ask_table){0};
  size_t count = (size_t)(last - first + 1);
  struct ask_value *values = ask_alloc_array(arena, count, sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = fault;
  for (size_t i = 0; i < version->cell_count; i++)
    values[strtoll(version->cells[i].key, NULL, 10) - first] = (struct ask_value){.word = version->cells[i].word};
  return (struct ask_table){.first = first,
                            .values = values,
                            .count = count,
                            .has_each_more = version->has_each_more,
                            .each_more = version->each_more};
}

struct ask_dated *ask_dated_new(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of) {
  struct ask_dated *dated = ask_alloc(arena, sizeof *dated);
  dated->as_of = as_of;
  dated->parameters = ask_alloc_array(arena, catalogue->use_count, sizeof *dated->parameters);
  dated->tables = ask_alloc_array(arena, catalogue->use_count, sizeof *dated->tables);
  dated->versions = ask_alloc_array(arena, catalogue->parameter_count, sizeof *dated->versions);
  for (size_t i = 0; i < catalogue->parameter_count; i++)
    dated->versions[i] = ask_parameter_on(catalogue->parameters[i].spec, as_of);
  for (size_t i = 0; i < catalogue->use_count; i++) {
    const struct ask_parameter_use *use = &catalogue->uses[i];
    const struct ask_parameter_version *version = dated->versions[use->parameter];
    dated->parameters[i] = fault;
    if (!version) continue;
    switch (use->kind) {
    case ASK_USE_SCALAR: dated->parameters[i] = (struct ask_value){.word = version->word}; break;
    case ASK_USE_KEY: dated->parameters[i] = value_of(version, use->key); break;
    case ASK_USE_OPTIONS: dated->tables[i] = by_options(arena, version, use->options); break;
    default: dated->tables[i] = by_numbers(arena, version); break;
    }
  }
  return dated;
}

void ask_parameter_gap_text(const struct ask_parameter_spec *spec, int64_t day, struct ask_buffer *buffer) {
  char text[16];
  ask_date_text(day, text);
  ask_buffer_printf(buffer, "%s has no value on %s; it has values ", spec->id, text);
  for (size_t i = 0; i < spec->version_count; i++) {
    const struct ask_parameter_version *v = &spec->versions[i];
    ask_date_text(v->from, text);
    ask_buffer_printf(buffer, "%sfrom %s", i ? ", " : "", text);
    int64_t until = i + 1 < spec->version_count && spec->versions[i + 1].from <= v->until
                        ? spec->versions[i + 1].from - 1
                        : v->until;
    if (until == INT64_MAX) {
      ask_buffer_puts(buffer, " on");
    } else {
      ask_date_text(until, text);
      ask_buffer_printf(buffer, " to %s", text);
    }
  }
}
