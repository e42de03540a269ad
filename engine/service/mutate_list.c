/* All changes of a program, in the order in which it is written down: worksheet, criteria, the rest, parameters. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "service/mutate_parts.h"

static const char *named(struct changes *c, const char *kind, const char *code, const char *text) {
  return ask_printf(c->arena, "%s %s", kind, code ? code : text ? text : "");
}

/* ---- criteria ------------------------------------------------------------------------------------------------------ */

static void combiner(struct changes *c, struct ask_node_spec *node, enum ask_node_kind kind, int32_t at_least) {
  static const char *const words[] = {"rule", "all", "any", "none", "at_least"};
  const char *original = words[node->kind], *changed = words[kind];
  if (node->kind == ASK_AT_LEAST) {
    original = ask_printf(c->arena, "at_least { %d", (int)node->at_least);
    changed = ask_printf(c->arena, "at_least { %d", (int)at_least);
  }
  struct change *slot = ask_push(c->arena, &c->list, &c->count, &c->capacity, sizeof *slot);
  *slot = (struct change){.node = node, .kind = kind, .at_least = at_least};
  slot->mutant = (struct ask_mutant){.mutation = ASK_MUTATE_COMBINER,
                                     .at = node->at,
                                     .where = named(c, words[node->kind], node->code, node->text),
                                     .original = original,
                                     .length = strlen(original),
                                     .changed = changed};
}

static void tree(struct changes *c, struct ask_node_spec *node) {
  if (!node) return;
  switch (node->kind) {
  case ASK_RULE: ask_mutate_expression(c, &node->formula.expr, named(c, "rule", node->code, node->text), true); return;
  case ASK_ALL:
  case ASK_ANY: /* of one criterion alone they are the same */
    if (node->child_count > 1) combiner(c, node, node->kind == ASK_ALL ? ASK_ANY : ASK_ALL, 0);
    break;
  case ASK_NONE: combiner(c, node, ASK_ANY, 0); break;
  case ASK_AT_LEAST:
    if (node->at_least > 1) combiner(c, node, ASK_AT_LEAST, node->at_least - 1);
    if ((size_t)node->at_least < node->child_count) combiner(c, node, ASK_AT_LEAST, node->at_least + 1);
    break;
  }
  for (size_t i = 0; i < node->child_count; i++) tree(c, (struct ask_node_spec *)&node->children[i]);
}

static void texts(struct changes *c, const struct ask_text_when_spec *list, size_t count, const char *kind) {
  for (size_t i = 0; i < count; i++)
    ask_mutate_expression(c, &list[i].when.expr, named(c, kind, list[i].code, list[i].text), true);
}

/* ---- parameters ---------------------------------------------------------------------------------------------------- */

static const char *value_text(struct ask_arena *arena, enum ask_type type, int64_t word) {
  struct ask_kind kind = {.type = type};
  struct ask_value value = {.word = word};
  struct ask_buffer buffer = {0};
  ask_kind_json(&kind, &value, &buffer);
  const char *text = ask_strdup(arena, buffer.bytes ? buffer.bytes : "");
  ask_buffer_free(&buffer);
  return text;
}

/* One step in the last place that is written: a dollar of whole dollars, else a cent; a tenth of 1.3. */
static int64_t step_of(enum ask_type type, int64_t word) {
  int64_t step = 1, most = type == ASK_MONEY ? 100 : type == ASK_DECIMAL ? ASK_DECIMAL_ONE : 1;
  if (type == ASK_MONEY) return word % most == 0 ? most : 1;
  while (step < most && word % (step * 10) == 0) step *= 10;
  return step;
}

/* One value of a parameter. */
struct place {
  const struct ask_parameter_spec *spec;
  const struct ask_parameter_version *version;
  const char *key; /* of a table; NULL: a plain value */
  struct ask_place at;
  int64_t *word;
};

static const char *name_of(struct changes *c, const struct place *place) {
  char from[16];
  ask_date_text(place->version->from, from);
  return place->key ? ask_printf(c->arena, "%s[%s] since %s", place->spec->id, place->key, from)
                    : ask_printf(c->arena, "%s since %s", place->spec->id, from);
}

static void change_value(struct changes *c, const struct place *place) {
  const char *name = ask_printf(c->arena, "%s: ", name_of(c, place));
  enum ask_type type = place->spec->type;
  const char *old = value_text(c->arena, type, *place->word);
  for (int sign = 1; sign >= -1; sign -= 2) {
    int64_t changed = *place->word + sign * step_of(type, *place->word);
    struct change *slot = ask_push(c->arena, &c->list, &c->count, &c->capacity, sizeof *slot);
    *slot = (struct change){.word = place->word, .value = changed};
    slot->mutant = (struct ask_mutant){.mutation = ASK_MUTATE_PARAMETER,
                                       .at = place->at,
                                       .where = named(c, "parameter", place->spec->id, NULL),
                                       .original = ask_printf(c->arena, "%s%s", name, old),
                                       .offset = strlen(name),
                                       .length = strlen(old),
                                       .changed = value_text(c->arena, type, changed)};
  }
}

