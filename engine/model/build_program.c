/* One program: worksheet, criteria trees and what follows from the status, compiled into one code. */
#include <string.h>

#include "model/builder.h"

#define problem(b, at, code, hint, ...) ask_problem_add((b)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

struct functions {
  const struct ask_formula_spec **specs;
  const int32_t **reads;
  size_t count, specs_capacity, reads_capacity;
};

struct program_builder {
  struct ask_builder *b;
  struct ask_program *program;
  struct functions functions;
};

static const struct ask_kind boolean = {.type = ASK_BOOL}, integer = {.type = ASK_INTEGER}, money = {.type = ASK_MONEY};

static int32_t emit(struct program_builder *p, struct ask_place at, struct ask_instruction in) {
  int32_t reg = ask_emit(p->b->arena, &p->program->code, in);
  if (reg >= 0) return reg;
  problem(p->b, at, "too-large", "split the program", "the program has more than %d steps", ASK_MAX_REGISTERS);
  return 0;
}

/* A Lua function: its declared reads are items or worksheet lines. */
static bool call(struct program_builder *p, const struct ask_formula_spec *formula, struct ask_place at,
                 const struct ask_kind *type, int32_t *ret) {
  struct ask_builder *b = p->b;
  int32_t *reads = ask_alloc_array(b->arena, formula->read_count, sizeof *reads);
  int32_t *registers = ask_alloc_array(b->arena, formula->read_count, sizeof *registers);
  if (formula->read_count > 64) {
    problem(b, at, "too-large", NULL, "a function declares more than 64 reads");
    return false;
  }
  for (size_t i = 0; i < formula->read_count; i++) {
    const char *name = formula->reads[i];
    int32_t line = ask_map_get(b->line_numbers, name), item = ask_builder_item(b, name, strlen(name));
    if (line >= 0) {
      reads[i] = -1 - line;
      registers[i] = b->lines[line].reg;
      ask_number_add(b->arena, b->line_reads, line);
    } else if (item >= 0) {
      reads[i] = item;
      registers[i] = emit(p, at, (struct ask_instruction){.operation = ASK_I_ITEM, .a = item});
      ask_number_add(b->arena, b->reads, item);
    } else {
      struct ask_text text = {name, strlen(name)};
      enum ask_name_kind kind = b->scope.name(b, &text).kind;
      if (kind == ASK_NAME_SCALAR || kind == ASK_NAME_TABLE) {
        problem(b, at, "wrong-type", "put it into a worksheet line and read that",
                "a function cannot read the parameter %s", name);
        return false;
      }
      const char *near = b->scope.suggest(b, name);
      problem(b, at, "unknown-name", near ? ask_printf(b->arena, "did you mean %s?", near) : NULL,
              "a function reads %s, which is neither an item nor a worksheet line", name);
      return false;
    }
  }
  struct functions *f = &p->functions;
  while (f->count <= (size_t)formula->function) {
    size_t both = f->count;
    *(const struct ask_formula_spec **)ask_push(b->arena, &f->specs, &f->count, &f->specs_capacity, sizeof *f->specs) =
        NULL;
    *(const int32_t **)ask_push(b->arena, &f->reads, &both, &f->reads_capacity, sizeof *f->reads) = NULL;
  }
  f->specs[formula->function] = formula;
  f->reads[formula->function] = reads;
  struct ask_instruction in = {
      .operation = ASK_I_CALL, .b = (int32_t)formula->read_count, .immediate = formula->function};
  in.c = (uint16_t)type->type;
  in.a = ask_arguments(b->arena, &p->program->code, registers, formula->read_count);
  *ret = emit(p, at, in);
  return true;
}

/* Compiles a formula; *ret -1 when it is absent. ret_type may be NULL. */
static bool formula(struct program_builder *p, const struct ask_formula_spec *spec, struct ask_place at,
                    const struct ask_kind *wanted, int32_t *ret, struct ask_kind *ret_type) {
  *ret = -1;
  if (spec->function >= 0 && !spec->expr.text) return call(p, spec, at, wanted, ret);
  if (!spec->expr.text) return true;
  struct ask_compiled compiled;
  if (!ask_compile(p->b->arena, &p->program->code, &p->b->scope, spec->expr.text, spec->expr.at, wanted, p->b->problems,
                   &compiled))
    return false;
  *ret = compiled.reg;
  if (ret_type) *ret_type = compiled.type;
  return true;
}

