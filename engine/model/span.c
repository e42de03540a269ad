/* Interval arithmetic over compiled code, forwards. Backwards: span_back.c. */
#include "model/span.h"

#include <string.h>

#include "base/date.h"
#include "base/number.h"

enum { SMALL = 63, STATUS_NEED_INFO = ASK_NEED_INFO };

/* ---- ranges ------------------------------------------------------------------------------------------------------ */

static uint64_t bits(int64_t lo, int64_t hi) {
  uint64_t below = hi >= SMALL ? UINT64_MAX : (UINT64_C(1) << (hi + 1)) - 1;
  return below & (UINT64_MAX << lo);
}

/* Makes ends and mask agree. */
static struct ask_span tidy(struct ask_span r) {
  if (r.lo < 0 || r.hi > SMALL || r.lo > r.hi) return r;
  r.mask &= bits(r.lo, r.hi);
  if (!r.mask) return (struct ask_span){1, 0, 0};
  r.lo = __builtin_ctzll(r.mask);
  r.hi = SMALL - __builtin_clzll(r.mask);
  return r;
}

struct ask_span ask_span_of(int64_t lo, int64_t hi) {
  return tidy((struct ask_span){lo, hi, UINT64_MAX});
}

struct ask_span ask_span_any(void) {
  return ask_span_of(INT64_MIN, INT64_MAX);
}

bool ask_span_is_empty(struct ask_span range) { return range.lo > range.hi; }

struct ask_span ask_span_meet(struct ask_span a, struct ask_span b) {
  return tidy((struct ask_span){a.lo > b.lo ? a.lo : b.lo, a.hi < b.hi ? a.hi : b.hi, a.mask & b.mask});
}

struct ask_span ask_span_join(struct ask_span a, struct ask_span b) {
  if (ask_span_is_empty(a)) return b;
  if (ask_span_is_empty(b)) return a;
  return tidy((struct ask_span){a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi, a.mask | b.mask});
}

struct ask_span ask_span_without(struct ask_span range, int64_t word) {
  if (range.lo == word) range.lo++;
  if (range.hi == word) range.hi--;
  if (word >= 0 && word <= SMALL) range.mask &= ~(UINT64_C(1) << word);
  return tidy(range);
}

static bool is_single(struct ask_span r) { return r.lo == r.hi; }

