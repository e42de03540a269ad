/* The privacy boundary: which items a finished program reads, down to what a person answered; hence its labels and the
 * parameters that its explanation has to name. */
#include <stdlib.h>
#include <string.h>

#include "model/builder.h"

struct collector {
  struct ask_builder *b;
  struct ask_number_list items, parameters;
  bool questions; /* what can be asked is not looked through: a total, not its parts */
};

static void code(struct collector *c, const struct ask_code *code_list, size_t from, size_t to);

static void item(struct collector *c, int32_t number);

static void parameter(struct collector *c, int32_t use) {
  ask_number_add(c->b->arena, &c->parameters, c->b->uses[use].parameter);
}

/* What another program's status says, it says of the items that this status reads. */
static void status(struct collector *c, int32_t program) {
  const struct ask_program *other = &c->b->programs[program];
  if (c->questions && other->broken) return; /* it asks nothing; and it may be one of a cycle */
  if (c->questions) {
    code(c, &other->code, 0, other->status_end);
    return;
  }
  for (size_t i = 0; i < other->read_count; i++) ask_number_add(c->b->arena, &c->items, other->reads[i]);
}

/* The body that an instruction runs for each entry of a list; NULL: it runs none. */
static const struct ask_code *body_of(const struct ask_code *code_list, const struct ask_instruction *in) {
  switch (in->operation) {
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: return code_list->bodies[in->b];
  default: return NULL;
  }
}

static void code(struct collector *c, const struct ask_code *code_list, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const struct ask_instruction *in = &code_list->list[i];
    const struct ask_code *body = body_of(code_list, in);
    switch (in->operation) {
    case ASK_I_ITEM:
    case ASK_I_ANSWERED:
    case ASK_I_DECLINED: item(c, in->a); break;
    case ASK_I_STATUS: status(c, in->a); break;
    case ASK_I_PARAMETER:
    case ASK_I_TABLE_NUMBER:
    case ASK_I_TABLE_OPTION: parameter(c, in->a); break;
    default: break;
    }
    if (body) code(c, body, 0, body->count);
  }
}

static void formula(struct collector *c, const struct ask_formula *f) {
  if (f->code) code(c, f->code, 0, f->code->count);
}

static void formulas(struct collector *c, const struct ask_item *it) {
  if (!c->questions || !it->asked) formula(c, &it->computed);
  formula(c, &it->ask_when);
  formula(c, &it->if_not_asked);
  for (size_t i = 0; i < it->field_count; i++) formulas(c, &it->fields[i]);
}

static void item(struct collector *c, int32_t number) {
  size_t before = c->items.count;
  ask_number_add(c->b->arena, &c->items, number);
  if (c->items.count > before) formulas(c, &c->b->items[number]); /* items form no cycle: build_order refused it */
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* The union over the items, sorted. */
static const char *const *labels(struct ask_builder *b, const int32_t *items, size_t item_count, size_t *ret_count) {
  const char **list = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < item_count; i++) {
    const struct ask_item *it = &b->items[items[i]];
    for (size_t k = 0; k < it->label_count; k++) {
      bool known = false;
      for (size_t j = 0; j < count; j++) known = known || strcmp(list[j], it->labels[k]) == 0;
      if (!known) *(const char **)ask_push(b->arena, &list, &count, &capacity, sizeof *list) = it->labels[k];
    }
  }
  if (count) qsort(list, count, sizeof *list, by_text);
  *ret_count = count;
  return list;
}

static bool unverified_nodes(const struct ask_node_spec *node) {
  bool found = node && node->unverified;
  for (size_t i = 0; node && i < node->child_count && !found; i++) found = unverified_nodes(&node->children[i]);
  return found;
}

