/* Builds the catalogue and counts its references. */
#include "model/catalogue.h"

#include <string.h>

#include "model/builder.h"

const char *ask_status_text(enum ask_status status) {
  static const char *const texts[] = {"likely", "possible", "need_info", "unlikely", "withheld", "error"};
  return texts[status];
}

struct sorter {
  struct ask_builder *b;
  uint8_t *mark;
  int32_t *path, *order;
  size_t path_length, count;
};

static void break_program(struct ask_builder *b, int32_t number, const char *why) {
  if (!b->programs[number].broken) b->programs[number].broken = why;
}

/* Programs in dependency order; those on a cycle are broken, the rest goes on. */
static void visit(struct sorter *s, int32_t number) {
  struct ask_program *program = &s->b->programs[number];
  if (s->mark[number] == 2) return;
  if (s->mark[number] == 1) {
    struct ask_buffer path = {0};
    size_t from = 0;
    while (s->path[from] != number) from++;
    for (size_t i = from; i < s->path_length; i++)
      ask_buffer_printf(&path, "%s -> ", s->b->programs[s->path[i]].spec->id);
    ask_buffer_puts(&path, program->spec->id);
    const char *why = ask_printf(s->b->arena, "programs read each other's status in a cycle: %s", path.bytes);
    ask_problem_add(s->b->problems, ASK_ERROR, "cycle", program->spec->at, NULL,
                    "a program may read another's status, but not one that reads its own", "%s", why);
    for (size_t i = from; i < s->path_length; i++) break_program(s->b, s->path[i], why);
    ask_buffer_free(&path);
    return;
  }
  s->mark[number] = 1;
  s->path[s->path_length++] = number;
  for (size_t i = 0; i < program->depends_count; i++) visit(s, program->depends_on[i]);
  s->path_length--;
  s->mark[number] = 2;
  s->order[s->count++] = number;
}

static void build_programs(struct ask_builder *b) {
  struct ask_catalogue *c = b->catalogue;
  for (size_t i = 0; i < c->program_count; i++) {
    struct ask_program *program = &b->programs[i];
    size_t before = b->problems->errors;
    size_t first = b->problems->count;
    if (program->broken) continue;
    if (!ask_build_program(b, program) || b->problems->errors > before) {
      const struct ask_problem *why = first < b->problems->count ? &b->problems->list[first] : NULL;
      /* the file alone: results must not depend on where the folder stands */
      const char *slash = why && why->at.file ? strrchr(why->at.file, '/') : NULL;
      const char *file = slash ? slash + 1 : why ? why->at.file : NULL;
      break_program(b, program->number,
                    file  ? ask_printf(b->arena, "%s:%d: %s", file, why->at.line, why->message)
                    : why ? ask_strdup(b->arena, why->message)
                          : "it does not compile");
    }
  }
  struct sorter s = {.b = b,
                     .mark = ask_alloc(b->arena, c->program_count),
                     .path = ask_alloc_array(b->arena, c->program_count, sizeof *s.path),
                     .order = ask_alloc_array(b->arena, c->program_count, sizeof *s.order)};
  for (size_t i = 0; i < c->program_count; i++) visit(&s, (int32_t)i);
  c->program_order = s.order;
  for (size_t i = 0; i < s.count; i++) { /* those whose status it reads come first */
    struct ask_program *program = &b->programs[s.order[i]];
    if (program->broken) continue;
    ask_build_reads(b, program);
    program->status_steps = ask_schedule(b->arena, &program->code, 0, program->status_end);
    program->other_steps = ask_schedule(b->arena, &program->code, program->status_end, program->code.count);
  }
}

static void list_programs(struct ask_builder *b, const struct ask_pack_spec *pack) {
  b->programs = ask_alloc_array(b->arena, pack->program_count, sizeof *b->programs);
  b->catalogue->programs = b->programs;
  b->catalogue->program_count = pack->program_count;
  for (size_t i = 0; i < pack->program_count; i++) {
    b->programs[i] = (struct ask_program){.spec = &pack->programs[i], .number = (int32_t)i, .score = -1, .amount = -1};
    b->programs[i].broken = pack->programs[i].broken;
    ask_map_put(b->program_numbers, pack->programs[i].id, (int32_t)i);
  }
}

