/* Walks the instructions once: the words by span.h, and beside them what can be unknown. */
#include "model/reach.h"

#include <string.h>

struct code_reach {
  const struct ask_code *code;
  const struct ask_reach *list;
  const struct code_reach *next;
};

struct ask_reaches {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct code_reach *codes;
  struct ask_reach *items; /* by number, once known */
  bool *known;
  bool *answered; /* by number: taken to be answered while that is asked, see unknown_if_answered */
  bool supposing;
};

/* Where an instruction stands: the enclosing lists, and the code outside a body with what its registers reach. */
struct place {
  const struct ask_code *code;
  const struct ask_span *spans; /* of the registers before it, and: */
  const struct ask_reach *reach;
  const struct ask_item *list; /* whose entry the body stands on; NULL: the code is no body */
  const struct place *outer;
};

static struct ask_reach known(int64_t lo, int64_t hi) { return (struct ask_reach){.words = ask_span_of(lo, hi)}; }

static struct ask_reach either(struct ask_reach a, struct ask_reach b) {
  return (struct ask_reach){ask_span_join(a.words, b.words), a.unknown || b.unknown, a.loose || b.loose};
}

static bool may_be(struct ask_reach a, int64_t word) {
  return !ask_span_is_empty(ask_span_meet(a.words, ask_span_of(word, word)));
}

/* ---- what is read -------------------------------------------------------------------------------------------------- */

static struct ask_reach result_of(struct ask_reaches *r, const struct ask_code *code, const struct place *outer,
                                  const struct ask_item *list);

/* Of an item or a field. outer: the entry that a field stands in. */
static struct ask_reach item_reach(struct ask_reaches *r, const struct ask_item *item, const struct place *outer) {
  struct ask_reach reach = {.words = ask_span_of_item(r->catalogue, item), .unknown = true};
  if (item->computed.code) {
    struct ask_reach found = result_of(r, item->computed.code, outer, NULL);
    bool unknown = found.unknown;
    if (item->asked || item->if_not_asked.code) found = either(reach, found);
    reach = found; /* given directly, what is no question is still what it would be computed to */
    reach.unknown = unknown;
  }
  /* While it is not asked it has its if_not_asked, which span.h has counted in. */
  if (item->ask_when.code && (!item->if_not_asked.code || result_of(r, item->if_not_asked.code, outer, NULL).unknown))
    reach.unknown = true;
  reach.loose = false;
  return reach;
}

