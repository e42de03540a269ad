/* From a raw tree (JSON or YAML) to typed answers. Every problem is named by its path and reading goes on. */
#include "model/answers.h"

#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/pattern.h"
#include "base/pointer.h"
#include "expr/evaluate.h"

enum { DEFAULT_MAX_ENTRIES = 50, DEFAULT_MAX_LENGTH = 200 };

static const struct ask_value unanswered = {.state = ASK_UNKNOWN, .absence = ASK_UNANSWERED};

/* Where in the input we are: a chain that is written out only when there is something to say. */
struct path {
  const struct path *outer;
  const char *name; /* NULL: an index */
  size_t index;
};

struct reader {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  struct ask_problems *problems;
  struct ask_frame frame; /* for min and max: constants and as_of */
};

static void write_path(const struct path *path, struct ask_buffer *buffer) {
  if (!path) return;
  write_path(path->outer, buffer);
  if (path->name)
    ask_path_add_key(buffer, path->name);
  else
    ask_path_add_index(buffer, path->index);
}

/* One more problem would only be counted: then finding good words for it is wasted, and somebody may send 100,000. */
static bool is_full(const struct reader *r) { return r->problems->count >= ASK_PROBLEMS_KEPT; }

__attribute__((format(printf, 6, 7))) static void complain(struct reader *r, const struct path *path,
                                                           const struct ask_raw *raw, const char *code,
                                                           const char *hint, const char *format, ...) {
  if (is_full(r)) {
    ask_problem_add(r->problems, ASK_ERROR, code, raw->at, NULL, NULL, "%s", "");
    return;
  }
  struct ask_buffer text = {0};
  write_path(path, &text);
  va_list args;
  va_start(args, format);
  char *message = ask_vprintf(r->arena, format, args);
  va_end(args);
  ask_problem_add(r->problems, ASK_ERROR, code, raw->at, text.bytes, hint, "%s", message);
  ask_buffer_free(&text);
}

/* A text as messages quote it: at most its first 60 bytes, whole characters. */
static const char *shown(struct reader *r, const char *text) {
  enum { MOST = 60 };
  size_t length = strlen(text);
  if (length <= MOST) return text;
  for (length = MOST; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) length--;
  return ask_printf(r->arena, "%.*s...", (int)length, text);
}

static const char *raw_name(const struct ask_raw *raw) {
  static const char *const names[] = {"null", "true or false", "a number", "a text", "a list", "an object"};
  return names[raw->kind];
}

static bool wrong_type(struct reader *r, const struct path *path, const struct ask_raw *raw, const char *wanted,
                       const char *hint) {
  complain(r, path, raw, "wrong-type", hint, "this is %s; %s is needed", raw_name(raw), wanted);
  return false;
}

/* {"absent": "declined"} */
static bool read_absence(struct reader *r, const struct path *path, const struct ask_raw *raw, struct ask_value *ret) {
  static const struct {
    const char *word;
    enum ask_absence absence;
  } words[] = {{"unanswered", ASK_UNANSWERED}, {"declined", ASK_DECLINED}, {"unknown", ASK_NOT_KNOWN}};
  const struct ask_raw *only = raw->children;
  if (raw->child_count == 1 && strcmp(only->key, "absent") == 0 && only->kind == ASK_RAW_TEXT)
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      if (strcmp(only->text, words[i].word) == 0) {
        *ret = (struct ask_value){.state = ASK_UNKNOWN, .absence = words[i].absence};
        return true;
      }
  complain(r, path, raw, "wrong-type",
           "an absence is written {\"absent\": \"unanswered\"}, \"declined\" or \"unknown\"",
           "an object is no answer here");
  return false;
}

static const struct ask_option *option_of(const struct ask_options *options, const struct ask_raw *raw, uint32_t *ret) {
  int64_t code;
  bool number = raw->kind == ASK_RAW_NUMBER && ask_number_read(raw->text, raw->length, 0, &code);
  for (uint32_t i = 0; i < options->count; i++) {
    const struct ask_option *o = &options->list[i];
    if (number ? o->has_code && o->code == code : raw->kind == ASK_RAW_TEXT && strcmp(o->id, raw->text) == 0) {
      *ret = i;
      return o;
    }
  }
  return NULL;
}

