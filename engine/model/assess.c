/* Runs the programs of a catalogue over one household's answers. */
#include "model/assess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"

static struct ask_value call(void *host, int32_t function, const struct ask_value *arguments, size_t count,
                             enum ask_type result) {
  struct ask_workspace *w = host;
  char message[ASK_CALL_MESSAGE] = "";
  struct ask_value v =
      w->host->call(w->host->context, w->calling, function, arguments, count, result, message, sizeof message);
  if (v.state == ASK_UNKNOWN) { /* everything that it reads is known, so there would be nothing to ask for */
    v.state = ASK_FAULT;
    snprintf(message, sizeof message, "a Lua function returned nil although all that it reads is known");
  }
  if (v.state == ASK_FAULT && !w->call_message[0]) memcpy(w->call_message, message, sizeof message);
  return v;
}

struct ask_workspace *ask_workspace_new(const struct ask_catalogue *catalogue, const struct ask_host *host) {
  struct ask_arena *kept = ask_arena_new();
  struct ask_workspace *w = ask_alloc(kept, sizeof *w);
  size_t programs = catalogue->program_count, runs = programs + catalogue->overview_count;
  w->kept = kept;
  w->arena = ask_arena_new();
  w->catalogue = ask_catalogue_ref(catalogue);
  w->host = host;
  w->items = ask_alloc_array(kept, catalogue->item_count, sizeof *w->items);
  w->statuses = ask_alloc_array(kept, programs, sizeof *w->statuses);
  w->words = ask_alloc_array(kept, runs, sizeof *w->words);
  w->states = ask_alloc_array(kept, runs, sizeof *w->states);
  w->fixed_for = ask_alloc_array(kept, programs, sizeof *w->fixed_for);
  w->missing = ask_alloc_array(kept, programs, sizeof *w->missing);
  w->missing_count = ask_alloc_array(kept, programs, sizeof *w->missing_count);
  w->determinations = ask_alloc_array(kept, programs, sizeof *w->determinations);
  for (size_t i = 0; i < runs; i++) {
    size_t count =
        i < programs ? catalogue->programs[i].code.count : catalogue->overviews[i - programs].program.code.count;
    w->words[i] = ask_alloc_array(kept, count, sizeof **w->words);
    w->states[i] = ask_alloc(kept, count);
  }
  w->frame = (struct ask_frame){.items = w->items,
                                .statuses = w->statuses,
                                .bodies = w->bodies,
                                .call = host && host->call ? call : NULL,
                                .host = w};
  return w;
}

struct ask_workspace *ask_workspace_free(struct ask_workspace *workspace) {
  if (!workspace) return NULL;
  for (size_t i = 0; i < ASK_DATES_KEPT; i++) ask_arena_free(workspace->dates[i].arena);
  ask_catalogue_unref(workspace->catalogue);
  ask_arena_free(workspace->arena);
  ask_arena_free(workspace->kept);
  return NULL;
}

void ask_workspace_watch(struct ask_workspace *workspace, ask_body_watch *watch, void *context) {
  workspace->frame.watch = watch;
  workspace->frame.watch_context = context;
}

const struct ask_dated *ask_workspace_dated(struct ask_workspace *workspace, int64_t as_of) {
  struct ask_dated_slot *oldest = &workspace->dates[0];
  for (size_t i = 0; i < ASK_DATES_KEPT; i++) {
    struct ask_dated_slot *slot = &workspace->dates[i];
    if (slot->dated && slot->dated->as_of == as_of) {
      slot->used = ++workspace->clock;
      return slot->dated;
    }
    if (slot->used < oldest->used) oldest = slot;
  }
  for (size_t i = 0; oldest->dated && i < workspace->catalogue->program_count; i++)
    if (workspace->fixed_for[i] == oldest->dated) workspace->fixed_for[i] = NULL;
  ask_arena_free(oldest->arena);
  oldest->arena = ask_arena_new();
  oldest->dated = ask_dated_new(oldest->arena, workspace->catalogue, as_of);
  oldest->used = ++workspace->clock;
  return oldest->dated;
}

void ask_frame_begin(struct ask_workspace *w, const struct ask_dated *dated) {
  w->dated = dated;
  w->frame.parameters = dated->parameters;
  w->frame.tables = dated->tables;
  w->frame.as_of = dated->as_of;
  w->frame.depth = 0;
  ask_frame_pack(w, -1);
}

void ask_frame_pack(struct ask_workspace *w, int32_t pack) {
  const struct ask_days *days = pack < 0 ? &w->catalogue->holidays : &w->catalogue->packs[pack].holidays;
  w->frame.holidays = days->list;
  w->frame.holiday_count = days->count;
}

