/* Parameters, dates and deadlines in plain words. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "model/dated.h"
#include "model/formulas.h"
#include "service/sheet_parts.h"

enum { FIRST_CELLS = 4 };

const char *ask_date_words(struct ask_arena *arena, int64_t day) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  int y, m, d;
  ask_date_to_civil(day, &y, &m, &d);
  return ask_printf(arena, "%s %d, %d", months[m - 1], d, y);
}

const char *ask_duration_words(struct ask_arena *arena, const struct ask_duration_spec *duration) {
  static const char *const units[] = {[ASK_HOURS] = "hour", [ASK_DAYS] = "day", [ASK_BUSINESS_DAYS] = "business day"};
  if (duration->unit == ASK_NO_LIMIT) return NULL;
  if (duration->count == 0) return "the same day";
  return ask_printf(arena, "within %d %s%s", (int)duration->count, units[duration->unit],
                    duration->count == 1 ? "" : "s");
}

static const char *bare(struct ask_arena *arena, const struct ask_parameter_spec *spec, int64_t word) {
  char text[ASK_NUMBER_TEXT];
  switch (spec->type) {
  case ASK_MONEY: ask_money_dollars_text(word, text); break;
  case ASK_DECIMAL: ask_decimal_text(word, text); break;
  case ASK_DATE: return ask_date_words(arena, word);
  default: return ask_printf(arena, "%lld", (long long)word);
  }
  return ask_strdup(arena, text);
}

/* What stands behind the number: a month, years, %. */
static const char *behind(struct ask_arena *arena, const struct ask_parameter_spec *spec, int64_t word) {
  const char *rest = strchr(spec->unit, ' ');
  size_t length = rest ? (size_t)(rest - spec->unit) : strlen(spec->unit);
  if (rest && strncmp(rest, " per ", 5) == 0) rest = ask_printf(arena, " a %s", rest + 5);
  if (!rest) rest = "";
  const char *first = ask_strndup(arena, spec->unit, length);
  if (strcmp(first, "percent") == 0) return ask_printf(arena, " %%%s", rest);
  if (strcmp(first, "people") == 0 && word == 1) return " person";
  bool plain = spec->type == ASK_MONEY || spec->type == ASK_DATE || strcmp(first, "count") == 0 ||
               strcmp(first, "factor") == 0 || strcmp(first, "ratio") == 0;
  if (plain) return rest;
  if (word == 1 && first[length - 1] == 's') first = ask_strndup(arena, first, length - 1); /* 1 year */
  return ask_printf(arena, " %s%s", first, rest);
}

const char *ask_amount_words(struct ask_arena *arena, const struct ask_parameter_spec *spec, int64_t word) {
  return ask_printf(arena, "%s%s", bare(arena, spec, word), behind(arena, spec, word));
}

struct by {
  const char *id;
  bool people;
};

/* limit[household_size] */
static void find_index(void *context, const struct ask_formula_spec *formula, struct ask_place at) {
  struct by *by = context;
  size_t length = strlen(by->id);
  (void)at;
  for (const char *text = formula->expr.text; text && (text = strstr(text, by->id)); text += length) {
    if (text[length] != '[') continue;
    size_t inside = strcspn(text + length, "]");
    const char *size = strstr(text + length, "size"), *people = strstr(text + length, "people");
    if ((size && size < text + length + inside) || (people && people < text + length + inside)) by->people = true;
  }
}

const char *ask_version_words(struct ask_wording *w, const struct ask_parameter_spec *spec,
                              const struct ask_parameter_version *version, size_t most) {
  struct ask_arena *arena = w->arena;
  if (!version->is_table) return ask_amount_words(arena, spec, version->word);
  struct by by = {spec->id, false};
  ask_each_formula(w->program->spec, find_index, &by);
  struct ask_buffer text = {0};
  for (size_t i = 0; i < version->cell_count && i < most; i++) {
    const struct ask_parameter_cell *cell = &version->cells[i];
    const char *amount = i ? bare(arena, spec, cell->word) : ask_amount_words(arena, spec, cell->word);
    const char *key = ask_name_words(arena, cell->key);
    if (strspn(cell->key, "-0123456789") == strlen(cell->key))
      ask_buffer_printf(&text, "%s%s for %s%s", i ? ", " : "", amount, key,
                        !by.people || i               ? ""
                        : strcmp(cell->key, "1") == 0 ? " person"
                                                      : " people");
    else
      ask_buffer_printf(&text, "%s%s: %s", i ? ", " : "", key, amount);
  }
  if (version->cell_count > most) ask_buffer_puts(&text, ", and so on");
  if (version->has_each_more && version->each_more)
    ask_buffer_printf(&text, ", %s for each more%s", bare(arena, spec, version->each_more), by.people ? " person" : "");
  const char *copy = ask_strdup(arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

const char *ask_use_words(struct ask_wording *w, int32_t number) {
  const struct ask_parameter_use *use = &w->catalogue->uses[number];
  const struct ask_parameter_spec *spec = w->catalogue->parameters[use->parameter].spec;
  const struct ask_parameter_version *version = ask_parameter_on(spec, w->as_of);
  if (!version) return NULL;
  if (use->kind != ASK_USE_KEY) return ask_version_words(w, spec, version, FIRST_CELLS);
  for (size_t i = 0; i < version->cell_count; i++)
    if (strcmp(version->cells[i].key, use->key) == 0) return ask_amount_words(w->arena, spec, version->cells[i].word);
  return NULL;
}
