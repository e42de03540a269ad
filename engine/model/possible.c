/* Assumes the claims, narrows the ranges of all registers forwards and backwards until nothing changes, and tries the
 * sides of an open `or` one after the other. A range that becomes empty is the contradiction. */
#include "model/possible.h"

#include <string.h>

#include "model/span.h"

enum { ROUNDS = 12, SPLITS = 96 };

struct solver {
  const struct ask_catalogue *catalogue;
  const struct ask_code *code;
  const bool *wanted; /* registers that the claims depend on */
  struct ask_arena *arena;
  int splits; /* left */
};

static void mark(const struct ask_code *code, int32_t reg, bool *wanted) {
  if (wanted[reg]) return; /* registers only read earlier ones: no cycle */
  wanted[reg] = true;
  const struct ask_instruction *in = &code->list[reg];
  int32_t operands[3];
  int count = ask_operands(in, operands);
  for (int k = 0; k < count; k++) mark(code, operands[k], wanted);
  bool many = in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH || in->operation == ASK_I_CALL;
  for (int32_t k = 0; many && k < in->b; k++) mark(code, code->arguments[in->a + k], wanted);
}

/* What a condition over the entries of a list says on its own. */
static struct ask_span over_list(const struct solver *s, const struct ask_instruction *in, struct ask_span range) {
  bool counts =
      in->operation == ASK_I_LIST_COUNT || in->operation == ASK_I_LIST_LOW || in->operation == ASK_I_LIST_HIGH;
  if ((!counts && in->operation != ASK_I_LIST_ANY) || in->b < 0 || (size_t)in->b >= s->code->body_count) return range;
  const struct ask_code *body = s->code->bodies[in->b];
  struct ask_claim holds = {body->result, true};
  return ask_possible(s->catalogue, body, &holds, 1) ? range : ask_span_meet(range, ask_span_of(0, 0));
}

/* False at a contradiction. */
static bool settle(const struct solver *s, struct ask_span *ranges) {
  bool changed = true;
  for (int round = 0; changed && round < ROUNDS; round++) {
    changed = false;
    for (size_t i = 0; i < s->code->count; i++) {
      if (!s->wanted[i]) continue;
      struct ask_span met = ask_span_meet(ranges[i], ask_span_forward(s->catalogue, s->code, i, ranges));
      if (ask_span_is_empty(met)) return false;
      changed |= met.lo != ranges[i].lo || met.hi != ranges[i].hi || met.mask != ranges[i].mask;
      ranges[i] = met;
    }
    for (size_t i = s->code->count; i-- > 0;)
      if (s->wanted[i]) changed |= ask_span_backward(s->code, i, ranges);
    for (size_t i = 0; i < s->code->count; i++)
      if (s->wanted[i] && ask_span_is_empty(ranges[i])) return false;
  }
  return true;
}

static bool is_open(struct ask_span r) { return r.lo < r.hi; }

/* An `or` that holds, or an `and` that does not, with both sides open. -1: none. */
static int32_t open_choice(const struct solver *s, const struct ask_span *ranges, bool *ret_truth) {
  for (size_t i = 0; i < s->code->count; i++) {
    const struct ask_instruction *in = &s->code->list[i];
    if (!s->wanted[i] || (in->operation != ASK_I_OR && in->operation != ASK_I_AND)) continue;
    *ret_truth = in->operation == ASK_I_OR;
    if (!is_open(ranges[i]) && ranges[i].lo == *ret_truth && is_open(ranges[in->a]) && is_open(ranges[in->b]))
      return (int32_t)i;
  }
  return -1;
}

static bool solve(struct solver *s, struct ask_span *ranges) {
  if (!settle(s, ranges)) return false;
  bool truth;
  int32_t choice = open_choice(s, ranges, &truth);
  if (choice < 0 || s->splits <= 0) return true;
  s->splits--;
  const struct ask_instruction *in = &s->code->list[choice];
  struct ask_span *other = ask_alloc_array(s->arena, s->code->count, sizeof *other);
  memcpy(other, ranges, s->code->count * sizeof *other);
  ranges[in->a] = ask_span_of(truth, truth);
  if (solve(s, ranges)) return true;
  other[in->a] = ask_span_of(!truth, !truth); /* the first side cannot */
  other[in->b] = ask_span_of(truth, truth);
  return solve(s, other);
}

bool ask_possible(const struct ask_catalogue *catalogue, const struct ask_code *code, const struct ask_claim *claims,
                  size_t count) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_span *ranges = ask_alloc_array(arena, code->count, sizeof *ranges);
  bool *wanted = ask_alloc_array(arena, code->count, sizeof *wanted);
  struct solver s = {.catalogue = catalogue, .code = code, .wanted = wanted, .arena = arena, .splits = SPLITS};
  for (size_t i = 0; i < count; i++) mark(code, claims[i].reg, wanted);
  for (size_t i = 0; i < code->count; i++) {
    ranges[i] = ask_span_any();
    if (wanted[i]) ranges[i] = over_list(&s, &code->list[i], ranges[i]);
  }
  for (size_t i = 0; i < count; i++)
    ranges[claims[i].reg] = ask_span_meet(ranges[claims[i].reg], ask_span_of(claims[i].holds, claims[i].holds));
  bool possible = true;
  for (size_t i = 0; i < count; i++) possible = possible && !ask_span_is_empty(ranges[claims[i].reg]);
  possible = possible && solve(&s, ranges);
  ask_arena_free(arena);
  return possible;
}
