/* The grammar of a form: its tables of keys, and what a table cannot say. */
#include "yaml/form.h"

#include <string.h>

#include "base/hash.h"
#include "base/number.h"
#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/yaml.h"

enum { OPTIONS_LIMIT = 1000 };

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

/* ---- options ----------------------------------------------------------------------------------------------------- */

static void set_code(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_option *option = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_NUMBER, "a whole number")) return;
  if (ask_number_read(value->text, value->length, 0, &option->code))
    option->has_code = 1;
  else
    PROBLEM(reader, "out-of-range", value->at, NULL, "'code' needs a whole number, not %s",
            ask_yaml_quoted(reader->problems, value->text));
}

static const struct ask_yaml_key OPTION_KEYS[] = {
    {.name = "text", .kind = ASK_YAML_TEXT, .member = offsetof(struct ask_option, text)},
    {.name = "code", .kind = ASK_YAML_OWN, .own = set_code, .schema = "{\"type\":\"integer\"}"},
    {.name = "declines", .kind = ASK_YAML_BOOL, .member = offsetof(struct ask_option, declines)},
};
static const struct ask_yaml_record OPTION = {
    .what = "an option", .size = sizeof(struct ask_option), ASK_YAML_KEYS(OPTION_KEYS)};

/* word: text | word: | word: {text, code, declines} */
static void read_option(const struct ask_yaml_reader *reader, const struct ask_raw *raw, struct ask_option *option) {
  option->id = raw->key;
  if (raw->kind == ASK_RAW_OBJECT)
    ask_yaml_read_record(reader, raw, &OPTION, option);
  else if (raw->kind == ASK_RAW_TEXT || raw->kind == ASK_RAW_NUMBER)
    option->text = raw->text;
  else if (raw->kind != ASK_RAW_NULL)
    PROBLEM(reader, "wrong-type", raw->at, "put a text such as true in quotes",
            "the option '%s' needs a text, or {text, code, declines}, not %s",
            ask_yaml_quoted(reader->problems, raw->key), ask_yaml_kind_name(raw));
}

/* One entry of the short form: [word, word]. */
static void read_word(const struct ask_yaml_reader *reader, const struct ask_raw *raw, struct ask_option *options,
                      size_t index) {
  if ((raw->kind != ASK_RAW_TEXT && raw->kind != ASK_RAW_NUMBER) || raw->length == 0) {
    PROBLEM(reader, "wrong-type", raw->at, "put a word such as true or null in quotes",
            "an option needs a word, not %s", raw->kind == ASK_RAW_TEXT ? "an empty text" : ask_yaml_kind_name(raw));
    return;
  }
  options[index].id = raw->text;
  for (size_t i = 0; i < index; i++)
    if (options[i].id && strcmp(options[i].id, raw->text) == 0)
      PROBLEM(reader, "duplicate-option", raw->at, "remove one of them", "the option '%s' is written twice",
              ask_yaml_quoted(reader->problems, raw->text));
}

static void set_options(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_item_spec *item = target;
  if (value->kind != ASK_RAW_OBJECT && value->kind != ASK_RAW_ARRAY) {
    PROBLEM(reader, "wrong-type", value->at, "write options: {word: What the person reads, other_word: ...}",
            "'options' needs words with their texts, not %s", ask_yaml_kind_name(value));
    return;
  }
  if (value->child_count > OPTIONS_LIMIT) {
    PROBLEM(reader, "too-many", value->at, NULL, "%zu options; at most %d are read", value->child_count,
            (int)OPTIONS_LIMIT);
    return;
  }
  struct ask_option *options = ask_alloc_array(reader->arena, value->child_count, sizeof *options);
  for (size_t i = 0; i < value->child_count; i++)
    if (value->kind == ASK_RAW_OBJECT)
      read_option(reader, &value->children[i], &options[i]);
    else
      read_word(reader, &value->children[i], options, i);
  item->options.list = options;
  item->options.count = (uint32_t)value->child_count;
}

/* ---- items ------------------------------------------------------------------------------------------------------- */

