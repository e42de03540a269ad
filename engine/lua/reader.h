/* Reading the tables that plugin.lua made into specs: entries by name or position, their types, what is unknown or
 * missing, and where it stands. One read_*.c per family of words. Inside engine/lua/ only.
 *
 * All functions here may throw (Lua's memory error, too much in sum); they own nothing, as everything is in the
 * arena. A problem does not end the reading: what could not be read stays absent, and reading goes on to the next
 * thing, so that an author sees all problems at once. Tables are read raw. A slot is an entry of a table: by key, or
 * by position when key is NULL. */
#ifndef ASK_LUA_READER_H
#define ASK_LUA_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "lua/constructors.h"
#include "lua/outline.h"
#include "model/spec.h"

struct lua_State;

enum {
  ASK_LUA_URGENCY_MAX = 7,    /* rungs of the ladder: 0 now .. 7 routine */
  ASK_LUA_TEXT_MAX = 4000,    /* bytes of one text */
  ASK_LUA_DEPTH_MAX = 32,     /* of the criteria tree */
  ASK_LUA_NODES_MAX = 2000,   /* of the criteria trees of one program */
  ASK_LUA_LIST_MAX = 500,     /* lines, levels, points, notes, documents, items, words of a choice, reads */
  ASK_LUA_ITEM_DEPTH_MAX = 4, /* lists in lists */
  /* One table may stand in many places, each of which is read: so the sums are bounded too. */
  ASK_LUA_ENTRIES_MAX = 20000,         /* entries of all lists */
  ASK_LUA_TEXTS_MAX = 4 * 1024 * 1024, /* bytes of all texts */
};

struct ask_lua_reader {
  struct lua_State *lua;
  struct ask_arena *arena;
  struct ask_problems *problems;
  const struct ask_outline *outline;
  const char *id; /* of the program: the folder's name */
  int functions;  /* stack index of the table that keeps the functions */
  int32_t function_count;
  size_t node_count, entry_count, text_bytes;
  int item_depth;
};

/* What a table may hold. */
struct ask_lua_shape {
  enum ask_lua_kind kind; /* PLAIN: a bare table */
  const char *name;       /* in messages: rule, an entry of level */
  const char *example;
  const char *const *keys;
  size_t key_count;
  int positions; /* entries without a name; -1: any number */
};
/* Those of each read_*.c, for words.h; each ends with NULL. */
extern const struct ask_lua_shape *const ask_lua_shapes_program[],
    *const ask_lua_shapes_parts[], *const ask_lua_shapes_node[], *const ask_lua_shapes_item[],
                                                                     *const ask_lua_shapes_overview[];
#define ASK_LUA_KEYS(list) .keys = (list), .key_count = sizeof(list) / sizeof *(list)

/* A table that is being read. */
struct ask_lua_table {
  const struct ask_lua_shape *shape;
  int index;    /* on the Lua stack, absolute */
  int32_t text; /* in the outline; -1: not written out */
  /* Entries without a name: the highest number, at most ENTRIES_MAX, and how many (less, when some are nil). */
  size_t count, filled;
  struct ask_place at;
};

struct ask_lua_slot {
  const char *key; /* NULL: by position */
  int position;
  const char *name; /* in messages; NULL: the key */
};
#define ASK_LUA_KEY(name) ((struct ask_lua_slot){(name), 0, (name)})
#define ASK_LUA_AT(position, name) ((struct ask_lua_slot){NULL, (position), (name)})

/* Adds an error. */
__attribute__((format(printf, 5, 6))) void ask_lua_complain(struct ask_lua_reader *reader, struct ask_place at,
                                                            const char *code, const char *hint, const char *format,
                                                            ...);
/* A text for a message: printable, cut when long. */
const char *ask_lua_shown(struct ask_lua_reader *reader, const char *text);
/* "a rule", "a table", "a number", "the text 'abc'": of the value at the top of the stack. */
const char *ask_lua_describe(struct ask_lua_reader *reader);

