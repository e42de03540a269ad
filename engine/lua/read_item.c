/* The questions that a program brings: item, choice, choices.
 *
 *   item { "id", "money", text = "the question", ... }       type: bool integer decimal money date text list
 *   item { "id", choice { "yes", "no" }, text = "..." }      or choices { ... }: several may be ticked
 *   choice { "yes", { "with_help", "With some help" }, { "no", "No", code = 2 },
 *            { "decline", "I prefer not to say", declines = true }, ordered = true }
 *
 * The other keys are those of the form: why, help, section, labels, required, warn_if_empty; expressions: ask_when,
 * if_not_asked, computed, min, max (the last four also take a number); of a text: max_length, pattern, pattern_hint;
 * of a list: entry, max_entries, fields = { item {...}, ... }. */
#include "lua/reader.h"

#include <string.h>

#include <lua.h>

enum { TICKS_MAX = 63, LENGTH_MAX = 10000, ENTRIES_MAX = 1000 };

static const char *const item_keys[] = {"text",   "why",      "help",          "section",    "ask_when", "if_not_asked",
                                        "min",    "max",      "computed",      "max_length", "pattern",  "pattern_hint",
                                        "labels", "required", "warn_if_empty", "entry",      "fields",   "max_entries"};
static const struct ask_lua_shape item_shape = {.kind = ASK_LUA_ITEM,
                                                .name = "item",
                                                .example = "item { \"id\", \"money\", text = \"the question\" }",
                                                ASK_LUA_KEYS(item_keys),
                                                .positions = 2};

static const char *const option_keys[] = {"code", "declines"};
static const struct ask_lua_shape option_shape = {.kind = ASK_LUA_PLAIN,
                                                  .name = "a word of a choice",
                                                  .example = "\"yes\", or { \"yes\", \"what the person reads\" }",
                                                  ASK_LUA_KEYS(option_keys),
                                                  .positions = 2};

static const char *const choice_keys[] = {"ordered"};
static const struct ask_lua_shape choice_shape = {.name = "choice, choices",
                                                  .example = "choice { \"yes\", { \"help\", \"With help\" }, \"no\" }",
                                                  ASK_LUA_KEYS(choice_keys)};
const struct ask_lua_shape *const ask_lua_shapes_item[] = {&item_shape, &choice_shape, &option_shape, NULL};

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool read_option(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                        struct ask_option *ret) {
  *ret = (struct ask_option){0};
  if (lua_type(reader->lua, -1) == LUA_TSTRING) {
    ret->id = ask_lua_name(reader, list, slot, true);
    return ret->id != NULL;
  }
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, &option_shape, &table)) return false;
  ret->id = ask_lua_name(reader, &table, ASK_LUA_AT(1, "word"), true);
  ret->text = ask_lua_text(reader, &table, ASK_LUA_AT(2, "text"), false);
  int32_t code;
  if (ask_lua_integer(reader, &table, ASK_LUA_KEY("code"), INT32_MIN, INT32_MAX, &code)) {
    ret->code = code;
    ret->has_code = 1;
  }
  ret->declines = ask_lua_flag(reader, &table, "declines", false);
  return ret->id != NULL;
}

static void check_words_differ(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                               const struct ask_options *options) {
  for (uint32_t i = 1; i < options->count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (strcmp(options->list[i].id, options->list[k].id) == 0) {
        ask_lua_complain(reader, table->at, "duplicate-word", "Keep one of the two.", "%s has the word '%s' twice",
                         table->shape->name, options->list[i].id);
        return;
      }
}

/* The value of the slot is a choice or choices. */
static void read_options(struct ask_lua_reader *reader, const struct ask_lua_table *item, struct ask_lua_slot slot,
                         enum ask_lua_kind kind, struct ask_options *ret) {
  struct ask_lua_shape shape = {.kind = kind,
                                .name = ask_lua_kind_word(kind),
                                .example = ask_lua_kind_example(kind),
                                ASK_LUA_KEYS(choice_keys),
                                .positions = -1};
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, item, slot, &shape, &table)) return;
  size_t count = table.count;
  size_t most = kind == ASK_LUA_CHOICES ? TICKS_MAX : ASK_LUA_LIST_MAX;
  ret->ordered = ask_lua_flag(reader, &table, "ordered", false);
  if (count == 0)
    ask_lua_complain(reader, table.at, "missing", ask_printf(reader->arena, "Write %s", shape.example),
                     "%s has no words", shape.name);
  if (count > most) {
    ask_lua_complain(reader, table.at, "too-many", NULL, "%s has %zu words, at most %zu are allowed", shape.name, count,
                     most);
    return;
  }
  struct ask_option *options = ask_alloc_array(reader->arena, count, sizeof *options);
  ask_lua_count_entries(reader, count);
  for (size_t i = 0; i < count; i++) {
    struct ask_lua_slot word = ASK_LUA_AT((int)i + 1, ask_printf(reader->arena, "word %zu", i + 1));
    if (!ask_lua_push(reader, &table, word)) continue;
    ret->count += read_option(reader, &table, word, &options[ret->count]);
    ask_lua_pop(reader);
  }
  ret->list = options;
  check_words_differ(reader, &table, ret);
}

