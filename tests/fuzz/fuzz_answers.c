/* Fuzzes the reading of answers: the bytes as JSON and as YAML, against a small form with every type, then assessed. Beyond "no
 * crash" it holds: no answers without an error and no error without a path; what was read, written out again and read again,
 * is the same; and what a program waits for is there as long as its status is need_info. */
#include <stdlib.h>
#include <string.h>

#include "lua/plugin.h"
#include "model/assess.h"
#include "yaml/form.h"
#include "yaml/parameters.h"
#include "yaml/yaml.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char form[] =
    "form: fuzz\nversion: '1'\nsections:\n- section: main\n  title: Main\n  items:\n"
    "  - {id: b, type: bool, text: T}\n"
    "  - {id: n, type: integer, text: T, min: 0, max: 100}\n"
    "  - {id: d, type: decimal, text: T}\n"
    "  - {id: m, type: money, text: T, ask_when: b, if_not_asked: 0}\n"
    "  - {id: dob, type: date, text: T, max: as_of}\n"
    "  - {id: age, type: integer, computed: 'years_between(dob, as_of)'}\n"
    "  - {id: t, type: text, text: T, max_length: 20, pattern: '[a-z ]*'}\n"
    "  - {id: c, type: choice, text: T, ordered: true, options: {low: {text: L, code: 1}, high: {text: H, code: 2}, decline: {text: D, declines: true}}}\n"
    "  - {id: cs, type: choices, text: T, options: {x: X, y: Y, none: {text: N, declines: true}}}\n"
    "  - id: r\n    type: list\n    entry: e\n    text: T\n    max_entries: 5\n    fields:\n"
    "    - {id: w, type: bool, text: T}\n    - {id: p, type: money, text: T, ask_when: e.w, if_not_asked: 0}\n"
    "    - {id: l, type: list, entry: f, text: T, fields: [{id: q, type: decimal, text: T}, {id: s, type: text, text: T}]}\n"
    "    - {id: u, type: decimal, computed: 'sum(e.l, f.q)'}\n"
    "  - {id: total, type: money, computed: 'm + sum(r, e.p)'}\n"
    "checks:\n- {check: few, must: count(r) < 5, items: [r], message: Too many., severity: warning}\n";
static const char parameters[] =
    "limit: {unit: USD, source: S, values: {2020-01-01: {table: {1: 10, 2: 20, each_more: 5}}}}\n";
static const char plugin[] =
    "return program { id = 'p', name = 'P', cite = 'C', worksheet = { line { 'income', 'total + limit[n]' } },"
    " eligible = all { rule { 'poor', 'income < 900' }, any { rule { 'old', 'age >= 60' }, rule { 'list', \"any(r, e.w and e.u > d)\" } } },"
    " possible = rule { 'c', \"c >= 'high' or has(cs, 'x')\" }, level = first { { 'now', when = 'answered(t)' }, { 'later', otherwise = true } },"
    " score = 'n + count(cs)', amount = amount { 'max(0, 500 - m)', per = 'month' } }";

static void require(int holds) {
  if (!holds) abort();
}

/* Made once: what one input leaves in it must not disturb the next. */
static struct ask_workspace *workspace;
static const struct ask_catalogue *catalogue;

static void open_workspace(void) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_form_spec *f = ask_alloc(arena, sizeof *f);
  struct ask_pack_spec *pack = ask_alloc(arena, sizeof *pack);
  struct ask_program_spec *program = ask_alloc(arena, sizeof *program);
  struct ask_parameter_file *file = ask_alloc(arena, sizeof *file);
  require(ask_yaml_form(arena, "form.yaml", form, strlen(form), f, &problems));
  require(ask_yaml_parameters(arena, "parameters.yaml", parameters, strlen(parameters), file, &problems));
  require(ask_lua_plugin_load(arena, NULL, "plugin.lua", "p", plugin, strlen(plugin), program, &problems));
  *pack = (struct ask_pack_spec){.id = "fuzz", .programs = program, .program_count = 1};
  struct ask_catalogue_source source = {.form = f, .form_parameters = file, .packs = pack, .pack_count = 1};
  catalogue = ask_catalogue_build(arena, &source, &problems);
  require(catalogue && problems.errors == 0);
  workspace = ask_workspace_new(catalogue, NULL);
}

enum { DAY = 20780 };

/* The answers as one JSON object. Lists and texts are written in full. */
static void write_answers(const struct ask_answers *answers, struct ask_buffer *out) {
  const struct ask_catalogue *c = answers->catalogue;
  ask_buffer_clear(out);
  for (size_t i = 0; i < c->item_count; i++) {
    ask_buffer_printf(out, "%s\"%s\":", i ? "," : "{", c->items[i].spec->id);
    ask_value_json(&c->items[i], &answers->items[i], out);
  }
  ask_buffer_puts(out, "}");
}

static void read_again(struct ask_arena *arena, struct ask_json_reader *json, const struct ask_answers *answers) {
  struct ask_problems problems = {.arena = arena};
  struct ask_json_source source = {.file = "again", .limit = 1 << 24};
  struct ask_buffer first = {0}, second = {0};
  write_answers(answers, &first);
  const struct ask_raw *raw = ask_json_read(json, arena, &source, first.bytes, first.length, &problems);
  require(raw != NULL);
  struct ask_answers *again = ask_answers_read(arena, answers->catalogue, DAY, raw, &problems);
  require(again && problems.errors == 0);
  write_answers(again, &second);
  require(strcmp(first.bytes, second.bytes) == 0);
  ask_buffer_free(&first);
  ask_buffer_free(&second);
}

static void assess(struct ask_arena *arena, const struct ask_answers *answers) {
  struct ask_problems problems = {.arena = arena};
  const struct ask_result *result = ask_assess(workspace, answers, NULL, &problems);
  require(!result == (problems.errors > 0));
  if (!result) return;
  const struct ask_determination *d = &result->determinations[0];
  const struct ask_next *next;
  const struct ask_not_asked *not_asked;
  size_t not_asked_count, missing = d->missing_count;
  struct ask_what_if what;
  enum ask_status status = d->status;
  require((status == ASK_NEED_INFO) == (missing > 0));
  require(ask_next_items(workspace, &next, &not_asked, &not_asked_count) <= missing);
  ask_what_if(workspace, d->program, &what);
  require(what.status == status && d->status == status && d->missing_count == missing);
  for (size_t i = 0; i < what.change_count; i++) require(what.changes[i].status != status);
}

static void one(struct ask_arena *arena, struct ask_json_reader *json, const struct ask_raw *raw) {
  struct ask_problems problems = {.arena = arena};
  if (!raw) return;
  struct ask_answers *answers = ask_answers_read(arena, catalogue, DAY, raw, &problems);
  require(!answers == (problems.errors > 0));
  for (size_t i = 0; i < problems.count; i++)
    require(problems.list[i].path && strncmp(problems.list[i].path, "answers", 7) == 0);
  if (!answers) return;
  read_again(arena, json, answers);
  assess(arena, answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!workspace) open_workspace();
  struct ask_arena *arena = ask_arena_new();
  struct ask_json_reader *json = ask_json_reader_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_json_source source = {.file = "fuzz", .limit = 1 << 20};
  one(arena, json, ask_json_read(json, arena, &source, (const char *)data, size, &problems));
  problems.errors = 0;
  const struct ask_raw *yaml = ask_yaml_read(arena, "fuzz", (const char *)data, size, &problems);
  if (problems.errors == 0) one(arena, json, yaml);
  ask_json_reader_free(json);
  ask_arena_free(arena);
  return 0;
}
