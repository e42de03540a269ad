/* Which keys there are comes from the shapes of the readers; what a key holds stands here, one row a key. */
#include "lua/definitions.h"

#include <string.h>

#include "lua/library.h"
#include "lua/reader.h"

#define FORMULA "string|fun(a: table<string, any>): any"

/* What a key holds, wherever it stands; one that means something else in a shape has a row of its own above. */
static const struct {
  const char *shape, *key, *type, *about;
} rows[] = {
    {"item", "text", "string", "The question, in plain words."},
    {"item", "min", "string|number", "The least answer: a number, a date in quotes, or as_of."},
    {"item", "max", "string|number", "The largest answer."},
    {"item", "computed", "string|number", "How it follows from other answers."},
    {"item", "if_not_asked", "string|number|boolean", "The value that holds while it is not asked."},
    {"point", "points", "string|number", "A number or an expression."},
    {"program", "score", "askonce.points|string|{ reads: string[], [1]: function }",
     "A sum of points, or one formula."},
    {"program", "next_step", "string|askonce.first", "What to do now; or the first that holds."},
    {"overview", "first", "askonce.step[]", "Steps, the most urgent first."},
    {"overview", "programs", "string[]", "Which programs it speaks of."},
    {NULL, "id", "string", "The folder's name."},
    {NULL, "name", "string", "What the program is called."},
    {NULL, "agency", "string", "Who runs it."},
    {NULL, "helps", "string", "Whom it helps with what, in one sentence."},
    {NULL, "cite", "string", "The paragraph that says so."},
    {NULL, "version", "string", "You raise it when the rule changes."},
    {NULL, "phone", "string", "A number that people can call."},
    {NULL, "url", "string", "Where to read on."},
    {NULL, "verified", "boolean", "false: nobody has read the source yet."},
    {NULL, "worksheet", "askonce.line[]", "Named steps; each may use the ones above it."},
    {NULL, "eligible", "askonce.node", "The criteria. Required."},
    {NULL, "possible", "askonce.node", "The criteria hold, but somebody's judgement decides."},
    {NULL, "level", "askonce.first", "How urgent: the first that holds."},
    {NULL, "amount", "askonce.amount", "Money that is worked out."},
    {NULL, "notes", "(string|askonce.note)[]", "Shown among the reasons when they hold."},
    {NULL, "documents", "(string|askonce.document)[]", "What to bring."},
    {NULL, "cannot", "string[]", "What the program cannot do."},
    {NULL, "review", "askonce.review", "When a case is looked at again."},
    {NULL, "items", "askonce.item[]", "Questions that only this program brings."},
    {NULL, "months", "integer", "How many months."},
    {NULL, "reads", "string[]", "What a function reads: items and worksheet lines."},
    {NULL, "code", "string", "A stable word for machines: aps.under_18."},
    {NULL, "text", "string", "What it is, in plain words."},
    {NULL, "type", "'bool'|'integer'|'decimal'|'money'|'date'", "Of a function's result."},
    {NULL, "when", FORMULA "|askonce.node", "On which condition."},
    {NULL, "otherwise", "boolean", "true: when none above it holds."},
    {NULL, "act_within", "askonce.duration", "hours(24), days(30), business_days(3)."},
    {NULL, "urgency", "integer", "0: now ... 7: routine."},
    {NULL, "per", "'month'|'year'|'once'", "How often it is paid."},
    {NULL, "why", "string", "Why it is asked, in one plain sentence."},
    {NULL, "help", "string", "More, for whoever asks."},
    {NULL, "section", "string", "Of the form, where it is asked."},
    {NULL, "ask_when", "string", "When it is asked."},
    {NULL, "max_length", "integer", "Of a text, in characters."},
    {NULL, "pattern", "string", "Of a text: a regular expression."},
    {NULL, "pattern_hint", "string", "The pattern in words: five digits."},
    {NULL, "labels", "string[]", "How sensitive it is."},
    {NULL, "required", "boolean", "It must be answered."},
    {NULL, "warn_if_empty", "boolean", "It should be answered."},
    {NULL, "every_intake", "boolean", "It is asked at every intake."},
    {NULL, "entry", "string", "Of a list: what expressions call one of its entries."},
    {NULL, "fields", "askonce.item[]", "Of a list: the questions about each entry."},
    {NULL, "max_entries", "integer", "Of a list."},
    {NULL, "ordered", "boolean", "The answers are a scale, lowest first."},
    {NULL, "declines", "boolean", "Choosing it is declining to answer."},
    {NULL, "flags", "askonce.flag[]", "What the programs should know of each other."},
    {NULL, "programs", "string[]", "Which programs it concerns."},
    {NULL, "say", "string", "What to do."},
    {NULL, "ask_first", "boolean", "What it waits for is asked before anything else."},
};