/* ---- type -------------------------------------------------------------------------------------------------------- */

static void read_type(struct ask_lua_reader *reader, const struct ask_lua_table *item, struct ask_item_spec *ret) {
  struct ask_lua_slot slot = ASK_LUA_AT(2, "type");
  int line;
  if (!ask_lua_push(reader, item, slot)) {
    ask_lua_complain(reader, item->at, "missing", "Write item { \"id\", \"money\", text = \"the question\" }",
                     "item has no type");
    return;
  }
  enum ask_lua_kind kind = ask_lua_kind_of(reader->lua, -1, &line);
  if (kind == ASK_LUA_CHOICE || kind == ASK_LUA_CHOICES) {
    ret->type = kind == ASK_LUA_CHOICE ? ASK_CHOICE : ASK_CHOICES;
    read_options(reader, item, slot, kind, &ret->options);
  } else {
    ask_lua_type(reader, item, slot, true, &ret->type);
  }
  ask_lua_pop(reader);
}

/* ---- item -------------------------------------------------------------------------------------------------------- */

static void read_list_keys(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                           struct ask_item_spec *ret) {
  int32_t entries;
  ret->entry = ask_lua_name(reader, table, ASK_LUA_KEY("entry"), ret->type == ASK_LIST);
  if (ask_lua_integer(reader, table, ASK_LUA_KEY("max_entries"), 1, ENTRIES_MAX, &entries))
    ret->max_entries = (uint32_t)entries;
  if (reader->item_depth > ASK_LUA_ITEM_DEPTH_MAX) {
    ask_lua_complain(reader, table->at, "too-deep", NULL, "lists are nested more than %d deep", ASK_LUA_ITEM_DEPTH_MAX);
    return;
  }
  ret->fields =
      ask_lua_list(reader, table, "fields", ASK_LUA_PLAIN, sizeof *ret->fields, ask_lua_read_item, &ret->field_count);
  if (ret->type == ASK_LIST && !ret->fields)
    ask_lua_complain(reader, table->at, "missing", "Write fields = { item {...}, item {...} }",
                     "item: a list has no fields");
}

bool ask_lua_read_item(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                       void *ret_element) {
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, &item_shape, &table)) return false;
  struct ask_item_spec item = {.at = table.at, .declared_by = reader->id};
  item.id = ask_lua_name(reader, &table, ASK_LUA_AT(1, "id"), true);
  read_type(reader, &table, &item);
  item.text = ask_lua_text(reader, &table, ASK_LUA_KEY("text"), false);
  item.why = ask_lua_text(reader, &table, ASK_LUA_KEY("why"), false);
  item.help = ask_lua_text(reader, &table, ASK_LUA_KEY("help"), false);
  item.section = ask_lua_name(reader, &table, ASK_LUA_KEY("section"), false);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("ask_when"), false, false, &item.ask_when);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("if_not_asked"), true, false, &item.if_not_asked);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("computed"), true, false, &item.computed);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("min"), true, false, &item.min);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("max"), true, false, &item.max);
  ask_lua_integer(reader, &table, ASK_LUA_KEY("max_length"), 1, LENGTH_MAX, &item.max_length);
  item.pattern = ask_lua_text(reader, &table, ASK_LUA_KEY("pattern"), false);
  item.pattern_hint = ask_lua_text(reader, &table, ASK_LUA_KEY("pattern_hint"), false);
  item.required = ask_lua_flag(reader, &table, "required", false);
  item.warn_if_empty = ask_lua_flag(reader, &table, "warn_if_empty", false);
  item.labels = ask_lua_texts(reader, &table, "labels", true, &item.label_count);
  reader->item_depth++;
  read_list_keys(reader, &table, &item);
  reader->item_depth--;
  *(struct ask_item_spec *)ret_element = item;
  return item.id != NULL;
}
