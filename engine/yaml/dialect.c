/* The grammar of a dialect: its tables of keys, and what a table cannot say. */
#include "yaml/dialect.h"

#include <string.h>

#include "base/pattern.h"
#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

/* ---- targets ----------------------------------------------------------------------------------------------------- */

static void begin_target(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_dialect_target *)target)->at = object->at;
}

#define TARGET_MEMBER(name) .member = offsetof(struct ask_dialect_target, name)
static const struct ask_yaml_key TARGET_KEYS[] = {
    {.name = "item", .kind = ASK_YAML_NAME, TARGET_MEMBER(item)},
    {.name = "client", .kind = ASK_YAML_NAME, TARGET_MEMBER(client)},
    {.name = "member", .kind = ASK_YAML_NAME, TARGET_MEMBER(member)},
    {.name = "any", .kind = ASK_YAML_NAME, TARGET_MEMBER(any)},
    {.name = "word", .kind = ASK_YAML_NAME, TARGET_MEMBER(word)},
};
static const struct ask_yaml_record TARGET = {
    .what = "a target", .size = sizeof(struct ask_dialect_target), ASK_YAML_KEYS(TARGET_KEYS), .begin = begin_target};

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static const char *const TYPE_NAMES[] = {
    [ASK_DIALECT_BOOL] = "bool", [ASK_DIALECT_INTEGER] = "integer", [ASK_DIALECT_MONEY] = "money",
    [ASK_DIALECT_TEXT] = "text", [ASK_DIALECT_WORD] = "word",       [ASK_DIALECT_LIST] = "list",
};
enum { TYPE_COUNT = sizeof TYPE_NAMES / sizeof TYPE_NAMES[0], WORDS_LIMIT = 200 };

static void set_type(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_dialect_field *field = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "the name of a type")) return;
  for (size_t i = 0; i < TYPE_COUNT; i++)
    if (strcmp(TYPE_NAMES[i], value->text) == 0) {
      field->type = (enum ask_dialect_type)i;
      return;
    }
  ask_yaml_unknown(reader, "unknown-type", value->at, value->text, TYPE_NAMES, TYPE_COUNT, "there is no type '%s'",
                   ask_yaml_quoted(reader->problems, value->text));
}

/* {Theirs: ours, Another: }: with nothing behind it nothing follows. */
static void set_words(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_dialect_field *field = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "their words with ours")) return;
  if (value->child_count > WORDS_LIMIT) {
    PROBLEM(reader, "too-many", value->at, NULL, "%zu words; at most %d are read", value->child_count,
            (int)WORDS_LIMIT);
    return;
  }
  struct ask_dialect_word *words = ask_alloc_array(reader->arena, value->child_count, sizeof *words);
  for (size_t i = 0; i < value->child_count; i++) {
    const struct ask_raw *child = &value->children[i];
    words[i].theirs = child->key;
    if (child->kind != ASK_RAW_NULL && ask_yaml_expect(reader, child, ASK_RAW_TEXT, "a word of ours"))
      words[i].ours = child->text;
  }
  field->words = words;
  field->word_count = value->child_count;
}

static void begin_field(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_dialect_field *)target)->at = object->at;
}

static void end_field(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  struct ask_dialect_field *field = target;
  const char *message;
  size_t offset;
  if ((field->type == ASK_DIALECT_WORD) != (field->word_count > 0))
    PROBLEM(reader, "wrong-type", object->at, "write type: word, and words: {Theirs: ours}",
            "words and the type word belong together");
  if ((field->type == ASK_DIALECT_LIST) != (field->field_count > 0))
    PROBLEM(reader, "wrong-type", object->at, "write type: list, and fields: [...]",
            "fields and the type list belong together");
  if (!field->pattern) return;
  field->matcher = ask_pattern_compile(reader->arena, field->pattern, &message, &offset);
  if (!field->matcher || field->type != ASK_DIALECT_TEXT)
    PROBLEM(reader, "bad-pattern", object->at, field->matcher ? "only text has a pattern" : message,
            "the pattern cannot be used");
}

static const struct ask_yaml_record FIELD;

