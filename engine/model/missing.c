/* What a program waits for: from registers that are not known back to the questions that a person can answer. */
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"

struct search {
  struct ask_workspace *w;
  struct ask_missing_list *found;
  uint8_t *seen;             /* items looked at */
  size_t leaves;             /* how many there were, also those seen before */
};

static void add(struct search *s, int32_t item, const char *path, enum ask_absence absence) {
  for (size_t i = 0; i < s->found->count; i++)
    if (s->found->list[i].item == item && strcmp(s->found->list[i].path, path) == 0) return;
  struct ask_missing *slot =
      ask_push(s->w->arena, &s->found->list, &s->found->count, &s->found->capacity, sizeof *slot);
  *slot = (struct ask_missing){item, path, absence};
}

static void leaf(void *context, const struct ask_unknown_leaf *leaf);

/* The unknowns inside a form expression. Its registers are its own: the frame's are in use by the search that led here. */
static void search_formula(struct search *s, const struct ask_formula *formula, const struct ask_unknown_leaf *outside) {
  const struct ask_code *code = formula->code;
  int64_t *words = ask_alloc_array(s->w->arena, code->count, sizeof *words);
  uint8_t *states = ask_alloc_array(s->w->arena, code->count, 2);
  ask_evaluate(code, 0, code->count, words, states, &s->w->frame);
  ask_code_unknowns(code, words, states, code->result, states + code->count, &s->w->frame, outside, leaf, s);
}

static void item_leaf(struct search *s, int32_t number) {
  struct ask_workspace *w = s->w;
  const struct ask_item *item = &w->catalogue->items[number];
  const struct ask_value *value = &w->items[number];
  if (s->seen[number] || value->state == ASK_WITHHELD) return;
  s->seen[number] = 1;
  size_t before = s->leaves;
  if (item->ask_when.code && value->absence != ASK_NOT_ASKED) {
    /* not asked yet, because it is not known whether it applies: ask that first */
    search_formula(s, &item->ask_when, NULL);
    if (s->leaves > before) return;
  }
  if (!item->asked && item->computed.code) {
    search_formula(s, &item->computed, NULL);
    if (s->leaves > before) return;
  }
  add(s, number, item->spec->id, value->absence == ASK_PRESENT ? ASK_UNANSWERED : (enum ask_absence)value->absence);
}

static void field_leaf(struct search *s, const struct ask_unknown_leaf *leaf_found) {
  struct ask_workspace *w = s->w;
  const struct ask_instruction *in = leaf_found->instruction;
  const struct ask_item *list = NULL;
  int32_t number = -1;
  struct ask_buffer path = {0};
  for (int d = 0; d <= in->a; d++) {
    const struct ask_instruction *from = leaf_found->path[d].list;
    if (from->operation == ASK_I_ITEM) {
      number = from->a;
      list = &w->catalogue->items[number];
    } else if (list) {
      list = &list->fields[from->b];
    }
    if (!list) break;
    ask_buffer_printf(&path, "%s%s[%u]", d ? "." : "", list->spec->id, leaf_found->path[d].entry);
  }
  const struct ask_item *field = list ? &list->fields[in->b] : NULL;
  if (field && !field->asked && field->computed.code) {
    int depth = w->frame.depth;
    w->frame.depth = in->a + 1;
    search_formula(s, &field->computed, leaf_found);
    w->frame.depth = depth;
  } else if (field) {
    ask_buffer_printf(&path, ".%s", field->spec->id);
    uint8_t absence = w->frame.entries[in->a][in->b].absence;
    add(s, number, ask_strdup(w->arena, path.bytes), absence ? (enum ask_absence)absence : ASK_UNANSWERED);
  }
  ask_buffer_free(&path);
}

static void leaf(void *context, const struct ask_unknown_leaf *found) {
  struct search *s = context;
  const struct ask_instruction *in = found->instruction;
  s->leaves++;
  if (found->state == ASK_WITHHELD) return;
  if (in->operation == ASK_I_ITEM) {
    item_leaf(s, in->a);
  } else if (in->operation == ASK_I_FIELD) {
    field_leaf(s, found);
  } else {
    for (size_t i = 0; i < s->w->missing_count[in->a]; i++) {
      const struct ask_missing *m = &s->w->missing[in->a][i];
      add(s, m->item, m->path, m->absence);
    }
  }
}

static int in_form_order(const void *a, const void *b) {
  const struct ask_missing *x = a, *y = b;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  return strcmp(x->path, y->path);
}

void ask_missing_collect(struct ask_workspace *w, const struct ask_program *program, const int32_t *registers,
                         size_t register_count, struct ask_missing_list *ret) {
  struct search s = {.w = w, .found = ret, .seen = ask_alloc(w->arena, w->catalogue->item_count)};
  uint8_t *seen = ask_alloc(w->arena, program->code.count);
  for (size_t i = 0; i < register_count; i++)
    ask_code_unknowns(&program->code, w->words[program->number], w->states[program->number], registers[i], seen, &w->frame,
                      NULL, leaf, &s);
  if (ret->count > 1) qsort(ret->list, ret->count, sizeof *ret->list, in_form_order);
}
