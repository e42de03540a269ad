/* The parts of a program that stand in lists: worksheet lines, levels, points, notes, documents, next steps. */
#include <lua.h>

#include "lua/reader.h"

static const char *const line_keys[] = {"text", "cite", "verified", "type", "reads"};
static const struct ask_lua_shape line_shape = {.kind = ASK_LUA_LINE,
                                                .name = "line",
                                                .example = "line { \"name\", \"expression\", text = \"what it is\" }",
                                                ASK_LUA_KEYS(line_keys),
                                                .positions = 2};

static const char *const level_keys[] = {"when", "reads", "otherwise", "act_within", "urgency", "cite", "verified"};
static const struct ask_lua_shape level_shape = {.kind = ASK_LUA_PLAIN,
                                                 .name = "an entry of level",
                                                 .example =
                                                     "{ \"name\", when = \"expression\", act_within = hours(24) }",
                                                 ASK_LUA_KEYS(level_keys),
                                                 .positions = 1};

static const char *const point_keys[] = {"when", "reads", "points"};
static const struct ask_lua_shape point_shape = {.kind = ASK_LUA_POINT,
                                                 .name = "point",
                                                 .example =
                                                     "point { \"what it means\", when = \"expression\", points = 2 }",
                                                 ASK_LUA_KEYS(point_keys),
                                                 .positions = 1};

static const char *const text_keys[] = {"when", "reads", "cite", "code", "verified"};
static const struct ask_lua_shape note_shape = {.kind = ASK_LUA_NOTE,
                                                .name = "note",
                                                .example = "note { \"text\", when = \"expression\" }",
                                                ASK_LUA_KEYS(text_keys),
                                                .positions = 1};
static const struct ask_lua_shape document_shape = {.kind = ASK_LUA_DOCUMENT,
                                                    .name = "document",
                                                    .example = "document { \"The lease\", when = \"expression\" }",
                                                    ASK_LUA_KEYS(text_keys),
                                                    .positions = 1};
static const char *const step_keys[] = {"when", "reads", "otherwise", "cite", "code", "verified"};
static const struct ask_lua_shape step_shape = {.kind = ASK_LUA_PLAIN,
                                                .name = "an entry of next_step",
                                                .example = "{ \"text\", when = \"expression\" }",
                                                ASK_LUA_KEYS(step_keys),
                                                .positions = 1};

const struct ask_lua_shape *const ask_lua_shapes_parts[] = {&line_shape,     &level_shape, &point_shape, &note_shape,
                                                            &document_shape, &step_shape,  NULL};

enum { DURATION_MAX = 100000 };

bool ask_lua_read_line(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                       void *ret_element) {
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, &line_shape, &table)) return false;
  struct ask_line_spec line = {.at = table.at, .unverified = ask_lua_unverified(reader, &table)};
  line.name = ask_lua_name(reader, &table, ASK_LUA_AT(1, "name"), true);
  line.text = ask_lua_text(reader, &table, ASK_LUA_KEY("text"), false);
  line.cite = ask_lua_text(reader, &table, ASK_LUA_KEY("cite"), false);
  ask_lua_formula(reader, &table, ASK_LUA_AT(2, "expression"), true, &line.formula);
  struct ask_lua_slot type = ASK_LUA_KEY("type");
  bool typed = ask_lua_push(reader, &table, type);
  if (typed) ask_lua_pop(reader);
  if (line.formula.function >= 0 && !typed)
    ask_lua_complain(reader, table.at, "missing", "Write type = \"integer\" (or bool, decimal, money, date).",
                     "line: a function needs the type of what it returns");
  else if (line.formula.function >= 0)
    ask_lua_type(reader, &table, type, false, &line.type);
  else if (typed)
    ask_lua_complain(reader, ask_lua_place(reader, &table, type), "unknown-key",
                     "Leave it out: an expression's type is known.",
                     "line: type belongs to a function, and there is none");
  *(struct ask_line_spec *)ret_element = line;
  return line.name != NULL;
}

/* `when` or `otherwise = true`: exactly one of them. */
static bool read_condition(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                           struct ask_formula_spec *ret_when) {
  bool otherwise = ask_lua_flag(reader, table, "otherwise", false);
  struct ask_lua_slot when = ASK_LUA_KEY("when");
  ask_lua_formula(reader, table, when, false, ret_when);
  bool present = ask_lua_push(reader, table, when);
  if (present) ask_lua_pop(reader);
  if (present == otherwise)
    ask_lua_complain(reader, table->at, present ? "unknown-key" : "missing",
                     "Write when = \"expression\"; the last entry may have otherwise = true instead.",
                     present ? "%s has both when and otherwise" : "%s has neither when nor otherwise",
                     table->shape->name);
  return otherwise;
}

