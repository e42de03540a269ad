/* Fuzzes the rule language: the bytes as one expression over the names of unit/support_expr.h. Beyond "no crash" it holds: a
 * refused expression comes with one problem, inside the expression; a value of known answers is known or a fault; and
 * nothing is missing where nothing is unknown. */
#include <stdlib.h>

#include "unit/support_expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds) abort();
}

static void count_leaf(void *context, const struct ask_unknown_leaf *leaf) {
  size_t *count = context;
  ++*count;
  require(leaf->state == ASK_UNKNOWN || leaf->state == ASK_WITHHELD);
}

/* Runs code over the world; returns its state. */
static uint8_t run(struct ask_arena *arena, const struct ask_code *code, struct expr_world *w) {
  int64_t *words = ask_alloc_array(arena, code->count, sizeof *words);
  uint8_t *states = ask_alloc(arena, code->count);
  size_t missing = 0;
  w->frame.depth = 0;
  ask_evaluate(code, 0, code->count, words, states, &w->frame);
  ask_code_unknowns(code, words, states, code->result, ask_alloc(arena, code->count), &w->frame, NULL, count_leaf,
                    &missing);
  uint8_t state = states[code->result];
  require(w->frame.depth == 0);
  require(state != ASK_KNOWN || missing == 0);
  require(state != ASK_UNKNOWN || missing > 0);
  if (state == ASK_FAULT) require(states[ask_code_origin(code, states, code->result)] == ASK_FAULT);
  return state;
}

static void know_everything(struct expr_world *w) {
  static struct ask_value kid[] = {{.word = 3}, {.word = 1}, {.word = -9}, {.word = 0}};
  static struct ask_entries kids = {2, 2, kid}, none = {0, 2, NULL};
  static struct ask_text text = {"text", 4};
  static struct ask_value cells[10];
  static struct ask_entries roster = {2, 5, cells};
  for (int i = 0; i < EXPR_ITEMS; i++)
    w->items[i] = expr_word(expr_items[i].type == ASK_BOOL ? i & 1 : expr_items[i].type == ASK_CHOICE ? i % 3 : i - 5);
  cells[0].word = 40, cells[1].word = 1, cells[2].word = INT64_MAX, cells[5].word = INT64_MIN;
  cells[4].word = (int64_t)(intptr_t)&kids, cells[9].word = (int64_t)(intptr_t)&none;
  w->items[EXPR_ROSTER] = expr_word((int64_t)(intptr_t)&roster);
  w->items[EXPR_WORDS] = expr_word((int64_t)(intptr_t)&text);
  w->statuses[1] = expr_word(3);
}

static void one(struct ask_arena *arena, const char *source, const struct ask_kind *wanted) {
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  struct ask_kind kind;
  if (!expr_compile(arena, source, wanted, &code, &problems, &kind)) {
    require(problems.count == 1 && problems.errors == 1);
    const struct ask_problem *p = &problems.list[0];
    require(p->at.line >= 7 && p->at.column >= 1 && p->at.column <= 20 + (int)strlen(source));
    return;
  }
  require(problems.count == 0 && code.result >= 0 && (size_t)code.result < code.count);
  require(!wanted || wanted->type == kind.type);
  struct expr_world *w = ask_alloc(arena, sizeof *w);
  expr_world_init(w);
  run(arena, &code, w);
  know_everything(w);
  uint8_t state = run(arena, &code, w);
  require(state == ASK_KNOWN || state == ASK_FAULT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const struct ask_kind boolean = {.type = ASK_BOOL}, money = {.type = ASK_MONEY};
  if (size > 2 * (size_t)ASK_AST_MAX_LENGTH) return 0;
  struct ask_arena *arena = ask_arena_new();
  char *source = malloc(size + 1); /* of exactly this size, so that reading past its end is seen */
  if (!source) abort();
  if (size) memcpy(source, data, size);
  source[size] = '\0';
  one(arena, source, NULL);
  one(arena, source, &boolean);
  one(arena, source, &money);
  free(source);
  ask_arena_free(arena);
  return 0;
}
