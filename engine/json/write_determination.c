/* One program's determination. */
#include "json/write_parts.h"

#include "model/lookup.h"

static void put_level_name(struct ask_buffer *buffer, const struct ask_level_spec *level) {
  ask_put_key_text(buffer, "name", level ? level->name : NULL);
  ask_put_key(buffer, "act_within");
  if (level)
    ask_put_duration(buffer, &level->act_within);
  else
    ask_put_null(buffer);
}

static void put_level(struct ask_buffer *buffer, const struct ask_determination *d) {
  ask_put_key(buffer, "level");
  if (!d->level && !d->could_be) {
    ask_put_null(buffer);
    return;
  }
  ask_put_open(buffer, '{');
  put_level_name(buffer, d->level);
  ask_put_key(buffer, "deadline");
  if (d->has_deadline)
    ask_put_date(buffer, d->deadline);
  else
    ask_put_null(buffer);
  ask_put_key_int(buffer, "urgency", d->urgency);
  ask_put_key_text(buffer, "cite", d->level ? d->level->cite : NULL);
  ask_put_key_bool(buffer, "verified", !d->level || !d->level->unverified);
  ask_put_key(buffer, "could_be");
  if (d->could_be) {
    ask_put_open(buffer, '{');
    put_level_name(buffer, d->could_be);
    ask_put_key_text(buffer, "cite", d->could_be->cite);
    ask_put_missing(buffer, d->could_be_missing, d->could_be_missing_count);
    ask_put_close(buffer, '}');
  } else {
    ask_put_null(buffer);
  }
  ask_put_close(buffer, '}');
}

static void put_because(struct ask_buffer *buffer, const struct ask_json_view *view,
                        const struct ask_determination *d) {
  ask_put_key(buffer, "because");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < d->because_count; i++) ask_put_text(buffer, view->catalogue->items[d->because[i]].spec->id);
  ask_put_close(buffer, ']');
}

static void put_score_and_amount(struct ask_buffer *buffer, const struct ask_determination *d) {
  ask_put_key(buffer, "score");
  if (d->has_score && d->score.state == ASK_KNOWN)
    ask_put_int(buffer, d->score.word);
  else
    ask_put_null(buffer);
  ask_put_key(buffer, "amount_cents");
  if (d->has_amount && d->amount.state == ASK_KNOWN)
    ask_put_int(buffer, d->amount.word);
  else
    ask_put_null(buffer);
  ask_put_key(buffer, "amount");
  if (d->has_amount) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", d->program->spec->amount_text);
    ask_put_key_text(buffer, "per", d->program->spec->amount_per);
    ask_put_close(buffer, '}');
  } else {
    ask_put_null(buffer);
  }
}

static void put_reasons(struct ask_buffer *buffer, const struct ask_determination *d) {
  static const char *const kinds[] = {[ASK_REASON_UNMET] = "unmet",
                                      [ASK_REASON_POSSIBLE] = "possible",
                                      [ASK_REASON_NOTE] = "note",
                                      [ASK_REASON_ERROR] = "error",
                                      [ASK_REASON_WITHHELD] = "withheld"};
  ask_put_key(buffer, "reasons");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < d->reason_count; i++) {
    const struct ask_reason *reason = &d->reasons[i];
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", reason->text);
    ask_put_key_text(buffer, "kind", kinds[reason->kind]);
    ask_put_key_text(buffer, "cite", reason->cite);
    ask_put_key_text(buffer, "code", reason->code);
    ask_put_key_bool(buffer, "verified", !reason->unverified);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

static void put_documents(struct ask_buffer *buffer, const struct ask_determination *d) {
  ask_put_key(buffer, "documents");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < d->document_count; i++) {
    const struct ask_text_when_spec *document = d->documents[i];
    int32_t reg = d->program->documents[document - d->program->spec->documents].reg;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", document->text);
    ask_put_key(buffer, "needed");
    if (reg < 0 || !d->states || d->states[reg] == ASK_KNOWN)
      ask_put_bool(buffer, true);
    else
      ask_put_null(buffer);
    ask_put_key_text(buffer, "cite", document->cite);
    ask_put_key_bool(buffer, "verified", !document->unverified);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

static void put_criteria(struct ask_buffer *buffer, const struct ask_json_view *view, const struct ask_determination *d,
                         const struct ask_node *node) {
  if (node && ask_has_values(d))
    ask_put_tree(buffer, view, d, node);
  else
    ask_put_null(buffer);
}

void ask_put_determination(struct ask_buffer *buffer, const struct ask_json_view *view,
                           const struct ask_determination *d, enum ask_detail detail) {
  const struct ask_program *program = d->program;
  const struct ask_program_spec *spec = program->spec;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "program", spec->id);
  if (view->several_packs) ask_put_key_text(buffer, "pack", spec->pack);
  if (detail == ASK_DETAIL_STATUS) {
    ask_put_key_text(buffer, "status", ask_status_text(d->status));
    put_level(buffer, d);
    ask_put_missing(buffer, d->missing, d->missing_count);
    ask_put_close(buffer, '}');
    return;
  }
  const struct ask_program_fragments *fragments = &view->day->programs[program->number];
  ask_put_piece(buffer, fragments->name.bytes, fragments->name.length);
  ask_put_key_text(buffer, "status", ask_status_text(d->status));
  if (detail == ASK_DETAIL_TREE) {
    ask_put_key(buffer, "criteria");
    put_criteria(buffer, view, d, program->eligible);
    ask_put_key(buffer, "possible");
    put_criteria(buffer, view, d, program->possible);
    ask_put_worksheet(buffer, view, d);
  }
  ask_put_missing(buffer, d->missing, d->missing_count);
  put_because(buffer, view, d);
  put_level(buffer, d);
  put_score_and_amount(buffer, d);
  put_reasons(buffer, d);
  put_documents(buffer, d);
  ask_put_key_text(buffer, "next_step", d->next_step);
  ask_put_piece(buffer, fragments->limits.bytes, fragments->limits.length);
  ask_put_key_bool(buffer, "verified", d->verified);
  ask_put_key_texts(buffer, "unverified", d->unverified, d->unverified_count);
  ask_put_piece(buffer, fragments->rule.bytes, fragments->rule.length);
  ask_put_close(buffer, '}');
}
