/* An impact run as JSON. Keys always in the same order; amounts in cents, as in every other output. */
#include "service/impact.h"
#include "json/put.h"

static void side(struct ask_buffer *out, int state, const struct ask_brief *outcome, const char *const *why,
                 size_t count) {
  ask_put_open(out, '{');
  ask_put_key_text(out, "status", ask_impact_state_word(state));
  if (outcome->has_amount) ask_put_key_int(out, "amount_cents", outcome->amount_cents);
  ask_put_key_texts(out, "why", why, count);
  ask_put_close(out, '}');
}

static void example(struct ask_buffer *out, const struct ask_impact_example *e) {
  ask_put_open(out, '{');
  ask_put_key_int(out, "line", e->line);
  ask_put_key_text(out, "id", e->id);
  ask_put_key(out, "from");
  side(out, e->from_state, &e->from, e->why_from, e->why_from_count);
  ask_put_key(out, "to");
  side(out, e->to_state, &e->to, e->why_to, e->why_to_count);
  ask_put_close(out, '}');
}

static void kinds(struct ask_buffer *out, const struct ask_impact_program *p) {
  for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++) {
    ask_put_name(out, ask_impact_kind_word((enum ask_impact_kind)kind));
    ask_put_int(out, p->kinds[kind]);
  }
}

/* {"likely": {"unlikely": 3}}: what did not happen is left out. */
static void moves(struct ask_buffer *out, const struct ask_impact_program *p) {
  ask_put_open(out, '{');
  for (int from = 0; from < ASK_IMPACT_STATES; from++) {
    bool open = false;
    for (int to = 0; to < ASK_IMPACT_STATES; to++) {
      if (!p->moves[from][to]) continue;
      if (!open) {
        ask_put_name(out, ask_impact_state_word(from));
        ask_put_open(out, '{');
        open = true;
      }
      ask_put_name(out, ask_impact_state_word(to));
      ask_put_int(out, p->moves[from][to]);
    }
    if (open) ask_put_close(out, '}');
  }
  ask_put_close(out, '}');
}

static void program(struct ask_buffer *out, const struct ask_impact_program *p) {
  ask_put_open(out, '{');
  ask_put_key_text(out, "program", p->id);
  ask_put_key_text(out, "name", p->name);
  kinds(out, p);
  if (p->amount_per) {
    ask_put_key(out, "amount");
    ask_put_open(out, '{');
    ask_put_key_text(out, "per", p->amount_per);
    ask_put_key_int(out, "more_cents", p->cents_more);
    ask_put_key_int(out, "less_cents", p->cents_less);
    ask_put_close(out, '}');
  }
  ask_put_key(out, "moves");
  moves(out, p);
  ask_put_key(out, "examples");
  ask_put_open(out, '{');
  for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++) {
    if (!p->example_count[kind]) continue;
    ask_put_name(out, ask_impact_kind_word((enum ask_impact_kind)kind));
    ask_put_open(out, '[');
    for (size_t i = 0; i < p->example_count[kind]; i++) example(out, &p->examples[kind][i]);
    ask_put_close(out, ']');
  }
  ask_put_close(out, '}');
  ask_put_close(out, '}');
}

static void rules(struct ask_buffer *out, const char *named, const char *hash) {
  ask_put_open(out, '{');
  ask_put_key_text(out, "pack", named);
  ask_put_key_text(out, "hash", hash);
  ask_put_close(out, '}');
}

void ask_impact_json(const struct ask_impact *impact, const struct ask_impact_title *title, struct ask_buffer *out) {
  ask_put_open(out, '{');
  ask_put_key(out, "from");
  rules(out, title->from, title->from_hash);
  ask_put_key(out, "to");
  rules(out, title->to, title->to_hash);
  ask_put_key_text(out, "input", title->input);
  ask_put_key(out, "as_of");
  ask_put_date(out, title->as_of);
  ask_put_key_bool(out, "as_of_for_all", title->as_of_wins);
  ask_put_key_int(out, "households", impact->households);
  ask_put_key_int(out, "rejected", impact->rejected);
  ask_put_key_int(out, "changed", impact->changed);
  ask_put_key_int(out, "gaining", impact->gaining);
  ask_put_key_int(out, "losing", impact->losing);
  ask_put_key_bool(out, "stopped", impact->stopped);
  ask_put_key(out, "programs");
  ask_put_open(out, '[');
  for (size_t i = 0; i < impact->program_count; i++) program(out, &impact->programs[i]);
  ask_put_close(out, ']');
  ask_put_key(out, "rejects");
  ask_put_open(out, '[');
  for (size_t i = 0; i < impact->reject_count; i++) {
    ask_put_open(out, '{');
    ask_put_key_int(out, "line", impact->rejects[i].line);
    ask_put_key_text(out, "message", impact->rejects[i].message);
    ask_put_close(out, '}');
  }
  ask_put_close(out, ']');
  ask_put_close(out, '}');
}
