/* Why a register is not known: the answers that are missing, and where a fault began. */
#include "expr/evaluate.h"

struct level {
  const struct ask_code *code;
  const int64_t *words;
  const uint8_t *states;
  uint8_t *seen; /* NULL inside bodies: they are small trees */
};

struct walk {
  struct level levels[ASK_MAX_ENTRY_DEPTH + 1];
  struct ask_frame *frame;
  struct ask_unknown_leaf leaf;
  ask_unknown_visitor *visit;
  void *context;
};

static void descend(struct walk *w, int level, int32_t reg, bool force);

static void found(struct walk *w, const struct ask_instruction *in, uint8_t state, int depth) {
  w->leaf.instruction = in;
  w->leaf.state = state;
  w->leaf.depth = depth;
  w->visit(w->context, &w->leaf);
}

/* Entry by entry: the body is run again for each entry, then searched like any code. */
static void descend_list(struct walk *w, int level, const struct ask_instruction *in) {
  const struct level *outer = &w->levels[level];
  struct ask_frame *f = w->frame;
  if (outer->states[in->a] != ASK_KNOWN) {
    descend(w, level, in->a, false);
    return;
  }
  if (f->depth >= ASK_MAX_ENTRY_DEPTH) return;
  const struct ask_entries *entries = (const struct ask_entries *)(intptr_t)outer->words[in->a];
  const struct ask_code *body = outer->code->bodies[in->b];
  const struct ask_instruction *list = &outer->code->list[in->a];
  for (int at = level; list->operation == ASK_I_OUTER; list = &w->levels[at].code->list[list->a])
    at -= (int)list->immediate;
  int depth = f->depth++;
  struct ask_body_registers *registers = &f->bodies[f->depth];
  f->outer_words[depth] = outer->words;
  f->outer_states[depth] = outer->states;
  w->leaf.path[depth].list = list;
  w->levels[level + 1] = (struct level){body, registers->words, registers->states, NULL};
  for (uint32_t i = 0; i < entries->count; i++) {
    f->entries[depth] = entries->cells + (size_t)i * entries->width;
    ask_evaluate(body, 0, body->count, registers->words, registers->states, f);
    w->leaf.path[depth].entry = i;
    descend(w, level + 1, body->result, false);
  }
  f->depth = depth;
}

static void descend(struct walk *w, int level, int32_t reg, bool force) {
  const struct level *at = &w->levels[level];
  uint8_t state = at->states[reg];
  const struct ask_instruction *in = &at->code->list[reg];
  if ((state == ASK_KNOWN && !force) || state == ASK_FAULT) return;
  if (at->seen) {
    if (at->seen[reg]) return;
    at->seen[reg] = 1;
  }
  switch (in->operation) {
  case ASK_I_ITEM:
  case ASK_I_STATUS:
  case ASK_I_FIELD:
    if (state != ASK_KNOWN) found(w, in, state, in->operation == ASK_I_FIELD ? in->a + 1 : 0);
    return;
  case ASK_I_OUTER: descend(w, level - (int)in->immediate, in->a, force); return;
  case ASK_I_CALL:
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH:
    for (int32_t k = 0; k < in->b; k++) descend(w, level, at->code->arguments[in->a + k], false);
    return;
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: descend_list(w, level, in); return;
  case ASK_I_SELECT:
    if (at->states[in->a] == ASK_KNOWN) {
      descend(w, level, at->words[in->a] ? in->b : in->c, force);
      return;
    }
    break;
  case ASK_I_AGREE: /* bounds of a count: both are known, and differ for want of the counted things */
    force = at->states[in->a] == ASK_KNOWN && at->states[in->b] == ASK_KNOWN;
    break;
  default: break;
  }
  int32_t next[3];
  int n = ask_operands(in, next);
  for (int i = 0; i < n; i++) descend(w, level, next[i], force);
}

void ask_code_unknowns(const struct ask_code *code, const int64_t *words, const uint8_t *states, int32_t reg,
                       uint8_t *seen, struct ask_frame *frame, const struct ask_unknown_leaf *outside,
                       ask_unknown_visitor *visit, void *context) {
  struct walk w = {.frame = frame, .visit = visit, .context = context};
  if (outside) w.leaf = *outside;
  w.levels[0] = (struct level){code, words, states, seen};
  descend(&w, 0, reg, false);
}

int32_t ask_code_origin(const struct ask_code *code, const uint8_t *states, int32_t reg) {
  for (;;) {
    const struct ask_instruction *in = &code->list[reg];
    int32_t next[3], deeper = -1;
    int n = ask_operands(in, next);
    for (int i = 0; i < n; i++)
      if (states[next[i]] == ASK_FAULT) deeper = next[i];
    if (in->operation == ASK_I_COUNT_LOW || in->operation == ASK_I_COUNT_HIGH || in->operation == ASK_I_CALL)
      for (int32_t k = 0; k < in->b; k++)
        if (states[code->arguments[in->a + k]] == ASK_FAULT) deeper = code->arguments[in->a + k];
    if (deeper < 0) return reg;
    reg = deeper;
  }
}
