/* What to ask next, and what need not be asked. */
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"

struct builder {
  struct ask_workspace *w;
  struct ask_next *list;
  size_t count, capacity;
  size_t *block_capacity;
  size_t block_capacity_count;
};

static struct ask_next *entry(struct builder *b, const struct ask_missing *m) {
  for (size_t i = 0; i < b->count; i++)
    if (b->list[i].item == m->item && strcmp(b->list[i].path, m->path) == 0) return &b->list[i];
  struct ask_next *slot = ask_push(b->w->arena, &b->list, &b->count, &b->capacity, sizeof *slot);
  int32_t *blocks = ask_alloc_array(b->w->arena, b->w->catalogue->program_count, sizeof *blocks);
  *slot = (struct ask_next){.item = m->item, .path = m->path, .blocks = blocks};
  return slot;
}

static int most_blocking_first(const void *a, const void *b) {
  const struct ask_next *x = a, *y = b;
  if (x->first != y->first) return x->first ? -1 : 1;
  if (x->block_count != y->block_count) return x->block_count > y->block_count ? -1 : 1;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  return ask_path_order(x->path, y->path);
}

static bool reads(const struct ask_program *program, int32_t item) {
  for (size_t i = 0; i < program->read_count; i++)
    if (program->reads[i] == item) return true;
  return false;
}

static bool decides_urgency(const struct ask_determination *d, int32_t item) {
  for (size_t i = 0; i < d->could_be_missing_count; i++)
    if (d->could_be_missing[i].item == item) return true;
  return false;
}

static bool is_next(const struct builder *b, int32_t item) {
  for (size_t i = 0; i < b->count; i++)
    if (b->list[i].item == item) return true;
  return false;
}

enum ask_applies ask_item_applies(struct ask_workspace *w, const struct ask_item *item) {
  if (w->items[item->number].absence == ASK_NOT_ASKED) return ASK_APPLIES_NOT;
  if (!item->ask_when.code) return ASK_APPLIES;
  struct ask_value asked = ask_evaluate_expression(item->ask_when.code, &w->frame);
  return asked.state == ASK_KNOWN ? ASK_APPLIES : ASK_APPLIES_MAYBE;
}

/* It may still matter: it waits for the answer that says whether it applies. */
static bool waits(struct ask_workspace *w, const struct ask_item *item) {
  if (!item->ask_when.code || ask_evaluate_expression(item->ask_when.code, &w->frame).state != ASK_UNKNOWN)
    return false;
  for (size_t k = 0; k < w->result.determination_count; k++)
    if (w->result.determinations[k].status == ASK_NEED_INFO && reads(w->result.determinations[k].program, item->number))
      return true;
  return false;
}

static size_t not_asked(struct builder *b, const struct ask_not_asked **ret) {
  struct ask_workspace *w = b->w;
  struct ask_not_asked *list = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < w->catalogue->item_count; i++) {
    const struct ask_item *item = &w->catalogue->items[i];
    const struct ask_value *value = &w->items[i];
    enum ask_not_asked_why why = ASK_NOT_ASKED_UNREAD;
    bool hidden = value->absence == ASK_NOT_ASKED;
    if (!ask_packs_have(w->packs, item->pack)) continue;
    if (!item->asked || (value->state == ASK_KNOWN && !hidden) || is_next(b, item->number)) continue;
    if (waits(w, item)) continue;
    for (size_t k = 0; k < w->result.determination_count; k++)
      if (reads(w->result.determinations[k].program, item->number)) why = ASK_NOT_ASKED_DECIDED;
    for (size_t k = 0; k < w->result.determination_count; k++)
      if (decides_urgency(&w->result.determinations[k], item->number)) why = ASK_NOT_ASKED_URGENCY;
    if (hidden) why = ASK_NOT_ASKED_HIDDEN;
    if (value->absence == ASK_DECLINED || value->absence == ASK_NOT_KNOWN) why = ASK_NOT_ASKED_GIVEN_ABSENT;
    struct ask_not_asked *slot = ask_push(w->arena, &list, &count, &capacity, sizeof *slot);
    *slot = (struct ask_not_asked){item->number, why};
  }
  *ret = list;
  return count;
}

/* What has to be known before anything else: whether somebody is in danger. */
static void before_all(struct builder *b) {
  const struct ask_catalogue *c = b->w->catalogue;
  for (size_t o = 0; o < c->overview_count; o++) {
    const struct ask_overview *overview = &c->overviews[o];
    const uint8_t *states = b->w->states[overview->program.number];
    if (!ask_packs_have(b->w->result.packs, overview->pack)) continue;
    for (size_t i = 0; i < overview->spec->step_count; i++) {
      const struct ask_remark *step = &overview->steps[i];
      struct ask_missing_list missing = {0};
      if (!step->spec->ask_first || states[step->when->reg] != ASK_UNKNOWN) continue;
      ask_missing_collect(b->w, &overview->program, &step->when->reg, 1, &missing);
      for (size_t k = 0; k < missing.count; k++)
        if (missing.list[k].absence == ASK_UNANSWERED) entry(b, &missing.list[k])->first = true;
    }
  }
}

size_t ask_next_items(struct ask_workspace *workspace, const struct ask_next **ret_next,
                      const struct ask_not_asked **ret_not_asked, size_t *ret_not_asked_count) {
  struct builder b = {.w = workspace};
  const struct ask_result *result = &workspace->result;
  for (size_t i = 0; i < result->determination_count; i++) {
    const struct ask_determination *d = &result->determinations[i];
    for (size_t k = 0; k < d->missing_count; k++) {
      if (d->missing[k].absence != ASK_UNANSWERED) continue;
      struct ask_next *next = entry(&b, &d->missing[k]);
      ((int32_t *)next->blocks)[next->block_count++] = d->program->number;
    }
  }
  before_all(&b);
  if (b.count > 1) qsort(b.list, b.count, sizeof *b.list, most_blocking_first);
  *ret_next = b.list;
  if (ret_not_asked) *ret_not_asked_count = not_asked(&b, ret_not_asked);
  return b.count;
}