#define FIELD_MEMBER(name) .member = offsetof(struct ask_dialect_field, name)
static const struct ask_yaml_key FIELD_KEYS[] = {
    {.name = "field", .kind = ASK_YAML_NAME, .required = true, FIELD_MEMBER(name)},
    {.name = "type",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_type,
     .words = TYPE_NAMES,
     .word_count = TYPE_COUNT},
    {.name = "required", .kind = ASK_YAML_BOOL, FIELD_MEMBER(required)},
    {.name = "most", .kind = ASK_YAML_COUNT, FIELD_MEMBER(most)},
    {.name = "pattern", .kind = ASK_YAML_TEXT, FIELD_MEMBER(pattern)},
    {.name = "words", .kind = ASK_YAML_OWN, .own = set_words},
    {.name = "to",
     .kind = ASK_YAML_RECORDS,
     FIELD_MEMBER(targets),
     .record = &TARGET,
     .count_member = offsetof(struct ask_dialect_field, target_count)},
    {.name = "fields",
     .kind = ASK_YAML_RECORDS,
     FIELD_MEMBER(fields),
     .record = &FIELD,
     .count_member = offsetof(struct ask_dialect_field, field_count)},
};
static const struct ask_yaml_record FIELD = {.what = "a field",
                                             .size = sizeof(struct ask_dialect_field),
                                             ASK_YAML_KEYS(FIELD_KEYS),
                                             .begin = begin_field,
                                             .end = end_field};

/* ---- rules ------------------------------------------------------------------------------------------------------- */

static void begin_rule(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_dialect_rule *)target)->at = object->at;
}

static void end_rule(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  struct ask_dialect_rule *rule = target;
  if (!rule->needs == !rule->exclude_count)
    PROBLEM(reader, "missing-key", object->at, NULL, "a rule has either `needs` or `excludes`");
}

#define RULE_MEMBER(name) .member = offsetof(struct ask_dialect_rule, name)
static const struct ask_yaml_key RULE_KEYS[] = {
    {.name = "when", .kind = ASK_YAML_NAME, .required = true, RULE_MEMBER(when)},
    {.name = "needs", .kind = ASK_YAML_NAME, RULE_MEMBER(needs)},
    {.name = "excludes",
     .kind = ASK_YAML_WORDS,
     RULE_MEMBER(excludes),
     .count_member = offsetof(struct ask_dialect_rule, exclude_count)},
    {.name = "message", .kind = ASK_YAML_TEXT, .required = true, RULE_MEMBER(message)},
};
static const struct ask_yaml_record RULE = {.what = "a rule",
                                            .size = sizeof(struct ask_dialect_rule),
                                            ASK_YAML_KEYS(RULE_KEYS),
                                            .begin = begin_rule,
                                            .end = end_rule};

/* ---- the dialect ------------------------------------------------------------------------------------------------- */

static void begin_part(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_dialect_part *)target)->at = object->at;
}

#define PART_MEMBER(name) .member = offsetof(struct ask_dialect_part, name)
static const struct ask_yaml_key PART_KEYS[] = {
    {.name = "list", .kind = ASK_YAML_NAME, .required = true, PART_MEMBER(list)},
    {.name = "column", .kind = ASK_YAML_NAME, .required = true, PART_MEMBER(column)},
    {.name = "most", .kind = ASK_YAML_COUNT, .required = true, PART_MEMBER(most)},
    {.name = "fields",
     .kind = ASK_YAML_RECORDS,
     .required = true,
     PART_MEMBER(fields),
     .record = &FIELD,
     .count_member = offsetof(struct ask_dialect_part, field_count)},
};
static const struct ask_yaml_record PART = {.what = "a part of the request",
                                            .size = sizeof(struct ask_dialect_part),
                                            ASK_YAML_KEYS(PART_KEYS),
                                            .begin = begin_part};

static void set_household(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  ask_yaml_read_record(reader, value, &PART, &((struct ask_dialect_spec *)target)->household);
}

static void set_people(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  ask_yaml_read_record(reader, value, &PART, &((struct ask_dialect_spec *)target)->people);
}

/* client: {householdMemberType: HeadOfHousehold} */
static void set_client(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_dialect_spec *dialect = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "a field and the word that names the client")) return;
  if (value->child_count != 1 || value->children[0].kind != ASK_RAW_TEXT) {
    PROBLEM(reader, "wrong-type", value->at, "write client: {field: Word}", "'client' needs one field and its word");
    return;
  }
  dialect->client_field = value->children[0].key;
  dialect->client_word = value->children[0].text;
}

static void set_otherwise(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_dialect_spec *dialect = target;
  static const char *const names[] = {"household", "client", "member"};
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "household, client and member")) return;
  for (size_t i = 0; i < value->child_count; i++) {
    const struct ask_raw *child = &value->children[i];
    if (!ask_yaml_expect(reader, child, ASK_RAW_OBJECT, "items with their values")) continue;
    if (strcmp(child->key, names[0]) == 0)
      dialect->household_otherwise = child;
    else if (strcmp(child->key, names[1]) == 0)
      dialect->client_otherwise = child;
    else if (strcmp(child->key, names[2]) == 0)
      dialect->member_otherwise = child;
    else
      ask_yaml_unknown(reader, "unknown-key", child->key_at, child->key, names, 3, "'otherwise' has no key '%s'",
                       ask_yaml_quoted(reader->problems, child->key));
  }
}

