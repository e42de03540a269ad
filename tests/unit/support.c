#include "unit/support.h"

#include <check.h>
#include <string.h>

#include "base/date.h"
#include "lua/plugin.h"
#include "yaml/form.h"
#include "yaml/parameters.h"
#include "yaml/yaml.h"

struct support support_load(const char *form, const char *shared_parameters, const struct support_program *programs) {
  struct support s = {.arena = ask_arena_new()};
  struct ask_arena *arena = ask_arena_new();
  s.problems.arena = s.arena;
  struct ask_form_spec *f = ask_alloc(arena, sizeof *f);
  struct ask_pack_spec *pack = ask_alloc(arena, sizeof *pack);
  struct ask_parameter_file *shared = NULL;
  struct ask_program_spec *specs = ask_alloc_array(arena, 16, sizeof *specs);
  bool ok = ask_yaml_form(arena, "form.yaml", form, strlen(form), f, &s.problems);
  if (shared_parameters) {
    shared = ask_alloc(arena, sizeof *shared);
    ok = ask_yaml_parameters(arena, "shared.yaml", shared_parameters, strlen(shared_parameters), shared, &s.problems) && ok;
  }
  pack->id = "test";
  pack->programs = specs;
  for (; programs && programs->id; programs++) {
    struct ask_program_spec *spec = &specs[pack->program_count++];
    const char *path = ask_printf(arena, "%s/plugin.lua", programs->id);
    if (!ask_lua_plugin_load(arena, NULL, path, programs->id, programs->lua, strlen(programs->lua), spec, &s.problems)) {
      const char *why = s.problems.count ? s.problems.list[s.problems.count - 1].message : "cannot be loaded";
      *spec = (struct ask_program_spec){.broken = ask_strdup(arena, why)};
    }
    spec->id = programs->id;
    spec->pack = "test";
    if (programs->parameters) {
      struct ask_parameter_file *own = ask_alloc(arena, sizeof *own);
      ok = ask_yaml_parameters(arena, "parameters.yaml", programs->parameters, strlen(programs->parameters), own, &s.problems) && ok;
      spec->parameters = own;
    }
  }
  struct ask_catalogue_source source = {.form = f, .form_parameters = shared, .pack = pack};
  if (!ok) {
    ask_arena_free(arena);
    return s;
  }
  s.catalogue = ask_catalogue_build(arena, &source, &s.problems);
  if (s.catalogue) s.workspace = ask_workspace_new(s.catalogue, NULL);
  return s;
}

void support_free(struct support *s) {
  ask_workspace_free(s->workspace);
  ask_catalogue_unref(s->catalogue);
  ask_arena_free(s->arena);
}

struct ask_answers *support_answers(struct support *s, const char *yaml, const char *as_of) {
  int64_t day;
  ck_assert(ask_date_read(as_of, strlen(as_of), &day));
  struct ask_raw *raw = ask_yaml_read(s->arena, "answers", yaml, strlen(yaml), &s->problems);
  ck_assert_msg(raw != NULL, "%s", support_messages(s));
  struct ask_answers *answers = ask_answers_read(s->arena, s->catalogue, day, raw, &s->problems);
  ck_assert_msg(answers != NULL, "%s", support_messages(s));
  return answers;
}

const struct ask_determination *support_run(struct support *s, const char *program, const char *yaml) {
  ck_assert_msg(s->catalogue != NULL, "%s", support_messages(s));
  const struct ask_result *result = ask_assess(s->workspace, support_answers(s, yaml, "2026-11-23"), NULL, &s->problems);
  ck_assert_msg(result != NULL, "%s", support_messages(s));
  for (size_t i = 0; i < result->determination_count; i++)
    if (strcmp(result->determinations[i].program->spec->id, program) == 0) return &result->determinations[i];
  ck_abort_msg("no determination of %s", program);
  return NULL;
}

enum ask_status support_status(struct support *s, const char *program, const char *yaml) {
  return support_run(s, program, yaml)->status;
}

const char *support_messages(struct support *s) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < s->problems.count; i++) {
    const struct ask_problem *p = &s->problems.list[i];
    ask_buffer_printf(&text, "%s:%d:%d: %s: %s (%s)\n", p->at.file ? p->at.file : "", p->at.line, p->at.column,
                      p->path ? p->path : "", p->message, p->hint ? p->hint : "");
  }
  const char *copy = ask_strdup(s->arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

const char *support_missing(struct support *s, const struct ask_determination *d) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < d->missing_count; i++) ask_buffer_printf(&text, "%s%s", i ? "," : "", d->missing[i].path);
  const char *copy = ask_strdup(s->arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}