/* One word, or a bare table that stands under a key: its class, what it gives, and what stands in it without a name. */
static const struct {
  enum ask_lua_kind kind;
  const char *shape, *class, *base, *positions;
} classes[] = {
    {ASK_LUA_PROGRAM, "program", "program", NULL, NULL},
    {ASK_LUA_PLAIN, "review", "review", NULL, NULL},
    {ASK_LUA_RULE, "rule", "rule", "askonce.node",
     "---@field [1] string What it means, in plain words.\n---@field [2] " FORMULA " The condition.\n"},
    {ASK_LUA_ALL, "all, any, none, at_least", "all", "askonce.node",
     "---@field [integer] string|askonce.node Its text (optional, first), then its criteria.\n"},
    {ASK_LUA_ANY, "all, any, none, at_least", "any", "askonce.node",
     "---@field [integer] string|askonce.node Its text (optional, first), then its criteria.\n"},
    {ASK_LUA_NONE, "all, any, none, at_least", "none", "askonce.node",
     "---@field [integer] string|askonce.node Its text (optional, first), then its criteria.\n"},
    {ASK_LUA_AT_LEAST, "all, any, none, at_least", "at_least", "askonce.node",
     "---@field [integer] integer|string|askonce.node How many, its text (optional), then its criteria.\n"},
    {ASK_LUA_LINE, "line", "line", NULL,
     "---@field [1] string Its name.\n---@field [2] " FORMULA " How it is worked out.\n"},
    {ASK_LUA_PLAIN, "an entry of level", "level", NULL, "---@field [1] string Its name.\n"},
    {ASK_LUA_PLAIN, "an entry of next_step", "next_step", NULL, "---@field [1] string What to do.\n"},
    {ASK_LUA_POINT, "point", "point", NULL, "---@field [1] string What it is for.\n"},
    {ASK_LUA_AMOUNT, "amount", "amount", NULL, "---@field [1] " FORMULA " Money.\n"},
    {ASK_LUA_NOTE, "note", "note", NULL, "---@field [1] string The text.\n"},
    {ASK_LUA_DOCUMENT, "document", "document", NULL, "---@field [1] string The document.\n"},
    {ASK_LUA_ITEM, "item", "item", NULL,
     "---@field [1] string Its id.\n---@field [2] 'bool'|'integer'|'decimal'|'money'|'date'|'text'|'list'|askonce.choice Its type.\n"},
    {ASK_LUA_PLAIN, "a word of a choice", "word", NULL,
     "---@field [1] string The word.\n---@field [2]? string What the person reads.\n"},
    {ASK_LUA_CHOICE, "choice, choices", "choice", NULL, "---@field [integer] string|askonce.word Its words.\n"},
    {ASK_LUA_CHOICES, "choice, choices", "choices", "askonce.choice",
     "---@field [integer] string|askonce.word Its words; several may be ticked.\n"},
    {ASK_LUA_OVERVIEW, "overview", "overview", NULL, NULL},
    {ASK_LUA_STEP, "step", "step", NULL, "---@field [1] string What is so.\n"},
    {ASK_LUA_FLAG, "flag", "flag", NULL, "---@field [1] string What is so.\n"},
};

static const struct ask_lua_shape *shape_of(const char *name) {
  const struct ask_lua_shape *const *lists[] = {ask_lua_shapes_program, ask_lua_shapes_node, ask_lua_shapes_parts,
                                                ask_lua_shapes_item, ask_lua_shapes_overview};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    for (const struct ask_lua_shape *const *shape = lists[i]; *shape; shape++)
      if (strcmp((*shape)->name, name) == 0) return *shape;
  return NULL;
}

static bool put_key(struct ask_buffer *b, const char *shape, const char *key) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (strcmp(rows[i].key, key) != 0 || (rows[i].shape && strcmp(rows[i].shape, shape) != 0)) continue;
    bool required = strcmp(shape, "program") == 0 &&
                    (strcmp(key, "id") == 0 || strcmp(key, "name") == 0 || strcmp(key, "eligible") == 0);
    ask_buffer_printf(b, "---@field %s%s %s %s\n", key, required ? "" : "?", rows[i].type, rows[i].about);
    return true;
  }
  return false;
}

static const char *put_class(struct ask_buffer *b, size_t number) {
  const char *name = classes[number].class;
  const struct ask_lua_shape *shape = shape_of(classes[number].shape);
  const char *missing = NULL;
  ask_buffer_printf(b, "\n---@class askonce.%s%s%s\n", name, classes[number].base ? ": " : "",
                    classes[number].base ? classes[number].base : "");
  if (classes[number].positions) ask_buffer_puts(b, classes[number].positions);
  if (!shape) return classes[number].shape;
  for (size_t i = 0; i < shape->key_count; i++)
    if (!put_key(b, classes[number].shape, shape->keys[i]) && !missing) missing = shape->keys[i];
  return missing;
}

