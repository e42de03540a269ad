/* One program of the report: how urgent, how much, why, what is missing, what to do, what it rests on. */
#include <string.h>

#include "cli/report.h"
#include "cli/words.h"

enum { LABEL = 14 };

/* "  Next step     text": a label stands once, before the first of its lines. */
static void row(struct ask_screen *screen, const char *label, enum ask_style style, const char *text) {
  char first[LABEL + 3];
  snprintf(first, sizeof first, "  %-*s", LABEL, label);
  ask_paragraph(screen, first, style, text);
}

static const char *with_cite(struct ask_arena *arena, const char *text, const char *cite, bool unverified) {
  if (cite && unverified) return ask_printf(arena, "%s [%s, not verified]", text, cite);
  if (cite) return ask_printf(arena, "%s [%s]", text, cite);
  return unverified ? ask_printf(arena, "%s [not verified]", text) : text;
}

static void level(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d) {
  struct ask_arena *arena = session->arena;
  if (d->level) {
    const char *within = ask_within_words(arena, &d->level->act_within);
    const char *text = d->level->name;
    if (within) text = ask_printf(arena, "%s: act %s", text, within);
    if (d->has_deadline && d->deadline != session->result->answers->as_of)
      text = ask_printf(arena, "%s, by %s", text, ask_day_long(arena, d->deadline));
    row(screen, "How urgent", d->urgency <= 2 ? ASK_BOLD : ASK_PLAIN,
        with_cite(arena, text, d->level->cite, d->level->unverified));
  }
  if (d->could_be) {
    const char *within = ask_within_words(arena, &d->could_be->act_within);
    row(screen, "Could be", ASK_YELLOW,
        ask_printf(arena, "%s%s%s: not ruled out until these are answered:", d->could_be->name, within ? ", " : "",
                   within ? within : ""));
    for (size_t i = 0; i < d->could_be_missing_count && i < 4; i++)
      row(screen, "", ASK_PLAIN,
          ask_question_line(arena, session->rules->catalogue, d->could_be_missing[i].item,
                            d->could_be_missing[i].path));
  }
}

static void amounts(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d) {
  struct ask_arena *arena = session->arena;
  struct ask_kind money = {.type = ASK_MONEY};
  if (d->has_amount && d->amount.state == ASK_KNOWN)
    row(screen, "Amount", ASK_PLAIN,
        ask_printf(arena, "%s%s%s%s", d->program->spec->amount_text ? d->program->spec->amount_text : "",
                   d->program->spec->amount_text ? ": " : "", ask_kind_words(arena, &money, &d->amount),
                   ask_per_words(d->program->spec->amount_per)));
  if (d->has_score && d->score.state == ASK_KNOWN)
    row(screen, "Score", ASK_PLAIN, ask_printf(arena, "%lld", (long long)d->score.word));
  else if (d->has_score && d->status <= ASK_POSSIBLE)
    row(screen, "Score", ASK_PLAIN, "none until every answer that it counts is there");
}

/* For a program whose criteria hold: the uppermost criteria that say something. */
static const char *met(struct ask_arena *arena, const struct ask_determination *d, const struct ask_node *node,
                       const char *so_far) {
  if (d->states[node->reg] != ASK_KNOWN || !d->words[node->reg]) return so_far;
  if (node->spec->text) return ask_printf(arena, "%s%s%s", so_far, *so_far ? "; " : "", node->spec->text);
  if (node->spec->kind == ASK_NONE) return so_far;
  for (size_t i = 0; i < node->child_count; i++) so_far = met(arena, d, &node->children[i], so_far);
  return so_far;
}

static void reasons(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d) {
  static const struct {
    enum ask_reason_kind kind;
    const char *label;
    enum ask_style style;
  } groups[] = {{ASK_REASON_UNMET, "Not met", ASK_PLAIN},
                {ASK_REASON_POSSIBLE, "Left to decide", ASK_PLAIN},
                {ASK_REASON_WITHHELD, "Withheld", ASK_PLAIN},
                {ASK_REASON_ERROR, "Failed", ASK_RED},
                {ASK_REASON_NOTE, "Note", ASK_PLAIN}};
  struct ask_arena *arena = session->arena;
  if (d->status <= ASK_POSSIBLE && d->program->eligible) {
    const char *why = met(arena, d, d->program->eligible, "");
    if (*why) row(screen, "Why", ASK_PLAIN, why);
  }
  for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
    const char *label = groups[g].label;
    for (size_t i = 0; i < d->reason_count; i++) {
      const struct ask_reason *reason = &d->reasons[i];
      if (reason->kind != groups[g].kind) continue;
      row(screen, label, groups[g].style, with_cite(arena, reason->text, reason->cite, reason->unverified));
      label = "";
    }
  }
}