static const char *const TYPE_NAMES[] = {
    [ASK_BOOL] = "bool",     [ASK_INTEGER] = "integer", [ASK_DECIMAL] = "decimal",
    [ASK_MONEY] = "money",   [ASK_DATE] = "date",       [ASK_TEXT] = "text",
    [ASK_CHOICE] = "choice", [ASK_CHOICES] = "choices", [ASK_LIST] = "list",
};
enum { TYPE_COUNT = sizeof TYPE_NAMES / sizeof TYPE_NAMES[0] };

static void set_type(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_item_spec *item = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "the name of a type")) return;
  for (size_t i = 0; i < TYPE_COUNT; i++)
    if (strcmp(TYPE_NAMES[i], value->text) == 0) {
      item->type = (enum ask_type)i;
      return;
    }
  ask_yaml_unknown(reader, "unknown-type", value->at, value->text, TYPE_NAMES, TYPE_COUNT, "there is no type '%s'",
                   ask_yaml_quoted(reader->problems, value->text));
}

static void begin_item(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_item_spec *)target)->at = object->at;
}

#define ITEM_MEMBER(name) .member = offsetof(struct ask_item_spec, name)
static const struct ask_yaml_key ITEM_KEYS[] = {
    {.name = "id", .kind = ASK_YAML_NAME, .required = true, ITEM_MEMBER(id)},
    {.name = "type",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_type,
     .words = TYPE_NAMES,
     .word_count = TYPE_COUNT},
    {.name = "text", .kind = ASK_YAML_TEXT, ITEM_MEMBER(text)},
    {.name = "why", .kind = ASK_YAML_TEXT, ITEM_MEMBER(why)},
    {.name = "help", .kind = ASK_YAML_TEXT, ITEM_MEMBER(help)},
    {.name = "options",
     .kind = ASK_YAML_OWN,
     .own = set_options,
     .record = &OPTION,
     .schema = "{\"anyOf\":[{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\"]}},"
               "{\"type\":\"object\",\"additionalProperties\":{\"anyOf\":[{\"type\":[\"string\",\"number\",\"null\"]},"
               "{\"$ref\":\"#/$defs/an_option\"}]}}]}"},
    {.name = "ordered", .kind = ASK_YAML_BOOL, ITEM_MEMBER(options.ordered)},
    {.name = "ask_when", .kind = ASK_YAML_EXPR, ITEM_MEMBER(ask_when)},
    {.name = "if_not_asked", .kind = ASK_YAML_EXPR, ITEM_MEMBER(if_not_asked)},
    {.name = "computed", .kind = ASK_YAML_EXPR, ITEM_MEMBER(computed)},
    {.name = "min", .kind = ASK_YAML_EXPR, ITEM_MEMBER(min)},
    {.name = "max", .kind = ASK_YAML_EXPR, ITEM_MEMBER(max)},
    {.name = "max_length", .kind = ASK_YAML_COUNT, ITEM_MEMBER(max_length)},
    {.name = "pattern", .kind = ASK_YAML_TEXT, ITEM_MEMBER(pattern)},
    {.name = "pattern_hint", .kind = ASK_YAML_TEXT, ITEM_MEMBER(pattern_hint)},
    {.name = "required", .kind = ASK_YAML_BOOL, ITEM_MEMBER(required)},
    {.name = "warn_if_empty", .kind = ASK_YAML_BOOL, ITEM_MEMBER(warn_if_empty)},
    {.name = "every_intake", .kind = ASK_YAML_BOOL, ITEM_MEMBER(every_intake)},
    {.name = "labels",
     .kind = ASK_YAML_WORDS,
     ITEM_MEMBER(labels),
     .count_member = offsetof(struct ask_item_spec, label_count)},
    {.name = "entry", .kind = ASK_YAML_NAME, ITEM_MEMBER(entry)},
    {.name = "max_entries", .kind = ASK_YAML_COUNT, ITEM_MEMBER(max_entries)},
    {.name = "fields",
     .kind = ASK_YAML_RECORDS,
     ITEM_MEMBER(fields),
     .record = &ASK_YAML_ITEM,
     .count_member = offsetof(struct ask_item_spec, field_count)},
};
const struct ask_yaml_record ASK_YAML_ITEM = {
    .what = "an item", .size = sizeof(struct ask_item_spec), ASK_YAML_KEYS(ITEM_KEYS), .begin = begin_item};

