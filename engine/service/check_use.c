/* What is there and not used: worksheet lines, questions, answers; and codes that are used twice. */
#include <string.h>

#include "expr/ast.h"
#include "model/formulas.h"
#include "model/lookup.h"
#include "service/check_parts.h"

/* ---- worksheet lines --------------------------------------------------------------------------------------------- */

struct search {
  const char *name;
  bool found;
};

static void find_name(void *context, const struct ask_formula_spec *formula, struct ask_place at) {
  struct search *search = context;
  (void)at;
  if (formula->expr.text && ask_expr_names(formula->expr.text, search->name)) search->found = true;
  for (size_t i = 0; i < formula->read_count; i++)
    if (strcmp(formula->reads[i], search->name) == 0) search->found = true;
}

static void check_lines(struct ask_checker *c) {
  const struct ask_program_spec *spec = c->program->spec;
  for (size_t i = 0; i < spec->line_count; i++) {
    struct search search = {spec->lines[i].name, false};
    ask_each_formula(spec, find_name, &search);
    if (!search.found)
      ask_lint_add(c->problems, ASK_LINT_UNUSED_LINE, spec->lines[i].at, "use it, or remove it",
                   "nothing uses the worksheet line %s", spec->lines[i].name);
  }
}

/* ---- codes ------------------------------------------------------------------------------------------------------- */

struct coded {
  const char *code, *text;
  struct ask_place at;
};

struct codes {
  struct ask_checker *c;
  struct coded *list;
  size_t count, capacity;
};

static void add_code(struct codes *codes, const char *code, const char *text, struct ask_place at) {
  if (!code) return;
  for (size_t i = 0; i < codes->count; i++) {
    const struct coded *other = &codes->list[i];
    bool same = text == other->text || (text && other->text && strcmp(text, other->text) == 0);
    if (strcmp(other->code, code) != 0 || same) continue; /* one rule that stands in two places is one rule */
    ask_lint_add(codes->c->problems, ASK_LINT_CODE_TWICE, at, "give each its own code",
                 "the code %s already means '%s' on line %d", code, other->text ? other->text : "", other->at.line);
    return;
  }
  struct coded *room = ask_push(codes->c->arena, &codes->list, &codes->count, &codes->capacity, sizeof *room);
  *room = (struct coded){code, text, at};
}

static void node_codes(struct codes *codes, const struct ask_node_spec *node) {
  if (!node) return;
  add_code(codes, node->code, node->text, node->at);
  for (size_t i = 0; i < node->child_count; i++) node_codes(codes, &node->children[i]);
}

static void check_codes(struct ask_checker *c) {
  const struct ask_program_spec *spec = c->program->spec;
  struct codes codes = {.c = c};
  node_codes(&codes, spec->eligible);
  node_codes(&codes, spec->possible);
  for (size_t i = 0; i < spec->note_count; i++)
    add_code(&codes, spec->notes[i].code, spec->notes[i].text, spec->notes[i].at);
}

void ask_check_use(struct ask_checker *c) {
  check_lines(c);
  check_codes(c);
}

/* ---- questions and answers of a pack ----------------------------------------------------------------------------- */

static bool reads(const struct ask_program *program, int32_t item) {
  if (program->broken) return true; /* it may read it */
  for (size_t i = 0; i < program->all_read_count; i++)
    if (program->all_reads[i] == item) return true;
  return false;
}

static bool is_read(const struct ask_catalogue *catalogue, int32_t item) {
  for (size_t p = 0; p < catalogue->program_count; p++)
    if (reads(&catalogue->programs[p], item)) return true;
  for (size_t o = 0; o < catalogue->overview_count; o++)
    if (reads(&catalogue->overviews[o].program, item)) return true;
  return catalogue->items[item].spec->every_intake;
}

/* Which options of one item expressions tell apart. */
struct naming {
  struct ask_checker *c;
  int32_t item;
  const struct ask_options *options;
  bool *named;
};

static void name_words(struct naming *n, const struct ask_ast *node, bool *ret_ordered, bool *ret_counted) {
  if (!node) return;
  if (node->kind == ASK_AST_STRING)
    for (uint32_t i = 0; i < n->options->count; i++)
      n->named[i] = n->named[i] || ask_text_is(&node->text, n->options->list[i].id);
  if (node->kind == ASK_AST_BINARY && node->op >= ASK_OP_LT && node->op <= ASK_OP_GE) *ret_ordered = true;
  if (node->kind == ASK_AST_CALL && ask_text_is(&node->text, "count") && node->argument_count == 1)
    *ret_counted = true; /* how many are ticked: every one counts */
  name_words(n, node->a, ret_ordered, ret_counted);
  name_words(n, node->b, ret_ordered, ret_counted);
  for (const struct ask_ast *argument = node->arguments; argument; argument = argument->next)
    name_words(n, argument, ret_ordered, ret_counted);
}

