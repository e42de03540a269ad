/* program { ... } itself: its own texts, and where its parts go. */
#include <string.h>

#include <lua.h>

#include "lua/reader.h"

static const char *const program_keys[] = {"id",     "name",   "agency",   "helps",     "cite",      "version",
                                           "phone",  "url",    "verified", "worksheet", "eligible",  "possible",
                                           "level",  "score",  "amount",   "notes",     "documents", "next_step",
                                           "cannot", "review", "items"};
static const struct ask_lua_shape program_shape = {
    .kind = ASK_LUA_PROGRAM,
    .name = "program",
    .example = "return program { id = \"...\", name = \"...\", cite = \"...\", eligible = all { ... } }",
    ASK_LUA_KEYS(program_keys),
    .positions = 0};

static const char *const score_keys[] = {"reads"};
static const struct ask_lua_shape score_shape = {
    .kind = ASK_LUA_PLAIN,
    .name = "score",
    .example = "points { point {...} }, an expression, or { reads = {...}, function(a) ... end }",
    ASK_LUA_KEYS(score_keys),
    .positions = 1};

static const char *const amount_keys[] = {"per", "text", "reads"};
static const struct ask_lua_shape amount_shape = {
    .kind = ASK_LUA_AMOUNT,
    .name = "amount",
    .example = "amount { \"expression\", per = \"month\", text = \"what it is\" }",
    ASK_LUA_KEYS(amount_keys),
    .positions = 1};

static const char *const review_keys[] = {"months", "cite", "verified"};
static const struct ask_lua_shape review_shape = {.kind = ASK_LUA_PLAIN,
                                                  .name = "review",
                                                  .example = "review = { months = 12, cite = \"...\" }",
                                                  ASK_LUA_KEYS(review_keys),
                                                  .positions = 0};

const struct ask_lua_shape *const ask_lua_shapes_program[] = {&program_shape, &score_shape, &amount_shape,
                                                              &review_shape, NULL};

enum { REVIEW_MONTHS_MAX = 1200 };

static void read_identity(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                          struct ask_program_spec *ret) {
  struct ask_lua_slot id = ASK_LUA_KEY("id");
  ret->id = ask_lua_name(reader, table, id, true);
  if (ret->id && strcmp(ret->id, reader->id) != 0)
    ask_lua_complain(reader, ask_lua_place(reader, table, id), "id-mismatch",
                     ask_printf(reader->arena, "Write id = \"%s\", or rename the folder.", reader->id),
                     "the id is '%s', but the folder is '%s'", ret->id, reader->id);
  ret->name = ask_lua_text(reader, table, ASK_LUA_KEY("name"), true);
  ret->agency = ask_lua_text(reader, table, ASK_LUA_KEY("agency"), false);
  ret->helps = ask_lua_text(reader, table, ASK_LUA_KEY("helps"), false);
  ret->cite = ask_lua_text(reader, table, ASK_LUA_KEY("cite"), true);
  ret->version = ask_lua_text(reader, table, ASK_LUA_KEY("version"), false);
  ret->phone = ask_lua_text(reader, table, ASK_LUA_KEY("phone"), false);
  ret->url = ask_lua_text(reader, table, ASK_LUA_KEY("url"), false);
  ret->unverified = ask_lua_unverified(reader, table);
  ret->cannot = ask_lua_texts(reader, table, "cannot", false, &ret->cannot_count);
}

static void read_criteria(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                          struct ask_program_spec *ret) {
  struct ask_lua_slot eligible = ASK_LUA_KEY("eligible");
  if (ask_lua_push(reader, table, eligible))
    ask_lua_pop(reader);
  else
    ask_lua_complain(reader, table->at, "missing", "Write eligible = all { rule {...}, rule {...} }",
                     "program has no eligible");
  ret->eligible = ask_lua_read_tree(reader, table, "eligible");
  ret->possible = ask_lua_read_tree(reader, table, "possible");
}

static void read_score(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_program_spec *ret) {
  struct ask_lua_slot slot = ASK_LUA_KEY("score");
  ret->score = ASK_LUA_NO_FORMULA;
  if (!ask_lua_push(reader, table, slot)) return;
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(reader->lua, -1, &line);
  struct ask_lua_table score;
  if (lua_type(reader->lua, -1) == LUA_TSTRING) {
    ask_lua_expr(reader, table, slot, false, false, &ret->score.expr);
  } else if (kind == ASK_LUA_POINTS) {
    size_t errors = reader->problems->errors;
    ret->points = ask_lua_list(reader, table, "score", ASK_LUA_POINTS, sizeof *ret->points, ask_lua_read_point,
                               &ret->point_count);
    if (ret->point_count == 0 && reader->problems->errors == errors)
      ask_lua_complain(reader, ask_lua_place(reader, table, slot), "missing",
                       "Write points { point {...}, point {...} }", "points has nothing in it");
  } else if (ask_lua_enter(reader, table, slot, &score_shape, &score)) {
    ask_lua_formula(reader, &score, ASK_LUA_AT(1, "expression"), true, &ret->score);
  }
  ask_lua_pop(reader);
}

