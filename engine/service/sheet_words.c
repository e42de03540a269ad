/* Expressions in plain words: names become the questions they stand for, parameters their titles, operators words. */
#include <string.h>

#include "base/date.h"
#include "expr/ast.h"
#include "model/dated.h"
#include "service/sheet_parts.h"

/* How tightly a phrase holds together; a looser one inside a tighter one gets parentheses. */
enum tightness { LOOSE_OR, LOOSE_AND, LOOSE_COMPARE, LOOSE_SUM, LOOSE_PRODUCT, TIGHT };

struct phrase {
  const char *text;
  enum tightness tightness;
};

static struct phrase say(struct ask_wording *w, const struct ask_ast *ast);

static const char *text_of(struct ask_wording *w, const struct ask_text *text) {
  return ask_strndup(w->arena, text->bytes, text->length);
}

/* ---- what a name is ---------------------------------------------------------------------------------------------- */

struct thing {
  const struct ask_item *item; /* or a field of one */
  const struct ask_line *line;
  const struct ask_parameter *parameter;
  const struct ask_group *group;
  bool each; /* one of a group's items */
  struct ask_kind kind;
};

static const struct ask_item *list_with_entry(const struct ask_item *items, size_t count,
                                              const struct ask_text *entry) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].spec->entry && ask_text_is(entry, items[i].spec->entry)) return &items[i];
    const struct ask_item *inner = list_with_entry(items[i].fields, items[i].field_count, entry);
    if (inner) return inner;
  }
  return NULL;
}

static bool of_another_program(const struct ask_wording *w, const struct ask_parameter *parameter) {
  for (size_t i = 0; i < w->catalogue->program_count; i++)
    if (&w->catalogue->programs[i] != w->program && w->catalogue->programs[i].spec->parameters == parameter->file)
      return true;
  return parameter->pack >= 0 && parameter->pack != w->program->pack;
}

static struct thing look_up(const struct ask_wording *w, const struct ask_text *name) {
  const struct ask_catalogue *c = w->catalogue;
  struct thing thing = {0};
  for (size_t i = 0; i < w->program->spec->line_count; i++)
    if (ask_text_is(name, w->program->spec->lines[i].name)) {
      thing.line = &w->program->lines[i];
      thing.kind = thing.line->kind;
      return thing;
    }
  for (size_t i = 0; i < c->item_count; i++)
    if (ask_text_is(name, c->items[i].spec->id)) {
      thing.item = &c->items[i];
      thing.kind = c->items[i].kind;
      return thing;
    }
  for (size_t i = 0; i < c->parameter_count; i++) {
    const struct ask_parameter *parameter = &c->parameters[i];
    if (!ask_text_is(name, parameter->spec->id) || of_another_program(w, parameter)) continue;
    thing.parameter = parameter;
    thing.kind.type = parameter->spec->type;
    return thing;
  }
  for (size_t i = 0; i < c->group_count; i++) {
    bool itself = ask_text_is(name, c->groups[i].spec->id);
    if (!itself && !(c->groups[i].spec->entry && ask_text_is(name, c->groups[i].spec->entry))) continue;
    thing.group = &c->groups[i];
    thing.each = !itself;
    if (thing.each && thing.group->item_count) thing.kind = c->items[thing.group->items[0]].kind;
    return thing;
  }
  return thing;
}

/* entry.field */
static struct thing look_up_member(const struct ask_wording *w, const struct ask_ast *ast) {
  struct thing thing = {0};
  if (ast->a->kind != ASK_AST_NAME) return thing;
  struct thing owner = look_up(w, &ast->a->text);
  if (owner.parameter) return owner;
  const struct ask_item *list = list_with_entry(w->catalogue->items, w->catalogue->item_count, &ast->a->text);
  for (size_t i = 0; list && i < list->field_count; i++)
    if (ask_text_is(&ast->text, list->fields[i].spec->id)) {
      thing.item = &list->fields[i];
      thing.kind = list->fields[i].kind;
    }
  return thing;
}

