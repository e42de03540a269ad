/* Loads catalogues from texts and runs households through them, for the tests of the model. */
#include "unit/support.h"

#include <check.h>
#include <string.h>

#include "base/date.h"
#include "lua/plugin.h"
#include "yaml/calendar.h"
#include "yaml/form.h"
#include "yaml/parameters.h"
#include "yaml/yaml.h"

/* ---- loading ---- */

static struct ask_parameter_file *parameters_of(struct support *s, struct ask_arena *arena, const char *path,
                                                const char *yaml, bool *ok) {
  if (!yaml) return NULL;
  struct ask_parameter_file *file = ask_alloc(arena, sizeof *file);
  *ok = ask_yaml_parameters(arena, path, yaml, strlen(yaml), file, &s->problems) && *ok;
  return file;
}

struct support support_open(const struct support_source *source) {
  enum { MOST_PROGRAMS = 16 };
  struct support s = {.arena = ask_arena_new()};
  struct ask_arena *arena = ask_arena_new();
  s.problems.arena = s.arena;
  struct ask_form_spec *f = ask_alloc(arena, sizeof *f);
  struct ask_pack_spec *pack = ask_alloc(arena, sizeof *pack);
  struct ask_program_spec *specs = ask_alloc_array(arena, MOST_PROGRAMS, sizeof *specs);
  bool ok = ask_yaml_form(arena, "form.yaml", source->form, strlen(source->form), f, &s.problems);
  struct ask_parameter_file *shared = parameters_of(&s, arena, "shared.yaml", source->parameters, &ok);
  pack->id = "test";
  pack->programs = specs;
  if (source->holidays) {
    struct ask_calendar_spec *calendar = ask_alloc(arena, sizeof *calendar);
    ok = ask_yaml_calendar(arena, "holidays.yaml", source->holidays, strlen(source->holidays), calendar, &s.problems) &&
         ok;
    pack->calendar = calendar;
  }
  for (const struct support_program *p = source->programs; p && p->id; p++) {
    ck_assert_uint_lt(pack->program_count, MOST_PROGRAMS);
    struct ask_program_spec *spec = &specs[pack->program_count++];
    const char *path = ask_printf(arena, "%s/plugin.lua", p->id);
    if (!ask_lua_plugin_load(arena, NULL, path, p->id, p->lua, strlen(p->lua), spec, &s.problems)) {
      const char *why = s.problems.count ? s.problems.list[s.problems.count - 1].message : "cannot be loaded";
      *spec = (struct ask_program_spec){.broken = ask_strdup(arena, why)};
    }
    spec->id = p->id;
    spec->pack = "test";
    spec->parameters = parameters_of(&s, arena, "parameters.yaml", p->parameters, &ok);
  }
  if (source->overview) {
    struct ask_overview_spec *overview = ask_alloc(arena, sizeof *overview);
    ok = ask_lua_overview_load(arena, NULL, "overview.lua", source->overview, strlen(source->overview), overview,
                               &s.problems) &&
         ok;
    pack->overview = overview;
  }
  struct ask_catalogue_source whole = {.form = f, .form_parameters = shared, .packs = pack, .pack_count = 1};
  if (!ok) {
    ask_arena_free(arena);
    return s;
  }
  s.catalogue = ask_catalogue_build(arena, &whole, &s.problems);
  if (s.catalogue) s.workspace = ask_workspace_new(s.catalogue, source->host);
  return s;
}

struct support support_load(const char *form, const char *shared_parameters, const struct support_program *programs) {
  return support_open(&(struct support_source){.form = form, .parameters = shared_parameters, .programs = programs});
}

void support_free(struct support *s) {
  ask_workspace_free(s->workspace);
  ask_catalogue_unref(s->catalogue);
  ask_arena_free(s->arena);
}

/* ---- running ---- */

static int64_t day_of(const char *as_of) {
  int64_t day;
  if (!as_of) as_of = "2026-11-23";
  ck_assert(ask_date_read(as_of, strlen(as_of), &day));
  return day;
}