void ask_lua_read_duration(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                           struct ask_duration_spec *ret) {
  struct ask_lua_slot slot = ASK_LUA_KEY("act_within");
  if (!ask_lua_push(reader, table, slot)) return;
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(reader->lua, -1, &line);
  struct ask_lua_shape shape = {
      .kind = kind, .name = "act_within", .example = "hours(24), days(30) or business_days(3)", .positions = 1};
  if (kind != ASK_LUA_HOURS && kind != ASK_LUA_DAYS && kind != ASK_LUA_BUSINESS_DAYS) {
    ask_lua_complain(reader, ask_lua_place(reader, table, slot), "wrong-type",
                     ask_printf(reader->arena, "Write %s", shape.example), "%s: act_within is %s, expected a duration",
                     table->shape->name, ask_lua_describe(reader));
  } else {
    struct ask_lua_table duration = {
        .shape = &shape, .index = lua_gettop(reader->lua), .text = -1, .at = ask_lua_place(reader, table, slot)};
    ret->unit = kind == ASK_LUA_HOURS ? ASK_HOURS : kind == ASK_LUA_DAYS ? ASK_DAYS : ASK_BUSINESS_DAYS;
    ask_lua_integer(reader, &duration, ASK_LUA_AT(1, ask_lua_kind_word(kind)), 0, DURATION_MAX, &ret->count);
  }
  ask_lua_pop(reader);
}

bool ask_lua_read_level(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                        void *ret_element) {
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, &level_shape, &table)) return false;
  struct ask_level_spec level = {.at = table.at, .unverified = ask_lua_unverified(reader, &table), .urgency = -1};
  level.name = ask_lua_text(reader, &table, ASK_LUA_AT(1, "name"), true);
  level.cite = ask_lua_text(reader, &table, ASK_LUA_KEY("cite"), false);
  level.otherwise = read_condition(reader, &table, &level.when);
  ask_lua_read_duration(reader, &table, &level.act_within);
  ask_lua_integer(reader, &table, ASK_LUA_KEY("urgency"), 0, ASK_LUA_URGENCY_MAX, &level.urgency);
  *(struct ask_level_spec *)ret_element = level;
  return level.name != NULL;
}

bool ask_lua_read_point(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                        void *ret_element) {
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, &point_shape, &table)) return false;
  struct ask_point_spec point = {.at = table.at};
  point.text = ask_lua_text(reader, &table, ASK_LUA_AT(1, "text"), true);
  ask_lua_formula(reader, &table, ASK_LUA_KEY("when"), true, &point.when);
  ask_lua_expr(reader, &table, ASK_LUA_KEY("points"), true, true, &point.points);
  *(struct ask_point_spec *)ret_element = point;
  return point.text != NULL;
}

static bool read_text_when(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                           const struct ask_lua_shape *shape, struct ask_text_when_spec *ret) {
  *ret = (struct ask_text_when_spec){.when = ASK_LUA_NO_FORMULA};
  if (lua_type(reader->lua, -1) == LUA_TSTRING && shape->kind != ASK_LUA_PLAIN) { /* a bare text holds always */
    ret->at = ask_lua_place(reader, list, slot);
    ret->text = ask_lua_text(reader, list, slot, true);
    return ret->text != NULL;
  }
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, list, slot, shape, &table)) return false;
  ret->at = table.at;
  ret->text = ask_lua_text(reader, &table, ASK_LUA_AT(1, "text"), true);
  ret->cite = ask_lua_text(reader, &table, ASK_LUA_KEY("cite"), false);
  ret->code = ask_lua_text(reader, &table, ASK_LUA_KEY("code"), false);
  ret->unverified = ask_lua_unverified(reader, &table);
  if (shape->kind == ASK_LUA_PLAIN)
    ret->otherwise = read_condition(reader, &table, &ret->when);
  else
    ask_lua_formula(reader, &table, ASK_LUA_KEY("when"), false, &ret->when);
  return ret->text != NULL;
}

bool ask_lua_read_note(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                       void *ret_element) {
  return read_text_when(reader, list, slot, &note_shape, ret_element);
}

bool ask_lua_read_document(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                           void *ret_element) {
  return read_text_when(reader, list, slot, &document_shape, ret_element);
}

bool ask_lua_read_next_step(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                            void *ret_element) {
  return read_text_when(reader, list, slot, &step_shape, ret_element);
}
