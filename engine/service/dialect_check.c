/* Whether what a dialect names is there: items, fields of the roster, words. Found at the load rather than by the first
 * request. */
#include <string.h>

#include "service/dialect.h"

struct checker {
  const struct ask_catalogue *catalogue;
  int32_t pack;
  struct ask_problems *problems;
};

static bool no_such(struct checker *c, struct ask_place at, const char *what, const char *name) {
  ask_problem_add(c->problems, ASK_ERROR, "unknown-name", at, NULL, NULL, "%s %s", what, name);
  return false;
}

static const struct ask_item *item_named(struct checker *c, const char *id) {
  const struct ask_item *item = ask_catalogue_item(c->catalogue, id);
  return item && (item->pack < 0 || item->pack == c->pack) ? item : NULL;
}

static const struct ask_item *field_named(const struct ask_item *list, const char *id) {
  for (size_t i = 0; list && i < list->field_count; i++)
    if (strcmp(list->fields[i].spec->id, id) == 0) return &list->fields[i];
  return NULL;
}

static bool has_word(const struct ask_item *item, const char *word) {
  for (uint32_t i = 0; item->kind.options && i < item->kind.options->count; i++)
    if (strcmp(item->kind.options->list[i].id, word) == 0) return true;
  return false;
}

static bool check_fields(struct checker *c, const struct ask_dialect_field *fields, size_t count,
                         const struct ask_item *roster, const struct ask_item *entry);

/* What a value of the field would become. */
static bool check_place(struct checker *c, const struct ask_dialect_field *field,
                        const struct ask_dialect_target *target, const struct ask_item *item,
                        const struct ask_item *roster) {
  bool good = true;
  if (field->type == ASK_DIALECT_BOOL && target->word && !has_word(item, target->word))
    good = no_such(c, target->at, ask_printf(c->problems->arena, "%s has no option", item->spec->id), target->word);
  for (size_t i = 0; i < field->word_count; i++)
    if (field->words[i].ours && !has_word(item, field->words[i].ours))
      good = no_such(c, field->at, ask_printf(c->problems->arena, "%s has no option", item->spec->id),
                     field->words[i].ours);
  if (field->type == ASK_DIALECT_LIST) good = check_fields(c, field->fields, field->field_count, roster, item) && good;
  return good;
}

static bool check_target(struct checker *c, const struct ask_dialect_field *field,
                         const struct ask_dialect_target *target, const struct ask_item *roster,
                         const struct ask_item *entry) {
  const char *names[] = {target->item, target->client, target->any, target->member};
  bool good = true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!names[i]) continue;
    const struct ask_item *item = entry    ? field_named(entry, names[i])
                                  : i == 3 ? field_named(roster, names[i])
                                           : item_named(c, names[i]);
    if (!item)
      good = no_such(c, target->at, i == 3 ? "the roster has no field" : "there is no item", names[i]);
    else
      good = check_place(c, field, target, item, roster) && good;
  }
  return good;
}

/* entry: the list whose entries the fields describe; NULL: they are of the household or a person. */
static bool check_fields(struct checker *c, const struct ask_dialect_field *fields, size_t count,
                         const struct ask_item *roster, const struct ask_item *entry) {
  bool good = true;
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < fields[i].target_count; k++)
      good = check_target(c, &fields[i], &fields[i].targets[k], roster, entry) && good;
  return good;
}

static bool check_otherwise(struct checker *c, const struct ask_raw *otherwise, const struct ask_item *roster) {
  bool good = true;
  for (size_t i = 0; otherwise && i < otherwise->child_count; i++) {
    const struct ask_raw *child = &otherwise->children[i];
    const struct ask_item *item = roster ? field_named(roster, child->key) : item_named(c, child->key);
    if (!item)
      good = no_such(c, child->key_at, roster ? "the roster has no field" : "there is no item", child->key);
    else if (item->kind.options && (child->kind != ASK_RAW_TEXT || !has_word(item, child->text)))
      good = no_such(c, child->at, ask_printf(c->problems->arena, "%s has no option", child->key),
                     child->text ? child->text : "like this");
  }
  return good;
}

static bool check(struct checker *c, const struct ask_dialect_spec *dialect) {
  const struct ask_item *roster = item_named(c, dialect->roster);
  if (!roster || roster->kind.type != ASK_LIST)
    return no_such(c, dialect->at, "the roster has to be a list of the form:", dialect->roster);
  bool good = check_fields(c, dialect->household.fields, dialect->household.field_count, roster, NULL);
  good = check_fields(c, dialect->people.fields, dialect->people.field_count, roster, NULL) && good;
  good = check_otherwise(c, dialect->household_otherwise, NULL) && good;
  good = check_otherwise(c, dialect->client_otherwise, NULL) && good;
  return check_otherwise(c, dialect->member_otherwise, roster) && good;
}

bool ask_dialects_check(const struct ask_catalogue *catalogue, struct ask_problems *problems) {
  bool good = true;
  for (size_t i = 0; i < catalogue->pack_count; i++) {
    struct checker checker = {catalogue, (int32_t)i, problems};
    if (catalogue->packs[i].spec->dialect) good = check(&checker, catalogue->packs[i].spec->dialect) && good;
  }
  return good;
}

int32_t ask_dialect_pack(const struct ask_catalogue *catalogue, ask_packs packs) {
  for (size_t i = 0; i < catalogue->pack_count; i++)
    if (catalogue->packs[i].spec->dialect && ask_packs_have(packs, (int32_t)i)) return (int32_t)i;
  return -1;
}