/* ---- worksheet ---- */

struct named {
  struct ask_number_list items, lines, parameters;
};

static void listen(struct ask_builder *b, struct named *named) {
  b->reads = named ? &named->items : NULL;
  b->line_reads = named ? &named->lines : NULL;
  b->parameter_reads = named ? &named->parameters : NULL;
}

/* What the named worksheet lines read belongs to the reader too. */
static void through_lines(struct ask_builder *b, struct named *named) {
  for (size_t i = 0; i < named->lines.count; i++) {
    const struct ask_line *line = &b->lines[named->lines.list[i]];
    for (size_t k = 0; k < line->read_count; k++) ask_number_add(b->arena, &named->items, line->reads[k]);
  }
}

static bool lines(struct program_builder *p) {
  struct ask_builder *b = p->b;
  const struct ask_program_spec *spec = p->program->spec;
  bool ok = true;
  for (size_t i = 0; i < spec->line_count; i++) {
    const struct ask_line_spec *line = &spec->lines[i];
    struct ask_text name = {line->name, strlen(line->name)};
    struct named named = {0};
    struct ask_kind kind = {.type = line->type};
    bool function = !line->formula.expr.text;
    if (b->scope.name(b, &name).kind != ASK_NAME_NONE) {
      problem(b, line->at, "declared-twice", "give the line another name", "%s already names something", line->name);
      ok = false;
      continue;
    }
    listen(b, &named);
    struct ask_line *slot = &b->lines[i];
    bool sound = formula(p, &line->formula, line->at, function ? &kind : NULL, &slot->reg, &kind);
    listen(b, NULL);
    if (sound && kind.type == ASK_LIST) {
      problem(b, line->at, "wrong-type", "name what is counted or added up: sum(list, value)",
              "%s is a list, not a value", line->name);
      sound = false;
    }
    ok = ok && sound;
    if (!sound) continue;
    through_lines(b, &named);
    *slot = (struct ask_line){
        line, slot->reg, kind, named.items.list, named.items.count, named.parameters.list, named.parameters.count};
    ask_map_put(b->line_numbers, line->name, (int32_t)i);
  }
  return ok;
}

/* ---- criteria ---- */

static bool node(struct program_builder *p, const struct ask_node_spec *spec, struct ask_node *ret);

/* all: and; any: or; none: not or; at_least n: bounds of the count agree on >= n. */
static int32_t combine(struct program_builder *p, const struct ask_node *at) {
  const struct ask_node_spec *spec = at->spec;
  if (spec->kind == ASK_AT_LEAST) {
    int32_t *registers = ask_alloc_array(p->b->arena, at->child_count, sizeof *registers);
    for (size_t i = 0; i < at->child_count; i++) registers[i] = at->children[i].reg;
    struct ask_instruction count = {.operation = ASK_I_COUNT_LOW, .b = (int32_t)at->child_count};
    count.a = ask_arguments(p->b->arena, &p->program->code, registers, at->child_count);
    int32_t low = emit(p, spec->at, count);
    count.operation = ASK_I_COUNT_HIGH;
    int32_t high = emit(p, spec->at, count);
    int32_t n = emit(p, spec->at, (struct ask_instruction){.operation = ASK_I_CONSTANT, .immediate = spec->at_least});
    struct ask_instruction agree = {.operation = ASK_I_AGREE};
    agree.a = emit(p, spec->at, (struct ask_instruction){.operation = ASK_I_LE, .a = n, .b = low});
    agree.b = emit(p, spec->at, (struct ask_instruction){.operation = ASK_I_LE, .a = n, .b = high});
    return emit(p, spec->at, agree);
  }
  int32_t reg = at->children[0].reg;
  for (size_t i = 1; i < at->child_count; i++)
    reg = emit(p, spec->at,
               (struct ask_instruction){
                   .operation = spec->kind == ASK_ALL ? ASK_I_AND : ASK_I_OR, .a = reg, .b = at->children[i].reg});
  return spec->kind == ASK_NONE ? emit(p, spec->at, (struct ask_instruction){.operation = ASK_I_NOT, .a = reg}) : reg;
}

