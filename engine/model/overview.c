/* What is said about all results together: the pack's own remarks that hold, and one urgency ladder over them and the
 * programs' levels. Runs after all programs. */
#include <stdlib.h>

#include "model/workspace.h"

enum { ROUTINE = 7 }; /* the last rung: everything that is not on the ladder */

/* The statuses of the reported programs; of all others nothing is known. */
static const struct ask_value *statuses_seen(struct ask_workspace *w) {
  size_t count = w->catalogue->program_count;
  if (w->result.determination_count == count) return w->statuses;
  struct ask_value *seen = ask_alloc_array(w->arena, count, sizeof *seen);
  for (size_t i = 0; i < count; i++) seen[i] = (struct ask_value){.word = ASK_NEED_INFO, .state = ASK_UNKNOWN};
  for (size_t i = 0; i < w->result.determination_count; i++) {
    int32_t n = w->result.determinations[i].program->number;
    seen[n] = w->statuses[n];
  }
  return seen;
}

static void run(struct ask_workspace *w, const struct ask_program *program) {
  const struct ask_value *before = w->frame.statuses;
  w->frame.statuses = statuses_seen(w);
  ask_frame_pack(w, program->pack);
  w->frame.own_status = (struct ask_value){.word = ASK_NEED_INFO, .state = ASK_UNKNOWN}; /* of programs not loaded */
  w->calling = program;
  ask_evaluate(&program->code, 0, program->code.count, w->words[program->number], w->states[program->number],
               &w->frame);
  w->frame.statuses = before;
}

static bool holds(const struct ask_workspace *w, const struct ask_program *program, int32_t reg) {
  return w->states[program->number][reg] == ASK_KNOWN && w->words[program->number][reg];
}

struct texts {
  const char **list;
  size_t count, capacity;
};

/* The criteria with a text that hold, nearest to the leaves. What stands below `none` speaks for what is not so. */
static void gather(struct ask_workspace *w, const struct ask_program *program, const struct ask_node *node,
                   struct texts *ret) {
  if (!holds(w, program, node->reg) || node->spec->kind == ASK_NONE) return;
  for (size_t i = 0; i < node->child_count; i++) gather(w, program, &node->children[i], ret);
  if (node->spec->kind == ASK_RULE && node->spec->text)
    *(const char **)ask_push(w->arena, &ret->list, &ret->count, &ret->capacity, sizeof *ret->list) = node->spec->text;
}

static bool unverified_nodes(const struct ask_node_spec *node) {
  bool found = node->unverified;
  for (size_t i = 0; i < node->child_count && !found; i++) found = unverified_nodes(&node->children[i]);
  return found;
}

static struct ask_finding finding_of(struct ask_workspace *w, const struct ask_program *program,
                                     const struct ask_remark *remark) {
  struct texts seen = {0};
  gather(w, program, remark->when, &seen);
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
  if (!x->determination) return x->order < y->order ? -1 : x->order > y->order;
  if (x->has_deadline != y->has_deadline) return x->has_deadline ? -1 : 1;
  if (x->has_deadline && x->deadline != y->deadline) return x->deadline < y->deadline ? -1 : 1;
  int32_t m = x->determination->program->number, n = y->determination->program->number;
  return (m > n) - (m < n);
}

static struct ask_first_step step_of(struct ask_workspace *w, const struct ask_overview *overview,
                                     const struct ask_remark *remark) {
  const struct ask_duration_spec *within = &remark->spec->act_within;
  struct ask_first_step step = {.urgency = remark->spec->urgency,
                                .finding = finding_of(w, &overview->program, remark)};
  step.verified = step.finding.verified;
  step.has_deadline = within->unit != ASK_NO_LIMIT;
  if (step.has_deadline)
    step.deadline = ask_deadline(&w->catalogue->packs[overview->pack], w->frame.as_of, within);
  return step;
}

static void programs_on_the_ladder(struct ask_workspace *w, struct ask_first_step *steps, size_t *count) {
  for (size_t i = 0; i < w->result.determination_count; i++) {
    const struct ask_determination *d = &w->result.determinations[i];
    if (!d->level || d->urgency >= ROUTINE || d->status > ASK_NEED_INFO) continue;
    steps[(*count)++] = (struct ask_first_step){.urgency = d->urgency,
                                                .determination = d,
                                                .deadline = d->deadline,
                                                .has_deadline = d->has_deadline,
                                                .verified = !d->level->unverified};
  }
}

void ask_overview_run(struct ask_workspace *w) {
  const struct ask_catalogue *c = w->catalogue;
  size_t most_steps = w->result.determination_count, most_flags = 0, step_count = 0, flag_count = 0;
  for (size_t o = 0; o < c->overview_count; o++) {
    if (!ask_packs_have(w->result.packs, c->overviews[o].pack)) continue;
    w->result.has_overview = true;
    most_steps += c->overviews[o].spec->step_count;
    most_flags += c->overviews[o].spec->flag_count;
  }
  if (!w->result.has_overview) return;
  struct ask_first_step *steps = ask_alloc_array(w->arena, most_steps, sizeof *steps);
  struct ask_finding *flags = ask_alloc_array(w->arena, most_flags, sizeof *flags);
  for (size_t o = 0; o < c->overview_count; o++) {
    const struct ask_overview *overview = &c->overviews[o];
    const struct ask_program *program = &overview->program;
    if (!ask_packs_have(w->result.packs, overview->pack)) continue;
    run(w, program);
    for (size_t i = 0; i < overview->spec->step_count; i++)
      if (holds(w, program, overview->steps[i].when->reg)) {
        steps[step_count] = step_of(w, overview, &overview->steps[i]);
        steps[step_count].order = step_count;
        step_count++;
      }
    for (size_t i = 0; i < overview->spec->flag_count; i++)
      if (holds(w, program, overview->flags[i].when->reg))
        flags[flag_count++] = finding_of(w, program, &overview->flags[i]);
  }
  programs_on_the_ladder(w, steps, &step_count);
  if (step_count > 1) qsort(steps, step_count, sizeof *steps, by_urgency);
  w->result.first_steps = steps;
  w->result.first_step_count = step_count;
  w->result.flags = flags;
  w->result.flag_count = flag_count;
}
