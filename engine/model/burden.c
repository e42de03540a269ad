/* Counts questions, and plays the intake of a household. */
#include "model/burden.h"

#include <stdlib.h>
#include <string.h>

/* ---- what intakes ask ----------------------------------------------------------------------------------------------- */

static int most_used_first(const void *a, const void *b) {
  const struct ask_burden_item *x = a, *y = b;
  if (x->uses != y->uses) return x->uses > y->uses ? -1 : 1;
  return (x->item > y->item) - (x->item < y->item);
}

static bool is_for_all(const struct ask_item *item) { return item->asked && item->spec->every_intake; }

/* Adds the questions of one program's own intake. */
static size_t count_program(const struct ask_catalogue *c, const struct ask_program *program, size_t *uses) {
  size_t count = 0;
  for (size_t i = 0; i < c->item_count; i++)
    if (is_for_all(&c->items[i]) && ask_packs_have((ask_packs)1 << program->pack, c->items[i].pack))
      uses[i]++, count++;
  for (size_t i = 0; i < program->question_count; i++)
    if (!is_for_all(&c->items[program->questions[i]])) uses[program->questions[i]]++, count++;
  return count;
}

void ask_burden_count(struct ask_arena *arena, const struct ask_catalogue *catalogue, const bool *programs,
                      struct ask_burden *ret) {
  const struct ask_catalogue *c = catalogue;
  bool *counted = ask_alloc_array(arena, c->program_count, sizeof *counted);
  size_t *questions = ask_alloc_array(arena, c->program_count, sizeof *questions);
  size_t *uses = ask_alloc_array(arena, c->item_count, sizeof *uses);
  struct ask_burden_item *items = ask_alloc_array(arena, c->item_count, sizeof *items);
  struct ask_burden burden = {.programs = counted, .questions = questions, .items = items};
  for (size_t i = 0; i < c->program_count; i++) {
    if ((programs && !programs[i]) || c->programs[i].broken) continue;
    counted[i] = true;
    burden.program_count++;
    questions[i] = count_program(c, &c->programs[i], uses);
    burden.separate += questions[i];
  }
  for (size_t i = 0; i < c->item_count; i++) {
    if (!uses[i]) continue;
    items[burden.merged++] = (struct ask_burden_item){(int32_t)i, uses[i]};
    burden.every_intake += is_for_all(&c->items[i]);
    burden.gated += c->items[i].ask_when.code != NULL;
    burden.single += uses[i] == 1;
  }
  if (burden.merged > 1) qsort(items, burden.merged, sizeof *items, most_used_first);
  *ret = burden;
}

/* ---- what one household is asked ------------------------------------------------------------------------------------ */

struct play {
  struct ask_arena *arena;
  struct ask_workspace *workspace;
  const struct ask_catalogue *catalogue;
  const struct ask_value *known; /* what the household would say, by item; UNKNOWN: it does not know */
  bool *hidden;                  /* not asked of this household, whatever else it says */
  bool *was_asked;
  struct ask_answers *given; /* so far */
  int32_t *asked;
  size_t asked_count;
};

/* Everything the household would say: what it gave, and totals that follow from it. */
static bool know(struct play *p, const struct ask_answers *answers, const struct ask_assess_options *options,
                 struct ask_problems *problems) {
  const struct ask_catalogue *c = p->catalogue;
  const struct ask_result *result = ask_assess(p->workspace, answers, options, problems);
  if (!result) return false;
  struct ask_value *known = ask_alloc_array(p->arena, c->item_count, sizeof *known);
  p->hidden = ask_alloc_array(p->arena, c->item_count, sizeof *p->hidden);
  for (size_t i = 0; i < c->item_count; i++) {
    const struct ask_value *fact = &result->items[i];
    bool follows = c->items[i].derived && c->items[i].kind.type != ASK_LIST && fact->state == ASK_KNOWN;
    p->hidden[i] = fact->absence == ASK_NOT_ASKED;
    known[i] = answers->items[i];
    if (known[i].state != ASK_KNOWN && known[i].absence != ASK_DECLINED && follows && !p->hidden[i])
      known[i] = (struct ask_value){.word = fact->word, .state = ASK_KNOWN};
    if (known[i].state != ASK_KNOWN && known[i].absence != ASK_DECLINED)
      known[i] = (struct ask_value){.state = ASK_UNKNOWN, .absence = ASK_NOT_KNOWN};
  }
  p->known = known;
  return true;
}

