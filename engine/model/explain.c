/* What a determination says besides its status: reasons, level and deadline, score, amount, documents, next step, and
 * whether all of it rests on verified rules. */
#include <string.h>

#include "model/workspace.h"

struct explainer {
  struct ask_workspace *w;
  struct ask_determination *d;
  struct ask_reason *reasons;
  size_t reason_count, reason_capacity;
  int32_t *because;
  size_t because_count, because_capacity;
  const char **unverified;
  size_t unverified_count, unverified_capacity;
};

static void reason(struct explainer *x, enum ask_reason_kind kind, const char *text, const char *cite, const char *code,
                   bool unverified) {
  struct ask_reason *slot = ask_push(x->w->arena, &x->reasons, &x->reason_count, &x->reason_capacity, sizeof *slot);
  *slot = (struct ask_reason){kind, text, cite, code, unverified};
}

static void unverified(struct explainer *x, const char *text) {
  for (size_t i = 0; i < x->unverified_count; i++)
    if (strcmp(x->unverified[i], text) == 0) return;
  *(const char **)ask_push(x->w->arena, &x->unverified, &x->unverified_count, &x->unverified_capacity,
                           sizeof *x->unverified) = text;
}

static void because(struct explainer *x, int32_t item) {
  for (size_t i = 0; i < x->because_count; i++)
    if (x->because[i] == item) return;
  *(int32_t *)ask_push(x->w->arena, &x->because, &x->because_count, &x->because_capacity, sizeof *x->because) = item;
}

static bool is(const struct explainer *x, int32_t reg, bool wanted) {
  return x->d->states[reg] == ASK_KNOWN && (x->d->words[reg] != 0) == wanted;
}

/* A condition of the second part: absent counts as true. */
static bool holds(const struct explainer *x, int32_t reg) { return reg < 0 || is(x, reg, true); }
static bool may_hold(const struct explainer *x, int32_t reg) { return reg < 0 || !is(x, reg, false); }

/* ---- why not ---- */

/* Collects what keeps a node from being `wanted`: the nodes with a text nearest to the leaves, and the items that they read.
 * said: an enclosing node has given its text already. */
static void opposed(struct explainer *x, const struct ask_node *node, bool wanted, bool said) {
  const struct ask_node_spec *spec = node->spec;
  if (!is(x, node->reg, !wanted)) return;
  if (spec->kind == ASK_RULE) {
    if (!said)
      reason(x, ASK_REASON_UNMET, spec->text ? spec->text : spec->formula.expr.text, spec->cite, spec->code,
             spec->unverified);
    for (size_t i = 0; i < node->read_count; i++) because(x, node->reads[i]);
    return;
  }
  /* every child of an `all` stands for itself; the alternatives of an `any` fail together, under its text */
  bool together = spec->kind != ASK_ALL && spec->text && !said;
  if (together) reason(x, ASK_REASON_UNMET, spec->text, spec->cite, spec->code, spec->unverified);
  for (size_t i = 0; i < node->child_count; i++)
    opposed(x, &node->children[i], spec->kind == ASK_NONE ? !wanted : wanted, said || together);
}

/* The rules that make `possible` true. */
static void possible(struct explainer *x, const struct ask_node *node) {
  if (!is(x, node->reg, true)) return;
  if (node->spec->text || node->spec->kind == ASK_RULE) {
    reason(x, ASK_REASON_POSSIBLE, node->spec->text ? node->spec->text : node->spec->formula.expr.text,
           node->spec->cite, node->spec->code, node->spec->unverified);
    return;
  }
  for (size_t i = 0; i < node->child_count; i++) possible(x, &node->children[i]);
}

static void reasons(struct explainer *x) {
  const struct ask_program *program = x->d->program;
  const struct ask_program_spec *spec = program->spec;
  switch (x->d->status) {
  case ASK_UNLIKELY: opposed(x, program->eligible, true, false); break;
  case ASK_POSSIBLE: possible(x, program->possible); break;
  case ASK_STATUS_WITHHELD:
    reason(x, ASK_REASON_WITHHELD, "This needs an answer that may not be used here without an authorization.", NULL,
           NULL, false);
    return;
  case ASK_STATUS_ERROR: {
    int32_t reg = program->broken ? -1 : program->eligible->reg;
    if (reg >= 0 && x->d->states[reg] == ASK_KNOWN) reg = program->possible->reg;
    reason(x, ASK_REASON_ERROR, reg < 0 ? program->broken : ask_fault_text(x->w, program, reg), NULL, NULL, false);
    return;
  }
  default: break;
  }
  for (size_t i = 0; i < spec->note_count; i++)
    if (holds(x, program->notes[i].reg)) {
      const struct ask_text_when_spec *note = &spec->notes[i];
      reason(x, ASK_REASON_NOTE, note->text, note->cite, note->code, note->unverified);
      if (note->unverified) unverified(x, note->text);
    }
}

/* ---- level ---- */

static int32_t urgency_of(const struct ask_level_spec *level) {
  if (level->urgency >= 0) return level->urgency;
  int32_t days = level->act_within.unit == ASK_HOURS ? (level->act_within.count + 23) / 24 : level->act_within.count;
  switch (level->act_within.unit) {
  case ASK_NO_LIMIT: return 7;
  case ASK_BUSINESS_DAYS: return days <= 1 ? 2 : days <= 3 ? 3 : days <= 5 ? 4 : days <= 20 ? 6 : 7;
  default: return days <= 0 ? 1 : days <= 1 ? 2 : days <= 7 ? 4 : days <= 12 ? 5 : days <= 30 ? 6 : 7;
  }
}