static struct ask_reach of_item(struct ask_reaches *r, int32_t number) {
  const struct ask_item *item = &r->catalogue->items[number];
  if (r->supposing && (r->answered[number] || item->computed.code)) {
    struct ask_reach reach = item_reach(r, item, NULL);
    reach.unknown = reach.unknown && !r->answered[number];
    return reach;
  }
  if (r->known[number]) return r->items[number];
  struct ask_reach reach = item_reach(r, item, NULL); /* items do not depend on themselves */
  if (!r->supposing) {
    r->items[number] = reach;
    r->known[number] = true;
  }
  return reach;
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

/* The code that an ASK_I_OUTER reads; NULL: it cannot be told. */
static const struct place *outside(const struct place *place, const struct ask_instruction *in) {
  const struct place *outer = place;
  for (int64_t up = in->immediate; up > 0 && outer; up--) outer = outer->outer;
  return outer && outer->code ? outer : NULL;
}

/* The list that a register holds; NULL: it cannot be told. */
static const struct ask_item *list_of(const struct ask_reaches *r, const struct place *place, int32_t reg) {
  const struct ask_instruction *in = &place->code->list[reg];
  if (in->operation == ASK_I_ITEM) return &r->catalogue->items[in->a];
  if (in->operation == ASK_I_FIELD) return field_at(place, in->a, in->b);
  const struct place *outer = in->operation == ASK_I_OUTER ? outside(place, in) : NULL;
  return outer ? list_of(r, outer, in->a) : NULL;
}

/* ---- over several ------------------------------------------------------------------------------------------------- */

static struct ask_reach over_list(struct ask_reaches *r, const struct place *place, const struct ask_instruction *in) {
  const struct ask_item *list = list_of(r, place, in->a);
  struct ask_reach value = place->reach[in->a];
  int64_t most = list && list->spec->max_entries ? list->spec->max_entries : INT64_MAX;
  struct ask_reach reach = {.words = ask_span_of(0, most), .unknown = value.unknown};
  if (in->operation == ASK_I_LIST_COUNT) return reach;
  struct ask_reach body = list ? result_of(r, place->code->bodies[in->b], place, list)
                               : (struct ask_reach){.words = ask_span_any(), .unknown = true};
  if (in->operation == ASK_I_LIST_LOW || in->operation == ASK_I_LIST_HIGH) {
    reach.loose = body.unknown;
    return reach;
  }
  reach.unknown = value.unknown || body.unknown;
  switch (in->operation) {
  case ASK_I_LIST_SUM:
    reach.words = ask_span_of(body.words.lo >= 0 ? 0 : INT64_MIN, body.words.hi <= 0 ? 0 : INT64_MAX);
    break;
  case ASK_I_LIST_ANY: reach.words = ask_span_of(0, may_be(body, 1)); break;
  default: reach.words = ask_span_of(!may_be(body, 0), 1); break;
  }
  return reach;
}

static struct ask_reach count(const struct place *place, const struct ask_instruction *in) {
  int64_t sure = 0, may = 0;
  bool loose = false;
  for (int32_t k = 0; k < in->b; k++) {
    struct ask_reach one = place->reach[place->code->arguments[in->a + k]];
    sure += !one.unknown && !may_be(one, 0);
    may += one.unknown || may_be(one, 1);
    loose = loose || one.unknown;
  }
  struct ask_reach reach = known(sure, may);
  reach.loose = loose;
  return reach;
}

static bool any_unknown(const struct place *place, const struct ask_instruction *in) {
  bool unknown = false;
  for (int32_t k = 0; k < in->b; k++) unknown = unknown || place->reach[place->code->arguments[in->a + k]].unknown;
  return unknown;
}

/* ---- the walk ----------------------------------------------------------------------------------------------------- */

/* `and` where deciding is 0, `or` where it is 1: unknown beside anything but the deciding word. */
static bool open_beside(struct ask_reach a, struct ask_reach b, int64_t deciding) {
  return (a.unknown && (b.unknown || may_be(b, !deciding))) || (b.unknown && may_be(a, !deciding));
}

static struct ask_reach step(struct ask_reaches *r, const struct place *place, size_t i) {
  const struct ask_instruction *in = &place->code->list[i];
  switch (in->operation) { /* what span.h leaves open, or knows nothing of */
  case ASK_I_ITEM: return of_item(r, in->a);
  case ASK_I_FIELD: {
    const struct ask_item *field = field_at(place, in->a, in->b);
    if (field) return item_reach(r, field, place);
    break;
  }
  case ASK_I_OUTER: {
    const struct place *outer = outside(place, in);
    if (outer) return outer->reach[in->a];
    break;
  }
  case ASK_I_ANSWERED: return known(r->answered[in->a], 1);
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH: return count(place, in);
  case ASK_I_LIST_COUNT:
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: return over_list(r, place, in);
  default: break;
  }
  struct ask_reach reach = {.words = ask_span_forward(r->catalogue, place->code, i, place->spans)}, x[3] = {{{0}}};
  int32_t operands[3];
  int operand_count = ask_operands(in, operands);
  for (int k = 0; k < operand_count; k++) {
    x[k] = place->reach[operands[k]];
    reach.unknown = reach.unknown || x[k].unknown;
    reach.loose = reach.loose || x[k].loose;
  }
  switch (in->operation) {
  case ASK_I_FIELD:
  case ASK_I_OUTER:
  case ASK_I_STATUS: reach.unknown = true; break;
  case ASK_I_CALL: reach.unknown = any_unknown(place, in); break;
  case ASK_I_AND: reach.unknown = open_beside(x[0], x[1], 0); break;
  case ASK_I_OR: reach.unknown = open_beside(x[0], x[1], 1); break;
  case ASK_I_AGREE: { /* known where both are the same word */
    bool one_word = x[0].words.lo == x[0].words.hi && x[1].words.lo == x[1].words.hi && x[0].words.lo == x[1].words.lo;
    reach.unknown = reach.unknown || (reach.loose && !one_word);
    reach.loose = false;
    break;
  }
  default: break;
  }
  return reach;
}

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
static bool unknown_if_answered(struct ask_reaches *r, const struct place *place, size_t reg) {
  const struct ask_code *code = place->code;
  bool unknown = true;
  if (mark_answered(r, code, (int32_t)reg, code->list[reg].operation)) {
    struct ask_span *spans = ask_alloc_array(r->arena, reg + 1, sizeof *spans);
    struct ask_reach *reach = ask_alloc_array(r->arena, reg + 1, sizeof *reach);
    struct place here = {code, spans, reach, place->list, place->outer};
    r->supposing = true;
    for (size_t i = 0; i <= reg; i++) {
      reach[i] = step(r, &here, i);
      if (i < reg && !place->reach[i].unknown) reach[i].unknown = false; /* it never is, whatever is supposed */
      spans[i] = reach[i].words;
    }
    unknown = reach[reg].unknown;
    r->supposing = false;
  }
  memset(r->answered, 0, r->catalogue->item_count * sizeof *r->answered);
  return unknown;
}

static const struct ask_reach *walk(struct ask_reaches *r, const struct ask_code *code, const struct place *outer,
                                    const struct ask_item *list) {
  struct ask_span *spans = ask_alloc_array(r->arena, code->count, sizeof *spans);
  struct ask_reach *reach = ask_alloc_array(r->arena, code->count, sizeof *reach);
  struct place place = {code, spans, reach, list, outer};
  for (size_t i = 0; i < code->count; i++) {
    uint8_t operation = code->list[i].operation;
    reach[i] = step(r, &place, i);
    spans[i] = reach[i].words;
    if (reach[i].unknown && !r->supposing && (operation == ASK_I_AND || operation == ASK_I_OR))
      reach[i].unknown = unknown_if_answered(r, &place, i);
  }
  if (r->supposing) return reach;
  struct code_reach *kept = ask_alloc(r->arena, sizeof *kept);
  *kept = (struct code_reach){code, reach, r->codes};
  r->codes = kept;
  return reach;
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

const struct ask_reach *ask_reaches_of(const struct ask_reaches *reaches, const struct ask_code *code) {
  for (const struct code_reach *one = reaches->codes; one; one = one->next)
    if (one->code == code) return one->list;
  return NULL;
}
