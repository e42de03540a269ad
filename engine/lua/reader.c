/* Tables, their shapes and places: what read_*.c stand on. Single values are read in reader_values.c. */
#include "lua/reader.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/text.h"
#include "lua/sandbox.h"

enum { STACK_ROOM = 12, UNKNOWN_KEPT = 20, SHOWN = 60 };

void ask_lua_complain(struct ask_lua_reader *reader, struct ask_place at, const char *code, const char *hint,
                      const char *format, ...) {
  if (reader->problems->count >= ASK_PROBLEMS_KEPT) { /* counted, not kept */
    ask_problem_add(reader->problems, ASK_ERROR, code, at, NULL, NULL, "%s", code);
    return;
  }
  va_list args;
  va_start(args, format);
  const char *message = ask_vprintf(reader->arena, format, args);
  va_end(args);
  ask_problem_add(reader->problems, ASK_ERROR, code, at, NULL, hint, "%s", message);
}

const char *ask_lua_shown(struct ask_lua_reader *reader, const char *text) {
  char shown[SHOWN];
  ask_lua_clean_text(text, strlen(text), shown, sizeof shown);
  return ask_strdup(reader->arena, shown);
}

const char *ask_lua_describe(struct ask_lua_reader *reader) {
  lua_State *lua = reader->lua;
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(lua, -1, &line);
  if (kind != ASK_LUA_PLAIN) {
    const char *word = ask_lua_kind_word(kind);
    return ask_printf(reader->arena, "%s %s", strchr("aio", word[0]) ? "an" : "a", word);
  }
  if (lua_type(lua, -1) == LUA_TSTRING)
    return ask_printf(reader->arena, "the text '%s'", ask_lua_shown(reader, lua_tostring(lua, -1)));
  if (lua_type(lua, -1) == LUA_TBOOLEAN) return lua_toboolean(lua, -1) ? "true" : "false";
  return ask_printf(reader->arena, "a %s", luaL_typename(lua, -1));
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static const struct ask_outline_entry *entry_of(const struct ask_lua_reader *reader, const struct ask_lua_table *table,
                                                struct ask_lua_slot slot) {
  return slot.key ? ask_outline_key(reader->outline, table->text, slot.key)
                  : ask_outline_position(reader->outline, table->text, slot.position);
}

struct ask_place ask_lua_place(const struct ask_lua_reader *reader, const struct ask_lua_table *table,
                               struct ask_lua_slot slot) {
  const struct ask_outline_entry *entry = entry_of(reader, table, slot);
  return entry ? ask_outline_place(reader->outline, entry->key_at) : table->at;
}

/* Which table of the text the value at the top of the stack is: the one in its slot, if the mark agrees; else the first
 * one that this word made on that line; -1 if neither. */
static int32_t find_text(const struct ask_lua_reader *reader, const struct ask_lua_table *parent,
                         struct ask_lua_slot slot) {
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(reader->lua, -1, &line);
  const struct ask_outline_entry *entry = parent ? entry_of(reader, parent, slot) : NULL;
  int32_t inside = entry ? entry->table : -1;
  if (kind == ASK_LUA_PLAIN) return inside >= 0 && reader->outline->tables[inside].word ? -1 : inside;
  const char *word = ask_lua_kind_word(kind);
  if (inside >= 0) {
    const struct ask_outline_table *table = &reader->outline->tables[inside];
    if (table->word_length == strlen(word) && memcmp(table->word, word, table->word_length) == 0 &&
        ask_outline_place(reader->outline, table->at).line == line)
      return inside;
  }
  return ask_outline_find(reader->outline, word, line);
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static bool is_known(const struct ask_lua_shape *shape, const char *key) {
  for (size_t i = 0; i < shape->key_count; i++)
    if (strcmp(shape->keys[i], key) == 0) return true;
  return false;
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void complain_unknown(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key) {
  const struct ask_lua_shape *shape = table->shape;
  const char *near = ask_did_you_mean(key, shape->keys, shape->key_count);
  struct ask_buffer known = {0};
  for (size_t i = 0; i < shape->key_count; i++) ask_buffer_printf(&known, "%s%s", i ? ", " : "", shape->keys[i]);
  const char *hint = near                   ? ask_printf(reader->arena, "Did you mean '%s'?", near)
                     : shape->key_count > 0 ? ask_printf(reader->arena, "Known here: %s.", known.bytes)
                                            : ask_printf(reader->arena, "Write %s", shape->example);
  ask_buffer_free(&known);
  ask_lua_complain(reader, ask_lua_place(reader, table, ASK_LUA_KEY(key)), "unknown-key", hint, "%s has no '%s'",
                   shape->name, key);
}

/* Names written twice: Lua keeps the last one without a word. */
static void check_duplicates(struct ask_lua_reader *reader, const struct ask_lua_table *table) {
  const struct ask_outline *outline = reader->outline;
  for (size_t i = 0; table->text >= 0 && i < table->shape->key_count; i++) {
    const char *key = table->shape->keys[i];
    size_t seen = 0;
    for (int32_t at = outline->tables[table->text].first; at >= 0; at = outline->entries[at].next) {
      const struct ask_outline_entry *entry = &outline->entries[at];
      if (!entry->key || entry->key_length != strlen(key) || memcmp(entry->key, key, entry->key_length) != 0) continue;
      if (++seen == 2)
        ask_lua_complain(reader, ask_outline_place(outline, entry->key_at), "duplicate-key", "Keep one of the two.",
                         "%s has '%s' twice", table->shape->name, key);
    }
  }
}

static void complain_hole(struct ask_lua_reader *reader, const struct ask_lua_table *table) {
  lua_Integer hole = 1;
  while (lua_rawgeti(reader->lua, table->index, hole) != LUA_TNIL) {
    lua_pop(reader->lua, 1);
    hole++;
  }
  lua_pop(reader->lua, 1);
  ask_lua_complain(reader, table->at, "missing", "Is a name misspelt?", "entry %lld of %s is nil", (long long)hole,
                   table->shape->name);
}

/* Also counts the entries without a name: the length that Lua gives a table with holes is any of its borders. */
static void check_keys(struct ask_lua_reader *reader, struct ask_lua_table *table) {
  lua_State *lua = reader->lua;
  const struct ask_lua_shape *shape = table->shape;
  const char *unknown[UNKNOWN_KEPT];
  size_t unknown_count = 0;
  lua_Integer highest = 0;
  lua_Integer entries = 0;
  size_t others = 0;
  lua_pushnil(lua);
  while (lua_next(lua, table->index)) {
    lua_pop(lua, 1);
    if (lua_type(lua, -1) == LUA_TSTRING) {
      size_t length;
      const char *key = lua_tolstring(lua, -1, &length);
      if (strlen(key) == length && is_known(shape, key)) continue;
      char shown[SHOWN];
      ask_lua_clean_text(key, length, shown, sizeof shown);
      if (unknown_count < UNKNOWN_KEPT) unknown[unknown_count++] = ask_strdup(reader->arena, shown);
    } else if (lua_isinteger(lua, -1) && lua_tointeger(lua, -1) >= 1) {
      entries++;
      if (lua_tointeger(lua, -1) > highest) highest = lua_tointeger(lua, -1);
    } else if (!lua_islightuserdata(lua, -1)) { /* that is the mark */
      others++;
    }
  }
  /* In the order of the alphabet: Lua's own differs from run to run. */
  qsort(unknown, unknown_count, sizeof *unknown, compare_texts);
  for (size_t i = 0; i < unknown_count; i++) complain_unknown(reader, table, unknown[i]);
  table->filled = (size_t)entries;
  table->count = highest < ASK_LUA_ENTRIES_MAX ? (size_t)highest : ASK_LUA_ENTRIES_MAX;
  if (others > 0)
    ask_lua_complain(reader, table->at, "unknown-key", ask_printf(reader->arena, "Write %s", shape->example),
                     "%s has entries whose names are not texts", shape->name);
  if (shape->positions >= 0 && highest > shape->positions)
    ask_lua_complain(reader, ask_lua_place(reader, table, ASK_LUA_AT(shape->positions + 1, NULL)), "unknown-key",
                     ask_printf(reader->arena, "Write %s", shape->example),
                     "%s has %lld entries without a name, expected at most %d", shape->name, (long long)highest,
                     shape->positions);
  else if (shape->positions < 0 && highest > entries)
    complain_hole(reader, table);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

bool ask_lua_enter(struct ask_lua_reader *reader, const struct ask_lua_table *parent, struct ask_lua_slot slot,
                   const struct ask_lua_shape *shape, struct ask_lua_table *ret) {
  lua_State *lua = reader->lua;
  luaL_checkstack(lua, STACK_ROOM, NULL);
  int line;
  enum ask_lua_kind kind = ask_lua_kind_of(lua, -1, &line);
  if (!lua_istable(lua, -1) || kind != shape->kind) {
    struct ask_place at =
        parent ? ask_lua_place(reader, parent, slot) : (struct ask_place){reader->outline->file, line, 0};
    const char *what = slot.name ? slot.name : slot.key ? slot.key : "entry";
    ask_lua_complain(reader, at, "wrong-type", ask_printf(reader->arena, "Write %s", shape->example),
                     "%s is %s, expected %s", what, ask_lua_describe(reader), shape->name);
    return false;
  }
  int32_t text = find_text(reader, parent, slot);
  struct ask_place at = {reader->outline->file, line, 0};
  if (text >= 0)
    at = ask_outline_place(reader->outline, reader->outline->tables[text].at);
  else if (line == 0 && parent)
    at = ask_lua_place(reader, parent, slot);
  *ret = (struct ask_lua_table){.shape = shape, .index = lua_gettop(lua), .text = text, .at = at};
  check_keys(reader, ret);
  check_duplicates(reader, ret);
  return true;
}

bool ask_lua_push(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot) {
  lua_State *lua = reader->lua;
  luaL_checkstack(lua, STACK_ROOM, NULL);
  int type;
  if (slot.key) {
    lua_pushstring(lua, slot.key);
    type = lua_rawget(lua, table->index);
  } else {
    type = lua_rawgeti(lua, table->index, slot.position);
  }
  if (type == LUA_TNIL) lua_pop(lua, 1);
  return type != LUA_TNIL;
}

void ask_lua_pop(struct ask_lua_reader *reader) { lua_pop(reader->lua, 1); }

void ask_lua_count_entries(struct ask_lua_reader *reader, size_t count) {
  reader->entry_count += count;
  if (reader->entry_count > ASK_LUA_ENTRIES_MAX)
    luaL_error(reader->lua, "the program has more than %d entries in its lists", ASK_LUA_ENTRIES_MAX);
}

const void *ask_lua_list(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key,
                         enum ask_lua_kind word, size_t size, ask_lua_each *each, size_t *ret_count) {
  struct ask_lua_slot slot = ASK_LUA_KEY(key);
  *ret_count = 0;
  if (!ask_lua_push(reader, table, slot)) return NULL;
  struct ask_lua_shape shape = {.kind = word, .name = key, .example = "{ ... }", .positions = -1};
  if (word != ASK_LUA_PLAIN) {
    shape.name = ask_lua_kind_word(word);
    shape.example = ask_lua_kind_example(word);
  }
  struct ask_lua_table list;
  char *elements = NULL;
  if (ask_lua_enter(reader, table, slot, &shape, &list)) {
    size_t count = list.count;
    if (count > ASK_LUA_LIST_MAX) {
      ask_lua_complain(reader, list.at, "too-many", NULL, "%s has %zu entries, at most %d are allowed", key, count,
                       ASK_LUA_LIST_MAX);
      count = ASK_LUA_LIST_MAX;
    }
    ask_lua_count_entries(reader, count);
    elements = ask_alloc_array(reader->arena, count, size);
    for (size_t i = 0; i < count; i++) {
      struct ask_lua_slot entry = ASK_LUA_AT((int)i + 1, ask_printf(reader->arena, "entry %zu of %s", i + 1, key));
      if (!ask_lua_push(reader, &list, entry)) continue;
      *ret_count += each(reader, &list, entry, elements + *ret_count * size);
      ask_lua_pop(reader);
    }
  }
  ask_lua_pop(reader);
  return elements;
}
