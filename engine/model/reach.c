/* Walks the instructions once with intervals instead of words. */
#include "model/reach.h"

#include <string.h>

#include "base/number.h"

struct code_ranges {
  const struct ask_code *code;
  const struct ask_reach *list;
  const struct code_ranges *next;
};

struct ask_reaches {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct code_ranges *codes;
  struct ask_reach *items; /* by number, once known */
  bool *known;
  bool *answered; /* by number: for now taken to be answered, see suppose */
  bool supposing;
};

/* Where an instruction stands: the enclosing lists, and the code outside a body with its ranges. */
struct place {
  const struct ask_code *code;
  const struct ask_reach *ranges;
  const struct ask_item *list; /* whose entry the body stands on; NULL: the code is no body */
  const struct place *outer;
};

#define NO_LOW INT64_MIN
#define NO_HIGH INT64_MAX
static const struct ask_reach anything = {NO_LOW, NO_HIGH, true, false};

static struct ask_reach between(int64_t low, int64_t high, bool unknown) {
  return (struct ask_reach){low, high, unknown, false};
}

static struct ask_reach either(struct ask_reach a, struct ask_reach b) {
  return (struct ask_reach){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high, a.unknown || b.unknown,
                            a.loose || b.loose};
}

/* ---- arithmetic that knows no bound -------------------------------------------------------------------------------- */

static int64_t add_low(int64_t a, int64_t b) {
  int64_t r;
  return a == NO_LOW || b == NO_LOW || __builtin_add_overflow(a, b, &r) ? NO_LOW : r;
}
static int64_t add_high(int64_t a, int64_t b) {
  int64_t r;
  return a == NO_HIGH || b == NO_HIGH || __builtin_add_overflow(a, b, &r) ? NO_HIGH : r;
}
static int64_t opposite(int64_t a) { return a == NO_LOW ? NO_HIGH : a == NO_HIGH ? NO_LOW : -a; }

/* Of two values that are not negative; anything else is left open. */
static struct ask_reach product(struct ask_reach a, struct ask_reach b, int64_t divisor, bool unknown) {
  if (a.low < 0 || b.low < 0) return between(NO_LOW, NO_HIGH, unknown);
  int64_t low = 0, high = NO_HIGH;
  if (!ask_mul_div(a.low, b.low, divisor, &low)) low = 0;
  if (a.high == NO_HIGH || b.high == NO_HIGH || !ask_mul_div(a.high, b.high, divisor, &high)) high = NO_HIGH;
  return between(low, high, unknown);
}

static int64_t floored(int64_t a, int64_t m) {
  if (a == NO_LOW || a == NO_HIGH) return a;
  int64_t q = a / m;
  return a % m < 0 ? q - 1 : q;
}

/* Rounding moves a value by less than one step. */
static struct ask_reach rounded(const struct ask_instruction *in, struct ask_reach a) {
  int64_t m = in->immediate, low = floored(a.low, m), high = floored(a.high, m);
  if (high < NO_HIGH) high++;
  if (!in->c) {
    if (low != NO_LOW && __builtin_mul_overflow(low, m, &low)) low = NO_LOW;
    if (high != NO_HIGH && __builtin_mul_overflow(high, m, &high)) high = NO_HIGH;
  }
  return between(low, high, a.unknown);
}

/* ---- what is read -------------------------------------------------------------------------------------------------- */

static struct ask_reach result_of(struct ask_reaches *r, const struct ask_code *code, const struct place *outer,
                                  const struct ask_item *list);

static struct ask_reach widest(const struct ask_kind *kind) {
  switch (kind->type) {
  case ASK_BOOL: return between(0, 1, true);
  case ASK_CHOICE: return between(0, kind->options && kind->options->count ? kind->options->count - 1 : NO_HIGH, true);
  case ASK_CHOICES: return between(0, NO_HIGH, true);
  default: return anything;
  }
}

static bool has_limits(enum ask_type type) {
  return type == ASK_INTEGER || type == ASK_DECIMAL || type == ASK_MONEY || type == ASK_DATE;
}

