/* Which values of parameters the golden cases read: the only ones that they could notice a change of. */
#include <stdlib.h>
#include <string.h>

#include "model/dated.h"
#include "service/mutate_parts.h"

size_t ask_mutate_read_by(const struct read_values *read, const int64_t *word) {
  for (size_t i = 0; i < read->count; i++)
    if (read->list[i].word == word) return read->list[i].cases;
  return 0;
}

static void note(struct read_values *read, const int64_t *word) {
  if (!word) return;
  size_t i = 0;
  while (i < read->count && read->list[i].word != word) i++;
  if (i == read->count)
    *(struct read_value *)ask_push(read->arena, &read->list, &read->count, &read->capacity, sizeof *read->list) =
        (struct read_value){.word = word};
  if (read->list[i].last == read->running) return;
  read->list[i].last = read->running;
  read->list[i].cases++;
}

static const int64_t *cell(const struct ask_parameter_version *version, const char *key) {
  for (size_t i = 0; i < version->cell_count; i++)
    if (strcmp(version->cells[i].key, key) == 0) return &version->cells[i].word;
  return NULL;
}

/* Beyond the last key it is the last value, with each_more for every step. */
static void note_number(struct read_values *read, const struct ask_parameter_version *version, int64_t number) {
  const struct ask_parameter_cell *last = NULL;
  for (size_t i = 0; i < version->cell_count; i++) {
    int64_t key = strtoll(version->cells[i].key, NULL, 10);
    if (key == number) {
      note(read, &version->cells[i].word);
      return;
    }
    if (!last || key > strtoll(last->key, NULL, 10)) last = &version->cells[i];
  }
  if (!last || !version->has_each_more || number < strtoll(last->key, NULL, 10)) return;
  note(read, &last->word);
  note(read, &version->each_more);
}

static void note_option(struct read_values *read, const struct ask_parameter_version *version,
                        const struct ask_options *options, int64_t number) {
  if (number < 0 || number >= (int64_t)options->count) return;
  const int64_t *found = cell(version, options->list[number].id);
  note(read, found ? found : cell(version, "other"));
}

void ask_mutate_note_read(void *context, const struct ask_code *code, const int64_t *words, const uint8_t *states) {
  struct read_values *read = context;
  for (size_t i = 0; i < code->count; i++) {
    const struct ask_instruction *in = &code->list[i];
    bool table = in->operation == ASK_I_TABLE_NUMBER || in->operation == ASK_I_TABLE_OPTION;
    if ((!table && in->operation != ASK_I_PARAMETER) || (table && states[in->b] != ASK_KNOWN)) continue;
    const struct ask_parameter_use *use = &read->catalogue->uses[in->a];
    const struct ask_parameter_version *version =
        ask_parameter_on(read->catalogue->parameters[use->parameter].spec, read->as_of);
    if (!version) continue;
    switch (use->kind) {
    case ASK_USE_SCALAR: note(read, &version->word); break;
    case ASK_USE_KEY: note(read, cell(version, use->key)); break;
    case ASK_USE_NUMBERS: note_number(read, version, words[in->b]); break;
    case ASK_USE_OPTIONS: note_option(read, version, use->options, words[in->b]); break;
    }
  }
}
