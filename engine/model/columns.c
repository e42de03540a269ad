/* Runs every program over columns of facts, a block of rows at a time. */
#include "model/columns.h"

#include <stdlib.h>
#include <string.h>

#include "expr/column_kernels.h"
#include "model/workspace.h"

struct ask_columns *ask_columns_new(const struct ask_catalogue *catalogue, size_t capacity) {
  struct ask_columns *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->capacity = capacity;
  c->catalogue = catalogue;
  c->entries = ask_arena_new();
  c->item_count = catalogue->item_count;
  c->words = calloc(c->item_count, sizeof *c->words);
  c->states = calloc(c->item_count, sizeof *c->states);
  c->absences = calloc(c->item_count, sizeof *c->absences);
  c->all_known = calloc(c->item_count, sizeof *c->all_known);
  c->narrow = calloc(c->item_count, sizeof *c->narrow);
  c->width = calloc(c->item_count, sizeof *c->width);
  if (!c->narrow || !c->width) abort();
  if (!c->words || !c->states || !c->absences || !c->all_known) abort();
  for (size_t i = 0; i < c->item_count; i++) {
    c->words[i] = malloc((capacity + 1) * sizeof(int64_t));
    c->states[i] = malloc(capacity + 1);
    c->absences[i] = malloc(capacity + 1);
    c->all_known[i] = true;
    if (!c->words[i] || !c->states[i] || !c->absences[i]) abort();
  }
  return c;
}

struct ask_columns *ask_columns_free(struct ask_columns *columns) {
  if (!columns) return NULL;
  for (size_t i = 0; i < columns->item_count; i++) {
    free(columns->words[i]);
    free(columns->states[i]);
    free(columns->absences[i]);
    free(columns->narrow[i]);
  }
  free(columns->narrow);
  free(columns->width);
  free(columns->words);
  free(columns->states);
  free(columns->absences);
  free(columns->all_known);
  ask_arena_free(columns->entries);
  free(columns);
  return NULL;
}

/* The result's lists live in its workspace, which the next household overwrites. */
static int64_t copy_entries(struct ask_arena *arena, const struct ask_item *list, int64_t word) {
  const struct ask_entries *from = (const struct ask_entries *)(intptr_t)word;
  size_t count = (size_t)from->count * from->width;
  struct ask_entries *to = ask_alloc(arena, sizeof *to);
  *to = *from;
  to->cells = ask_alloc_array(arena, count, sizeof *to->cells);
  for (size_t i = 0; i < count; i++) {
    const struct ask_item *field = &list->fields[i % from->width];
    to->cells[i] = from->cells[i];
    if (field->kind.type == ASK_LIST && to->cells[i].state == ASK_KNOWN)
      to->cells[i].word = copy_entries(arena, field, to->cells[i].word);
  }
  return (int64_t)(intptr_t)to;
}

bool ask_columns_add(struct ask_columns *columns, const struct ask_result *result) {
  if (columns->rows >= columns->capacity) return false;
  for (size_t i = 0; i < columns->item_count; i++) {
    const struct ask_value *v = &result->items[i];
    bool list = columns->catalogue->items[i].kind.type == ASK_LIST && v->state == ASK_KNOWN;
    columns->words[i][columns->rows] =
        list ? copy_entries(columns->entries, &columns->catalogue->items[i], v->word) : v->word;
    columns->states[i][columns->rows] = v->state;
    columns->absences[i][columns->rows] = v->absence;
    if (v->state != ASK_KNOWN || v->absence != ASK_PRESENT) columns->all_known[i] = false;
  }
  columns->rows++;
  return true;
}

/* The fewest bytes for all known words; the others are set to 0, since nobody reads them. */
static uint8_t width_of(int64_t *words, const uint8_t *states, size_t rows) {
  int64_t low = 0, high = 0;
  for (size_t i = 0; i < rows; i++) {
    words[i] = states[i] == ASK_KNOWN ? words[i] : 0;
    low = words[i] < low ? words[i] : low;
    high = words[i] > high ? words[i] : high;
  }
  if (low >= INT8_MIN && high <= INT8_MAX) return 1;
  if (low >= INT16_MIN && high <= INT16_MAX) return 2;
  return low >= INT32_MIN && high <= INT32_MAX ? 4 : 8;
}