/* Of an item or a field. outer: the entry that a field stands in. */
static struct ask_reach item_range(struct ask_reaches *r, const struct ask_item *item, const struct place *outer) {
  struct ask_reach range = widest(&item->kind);
  if (has_limits(item->kind.type)) {
    if (item->min.code) range.low = result_of(r, item->min.code, outer, NULL).low;
    if (item->max.code) range.high = result_of(r, item->max.code, outer, NULL).high;
  }
  if (item->computed.code) {
    struct ask_reach found = result_of(r, item->computed.code, outer, NULL);
    bool unknown = found.unknown;
    range = item->asked ? either(range, found) : found; /* given directly, it is still what it would be computed to */
    range.unknown = unknown;
  }
  if (item->ask_when.code) {
    if (item->if_not_asked.code)
      range = either(range, result_of(r, item->if_not_asked.code, outer, NULL));
    else
      range.unknown = true;
  }
  range.loose = false;
  return range;
}

static struct ask_reach of_item(struct ask_reaches *r, int32_t number) {
  const struct ask_item *item = &r->catalogue->items[number];
  if (r->supposing && (r->answered[number] || item->computed.code)) {
    struct ask_reach range = item_range(r, item, NULL);
    range.unknown = range.unknown && !r->answered[number];
    return range;
  }
  if (r->known[number]) return r->items[number];
  struct ask_reach range = item_range(r, item, NULL); /* items do not depend on themselves */
  if (!r->supposing) {
    r->items[number] = range;
    r->known[number] = true;
  }
  return range;
}

/* The list whose entry stands at `depth`, counted from the outermost. */
static const struct ask_item *list_at(const struct place *place, int32_t depth) {
  const struct ask_item *lists[ASK_MAX_ENTRY_DEPTH + 1];
  int32_t count = 0;
  for (const struct place *p = place; p && count <= ASK_MAX_ENTRY_DEPTH; p = p->outer)
    if (p->list) lists[count++] = p->list;
  return depth >= 0 && depth < count ? lists[count - 1 - depth] : NULL;
}

static const struct ask_item *field_at(const struct place *place, int32_t depth, int32_t field) {
  const struct ask_item *list = list_at(place, depth);
  return list && (size_t)field < list->field_count ? &list->fields[field] : NULL;
}

/* The list that a register holds; NULL: it cannot be told. */
static const struct ask_item *list_of(const struct ask_reaches *r, const struct place *place, int32_t reg) {
  const struct ask_instruction *in = &place->code->list[reg];
  if (in->operation == ASK_I_ITEM) return &r->catalogue->items[in->a];
  if (in->operation == ASK_I_FIELD) return field_at(place, in->a, in->b);
  if (in->operation != ASK_I_OUTER) return NULL;
  const struct place *outer = place;
  for (int64_t up = in->immediate; up > 0 && outer; up--) outer = outer->outer;
  return outer && outer->code ? list_of(r, outer, in->a) : NULL;
}

static struct ask_reach of_parameter(const struct ask_reaches *r, int32_t number) {
  const struct ask_parameter_use *use = &r->catalogue->uses[number];
  const struct ask_parameter_spec *spec = r->catalogue->parameters[use->parameter].spec;
  struct ask_reach range = between(NO_HIGH, NO_LOW, false);
  for (size_t i = 0; i < spec->version_count; i++) {
    const struct ask_parameter_version *v = &spec->versions[i];
    if (!v->is_table) range = either(range, between(v->word, v->word, false));
    for (size_t k = 0; k < v->cell_count; k++)
      if (use->kind != ASK_USE_KEY || strcmp(v->cells[k].key, use->key) == 0)
        range = either(range, between(v->cells[k].word, v->cells[k].word, false));
    if (v->has_each_more && use->kind == ASK_USE_NUMBERS && v->each_more > 0) range.high = NO_HIGH;
    if (v->has_each_more && use->kind == ASK_USE_NUMBERS && v->each_more < 0) range.low = NO_LOW;
  }
  return range.low > range.high ? between(NO_LOW, NO_HIGH, false) : range;
}

/* ---- logic ------------------------------------------------------------------------------------------------------- */

static bool may_be(struct ask_reach a, int64_t word) { return a.low <= word && word <= a.high; }

static struct ask_reach boolean(bool may_true, bool may_false, bool unknown) {
  if (!may_true && !may_false) return between(0, 1, unknown); /* never known */
  return between(may_false ? 0 : 1, may_true ? 1 : 0, unknown);
}

