/* Kernels over blocks. What has no kernel (lists, functions, dates, division) is run row by row through step.h, which also
 * serves when a block overflows, so that there is one meaning for each instruction. */
#include "expr/column.h"

#include <string.h>

#include "expr/step.h"

/* Two builds of the kernels, the wider chosen at start. Sanitizers and the run-time choice do not mix. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
#define KERNELS __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KERNELS
#endif

struct block {
  int64_t *words;            /* own room, or a piece of an item's column */
  uint8_t *states;           /* NULL: all known */
  int64_t *room;
  uint8_t *state_room;
};

struct ask_column_code {
  const struct ask_code *code;
  uint8_t *needed;
  struct block *blocks;      /* by register */
  int64_t *row_words;        /* one row of all registers, for step.h */
  uint8_t *row_states;
};

static void need(struct ask_column_code *p, int32_t reg) {
  const struct ask_instruction *in = &p->code->list[reg];
  if (p->needed[reg]) return;
  p->needed[reg] = 1;
  switch (in->operation) {
    case ASK_I_CONSTANT: case ASK_I_ITEM: case ASK_I_FIELD: case ASK_I_OUTER: case ASK_I_PARAMETER: case ASK_I_STATUS:
    case ASK_I_OWN_STATUS: case ASK_I_AS_OF: case ASK_I_ANSWERED: case ASK_I_DECLINED: case ASK_I_FIELD_ANSWERED:
      return;
    case ASK_I_TABLE_NUMBER: case ASK_I_TABLE_OPTION: need(p, in->b); return;
    case ASK_I_COUNT_LOW: case ASK_I_COUNT_HIGH: case ASK_I_CALL:
      for (int32_t k = 0; k < in->b; k++) need(p, p->code->arguments[in->a + k]);
      return;
    case ASK_I_NOT: case ASK_I_NEG: case ASK_I_ABS: case ASK_I_SCALE: case ASK_I_FLOOR: case ASK_I_CEIL: case ASK_I_ROUND:
    case ASK_I_HAS: case ASK_I_TICKED: case ASK_I_YEAR_OF:
      need(p, in->a);
      return;
    case ASK_I_LIST_COUNT: case ASK_I_LIST_LOW: case ASK_I_LIST_HIGH: case ASK_I_LIST_SUM: case ASK_I_LIST_ANY:
    case ASK_I_LIST_ALL:
      /* a body may look at any register outside it */
      for (int32_t k = 0; k <= in->a; k++) need(p, k);
      for (int32_t k = 0; k < reg && in->operation != ASK_I_LIST_COUNT; k++) need(p, k);
      return;
    case ASK_I_SELECT: need(p, in->c); break;
    default: break;
  }
  need(p, in->a);
  need(p, in->b);
}

struct ask_column_code *ask_column_prepare(struct ask_arena *arena, const struct ask_code *code, const int32_t *results,
                                           size_t result_count) {
  struct ask_column_code *p = ask_alloc(arena, sizeof *p);
  p->code = code;
  p->needed = ask_alloc(arena, code->count);
  p->blocks = ask_alloc_array(arena, code->count, sizeof *p->blocks);
  p->row_words = ask_alloc_array(arena, code->count, sizeof *p->row_words);
  p->row_states = ask_alloc(arena, code->count);
  for (size_t i = 0; i < result_count; i++)
    if (results[i] >= 0) need(p, results[i]);
  for (size_t i = 0; i < code->count; i++) {
    if (!p->needed[i]) continue;
    p->blocks[i].room = ask_alloc_array(arena, ASK_BLOCK, sizeof(int64_t));
    p->blocks[i].state_room = ask_alloc(arena, ASK_BLOCK);
  }
  return p;
}

void ask_column_day(struct ask_column_code *p, struct ask_frame *frame) {
  for (size_t i = 0; i < p->code->count; i++) {
    const struct ask_instruction *in = &p->code->list[i];
    struct block *b = &p->blocks[i];
    if (!p->needed[i] || in->varies) continue;
    struct ask_result_word r = ask_step(p->code, in, p->row_words, p->row_states, frame);
    p->row_words[i] = r.word;
    p->row_states[i] = r.state;
    for (size_t k = 0; k < ASK_BLOCK; k++) b->room[k] = r.word;
    memset(b->state_room, r.state, ASK_BLOCK);
    b->words = b->room;
    b->states = r.state == ASK_KNOWN ? NULL : b->state_room;
  }
}