static const char *option_hint(struct reader *r, const struct ask_options *options, const struct ask_raw *raw) {
  const char *ids[256];
  size_t count = options->count < 256 ? options->count : 256;
  struct ask_buffer all = {0};
  if (is_full(r)) return NULL;
  for (size_t i = 0; i < count; i++) {
    ids[i] = options->list[i].id;
    if (all.length < 400) ask_buffer_printf(&all, "%s%s", i ? ", " : "", ids[i]);
  }
  const char *near = raw->kind == ASK_RAW_TEXT ? ask_did_you_mean(raw->text, ids, count) : NULL;
  const char *hint = near ? ask_printf(r->arena, "did you mean %s?", near)
                          : ask_printf(r->arena, "one of: %s", all.bytes ? all.bytes : "");
  ask_buffer_free(&all);
  return hint;
}

static bool read_choice(struct reader *r, const struct path *path, const struct ask_raw *raw,
                        const struct ask_item *item, struct ask_value *ret) {
  uint32_t index;
  if (raw->kind != ASK_RAW_TEXT && raw->kind != ASK_RAW_NUMBER)
    return wrong_type(r, path, raw, "one word", option_hint(r, item->kind.options, raw));
  const struct ask_option *option = option_of(item->kind.options, raw, &index);
  if (!option) {
    complain(r, path, raw, "unknown-word", option_hint(r, item->kind.options, raw), "%s is not one of its answers",
             shown(r, raw->text));
    return false;
  }
  *ret = option->declines ? (struct ask_value){.state = ASK_UNKNOWN, .absence = ASK_DECLINED}
                          : (struct ask_value){.word = index};
  return true;
}

static bool read_choices(struct reader *r, const struct path *path, const struct ask_raw *raw,
                         const struct ask_item *item, struct ask_value *ret) {
  bool ok = true;
  if (raw->kind != ASK_RAW_ARRAY)
    return wrong_type(r, path, raw, "a list of words", "write [\"word\", ...], or [] for none");
  *ret = (struct ask_value){0};
  for (size_t i = 0; i < raw->child_count; i++) {
    struct path here = {path, NULL, i};
    struct ask_value one;
    if (!read_choice(r, &here, &raw->children[i], item, &one)) {
      ok = false;
    } else if (one.state != ASK_KNOWN) {
      if (raw->child_count > 1) {
        complain(r, &here, &raw->children[i], "contradiction", NULL, "a declined answer cannot stand beside others");
        ok = false;
      }
      *ret = one;
    } else {
      ret->word |= (int64_t)1 << one.word;
    }
  }
  return ok;
}

static bool in_range(struct reader *r, const struct path *path, const struct ask_raw *raw, const struct ask_item *item,
                     const struct ask_value *value) {
  for (int upper = 0; upper < 2; upper++) {
    const struct ask_formula *limit = upper ? &item->max : &item->min;
    if (!limit->code) continue;
    struct ask_value bound = ask_evaluate_expression(limit->code, &r->frame);
    if (bound.state != ASK_KNOWN || (upper ? value->word <= bound.word : value->word >= bound.word)) continue;
    struct ask_buffer text = {0};
    ask_value_people(item, &bound, &text);
    bool date = item->kind.type == ASK_DATE;
    const char *how = upper ? (date ? "late" : "large") : (date ? "early" : "small");
    const char *which = upper ? (date ? "at the latest" : "at most") : (date ? "at the earliest" : "at least");
    complain(r, path, raw, "out-of-range", NULL, "%s is too %s: it may be %s %s", shown(r, raw->text), how, which,
             text.bytes);
    ask_buffer_free(&text);
    return false;
  }
  return true;
}

