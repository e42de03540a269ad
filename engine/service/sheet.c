/* From a program to the blocks of its sheet: what a caseworker needs first, then the rule in full. */
#include "service/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "model/dated.h"
#include "service/sheet_parts.h"

struct maker {
  struct ask_wording wording;
  struct ask_arena *arena;
  struct ask_sheet *sheet;
};

/* A phrase of sheets; a text of the program. */
static const char *phrase(struct maker *m, const char *english) { return ask_phrase(&m->wording, english, NULL); }
static const char *words(struct maker *m, const char *english) { return ask_words(&m->wording, english); }
static const char *capital(struct maker *m, const char *text) { return ask_capital(m->arena, text); }
static const char *number_text(struct maker *m, size_t number) { return ask_printf(m->arena, "%zu", number); }

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

static struct ask_block *add(struct maker *m, enum ask_block_kind kind, const char *text) {
  struct ask_sheet *sheet = m->sheet;
  struct ask_block *block = ask_push(m->arena, &sheet->blocks, &sheet->count, &sheet->capacity, sizeof *block);
  *block = (struct ask_block){.kind = kind, .text = text};
  return block;
}

static void heading(struct maker *m, const char *english) { add(m, ASK_BLOCK_HEADING, phrase(m, english)); }

static struct ask_block *item(struct maker *m, int depth, const char *text) {
  struct ask_block *block = add(m, ASK_BLOCK_ITEM, text);
  block->depth = depth;
  return block;
}

static struct ask_block *row(struct maker *m, enum ask_block_kind kind, int count, const char *const *cells) {
  struct ask_block *block = add(m, kind, NULL);
  block->cell_count = count;
  for (int i = 0; i < count; i++) block->cells[i] = cells[i];
  return block;
}
#define ROW(m, kind, ...) \
  row(m, kind, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *const[]){__VA_ARGS__})

/* On the first page a condition is said when it is short; all of them stand in the rule in full. */
enum { SHORT_CONDITION = 110 };

static const char *formula_words(struct maker *m, const struct ask_formula_spec *formula) {
  if (formula->expr.text) return ask_expression_words(&m->wording, formula->expr.text);
  if (formula->function < 0) return NULL;
  const char *list = "";
  for (size_t i = 0; i < formula->read_count; i++)
    list = ask_joined(&m->wording, list, words(m, ask_name_words(m->arena, formula->reads[i])));
  return ask_phrase(&m->wording, "worked out step by step from {names}", "names", list, NULL);
}

/* ---- criteria ---------------------------------------------------------------------------------------------------- */

/* Money, percent and days; an age or a count means little without its sentence. */
static bool speaks(const struct ask_parameter_spec *spec) {
  return spec->type == ASK_MONEY || spec->type == ASK_DATE || strncmp(spec->unit, "percent", 7) == 0;
}

/* Whether the text says a number already (is 18 or older). Both in English, so that every language shows the same. */
static bool says(struct maker *m, const char *text, int32_t use) {
  struct ask_wording english = m->wording;
  english.locale = NULL;
  const char *amount = ask_use_words(&english, use);
  return amount && strstr(text, ask_strndup(m->arena, amount, strcspn(amount, " ")));
}

/* today $1,729 a month for 1, ... */
static const char *numbers_of(struct maker *m, const struct ask_node *node) {
  const char *list = NULL, *text = node->spec->text ? node->spec->text : "";
  bool dated = false;
  for (size_t i = 0; i < node->parameter_count; i++) {
    const struct ask_parameter_use *use = &m->wording.catalogue->uses[node->parameters[i]];
    const struct ask_parameter_spec *spec = m->wording.catalogue->parameters[use->parameter].spec;
    const char *amount = speaks(spec) ? ask_use_words(&m->wording, node->parameters[i]) : NULL;
    if (!amount || says(m, text, node->parameters[i]) || (list && strstr(list, amount))) continue;
    if (!list) dated = spec->type == ASK_DATE;
    list = list ? ask_printf(m->arena, "%s; %s", list, amount) : amount;
  }
  return list && !dated ? ask_phrase(&m->wording, "today {amounts}", "amounts", list, NULL) : list;
}