static void level(struct explainer *x) {
  const struct ask_program *program = x->d->program;
  const struct ask_program_spec *spec = program->spec;
  x->d->urgency = 7;
  if (x->d->status > ASK_NEED_INFO) return;
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *l = &spec->levels[i];
    int32_t reg = program->levels[i].reg;
    bool always = reg < 0;
    if (!always && x->d->states[reg] == ASK_UNKNOWN && !x->d->could_be) {
      struct ask_missing_list missing = {0};
      ask_missing_collect(x->w, program, &reg, 1, &missing);
      x->d->could_be = l;
      x->d->could_be_missing = missing.list;
      x->d->could_be_missing_count = missing.count;
    }
    if (always ? x->d->status == ASK_NEED_INFO : !is(x, reg, true)) continue;
    x->d->level = l;
    x->d->urgency = urgency_of(l);
    if (l->act_within.unit != ASK_NO_LIMIT) {
      const struct ask_pack *pack = &x->w->catalogue->packs[program->pack];
      const struct ask_calendar_spec *calendar = pack->calendar;
      x->d->deadline = ask_deadline(pack, x->w->frame.as_of, &l->act_within);
      x->d->has_deadline = true;
      bool known = calendar && x->w->frame.as_of >= calendar->first && x->d->deadline <= calendar->last;
      if (l->act_within.unit == ASK_BUSINESS_DAYS && !known)
        unverified(x, "the deadline: which days are holidays then is not in the table");
    }
    if (l->unverified) unverified(x, ask_printf(x->w->arena, "level: %s", l->name));
    return;
  }
}

static struct ask_value value_of(const struct explainer *x, int32_t reg) {
  return (struct ask_value){.word = x->d->words[reg], .state = x->d->states[reg]};
}

static void numbers(struct explainer *x) {
  const struct ask_program *program = x->d->program;
  x->d->score.state = x->d->amount.state = ASK_UNKNOWN;
  x->d->has_score = program->score >= 0;
  x->d->has_amount = program->amount >= 0;
  if (x->d->has_score) x->d->score = value_of(x, program->score);
  if (x->d->has_amount && x->d->status <= ASK_POSSIBLE) x->d->amount = value_of(x, program->amount);
}

static void papers(struct explainer *x) {
  const struct ask_program_spec *spec = x->d->program->spec;
  const struct ask_text_when_spec **list = ask_alloc_array(x->w->arena, spec->document_count, sizeof *list);
  size_t count = 0;
  if (x->d->status > ASK_NEED_INFO) return;
  for (size_t i = 0; i < spec->document_count; i++)
    if (may_hold(x, x->d->program->documents[i].reg)) {
      list[count++] = &spec->documents[i];
      if (spec->documents[i].unverified) unverified(x, spec->documents[i].text);
    }
  x->d->documents = list;
  x->d->document_count = count;
  for (size_t i = 0; i < spec->next_step_count && !x->d->next_step; i++) {
    if (!holds(x, x->d->program->next_steps[i].reg)) continue;
    x->d->next_step = spec->next_steps[i].text;
    if (spec->next_steps[i].unverified)
      unverified(x, ask_printf(x->w->arena, "next step: %s", spec->next_steps[i].text));
  }
}

/* ---- what is not verified ---- */

static void unverified_nodes(struct explainer *x, const struct ask_node_spec *node) {
  if (node->unverified)
    unverified(x, node->text ? node->text : node->formula.expr.text ? node->formula.expr.text : "a rule");
  for (size_t i = 0; i < node->child_count; i++) unverified_nodes(x, &node->children[i]);
}

static void verification(struct explainer *x) {
  const struct ask_program *program = x->d->program;
  const struct ask_program_spec *spec = program->spec;
  const struct ask_dated *dated = x->w->dated;
  if (spec->unverified) unverified(x, "the whole program");
  if (spec->review_unverified) unverified(x, "when to review it");
  if (spec->eligible) unverified_nodes(x, spec->eligible);
  if (spec->possible) unverified_nodes(x, spec->possible);
  for (size_t i = 0; i < spec->line_count; i++)
    if (spec->lines[i].unverified) unverified(x, spec->lines[i].text ? spec->lines[i].text : spec->lines[i].name);
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_version *version = dated->versions[program->parameters[i]];
    if (!version || version->verified) continue;
    const struct ask_parameter_spec *p = x->w->catalogue->parameters[program->parameters[i]].spec;
    unverified(x, ask_printf(x->w->arena, "%s (%s)", p->title ? p->title : p->id, p->id));
  }
}

void ask_explain(struct ask_workspace *w, struct ask_determination *d) {
  struct explainer x = {.w = w, .d = d};
  reasons(&x);
  d->urgency = 7;
  d->score.state = d->amount.state = ASK_UNKNOWN;
  if (!d->program->broken) {
    level(&x);
    numbers(&x);
    papers(&x);
    if (d->program->may_be_unverified) verification(&x);
  }
  d->reasons = x.reasons;
  d->reason_count = x.reason_count;
  d->because = x.because;
  d->because_count = x.because_count;
  d->unverified = x.unverified;
  d->unverified_count = x.unverified_count;
  d->verified = x.unverified_count == 0;
}