struct ask_catalogue *ask_catalogue_build(struct ask_arena *arena, const struct ask_catalogue_source *source,
                                          struct ask_problems *problems) {
  struct ask_catalogue *c = ask_alloc(arena, sizeof *c);
  *c = (struct ask_catalogue){
      .arena = arena, .references = 1, .form = source->form, .pack = source->pack, .calendar = source->pack->calendar};
  struct ask_builder b = {.arena = arena, .problems = problems, .catalogue = c};
  b.item_numbers = ask_map_new(arena);
  b.group_numbers = ask_map_new(arena);
  b.program_numbers = ask_map_new(arena);
  b.shared_parameters = ask_map_new(arena);
  c->form_parameters = source->form_parameters;
  c->item_numbers = b.item_numbers;
  c->group_numbers = b.group_numbers;
  c->program_numbers = b.program_numbers;
  c->shared_parameters = b.shared_parameters;
  ask_builder_scope(&b);
  list_programs(&b, source->pack);
  bool ok = ask_build_parameters(&b, source->form_parameters, b.shared_parameters);
  for (size_t i = 0; i < source->form->instrument_count; i++)
    ok = ask_build_parameters(&b, &source->form->instruments[i]->parameters, b.shared_parameters) && ok;
  for (size_t i = 0; i < source->pack->shared_count; i++)
    ok = ask_build_parameters(&b, &source->pack->shared[i], b.shared_parameters) && ok;
  ok = ask_build_items(&b, source) && ok; /* whose names may not be parameters too: a plugin's clash is its own */
  ok = ok && ask_build_formulas(&b) && ask_build_order(&b);
  if (!ok) {
    ask_arena_free(arena);
    return NULL;
  }
  build_programs(&b);
  c->parameters = b.parameters;
  c->parameter_count = b.parameter_count;
  c->uses = b.uses;
  c->use_count = b.use_count;
  return c;
}

const struct ask_catalogue *ask_catalogue_ref(const struct ask_catalogue *catalogue) {
  __atomic_add_fetch(&((struct ask_catalogue *)catalogue)->references, 1, __ATOMIC_RELAXED);
  return catalogue;
}

const struct ask_catalogue *ask_catalogue_unref(const struct ask_catalogue *catalogue) {
  if (catalogue && __atomic_sub_fetch(&((struct ask_catalogue *)catalogue)->references, 1, __ATOMIC_ACQ_REL) == 0)
    ask_arena_free(catalogue->arena);
  return NULL;
}

const struct ask_item *ask_catalogue_item(const struct ask_catalogue *catalogue, const char *id) {
  int32_t number = ask_map_get(catalogue->item_numbers, id);
  return number < 0 ? NULL : &catalogue->items[number];
}

const struct ask_program *ask_catalogue_program(const struct ask_catalogue *catalogue, const char *id) {
  for (size_t i = 0; i < catalogue->program_count; i++)
    if (strcmp(catalogue->programs[i].spec->id, id) == 0) return &catalogue->programs[i];
  return NULL;
}

enum { MAX_NAMES = 4096 };

const char *ask_catalogue_suggest_item(const struct ask_catalogue *catalogue, const char *wrong) {
  const char *names[MAX_NAMES];
  size_t count = catalogue->item_count < MAX_NAMES ? catalogue->item_count : MAX_NAMES;
  for (size_t i = 0; i < count; i++) names[i] = catalogue->items[i].spec->id;
  return ask_did_you_mean(wrong, names, count);
}

const char *ask_catalogue_suggest_program(const struct ask_catalogue *catalogue, const char *wrong) {
  const char *names[MAX_NAMES];
  size_t count = catalogue->program_count < MAX_NAMES ? catalogue->program_count : MAX_NAMES;
  for (size_t i = 0; i < count; i++) names[i] = catalogue->programs[i].spec->id;
  return ask_did_you_mean(wrong, names, count);
}
