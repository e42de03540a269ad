/* The order in which items can be computed: what an item's expressions read comes first. A cycle is refused with its path. */
#include <string.h>

#include "model/builder.h"

struct sorter {
  struct ask_builder *b;
  uint8_t *mark; /* 0 new, 1 on the path, 2 done */
  int32_t *path;
  size_t path_length;
  int32_t *order;
  size_t count;
  bool failed;
  bool again; /* a plugin's item was taken out of a cycle */
};

static void visit(struct sorter *s, int32_t number);

static void visit_formula(struct sorter *s, const struct ask_formula *formula) {
  for (size_t i = 0; i < formula->read_count && !s->failed; i++) visit(s, formula->reads[i]);
}

static void visit_expressions(struct sorter *s, const struct ask_item *item) {
  visit_formula(s, &item->computed);
  visit_formula(s, &item->ask_when);
  visit_formula(s, &item->if_not_asked);
  for (size_t i = 0; i < item->field_count && !s->failed; i++) visit_expressions(s, &item->fields[i]);
}

static void report_cycle(struct sorter *s, int32_t number) {
  struct ask_buffer path = {0};
  size_t from = 0;
  while (from < s->path_length && s->path[from] != number) from++;
  for (size_t i = from; i < s->path_length; i++) ask_buffer_printf(&path, "%s -> ", s->b->items[s->path[i]].spec->id);
  ask_buffer_puts(&path, s->b->items[number].spec->id);
  for (size_t i = from; i < s->path_length && !s->again; i++) {
    struct ask_item *item = &s->b->items[s->path[i]];
    int32_t program = item->program;
    if (program < 0) continue;
    /* a plugin brought the item that closes the cycle: it costs that program, not the form */
    item->ask_when = item->computed = item->if_not_asked = (struct ask_formula){0};
    if (!s->b->programs[program].broken)
      s->b->programs[program].broken =
          ask_printf(s->b->arena, "its items depend on each other in a cycle: %s", path.bytes);
    s->again = true;
  }
  ask_problem_add(s->b->problems, ASK_ERROR, "cycle", s->b->items[number].spec->at, NULL,
                  "an item cannot depend on itself: break the chain at one ask_when or computed", "a cycle: %s",
                  path.bytes);
  ask_buffer_free(&path);
  s->failed = true;
}

static void visit(struct sorter *s, int32_t number) {
  if (s->mark[number] == 2 || s->failed) return;
  if (s->mark[number] == 1) {
    report_cycle(s, number);
    return;
  }
  s->mark[number] = 1;
  s->path[s->path_length++] = number;
  visit_expressions(s, &s->b->items[number]);
  s->path_length--;
  s->mark[number] = 2;
  if (!s->failed) s->order[s->count++] = number;
}

/* Fields may read each other and those of enclosing entries; a simple repeated pass is enough for a handful of fields. */
static bool field_reads(const struct ask_formula *formula, size_t depth, size_t field) {
  if (!formula->code) return false;
  for (size_t i = 0; i < formula->code->count; i++) {
    const struct ask_instruction *in = &formula->code->list[i];
    if ((in->operation == ASK_I_FIELD || in->operation == ASK_I_FIELD_ANSWERED) && (size_t)in->a == depth &&
        (size_t)in->b == field)
      return true;
  }
  return false;
}