/* One instruction row by row. */
static void by_rows(struct ask_column_code *p, size_t reg, size_t rows, struct ask_frame *frame) {
  const struct ask_code *code = p->code;
  const struct ask_instruction *in = &code->list[reg];
  struct block *out = &p->blocks[reg];
  bool whole = in->operation >= ASK_I_LIST_COUNT; /* bodies may read any earlier register */
  bool many = in->operation == ASK_I_CALL || in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH;
  int32_t some[3] = {in->a, in->b, in->operation == ASK_I_SELECT ? in->c : -1};
  const int32_t *operands = many ? code->arguments + in->a : some;
  size_t count = whole ? reg : many ? (size_t)in->b : 3;
  uint8_t worst = ASK_KNOWN;
  for (size_t row = 0; row < rows; row++) {
    for (size_t k = 0; k < count; k++) {
      int32_t from = whole ? (int32_t)k : operands[k];
      if (from < 0 || (size_t)from >= reg || !p->needed[from] || !p->blocks[from].words) continue;
      p->row_words[from] = p->blocks[from].words[row];
      p->row_states[from] = p->blocks[from].states ? p->blocks[from].states[row] : ASK_KNOWN;
    }
    struct ask_result_word r = ask_step(code, in, p->row_words, p->row_states, frame);
    out->room[row] = r.word;
    out->state_room[row] = r.state;
    worst |= r.state;
  }
  out->words = out->room;
  out->states = worst == ASK_KNOWN ? NULL : out->state_room;
}

static void absences(const struct ask_column *column, size_t first, size_t rows, bool declined, struct block *out) {
  uint8_t worst = ASK_KNOWN;
  for (size_t i = 0; i < rows; i++) {
    uint8_t state = column->states ? column->states[first + i] : ASK_KNOWN;
    uint8_t absence = column->absences ? column->absences[first + i] : state == ASK_KNOWN ? ASK_PRESENT : ASK_UNANSWERED;
    out->room[i] = declined ? absence == ASK_DECLINED : state == ASK_KNOWN && absence != ASK_NOT_ASKED;
    out->state_room[i] = state == ASK_WITHHELD ? ASK_WITHHELD : ASK_KNOWN;
    worst |= out->state_room[i];
  }
  out->words = out->room;
  out->states = worst == ASK_KNOWN ? NULL : out->state_room;
}

/* The worse of two operands' states; NULL when both are all known. */
static uint8_t *join_states(const uint8_t *a, const uint8_t *b, uint8_t *out, size_t rows) {
  if (!a && !b) return NULL;
  if (!a || !b) {
    memcpy(out, a ? a : b, rows);
    return out;
  }
  for (size_t i = 0; i < rows; i++) out[i] = a[i] > b[i] ? a[i] : b[i];
  return out;
}

enum { WIDE = 1u << 31 };
static inline uint64_t is_wide(int64_t a) { return ((uint64_t)a + (uint64_t)1 * WIDE) >> 32; }