/* Whether an explanation has to look for what is not verified at all. */
static bool may_be_unverified(const struct ask_builder *b, const struct ask_program *program) {
  const struct ask_program_spec *spec = program->spec;
  bool found = spec->unverified || spec->review_unverified || unverified_nodes(spec->eligible) ||
               unverified_nodes(spec->possible);
  for (size_t i = 0; i < spec->line_count; i++) found = found || spec->lines[i].unverified;
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_spec *p = b->parameters[program->parameters[i]].spec;
    for (size_t v = 0; v < p->version_count; v++) found = found || !p->versions[v].verified;
  }
  return found;
}

static void questions(struct ask_builder *b, struct ask_program *program) {
  struct collector c = {.b = b, .questions = true};
  code(&c, &program->code, 0, program->code.count);
  size_t count = 0;
  for (size_t i = 0; i < c.items.count; i++)
    if (b->items[c.items.list[i]].asked) c.items.list[count++] = c.items.list[i];
  if (count) qsort(c.items.list, count, sizeof *c.items.list, by_number);
  program->questions = c.items.list;
  program->question_count = count;
}

void ask_build_reads(struct ask_builder *b, struct ask_program *program) {
  struct collector c = {.b = b};
  code(&c, &program->code, 0, program->status_end);
  if (c.items.count) qsort(c.items.list, c.items.count, sizeof *c.items.list, by_number);
  int32_t *copy = ask_alloc_array(b->arena, c.items.count, sizeof *copy);
  if (c.items.count) memcpy(copy, c.items.list, c.items.count * sizeof *copy);
  program->reads = copy;
  program->read_count = c.items.count;
  code(&c, &program->code, program->status_end, program->code.count);
  if (c.items.count) qsort(c.items.list, c.items.count, sizeof *c.items.list, by_number);
  if (c.parameters.count) qsort(c.parameters.list, c.parameters.count, sizeof *c.parameters.list, by_number);
  program->all_reads = c.items.list;
  program->all_read_count = c.items.count;
  program->parameters = c.parameters.list;
  program->parameter_count = c.parameters.count;
  program->labels = labels(b, program->all_reads, program->all_read_count, &program->label_count);
  questions(b, program);
  program->may_be_unverified = may_be_unverified(b, program);
}

/* ---- a part of a program ---- */

struct marker {
  const struct ask_code *code;
  uint8_t *marked; /* registers that the part rests on */
};

static void mark(struct marker *m, int32_t reg);

/* What a body reads of the code around it, `depth` codes further out. */
static void mark_outside(struct marker *m, const struct ask_code *body, int depth) {
  for (size_t i = 0; i < body->count; i++) {
    const struct ask_instruction *in = &body->list[i];
    const struct ask_code *inner = body_of(body, in);
    if (in->operation == ASK_I_OUTER && in->immediate == depth) mark(m, in->a);
    if (inner) mark_outside(m, inner, depth + 1);
  }
}

static void mark(struct marker *m, int32_t reg) {
  const struct ask_instruction *in = &m->code->list[reg];
  const struct ask_code *body = body_of(m->code, in);
  int32_t next[3];
  if (m->marked[reg]) return;
  m->marked[reg] = 1;
  int n = ask_operands(in, next);
  for (int i = 0; i < n; i++) mark(m, next[i]);
  if (in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH || in->operation == ASK_I_CALL)
    for (int32_t k = 0; k < in->b; k++) mark(m, m->code->arguments[in->a + k]);
  if (body) mark_outside(m, body, 1);
}

void ask_build_remark_reads(struct ask_builder *b, const struct ask_program *program, struct ask_remark *remark) {
  struct collector c = {.b = b};
  struct marker m = {&program->code, ask_alloc(b->arena, program->code.count)};
  mark(&m, remark->when->reg);
  for (size_t i = 0; i < program->code.count; i++)
    if (m.marked[i]) code(&c, &program->code, i, i + 1);
  if (c.parameters.count) qsort(c.parameters.list, c.parameters.count, sizeof *c.parameters.list, by_number);
  remark->parameters = c.parameters.list;
  remark->parameter_count = c.parameters.count;
  remark->labels = labels(b, c.items.list, c.items.count, &remark->label_count);
}
