/* Unknown is never "no": what the engine calls known while answers are missing is what every completion of them gives. And
 * the search for what is missing names enough: once all that it names is known, the value is known. */
#include <check.h>
#include <stdlib.h>

#include "unit/support_generate.h"

enum { EXPRESSIONS = 12000, COMPLETIONS = 12 };

#define MUST(holds, ...) ((holds) ? (void)0 : ck_abort_msg(__VA_ARGS__))

static struct ask_value whole(struct ask_arena *arena, const struct ask_code *code, struct expr_world *w,
                              int64_t **ret_words, uint8_t **ret_states) {
  *ret_words = ask_alloc_array(arena, code->count, sizeof **ret_words);
  *ret_states = ask_alloc(arena, code->count);
  w->frame.depth = 0;
  ask_evaluate(code, 0, code->count, *ret_words, *ret_states, &w->frame);
  return (struct ask_value){.word = (*ret_words)[code->result], .state = (*ret_states)[code->result]};
}

START_TEST(known_values_stay) {
  struct ask_arena *kept = ask_arena_new(), *arena = ask_arena_new();
  struct expr_world *partial = ask_alloc(kept, sizeof *partial), *complete = ask_alloc(kept, sizeof *complete);
  struct support_random random = {99};
  long known = 0, unknown = 0;
  expr_world_init(partial);
  expr_world_init(complete);
  for (int n = 0; n < EXPRESSIONS; n++) {
    struct ask_problems problems = {.arena = arena};
    struct ask_code code;
    enum support_wanted wanted = n % 3 == 0 ? (enum support_wanted)((unsigned)n % 5) : SUPPORT_BOOL;
    struct support_expression e = support_generate(arena, &random, wanted, 1 + support_random_below(&random, 4),
                                                   SUPPORT_PARAMETERS | SUPPORT_STATUSES);
    MUST(expr_compile(arena, e.text, NULL, &code, &problems, NULL), "%s: %s", e.text,
         problems.count ? problems.list[0].message : "?");
    support_household(arena, &random, 40, false, partial);
    struct ask_value ours = expr_evaluate(arena, &code, partial);
    known += ours.state == ASK_KNOWN;
    unknown += ours.state == ASK_UNKNOWN;
    for (int k = 0; k < COMPLETIONS && ours.state == ASK_KNOWN; k++) {
      support_complete(arena, &random, partial->items, complete);
      struct ask_value then = expr_evaluate(arena, &code, complete);
      /* a completion may run into a division by zero that was passed over; it never gives another value */
      MUST(then.state == ASK_FAULT || (then.state == ASK_KNOWN && then.word == ours.word),
           "%s: known as %lld, but %lld (state %d) with more answers", e.text, (long long)ours.word,
           (long long)then.word, then.state);
    }
    ask_arena_reset(arena);
  }
  ck_assert_int_gt(known, EXPRESSIONS / 5);
  ck_assert_int_gt(unknown, EXPRESSIONS / 5);
  ask_arena_free(arena);
  ask_arena_free(kept);
}
END_TEST

/* ---- what is missing ---- */

struct fill {
  struct expr_world *partial;
  const struct expr_world *complete;
  size_t found;
};