/* The arrays were made here a moment ago; only the spec's readers see them as const. The tree's depth bounds the
 * recursion. */
static void set_origin(const struct ask_item_spec *items, size_t count, const char *section, const char *declared_by) {
  struct ask_item_spec *list = (struct ask_item_spec *)items;
  for (size_t i = 0; i < count; i++) {
    list[i].section = section;
    list[i].declared_by = declared_by;
    set_origin(list[i].fields, list[i].field_count, section, declared_by);
  }
}

const struct ask_item_spec *ask_yaml_items(struct ask_arena *arena, const struct ask_raw *list, const char *section,
                                           const char *declared_by, size_t *ret_count, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  const struct ask_item_spec *items = ask_yaml_read_records(&reader, list, &ASK_YAML_ITEM, ret_count);
  set_origin(items, *ret_count, section, declared_by);
  return items;
}

/* ---- sections ----------------------------------------------------------------------------------------------------- */

/* What a form is read with: its instruments, and those it has asked so far. A reader is the first member, so that the
 * functions of the tables find the rest. */
struct form_reader {
  struct ask_yaml_reader reader;
  const struct ask_instrument_spec *instruments;
  size_t instrument_count;
  const struct ask_instrument_spec **asked;
  size_t asked_count, asked_capacity;
};

/* One entry of a section that asks an instrument. */
struct instrument_use {
  struct ask_place at;
  const char *id;
  struct ask_expr_spec ask_when;
};

static void begin_use(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct instrument_use *)target)->at = object->at;
}

#define USE_MEMBER(name) .member = offsetof(struct instrument_use, name)
static const struct ask_yaml_key USE_KEYS[] = {
    {.name = "instrument", .kind = ASK_YAML_NAME, .required = true, USE_MEMBER(id)},
    {.name = "ask_when", .kind = ASK_YAML_EXPR, USE_MEMBER(ask_when)},
};
static const struct ask_yaml_record USE = {
    .what = "an instrument", .size = sizeof(struct instrument_use), ASK_YAML_KEYS(USE_KEYS), .begin = begin_use};

/* NULL after adding a problem. */
static const struct ask_instrument_spec *instrument_of(struct form_reader *form, const struct ask_raw *raw,
                                                       const struct instrument_use *use) {
  const struct ask_yaml_reader *reader = &form->reader;
  const struct ask_place at = ask_yaml_child(raw, "instrument")->at;
  const char *quoted = ask_yaml_quoted(reader->problems, use->id);
  const char **names = ask_alloc_array(reader->arena, form->instrument_count, sizeof *names);
  for (size_t i = 0; i < form->instrument_count; i++) names[i] = form->instruments[i].id;
  for (size_t i = 0; i < form->asked_count; i++)
    if (strcmp(form->asked[i]->id, use->id) == 0) {
      PROBLEM(reader, "declared-twice", at, "an instrument is asked in one place", "the instrument '%s' is asked twice",
              quoted);
      return NULL;
    }
  for (size_t i = 0; i < form->instrument_count; i++)
    if (strcmp(names[i], use->id) == 0) return &form->instruments[i];
  if (form->instrument_count)
    ask_yaml_unknown(reader, "unknown-instrument", at, use->id, names, form->instrument_count,
                     "there is no instrument '%s'", quoted);
  else
    PROBLEM(reader, "unknown-instrument", at,
            ask_printf(reader->problems->arena, "put it into instruments/%s.yaml beside the form", quoted),
            "there is no instrument '%s'", quoted);
  return NULL;
}