static const char *holds_words(struct maker *m, const struct ask_node_spec *spec) {
  static const char *const how[] = {
      [ASK_ALL] = "all of these", [ASK_ANY] = "at least one of these", [ASK_NONE] = "none of these"};
  if (spec->kind != ASK_AT_LEAST) return phrase(m, how[spec->kind]);
  return ask_phrase(&m->wording, "at least {count} of these", "count", number_text(m, (size_t)spec->at_least), NULL);
}

static const char *lead_words(struct maker *m, const struct ask_node_spec *spec) {
  return ask_phrase(&m->wording, "{how}:", "how", capital(m, holds_words(m, spec)), NULL);
}

static void tree(struct maker *m, const struct ask_node *node, int depth, bool exact) {
  const struct ask_node_spec *spec = node->spec;
  const char *text = spec->text ? capital(m, words(m, spec->text)) : "";
  if (spec->kind != ASK_RULE && spec->text) {
    size_t length = strlen(text);
    if (length && text[length - 1] == '.') length--;
    text = ask_phrase(&m->wording, "{text}: {how}:", "text", ask_strndup(m->arena, text, length), "how",
                      holds_words(m, spec), NULL);
  } else if (spec->kind != ASK_RULE) {
    text = lead_words(m, spec);
  }
  struct ask_block *block = item(m, depth, text);
  block->cite = exact ? spec->cite : NULL;
  block->unverified = spec->unverified;
  if (spec->kind == ASK_RULE) block->detail = exact ? formula_words(m, &spec->formula) : numbers_of(m, node);
  for (size_t i = 0; i < node->child_count; i++) tree(m, &node->children[i], depth + 1, exact);
}

/* The root's own "all of these" is the heading's. */
static void root(struct maker *m, const struct ask_node *node, bool exact) {
  if (node->spec->kind == ASK_RULE || node->spec->text) {
    tree(m, node, 0, exact);
    return;
  }
  add(m, ASK_BLOCK_TEXT, lead_words(m, node->spec));
  for (size_t i = 0; i < node->child_count; i++) tree(m, &node->children[i], 0, exact);
}

/* What is judged: the texts that the report gives as reasons. How each comes about stands in the rule in full. */
static void judged(struct maker *m, const struct ask_node *node) {
  if (node->spec->text) item(m, 0, capital(m, words(m, node->spec->text)))->unverified = node->spec->unverified;
  for (size_t i = 0; i < node->child_count && !node->spec->text; i++)
    if (node->spec->kind != ASK_NONE) judged(m, &node->children[i]);
}

/* ---- what follows ------------------------------------------------------------------------------------------------ */

/* In English, so that the first page says the same in every language. */
static bool is_short(struct maker *m, const struct ask_formula_spec *when) {
  struct maker english = *m;
  english.wording.locale = NULL;
  const char *condition = formula_words(&english, when);
  return ask_utf8_length(condition, strlen(condition)) <= SHORT_CONDITION;
}

/* "if ...", or NULL. */
static const char *condition_words(struct maker *m, const struct ask_formula_spec *when, bool exact) {
  const char *condition = formula_words(m, when);
  if (!condition || (!exact && !is_short(m, when))) return NULL;
  return ask_phrase(&m->wording, "if {condition}", "condition", condition, NULL);
}

static bool has_conditions(const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (list[i].when.expr.text || list[i].when.function >= 0) return true;
  return false;
}

static void levels(struct maker *m, bool exact) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->level_count) return;
  heading(m, exact ? "How fast, exactly" : "How fast");
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    const char *within = ask_duration_words(&m->wording, &level->act_within), *name = capital(m, words(m, level->name));
    if (within) name = ask_phrase(&m->wording, "{level}: {time}", "level", name, "time", within, NULL);
    struct ask_block *block = item(m, 0, name);
    block->detail = !level->otherwise ? condition_words(m, &level->when, exact)
                    : i               ? phrase(m, "in all other cases")
                                      : NULL;
    block->cite = exact ? level->cite : NULL;
    block->unverified = level->unverified;
  }
}

