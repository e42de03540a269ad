/* What is said about all results together: the urgency ladder and the flags. */
#include "json/write_parts.h"

/* What a remark of the overview says. */
static void put_finding(struct ask_buffer *buffer, const struct ask_finding *finding) {
  const struct ask_remark *remark = finding->remark;
  ask_put_key_text(buffer, "code", remark->spec->code);
  ask_put_key_text(buffer, "text", remark->spec->text);
  ask_put_key_text(buffer, "say", remark->spec->say);
  ask_put_key_texts(buffer, "seen", finding->seen, finding->seen_count);
  ask_put_key_texts(buffer, "programs", remark->spec->programs, remark->spec->program_count);
  ask_put_key_text(buffer, "cite", remark->spec->cite);
  ask_put_key_bool(buffer, "verified", finding->verified);
  ask_put_key_texts(buffer, "labels", remark->labels, remark->label_count);
}

/* The level of a program: the same members. */
static void put_level(struct ask_buffer *buffer, const struct ask_determination *d) {
  const struct ask_program *program = d->program;
  const char *const programs[] = {program->spec->id};
  ask_put_key_text(buffer, "code", NULL);
  ask_put_key_text(buffer, "text", d->level->name);
  ask_put_key_text(buffer, "say", d->next_step);
  ask_put_key_texts(buffer, "seen", NULL, 0);
  ask_put_key_texts(buffer, "programs", programs, 1);
  ask_put_key_text(buffer, "cite", d->level->cite);
  ask_put_key_bool(buffer, "verified", !d->level->unverified);
  ask_put_key_texts(buffer, "labels", program->labels, program->label_count);
}

static void put_step(struct ask_buffer *buffer, const struct ask_first_step *step) {
  const struct ask_determination *d = step->determination;
  ask_put_open(buffer, '{');
  ask_put_key_int(buffer, "urgency", step->urgency);
  ask_put_key_text(buffer, "program", d ? d->program->spec->id : NULL);
  ask_put_key(buffer, "act_within");
  ask_put_duration(buffer, d ? &d->level->act_within : &step->finding.remark->spec->act_within);
  ask_put_key(buffer, "deadline");
  if (step->has_deadline)
    ask_put_date(buffer, step->deadline);
  else
    ask_put_null(buffer);
  if (d)
    put_level(buffer, d);
  else
    put_finding(buffer, &step->finding);
  ask_put_close(buffer, '}');
}

void ask_put_first_steps(struct ask_buffer *buffer, const struct ask_result *result) {
  if (!result->has_overview) return;
  ask_put_key(buffer, "first_steps");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->first_step_count; i++) put_step(buffer, &result->first_steps[i]);
  ask_put_close(buffer, ']');
}

void ask_put_flags(struct ask_buffer *buffer, const struct ask_result *result) {
  if (!result->has_overview) return;
  ask_put_key(buffer, "flags");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->flag_count; i++) {
    ask_put_open(buffer, '{');
    put_finding(buffer, &result->flags[i]);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}
