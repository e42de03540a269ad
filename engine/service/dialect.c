/* Requests of another system: each value is checked after the table, then what becomes of it is put in its place. */
#include "service/dialect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/pattern.h"
#include "base/text.h"

enum { SHOWN = 40, WORDS_NAMED = 60 };

struct reader {
  struct ask_arena *arena;
  const struct ask_dialect_spec *dialect;
  struct ask_problems *problems;
};

/* A value as it was read. Absent ones are false, 0, no word, an empty list. */
struct value {
  const struct ask_raw *raw; /* NULL: absent */
  bool yes;
  const struct ask_dialect_word *word;
  const char *number;    /* integer, money: as JSON writes it */
  struct value *entries; /* list: field_count values for each entry */
  size_t entry_count;
};

__attribute__((format(printf, 6, 7))) static void wrong(struct reader *reader, const struct ask_raw *raw,
                                                        const char *path, const char *code, const char *hint,
                                                        const char *format, ...) {
  va_list args;
  va_start(args, format);
  ask_problem_add(reader->problems, ASK_ERROR, code, raw ? raw->at : ASK_NOWHERE, path, hint, "%s",
                  ask_vprintf(reader->arena, format, args));
  va_end(args);
}

static const char *below(struct reader *reader, const char *path, const char *name) {
  return ask_printf(reader->arena, "%s%s%s", path, *path ? "." : "", name);
}

static const char *entry_path(struct reader *reader, const char *path, size_t index) {
  return ask_printf(reader->arena, "%s%s%zu", path, *path ? "." : "", index);
}

/* ---- one value --------------------------------------------------------------------------------------------------- */

/* Theirs may write numbers and truth as texts, and nothing as an empty text. */
static bool is_absent(const struct ask_raw *raw) {
  return !raw || raw->kind == ASK_RAW_NULL || (raw->kind == ASK_RAW_TEXT && raw->length == 0);
}

static bool read_bool(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                      const char *path, struct value *ret) {
  bool is_text = raw->kind == ASK_RAW_BOOL || raw->kind == ASK_RAW_TEXT;
  ret->yes = is_text && strcasecmp(raw->text, "true") == 0;
  if (ret->yes || (is_text && strcasecmp(raw->text, "false") == 0)) return true;
  wrong(reader, raw, path, "boolean.base", NULL, "%s must be true or false.", field->name);
  return false;
}

static bool is_number(const struct ask_raw *raw) { return raw->kind == ASK_RAW_NUMBER || raw->kind == ASK_RAW_TEXT; }

static bool read_integer(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                         const char *path, struct value *ret) {
  int64_t number;
  if (!is_number(raw) || !ask_number_read(raw->text, raw->length, 0, &number)) {
    wrong(reader, raw, path, "number.base", NULL, "%s must be a whole number.", field->name);
    return false;
  }
  if (number < 0) {
    wrong(reader, raw, path, "number.min", NULL, "%s must be 0 or more.", field->name);
    return false;
  }
  if (field->most && number > field->most) {
    wrong(reader, raw, path, "number.max", NULL, "%s must be at most %d.", field->name, (int)field->most);
    return false;
  }
  ret->number = ask_printf(reader->arena, "%lld", (long long)number);
  return true;
}

static bool read_money(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                       const char *path, struct value *ret) {
  int64_t cents = -1, most = 100;
  const char *text = raw->text;
  if (is_number(raw) && *text == '.') text = ask_printf(reader->arena, "0%s", text);
  if (is_number(raw) && !ask_number_read(text, strlen(text), 2, &cents)) cents = -1;
  for (int32_t i = 0; i < field->most && most < INT64_MAX / 10; i++) most *= 10;
  if (cents >= 0 && (!field->most || cents < most)) {
    char money[ASK_NUMBER_TEXT];
    ask_money_text(cents, money);
    ret->number = ask_strdup(reader->arena, money);
    return true;
  }
  wrong(reader, raw, path, "string.base.regex", "dollars without a sign, with at most two decimals: \"200.00\"",
        "%s has an invalid format: an amount has at most %d digits and two decimals.", field->name, (int)field->most);
  return false;
}