static bool node(struct program_builder *p, const struct ask_node_spec *spec, struct ask_node *ret) {
  struct ask_builder *b = p->b;
  *ret = (struct ask_node){.spec = spec, .reg = -1};
  if (spec->kind == ASK_RULE) {
    struct named named = {0};
    listen(b, &named);
    bool ok = formula(p, &spec->formula, spec->at, &boolean, &ret->reg, NULL);
    listen(b, NULL);
    if (ok && ret->reg < 0) {
      problem(b, spec->at, "missing", "rule { \"text\", \"expression\" }", "a rule without an expression");
      return false;
    }
    through_lines(b, &named);
    ret->reads = named.items.list, ret->read_count = named.items.count;
    ret->lines = named.lines.list, ret->line_count = named.lines.count;
    ret->parameters = named.parameters.list, ret->parameter_count = named.parameters.count;
    return ok;
  }
  if (spec->child_count == 0) {
    problem(b, spec->at, "missing", NULL, "an empty all, any, none or at_least");
    return false;
  }
  if (spec->kind == ASK_AT_LEAST && (spec->at_least < 1 || (size_t)spec->at_least > spec->child_count)) {
    problem(b, spec->at, "out-of-range", NULL, "at_least %d of %zu criteria", spec->at_least, spec->child_count);
    return false;
  }
  struct ask_node *children = ask_alloc_array(b->arena, spec->child_count, sizeof *children);
  bool ok = true;
  for (size_t i = 0; i < spec->child_count; i++) ok = node(p, &spec->children[i], &children[i]) && ok;
  ret->children = children;
  ret->child_count = spec->child_count;
  if (ok) ret->reg = combine(p, ret);
  return ok;
}

static bool tree(struct program_builder *p, const struct ask_node_spec *spec, const struct ask_node **ret) {
  if (!spec) return true;
  struct ask_node *root = ask_alloc(p->b->arena, sizeof *root);
  *ret = root;
  return node(p, spec, root);
}

/* ---- what follows from the status ---- */

static bool conditions(struct program_builder *p, const struct ask_text_when_spec *specs, size_t count,
                       const struct ask_condition **ret) {
  struct ask_condition *list = ask_alloc_array(p->b->arena, count, sizeof *list);
  bool ok = true;
  for (size_t i = 0; i < count; i++) ok = formula(p, &specs[i].when, specs[i].at, &boolean, &list[i].reg, NULL) && ok;
  *ret = list;
  return ok;
}

static bool levels(struct program_builder *p) {
  const struct ask_program_spec *spec = p->program->spec;
  struct ask_condition *list = ask_alloc_array(p->b->arena, spec->level_count, sizeof *list);
  bool ok = true;
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    ok = formula(p, &level->when, level->at, &boolean, &list[i].reg, NULL) && ok;
    if (level->otherwise && i + 1 < spec->level_count) {
      problem(p->b, spec->levels[i + 1].at, "unreachable", "put the level with otherwise = true last",
              "level %s is never reached", spec->levels[i + 1].name);
      ok = false;
    }
  }
  p->program->levels = list;
  return ok;
}

static bool points(struct program_builder *p) {
  const struct ask_program_spec *spec = p->program->spec;
  int32_t *when = ask_alloc_array(p->b->arena, spec->point_count, sizeof *when);
  int32_t *value = ask_alloc_array(p->b->arena, spec->point_count, sizeof *value);
  bool ok = formula(p, &spec->score, spec->at, &integer, &p->program->score, NULL);
  for (size_t i = 0; i < spec->point_count; i++) {
    const struct ask_point_spec *point = &spec->points[i];
    struct ask_formula_spec worth = {.expr = point->points, .function = -1};
    ok = formula(p, &point->when, point->at, &boolean, &when[i], NULL) && ok;
    ok = formula(p, &worth, point->at, &integer, &value[i], NULL) && ok;
  }
  p->program->point_when = when;
  p->program->point_value = value;
  if (!ok || spec->point_count == 0) return ok;
  /* the score is the sum; unknown as soon as one line of it is */
  int32_t zero = emit(p, spec->at, (struct ask_instruction){.operation = ASK_I_CONSTANT}), total = zero;
  for (size_t i = 0; i < spec->point_count; i++) {
    struct ask_place at = spec->points[i].at;
    int32_t one = value[i];
    if (when[i] >= 0)
      one = emit(p, at,
                 (struct ask_instruction){.operation = ASK_I_SELECT, .a = when[i], .b = value[i], .c = (uint16_t)zero});
    total = emit(p, at, (struct ask_instruction){.operation = ASK_I_ADD, .a = total, .b = one});
  }
  p->program->score = total;
  return true;
}