static struct ask_reach both(struct ask_reach a, struct ask_reach b) {
  bool unknown = (a.unknown && (b.unknown || may_be(b, 1))) || (b.unknown && may_be(a, 1));
  struct ask_reach range = boolean(may_be(a, 1) && may_be(b, 1), may_be(a, 0) || may_be(b, 0), unknown);
  range.loose = a.loose || b.loose;
  return range;
}

static struct ask_reach negated(struct ask_reach a) {
  struct ask_reach range = boolean(may_be(a, 0), may_be(a, 1), a.unknown);
  range.loose = a.loose;
  return range;
}

static struct ask_reach one_of(struct ask_reach a, struct ask_reach b) { return negated(both(negated(a), negated(b))); }

/* Whether a register is unknown for no other reason than that this item is; false when that would take long to tell. */
static bool unknown_by_alone(const struct place *place, int32_t reg, int32_t item, int depth) {
  const struct ask_instruction *in = &place->code->list[reg];
  if (!place->ranges[reg].unknown) return true;
  if (in->operation == ASK_I_ITEM) return in->a == item;
  bool of_operands = in->operation >= ASK_I_NOT && in->operation <= ASK_I_TICKED && in->operation != ASK_I_AGREE;
  if (!of_operands || depth == 0) return false;
  int32_t operands[3];
  int count = ask_operands(in, operands);
  for (int i = 0; i < count; i++)
    if (!unknown_by_alone(place, operands[i], item, depth - 1)) return false;
  return true;
}

/* `answered(x) and ...`, where nothing but x can make the rest unknown, is itself never unknown. */
static struct ask_reach both_of(const struct place *place, const struct ask_instruction *in) {
  enum { DEPTH = 12 };
  const struct ask_instruction *guard = &place->code->list[in->a];
  struct ask_reach range = both(place->ranges[in->a], place->ranges[in->b]);
  if (guard->operation == ASK_I_ANSWERED && unknown_by_alone(place, in->b, guard->a, DEPTH)) range.unknown = false;
  return range;
}

