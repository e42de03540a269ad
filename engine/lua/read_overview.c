/* overview { ... }: what a pack says about all results together. */
#include <lua.h>

#include "lua/reader.h"

static const char *const overview_keys[] = {"programs", "worksheet", "first", "flags"};
static const struct ask_lua_shape overview_shape = {
    .kind = ASK_LUA_OVERVIEW,
    .name = "overview",
    .example = "return overview { first = { step {...} }, flags = { flag {...} } }",
    ASK_LUA_KEYS(overview_keys),
    .positions = 0};

static const char *const step_keys[] = {"when",     "say",  "urgency", "act_within", "ask_first",
                                        "programs", "cite", "code",    "verified"};
static const struct ask_lua_shape step_shape = {
    .kind = ASK_LUA_STEP,
    .name = "step",
    .example = "step { \"what is so\", when = \"expression\", urgency = 0, say = \"what to do\" }",
    ASK_LUA_KEYS(step_keys),
    .positions = 1};

static const char *const flag_keys[] = {"when", "say", "programs", "cite", "code", "verified"};
static const struct ask_lua_shape flag_shape = {
    .kind = ASK_LUA_FLAG,
    .name = "flag",
    .example = "flag { \"what is so\", when = \"expression\", say = \"what to do\" }",
    ASK_LUA_KEYS(flag_keys),
    .positions = 1};

const struct ask_lua_shape *const ask_lua_shapes_overview[] = {&overview_shape, &step_shape, &flag_shape, NULL};

/* An expression, or a criteria tree. */
static const struct ask_node_spec *read_when(struct ask_lua_reader *reader, const struct ask_lua_table *table) {
  struct ask_lua_slot slot = ASK_LUA_KEY("when");
  if (!ask_lua_push(reader, table, slot)) {
    ask_lua_complain(reader, table->at, "missing", ask_printf(reader->arena, "Write %s", table->shape->example),
                     "%s has no when", table->shape->name);
    return NULL;
  }
  bool plain = lua_type(reader->lua, -1) == LUA_TSTRING;
  ask_lua_pop(reader);
  if (!plain) return ask_lua_read_tree(reader, table, "when");
  struct ask_node_spec *rule = ask_alloc(reader->arena, sizeof *rule);
  *rule = (struct ask_node_spec){.kind = ASK_RULE, .at = ask_lua_place(reader, table, slot)};
  rule->formula = ASK_LUA_NO_FORMULA;
  ask_lua_expr(reader, table, slot, false, true, &rule->formula.expr);
  return rule;
}

static bool read_remark(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                        const struct ask_lua_shape *shape, struct ask_remark_spec *ret) {
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, shape, &table)) return false;
  *ret = (struct ask_remark_spec){.at = table.at, .unverified = ask_lua_unverified(reader, &table), .urgency = -1};
  ret->text = ask_lua_text(reader, &table, ASK_LUA_AT(1, "text"), true);
  ret->say = ask_lua_text(reader, &table, ASK_LUA_KEY("say"), false);
  ret->cite = ask_lua_text(reader, &table, ASK_LUA_KEY("cite"), false);
  ret->code = ask_lua_text(reader, &table, ASK_LUA_KEY("code"), true);
  ret->programs = ask_lua_texts(reader, &table, "programs", true, &ret->program_count);
  ret->when = read_when(reader, &table);
  if (shape->kind == ASK_LUA_STEP) {
    struct ask_lua_slot urgency = ASK_LUA_KEY("urgency");
    if (ask_lua_push(reader, &table, urgency))
      ask_lua_pop(reader);
    else
      ask_lua_complain(reader, table.at, "missing", "Write urgency = 0 (now) to 7 (routine).", "step has no urgency");
    ask_lua_integer(reader, &table, urgency, 0, ASK_LUA_URGENCY_MAX, &ret->urgency);
    ask_lua_read_duration(reader, &table, &ret->act_within);
    ret->ask_first = ask_lua_flag(reader, &table, "ask_first", false);
  }
  return ret->text && ret->code && ret->when;
}

static bool read_step(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                      void *ret_element) {
  return read_remark(reader, list, slot, &step_shape, ret_element);
}

static bool read_flag(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                      void *ret_element) {
  return read_remark(reader, list, slot, &flag_shape, ret_element);
}

void ask_lua_read_overview(struct ask_lua_reader *reader, struct ask_overview_spec *ret) {
  *ret = (struct ask_overview_spec){0};
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, NULL, ASK_LUA_KEY("what overview.lua returns"), &overview_shape, &table)) return;
  ret->at = table.at;
  ret->programs = ask_lua_texts(reader, &table, "programs", true, &ret->program_count);
  ret->lines =
      ask_lua_list(reader, &table, "worksheet", ASK_LUA_PLAIN, sizeof *ret->lines, ask_lua_read_line, &ret->line_count);
  ret->steps = ask_lua_list(reader, &table, "first", ASK_LUA_PLAIN, sizeof *ret->steps, read_step, &ret->step_count);
  ret->flags = ask_lua_list(reader, &table, "flags", ASK_LUA_PLAIN, sizeof *ret->flags, read_flag, &ret->flag_count);
  if (reader->function_count > 0)
    ask_lua_complain(reader, table.at, "wrong-type", "Write the conditions as expressions.",
                     "an overview has a Lua function, but is made of expressions alone");
}
