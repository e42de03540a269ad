/* From a program to the blocks of its sheet: what a caseworker needs first, then the rule in full. */
#include "service/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "model/dated.h"
#include "service/sheet_parts.h"

struct maker {
  struct ask_wording wording;
  struct ask_arena *arena;
  struct ask_sheet *sheet;
};

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

static struct ask_block *add(struct maker *m, enum ask_block_kind kind, const char *text) {
  struct ask_sheet *sheet = m->sheet;
  struct ask_block *block = ask_push(m->arena, &sheet->blocks, &sheet->count, &sheet->capacity, sizeof *block);
  *block = (struct ask_block){.kind = kind, .text = text};
  return block;
}

static struct ask_block *item(struct maker *m, int depth, const char *text) {
  struct ask_block *block = add(m, ASK_BLOCK_ITEM, text);
  block->depth = depth;
  return block;
}

static void row(struct maker *m, enum ask_block_kind kind, int count, const char *const *cells) {
  struct ask_block *block = add(m, kind, NULL);
  block->cell_count = count;
  for (int i = 0; i < count; i++) block->cells[i] = cells[i] ? cells[i] : "";
}
#define ROW(m, kind, ...)                                        \
  do {                                                           \
    const char *const cells_[] = {__VA_ARGS__};                  \
    row(m, kind, (int)(sizeof cells_ / sizeof *cells_), cells_); \
  } while (0)

/* On the first page a condition is said when it is short; all of them stand in the rule in full. */
enum { SHORT_CONDITION = 110 };

static const char *formula_words(struct maker *m, const struct ask_formula_spec *formula) {
  if (formula->expr.text) return ask_expression_words(&m->wording, formula->expr.text);
  if (formula->function < 0) return NULL;
  const char *list = "";
  for (size_t i = 0; i < formula->read_count; i++)
    list = ask_printf(m->arena, "%s%s%s", list, i ? ", " : "", ask_name_words(m->arena, formula->reads[i]));
  return ask_printf(m->arena, "worked out step by step from %s", list);
}

/* ---- criteria ---------------------------------------------------------------------------------------------------- */

/* Money, percent and days; an age or a count means little without its sentence. */
static bool speaks(const struct ask_parameter_spec *spec) {
  return spec->type == ASK_MONEY || spec->type == ASK_DATE || strncmp(spec->unit, "percent", 7) == 0;
}

/* today $1,729 a month for 1, ...; not what the text says already (is 18 or older). */
static const char *numbers_of(struct maker *m, const struct ask_node *node) {
  const char *list = NULL, *text = node->spec->text ? node->spec->text : "";
  for (size_t i = 0; i < node->parameter_count; i++) {
    const struct ask_parameter_use *use = &m->wording.catalogue->uses[node->parameters[i]];
    const struct ask_parameter_spec *spec = m->wording.catalogue->parameters[use->parameter].spec;
    const char *words = speaks(spec) ? ask_use_words(&m->wording, node->parameters[i]) : NULL;
    if (words && strstr(text, ask_strndup(m->arena, words, strcspn(words, " ")))) words = NULL;
    if (words && (!list || !strstr(list, words)))
      list = list ? ask_printf(m->arena, "%s; %s", list, words)
                  : ask_printf(m->arena, "%s%s", spec->type == ASK_DATE ? "" : "today ", words);
  }
  return list;
}

static const char *holds_words(struct maker *m, const struct ask_node_spec *spec) {
  static const char *const words[] = {
      [ASK_ALL] = "all of these", [ASK_ANY] = "at least one of these", [ASK_NONE] = "none of these"};
  return spec->kind == ASK_AT_LEAST ? ask_printf(m->arena, "at least %d of these", (int)spec->at_least)
                                    : words[spec->kind];
}

static const char *capital(struct maker *m, const char *text) {
  char *copy = ask_strdup(m->arena, text);
  if (*copy >= 'a' && *copy <= 'z') *copy = (char)(*copy - 'a' + 'A');
  return copy;
}

