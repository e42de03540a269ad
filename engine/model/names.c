/* What a name in an expression means: an item, a worksheet line, a parameter, a group, another program's status. */
#include <string.h>

#include "model/builder.h"

void ask_number_add(struct ask_arena *arena, struct ask_number_list *list, int32_t number) {
  for (size_t i = 0; i < list->count; i++)
    if (list->list[i] == number) return;
  int32_t *slot = ask_push(arena, &list->list, &list->count, &list->capacity, sizeof *slot);
  *slot = number;
}

int32_t ask_builder_item(const struct ask_builder *b, const char *name, size_t length) {
  int32_t number = ask_map_get_n(b->item_numbers, name, length);
  return number >= 0 && (b->items[number].pack < 0 || b->items[number].pack == b->pack) ? number : -1;
}

int32_t ask_builder_shared_parameter(const struct ask_builder *b, int32_t pack, const char *name, size_t length) {
  int32_t number = pack >= 0 ? ask_map_get_n(b->pack_parameters[pack], name, length) : -1;
  return number >= 0 ? number : ask_map_get_n(b->shared_parameters, name, length);
}

static int32_t parameter_named(const struct ask_builder *b, const struct ask_text *name) {
  int32_t number = b->own_parameters ? ask_map_get_n(b->own_parameters, name->bytes, name->length) : -1;
  return number >= 0 ? number : ask_builder_shared_parameter(b, b->pack, name->bytes, name->length);
}

static bool group_is_visible(const struct ask_builder *b, const struct ask_group *group) {
  return group->pack < 0 || group->pack == b->pack;
}

static struct ask_name resolve(void *context, const struct ask_text *name) {
  struct ask_builder *b = context;
  int32_t number = b->line_numbers ? ask_map_get_n(b->line_numbers, name->bytes, name->length) : -1;
  if (number >= 0) {
    if (b->line_reads) ask_number_add(b->arena, b->line_reads, number);
    return (struct ask_name){ASK_NAME_REGISTER, b->lines[number].reg, b->lines[number].kind};
  }
  number = ask_builder_item(b, name->bytes, name->length);
  if (number >= 0) return (struct ask_name){ASK_NAME_ITEM, number, b->items[number].kind};
  number = parameter_named(b, name);
  if (number >= 0) {
    const struct ask_parameter_spec *spec = b->parameters[number].spec;
    bool table = spec->version_count > 0 && spec->versions[0].is_table;
    return (struct ask_name){table ? ASK_NAME_TABLE : ASK_NAME_SCALAR, number, {.type = spec->type}};
  }
  number = ask_map_get_n(b->group_numbers, name->bytes, name->length);
  if (number >= 0 && group_is_visible(b, &b->catalogue->groups[number]))
    return (struct ask_name){ASK_NAME_GROUP, number, {0}};
  return (struct ask_name){.kind = ASK_NAME_NONE};
}

static int32_t field(void *context, const void *list, const struct ask_text *name, struct ask_kind *ret_type) {
  (void)context;
  const struct ask_item *item = list;
  for (size_t i = 0; i < item->field_count; i++)
    if (ask_text_is(name, item->fields[i].spec->id)) {
      *ret_type = item->fields[i].kind;
      return (int32_t)i;
    }
  return -1;
}

static const char *entry_name(void *context, const void *list) {
  (void)context;
  const struct ask_item *item = list;
  return item->spec->entry ? item->spec->entry : "entry";
}

static const char *group_entry(void *context, int32_t group, size_t *ret_count) {
  struct ask_builder *b = context;
  const struct ask_group *g = &b->catalogue->groups[group];
  *ret_count = g->item_count;
  return g->spec->entry ? g->spec->entry : "item";
}

static int32_t group_item(void *context, int32_t group, size_t index, struct ask_kind *ret_type) {
  struct ask_builder *b = context;
  int32_t item = b->catalogue->groups[group].items[index];
  *ret_type = b->items[item].kind;
  return item;
}

static int32_t use(struct ask_builder *b, struct ask_parameter_use wanted) {
  int32_t number = -1;
  for (size_t i = 0; i < b->use_count && number < 0; i++) {
    const struct ask_parameter_use *u = &b->uses[i];
    if (u->kind == wanted.kind && u->parameter == wanted.parameter && u->options == wanted.options &&
        (u->key == wanted.key || (u->key && wanted.key && strcmp(u->key, wanted.key) == 0)))
      number = (int32_t)i;
  }
  if (number < 0) {
    struct ask_parameter_use *slot = ask_push(b->arena, &b->uses, &b->use_count, &b->use_capacity, sizeof *slot);
    *slot = wanted;
    number = (int32_t)(b->use_count - 1);
  }
  if (b->parameter_reads) ask_number_add(b->arena, b->parameter_reads, number);
  return number;
}

static int32_t use_scalar(void *context, int32_t parameter) {
  return use(context, (struct ask_parameter_use){.kind = ASK_USE_SCALAR, .parameter = parameter});
}

static const struct ask_parameter_cell *cell(const struct ask_parameter_version *version, const char *key) {
  for (size_t i = 0; i < version->cell_count; i++)
    if (strcmp(version->cells[i].key, key) == 0) return &version->cells[i];
  return NULL;
}

static int32_t use_key(void *context, int32_t parameter, const struct ask_text *key) {
  struct ask_builder *b = context;
  const struct ask_parameter_spec *spec = b->parameters[parameter].spec;
  const char *name = ask_strndup(b->arena, key->bytes, key->length);
  for (size_t i = 0; i < spec->version_count; i++)
    if (cell(&spec->versions[i], name))
      return use(b, (struct ask_parameter_use){.kind = ASK_USE_KEY, .parameter = parameter, .key = name});
  return -1;
}

