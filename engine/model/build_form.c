/* Items of the form and of the plugins: numbered, checked against each other, their expressions compiled, put in the order
 * in which they can be computed. */
#include <string.h>

#include "base/pattern.h"
#include "model/builder.h"

enum { MAX_ITEMS = 4000, MAX_LIST_DEPTH = 3 };

#define problem(b, at, code, hint, ...) ask_problem_add((b)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

static bool check_options(struct ask_builder *b, const struct ask_item_spec *spec) {
  bool wants = spec->type == ASK_CHOICE || spec->type == ASK_CHOICES;
  if (wants && spec->options.count == 0) {
    problem(b, spec->at, "missing", "add options: {word: text, ...}", "%s is a choice without options", spec->id);
    return false;
  }
  if (!wants && spec->options.count > 0) {
    problem(b, spec->at, "wrong-type", "only choice and choices have them", "%s has options", spec->id);
    return false;
  }
  if (spec->type == ASK_CHOICES && spec->options.count > 63) {
    problem(b, spec->at, "too-large", NULL, "%s has more than 63 options", spec->id);
    return false;
  }
  return true;
}

/* Who declares an item: the form, a pack, a program of a pack. */
struct declarer {
  int32_t pack, program; /* -1: none */
};

static bool init_item(struct ask_builder *b, struct ask_item *item, const struct ask_item_spec *spec,
                      const struct ask_item *parent, int depth, struct declarer by) {
  bool ok = check_options(b, spec);
  item->spec = spec;
  item->parent = parent;
  item->pack = by.pack;
  item->program = by.program;
  item->kind = (struct ask_kind){.type = spec->type};
  if (spec->type == ASK_CHOICE || spec->type == ASK_CHOICES) item->kind.options = &spec->options;
  item->derived = spec->computed.text != NULL;
  item->asked = spec->text != NULL;
  if (spec->pattern) {
    const char *message;
    size_t offset;
    item->pattern = ask_pattern_compile(b->arena, spec->pattern, &message, &offset);
    if (!item->pattern || spec->type != ASK_TEXT) {
      problem(b, spec->at, "bad-pattern", item->pattern ? "only text items have a pattern" : message,
              "the pattern of %s cannot be used", spec->id);
      ok = false;
    }
  }
  if (spec->type != ASK_LIST) return ok;
  item->kind.list = item;
  if (depth > MAX_LIST_DEPTH || spec->field_count == 0) {
    problem(b, spec->at, "too-deep", "a list needs fields, and lists nest at most three deep", "the list %s", spec->id);
    return false;
  }
  struct ask_item *fields = ask_alloc_array(b->arena, spec->field_count, sizeof *fields);
  item->fields = fields;
  item->field_count = spec->field_count;
  for (size_t i = 0; i < spec->field_count; i++) {
    ok = init_item(b, &fields[i], &spec->fields[i], item, depth + 1, by) && ok;
    fields[i].number = (int32_t)i;
    for (size_t k = 0; k < i; k++)
      if (strcmp(fields[k].spec->id, fields[i].spec->id) == 0) {
        problem(b, fields[i].spec->at, "declared-twice", NULL, "field %s is declared twice", fields[i].spec->id);
        ok = false;
      }
  }
  return ok;
}