static const char *lines_of(struct support *s, const struct ask_problems *problems, bool places) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < problems->count; i++) {
    const struct ask_problem *p = &problems->list[i];
    if (places) ask_buffer_printf(&text, "%s:%d:%d: ", p->at.file ? p->at.file : "", p->at.line, p->at.column);
    if (p->path) ask_buffer_printf(&text, "%s: ", p->path);
    ask_buffer_puts(&text, p->message);
    if (p->hint) ask_buffer_printf(&text, " (%s)", p->hint);
    ask_buffer_putc(&text, '\n');
  }
  const char *copy = ask_strdup(s->arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

static struct ask_answers *read(struct support *s, const char *yaml, const char *as_of, struct ask_problems *problems) {
  ck_assert_msg(s->catalogue != NULL, "%s", support_messages(s));
  struct ask_raw *raw = ask_yaml_read(s->arena, "answers", yaml, strlen(yaml), problems);
  return raw && problems->errors == 0 ? ask_answers_read(s->arena, s->catalogue, day_of(as_of), raw, problems) : NULL;
}

struct ask_answers *support_answers(struct support *s, const char *yaml, const char *as_of) {
  struct ask_problems problems = {.arena = s->arena};
  struct ask_answers *answers = read(s, yaml, as_of, &problems);
  ck_assert_msg(answers != NULL, "%s: %s", yaml, lines_of(s, &problems, false));
  return answers;
}

const struct ask_result *support_assess(struct support *s, const char *yaml, const char *as_of,
                                        const struct ask_assess_options *options) {
  struct ask_problems problems = {.arena = s->arena};
  const struct ask_result *result = ask_assess(s->workspace, support_answers(s, yaml, as_of), options, &problems);
  ck_assert_msg(result != NULL, "%s: %s", yaml, lines_of(s, &problems, false));
  s->result = result;
  return result;
}

const char *support_refused(struct support *s, const char *yaml, const char *as_of) {
  struct ask_problems problems = {.arena = s->arena};
  struct ask_answers *answers = read(s, yaml, as_of, &problems);
  ck_assert_msg(!answers == (problems.errors > 0), "%s: %zu errors", yaml, problems.errors);
  if (answers) {
    const struct ask_result *result = ask_assess(s->workspace, answers, NULL, &problems);
    ck_assert_msg(!result, "%s was accepted", yaml);
    ck_assert_uint_gt(problems.errors, 0);
  }
  return lines_of(s, &problems, false);
}

const struct ask_determination *support_determination(struct support *s, const char *program) {
  for (size_t i = 0; i < s->result->determination_count; i++)
    if (strcmp(s->result->determinations[i].program->spec->id, program) == 0) return &s->result->determinations[i];
  return NULL;
}

const struct ask_determination *support_run(struct support *s, const char *program, const char *yaml) {
  support_assess(s, yaml, NULL, NULL);
  const struct ask_determination *d = support_determination(s, program);
  ck_assert_msg(d != NULL, "no determination of %s", program);
  return d;
}

enum ask_status support_status(struct support *s, const char *program, const char *yaml) {
  return support_run(s, program, yaml)->status;
}

/* ---- as texts ---- */

static const char *kept(struct support *s, struct ask_buffer *text) {
  const char *copy = ask_strdup(s->arena, text->bytes ? text->bytes : "");
  ask_buffer_free(text);
  return copy;
}

static const char *item_id(const struct support *s, int32_t item) { return s->catalogue->items[item].spec->id; }
static const char *program_id(const struct support *s, int32_t program) {
  return s->catalogue->programs[program].spec->id;
}

const char *support_messages(struct support *s) { return lines_of(s, &s->problems, true); }

const char *support_paths(struct support *s, const struct ask_missing *list, size_t count) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < count; i++) ask_buffer_printf(&text, "%s%s", i ? "," : "", list[i].path);
  return kept(s, &text);
}

const char *support_missing(struct support *s, const struct ask_determination *d) {
  return support_paths(s, d->missing, d->missing_count);
}

const char *support_because(struct support *s, const struct ask_determination *d) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < d->because_count; i++)
    ask_buffer_printf(&text, "%s%s", i ? "," : "", item_id(s, d->because[i]));
  return kept(s, &text);
}

const char *support_reasons(struct support *s, const struct ask_determination *d) {
  static const char *const kinds[] = {"unmet", "possible", "note", "error", "withheld"};
  struct ask_buffer text = {0};
  for (size_t i = 0; i < d->reason_count; i++)
    ask_buffer_printf(&text, "%s%s: %s", i ? "\n" : "", kinds[d->reasons[i].kind], d->reasons[i].text);
  return kept(s, &text);
}