static struct ask_reach compared(const struct ask_instruction *in, struct ask_reach a, struct ask_reach b) {
  bool meet = a.low <= b.high && b.low <= a.high;
  bool one = a.low == a.high && b.low == b.high && a.low == b.low;
  struct ask_reach range;
  switch (in->operation) {
  case ASK_I_EQ: range = boolean(meet, !one, false); break;
  case ASK_I_NE: range = boolean(!one, meet, false); break;
  case ASK_I_LT: range = boolean(a.low < b.high, a.high >= b.low, false); break;
  default: range = boolean(a.low <= b.high, a.high > b.low, false); break;
  }
  range.unknown = a.unknown || b.unknown;
  range.loose = a.loose || b.loose;
  return range;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static struct ask_reach over_list(struct ask_reaches *r, const struct place *place, const struct ask_instruction *in) {
  const struct ask_item *list = list_of(r, place, in->a);
  struct ask_reach value = place->ranges[in->a];
  int64_t most = list && list->spec->max_entries ? list->spec->max_entries : NO_HIGH;
  if (in->operation == ASK_I_LIST_COUNT) return between(0, most, value.unknown);
  if (!list) return anything;
  struct ask_reach body = result_of(r, place->code->bodies[in->b], place, list);
  bool unknown = value.unknown || body.unknown;
  switch (in->operation) {
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH: return (struct ask_reach){0, most, value.unknown, body.unknown};
  case ASK_I_LIST_SUM: return between(body.low >= 0 ? 0 : NO_LOW, body.high <= 0 ? 0 : NO_HIGH, unknown);
  case ASK_I_LIST_ANY: return boolean(may_be(body, 1), true, unknown);
  default: return boolean(true, may_be(body, 0), unknown);
  }
}

static struct ask_reach count(const struct place *place, const struct ask_instruction *in) {
  struct ask_reach range = between(0, 0, false);
  for (int32_t k = 0; k < in->b; k++) {
    struct ask_reach one = place->ranges[place->code->arguments[in->a + k]];
    range.low += !one.unknown && one.low == 1;
    range.high += one.unknown || one.high == 1;
    range.loose = range.loose || one.unknown;
  }
  return range;
}

static struct ask_reach outer_register(const struct place *place, const struct ask_instruction *in) {
  const struct place *outer = place;
  for (int64_t up = in->immediate; up > 0 && outer; up--) outer = outer->outer;
  return outer && outer->ranges ? outer->ranges[in->a] : anything;
}

static struct ask_reach called(const struct place *place, const struct ask_instruction *in) {
  bool unknown = false;
  for (int32_t k = 0; k < in->b; k++) unknown = unknown || place->ranges[place->code->arguments[in->a + k]].unknown;
  struct ask_kind kind = {.type = (enum ask_type)in->c};
  struct ask_reach range = widest(&kind);
  range.unknown = unknown;
  return range;
}

static struct ask_reach step(struct ask_reaches *r, const struct place *place, const struct ask_instruction *in) {
  int32_t operands[3];
  int operand_count = ask_operands(in, operands);
  struct ask_reach x[3] = {{0}};
  bool unknown = false;
  for (int i = 0; i < operand_count; i++) {
    x[i] = place->ranges[operands[i]];
    unknown = unknown || x[i].unknown;
  }
  switch (in->operation) {
  case ASK_I_CONSTANT: return between(in->immediate, in->immediate, false);
  case ASK_I_ITEM: return of_item(r, in->a);
  case ASK_I_FIELD: {
    const struct ask_item *field = field_at(place, in->a, in->b);
    return field ? item_range(r, field, place) : anything;
  }
  case ASK_I_OUTER: return outer_register(place, in);
  case ASK_I_PARAMETER: return of_parameter(r, in->a);
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION: {
    struct ask_reach range = of_parameter(r, in->a);
    range.unknown = unknown;
    return range;
  }
  case ASK_I_STATUS: return between(0, ASK_STATUS_COUNT - 1, true);
  case ASK_I_OWN_STATUS: return between(0, ASK_STATUS_COUNT - 1, false);
  case ASK_I_AS_OF: return between(NO_LOW, NO_HIGH, false);
  case ASK_I_ANSWERED: return between(r->answered[in->a], 1, false);
  case ASK_I_DECLINED:
  case ASK_I_FIELD_ANSWERED: return between(0, 1, false);
  case ASK_I_NOT: return negated(x[0]);
  case ASK_I_AND: return both_of(place, in);
  case ASK_I_OR: return one_of(x[0], x[1]);
  case ASK_I_SELECT: {
    struct ask_reach range = either(x[1], x[2]);
    range.unknown = unknown;
    return range;
  }
  case ASK_I_AGREE: {
    struct ask_reach range = either(x[0], x[1]);
    range.unknown = unknown || (range.loose && range.low != range.high);
    range.loose = false;
    return range;
  }
  case ASK_I_EQ:
  case ASK_I_NE:
  case ASK_I_LT:
  case ASK_I_LE: return compared(in, x[0], x[1]);
  case ASK_I_TEXT_EQ:
  case ASK_I_HAS: return between(0, 1, unknown);
  case ASK_I_ADD: return between(add_low(x[0].low, x[1].low), add_high(x[0].high, x[1].high), unknown);
  case ASK_I_SUB:
    return between(add_low(x[0].low, opposite(x[1].high)), add_high(x[0].high, opposite(x[1].low)), unknown);
  case ASK_I_MUL: return product(x[0], x[1], 1, unknown);
  case ASK_I_MUL_DECIMAL: return product(x[0], x[1], ASK_DECIMAL_ONE, unknown);
  case ASK_I_SCALE: return product(x[0], between(in->immediate, in->immediate, false), 1, unknown);
  case ASK_I_DIV:
  case ASK_I_FLOORDIV: return between(x[0].low >= 0 && x[1].low >= 0 ? 0 : NO_LOW, NO_HIGH, unknown);
  case ASK_I_MOD: return between(x[1].low > 0 ? 0 : NO_LOW, NO_HIGH, unknown);
  case ASK_I_NEG: return between(opposite(x[0].high), opposite(x[0].low), unknown);
  case ASK_I_ABS: return between(0, NO_HIGH, unknown);
  case ASK_I_MIN:
    return between(x[0].low < x[1].low ? x[0].low : x[1].low, x[0].high < x[1].high ? x[0].high : x[1].high, unknown);
  case ASK_I_MAX:
    return between(x[0].low > x[1].low ? x[0].low : x[1].low, x[0].high > x[1].high ? x[0].high : x[1].high, unknown);
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND: return rounded(in, x[0]);
  case ASK_I_TICKED: return between(0, 63, unknown);
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH: return count(place, in);
  case ASK_I_CALL: return called(place, in);
  case ASK_I_LIST_COUNT:
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: return over_list(r, place, in);
  default: return between(NO_LOW, NO_HIGH, unknown); /* dates and what was added since */
  }
}

/* ---- answered(x) and x > 3 ----------------------------------------------------------------------------------------- */

/* Marks the items of which answered() is one of the parts of an `and`, or not answered() of an `or`. True if there is one. */
static bool mark_answered(struct ask_reaches *r, const struct ask_code *code, int32_t reg, uint8_t operation) {
  const struct ask_instruction *in = &code->list[reg];
  if (in->operation == operation) {
    bool left = mark_answered(r, code, in->a, operation);
    return mark_answered(r, code, in->b, operation) || left;
  }
  if (operation == ASK_I_OR) {
    if (in->operation != ASK_I_NOT) return false;
    in = &code->list[in->a];
  }
  if (in->operation != ASK_I_ANSWERED) return false;
  r->answered[in->a] = true;
  return true;
}

/* Whether the `and` or `or` can be unknown: where an item that it asks answered() of is not answered it is decided, so it is
 * enough to look at it with all of them answered. */
static bool unknown_if_answered(struct ask_reaches *r, const struct place *place, int32_t reg) {
  const struct ask_code *code = place->code;
  bool unknown = true;
  if (mark_answered(r, code, reg, code->list[reg].operation)) {
    struct ask_reach *ranges = ask_alloc_array(r->arena, (size_t)reg + 1, sizeof *ranges);
    struct place here = {code, ranges, place->list, place->outer};
    r->supposing = true;
    for (int32_t i = 0; i <= reg; i++) {
      ranges[i] = step(r, &here, &code->list[i]);
      if (i < reg && !place->ranges[i].unknown) ranges[i].unknown = false; /* it never is, whatever is supposed */
    }
    unknown = ranges[reg].unknown;
    r->supposing = false;
  }
  memset(r->answered, 0, r->catalogue->item_count * sizeof *r->answered);
  return unknown;
}

static const struct ask_reach *walk(struct ask_reaches *r, const struct ask_code *code, const struct place *outer,
                                    const struct ask_item *list) {
  struct ask_reach *ranges = ask_alloc_array(r->arena, code->count, sizeof *ranges);
  struct place place = {code, ranges, list, outer};
  for (size_t i = 0; i < code->count; i++) {
    uint8_t operation = code->list[i].operation;
    ranges[i] = step(r, &place, &code->list[i]);
    if (ranges[i].unknown && !r->supposing && (operation == ASK_I_AND || operation == ASK_I_OR))
      ranges[i].unknown = unknown_if_answered(r, &place, (int32_t)i);
  }
  if (r->supposing) return ranges;
  struct code_ranges *kept = ask_alloc(r->arena, sizeof *kept);
  *kept = (struct code_ranges){code, ranges, r->codes};
  r->codes = kept;
  return ranges;
}

static struct ask_reach result_of(struct ask_reaches *r, const struct ask_code *code, const struct place *outer,
                                  const struct ask_item *list) {
  return walk(r, code, outer, list)[code->result];
}

const struct ask_reaches *ask_reaches_new(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                                          const struct ask_program *program) {
  struct ask_reaches *r = ask_alloc(arena, sizeof *r);
  *r = (struct ask_reaches){.arena = arena, .catalogue = catalogue};
  r->items = ask_alloc_array(arena, catalogue->item_count, sizeof *r->items);
  r->known = ask_alloc_array(arena, catalogue->item_count, sizeof *r->known);
  r->answered = ask_alloc_array(arena, catalogue->item_count, sizeof *r->answered);
  walk(r, &program->code, NULL, NULL);
  return r;
}

const struct ask_reach *ask_reaches_of(const struct ask_reaches *ranges, const struct ask_code *code) {
  for (const struct code_ranges *one = ranges->codes; one; one = one->next)
    if (one->code == code) return one->list;
  return NULL;
}