static void tree(struct maker *m, const struct ask_node *node, int depth, bool exact) {
  const struct ask_node_spec *spec = node->spec;
  const char *text = spec->text ? capital(m, spec->text) : "";
  if (spec->kind != ASK_RULE) {
    const char *how = holds_words(m, spec);
    size_t length = strlen(text);
    if (length && text[length - 1] == '.') length--;
    text = spec->text ? ask_printf(m->arena, "%.*s: %s:", (int)length, text, how)
                      : ask_printf(m->arena, "%s:", capital(m, how));
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
  add(m, ASK_BLOCK_TEXT, ask_printf(m->arena, "%s:", capital(m, holds_words(m, node->spec))));
  for (size_t i = 0; i < node->child_count; i++) tree(m, &node->children[i], 0, exact);
}

/* What is judged: the texts that the report gives as reasons. How each comes about stands in the rule in full. */
static void judged(struct maker *m, const struct ask_node *node) {
  if (node->spec->text) item(m, 0, capital(m, node->spec->text))->unverified = node->spec->unverified;
  for (size_t i = 0; i < node->child_count && !node->spec->text; i++)
    if (node->spec->kind != ASK_NONE) judged(m, &node->children[i]);
}

/* ---- what follows ------------------------------------------------------------------------------------------------ */

/* "if ...", or NULL. */
static const char *condition_words(struct maker *m, const struct ask_formula_spec *when, bool exact) {
  const char *words = formula_words(m, when);
  if (!words || (!exact && ask_utf8_length(words, strlen(words)) > SHORT_CONDITION)) return NULL;
  return ask_printf(m->arena, "if %s", words);
}

static bool has_conditions(const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (list[i].when.expr.text || list[i].when.function >= 0) return true;
  return false;
}

static void levels(struct maker *m, bool exact) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->level_count) return;
  add(m, ASK_BLOCK_HEADING, exact ? "How fast, exactly" : "How fast");
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    const char *within = ask_duration_words(m->arena, &level->act_within);
    struct ask_block *block =
        item(m, 0, ask_printf(m->arena, "%s%s%s", capital(m, level->name), within ? ": " : "", within ? within : ""));
    block->detail = !level->otherwise ? condition_words(m, &level->when, exact) : i ? "in all other cases" : NULL;
    block->cite = exact ? level->cite : NULL;
    block->unverified = level->unverified;
  }
}

static void texts(struct maker *m, const char *heading, const struct ask_text_when_spec *list, size_t count, bool exact,
                  bool conditions) {
  if (count) add(m, ASK_BLOCK_HEADING, heading);
  for (size_t i = 0; i < count; i++) {
    struct ask_block *block = item(m, 0, list[i].text);
    if (conditions) block->detail = condition_words(m, &list[i].when, exact);
    if (list[i].otherwise && count > 1) block->detail = "otherwise";
    block->cite = exact ? list[i].cite : NULL;
    block->unverified = list[i].unverified;
  }
}

static void outcome(struct maker *m, bool exact) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  bool score = spec->point_count || spec->score.expr.text || spec->score.function >= 0;
  bool amount = spec->amount.expr.text || spec->amount.function >= 0;
  if (!amount && !(score && exact)) return;
  add(m, ASK_BLOCK_HEADING, exact ? "What is worked out, exactly" : "What is worked out");
  if (amount) {
    const char *per = spec->amount_per ? spec->amount_per : "once";
    struct ask_block *block =
        item(m, 0,
             ask_printf(m->arena, "%s%s%s", spec->amount_text ? spec->amount_text : "An amount of money",
                        strcmp(per, "once") == 0 ? ", " : ", each ", per));
    if (exact) block->detail = formula_words(m, &spec->amount);
  }
  if (score && exact) {
    struct ask_block *block = item(m, 0, spec->point_count ? "A score, the sum of its points" : "A score");
    if (!spec->point_count) block->detail = formula_words(m, &spec->score);
  }
  for (size_t i = 0; i < spec->point_count && exact; i++) {
    const struct ask_point_spec *point = &spec->points[i];
    const char *when = formula_words(m, &point->when);
    item(m, 1, capital(m, point->text ? point->text : "Points"))->detail =
        ask_printf(m->arena, "%s%s%s", ask_expression_words(&m->wording, point->points.text), when ? ", if " : "",
                   when ? when : "");
  }
}

