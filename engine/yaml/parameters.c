/* The grammar of dated parameters. A value can be read only when the unit is known, so that the tables of keys collect
 * trees first and the values follow. */
#include "yaml/parameters.h"

#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/number.h"
#include "yaml/basis.h"
#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/words.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

/* ---- units and single values ------------------------------------------------------------------------------------- */

static const char *const UNITS[] = {"USD",   "count",  "people",  "hours",  "days",  "months",
                                    "years", "points", "percent", "factor", "ratio", "date"};
static const enum ask_type UNIT_TYPES[] = {ASK_MONEY,   ASK_INTEGER, ASK_INTEGER, ASK_INTEGER, ASK_INTEGER, ASK_INTEGER,
                                           ASK_INTEGER, ASK_INTEGER, ASK_DECIMAL, ASK_DECIMAL, ASK_DECIMAL, ASK_DATE};
enum { UNIT_COUNT = sizeof UNITS / sizeof UNITS[0] };
_Static_assert(UNIT_COUNT == sizeof UNIT_TYPES / sizeof UNIT_TYPES[0], "every unit has its type");

static bool read_unit(const struct ask_yaml_reader *reader, const struct ask_raw *raw, enum ask_type *ret) {
  if (!ask_yaml_expect(reader, raw, ASK_RAW_TEXT, "a unit such as USD per month")) return false;
  size_t length = strcspn(raw->text, " ");
  for (size_t i = 0; i < UNIT_COUNT; i++) {
    if (strlen(UNITS[i]) == length && memcmp(UNITS[i], raw->text, length) == 0) {
      *ret = UNIT_TYPES[i];
      return true;
    }
  }
  const char *word = ask_strndup(reader->problems->arena, raw->text, length);
  ask_yaml_unknown(reader, "unknown-unit", raw->at, word, UNITS, UNIT_COUNT, "there is no unit '%s'",
                   ask_yaml_quoted(reader->problems, word));
  return false;
}

static bool read_number(const struct ask_yaml_reader *reader, const struct ask_raw *raw, enum ask_type type,
                        int64_t *ret_word) {
  static const struct {
    int places;
    const char *needs, *exact;
  } rules[] = {
      [ASK_INTEGER] = {0, "a whole number", "a whole number"},
      [ASK_DECIMAL] = {6, "a number", "exact to six decimal places"},
      [ASK_MONEY] = {2, "an amount such as 1450 or 14.50", "exact to the cent"},
  };
  if (raw->kind != ASK_RAW_NUMBER) {
    PROBLEM(reader, "wrong-type", raw->at, "write the number alone: no quotes, no $ and no comma, 0 before a point",
            "expected %s, not %s", rules[type].needs,
            raw->kind == ASK_RAW_TEXT ? ask_yaml_quoted(reader->problems, raw->text) : ask_yaml_kind_name(raw));
    return false;
  }
  if (ask_number_read(raw->text, raw->length, rules[type].places, ret_word)) return true;
  PROBLEM(reader, "not-exact", raw->at, NULL, "%s is not %s, or is too large",
          ask_yaml_quoted(reader->problems, raw->text), rules[type].exact);
  return false;
}