static bool is_status(const struct ask_ast *ast) {
  return ast->kind == ASK_AST_MEMBER && ast->a->kind == ASK_AST_NAME && ask_text_is(&ast->a->text, "status");
}

/* The type of what a comparison compares, as far as words need it. */
static struct ask_kind kind_of(const struct ask_wording *w, const struct ask_ast *ast) {
  static const struct {
    const char *name;
    enum ask_type type;
  } calls[] = {{"add_months", ASK_DATE}, {"dollars", ASK_MONEY}};
  struct ask_kind unknown = {.type = ASK_TEXT};
  switch (ast->kind) {
  case ASK_AST_NAME:
    if (ask_text_is(&ast->text, "as_of")) return (struct ask_kind){.type = ASK_DATE};
    return look_up(w, &ast->text).kind;
  case ASK_AST_MEMBER: return is_status(ast) ? unknown : look_up_member(w, ast).kind;
  case ASK_AST_INDEX: return kind_of(w, ast->a);
  case ASK_AST_CALL:
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
      if (ask_text_is(&ast->text, calls[i].name)) return (struct ask_kind){.type = calls[i].type};
    for (const struct ask_ast *a = ast->arguments; a; a = a->next) {
      struct ask_kind kind = kind_of(w, a);
      if (kind.type == ASK_MONEY) return kind;
    }
    return (struct ask_kind){.type = ASK_INTEGER};
  case ASK_AST_UNARY: return kind_of(w, ast->a);
  case ASK_AST_BINARY: {
    struct ask_kind a = kind_of(w, ast->a);
    return a.type == ASK_MONEY ? a : kind_of(w, ast->b);
  }
  case ASK_AST_NUMBER: return (struct ask_kind){.type = ASK_INTEGER};
  default: return unknown;
  }
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

static const char *quoted(struct ask_wording *w, const char *text) {
  return ask_phrase(w, "“{text}”", "text", text, NULL);
}

static const char *called(struct ask_wording *w, const char *name) {
  return ask_phrase(w, "{name}", "name", name, NULL);
}

/* What has no text, by its id. */
static const char *name_of(struct ask_wording *w, const char *id) { return ask_words(w, ask_name_words(w->arena, id)); }

static const char *item_words(struct ask_wording *w, const struct ask_item *item) {
  if (item->spec->text) return quoted(w, ask_item_words(w, item, item->spec->text));
  return called(w, ask_item_words(w, item, ask_name_words(w->arena, item->spec->id)));
}

/* A day within a sentence, where some languages want an article. */
static const char *day_words(struct ask_wording *w, int64_t day) {
  return ask_phrase(w, "{date}", "date", ask_date_words(w, day), NULL);
}

static const char *one_amount(struct ask_wording *w, const struct ask_parameter_spec *spec, int64_t word) {
  return spec->type == ASK_DATE ? day_words(w, word) : ask_amount_words(w, spec, word);
}

/* A single number is said as itself; a table by its title, whose cells stand in the list of numbers. */
static const char *parameter_words(struct ask_wording *w, const struct ask_parameter *parameter, const char *key) {
  const struct ask_parameter_spec *spec = parameter->spec;
  const struct ask_parameter_version *version = ask_parameter_on(spec, w->as_of);
  const char *title = ask_title_words(w, spec);
  if (!version) return ask_phrase(w, "‘{title}’ (no value on this day)", "title", title, NULL);
  if (!version->is_table) return one_amount(w, spec, version->word);
  for (size_t i = 0; i < version->cell_count && key; i++)
    if (strcmp(version->cells[i].key, key) == 0) return one_amount(w, spec, version->cells[i].word);
  return ask_phrase(w, "‘{title}’", "title", title, NULL);
}

static struct phrase name_words(struct ask_wording *w, const struct ask_ast *ast) {
  if (ask_text_is(&ast->text, "as_of")) return (struct phrase){ask_phrase(w, "the day of the assessment", NULL), TIGHT};
  struct thing thing = look_up(w, &ast->text);
  const char *text = NULL;
  if (thing.item) text = item_words(w, thing.item);
  if (thing.line && thing.line->spec->text)
    text = ask_phrase(w, "‘{title}’", "title", ask_words(w, thing.line->spec->text), NULL);
  if (thing.parameter) text = parameter_words(w, thing.parameter, NULL);
  if (thing.group && thing.each) text = ask_phrase(w, "it", NULL);
  return (struct phrase){text ? text : called(w, name_of(w, text_of(w, &ast->text))), TIGHT};
}

static const char *program_name(struct ask_wording *w, const struct ask_text *id) {
  for (size_t i = 0; i < w->catalogue->program_count; i++) {
    const struct ask_program_spec *spec = w->catalogue->programs[i].spec;
    if (ask_text_is(id, spec->id) && spec->name) return ask_own_words(w, spec, spec->name);
  }
  return text_of(w, id);
}

static struct phrase member_words(struct ask_wording *w, const struct ask_ast *ast) {
  if (is_status(ast))
    return (struct phrase){ask_phrase(w, "the result of {program}", "program", program_name(w, &ast->text), NULL),
                           TIGHT};
  struct thing thing = look_up_member(w, ast);
  if (thing.parameter) return (struct phrase){parameter_words(w, thing.parameter, text_of(w, &ast->text)), TIGHT};
  if (thing.item && thing.item->spec->text) return (struct phrase){item_words(w, thing.item), TIGHT};
  const char *owner = ast->a->kind == ASK_AST_NAME ? text_of(w, &ast->a->text) : "entry";
  const char *field = name_of(w, text_of(w, &ast->text));
  return (struct phrase){ask_phrase(w, "the {owner}'s {field}", "owner", ask_words(w, owner), "field", field, NULL),
                         TIGHT};
}

/* The text of an option, of whichever item has it. */
static const char *option_words(struct ask_wording *w, const struct ask_kind *kind, const char *english) {
  for (size_t i = 0; i < w->catalogue->item_count; i++)
    if (w->catalogue->items[i].kind.options == kind->options)
      return ask_item_words(w, &w->catalogue->items[i], english);
  return ask_words(w, english);
}

/* A literal in the words of what it meets. */
static const char *literal(struct ask_wording *w, const struct ask_ast *ast, const struct ask_kind *kind) {
  int64_t day;
  const char *text = text_of(w, &ast->text);
  if (ast->kind == ASK_AST_NUMBER) return kind->type == ASK_MONEY ? ask_printf(w->arena, "$%s", text) : text;
  if (kind->type == ASK_DATE && ask_date_read(ast->text.bytes, ast->text.length, &day)) return day_words(w, day);
  for (uint32_t i = 0; kind->options && i < kind->options->count; i++)
    if (ask_text_is(&ast->text, kind->options->list[i].id) && kind->options->list[i].text)
      return quoted(w, option_words(w, kind, kind->options->list[i].text));
  return quoted(w, name_of(w, text));
}

static const char *status_words(struct ask_wording *w, const struct ask_ast *ast) {
  const char *status = ask_name_words(w->arena, text_of(w, &ast->text));
  return ask_phrase(w, "“{text}”", "text", ask_phrase(w, status, NULL), NULL);
}

/* ---- phrases ----------------------------------------------------------------------------------------------------- */

static const char *held(struct ask_wording *w, struct phrase phrase, enum tightness least) {
  return phrase.tightness < least ? ask_printf(w->arena, "(%s)", phrase.text) : phrase.text;
}

static const char *value(struct ask_wording *w, const struct ask_ast *ast, enum tightness least) {
  return held(w, say(w, ast), least);
}

static bool is_literal(const struct ask_ast *ast) { return ast->kind == ASK_AST_NUMBER || ast->kind == ASK_AST_STRING; }

static const char *side(struct ask_wording *w, const struct ask_ast *ast, const struct ask_ast *other) {
  struct ask_kind kind = kind_of(w, other);
  if (ast->kind == ASK_AST_STRING && is_status(other)) return status_words(w, ast);
  return is_literal(ast) ? literal(w, ast, &kind) : value(w, ast, LOOSE_SUM);
}

static const char *comparison_phrase(enum ask_ast_op op, enum ask_type type) {
  bool date = type == ASK_DATE;
  switch (op) {
  case ASK_OP_EQ: return "{a} is {b}";
  case ASK_OP_NE: return "{a} is not {b}";
  case ASK_OP_LT: return date ? "{a} is before {b}" : "{a} is less than {b}";
  case ASK_OP_LE: return date ? "{a} is on or before {b}" : "{a} is at most {b}";
  case ASK_OP_GT: return date ? "{a} is after {b}" : "{a} is more than {b}";
  default: return date ? "{a} is on or after {b}" : "{a} is at least {b}";
  }
}

/* count(group, condition) >= 3 */
static const char *how_many(struct ask_wording *w, const struct ask_ast *call);

static struct phrase comparison(struct ask_wording *w, const struct ask_ast *ast) {
  struct ask_kind kind = kind_of(w, is_literal(ast->a) ? ast->b : ast->a);
  return (struct phrase){ask_phrase(w, comparison_phrase(ast->op, kind.type), "a", side(w, ast->a, ast->b), "b",
                                    side(w, ast->b, ast->a), NULL),
                         LOOSE_COMPARE};
}

static bool same_text(const struct ask_text *a, const struct ask_text *b) {
  return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* x == 'a' or x == 'b' or x == 'c' -> "x is one of a, b, c". NULL: the chain is of another kind. */
static const char *one_of(struct ask_wording *w, const struct ask_ast *ast, enum ask_ast_op join,
                          enum ask_ast_op each) {
  const struct ask_ast *parts[64];
  size_t count = 0;
  for (const struct ask_ast *at = ast;; at = at->a) {
    bool joined = at->kind == ASK_AST_BINARY && at->op == join;
    const struct ask_ast *leaf = joined ? at->b : at;
    if (count >= 64 || leaf->kind != ASK_AST_BINARY || leaf->op != each || leaf->b->kind != ASK_AST_STRING ||
        leaf->a->kind != ASK_AST_NAME || (count && !same_text(&leaf->a->text, &parts[0]->a->text)))
      return NULL;
    parts[count++] = leaf;
    if (!joined) break;
  }
  struct ask_kind kind = kind_of(w, parts[0]->a);
  const char *list = "", *last = each == ASK_OP_EQ ? "{list} or {last}" : "{list} nor {last}";
  for (size_t i = count; i-- > 0;) {
    const char *next = literal(w, parts[i]->b, &kind);
    list = i ? ask_joined(w, list, next) : ask_phrase(w, last, "list", list, "last", next, NULL);
  }
  const char *subject = value(w, parts[0]->a, TIGHT);
  return each == ASK_OP_EQ ? ask_phrase(w, "{a} is {b}", "a", subject, "b", list, NULL)
                           : ask_phrase(w, "{a} is neither {list}", "a", subject, "list", list, NULL);
}

/* A condition: a name alone is a yes-or-no question. */
static struct phrase condition(struct ask_wording *w, const struct ask_ast *ast, bool holds) {
  struct phrase phrase = say(w, ast);
  bool question = false;
  if (ast->kind == ASK_AST_NAME || ast->kind == ASK_AST_MEMBER) {
    struct thing thing = ast->kind == ASK_AST_NAME ? look_up(w, &ast->text) : look_up_member(w, ast);
    question = thing.item && thing.item->spec->text && thing.kind.type == ASK_BOOL;
  }
  if (question)
    return (struct phrase){
        ask_phrase(w, holds ? "{question} is yes" : "{question} is no", "question", phrase.text, NULL), LOOSE_COMPARE};
  if (!holds)
    return (struct phrase){ask_phrase(w, "not {condition}", "condition", held(w, phrase, TIGHT), NULL), LOOSE_COMPARE};
  return phrase;
}

/* cond and a or b */
static bool is_choice(const struct ask_wording *w, const struct ask_ast *ast) {
  if (ast->op != ASK_OP_OR || ast->a->kind != ASK_AST_BINARY || ast->a->op != ASK_OP_AND) return false;
  const struct ask_ast *then = ast->a->b;
  if (is_literal(then)) return true;
  if (then->kind == ASK_AST_BINARY) return then->op >= ASK_OP_ADD;
  struct ask_kind kind = kind_of(w, then);
  return kind.type != ASK_BOOL && (then->kind == ASK_AST_INDEX || then->kind == ASK_AST_NAME ||
                                   (then->kind == ASK_AST_MEMBER && !is_status(then)) ||
                                   (then->kind == ASK_AST_CALL && !ask_text_is(&then->text, "any") &&
                                    !ask_text_is(&then->text, "all") && !ask_text_is(&then->text, "has") &&
                                    !ask_text_is(&then->text, "answered") && !ask_text_is(&then->text, "declined")));
}

static struct phrase logic(struct ask_wording *w, const struct ask_ast *ast) {
  bool is_or = ast->op == ASK_OP_OR;
  if (is_choice(w, ast))
    return (struct phrase){
        ask_phrase(w, "{value} if {condition}, otherwise {other}", "value", value(w, ast->a->b, LOOSE_SUM), "condition",
                   held(w, condition(w, ast->a->a, true), LOOSE_OR), "other", value(w, ast->b, LOOSE_AND), NULL),
        LOOSE_OR};
  const char *list = one_of(w, ast, ast->op, is_or ? ASK_OP_EQ : ASK_OP_NE);
  if (list) return (struct phrase){list, LOOSE_COMPARE};
  enum tightness own = is_or ? LOOSE_OR : LOOSE_AND;
  struct phrase a = condition(w, ast->a, true), b = condition(w, ast->b, true);
  /* "a and b or c" is read in two ways: an `and` inside an `or` gets its parentheses too */
  const char *left = a.tightness == own ? a.text : held(w, a, LOOSE_COMPARE);
  const char *right = b.tightness == own ? b.text : held(w, b, LOOSE_COMPARE);
  return (struct phrase){ask_phrase(w, is_or ? "{a} or {b}" : "{a} and {b}", "a", left, "b", right, NULL), own};
}

static struct phrase arithmetic(struct ask_wording *w, const struct ask_ast *ast) {
  static const char *const phrases[] = {[ASK_OP_ADD] = "{a} plus {b}",
                                        [ASK_OP_SUB] = "{a} less {b}",
                                        [ASK_OP_MUL] = "{a} times {b}",
                                        [ASK_OP_DIV] = "{a} divided by {b}",
                                        [ASK_OP_FLOORDIV] = "{a} divided (rounded down) by {b}",
                                        [ASK_OP_MOD] = "{a} modulo {b}"};
  bool sum = ast->op == ASK_OP_ADD || ast->op == ASK_OP_SUB;
  enum tightness own = sum ? LOOSE_SUM : LOOSE_PRODUCT;
  return (struct phrase){ask_phrase(w, phrases[ast->op], "a", value(w, ast->a, own), "b",
                                    value(w, ast->b, ast->op == ASK_OP_ADD ? own : own + 1), NULL),
                         own};
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static const char *list_words(struct ask_wording *w, const struct ask_ast *ast) {
  struct thing thing = ast->kind == ASK_AST_NAME ? look_up(w, &ast->text) : look_up_member(w, ast);
  if (!thing.group) return value(w, ast, TIGHT);
  const char *list = "";
  for (size_t i = 0; i < thing.group->item_count; i++) {
    const char *id = w->catalogue->items[thing.group->items[i]].spec->id;
    list = ask_joined(w, list, ask_words(w, ask_member_words(w->arena, thing.group->spec->entry, id)));
  }
  return ask_phrase(w, "these ({list})", "list", list, NULL);
}

static const char *how_many(struct ask_wording *w, const struct ask_ast *call) {
  const struct ask_ast *list = call->arguments, *test = list->next;
  bool entries = kind_of(w, list).type == ASK_LIST;
  const char *of = list_words(w, list);
  if (!test)
    return ask_phrase(w, entries ? "the number of entries in {list}" : "the number of answers in {list}", "list", of,
                      NULL);
  const char *where = condition(w, test, true).text;
  return ask_phrase(
      w, entries ? "the number of entries in {list} where {condition}" : "the number of {list} where {condition}",
      "list", of, "condition", where, NULL);
}

/* Over a list: count, any, all, sum. NULL: it is none of these. */
static const char *list_call_words(struct ask_wording *w, const struct ask_ast *call) {
  const struct ask_ast *a = call->arguments, *b = a->next, *c = b ? b->next : NULL;
  bool any = ask_text_is(&call->text, "any"), all = ask_text_is(&call->text, "all");
  if (ask_text_is(&call->text, "count")) return how_many(w, call);
  if ((any || all) && b)
    return ask_phrase(w, any ? "for at least one of {list}: {condition}" : "for each of {list}: {condition}", "list",
                      list_words(w, a), "condition", condition(w, b, true).text, NULL);
  if (!ask_text_is(&call->text, "sum") || !b) return NULL;
  const char *summed = value(w, b, LOOSE_SUM), *over = list_words(w, a);
  if (!c) return ask_phrase(w, "the total of {value} over {list}", "value", summed, "list", over, NULL);
  return ask_phrase(w, "the total of {value} over {list} where {condition}", "value", summed, "list", over, "condition",
                    condition(w, c, true).text, NULL);
}

static const char *extreme_words(struct ask_wording *w, const struct ask_ast *call, bool largest) {
  const char *list = NULL;
  for (const struct ask_ast *a = call->arguments; a; a = a->next) {
    const char *next = say(w, a).text;
    list = !list     ? next
           : a->next ? ask_phrase(w, "{list}; {next}", "list", list, "next", next, NULL)
                     : ask_phrase(w, "{list}; and {last}", "list", list, "last", next, NULL);
  }
  return ask_phrase(w, largest ? "the largest of: {list}" : "the smallest of: {list}", "list", list, NULL);
}

static struct phrase call_words(struct ask_wording *w, const struct ask_ast *call) {
  const struct ask_ast *a = call->arguments, *b = a ? a->next : NULL, *c = b ? b->next : NULL;
  const char *name = text_of(w, &call->text);
#define IS(word) (strcmp(name, word) == 0)
#define SAY(...) \
  return (struct phrase) { ask_phrase(w, __VA_ARGS__, NULL), LOOSE_COMPARE }
  if (!a) return (struct phrase){ask_printf(w->arena, "%s()", name), LOOSE_COMPARE};
  const char *over_list = list_call_words(w, call);
  if (over_list) return (struct phrase){over_list, IS("count") ? LOOSE_SUM : LOOSE_COMPARE};
  if (IS("answered")) SAY("{question} is answered", "question", value(w, a, TIGHT));
  if (IS("declined")) SAY("the person would rather not answer {question}", "question", value(w, a, TIGHT));
  if (IS("has") && b) {
    struct ask_kind kind = kind_of(w, a);
    SAY("{question} includes {answer}", "question", value(w, a, TIGHT), "answer",
        is_literal(b) ? literal(w, b, &kind) : value(w, b, TIGHT));
  }
  if (IS("years_between") && b)
    SAY("full years from {from} to {to}", "from", value(w, a, TIGHT), "to", value(w, b, TIGHT));
  if (IS("months_between") && b)
    SAY("full months from {from} to {to}", "from", value(w, a, TIGHT), "to", value(w, b, TIGHT));
  if (IS("add_months") && b) SAY("{count} months after {day}", "count", value(w, b, TIGHT), "day", value(w, a, TIGHT));
  if (IS("add_business_days") && b)
    SAY("{count} business days after {day}", "count", value(w, b, TIGHT), "day", value(w, a, TIGHT));
  if (IS("year_of")) SAY("the year of {day}", "day", value(w, a, TIGHT));
  if (IS("dollars")) return (struct phrase){ask_printf(w->arena, "$%s", value(w, a, TIGHT)), TIGHT};
  if (IS("floor")) SAY("{value}, rounded down", "value", value(w, a, LOOSE_SUM));
  if (IS("ceil")) SAY("{value}, rounded up", "value", value(w, a, LOOSE_SUM));
  if (IS("round")) SAY("{value}, rounded", "value", value(w, a, LOOSE_SUM));
  if (IS("abs")) SAY("the size of {value}, without its sign", "value", value(w, a, TIGHT));
  if (IS("max") && b && !c && a->kind == ASK_AST_NUMBER && ask_text_is(&a->text, "0"))
    SAY("{value}, but not below 0", "value", value(w, b, LOOSE_SUM));
  if (IS("max") || IS("min")) return (struct phrase){extreme_words(w, call, IS("max")), LOOSE_COMPARE};
  return (struct phrase){ask_printf(w->arena, "%s(...)", name), LOOSE_COMPARE};
#undef SAY
#undef IS
}

static struct phrase index_words(struct ask_wording *w, const struct ask_ast *ast) {
  struct thing table = ast->a->kind == ASK_AST_NAME ? look_up(w, &ast->a->text) : (struct thing){0};
  if (ast->b->kind == ASK_AST_NUMBER && table.parameter)
    return (struct phrase){parameter_words(w, table.parameter, text_of(w, &ast->b->text)), TIGHT};
  return (struct phrase){
      ask_phrase(w, "{table} for {key}", "table", value(w, ast->a, TIGHT), "key", value(w, ast->b, LOOSE_SUM), NULL),
      LOOSE_PRODUCT};
}

static struct phrase say(struct ask_wording *w, const struct ask_ast *ast) {
  struct ask_kind plain = {.type = ASK_TEXT};
  switch (ast->kind) {
  case ASK_AST_NUMBER:
  case ASK_AST_STRING: return (struct phrase){literal(w, ast, &plain), TIGHT};
  case ASK_AST_TRUE: return (struct phrase){ask_phrase(w, "always", NULL), TIGHT};
  case ASK_AST_FALSE: return (struct phrase){ask_phrase(w, "never", NULL), TIGHT};
  case ASK_AST_NAME: return name_words(w, ast);
  case ASK_AST_MEMBER: return member_words(w, ast);
  case ASK_AST_INDEX: return index_words(w, ast);
  case ASK_AST_CALL: return call_words(w, ast);
  case ASK_AST_UNARY:
    if (ast->op == ASK_OP_NOT) return condition(w, ast->a, false);
    return (struct phrase){ask_phrase(w, "minus {a}", "a", value(w, ast->a, TIGHT), NULL), TIGHT};
  default: break;
  }
  if (ast->op <= ASK_OP_AND) return logic(w, ast);
  return ast->op <= ASK_OP_GE ? comparison(w, ast) : arithmetic(w, ast);
}

const char *ask_expression_words(struct ask_wording *w, const char *expression) {
  struct ask_problems unread = {.arena = w->arena};
  const struct ask_ast *ast = ask_ast_parse(w->arena, expression, ASK_NOWHERE, &unread);
  return ast ? condition(w, ast, true).text : expression;
}
