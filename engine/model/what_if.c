/* What single change of one answer would change a program's status. Each trial changes one fact, computes again only what
 * depends on it, and runs the program (and the programs whose status it reads). */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "model/workspace.h"

/* Per item: the derived and conditional items that change with it, in the order of computing. */
struct ask_dependents {
  int32_t *list;
  size_t count;
};

struct trial {
  struct ask_workspace *w;
  const struct ask_program *program;
  int32_t *programs; /* to run, in order; the program itself last */
  size_t program_count;
  const struct ask_item *item;
  struct ask_value *saved; /* facts before the change: the item, then its dependents */
  enum ask_status now;
  struct ask_change *changes;
  size_t change_count, change_capacity;
};

static bool reads_marked(const struct ask_formula *formula, const bool *marked) {
  for (size_t i = 0; i < formula->read_count; i++)
    if (marked[formula->reads[i]]) return true;
  return false;
}

static bool depends(const struct ask_item *item, const bool *marked) {
  if (reads_marked(&item->computed, marked) || reads_marked(&item->ask_when, marked)) return true;
  if (reads_marked(&item->if_not_asked, marked)) return true;
  for (size_t i = 0; i < item->field_count; i++)
    if (depends(&item->fields[i], marked)) return true;
  return false;
}

static void make_dependents(struct ask_workspace *w) {
  const struct ask_catalogue *c = w->catalogue;
  w->dependents = ask_alloc_array(w->kept, c->item_count, sizeof *w->dependents);
  for (size_t i = 0; i < c->item_count; i++) {
    bool *marked = ask_alloc_array(w->arena, c->item_count, sizeof *marked);
    struct ask_dependents *d = &w->dependents[i];
    int32_t *found = ask_alloc_array(w->arena, c->item_count, sizeof *found);
    marked[i] = true;
    for (size_t k = 0; k < c->item_order_count; k++) {
      int32_t n = c->item_order[k];
      if (n == (int32_t)i || !depends(&c->items[n], marked)) continue;
      marked[n] = true;
      found[d->count++] = n;
    }
    d->list = ask_alloc_array(w->kept, d->count, sizeof *d->list);
    if (d->count) memcpy(d->list, found, d->count * sizeof *found);
  }
}

static void closure(struct trial *t, int32_t number, bool *done) {
  const struct ask_program *p = &t->w->catalogue->programs[number];
  if (done[number]) return;
  done[number] = true;
  for (size_t i = 0; i < p->depends_count; i++) closure(t, p->depends_on[i], done);
  t->programs[t->program_count++] = number;
}

static enum ask_status status_with(struct trial *t, struct ask_value value) {
  struct ask_workspace *w = t->w;
  const struct ask_dependents *d = &w->dependents[t->item->number];
  w->items[t->item->number] = value;
  for (size_t i = 0; i < d->count; i++)
    ask_facts_item(w, &w->catalogue->items[d->list[i]], &w->result.answers->items[d->list[i]], NULL);
  for (size_t i = 0; i < t->program_count; i++) ask_run_status(w, &w->catalogue->programs[t->programs[i]]);
  return (enum ask_status)w->statuses[t->program->number].word;
}

static enum ask_status status_at(struct trial *t, int64_t word) {
  return status_with(t, (struct ask_value){.word = word});
}

static void found(struct trial *t, enum ask_change_kind kind, int64_t word, enum ask_status status) {
  if (status > ASK_UNLIKELY) return; /* a value that the rule cannot compute with is no advice */
  for (size_t i = 0; i < t->change_count; i++) {
    const struct ask_change *c = &t->changes[i];
    if (c->item == t->item->number && c->kind == kind && c->status == status && kind != ASK_CHANGE_TO) return;
  }
  struct ask_change *slot = ask_push(t->w->arena, &t->changes, &t->change_count, &t->change_capacity, sizeof *slot);
  *slot = (struct ask_change){
      .item = t->item->number, .kind = kind, .from = t->saved[0], .to = {.word = word}, .status = status};
}

/* Where a status ends: the nearest value with another one, and which. */
struct end {
  int64_t word;
  enum ask_status status;
};

/* Between `same` (status s) and `other` (another status): the value nearest to `same` that is not s. */
static struct end bisect(struct trial *t, int64_t same, enum ask_status s, int64_t other) {
  while (llabs(other - same) > 1) {
    int64_t middle = same + (other - same) / 2;
    if (status_at(t, middle) == s)
      same = middle;
    else
      other = middle;
  }
  return (struct end){other, status_at(t, other)};
}