static bool read_text(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                      const char *path) {
  if (!is_number(raw)) {
    wrong(reader, raw, path, "string.base", NULL, "%s must be a text.", field->name);
    return false;
  }
  if (field->most && raw->length > (size_t)field->most) {
    wrong(reader, raw, path, "string.max", NULL, "%s must have at most %d characters.", field->name, (int)field->most);
    return false;
  }
  if (field->matcher && !ask_pattern_matches(field->matcher, raw->text, raw->length)) {
    wrong(reader, raw, path, "string.base.regex", NULL, "%s has an invalid format.", field->name);
    return false;
  }
  return true;
}

static bool read_word(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                      const char *path, struct value *ret) {
  const char *names[WORDS_NAMED], *all = "";
  size_t count = field->word_count < WORDS_NAMED ? field->word_count : WORDS_NAMED;
  for (size_t i = 0; raw->kind == ASK_RAW_TEXT && i < field->word_count; i++)
    if (strcmp(field->words[i].theirs, raw->text) == 0) {
      ret->word = &field->words[i];
      return true;
    }
  for (size_t i = 0; i < count; i++) {
    names[i] = field->words[i].theirs;
    all = ask_printf(reader->arena, "%s%s%s", all, i ? ", " : "", names[i]);
  }
  const char *near =
      raw->kind == ASK_RAW_TEXT && raw->length <= SHOWN ? ask_did_you_mean(raw->text, names, count) : NULL;
  wrong(reader, raw, path, "any.allowOnly", near ? ask_printf(reader->arena, "did you mean %s?", near) : NULL,
        "%s must be one of: %s.", field->name, all);
  return false;
}

/* ---- objects and lists ------------------------------------------------------------------------------------------- */

static bool read_fields(struct reader *reader, const struct ask_dialect_field *fields, size_t count,
                        const struct ask_raw *object, const char *path, struct value *ret);

static bool read_list(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                      const char *path, struct value *ret) {
  if (raw->kind != ASK_RAW_ARRAY) {
    wrong(reader, raw, path, "array.base", NULL, "%s must be a list.", field->name);
    return false;
  }
  if (field->most && raw->child_count > (size_t)field->most) {
    wrong(reader, raw, path, "array.max", NULL, "%s may have at most %d entries.", field->name, (int)field->most);
    return false;
  }
  bool good = true;
  ret->entries = ask_alloc_array(reader->arena, raw->child_count * field->field_count, sizeof *ret->entries);
  ret->entry_count = raw->child_count;
  for (size_t i = 0; i < raw->child_count; i++)
    good = read_fields(reader, field->fields, field->field_count, &raw->children[i], entry_path(reader, path, i),
                       ret->entries + i * field->field_count) &&
           good;
  return good;
}

static bool read_value(struct reader *reader, const struct ask_dialect_field *field, const struct ask_raw *raw,
                       const char *path, struct value *ret) {
  ret->raw = raw;
  switch (field->type) {
  case ASK_DIALECT_BOOL: return read_bool(reader, field, raw, path, ret);
  case ASK_DIALECT_INTEGER: return read_integer(reader, field, raw, path, ret);
  case ASK_DIALECT_MONEY: return read_money(reader, field, raw, path, ret);
  case ASK_DIALECT_WORD: return read_word(reader, field, raw, path, ret);
  case ASK_DIALECT_LIST: return read_list(reader, field, raw, path, ret);
  default: return read_text(reader, field, raw, path);
  }
}

/* What the table does not know is passed over, as theirs does, unless it is nearly a field: then it is a slip that would
 * otherwise count as no. */
static bool near_field(struct reader *reader, const struct ask_dialect_field *fields, size_t count,
                       const struct ask_raw *raw, const char *path) {
  const char *names[WORDS_NAMED];
  if (count > WORDS_NAMED || strlen(raw->key) > SHOWN) return false;
  for (size_t i = 0; i < count; i++) names[i] = fields[i].name;
  const char *near = ask_did_you_mean(raw->key, names, count);
  if (!near) return false;
  wrong(reader, raw, below(reader, path, raw->key), "object.allowUnknown",
        ask_printf(reader->arena, "did you mean %s?", near), "%s is not a field; did you mean %s?", raw->key, near);
  return true;
}

static const struct ask_raw *member(const struct ask_raw *object, const char *key) {
  for (size_t i = 0; i < object->child_count; i++)
    if (strcmp(object->children[i].key, key) == 0) return &object->children[i];
  return NULL;
}

static bool is_field(const struct ask_dialect_field *fields, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(fields[i].name, name) == 0) return true;
  return false;
}