static bool read_number(struct reader *r, const struct path *path, const struct ask_raw *raw,
                        const struct ask_item *item, struct ask_value *ret) {
  static const struct {
    int places;
    const char *name, *hint;
  } kinds[] = {
      [ASK_INTEGER] = {0, "a whole number", "write it without a decimal point and without quotes"},
      [ASK_DECIMAL] = {6, "a number", "write it without quotes, with at most six decimals"},
      [ASK_MONEY] = {2, "an amount in dollars", "write it as 1450 or 1450.00: no quotes, no $, at most two decimals"}};
  enum ask_type type = item->kind.type;
  if (raw->kind != ASK_RAW_NUMBER) return wrong_type(r, path, raw, kinds[type].name, kinds[type].hint);
  *ret = (struct ask_value){0};
  if (!ask_number_read(raw->text, raw->length, kinds[type].places, &ret->word)) {
    complain(r, path, raw, "out-of-range", kinds[type].hint, "%s is not %s", shown(r, raw->text), kinds[type].name);
    return false;
  }
  return in_range(r, path, raw, item, ret);
}

static bool read_text(struct reader *r, const struct path *path, const struct ask_raw *raw, const struct ask_item *item,
                      struct ask_value *ret) {
  if (raw->kind != ASK_RAW_TEXT) return wrong_type(r, path, raw, "a text", "put it in quotes");
  size_t most = item->spec->max_length > 0 ? (size_t)item->spec->max_length : DEFAULT_MAX_LENGTH;
  if (raw->length > most && ask_utf8_length(raw->text, raw->length) > most) {
    complain(r, path, raw, "too-long", NULL, "the text is longer than %zu characters", most);
    return false;
  }
  if (item->pattern && !ask_pattern_matches(item->pattern, raw->text, raw->length)) {
    complain(r, path, raw, "bad-pattern", item->spec->pattern_hint, "%s has not the right form", shown(r, raw->text));
    return false;
  }
  struct ask_text *text = ask_alloc(r->arena, sizeof *text);
  *text = (struct ask_text){raw->text, raw->length};
  *ret = (struct ask_value){.word = (int64_t)(intptr_t)text};
  return true;
}

static bool read_value(struct reader *r, const struct path *path, const struct ask_raw *raw,
                       const struct ask_item *item, struct ask_value *ret);

static const struct ask_item *field_named(struct reader *r, const struct path *path, const struct ask_raw *raw,
                                          const struct ask_item *list) {
  const char *names[256];
  for (size_t i = 0; i < list->field_count; i++) {
    if (strcmp(list->fields[i].spec->id, raw->key) == 0) return &list->fields[i];
    if (i < 256) names[i] = list->fields[i].spec->id;
  }
  size_t count = list->field_count < 256 ? list->field_count : 256;
  const char *near = is_full(r) ? NULL : ask_did_you_mean(raw->key, names, count);
  complain(r, path, raw, "unknown-item", near ? ask_printf(r->arena, "did you mean %s?", near) : NULL,
           "an entry of %s has no field %s", list->spec->id, shown(r, raw->key));
  return NULL;
}

static bool read_list(struct reader *r, const struct path *path, const struct ask_raw *raw, const struct ask_item *item,
                      struct ask_value *ret) {
  uint32_t most = item->spec->max_entries ? item->spec->max_entries : DEFAULT_MAX_ENTRIES;
  bool ok = true;
  if (raw->kind != ASK_RAW_ARRAY)
    return wrong_type(r, path, raw, "a list of entries", "write [{...}, ...], or [] for none");
  if (raw->child_count > most) {
    complain(r, path, raw, "too-many", NULL, "%zu entries; at most %u are allowed", raw->child_count, most);
    return false;
  }
  struct ask_entries *entries = ask_alloc(r->arena, sizeof *entries);
  entries->count = (uint32_t)raw->child_count;
  entries->width = (uint32_t)item->field_count;
  entries->cells = ask_alloc_array(r->arena, raw->child_count * item->field_count, sizeof *entries->cells);
  for (size_t i = 0; i < raw->child_count * item->field_count; i++) entries->cells[i] = unanswered;
  for (size_t i = 0; i < raw->child_count; i++) {
    const struct ask_raw *entry = &raw->children[i];
    struct path here = {path, NULL, i};
    if (entry->kind != ASK_RAW_OBJECT) {
      ok = wrong_type(r, &here, entry, "an object", "write {\"field\": value, ...}");
      continue;
    }
    for (size_t k = 0; k < entry->child_count; k++) {
      const struct ask_raw *cell = &entry->children[k];
      struct path inner = {&here, cell->key, 0};
      const struct ask_item *field = field_named(r, &inner, cell, item);
      ok = field &&
           read_value(r, &inner, cell, field, &entries->cells[i * item->field_count + (size_t)field->number]) && ok;
    }
  }
  *ret = (struct ask_value){.word = (int64_t)(intptr_t)entries};
  return ok;
}

