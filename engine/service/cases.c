/* The runner of golden cases: assesses each household and compares what was expected, key by key. */
#include "service/cases.h"

#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "model/lookup.h"
#include "yaml/cases.h"

struct comparison {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct ask_determination *d;
  struct ask_problems *problems;
};

__attribute__((format(printf, 3, 4))) static void differs(struct comparison *c, const struct ask_raw *raw,
                                                          const char *format, ...) {
  va_list args;
  va_start(args, format);
  ask_problem_add(c->problems, ASK_ERROR, "differs", raw->at, raw->key, NULL, "%s",
                  ask_vprintf(c->arena, format, args));
  va_end(args);
}

static const char *raw_words(struct comparison *c, const struct ask_raw *raw) {
  if (raw->kind == ASK_RAW_NULL) return "null";
  if (raw->kind != ASK_RAW_ARRAY && raw->kind != ASK_RAW_OBJECT) return raw->text;
  return ask_printf(c->arena, "%zu values", raw->child_count);
}

static bool is_text(const struct ask_raw *raw, const char *text) {
  if (raw->kind == ASK_RAW_NULL) return !text;
  return text && raw->text && strcmp(raw->text, text) == 0;
}

static void check_text(struct comparison *c, const struct ask_raw *raw, const char *got) {
  if (!is_text(raw, got)) differs(c, raw, "expected %s, got %s", raw_words(c, raw), got ? got : "none");
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static bool option_word(const struct ask_options *options, int64_t word, const char *text) {
  return options && word >= 0 && word < (int64_t)options->count && strcmp(options->list[word].id, text) == 0;
}

/* null stands for "not known". */
static bool value_matches(const struct ask_kind *kind, const struct ask_raw *raw, const struct ask_value *value) {
  int64_t word = 0;
  if (raw->kind == ASK_RAW_NULL) return value->state != ASK_KNOWN;
  if (value->state != ASK_KNOWN || !raw->text) return false;
  switch (kind->type) {
  case ASK_BOOL: return raw->kind == ASK_RAW_BOOL && (raw->text[0] == 't') == (value->word != 0);
  case ASK_INTEGER: return ask_number_read(raw->text, raw->length, 0, &word) && word == value->word;
  case ASK_DECIMAL: return ask_number_read(raw->text, raw->length, 6, &word) && word == value->word;
  case ASK_MONEY: return ask_number_read(raw->text, raw->length, 2, &word) && word == value->word;
  case ASK_DATE: return ask_date_read(raw->text, raw->length, &word) && word == value->word;
  case ASK_CHOICE: return option_word(kind->options, value->word, raw->text);
  default: return false;
  }
}

static void check_value(struct comparison *c, const struct ask_raw *raw, const struct ask_kind *kind,
                        const struct ask_value *value) {
  if (value_matches(kind, raw, value)) return;
  struct ask_buffer got = {0};
  ask_kind_json(kind, value, &got);
  differs(c, raw, "expected %s, got %s", raw_words(c, raw), got.bytes ? got.bytes : "");
  ask_buffer_free(&got);
}

/* ---- what may be expected: one function a key -------------------------------------------------------------------- */

static void expect_status(struct comparison *c, const struct ask_raw *raw) {
  const char *got = ask_status_text(c->d->status);
  if (is_text(raw, got)) return;
  const char *names[ASK_STATUS_COUNT];
  bool known = raw->kind != ASK_RAW_TEXT;
  for (int i = 0; i < ASK_STATUS_COUNT; i++) {
    names[i] = ask_status_text((enum ask_status)i);
    known = known || is_text(raw, names[i]);
  }
  const char *near = known ? NULL : ask_did_you_mean(raw->text, names, ASK_STATUS_COUNT);
  if (near)
    differs(c, raw, "there is no status %s (did you mean %s?)", raw->text, near);
  else if (!known)
    differs(c, raw, "there is no status %s", raw->text);
  else if (c->d->status == ASK_STATUS_ERROR && c->d->reason_count)
    differs(c, raw, "expected %s, got error: %s", raw_words(c, raw), c->d->reasons[0].text);
  else
    check_text(c, raw, got);
}

static void expect_level(struct comparison *c, const struct ask_raw *raw) {
  check_text(c, raw, c->d->level ? c->d->level->name : NULL);
}

static void expect_deadline(struct comparison *c, const struct ask_raw *raw) {
  char text[16];
  if (c->d->has_deadline) ask_date_text(c->d->deadline, text);
  check_text(c, raw, c->d->has_deadline ? text : NULL);
}

static void expect_score(struct comparison *c, const struct ask_raw *raw) {
  struct ask_kind kind = {.type = ASK_INTEGER};
  check_value(c, raw, &kind, &c->d->score);
}

static void expect_amount(struct comparison *c, const struct ask_raw *raw) {
  struct ask_kind kind = {.type = ASK_MONEY};
  check_value(c, raw, &kind, &c->d->amount);
}

static void expect_next_step(struct comparison *c, const struct ask_raw *raw) { check_text(c, raw, c->d->next_step); }

/* A key may expect one text or a list of them. */
static const struct ask_raw *expected(const struct ask_raw *raw, size_t *ret_count) {
  *ret_count = raw->kind == ASK_RAW_ARRAY ? raw->child_count : 1;
  return raw->kind == ASK_RAW_ARRAY ? raw->children : raw;
}

static const char *join(struct comparison *c, const char *so_far, const char *more) {
  return ask_printf(c->arena, "%s%s%s", so_far, *so_far ? ", " : "", more);
}

static void expect_missing(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    const char *got = "";
    for (size_t j = 0; j < c->d->missing_count; j++) {
      const struct ask_missing *one = &c->d->missing[j];
      found = found || is_text(&wanted[i], one->path) || is_text(&wanted[i], c->catalogue->items[one->item].spec->id);
      got = join(c, got, one->path);
    }
    if (!found)
      differs(c, raw, "expected %s among what is missing, which is: %s", raw_words(c, &wanted[i]),
              *got ? got : "nothing");
  }
}