static void texts(struct maker *m, const char *headed, const struct ask_text_when_spec *list, size_t count, bool exact,
                  bool conditions) {
  if (count) heading(m, headed);
  for (size_t i = 0; i < count; i++) {
    struct ask_block *block = item(m, 0, words(m, list[i].text));
    if (conditions) block->detail = condition_words(m, &list[i].when, exact);
    if (list[i].otherwise && count > 1) block->detail = phrase(m, "otherwise");
    block->cite = exact ? list[i].cite : NULL;
    block->unverified = list[i].unverified;
  }
}

static void outcome(struct maker *m, bool exact) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  bool score = spec->point_count || spec->score.expr.text || spec->score.function >= 0;
  bool amount = spec->amount.expr.text || spec->amount.function >= 0;
  if (!amount && !(score && exact)) return;
  heading(m, exact ? "What is worked out, exactly" : "What is worked out");
  if (amount) {
    const char *per = spec->amount_per ? spec->amount_per : "once";
    const char *pattern = strcmp(per, "month") == 0  ? "{amount}, each month"
                          : strcmp(per, "year") == 0 ? "{amount}, each year"
                                                     : "{amount}, once";
    const char *text = spec->amount_text ? words(m, spec->amount_text) : phrase(m, "An amount of money");
    struct ask_block *block = item(m, 0, ask_phrase(&m->wording, pattern, "amount", text, NULL));
    if (exact) block->detail = formula_words(m, &spec->amount);
  }
  if (score && exact) {
    struct ask_block *block = item(m, 0, phrase(m, spec->point_count ? "A score, the sum of its points" : "A score"));
    if (!spec->point_count) block->detail = formula_words(m, &spec->score);
  }
  for (size_t i = 0; i < spec->point_count && exact; i++) {
    const struct ask_point_spec *point = &spec->points[i];
    const char *when = formula_words(m, &point->when);
    const char *points = ask_expression_words(&m->wording, point->points.text);
    if (when) points = ask_phrase(&m->wording, "{points}, if {condition}", "points", points, "condition", when, NULL);
    item(m, 1, capital(m, point->text ? words(m, point->text) : phrase(m, "Points")))->detail = points;
  }
}

static void plain(struct maker *m, const char *headed, const char *const *list, size_t count) {
  if (count) heading(m, headed);
  for (size_t i = 0; i < count; i++) item(m, 0, words(m, list[i]));
}

static void contact(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->agency && !spec->phone && !spec->url) return;
  heading(m, "Contact");
  const char *parts[] = {words(m, spec->agency), spec->phone, spec->url}, *line = "";
  for (int i = 0; i < 3; i++)
    if (parts[i]) line = ask_joined(&m->wording, line, parts[i]);
  add(m, ASK_BLOCK_TEXT, line);
}

static void review(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (spec->review_months <= 0) return;
  heading(m, "Looked at again");
  struct ask_block *block =
      add(m, ASK_BLOCK_TEXT,
          spec->review_months == 1    ? phrase(m, "Every month")
          : spec->review_months == 12 ? phrase(m, "Every year")
                                      : ask_phrase(&m->wording, "Every {count} months", "count",
                                                   number_text(m, (size_t)spec->review_months), NULL));
  block->cite = spec->review_cite;
  block->unverified = spec->review_unverified;
}

/* ---- the small print --------------------------------------------------------------------------------------------- */

static void worksheet(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->line_count) return;
  heading(m, "Worked out step by step");
  for (size_t i = 0; i < spec->line_count; i++) {
    const struct ask_line_spec *line = &spec->lines[i];
    struct ask_block *block =
        item(m, 0, line->text ? words(m, line->text) : capital(m, words(m, ask_name_words(m->arena, line->name))));
    block->detail = formula_words(m, &line->formula);
    block->cite = line->cite;
    block->unverified = line->unverified;
  }
}

