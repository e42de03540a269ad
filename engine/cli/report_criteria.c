/* The criteria tree, the worksheet and the numbers of one program, with the household's own values. */
#include <string.h>

#include "cli/report.h"
#include "cli/words.h"
#include "model/lookup.h"

enum { STEP = 2, MARGIN = 7 };

static void mark(struct ask_screen *screen, const struct ask_determination *d, int32_t reg) {
  uint8_t state = d->states[reg];
  if (state == ASK_KNOWN && d->words[reg])
    ask_say_styled(screen, ASK_GREEN, "  yes  ");
  else if (state == ASK_KNOWN)
    ask_say_styled(screen, ASK_RED, "  no   ");
  else if (state == ASK_FAULT)
    ask_say_styled(screen, ASK_RED, "  bad  ");
  else
    ask_say_styled(screen, ASK_YELLOW, "  ?    ");
}

static const char *indent(struct ask_arena *arena, int columns) { return ask_printf(arena, "%*s", columns, ""); }

static const char *kind_words(struct ask_arena *arena, const struct ask_node_spec *spec) {
  switch (spec->kind) {
  case ASK_ALL: return "all of these:";
  case ASK_ANY: return "at least one of these:";
  case ASK_NONE: return "none of these:";
  case ASK_AT_LEAST: return ask_printf(arena, "at least %d of these:", (int)spec->at_least);
  default: return "";
  }
}

static const char *add(struct ask_arena *arena, const char *so_far, const char *name, const char *value) {
  return ask_printf(arena, "%s%s%s = %s", so_far, *so_far ? ";  " : "", name, value);
}

/* "age = 82;  minimum_age = 18": what the expression names itself; a Lua function (text NULL) shows all that it
 * reads. */
static const char *values_seen(const struct ask_session *session, const struct ask_determination *d, const char *expr,
                               const int32_t *reads, size_t read_count, const int32_t *uses, size_t use_count) {
  struct ask_arena *arena = session->arena;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const struct ask_dated *dated =
      ask_workspace_dated(ask_desk_workspace(session->desk), session->result->answers->as_of);
  const char *text = "";
  for (size_t i = 0; i < read_count; i++) {
    const struct ask_item *item = &catalogue->items[reads[i]];
    if (expr && !ask_expr_names_item(catalogue, expr, reads[i])) continue;
    text = add(arena, text, item->spec->id, ask_value_words(arena, item, &session->result->items[reads[i]]));
  }
  for (size_t i = 0; i < d->program->spec->line_count; i++) {
    const struct ask_line *line = &d->program->lines[i];
    struct ask_value value = {.word = d->words[line->reg], .state = d->states[line->reg]};
    if (expr && ask_expr_names(expr, line->spec->name))
      text = add(arena, text, line->spec->name, ask_kind_words(arena, &line->kind, &value));
  }
  for (size_t i = 0; expr && i < d->program->depends_count; i++) {
    const struct ask_program *other = &catalogue->programs[d->program->depends_on[i]];
    const char *name = ask_printf(arena, "status.%s", other->spec->id);
    const struct ask_determination *seen = ask_result_of(session->result, other);
    if (seen && strstr(expr, name)) text = add(arena, text, name, ask_status_text(seen->status));
  }
  for (size_t i = 0; i < use_count; i++) {
    struct ask_lookup seen = ask_lookup(catalogue, d, dated, uses[i]);
    const char *id = seen.parameter->spec->id;
    if (seen.key[0]) id = ask_printf(arena, "%s[%s]", id, seen.key);
    if (seen.value.state == ASK_KNOWN) text = add(arena, text, id, ask_kind_words(arena, &seen.kind, &seen.value));
  }
  return text;
}