const char *support_item(struct support *s, const char *id) {
  const struct ask_item *item = ask_catalogue_item(s->catalogue, id);
  struct ask_buffer text = {0};
  ck_assert_msg(item != NULL, "no item %s", id);
  ask_value_json(item, &s->result->items[item->number], &text);
  return kept(s, &text);
}

const char *support_next(struct support *s) {
  const struct ask_next *next;
  size_t count = ask_next_items(s->workspace, &next, NULL, NULL);
  struct ask_buffer text = {0};
  for (size_t i = 0; i < count; i++) {
    ask_buffer_printf(&text, "%s%s", i ? " " : "", next[i].path);
    for (size_t k = 0; k < next[i].block_count; k++)
      ask_buffer_printf(&text, "%s%s", k ? "," : "<", program_id(s, next[i].blocks[k]));
  }
  return kept(s, &text);
}

const char *support_not_asked(struct support *s) {
  static const char *const whys[] = {"hidden", "decided", "urgency", "unread", "absent"};
  const struct ask_next *next;
  const struct ask_not_asked *list;
  size_t count;
  ask_next_items(s->workspace, &next, &list, &count);
  struct ask_buffer text = {0};
  for (size_t i = 0; i < count; i++)
    ask_buffer_printf(&text, "%s%s:%s", i ? " " : "", item_id(s, list[i].item), whys[list[i].why]);
  return kept(s, &text);
}

const char *support_what_if(struct support *s, const char *program) {
  static const char *const kinds[] = {"=", "<=", ">="};
  struct ask_what_if what;
  ask_what_if(s->workspace, ask_catalogue_program(s->catalogue, program), &what);
  struct ask_buffer text = {0};
  for (size_t i = 0; i < what.change_count; i++) {
    const struct ask_change *c = &what.changes[i];
    ask_buffer_printf(&text, "%s%s%s", i ? " " : "", item_id(s, c->item), kinds[c->kind]);
    ask_value_json(&s->catalogue->items[c->item], &c->to, &text);
    ask_buffer_printf(&text, ":%s", ask_status_text(c->status));
  }
  for (size_t i = 0; i < what.unmet_count; i++)
    ask_buffer_printf(&text, "%s%s", i ? "; " : " | ", what.unmet[i]->spec->text);
  return kept(s, &text);
}

static void dump_value(struct ask_buffer *text, const char *name, const struct ask_value *v) {
  ask_buffer_printf(text, " %s=%d/%lld", name, v->state, v->state == ASK_KNOWN ? (long long)v->word : 0);
}

static void dump_determination(struct support *s, const struct ask_determination *d, struct ask_buffer *text) {
  ask_buffer_printf(text, "%s %s missing %s because %s reasons %s", d->program->spec->id, ask_status_text(d->status),
                    support_missing(s, d), support_because(s, d), support_reasons(s, d));
  ask_buffer_printf(text, " level %s deadline %lld urgency %d could_be %s %s", d->level ? d->level->name : "-",
                    d->has_deadline ? (long long)d->deadline : 0, d->urgency, d->could_be ? d->could_be->name : "-",
                    support_paths(s, d->could_be_missing, d->could_be_missing_count));
  dump_value(text, "score", &d->score);
  dump_value(text, "amount", &d->amount);
  for (size_t i = 0; i < d->document_count; i++) ask_buffer_printf(text, " document %s", d->documents[i]->text);
  for (size_t i = 0; i < d->unverified_count; i++) ask_buffer_printf(text, " unverified %s", d->unverified[i]);
  ask_buffer_printf(text, " next %s\n ", d->next_step ? d->next_step : "-");
  for (size_t i = 0; i < d->program->code.count; i++) {
    struct ask_value v = {.word = d->words[i], .state = d->states[i]};
    dump_value(text, "", &v);
  }
  ask_buffer_putc(text, '\n');
}

const char *support_dump(struct support *s) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < s->result->determination_count; i++)
    dump_determination(s, &s->result->determinations[i], &text);
  for (size_t i = 0; i < s->catalogue->item_count; i++) {
    const struct ask_value *v = &s->result->items[i];
    ask_buffer_printf(&text, "%s %d ", item_id(s, (int32_t)i), v->absence);
    ask_value_json(&s->catalogue->items[i], v, &text);
    ask_buffer_putc(&text, '\n');
  }
  return kept(s, &text);
}