/* Starts to read the table at the top of the stack, which stands in `slot` of `parent` (NULL: it is the program). It
 * must be of the shape's kind; if not, or if it is no table, a problem says so and false is returned. Unknown names
 * are problems too. The table stays on the stack. */
bool ask_lua_enter(struct ask_lua_reader *reader, const struct ask_lua_table *parent, struct ask_lua_slot slot,
                   const struct ask_lua_shape *shape, struct ask_lua_table *ret);
/* Pushes the value of a slot; false (and nothing pushed) if it is absent. */
bool ask_lua_push(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot);
void ask_lua_pop(struct ask_lua_reader *reader);
/* Where a slot stands; the table's place if it is not written out. */
struct ask_place ask_lua_place(const struct ask_lua_reader *reader, const struct ask_lua_table *table,
                               struct ask_lua_slot slot);

/* Text of 1 to 4,000 bytes of UTF-8, in the arena. NULL if absent or wrong; absent is a problem only if it is
 * required. */
const char *ask_lua_text(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                         bool required);
/* A text that is a name: a letter, then letters, digits and _, up to 64. */
const char *ask_lua_name(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                         bool required);
bool ask_lua_is_name(const char *text);
/* True if it is there and a whole number from `low` to `high`. */
bool ask_lua_integer(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                     int64_t low, int64_t high, int32_t *ret);
/* `absent` if it is not there or no boolean. */
bool ask_lua_flag(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key, bool absent);
/* verified = false was written. */
bool ask_lua_unverified(struct ask_lua_reader *reader, const struct ask_lua_table *table);

/* The type that a word names: bool integer decimal money date, and text and list if `any`. False: it names none. */
bool ask_lua_type(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot, bool any,
                  enum ask_type *ret);

/* An expression. Numbers and booleans are accepted in place of their text if `constants`. */
void ask_lua_expr(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                  bool constants, bool required, struct ask_expr_spec *ret);
/* An expression or a function with the table's `reads`. Absent gives text NULL and function -1, as does NO_FORMULA. */
#define ASK_LUA_NO_FORMULA ((struct ask_formula_spec){.function = -1})
void ask_lua_formula(struct ask_lua_reader *reader, const struct ask_lua_table *table, struct ask_lua_slot slot,
                     bool required, struct ask_formula_spec *ret);
/* A list of texts, or of names. */
const char *const *ask_lua_texts(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key,
                                 bool names, size_t *ret_count);

/* Reads the list in `key` into an array of elements of `size` bytes. `each` is called with the value of every entry
 * at the top of the stack (it leaves the stack as it was), and assigns one whole element; false: leave it out. NULL
 * and 0 when the key is absent. `word`: the word that makes such a list (points {...}); ASK_LUA_PLAIN: a bare table. */
void ask_lua_count_entries(struct ask_lua_reader *reader,
                           size_t count); /* throws when all lists together are too long */
typedef bool ask_lua_each(struct ask_lua_reader *reader, const struct ask_lua_table *list, struct ask_lua_slot slot,
                          void *ret_element);
const void *ask_lua_list(struct ask_lua_reader *reader, const struct ask_lua_table *table, const char *key,
                         enum ask_lua_kind word, size_t size, ask_lua_each *each, size_t *ret_count);

/* read_node.c: the criteria tree in `key`; NULL when absent. */
const struct ask_node_spec *ask_lua_read_tree(struct ask_lua_reader *reader, const struct ask_lua_table *program,
                                              const char *key);
/* read_item.c */
ask_lua_each ask_lua_read_item;
/* read_parts.c */
ask_lua_each ask_lua_read_line, ask_lua_read_level, ask_lua_read_point, ask_lua_read_note, ask_lua_read_document,
    ask_lua_read_next_step;
void ask_lua_read_duration(struct ask_lua_reader *reader, const struct ask_lua_table *table,
                           struct ask_duration_spec *ret);
/* read_overview.c: the table at the top of the stack. */
void ask_lua_read_overview(struct ask_lua_reader *reader, struct ask_overview_spec *ret);
/* read_program.c: the table at the top of the stack. */
void ask_lua_read_program(struct ask_lua_reader *reader, struct ask_program_spec *ret);

#endif
