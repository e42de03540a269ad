/* Sheets as Markdown and as plain text. */
#include <string.h>

#include "service/sheet_parts.h"

bool ask_sheet_format(const char *word, enum ask_sheet_format *ret) {
  static const char *const words[] = {
      [ASK_SHEET_MARKDOWN] = "markdown", [ASK_SHEET_HTML] = "html", [ASK_SHEET_TEXT] = "text"};
  for (int i = 0; i < 3; i++)
    if (strcmp(words[i], word) == 0) {
      *ret = (enum ask_sheet_format)i;
      return true;
    }
  return false;
}

const char *ask_sheet_ending(enum ask_sheet_format format) {
  static const char *const endings[] = {
      [ASK_SHEET_MARKDOWN] = ".md", [ASK_SHEET_HTML] = ".html", [ASK_SHEET_TEXT] = ".txt"};
  return endings[format];
}

/* A text in which nothing means anything to Markdown. Line ends become blanks. */
static void put(struct ask_buffer *b, const char *text, bool markdown) {
  for (; *text; text++) {
    if (markdown && strchr("\\`*_[]<>|#", *text)) ask_buffer_putc(b, '\\');
    ask_buffer_putc(b, *text == '\n' || *text == '\t' ? ' ' : *text);
  }
}

static void put_marks(struct ask_buffer *b, const struct ask_sheet *sheet, const struct ask_block *block,
                      bool markdown) {
  if (block->detail) {
    ask_buffer_puts(b, " (");
    put(b, block->detail, markdown);
    ask_buffer_putc(b, ')');
  }
  if (block->unverified) ask_buffer_printf(b, markdown ? " **(%s)**" : " (%s)", sheet->not_verified);
  if (block->cite) {
    ask_buffer_puts(b, markdown ? " *[" : " [");
    put(b, block->cite, markdown);
    ask_buffer_puts(b, markdown ? "]*" : "]");
  }
}

static void put_item(struct ask_buffer *b, const struct ask_sheet *sheet, const struct ask_block *block,
                     bool markdown) {
  for (int i = 0; i < block->depth; i++) ask_buffer_puts(b, "  ");
  ask_buffer_puts(b, "- ");
  bool link = block->cell_count == 1 && markdown;
  if (link) ask_buffer_putc(b, '[');
  put(b, block->text, markdown);
  if (link) ask_buffer_printf(b, "](%s)", block->cells[0]);
  put_marks(b, sheet, block, markdown);
  ask_buffer_putc(b, '\n');
}

static void put_both(struct ask_buffer *b, const char *first, const char *between, const char *second, bool markdown) {
  if (first) put(b, first, markdown);
  if (first && second) ask_buffer_puts(b, between);
  if (second) put(b, second, markdown);
}

static void put_row(struct ask_buffer *b, const struct ask_block *block, bool markdown) {
  for (int i = 0; i < block->cell_count; i++) {
    ask_buffer_puts(b, markdown ? (i ? " | " : "| ") : i ? "; " : "- ");
    put(b, block->cells[i], markdown);
  }
  if (block->kind == ASK_BLOCK_ROW) {
    ask_buffer_puts(b, markdown ? " | " : "; ");
    put_both(b, block->cite, ". ", block->detail, markdown);
  }
  ask_buffer_puts(b, markdown ? " |\n" : "\n");
  if (markdown && block->kind == ASK_BLOCK_HEAD) {
    for (int i = 0; i < block->cell_count; i++) ask_buffer_puts(b, "|---");
    ask_buffer_puts(b, "|\n");
  }
}

static void put_heading(struct ask_buffer *b, const char *text, const char *marks, char under, bool markdown) {
  if (b->length) ask_buffer_putc(b, '\n');
  if (markdown) ask_buffer_puts(b, marks);
  put(b, text, markdown);
  ask_buffer_putc(b, '\n');
  for (size_t i = 0; !markdown && i < ask_utf8_length(text, strlen(text)); i++) ask_buffer_putc(b, under);
  ask_buffer_putc(b, '\n');
}

static void write_lines(struct ask_buffer *b, const struct ask_sheet *sheet, bool markdown) {
  bool in_list = false;
  for (size_t i = 0; i < sheet->count; i++) {
    const struct ask_block *block = &sheet->blocks[i];
    bool listed = block->kind == ASK_BLOCK_ITEM || block->kind == ASK_BLOCK_ROW || block->kind == ASK_BLOCK_HEAD;
    if (listed && !in_list && b->length && b->bytes[b->length - 1] == '\n' && b->length > 1 &&
        b->bytes[b->length - 2] != '\n')
      ask_buffer_putc(b, '\n');
    in_list = listed;
    switch (block->kind) {
    case ASK_BLOCK_TITLE:
      put_heading(b, block->text, "# ", '=', markdown);
      put_both(b, block->detail, " · ", block->cite, markdown);
      if (block->detail || block->cite) ask_buffer_putc(b, '\n');
      break;
    case ASK_BLOCK_HEADING: put_heading(b, block->text, "## ", '-', markdown); break;
    case ASK_BLOCK_ANNEX: put_heading(b, block->text, "# ", '=', markdown); break;
    case ASK_BLOCK_COLUMNS: break;
    case ASK_BLOCK_ITEM: put_item(b, sheet, block, markdown); break;
    case ASK_BLOCK_HEAD:
    case ASK_BLOCK_ROW: put_row(b, block, markdown); break;
    default:
      if (b->length && b->bytes[b->length - 1] == '\n' && b->length > 1 && b->bytes[b->length - 2] != '\n')
        ask_buffer_putc(b, '\n');
      put(b, block->text, markdown);
      put_marks(b, sheet, block, markdown);
      ask_buffer_putc(b, '\n');
    }
  }
  ask_buffer_puts(b, markdown ? "\n---\n\n" : "\n");
  put(b, sheet->foot, markdown);
  ask_buffer_putc(b, '\n');
}

void ask_sheet_write(struct ask_buffer *buffer, const struct ask_sheet *sheet, enum ask_sheet_format format) {
  if (format == ASK_SHEET_HTML)
    ask_sheet_write_html(buffer, sheet);
  else
    write_lines(buffer, sheet, format == ASK_SHEET_MARKDOWN);
}