/* Derived items, which stand in conditions under their names. */
static void derived(struct maker *m) {
  const struct ask_program *program = m->wording.program;
  bool headed = false;
  for (size_t i = 0; i < program->all_read_count; i++) {
    const struct ask_item *one = &m->wording.catalogue->items[program->all_reads[i]];
    if (one->asked || !one->spec->computed.text) continue;
    if (!headed) heading(m, "What follows from the answers");
    headed = true;
    item(m, 0, capital(m, ask_item_words(&m->wording, one, ask_name_words(m->arena, one->spec->id))))->detail =
        ask_expression_words(&m->wording, one->spec->computed.text);
  }
}

static void numbers(struct maker *m) {
  const struct ask_program *program = m->wording.program;
  if (!program->parameter_count) return;
  heading(m, "Numbers and where they come from");
  ROW(m, ASK_BLOCK_HEAD, phrase(m, "What"), phrase(m, "On this day"), phrase(m, "Since"), phrase(m, "Source"));
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_spec *spec = m->wording.catalogue->parameters[program->parameters[i]].spec;
    const struct ask_parameter_version *version = ask_parameter_on(spec, m->wording.as_of);
    const char *amount =
        version ? ask_version_words(&m->wording, spec, version, SIZE_MAX) : phrase(m, "no value in force");
    if (version && !version->verified)
      amount = ask_phrase(&m->wording, "{amount} (not verified)", "amount", amount, NULL);
    struct ask_block *block = ROW(m, ASK_BLOCK_ROW, ask_title_words(&m->wording, spec), amount,
                                  version ? ask_date_words(&m->wording, version->from) : "");
    block->cite = version && version->source ? version->source : spec->source;
    block->detail = version ? words(m, version->note) : NULL;
  }
}

static void questions(struct maker *m) {
  const struct ask_program *program = m->wording.program;
  const char *list = "";
  size_t count = 0;
  for (size_t i = 0; i < program->all_read_count; i++) {
    const struct ask_item *one = &m->wording.catalogue->items[program->all_reads[i]];
    if (!one->asked) continue;
    list =
        ask_printf(m->arena, "%s%s%s", list, count++ ? " · " : "", ask_item_words(&m->wording, one, one->spec->text));
  }
  if (!count) return;
  heading(m, "Questions it may need");
  add(m, ASK_BLOCK_TEXT, list);
}

