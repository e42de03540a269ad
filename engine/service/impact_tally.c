/* Counting what changes, and keeping the first households of each kind. */
#include <stdlib.h>
#include <string.h>

#include "service/impact_parts.h"

static void *checked(void *memory) {
  if (!memory) abort();
  return memory;
}

void ask_impact_tally_open(struct ask_impact_tally *tally, const struct ask_impact_pair *pairs, size_t count) {
  *tally = (struct ask_impact_tally){.pairs = pairs, .pair_count = count};
  tally->counts = checked(calloc(count ? count : 1, sizeof *tally->counts));
}

void ask_impact_tally_close(struct ask_impact_tally *tally) {
  for (size_t i = 0; tally->counts && i < tally->pair_count; i++)
    for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++)
      for (int k = 0; k < ASK_IMPACT_EXAMPLES; k++) free(tally->counts[i].kept[kind][k].text);
  for (size_t i = 0; i < tally->reject_count; i++) free((char *)tally->rejects[i].message);
  free(tally->counts);
  *tally = (struct ask_impact_tally){0};
}

/* ---- examples and rejects: the lowest lines, in their order, whichever thread came first ---------------------------- */

/* The place for `line` among the kept; -1: there are enough before it. What is pushed out is freed. */
static int place_for(struct ask_impact_kept *kept, int64_t line) {
  int at = 0;
  while (at < ASK_IMPACT_EXAMPLES && kept[at].line && kept[at].line < line) at++;
  if (at == ASK_IMPACT_EXAMPLES) return -1;
  free(kept[ASK_IMPACT_EXAMPLES - 1].text);
  memmove(&kept[at + 1], &kept[at], (size_t)(ASK_IMPACT_EXAMPLES - 1 - at) * sizeof *kept);
  kept[at] = (struct ask_impact_kept){0};
  return at;
}

static void keep(struct ask_impact_kept *kept, const struct ask_impact_kept *example, const char *text) {
  int at = place_for(kept, example->line);
  if (at < 0) return;
  kept[at] = *example;
  kept[at].text = NULL;
  if (example->length > ASK_IMPACT_TEXT) return;
  kept[at].text = checked(malloc(example->length + 1));
  memcpy(kept[at].text, text, example->length);
  kept[at].text[example->length] = '\0';
}

static void keep_reject(struct ask_impact_tally *tally, int64_t line, char *message) {
  size_t at = tally->reject_count;
  while (at && tally->rejects[at - 1].line > line) at--;
  if (at == ASK_IMPACT_REJECTS) {
    free(message);
    return;
  }
  if (tally->reject_count == ASK_IMPACT_REJECTS) free((char *)tally->rejects[--tally->reject_count].message);
  memmove(&tally->rejects[at + 1], &tally->rejects[at], (tally->reject_count - at) * sizeof *tally->rejects);
  tally->rejects[at] = (struct ask_impact_reject){line, message};
  tally->reject_count++;
}

void ask_impact_tally_reject(struct ask_impact_tally *tally, int64_t line, const struct ask_problem *problem) {
  struct ask_buffer text = {0};
  tally->rejected++;
  if (problem->path) ask_buffer_printf(&text, "%s: ", problem->path);
  ask_buffer_puts(&text, problem->message);
  if (problem->hint) ask_buffer_printf(&text, " (%s)", problem->hint);
  keep_reject(tally, line, text.bytes); /* takes the bytes */
}

/* ---- one household ------------------------------------------------------------------------------------------------- */

static bool helps(int state) { return state == ASK_LIKELY || state == ASK_POSSIBLE; }

static enum ask_impact_kind kind_of(int from, int to) {
  if (helps(to) && !helps(from)) return ASK_IMPACT_GAINS;
  if (to == ASK_NEED_INFO) return ASK_IMPACT_TO_NEED_INFO;
  if (helps(from) && !helps(to)) return ASK_IMPACT_LOSES;
  return from == ASK_NEED_INFO && to == ASK_UNLIKELY ? ASK_IMPACT_RULED_OUT : ASK_IMPACT_SHIFTS;
}

void ask_impact_tally_household(struct ask_impact_tally *tally, const struct ask_brief *from,
                                const struct ask_brief *to, int64_t line, const char *text, size_t length) {
  static const struct ask_brief none = {0};
  bool changed = false, gains = false, loses = false;
  for (size_t i = 0; i < tally->pair_count; i++) {
    const struct ask_impact_pair *pair = &tally->pairs[i];
    struct ask_impact_count *count = &tally->counts[i];
    struct ask_impact_kept example = {.line = line,
                                      .from = pair->from < 0 ? none : from[pair->from],
                                      .to = pair->to < 0 ? none : to[pair->to],
                                      .length = length};
    example.from_state = pair->from < 0 ? ASK_IMPACT_ABSENT : (int)example.from.status;
    example.to_state = pair->to < 0 ? ASK_IMPACT_ABSENT : (int)example.to.status;
    count->moves[example.from_state][example.to_state]++;
    if (example.from_state != example.to_state) {
      enum ask_impact_kind kind = kind_of(example.from_state, example.to_state);
      changed = true;
      gains |= kind == ASK_IMPACT_GAINS;
      loses |= kind == ASK_IMPACT_LOSES;
      count->kinds[kind]++;
      keep(count->kept[kind], &example, text);
    }
    int64_t more = example.to.amount_cents - example.from.amount_cents;
    if (example.from.has_amount && example.to.has_amount && more) {
      enum ask_impact_kind kind = more > 0 ? ASK_IMPACT_MORE : ASK_IMPACT_LESS;
      if (more > 0)
        count->cents_more += more;
      else
        count->cents_less -= more;
      count->kinds[kind]++;
      keep(count->kept[kind], &example, text);
    }
  }
  tally->households++;
  tally->changed += changed;
  tally->gaining += gains;
  tally->losing += loses;
}

/* ---- adding up ------------------------------------------------------------------------------------------------------- */

static void add_count(struct ask_impact_count *to, struct ask_impact_count *from) {
  for (int a = 0; a < ASK_IMPACT_STATES; a++)
    for (int b = 0; b < ASK_IMPACT_STATES; b++) to->moves[a][b] += from->moves[a][b];
  for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++) {
    to->kinds[kind] += from->kinds[kind];
    for (int k = 0; k < ASK_IMPACT_EXAMPLES && from->kept[kind][k].line; k++) {
      int at = place_for(to->kept[kind], from->kept[kind][k].line);
      if (at < 0) continue;
      to->kept[kind][at] = from->kept[kind][k];
      from->kept[kind][k].text = NULL; /* moved */
    }
  }
  to->cents_more += from->cents_more;
  to->cents_less += from->cents_less;
}

void ask_impact_tally_add(struct ask_impact_tally *to, struct ask_impact_tally *from) {
  for (size_t i = 0; i < to->pair_count; i++) add_count(&to->counts[i], &from->counts[i]);
  for (size_t i = 0; i < from->reject_count; i++)
    keep_reject(to, from->rejects[i].line, (char *)from->rejects[i].message); /* moved */
  from->reject_count = 0;
  to->households += from->households;
  to->rejected += from->rejected;
  to->changed += from->changed;
  to->gaining += from->gaining;
  to->losing += from->losing;
  ask_impact_tally_close(from);
}