/* The arithmetic of two blocks. False: some row overflowed or there is no kernel; nothing of use was written. */
KERNELS static bool two_kernel(uint8_t operation, const int64_t *restrict a, const int64_t *restrict b,
                               int64_t *restrict out, size_t rows) {
  uint64_t bad = 0;
  switch (operation) {
    case ASK_I_EQ: for (size_t i = 0; i < rows; i++) out[i] = a[i] == b[i]; return true;
    case ASK_I_NE: for (size_t i = 0; i < rows; i++) out[i] = a[i] != b[i]; return true;
    case ASK_I_LT: for (size_t i = 0; i < rows; i++) out[i] = a[i] < b[i]; return true;
    case ASK_I_LE: for (size_t i = 0; i < rows; i++) out[i] = a[i] <= b[i]; return true;
    case ASK_I_MIN: for (size_t i = 0; i < rows; i++) out[i] = a[i] < b[i] ? a[i] : b[i]; return true;
    case ASK_I_MAX: for (size_t i = 0; i < rows; i++) out[i] = a[i] > b[i] ? a[i] : b[i]; return true;
    case ASK_I_ADD:
      for (size_t i = 0; i < rows; i++) {
        uint64_t x = (uint64_t)a[i], y = (uint64_t)b[i], r = x + y;
        out[i] = (int64_t)r;
        bad |= (x ^ r) & (y ^ r);
      }
      return bad >> 63 == 0;
    case ASK_I_SUB:
      for (size_t i = 0; i < rows; i++) {
        uint64_t x = (uint64_t)a[i], y = (uint64_t)b[i], r = x - y;
        out[i] = (int64_t)r;
        bad |= (x ^ y) & (x ^ r);
      }
      return bad >> 63 == 0;
    case ASK_I_MUL:
      for (size_t i = 0; i < rows; i++) {
        bad |= is_wide(a[i]) | is_wide(b[i]);
        out[i] = (int64_t)((uint64_t)a[i] * (uint64_t)b[i]);
      }
      return bad == 0;
    case ASK_I_MUL_DECIMAL:
      for (size_t i = 0; i < rows; i++) {
        bad |= is_wide(a[i]) | is_wide(b[i]);
        int64_t r = (int64_t)((uint64_t)a[i] * (uint64_t)b[i]);
        out[i] = (r + (r < 0 ? -ASK_DECIMAL_ONE / 2 : ASK_DECIMAL_ONE / 2)) / ASK_DECIMAL_ONE;
      }
      return bad == 0;
    default: return false;
  }
}

KERNELS static bool one_kernel(const struct ask_instruction *in, const int64_t *restrict a, int64_t *restrict out, size_t rows) {
  uint64_t bad = 0;
  int64_t m = in->immediate;
  switch (in->operation) {
    case ASK_I_NOT: for (size_t i = 0; i < rows; i++) out[i] = !a[i]; return true;
    case ASK_I_HAS: for (size_t i = 0; i < rows; i++) out[i] = a[i] >> m & 1; return true;
    case ASK_I_NEG:
      for (size_t i = 0; i < rows; i++) {
        bad |= is_wide(a[i]);
        out[i] = (int64_t)(0 - (uint64_t)a[i]);
      }
      return bad == 0;
    case ASK_I_SCALE:
      if (is_wide(m)) return false;
      for (size_t i = 0; i < rows; i++) {
        bad |= is_wide(a[i]);
        out[i] = (int64_t)((uint64_t)a[i] * (uint64_t)m);
      }
      return bad == 0;
    default: return false;
  }
}

KERNELS static void logic_kernel(bool both, const int64_t *restrict a, const int64_t *restrict b, int64_t *restrict out,
                                 size_t rows) {
  if (both)
    for (size_t i = 0; i < rows; i++) out[i] = a[i] & b[i];
  else
    for (size_t i = 0; i < rows; i++) out[i] = a[i] | b[i];
}

/* Kleene, with unknowns about. */
static uint8_t *logic_states(bool both, const struct block *a, const struct block *b, struct block *out, size_t rows) {
  uint8_t worst = 0;
  for (size_t i = 0; i < rows; i++) {
    uint8_t sa = a->states ? a->states[i] : ASK_KNOWN, sb = b->states ? b->states[i] : ASK_KNOWN;
    struct ask_result_word r = both ? ask_and(a->words[i], sa, b->words[i], sb) : ask_or(a->words[i], sa, b->words[i], sb);
    out->room[i] = r.word;
    out->state_room[i] = r.state;
    worst |= r.state;
  }
  return worst ? out->state_room : NULL;
}

KERNELS static void select_kernel(const int64_t *restrict c, const int64_t *restrict a, const int64_t *restrict b,
                                  int64_t *restrict out, size_t rows) {
  for (size_t i = 0; i < rows; i++) out[i] = c[i] ? a[i] : b[i];
}