enum ask_status ask_status_of(const struct ask_workspace *w, const struct ask_program *program) {
  static const enum ask_status by_state[] = {
      [ASK_UNKNOWN] = ASK_NEED_INFO, [ASK_FAULT] = ASK_STATUS_ERROR, [ASK_WITHHELD] = ASK_STATUS_WITHHELD};
  if (program->broken) return ASK_STATUS_ERROR;
  const int64_t *words = w->words[program->number];
  const uint8_t *states = w->states[program->number];
  int32_t e = program->eligible->reg;
  if (states[e] != ASK_KNOWN) return by_state[states[e]];
  if (!words[e]) return ASK_UNLIKELY;
  if (!program->possible) return ASK_LIKELY;
  int32_t p = program->possible->reg;
  if (states[p] != ASK_KNOWN) return by_state[states[p]];
  return words[p] ? ASK_POSSIBLE : ASK_LIKELY;
}

void ask_run_status(struct ask_workspace *w, const struct ask_program *program) {
  static const uint8_t by_status[] = {[ASK_NEED_INFO] = ASK_UNKNOWN,
                                      [ASK_STATUS_WITHHELD] = ASK_WITHHELD,
                                      [ASK_STATUS_ERROR] = ASK_FAULT,
                                      [ASK_LIKELY] = ASK_KNOWN};
  if (!program->broken) {
    w->calling = program;
    w->call_message[0] = '\0';
    ask_frame_pack(w, program->pack);
    int64_t *words = w->words[program->number];
    uint8_t *states = w->states[program->number];
    if (w->fixed_for[program->number] != w->dated) {
      ask_evaluate_fixed(&program->code, &program->status_steps, words, states, &w->frame);
      ask_evaluate_fixed(&program->code, &program->other_steps, words, states, &w->frame);
      w->fixed_for[program->number] = w->dated;
    }
    ask_evaluate_scheduled(&program->code, &program->status_steps, words, states, &w->frame);
  }
  enum ask_status status = ask_status_of(w, program);
  w->frame.own_status = (struct ask_value){.word = status};
  w->statuses[program->number] = (struct ask_value){.word = status, .state = by_status[status]};
}

static void run(struct ask_workspace *w, const struct ask_program *program, struct ask_determination *d) {
  int32_t n = program->number;
  ask_run_status(w, program);
  *d = (struct ask_determination){.program = program, .words = w->words[n], .states = w->states[n]};
  d->status = (enum ask_status)w->statuses[n].word;
  w->missing_count[n] = 0;
  if (d->status == ASK_NEED_INFO) {
    struct ask_missing_list missing = {0};
    bool eligible = d->states[program->eligible->reg] == ASK_KNOWN;
    ask_missing_collect(w, program, eligible ? &program->possible->reg : &program->eligible->reg, 1, &missing);
    d->missing = w->missing[n] = missing.list;
    d->missing_count = w->missing_count[n] = missing.count;
  }
  if (!program->broken)
    ask_evaluate_scheduled(&program->code, &program->other_steps, w->words[n], w->states[n], &w->frame);
  ask_explain(w, d);
}

/* Marks a program and all that it reads the status of. */
static void need(const struct ask_catalogue *c, int32_t program, bool *needed) {
  if (needed[program]) return;
  needed[program] = true;
  for (size_t i = 0; i < c->programs[program].depends_count; i++) need(c, c->programs[program].depends_on[i], needed);
}

static bool is_chosen(const struct ask_assess_options *options, const struct ask_program *program) {
  return ask_packs_have(options->packs, program->pack) && (!options->programs || options->programs[program->number]);
}

/* Which programs are run (NULL: all), and whose items are computed for them. */
static const bool *choose(struct ask_workspace *w, const struct ask_assess_options *options) {
  const struct ask_catalogue *c = w->catalogue;
  ask_packs every = c->pack_count == ASK_MOST_PACKS ? ~(ask_packs)0 : ((ask_packs)1 << c->pack_count) - 1;
  w->packs = 0;
  w->result.packs = options->packs ? options->packs : every;
  if (!options->programs && w->result.packs == every) return NULL;
  bool *needed = ask_alloc_array(w->arena, c->program_count, sizeof *needed);
  ask_packs chosen = 0;
  for (size_t i = 0; i < c->program_count; i++)
    if (is_chosen(options, &c->programs[i])) {
      need(c, (int32_t)i, needed);
      chosen |= (ask_packs)1 << c->programs[i].pack;
    }
  if (!options->packs && chosen) w->result.packs = chosen;
  w->packs = w->result.packs;
  for (size_t i = 0; i < c->program_count; i++)
    if (needed[i]) w->packs |= (ask_packs)1 << c->programs[i].pack;
  return needed;
}

static int by_number(const void *a, const void *b) { return *(const int32_t *)a - *(const int32_t *)b; }

