/* The criteria tree: rule, all, any, none, at_least. */
#include "lua/reader.h"

#include <lua.h>

static const char *const rule_keys[] = {"cite", "code", "verified", "reads"};
static const char *const group_keys[] = {"cite", "code", "verified"};

static const struct ask_lua_shape rule_shape = {.kind = ASK_LUA_RULE,
                                                .name = "rule",
                                                .example = "rule { \"what it means\", \"expression\" }",
                                                ASK_LUA_KEYS(rule_keys),
                                                .positions = 2};

static const struct ask_lua_shape group_shape = {.name = "all, any, none, at_least",
                                                 .example = "any { \"what it means\", rule {...}, rule {...} }",
                                                 ASK_LUA_KEYS(group_keys)};
const struct ask_lua_shape *const ask_lua_shapes_node[] = {&rule_shape, &group_shape, NULL};

static const struct {
  enum ask_lua_kind kind;
  enum ask_node_kind node;
} groups[] = {
    {ASK_LUA_ALL, ASK_ALL}, {ASK_LUA_ANY, ASK_ANY}, {ASK_LUA_NONE, ASK_NONE}, {ASK_LUA_AT_LEAST, ASK_AT_LEAST}};

static bool read_node(struct ask_lua_reader *reader, const struct ask_lua_table *parent, struct ask_lua_slot slot,
                      int depth, struct ask_node_spec *ret);

static void read_common(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_node_spec *ret) {
  ret->at = table->at;
  ret->cite = ask_lua_text(reader, table, ASK_LUA_KEY("cite"), false);
  ret->code = ask_lua_text(reader, table, ASK_LUA_KEY("code"), false);
  ret->unverified = ask_lua_unverified(reader, table);
}

static void read_rule(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_node_spec *ret) {
  ret->kind = ASK_RULE;
  ret->text = ask_lua_text(reader, table, ASK_LUA_AT(1, "text"), true);
  ask_lua_formula(reader, table, ASK_LUA_AT(2, "expression"), true, &ret->formula);
}

/* True if the entry at `position` is a text: the meaning of a group stands in front of its children. */
static bool is_text(struct ask_lua_reader *reader, const struct ask_lua_table *table, int position) {
  if (!ask_lua_push(reader, table, ASK_LUA_AT(position, "text"))) return false;
  bool text = lua_type(reader->lua, -1) == LUA_TSTRING;
  ask_lua_pop(reader);
  return text;
}

static void read_children(struct ask_lua_reader *reader, const struct ask_lua_table *table, size_t first, int depth,
                          struct ask_node_spec *ret) {
  size_t entries = table->count;
  if (entries < first) {
    ask_lua_complain(reader, table->at, "missing", ask_printf(reader->arena, "Write %s", table->shape->example),
                     "%s has nothing in it", table->shape->name);
    return;
  }
  size_t count = entries - first + 1;
  size_t left = reader->node_count < ASK_LUA_NODES_MAX ? ASK_LUA_NODES_MAX - reader->node_count : 0;
  if (count > left) count = left + 1; /* one more: it says that there are too many */
  struct ask_node_spec *children =
      ask_alloc_array(reader->arena, count < table->filled ? count : table->filled, sizeof *children);
  for (size_t i = 0; i < count; i++) {
    size_t position = first + i;
    struct ask_lua_slot slot =
        ASK_LUA_AT((int)position, ask_printf(reader->arena, "entry %zu of %s", position, table->shape->name));
    if (!ask_lua_push(reader, table, slot)) continue;
    ret->child_count += read_node(reader, table, slot, depth + 1, &children[ret->child_count]);
    ask_lua_pop(reader);
  }
  ret->children = children;
}

static void read_group(struct ask_lua_reader *reader, const struct ask_lua_table *table, int depth,
                       struct ask_node_spec *ret) {
  int position = 1;
  if (table->shape->kind == ASK_LUA_AT_LEAST) {
    struct ask_lua_slot slot = ASK_LUA_AT(position++, "number");
    if (!ask_lua_push(reader, table, slot)) {
      ask_lua_complain(reader, table->at, "missing", ask_printf(reader->arena, "Write %s", table->shape->example),
                       "at_least has no number");
      return;
    }
    ask_lua_pop(reader);
    ask_lua_integer(reader, table, slot, 1, ASK_LUA_NODES_MAX, &ret->at_least);
  }
  if (is_text(reader, table, position)) ret->text = ask_lua_text(reader, table, ASK_LUA_AT(position++, "text"), false);
  size_t entries = table->count;
  read_children(reader, table, (size_t)position, depth, ret);
  if (ret->at_least > 0 && entries >= (size_t)position && (size_t)ret->at_least > entries - (size_t)position + 1)
    ask_lua_complain(reader, table->at, "out-of-range", NULL, "at_least asks for %d of %zu entries", (int)ret->at_least,
                     entries - (size_t)position + 1);
}

/* The node at the top of the stack. */
static bool read_node(struct ask_lua_reader *reader, const struct ask_lua_table *parent, struct ask_lua_slot slot,
                      int depth, struct ask_node_spec *ret) {
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(reader->lua, -1, &line);
  *ret = (struct ask_node_spec){.formula = ASK_LUA_NO_FORMULA};
  struct ask_place at = ask_lua_place(reader, parent, slot);
  size_t before = reader->node_count++; /* also those that are wrong: a table may stand in many places */
  if (before >= ASK_LUA_NODES_MAX) {
    if (before == ASK_LUA_NODES_MAX)
      ask_lua_complain(reader, at, "too-many", NULL, "the program has more than %d criteria", ASK_LUA_NODES_MAX);
    return false;
  }
  if (depth > ASK_LUA_DEPTH_MAX) {
    ask_lua_complain(reader, at, "too-deep", NULL, "the criteria are nested more than %d deep", ASK_LUA_DEPTH_MAX);
    return false;
  }
  struct ask_lua_table table;
  if (kind == ASK_LUA_RULE) {
    if (!ask_lua_enter(reader, parent, slot, &rule_shape, &table)) return false;
    read_rule(reader, &table, ret);
    read_common(reader, &table, ret);
    return true;
  }
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    if (groups[i].kind != kind) continue;
    struct ask_lua_shape shape = {.kind = kind,
                                  .name = ask_lua_kind_word(kind),
                                  .example = ask_lua_kind_example(kind),
                                  ASK_LUA_KEYS(group_keys),
                                  .positions = -1};
    if (!ask_lua_enter(reader, parent, slot, &shape, &table)) return false;
    ret->kind = groups[i].node;
    read_group(reader, &table, depth, ret);
    read_common(reader, &table, ret);
    return true;
  }
  const char *hint = "Write rule { \"what it means\", \"expression\" }, or all, any, none, at_least.";
  if (lua_type(reader->lua, -1) == LUA_TSTRING)
    hint = ask_printf(reader->arena, "Write rule { \"what it means\", \"%s\" }",
                      ask_lua_shown(reader, lua_tostring(reader->lua, -1)));
  ask_lua_complain(reader, at, "wrong-type", hint, "%s is %s, expected a criterion", slot.name,
                   ask_lua_describe(reader));
  return false;
}

const struct ask_node_spec *ask_lua_read_tree(struct ask_lua_reader *reader, const struct ask_lua_table *program,
                                              const char *key) {
  struct ask_lua_slot slot = ASK_LUA_KEY(key);
  if (!ask_lua_push(reader, program, slot)) return NULL;
  struct ask_node_spec *node = ask_alloc(reader->arena, sizeof *node);
  bool good = read_node(reader, program, slot, 1, node);
  ask_lua_pop(reader);
  return good ? node : NULL;
}