static bool read_fields(struct reader *reader, const struct ask_dialect_field *fields, size_t count,
                        const struct ask_raw *object, const char *path, struct value *ret) {
  bool good = true;
  if (object->kind != ASK_RAW_OBJECT) {
    wrong(reader, object, path, "object.base", NULL, "An object was expected here.");
    return false;
  }
  for (size_t i = 0; i < object->child_count; i++)
    if (!is_field(fields, count, object->children[i].key))
      good = !near_field(reader, fields, count, &object->children[i], path) && good;
  for (size_t i = 0; i < count; i++) {
    const struct ask_raw *raw = member(object, fields[i].name);
    if (!is_absent(raw)) {
      good = read_value(reader, &fields[i], raw, below(reader, path, fields[i].name), &ret[i]) && good;
    } else if (fields[i].required) {
      wrong(reader, raw ? raw : object, below(reader, path, fields[i].name), "any.required", NULL, "%s is required.",
            fields[i].name);
      good = false;
    }
  }
  return good;
}

/* The objects of one part. */
static bool read_part(struct reader *reader, const struct ask_dialect_part *part, const struct ask_raw *request,
                      const char *path, struct value **ret, size_t *ret_count) {
  const struct ask_raw *list = member(request, part->list);
  const char *here = below(reader, path, part->list);
  bool good = true;
  if (is_absent(list)) {
    wrong(reader, request, here, "any.required", NULL, "%s is required.", part->list);
    return false;
  }
  if (list->kind != ASK_RAW_ARRAY) {
    wrong(reader, list, here, "array.base", NULL, "%s must be a list.", part->list);
    return false;
  }
  if (list->child_count < 1 || list->child_count > (size_t)part->most) {
    wrong(reader, list, here, list->child_count ? "array.max" : "array.min", NULL, "%s must have from 1 to %d entries.",
          part->list, (int)part->most);
    return false;
  }
  struct value *values = ask_alloc_array(reader->arena, list->child_count * part->field_count, sizeof *values);
  for (size_t i = 0; i < list->child_count; i++)
    good = read_fields(reader, part->fields, part->field_count, &list->children[i], entry_path(reader, here, i),
                       values + i * part->field_count) &&
           good;
  *ret = values;
  *ret_count = list->child_count;
  return good;
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

static size_t place_of(const struct ask_dialect_part *part, const char *name) {
  size_t i = 0;
  while (i < part->field_count && strcmp(part->fields[i].name, name) != 0) i++;
  return i;
}

static bool holds(const struct ask_dialect_field *field, const struct value *value) {
  return field->type == ASK_DIALECT_BOOL ? value->yes : value->raw != NULL;
}

static bool check_rule(struct reader *reader, const struct ask_dialect_rule *rule, const struct ask_dialect_part *part,
                       const struct value *values, size_t count, const char *path, const struct value *household) {
  const struct ask_dialect_part *home = &reader->dialect->household;
  size_t when = place_of(part, rule->when);
  bool good = true;
  for (size_t i = 0; when < part->field_count && i < count; i++) {
    const struct value *value = values + i * part->field_count + when;
    if (!holds(&part->fields[when], value)) continue;
    bool kept = true;
    if (rule->needs) {
      size_t needed = place_of(home, rule->needs);
      kept = holds(&home->fields[needed], &household[needed]);
    }
    for (size_t k = 0; k < rule->exclude_count; k++) {
      size_t other = place_of(home, rule->excludes[k]);
      kept = kept && !holds(&home->fields[other], &household[other]);
    }
    if (kept) continue;
    const char *here = below(reader, entry_path(reader, below(reader, path, part->list), i), rule->when);
    wrong(reader, value->raw, here, rule->needs ? "object.with" : "object.without", NULL, "%s", rule->message);
    good = false;
  }
  return good;
}

/* The one person who is the client; -1 after a problem. */
static int find_client(struct reader *reader, const struct ask_raw *request, const struct value *people, size_t count,
                       const char *path) {
  const struct ask_dialect_part *part = &reader->dialect->people;
  size_t field = place_of(part, reader->dialect->client_field);
  int client = -1, clients = 0;
  for (size_t i = 0; i < count; i++) {
    const struct ask_dialect_word *word = people[i * part->field_count + field].word;
    if (!word || strcmp(word->theirs, reader->dialect->client_word) != 0) continue;
    client = (int)i;
    clients++;
  }
  if (clients == 1) return client;
  wrong(reader, member(request, part->list), below(reader, path, part->list), "array.unique", NULL,
        "Exactly one %s must have %s: %s, not %d.", part->list, reader->dialect->client_field,
        reader->dialect->client_word, clients);
  return -1;
}

/* ---- in our words ------------------------------------------------------------------------------------------------ */

/* An object while it grows. */
struct object {
  struct ask_raw *children;
  size_t count, capacity;
};

static struct ask_raw *put(struct reader *reader, struct object *object, const char *key) {
  for (size_t i = 0; i < object->count; i++)
    if (strcmp(object->children[i].key, key) == 0) return &object->children[i];
  struct ask_raw *child = ask_push(reader->arena, &object->children, &object->count, &object->capacity, sizeof *child);
  *child = (struct ask_raw){.kind = ASK_RAW_NULL, .key = key};
  return child;
}

static struct ask_raw scalar(const char *key, int kind, const char *text, const struct value *from) {
  struct ask_raw raw = {
      .key = key, .text = text, .length = strlen(text), .at = from->raw ? from->raw->at : ASK_NOWHERE};
  raw.kind = kind;
  return raw;
}

static struct ask_raw *finish(struct ask_raw *raw, int kind, const struct object *object) {
  raw->kind = kind;
  raw->children = object->children;
  raw->child_count = object->count;
  return raw;
}

static void map_entries(struct reader *reader, const struct ask_dialect_field *field, const struct value *value,
                        struct ask_raw *ret);

static void map_value(struct reader *reader, const struct ask_dialect_field *field, const struct value *value,
                      const struct ask_dialect_target *target, const char *name, struct object *object) {
  switch (field->type) {
  case ASK_DIALECT_BOOL:
    if (!target->word) {
      *put(reader, object, name) = scalar(name, ASK_RAW_BOOL, value->yes ? "true" : "false", value);
    } else if (value->yes) {
      struct ask_raw *place = put(reader, object, name);
      if (place->kind == ASK_RAW_NULL) *place = scalar(name, ASK_RAW_TEXT, target->word, value);
    }
    break;
  case ASK_DIALECT_INTEGER:
  case ASK_DIALECT_MONEY:
    if (value->number) *put(reader, object, name) = scalar(name, ASK_RAW_NUMBER, value->number, value);
    break;
  case ASK_DIALECT_WORD:
    if (value->word && value->word->ours)
      *put(reader, object, name) = scalar(name, ASK_RAW_TEXT, value->word->ours, value);
    break;
  case ASK_DIALECT_LIST: map_entries(reader, field, value, put(reader, object, name)); break;
  default:
    if (value->raw) *put(reader, object, name) = scalar(name, ASK_RAW_TEXT, value->raw->text, value);
  }
}

enum role { HOUSEHOLD, CLIENT, MEMBER };

static const char *name_in(const struct ask_dialect_target *target, enum role role) {
  return role == HOUSEHOLD ? target->item : role == CLIENT ? target->client : target->member;
}

static void map_fields(struct reader *reader, const struct ask_dialect_field *fields, size_t count,
                       const struct value *values, enum role role, struct object *object) {
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < fields[i].target_count; k++) {
      const char *name = name_in(&fields[i].targets[k], role);
      if (name) map_value(reader, &fields[i], &values[i], &fields[i].targets[k], name, object);
    }
}