bool ask_build_program(struct ask_builder *b, struct ask_program *program) {
  const struct ask_program_spec *spec = program->spec;
  struct program_builder p = {.b = b, .program = program};
  program->score = program->amount = -1;
  b->program = program;
  b->pack = program->pack;
  b->after_status = false;
  b->depends = (struct ask_number_list){0};
  b->own_parameters = ask_map_new(b->arena);
  b->line_numbers = ask_map_new(b->arena);
  b->lines = ask_alloc_array(b->arena, spec->line_count, sizeof *b->lines);
  program->lines = b->lines;
  bool ok = ask_build_parameters(b, spec->parameters, b->own_parameters);
  ok = lines(&p) && ok;
  if (!spec->eligible) {
    problem(b, spec->at, "missing", "eligible = all { rule { ... } }", "the program says nothing of who is eligible");
    ok = false;
  }
  ok = tree(&p, spec->eligible, &program->eligible) && ok;
  ok = tree(&p, spec->possible, &program->possible) && ok;
  program->status_end = program->code.count;
  program->depends_on = b->depends.list; /* later reads of statuses need no order of their own, but get one too */
  b->after_status = true;
  struct named rest = {0}; /* functions record what they read */
  listen(b, &rest);
  ok = levels(&p) && ok;
  ok = points(&p) && ok;
  ok = formula(&p, &spec->amount, spec->at, &money, &program->amount, NULL) && ok;
  ok = conditions(&p, spec->notes, spec->note_count, &program->notes) && ok;
  ok = conditions(&p, spec->documents, spec->document_count, &program->documents) && ok;
  ok = conditions(&p, spec->next_steps, spec->next_step_count, &program->next_steps) && ok;
  listen(b, NULL);
  program->depends_on = b->depends.list;
  program->depends_count = b->depends.count;
  program->functions = p.functions.specs;
  program->function_reads = p.functions.reads;
  program->function_count = p.functions.count;
  b->program = NULL;
  b->pack = -1;
  b->own_parameters = b->line_numbers = NULL;
  b->lines = NULL;
  return ok;
}

/* ---- the overview ---- */

static bool remarks(struct program_builder *p, const struct ask_remark_spec *specs, size_t count,
                    const struct ask_remark **ret) {
  struct ask_remark *list = ask_alloc_array(p->b->arena, count, sizeof *list);
  bool ok = true;
  for (size_t i = 0; i < count; i++) {
    list[i].spec = &specs[i];
    ok = tree(p, specs[i].when, &list[i].when) && ok;
  }
  *ret = list;
  return ok;
}

bool ask_build_overview(struct ask_builder *b, struct ask_overview *overview) {
  struct ask_program *program = &overview->program;
  struct ask_program_spec *spec = ask_alloc(b->arena, sizeof *spec);
  struct program_builder p = {.b = b, .program = program};
  *spec = (struct ask_program_spec){.at = overview->spec->at,
                                    .id = "overview",
                                    .name = "overview",
                                    .lines = overview->spec->lines,
                                    .line_count = overview->spec->line_count};
  *program = (struct ask_program){
      .spec = spec,
      .number = (int32_t)(b->catalogue->program_count + b->catalogue->overview_count),
      .pack = overview->pack,
      .score = -1,
      .amount = -1};
  b->program = program;
  b->overview = overview->spec;
  b->after_status = false;
  b->depends = (struct ask_number_list){0};
  b->line_numbers = ask_map_new(b->arena);
  b->lines = ask_alloc_array(b->arena, spec->line_count, sizeof *b->lines);
  program->lines = b->lines;
  bool ok = lines(&p);
  ok = remarks(&p, overview->spec->steps, overview->spec->step_count, &overview->steps) && ok;
  ok = remarks(&p, overview->spec->flags, overview->spec->flag_count, &overview->flags) && ok;
  program->status_end = program->code.count;
  b->program = NULL;
  b->overview = NULL;
  b->line_numbers = NULL;
  b->lines = NULL;
  return ok;
}
