/* Where things stand in the text of plugin.lua: Lua tables do not remember it. A light scan of the source finds
 * every table written out in it, with the places of its entries, so that a problem can point at the right line and
 * column. It understands strings, comments, brackets and blocks, and nothing else; Lua has accepted the text before.
 * What is not written out literally (a variable, a text put together) has no place here. Inside engine/lua/ only. */
#ifndef ASK_LUA_OUTLINE_H
#define ASK_LUA_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"

struct ask_outline_entry {
  const char *key; /* in the source, not NUL-terminated; NULL: an entry without a name */
  size_t key_length;
  int position;               /* of an entry without a name: 1, 2, ...; else 0 */
  size_t key_at;              /* offset of the name, or of the value where there is none */
  size_t value_at, value_end; /* offsets of the value's first character and behind its last */
  bool literal;               /* the value is one string literal, whose inside is this: */
  size_t text_at, text_length;
  size_t first_piece, piece_count; /* the value is "a" .. "b" .. [[c]], these pieces (one for a literal) */
  int32_t table;                   /* the value is this table, bare or as in rule {...}; -1: it is something else */
  int32_t next;                    /* the next entry of the same table; -1: none */
};

struct ask_outline_piece {
  size_t at, length; /* the inside of a literal */
  bool is_long;      /* [[...]]: no escapes */
};

struct ask_outline_table {
  size_t at;        /* offset of the word in front, or of the brace */
  const char *word; /* rule; NULL: bare */
  size_t word_length;
  int32_t first, last; /* entries; -1: none */
};

struct ask_outline {
  const char *file, *source;
  size_t length;
  const size_t *line_starts; /* offsets */
  size_t line_count;
  struct ask_outline_table *tables; /* in the order of their opening braces */
  size_t table_count, table_capacity;
  struct ask_outline_entry *entries;
  size_t entry_count, entry_capacity;
  struct ask_outline_piece *pieces;
  size_t piece_count, piece_capacity;
};

/* `file` and `source` must outlive the outline. */
struct ask_outline *ask_outline_new(struct ask_arena *arena, const char *file, const char *source, size_t length);
struct ask_place ask_outline_place(const struct ask_outline *outline, size_t offset);
/* The table made by `word` on this line, -1 if there is none. */
int32_t ask_outline_find(const struct ask_outline *outline, const char *word, int line);
/* Numbers written into functions that are entries of tables: rule { "...", reads = {...}, function(a) ... end }. The
 * text is in the source, not NUL-terminated. */
typedef void ask_outline_number(void *context, struct ask_place at, const char *number, size_t length);
void ask_outline_numbers(const struct ask_outline *outline, ask_outline_number *found, void *context);
/* NULL when absent (or table is -1). The last one, where a key stands twice: Lua keeps that one. */
const struct ask_outline_entry *ask_outline_key(const struct ask_outline *outline, int32_t table, const char *key);
const struct ask_outline_entry *ask_outline_position(const struct ask_outline *outline, int32_t table, int position);

#endif