/* Its items, asked when both they and the line that names it say so. */
static void copy_instrument(const struct form_reader *form, const struct ask_instrument_spec *instrument,
                            const struct ask_expr_spec *when, struct ask_item_spec *target) {
  for (size_t i = 0; i < instrument->item_count; i++) {
    struct ask_item_spec *item = &target[i];
    *item = instrument->items[i];
    item->instrument = instrument;
    if (!when->text || !item->text) continue;
    if (item->ask_when.text) /* both: its own place is kept for messages */
      item->ask_when.text = ask_printf(form->reader.arena, "(%s) and (%s)", item->ask_when.text, when->text);
    else
      item->ask_when = *when;
  }
}

static void set_section_items(const struct ask_yaml_reader *reader, const struct ask_raw *list, void *target) {
  struct form_reader *form = (struct form_reader *)reader;
  struct ask_section_spec *section = target;
  if (list->kind != ASK_RAW_ARRAY) {
    ask_yaml_read_records(reader, list, &ASK_YAML_ITEM, &section->item_count);
    return;
  }
  struct ask_item_spec *items = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < list->child_count; i++) {
    const struct ask_raw *child = &list->children[i];
    if (child->kind != ASK_RAW_OBJECT || !ask_yaml_child(child, "instrument")) {
      ask_yaml_read_record(reader, child, &ASK_YAML_ITEM,
                           ask_push(reader->arena, &items, &count, &capacity, sizeof *items));
      continue;
    }
    struct instrument_use use = {0};
    ask_yaml_read_record(reader, child, &USE, &use);
    const struct ask_instrument_spec *instrument = use.id ? instrument_of(form, child, &use) : NULL;
    if (!instrument) continue;
    size_t first = count;
    for (size_t k = 0; k < instrument->item_count; k++)
      ask_push(reader->arena, &items, &count, &capacity, sizeof *items);
    copy_instrument(form, instrument, &use.ask_when, items + first);
    *(const struct ask_instrument_spec **)ask_push(reader->arena, &form->asked, &form->asked_count,
                                                   &form->asked_capacity, sizeof *form->asked) = instrument;
  }
  section->items = items;
  section->item_count = count;
}

static void begin_section(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_section_spec *)target)->at = object->at;
}

static void end_section(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  (void)object;
  const struct ask_section_spec *section = target;
  set_origin(section->items, section->item_count, section->id, "form");
}

#define SECTION_MEMBER(name) .member = offsetof(struct ask_section_spec, name)
static const struct ask_yaml_key SECTION_KEYS[] = {
    {.name = "section", .kind = ASK_YAML_NAME, .required = true, SECTION_MEMBER(id)},
    {.name = "title", .kind = ASK_YAML_TEXT, SECTION_MEMBER(title)},
    {.name = "intro", .kind = ASK_YAML_TEXT, SECTION_MEMBER(intro)},
    {.name = "role", .kind = ASK_YAML_TEXT, SECTION_MEMBER(role)},
    {.name = "ask_when", .kind = ASK_YAML_EXPR, SECTION_MEMBER(ask_when)},
    {.name = "items",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_section_items,
     .record = &ASK_YAML_ITEM,
     .other = &USE,
     .schema =
         "{\"type\":\"array\",\"items\":{\"anyOf\":[{\"$ref\":\"#/$defs/an_item\"},{\"$ref\":\"#/$defs/an_instrument\"}]}}"},
};
static const struct ask_yaml_record SECTION = {.what = "a section",
                                               .size = sizeof(struct ask_section_spec),
                                               ASK_YAML_KEYS(SECTION_KEYS),
                                               .begin = begin_section,
                                               .end = end_section};

/* ---- groups, checks, the form ------------------------------------------------------------------------------------- */

static void begin_group(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_group_spec *)target)->at = object->at;
}