/* All values of one parameter, newest date first. */
struct places {
  struct place *list;
  size_t count, capacity;
};

static void add_place(struct changes *c, struct places *places, struct place place) {
  *(struct place *)ask_push(c->arena, &places->list, &places->count, &places->capacity, sizeof place) = place;
}

static struct places places_of(struct changes *c, const struct ask_parameter_spec *spec) {
  struct places places = {0};
  for (size_t v = spec->version_count; v-- > 0;) {
    struct ask_parameter_version *version = (struct ask_parameter_version *)&spec->versions[v]; /* of the copy */
    if (!version->is_table) add_place(c, &places, (struct place){spec, version, NULL, version->at, &version->word});
    for (size_t i = 0; i < version->cell_count; i++) {
      struct ask_parameter_cell *cell = (struct ask_parameter_cell *)&version->cells[i];
      add_place(c, &places, (struct place){spec, version, cell->key, cell->at, &cell->word});
    }
    if (version->has_each_more)
      add_place(c, &places, (struct place){spec, version, "each_more", version->at, &version->each_more});
  }
  return places;
}

/* How many values of the parameter are read by more cases than this one, or by as many and stand before it. */
static size_t rank(const struct changes *c, const struct places *places, size_t i) {
  size_t mine = ask_mutate_read_by(c->read, places->list[i].word), before = 0;
  for (size_t k = 0; k < places->count; k++) {
    size_t other = ask_mutate_read_by(c->read, places->list[k].word);
    before += other > mine || (other == mine && k < i);
  }
  return before;
}

/* What no case reads is told, not changed: no case could notice. Of a parameter of which no value is read one is changed all
 * the same. */
static void parameter(struct changes *c, const struct ask_parameter_spec *spec) {
  struct places places = places_of(c, spec);
  bool any = false;
  for (size_t i = 0; i < places.count; i++) {
    const struct place *place = &places.list[i];
    if (!ask_mutate_read_by(c->read, place->word)) {
      *(const char **)ask_push(c->arena, &c->unread, &c->unread_count, &c->unread_capacity, sizeof *c->unread) =
          name_of(c, place);
    } else if (rank(c, &places, i) >= ASK_MUTATE_VALUES) {
      c->left_out++;
    } else {
      change_value(c, place);
      any = true;
    }
  }
  if (!any && places.count) change_value(c, &places.list[0]);
}

/* Those that the program uses; `plugin lint` tells the others. */
static void parameters(struct changes *c, const struct ask_program *program, const struct ask_parameter_file *file) {
  for (size_t i = 0; file && i < file->count; i++) {
    bool used = false;
    for (size_t k = 0; k < program->parameter_count; k++)
      used = used || strcmp(c->catalogue->parameters[program->parameters[k]].spec->id, file->list[i].id) == 0;
    if (used) parameter(c, &file->list[i]);
  }
}

void ask_mutate_list(struct changes *c, const struct ask_program *program, struct ask_program_spec *spec) {
  for (size_t i = 0; i < spec->line_count; i++)
    ask_mutate_expression(c, &spec->lines[i].formula.expr, named(c, "line", spec->lines[i].name, NULL),
                          program->lines[i].kind.type == ASK_BOOL);
  tree(c, (struct ask_node_spec *)spec->eligible);
  tree(c, (struct ask_node_spec *)spec->possible);
  for (size_t i = 0; i < spec->level_count; i++)
    ask_mutate_expression(c, &spec->levels[i].when.expr, named(c, "level", spec->levels[i].name, NULL), true);
  ask_mutate_expression(c, &spec->score.expr, "score", false);
  for (size_t i = 0; i < spec->point_count; i++) {
    const char *where = named(c, "point", spec->points[i].text, NULL);
    ask_mutate_expression(c, &spec->points[i].when.expr, where, true);
    ask_mutate_expression(c, &spec->points[i].points, where, false);
  }
  ask_mutate_expression(c, &spec->amount.expr, "amount", false);
  texts(c, spec->notes, spec->note_count, "note");
  texts(c, spec->documents, spec->document_count, "document");
  texts(c, spec->next_steps, spec->next_step_count, "next step");
  parameters(c, program, spec->parameters);
}
