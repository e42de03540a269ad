/* A program in plain words, generated from its tree: the sheet that a caseworker prints. What it says comes from the rule
 * itself, the questions and the parameters of one day; nothing is written for the sheet alone.
 *
 * A sheet is a list of blocks, which three writers turn into Markdown, HTML or plain text. */
#ifndef ASK_SERVICE_SHEET_H
#define ASK_SERVICE_SHEET_H

#include "model/catalogue.h"
#include "service/locale.h"

enum ask_block_kind {
  ASK_BLOCK_TITLE, /* text: the program; detail: agency; cite: law */
  ASK_BLOCK_LEAD,  /* what it helps with */
  ASK_BLOCK_HEADING,
  ASK_BLOCK_TEXT,
  ASK_BLOCK_ITEM,    /* at `depth` of a list, from 0 */
  ASK_BLOCK_COLUMNS, /* what follows, up to the annex, is short enough for two columns */
  ASK_BLOCK_ANNEX,   /* what follows is the small print; a new page */
  ASK_BLOCK_HEAD,    /* of a table: cells */
  ASK_BLOCK_ROW,     /* cells; the last one is cite (where the number comes from) and detail (a note) */
};

enum { ASK_BLOCK_CELLS = 4 };

struct ask_block {
  enum ask_block_kind kind;
  int depth;
  const char *text;
  const char *detail; /* after it, in smaller print; NULL: none */
  const char *cite;   /* in English in every language; NULL: none */
  bool unverified;    /* its source was not read */
  const char *cells[ASK_BLOCK_CELLS];
  int cell_count;
};

struct ask_sheet {
  const char *title, *foot;
  const char *language; /* en, es */
  bool right_to_left;
  const char *not_verified; /* how what is unverified is marked */
  struct ask_block *blocks;
  size_t count, capacity;
};

/* Of a program that loads, as of a day. locale NULL: in English. In the arena. */
struct ask_sheet ask_sheet_of(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                              const struct ask_program *program, int64_t as_of, const struct ask_locale *locale);
/* An index of all programs of the catalogue, with links to files named <id><ending>. */
struct ask_sheet ask_sheet_index(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *ending,
                                 int64_t as_of, const struct ask_locale *locale);
/* The phrases that a language needs for sheets, in English, with {placeholders}. */
extern const char *const ask_sheet_phrases[];
extern const size_t ask_sheet_phrase_count;

enum ask_sheet_format { ASK_SHEET_MARKDOWN, ASK_SHEET_HTML, ASK_SHEET_TEXT };
/* False when the word is none of markdown, html, text. */
bool ask_sheet_format(const char *word, enum ask_sheet_format *ret);
/* .md, .html, .txt */
const char *ask_sheet_ending(enum ask_sheet_format format);
void ask_sheet_write(struct ask_buffer *buffer, const struct ask_sheet *sheet, enum ask_sheet_format format);

#endif