static int32_t use_numbers(void *context, int32_t parameter) {
  struct ask_builder *b = context;
  const struct ask_parameter_spec *spec = b->parameters[parameter].spec;
  for (size_t i = 0; i < spec->version_count; i++)
    for (size_t k = 0; k < spec->versions[i].cell_count; k++) {
      const char *key = spec->versions[i].cells[k].key;
      if (strspn(key, "-0123456789") != strlen(key)) return -1;
    }
  return use(b, (struct ask_parameter_use){.kind = ASK_USE_NUMBERS, .parameter = parameter});
}

static int32_t use_options(void *context, int32_t parameter, const struct ask_options *options,
                           const char **ret_missing_option) {
  struct ask_builder *b = context;
  const struct ask_parameter_spec *spec = b->parameters[parameter].spec;
  for (size_t i = 0; i < spec->version_count; i++)
    for (uint32_t k = 0; k < options->count; k++)
      if (!options->list[k].declines && !cell(&spec->versions[i], options->list[k].id) &&
          !cell(&spec->versions[i], "other")) {
        *ret_missing_option = options->list[k].id;
        return -1;
      }
  return use(b, (struct ask_parameter_use){.kind = ASK_USE_OPTIONS, .parameter = parameter, .options = options});
}

static int32_t status(void *context, const struct ask_text *program, bool *ret_own) {
  struct ask_builder *b = context;
  if (!b->program) return -2;
  int32_t number = ask_map_get_n(b->program_numbers, program->bytes, program->length);
  for (size_t i = 0; b->overview && number < 0 && i < b->overview->program_count; i++)
    if (ask_text_is(program, b->overview->programs[i])) {
      *ret_own = true; /* of no program: unknown whenever it is read */
      return 0;
    }
  if (number < 0) return -1;
  if (number == b->program->number) {
    *ret_own = true;
    return b->after_status ? number : -2;
  }
  ask_number_add(b->arena, &b->depends, number);
  return number;
}

static const char *suggest(void *context, const char *wrong) {
  struct ask_builder *b = context;
  size_t count = 0, capacity = 0;
  const char **names = NULL;
#define NAME(x) (*(const char **)ask_push(b->arena, &names, &count, &capacity, sizeof *names) = (x))
  for (size_t i = 0; i < b->catalogue->item_count; i++)
    if (b->items[i].pack < 0 || b->items[i].pack == b->pack) NAME(b->items[i].spec->id);
  for (size_t i = 0; i < b->catalogue->group_count; i++)
    if (group_is_visible(b, &b->catalogue->groups[i])) NAME(b->catalogue->groups[i].spec->id);
  for (size_t i = 0; i < b->parameter_count; i++) NAME(b->parameters[i].spec->id);
  if (b->program && b->lines)
    for (size_t i = 0; i < b->program->spec->line_count && b->lines[i].spec; i++) NAME(b->lines[i].spec->name);
#undef NAME
  return ask_did_you_mean(wrong, names, count);
}

static const char *suggest_field(void *context, const void *list, const char *wrong) {
  struct ask_builder *b = context;
  const struct ask_item *item = list;
  const char **names = ask_alloc_array(b->arena, item->field_count, sizeof *names);
  for (size_t i = 0; i < item->field_count; i++) names[i] = item->fields[i].spec->id;
  return ask_did_you_mean(wrong, names, item->field_count);
}

static const char *suggest_program(void *context, const char *wrong) {
  struct ask_builder *b = context;
  return ask_catalogue_suggest_program(b->catalogue, wrong);
}

static void reads(void *context, int32_t item) {
  struct ask_builder *b = context;
  if (b->reads) ask_number_add(b->arena, b->reads, item);
}

static void compares(void *context, const struct ask_comparison *comparison) {
  struct ask_builder *b = context;
  b->watch->compares(b->watch->context, comparison);
}

void ask_builder_scope(struct ask_builder *b) {
  static const struct ask_option words[] = {{.id = "likely"},   {.id = "possible"}, {.id = "need_info"},
                                            {.id = "unlikely"}, {.id = "withheld"}, {.id = "error"}};
  static const struct ask_options statuses = {words, ASK_STATUS_COUNT, 0};
  b->scope = (struct ask_scope){.context = b,
                                .name = resolve,
                                .field = field,
                                .entry_name = entry_name,
                                .group_entry = group_entry,
                                .group_item = group_item,
                                .use_scalar = use_scalar,
                                .use_key = use_key,
                                .use_numbers = use_numbers,
                                .use_options = use_options,
                                .status = status,
                                .statuses = &statuses,
                                .suggest = suggest,
                                .suggest_field = suggest_field,
                                .suggest_program = suggest_program,
                                .reads = reads,
                                .compares = b->watch ? compares : NULL};
}

bool ask_builder_formula(struct ask_builder *b, const void *const *lists, size_t list_count,
                         const struct ask_expr_spec *expr, const struct ask_kind *wanted, struct ask_formula *ret) {
  if (!expr->text) return true;
  struct ask_code *code = ask_alloc(b->arena, sizeof *code);
  struct ask_number_list reads_here = {0};
  struct ask_compiled compiled;
  b->reads = &reads_here;
  bool ok = ask_compile_field(b->arena, code, &b->scope, lists, list_count, expr->text, expr->at, wanted, b->problems,
                              &compiled);
  b->reads = NULL;
  if (!ok) return false;
  if (code->count > ASK_MAX_BODY) {
    ask_problem_add(b->problems, ASK_ERROR, "too-large", expr->at, NULL, NULL, "the expression is too large");
    return false;
  }
  code->result = compiled.reg;
  *ret = (struct ask_formula){code, compiled.type, reads_here.list, reads_here.count};
  return true;
}