static void list_ignored(struct ask_workspace *w, const struct ask_answers *answers) {
  int32_t *ignored = NULL;
  size_t count = 0, capacity = 0;
  for (size_t k = 0; k < w->catalogue->item_order_count; k++) {
    int32_t i = w->catalogue->item_order[k];
    if (!ask_packs_have(w->packs, w->catalogue->items[i].pack)) continue;
    if (w->items[i].absence == ASK_NOT_ASKED && answers->items[i].state == ASK_KNOWN)
      *(int32_t *)ask_push(w->arena, &ignored, &count, &capacity, sizeof *ignored) = i;
  }
  if (count > 1) qsort(ignored, count, sizeof *ignored, by_number);
  w->result.ignored = ignored;
  w->result.ignored_count = count;
}

/* The household's facts for its day. False after adding the problems. */
static bool begin(struct ask_workspace *w, const struct ask_answers *answers, struct ask_problems *found,
                  struct ask_problems *problems) {
  ask_frame_begin(w, ask_workspace_dated(w, answers->as_of));
  if (ask_facts_prepare(w, answers, found)) return true;
  for (size_t i = 0; i < found->count; i++) {
    const struct ask_problem *p = &found->list[i];
    ask_problem_add(problems, p->severity, p->code, p->at, p->path, p->hint, "%s", p->message);
  }
  return false;
}

const struct ask_result *ask_assess(struct ask_workspace *workspace, const struct ask_answers *answers,
                                    const struct ask_assess_options *options, struct ask_problems *problems) {
  struct ask_workspace *w = workspace;
  const struct ask_catalogue *c = w->catalogue;
  struct ask_assess_options wanted = options ? *options : (struct ask_assess_options){0};
  ask_arena_reset(w->arena);
  w->withheld = NULL;
  if (wanted.withheld) { /* kept for what_if, which may come when the options are gone */
    bool *withheld = ask_alloc_array(w->arena, c->item_count, sizeof *withheld);
    memcpy(withheld, wanted.withheld, c->item_count * sizeof *withheld);
    w->withheld = withheld;
  }
  w->result = (struct ask_result){.answers = answers, .items = w->items};
  const bool *needed = choose(w, &wanted);
  struct ask_problems found = {.arena = w->arena};
  if (!begin(w, answers, &found, problems)) return NULL;
  w->result.warnings = found.list;
  w->result.warning_count = found.count;
  list_ignored(w, answers);
  struct ask_determination *all = ask_alloc_array(w->arena, c->program_count, sizeof *all);
  for (size_t i = 0; i < c->program_count; i++) {
    int32_t n = c->program_order[i];
    if (!needed || needed[n]) run(w, &c->programs[n], &all[n]);
  }
  size_t count = 0;
  for (size_t i = 0; i < c->program_count; i++)
    if (is_chosen(&wanted, &c->programs[i])) w->determinations[count++] = all[i];
  w->result.determinations = w->determinations;
  w->result.determination_count = count;
  ask_overview_run(w);
  return &w->result;
}

const struct ask_determination *ask_result_of(const struct ask_result *result, const struct ask_program *program) {
  for (size_t i = 0; i < result->determination_count; i++)
    if (result->determinations[i].program == program) return &result->determinations[i];
  return NULL;
}

/* One program; its amount only where it would be given. */
static struct ask_brief brief_of(struct ask_workspace *w, const struct ask_program *program) {
  int32_t n = program->number;
  struct ask_brief brief = {.status = (enum ask_status)w->statuses[n].word};
  if (program->broken || program->amount < 0 || brief.status > ASK_POSSIBLE) return brief;
  ask_evaluate_scheduled(&program->code, &program->other_steps, w->words[n], w->states[n], &w->frame);
  brief.has_amount = w->states[n][program->amount] == ASK_KNOWN;
  if (brief.has_amount) brief.amount_cents = w->words[n][program->amount];
  return brief;
}

bool ask_assess_briefs(struct ask_workspace *workspace, const struct ask_answers *answers,
                       const struct ask_assess_options *options, struct ask_brief *briefs,
                       struct ask_problems *problems) {
  struct ask_workspace *w = workspace;
  const struct ask_catalogue *c = w->catalogue;
  struct ask_assess_options wanted = options ? *options : (struct ask_assess_options){0};
  ask_arena_reset(w->arena);
  w->withheld = NULL;
  struct ask_problems found = {.arena = w->arena};
  const bool *needed = choose(w, &wanted);
  if (!begin(w, answers, &found, problems)) return false;
  for (size_t i = 0; i < c->program_count; i++) {
    const struct ask_program *program = &c->programs[c->program_order[i]];
    if (needed && !needed[program->number]) continue;
    ask_run_status(w, program);
    if (is_chosen(&wanted, program)) briefs[program->number] = brief_of(w, program);
  }
  return true;
}