/* Gives the cell that a leaf names the value it has in the completed household. */
static void fill_leaf(void *context, const struct ask_unknown_leaf *leaf) {
  struct fill *f = context;
  f->found++;
  MUST(leaf->state == ASK_UNKNOWN, "only unknowns here");
  const struct ask_instruction *in = leaf->instruction;
  if (in->operation == ASK_I_STATUS) {
    f->partial->statuses[in->a] = f->complete->statuses[in->a];
    return;
  }
  if (in->operation == ASK_I_ITEM) {
    f->partial->items[in->a] = f->complete->items[in->a];
    return;
  }
  MUST(in->operation == ASK_I_FIELD && leaf->depth == in->a + 1, "a leaf that is no item, field or status");
  const struct ask_value *to = NULL, *from = NULL;
  for (int d = 0; d <= in->a; d++) {
    const struct ask_instruction *list = leaf->path[d].list;
    MUST(list->operation == ASK_I_ITEM || (list->operation == ASK_I_FIELD && d > 0), "a path through something else");
    if (list->operation == ASK_I_ITEM)
      to = &f->partial->items[list->a], from = &f->complete->items[list->a];
    else
      to = &to[list->b], from = &from[list->b];
    const struct ask_entries *a = (const struct ask_entries *)(intptr_t)to->word,
                             *b = (const struct ask_entries *)(intptr_t)from->word;
    MUST(to->state == ASK_KNOWN && leaf->path[d].entry < a->count && a->count == b->count,
         "an entry that is not there");
    to = &a->cells[leaf->path[d].entry * a->width], from = &b->cells[leaf->path[d].entry * b->width];
  }
  *(struct ask_value *)(intptr_t)&to[in->b] = from[in->b];
}

START_TEST(what_is_missing_is_enough) {
  struct ask_arena *kept = ask_arena_new(), *arena = ask_arena_new();
  struct expr_world *partial = ask_alloc(kept, sizeof *partial), *complete = ask_alloc(kept, sizeof *complete);
  struct support_random random = {5};
  long rounds = 0;
  for (int n = 0; n < EXPRESSIONS; n++) {
    struct ask_problems problems = {.arena = arena};
    struct ask_code code;
    int64_t *words;
    uint8_t *states;
    struct support_expression e =
        support_generate(arena, &random, n % 4 ? SUPPORT_BOOL : SUPPORT_INTEGER, 1 + support_random_below(&random, 4),
                         SUPPORT_PARAMETERS | SUPPORT_STATUSES);
    MUST(expr_compile(arena, e.text, NULL, &code, &problems, NULL), "%s", e.text);
    expr_world_init(partial);
    expr_world_init(complete);
    support_household(arena, &random, 40, false, partial);
    support_complete(arena, &random, partial->items, complete);
    partial->statuses[0] = expr_unknown;
    complete->statuses[1] = expr_word(3);
    /* lists that become known bring entries of their own, so there are several rounds; each must name something */
    for (int round = 0;; round++, rounds++) {
      struct ask_value ours = whole(arena, &code, partial, &words, &states);
      if (ours.state != ASK_UNKNOWN) break;
      struct fill f = {partial, complete, 0};
      MUST(round < 30, "%s: no end", e.text);
      ask_code_unknowns(&code, words, states, code.result, ask_alloc(arena, code.count), &partial->frame, NULL,
                        fill_leaf, &f);
      MUST(f.found > 0, "%s: not known, and nothing is missing", e.text);
      MUST(partial->frame.depth == 0, "%s: the frame is left inside a list", e.text);
    }
    ask_arena_reset(arena);
  }
  ck_assert_int_gt(rounds, EXPRESSIONS / 3);
  ask_arena_free(arena);
  ask_arena_free(kept);
}
END_TEST

/* What is decided already is not named: paths as text, in the order met. A leaf may come twice (from both bounds of a count). */
struct said {
  struct ask_buffer text;
};
static void say(void *context, const struct ask_unknown_leaf *leaf) {
  struct said *s = context;
  const struct ask_instruction *in = leaf->instruction;
  size_t before = s->text.length;
  if (before) ask_buffer_puts(&s->text, " ");
  for (int d = 0; d < leaf->depth; d++) ask_buffer_printf(&s->text, "[%u]", leaf->path[d].entry);
  if (in->operation == ASK_I_FIELD)
    ask_buffer_printf(&s->text, ".%d", in->b);
  else
    ask_buffer_puts(&s->text, in->operation == ASK_I_STATUS ? "status" : expr_items[in->a].name);
  const char *again = before ? strstr(s->text.bytes, s->text.bytes + before + 1) : NULL;
  if (again && again < s->text.bytes + before) {
    s->text.length = before;
    s->text.bytes[before] = '\0';
  }
}