void ask_columns_pack(struct ask_columns *columns) {
  columns->capacity = columns->rows;
  for (size_t i = 0; i < columns->item_count; i++) {
    const int64_t *words = columns->words[i];
    if (columns->narrow[i]) continue;
    uint8_t width = width_of(columns->words[i], columns->states[i], columns->rows);
    if (width == 8) continue;
    void *narrow = malloc(columns->rows * width + 1);
    if (!narrow) abort();
    for (size_t row = 0; row < columns->rows; row++) {
      if (width == 1)
        ((int8_t *)narrow)[row] = (int8_t)words[row];
      else if (width == 2)
        ((int16_t *)narrow)[row] = (int16_t)words[row];
      else
        ((int32_t *)narrow)[row] = (int32_t)words[row];
    }
    columns->narrow[i] = narrow;
    columns->width[i] = width;
    free(columns->words[i]);
    columns->words[i] = NULL;
  }
}

struct run {
  struct ask_workspace *w;
  struct ask_column_code **codes; /* by program */
  struct ask_column *items;
  struct ask_column *statuses; /* one block each: states as other programs see them */
  struct ask_column *own;      /* the same words, all known */
};

/* As ask_status_of, a block at a time. The states of `possible` count only where `eligible` is true. */
ASK_KERNEL static void status_kernel(const int64_t *restrict e, const uint8_t *restrict se, const int64_t *restrict p,
                                     const uint8_t *restrict sp, int64_t *restrict words, uint8_t *restrict states,
                                     size_t rows) {
  for (size_t i = 0; i < rows; i++) {
    uint8_t state = se[i] != ASK_KNOWN ? se[i] : e[i] ? sp[i] : ASK_KNOWN;
    int64_t word = !e[i] ? ASK_UNLIKELY : p[i] ? ASK_POSSIBLE : ASK_LIKELY;
    word = state == ASK_UNKNOWN ? ASK_NEED_INFO : word;
    word = state == ASK_FAULT ? ASK_STATUS_ERROR : word;
    word = state == ASK_WITHHELD ? ASK_STATUS_WITHHELD : word;
    words[i] = word;
    states[i] = state;
  }
}

static void block_status(struct run *r, const struct ask_program *program, size_t rows) {
  static const int64_t no[ASK_BLOCK];
  static const uint8_t known[ASK_BLOCK];
  struct ask_column e = ask_column_result(r->codes[program->number], program->eligible->reg), p = {.words = no};
  if (program->possible) p = ask_column_result(r->codes[program->number], program->possible->reg);
  status_kernel(e.words, e.states ? e.states : known, p.words, p.states ? p.states : known,
                (int64_t *)r->statuses[program->number].words, (uint8_t *)r->statuses[program->number].states, rows);
}

ASK_KERNEL static void value_kernel(const int64_t *restrict words, const uint8_t *restrict states,
                                    const int64_t *restrict status, int64_t last_status, int64_t *restrict ret,
                                    uint8_t *restrict ret_has, size_t rows) {
  for (size_t i = 0; i < rows; i++) {
    bool has = (states[i] == ASK_KNOWN) & (status[i] <= last_status);
    ret[i] = has ? words[i] : 0;
    ret_has[i] = has;
  }
}

static void copy_value(const struct ask_column *from, const int64_t *status, int64_t last_status, size_t rows,
                       int64_t *ret, uint8_t *ret_has) {
  static const uint8_t known[ASK_BLOCK];
  int64_t unwanted[ASK_BLOCK];
  uint8_t unwanted_has[ASK_BLOCK];
  value_kernel(from->words, from->states ? from->states : known, status, last_status, ret ? ret : unwanted,
               ret_has ? ret_has : unwanted_has, rows);
}

