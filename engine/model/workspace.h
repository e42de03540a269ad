/* What one thread works in: shared by facts.c, assess.c, missing.c, next.c, what_if.c; not for anybody else. */
#ifndef ASK_MODEL_WORKSPACE_H
#define ASK_MODEL_WORKSPACE_H

#include "expr/evaluate.h"
#include "model/assess.h"
#include "model/dated.h"

enum { ASK_DATES_KEPT = 16, ASK_CALL_MESSAGE = 256 };

struct ask_dated_slot {
  struct ask_arena *arena;
  const struct ask_dated *dated;
  uint64_t used;
};

struct ask_workspace {
  const struct ask_catalogue *catalogue;
  const struct ask_host *host;
  struct ask_arena *kept;  /* for the life of the workspace */
  struct ask_arena *arena; /* for one result */
  struct ask_frame frame;
  struct ask_body_registers bodies[ASK_MAX_ENTRY_DEPTH + 1];
  struct ask_dated_slot dates[ASK_DATES_KEPT];
  uint64_t clock;             /* for the least recently used date */
  struct ask_value *items;    /* item_count: the facts of the last result */
  struct ask_value *statuses; /* program_count */
  int64_t **words;            /* per program, and after them per overview: its registers */
  uint8_t **states;
  const struct ask_dated **fixed_for;  /* per program: the view of which its fixed registers speak */
  const struct ask_dated *dated;       /* of the last result */
  const struct ask_program *calling;   /* the program whose code is running */
  char call_message[ASK_CALL_MESSAGE]; /* of the last failed function of the running program */
  struct ask_result result;
  struct ask_determination *determinations;
  const struct ask_missing **missing; /* per program: what it waits for, also of those not reported */
  size_t *missing_count;
  struct ask_dependents *dependents; /* per item, made when first needed (what_if.c) */
  const bool *withheld;
  ask_packs packs; /* whose items are computed: those of every program that is run */
};

/* facts.c: computes items[] (derived, hidden, defaults) from the answers. problems NULL: contradictions are passed over (given
 * totals win). ignored may be NULL. False when a problem was added. */
bool ask_facts_prepare(struct ask_workspace *w, const struct ask_answers *answers, struct ask_problems *problems);
/* One item again, after something it reads has changed. */
void ask_facts_item(struct ask_workspace *w, const struct ask_item *item, const struct ask_value *given,
                    struct ask_problems *problems);

/* assess.c */
void ask_run_status(struct ask_workspace *w, const struct ask_program *program);
enum ask_status ask_status_of(const struct ask_workspace *w, const struct ask_program *program);
void ask_frame_begin(struct ask_workspace *w, const struct ask_dated *dated);
/* Whose office calendar counts from here on; -1: that of all packs. */
void ask_frame_pack(struct ask_workspace *w, int32_t pack);

/* missing.c: what registers of a program wait for. */
struct ask_missing_list {
  struct ask_missing *list;
  size_t count, capacity;
};
/* Compares paths; their indices as numbers: [2] before [10]. */
int ask_path_order(const char *a, const char *b);
void ask_missing_collect(struct ask_workspace *w, const struct ask_program *program, const int32_t *registers,
                         size_t register_count, struct ask_missing_list *ret);

/* fault.c: why a register of a program that was just run is a fault; in the result's memory. */
const char *ask_fault_text(struct ask_workspace *w, const struct ask_program *program, int32_t reg);

/* explain.c: reasons, level, documents and the rest of a determination whose status is known. */
void ask_explain(struct ask_workspace *w, struct ask_determination *d);

/* overview.c: the urgency ladder and the flags, once the determinations are there. */
void ask_overview_run(struct ask_workspace *w);

/* calendar.c */
int64_t ask_deadline(const struct ask_pack *pack, int64_t as_of, const struct ask_duration_spec *within);

#endif
