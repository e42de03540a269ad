/* What a program waits for: from registers that are not known back to the questions that a person can answer. */
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"

struct search {
  struct ask_workspace *w;
  struct ask_frame *frame; /* of the code being searched */
  struct ask_missing_list *found;
  uint8_t *seen; /* items looked at */
  size_t leaves; /* how many there were, also those seen before */
};

static void add(struct search *s, int32_t item, const char *path, enum ask_absence absence) {
  for (size_t i = 0; i < s->found->count; i++)
    if (s->found->list[i].item == item && strcmp(s->found->list[i].path, path) == 0) return;
  struct ask_missing *slot =
      ask_push(s->w->arena, &s->found->list, &s->found->count, &s->found->capacity, sizeof *slot);
  *slot = (struct ask_missing){item, path, absence};
}

static void leaf(void *context, const struct ask_unknown_leaf *leaf);

/* The unknowns inside a form expression, which stands inside `depth` entries. Its registers are its own: the frame's are in
 * use by the search that led here; so are the entries and bodies further in, when that search stands deeper. */
static void search_formula(struct search *s, const struct ask_formula *formula, int depth,
                           const struct ask_unknown_leaf *outside) {
  const struct ask_code *code = formula->code;
  int64_t *words = ask_alloc_array(s->w->arena, code->count, sizeof *words);
  uint8_t *states = ask_alloc_array(s->w->arena, code->count, 2);
  struct ask_frame *before = s->frame, own = *before;
  if (before->depth != depth) {
    own.depth = depth;
    own.bodies = ask_alloc_array(s->w->arena, ASK_MAX_ENTRY_DEPTH + 1, sizeof *own.bodies);
    s->frame = &own;
  }
  ask_evaluate(code, 0, code->count, words, states, s->frame);
  ask_code_unknowns(code, words, states, code->result, states + code->count, s->frame, outside, leaf, s);
  s->frame = before;
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
    search_formula(s, &item->ask_when, 0, NULL);
    if (s->leaves > before) return;
  }
  if (value->absence == ASK_NOT_ASKED) { /* another answer closed it: that is what can be given anew */
    bool named = false;
    for (size_t i = 0; i < item->ask_when.read_count; i++) {
      const struct ask_item *gate = &w->catalogue->items[item->ask_when.reads[i]];
      if (!gate->asked) continue;
      add(s, gate->number, gate->spec->id, (enum ask_absence)w->items[gate->number].absence);
      named = true;
    }
    if (named) return;
  }
  if (!item->asked && item->computed.code) {
    search_formula(s, &item->computed, 0, NULL);
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
      ask_buffer_clear(&path); /* a list of its own, looked through for each entry of another */
    } else if (list) {
      list = &list->fields[from->b];
    }
    if (!list) break;
    ask_buffer_printf(&path, "%s%s[%u]", path.length ? "." : "", list->spec->id, leaf_found->path[d].entry);
  }
  if (list) {
    const struct ask_item *field = &list->fields[in->b];
    uint8_t absence = s->frame->entries[in->a][in->b].absence;
    size_t before = s->leaves;
    if (field->ask_when.code && absence != ASK_NOT_ASKED) search_formula(s, &field->ask_when, in->a + 1, leaf_found);
    if (s->leaves == before && !field->asked && field->computed.code)
      search_formula(s, &field->computed, in->a + 1, leaf_found);
    ask_buffer_printf(&path, ".%s", field->spec->id);
    if (s->leaves == before)
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

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

int ask_path_order(const char *a, const char *b) {
  while (*a && *b) {
    if (is_digit(*a) && is_digit(*b)) {
      long x = strtol(a, (char **)&a, 10), y = strtol(b, (char **)&b, 10);
      if (x != y) return x < y ? -1 : 1;
    } else if (*a != *b) {
      break;
    } else {
      a++, b++;
    }
  }
  return (unsigned char)*a - (unsigned char)*b;
}

static int in_form_order(const void *a, const void *b) {
  const struct ask_missing *x = a, *y = b;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  return ask_path_order(x->path, y->path);
}

void ask_missing_collect(struct ask_workspace *w, const struct ask_program *program, const int32_t *registers,
                         size_t register_count, struct ask_missing_list *ret) {
  struct search s = {.w = w, .frame = &w->frame, .found = ret, .seen = ask_alloc(w->arena, w->catalogue->item_count)};
  uint8_t *seen = ask_alloc(w->arena, program->code.count);
  for (size_t i = 0; i < register_count; i++)
    ask_code_unknowns(&program->code, w->words[program->number], w->states[program->number], registers[i], seen,
                      &w->frame, NULL, leaf, &s);
  if (ret->count > 1) qsort(ret->list, ret->count, sizeof *ret->list, in_form_order);
}
