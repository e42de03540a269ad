/* Runs instructions for one household; what loops over lists, groups and functions is here, the rest in step.h. */
#include "expr/evaluate.h"

#include "expr/step.h"

static struct ask_result_word run_body(const struct ask_code *body, struct ask_frame *frame) {
  struct ask_body_registers *registers = &frame->bodies[frame->depth];
  ask_evaluate(body, 0, body->count, registers->words, registers->states, frame);
  if (frame->watch) frame->watch(frame->watch_context, body, registers->words, registers->states);
  return (struct ask_result_word){registers->words[body->result], registers->states[body->result]};
}

/* Over the entries of a list: counts, sums, any, all. */
static struct ask_result_word over_list(const struct ask_code *code, const struct ask_instruction *in,
                                        const int64_t *words, const uint8_t *states, struct ask_frame *frame) {
  if (states[in->a] != ASK_KNOWN) return (struct ask_result_word){0, states[in->a]};
  const struct ask_entries *entries = (const struct ask_entries *)(intptr_t)words[in->a];
  if (in->operation == ASK_I_LIST_COUNT) return ask_known(entries->count);
  if (frame->depth >= ASK_MAX_ENTRY_DEPTH) return ask_fault();
  const struct ask_code *body = code->bodies[in->b];
  struct ask_result_word r = ask_known(in->operation == ASK_I_LIST_ALL);
  int depth = frame->depth++;
  frame->outer_words[depth] = words;
  frame->outer_states[depth] = states;
  for (uint32_t i = 0; i < entries->count; i++) {
    frame->entries[depth] = entries->cells + (size_t)i * entries->width;
    struct ask_result_word one = run_body(body, frame);
    switch (in->operation) {
    case ASK_I_LIST_LOW:
      if (one.state >= ASK_FAULT) r.state = ask_worse(r.state, one.state);
      r.word += one.state == ASK_KNOWN && one.word;
      break;
    case ASK_I_LIST_HIGH:
      if (one.state >= ASK_FAULT) r.state = ask_worse(r.state, one.state);
      r.word += one.state != ASK_KNOWN || one.word;
      break;
    case ASK_I_LIST_SUM:
      r.state = ask_worse(r.state, one.state);
      if (r.state == ASK_KNOWN && __builtin_add_overflow(r.word, one.word, &r.word)) r.state = ASK_FAULT;
      break;
    case ASK_I_LIST_ANY: r = ask_or(r.word, r.state, one.word, one.state); break;
    default: r = ask_and(r.word, r.state, one.word, one.state); break;
    }
  }
  frame->depth = depth;
  return r;
}

static struct ask_result_word call(const struct ask_code *code, const struct ask_instruction *in, const int64_t *words,
                                   const uint8_t *states, struct ask_frame *frame) {
  struct ask_value arguments[64];
  uint8_t state = ASK_KNOWN;
  if (in->b > 64) return ask_fault();
  for (int32_t k = 0; k < in->b; k++) {
    int32_t reg = code->arguments[in->a + k];
    arguments[k] = (struct ask_value){.word = words[reg], .state = states[reg]};
    state = ask_worse(state, states[reg]);
  }
  if (state != ASK_KNOWN) return (struct ask_result_word){0, state};
  if (!frame->call) return ask_fault();
  return ask_from(frame->call(frame->host, (int32_t)in->immediate, arguments, (size_t)in->b, (enum ask_type)in->c));
}

struct ask_result_word ask_step_many(const struct ask_code *code, const struct ask_instruction *in,
                                     const int64_t *words, const uint8_t *states, struct ask_frame *frame) {
  if (in->operation == ASK_I_CALL) return call(code, in, words, states, frame);
  if (in->operation != ASK_I_COUNT_LOW && in->operation != ASK_I_COUNT_HIGH)
    return over_list(code, in, words, states, frame);
  struct ask_result_word r = ask_known(0);
  for (int32_t k = 0; k < in->b; k++) {
    int32_t reg = code->arguments[in->a + k];
    if (states[reg] >= ASK_FAULT) r.state = ask_worse(r.state, states[reg]);
    r.word += in->operation == ASK_I_COUNT_LOW ? states[reg] == ASK_KNOWN && words[reg]
                                               : states[reg] != ASK_KNOWN || words[reg];
  }
  return r;
}

void ask_evaluate(const struct ask_code *code, size_t from, size_t to, int64_t *words, uint8_t *states,
                  struct ask_frame *frame) {
  for (size_t i = from; i < to; i++) {
    struct ask_result_word r = ask_step(code, &code->list[i], words, states, frame);
    words[i] = r.word;
    states[i] = r.state;
  }
}

struct ask_schedule ask_schedule(struct ask_arena *arena, const struct ask_code *code, size_t from, size_t to) {
  int32_t *fixed = ask_alloc_array(arena, to - from, sizeof *fixed);
  struct ask_load *loads = ask_alloc_array(arena, to - from, sizeof *loads);
  struct ask_step *steps = ask_alloc_array(arena, to - from, sizeof *steps);
  struct ask_schedule s = {.fixed = fixed, .loads = loads, .steps = steps};
  for (size_t i = from; i < to; i++) {
    const struct ask_instruction *in = &code->list[i];
    if (!in->varies)
      fixed[s.fixed_count++] = (int32_t)i;
    else if (in->operation == ASK_I_ITEM)
      loads[s.load_count++] = (struct ask_load){(int32_t)i, in->a};
    else
      steps[s.step_count++] = (struct ask_step){*in, (int32_t)i};
  }
  return s;
}

void ask_evaluate_fixed(const struct ask_code *code, const struct ask_schedule *schedule, int64_t *words,
                        uint8_t *states, struct ask_frame *frame) {
  for (size_t i = 0; i < schedule->fixed_count; i++)
    ask_evaluate(code, (size_t)schedule->fixed[i], (size_t)schedule->fixed[i] + 1, words, states, frame);
}

void ask_evaluate_scheduled(const struct ask_code *code, const struct ask_schedule *schedule, int64_t *words,
                            uint8_t *states, struct ask_frame *frame) {
  const struct ask_value *items = frame->items;
  for (const struct ask_load *load = schedule->loads, *end = load + schedule->load_count; load < end; load++) {
    const struct ask_value *v = &items[load->item];
    words[load->reg] = v->word;
    states[load->reg] = v->state;
  }
  for (const struct ask_step *step = schedule->steps, *end = step + schedule->step_count; step < end; step++) {
    struct ask_result_word r = ask_step(code, &step->instruction, words, states, frame);
    words[step->reg] = r.word;
    states[step->reg] = r.state;
  }
}

struct ask_value ask_evaluate_expression(const struct ask_code *code, struct ask_frame *frame) {
  struct ask_body_registers *registers = &frame->bodies[frame->depth];
  ask_evaluate(code, 0, code->count, registers->words, registers->states, frame);
  return (struct ask_value){.word = registers->words[code->result], .state = registers->states[code->result]};
}