/* The next question that was not asked before; -1: none. A field of a list comes with its list, which is asked once. */
static int32_t choose(struct play *p) {
  const struct ask_next *next = NULL;
  size_t count = ask_next_items(p->workspace, &next, NULL, NULL);
  for (size_t i = 0; i < count; i++)
    if (!p->was_asked[next[i].item]) return next[i].item;
  return -1;
}

static void sum_up(const struct play *p, const struct ask_burden *burden, struct ask_burden_household *ret) {
  const struct ask_catalogue *c = p->catalogue;
  ret->asked = p->asked;
  ret->asked_count = ret->total = p->asked_count;
  for (size_t i = 0; i < p->asked_count; i++)
    ret->not_known += p->known[p->asked[i]].state != ASK_KNOWN && p->known[p->asked[i]].absence == ASK_NOT_KNOWN;
  for (size_t i = 0; i < burden->merged; i++) {
    int32_t item = burden->items[i].item;
    if (p->hidden[item]) continue;
    ret->full++;
    ret->separate += burden->items[i].uses;
    if (is_for_all(&c->items[item]) && !p->was_asked[item]) ret->total++;
  }
}

bool ask_burden_play(struct ask_arena *arena, struct ask_workspace *workspace, const struct ask_answers *answers,
                     const struct ask_burden *burden, struct ask_burden_household *ret,
                     struct ask_problems *problems) {
  const struct ask_catalogue *c = answers->catalogue;
  struct ask_assess_options options = {.programs = burden->programs};
  struct play p = {.arena = arena, .workspace = workspace, .catalogue = c};
  if (!know(&p, answers, &options, problems)) return false;
  p.given = ask_answers_new(arena, c, answers->as_of);
  p.was_asked = ask_alloc_array(arena, c->item_count, sizeof *p.was_asked);
  p.asked = ask_alloc_array(arena, c->item_count, sizeof *p.asked);
  for (;;) {
    const struct ask_result *result = ask_assess(workspace, p.given, &options, problems);
    if (!result) return false;
    int32_t item = choose(&p);
    if (item < 0) {
      struct ask_burden_household household = {0};
      for (size_t i = 0; i < result->determination_count; i++)
        if (result->determinations[i].status == ASK_NEED_INFO)
          household.open++;
        else
          household.settled++;
      sum_up(&p, burden, &household);
      *ret = household;
      return true;
    }
    p.was_asked[item] = true;
    p.asked[p.asked_count++] = item;
    p.given->items[item] = p.known[item];
  }
}

/* ---- many households ------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

static struct ask_burden_spread spread(size_t *values, size_t count) {
  qsort(values, count, sizeof *values, by_size);
  return (struct ask_burden_spread){.median = values[(count - 1) / 2], .p90 = values[(9 * count + 9) / 10 - 1]};
}

struct ask_burden_summary ask_burden_summarize(struct ask_arena *arena, const struct ask_burden_household *households,
                                               size_t count) {
  size_t *values = ask_alloc_array(arena, count, sizeof *values);
  struct ask_burden_summary summary;
  for (size_t i = 0; i < count; i++) values[i] = households[i].total;
  summary.asked = spread(values, count);
  for (size_t i = 0; i < count; i++) values[i] = households[i].full;
  summary.full = spread(values, count);
  for (size_t i = 0; i < count; i++)
    values[i] =
        households[i].full ? (100 * households[i].total + households[i].full / 2) / households[i].full : 0;
  summary.percent = spread(values, count);
  return summary;
}