static bool order_fields(struct ask_builder *b, struct ask_item *list, size_t depth) {
  int32_t *order = ask_alloc_array(b->arena, list->field_count, sizeof *order);
  bool *done = ask_alloc_array(b->arena, list->field_count, sizeof *done);
  size_t count = 0;
  for (bool progress = true; progress;) {
    progress = false;
    for (size_t i = 0; i < list->field_count; i++) {
      const struct ask_item *f = &list->fields[i];
      bool ready = !done[i];
      for (size_t k = 0; k < list->field_count && ready; k++) {
        bool reads = field_reads(&f->computed, depth, k) || field_reads(&f->ask_when, depth, k);
        for (size_t n = 0; n < f->field_count && !reads; n++)
          reads = k != i &&
                  (field_reads(&f->fields[n].computed, depth, k) || field_reads(&f->fields[n].ask_when, depth, k));
        if (reads && !done[k]) ready = false;
      }
      if (!ready) continue;
      order[count++] = (int32_t)i;
      done[i] = progress = true;
    }
  }
  list->field_order = order;
  for (size_t i = 0; i < list->field_count; i++) {
    struct ask_item *f = (struct ask_item *)&list->fields[i];
    if (!done[i]) {
      ask_problem_add(b->problems, ASK_ERROR, "cycle", f->spec->at, NULL, NULL, "field %s.%s depends on itself",
                      list->spec->id, f->spec->id);
      return false;
    }
    if (f->kind.type == ASK_LIST && !order_fields(b, f, depth + 1)) return false;
  }
  return true;
}

struct label_list {
  const char **list;
  size_t count, capacity;
};

static void add_label_list(struct ask_builder *b, struct label_list *labels, const char *const *from, size_t count) {
  for (size_t k = 0; k < count; k++) {
    bool known = false;
    for (size_t j = 0; j < labels->count; j++) known = known || strcmp(labels->list[j], from[k]) == 0;
    if (!known)
      *(const char **)ask_push(b->arena, &labels->list, &labels->count, &labels->capacity, sizeof *labels->list) =
          from[k];
  }
}

/* Its own labels, those of the fields of a list, and those of what it is computed from. */
static void gather_labels(struct ask_builder *b, struct label_list *labels, const struct ask_item *item) {
  add_label_list(b, labels, item->spec->labels, item->spec->label_count);
  for (size_t i = 0; i < item->computed.read_count; i++) {
    const struct ask_item *from = &b->items[item->computed.reads[i]];
    add_label_list(b, labels, from->labels, from->label_count);
  }
  for (size_t i = 0; i < item->field_count; i++) gather_labels(b, labels, &item->fields[i]);
}

static void add_labels(struct ask_builder *b, struct ask_item *item) {
  struct label_list labels = {0};
  gather_labels(b, &labels, item);
  item->labels = labels.list;
  item->label_count = labels.count;
}

/* The part of one pack: nothing in it reads what belongs to another one. */
static struct ask_range take_order(struct ask_catalogue *c, const struct sorter *s, int32_t pack, int32_t *order) {
  struct ask_range range = {.first = c->item_order_count};
  for (size_t i = 0; i < s->count; i++) {
    const struct ask_item *item = &s->b->items[s->order[i]];
    if (item->pack == pack && (item->ask_when.code || item->computed.code || item->kind.type == ASK_LIST))
      order[c->item_order_count++] = item->number;
  }
  range.end = c->item_order_count;
  return range;
}

bool ask_build_order(struct ask_builder *b) {
  struct ask_catalogue *c = b->catalogue;
  struct sorter s = {.b = b,
                     .mark = ask_alloc(b->arena, c->item_count),
                     .path = ask_alloc_array(b->arena, c->item_count, sizeof *s.path),
                     .order = ask_alloc_array(b->arena, c->item_count, sizeof *s.order)};
  do {
    memset(s.mark, 0, c->item_count);
    s.failed = s.again = false;
    s.count = s.path_length = 0;
    for (size_t i = 0; i < c->item_count && !s.failed; i++) visit(&s, (int32_t)i);
  } while (s.again);
  if (s.failed) return false;
  for (size_t i = 0; i < s.count; i++) {
    struct ask_item *item = &b->items[s.order[i]];
    if (item->kind.type == ASK_LIST && !order_fields(b, item, 0)) return false;
    add_labels(b, item);
  }
  int32_t *order = ask_alloc_array(b->arena, s.count, sizeof *order);
  c->item_order = order;
  c->form_order = take_order(c, &s, -1, order);
  for (size_t i = 0; i < c->pack_count; i++) b->packs[i].item_order = take_order(c, &s, (int32_t)i, order);
  return true;
}