static void limits(const struct trial *t, int64_t *ret_low, int64_t *ret_high) {
  static const struct {
    int64_t low, high;
  } ranges[] = {[ASK_INTEGER] = {0, 1000},
                [ASK_DECIMAL] = {0, 1000 * (int64_t)ASK_DECIMAL_ONE},
                [ASK_MONEY] = {0, 100000000},
                [ASK_DATE] = {0, 0}};
  struct ask_workspace *w = t->w;
  const struct ask_item *item = t->item;
  *ret_low = ranges[item->kind.type].low;
  *ret_high = ranges[item->kind.type].high;
  if (item->kind.type == ASK_DATE) {
    *ret_low = w->frame.as_of - 120 * 366;
    *ret_high = w->frame.as_of + 366;
  }
  struct ask_value bound;
  if (item->min.code && (bound = ask_evaluate_expression(item->min.code, &w->frame)).state == ASK_KNOWN)
    *ret_low = bound.word;
  if (item->max.code && (bound = ask_evaluate_expression(item->max.code, &w->frame)).state == ASK_KNOWN)
    *ret_high = bound.word;
}

enum { EVERY_VALUE = 150 };

/* Doubling steps from `start` towards `limit` until the status differs, then the exact place; whole numbers of a small range one
 * by one, so that a narrow band (18 to 20) is not stepped over. False when the status never differs. */
static bool search(struct trial *t, int64_t start, enum ask_status s, int64_t limit, int64_t step, struct end *ret) {
  bool every = t->item->kind.type == ASK_INTEGER && llabs(limit - start) <= EVERY_VALUE;
  int64_t same = start;
  while (same != limit) {
    int64_t next = llabs(limit - same) <= llabs(step) ? limit : same + step;
    if (status_at(t, next) != s) {
      *ret = bisect(t, same, s, next);
      return true;
    }
    same = next;
    if (!every) step *= 2;
  }
  return false;
}

static void try_numbers(struct trial *t) {
  int64_t low, high, unit = t->item->kind.type == ASK_MONEY ? 6400 : t->item->kind.type == ASK_DECIMAL ? 250000 : 1;
  struct end end;
  limits(t, &low, &high);
  if (low > high) return;
  if (t->saved[0].state == ASK_KNOWN && t->saved[0].word >= low && t->saved[0].word <= high) {
    if (search(t, t->saved[0].word, t->now, low, -unit, &end)) found(t, ASK_CHANGE_AT_MOST, end.word, end.status);
    if (search(t, t->saved[0].word, t->now, high, unit, &end)) found(t, ASK_CHANGE_AT_LEAST, end.word, end.status);
    return;
  }
  /* no answer yet: what its lowest value would give, and where that ends */
  enum ask_status s = status_at(t, low);
  bool ends = search(t, low, s, high, unit, &end);
  if (s != t->now && ends) found(t, ASK_CHANGE_AT_MOST, end.word - 1, s);
  if (s != t->now && !ends) found(t, ASK_CHANGE_AT_LEAST, low, s);
  if (ends && end.status != t->now) found(t, ASK_CHANGE_AT_LEAST, end.word, end.status);
}

static void try_words(struct trial *t) {
  enum ask_type type = t->item->kind.type;
  int64_t count = type == ASK_BOOL ? 2 : t->item->kind.options->count;
  for (int64_t i = 0; i < count; i++) {
    int64_t word = i;
    if (type != ASK_BOOL && t->item->kind.options->list[i].declines) continue;
    if (type == ASK_CHOICES) word = (t->saved[0].state == ASK_KNOWN ? t->saved[0].word : 0) ^ ((int64_t)1 << i);
    if (t->saved[0].state == ASK_KNOWN && t->saved[0].word == word) continue;
    enum ask_status s = status_at(t, word);
    if (s != t->now) found(t, ASK_CHANGE_TO, word, s);
  }
}