static bool same_options(const struct ask_options *a, const struct ask_options *b) {
  struct ask_kind x = {ASK_CHOICE, a, NULL}, y = {ASK_CHOICE, b, NULL};
  if (x.options->count != y.options->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (strcmp(a->list[i].id, b->list[i].id) != 0) return false;
  return true;
}

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* Where a parameter of this name stands that whoever reads the item may read too; NULL: there is none. */
static const struct ask_place *parameter_place(const struct ask_builder *b, const char *id, int32_t pack) {
  int32_t number = ask_builder_shared_parameter(b, pack, id, strlen(id));
  for (size_t i = 0; pack < 0 && number < 0 && i < b->catalogue->pack_count; i++)
    number = ask_map_get(b->pack_parameters[i], id);
  return number < 0 ? NULL : &b->parameters[number].spec->at;
}

/* The form may say an item again in the same way, and a program what the form or its pack says; packs may not. */
static bool may_repeat(const struct ask_item *other, struct declarer by) {
  if (by.program >= 0) return other->pack < 0 || other->pack == by.pack;
  return by.pack < 0;
}

static bool is_same(const struct ask_item_spec *a, const struct ask_item_spec *b) {
  return a->type == b->type && same_options(&a->options, &b->options) && same_text(a->text, b->text);
}

/* Adds an item, unless the same declaration is there already. */
static bool add_item(struct ask_builder *b, const struct ask_item_spec *spec, const struct ask_section_spec *section,
                     struct declarer by) {
  static const char *const reserved[] = {"as_of", "status", "true", "false", "and", "or", "not", "nil"};
  struct ask_catalogue *c = b->catalogue;
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(spec->id, reserved[i]) == 0) {
      problem(b, spec->at, "reserved", "choose another id", "%s is a word of the rule language", spec->id);
      return false;
    }
  const struct ask_place *at = parameter_place(b, spec->id, by.pack);
  if (at) {
    const char *hint = ask_printf(b->arena, "the parameter is in %s:%d; give the item another id",
                                  at->file ? at->file : "?", at->line);
    problem(b, spec->at, "declared-twice", hint, "%s is the name of a parameter", spec->id);
    return false;
  }
  int32_t other = ask_map_get(b->item_numbers, spec->id);
  if (other >= 0) {
    const struct ask_item_spec *o = b->items[other].spec;
    bool may = may_repeat(&b->items[other], by);
    if (may && is_same(o, spec)) return true;
    const char *hint = ask_printf(b->arena, "the other is in %s:%d (%s); declare it once",
                                  o->at.file ? o->at.file : "?", o->at.line, o->declared_by ? o->declared_by : "form");
    problem(b, spec->at, "declared-twice", hint, "item %s is declared twice%s", spec->id, may ? ", differently" : "");
    return false;
  }
  if (c->item_count >= MAX_ITEMS) {
    problem(b, spec->at, "too-large", NULL, "too many items at %s", spec->id);
    return false;
  }
  struct ask_item *item = &b->items[c->item_count];
  if (!init_item(b, item, spec, NULL, 1, by)) return false;
  item->section = section;
  item->number = (int32_t)c->item_count++;
  ask_map_put(b->item_numbers, spec->id, item->number);
  return true;
}

/* A section of the form or, with one, of the pack's items. */
static const struct ask_section_spec *section_named(const struct ask_form_spec *form, const struct ask_form_spec *own,
                                                    const char *id) {
  for (size_t i = 0; id && i < form->section_count; i++)
    if (strcmp(form->sections[i].id, id) == 0) return &form->sections[i];
  for (size_t i = 0; id && own && i < own->section_count; i++)
    if (strcmp(own->sections[i].id, id) == 0) return &own->sections[i];
  return NULL;
}

/* Items of the form, or of one pack's shared/items.yaml. */
static bool add_sections(struct ask_builder *b, const struct ask_form_spec *form, const struct ask_form_spec *from,
                         int32_t pack) {
  bool ok = true;
  for (size_t i = 0; i < from->section_count; i++) {
    const struct ask_section_spec *section = &from->sections[i];
    const struct ask_section_spec *same = from == form ? NULL : section_named(form, NULL, section->id);
    if (same && (section->title || section->intro || section->role || section->ask_when.text)) {
      const char *hint = ask_printf(b->arena, "the form has it in %s:%d: leave title, intro, role and ask_when to it",
                                    same->at.file ? same->at.file : "?", same->at.line);
      problem(b, section->at, "declared-twice", hint, "section %s is declared twice", section->id);
      ok = false;
    }
    for (size_t k = 0; k < section->item_count; k++)
      ok = add_item(b, &section->items[k], same ? same : section, (struct declarer){pack, -1}) && ok;
  }
  for (size_t i = 0; i < from->item_count; i++)
    ok = add_item(b, &from->items[i], NULL, (struct declarer){pack, -1}) && ok;
  return ok;
}

/* What a program brings: what is wrong with it breaks the program alone. */
static void add_program_items(struct ask_builder *b, const struct ask_form_spec *form, int32_t number) {
  struct ask_program *program = &b->programs[number];
  const struct ask_form_spec *own = b->packs[program->pack].spec->items;
  const struct ask_item_spec *items = program->spec->items;
  size_t errors = b->problems->errors;
  for (size_t i = 0; i < program->spec->item_count; i++) {
    const struct ask_section_spec *section = section_named(form, own, items[i].section);
    if (items[i].section && !section)
      problem(b, items[i].at, "unknown-name", "name a section of the form", "there is no section %s", items[i].section);
    else
      add_item(b, &items[i], section, (struct declarer){program->pack, number});
  }
  if (b->problems->errors > errors && !program->broken)
    program->broken = ask_strdup(b->arena, "its items cannot be used");
}

