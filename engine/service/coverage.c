/* Runs the golden cases over a variant of the catalogue that tells its comparisons, and notes what they come to. */
#include "service/coverage.h"

#include <string.h>

#include "model/reach.h"
#include "model/variant.h"

/* One comparison in the code; several of them may stand for one in the text, as over a group. */
struct compared {
  struct ask_comparison comparison;
  size_t boundary; /* its place in the list */
  bool turned;     /* the threshold is on the left */
};

/* Which part an expression of the program belongs to. */
struct origin {
  const char *expression;
  enum ask_covered_part part;
  struct ask_place at;
  const char *text;
};

struct coverer {
  struct ask_arena *arena;
  const struct ask_program *program; /* of the variant */
  struct ask_covered_criterion *criteria;
  int32_t *registers; /* of the criteria */
  size_t criterion_count, criterion_capacity, register_capacity;
  struct ask_covered_boundary *boundaries;
  size_t boundary_count, boundary_capacity;
  struct compared *compared;
  size_t compared_count, compared_capacity;
  struct origin *origins;
  size_t origin_count, origin_capacity;
};

const char *ask_covered_part_text(enum ask_covered_part part) {
  static const char *const texts[] = {"eligible", "possible", "level",  "note",     "line",
                                      "point",    "score",    "amount", "document", "next step"};
  return texts[part];
}

uint8_t ask_criterion_missing(const struct ask_covered_criterion *criterion) {
  return criterion->day_alone ? 0 : (uint8_t)(criterion->can & ~criterion->seen);
}

uint8_t ask_boundary_missing(const struct ask_covered_boundary *boundary) {
  return (uint8_t)(boundary->can & ~boundary->seen);
}

/* ---- which expressions there are ----------------------------------------------------------------------------------- */

static void origin(struct coverer *c, const struct ask_expr_spec *expr, enum ask_covered_part part, const char *text) {
  if (!expr->text) return;
  struct origin *slot = ask_push(c->arena, &c->origins, &c->origin_count, &c->origin_capacity, sizeof *slot);
  *slot = (struct origin){expr->text, part, expr->at, text ? text : expr->text};
}

static void tree_origins(struct coverer *c, const struct ask_node_spec *node, enum ask_covered_part part) {
  if (!node) return;
  origin(c, &node->formula.expr, part, node->text);
  for (size_t i = 0; i < node->child_count; i++) tree_origins(c, &node->children[i], part);
}

static void text_origins(struct coverer *c, const struct ask_text_when_spec *list, size_t count,
                         enum ask_covered_part part) {
  for (size_t i = 0; i < count; i++) origin(c, &list[i].when.expr, part, list[i].text);
}

static void origins(struct coverer *c, const struct ask_program_spec *spec) {
  for (size_t i = 0; i < spec->line_count; i++)
    origin(c, &spec->lines[i].formula.expr, ASK_COVERED_LINE, spec->lines[i].name);
  tree_origins(c, spec->eligible, ASK_COVERED_ELIGIBLE);
  tree_origins(c, spec->possible, ASK_COVERED_POSSIBLE);
  for (size_t i = 0; i < spec->level_count; i++)
    origin(c, &spec->levels[i].when.expr, ASK_COVERED_LEVEL, spec->levels[i].name);
  for (size_t i = 0; i < spec->point_count; i++) {
    origin(c, &spec->points[i].when.expr, ASK_COVERED_POINT, spec->points[i].text);
    origin(c, &spec->points[i].points, ASK_COVERED_POINT, spec->points[i].text);
  }
  origin(c, &spec->score.expr, ASK_COVERED_SCORE, "score");
  origin(c, &spec->amount.expr, ASK_COVERED_AMOUNT, "amount");
  text_origins(c, spec->notes, spec->note_count, ASK_COVERED_NOTE);
  text_origins(c, spec->documents, spec->document_count, ASK_COVERED_DOCUMENT);
  text_origins(c, spec->next_steps, spec->next_step_count, ASK_COVERED_NEXT_STEP);
}

/* ---- comparisons, as they are compiled ----------------------------------------------------------------------------- */

static bool has_threshold(const struct ask_comparison *comparison) {
  enum ask_type type = comparison->type.type;
  return comparison->op >= ASK_OP_LT && comparison->op <= ASK_OP_GE &&
         (type == ASK_INTEGER || type == ASK_DECIMAL || type == ASK_MONEY || type == ASK_DATE);
}

