/* Builds one program anew beside a catalogue that stays as it is. */
#include "model/variant.h"

#include <string.h>

#include "model/builder.h"

static void *copy(struct ask_arena *arena, const void *list, size_t count, size_t size) {
  void *ret = ask_alloc_array(arena, count, size);
  if (count) memcpy(ret, list, count * size);
  return ret;
}

const struct ask_catalogue *ask_catalogue_variant(struct ask_arena *arena, const struct ask_catalogue *of,
                                                  const struct ask_program_spec *spec,
                                                  const struct ask_build_watch *watch, struct ask_problems *problems) {
  int32_t number = ask_map_get(of->program_numbers, spec->id);
  if (number < 0) return NULL;
  struct ask_catalogue *c = ask_alloc(arena, sizeof *c);
  *c = *of;
  c->arena = arena;
  c->references = 1;
  struct ask_builder b = {.arena = arena,
                          .problems = problems,
                          .catalogue = c,
                          .items = (struct ask_item *)of->items, /* read only: its form is built */
                          .item_numbers = of->item_numbers,
                          .group_numbers = of->group_numbers,
                          .program_numbers = of->program_numbers,
                          .shared_parameters = of->shared_parameters,
                          .pack_parameters = of->pack_parameters,
                          .pack = -1,
                          .watch = watch};
  b.programs = copy(arena, of->programs, of->program_count, sizeof *b.programs);
  b.parameters = copy(arena, of->parameters, of->parameter_count, sizeof *b.parameters);
  b.parameter_count = b.parameter_capacity = of->parameter_count;
  b.uses = copy(arena, of->uses, of->use_count, sizeof *b.uses);
  b.use_count = b.use_capacity = of->use_count;
  c->programs = b.programs;
  struct ask_program *program = &b.programs[number];
  *program = (struct ask_program){
      .spec = spec, .number = number, .pack = of->programs[number].pack, .score = -1, .amount = -1};
  ask_builder_scope(&b);
  size_t before = problems->errors;
  if (!ask_build_program(&b, program) || problems->errors > before) return NULL;
  ask_build_reads(&b, program);
  program->status_steps = ask_schedule(arena, &program->code, 0, program->status_end);
  program->other_steps = ask_schedule(arena, &program->code, program->status_end, program->code.count);
  c->parameters = b.parameters;
  c->parameter_count = b.parameter_count;
  c->uses = b.uses;
  c->use_count = b.use_count;
  return c;
}

/* ---- fewer programs ---- */

static void need(const struct ask_catalogue *of, int32_t program, bool *needed) {
  if (needed[program]) return;
  needed[program] = true;
  for (size_t i = 0; i < of->programs[program].depends_count; i++)
    need(of, of->programs[program].depends_on[i], needed);
}

const struct ask_catalogue *ask_catalogue_focus(const struct ask_catalogue *of, const bool *programs,
                                                struct ask_problems *problems) {
  struct ask_arena *arena = ask_arena_new(); /* the new catalogue's */
  bool *needed = ask_alloc_array(arena, of->program_count, sizeof *needed);
  for (size_t i = 0; i < of->program_count; i++)
    if (programs[i]) need(of, (int32_t)i, needed);
  struct ask_pack_spec *packs = ask_alloc_array(arena, of->pack_count, sizeof *packs);
  for (size_t i = 0; i < of->pack_count; i++) {
    struct ask_range range = of->packs[i].programs;
    packs[i] = *of->packs[i].spec;
    struct ask_program_spec *specs = copy(arena, packs[i].programs, packs[i].program_count, sizeof *specs);
    for (size_t k = 0; k < packs[i].program_count; k++)
      if (!needed[range.first + k]) specs[k].broken = "it was left out";
    packs[i].programs = specs;
  }
  struct ask_catalogue_source source = {.form = of->form,
                                        .form_parameters = of->form_parameters,
                                        .common = of->common,
                                        .packs = packs,
                                        .pack_count = of->pack_count};
  return ask_catalogue_build(arena, &source, problems);
}

/* ---- the same or not ---- */

static bool codes_same(const struct ask_code *a, const struct ask_code *b) {
  if (a->count != b->count || a->argument_count != b->argument_count || a->body_count != b->body_count ||
      a->result != b->result)
    return false;
  for (size_t i = 0; i < a->count; i++) {
    const struct ask_instruction *x = &a->list[i], *y = &b->list[i];
    if (x->operation != y->operation || x->a != y->a || x->b != y->b || x->c != y->c || x->immediate != y->immediate)
      return false;
  }
  if (a->argument_count && memcmp(a->arguments, b->arguments, a->argument_count * sizeof *a->arguments) != 0)
    return false;
  for (size_t i = 0; i < a->body_count; i++)
    if (!codes_same(a->bodies[i], b->bodies[i])) return false;
  return true;
}

static bool nodes_same(const struct ask_node *a, const struct ask_node *b) {
  if (!a || !b) return a == b;
  if (a->reg != b->reg || a->child_count != b->child_count || a->spec->kind != b->spec->kind) return false;
  for (size_t i = 0; i < a->child_count; i++)
    if (!nodes_same(&a->children[i], &b->children[i])) return false;
  return true;
}

static bool conditions_same(const struct ask_condition *a, const struct ask_condition *b, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (a[i].reg != b[i].reg) return false;
  return true;
}

bool ask_programs_same(const struct ask_program *a, const struct ask_program *b) {
  const struct ask_program_spec *s = a->spec, *t = b->spec;
  if (a->status_end != b->status_end || a->score != b->score || a->amount != b->amount ||
      s->line_count != t->line_count || s->level_count != t->level_count || s->note_count != t->note_count ||
      s->document_count != t->document_count || s->next_step_count != t->next_step_count)
    return false;
  for (size_t i = 0; i < s->line_count; i++)
    if (a->lines[i].reg != b->lines[i].reg) return false;
  return codes_same(&a->code, &b->code) && nodes_same(a->eligible, b->eligible) &&
         nodes_same(a->possible, b->possible) && conditions_same(a->levels, b->levels, s->level_count) &&
         conditions_same(a->notes, b->notes, s->note_count) &&
         conditions_same(a->documents, b->documents, s->document_count) &&
         conditions_same(a->next_steps, b->next_steps, s->next_step_count);
}
