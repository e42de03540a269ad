/* The readable report: the overview, and the order of the rest. */
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/words.h"

static int by_urgency(const void *a, const void *b) {
  const struct ask_determination *x = *(const struct ask_determination *const *)a;
  const struct ask_determination *y = *(const struct ask_determination *const *)b;
  if (x->urgency != y->urgency) return x->urgency < y->urgency ? -1 : 1;
  if (x->status != y->status) return x->status < y->status ? -1 : 1;
  return x->program->number < y->program->number ? -1 : x->program->number > y->program->number;
}

static const struct ask_determination **most_urgent_first(struct ask_session *session) {
  const struct ask_result *result = session->result;
  const struct ask_determination **order = ask_alloc_array(session->arena, result->determination_count, sizeof *order);
  for (size_t i = 0; i < result->determination_count; i++) order[i] = &result->determinations[i];
  qsort(order, result->determination_count, sizeof *order, by_urgency);
  return order;
}

static const char *cut(struct ask_arena *arena, const char *text, int columns) {
  if (ask_utf8_length(text, strlen(text)) <= (size_t)columns) return text;
  size_t length = 0;
  for (int used = 0; text[length] && used < columns - 3; used++) {
    length++;
    while (((unsigned char)text[length] & 0xC0) == 0x80) length++;
  }
  return ask_printf(arena, "%.*s...", (int)length, text);
}

/* "by Tue Nov 24 (24 hours)", or without the bracket when more follows. */
static const char *deadline(struct ask_arena *arena, const struct ask_determination *d, int64_t as_of, bool alone) {
  const char *within = d->level ? ask_within_words(arena, &d->level->act_within) : NULL;
  if (!within) return d->has_deadline ? ask_printf(arena, "by %s", ask_day_short(arena, d->deadline)) : "";
  if (d->has_deadline && d->deadline == as_of) return strcmp(within, "now") == 0 ? within : "today";
  if (!d->has_deadline) return within;
  const char *by = ask_printf(arena, "by %s", ask_day_short(arena, d->deadline));
  const char *how_long = strncmp(within, "within ", 7) == 0 ? within + 7 : within;
  return alone ? ask_printf(arena, "%s (%s)", by, how_long) : by;
}

/* What fits behind the name: the deadline and the amount; else what is missing or not met. */
static const char *gist(struct ask_session *session, const struct ask_determination *d) {
  struct ask_arena *arena = session->arena;
  bool amount = d->has_amount && d->amount.state == ASK_KNOWN && d->status <= ASK_POSSIBLE;
  const char *text = deadline(arena, d, session->result->answers->as_of, !amount);
  if (amount) {
    struct ask_kind money = {.type = ASK_MONEY};
    text = ask_printf(arena, "%s%s%s%s", text, *text ? "; " : "", ask_kind_words(arena, &money, &d->amount),
                      ask_per_words(d->program->spec->amount_per));
  }
  if (*text) return text;
  if (d->status == ASK_NEED_INFO)
    return ask_printf(arena, "%zu answer%s missing", d->missing_count, d->missing_count == 1 ? "" : "s");
  if (d->status == ASK_UNLIKELY) return d->reason_count ? ask_printf(arena, "not met: %s", d->reasons[0].text) : "";
  if (d->status == ASK_LIKELY) return d->level ? d->level->name : "";
  return d->reason_count ? d->reasons[0].text : "";
}

static void overview(struct ask_screen *screen, struct ask_session *session,
                     const struct ask_determination *const *order) {
  enum { STATUS = 11, GIST = 32 };
  size_t count = session->result->determination_count;
  int name = 0;
  for (size_t i = 0; i < count; i++) {
    int length = (int)strlen(order[i]->program->spec->name);
    if (length > name) name = length;
  }
  if (name > screen->width - 2 - STATUS - 2 - GIST) name = screen->width - 2 - STATUS - 2 - GIST;
  ask_heading(screen, "What each program says, most urgent first");
  for (size_t i = 0; i < count; i++) {
    const struct ask_determination *d = order[i];
    ask_say(screen, "  ");
    ask_padded(screen, ask_status_style(d->status), ask_status_words(d->status), STATUS);
    const char *said = gist(session, d);
    if (!*said) {
      ask_say(screen, "%s", cut(session->arena, d->program->spec->name, screen->width - 2 - STATUS));
    } else {
      ask_padded(screen, ASK_PLAIN, cut(session->arena, d->program->spec->name, name), name + 2);
      ask_say_styled(screen, d->urgency <= 2 ? ASK_BOLD : ASK_PLAIN, "%s",
                     cut(session->arena, said, screen->width - 2 - STATUS - 2 - name));
    }
    ask_say(screen, "\n");
  }
}

static void ignored(struct ask_screen *screen, const struct ask_session *session) {
  const struct ask_result *result = session->result;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  for (size_t i = 0; i < result->ignored_count; i++) {
    const struct ask_item_spec *spec = catalogue->items[result->ignored[i]].spec;
    ask_paragraph(screen, "  left out: ", ASK_PLAIN,
                  ask_printf(session->arena, "%s was given, but it is asked only when %s", spec->id,
                             spec->ask_when.text ? spec->ask_when.text : "its section is"));
  }
}

void ask_report(struct ask_screen *screen, struct ask_session *session) {
  const struct ask_result *result = session->result;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const struct ask_determination **order = most_urgent_first(session);
  struct ask_buffer packs = {0};
  ask_packs_text(catalogue, result->packs, &packs);
  ask_say_styled(screen, ASK_BOLD, "Assessment as of %s", ask_day_long(session->arena, result->answers->as_of));
  ask_say(screen, "\n");
  ask_say_styled(screen, ASK_DIM, "%s: form %s %s, pack %s, %zu program%s", session->source.file, catalogue->form->id,
                 catalogue->form->version, packs.bytes ? packs.bytes : "none", result->determination_count,
                 result->determination_count == 1 ? "" : "s");
  ask_buffer_free(&packs);
  ask_say(screen, "\n");
  ask_report_first(screen, session, false);
  overview(screen, session, order);
  ask_report_flags(screen, session);
  if (result->warning_count || result->ignored_count) ask_heading(screen, "About the answers");
  for (size_t i = 0; i < result->warning_count; i++) ask_say_problem(screen, &result->warnings[i], &session->source);
  ignored(screen, session);
  if (session->detail != ASK_DETAIL_STATUS) {
    for (size_t i = 0; i < result->determination_count; i++) {
      ask_report_program(screen, session, order[i]);
      if (session->detail == ASK_DETAIL_TREE) {
        ask_report_criteria(screen, session, order[i]);
        ask_report_worksheet(screen, session, order[i]);
      }
    }
    ask_report_documents(screen, session, order);
    ask_report_next(screen, session, 6);
  }
  ask_say(screen, "\n");
  ask_paragraph(
      screen, "", ASK_DIM,
      "This is a screen, not a decision: only the agency decides. A question without an answer never counts as no.");
}