static void plain(struct maker *m, const char *heading, const char *const *list, size_t count) {
  if (count) add(m, ASK_BLOCK_HEADING, heading);
  for (size_t i = 0; i < count; i++) item(m, 0, list[i]);
}

static void contact(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->agency && !spec->phone && !spec->url) return;
  add(m, ASK_BLOCK_HEADING, "Contact");
  const char *parts[] = {spec->agency, spec->phone, spec->url}, *line = "";
  for (int i = 0; i < 3; i++)
    if (parts[i]) line = ask_printf(m->arena, "%s%s%s", line, *line ? ", " : "", parts[i]);
  add(m, ASK_BLOCK_TEXT, line);
}

static void review(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (spec->review_months <= 0) return;
  add(m, ASK_BLOCK_HEADING, "Looked at again");
  struct ask_block *block =
      add(m, ASK_BLOCK_TEXT,
          spec->review_months == 1    ? "Every month"
          : spec->review_months == 12 ? "Every year"
                                      : ask_printf(m->arena, "Every %d months", (int)spec->review_months));
  block->cite = spec->review_cite;
  block->unverified = spec->review_unverified;
}

/* ---- the small print --------------------------------------------------------------------------------------------- */

static void worksheet(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  if (!spec->line_count) return;
  add(m, ASK_BLOCK_HEADING, "Worked out step by step");
  for (size_t i = 0; i < spec->line_count; i++) {
    const struct ask_line_spec *line = &spec->lines[i];
    struct ask_block *block = item(m, 0, line->text ? line->text : capital(m, ask_name_words(m->arena, line->name)));
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
    if (!headed) add(m, ASK_BLOCK_HEADING, "What follows from the answers");
    headed = true;
    item(m, 0, capital(m, ask_name_words(m->arena, one->spec->id)))->detail =
        ask_expression_words(&m->wording, one->spec->computed.text);
  }
}

static void numbers(struct maker *m) {
  const struct ask_program *program = m->wording.program;
  if (!program->parameter_count) return;
  add(m, ASK_BLOCK_HEADING, "Numbers and where they come from");
  ROW(m, ASK_BLOCK_HEAD, "What", "On this day", "Since", "Source");
  for (size_t i = 0; i < program->parameter_count; i++) {
    const struct ask_parameter_spec *spec = m->wording.catalogue->parameters[program->parameters[i]].spec;
    const struct ask_parameter_version *version = ask_parameter_on(spec, m->wording.as_of);
    const char *source = version && version->source ? version->source : spec->source;
    if (version && version->note)
      source = ask_printf(m->arena, "%s%s%s", source ? source : "", source ? ". " : "", version->note);
    ROW(m, ASK_BLOCK_ROW, spec->title ? spec->title : ask_name_words(m->arena, spec->id),
        version ? ask_printf(m->arena, "%s%s", ask_version_words(&m->wording, spec, version, SIZE_MAX),
                             version->verified ? "" : " (not verified)")
                : "no value in force",
        version ? ask_date_words(m->arena, version->from) : "", source);
  }
}

static void questions(struct maker *m) {
  const struct ask_program *program = m->wording.program;
  const char *list = "";
  size_t count = 0;
  for (size_t i = 0; i < program->all_read_count; i++) {
    const struct ask_item *one = &m->wording.catalogue->items[program->all_reads[i]];
    if (!one->asked) continue;
    list = ask_printf(m->arena, "%s%s%s", list, count++ ? " · " : "", one->spec->text);
  }
  if (!count) return;
  add(m, ASK_BLOCK_HEADING, "Questions it may need");
  add(m, ASK_BLOCK_TEXT, list);
}

