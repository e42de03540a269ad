/* Builds the catalogue and counts its references. */
#include "model/catalogue.h"

#include <string.h>

#include "base/hash.h"
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

/* After the programs: it reads what their statuses read. */
static bool build_overviews(struct ask_builder *b, const struct ask_catalogue_source *source) {
  struct ask_overview *overviews = ask_alloc_array(b->arena, source->pack_count, sizeof *overviews);
  struct ask_catalogue *c = b->catalogue;
  bool ok = true;
  c->overviews = overviews;
  for (size_t p = 0; p < source->pack_count; p++) {
    const struct ask_overview_spec *spec = source->packs[p].overview;
    if (!spec) continue;
    struct ask_overview *overview = &overviews[c->overview_count];
    *overview = (struct ask_overview){.spec = spec, .pack = (int32_t)p};
    b->pack = (int32_t)p;
    bool sound = ask_build_overview(b, overview);
    b->pack = -1;
    ok = ok && sound;
    for (size_t i = 0; sound && i < spec->step_count; i++)
      ask_build_remark_reads(b, &overview->program, (struct ask_remark *)&overview->steps[i]);
    for (size_t i = 0; sound && i < spec->flag_count; i++)
      ask_build_remark_reads(b, &overview->program, (struct ask_remark *)&overview->flags[i]);
    c->overview_count++;
  }
  return ok;
}

/* False when two packs have a program of the same id. */
static bool list_program(struct ask_builder *b, const struct ask_program_spec *spec, int32_t pack) {
  struct ask_catalogue *c = b->catalogue;
  int32_t other = ask_map_get(b->program_numbers, spec->id);
  if (other >= 0) {
    const struct ask_program_spec *first = b->programs[other].spec;
    ask_problem_add(b->problems, ASK_ERROR, "declared-twice", spec->at, NULL,
                    "rename one of them, or load the packs one at a time", "program %s is in two packs: %s and %s",
                    spec->id, first->folder ? first->folder : c->packs[b->programs[other].pack].spec->id,
                    spec->folder ? spec->folder : c->packs[pack].spec->id);
    return false;
  }
  int32_t number = (int32_t)c->program_count++;
  b->programs[number] =
      (struct ask_program){.spec = spec, .number = number, .pack = pack, .score = -1, .amount = -1, .broken = spec->broken};
  ask_map_put(b->program_numbers, spec->id, number);
  return true;
}

static struct ask_days holidays(struct ask_arena *arena, const struct ask_calendar_spec *calendar) {
  size_t count = calendar ? calendar->count : 0;
  int64_t *days = ask_alloc_array(arena, count, sizeof *days);
  for (size_t i = 0; i < count; i++) days[i] = calendar->holidays[i].date;
  return (struct ask_days){days, count};
}

static bool list_packs(struct ask_builder *b, const struct ask_catalogue_source *source) {
  struct ask_catalogue *c = b->catalogue;
  size_t most = 0;
  bool ok = true;
  for (size_t i = 0; i < source->pack_count; i++) most += source->packs[i].program_count;
  c->packs = b->packs = ask_alloc_array(b->arena, source->pack_count, sizeof *b->packs);
  c->programs = b->programs = ask_alloc_array(b->arena, most, sizeof *b->programs);
  b->pack_parameters = ask_alloc_array(b->arena, source->pack_count, sizeof *b->pack_parameters);
  if (source->pack_count > ASK_MOST_PACKS) {
    ask_problem_add(b->problems, ASK_ERROR, "too-many", ASK_NOWHERE, NULL, "load fewer with --pack",
                    "%zu packs; at most %d are loaded together", source->pack_count, (int)ASK_MOST_PACKS);
    return false;
  }
  for (size_t i = 0; i < source->pack_count; i++) {
    const struct ask_pack_spec *spec = &source->packs[i];
    const struct ask_calendar_spec *calendar = source->common ? source->common->calendar : NULL;
    b->packs[i] = (struct ask_pack){.spec = spec, .calendar = spec->calendar ? spec->calendar : calendar};
    b->packs[i].holidays = holidays(b->arena, b->packs[i].calendar);
    b->packs[i].programs.first = c->program_count;
    b->pack_parameters[i] = ask_map_new(b->arena);
    c->pack_count = i + 1;
    for (size_t k = 0; k < spec->program_count; k++) ok = list_program(b, &spec->programs[k], (int32_t)i) && ok;
    b->packs[i].programs.end = c->program_count;
  }
  return ok;
}

