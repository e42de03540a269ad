/* Why a register of a program is a fault, in words: the place where it begins, inside lists and derived items too. */
#include "model/workspace.h"

/* Code that was run, and what it stands in. */
struct ran {
  const struct ran *outer;
  const struct ask_code *code;
  const int64_t *words;
  const uint8_t *states;
};

static const char *text_of(struct ask_workspace *w, const struct ran *ran, int32_t reg);

static struct ran run(struct ask_workspace *w, const struct ran *outer, const struct ask_code *code) {
  int64_t *words = ask_alloc_array(w->arena, code->count, sizeof *words);
  uint8_t *states = ask_alloc(w->arena, code->count);
  ask_evaluate(code, 0, code->count, words, states, &w->frame);
  return (struct ran){outer, code, words, states};
}

/* The first entry whose body is a fault says why. NULL: none is, the fault is in adding up. */
static const char *in_entries(struct ask_workspace *w, const struct ran *ran, const struct ask_instruction *in) {
  struct ask_frame *f = &w->frame;
  const struct ask_entries *entries = (const struct ask_entries *)(intptr_t)ran->words[in->a];
  const struct ask_code *body = ran->code->bodies[in->b];
  const char *text = NULL;
  if (f->depth >= ASK_MAX_ENTRY_DEPTH) return NULL;
  int depth = f->depth++;
  f->outer_words[depth] = ran->words;
  f->outer_states[depth] = ran->states;
  for (uint32_t i = 0; i < entries->count && !text; i++) {
    f->entries[depth] = entries->cells + (size_t)i * entries->width;
    struct ran here = run(w, ran, body);
    if (here.states[body->result] == ASK_FAULT) text = text_of(w, &here, body->result);
  }
  f->depth = depth;
  return text;
}

static const char *in_item(struct ask_workspace *w, const struct ask_item *item) {
  const char *why = NULL;
  if (item->computed.code) {
    int depth = w->frame.depth;
    w->frame.depth = 0;
    struct ran here = run(w, NULL, item->computed.code);
    if (here.states[item->computed.code->result] == ASK_FAULT) why = text_of(w, &here, item->computed.code->result);
    w->frame.depth = depth;
  }
  return ask_printf(w->arena, "%s cannot be computed from the answers%s%s", item->spec->id, why ? ": " : "",
                    why ? why : "");
}

static const char *in_parameter(struct ask_workspace *w, int32_t use) {
  const struct ask_parameter_spec *spec = w->catalogue->parameters[w->catalogue->uses[use].parameter].spec;
  if (ask_parameter_on(spec, w->frame.as_of))
    return ask_printf(w->arena, "%s has no entry for the value it was looked up with", spec->id);
  struct ask_buffer text = {0};
  ask_parameter_gap_text(spec, w->frame.as_of, &text);
  const char *copy = ask_strdup(w->arena, text.bytes);
  ask_buffer_free(&text);
  return copy;
}

static const char *text_of(struct ask_workspace *w, const struct ran *ran, int32_t reg) {
  const struct ask_instruction *in = &ran->code->list[ask_code_origin(ran->code, ran->states, reg)];
  const char *text = NULL;
  switch (in->operation) {
  case ASK_I_CALL: return w->call_message[0] ? ask_strdup(w->arena, w->call_message) : "a Lua function failed";
  case ASK_I_STATUS:
    return ask_printf(w->arena, "it reads the status of %s, which is an error", w->catalogue->programs[in->a].spec->id);
  case ASK_I_ITEM: return in_item(w, &w->catalogue->items[in->a]);
  case ASK_I_FIELD: return "a field of a list cannot be computed from the answers";
  case ASK_I_PARAMETER:
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION: return in_parameter(w, in->a);
  case ASK_I_DIV:
  case ASK_I_FLOORDIV:
  case ASK_I_MOD: return "a division by zero, or a result too large";
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: text = in_entries(w, ran, in); break;
  case ASK_I_OUTER: {
    const struct ran *outer = ran;
    for (int64_t i = 0; i < in->immediate && outer; i++) outer = outer->outer;
    if (outer) text = text_of(w, outer, in->a);
    break;
  }
  default: break;
  }
  return text ? text : "a number is too large";
}

const char *ask_fault_text(struct ask_workspace *w, const struct ask_program *program, int32_t reg) {
  const struct ran whole = {NULL, &program->code, w->words[program->number], w->states[program->number]};
  return text_of(w, &whole, reg);
}
