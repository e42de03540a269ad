/* Kernels over blocks. What has no kernel (lists, functions, dates, division) is run row by row through step.h, which also
 * serves when a block overflows, so that there is one meaning for each instruction. */
#include "expr/column.h"

#include <string.h>

#include "expr/column_kernels.h"
#include "expr/step.h"

struct block {
  int64_t *words;  /* own room, or a piece of an item's column */
  uint8_t *states; /* NULL: all known */
  int64_t *room;   /* shared with registers that are dead by then */
  uint8_t *state_room;
};

/* What the bodies of one aggregate read besides fields and registers: numbers of items and programs, in arrays that grow. */
struct outside {
  int32_t *items, *statuses;
  size_t item_count, item_capacity, status_count, status_capacity;
};

struct ask_column_code {
  const struct ask_code *code;
  struct outside *outside; /* by register; of aggregates over lists */
  struct ask_value *items; /* one row of the items and statuses that bodies read, for step.h */
  struct ask_value *statuses;
  uint8_t *needed;
  struct block *blocks; /* by register */
  int64_t *row_words;   /* one row of all registers, for step.h */
  uint8_t *row_states;
};

/* Calls visit for every register that an instruction reads. */
static void operands(const struct ask_code *code, int32_t reg, void (*visit)(void *context, int32_t reg),
                     void *context) {
  const struct ask_instruction *in = &code->list[reg];
  int32_t few[3];
  int count = ask_operands(in, few);
  if (in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH || in->operation == ASK_I_CALL)
    for (int32_t k = 0; k < in->b; k++) visit(context, code->arguments[in->a + k]);
  else if (in->operation > ASK_I_LIST_COUNT)
    for (int32_t k = 0; k < reg; k++) visit(context, k); /* a body may look at any register outside it */
  else
    for (int k = 0; k < count; k++) visit(context, few[k]);
}

static void need(void *context, int32_t reg) {
  struct ask_column_code *p = context;
  if (p->needed[reg]) return;
  p->needed[reg] = 1;
  operands(p->code, reg, need, p);
}

/* ---- rooms: a register gives its room back after its last reader, so that few rooms stay warm in the cache ---- */

struct lives {
  const struct ask_column_code *p;
  int32_t *last; /* by register: its last reader; INT32_MAX: a result */
  int32_t reader;
  struct block *free;
  size_t free_count;
};

static void read_by(void *context, int32_t reg) {
  struct lives *l = context;
  if (l->last[reg] < l->reader) l->last[reg] = l->reader;
}

static void release(void *context, int32_t reg) {
  struct lives *l = context;
  if (l->last[reg] != l->reader || !l->p->blocks[reg].room) return;
  l->last[reg] = INT32_MAX; /* once */
  l->free[l->free_count++] = l->p->blocks[reg];
}

static void assign_rooms(struct ask_arena *arena, struct ask_column_code *p, const int32_t *results,
                         size_t result_count) {
  size_t count = p->code->count;
  struct lives l = {.p = p,
                    .last = ask_alloc_array(arena, count, sizeof *l.last),
                    .free = ask_alloc_array(arena, count, sizeof *l.free)};
  for (l.reader = 0; (size_t)l.reader < count; l.reader++)
    if (p->needed[l.reader]) operands(p->code, l.reader, read_by, &l);
  for (size_t i = 0; i < count; i++)
    if (!p->code->list[i].varies) l.last[i] = INT32_MAX; /* filled once a day */
  for (size_t i = 0; i < result_count; i++)
    if (results[i] >= 0) l.last[results[i]] = INT32_MAX;
  for (l.reader = 0; (size_t)l.reader < count; l.reader++) {
    struct block *b = &p->blocks[l.reader];
    if (!p->needed[l.reader]) continue;
    if (l.free_count > 0 && p->code->list[l.reader].varies) { /* what is filled once a day shares with nobody */
      *b = l.free[--l.free_count];
    } else {
      b->room = ask_alloc_array(arena, ASK_BLOCK, sizeof(int64_t));
      b->state_room = ask_alloc(arena, ASK_BLOCK);
    }
    operands(p->code, l.reader, release, &l);
  }
}

/* ---- bodies read the household they stand in: what that is ---- */

static void add_number(struct ask_arena *arena, int32_t **list, size_t *count, size_t *capacity, int32_t number,
                       int32_t *most) {
  for (size_t i = 0; i < *count; i++)
    if ((*list)[i] == number) return;
  *(int32_t *)ask_push(arena, list, count, capacity, sizeof number) = number;
  if (number > *most) *most = number;
}

