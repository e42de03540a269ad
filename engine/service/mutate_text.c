/* The changes of one expression, made in its text: what an author's slip of the pen would make of it. */
#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "expr/ast.h"
#include "service/mutate_parts.h"

struct writer {
  struct changes *changes;
  const struct ask_expr_spec *expr;
  const char *where;
};

/* The expression with [offset, offset + length) replaced. */
static const char *spliced(const struct writer *w, size_t offset, size_t length, const char *word) {
  const char *text = w->expr->text;
  return ask_printf(w->changes->arena, "%.*s%s%s", (int)offset, text, word, text + offset + length);
}

static void change_to_one_of(const struct writer *w, enum ask_mutation mutation, size_t offset, size_t length,
                             const char *const *words, size_t count) {
  struct changes *c = w->changes;
  const char **texts = ask_alloc_array(c->arena, count, sizeof *texts);
  for (size_t i = 0; i < count; i++) texts[i] = spliced(w, offset, length, words[i]);
  struct change *slot = ask_push(c->arena, &c->list, &c->count, &c->capacity, sizeof *slot);
  *slot = (struct change){.expr = (struct ask_expr_spec *)w->expr, /* of the copy, which can be written */
                          .texts = texts,
                          .words = words,
                          .text_count = count};
  slot->mutant = (struct ask_mutant){.mutation = mutation,
                                     .at = ask_ast_place(w->expr->at, w->expr->text, offset),
                                     .where = w->where,
                                     .original = w->expr->text,
                                     .offset = offset,
                                     .length = length,
                                     .changed = words[0]};
}

static void change(const struct writer *w, enum ask_mutation mutation, size_t offset, size_t length, const char *word) {
  const char **words = ask_alloc_array(w->changes->arena, 1, sizeof *words);
  words[0] = word;
  change_to_one_of(w, mutation, offset, length, words, 1);
}

/* ---- operators ----------------------------------------------------------------------------------------------------- */