static void compares(void *context, const struct ask_comparison *comparison) {
  struct coverer *c = context;
  if (!has_threshold(comparison)) return;
  const struct origin *from = NULL;
  for (size_t i = 0; i < c->origin_count && !from; i++)
    if (c->origins[i].expression == comparison->source) from = &c->origins[i];
  if (!from) return;
  size_t b = 0;
  while (b < c->boundary_count &&
         (c->boundaries[b].expression != comparison->source || c->boundaries[b].offset != comparison->offset))
    b++;
  if (b == c->boundary_count) {
    struct ask_covered_boundary *slot =
        ask_push(c->arena, &c->boundaries, &c->boundary_count, &c->boundary_capacity, sizeof *slot);
    *slot = (struct ask_covered_boundary){.part = from->part, .expression = from->expression, .text = from->text};
    slot->offset = comparison->offset;
    slot->length = strlen(ask_ast_op_text(comparison->op));
    slot->at = ask_ast_place(from->at, from->expression, comparison->offset);
  }
  struct compared *slot = ask_push(c->arena, &c->compared, &c->compared_count, &c->compared_capacity, sizeof *slot);
  *slot = (struct compared){.comparison = *comparison, .boundary = b};
}

/* A number of the law: the same for everybody, or looked up in a table. */
static bool is_threshold(const struct ask_code *code, int32_t reg) {
  const struct ask_instruction *in = &code->list[reg];
  return !in->varies || in->operation == ASK_I_TABLE_NUMBER || in->operation == ASK_I_TABLE_OPTION;
}

/* After the program is compiled: which side is the threshold, and which of its sides can be stood on. */
static void place_thresholds(struct coverer *c, const struct ask_reaches *reaches) {
  for (size_t i = 0; i < c->compared_count; i++) {
    struct compared *one = &c->compared[i];
    const struct ask_comparison *comparison = &one->comparison;
    const struct ask_reach *list = ask_reaches_of(reaches, comparison->code);
    struct ask_covered_boundary *boundary = &c->boundaries[one->boundary];
    bool left = is_threshold(comparison->code, comparison->left.low);
    bool right = is_threshold(comparison->code, comparison->right.low);
    one->turned = left && !right;
    if (!list || (left && right)) continue; /* of the day alone: nothing a household could stand on */
    struct ask_span a = ask_span_join(list[comparison->left.low].words, list[comparison->left.high].words);
    struct ask_span b = ask_span_join(list[comparison->right.low].words, list[comparison->right.high].words);
    struct ask_span value = one->turned ? b : a, threshold = one->turned ? a : b;
    if (!ask_span_is_empty(ask_span_meet(value, threshold))) boundary->can |= ASK_COVERED_AT;
    if (value.lo < threshold.hi) boundary->can |= ASK_COVERED_BELOW;
    if (value.hi > threshold.lo) boundary->can |= ASK_COVERED_ABOVE;
  }
}

static void note_sides(struct coverer *c, const struct ask_code *code, const int64_t *words, const uint8_t *states) {
  for (size_t i = 0; i < c->compared_count; i++) {
    const struct ask_comparison *told = &c->compared[i].comparison;
    if (told->code != code) continue;
    int32_t left = told->left.low, right = told->right.low;
    if (states[left] != ASK_KNOWN || states[right] != ASK_KNOWN) continue;
    /* a count whose bounds differ stands on no side yet */
    if (words[left] != words[told->left.high] || words[right] != words[told->right.high]) continue;
    int64_t value = words[c->compared[i].turned ? right : left],
            threshold = words[c->compared[i].turned ? left : right];
    c->boundaries[c->compared[i].boundary].seen |= value == threshold  ? ASK_COVERED_AT
                                                   : value < threshold ? ASK_COVERED_BELOW
                                                                       : ASK_COVERED_ABOVE;
  }
}

/* ---- criteria ------------------------------------------------------------------------------------------------------ */

static struct ask_covered_criterion *criterion(struct coverer *c, const struct ask_reach *reaches, int32_t reg,
                                               enum ask_covered_part part) {
  struct ask_covered_criterion *slot =
      ask_push(c->arena, &c->criteria, &c->criterion_count, &c->criterion_capacity, sizeof *slot);
  size_t count = c->criterion_count - 1;
  int32_t *reg_slot = ask_push(c->arena, &c->registers, &count, &c->register_capacity, sizeof *reg_slot);
  *reg_slot = reg;
  struct ask_reach reach = reaches[reg];
  *slot = (struct ask_covered_criterion){.part = part};
  for (int word = 0; word <= 1; word++)
    if (!ask_span_is_empty(ask_span_meet(reach.words, ask_span_of(word, word))))
      slot->can |= word ? ASK_COVERED_TRUE : ASK_COVERED_FALSE;
  if (reach.unknown) slot->can |= ASK_COVERED_UNKNOWN;
  slot->day_alone = !c->program->code.list[reg].varies;
  return slot;
}

