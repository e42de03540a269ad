/* Plain loops over blocks, written so that the compiler vectorises them. */
#include "expr/column_kernels.h"

#include "base/number.h"

/* Not within 32 bits: products could overflow. */
static inline uint64_t wide(int64_t a) { return ((uint64_t)a + ((uint64_t)1 << 31)) >> 32; }

/* The same loop for column-column, column-constant and constant-column. `body` computes r from x and y. */
#define ROWS(body)                                              \
  do {                                                          \
    if (b.each == NULL) {                                       \
      const int64_t *restrict p = a.each, y = b.all;            \
      for (size_t i = 0; i < rows; i++) {                       \
        int64_t x = p[i], r;                                    \
        body;                                                   \
        out[i] = r;                                             \
      }                                                         \
    } else if (a.each == NULL) {                                \
      const int64_t *restrict q = b.each, x = a.all;            \
      for (size_t i = 0; i < rows; i++) {                       \
        int64_t y = q[i], r;                                    \
        body;                                                   \
        out[i] = r;                                             \
      }                                                         \
    } else {                                                    \
      const int64_t *restrict p = a.each, *restrict q = b.each; \
      for (size_t i = 0; i < rows; i++) {                       \
        int64_t x = p[i], y = q[i], r;                          \
        body;                                                   \
        out[i] = r;                                             \
      }                                                         \
    }                                                           \
  } while (0)

ASK_KERNEL bool ask_kernel_two(uint8_t operation, struct ask_operand a, struct ask_operand b, int64_t *restrict out,
                               size_t rows) {
  uint64_t bad = 0;
  if (!a.each && !b.each) return false;
  switch (operation) {
  case ASK_I_EQ: ROWS(r = x == y); return true;
  case ASK_I_NE: ROWS(r = x != y); return true;
  case ASK_I_LT: ROWS(r = x < y); return true;
  case ASK_I_LE: ROWS(r = x <= y); return true;
  case ASK_I_MIN: ROWS(r = x < y ? x : y); return true;
  case ASK_I_MAX: ROWS(r = x > y ? x : y); return true;
  case ASK_I_AND: ROWS(r = x & y); return true;
  case ASK_I_OR: ROWS(r = x | y); return true;
  case ASK_I_ADD:
    ROWS(r = (int64_t)((uint64_t)x + (uint64_t)y); bad |= (uint64_t)((x ^ r) & (y ^ r)));
    return bad >> 63 == 0;
  case ASK_I_SUB:
    ROWS(r = (int64_t)((uint64_t)x - (uint64_t)y); bad |= (uint64_t)((x ^ y) & (x ^ r)));
    return bad >> 63 == 0;
  case ASK_I_MUL: ROWS(bad |= wide(x) | wide(y); r = (int64_t)((uint64_t)x * (uint64_t)y)); return bad == 0;
  case ASK_I_MUL_DECIMAL:
    ROWS(bad |= wide(x) | wide(y); r = (int64_t)((uint64_t)x * (uint64_t)y);
         r = (r + (r < 0 ? -ASK_DECIMAL_ONE / 2 : ASK_DECIMAL_ONE / 2)) / ASK_DECIMAL_ONE);
    return bad == 0;
  default: return false;
  }
}

ASK_KERNEL bool ask_kernel_one(const struct ask_instruction *in, const int64_t *restrict a, int64_t *restrict out,
                               size_t rows) {
  uint64_t bad = 0;
  int64_t m = in->immediate;
  switch (in->operation) {
  case ASK_I_NOT:
    for (size_t i = 0; i < rows; i++) out[i] = !a[i];
    return true;
  case ASK_I_HAS:
    for (size_t i = 0; i < rows; i++) out[i] = a[i] >> m & 1;
    return true;
  case ASK_I_NEG:
    for (size_t i = 0; i < rows; i++) {
      bad |= wide(a[i]);
      out[i] = (int64_t)(0 - (uint64_t)a[i]);
    }
    return bad == 0;
  case ASK_I_SCALE:
    if (wide(m)) return false;
    for (size_t i = 0; i < rows; i++) {
      bad |= wide(a[i]);
      out[i] = (int64_t)((uint64_t)a[i] * (uint64_t)m);
    }
    return bad == 0;
  default: return false;
  }
}

/* Division of whole numbers below 2^52 by way of doubles: the quotient of two such numbers lies further from the next whole
 * number than its rounding error, so that cutting it off is exact. `lift` moves the dividend before it is cut off. */