static void expect_because(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    const char *got = "";
    for (size_t j = 0; j < c->d->because_count; j++) {
      const char *id = c->catalogue->items[c->d->because[j]].spec->id;
      found = found || is_text(&wanted[i], id);
      got = join(c, got, id);
    }
    if (!found) differs(c, raw, "expected it because of %s, got: %s", raw_words(c, &wanted[i]), *got ? got : "nothing");
  }
}

static void expect_notes(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    const char *got = "";
    for (size_t j = 0; j < c->d->reason_count; j++) {
      const struct ask_reason *reason = &c->d->reasons[j];
      found = found || is_text(&wanted[i], reason->text) || (reason->code && is_text(&wanted[i], reason->code));
      got = join(c, got, reason->code ? reason->code : reason->text);
    }
    if (!found) differs(c, raw, "expected the note %s, got: %s", raw_words(c, &wanted[i]), *got ? got : "none");
  }
}

static bool says(const struct ask_raw *raw, const char *text, const char *code) {
  return is_text(raw, text) || (code && is_text(raw, code));
}

static void expect_no_notes(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *unwanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < c->d->reason_count; j++)
      if (says(&unwanted[i], c->d->reasons[j].text, c->d->reasons[j].code))
        differs(c, raw, "expected no note %s, and it is there", raw_words(c, &unwanted[i]));
}

static void expect_no_documents(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *unwanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < c->d->document_count; j++)
      if (says(&unwanted[i], c->d->documents[j]->text, c->d->documents[j]->code))
        differs(c, raw, "expected that the document %s is not asked for, and it is", raw_words(c, &unwanted[i]));
}

/* Exactly these notes: none is missing and none is there besides. */
static void expect_only_notes(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t j = 0; j < c->d->reason_count; j++) {
    const struct ask_reason *reason = &c->d->reasons[j];
    bool among = reason->kind != ASK_REASON_NOTE;
    for (size_t i = 0; i < count && !among; i++) among = says(&wanted[i], reason->text, reason->code);
    if (!among) differs(c, raw, "expected no other note, got: %s", reason->code ? reason->code : reason->text);
  }
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    for (size_t j = 0; j < c->d->reason_count && !found; j++)
      found =
          c->d->reasons[j].kind == ASK_REASON_NOTE && says(&wanted[i], c->d->reasons[j].text, c->d->reasons[j].code);
    if (!found) differs(c, raw, "expected the note %s, which is not there", raw_words(c, &wanted[i]));
  }
}