static void comparison(const struct writer *w, const struct ask_ast *ast) {
  static const struct {
    enum ask_ast_op op;
    const char *changed[2];
  } table[] = {{ASK_OP_EQ, {"~="}},      {ASK_OP_NE, {"=="}},      {ASK_OP_LT, {"<=", ">"}},
               {ASK_OP_LE, {"<", ">="}}, {ASK_OP_GT, {">=", "<"}}, {ASK_OP_GE, {">", "<="}}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    for (size_t k = 0; k < 2 && table[i].op == ast->op && table[i].changed[k]; k++)
      change(w, ASK_MUTATE_COMPARISON, ast->offset, strlen(ask_ast_op_text(ast->op)), table[i].changed[k]);
}

static void drop_not(const struct writer *w, const struct ask_ast *ast) {
  size_t end = ast->offset + strlen("not");
  while (isspace((unsigned char)w->expr->text[end])) end++;
  change(w, ASK_MUTATE_NEGATION, ast->offset, end - ast->offset, "");
}

/* ---- literals ------------------------------------------------------------------------------------------------------ */

static size_t places_of(const struct ask_text *number) {
  const char *point = memchr(number->bytes, '.', number->length);
  return point ? number->length - (size_t)(point - number->bytes) - 1 : 0;
}

static const char *with_places(struct ask_arena *arena, int64_t scaled, size_t places) {
  int64_t one = 1;
  for (size_t i = 0; i < places; i++) one *= 10;
  const char *sign = scaled < 0 ? "-" : "";
  int64_t size = scaled < 0 ? -scaled : scaled;
  const char *text =
      places ? ask_printf(arena, "%s%lld.%0*lld", sign, (long long)(size / one), (int)places, (long long)(size % one))
             : ask_printf(arena, "%s%lld", sign, (long long)size);
  return scaled < 0 ? ask_printf(arena, "(%s)", text) : text;
}

static void number(const struct writer *w, const struct ask_ast *ast) {
  size_t places = places_of(&ast->text);
  int64_t scaled;
  if (places > 6 || !ask_number_read(ast->text.bytes, ast->text.length, (int)places, &scaled)) return;
  change(w, ASK_MUTATE_NUMBER, ast->offset, ast->text.length, with_places(w->changes->arena, scaled + 1, places));
  change(w, ASK_MUTATE_NUMBER, ast->offset, ast->text.length, with_places(w->changes->arena, scaled - 1, places));
}

static void date(const struct writer *w, const struct ask_ast *ast, int64_t days) {
  for (int step = 1; step >= -1; step -= 2) {
    char text[16];
    ask_date_text(days + step, text);
    change(w, ASK_MUTATE_DATE, ast->offset, ast->text.length + 2, ask_printf(w->changes->arena, "'%s'", text));
  }
}

enum { MOST_NEIGHBOURS = 24 };
struct neighbours {
  struct ask_arena *arena;
  const struct ask_text *word;
  const char **list; /* in quotes */
  size_t count;
};

static void neighbour(struct neighbours *n, const struct ask_options *options) {
  for (uint32_t i = 0; i < options->count; i++) {
    if (!ask_text_is(n->word, options->list[i].id)) continue;
    uint32_t next = i + 1;
    while (next < options->count && options->list[next].declines) next++;
    if (next >= options->count) {
      next = i;
      while (next > 0 && options->list[--next].declines) {}
    }
    if (next == i || options->list[next].declines || n->count == MOST_NEIGHBOURS) return;
    const char *quoted = ask_printf(n->arena, "'%s'", options->list[next].id);
    for (size_t k = 0; k < n->count; k++)
      if (strcmp(n->list[k], quoted) == 0) return;
    n->list[n->count++] = quoted;
    return;
  }
}

static void item_neighbours(struct neighbours *n, const struct ask_item *item) {
  if (item->kind.options) neighbour(n, item->kind.options);
  for (size_t i = 0; i < item->field_count; i++) item_neighbours(n, &item->fields[i]);
}

/* The next word of each choice that has it; only those of the choice it stands for will load. */
static void word(const struct writer *w, const struct ask_ast *ast) {
  int64_t days;
  if (ask_date_read(ast->text.bytes, ast->text.length, &days)) {
    date(w, ast, days);
    return;
  }
  struct neighbours n = {.arena = w->changes->arena, .word = &ast->text};
  n.list = ask_alloc_array(n.arena, MOST_NEIGHBOURS, sizeof *n.list);
  for (size_t i = 0; i < w->changes->catalogue->item_count; i++) item_neighbours(&n, &w->changes->catalogue->items[i]);
  struct ask_option statuses[ASK_STATUS_COUNT];
  for (int i = 0; i < ASK_STATUS_COUNT; i++)
    statuses[i] = (struct ask_option){.id = ask_status_text((enum ask_status)i)};
  neighbour(&n, &(struct ask_options){.list = statuses, .count = ASK_STATUS_COUNT});
  if (n.count) change_to_one_of(w, ASK_MUTATE_WORD, ast->offset, ast->text.length + 2, n.list, n.count);
}

/* ---- the walk ------------------------------------------------------------------------------------------------------ */

static void walk(const struct writer *w, const struct ask_ast *ast, bool boolean);

/* any, all and count take a condition second, sum takes one third. */
static void arguments(const struct writer *w, const struct ask_ast *call) {
  size_t condition = ask_text_is(&call->text, "sum") ? 2 : 1, i = 0;
  bool conditional = ask_text_is(&call->text, "any") || ask_text_is(&call->text, "all") ||
                     ask_text_is(&call->text, "count") || condition == 2;
  for (const struct ask_ast *a = call->arguments; a; a = a->next) walk(w, a, conditional && i++ == condition);
}

static void walk(const struct writer *w, const struct ask_ast *ast, bool boolean) {
  bool logic = false;
  switch (ast->kind) {
  case ASK_AST_NUMBER: number(w, ast); return;
  case ASK_AST_STRING: word(w, ast); return;
  case ASK_AST_TRUE: change(w, ASK_MUTATE_NEGATION, ast->offset, strlen("true"), "false"); return;
  case ASK_AST_FALSE: change(w, ASK_MUTATE_NEGATION, ast->offset, strlen("false"), "true"); return;
  case ASK_AST_NAME:
  case ASK_AST_MEMBER:
    if (boolean) change(w, ASK_MUTATE_NEGATION, ast->offset, 0, "not ");
    return;
  case ASK_AST_CALL:
    if (boolean) change(w, ASK_MUTATE_NEGATION, ast->offset, 0, "not ");
    arguments(w, ast);
    return;
  case ASK_AST_INDEX: walk(w, ast->b, false); return;
  case ASK_AST_UNARY:
    if (ast->op == ASK_OP_NOT) drop_not(w, ast);
    walk(w, ast->a, false);
    return;
  default: break;
  }
  if (ast->op == ASK_OP_AND || ast->op == ASK_OP_OR) {
    bool is_and = ast->op == ASK_OP_AND;
    change(w, ASK_MUTATE_CONNECTIVE, ast->offset, is_and ? strlen("and") : strlen("or"), is_and ? "or" : "and");
    logic = true;
  } else if (ast->op >= ASK_OP_EQ && ast->op <= ASK_OP_GE) {
    comparison(w, ast);
  }
  walk(w, ast->a, logic);
  walk(w, ast->b, logic);
}

void ask_mutate_expression(struct changes *changes, const struct ask_expr_spec *expr, const char *where, bool boolean) {
  struct writer w = {changes, expr, where};
  struct ask_problems unread = {.arena = changes->arena}; /* the program is sound: there is nothing to say */
  struct ask_ast *ast = expr->text ? ask_ast_parse(changes->arena, expr->text, expr->at, &unread) : NULL;
  size_t from = changes->count;
  if (ast) walk(&w, ast, boolean);
  /* as they stand in the text; the walk goes from the operators inwards */
  for (size_t i = from + 1; i < changes->count; i++) {
    struct change one = changes->list[i];
    size_t k = i;
    for (; k > from && changes->list[k - 1].mutant.offset > one.mutant.offset; k--)
      changes->list[k] = changes->list[k - 1];
    changes->list[k] = one;
  }
}