#define GROUP_MEMBER(name) .member = offsetof(struct ask_group_spec, name)
static const struct ask_yaml_key GROUP_KEYS[] = {
    {.name = "group", .kind = ASK_YAML_NAME, .required = true, GROUP_MEMBER(id)},
    {.name = "entry", .kind = ASK_YAML_NAME, .required = true, GROUP_MEMBER(entry)},
    {.name = "items",
     .kind = ASK_YAML_WORDS,
     .required = true,
     GROUP_MEMBER(items),
     .count_member = offsetof(struct ask_group_spec, item_count)},
};
const struct ask_yaml_record ASK_YAML_GROUP = {
    .what = "a group", .size = sizeof(struct ask_group_spec), ASK_YAML_KEYS(GROUP_KEYS), .begin = begin_group};

const struct ask_group_spec *ask_yaml_groups(struct ask_arena *arena, const struct ask_raw *list, size_t *ret_count,
                                             struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  return ask_yaml_read_records(&reader, list, &ASK_YAML_GROUP, ret_count);
}

static void begin_check(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_check_spec *)target)->at = object->at;
}

static const char *const SEVERITIES[] = {[ASK_ERROR] = "error", [ASK_WARNING] = "warning"};

static void set_severity(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  const char *const *names = SEVERITIES;
  struct ask_check_spec *check = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "error or warning")) return;
  if (strcmp(value->text, names[ASK_ERROR]) == 0)
    check->severity = ASK_ERROR;
  else if (strcmp(value->text, names[ASK_WARNING]) == 0)
    check->severity = ASK_WARNING;
  else
    ask_yaml_unknown(reader, "unknown-severity", value->at, value->text, names, 2, "there is no severity '%s'",
                     ask_yaml_quoted(reader->problems, value->text));
}

#define CHECK_MEMBER(name) .member = offsetof(struct ask_check_spec, name)
static const struct ask_yaml_key CHECK_KEYS[] = {
    {.name = "check", .kind = ASK_YAML_NAME, .required = true, CHECK_MEMBER(id)},
    {.name = "must", .kind = ASK_YAML_EXPR, .required = true, CHECK_MEMBER(must)},
    {.name = "items",
     .kind = ASK_YAML_WORDS,
     .required = true,
     CHECK_MEMBER(items),
     .count_member = offsetof(struct ask_check_spec, item_count)},
    {.name = "message", .kind = ASK_YAML_TEXT, .required = true, CHECK_MEMBER(message)},
    {.name = "severity", .kind = ASK_YAML_OWN, .own = set_severity, .words = SEVERITIES, .word_count = 2},
};
static const struct ask_yaml_record CHECK = {
    .what = "a check", .size = sizeof(struct ask_check_spec), ASK_YAML_KEYS(CHECK_KEYS), .begin = begin_check};

#define FORM_MEMBER(name) .member = offsetof(struct ask_form_spec, name)
/* What a form and a pack's items have in common. */
#define FORM_GROUPS                                                                             \
  {                                                                                             \
    .name = "groups", .kind = ASK_YAML_RECORDS, FORM_MEMBER(groups), .record = &ASK_YAML_GROUP, \
    .count_member = offsetof(struct ask_form_spec, group_count)                                 \
  }
#define FORM_CHECKS                                                                    \
  {                                                                                    \
    .name = "checks", .kind = ASK_YAML_RECORDS, FORM_MEMBER(checks), .record = &CHECK, \
    .count_member = offsetof(struct ask_form_spec, check_count)                        \
  }
static const struct ask_yaml_key FORM_KEYS[] = {
    {.name = "form", .kind = ASK_YAML_NAME, .required = true, FORM_MEMBER(id)},
    {.name = "title", .kind = ASK_YAML_TEXT, FORM_MEMBER(title)},
    {.name = "version", .kind = ASK_YAML_TEXT, .required = true, FORM_MEMBER(version)},
    {.name = "sections",
     .kind = ASK_YAML_RECORDS,
     .required = true,
     FORM_MEMBER(sections),
     .record = &SECTION,
     .count_member = offsetof(struct ask_form_spec, section_count)},
    FORM_GROUPS,
    FORM_CHECKS,
};
const struct ask_yaml_record ASK_YAML_FORM = {
    .what = "a form", .size = sizeof(struct ask_form_spec), ASK_YAML_KEYS(FORM_KEYS)};

