/* For tests of engine/expr: names that expressions can be written over without a form: items of every type, a list with a
 * list inside, groups, parameters, two programs. Not a catalogue: see support.h for that. Header only, for fuzz targets too. */
#ifndef TESTS_UNIT_SUPPORT_EXPR_H
#define TESTS_UNIT_SUPPORT_EXPR_H

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "expr/compile.h"
#include "expr/evaluate.h"

struct expr_list;
struct expr_item {
  const char *name;
  enum ask_type type;
  const struct ask_options *options;
  const struct expr_list *list;
};
struct expr_list {
  const char *entry;
  const struct expr_item *fields;
  int32_t count;
};

/* In the order of the alphabet too, so that Lua's comparison of texts agrees with the scale. */
static const struct ask_option expr_scale_words[] = {{.id = "a_none", .text = "None at all", .code = 0, .has_code = 1},
                                                     {.id = "b_low"},
                                                     {.id = "c_mid"},
                                                     {.id = "d_high"},
                                                     {.id = "decline", .declines = 1}};
static const struct ask_options expr_scale = {expr_scale_words, 5, 1};
static const struct ask_option expr_colour_words[] = {{.id = "red"}, {.id = "green"}, {.id = "blue"}};
static const struct ask_options expr_colours = {expr_colour_words, 3, 0};
static const struct ask_option expr_status_words[] = {{.id = "likely"},   {.id = "possible"}, {.id = "need_info"},
                                                      {.id = "unlikely"}, {.id = "withheld"}, {.id = "error"}};
static const struct ask_options expr_statuses = {expr_status_words, 6, 0};

static const struct expr_item expr_kid_fields[] = {{"years", ASK_INTEGER, NULL, NULL}, {"fit", ASK_BOOL, NULL, NULL}};
static const struct expr_list expr_kids = {"kid", expr_kid_fields, 2};
static const struct expr_item expr_member_fields[] = {{"age", ASK_INTEGER, NULL, NULL},
                                                      {"works", ASK_BOOL, NULL, NULL},
                                                      {"pay", ASK_MONEY, NULL, NULL},
                                                      {"colour", ASK_CHOICE, &expr_colours, NULL},
                                                      {"kids", ASK_LIST, NULL, &expr_kids}};
static const struct expr_list expr_roster = {"member", expr_member_fields, 5};

enum expr_name {
  EXPR_B0,
  EXPR_B1,
  EXPR_B2,
  EXPR_I0,
  EXPR_I1,
  EXPR_I2,
  EXPR_I3,
  EXPR_D0,
  EXPR_D1,
  EXPR_M0,
  EXPR_M1,
  EXPR_M2,
  EXPR_T0,
  EXPR_T1,
  EXPR_SCALE0,
  EXPR_SCALE1,
  EXPR_SCALE2,
  EXPR_COLOUR,
  EXPR_TICKS,
  EXPR_WORDS,
  EXPR_ROSTER,
  EXPR_ITEMS,
};
static const struct expr_item expr_items[EXPR_ITEMS] = {{"b0", ASK_BOOL, NULL, NULL},
                                                        {"b1", ASK_BOOL, NULL, NULL},
                                                        {"b2", ASK_BOOL, NULL, NULL},
                                                        {"i0", ASK_INTEGER, NULL, NULL},
                                                        {"i1", ASK_INTEGER, NULL, NULL},
                                                        {"i2", ASK_INTEGER, NULL, NULL},
                                                        {"i3", ASK_INTEGER, NULL, NULL},
                                                        {"d0", ASK_DECIMAL, NULL, NULL},
                                                        {"d1", ASK_DECIMAL, NULL, NULL},
                                                        {"m0", ASK_MONEY, NULL, NULL},
                                                        {"m1", ASK_MONEY, NULL, NULL},
                                                        {"m2", ASK_MONEY, NULL, NULL},
                                                        {"t0", ASK_DATE, NULL, NULL},
                                                        {"t1", ASK_DATE, NULL, NULL},
                                                        {"scale0", ASK_CHOICE, &expr_scale, NULL},
                                                        {"scale1", ASK_CHOICE, &expr_scale, NULL},
                                                        {"scale2", ASK_CHOICE, &expr_scale, NULL},
                                                        {"colour", ASK_CHOICE, &expr_colours, NULL},
                                                        {"ticks", ASK_CHOICES, &expr_colours, NULL},
                                                        {"words", ASK_TEXT, NULL, NULL},
                                                        {"roster", ASK_LIST, NULL, &expr_roster}};

struct expr_group {
  const char *name, *entry;
  enum expr_name first, last;
};
static const struct expr_group expr_groups[] = {{"numbers", "n", EXPR_I0, EXPR_I3},
                                                {"scales", "s", EXPR_SCALE0, EXPR_SCALE2},
                                                {"mixed", "x", EXPR_I3, EXPR_D0},
                                                {"flags", "f", EXPR_B0, EXPR_B2}};

