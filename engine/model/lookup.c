/* Which value of a parameter was seen: read back from the instructions that looked it up and the registers they
 * wrote. */
#include "model/lookup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool ask_has_values(const struct ask_determination *determination) {
  return determination->words && determination->states && !determination->program->broken;
}

static void name_key(const struct ask_parameter_use *use, int64_t word, struct ask_lookup *lookup) {
  if (use->kind == ASK_USE_OPTIONS) {
    if (use->options && word >= 0 && word < (int64_t)use->options->count)
      snprintf(lookup->key, sizeof lookup->key, "%s", use->options->list[word].id);
  } else {
    snprintf(lookup->key, sizeof lookup->key, "%" PRId64, word);
  }
}

struct ask_lookup ask_lookup(const struct ask_catalogue *catalogue, const struct ask_determination *determination,
                             const struct ask_dated *dated, int32_t number) {
  const struct ask_parameter_use *use = &catalogue->uses[number];
  struct ask_lookup lookup = {.parameter = &catalogue->parameters[use->parameter], .value = {.state = ASK_UNKNOWN}};
  lookup.kind.type = lookup.parameter->spec->type;
  if (use->kind == ASK_USE_SCALAR || use->kind == ASK_USE_KEY) {
    lookup.value = dated->parameters[number];
    if (use->key) snprintf(lookup.key, sizeof lookup.key, "%s", use->key);
    return lookup;
  }
  if (!ask_has_values(determination)) return lookup;
  /* A table may be looked up in several places; only one key can be shown. */
  const struct ask_code *code = &determination->program->code;
  bool found = false;
  int64_t key = 0;
  for (size_t i = 0; i < code->count; i++) {
    const struct ask_instruction *in = &code->list[i];
    if ((in->operation != ASK_I_TABLE_NUMBER && in->operation != ASK_I_TABLE_OPTION) || in->a != number) continue;
    if (determination->states[i] != ASK_KNOWN || determination->states[in->b] != ASK_KNOWN) continue;
    if (found && key != determination->words[in->b]) {
      lookup.value = (struct ask_value){.state = ASK_UNKNOWN};
      lookup.key[0] = 0;
      return lookup;
    }
    found = true;
    key = determination->words[in->b];
    lookup.value = (struct ask_value){.word = determination->words[i], .state = ASK_KNOWN};
    name_key(use, key, &lookup);
  }
  return lookup;
}

static bool is_name_letter(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ask_expr_names(const char *text, const char *name) {
  size_t length = strlen(name);
  char quote = 0, before = ' ';
  for (const char *at = text; *at; before = *at++) {
    if (quote) {
      if (*at == quote) quote = 0;
    } else if (*at == '\'' || *at == '"') {
      quote = *at;
    } else if (!is_name_letter(before) && before != '.' && strncmp(at, name, length) == 0 &&
               !is_name_letter(at[length])) {
      return true;
    }
  }
  return false;
}

bool ask_expr_names_item(const struct ask_catalogue *catalogue, const char *text, int32_t item) {
  if (ask_expr_names(text, catalogue->items[item].spec->id)) return true;
  for (size_t g = 0; g < catalogue->group_count; g++) {
    const struct ask_group *group = &catalogue->groups[g];
    if (!ask_expr_names(text, group->spec->id)) continue;
    for (size_t i = 0; i < group->item_count; i++)
      if (group->items[i] == item) return true;
  }
  return false;
}