#define DIVIDE(lift)                               \
  for (size_t i = 0; i < rows; i++) {              \
    int64_t x = a[i] * scale, y;                   \
    bad |= wide(a[i]);                             \
    lift;                                          \
    int64_t q = (int64_t)((double)y / (double)by); \
    out[i] = q * after;                            \
  }

ASK_KERNEL bool ask_kernel_divide(const struct ask_instruction *in, const int64_t *restrict a, int64_t by,
                                  int64_t *restrict out, size_t rows) {
  uint64_t bad = 0;
  bool rounding = in->operation == ASK_I_FLOOR || in->operation == ASK_I_CEIL || in->operation == ASK_I_ROUND;
  int64_t scale = in->operation == ASK_I_DIV ? in->immediate : 1, after = rounding && !in->c ? by : 1;
  if (by <= 0 || by > INT32_MAX || scale < 1 || scale > ASK_DECIMAL_ONE) return false;
  for (size_t i = 0; i < rows; i++) bad |= wide(a[i]);
  if (bad) return false;
  switch (in->operation) {
  case ASK_I_DIV:
  case ASK_I_ROUND: DIVIDE(y = x < 0 ? x - by / 2 : x + by / 2); break;
  case ASK_I_CEIL: DIVIDE(y = x > 0 ? x + by - 1 : x); break;
  case ASK_I_FLOOR:
  case ASK_I_FLOORDIV: DIVIDE(y = x < 0 ? x - by + 1 : x); break;
  default: return false;
  }
  return true;
}

ASK_KERNEL bool ask_kernel_table(const struct ask_table *table, const int64_t *restrict key, int64_t *restrict out,
                                 size_t rows) {
  uint64_t bad = 0, count = table->count;
  const struct ask_value *values = table->values;
  for (size_t i = 0; i < count; i++) bad |= values[i].state;
  if (bad || count == 0) return false;
  for (size_t i = 0; i < rows; i++) {
    uint64_t step = (uint64_t)key[i] - (uint64_t)table->first;
    bad |= step >= count;
    out[i] = values[step < count ? step : 0].word;
  }
  return bad == 0;
}

ASK_KERNEL void ask_kernel_select(const int64_t *restrict c, struct ask_operand a, struct ask_operand b,
                                  int64_t *restrict out, size_t rows) {
  if (!a.each && !b.each)
    for (size_t i = 0; i < rows; i++) out[i] = c[i] ? a.all : b.all;
  else
    ROWS(r = c[i] ? x : y);
}

ASK_KERNEL bool ask_kernel_count(const int64_t *restrict words, const uint8_t *restrict states, bool high,
                                 int64_t *restrict out, size_t rows) {
  uint8_t worst = 0;
  if (!states) {
    for (size_t i = 0; i < rows; i++) out[i] += words[i];
    return true;
  }
  for (size_t i = 0; i < rows; i++) {
    worst |= states[i];
    out[i] += states[i] == ASK_KNOWN ? words[i] : high;
  }
  return worst <= ASK_UNKNOWN;
}

ASK_KERNEL uint8_t ask_kernel_logic(bool both, const int64_t *restrict a, const uint8_t *restrict sa,
                                    const int64_t *restrict b, const uint8_t *restrict sb, int64_t *restrict out,
                                    uint8_t *restrict out_states, size_t rows) {
  /* the word that decides alone: 0 for `and`, 1 for `or` */
  int64_t absorbing = both ? 0 : 1;
  uint8_t worst = 0;
  for (size_t i = 0; i < rows; i++) {
    uint8_t decided =
        (uint8_t)(((a[i] == absorbing) & (sa[i] == ASK_KNOWN)) | ((b[i] == absorbing) & (sb[i] == ASK_KNOWN)));
    uint8_t state = sa[i] > sb[i] ? sa[i] : sb[i];
    state = decided ? ASK_KNOWN : state;
    out[i] = decided ? absorbing : !absorbing;
    out_states[i] = state;
    worst |= state;
  }
  return worst;
}

ASK_KERNEL void ask_kernel_widen(const void *restrict narrow, uint8_t width, size_t first, int64_t *restrict out,
                                 size_t rows) {
  const int8_t *restrict one = (const int8_t *)narrow + (width == 1 ? first : 0);
  const int16_t *restrict two = (const int16_t *)narrow + (width == 2 ? first : 0);
  const int32_t *restrict four = (const int32_t *)narrow + (width == 4 ? first : 0);
  switch (width) {
  case 1:
    for (size_t i = 0; i < rows; i++) out[i] = one[i];
    break;
  case 2:
    for (size_t i = 0; i < rows; i++) out[i] = two[i];
    break;
  default:
    for (size_t i = 0; i < rows; i++) out[i] = four[i];
    break;
  }
}
