/* The grammar of an instrument: its tables of keys, and that its scores are items of its own that follow from others. */
#include "yaml/instrument.h"

#include <string.h>

#include "base/hash.h"
#include "yaml/form.h"
#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/parameters.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

/* ---- keys -------------------------------------------------------------------------------------------------------- */

struct licence {
  const char *text;
  bool verified;
};

static void begin_licence(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  (void)object;
  ((struct licence *)target)->verified = true;
}

static const struct ask_yaml_key LICENCE_KEYS[] = {
    {.name = "text", .kind = ASK_YAML_TEXT, .required = true, .member = offsetof(struct licence, text)},
    {.name = "verified", .kind = ASK_YAML_BOOL, .member = offsetof(struct licence, verified)},
};
static const struct ask_yaml_record LICENCE = {
    .what = "a licence", .size = sizeof(struct licence), ASK_YAML_KEYS(LICENCE_KEYS), .begin = begin_licence};

/* licence: text | {text, verified} */
static void set_licence(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_instrument_spec *instrument = target;
  struct licence licence = {.text = value->text, .verified = true};
  if (value->kind == ASK_RAW_OBJECT)
    ask_yaml_read_record(reader, value, &LICENCE, &licence);
  else if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "what one may do with it, or {text, verified}"))
    return;
  instrument->licence = licence.text;
  instrument->licence_unverified = !licence.verified;
}

static void set_items(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_instrument_spec *instrument = target;
  instrument->items = ask_yaml_items(reader->arena, value, NULL, "form", &instrument->item_count, reader->problems);
}

static void set_groups(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_instrument_spec *instrument = target;
  instrument->groups = ask_yaml_groups(reader->arena, value, &instrument->group_count, reader->problems);
}

static void set_parameters(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_instrument_spec *instrument = target;
  ask_yaml_parameter_list(reader->arena, value, &instrument->parameters, reader->problems);
}

#define MEMBER(name) .member = offsetof(struct ask_instrument_spec, name)
#define COUNT(name) .count_member = offsetof(struct ask_instrument_spec, name)
static const struct ask_yaml_key INSTRUMENT_KEYS[] = {
    {.name = "instrument", .kind = ASK_YAML_NAME, .required = true, MEMBER(id)},
    {.name = "title", .kind = ASK_YAML_TEXT, .required = true, MEMBER(title)},
    {.name = "source", .kind = ASK_YAML_TEXT, .required = true, MEMBER(source)},
    {.name = "url", .kind = ASK_YAML_TEXT, MEMBER(url)},
    {.name = "note", .kind = ASK_YAML_TEXT, MEMBER(note)},
    {.name = "licence",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_licence,
     .record = &LICENCE,
     .schema = "{\"anyOf\":[{\"type\":\"string\"},{\"$ref\":\"#/$defs/a_licence\"}]}"},
    {.name = "items",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_items,
     .record = &ASK_YAML_ITEM,
     .schema = "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/an_item\"}}"},
    {.name = "groups",
     .kind = ASK_YAML_OWN,
     .own = set_groups,
     .record = &ASK_YAML_GROUP,
     .schema = "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a_group\"}}"},
    {.name = "scores", .kind = ASK_YAML_WORDS, MEMBER(scores), COUNT(score_count)},
    {.name = "bands", .kind = ASK_YAML_WORDS, MEMBER(bands), COUNT(band_count)},
    {.name = "parameters",
     .kind = ASK_YAML_OWN,
     .own = set_parameters,
     .record = &ASK_YAML_PARAMETER,
     .schema = "{\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#/$defs/a_parameter\"}}"},
};
const struct ask_yaml_record ASK_YAML_INSTRUMENT = {
    .what = "an instrument", .size = sizeof(struct ask_instrument_spec), ASK_YAML_KEYS(INSTRUMENT_KEYS)};

const struct ask_yaml_record *const ask_yaml_records_instrument[] = {&ASK_YAML_INSTRUMENT, &LICENCE, NULL};

/* ---- what a table cannot say -------------------------------------------------------------------------------------- */

/* A score or a band is an item of this file that is computed and never asked. */
static void check_results(const struct ask_yaml_reader *reader, const struct ask_instrument_spec *instrument,
                          const struct ask_raw *names, bool score) {
  const char **ids = ask_alloc_array(reader->arena, instrument->item_count, sizeof *ids);
  size_t count = 0;
  for (size_t i = 0; i < instrument->item_count; i++)
    if (instrument->items[i].id && instrument->items[i].computed.text) ids[count++] = instrument->items[i].id;
  for (size_t i = 0; names && names->kind == ASK_RAW_ARRAY && i < names->child_count; i++) {
    const struct ask_raw *name = &names->children[i];
    const struct ask_item_spec *item = NULL;
    for (size_t k = 0; name->kind == ASK_RAW_TEXT && k < instrument->item_count; k++)
      if (instrument->items[k].id && strcmp(instrument->items[k].id, name->text) == 0) item = &instrument->items[k];
    if (name->kind != ASK_RAW_TEXT) continue; /* has been reported */
    const char *quoted = ask_yaml_quoted(reader->problems, name->text);
    if (!item)
      ask_yaml_unknown(reader, "unknown-name", name->at, name->text, ids, count, "the instrument has no item '%s'",
                       quoted);
    else if (!item->computed.text || item->text)
      PROBLEM(reader, "wrong-type", name->at, "give it 'computed' and no text", "'%s' is asked, and no result", quoted);
    else if (score ? item->type != ASK_INTEGER : item->type != ASK_CHOICE && item->type != ASK_BOOL)
      PROBLEM(reader, "wrong-type", name->at, NULL, "a %s",
              score ? "score is an integer" : "band is a choice or a bool");
  }
}

bool ask_yaml_instrument(struct ask_arena *arena, const char *path, const char *id, const char *bytes, size_t length,
                         struct ask_instrument_spec *ret, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_instrument_spec instrument = {.parameters = {.path = ask_strdup(arena, path)}};
  if (root) ask_yaml_read_record(&reader, root, &ASK_YAML_INSTRUMENT, &instrument);
  if (root && root->kind == ASK_RAW_OBJECT) {
    instrument.at = root->at;
    check_results(&reader, &instrument, ask_yaml_child(root, "scores"), true);
    check_results(&reader, &instrument, ask_yaml_child(root, "bands"), false);
    if (instrument.id && strcmp(instrument.id, id) != 0)
      PROBLEM(&reader, "wrong-name", ask_yaml_child(root, "instrument")->at, "name the file after the instrument",
              "the file is called %s.yaml, but holds the instrument '%s'", id,
              ask_yaml_quoted(problems, instrument.id));
  }
  if (problems->errors > errors_before) return false;
  struct ask_hash hash;
  ask_hash_start(&hash);
  ask_hash_add(&hash, bytes, length);
  ask_hash_end(&hash, instrument.parameters.hash);
  *ret = instrument;
  return true;
}
