/* Whether a language is complete: what is missing, what is empty, what would lose a value, what nobody says any more. */
#include <string.h>

#include "service/locale_parts.h"
#include "json/put.h"

const char *ask_locale_fault_text(enum ask_locale_fault fault) {
  static const char *const texts[] = {[ASK_LOCALE_MISSING] = "missing",
                                      [ASK_LOCALE_EMPTY] = "empty",
                                      [ASK_LOCALE_PLACEHOLDERS] = "placeholders",
                                      [ASK_LOCALE_UNUSED] = "unused"};
  return texts[fault];
}

struct checker {
  struct ask_arena *arena;
  struct ask_language language;
  struct ask_locale_finding *findings;
  size_t count, capacity;
  struct ask_locale_report report;
};

static bool is_interface(const struct ask_locale_place *place) { return strcmp(place->name, "web") == 0; }

static void find(struct checker *c, enum ask_locale_fault fault, struct ask_place at, const char *english,
                 const char *where) {
  struct ask_locale_finding *room = ask_push(c->arena, &c->findings, &c->count, &c->capacity, sizeof *room);
  *room = (struct ask_locale_finding){fault, at, english, where};
  c->report.faults[fault]++;
}

static void check_text(struct checker *c, size_t place, const struct ask_seen_text *text) {
  const struct ask_locale_file *file = &c->language.files[place];
  const struct ask_translation_spec *entry = ask_locale_entry(&file->spec, text->english);
  c->report.texts++;
  if (entry && *entry->text && !ask_locale_is_good(entry))
    find(c, ASK_LOCALE_PLACEHOLDERS, entry->at, text->english, text->where);
  else if (ask_language_has(&c->language, place, text->english))
    c->report.translated++;
  else if (entry)
    find(c, ASK_LOCALE_EMPTY, entry->at, text->english, text->where);
  else
    find(c, ASK_LOCALE_MISSING, (struct ask_place){.file = file->path}, text->english, text->where);
}

/* What stands in a file that is not its own to translate: nobody says it, or it is said there in other words. */
static void check_others(struct checker *c, size_t place) {
  const struct ask_locale_spec *spec = &c->language.files[place].spec;
  for (size_t i = 0; i < spec->count; i++) {
    const struct ask_translation_spec *entry = &spec->texts[i];
    if (!ask_seen_has(&c->language.all[place], entry->english))
      find(c, ASK_LOCALE_UNUSED, entry->at, entry->english, "");
    else if (!ask_seen_has(&c->language.own[place], entry->english) && *entry->text && !ask_locale_is_good(entry))
      find(c, ASK_LOCALE_PLACEHOLDERS, entry->at, entry->english, "");
  }
}

/* By what the interface's file says. */
static bool is_test(const struct ask_language *language) {
  for (size_t p = 0; p < language->count; p++)
    if (is_interface(&language->places[p])) return language->files[p].spec.test;
  return false;
}

bool ask_locale_check(struct ask_arena *arena, const struct ask_locale_wanted *wanted, struct ask_locale_report *ret,
                      struct ask_problems *problems) {
  struct checker checker = {.arena = arena, .report = {.tag = wanted->tag}}, *c = &checker;
  if (!ask_language_read(arena, wanted, &c->language, problems)) return false;
  c->report.test = is_test(&c->language);
  for (size_t p = 0; p < c->language.count; p++) {
    if (c->report.test && !is_interface(&c->language.places[p])) continue;
    for (size_t i = 0; i < c->language.own[p].count; i++) check_text(c, p, &c->language.own[p].texts[i]);
    check_others(c, p);
  }
  c->report.findings = c->findings;
  c->report.count = c->count;
  *ret = c->report;
  return true;
}

void ask_locale_report_json(struct ask_buffer *b, const struct ask_locale_report *report) {
  ask_put_open(b, '{');
  ask_put_key_text(b, "language", report->tag);
  if (report->test) ask_put_key_bool(b, "test", true);
  ask_put_key_int(b, "texts", (int64_t)report->texts);
  ask_put_key_int(b, "translated", (int64_t)report->translated);
  ask_put_key(b, "findings");
  ask_put_open(b, '[');
  for (size_t i = 0; i < report->count; i++) {
    const struct ask_locale_finding *finding = &report->findings[i];
    ask_put_open(b, '{');
    ask_put_key_text(b, "fault", ask_locale_fault_text(finding->fault));
    ask_put_key_text(b, "file", finding->at.file);
    if (finding->at.line) ask_put_key_int(b, "line", finding->at.line);
    if (finding->at.column) ask_put_key_int(b, "column", finding->at.column);
    ask_put_key_text(b, "text", finding->english);
    ask_put_key_text(b, "where", finding->where);
    ask_put_close(b, '}');
  }
  ask_put_close(b, ']');
  ask_put_close(b, '}');
}