static void expect_only_documents(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t j = 0; j < c->d->document_count; j++) {
    const struct ask_text_when_spec *document = c->d->documents[j];
    bool among = false;
    for (size_t i = 0; i < count && !among; i++) among = says(&wanted[i], document->text, document->code);
    if (!among)
      differs(c, raw, "expected no other document, got: %s", document->code ? document->code : document->text);
  }
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    for (size_t j = 0; j < c->d->document_count && !found; j++)
      found = says(&wanted[i], c->d->documents[j]->text, c->d->documents[j]->code);
    if (!found) differs(c, raw, "expected the document %s, which is not asked for", raw_words(c, &wanted[i]));
  }
}

static void expect_documents(struct comparison *c, const struct ask_raw *raw) {
  size_t count;
  const struct ask_raw *wanted = expected(raw, &count);
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    for (size_t j = 0; j < c->d->document_count; j++)
      found = found || is_text(&wanted[i], c->d->documents[j]->text) ||
              (c->d->documents[j]->code && is_text(&wanted[i], c->d->documents[j]->code));
    if (!found) differs(c, raw, "expected the document %s, which is not asked for", raw_words(c, &wanted[i]));
  }
}

static void expect_lines(struct comparison *c, const struct ask_raw *raw) {
  if (!ask_has_values(c->d)) differs(c, raw, "the program has no worksheet: it does not load");
  for (size_t i = 0; i < raw->child_count && ask_has_values(c->d); i++) {
    const struct ask_raw *wanted = &raw->children[i];
    const struct ask_line *line = NULL;
    for (size_t j = 0; j < c->d->program->spec->line_count; j++)
      if (strcmp(c->d->program->lines[j].spec->name, wanted->key) == 0) line = &c->d->program->lines[j];
    if (!line) {
      differs(c, wanted, "the worksheet has no line of this name");
      continue;
    }
    struct ask_value value = {.word = c->d->words[line->reg], .state = c->d->states[line->reg]};
    check_value(c, wanted, &line->kind, &value);
  }
}

static const struct ask_node *node_with_code(const struct ask_node *node, const char *code) {
  if (!node) return NULL;
  if (node->spec->code && strcmp(node->spec->code, code) == 0) return node;
  for (size_t i = 0; i < node->child_count; i++) {
    const struct ask_node *found = node_with_code(&node->children[i], code);
    if (found) return found;
  }
  return NULL;
}

static void expect_criteria(struct comparison *c, const struct ask_raw *raw) {
  struct ask_kind kind = {.type = ASK_BOOL};
  if (!ask_has_values(c->d)) differs(c, raw, "the program has no criteria: it does not load");
  for (size_t i = 0; i < raw->child_count && ask_has_values(c->d); i++) {
    const struct ask_raw *wanted = &raw->children[i];
    const struct ask_node *node = node_with_code(c->d->program->eligible, wanted->key);
    if (!node) node = node_with_code(c->d->program->possible, wanted->key);
    if (!node) {
      differs(c, wanted, "no criterion has this code");
      continue;
    }
    struct ask_value value = {.word = c->d->words[node->reg], .state = c->d->states[node->reg]};
    check_value(c, wanted, &kind, &value);
  }
}

static const struct {
  const char *key;
  void (*compare)(struct comparison *comparison, const struct ask_raw *raw);
} keys[] = {
    {"status", expect_status},         {"because", expect_because},
    {"missing", expect_missing},       {"level", expect_level},
    {"deadline", expect_deadline},     {"score", expect_score},
    {"amount", expect_amount},         {"notes", expect_notes},
    {"documents", expect_documents},   {"next_step", expect_next_step},
    {"lines", expect_lines},           {"criteria", expect_criteria},
    {"no_notes", expect_no_notes},     {"no_documents", expect_no_documents},
    {"only_notes", expect_only_notes}, {"only_documents", expect_only_documents},
};