static bool build_shared_parameters(struct ask_builder *b, const struct ask_catalogue_source *source) {
  const struct ask_common_spec *common = source->common;
  bool ok = ask_build_parameters(b, source->form_parameters, b->shared_parameters);
  for (size_t i = 0; i < source->form->instrument_count; i++)
    ok = ask_build_parameters(b, &source->form->instruments[i]->parameters, b->shared_parameters) && ok;
  for (size_t i = 0; common && i < common->parameter_count; i++)
    ok = ask_build_parameters(b, &common->parameters[i], b->shared_parameters) && ok;
  for (size_t i = 0; i < source->pack_count; i++) {
    b->pack = (int32_t)i;
    for (size_t k = 0; k < source->packs[i].shared_count; k++)
      ok = ask_build_parameters(b, &source->packs[i].shared[k], b->pack_parameters[i]) && ok;
  }
  b->pack = -1;
  return ok;
}

struct ask_catalogue *ask_catalogue_build(struct ask_arena *arena, const struct ask_catalogue_source *source,
                                          struct ask_problems *problems) {
  struct ask_catalogue *c = ask_alloc(arena, sizeof *c);
  *c = (struct ask_catalogue){.arena = arena, .references = 1, .form = source->form, .common = source->common};
  struct ask_builder b = {.arena = arena, .problems = problems, .catalogue = c, .pack = -1};
  b.item_numbers = ask_map_new(arena);
  b.group_numbers = ask_map_new(arena);
  b.program_numbers = ask_map_new(arena);
  b.shared_parameters = ask_map_new(arena);
  c->form_parameters = source->form_parameters;
  c->holidays = holidays(arena, source->common ? source->common->calendar : NULL);
  c->item_numbers = b.item_numbers;
  c->group_numbers = b.group_numbers;
  c->program_numbers = b.program_numbers;
  c->shared_parameters = b.shared_parameters;
  ask_builder_scope(&b);
  bool listed = list_packs(&b, source);
  c->pack_parameters = b.pack_parameters;
  bool ok = listed && build_shared_parameters(&b, source);
  ok = listed && ask_build_items(&b, source) && ok; /* whose names may not be parameters too: a plugin's clash is its own */
  ok = ok && ask_build_formulas(&b) && ask_build_order(&b);
  if (ok) build_programs(&b);
  ok = ok && build_overviews(&b, source);
  if (!ok) {
    ask_arena_free(arena);
    return NULL;
  }
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

int32_t ask_catalogue_pack(const struct ask_catalogue *catalogue, const char *id) {
  for (size_t i = 0; i < catalogue->pack_count; i++)
    if (strcmp(catalogue->packs[i].spec->id, id) == 0) return (int32_t)i;
  return -1;
}

void ask_packs_text(const struct ask_catalogue *catalogue, ask_packs packs, struct ask_buffer *buffer) {
  const char *before = "";
  for (size_t i = 0; i < catalogue->pack_count; i++) {
    if (!ask_packs_have(packs, (int32_t)i)) continue;
    ask_buffer_printf(buffer, "%s%s", before, catalogue->packs[i].spec->id);
    before = ",";
  }
}

void ask_packs_shared_hash(const struct ask_catalogue *catalogue, ask_packs packs, char ret_hash[65]) {
  const char *last = "";
  struct ask_hash hash;
  size_t count = 0;
  ask_hash_start(&hash);
  for (size_t i = 0; i < catalogue->pack_count; i++) {
    if (!ask_packs_have(packs, (int32_t)i)) continue;
    last = catalogue->packs[i].spec->shared_hash;
    ask_hash_add(&hash, last, strlen(last));
    count++;
  }
  ask_hash_end(&hash, ret_hash);
  if (count == 1) memcpy(ret_hash, last, 65);
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