/* Everything that is marked `verified = false`: shown beside the thing itself too, and here together. */
static void unverified(struct maker *m, size_t end) {
  size_t count = 0;
  for (size_t i = 0; i < end; i++) count += m->sheet->blocks[i].unverified;
  if (m->wording.program->spec->unverified) {
    add(m, ASK_BLOCK_HEADING, "Not verified");
    add(m, ASK_BLOCK_TEXT, "The source of this rule as a whole has not been read.");
  } else if (count) {
    add(m, ASK_BLOCK_HEADING, "Not verified");
    add(m, ASK_BLOCK_TEXT,
        ask_printf(m->arena, "Of %zu statement%s on this sheet, marked “not verified”, nobody has read the source.",
                   count, count == 1 ? "" : "s"));
  }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static const char *foot(struct maker *m) {
  const struct ask_program_spec *spec = m->wording.program->spec;
  return ask_printf(m->arena,
                    "As of %s. Rule %s %s (%.8s). A screen, not a decision: only the agency decides. "
                    "A question without an answer never counts as no.",
                    ask_date_words(m->arena, m->wording.as_of), spec->id,
                    spec->version ? spec->version : "without a version", spec->hash);
}

struct ask_sheet ask_sheet_of(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                              const struct ask_program *program, int64_t as_of) {
  const struct ask_program_spec *spec = program->spec;
  struct ask_sheet sheet = {.title = spec->name ? spec->name : spec->id};
  struct maker maker = {.wording = {arena, catalogue, program, as_of}, .arena = arena, .sheet = &sheet}, *m = &maker;
  add(m, ASK_BLOCK_TITLE, sheet.title)->detail =
      ask_printf(arena, "%s%s%s", spec->agency ? spec->agency : "", spec->agency && spec->cite ? " · " : "",
                 spec->cite ? spec->cite : "");
  if (spec->helps) add(m, ASK_BLOCK_LEAD, spec->helps);
  if (program->broken) {
    add(m, ASK_BLOCK_TEXT, ask_printf(arena, "This program does not load: %s", program->broken));
    sheet.foot = foot(m);
    return sheet;
  }
  add(m, ASK_BLOCK_HEADING, "Who can get it");
  root(m, program->eligible, false);
  if (program->possible) {
    add(m, ASK_BLOCK_HEADING, "When somebody has to judge");
    add(m, ASK_BLOCK_TEXT, "Then the result is “possible”, not “likely”:");
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
  add(m, ASK_BLOCK_ANNEX, "The rule in full");
  add(m, ASK_BLOCK_HEADING, "What must hold, exactly");
  root(m, program->eligible, true);
  if (program->possible) {
    add(m, ASK_BLOCK_HEADING, "What somebody has to judge, exactly");
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

static int by_name(const void *a, const void *b) {
  const struct ask_program_spec *x = *(const struct ask_program_spec *const *)a;
  const struct ask_program_spec *y = *(const struct ask_program_spec *const *)b;
  const char *left = x->name ? x->name : x->id, *right = y->name ? y->name : y->id;
  int order = strcmp(left, right);
  return order ? order : strcmp(x->id, y->id);
}

struct ask_sheet ask_sheet_index(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *ending,
                                 int64_t as_of) {
  struct ask_sheet sheet = {.title = "Programs"};
  struct maker maker = {.wording = {arena, catalogue, NULL, as_of}, .arena = arena, .sheet = &sheet}, *m = &maker;
  const struct ask_program_spec **list = ask_alloc_array(arena, catalogue->program_count, sizeof *list);
  for (size_t i = 0; i < catalogue->program_count; i++) list[i] = catalogue->programs[i].spec;
  qsort(list, catalogue->program_count, sizeof *list, by_name);
  add(m, ASK_BLOCK_TITLE, sheet.title)->detail = ask_printf(arena, "%zu programs", catalogue->program_count);
  for (size_t i = 0; i < catalogue->program_count; i++) {
    struct ask_block *block = item(m, 0, list[i]->name ? list[i]->name : list[i]->id);
    block->detail = list[i]->helps;
    block->unverified = list[i]->unverified;
    block->cells[0] = ask_printf(arena, "%s%s", list[i]->id, ending);
    block->cell_count = 1; /* the link */
  }
  sheet.foot =
      ask_printf(arena, "As of %s. A screen, not a decision: only the agency decides.", ask_date_words(arena, as_of));
  return sheet;
}
