/* {of: poverty_line, on: 2026-01-13, percent: 130, per: month, round: up}: what an amount follows from. Whether it does
 * is for lint to say; here only the spelling counts. */
#include "yaml/basis.h"

#include <string.h>

#include "base/number.h"
#include "yaml/grammar.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

enum { CENTS_PLACES = 2, PERCENT_PLACES = 6, A_DOLLAR = 100 };

/* The place of a word in a list of words that may stand here; -1 after adding a problem. */
static int word_of(const struct ask_yaml_reader *reader, const struct ask_raw *raw, const char *const *words,
                   size_t count) {
  if (!ask_yaml_expect(reader, raw, ASK_RAW_TEXT, "a word")) return -1;
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i], raw->text) == 0) return (int)i;
  ask_yaml_unknown(reader, "unknown-word", raw->at, raw->text, words, count, "'%s' cannot be '%s'", raw->key,
                   ask_yaml_quoted(reader->problems, raw->text));
  return -1;
}

static bool number_of(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int places, const char *needs,
                      int64_t *ret) {
  int64_t value;
  if (!ask_yaml_expect(reader, raw, ASK_RAW_NUMBER, needs)) return false;
  if (!ask_number_read(raw->text, raw->length, places, &value) || value <= 0) {
    PROBLEM(reader, "out-of-range", raw->at, NULL, "'%s' needs %s, not %s", raw->key, needs,
            ask_yaml_quoted(reader->problems, raw->text));
    return false;
  }
  *ret = value;
  return true;
}

static void read_on(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  struct ask_basis_spec *basis = target;
  basis->has_on = ask_yaml_read_date(reader, raw, &basis->on);
}

static void read_of(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  struct ask_basis_spec *basis = target;
  if (!ask_yaml_expect(reader, raw, ASK_RAW_TEXT, "the name of a parameter")) return;
  basis->of = raw->text;
  basis->of_at = raw->at;
}

static void read_percent(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  number_of(reader, raw, PERCENT_PLACES, "a percentage above 0, such as 130",
            &((struct ask_basis_spec *)target)->percent);
}

static const char *const PERIODS[] = {"year", "month", "week"};

static void read_per(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  static const enum ask_period periods[] = {ASK_PER_YEAR, ASK_PER_MONTH, ASK_PER_WEEK};
  int word = word_of(reader, raw, PERIODS, sizeof periods / sizeof periods[0]);
  if (word >= 0) ((struct ask_basis_spec *)target)->per = periods[word];
}

static const char *const ROUNDINGS[] = {"up", "down", "nearest"};

static void read_round(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  static const enum ask_rounding roundings[] = {ASK_ROUND_UP, ASK_ROUND_DOWN, ASK_ROUND_NEAREST};
  int word = word_of(reader, raw, ROUNDINGS, sizeof roundings / sizeof roundings[0]);
  if (word >= 0) ((struct ask_basis_spec *)target)->round = roundings[word];
}

static void read_to(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  number_of(reader, raw, CENTS_PLACES, "an amount in dollars such as 1, 0.01 or 50",
            &((struct ask_basis_spec *)target)->to);
}

static void read_times(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  number_of(reader, raw, 0, "a whole number above 0, such as 12", &((struct ask_basis_spec *)target)->times);
}

static void read_keys(const struct ask_yaml_reader *reader, const struct ask_raw *raw, void *target) {
  struct ask_basis_spec *basis = target;
  if (!ask_yaml_expect(reader, raw, ASK_RAW_OBJECT, "keys of this table with those of its base: {single: 1}")) return;
  struct ask_basis_key *keys = ask_alloc_array(reader->arena, raw->child_count, sizeof *keys);
  for (size_t i = 0; i < raw->child_count; i++) {
    const struct ask_raw *child = &raw->children[i];
    if (child->kind != ASK_RAW_NUMBER && !ask_yaml_expect(reader, child, ASK_RAW_TEXT, "a key of the base")) continue;
    keys[basis->key_count++] = (struct ask_basis_key){child->key, child->text};
  }
  basis->keys = keys;
}

static void begin_basis(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  struct ask_basis_spec *basis = target;
  (void)reader;
  basis->at = object->key_at;
  basis->to = A_DOLLAR;
  basis->times = 1;
}

static const char ABOVE_0[] = "{\"type\":\"number\",\"exclusiveMinimum\":0}";
#define MEMBER(name) .member = offsetof(struct ask_basis_spec, name)
static const struct ask_yaml_key BASIS_KEYS[] = {
    {.name = "of", .kind = ASK_YAML_OWN, .required = true, .own = read_of, .schema = "{\"type\":\"string\"}"},
    {.name = "on", .kind = ASK_YAML_OWN, .own = read_on, .schema = ASK_SCHEMA_DATE},
    {.name = "percent", .kind = ASK_YAML_OWN, .required = true, .own = read_percent, .schema = ABOVE_0},
    {.name = "per", .kind = ASK_YAML_OWN, .own = read_per, .words = PERIODS, .word_count = 3},
    {.name = "round", .kind = ASK_YAML_OWN, .own = read_round, .words = ROUNDINGS, .word_count = 3},
    {.name = "to", .kind = ASK_YAML_OWN, .own = read_to, .schema = ABOVE_0},
    {.name = "times", .kind = ASK_YAML_OWN, .own = read_times, .schema = "{\"type\":\"integer\",\"minimum\":1}"},
    {.name = "sizes", .kind = ASK_YAML_NAME, MEMBER(sizes)},
    {.name = "cell", .kind = ASK_YAML_TEXT, MEMBER(cell)},
    {.name = "keys",
     .kind = ASK_YAML_OWN,
     .own = read_keys,
     .schema = "{\"type\":\"object\",\"additionalProperties\":" ASK_SCHEMA_CELL "}"},
    {.name = "known_off", .kind = ASK_YAML_TEXT, MEMBER(known_off)},
};
const struct ask_yaml_record ASK_YAML_BASIS = {
    .what = "a basis", .size = sizeof(struct ask_basis_spec), ASK_YAML_KEYS(BASIS_KEYS), .begin = begin_basis};

const struct ask_basis_spec *ask_yaml_basis(const struct ask_yaml_reader *reader, const struct ask_raw *raw) {
  struct ask_basis_spec *basis = ask_alloc(reader->arena, sizeof *basis);
  ask_yaml_read_record(reader, raw, &ASK_YAML_BASIS, basis);
  return basis;
}
