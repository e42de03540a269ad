/* One program of a catalogue, as somebody reads it who wants to know what it asks and what it rests on. */
#include "json/write_parts.h"

static void put_statuses(struct ask_buffer *buffer, const struct ask_program *program) {
  ask_put_key(buffer, "statuses");
  ask_put_open(buffer, '[');
  if (program->broken) {
    ask_put_text(buffer, ask_status_text(ASK_STATUS_ERROR));
  } else {
    for (enum ask_status status = ASK_LIKELY; status <= ASK_UNLIKELY; status++)
      if (status != ASK_POSSIBLE || program->possible) ask_put_text(buffer, ask_status_text(status));
  }
  ask_put_close(buffer, ']');
}

static void put_criterion(struct ask_buffer *buffer, const struct ask_node_spec *spec) {
  static const char *const kinds[] = {
      [ASK_RULE] = "rule", [ASK_ALL] = "all", [ASK_ANY] = "any", [ASK_NONE] = "none", [ASK_AT_LEAST] = "at_least"};
  if (!spec) {
    ask_put_null(buffer);
    return;
  }
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "kind", kinds[spec->kind]);
  if (spec->kind == ASK_AT_LEAST) ask_put_key_int(buffer, "at_least", spec->at_least);
  ask_put_key_text(buffer, "text", spec->text);
  if (spec->code) ask_put_key_text(buffer, "code", spec->code);
  ask_put_key_text(buffer, "expr", spec->formula.expr.text);
  ask_put_key_text(buffer, "cite", spec->cite);
  ask_put_key_bool(buffer, "verified", !spec->unverified);
  ask_put_key(buffer, "children");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < spec->child_count; i++) put_criterion(buffer, &spec->children[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

static void put_levels(struct ask_buffer *buffer, const struct ask_program_spec *spec) {
  ask_put_key(buffer, "levels");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "name", level->name);
    ask_put_key(buffer, "act_within");
    ask_put_duration(buffer, &level->act_within);
    ask_put_key_text(buffer, "when", level->when.expr.text);
    ask_put_key_text(buffer, "cite", level->cite);
    ask_put_key_bool(buffer, "verified", !level->unverified);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

static void put_texts(struct ask_buffer *buffer, const struct ask_text_when_spec *texts, size_t count) {
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", texts[i].text);
    ask_put_key_text(buffer, "when", texts[i].when.expr.text);
    ask_put_key_text(buffer, "cite", texts[i].cite);
    if (texts[i].code) ask_put_key_text(buffer, "code", texts[i].code);
    ask_put_key_bool(buffer, "verified", !texts[i].unverified);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

static void put_parameters(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                           const struct ask_program *program) {
  ask_put_key(buffer, "parameters");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_spec *spec = catalogue->parameters[program->parameters[i]].spec;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "parameter", spec->id);
    ask_put_key_text(buffer, "title", spec->title);
    ask_put_key_text(buffer, "unit", spec->unit);
    ask_put_key_text(buffer, "source", spec->source);
    ask_put_key_text(buffer, "url", spec->url);
    ask_put_key(buffer, "versions");
    ask_put_open(buffer, '[');
    for (size_t v = 0; v < spec->version_count; v++) {
      const struct ask_parameter_version *version = &spec->versions[v];
      ask_put_open(buffer, '{');
      ask_put_key(buffer, "from");
      ask_put_date(buffer, version->from);
      ask_put_key(buffer, "until");
      if (version->until == INT64_MAX)
        ask_put_null(buffer);
      else
        ask_put_date(buffer, version->until);
      if (version->source) ask_put_key_text(buffer, "source", version->source);
      if (version->note) ask_put_key_text(buffer, "note", version->note);
      ask_put_key_bool(buffer, "verified", version->verified);
      ask_put_close(buffer, '}');
    }
    ask_put_close(buffer, ']');
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

void ask_json_program(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                      const struct ask_program *program) {
  const struct ask_program_spec *spec = program->spec;
  ask_put_open(buffer, '{');
  ask_put_program_summary(buffer, catalogue, program);
  ask_put_limits(buffer, spec);
  put_statuses(buffer, program);
  ask_put_key(buffer, "criteria");
  put_criterion(buffer, spec->eligible);
  ask_put_key(buffer, "possible");
  put_criterion(buffer, spec->possible);
  put_levels(buffer, spec);
  ask_put_key(buffer, "amount");
  if (program->amount >= 0 && !program->broken) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", spec->amount_text);
    ask_put_key_text(buffer, "per", spec->amount_per);
    ask_put_close(buffer, '}');
  } else {
    ask_put_null(buffer);
  }
  ask_put_key(buffer, "notes");
  put_texts(buffer, spec->notes, spec->note_count);
  ask_put_key(buffer, "documents");
  put_texts(buffer, spec->documents, spec->document_count);
  ask_put_key(buffer, "next_steps");
  put_texts(buffer, spec->next_steps, spec->next_step_count);
  put_parameters(buffer, catalogue, program);
  ask_put_close(buffer, '}');
}