static const struct {
  const char *text, *missing;
} named[] = {
    /* known: i0 5, b0 true, roster of two: [age ?, works true, pay ?], [age 10, works ?, pay $1] */
    {"b1 and b2", "b1 b2"},
    {"b0 and b1", "b1"},
    {"b0 or b1", ""},
    {"not b0 and b1", ""},
    {"b0 and b1 or i1 > 3", "b1 i1"},
    {"i0 > 3 and i1 > 3", "i1"},
    {"i0 > 9 and i1 > 3", ""},
    {"b0 and i1 or i2", "i1"},
    {"not b0 and i1 or i2", "i2"},
    {"b1 and i1 or i2", "b1 i1 i2"},
    {"b1 and i0 or 4", "b1"},
    {"sizes[i1]", "i1"},
    {"count(numbers, n > 3)", "i1 i2 i3"},
    {"count(numbers, n > 3) >= 1", ""},
    {"count(numbers, n > 3) >= 2", "i1 i2 i3"},
    {"count(numbers, n > 9) >= 4", ""},
    {"count(numbers, n > 3) == 2", "i1 i2 i3"},
    {"status.beta == 'likely'", "status"},
    {"any(roster, member.age > 17)", "[0].0"},
    {"count(roster, member.works) >= 1", ""},
    {"count(roster, member.works) >= 2", "[1].1"},
    {"all(roster, member.works and member.age > 3)", "[0].0 [1].1"},
    {"sum(roster, member.pay, member.works) > 3", "[0].2 [1].1"},
    {"sum(roster, member.pay, member.age == 10) > 3", "[0].0 [0].2"},
    {"any(roster, b1)", "b1"},
    {"i1 + i1 > 2", "i1"},
    {"any(roster, any(member.kids, kid.years > i1))", "i1 [1][0].0"},
    {"max(i0, i1, i2) > 3", "i1 i2"},
    {"i0 // 0 > i1", ""},
};

START_TEST(names_only_what_matters) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct expr_world *w = ask_alloc(arena, sizeof *w);
  struct ask_code code;
  int64_t *words;
  uint8_t *states;
  struct said said = {0};
  expr_world_init(w);
  w->items[EXPR_I0] = expr_word(5);
  w->items[EXPR_B0] = expr_word(1);
  struct ask_value kid[] = {expr_unknown, expr_word(1)};
  struct ask_entries none = {0, 2, NULL}, one = {1, 2, kid};
  struct ask_value cells[] = {
      expr_unknown,  expr_word(1), expr_unknown,   expr_unknown, expr_word((int64_t)(intptr_t)&none),
      expr_word(10), expr_unknown, expr_word(100), expr_unknown, expr_word((int64_t)(intptr_t)&one)};
  struct ask_entries roster = {2, 5, cells};
  w->items[EXPR_ROSTER] = expr_word((int64_t)(intptr_t)&roster);
  ck_assert(expr_compile(arena, named[_i].text, NULL, &code, &problems, NULL));
  whole(arena, &code, w, &words, &states);
  ask_code_unknowns(&code, words, states, code.result, ask_alloc(arena, code.count), &w->frame, NULL, say, &said);
  ck_assert_msg(strcmp(said.text.bytes ? said.text.bytes : "", named[_i].missing) == 0, "%s: %s, not %s",
                named[_i].text, said.text.bytes ? said.text.bytes : "nothing", named[_i].missing);
  ask_buffer_free(&said.text);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("unknown answers");
  TCase *cases = tcase_create("unknown");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, known_values_stay);
  tcase_add_test(cases, what_is_missing_is_enough);
  tcase_add_loop_test(cases, names_only_what_matters, 0, (int)(sizeof named / sizeof *named));
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
