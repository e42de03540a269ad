/* The meaning of each instruction on one household, in one place: evaluate.c runs it over a list, column.c falls back to it
 * for what has no column kernel. Included by those two files only. */
#ifndef ASK_EXPR_STEP_H
#define ASK_EXPR_STEP_H

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "expr/evaluate.h"

struct ask_result_word {
  int64_t word;
  uint8_t state;
};

static inline int64_t ask_floor_div(int64_t a, int64_t b) {
  int64_t q = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

static inline uint8_t ask_worse(uint8_t a, uint8_t b) { return a > b ? a : b; }

static inline struct ask_result_word ask_known(int64_t word) { return (struct ask_result_word){word, ASK_KNOWN}; }
static inline struct ask_result_word ask_fault(void) { return (struct ask_result_word){0, ASK_FAULT}; }
static inline struct ask_result_word ask_from(struct ask_value v) { return (struct ask_result_word){v.word, v.state}; }

static inline bool ask_is_small(int64_t a) { return a >= INT32_MIN && a <= INT32_MAX; }

/* Two known words. */
static inline struct ask_result_word ask_arithmetic(const struct ask_instruction *in, int64_t a, int64_t b) {
  int64_t r = 0;
  switch (in->operation) {
  case ASK_I_MUL: return __builtin_mul_overflow(a, b, &r) ? ask_fault() : ask_known(r);
  case ASK_I_MUL_DECIMAL:
    if (ask_is_small(a) && ask_is_small(b)) {
      r = a * b;
      return ask_known((r + (r < 0 ? -ASK_DECIMAL_ONE / 2 : ASK_DECIMAL_ONE / 2)) / ASK_DECIMAL_ONE);
    }
    return ask_mul_div(a, b, ASK_DECIMAL_ONE, &r) ? ask_known(r) : ask_fault();
  case ASK_I_DIV: return ask_mul_div(a, in->immediate, b, &r) ? ask_known(r) : ask_fault();
  case ASK_I_FLOORDIV: return b == 0 || (a == INT64_MIN && b == -1) ? ask_fault() : ask_known(ask_floor_div(a, b));
  case ASK_I_MOD:
    if (b == 0) return ask_fault();
    r = b == -1 ? 0 : a % b;
    return ask_known(r != 0 && (r < 0) != (b < 0) ? r + b : r);
  case ASK_I_YEARS_BETWEEN: return ask_known(ask_date_years_between(a, b));
  case ASK_I_MONTHS_BETWEEN: return ask_known(ask_date_months_between(a, b));
  case ASK_I_ADD_MONTHS:
    return b < -12000 || b > 12000 || a < ASK_DATE_MIN || a > ASK_DATE_MAX ? ask_fault()
                                                                           : ask_known(ask_date_add_months(a, b));
  case ASK_I_TEXT_EQ: {
    const struct ask_text *x = (const struct ask_text *)(intptr_t)a, *y = (const struct ask_text *)(intptr_t)b;
    return ask_known(x->length == y->length && __builtin_memcmp(x->bytes, y->bytes, x->length) == 0);
  }
  default: return ask_fault();
  }
}

/* One known word. */
static inline struct ask_result_word ask_unary(const struct ask_instruction *in, int64_t a) {
  int64_t r = 0, m = in->immediate;
  switch (in->operation) {
  case ASK_I_NEG: return a == INT64_MIN ? ask_fault() : ask_known(-a);
  case ASK_I_ABS: return a == INT64_MIN ? ask_fault() : ask_known(a < 0 ? -a : a);
  case ASK_I_SCALE: return __builtin_mul_overflow(a, m, &r) ? ask_fault() : ask_known(r);
  case ASK_I_FLOOR: r = ask_floor_div(a, m); break;
  case ASK_I_CEIL: r = a == INT64_MIN ? ask_floor_div(a, m) : -ask_floor_div(-a, m); break;
  case ASK_I_ROUND:
    if (!ask_mul_div(a, 1, m, &r)) return ask_fault();
    break;
  case ASK_I_HAS: return ask_known((a >> m) & 1);
  case ASK_I_TICKED: return ask_known(__builtin_popcountll((unsigned long long)a));
  case ASK_I_YEAR_OF: {
    int year, month, day;
    if (a < ASK_DATE_MIN || a > ASK_DATE_MAX) return ask_fault();
    ask_date_to_civil(a, &year, &month, &day);
    return ask_known(year);
  }
  default: return ask_fault();
  }
  if (in->c) return ask_known(r);
  return __builtin_mul_overflow(r, m, &r) ? ask_fault() : ask_known(r);
}

/* Kleene. known_false absorbs everything in `and`, known true in `or`. */
static inline struct ask_result_word ask_and(int64_t a, uint8_t sa, int64_t b, uint8_t sb) {
  if ((sa == ASK_KNOWN && !a) || (sb == ASK_KNOWN && !b)) return ask_known(0);
  return (struct ask_result_word){1, ask_worse(sa, sb)};
}
static inline struct ask_result_word ask_or(int64_t a, uint8_t sa, int64_t b, uint8_t sb) {
  if ((sa == ASK_KNOWN && a) || (sb == ASK_KNOWN && b)) return ask_known(1);
  return (struct ask_result_word){0, ask_worse(sa, sb)};
}

static inline struct ask_result_word ask_select(int64_t c, uint8_t sc, int64_t a, uint8_t sa, int64_t b, uint8_t sb) {
  if (sc == ASK_KNOWN) return c ? (struct ask_result_word){a, sa} : (struct ask_result_word){b, sb};
  if (sa == ASK_KNOWN && sb == ASK_KNOWN && a == b && sc == ASK_UNKNOWN) return ask_known(a);
  return (struct ask_result_word){0, sc};
}

static inline struct ask_result_word ask_table_at(const struct ask_table *table, int64_t key) {
  if (key < table->first || table->count == 0) return ask_fault();
  uint64_t step = (uint64_t)key - (uint64_t)table->first;
  if (step < table->count) return ask_from(table->values[step]);
  struct ask_value last = table->values[table->count - 1];
  int64_t more = 0, word = 0;
  if (!table->has_each_more || last.state != ASK_KNOWN || step - table->count + 1 > INT32_MAX) return ask_fault();
  if (__builtin_mul_overflow((int64_t)(step - table->count + 1), table->each_more, &more)) return ask_fault();
  return __builtin_add_overflow(last.word, more, &word) ? ask_fault() : ask_known(word);
}

/* Everything but the few cases that evaluate.c handles inline. */
struct ask_result_word ask_step_many(const struct ask_code *code, const struct ask_instruction *in,
                                     const int64_t *words, const uint8_t *states, struct ask_frame *frame);

static inline __attribute__((always_inline)) struct ask_result_word ask_step(const struct ask_code *code,
                                                                             const struct ask_instruction *in,
                                                                             const int64_t *w, const uint8_t *s,
                                                                             struct ask_frame *f) {
  switch (in->operation) {
  case ASK_I_CONSTANT: return ask_known(in->immediate);
  case ASK_I_ITEM: return ask_from(f->items[in->a]);
  case ASK_I_FIELD: return ask_from(f->entries[in->a][in->b]);
  case ASK_I_OUTER: {
    int level = f->depth - (int)in->immediate;
    return (struct ask_result_word){f->outer_words[level][in->a], f->outer_states[level][in->a]};
  }
  case ASK_I_PARAMETER: return ask_from(f->parameters[in->a]);
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION:
    if (s[in->b] != ASK_KNOWN) return (struct ask_result_word){0, s[in->b]};
    return ask_table_at(&f->tables[in->a], w[in->b]);
  case ASK_I_STATUS: return ask_from(f->statuses[in->a]);
  case ASK_I_OWN_STATUS: return ask_from(f->own_status);
  case ASK_I_AS_OF: return ask_known(f->as_of);
  case ASK_I_ANSWERED:
  case ASK_I_FIELD_ANSWERED: {
    const struct ask_value *v = in->operation == ASK_I_ANSWERED ? &f->items[in->a] : &f->entries[in->a][in->b];
    if (v->state == ASK_WITHHELD) return (struct ask_result_word){0, ASK_WITHHELD};
    return ask_known(v->state == ASK_KNOWN && v->absence != ASK_NOT_ASKED);
  }
  case ASK_I_DECLINED:
    if (f->items[in->a].state == ASK_WITHHELD) return (struct ask_result_word){0, ASK_WITHHELD};
    return ask_known(f->items[in->a].absence == ASK_DECLINED);
  case ASK_I_AND: return ask_and(w[in->a], s[in->a], w[in->b], s[in->b]);
  case ASK_I_OR: return ask_or(w[in->a], s[in->a], w[in->b], s[in->b]);
  case ASK_I_SELECT: return ask_select(w[in->a], s[in->a], w[in->b], s[in->b], w[in->c], s[in->c]);
  case ASK_I_AGREE: {
    uint8_t state = ask_worse(s[in->a], s[in->b]);
    return (struct ask_result_word){w[in->a], state == ASK_KNOWN && w[in->a] != w[in->b] ? ASK_UNKNOWN : state};
  }
  /* the commonest ones are decided in one jump; word 0 beside a state that is not known is as good as any */
#define ASK_DIRECT(operation_, expression)                                        \
  case operation_: {                                                              \
    int64_t a = w[in->a], b = w[in->b];                                           \
    return (struct ask_result_word){(expression), ask_worse(s[in->a], s[in->b])}; \
  }
    ASK_DIRECT(ASK_I_EQ, a == b)
    ASK_DIRECT(ASK_I_NE, a != b)
    ASK_DIRECT(ASK_I_LT, a < b)
    ASK_DIRECT(ASK_I_LE, a <= b)
    ASK_DIRECT(ASK_I_MIN, a < b ? a : b)
    ASK_DIRECT(ASK_I_MAX, a > b ? a : b)
#undef ASK_DIRECT
  case ASK_I_ADD:
  case ASK_I_SUB: {
    uint8_t state = ask_worse(s[in->a], s[in->b]);
    int64_t r;
    bool over = in->operation == ASK_I_ADD ? __builtin_add_overflow(w[in->a], w[in->b], &r)
                                           : __builtin_sub_overflow(w[in->a], w[in->b], &r);
    return (struct ask_result_word){r, over && state == ASK_KNOWN ? ASK_FAULT : state};
  }
  case ASK_I_NOT: return (struct ask_result_word){!w[in->a], s[in->a]};
  case ASK_I_ADD_BUSINESS_DAYS: {
    uint8_t state = ask_worse(s[in->a], s[in->b]);
    if (state != ASK_KNOWN) return (struct ask_result_word){0, state};
    int64_t day = w[in->a], count = w[in->b];
    if (day < ASK_DATE_MIN || day > ASK_DATE_MAX || count < -ASK_BUSINESS_DAYS_MAX || count > ASK_BUSINESS_DAYS_MAX)
      return ask_fault();
    return ask_known(ask_date_add_business_days(day, count, f->holidays, f->holiday_count));
  }
  case ASK_I_TEXT_EQ:
  case ASK_I_MUL:
  case ASK_I_MUL_DECIMAL:
  case ASK_I_DIV:
  case ASK_I_FLOORDIV:
  case ASK_I_MOD:
  case ASK_I_YEARS_BETWEEN:
  case ASK_I_MONTHS_BETWEEN:
  case ASK_I_ADD_MONTHS: {
    uint8_t state = ask_worse(s[in->a], s[in->b]);
    if (state != ASK_KNOWN) return (struct ask_result_word){0, state};
    return ask_arithmetic(in, w[in->a], w[in->b]);
  }
  case ASK_I_NEG:
  case ASK_I_ABS:
  case ASK_I_SCALE:
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND:
  case ASK_I_HAS:
  case ASK_I_TICKED:
  case ASK_I_YEAR_OF:
    if (s[in->a] != ASK_KNOWN) return (struct ask_result_word){0, s[in->a]};
    return ask_unary(in, w[in->a]);
  default: return ask_step_many(code, in, w, s, f);
  }
}

#endif