/* Groups of the form, or of one pack; behind those that are there. */
static bool build_groups(struct ask_builder *b, const struct ask_form_spec *form, int32_t pack,
                         struct ask_group *groups) {
  bool ok = true;
  b->pack = pack;
  for (size_t i = 0; i < form->group_count; i++) {
    const struct ask_group_spec *spec = &form->groups[i];
    int32_t *items = ask_alloc_array(b->arena, spec->item_count, sizeof *items);
    for (size_t k = 0; k < spec->item_count; k++) {
      items[k] = ask_builder_item(b, spec->items[k], strlen(spec->items[k]));
      if (items[k] >= 0) continue;
      const char *near = ask_catalogue_suggest_item(b->catalogue, spec->items[k]);
      problem(b, spec->at, "unknown-name", near ? ask_printf(b->arena, "did you mean %s?", near) : NULL,
              "a group names an item that does not exist: %s", spec->items[k]);
      ok = false;
    }
    int32_t other = ask_map_get(b->group_numbers, spec->id);
    if (pack >= 0 && other >= 0) {
      const struct ask_place *at = &groups[other].spec->at;
      problem(b, spec->at, "declared-twice", "give one of them another name", "group %s is declared in %s:%d too",
              spec->id, at->file ? at->file : "?", at->line);
      ok = false;
    }
    groups[b->catalogue->group_count] = (struct ask_group){spec, pack, items, spec->item_count};
    ask_map_put(b->group_numbers, spec->id, (int32_t)b->catalogue->group_count++);
  }
  b->pack = -1;
  return ok;
}

bool ask_build_items(struct ask_builder *b, const struct ask_catalogue_source *source) {
  struct ask_catalogue *c = b->catalogue;
  const struct ask_form_spec *form = source->form;
  size_t most = 0, groups = form->group_count;
  for (size_t i = 0; i < form->section_count; i++) most += form->sections[i].item_count;
  for (size_t i = 0; i < c->program_count; i++) most += b->programs[i].spec->item_count;
  for (size_t i = 0; i < c->pack_count; i++) {
    const struct ask_form_spec *own = source->packs[i].items;
    for (size_t k = 0; own && k < own->section_count; k++) most += own->sections[k].item_count;
    most += own ? own->item_count : 0;
    groups += own ? own->group_count : 0;
  }
  b->items = ask_alloc_array(b->arena, most, sizeof *b->items);
  c->items = b->items;
  struct ask_group *list = ask_alloc_array(b->arena, groups, sizeof *list);
  c->groups = list;
  bool ok = add_sections(b, form, form, -1);
  for (size_t i = 0; i < c->pack_count; i++)
    if (source->packs[i].items) ok = add_sections(b, form, source->packs[i].items, (int32_t)i) && ok;
  for (size_t i = 0; i < c->program_count; i++) add_program_items(b, form, (int32_t)i);
  ok = build_groups(b, form, -1, list) && ok;
  for (size_t i = 0; i < c->pack_count; i++)
    if (source->packs[i].items) ok = build_groups(b, source->packs[i].items, (int32_t)i, list) && ok;
  return ok;
}

/* ---- expressions ---- */

/* `none` for lists and choices is the empty one; everything else is an expression. */
static bool default_formula(struct ask_builder *b, const void *const *lists, size_t depth, struct ask_item *item) {
  const struct ask_expr_spec *spec = &item->spec->if_not_asked;
  if (!spec->text || (item->kind.type != ASK_LIST && item->kind.type != ASK_CHOICES))
    return ask_builder_formula(b, lists, depth, spec, &item->kind, &item->if_not_asked);
  if (strcmp(spec->text, "none") != 0) {
    problem(b, spec->at, "wrong-type", "write none", "if_not_asked of %s", item->spec->id);
    return false;
  }
  struct ask_code *code = ask_alloc(b->arena, sizeof *code);
  struct ask_entries *empty = ask_alloc(b->arena, sizeof *empty);
  empty->width = (uint32_t)item->field_count;
  int64_t word = item->kind.type == ASK_LIST ? (int64_t)(intptr_t)empty : 0;
  code->result = ask_emit(b->arena, code, (struct ask_instruction){.operation = ASK_I_CONSTANT, .immediate = word});
  item->if_not_asked = (struct ask_formula){.code = code, .type = item->kind};
  return true;
}

