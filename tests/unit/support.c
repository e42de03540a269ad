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

static struct ask_parameter_file *parameters_of(struct support *s, struct ask_arena *arena, const char *path, const char *yaml,
                                                bool *ok) {
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
    ok = ask_yaml_calendar(arena, "holidays.yaml", source->holidays, strlen(source->holidays), calendar, &s.problems) && ok;
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
  struct ask_catalogue_source whole = {.form = f, .form_parameters = shared, .pack = pack};
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
  const struct ask_result *result = &((const struct support_result *)s)->result;
  (void)result;
  return NULL;
}