static void compare(struct comparison *c, const struct ask_raw *expect) {
  const char *names[sizeof keys / sizeof *keys];
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) names[k] = keys[k].key;
  for (size_t i = 0; expect && i < expect->child_count; i++) {
    const struct ask_raw *raw = &expect->children[i];
    size_t k = 0;
    while (k < sizeof keys / sizeof *keys && strcmp(keys[k].key, raw->key) != 0) k++;
    if (k < sizeof keys / sizeof *keys) {
      keys[k].compare(c, raw);
    } else {
      const char *near = ask_did_you_mean(raw->key, names, sizeof keys / sizeof *keys);
      if (near)
        differs(c, raw, "cannot be expected (did you mean %s?)", near);
      else
        differs(c, raw, "cannot be expected");
    }
  }
}

void ask_case_compare(struct ask_arena *arena, const struct ask_catalogue *catalogue, const struct ask_determination *d,
                      const struct ask_raw *expect, struct ask_problems *problems) {
  struct comparison comparison = {arena, catalogue, d, problems};
  compare(&comparison, expect);
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

bool ask_cases_load(struct ask_arena *arena, const char *path, struct ask_case_file *ret,
                    struct ask_problems *problems) {
  struct ask_bytes bytes = ask_file_read(arena, path, ASK_SOURCE_LIMIT, problems);
  return bytes.bytes && ask_yaml_cases(arena, path, bytes.bytes, bytes.length, ret, problems);
}

static void run_case(struct ask_arena *arena, struct ask_desk *desk, const struct ask_catalogue *catalogue,
                     const struct ask_case_spec *spec, const char *program, int64_t today,
                     struct ask_problems *problems, struct ask_case_outcome *outcome) {
  static const struct ask_raw nothing = {.kind = ASK_RAW_OBJECT};
  const char *id = spec->program ? spec->program : program;
  outcome->program = id ? ask_catalogue_program(catalogue, id) : NULL;
  if (!id) {
    ask_problem_add(problems, ASK_ERROR, "unknown-program", spec->at, NULL,
                    "write program: ID into the case, or name one program on the command line",
                    "the case names no program");
    return;
  }
  if (!outcome->program) {
    const char *near = ask_catalogue_suggest_program(catalogue, id);
    ask_problem_add(problems, ASK_ERROR, "unknown-program", spec->at, NULL,
                    near ? ask_printf(arena, "did you mean %s?", near)
                         : "`askonce plugin list` lists them; --pack chooses the packs",
                    "there is no program %s", id);
    return;
  }
  struct ask_household household = {0};
  household.answers = ask_answers_read(arena, catalogue, spec->has_as_of ? spec->as_of : today,
                                       spec->given ? spec->given : &nothing, problems);
  if (!household.answers) return;
  /* its own pack, and whatever it reads the status of */
  struct ask_choice choice = {.packs = (ask_packs)1 << outcome->program->pack};
  outcome->result = ask_desk_assess(desk, &household, &choice, problems);
  if (!outcome->result) return;
  outcome->determination = ask_result_of(outcome->result, outcome->program);
  ask_case_compare(arena, catalogue, outcome->determination, spec->expect, problems);
}

void ask_cases_run(struct ask_desk *desk, const struct ask_rules *rules, const struct ask_case_file *file,
                   const char *program, int64_t today, ask_case_observer *observer, void *context) {
  struct ask_arena *arena = ask_arena_new();
  for (size_t i = 0; i < file->count; i++) {
    struct ask_problems problems = {.arena = arena};
    struct ask_case_outcome outcome = {.spec = &file->list[i]};
    run_case(arena, desk, rules->catalogue, &file->list[i], program, today, &problems, &outcome);
    outcome.differences = problems.list;
    outcome.difference_count = problems.count;
    observer(context, &outcome);
    ask_arena_reset(arena);
  }
  ask_arena_free(arena);
}