static int64_t saturated(__int128 value) {
  return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

static struct ask_span from_wide(__int128 lo, __int128 hi) { return ask_span_of(saturated(lo), saturated(hi)); }

static struct ask_span truth(struct ask_span r) { return ask_span_meet(r, ask_span_of(0, 1)); }

/* ---- sources ----------------------------------------------------------------------------------------------------- */

static struct ask_span of_type(const struct ask_kind *kind) {
  switch (kind->type) {
  case ASK_BOOL: return ask_span_of(0, 1);
  case ASK_DATE: return ask_span_of(ASK_DATE_MIN, ASK_DATE_MAX);
  case ASK_CHOICE:
    return kind->options && kind->options->count ? ask_span_of(0, (int64_t)kind->options->count - 1) : ask_span_any();
  default: return ask_span_any();
  }
}

/* An expression on its own, such as a limit of an item. */
static struct ask_span of_formula(const struct ask_catalogue *catalogue, const struct ask_formula *formula) {
  struct ask_span ranges[ASK_MAX_BODY];
  const struct ask_code *code = formula->code;
  if (code->count > ASK_MAX_BODY) return ask_span_any();
  for (size_t i = 0; i < code->count; i++) ranges[i] = ask_span_forward(catalogue, code, i, ranges);
  return ranges[code->result];
}

struct ask_span ask_span_of_item(const struct ask_catalogue *catalogue, const struct ask_item *item) {
  struct ask_span range = of_type(&item->kind);
  if (item->kind.type == ASK_CHOICES || item->kind.type == ASK_TEXT || item->kind.type == ASK_LIST) return range;
  if (item->min.code) range.lo = of_formula(catalogue, &item->min).lo;
  if (item->max.code) range.hi = of_formula(catalogue, &item->max).hi;
  range = tidy(range);
  /* While it is not asked it has this value, whatever its limits. */
  return item->if_not_asked.code ? ask_span_join(range, of_formula(catalogue, &item->if_not_asked)) : range;
}

/* Every value that a parameter has on some day. */
static struct ask_span of_parameter(const struct ask_catalogue *catalogue, int32_t number) {
  const struct ask_parameter_use *use = &catalogue->uses[number];
  const struct ask_parameter_spec *spec = catalogue->parameters[use->parameter].spec;
  struct ask_span range = {1, 0, 0};
  for (size_t v = 0; v < spec->version_count; v++) {
    const struct ask_parameter_version *version = &spec->versions[v];
    if (!version->is_table) range = ask_span_join(range, ask_span_of(version->word, version->word));
    for (size_t i = 0; i < version->cell_count; i++)
      if (use->kind != ASK_USE_KEY || strcmp(version->cells[i].key, use->key) == 0)
        range = ask_span_join(range, ask_span_of(version->cells[i].word, version->cells[i].word));
    if (use->kind == ASK_USE_NUMBERS && version->has_each_more && version->each_more)
      range = ask_span_join(range, version->each_more > 0 ? ask_span_of(range.lo, INT64_MAX)
                                                          : ask_span_of(INT64_MIN, range.hi));
  }
  return ask_span_is_empty(range) ? ask_span_any() : range;
}

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

static __int128 rounded(__int128 value, __int128 by) { /* half away from zero, as ask_mul_div */
  __int128 half = by / 2;
  return value < 0 ? -((-value + half) / by) : (value + half) / by;
}

static __int128 floored(__int128 value, __int128 by) {
  __int128 q = value / by;
  return value % by != 0 && (value < 0) != (by < 0) ? q - 1 : q;
}

static bool is_whole_line(struct ask_span r) { return r.lo == INT64_MIN || r.hi == INT64_MAX; }

static struct ask_span product(struct ask_span a, struct ask_span b, int64_t by) {
  __int128 lo = 0, hi = 0;
  for (int i = 0; i < 4; i++) {
    __int128 corner = (__int128)(i & 1 ? a.lo : a.hi) * (i & 2 ? b.lo : b.hi);
    if (by > 1) corner = rounded(corner, by);
    if (i == 0 || corner < lo) lo = corner;
    if (i == 0 || corner > hi) hi = corner;
  }
  return from_wide(lo, hi);
}

/* a * times / b with b of one sign; floor or nearest. */
static struct ask_span quotient(struct ask_span a, struct ask_span b, int64_t times, bool floor) {
  if (b.lo <= 0 || is_whole_line(a)) return ask_span_any();
  __int128 lo = 0, hi = 0;
  for (int i = 0; i < 4; i++) {
    __int128 above = (__int128)(i & 1 ? a.lo : a.hi) * times, below = i & 2 ? b.lo : b.hi;
    __int128 corner = floor ? floored(above, below) : rounded(above, below);
    if (i == 0 || corner < lo) lo = corner;
    if (i == 0 || corner > hi) hi = corner;
  }
  return from_wide(lo, hi);
}

static int64_t stepped(const struct ask_instruction *in, int64_t word) {
  __int128 m = in->immediate, r = word;
  if (word == INT64_MIN || word == INT64_MAX || m <= 0) return word;
  r = in->operation == ASK_I_FLOOR ? floored(r, m) : in->operation == ASK_I_CEIL ? -floored(-r, m) : rounded(r, m);
  return saturated(in->c ? r : r * m);
}

static struct ask_span between(const struct ask_instruction *in, struct ask_span from, struct ask_span to) {
  int64_t (*count)(int64_t, int64_t) =
      in->operation == ASK_I_YEARS_BETWEEN ? ask_date_years_between : ask_date_months_between;
  struct ask_span all = ask_span_of(ASK_DATE_MIN, ASK_DATE_MAX);
  if (from.lo < all.lo || from.hi > all.hi || to.lo < all.lo || to.hi > all.hi) return ask_span_any();
  return ask_span_of(count(from.hi, to.lo), count(from.lo, to.hi));
}

static struct ask_span compared(const struct ask_instruction *in, struct ask_span a, struct ask_span b) {
  bool same = in->a == in->b; /* the same register */
  switch (in->operation) {
  case ASK_I_EQ:
    if (same || (is_single(a) && is_single(b) && a.lo == b.lo)) return ask_span_of(1, 1);
    return ask_span_is_empty(ask_span_meet(a, b)) ? ask_span_of(0, 0) : ask_span_of(0, 1);
  case ASK_I_NE:
    if (same || (is_single(a) && is_single(b) && a.lo == b.lo)) return ask_span_of(0, 0);
    return ask_span_is_empty(ask_span_meet(a, b)) ? ask_span_of(1, 1) : ask_span_of(0, 1);
  case ASK_I_LT: return same || a.lo >= b.hi ? ask_span_of(0, 0) : a.hi < b.lo ? ask_span_of(1, 1) : ask_span_of(0, 1);
  default: return same || a.hi <= b.lo ? ask_span_of(1, 1) : a.lo > b.hi ? ask_span_of(0, 0) : ask_span_of(0, 1);
  }
}

static struct ask_span counted(const struct ask_code *code, const struct ask_instruction *in,
                               const struct ask_span *ranges) {
  int64_t sure = 0, may = 0;
  for (int32_t k = 0; k < in->b; k++) {
    struct ask_span r = truth(ranges[code->arguments[in->a + k]]);
    sure += r.lo == 1;
    may += r.hi == 1;
  }
  return ask_span_of(sure, may);
}

struct ask_span ask_span_forward(const struct ask_catalogue *catalogue, const struct ask_code *code, size_t i,
                                 const struct ask_span *ranges) {
  const struct ask_instruction *in = &code->list[i];
  int32_t operands[3];
  int count = ask_operands(in, operands);
  struct ask_span a = count > 0 ? ranges[operands[0]] : ask_span_any();
  struct ask_span b = count > 1 ? ranges[operands[1]] : ask_span_any();
  for (int k = 0; k < count; k++)
    if (ask_span_is_empty(ranges[operands[k]])) return ranges[operands[k]];
  switch (in->operation) {
  case ASK_I_CONSTANT: return ask_span_of(in->immediate, in->immediate);
  case ASK_I_ITEM: return ask_span_of_item(catalogue, &catalogue->items[in->a]);
  case ASK_I_PARAMETER:
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION: return of_parameter(catalogue, in->a);
  case ASK_I_STATUS: return ask_span_without(ask_span_of(0, ASK_STATUS_COUNT - 1), STATUS_NEED_INFO);
  case ASK_I_OWN_STATUS: return ask_span_of(0, ASK_STATUS_COUNT - 1);
  case ASK_I_AS_OF: return ask_span_of(ASK_DATE_MIN, ASK_DATE_MAX);
  case ASK_I_ANSWERED:
  case ASK_I_DECLINED:
  case ASK_I_FIELD_ANSWERED:
  case ASK_I_TEXT_EQ:
  case ASK_I_HAS:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: return ask_span_of(0, 1);
  case ASK_I_NOT: return ask_span_of(!truth(a).hi, !truth(a).lo);
  case ASK_I_AND: return ask_span_of(truth(a).lo && truth(b).lo, truth(a).hi && truth(b).hi);
  case ASK_I_OR: return ask_span_of(truth(a).lo || truth(b).lo, truth(a).hi || truth(b).hi);
  case ASK_I_SELECT: return truth(a).lo == 1 ? b : truth(a).hi == 0 ? ranges[in->c] : ask_span_join(b, ranges[in->c]);
  case ASK_I_AGREE: return ask_span_meet(a, b);
  case ASK_I_EQ:
  case ASK_I_NE:
  case ASK_I_LT:
  case ASK_I_LE: return compared(in, a, b);
  case ASK_I_ADD: return from_wide((__int128)a.lo + b.lo, (__int128)a.hi + b.hi);
  case ASK_I_SUB: return from_wide((__int128)a.lo - b.hi, (__int128)a.hi - b.lo);
  case ASK_I_MUL: return product(a, b, 1);
  case ASK_I_MUL_DECIMAL: return product(a, b, ASK_DECIMAL_ONE);
  case ASK_I_SCALE: return product(a, ask_span_of(in->immediate, in->immediate), 1);
  case ASK_I_DIV: return quotient(a, b, in->immediate, false);
  case ASK_I_FLOORDIV: return quotient(a, b, 1, true);
  case ASK_I_MOD: return b.lo > 0 ? ask_span_of(0, b.hi - 1) : ask_span_any();
  case ASK_I_NEG: return from_wide(-(__int128)a.hi, -(__int128)a.lo);
  case ASK_I_ABS:
    return a.lo >= 0   ? a
           : a.hi <= 0 ? from_wide(-(__int128)a.hi, -(__int128)a.lo)
                       : from_wide(0, a.hi > -(__int128)a.lo ? a.hi : -(__int128)a.lo);
  case ASK_I_MIN: return ask_span_of(a.lo < b.lo ? a.lo : b.lo, a.hi < b.hi ? a.hi : b.hi);
  case ASK_I_MAX: return ask_span_of(a.lo > b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi);
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND: return ask_span_of(stepped(in, a.lo), stepped(in, a.hi));
  case ASK_I_YEARS_BETWEEN:
  case ASK_I_MONTHS_BETWEEN: return between(in, a, b);
  case ASK_I_TICKED: return ask_span_of(0, SMALL);
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH: return counted(code, in, ranges);
  case ASK_I_LIST_COUNT:
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH: return ask_span_of(0, INT32_MAX);
  case ASK_I_CALL: return in->c == ASK_BOOL ? ask_span_of(0, 1) : ask_span_any();
  default: return ask_span_any();
  }
}