static void read_amount(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                        struct ask_program_spec *ret) {
  static const char *const periods[] = {"month", "year", "once"};
  struct ask_lua_slot slot = ASK_LUA_KEY("amount");
  ret->amount = ASK_LUA_NO_FORMULA;
  if (!ask_lua_push(reader, table, slot)) return;
  struct ask_lua_table amount;
  if (ask_lua_enter(reader, table, slot, &amount_shape, &amount)) {
    struct ask_lua_slot per = ASK_LUA_KEY("per");
    ask_lua_formula(reader, &amount, ASK_LUA_AT(1, "expression"), true, &ret->amount);
    ret->amount_text = ask_lua_text(reader, &amount, ASK_LUA_KEY("text"), false);
    ret->amount_per = ask_lua_text(reader, &amount, per, true);
    bool known = !ret->amount_per;
    for (size_t i = 0; i < sizeof periods / sizeof *periods && !known; i++)
      known = strcmp(ret->amount_per, periods[i]) == 0;
    if (!known)
      ask_lua_complain(reader, ask_lua_place(reader, &amount, per), "unknown-word", "Write month, year or once.",
                       "amount: per is '%s'", ask_lua_shown(reader, ret->amount_per));
  }
  ask_lua_pop(reader);
}

static void read_next_step(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                           struct ask_program_spec *ret) {
  struct ask_lua_slot slot = ASK_LUA_KEY("next_step");
  if (!ask_lua_push(reader, table, slot)) return;
  bool plain = lua_type(reader->lua, -1) == LUA_TSTRING;
  ask_lua_pop(reader);
  if (plain) {
    struct ask_text_when_spec *step = ask_alloc(reader->arena, sizeof *step);
    *step = (struct ask_text_when_spec){.at = ask_lua_place(reader, table, slot),
                                        .text = ask_lua_text(reader, table, slot, true),
                                        .when = ASK_LUA_NO_FORMULA,
                                        .otherwise = true};
    ret->next_steps = step;
    ret->next_step_count = step->text != NULL;
    return;
  }
  ret->next_steps = ask_lua_list(reader, table, "next_step", ASK_LUA_FIRST, sizeof *ret->next_steps,
                                 ask_lua_read_next_step, &ret->next_step_count);
}

static void read_review(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                        struct ask_program_spec *ret) {
  struct ask_lua_slot slot = ASK_LUA_KEY("review");
  if (!ask_lua_push(reader, table, slot)) return;
  struct ask_lua_table review;
  if (ask_lua_enter(reader, table, slot, &review_shape, &review)) {
    struct ask_lua_slot months = ASK_LUA_KEY("months");
    if (ask_lua_push(reader, &review, months))
      ask_lua_pop(reader);
    else
      ask_lua_complain(reader, review.at, "missing", "Write review = { months = 12, cite = \"...\" }",
                       "review has no months");
    ask_lua_integer(reader, &review, months, 1, REVIEW_MONTHS_MAX, &ret->review_months);
    ret->review_cite = ask_lua_text(reader, &review, ASK_LUA_KEY("cite"), false);
    ret->review_unverified = ask_lua_unverified(reader, &review);
  }
  ask_lua_pop(reader);
}

/* What stands behind `otherwise` is never reached. */
static void check_order(struct ask_lua_reader *reader, struct ask_place at, const char *key) {
  ask_lua_complain(reader, at, "unreachable", "Move the entry with otherwise to the end.",
                   "%s: this entry stands behind otherwise, so that it is never reached", key);
}

void ask_lua_read_program(struct ask_lua_reader *reader, struct ask_program_spec *ret) {
  *ret = (struct ask_program_spec){.score = ASK_LUA_NO_FORMULA, .amount = ASK_LUA_NO_FORMULA};
  struct ask_lua_table table;
  if (!ask_lua_enter(reader, NULL, ASK_LUA_KEY("what plugin.lua returns"), &program_shape, &table)) return;
  ret->at = table.at;
  read_identity(reader, &table, ret);
  ret->lines =
      ask_lua_list(reader, &table, "worksheet", ASK_LUA_PLAIN, sizeof *ret->lines, ask_lua_read_line, &ret->line_count);
  read_criteria(reader, &table, ret);
  ret->levels =
      ask_lua_list(reader, &table, "level", ASK_LUA_FIRST, sizeof *ret->levels, ask_lua_read_level, &ret->level_count);
  read_score(reader, &table, ret);
  read_amount(reader, &table, ret);
  ret->notes =
      ask_lua_list(reader, &table, "notes", ASK_LUA_PLAIN, sizeof *ret->notes, ask_lua_read_note, &ret->note_count);
  ret->documents = ask_lua_list(reader, &table, "documents", ASK_LUA_PLAIN, sizeof *ret->documents,
                                ask_lua_read_document, &ret->document_count);
  read_next_step(reader, &table, ret);
  read_review(reader, &table, ret);
  ret->items =
      ask_lua_list(reader, &table, "items", ASK_LUA_PLAIN, sizeof *ret->items, ask_lua_read_item, &ret->item_count);
  for (size_t i = 1; i < ret->level_count; i++)
    if (ret->levels[i - 1].otherwise) check_order(reader, ret->levels[i].at, "level");
  for (size_t i = 1; i < ret->next_step_count; i++)
    if (ret->next_steps[i - 1].otherwise) check_order(reader, ret->next_steps[i].at, "next_step");
}