static void node(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d,
                 const struct ask_node *one, int depth) {
  const struct ask_node_spec *spec = one->spec;
  struct ask_arena *arena = session->arena;
  const char *kind = kind_words(arena, spec);
  const char *text = spec->text ? spec->text : "";
  if (*kind) text = ask_printf(arena, "%s%s%s", text, *text ? ": " : "", kind);
  if (spec->cite)
    text = ask_printf(arena, "%s [%s%s]", text, spec->cite, spec->unverified ? ", not verified" : "");
  else if (spec->unverified)
    text = ask_printf(arena, "%s [not verified]", text);
  mark(screen, d, one->reg);
  ask_say(screen, "%*s", depth * STEP, "");
  ask_wrapped(screen, MARGIN + depth * STEP, ASK_PLAIN, text);
  if (spec->kind == ASK_RULE) {
    const char *in = indent(arena, MARGIN + depth * STEP + 4);
    if (spec->formula.expr.text)
      ask_paragraph(screen, in, ASK_DIM, spec->formula.expr.text);
    else
      ask_paragraph(screen, in, ASK_DIM, "(computed by a Lua function of the plugin)");
    const char *seen = values_seen(session, d, spec->formula.expr.text, one->reads, one->read_count, one->parameters,
                                   one->parameter_count);
    if (*seen) ask_paragraph(screen, in, ASK_PLAIN, seen);
  }
  for (size_t i = 0; i < one->child_count; i++) node(screen, session, d, &one->children[i], depth + 1);
}

void ask_report_criteria(struct ask_screen *screen, const struct ask_session *session,
                         const struct ask_determination *d) {
  if (!ask_has_values(d) || !d->program->eligible) return;
  ask_heading(screen, "Criteria (yes: holds, no: does not, ?: not known yet)");
  node(screen, session, d, d->program->eligible, 0);
  if (d->program->possible) {
    ask_heading(screen, "Left to somebody's judgement, when the criteria hold");
    node(screen, session, d, d->program->possible, 0);
  }
}

void ask_report_worksheet(struct ask_screen *screen, const struct ask_session *session,
                          const struct ask_determination *d) {
  const struct ask_program *program = d->program;
  struct ask_arena *arena = session->arena;
  if (!ask_has_values(d) || !program->spec->line_count) return;
  ask_heading(screen, "Worksheet");
  for (size_t i = 0; i < program->spec->line_count; i++) {
    const struct ask_line *line = &program->lines[i];
    const struct ask_line_spec *spec = line->spec;
    struct ask_value value = {.word = d->words[line->reg], .state = d->states[line->reg]};
    char number[32];
    snprintf(number, sizeof number, "%3zu. ", i + 1);
    const char *text = spec->text ? spec->text : spec->name;
    text = ask_printf(arena, "%s = %s", text, ask_kind_words(arena, &line->kind, &value));
    if (spec->cite) text = ask_printf(arena, "%s [%s%s]", text, spec->cite, spec->unverified ? ", not verified" : "");
    ask_paragraph(screen, number, ASK_PLAIN, text);
    ask_paragraph(screen, "       ", ASK_DIM,
                  ask_printf(arena, "%s = %s", spec->name,
                             spec->formula.expr.text ? spec->formula.expr.text : "(a Lua function of the plugin)"));
    const char *seen = values_seen(session, d, spec->formula.expr.text, line->reads, line->read_count, line->parameters,
                                   line->parameter_count);
    if (*seen) ask_paragraph(screen, "       ", ASK_PLAIN, seen);
  }
}

void ask_report_parameters(struct ask_screen *screen, const struct ask_session *session,
                           const struct ask_program *program) {
  struct ask_arena *arena = session->arena;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  int64_t as_of = session->result->answers->as_of;
  if (!program->parameter_count) return;
  ask_heading(screen, "Numbers it uses, as they stand on that day");
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_spec *spec = catalogue->parameters[program->parameters[i]].spec;
    const struct ask_parameter_version *version = ask_parameter_on(spec, as_of);
    const char *text = ask_printf(arena, "%s: %s", spec->id, spec->title ? spec->title : spec->unit);
    if (!version) {
      struct ask_buffer gap = {0};
      ask_parameter_gap_text(spec, as_of, &gap);
      text = ask_strndup(arena, gap.bytes, gap.length);
      ask_buffer_free(&gap);
    } else {
      struct ask_kind date = {.type = ASK_DATE}, kind = {.type = spec->type};
      struct ask_value from = {.word = version->from}, value = {.word = version->word};
      if (!version->is_table) text = ask_printf(arena, "%s = %s", text, ask_kind_words(arena, &kind, &value));
      text = ask_printf(arena, "%s, since %s", text, ask_kind_words(arena, &date, &from));
      const char *source = version->source ? version->source : spec->source;
      if (source)
        text = ask_printf(arena, "%s [%s%s]", text, source, version->verified ? "" : ", not verified");
      else if (!version->verified)
        text = ask_printf(arena, "%s [not verified]", text);
    }
    ask_paragraph(screen, "  - ", ASK_PLAIN, text);
  }
}