/* Parameters, by use: the handle of a scalar or a table is the number of its first use. */
enum {
  EXPR_LIMIT,
  EXPR_RATIO,
  EXPR_START,
  EXPR_TWO,
  EXPR_SIZES,
  EXPR_RED,
  EXPR_GREEN,
  EXPR_BLUE,
  EXPR_BY_COLOUR,
  EXPR_USES
};
static const struct {
  const char *name;
  enum ask_type type;
  int32_t handle;
  bool table;
} expr_parameters[] = {{"limit", ASK_MONEY, EXPR_LIMIT, false}, {"ratio", ASK_DECIMAL, EXPR_RATIO, false},
                       {"start", ASK_DATE, EXPR_START, false},  {"two", ASK_INTEGER, EXPR_TWO, false},
                       {"sizes", ASK_MONEY, EXPR_SIZES, true},  {"points", ASK_INTEGER, EXPR_RED, true}};
enum { EXPR_PARAMETERS = sizeof expr_parameters / sizeof *expr_parameters };

static inline struct ask_kind expr_kind(const struct expr_item *item) {
  return (struct ask_kind){item->type, item->options, item->list};
}

static inline struct ask_name expr_resolve(void *context, const struct ask_text *name) {
  (void)context;
  for (int32_t i = 0; i < EXPR_ITEMS; i++)
    if (ask_text_is(name, expr_items[i].name)) return (struct ask_name){ASK_NAME_ITEM, i, expr_kind(&expr_items[i])};
  for (size_t i = 0; i < EXPR_PARAMETERS; i++)
    if (ask_text_is(name, expr_parameters[i].name))
      return (struct ask_name){expr_parameters[i].table ? ASK_NAME_TABLE : ASK_NAME_SCALAR,
                               expr_parameters[i].handle,
                               {.type = expr_parameters[i].type}};
  for (int32_t i = 0; i < (int32_t)(sizeof expr_groups / sizeof *expr_groups); i++)
    if (ask_text_is(name, expr_groups[i].name)) return (struct ask_name){ASK_NAME_GROUP, i, {0}};
  return (struct ask_name){.kind = ASK_NAME_NONE};
}

static inline int32_t expr_field(void *context, const void *list, const struct ask_text *name,
                                 struct ask_kind *ret_type) {
  (void)context;
  const struct expr_list *l = list;
  for (int32_t i = 0; i < l->count; i++)
    if (ask_text_is(name, l->fields[i].name)) {
      *ret_type = expr_kind(&l->fields[i]);
      return i;
    }
  return -1;
}

static inline const char *expr_entry_name(void *context, const void *list) {
  (void)context;
  return ((const struct expr_list *)list)->entry;
}

static inline const char *expr_group_entry(void *context, int32_t group, size_t *ret_count) {
  (void)context;
  *ret_count = (size_t)(expr_groups[group].last - expr_groups[group].first) + 1;
  return expr_groups[group].entry;
}

static inline int32_t expr_group_item(void *context, int32_t group, size_t index, struct ask_kind *ret_type) {
  (void)context;
  int32_t item = (int32_t)expr_groups[group].first + (int32_t)index;
  *ret_type = expr_kind(&expr_items[item]);
  return item;
}

static inline int32_t expr_use_scalar(void *context, int32_t parameter) {
  (void)context;
  return parameter;
}

static inline int32_t expr_use_key(void *context, int32_t parameter, const struct ask_text *key) {
  (void)context;
  for (int32_t i = 0; parameter == EXPR_RED && i < 3; i++)
    if (ask_text_is(key, expr_colour_words[i].id)) return EXPR_RED + i;
  return -1;
}

static inline int32_t expr_use_numbers(void *context, int32_t parameter) {
  (void)context;
  return parameter == EXPR_SIZES ? EXPR_SIZES : -1;
}

static inline int32_t expr_use_options(void *context, int32_t parameter, const struct ask_options *options,
                                       const char **ret_missing_option) {
  (void)context;
  if (parameter == EXPR_RED && options == &expr_colours) return EXPR_BY_COLOUR;
  *ret_missing_option = options->list[0].id;
  return -1;
}

static inline int32_t expr_status(void *context, const struct ask_text *program, bool *ret_own) {
  (void)context;
  *ret_own = ask_text_is(program, "own");
  if (*ret_own) return 0;
  return ask_text_is(program, "alpha") ? 0 : ask_text_is(program, "beta") ? 1 : ask_text_is(program, "later") ? -2 : -1;
}

static inline const char *expr_suggest(void *context, const char *wrong) {
  (void)context;
  const char *names[EXPR_ITEMS + EXPR_PARAMETERS];
  for (int i = 0; i < EXPR_ITEMS; i++) names[i] = expr_items[i].name;
  for (int i = 0; i < EXPR_PARAMETERS; i++) names[EXPR_ITEMS + i] = expr_parameters[i].name;
  return ask_did_you_mean(wrong, names, EXPR_ITEMS + EXPR_PARAMETERS);
}

