/* Walks a mapping along its table of keys. Knows no file's grammar. */
#include "yaml/keys.h"

#include <stdarg.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "yaml/yaml.h"

enum { COUNT_LIMIT = 1000000, NAMES_LIMIT = 64 };

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

const char *ask_yaml_kind_name(const struct ask_raw *raw) {
  static const char *const names[] = {
      [ASK_RAW_NULL] = "nothing", [ASK_RAW_BOOL] = "true or false", [ASK_RAW_NUMBER] = "a number",
      [ASK_RAW_TEXT] = "a text",  [ASK_RAW_ARRAY] = "a list",       [ASK_RAW_OBJECT] = "a mapping (key: value)",
  };
  return names[raw->kind];
}

static void wrong_type(const struct ask_yaml_reader *reader, const struct ask_raw *raw, const char *needs,
                       const char *hint) {
  if (raw->key)
    PROBLEM(reader, "wrong-type", raw->at, hint, "'%s' needs %s, not %s", ask_yaml_quoted(reader->problems, raw->key),
            needs, ask_yaml_kind_name(raw));
  else
    PROBLEM(reader, "wrong-type", raw->at, hint, "expected %s, not %s", needs, ask_yaml_kind_name(raw));
}

bool ask_yaml_expect(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int kind, const char *needs) {
  if ((int)raw->kind == kind) return true;
  wrong_type(reader, raw, needs, NULL);
  return false;
}

void ask_yaml_unknown(const struct ask_yaml_reader *reader, const char *code, struct ask_place at, const char *wrong,
                      const char *const *names, size_t count, const char *format, ...) {
  struct ask_buffer hint = {0};
  const char *meant = ask_did_you_mean(wrong, names, count);
  if (meant) {
    ask_buffer_printf(&hint, "did you mean '%s'?", meant);
  } else {
    ask_buffer_puts(&hint, "known: ");
    for (size_t i = 0; i < count; i++) ask_buffer_printf(&hint, "%s%s", i ? ", " : "", names[i]);
  }
  va_list args;
  va_start(args, format);
  const char *message = ask_vprintf(reader->problems->arena, format, args);
  va_end(args);
  PROBLEM(reader, code, at, hint.bytes, "%s", message);
  ask_buffer_free(&hint);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static bool text_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw, const char **ret) {
  if (raw->kind == ASK_RAW_BOOL) {
    wrong_type(reader, raw, "a text", "put it in quotes if it is a text");
    return false;
  }
  if (raw->kind != ASK_RAW_TEXT && raw->kind != ASK_RAW_NUMBER) {
    wrong_type(reader, raw, "a text", raw->kind == ASK_RAW_NULL ? "write it, or leave the key out" : NULL);
    return false;
  }
  if (raw->length == 0) {
    PROBLEM(reader, "empty-text", raw->at, "write it, or leave the key out", "%s is empty",
            raw->key ? ask_yaml_quoted(reader->problems, raw->key) : "this text");
    return false;
  }
  *ret = raw->text;
  return true;
}

bool ask_yaml_is_name(const char *text) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  static const char all[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return *text && strchr(letters, *text) && text[strspn(text, all)] == '\0';
}

static bool name_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw, const char **ret) {
  const char *text = NULL;
  if (!text_value(reader, raw, &text)) return false;
  if (!ask_yaml_is_name(text)) {
    PROBLEM(reader, "bad-name", raw->at,
            "letters, digits and _ only, and no digit first, so that expressions can use it", "'%s' is not a name",
            ask_yaml_quoted(reader->problems, text));
    return false;
  }
  *ret = text;
  return true;
}

static bool read_date(const struct ask_yaml_reader *reader, const char *text, size_t length, struct ask_place at,
                      int64_t *ret_days) {
  if (ask_date_read(text, length, ret_days)) return true;
  PROBLEM(reader, "bad-date", at, "write year-month-day, such as 2026-11-23, from 1800 to 2299",
          "'%s' is not a date that exists", ask_yaml_quoted(reader->problems, text));
  return false;
}

bool ask_yaml_read_date(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int64_t *ret_days) {
  return ask_yaml_expect(reader, raw, ASK_RAW_TEXT, "a date such as 2026-11-23") &&
         read_date(reader, raw->text, raw->length, raw->at, ret_days);
}

bool ask_yaml_read_date_key(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int64_t *ret_days) {
  return read_date(reader, raw->key, strlen(raw->key), raw->key_at, ret_days);
}

static bool count_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int32_t *ret) {
  static const char needs[] = "a whole number from 1 to 1000000";
  int64_t value = 0;
  if (!ask_yaml_expect(reader, raw, ASK_RAW_NUMBER, needs)) return false;
  if (!ask_number_read(raw->text, raw->length, 0, &value) || value < 1 || value > COUNT_LIMIT) {
    PROBLEM(reader, "out-of-range", raw->at, NULL, "'%s' needs %s, not %s", raw->key, needs,
            ask_yaml_quoted(reader->problems, raw->text));
    return false;
  }
  *ret = (int32_t)value;
  return true;
}