#define DIALECT_MEMBER(name) .member = offsetof(struct ask_dialect_spec, name)
static const struct ask_yaml_key DIALECT_KEYS[] = {
    {.name = "dialect", .kind = ASK_YAML_NAME, .required = true, DIALECT_MEMBER(id)},
    {.name = "title", .kind = ASK_YAML_TEXT, .required = true, DIALECT_MEMBER(title)},
    {.name = "household",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_household,
     .record = &PART,
     .schema = "{\"$ref\":\"#/$defs/a_part_of_the_request\"}"},
    {.name = "people",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_people,
     .record = &PART,
     .schema = "{\"$ref\":\"#/$defs/a_part_of_the_request\"}"},
    {.name = "client", .kind = ASK_YAML_OWN, .required = true, .own = set_client},
    {.name = "roster", .kind = ASK_YAML_NAME, .required = true, DIALECT_MEMBER(roster)},
    {.name = "reference", .kind = ASK_YAML_NAME, DIALECT_MEMBER(reference)},
    {.name = "flags",
     .kind = ASK_YAML_RECORDS,
     DIALECT_MEMBER(flags),
     .record = &FIELD,
     .count_member = offsetof(struct ask_dialect_spec, flag_count)},
    {.name = "rules",
     .kind = ASK_YAML_RECORDS,
     DIALECT_MEMBER(rules),
     .record = &RULE,
     .count_member = offsetof(struct ask_dialect_spec, rule_count)},
    {.name = "otherwise", .kind = ASK_YAML_OWN, .own = set_otherwise},
};
const struct ask_yaml_record ASK_YAML_DIALECT = {
    .what = "a dialect", .size = sizeof(struct ask_dialect_spec), ASK_YAML_KEYS(DIALECT_KEYS)};

/* ---- names ------------------------------------------------------------------------------------------------------- */

static const struct ask_dialect_field *field_named(const struct ask_dialect_part *part, const char *name) {
  for (size_t i = 0; i < part->field_count; i++)
    if (part->fields[i].name && strcmp(part->fields[i].name, name) == 0) return &part->fields[i];
  return NULL;
}

static void check_twice(const struct ask_yaml_reader *reader, const struct ask_dialect_field *fields, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < i; k++)
      if (fields[i].name && fields[k].name && strcmp(fields[i].name, fields[k].name) == 0)
        PROBLEM(reader, "declared-twice", fields[i].at, NULL, "the field %s is declared twice", fields[i].name);
    check_twice(reader, fields[i].fields, fields[i].field_count);
  }
}

static void check_rule(const struct ask_yaml_reader *reader, const struct ask_dialect_spec *dialect,
                       const struct ask_dialect_rule *rule) {
  if (rule->when && !field_named(&dialect->household, rule->when) && !field_named(&dialect->people, rule->when))
    PROBLEM(reader, "unknown-name", rule->at, NULL, "there is no field %s", rule->when);
  if (rule->needs && !field_named(&dialect->household, rule->needs))
    PROBLEM(reader, "unknown-name", rule->at, NULL, "the household has no field %s", rule->needs);
  for (size_t i = 0; i < rule->exclude_count; i++)
    if (!field_named(&dialect->household, rule->excludes[i]))
      PROBLEM(reader, "unknown-name", rule->at, NULL, "the household has no field %s", rule->excludes[i]);
}

static void check_names(const struct ask_yaml_reader *reader, const struct ask_dialect_spec *dialect) {
  check_twice(reader, dialect->household.fields, dialect->household.field_count);
  check_twice(reader, dialect->people.fields, dialect->people.field_count);
  for (size_t i = 0; i < dialect->rule_count; i++) check_rule(reader, dialect, &dialect->rules[i]);
  const struct ask_dialect_field *client = field_named(&dialect->people, dialect->client_field);
  bool known = false;
  for (size_t i = 0; client && i < client->word_count; i++)
    known = known || strcmp(client->words[i].theirs, dialect->client_word) == 0;
  if (!known)
    PROBLEM(reader, "unknown-name", dialect->people.at, NULL, "no person can have %s: %s, which names the client",
            dialect->client_field, dialect->client_word);
  const struct ask_dialect_field *reference =
      dialect->reference ? field_named(&dialect->household, dialect->reference) : NULL;
  if (dialect->reference && (!reference || reference->type != ASK_DIALECT_TEXT))
    PROBLEM(reader, "unknown-name", dialect->household.at, NULL, "the household has no text field %s",
            dialect->reference);
}

bool ask_yaml_dialect(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                      struct ask_dialect_spec *ret, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_dialect_spec dialect = {0};
  if (root) {
    dialect.at = root->at;
    ask_yaml_read_record(&reader, root, &ASK_YAML_DIALECT, &dialect);
  }
  if (problems->errors == errors_before) check_names(&reader, &dialect);
  if (problems->errors > errors_before) return false;
  *ret = dialect;
  return true;
}
