/* From answers to facts: what is hidden counts as not asked, what follows from other answers is computed, and a total that
 * contradicts its parts is an error. */
#include <string.h>

#include "model/workspace.h"

/* The entry that a cell stands in, for messages; NULL for items. */
struct place {
  const struct place *outer;
  const struct ask_item *list;
  uint32_t entry;
};

static void write_place(const struct place *place, struct ask_buffer *buffer) {
  if (!place) return;
  write_place(place->outer, buffer);
  ask_buffer_printf(buffer, "%s%s[%u].", "", place->list->spec->id, place->entry);
}

static void contradiction(struct ask_problems *problems, const struct place *place, const struct ask_item *item,
                          const struct ask_value *given, const struct ask_value *computed) {
  struct ask_buffer path = {0}, told = {0}, found = {0};
  ask_buffer_puts(&path, "answers.");
  write_place(place, &path);
  ask_buffer_puts(&path, item->spec->id);
  ask_value_people(item, given, &told);
  ask_value_people(item, computed, &found);
  ask_problem_add(problems, ASK_ERROR, "contradiction", ASK_NOWHERE, path.bytes,
                  "give the total or its parts, or make them agree", "given as %s, but the other answers make it %s",
                  told.bytes, found.bytes);
  ask_buffer_free(&path);
  ask_buffer_free(&told);
  ask_buffer_free(&found);
}

static void compute(struct ask_workspace *w, const struct ask_item *item, const struct ask_value *given,
                    struct ask_value *cell, const struct place *place, struct ask_problems *problems);

/* A list's entries are copied, so that the answers stay as they were given. */
static void compute_entries(struct ask_workspace *w, const struct ask_item *list, struct ask_value *cell,
                            const struct place *place, struct ask_problems *problems) {
  const struct ask_entries *given = (const struct ask_entries *)(intptr_t)cell->word;
  struct ask_frame *f = &w->frame;
  size_t cells = (size_t)given->count * given->width;
  struct ask_entries *entries = ask_alloc(w->arena, sizeof *entries);
  *entries = *given;
  entries->cells = ask_alloc_array(w->arena, cells, sizeof *entries->cells);
  if (cells) memcpy(entries->cells, given->cells, cells * sizeof *entries->cells);
  cell->word = (int64_t)(intptr_t)entries;
  int depth = f->depth++;
  for (uint32_t i = 0; i < entries->count; i++) {
    struct ask_value *row = entries->cells + (size_t)i * entries->width;
    struct place here = {place, list, i};
    f->entries[depth] = row;
    for (size_t k = 0; k < list->field_count; k++) {
      int32_t field = list->field_order[k];
      struct ask_value told = row[field];
      compute(w, &list->fields[field], &told, &row[field], &here, problems);
    }
  }
  f->depth = depth;
}

static void compute(struct ask_workspace *w, const struct ask_item *item, const struct ask_value *given,
                    struct ask_value *cell, const struct place *place, struct ask_problems *problems) {
  struct ask_value v = *given;
  if (item->ask_when.code) {
    struct ask_value asked = ask_evaluate_expression(item->ask_when.code, &w->frame);
    if (asked.state == ASK_KNOWN && !asked.word) {
      v = (struct ask_value){.state = ASK_UNKNOWN};
      if (item->if_not_asked.code) v = ask_evaluate_expression(item->if_not_asked.code, &w->frame);
      v.absence = ASK_NOT_ASKED;
      *cell = v;
      return;
    }
  }
  if (item->computed.code) {
    struct ask_value found = ask_evaluate_expression(item->computed.code, &w->frame);
    if (v.state != ASK_KNOWN) {
      if (found.state != ASK_UNKNOWN) v = found;
    } else if (problems && found.state == ASK_KNOWN && found.word != v.word && item->kind.type != ASK_TEXT) {
      contradiction(problems, place, item, &v, &found);
    }
  }
  *cell = v;
  if (item->kind.type == ASK_LIST && v.state == ASK_KNOWN) compute_entries(w, item, cell, place, problems);
}

static const struct ask_value withheld = {.state = ASK_WITHHELD, .absence = ASK_UNANSWERED};

void ask_facts_item(struct ask_workspace *w, const struct ask_item *item, const struct ask_value *given,
                    struct ask_problems *problems) {
  if (w->withheld && w->withheld[item->number])
    w->items[item->number] = withheld;
  else
    compute(w, item, given, &w->items[item->number], NULL, problems);
}

static void check(struct ask_workspace *w, struct ask_problems *problems) {
  const struct ask_catalogue *c = w->catalogue;
  for (size_t i = 0; i < c->check_count; i++) {
    const struct ask_check_spec *spec = c->checks[i].spec;
    if (!ask_packs_have(w->packs, c->checks[i].pack)) continue;
    struct ask_value holds = ask_evaluate_expression(c->checks[i].must.code, &w->frame);
    if (holds.state != ASK_KNOWN || holds.word) continue;
    const char *path = spec->item_count ? ask_printf(w->arena, "answers.%s", spec->items[0]) : "answers";
    ask_problem_add(problems, spec->severity, spec->id, ASK_NOWHERE, path, NULL, "%s", spec->message);
  }
}

static void compute_range(struct ask_workspace *w, struct ask_range range, const struct ask_answers *answers,
                          struct ask_problems *problems) {
  for (size_t i = range.first; i < range.end; i++) {
    const struct ask_item *item = &w->catalogue->items[w->catalogue->item_order[i]];
    ask_facts_item(w, item, &answers->items[item->number], problems);
  }
}

bool ask_facts_prepare(struct ask_workspace *w, const struct ask_answers *answers, struct ask_problems *problems) {
  const struct ask_catalogue *c = w->catalogue;
  size_t errors = problems ? problems->errors : 0;
  memcpy(w->items, answers->items, c->item_count * sizeof *w->items);
  for (size_t i = 0; w->withheld && i < c->item_count; i++)
    if (w->withheld[i]) w->items[i] = withheld;
  compute_range(w, c->form_order, answers, problems);
  for (size_t i = 0; i < c->pack_count; i++)
    if (ask_packs_have(w->packs, (int32_t)i)) compute_range(w, c->packs[i].item_order, answers, problems);
  if (problems) check(w, problems);
  return !problems || problems->errors == errors;
}