static bool expression_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw,
                             struct ask_expr_spec *ret) {
  if (raw->kind != ASK_RAW_TEXT && raw->kind != ASK_RAW_NUMBER && raw->kind != ASK_RAW_BOOL) {
    wrong_type(reader, raw, "an expression", raw->kind == ASK_RAW_NULL ? "write it, or leave the key out" : NULL);
    return false;
  }
  *ret = (struct ask_expr_spec){raw->text, raw->at};
  return true;
}

static const char *const *words_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw,
                                      size_t *ret_count) {
  if (raw->kind != ASK_RAW_ARRAY) {
    wrong_type(reader, raw, "a list of words", "write [one, two]");
    return NULL;
  }
  const char **words = ask_alloc_array(reader->arena, raw->child_count, sizeof *words);
  size_t count = 0;
  for (size_t i = 0; i < raw->child_count; i++) count += text_value(reader, &raw->children[i], &words[count]);
  *ret_count = count;
  return words;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

void *ask_yaml_read_records(const struct ask_yaml_reader *reader, const struct ask_raw *list,
                            const struct ask_yaml_record *record, size_t *ret_count) {
  *ret_count = 0;
  if (list->kind != ASK_RAW_ARRAY) {
    wrong_type(reader, list, "a list", "begin each entry with '- '");
    return NULL;
  }
  unsigned char *array = ask_alloc_array(reader->arena, list->child_count, record->size);
  for (size_t i = 0; i < list->child_count; i++)
    ask_yaml_read_record(reader, &list->children[i], record, array + i * record->size);
  *ret_count = list->child_count;
  return array;
}

/* Members are written by memcpy: a table knows their offsets only, and a pointer's own type does not matter to its
 * bytes. */
static void read_value(const struct ask_yaml_reader *reader, const struct ask_raw *raw, const struct ask_yaml_key *key,
                       unsigned char *target) {
  unsigned char *member = target + key->member;
  switch (key->kind) {
  case ASK_YAML_TEXT:
  case ASK_YAML_NAME: {
    const char *text = NULL;
    if (key->kind == ASK_YAML_TEXT ? text_value(reader, raw, &text) : name_value(reader, raw, &text))
      memcpy(member, &text, sizeof text);
    break;
  }
  case ASK_YAML_BOOL:
    if (ask_yaml_expect(reader, raw, ASK_RAW_BOOL, "true or false")) *member = raw->text[0] == 't';
    break;
  case ASK_YAML_COUNT: {
    int32_t count;
    if (count_value(reader, raw, &count)) memcpy(member, &count, sizeof count);
    break;
  }
  case ASK_YAML_DATE: {
    int64_t days;
    if (ask_yaml_read_date(reader, raw, &days)) memcpy(member, &days, sizeof days);
    break;
  }
  case ASK_YAML_EXPR: {
    struct ask_expr_spec expression;
    if (expression_value(reader, raw, &expression)) memcpy(member, &expression, sizeof expression);
    break;
  }
  case ASK_YAML_WORDS:
  case ASK_YAML_RECORDS: {
    size_t count = 0;
    const void *array = key->kind == ASK_YAML_WORDS ? (const void *)words_value(reader, raw, &count)
                                                    : ask_yaml_read_records(reader, raw, key->record, &count);
    memcpy(member, &array, sizeof array);
    memcpy(target + key->count_member, &count, sizeof count);
    break;
  }
  case ASK_YAML_RAW: memcpy(member, &raw, sizeof raw); break;
  case ASK_YAML_OWN: key->own(reader, raw, target); break;
  }
}

static void report_unknown_key(const struct ask_yaml_reader *reader, const struct ask_raw *raw,
                               const struct ask_yaml_record *record) {
  const char *names[NAMES_LIMIT];
  size_t count = 0;
  for (; count < record->key_count && count < NAMES_LIMIT; count++) names[count] = record->keys[count].name;
  ask_yaml_unknown(reader, "unknown-key", raw->key_at, raw->key, names, count, "%s has no key '%s'", record->what,
                   ask_yaml_quoted(reader->problems, raw->key));
}

void ask_yaml_read_record(const struct ask_yaml_reader *reader, const struct ask_raw *object,
                          const struct ask_yaml_record *record, void *target) {
  if (record->begin) record->begin(reader, object, target);
  if (object->kind != ASK_RAW_OBJECT) {
    PROBLEM(reader, "wrong-type", object->at, NULL, "expected %s (a mapping, key: value), not %s", record->what,
            ask_yaml_kind_name(object));
    return;
  }
  for (size_t i = 0; i < object->child_count; i++) {
    const struct ask_raw *child = &object->children[i];
    size_t k = 0;
    while (k < record->key_count && strcmp(record->keys[k].name, child->key) != 0) k++;
    if (k < record->key_count)
      read_value(reader, child, &record->keys[k], target);
    else
      report_unknown_key(reader, child, record);
  }
  for (size_t k = 0; k < record->key_count; k++) {
    if (!record->keys[k].required) continue;
    size_t i = 0;
    while (i < object->child_count && strcmp(object->children[i].key, record->keys[k].name) != 0) i++;
    if (i == object->child_count)
      PROBLEM(reader, "missing-key", object->at, NULL, "%s needs the key '%s'", record->what, record->keys[k].name);
  }
  if (record->end) record->end(reader, object, target);
}