/* min and max are checked while answers are read, before any of them is known. */
static bool limit_is_fixed(struct ask_builder *b, const struct ask_item *item, const struct ask_formula *limit) {
  for (size_t i = 0; limit->code && i < limit->code->count; i++) {
    uint8_t operation = limit->code->list[i].operation;
    bool parameter = operation == ASK_I_PARAMETER || operation == ASK_I_TABLE_NUMBER || operation == ASK_I_TABLE_OPTION;
    if (!limit->code->list[i].varies && !parameter) continue;
    problem(b, item->spec->at, "wrong-type", "for a limit that depends on other answers write a check",
            "min and max of %s may use only numbers, dates and as_of", item->spec->id);
    return false;
  }
  return true;
}

static bool item_formulas(struct ask_builder *b, struct ask_item *item, const void **lists, size_t depth) {
  static const struct ask_kind boolean = {.type = ASK_BOOL};
  const struct ask_item_spec *spec = item->spec;
  struct ask_expr_spec when = spec->ask_when;
  bool ok = true;
  if (item->section && item->section->ask_when.text) {
    when = item->section->ask_when;
    if (spec->ask_when.text) /* both: its own place is kept for messages */
      when = (struct ask_expr_spec){
          ask_printf(b->arena, "(%s) and (%s)", spec->ask_when.text, item->section->ask_when.text), spec->ask_when.at};
  }
  ok = ask_builder_formula(b, lists, depth, &when, &boolean, &item->ask_when) && ok;
  ok = ask_builder_formula(b, lists, depth, &spec->computed, &item->kind, &item->computed) && ok;
  ok = ask_builder_formula(b, lists, depth, &spec->min, &item->kind, &item->min) && ok;
  ok = ask_builder_formula(b, lists, depth, &spec->max, &item->kind, &item->max) && ok;
  ok = limit_is_fixed(b, item, &item->min) && limit_is_fixed(b, item, &item->max) && ok;
  ok = default_formula(b, lists, depth, item) && ok;
  if (item->kind.type != ASK_LIST || depth >= ASK_MAX_ENTRY_DEPTH) return ok;
  lists[depth] = item;
  for (size_t i = 0; i < item->field_count; i++)
    ok = item_formulas(b, (struct ask_item *)&item->fields[i], lists, depth + 1) && ok;
  return ok;
}

static void forget_formulas(struct ask_item *item) {
  item->computed = item->ask_when = item->if_not_asked = item->min = item->max = (struct ask_formula){0};
  item->derived = false;
  for (size_t i = 0; i < item->field_count; i++) forget_formulas((struct ask_item *)&item->fields[i]);
}

/* A plugin's item with a bad expression breaks that plugin, not the form. False when the item is the form's. */
static bool break_declarer(struct ask_builder *b, struct ask_item *item) {
  int32_t program = item->program;
  if (program < 0) return false;
  if (!b->programs[program].broken)
    b->programs[program].broken = ask_printf(b->arena, "its item %s cannot be used", item->spec->id);
  forget_formulas(item);
  return true;
}

static bool build_checks(struct ask_builder *b, const struct ask_form_spec *form, int32_t pack,
                         struct ask_check *checks) {
  static const struct ask_kind boolean = {.type = ASK_BOOL};
  bool ok = true;
  b->pack = pack;
  for (size_t i = 0; form && i < form->check_count; i++) {
    struct ask_check *check = &checks[b->catalogue->check_count++];
    *check = (struct ask_check){.spec = &form->checks[i], .pack = pack};
    ok = ask_builder_formula(b, NULL, 0, &check->spec->must, &boolean, &check->must) && ok;
  }
  b->pack = -1;
  return ok;
}

bool ask_build_formulas(struct ask_builder *b) {
  struct ask_catalogue *c = b->catalogue;
  const void *lists[ASK_MAX_ENTRY_DEPTH];
  bool ok = true;
  for (size_t i = 0; i < c->item_count; i++) {
    b->pack = b->items[i].pack;
    if (!item_formulas(b, &b->items[i], lists, 0) && !break_declarer(b, &b->items[i])) ok = false;
  }
  size_t most = c->form->check_count;
  for (size_t i = 0; i < c->pack_count; i++) most += c->packs[i].spec->items ? c->packs[i].spec->items->check_count : 0;
  struct ask_check *checks = ask_alloc_array(b->arena, most, sizeof *checks);
  c->checks = checks;
  ok = build_checks(b, c->form, -1, checks) && ok;
  for (size_t i = 0; i < c->pack_count; i++) ok = build_checks(b, c->packs[i].spec->items, (int32_t)i, checks) && ok;
  return ok;
}