/* Everything that is marked `verified = false`: shown beside the thing itself too, and here together. */
static void unverified(struct maker *m, size_t end) {
  size_t count = 0;
  for (size_t i = 0; i < end; i++) count += m->sheet->blocks[i].unverified;
  bool whole = m->wording.program->spec->unverified;
  if (!whole && !count) return;
  heading(m, "Not verified");
  add(m, ASK_BLOCK_TEXT,
      whole ? phrase(m, "The source of this rule as a whole has not been read.")
      : count == 1
          ? phrase(m, "Of 1 statement on this sheet, marked “not verified”, nobody has read the source.")
          : ask_phrase(&m->wording,
                       "Of {count} statements on this sheet, marked “not verified”, nobody has read the source.",
                       "count", number_text(m, count), NULL));
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static const char *foot(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  return ask_phrase(
      &m->wording,
      "As of {date}. Rule {program} {version} ({hash}). A screen, not a decision: only the agency decides. "
      "A question without an answer never counts as no.",
      "date", ask_date_words(&m->wording, m->wording.as_of), "program", spec->id, "version",
      spec->version ? spec->version : phrase(m, "without a version"), "hash", ask_printf(m->arena, "%.8s", spec->hash),
      NULL);
}

static struct ask_sheet begin(const struct ask_locale *locale) {
  return (struct ask_sheet){.language = locale ? locale->tag : "en", .right_to_left = locale && locale->right_to_left};
}

struct ask_sheet ask_sheet_of(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                              const struct ask_program *program, int64_t as_of, const struct ask_locale *locale) {
  const struct ask_program_spec *spec = program->spec;
  struct ask_sheet sheet = begin(locale);
  struct maker maker = {{arena, catalogue, program, as_of, locale}, arena, &sheet}, *m = &maker;
  sheet.title = spec->name ? words(m, spec->name) : spec->id;
  sheet.not_verified = phrase(m, "not verified");
  struct ask_block *title = add(m, ASK_BLOCK_TITLE, sheet.title);
  title->detail = words(m, spec->agency);
  title->cite = spec->cite;
  if (spec->helps) add(m, ASK_BLOCK_LEAD, words(m, spec->helps));
  if (program->broken) {
    add(m, ASK_BLOCK_TEXT,
        ask_phrase(&m->wording, "This program does not load: {reason}", "reason", program->broken, NULL));
    sheet.foot = foot(m);
    return sheet;
  }
  heading(m, "Who can get it");
  root(m, program->eligible, false);
  if (program->possible) {
    heading(m, "When somebody has to judge");
    add(m, ASK_BLOCK_TEXT, phrase(m, "Then the result is “possible”, not “likely”:"));
    judged(m, program->possible);
  }
  add(m, ASK_BLOCK_COLUMNS, NULL);
  levels(m, false);
  texts(m, "Next step", spec->next_steps, spec->next_step_count, false, true);
  texts(m, "What to bring", spec->documents, spec->document_count, false, true);
  outcome(m, false);
  plain(m, "What it cannot do", spec->cannot, spec->cannot_count);
  review(m);
  contact(m);
  unverified(m, sheet.count);
  add(m, ASK_BLOCK_ANNEX, phrase(m, "The rule in full"));
  heading(m, "What must hold, exactly");
  root(m, program->eligible, true);
  if (program->possible) {
    heading(m, "What somebody has to judge, exactly");
    root(m, program->possible, true);
  }
  levels(m, true);
  if (has_conditions(spec->documents, spec->document_count))
    texts(m, "What to bring, exactly", spec->documents, spec->document_count, true, true);
  if (has_conditions(spec->next_steps, spec->next_step_count))
    texts(m, "Next step, exactly", spec->next_steps, spec->next_step_count, true, true);
  texts(m, "Good to know", spec->notes, spec->note_count, true, true);
  outcome(m, true);
  worksheet(m);
  derived(m);
  numbers(m);
  questions(m);
  sheet.foot = foot(m);
  return sheet;
}

struct entry {
  const struct ask_program_spec *spec;
  const char *name, *key; /* as it is shown, and sorted by */
};

static int by_key(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  int order = strcmp(x->key, y->key);
  return order ? order : strcmp(x->spec->id, y->spec->id);
}

struct ask_sheet ask_sheet_index(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *ending,
                                 int64_t as_of, const struct ask_locale *locale) {
  struct ask_sheet sheet = begin(locale);
  struct maker maker = {{arena, catalogue, NULL, as_of, locale}, arena, &sheet}, *m = &maker;
  struct entry *list = ask_alloc_array(arena, catalogue->program_count, sizeof *list);
  for (size_t i = 0; i < catalogue->program_count; i++) {
    const struct ask_program_spec *spec = catalogue->programs[i].spec;
    const char *name = spec->name ? ask_own_words(&m->wording, spec, spec->name) : spec->id;
    /* a letter with an accent stands beside the one without */
    const char *key = locale ? ask_fold(arena, (struct ask_text){name, strlen(name)}).bytes : name;
    list[i] = (struct entry){spec, name, key};
  }
  qsort(list, catalogue->program_count, sizeof *list, by_key);
  sheet.title = phrase(m, "Programs");
  sheet.not_verified = phrase(m, "not verified");
  add(m, ASK_BLOCK_TITLE, sheet.title)->detail =
      ask_phrase(&m->wording, "{count} programs", "count", number_text(m, catalogue->program_count), NULL);
  for (size_t i = 0; i < catalogue->program_count; i++) {
    struct ask_block *block = item(m, 0, list[i].name);
    block->detail = ask_own_words(&m->wording, list[i].spec, list[i].spec->helps);
    block->unverified = list[i].spec->unverified;
    block->cells[0] = ask_printf(arena, "%s%s", list[i].spec->id, ending);
    block->cell_count = 1; /* the link */
  }
  sheet.foot = ask_phrase(&m->wording, "As of {date}. A screen, not a decision: only the agency decides.", "date",
                          ask_date_words(&m->wording, as_of), NULL);
  return sheet;
}
