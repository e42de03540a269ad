/* The grammar of golden cases. */
#include "yaml/cases.h"

#include <stdlib.h>
#include <string.h>

#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/words.h"
#include "yaml/yaml.h"

static void begin_case(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  (void)reader;
  ((struct ask_case_spec *)target)->at = object->at;
}

static void set_as_of(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_case_spec *spec = target;
  spec->has_as_of = ask_yaml_read_date(reader, value, &spec->as_of);
}

static void set_given(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  if (ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "answers (item: value)"))
    ((struct ask_case_spec *)target)->given = value;
}

static const char *const EXPECTATIONS[] = {
    "status",    "because",   "missing", "level",    "deadline", "score",        "amount",     "notes",
    "documents", "next_step", "lines",   "criteria", "no_notes", "no_documents", "only_notes", "only_documents"};
enum { EXPECTATION_COUNT = sizeof EXPECTATIONS / sizeof EXPECTATIONS[0] };

static void set_expect(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "what the determination must say (status: ...)")) return;
  ((struct ask_case_spec *)target)->expect = value;
  for (size_t i = 0; i < value->child_count; i++) {
    const struct ask_raw *child = &value->children[i];
    size_t k = 0;
    while (k < EXPECTATION_COUNT && strcmp(EXPECTATIONS[k], child->key) != 0) k++;
    if (k == EXPECTATION_COUNT)
      ask_yaml_unknown(reader, "unknown-key", child->key_at, child->key, EXPECTATIONS, EXPECTATION_COUNT,
                       "'expect' has no key '%s'", ask_yaml_quoted(reader->problems, child->key));
  }
  if (value->child_count == 0)
    ask_problem_add(reader->problems, ASK_ERROR, "empty-expect", value->at, NULL, "write at least status: ...",
                    "a case that expects nothing can never fail");
}

#define CASE_MEMBER(name) .member = offsetof(struct ask_case_spec, name)
static const struct ask_yaml_key CASE_KEYS[] = {
    {.name = "name", .kind = ASK_YAML_TEXT, .required = true, CASE_MEMBER(name)},
    {.name = "program", .kind = ASK_YAML_TEXT, CASE_MEMBER(program)},
    {.name = "as_of", .kind = ASK_YAML_OWN, .own = set_as_of, .schema = ASK_SCHEMA_DATE},
    {.name = "given", .kind = ASK_YAML_OWN, .required = true, .own = set_given, .schema = "{\"type\":\"object\"}"},
    {.name = "expect",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_expect,
     .schema = "{\"type\":\"object\",\"minProperties\":1}"},
};
const struct ask_yaml_record ASK_YAML_CASE = {
    .what = "a case", .size = sizeof(struct ask_case_spec), ASK_YAML_KEYS(CASE_KEYS), .begin = begin_case};

const struct ask_yaml_record *const ask_yaml_records_cases[] = {&ASK_YAML_CASE, NULL};

bool ask_yaml_expectation(size_t index, const char **ret_word) {
  if (index >= EXPECTATION_COUNT) return false;
  *ret_word = EXPECTATIONS[index];
  return true;
}

static int by_name(const void *a, const void *b) {
  const struct ask_case_spec *x = *(const struct ask_case_spec *const *)a, *y = *(const struct ask_case_spec *const *)b;
  int order = strcmp(x->name, y->name);
  return order ? order : (x->at.line > y->at.line) - (x->at.line < y->at.line);
}

static void check_names(const struct ask_yaml_reader *reader, const struct ask_case_spec *cases, size_t count) {
  struct ask_arena *scratch = ask_arena_new();
  const struct ask_case_spec **sorted = ask_alloc_array(scratch, count, sizeof(const struct ask_case_spec *));
  size_t named = 0;
  for (size_t i = 0; i < count; i++)
    if (cases[i].name) sorted[named++] = &cases[i];
  qsort(sorted, named, sizeof(const struct ask_case_spec *), by_name);
  for (size_t i = 1; i < named; i++)
    if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
      ask_problem_add(reader->problems, ASK_ERROR, "duplicate-case", sorted[i]->at, NULL, "give each case its own name",
                      "the case '%s' on line %d has the name of the one on line %d",
                      ask_yaml_quoted(reader->problems, sorted[i]->name), sorted[i]->at.line, sorted[i - 1]->at.line);
  ask_arena_free(scratch);
}

bool ask_yaml_cases(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                    struct ask_case_file *ret, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_case_file file = {.path = ask_strdup(arena, path)};
  if (root) {
    struct ask_case_spec *list = ask_yaml_read_records(&reader, root, &ASK_YAML_CASE, &file.count);
    check_names(&reader, list, file.count);
    file.list = list;
  }
  if (problems->errors > errors_before) return false;
  *ret = file;
  return true;
}