static inline const char *expr_suggest_field(void *context, const void *list, const char *wrong) {
  (void)context;
  const struct expr_list *l = list;
  const char *names[8];
  for (int32_t i = 0; i < l->count; i++) names[i] = l->fields[i].name;
  return ask_did_you_mean(wrong, names, (size_t)l->count);
}

static inline const char *expr_suggest_program(void *context, const char *wrong) {
  (void)context;
  static const char *const names[] = {"alpha", "beta"};
  return ask_did_you_mean(wrong, names, 2);
}

static inline void expr_reads(void *context, int32_t item) {
  bool *read = context;
  if (read) read[item] = true;
}

/* read: EXPR_ITEMS flags, set for every item that is named; NULL: not wanted. */
static inline struct ask_scope expr_scope(bool *read) {
  return (struct ask_scope){.context = read,
                            .name = expr_resolve,
                            .field = expr_field,
                            .entry_name = expr_entry_name,
                            .group_entry = expr_group_entry,
                            .group_item = expr_group_item,
                            .use_scalar = expr_use_scalar,
                            .use_key = expr_use_key,
                            .use_numbers = expr_use_numbers,
                            .use_options = expr_use_options,
                            .status = expr_status,
                            .statuses = &expr_statuses,
                            .suggest = expr_suggest,
                            .suggest_field = expr_suggest_field,
                            .suggest_program = expr_suggest_program,
                            .reads = expr_reads};
}

/* Everything that an evaluation reads. limit $100, ratio 0.25, start 2026-01-01, two 2, sizes {1: $10, 2: $20, 4: $40, each
 * more: $5}, points {red: 1, green: 2, blue: 3}; alpha is likely, beta needs information. */
struct expr_world {
  struct ask_value items[EXPR_ITEMS];
  struct ask_value parameters[EXPR_USES];
  struct ask_table tables[EXPR_USES];
  struct ask_value statuses[2];
  struct ask_value size_cells[4], colour_cells[3];
  struct ask_body_registers bodies[ASK_MAX_ENTRY_DEPTH + 1];
  struct ask_frame frame;
};

static const struct ask_value expr_unknown = {.state = ASK_UNKNOWN, .absence = ASK_UNANSWERED};
static inline struct ask_value expr_word(int64_t word) { return (struct ask_value){.word = word}; }

/* All items unknown. The world must not move afterwards. */
static inline void expr_world_init(struct expr_world *w) {
  memset(w, 0, sizeof *w);
  for (int i = 0; i < EXPR_ITEMS; i++) w->items[i] = expr_unknown;
  w->parameters[EXPR_LIMIT] = expr_word(10000);
  w->parameters[EXPR_RATIO] = expr_word(250000);
  w->parameters[EXPR_START] = expr_word(20454);
  w->parameters[EXPR_TWO] = expr_word(2);
  for (int i = 0; i < 4; i++) w->size_cells[i] = expr_word(1000 * (i + 1));
  w->size_cells[2].state = ASK_FAULT;
  w->tables[EXPR_SIZES] =
      (struct ask_table){.first = 1, .values = w->size_cells, .count = 4, .has_each_more = true, .each_more = 500};
  for (int i = 0; i < 3; i++) w->colour_cells[i] = w->parameters[EXPR_RED + i] = expr_word(i + 1);
  w->tables[EXPR_BY_COLOUR] = (struct ask_table){.values = w->colour_cells, .count = 3};
  w->statuses[1].state = ASK_UNKNOWN;
  static const int64_t expr_holidays[] = {20783}; /* 2026-11-26 */
  w->frame = (struct ask_frame){.items = w->items,
                                .parameters = w->parameters,
                                .tables = w->tables,
                                .statuses = w->statuses,
                                .as_of = 20780, /* 2026-11-23 */
                                .holidays = expr_holidays,
                                .holiday_count = 1,
                                .bodies = w->bodies};
}

/* Compiles with no wanted type; false with problems. The code's result is set. */
static inline bool expr_compile(struct ask_arena *arena, const char *source, const struct ask_kind *wanted,
                                struct ask_code *code, struct ask_problems *problems, struct ask_kind *ret_kind) {
  struct ask_scope scope = expr_scope(NULL);
  struct ask_compiled compiled;
  *code = (struct ask_code){0};
  if (!ask_compile(arena, code, &scope, source, (struct ask_place){"rule.lua", 7, 20}, wanted, problems, &compiled))
    return false;
  code->result = compiled.reg;
  if (ret_kind) *ret_kind = compiled.type;
  return true;
}

/* Evaluates code of any size over a world. */
static inline struct ask_value expr_evaluate(struct ask_arena *arena, const struct ask_code *code,
                                             struct expr_world *w) {
  int64_t *words = ask_alloc_array(arena, code->count, sizeof *words);
  uint8_t *states = ask_alloc(arena, code->count);
  w->frame.depth = 0;
  ask_evaluate(code, 0, code->count, words, states, &w->frame);
  return (struct ask_value){.word = words[code->result], .state = states[code->result]};
}

#endif
