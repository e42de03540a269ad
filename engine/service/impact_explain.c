/* What decides the examples of an impact run: each is assessed once more, under both sets of rules, with its reasons. */
#include <string.h>

#include "service/impact_parts.h"

enum { MOST_REASONS = 12 };

struct side {
  const struct ask_rules *rules;
  struct ask_desk *desk;
};

static const char *question(struct ask_arena *arena, const struct side *side, const struct ask_missing *missing) {
  const struct ask_item *item = &side->rules->catalogue->items[missing->item];
  const char *text = item->spec->text;
  return text ? ask_printf(arena, "needs %s: %s", missing->path, text) : ask_printf(arena, "needs %s", missing->path);
}

static size_t reasons_of(struct ask_arena *arena, const struct side *side, const struct ask_determination *d,
                         const char ***ret) {
  const char **list = ask_alloc_array(arena, MOST_REASONS, sizeof *list);
  size_t count = 0;
  for (size_t i = 0; i < d->reason_count && count < MOST_REASONS; i++) {
    const struct ask_reason *reason = &d->reasons[i];
    if (reason->kind == ASK_REASON_NOTE) continue;
    const char *before = reason->kind == ASK_REASON_UNMET ? "not met: " : "";
    list[count++] = reason->cite ? ask_printf(arena, "%s%s [%s]", before, reason->text, reason->cite)
                                 : ask_printf(arena, "%s%s", before, reason->text);
  }
  for (size_t i = 0; i < d->missing_count && count < MOST_REASONS; i++)
    list[count++] = question(arena, side, &d->missing[i]);
  *ret = list;
  return count;
}

static void explain_side(const struct ask_impact_options *options, const struct side *side, int32_t program,
                         const struct ask_impact_kept *kept, struct ask_arena *arena, const char *const **ret,
                         size_t *ret_count, const char **ret_id) {
  struct ask_desk_source source = {
      .limit = ASK_BULK_LINE_LIMIT, .as_of = options->as_of, .as_of_wins = options->as_of_wins};
  struct ask_arena *scratch = ask_arena_new();
  struct ask_problems problems = {.arena = scratch};
  struct ask_household household;
  if (ask_desk_read(side->desk, &source, kept->text, kept->length, &household, &problems)) {
    if (household.id && !*ret_id) *ret_id = ask_strdup(arena, household.id);
    bool *chosen = ask_alloc_array(scratch, side->rules->catalogue->program_count, sizeof *chosen);
    chosen[program] = true;
    struct ask_choice choice = {.programs = chosen};
    const struct ask_result *result = ask_desk_assess(side->desk, &household, &choice, &problems);
    if (result) *ret_count = reasons_of(arena, side, &result->determinations[0], (const char ***)ret);
  }
  ask_arena_free(scratch);
}

static void explain_example(const struct ask_impact_options *options, const struct side sides[2],
                            const struct ask_impact_pair *pair, const struct ask_impact_kept *kept,
                            struct ask_arena *arena, struct ask_impact_example *ret) {
  *ret = (struct ask_impact_example){.line = kept->line,
                                     .from = kept->from,
                                     .to = kept->to,
                                     .from_state = kept->from_state,
                                     .to_state = kept->to_state};
  if (!kept->text) return;
  if (pair->from >= 0)
    explain_side(options, &sides[0], pair->from, kept, arena, &ret->why_from, &ret->why_from_count, &ret->id);
  if (pair->to >= 0)
    explain_side(options, &sides[1], pair->to, kept, arena, &ret->why_to, &ret->why_to_count, &ret->id);
}

void ask_impact_explain(const struct ask_impact_options *options, const struct ask_impact_tally *tally,
                        struct ask_arena *arena, struct ask_impact *ret) {
  struct side sides[2] = {{options->from, ask_desk_new(options->from)}, {options->to, ask_desk_new(options->to)}};
  struct ask_impact_program *programs = ask_alloc_array(arena, tally->pair_count, sizeof *programs);
  for (size_t i = 0; i < tally->pair_count; i++) {
    const struct ask_impact_pair *pair = &tally->pairs[i];
    const struct ask_impact_count *count = &tally->counts[i];
    const struct ask_program_spec *spec = pair->to >= 0 ? options->to->catalogue->programs[pair->to].spec
                                                        : options->from->catalogue->programs[pair->from].spec;
    struct ask_impact_program *program = &programs[i];
    *program = (struct ask_impact_program){.id = ask_strdup(arena, pair->id),
                                           .name = ask_strdup(arena, spec->name ? spec->name : pair->id),
                                           .cents_more = count->cents_more,
                                           .cents_less = count->cents_less};
    if (spec->amount_per) {
      program->amount_per = ask_strdup(arena, spec->amount_per);
      program->amount_text = spec->amount_text ? ask_strdup(arena, spec->amount_text) : NULL;
    }
    memcpy(program->moves, count->moves, sizeof program->moves);
    memcpy(program->kinds, count->kinds, sizeof program->kinds);
    for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++)
      for (int k = 0; k < ASK_IMPACT_EXAMPLES && count->kept[kind][k].line; k++)
        explain_example(options, sides, pair, &count->kept[kind][k], arena,
                        &program->examples[kind][program->example_count[kind]++]);
  }
  ret->programs = programs;
  ret->program_count = tally->pair_count;
  ask_desk_free(sides[0].desk);
  ask_desk_free(sides[1].desk);
}