static void tree(struct coverer *c, const struct ask_reach *reaches, const struct ask_node *node,
                 enum ask_covered_part part, int depth) {
  static const char *const kinds[] = {"rule", "all", "any", "none", "at_least"};
  if (!node) return;
  const struct ask_node_spec *spec = node->spec;
  struct ask_covered_criterion *slot = criterion(c, reaches, node->reg, part);
  slot->at = spec->at;
  slot->text = spec->text ? spec->text : spec->formula.expr.text ? spec->formula.expr.text : kinds[spec->kind];
  slot->code = spec->code;
  slot->depth = depth;
  for (size_t i = 0; i < node->child_count; i++) tree(c, reaches, &node->children[i], part, depth + 1);
}

static void list_criteria(struct coverer *c, const struct ask_reach *reaches) {
  const struct ask_program *program = c->program;
  const struct ask_program_spec *spec = program->spec;
  tree(c, reaches, program->eligible, ASK_COVERED_ELIGIBLE, 0);
  tree(c, reaches, program->possible, ASK_COVERED_POSSIBLE, 0);
  for (size_t i = 0; i < spec->level_count; i++) {
    if (program->levels[i].reg < 0) continue;
    struct ask_covered_criterion *slot = criterion(c, reaches, program->levels[i].reg, ASK_COVERED_LEVEL);
    slot->at = spec->levels[i].at;
    slot->text = spec->levels[i].name;
  }
  for (size_t i = 0; i < spec->note_count; i++) {
    if (program->notes[i].reg < 0) continue;
    struct ask_covered_criterion *slot = criterion(c, reaches, program->notes[i].reg, ASK_COVERED_NOTE);
    slot->at = spec->notes[i].at;
    slot->text = spec->notes[i].text;
    slot->code = spec->notes[i].code;
  }
}

static void note_values(struct coverer *c, const int64_t *words, const uint8_t *states) {
  for (size_t i = 0; i < c->criterion_count; i++) {
    int32_t reg = c->registers[i];
    if (states[reg] == ASK_UNKNOWN) c->criteria[i].seen |= ASK_COVERED_UNKNOWN;
    if (states[reg] == ASK_KNOWN) c->criteria[i].seen |= words[reg] ? ASK_COVERED_TRUE : ASK_COVERED_FALSE;
  }
}

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

static void watch_body(void *context, const struct ask_code *body, const int64_t *words, const uint8_t *states) {
  note_sides(context, body, words, states);
}

static void add_up(struct ask_coverage *ret) {
  for (size_t i = 0; i < ret->criterion_count; i++) {
    const struct ask_covered_criterion *one = &ret->criteria[i];
    if (one->day_alone) continue;
    ret->wanted += (size_t)__builtin_popcount(one->can);
    ret->covered += (size_t)__builtin_popcount(one->can & one->seen);
  }
  for (size_t i = 0; i < ret->boundary_count; i++) {
    ret->sides_wanted += (size_t)__builtin_popcount(ret->boundaries[i].can);
    ret->sides_covered += (size_t)__builtin_popcount(ret->boundaries[i].can & ret->boundaries[i].seen);
  }
}

const struct ask_coverage *ask_coverage_new(struct ask_arena *arena, const struct ask_case_set *cases,
                                            const struct ask_host *host, struct ask_problems *problems) {
  struct coverer c = {.arena = arena};
  struct ask_build_watch watch = {&c, compares};
  origins(&c, cases->program->spec);
  const struct ask_catalogue *variant =
      ask_catalogue_variant(arena, cases->catalogue, cases->program->spec, &watch, problems);
  if (!variant) return NULL;
  c.program = &variant->programs[cases->program->number];
  const struct ask_reaches *reaches = ask_reaches_new(arena, variant, c.program);
  list_criteria(&c, ask_reaches_of(reaches, &c.program->code));
  place_thresholds(&c, reaches);
  struct ask_workspace *workspace = ask_workspace_new(variant, host);
  ask_workspace_watch(workspace, watch_body, &c);
  struct ask_arena *scratch = ask_arena_new();
  for (size_t i = 0; i < cases->count; i++) {
    struct ask_problems unread = {.arena = scratch};
    const struct ask_determination *d = ask_case_run(workspace, &cases->list[i], &unread);
    if (d && d->program == c.program) {
      note_values(&c, d->words, d->states);
      note_sides(&c, &c.program->code, d->words, d->states);
    }
    ask_arena_reset(scratch);
  }
  ask_arena_free(scratch);
  ask_workspace_free(workspace);
  struct ask_coverage *ret = ask_alloc(arena, sizeof *ret);
  *ret = (struct ask_coverage){.cases = cases,
                               .criteria = c.criteria,
                               .criterion_count = c.criterion_count,
                               .boundaries = c.boundaries,
                               .boundary_count = c.boundary_count};
  add_up(ret);
  return ret;
}