static void map_entries(struct reader *reader, const struct ask_dialect_field *field, const struct value *value,
                        struct ask_raw *ret) {
  struct ask_raw *entries = ask_alloc_array(reader->arena, value->entry_count, sizeof *entries);
  for (size_t i = 0; i < value->entry_count; i++) {
    struct object entry = {0};
    map_fields(reader, field->fields, field->field_count, value->entries + i * field->field_count, HOUSEHOLD, &entry);
    finish(&entries[i], ASK_RAW_OBJECT, &entry);
  }
  ret->kind = ASK_RAW_ARRAY;
  ret->children = entries;
  ret->child_count = value->entry_count;
}

/* What nothing gave a value. */
static void fill(struct reader *reader, const struct ask_raw *otherwise, struct object *object) {
  for (size_t i = 0; otherwise && i < otherwise->child_count; i++) {
    struct ask_raw *place = put(reader, object, otherwise->children[i].key);
    if (place->kind == ASK_RAW_NULL) *place = otherwise->children[i];
  }
}

/* The items that are true when anybody's is. */
static void map_any(struct reader *reader, const struct value *people, size_t count, struct object *answers) {
  const struct ask_dialect_part *part = &reader->dialect->people;
  for (size_t i = 0; i < part->field_count; i++)
    for (size_t k = 0; k < part->fields[i].target_count; k++) {
      const char *name = part->fields[i].targets[k].any;
      bool any = false;
      for (size_t p = 0; name && p < count; p++) any = any || people[p * part->field_count + i].yes;
      if (name) *put(reader, answers, name) = scalar(name, ASK_RAW_BOOL, any ? "true" : "false", &(struct value){0});
    }
}