static void put_function(struct ask_buffer *b, size_t number) {
  enum ask_lua_kind kind = classes[number].kind;
  if (kind == ASK_LUA_PLAIN) return;
  const char *example = ask_lua_kind_example(kind);
  ask_buffer_printf(b, "\n---%s\n---@param t askonce.%s\n---@return askonce.%s\nfunction %s(t) end\n", example,
                    classes[number].class, classes[number].class, ask_lua_kind_word(kind));
}

const char *ask_lua_definitions(struct ask_buffer *b) {
  static const enum ask_lua_kind durations[] = {ASK_LUA_HOURS, ASK_LUA_DAYS, ASK_LUA_BUSINESS_DAYS};
  const char *missing = NULL;
  ask_buffer_puts(
      b,
      "---@meta\n-- The words of plugin.lua, for the Lua language server. Generated by askonce plugin editor from the tables that\n"
      "-- read a plugin: do not edit. How rules are written is in docs/rule-author.md.\n\n"
      "---@class askonce.node A criterion, or several that are combined.\n\n---@class askonce.duration\n");
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
    const char *key = put_class(b, i);
    if (!missing) missing = key;
  }
  ask_buffer_puts(b, "\n---@class askonce.first\n---@field [integer] askonce.level|askonce.next_step\n"
                     "\n---@class askonce.points\n---@field [integer] askonce.point\n");
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) put_function(b, i);
  ask_buffer_printf(b, "\n---%s\n---@param t askonce.first\n---@return askonce.first\nfunction first(t) end\n",
                    ask_lua_kind_example(ASK_LUA_FIRST));
  ask_buffer_printf(b, "\n---%s\n---@param t askonce.points\n---@return askonce.points\nfunction points(t) end\n",
                    ask_lua_kind_example(ASK_LUA_POINTS));
  for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
    ask_buffer_printf(b, "\n---%s\n---@param count integer\n---@return askonce.duration\nfunction %s(count) end\n",
                      ask_lua_kind_example(durations[i]), ask_lua_kind_word(durations[i]));
  return missing;
}

/* ---- luacheck ---------------------------------------------------------------------------------------------------- */

enum { WIDTH = 118 };

/* "a", "b", ... over as many lines as it takes. */
static void put_list(struct ask_buffer *b, const char *const *names, const char *indent) {
  size_t column = strlen(indent);
  ask_buffer_puts(b, indent);
  for (size_t i = 0; names[i]; i++) {
    size_t length = strlen(names[i]) + 4;
    if (i && column + length > WIDTH) {
      ask_buffer_printf(b, "\n%s", indent);
      column = strlen(indent);
    } else if (i) {
      ask_buffer_putc(b, ' ');
    }
    ask_buffer_printf(b, "\"%s\",", names[i]);
    column += length;
  }
  ask_buffer_putc(b, '\n');
}

static void put_library(struct ask_buffer *b, const char *name, const char *const *fields) {
  ask_buffer_printf(b, "  %s = {fields = {\n", name);
  put_list(b, fields, "    ");
  ask_buffer_puts(b, "  }},\n");
}

void ask_lua_luacheckrc(struct ask_buffer *b) {
  const char *words[ASK_LUA_KINDS + 1] = {0}, *functions[16] = {0};
  for (int kind = ASK_LUA_PROGRAM; kind < ASK_LUA_KINDS; kind++)
    words[kind - ASK_LUA_PROGRAM] = ask_lua_kind_word((enum ask_lua_kind)kind);
  size_t count = 0;
  for (const char *const *name = ask_lua_library_names; *name && count < 15; name++)
    if (strcmp(*name, "math") != 0 && strcmp(*name, "string") != 0 && strcmp(*name, "table") != 0)
      functions[count++] = *name;
  ask_buffer_puts(
      b, "-- luacheck over plugins/: rules are data in Lua 5.4, written with the words of docs/rule-author.md.\n"
         "-- Generated by askonce plugin editor from the words of the sandbox: do not edit.\n"
         "std = \"none\"\nmax_line_length = 140\ncache = false\n\n"
         "-- A word that is not here is a slip, and refused at load too.\nread_globals = {\n"
         "  -- the words of a program\n");
  put_list(b, words, "  ");
  ask_buffer_puts(b, "  -- Lua itself, as far as a rule needs it\n");
  put_list(b, functions, "  ");
  put_library(b, "math", ask_lua_math_names);
  put_library(b, "string", ask_lua_string_names);
  put_library(b, "table", ask_lua_table_names);
  ask_buffer_puts(
      b,
      "}\n\nexclude_files = {\"tests/hostile/**\", \"build/**\", \"editor/**\"}\n\nfiles[\"bench/**\"] = {std = \"lua54\"}\n");
}
