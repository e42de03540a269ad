/* Evaluation of compiled code for one household. */
#ifndef ASK_EXPR_EVALUATE_H
#define ASK_EXPR_EVALUATE_H

#include "expr/frame.h"

/* Runs instructions [from, to) of code; words[i] and states[i] receive register i (registers below `from` are read as they
 * are). Never fails: overflow, division by zero and the like give the state ASK_FAULT. Words of registers that are
 * not known are unspecified. */
void ask_evaluate(const struct ask_code *code, size_t from, size_t to, int64_t *words, uint8_t *states,
                  struct ask_frame *frame);
/* The instructions of [from, to) sorted by how often they must run: what does not vary only when the day changes, plain
 * loads of items all at once, the rest in order. */
struct ask_load {
  int32_t reg, item;
};
struct ask_step {
  struct ask_instruction instruction;
  int32_t reg;
};
struct ask_schedule {
  const int32_t *fixed;
  const struct ask_load *loads;
  const struct ask_step *steps;
  size_t fixed_count, load_count, step_count;
};
struct ask_schedule ask_schedule(struct ask_arena *arena, const struct ask_code *code, size_t from, size_t to);
/* Runs schedule->fixed. */
void ask_evaluate_fixed(const struct ask_code *code, const struct ask_schedule *schedule, int64_t *words,
                        uint8_t *states, struct ask_frame *frame);
/* Runs the loads and the steps; the fixed registers must still hold the frame's day. */
void ask_evaluate_scheduled(const struct ask_code *code, const struct ask_schedule *schedule, int64_t *words,
                            uint8_t *states, struct ask_frame *frame);
/* A whole single-expression code; its result. The scratch is the frame's body registers at its depth. */
struct ask_value ask_evaluate_expression(const struct ask_code *code, struct ask_frame *frame);

/* The instruction where a register's fault begins: the deepest operand that is itself a fault. */
int32_t ask_code_origin(const struct ask_code *code, const uint8_t *states, int32_t reg);

/* An answer for want of which a register is not known. */
struct ask_unknown_leaf {
  const struct ask_instruction *instruction; /* ASK_I_ITEM, ASK_I_FIELD or ASK_I_STATUS */
  uint8_t state;                             /* ASK_UNKNOWN or ASK_WITHHELD */
  int depth;                                 /* entries passed through; 0 for items and statuses */
  struct {
    const struct ask_instruction *list;
    uint32_t entry;
  } path[ASK_MAX_ENTRY_DEPTH];
};
typedef void ask_unknown_visitor(void *context, const struct ask_unknown_leaf *leaf);

/* Visits the leaves that keep a register from being known, passing by everything already decided. words and states hold
 * all registers of code; seen is code->count zeroed bytes, and may be kept over several registers of the same code. The
 * frame stands on the entry that `outside` was found in (NULL: on none). */
void ask_code_unknowns(const struct ask_code *code, const int64_t *words, const uint8_t *states, int32_t reg,
                       uint8_t *seen, struct ask_frame *frame, const struct ask_unknown_leaf *outside,
                       ask_unknown_visitor *visit, void *context);

#endif