/* How many of the arguments are true (low), or not known to be false (high). False: a fault or something withheld is about. */
KERNELS static bool add_to_count(const int64_t *restrict words, const uint8_t *restrict states, bool high, int64_t *restrict out,
                                 size_t rows) {
  if (!states) {
    for (size_t i = 0; i < rows; i++) out[i] += words[i];
    return true;
  }
  uint8_t worst = 0;
  for (size_t i = 0; i < rows; i++) {
    worst |= states[i];
    out[i] += states[i] == ASK_KNOWN ? words[i] : high;
  }
  return worst <= ASK_UNKNOWN;
}

static bool count_kernel(const struct ask_column_code *p, const struct ask_instruction *in, struct block *out, size_t rows) {
  memset(out->room, 0, rows * sizeof *out->room);
  for (int32_t k = 0; k < in->b; k++) {
    const struct block *a = &p->blocks[p->code->arguments[in->a + k]];
    if (!add_to_count(a->words, a->states, in->operation == ASK_I_COUNT_HIGH, out->room, rows)) return false;
  }
  out->words = out->room;
  out->states = NULL;
  return true;
}

static void load(struct block *out, const struct ask_column *column, size_t first) {
  out->words = (int64_t *)column->words + first; /* only read */
  out->states = column->states ? (uint8_t *)column->states + first : NULL;
}

static bool kernel(struct ask_column_code *p, const struct ask_instruction *in, struct block *out, size_t rows) {
  const struct block *a = &p->blocks[in->a], *b = &p->blocks[in->b];
  switch (in->operation) {
    case ASK_I_AND: case ASK_I_OR:
      out->words = out->room;
      if (a->states || b->states) {
        out->states = logic_states(in->operation == ASK_I_AND, a, b, out, rows);
      } else {
        logic_kernel(in->operation == ASK_I_AND, a->words, b->words, out->room, rows);
        out->states = NULL;
      }
      return true;
    case ASK_I_SELECT:
      if (a->states || b->states || p->blocks[in->c].states) return false;
      select_kernel(a->words, b->words, p->blocks[in->c].words, out->room, rows);
      out->words = out->room;
      out->states = NULL;
      return true;
    case ASK_I_COUNT_LOW: case ASK_I_COUNT_HIGH: return count_kernel(p, in, out, rows);
    case ASK_I_NOT: case ASK_I_NEG: case ASK_I_SCALE: case ASK_I_HAS:
      if (!one_kernel(in, a->words, out->room, rows)) return false;
      out->words = out->room;
      out->states = join_states(a->states, NULL, out->state_room, rows);
      return true;
    case ASK_I_EQ: case ASK_I_NE: case ASK_I_LT: case ASK_I_LE: case ASK_I_ADD: case ASK_I_SUB: case ASK_I_MUL:
    case ASK_I_MUL_DECIMAL: case ASK_I_MIN: case ASK_I_MAX:
      if (!two_kernel(in->operation, a->words, b->words, out->room, rows)) return false;
      out->words = out->room;
      out->states = join_states(a->states, b->states, out->state_room, rows);
      return true;
    default: return false;
  }
}

void ask_column_run(struct ask_column_code *p, size_t from, size_t to, const struct ask_column *items, size_t first,
                    size_t rows, const struct ask_column *statuses, const struct ask_column *own_status,
                    struct ask_frame *frame) {
  for (size_t i = from; i < to; i++) {
    const struct ask_instruction *in = &p->code->list[i];
    struct block *out = &p->blocks[i];
    if (!p->needed[i] || !in->varies) continue;
    switch (in->operation) {
      case ASK_I_ITEM: load(out, &items[in->a], first); break;
      case ASK_I_STATUS: load(out, &statuses[in->a], 0); break;
      case ASK_I_OWN_STATUS: load(out, own_status, 0); break;
      case ASK_I_ANSWERED: case ASK_I_DECLINED:
        absences(&items[in->a], first, rows, in->operation == ASK_I_DECLINED, out);
        break;
      default:
        if (!kernel(p, in, out, rows)) by_rows(p, i, rows, frame);
        break;
    }
  }
}

struct ask_column ask_column_result(const struct ask_column_code *prepared, int32_t reg) {
  const struct block *b = &prepared->blocks[reg];
  return (struct ask_column){.words = b->words, .states = b->states};
}