static void try_item(struct trial *t, const struct ask_item *item) {
  struct ask_workspace *w = t->w;
  const struct ask_dependents *d = &w->dependents[item->number];
  if (item->kind.type == ASK_TEXT || item->kind.type == ASK_LIST) return;
  if (!item->asked && !item->derived) return;
  if (w->items[item->number].state == ASK_WITHHELD || w->items[item->number].absence == ASK_NOT_ASKED) return;
  t->item = item;
  t->saved[0] = w->items[item->number];
  for (size_t i = 0; i < d->count; i++) t->saved[i + 1] = w->items[d->list[i]];
  if (item->kind.type == ASK_BOOL || item->kind.type == ASK_CHOICE || item->kind.type == ASK_CHOICES)
    try_words(t);
  else
    try_numbers(t);
  w->items[item->number] = t->saved[0];
  for (size_t i = 0; i < d->count; i++) w->items[d->list[i]] = t->saved[i + 1];
}

static int better_first(const void *a, const void *b) {
  const struct ask_change *x = a, *y = b;
  if (x->status != y->status) return x->status < y->status ? -1 : 1;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return (x->to.word > y->to.word) - (x->to.word < y->to.word);
}

/* A derived item that nobody is asked says nothing new where an answer that it follows from is named already. */
static bool follows_from_another(const struct trial *t, const struct ask_change *change) {
  if (t->w->catalogue->items[change->item].asked) return false;
  for (size_t i = 0; i < t->change_count; i++) {
    const struct ask_dependents *d = &t->w->dependents[t->changes[i].item];
    for (size_t k = 0; k < d->count; k++)
      if (d->list[k] == change->item && t->changes[i].status == change->status) return true;
  }
  return false;
}

static void drop_derived(struct trial *t) {
  bool *drop = ask_alloc_array(t->w->arena, t->change_count, sizeof *drop);
  size_t count = 0;
  for (size_t i = 0; i < t->change_count; i++) drop[i] = follows_from_another(t, &t->changes[i]);
  for (size_t i = 0; i < t->change_count; i++)
    if (!drop[i]) t->changes[count++] = t->changes[i];
  t->change_count = count;
}

struct unmet {
  struct trial *t;
  const struct ask_node **list;
  size_t count, capacity;
};

static void collect_unmet(struct unmet *u, const struct ask_node *node, bool wanted) {
  const uint8_t *states = u->t->w->states[u->t->program->number];
  const int64_t *words = u->t->w->words[u->t->program->number];
  if (states[node->reg] != ASK_KNOWN || (words[node->reg] != 0) == wanted) return; /* not known yet is not unmet */
  if (node->spec->kind == ASK_RULE) {
    *(const struct ask_node **)ask_push(u->t->w->arena, &u->list, &u->count, &u->capacity, sizeof *u->list) = node;
    return;
  }
  for (size_t i = 0; i < node->child_count; i++)
    collect_unmet(u, &node->children[i], node->spec->kind == ASK_NONE ? !wanted : wanted);
}

void ask_what_if(struct ask_workspace *workspace, const struct ask_program *program, struct ask_what_if *ret) {
  struct ask_workspace *w = workspace;
  const struct ask_catalogue *c = w->catalogue;
  struct trial t = {.w = w, .program = program};
  *ret = (struct ask_what_if){.status = ASK_STATUS_ERROR};
  if (program->broken) return;
  if (!w->dependents) make_dependents(w);
  t.programs = ask_alloc_array(w->arena, c->program_count, sizeof *t.programs);
  t.saved = ask_alloc_array(w->arena, c->item_count + 1, sizeof *t.saved);
  closure(&t, program->number, ask_alloc_array(w->arena, c->program_count, sizeof(bool)));
  t.now = (enum ask_status)w->statuses[program->number].word;
  for (size_t i = 0; i < program->read_count; i++) try_item(&t, &c->items[program->reads[i]]);
  for (size_t i = 0; i < t.program_count; i++) {
    ask_run_status(w, &c->programs[t.programs[i]]); /* registers as the last result had them */
    const struct ask_program *p = &c->programs[t.programs[i]];
    if (!p->broken)
      ask_evaluate_scheduled(&p->code, &p->other_steps, w->words[p->number], w->states[p->number], &w->frame);
  }
  drop_derived(&t);
  if (t.change_count > 1) qsort(t.changes, t.change_count, sizeof *t.changes, better_first);
  struct unmet u = {.t = &t};
  collect_unmet(&u, program->eligible, true);
  *ret = (struct ask_what_if){t.now, t.changes, t.change_count, u.list, u.count};
}