static bool read_word(const struct ask_yaml_reader *reader, const struct ask_raw *raw, enum ask_type type,
                      int64_t *ret_word) {
  return type == ASK_DATE ? ask_yaml_read_date(reader, raw, ret_word) : read_number(reader, raw, type, ret_word);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const char EACH_MORE[] = "each_more";

enum key_kind { WORD_KEY, NUMBER_KEY, BAD_KEY };

/* A key that begins as a number does must be a whole number in its one spelling, or a word such as 2br. */
static enum key_kind kind_of_key(const char *key) {
  size_t digits = strspn(key + (*key == '-'), "0123456789");
  if (digits == 0) return WORD_KEY;
  const char *rest = key + (*key == '-') + digits;
  int64_t number;
  if (*rest == '\0')
    return ask_number_read(key, strlen(key), 0, &number) && strcmp(key, "-0") != 0 ? NUMBER_KEY : BAD_KEY;
  return strchr(".,eE+-", *rest) ? BAD_KEY : WORD_KEY;
}

static void read_table(const struct ask_yaml_reader *reader, const struct ask_raw *table, enum ask_type type,
                       struct ask_parameter_version *version) {
  version->is_table = true;
  if (!ask_yaml_expect(reader, table, ASK_RAW_OBJECT, "keys with their values: {1: 1696, 2: 2292}")) return;
  struct ask_parameter_cell *cells = ask_alloc_array(reader->arena, table->child_count, sizeof *cells);
  const struct ask_raw *first = NULL, *each_more = NULL;
  for (size_t i = 0; i < table->child_count; i++) {
    const struct ask_raw *child = &table->children[i];
    if (strcmp(child->key, EACH_MORE) == 0) {
      each_more = child;
      version->each_more_at = child->key_at;
      version->has_each_more = type != ASK_DATE && read_number(reader, child, type, &version->each_more);
      continue;
    }
    enum key_kind kind = kind_of_key(child->key);
    if (kind == BAD_KEY)
      PROBLEM(reader, "bad-key", child->key_at, "write it as 1, 2, 3, or use words",
              "the key '%s' is not a whole number", ask_yaml_quoted(reader->problems, child->key));
    else if (!first)
      first = child;
    else if (kind != kind_of_key(first->key))
      PROBLEM(reader, "bad-key", child->key_at, "use whole numbers for all keys, or words for all",
              "the key '%s' does not go with '%s' on line %d", ask_yaml_quoted(reader->problems, child->key),
              ask_yaml_quoted(reader->problems, first->key), first->key_at.line);
    struct ask_parameter_cell cell = {.at = child->key_at, .key = child->key};
    if (read_word(reader, child, type, &cell.word)) cells[version->cell_count++] = cell;
  }
  version->cells = cells;
  if (!first)
    PROBLEM(reader, "empty-table", table->at, NULL, "a table needs at least one key with a value");
  else if (each_more && (type == ASK_DATE || kind_of_key(first->key) != NUMBER_KEY))
    PROBLEM(reader, "bad-key", each_more->key_at, NULL,
            "each_more goes with whole numbers as keys, and not with dates");
}

/* ---- versions ---------------------------------------------------------------------------------------------------- */

/* A version while it is read. The spec comes first, so that its members have the same offsets. */
struct version_draft {
  struct ask_parameter_version spec;
  const struct ask_raw *value, *table, *until, *basis;
};

static void begin_version(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  (void)object;
  struct version_draft *draft = target;
  draft->spec.until = INT64_MAX;
  draft->spec.verified = true;
}

#define VERSION_MEMBER(name) .member = offsetof(struct version_draft, name)
static const struct ask_yaml_key VERSION_KEYS[] = {
    {.name = "value", .kind = ASK_YAML_RAW, VERSION_MEMBER(value), .schema = ASK_SCHEMA_CELL},
    {.name = "table",
     .kind = ASK_YAML_RAW,
     VERSION_MEMBER(table),
     .schema = "{\"type\":\"object\",\"minProperties\":1,\"additionalProperties\":" ASK_SCHEMA_CELL "}"},
    {.name = "until", .kind = ASK_YAML_RAW, VERSION_MEMBER(until), .schema = ASK_SCHEMA_DATE},
    {.name = "basis",
     .kind = ASK_YAML_RAW,
     VERSION_MEMBER(basis),
     .record = &ASK_YAML_BASIS,
     .schema = "{\"$ref\":\"#/$defs/a_basis\"}"},
    {.name = "verified", .kind = ASK_YAML_BOOL, VERSION_MEMBER(spec.verified)},
    {.name = "source", .kind = ASK_YAML_TEXT, VERSION_MEMBER(spec.source)},
    {.name = "note", .kind = ASK_YAML_TEXT, VERSION_MEMBER(spec.note)},
};
static const struct ask_yaml_record VERSION = {
    .what = "a dated value", .size = sizeof(struct version_draft), ASK_YAML_KEYS(VERSION_KEYS), .begin = begin_version};

static struct ask_parameter_version read_version(const struct ask_yaml_reader *reader, const struct ask_raw *raw,
                                                 enum ask_type type) {
  struct version_draft draft = {0};
  if (raw->kind != ASK_RAW_OBJECT) {
    begin_version(reader, raw, &draft);
    read_word(reader, raw, type, &draft.spec.word);
    return draft.spec;
  }
  ask_yaml_read_record(reader, raw, &VERSION, &draft);
  if (draft.until && !ask_yaml_read_date(reader, draft.until, &draft.spec.until)) draft.spec.until = INT64_MAX;
  if (!draft.value == !draft.table)
    PROBLEM(reader, "missing-key", raw->at, NULL, "a dated value needs either 'value' or 'table'%s",
            draft.value ? ", not both" : "");
  else if (draft.value)
    read_word(reader, draft.value, type, &draft.spec.word);
  else
    read_table(reader, draft.table, type, &draft.spec);
  if (draft.basis && type != ASK_MONEY)
    PROBLEM(reader, "wrong-type", draft.basis->key_at, "leave it out", "only amounts of money (USD) have a basis");
  else if (draft.basis)
    draft.spec.basis = ask_yaml_basis(reader, draft.basis);
  return draft.spec;
}

static void check_version(const struct ask_yaml_reader *reader, const struct ask_parameter_version *version,
                          const struct ask_parameter_version *before) {
  char from[16], text[16];
  ask_date_text(version->from, from);
  if (version->until < version->from) {
    ask_date_text(version->until, text);
    PROBLEM(reader, "bad-range", version->at, NULL, "the value from %s ends before it begins, on %s", from, text);
  }
  if (!before) return;
  ask_date_text(before->from, text);
  if (version->from < before->from)
    PROBLEM(reader, "bad-order", version->at, "write the oldest value first",
            "the value from %s on line %d stands below the later one from %s on line %d", from, version->at.line, text,
            before->at.line);
  else if (before->until != INT64_MAX && before->until >= version->from)
    PROBLEM(reader, "overlap", version->at, "end the earlier value the day before, or leave its 'until' out",
            "the value from %s on line %d begins while the one from %s on line %d is in force", from, version->at.line,
            text, before->at.line);
  if (version->is_table != before->is_table)
    PROBLEM(reader, "wrong-type", version->at, "use the same form for all dates",
            "line %d gives a %s, but line %d gives a %s", version->at.line,
            version->is_table ? "table" : "single value", before->at.line, before->is_table ? "table" : "single value");
}

static void read_versions(const struct ask_yaml_reader *reader, const struct ask_raw *values,
                          struct ask_parameter_spec *parameter) {
  if (!ask_yaml_expect(reader, values, ASK_RAW_OBJECT, "dates with the value from then on: {2026-01-01: 18}")) return;
  struct ask_parameter_version *versions = ask_alloc_array(reader->arena, values->child_count, sizeof *versions);
  size_t count = 0;
  for (size_t i = 0; i < values->child_count; i++) {
    const struct ask_raw *child = &values->children[i];
    int64_t from;
    if (!ask_yaml_read_date_key(reader, child, &from)) continue;
    versions[count] = read_version(reader, child, parameter->type);
    versions[count].at = child->key_at;
    versions[count].from = from;
    check_version(reader, &versions[count], count ? &versions[count - 1] : NULL);
    count++;
  }
  if (values->child_count == 0)
    PROBLEM(reader, "empty-table", values->at, NULL, "'values' needs at least one date with a value");
  parameter->versions = versions;
  parameter->version_count = count;
}

/* ---- parameters -------------------------------------------------------------------------------------------------- */

struct parameter_draft {
  struct ask_parameter_spec spec;
  const struct ask_raw *unit, *values;
};

#define PARAMETER_MEMBER(name) .member = offsetof(struct parameter_draft, name)
static const struct ask_yaml_key PARAMETER_KEYS[] = {
    {.name = "title", .kind = ASK_YAML_TEXT, PARAMETER_MEMBER(spec.title)},
    {.name = "unit",
     .kind = ASK_YAML_RAW,
     .required = true,
     PARAMETER_MEMBER(unit),
     .words = UNITS,
     .word_count = UNIT_COUNT,
     .words_begin = true},
    {.name = "source", .kind = ASK_YAML_TEXT, PARAMETER_MEMBER(spec.source)},
    {.name = "url", .kind = ASK_YAML_TEXT, PARAMETER_MEMBER(spec.url)},
    {.name = "values",
     .kind = ASK_YAML_RAW,
     .required = true,
     PARAMETER_MEMBER(values),
     .record = &VERSION,
     .schema =
         "{\"type\":\"object\",\"minProperties\":1,\"additionalProperties\":false,\"patternProperties\":{"
         "\"" ASK_SCHEMA_DATE_PATTERN "\":{\"anyOf\":[" ASK_SCHEMA_CELL ",{\"$ref\":\"#/$defs/a_dated_value\"}]}}}"},
};
const struct ask_yaml_record ASK_YAML_PARAMETER = {
    .what = "a parameter", .size = sizeof(struct parameter_draft), ASK_YAML_KEYS(PARAMETER_KEYS)};

const struct ask_yaml_record *const ask_yaml_records_parameters[] = {&ASK_YAML_PARAMETER, &VERSION, &ASK_YAML_BASIS,
                                                                     NULL};

bool ask_yaml_unit(size_t index, const char **ret_word, enum ask_type *ret_type) {
  if (index >= UNIT_COUNT) return false;
  *ret_word = UNITS[index];
  *ret_type = UNIT_TYPES[index];
  return true;
}

static struct ask_parameter_spec read_parameter(const struct ask_yaml_reader *reader, const struct ask_raw *raw) {
  struct parameter_draft draft = {0};
  if (!ask_yaml_is_name(raw->key))
    PROBLEM(reader, "bad-name", raw->key_at,
            "letters, digits and _ only, and no digit first, so that expressions can use it", "'%s' is not a name",
            ask_yaml_quoted(reader->problems, raw->key));
  ask_yaml_read_record(reader, raw, &ASK_YAML_PARAMETER, &draft);
  draft.spec.at = raw->key_at;
  draft.spec.id = raw->key;
  if (draft.unit && read_unit(reader, draft.unit, &draft.spec.type)) {
    draft.spec.unit = draft.unit->text;
    if (draft.values) read_versions(reader, draft.values, &draft.spec);
  }
  return draft.spec;
}

void ask_yaml_parameter_list(struct ask_arena *arena, const struct ask_raw *parameters, struct ask_parameter_file *ret,
                             struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  if (!ask_yaml_expect(&reader, parameters, ASK_RAW_OBJECT, "parameters (name: {unit, values})")) return;
  struct ask_parameter_spec *list = ask_alloc_array(arena, parameters->child_count, sizeof *list);
  for (size_t i = 0; i < parameters->child_count; i++) list[i] = read_parameter(&reader, &parameters->children[i]);
  ret->list = list;
  ret->count = parameters->child_count;
}

bool ask_yaml_parameters(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                         struct ask_parameter_file *ret, struct ask_problems *problems) {
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_parameter_file file = {.path = ask_strdup(arena, path)};
  if (root) ask_yaml_parameter_list(arena, root, &file, problems);
  if (problems->errors > errors_before) return false;
  struct ask_hash hash;
  ask_hash_start(&hash);
  ask_hash_add(&hash, bytes, length);
  ask_hash_end(&hash, file.hash);
  *ret = file;
  return true;
}
