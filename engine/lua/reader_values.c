/* Single values of a plugin's tables: texts, names, numbers, flags, expressions, functions. */
#include "lua/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/align.h"
#include "base/text.h"

enum { NAME_MAX_LENGTH = 64, NUMBER_ROOM = 40 };

static void complain_type(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                          const char *expected, const char *hint) {
  ask_lua_complain(reader, ask_lua_place(reader, table, slot), "wrong-type", hint, "%s: %s is %s, expected %s",
                   table->shape->name, slot.name, ask_lua_describe(reader), expected);
}

static void complain_missing(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                             struct ask_lua_slot slot) {
  ask_lua_complain(reader, table->at, "missing", ask_printf(reader->arena, "Write %s", table->shape->example),
                   "%s has no %s", table->shape->name, slot.name);
}

/* The string at the top of the stack, copied; NULL with a problem if it is empty, too long or not UTF-8. */
static const char *checked_text(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                                struct ask_lua_slot slot) {
  size_t length;
  const char *text = lua_tolstring(reader->lua, -1, &length); /* a string already */
  struct ask_place at = ask_lua_place(reader, table, slot);
  const char *name = table->shape->name;
  reader->text_bytes += length;
  if (reader->text_bytes > ASK_LUA_TEXTS_MAX)
    luaL_error(reader->lua, "the program's texts have more than %d bytes", ASK_LUA_TEXTS_MAX);
  if (length == 0)
    ask_lua_complain(reader, at, "empty", NULL, "%s: %s is empty", name, slot.name);
  else if (length > ASK_LUA_TEXT_MAX)
    ask_lua_complain(reader, at, "too-long", NULL, "%s: %s has %zu bytes, at most %d are allowed", name, slot.name,
                     length, ASK_LUA_TEXT_MAX);
  else if (!ask_utf8_valid(text, length))
    ask_lua_complain(reader, at, "bad-text", "Save the file as UTF-8.", "%s: %s is not UTF-8 text", name, slot.name);
  else
    return ask_strndup(reader->arena, text, length);
  return NULL;
}

const char *ask_lua_text(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                         bool required) {
  if (!ask_lua_push(reader, table, slot)) {
    if (required) complain_missing(reader, table, slot);
    return NULL;
  }
  const char *text = NULL;
  if (lua_type(reader->lua, -1) == LUA_TSTRING)
    text = checked_text(reader, table, slot);
  else
    complain_type(reader, table, slot, "a text", NULL);
  ask_lua_pop(reader);
  return text;
}