static void missing(struct ask_screen *screen, const struct ask_session *session, const struct ask_determination *d) {
  enum { SHOWN = 5 };
  const char *label = "Missing";
  for (size_t i = 0; i < d->missing_count; i++) {
    const struct ask_missing *one = &d->missing[i];
    if (i == SHOWN && d->missing_count > SHOWN + 1) {
      row(screen, "", ASK_PLAIN, ask_printf(session->arena, "and %zu more", d->missing_count - SHOWN));
      return;
    }
    const char *text = ask_question_line(session->arena, session->rules->catalogue, one->item, one->path);
    if (one->absence == ASK_DECLINED) text = ask_printf(session->arena, "%s: declined", text);
    if (one->absence == ASK_NOT_KNOWN) text = ask_printf(session->arena, "%s: the person does not know", text);
    row(screen, label, ASK_PLAIN, text);
    label = "";
  }
}

static void what_to_do(struct ask_screen *screen, const struct ask_session *session,
                       const struct ask_determination *d) {
  const struct ask_program_spec *spec = d->program->spec;
  struct ask_arena *arena = session->arena;
  if (d->status > ASK_NEED_INFO) return;
  if (d->next_step) row(screen, "Next step", ASK_PLAIN, d->next_step);
  const char *contact = spec->agency ? spec->agency : "";
  if (spec->phone) contact = ask_printf(arena, "%s%s%s", contact, *contact ? ", " : "", spec->phone);
  if (spec->url) contact = ask_printf(arena, "%s%s%s", contact, *contact ? ", " : "", spec->url);
  if (*contact) row(screen, "Contact", ASK_PLAIN, contact);
  const char *cannot = "";
  for (size_t i = 0; i < spec->cannot_count; i++)
    cannot = ask_printf(arena, "%s%s%s", cannot, i ? "; " : "", spec->cannot[i]);
  if (*cannot) row(screen, "It cannot", ASK_PLAIN, cannot);
  if (spec->review_months && d->status <= ASK_POSSIBLE)
    row(screen, "Look again", ASK_PLAIN,
        with_cite(arena,
                  ask_printf(arena, "after %d month%s", (int)spec->review_months, spec->review_months == 1 ? "" : "s"),
                  spec->review_cite, spec->review_unverified));
}

/* What rests on sources that nobody has read: some of it here, all of it marked in the criteria tree. */
static void unverified(struct ask_screen *screen, const struct ask_session *session,
                       const struct ask_determination *d) {
  enum { SHOWN = 3 };
  if (d->status > ASK_UNLIKELY) return;
  for (size_t i = 0; i < d->unverified_count; i++) {
    if (i == SHOWN && d->unverified_count > SHOWN + 1) {
      row(screen, "", ASK_YELLOW,
          ask_printf(session->arena, "and %zu more rules or numbers whose source was not read%s",
                     d->unverified_count - SHOWN,
                     session->detail == ASK_DETAIL_TREE ? ", marked below" : ": askonce explain marks each"));
      return;
    }
    row(screen, i ? "" : "Not verified", ASK_YELLOW, d->unverified[i]);
  }
}

void ask_report_program(struct ask_screen *screen, const struct ask_session *session,
                        const struct ask_determination *d) {
  const struct ask_program_spec *spec = d->program->spec;
  ask_say(screen, "\n");
  ask_say_styled(screen, ASK_BOLD, "%s", spec->name);
  if (strcmp(spec->name, spec->id) != 0)
    ask_say(screen, " (%s)", spec->id); /* a plugin that does not load has no name */
  ask_say(screen, ": ");
  ask_say_styled(screen, ask_status_style(d->status), "%s", ask_status_words(d->status));
  ask_say(screen, "\n");
  level(screen, session, d);
  amounts(screen, session, d);
  reasons(screen, session, d);
  missing(screen, session, d);
  what_to_do(screen, session, d);
  unverified(screen, session, d);
}
