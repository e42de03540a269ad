/* Makes each change, builds the program, runs its cases until one notices, and takes the change back. */
#include "service/mutate.h"

#include "model/variant.h"
#include "service/mutate_parts.h"

struct mutator {
  struct ask_arena *arena, *scratch; /* scratch: of one changed program */
  const struct ask_case_set *cases;
  const struct ask_host *host;
  struct ask_program_spec *spec;       /* the copy that is changed */
  const struct ask_program *unchanged; /* built from it before any change */
  size_t likely;                       /* the case that noticed last: neighbours are often noticed by the same one */
};

const char *ask_mutation_text(enum ask_mutation mutation) {
  static const char *const texts[] = {"comparison", "connective", "negation", "number",
                                      "date",       "word",       "combiner", "parameter"};
  return texts[mutation];
}

unsigned ask_mutation_survival(const struct ask_mutation_report *report) {
  size_t counted = report->killed + report->survived;
  return counted ? (unsigned)(report->survived * 10000 / counted) : 0;
}

/* Whether a case fails. d NULL: the household contradicts itself. */
static bool differs(struct mutator *m, const struct ask_case_entry *entry, const struct ask_determination *d,
                    struct ask_problems *problems) {
  if (!d) return true;
  ask_case_compare(m->scratch, m->cases->catalogue, d, entry->spec->expect, problems);
  return problems->count > 0;
}

static bool notices(struct mutator *m, struct ask_workspace *workspace, const struct ask_case_entry *entry) {
  struct ask_problems problems = {.arena = m->scratch};
  const struct ask_determination *d = ask_case_run(workspace, entry, &problems);
  return differs(m, entry, d, &problems);
}

static bool any_notices(struct mutator *m, const struct ask_catalogue *variant) {
  struct ask_workspace *workspace = ask_workspace_new(variant, m->host);
  size_t count = m->cases->count;
  bool noticed = false;
  for (size_t k = 0; k < count && !noticed; k++) {
    size_t i = (m->likely + k) % count;
    noticed = notices(m, workspace, &m->cases->list[i]);
    if (noticed) m->likely = i;
  }
  ask_workspace_free(workspace);
  return noticed;
}

/* The cases with the program as it stands: how many fail, and what they read. */
static size_t count_failing(struct mutator *m, const struct ask_catalogue *variant, struct read_values *read) {
  struct ask_workspace *workspace = ask_workspace_new(variant, m->host);
  size_t failing = m->cases->unreadable;
  ask_workspace_watch(workspace, ask_mutate_note_read, read);
  for (size_t i = 0; i < m->cases->count; i++) {
    const struct ask_case_entry *entry = &m->cases->list[i];
    struct ask_problems problems = {.arena = m->scratch};
    read->as_of = entry->answers->as_of;
    read->running = i + 1;
    const struct ask_determination *d = ask_case_run(workspace, entry, &problems);
    failing += differs(m, entry, d, &problems);
    if (d && d->program == m->unchanged) ask_mutate_note_read(read, &d->program->code, d->words, d->states);
  }
  ask_workspace_free(workspace);
  return failing;
}

static const struct ask_catalogue *build(struct mutator *m) {
  struct ask_problems problems = {.arena = m->scratch};
  return ask_catalogue_variant(m->scratch, m->cases->catalogue, m->spec, NULL, &problems);
}

static enum ask_mutant_fate try(struct mutator *m, bool may_be_same) {
  const struct ask_catalogue *variant = build(m);
  if (!variant) return ASK_MUTANT_INVALID;
  if (may_be_same && ask_programs_same(&variant->programs[m->cases->program->number], m->unchanged))
    return ASK_MUTANT_SAME;
  return any_notices(m, variant) ? ASK_MUTANT_KILLED : ASK_MUTANT_SURVIVED;
}

static void try_texts(struct mutator *m, struct change *change) {
  const char *kept = change->expr->text;
  change->mutant.fate = ASK_MUTANT_INVALID;
  for (size_t i = 0; i < change->text_count && change->mutant.fate == ASK_MUTANT_INVALID; i++) {
    change->expr->text = change->texts[i];
    change->mutant.changed = change->words[i];
    change->mutant.fate = try(m, true);
    ask_arena_reset(m->scratch);
  }
  change->expr->text = kept;
}

static void try_change(struct mutator *m, struct change *change) {
  if (change->expr) {
    try_texts(m, change);
  } else if (change->node) {
    struct ask_node_spec kept = *change->node;
    change->node->kind = change->kind;
    change->node->at_least = change->at_least;
    change->mutant.fate = try(m, false); /* the kind of a node decides what is told as a reason, too */
    *change->node = kept;
  } else {
    int64_t kept = *change->word;
    *change->word = change->value;
    change->mutant.fate = try(m, false);
    *change->word = kept;
  }
  ask_arena_reset(m->scratch);
}

static void report(struct ask_mutation_report *ret, struct ask_mutant *list, const struct changes *changes) {
  size_t *const tallies[] = {&ret->killed, &ret->survived, &ret->invalid, &ret->same};
  for (size_t i = 0; i < changes->count; i++) {
    list[i] = changes->list[i].mutant;
    ++*tallies[list[i].fate];
  }
  ret->list = list;
  ret->count = changes->count;
  ret->unread = changes->unread;
  ret->unread_count = changes->unread_count;
  ret->left_out = changes->left_out;
}

const struct ask_mutation_report *ask_mutate(struct ask_arena *arena, const struct ask_case_set *cases,
                                             const struct ask_host *host, struct ask_problems *problems) {
  struct mutator m = {.arena = arena, .scratch = ask_arena_new(), .cases = cases, .host = host};
  struct ask_mutation_report *ret = ask_alloc(arena, sizeof *ret);
  *ret = (struct ask_mutation_report){.cases = cases};
  m.spec = ask_mutate_copy(arena, cases->program->spec);
  const struct ask_catalogue *unchanged = ask_catalogue_variant(arena, cases->catalogue, m.spec, NULL, problems);
  if (unchanged) {
    m.unchanged = &unchanged->programs[cases->program->number];
    struct read_values read = {.arena = arena, .catalogue = unchanged};
    ret->failing = count_failing(&m, unchanged, &read);
    ask_arena_reset(m.scratch);
    struct changes changes = {.arena = arena, .catalogue = unchanged, .read = &read};
    if (!ret->failing) ask_mutate_list(&changes, m.unchanged, m.spec);
    for (size_t i = 0; i < changes.count; i++) try_change(&m, &changes.list[i]);
    report(ret, ask_alloc_array(arena, changes.count, sizeof *ret->list), &changes);
  }
  ask_arena_free(m.scratch);
  return unchanged ? ret : NULL;
}