static bool read_value(struct reader *r, const struct path *path, const struct ask_raw *raw,
                       const struct ask_item *item, struct ask_value *ret) {
  if (raw->kind == ASK_RAW_NULL) {
    *ret = unanswered;
    return true;
  }
  if (raw->kind == ASK_RAW_OBJECT) return read_absence(r, path, raw, ret);
  switch (item->kind.type) {
  case ASK_BOOL:
    if (raw->kind != ASK_RAW_BOOL)
      return wrong_type(r, path, raw, "true or false", "write true or false, without quotes");
    *ret = (struct ask_value){.word = raw->text[0] == 't'};
    return true;
  case ASK_INTEGER:
  case ASK_DECIMAL:
  case ASK_MONEY: return read_number(r, path, raw, item, ret);
  case ASK_DATE:
    *ret = (struct ask_value){0};
    if (raw->kind != ASK_RAW_TEXT) return wrong_type(r, path, raw, "a date", "write it as \"2026-11-23\"");
    if (!ask_date_read(raw->text, raw->length, &ret->word)) {
      complain(r, path, raw, "bad-date", "write it as \"2026-11-23\", a day that exists between 1800 and 2299",
               "%s is not a date", shown(r, raw->text));
      return false;
    }
    return in_range(r, path, raw, item, ret);
  case ASK_TEXT: return read_text(r, path, raw, item, ret);
  case ASK_CHOICE: return read_choice(r, path, raw, item, ret);
  case ASK_CHOICES: return read_choices(r, path, raw, item, ret);
  default: return read_list(r, path, raw, item, ret);
  }
}

struct ask_answers *ask_answers_new(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of) {
  struct ask_answers *answers = ask_alloc(arena, sizeof *answers);
  answers->catalogue = catalogue;
  answers->as_of = as_of;
  answers->items = ask_alloc_array(arena, catalogue->item_count, sizeof *answers->items);
  for (size_t i = 0; i < catalogue->item_count; i++) answers->items[i] = unanswered;
  return answers;
}

struct ask_answers *ask_answers_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of,
                                     const struct ask_raw *raw, struct ask_problems *problems) {
  struct ask_body_registers registers[1];
  struct reader r = {.arena = arena, .catalogue = catalogue, .problems = problems};
  r.frame.as_of = as_of;
  r.frame.bodies = registers;
  const struct path root = {NULL, "answers", 0};
  struct ask_answers *answers = ask_answers_new(arena, catalogue, as_of);
  if (raw->kind != ASK_RAW_OBJECT) {
    wrong_type(&r, &root, raw, "an object of answers", "write {\"item\": value, ...}");
    return NULL;
  }
  bool ok = true;
  for (size_t i = 0; i < raw->child_count; i++) {
    const struct ask_raw *child = &raw->children[i];
    struct path here = {&root, child->key, 0};
    int32_t number = ask_map_get(catalogue->item_numbers, child->key);
    if (number < 0) {
      const char *near = is_full(&r) ? NULL : ask_catalogue_suggest_item(catalogue, child->key);
      complain(&r, &here, child, "unknown-item",
               near ? ask_printf(arena, "did you mean %s?", near) : "`askonce form show` lists the items",
               "there is no item %s", shown(&r, child->key));
      ok = false;
      continue;
    }
    ok = read_value(&r, &here, child, &catalogue->items[number], &answers->items[number]) && ok;
  }
  return ok ? answers : NULL;
}