static void look_outside(struct ask_arena *arena, const struct ask_code *body, struct outside *o, int32_t *most_item,
                         int32_t *most_status) {
  for (size_t i = 0; i < body->count; i++) {
    const struct ask_instruction *in = &body->list[i];
    if (in->operation == ASK_I_ITEM || in->operation == ASK_I_ANSWERED || in->operation == ASK_I_DECLINED)
      add_number(arena, &o->items, &o->item_count, &o->item_capacity, in->a, most_item);
    if (in->operation == ASK_I_STATUS)
      add_number(arena, &o->statuses, &o->status_count, &o->status_capacity, in->a, most_status);
  }
  for (size_t i = 0; i < body->body_count; i++) look_outside(arena, body->bodies[i], o, most_item, most_status);
}

static void prepare_bodies(struct ask_arena *arena, struct ask_column_code *p) {
  int32_t most_item = -1, most_status = -1;
  p->outside = ask_alloc_array(arena, p->code->count, sizeof *p->outside);
  for (size_t i = 0; i < p->code->count; i++) {
    const struct ask_instruction *in = &p->code->list[i];
    if (p->needed[i] && in->operation > ASK_I_LIST_COUNT)
      look_outside(arena, p->code->bodies[in->b], &p->outside[i], &most_item, &most_status);
  }
  p->items = ask_alloc_array(arena, (size_t)(most_item + 1), sizeof *p->items);
  p->statuses = ask_alloc_array(arena, (size_t)(most_status + 1), sizeof *p->statuses);
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
  assign_rooms(arena, p, results, result_count);
  prepare_bodies(arena, p);
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

/* Where a block of rows comes from. */
struct source {
  const struct ask_column *items, *statuses, *own_status;
  size_t first, rows;
};

static struct ask_value cell(const struct ask_column *column, size_t at) {
  int64_t word;
  if (column->narrow)
    ask_kernel_widen(column->narrow, column->width, at, &word, 1);
  else
    word = column->words[at];
  struct ask_value v = {.word = word, .state = column->states ? column->states[at] : ASK_KNOWN};
  v.absence = column->absences ? column->absences[at] : v.state == ASK_KNOWN ? ASK_PRESENT : ASK_UNANSWERED;
  return v;
}

static void stand_in_row(struct ask_column_code *p, size_t reg, size_t row, const struct source *from,
                         struct ask_frame *frame) {
  const struct outside *o = &p->outside[reg];
  for (size_t i = 0; i < o->item_count; i++) p->items[o->items[i]] = cell(&from->items[o->items[i]], from->first + row);
  for (size_t i = 0; i < o->status_count; i++) p->statuses[o->statuses[i]] = cell(&from->statuses[o->statuses[i]], row);
  if (from->own_status) frame->own_status = cell(from->own_status, row);
}

/* One instruction row by row. */
static void by_rows(struct ask_column_code *p, size_t reg, const struct source *source, struct ask_frame *frame) {
  size_t rows = source->rows;
  const struct ask_value *items = frame->items, *statuses = frame->statuses;
  const struct ask_code *code = p->code;
  const struct ask_instruction *in = &code->list[reg];
  struct block *out = &p->blocks[reg];
  bool whole = in->operation >= ASK_I_LIST_COUNT; /* bodies may read any earlier register */
  bool many = in->operation == ASK_I_CALL || in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH;
  int32_t some[3] = {in->a, in->b, in->operation == ASK_I_SELECT ? in->c : -1};
  const int32_t *operands = many ? code->arguments + in->a : some;
  size_t count = whole ? reg : many ? (size_t)in->b : 3;
  uint8_t worst = ASK_KNOWN;
  if (in->operation > ASK_I_LIST_COUNT) frame->items = p->items, frame->statuses = p->statuses;
  for (size_t row = 0; row < rows; row++) {
    if (in->operation > ASK_I_LIST_COUNT) stand_in_row(p, reg, row, source, frame);
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
  frame->items = items;
  frame->statuses = statuses;
  out->words = out->room;
  out->states = worst == ASK_KNOWN ? NULL : out->state_room;
}

static void absences(const struct ask_column *column, size_t first, size_t rows, bool declined, struct block *out) {
  uint8_t worst = ASK_KNOWN;
  for (size_t i = 0; i < rows; i++) {
    uint8_t state = column->states ? column->states[first + i] : ASK_KNOWN;
    uint8_t absence = column->absences     ? column->absences[first + i]
                      : state == ASK_KNOWN ? ASK_PRESENT
                                           : ASK_UNANSWERED;
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

/* Kleene, with unknowns about. */
static uint8_t *logic_states(bool both, const struct block *a, const struct block *b, struct block *out, size_t rows) {
  static const uint8_t known[ASK_BLOCK];
  uint8_t worst = ask_kernel_logic(both, a->words, a->states ? a->states : known, b->words,
                                   b->states ? b->states : known, out->room, out->state_room, rows);
  return worst ? out->state_room : NULL;
}

static bool count_kernel(const struct ask_column_code *p, const struct ask_instruction *in, struct block *out,
                         size_t rows) {
  memset(out->room, 0, rows * sizeof *out->room);
  for (int32_t k = 0; k < in->b; k++) {
    const struct block *a = &p->blocks[p->code->arguments[in->a + k]];
    if (!ask_kernel_count(a->words, a->states, in->operation == ASK_I_COUNT_HIGH, out->room, rows)) return false;
  }
  out->words = out->room;
  out->states = NULL;
  return true;
}

static void load(struct block *out, const struct ask_column *column, size_t first, size_t rows) {
  if (column->narrow) {
    ask_kernel_widen(column->narrow, column->width, first, out->room, rows);
    out->words = out->room;
  } else {
    out->words = (int64_t *)column->words + first; /* only read */
  }
  out->states = column->states ? (uint8_t *)column->states + first : NULL;
}

static struct ask_operand operand(const struct ask_column_code *p, int32_t reg) {
  bool all = !p->code->list[reg].varies;
  return (struct ask_operand){all ? NULL : p->blocks[reg].words, all ? p->row_words[reg] : 0};
}

static bool done(struct block *out, uint8_t *states) {
  out->words = out->room;
  out->states = states;
  return true;
}

static bool divide(const struct ask_column_code *p, const struct ask_instruction *in, struct block *out, size_t rows) {
  bool two = in->operation == ASK_I_DIV || in->operation == ASK_I_FLOORDIV;
  const struct block *a = &p->blocks[in->a];
  if (two && (p->code->list[in->b].varies || p->row_states[in->b] != ASK_KNOWN)) return false;
  if (!ask_kernel_divide(in, a->words, two ? p->row_words[in->b] : in->immediate, out->room, rows)) return false;
  return done(out, join_states(a->states, NULL, out->state_room, rows));
}

/* False: no kernel for it, or not for this block. */
static bool kernel(struct ask_column_code *p, const struct ask_instruction *in, struct block *out, size_t rows,
                   const struct ask_frame *frame) {
  const struct block *a = &p->blocks[in->a], *b = &p->blocks[in->b];
  switch (in->operation) {
  case ASK_I_AND:
  case ASK_I_OR:
    if (a->states || b->states) return done(out, logic_states(in->operation == ASK_I_AND, a, b, out, rows));
    return ask_kernel_two(in->operation, operand(p, in->a), operand(p, in->b), out->room, rows) && done(out, NULL);
  case ASK_I_SELECT:
    if (a->states || b->states || p->blocks[in->c].states) return false;
    ask_kernel_select(a->words, operand(p, in->b), operand(p, in->c), out->room, rows);
    return done(out, NULL);
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH: return count_kernel(p, in, out, rows);
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION:
    return !b->states && ask_kernel_table(&frame->tables[in->a], b->words, out->room, rows) && done(out, NULL);
  case ASK_I_NOT:
  case ASK_I_NEG:
  case ASK_I_SCALE:
  case ASK_I_HAS:
    return ask_kernel_one(in, a->words, out->room, rows) &&
           done(out, join_states(a->states, NULL, out->state_room, rows));
  case ASK_I_DIV:
  case ASK_I_FLOORDIV:
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND: return divide(p, in, out, rows);
  case ASK_I_EQ:
  case ASK_I_NE:
  case ASK_I_LT:
  case ASK_I_LE:
  case ASK_I_ADD:
  case ASK_I_SUB:
  case ASK_I_MUL:
  case ASK_I_MUL_DECIMAL:
  case ASK_I_MIN:
  case ASK_I_MAX:
    return ask_kernel_two(in->operation, operand(p, in->a), operand(p, in->b), out->room, rows) &&
           done(out, join_states(a->states, b->states, out->state_room, rows));
  default: return false;
  }
}

void ask_column_run(struct ask_column_code *p, size_t from, size_t to, const struct ask_column *items, size_t first,
                    size_t rows, const struct ask_column *statuses, const struct ask_column *own_status,
                    struct ask_frame *frame) {
  const struct source source = {items, statuses, own_status, first, rows};
  for (size_t i = from; i < to; i++) {
    const struct ask_instruction *in = &p->code->list[i];
    struct block *out = &p->blocks[i];
    if (!p->needed[i] || !in->varies) continue;
    switch (in->operation) {
    case ASK_I_ITEM: load(out, &items[in->a], first, rows); break;
    case ASK_I_STATUS: load(out, &statuses[in->a], 0, rows); break;
    case ASK_I_OWN_STATUS: load(out, own_status, 0, rows); break;
    case ASK_I_ANSWERED:
    case ASK_I_DECLINED: absences(&items[in->a], first, rows, in->operation == ASK_I_DECLINED, out); break;
    default:
      if (!kernel(p, in, out, rows, frame)) by_rows(p, i, &source, frame);
      break;
    }
  }
}

struct ask_column ask_column_result(const struct ask_column_code *prepared, int32_t reg) {
  const struct block *b = &prepared->blocks[reg];
  return (struct ask_column){.words = b->words, .states = b->states};
}