static const struct ask_raw *map_request(struct reader *reader, const struct value *household,
                                         const struct value *people, size_t count, size_t client) {
  const struct ask_dialect_spec *dialect = reader->dialect;
  const struct ask_dialect_part *part = &dialect->people;
  struct object answers = {0}, envelope = {0};
  struct ask_raw *members = ask_alloc_array(reader->arena, count, sizeof *members);
  size_t member_count = 0;
  map_fields(reader, dialect->household.fields, dialect->household.field_count, household, HOUSEHOLD, &answers);
  fill(reader, dialect->household_otherwise, &answers);
  map_any(reader, people, count, &answers);
  map_fields(reader, part->fields, part->field_count, people + client * part->field_count, CLIENT, &answers);
  fill(reader, dialect->client_otherwise, &answers);
  for (size_t i = 0; i < count; i++) {
    struct object one = {0};
    if (i == client) continue;
    map_fields(reader, part->fields, part->field_count, people + i * part->field_count, MEMBER, &one);
    fill(reader, dialect->member_otherwise, &one);
    finish(&members[member_count++], ASK_RAW_OBJECT, &one);
  }
  struct ask_raw *roster = put(reader, &answers, dialect->roster);
  roster->kind = ASK_RAW_ARRAY;
  roster->children = members;
  roster->child_count = member_count;
  finish(put(reader, &envelope, "answers"), ASK_RAW_OBJECT, &answers);
  const struct value *reference =
      dialect->reference ? &household[place_of(&dialect->household, dialect->reference)] : NULL;
  if (reference && reference->raw)
    *put(reader, &envelope, "id") = scalar("id", ASK_RAW_TEXT, reference->raw->text, reference);
  return finish(ask_alloc(reader->arena, sizeof(struct ask_raw)), ASK_RAW_OBJECT, &envelope);
}

const struct ask_raw *ask_dialect_read(struct ask_arena *arena, const struct ask_dialect_spec *dialect,
                                       const struct ask_raw *request, struct ask_problems *problems) {
  struct reader reader = {arena, dialect, problems};
  const char *path = "";
  if (request->kind == ASK_RAW_ARRAY) {
    if (request->child_count != 1) {
      wrong(&reader, request, "", request->child_count ? "array.max" : "array.min", NULL,
            "The request must be a list of exactly one household, not %zu.", request->child_count);
      return NULL;
    }
    request = &request->children[0];
    path = "0";
  }
  if (request->kind != ASK_RAW_OBJECT) {
    wrong(&reader, request, path, "object.base", NULL, "The request must be an object with %s and %s.",
          dialect->household.list, dialect->people.list);
    return NULL;
  }
  struct value *household = NULL, *people = NULL, *flags;
  size_t count = 0, one = 0;
  bool good = read_part(&reader, &dialect->household, request, path, &household, &one);
  good = read_part(&reader, &dialect->people, request, path, &people, &count) && good;
  flags = ask_alloc_array(arena, dialect->flag_count, sizeof *flags);
  for (size_t i = 0; i < dialect->flag_count; i++) {
    const struct ask_raw *raw = member(request, dialect->flags[i].name);
    if (!is_absent(raw))
      good =
          read_value(&reader, &dialect->flags[i], raw, below(&reader, path, dialect->flags[i].name), &flags[i]) && good;
  }
  if (people) {
    int client = find_client(&reader, request, people, count, path);
    for (size_t i = 0; household && i < dialect->rule_count; i++) {
      good = check_rule(&reader, &dialect->rules[i], &dialect->household, household, one, path, household) && good;
      good = check_rule(&reader, &dialect->rules[i], &dialect->people, people, count, path, household) && good;
    }
    if (good && client >= 0) return map_request(&reader, household, people, count, (size_t)client);
  }
  return NULL;
}
