/* Puts the reference together. What the keys are comes from the readers; what they mean from reference_meanings.c. */
#include "service/reference.h"

#include <string.h>

#include "expr/compile.h"
#include "lua/words.h"
#include "service/catalogue.h"
#include "yaml/words.h"

enum { MOST_MEANINGS = 256 };

struct writer {
  struct ask_buffer *buffer;
  struct ask_problems *problems;
  bool used[MOST_MEANINGS];
};

static const char *meaning_of(struct writer *w, const char *of, const char *key) {
  size_t any = MOST_MEANINGS;
  for (size_t i = 0; ask_meanings[i].key; i++) {
    if (strcmp(ask_meanings[i].key, key) != 0) continue;
    if (!*ask_meanings[i].of) any = i;
    if (strcmp(ask_meanings[i].of, of) != 0) continue;
    w->used[i] = true;
    return ask_meanings[i].meaning;
  }
  if (any < MOST_MEANINGS) {
    w->used[any] = true;
    return ask_meanings[any].meaning;
  }
  ask_problem_add(w->problems, ASK_ERROR, "no-meaning", ASK_NOWHERE, NULL,
                  "say it in engine/service/reference_meanings.c",
                  "the reference does not say what the key %s of %s means", key, of);
  return "";
}

/* In a cell of a table | ends the cell. */
static void cell(struct writer *w, const char *text) {
  for (; *text; text++) {
    if (*text == '|') ask_buffer_putc(w->buffer, '\\');
    ask_buffer_putc(w->buffer, *text);
  }
}

static void functions(struct writer *w) {
  const char *usage, *meaning;
  ask_buffer_puts(w->buffer, "### Functions of expressions\n| function | meaning |\n|---|---|\n");
  for (size_t i = 0; ask_function_about(i, &usage, &meaning); i++) {
    ask_buffer_puts(w->buffer, "| `");
    cell(w, usage);
    ask_buffer_puts(w->buffer, "` | ");
    cell(w, meaning);
    ask_buffer_puts(w->buffer, " |\n");
  }
}

static void types(struct writer *w) {
  const char *unit;
  enum ask_type type;
  ask_buffer_puts(w->buffer, "\n### Types\n| type | units of parameters that give it | meaning |\n|---|---|---|\n");
  for (int t = ASK_BOOL; t <= ASK_LIST; t++) {
    const char *name = ask_type_name((enum ask_type)t), *before = "";
    ask_buffer_printf(w->buffer, "| `%s` | ", name);
    for (size_t i = 0; ask_yaml_unit(i, &unit, &type); i++) {
      if ((int)type != t) continue;
      ask_buffer_printf(w->buffer, "%s`%s`", before, unit);
      before = " ";
    }
    ask_buffer_printf(w->buffer, " | %s |\n", meaning_of(w, "type", name));
  }
}

static void statuses(struct writer *w) {
  ask_buffer_puts(w->buffer, "\n### Statuses\n| status | when |\n|---|---|\n");
  for (int i = 0; i < ASK_STATUS_COUNT; i++) {
    const char *name = ask_status_text((enum ask_status)i);
    ask_buffer_printf(w->buffer, "| `%s` | %s |\n", name, meaning_of(w, "status", name));
  }
}

static void lua_words(struct writer *w) {
  struct ask_lua_words words;
  ask_buffer_puts(w->buffer, "\n### plugin.lua and shared/overview.lua\n");
  for (size_t i = 0; ask_lua_words(i, &words); i++) {
    ask_buffer_printf(w->buffer, "**%s**: `%s`\n\n| key | meaning |\n|---|---|\n", words.name, words.example);
    for (size_t k = 0; k < words.key_count; k++)
      ask_buffer_printf(w->buffer, "| `%s` | %s |\n", words.keys[k], meaning_of(w, words.name, words.keys[k]));
    ask_buffer_putc(w->buffer, '\n');
  }
}

static void yaml_file(struct writer *w, enum ask_yaml_file file, const char *title) {
  const char *record, *key, *kind;
  bool required, more = true;
  ask_buffer_printf(w->buffer, "### %s\n", title);
  for (size_t i = 0; more; i++) {
    for (size_t k = 0; ask_yaml_word(file, i, k, &record, &key, &kind, &required, &more); k++) {
      if (k == 0) ask_buffer_printf(w->buffer, "**%s**\n\n| key | value | meaning |\n|---|---|---|\n", record);
      ask_buffer_printf(w->buffer, "| `%s`%s | %s | %s |\n", key, required ? " (required)" : "", kind ? kind : "",
                        meaning_of(w, record, key));
    }
    if (more) ask_buffer_putc(w->buffer, '\n');
  }
}

static void expectations(struct writer *w) {
  const char *word;
  ask_buffer_puts(w->buffer, "**expect**\n\n| key | meaning |\n|---|---|\n");
  for (size_t i = 0; ask_yaml_expectation(i, &word); i++)
    ask_buffer_printf(w->buffer, "| `%s` | %s |\n", word, meaning_of(w, "expect", word));
  ask_buffer_putc(w->buffer, '\n');
}

bool ask_reference(struct ask_buffer *buffer, struct ask_problems *problems) {
  struct writer w = {.buffer = buffer, .problems = problems};
  size_t errors = problems->errors;
  functions(&w);
  types(&w);
  statuses(&w);
  lua_words(&w);
  yaml_file(&w, ASK_YAML_PARAMETERS_FILE, "parameters.yaml");
  yaml_file(&w, ASK_YAML_CASES_FILE, "cases.yaml");
  expectations(&w);
  yaml_file(&w, ASK_YAML_FORM_FILE, "forms/intake.yaml and a pack's shared/items.yaml");
  yaml_file(&w, ASK_YAML_INSTRUMENT_FILE, "forms/instruments");
  yaml_file(&w, ASK_YAML_CALENDAR_FILE, "shared/holidays.yaml");
  for (size_t i = 0; ask_meanings[i].key; i++)
    if (!w.used[i])
      ask_problem_add(problems, ASK_ERROR, "no-key", ASK_NOWHERE, NULL,
                      "take it out of engine/service/reference_meanings.c",
                      "the reference has a meaning for %s of %s, which there is not", ask_meanings[i].key,
                      *ask_meanings[i].of ? ask_meanings[i].of : "anything");
  return problems->errors == errors;
}
