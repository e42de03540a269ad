/* What is said about all results together: the pack's own remarks that hold, and one urgency ladder over them and the
 * programs' levels. Runs after all programs. */
#include <stdlib.h>

#include "model/workspace.h"

enum { ROUTINE = 7 }; /* the last rung: everything that is not on the ladder */

/* The statuses of the reported programs; of all others nothing is known. */
static const struct ask_value *statuses_seen(struct ask_workspace *w, const bool *chosen) {
  if (!chosen) return w->statuses;
  size_t count = w->catalogue->program_count;
  struct ask_value *seen = ask_alloc_array(w->arena, count, sizeof *seen);
  for (size_t i = 0; i < count; i++)
    seen[i] = chosen[i] ? w->statuses[i] : (struct ask_value){.word = ASK_NEED_INFO, .state = ASK_UNKNOWN};
  return seen;
}

static void run(struct ask_workspace *w, const struct ask_program *program, const bool *chosen) {
  const struct ask_value *before = w->frame.statuses;
  w->frame.statuses = statuses_seen(w, chosen);
  w->frame.own_status = (struct ask_value){.word = ASK_NEED_INFO, .state = ASK_UNKNOWN}; /* of programs not loaded */
  w->calling = program;
  ask_evaluate(&program->code, 0, program->code.count, w->words[program->number], w->states[program->number],
               &w->frame);
  w->frame.statuses = before;
}

static bool holds(const struct ask_workspace *w, int32_t reg) {
  int32_t n = w->catalogue->overview->program.number;
  return w->states[n][reg] == ASK_KNOWN && w->words[n][reg];
}

struct texts {
  const char **list;
  size_t count, capacity;
};

/* The criteria with a text that hold, nearest to the leaves. What stands below `none` speaks for what is not so. */
static void gather(struct ask_workspace *w, const struct ask_node *node, struct texts *ret) {
  if (!holds(w, node->reg) || node->spec->kind == ASK_NONE) return;
  for (size_t i = 0; i < node->child_count; i++) gather(w, &node->children[i], ret);
  if (node->spec->kind == ASK_RULE && node->spec->text)
    *(const char **)ask_push(w->arena, &ret->list, &ret->count, &ret->capacity, sizeof *ret->list) = node->spec->text;
}

static bool unverified_nodes(const struct ask_node_spec *node) {
  bool found = node->unverified;
  for (size_t i = 0; i < node->child_count && !found; i++) found = unverified_nodes(&node->children[i]);
  return found;
}

static struct ask_finding finding_of(struct ask_workspace *w, const struct ask_remark *remark) {
  struct texts seen = {0};
  gather(w, remark->when, &seen);
  struct ask_finding finding = {.remark = remark, .seen = seen.list, .seen_count = seen.count};
  finding.verified = !remark->spec->unverified && !unverified_nodes(remark->spec->when);
  for (size_t i = 0; i < remark->parameter_count; i++) {
    const struct ask_parameter_version *version = w->dated->versions[remark->parameters[i]];
    if (version && !version->verified) finding.verified = false;
  }
  return finding;
}

/* ---- the ladder ---- */

static int by_urgency(const void *a, const void *b) {
  const struct ask_first_step *x = a, *y = b;
  if (x->urgency != y->urgency) return x->urgency < y->urgency ? -1 : 1;
  if (!x->determination != !y->determination) return x->determination ? 1 : -1; /* the overview speaks first */
  if (!x->determination) return x->finding.remark < y->finding.remark ? -1 : x->finding.remark > y->finding.remark;
  if (x->has_deadline != y->has_deadline) return x->has_deadline ? -1 : 1;
  if (x->has_deadline && x->deadline != y->deadline) return x->deadline < y->deadline ? -1 : 1;
  int32_t m = x->determination->program->number, n = y->determination->program->number;
  return (m > n) - (m < n);
}

static struct ask_first_step step_of(struct ask_workspace *w, const struct ask_remark *remark) {
  struct ask_first_step step = {.urgency = remark->spec->urgency, .finding = finding_of(w, remark)};
  step.verified = step.finding.verified;
  step.has_deadline = remark->spec->act_within.unit != ASK_NO_LIMIT;
  if (step.has_deadline)
    step.deadline = ask_deadline(w->catalogue->calendar, w->frame.as_of, &remark->spec->act_within);
  return step;
}

void ask_overview_run(struct ask_workspace *w, const bool *chosen) {
  const struct ask_overview *overview = w->catalogue->overview;
  const struct ask_overview_spec *spec = overview->spec;
  size_t most = spec->step_count + w->result.determination_count, count = 0, flag_count = 0;
  struct ask_first_step *steps = ask_alloc_array(w->arena, most, sizeof *steps);
  struct ask_finding *flags = ask_alloc_array(w->arena, spec->flag_count, sizeof *flags);
  run(w, &overview->program, chosen);
  for (size_t i = 0; i < spec->step_count; i++)
    if (holds(w, overview->steps[i].when->reg)) steps[count++] = step_of(w, &overview->steps[i]);
  for (size_t i = 0; i < w->result.determination_count; i++) {
    const struct ask_determination *d = &w->result.determinations[i];
    if (!d->level || d->urgency >= ROUTINE || d->status > ASK_NEED_INFO) continue;
    steps[count++] = (struct ask_first_step){.urgency = d->urgency,
                                             .determination = d,
                                             .deadline = d->deadline,
                                             .has_deadline = d->has_deadline,
                                             .verified = !d->level->unverified};
  }
  if (count > 1) qsort(steps, count, sizeof *steps, by_urgency);
  for (size_t i = 0; i < spec->flag_count; i++)
    if (holds(w, overview->flags[i].when->reg)) flags[flag_count++] = finding_of(w, &overview->flags[i]);
  w->result.has_overview = true;
  w->result.first_steps = steps;
  w->result.first_step_count = count;
  w->result.flags = flags;
  w->result.flag_count = flag_count;
}