static void name_options(struct naming *n, const struct ask_expr_spec *expr) {
  if (!expr->text || !ask_expr_names_item(n->c->catalogue, expr->text, n->item)) return;
  struct ask_problems unread = {.arena = n->c->arena};
  bool ordered = false, counted = false;
  name_words(n, ask_ast_parse(n->c->arena, expr->text, expr->at, &unread), &ordered, &counted);
  bool all = (ordered && n->options->ordered) || (counted && n->c->catalogue->items[n->item].spec->type == ASK_CHOICES);
  for (uint32_t i = 0; i < n->options->count && all; i++) n->named[i] = true;
}

static void visit_options(void *context, const struct ask_formula_spec *formula, struct ask_place at) {
  struct naming *n = context;
  (void)at;
  name_options(n, &formula->expr);
  for (size_t i = 0; i < formula->read_count; i++) /* a function sees the word itself */
    if (strcmp(formula->reads[i], n->c->catalogue->items[n->item].spec->id) == 0)
      for (uint32_t k = 0; k < n->options->count; k++) n->named[k] = true;
}

static void form_expressions(struct naming *n, const struct ask_item_spec *spec) {
  name_options(n, &spec->computed);
  name_options(n, &spec->ask_when);
  for (size_t i = 0; i < spec->field_count; i++) form_expressions(n, &spec->fields[i]);
}

static void check_options(struct ask_checker *c, int32_t number) {
  const struct ask_catalogue *catalogue = c->catalogue;
  const struct ask_item_spec *spec = catalogue->items[number].spec;
  struct naming n = {c, number, &spec->options, ask_alloc_array(c->arena, spec->options.count, sizeof(bool))};
  for (size_t p = 0; p < catalogue->program_count; p++)
    ask_each_formula(catalogue->programs[p].spec, visit_options, &n);
  for (size_t i = 0; i < catalogue->item_count; i++) form_expressions(&n, catalogue->items[i].spec);
  for (size_t s = 0; s < catalogue->form->section_count; s++) name_options(&n, &catalogue->form->sections[s].ask_when);
  for (size_t i = 0; i < catalogue->check_count; i++) name_options(&n, &catalogue->checks[i].spec->must);
  for (size_t i = 0; i < catalogue->use_count; i++) /* a table that is looked up with its words */
    for (uint32_t k = 0; k < spec->options.count && catalogue->uses[i].options == catalogue->items[number].kind.options;
         k++)
      n.named[k] = n.named[k] || catalogue->uses[i].kind == ASK_USE_OPTIONS;
  struct ask_buffer list = {0};
  size_t unnamed = 0;
  for (uint32_t i = 0; i < spec->options.count; i++)
    if (!n.named[i] && !spec->options.list[i].declines)
      ask_buffer_printf(&list, "%s%s", unnamed++ ? ", " : "", spec->options.list[i].id);
  /* One that nothing names is "the others", which the named ones are told apart from. */
  if (unnamed > 1)
    ask_lint_add(c->problems, ASK_LINT_UNUSED_OPTION, spec->at, "to the programs of this pack they are one answer",
                 "%s: %zu answers that no program names: %s", spec->id, unnamed, list.bytes);
  ask_buffer_free(&list);
}

void ask_check_unused_items(struct ask_checker *c) {
  const struct ask_catalogue *catalogue = c->catalogue;
  for (size_t s = 0; s < catalogue->form->section_count; s++) {
    const struct ask_section_spec *section = &catalogue->form->sections[s];
    struct ask_buffer list = {0};
    size_t unread = 0;
    for (size_t i = 0; i < catalogue->item_count; i++) {
      const struct ask_item *item = &catalogue->items[i];
      if (item->section != section || !item->asked) continue;
      if (!is_read(catalogue, (int32_t)i))
        ask_buffer_printf(&list, "%s%s", unread++ ? ", " : "", item->spec->id);
      else if (item->spec->type == ASK_CHOICE || item->spec->type == ASK_CHOICES)
        check_options(c, (int32_t)i);
    }
    if (unread)
      ask_lint_add(c->problems, ASK_LINT_UNUSED_ITEM, section->at, "they are not asked while no program reads them",
                   "section %s: %zu question%s that no program of this pack reads: %s", section->id, unread,
                   unread == 1 ? "" : "s", list.bytes);
    ask_buffer_free(&list);
  }
}