/* Those of the form itself, then those of its instruments. */
static void add_groups(struct ask_arena *arena, struct ask_form_spec *form) {
  size_t count = form->group_count;
  for (size_t i = 0; i < form->instrument_count; i++) count += form->instruments[i]->group_count;
  if (count == form->group_count) return;
  struct ask_group_spec *groups = ask_alloc_array(arena, count, sizeof *groups);
  for (size_t k = 0; k < form->group_count; k++) groups[k] = form->groups[k];
  for (size_t i = 0; i < form->instrument_count; i++)
    for (size_t k = 0; k < form->instruments[i]->group_count; k++)
      groups[form->group_count++] = form->instruments[i]->groups[k];
  form->groups = groups;
}

static const struct ask_yaml_key PACK_KEYS[] = {
    {.name = "sections",
     .kind = ASK_YAML_RECORDS,
     FORM_MEMBER(sections),
     .record = &SECTION,
     .count_member = offsetof(struct ask_form_spec, section_count)},
    {.name = "items",
     .kind = ASK_YAML_RECORDS,
     FORM_MEMBER(items),
     .record = &ASK_YAML_ITEM,
     .count_member = offsetof(struct ask_form_spec, item_count)},
    FORM_GROUPS,
    FORM_CHECKS,
};
const struct ask_yaml_record ASK_YAML_PACK_ITEMS = {
    .what = "the items of a pack", .size = sizeof(struct ask_form_spec), ASK_YAML_KEYS(PACK_KEYS)};

const struct ask_yaml_record *const ask_yaml_records_form[] = {
    &ASK_YAML_FORM, &SECTION, &ASK_YAML_ITEM, &OPTION, &ASK_YAML_GROUP, &CHECK, &USE, &ASK_YAML_PACK_ITEMS, NULL};

static bool read_form(struct form_reader *reader, const char *path, const char *bytes, size_t length,
                      const struct ask_yaml_record *record, struct ask_form_spec *ret) {
  struct ask_arena *arena = reader->reader.arena;
  struct ask_problems *problems = reader->reader.problems;
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_form_spec form = {0};
  if (root) ask_yaml_read_record(&reader->reader, root, record, &form);
  if (problems->errors > errors_before) return false;
  form.instruments = reader->asked;
  form.instrument_count = reader->asked_count;
  add_groups(arena, &form);
  struct ask_hash hash;
  ask_hash_start(&hash);
  ask_hash_add(&hash, bytes, length);
  for (size_t i = 0; i < form.instrument_count; i++)
    ask_hash_add(&hash, form.instruments[i]->parameters.hash, sizeof form.instruments[i]->parameters.hash);
  ask_hash_end(&hash, form.hash);
  *ret = form;
  return true;
}

bool ask_yaml_form_with(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                        const struct ask_instrument_spec *instruments, size_t instrument_count,
                        struct ask_form_spec *ret, struct ask_problems *problems) {
  struct form_reader reader = {
      .reader = {arena, problems}, .instruments = instruments, .instrument_count = instrument_count};
  return read_form(&reader, path, bytes, length, &ASK_YAML_FORM, ret);
}

bool ask_yaml_form(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                   struct ask_form_spec *ret, struct ask_problems *problems) {
  return ask_yaml_form_with(arena, path, bytes, length, NULL, 0, ret, problems);
}

bool ask_yaml_pack_items(struct ask_arena *arena, const char *path, const char *bytes, size_t length, const char *pack,
                         struct ask_form_spec *ret, struct ask_problems *problems) {
  struct form_reader reader = {.reader = {arena, problems}};
  struct ask_form_spec items;
  if (!read_form(&reader, path, bytes, length, &ASK_YAML_PACK_ITEMS, &items)) return false;
  for (size_t i = 0; i < items.section_count; i++)
    set_origin(items.sections[i].items, items.sections[i].item_count, items.sections[i].id, pack);
  set_origin(items.items, items.item_count, NULL, pack);
  *ret = items;
  return true;
}