/* The values of a register, or none where the program does not define it (-1). */
static void value_of(const struct run *r, const struct ask_program *program, int32_t reg, int64_t last_status,
                     size_t rows, int64_t *ret, uint8_t *ret_has) {
  if (reg >= 0 && !program->broken) {
    struct ask_column from = ask_column_result(r->codes[program->number], reg);
    copy_value(&from, r->statuses[program->number].words, last_status, rows, ret, ret_has);
  } else {
    if (ret) memset(ret, 0, rows * sizeof *ret);
    if (ret_has) memset(ret_has, 0, rows);
  }
}

static void block(struct run *r, const struct ask_program *program, size_t first, size_t rows,
                  const struct ask_column_outcome *out) {
  int32_t n = program->number;
  const int64_t *status = r->statuses[n].words;
  if (program->broken) {
    for (size_t i = 0; i < rows; i++) {
      ((int64_t *)status)[i] = ASK_STATUS_ERROR;
      ((uint8_t *)r->statuses[n].states)[i] = ASK_FAULT;
    }
  } else {
    r->w->calling = program;
    ask_frame_pack(r->w, program->pack);
    ask_column_run(r->codes[n], 0, program->status_end, r->items, first, rows, r->statuses, &r->own[n], &r->w->frame);
    block_status(r, program, rows);
    ask_column_run(r->codes[n], program->status_end, program->code.count, r->items, first, rows, r->statuses,
                   &r->own[n], &r->w->frame);
  }
  for (size_t i = 0; out->status && i < rows; i++) out->status[first + i] = (uint8_t)status[i];
  if (out->score || out->has_score)
    value_of(r, program, program->score, ASK_STATUS_ERROR, rows, out->score ? out->score + first : NULL,
             out->has_score ? out->has_score + first : NULL);
  if (out->amount_cents || out->has_amount)
    value_of(r, program, program->amount, ASK_POSSIBLE, rows, out->amount_cents ? out->amount_cents + first : NULL,
             out->has_amount ? out->has_amount + first : NULL);
}

void ask_assess_columns(struct ask_workspace *workspace, int64_t as_of, const struct ask_columns *columns,
                        const struct ask_column_outcome *outcomes) {
  struct ask_workspace *w = workspace;
  const struct ask_catalogue *c = w->catalogue;
  struct ask_arena *arena = ask_arena_new();
  struct run r = {.w = w};
  r.codes = ask_alloc_array(arena, c->program_count, sizeof *r.codes);
  r.items = ask_alloc_array(arena, c->item_count, sizeof *r.items);
  r.statuses = ask_alloc_array(arena, c->program_count, sizeof *r.statuses);
  r.own = ask_alloc_array(arena, c->program_count, sizeof *r.own);
  ask_frame_begin(w, ask_workspace_dated(w, as_of));
  for (size_t i = 0; i < c->item_count; i++) {
    r.items[i] =
        (struct ask_column){.words = columns->words[i], .narrow = columns->narrow[i], .width = columns->width[i]};
    if (columns->all_known[i]) continue;
    r.items[i].states = columns->states[i];
    r.items[i].absences = columns->absences[i];
  }
  for (size_t i = 0; i < c->program_count; i++) {
    const struct ask_program *p = &c->programs[i];
    r.statuses[i] = (struct ask_column){.words = ask_alloc_array(arena, ASK_BLOCK, sizeof(int64_t)),
                                        .states = ask_alloc(arena, ASK_BLOCK)};
    r.own[i] = (struct ask_column){.words = r.statuses[i].words};
    if (p->broken) continue;
    int32_t results[] = {p->eligible->reg, p->possible ? p->possible->reg : -1, p->score, p->amount};
    r.codes[i] = ask_column_prepare(arena, &p->code, results, 4);
    ask_frame_pack(w, p->pack);
    ask_column_day(r.codes[i], &w->frame);
  }
  for (size_t first = 0; first < columns->rows; first += ASK_BLOCK) {
    size_t rows = columns->rows - first < ASK_BLOCK ? columns->rows - first : ASK_BLOCK;
    for (size_t i = 0; i < c->program_count; i++) {
      int32_t n = c->program_order[i];
      block(&r, &c->programs[n], first, rows, &outcomes[n]);
    }
  }
  ask_arena_free(arena);
}
