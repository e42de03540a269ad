/* From what an instruction must give to what its operands may be. */
#include "model/span.h"

static bool narrow(struct ask_span *ranges, int32_t reg, struct ask_span to) {
  struct ask_span met = ask_span_meet(ranges[reg], to);
  if (met.lo == ranges[reg].lo && met.hi == ranges[reg].hi && met.mask == ranges[reg].mask) return false;
  if (ask_span_is_empty(ranges[reg])) return false;
  ranges[reg] = met;
  return true;
}

static struct ask_span exactly(int64_t word) { return ask_span_of(word, word); }

/* a == b, or not. */
static bool equal(const struct ask_instruction *in, struct ask_span *ranges, bool holds) {
  struct ask_span a = ranges[in->a], b = ranges[in->b];
  if (holds) return narrow(ranges, in->a, b) | narrow(ranges, in->b, a);
  bool changed = false;
  if (b.lo == b.hi) changed |= narrow(ranges, in->a, ask_span_without(a, b.lo));
  if (a.lo == a.hi) changed |= narrow(ranges, in->b, ask_span_without(b, a.lo));
  return changed;
}

/* ranges[low] is at least `step` below ranges[high] */
static bool ordered(struct ask_span *ranges, int32_t low, int32_t high, int64_t step) {
  int64_t most, least;
  if (__builtin_sub_overflow(ranges[high].hi, step, &most)) most = INT64_MIN;
  if (__builtin_add_overflow(ranges[low].lo, step, &least)) least = INT64_MAX;
  bool changed = narrow(ranges, low, ask_span_of(INT64_MIN, most));
  return narrow(ranges, high, ask_span_of(least, INT64_MAX)) | changed;
}

static bool both(const struct ask_instruction *in, struct ask_span *ranges, bool strong) {
  /* strong: `and` that holds, `or` that does not: both decide. Otherwise one is left when the other cannot. */
  bool is_and = in->operation == ASK_I_AND;
  if (strong) return narrow(ranges, in->a, exactly(is_and)) | narrow(ranges, in->b, exactly(is_and));
  if (ranges[in->a].lo == ranges[in->a].hi && ranges[in->a].lo == is_and)
    return narrow(ranges, in->b, exactly(!is_and));
  if (ranges[in->b].lo == ranges[in->b].hi && ranges[in->b].lo == is_and)
    return narrow(ranges, in->a, exactly(!is_and));
  return false;
}

static bool select(const struct ask_instruction *in, struct ask_span *ranges, struct ask_span result) {
  bool can_first = ranges[in->a].hi >= 1 && !ask_span_is_empty(ask_span_meet(ranges[in->b], result));
  bool can_second = ranges[in->a].lo <= 0 && !ask_span_is_empty(ask_span_meet(ranges[in->c], result));
  if (can_first && can_second) return false;
  bool changed = narrow(ranges, in->a, exactly(can_first));
  return narrow(ranges, can_first ? in->b : in->c, result) | changed;
}

/* The other operand of a sum: result - operand, as far as the ends are no infinities. */
static struct ask_span difference(struct ask_span result, struct ask_span operand) {
  struct ask_span r = ask_span_any();
  int64_t end;
  if (result.lo != INT64_MIN && operand.hi != INT64_MAX && !__builtin_sub_overflow(result.lo, operand.hi, &end))
    r.lo = end;
  if (result.hi != INT64_MAX && operand.lo != INT64_MIN && !__builtin_sub_overflow(result.hi, operand.lo, &end))
    r.hi = end;
  return ask_span_of(r.lo, r.hi);
}

static struct ask_span sum(struct ask_span a, struct ask_span b) {
  struct ask_span r = ask_span_any();
  int64_t end;
  if (a.lo != INT64_MIN && b.lo != INT64_MIN && !__builtin_add_overflow(a.lo, b.lo, &end)) r.lo = end;
  if (a.hi != INT64_MAX && b.hi != INT64_MAX && !__builtin_add_overflow(a.hi, b.hi, &end)) r.hi = end;
  return ask_span_of(r.lo, r.hi);
}

static bool extreme(const struct ask_instruction *in, struct ask_span *ranges, struct ask_span result) {
  bool max = in->operation == ASK_I_MAX;
  struct ask_span within = max ? ask_span_of(INT64_MIN, result.hi) : ask_span_of(result.lo, INT64_MAX);
  struct ask_span reaches = max ? ask_span_of(result.lo, INT64_MAX) : ask_span_of(INT64_MIN, result.hi);
  bool changed = narrow(ranges, in->a, within) | narrow(ranges, in->b, within);
  if (ask_span_is_empty(ask_span_meet(ranges[in->a], reaches))) changed |= narrow(ranges, in->b, reaches);
  if (ask_span_is_empty(ask_span_meet(ranges[in->b], reaches))) changed |= narrow(ranges, in->a, reaches);
  return changed;
}

static bool count(const struct ask_code *code, const struct ask_instruction *in, struct ask_span *ranges,
                  struct ask_span result) {
  bool all = result.lo == in->b, none = result.hi == 0, changed = false;
  for (int32_t k = 0; k < in->b && (all || none); k++)
    changed |= narrow(ranges, code->arguments[in->a + k], exactly(all));
  return changed;
}

bool ask_span_backward(const struct ask_code *code, size_t i, struct ask_span *ranges) {
  const struct ask_instruction *in = &code->list[i];
  struct ask_span result = ranges[i];
  bool decided = result.lo == result.hi, holds = decided && result.lo == 1;
  switch (in->operation) {
  case ASK_I_NOT: return decided && narrow(ranges, in->a, exactly(!holds));
  case ASK_I_AND: return decided && both(in, ranges, holds);
  case ASK_I_OR: return decided && both(in, ranges, !holds);
  case ASK_I_SELECT: return select(in, ranges, result);
  case ASK_I_AGREE: return narrow(ranges, in->a, result) | narrow(ranges, in->b, result);
  case ASK_I_EQ: return decided && equal(in, ranges, holds);
  case ASK_I_NE: return decided && equal(in, ranges, !holds);
  case ASK_I_LT: return decided && (holds ? ordered(ranges, in->a, in->b, 1) : ordered(ranges, in->b, in->a, 0));
  case ASK_I_LE: return decided && (holds ? ordered(ranges, in->a, in->b, 0) : ordered(ranges, in->b, in->a, 1));
  case ASK_I_ADD:
    return narrow(ranges, in->a, difference(result, ranges[in->b])) |
           narrow(ranges, in->b, difference(result, ranges[in->a]));
  case ASK_I_SUB:
    return narrow(ranges, in->a, sum(result, ranges[in->b])) | narrow(ranges, in->b, difference(ranges[in->a], result));
  case ASK_I_MIN:
  case ASK_I_MAX: return extreme(in, ranges, result);
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH: return count(code, in, ranges, result);
  default: return false;
  }
}