bool ask_lua_is_name(const char *text) {
  size_t length = strlen(text);
  bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || *text == '_';
  return letter && length <= NAME_MAX_LENGTH &&
         strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

const char *ask_lua_name(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                         bool required) {
  const char *text = ask_lua_text(reader, table, slot, required);
  if (!text || ask_lua_is_name(text)) return text;
  ask_lua_complain(reader, ask_lua_place(reader, table, slot), "bad-name",
                   "A name is a letter, then letters, digits and _, up to 64.", "%s: %s '%s' is not a name",
                   table->shape->name, slot.name, ask_lua_shown(reader, text));
  return NULL;
}

bool ask_lua_integer(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                     int64_t low, int64_t high, int32_t *ret) {
  if (!ask_lua_push(reader, table, slot)) return false;
  bool good = false;
  int whole = 0;
  lua_Integer value = lua_type(reader->lua, -1) == LUA_TNUMBER ? lua_tointegerx(reader->lua, -1, &whole) : 0;
  if (!whole) {
    complain_type(reader, table, slot, "a whole number", NULL);
  } else if (value < low || value > high) {
    ask_lua_complain(reader, ask_lua_place(reader, table, slot), "out-of-range", NULL,
                     "%s: %s is %lld, expected %lld to %lld", table->shape->name, slot.name, (long long)value,
                     (long long)low, (long long)high);
  } else {
    *ret = (int32_t)value;
    good = true;
  }
  ask_lua_pop(reader);
  return good;
}

bool ask_lua_flag(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key, bool absent) {
  struct ask_lua_slot slot = ASK_LUA_KEY(key);
  if (!ask_lua_push(reader, table, slot)) return absent;
  bool value = absent;
  if (lua_isboolean(reader->lua, -1))
    value = lua_toboolean(reader->lua, -1);
  else
    complain_type(reader, table, slot, "true or false", NULL);
  ask_lua_pop(reader);
  return value;
}

bool ask_lua_unverified(struct ask_lua_reader *reader, const struct ask_lua_table *table) {
  return !ask_lua_flag(reader, table, "verified", true);
}

bool ask_lua_type(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot, bool any,
                  enum ask_type *ret) {
  static const enum ask_type types[] = {ASK_BOOL, ASK_INTEGER, ASK_DECIMAL, ASK_MONEY, ASK_DATE, ASK_TEXT, ASK_LIST};
  size_t count = any ? 7 : 5;
  const char *names[7];
  const char *word = ask_lua_name(reader, table, slot, true);
  if (!word) return false;
  for (size_t i = 0; i < count; i++) {
    names[i] = ask_type_name(types[i]);
    if (strcmp(names[i], word) != 0) continue;
    *ret = types[i];
    return true;
  }
  const char *near = ask_did_you_mean(word, names, count);
  const char *hint = near  ? ask_printf(reader->arena, "Did you mean '%s'?", near)
                     : any ? "Write bool, integer, decimal, money, date, text, list, choice {...} or choices {...}."
                           : "Write bool, integer, decimal, money or date.";
  ask_lua_complain(reader, ask_lua_place(reader, table, slot), "unknown-type", hint, "%s: there is no type '%s'",
                   table->shape->name, ask_lua_shown(reader, word));
  return false;
}

/* ---- expressions and functions ----------------------------------------------------------------------------------- */

/* Where an expression's first character stands, and where the others do: known when it is written out, in one literal
 * or in several joined with `..`; else the line only. */
static struct ask_place expr_place(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                                   struct ask_lua_slot slot, const char *text) {
  const struct ask_outline *outline = reader->outline;
  const struct ask_outline_entry *entry = slot.key ? ask_outline_key(outline, table->text, slot.key)
                                                   : ask_outline_position(outline, table->text, slot.position);
  struct ask_place at = table->at;
  if (entry) at = ask_outline_place(outline, entry->literal ? entry->text_at : entry->value_at);
  bool same = entry && entry->literal && entry->text_length == strlen(text) &&
              memcmp(outline->source + entry->text_at, text, entry->text_length) == 0;
  if (same) return at;
  struct ask_aligner aligner = {.arena = reader->arena, .text = text, .length = strlen(text)};
  for (size_t i = 0; entry && i < entry->piece_count; i++) {
    const struct ask_outline_piece *piece = &outline->pieces[entry->first_piece + i];
    ask_align_piece(&aligner, ask_outline_place(outline, piece->at), outline->source + piece->at, piece->length,
                    piece->is_long ? ASK_AS_WRITTEN : ASK_BACKSLASH);
  }
  return ask_align_end(&aligner, at);
}

/* The value at the top of the stack as the text of a constant; NULL if it has none. */
static const char *constant_text(struct ask_lua_reader *reader) {
  lua_State *lua = reader->lua;
  if (lua_isboolean(lua, -1)) return lua_toboolean(lua, -1) ? "true" : "false";
  if (lua_isinteger(lua, -1)) return ask_printf(reader->arena, "%lld", (long long)lua_tointeger(lua, -1));
  if (lua_type(lua, -1) != LUA_TNUMBER) return NULL;
  /* Six places are what the rule language has; more would not be what was written. */
  double number = lua_tonumber(lua, -1);
  char text[NUMBER_ROOM];
  if (!(fabs(number) < 1e12)) return NULL;
  int length = snprintf(text, sizeof text, "%.6f", number);
  while (text[length - 1] == '0') length--;
  if (text[length - 1] == '.') length--;
  return ask_strndup(reader->arena, text, (size_t)length);
}

void ask_lua_expr(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                  bool constants, bool required, struct ask_expr_spec *ret) {
  *ret = (struct ask_expr_spec){0};
  if (!ask_lua_push(reader, table, slot)) {
    if (required) complain_missing(reader, table, slot);
    return;
  }
  if (lua_type(reader->lua, -1) == LUA_TSTRING) {
    ret->text = checked_text(reader, table, slot);
  } else {
    const char *constant = constant_text(reader);
    if (constants && constant)
      ret->text = constant;
    else
      complain_type(reader, table, slot, constants ? "an expression or a number" : "an expression in quotes",
                    constant ? ask_printf(reader->arena, "Write \"%s\"", constant) : NULL);
  }
  ask_lua_pop(reader);
  if (ret->text) ret->at = expr_place(reader, table, slot, ret->text);
}

/* The function at the top of the stack gets the next number. */
static int32_t keep_function(struct ask_lua_reader *reader) {
  lua_pushvalue(reader->lua, -1);
  lua_rawseti(reader->lua, reader->functions, reader->function_count + 1);
  return reader->function_count++;
}

void ask_lua_formula(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                     bool required, struct ask_formula_spec *ret) {
  *ret = ASK_LUA_NO_FORMULA;
  struct ask_lua_slot reads = ASK_LUA_KEY("reads");
  bool has_reads = ask_lua_push(reader, table, reads);
  if (has_reads) ask_lua_pop(reader);
  bool present = ask_lua_push(reader, table, slot);
  bool function = present && lua_isfunction(reader->lua, -1);
  if (function && lua_iscfunction(reader->lua, -1))
    complain_type(reader, table, slot, "an expression, or a function written out here", "Write function(a) ... end");
  else if (function) {
    const struct ask_outline_entry *entry = slot.key
                                                ? ask_outline_key(reader->outline, table->text, slot.key)
                                                : ask_outline_position(reader->outline, table->text, slot.position);
    ret->function = keep_function(reader);
    if (entry && entry->value_end > entry->value_at)
      ret->body =
          ask_strndup(reader->arena, reader->outline->source + entry->value_at, entry->value_end - entry->value_at);
  }
  if (present) ask_lua_pop(reader);

  if (!function) {
    ask_lua_expr(reader, table, slot, false, required, &ret->expr);
    if (has_reads)
      ask_lua_complain(reader, ask_lua_place(reader, table, reads), "unknown-key",
                       "Leave it out: an expression's reads are known from its names.",
                       "%s: reads belongs to a function, and there is none", table->shape->name);
  } else if (has_reads) {
    ret->reads = ask_lua_texts(reader, table, "reads", true, &ret->read_count);
  } else {
    ask_lua_complain(reader, ask_lua_place(reader, table, slot), "missing",
                     "Write reads = { \"age\", ... } with the items and worksheet lines that it uses.",
                     "%s: a function needs its reads", table->shape->name);
  }
}

/* ---- lists of texts ---------------------------------------------------------------------------------------------- */

static bool each_text(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                      void *ret_element) {
  const char *text = ask_lua_text(reader, list, slot, true);
  *(const char **)ret_element = text;
  return text != NULL;
}

static bool each_name(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                      void *ret_element) {
  const char *text = ask_lua_name(reader, list, slot, true);
  *(const char **)ret_element = text;
  return text != NULL;
}

const char *const *ask_lua_texts(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key,
                                 bool names, size_t *ret_count) {
  return ask_lua_list(reader, table, key, ASK_LUA_PLAIN, sizeof(const char *), names ? each_name : each_text,
                      ret_count);
}
