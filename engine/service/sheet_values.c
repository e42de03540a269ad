/* Parameters, dates and deadlines in plain words. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "model/dated.h"
#include "model/formulas.h"
#include "service/sheet_parts.h"

enum { FIRST_CELLS = 4 };

const char *ask_date_words(const struct ask_wording *w, int64_t day) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  int y, m, d;
  ask_date_to_civil(day, &y, &m, &d);
  return ask_phrase(w, "{month} {day}, {year}", "month", ask_phrase(w, months[m - 1], NULL), "day",
                    ask_printf(w->arena, "%d", d), "year", ask_printf(w->arena, "%d", y), NULL);
}

const char *ask_duration_words(const struct ask_wording *w, const struct ask_duration_spec *duration) {
  static const char *const one[] = {
      [ASK_HOURS] = "within 1 hour", [ASK_DAYS] = "within 1 day", [ASK_BUSINESS_DAYS] = "within 1 business day"};
  static const char *const many[] = {[ASK_HOURS] = "within {count} hours",
                                     [ASK_DAYS] = "within {count} days",
                                     [ASK_BUSINESS_DAYS] = "within {count} business days"};
  if (duration->unit == ASK_NO_LIMIT) return NULL;
  if (duration->count == 0) return ask_phrase(w, "the same day", NULL);
  return ask_phrase(w, (duration->count == 1 ? one : many)[duration->unit], "count",
                    ask_printf(w->arena, "%d", (int)duration->count), NULL);
}

static const char *bare(const struct ask_wording *w, const struct ask_parameter_spec *spec, int64_t word) {
  char text[ASK_NUMBER_TEXT];
  switch (spec->type) {
  case ASK_MONEY: ask_money_dollars_text(word, text); break;
  case ASK_DECIMAL: ask_decimal_text(word, text); break;
  case ASK_DATE: return ask_date_words(w, word);
  default: return ask_printf(w->arena, "%lld", (long long)word);
  }
  return ask_strdup(w->arena, text);
}

const char *ask_amount_words(const struct ask_wording *w, const struct ask_parameter_spec *spec, int64_t word) {
  static const char *const names[] = {"amount"};
  const char *amount = bare(w, spec, word);
  return ask_locale_fill(w->arena, ask_words(w, ask_unit_pattern(w->arena, spec, word == 1)), names, &amount, 1);
}

const char *ask_title_words(const struct ask_wording *w, const struct ask_parameter_spec *spec) {
  return ask_words(w, spec->title ? spec->title : ask_name_words(w->arena, spec->id));
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

/* $1,729 a month for 1 person; the unit and the people are said with the first one alone. */
static const char *cell_words(const struct ask_wording *w, const struct ask_parameter_spec *spec,
                              const struct ask_parameter_cell *cell, bool first, bool people) {
  const char *amount = first ? ask_amount_words(w, spec, cell->word) : bare(w, spec, cell->word);
  if (ask_key_is_name(cell->key))
    return ask_phrase(w, "{key}: {amount}", "key", ask_words(w, ask_name_words(w->arena, cell->key)), "amount", amount,
                      NULL);
  const char *pattern = !people || !first             ? "{amount} for {key}"
                        : strcmp(cell->key, "1") == 0 ? "{amount} for {key} person"
                                                      : "{amount} for {key} people";
  return ask_phrase(w, pattern, "amount", amount, "key", cell->key, NULL);
}

const char *ask_version_words(const struct ask_wording *w, const struct ask_parameter_spec *spec,
                              const struct ask_parameter_version *version, size_t most) {
  if (!version->is_table) return ask_amount_words(w, spec, version->word);
  struct by by = {spec->id, false};
  ask_each_formula(w->program->spec, find_index, &by);
  const char *list = "";
  for (size_t i = 0; i < version->cell_count && i < most; i++)
    list = ask_joined(w, list, cell_words(w, spec, &version->cells[i], i == 0, by.people));
  if (version->cell_count > most) list = ask_phrase(w, "{list}, and so on", "list", list, NULL);
  if (version->has_each_more && version->each_more)
    list = ask_joined(w, list,
                      ask_phrase(w, by.people ? "{amount} for each more person" : "{amount} for each more", "amount",
                                 bare(w, spec, version->each_more), NULL));
  return list;
}

const char *ask_use_words(const struct ask_wording *w, int32_t number) {
  const struct ask_parameter_use *use = &w->catalogue->uses[number];
  const struct ask_parameter_spec *spec = w->catalogue->parameters[use->parameter].spec;
  const struct ask_parameter_version *version = ask_parameter_on(spec, w->as_of);
  if (!version) return NULL;
  if (use->kind != ASK_USE_KEY) return ask_version_words(w, spec, version, FIRST_CELLS);
  for (size_t i = 0; i < version->cell_count; i++)
    if (strcmp(version->cells[i].key, use->key) == 0) return ask_amount_words(w, spec, version->cells[i].word);
  return NULL;
}
