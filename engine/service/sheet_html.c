/* Sheets as HTML: one file, no script, nothing to fetch; made to be printed. */
#include <string.h>

#include "base/html.h"
#include "service/sheet_parts.h"

static const char STYLE[] =
    ":root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "body{font:15px/1.42 system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;color:#1b1b1b;background:#fff;"
    "max-width:52rem;margin:0 auto;padding:1.5rem}"
    "header{border-bottom:4px solid #005ea2;margin-bottom:.8rem;padding-bottom:.5rem}"
    "h1{font-size:1.9rem;line-height:1.15;margin:0}"
    "header p{margin:.25rem 0 0;color:#565c65;font-size:.85rem}"
    ".lead{font-size:1.12rem;margin:.6rem 0 1rem}"
    "h2{font-size:1.02rem;margin:1rem 0 .3rem;color:#00406f;break-after:avoid}"
    "p{margin:.25rem 0}"
    "ul{margin:.2rem 0;padding-left:1.25rem}"
    "li{margin:.16rem 0}li:not(:has(ul)){break-inside:avoid}"
    "li::marker{color:#005ea2}"
    ".d{color:#3d4551;font-size:.88em}"
    ".c{color:#5c6470;font-size:.78em}"
    ".u{color:#8b0a03;font-size:.78em;font-weight:600;white-space:nowrap}"
    ".columns{columns:2;column-gap:2.2rem;margin-top:.4rem}"
    ".columns h2{margin-top:.6rem}"
    ".annex{border-top:4px solid #a9aeb1;margin-top:2rem;padding-top:.6rem}"
    ".annex>h1{font-size:1.35rem}"
    "table{border-collapse:collapse;width:100%;font-size:.84rem;margin:.3rem 0}"
    "th,td{border:1px solid #c6cace;padding:.25rem .4rem;text-align:left;vertical-align:top}"
    "th{background:#eff6fb}"
    "tr{break-inside:avoid}"
    "a{color:#005ea2}"
    "footer{margin-top:1.2rem;border-top:1px solid #c6cace;padding-top:.4rem;color:#565c65;font-size:.78rem}"
    "@media(max-width:40rem){.columns{columns:1}body{padding:1rem}}"
    "@media print{@page{size:letter;margin:11mm 13mm}body{font-size:9pt;line-height:1.27;max-width:none;padding:0}"
    "h1{font-size:19pt}.lead{margin:.3rem 0 .5rem}h2{margin:.55rem 0 .15rem}li{margin:.08rem 0}"
    ".annex{break-before:page;border-top:0;margin-top:0}a{color:inherit;text-decoration:none}}";

static void put_in(struct ask_buffer *b, const char *tag, const char *class, const char *text) {
  ask_buffer_printf(b, "<%s%s%s%s>", tag, class ? " class=\"" : "", class ? class : "", class ? "\"" : "");
  ask_html_text(b, text);
  ask_buffer_printf(b, "</%s>", tag);
}

struct writer {
  struct ask_buffer *b;
  const struct ask_sheet *sheet;
  int lists; /* open <ul>, each but the outermost inside an open <li> */
  bool table, section, columns;
};

/* A citation: English in every language. */
static void put_english(struct writer *w, const char *text) {
  if (strcmp(w->sheet->language, "en") == 0) {
    ask_html_text(w->b, text);
    return;
  }
  ask_buffer_puts(w->b, "<span lang=\"en\" dir=\"ltr\">");
  ask_html_text(w->b, text);
  ask_buffer_puts(w->b, "</span>");
}

static void put_words(struct writer *w, const struct ask_block *block) {
  struct ask_buffer *b = w->b;
  if (block->cell_count == 1) {
    ask_buffer_puts(b, "<a href=\"");
    ask_html_text(b, block->cells[0]);
    ask_buffer_puts(b, "\">");
  }
  ask_html_text(b, block->text);
  if (block->cell_count == 1) ask_buffer_puts(b, "</a>");
  if (block->detail) {
    ask_buffer_putc(b, ' ');
    put_in(b, "span", "d", block->detail);
  }
  if (block->unverified) {
    ask_buffer_putc(b, ' ');
    put_in(b, "span", "u", w->sheet->not_verified);
  }
  if (block->cite) {
    ask_buffer_puts(b, " <span class=\"c\">");
    put_english(w, block->cite);
    ask_buffer_puts(b, "</span>");
  }
}

static void close_lists(struct writer *w, int to) {
  while (w->lists > to) {
    ask_buffer_puts(w->b, "</li></ul>\n");
    w->lists--;
  }
}

static void close_all(struct writer *w) {
  close_lists(w, 0);
  if (w->table) ask_buffer_puts(w->b, "</table>\n");
  w->table = false;
}

static void close_section(struct writer *w) {
  close_all(w);
  if (w->section) ask_buffer_puts(w->b, "</section>\n");
  w->section = false;
}

static void put_item(struct writer *w, const struct ask_block *block) {
  int depth = block->depth + 1;
  if (depth > w->lists + 1) depth = w->lists + 1;
  if (depth > w->lists) {
    ask_buffer_puts(w->b, "<ul>");
    w->lists = depth;
  } else {
    close_lists(w, depth);
    ask_buffer_puts(w->b, "</li>");
  }
  ask_buffer_puts(w->b, "<li>");
  put_words(w, block);
}

static void put_row(struct writer *w, const struct ask_block *block) {
  if (!w->table) ask_buffer_puts(w->b, "<table>\n");
  w->table = true;
  ask_buffer_puts(w->b, "<tr>");
  for (int i = 0; i < block->cell_count; i++)
    put_in(w->b, block->kind == ASK_BLOCK_HEAD ? "th" : "td", NULL, block->cells[i]);
  if (block->kind == ASK_BLOCK_ROW) {
    ask_buffer_puts(w->b, "<td>");
    if (block->cite) put_english(w, block->cite);
    if (block->cite && block->detail) ask_buffer_puts(w->b, ". ");
    if (block->detail) ask_html_text(w->b, block->detail);
    ask_buffer_puts(w->b, "</td>");
  }
  ask_buffer_puts(w->b, "</tr>\n");
}

static void put_block(struct writer *w, const struct ask_block *block) {
  struct ask_buffer *b = w->b;
  if (block->kind != ASK_BLOCK_ITEM && block->kind != ASK_BLOCK_ROW && block->kind != ASK_BLOCK_HEAD) close_all(w);
  switch (block->kind) {
  case ASK_BLOCK_TITLE:
    ask_buffer_puts(b, "<header>");
    put_in(b, "h1", NULL, block->text);
    if (block->detail || block->cite) ask_buffer_puts(b, "<p>");
    if (block->detail) ask_html_text(b, block->detail);
    if (block->detail && block->cite) ask_buffer_puts(b, " · ");
    if (block->cite) put_english(w, block->cite);
    if (block->detail || block->cite) ask_buffer_puts(b, "</p>");
    ask_buffer_puts(b, "</header>\n<main>\n");
    break;
  case ASK_BLOCK_LEAD: put_in(b, "p", "lead", block->text); break;
  case ASK_BLOCK_HEADING:
    close_section(w);
    ask_buffer_puts(b, "<section>\n");
    w->section = true;
    put_in(b, "h2", NULL, block->text);
    break;
  case ASK_BLOCK_COLUMNS:
    close_section(w);
    ask_buffer_puts(b, "<div class=\"columns\">\n");
    w->columns = true;
    break;
  case ASK_BLOCK_ANNEX:
    close_section(w);
    if (w->columns) ask_buffer_puts(b, "</div>\n");
    ask_buffer_puts(b, "<div class=\"annex\">\n");
    put_in(b, "h1", NULL, block->text);
    break;
  case ASK_BLOCK_ITEM: put_item(w, block); return;
  case ASK_BLOCK_HEAD:
  case ASK_BLOCK_ROW: put_row(w, block); return;
  default:
    ask_buffer_puts(b, "<p>");
    put_words(w, block);
    ask_buffer_puts(b, "</p>");
  }
  ask_buffer_putc(b, '\n');
}

void ask_sheet_write_html(struct ask_buffer *buffer, const struct ask_sheet *sheet) {
  struct writer writer = {.b = buffer, .sheet = sheet};
  bool annex = false;
  ask_buffer_printf(buffer,
                    "<!DOCTYPE html>\n<html lang=\"%s\"%s>\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n",
                    sheet->language, sheet->right_to_left ? " dir=\"rtl\"" : "");
  put_in(buffer, "title", NULL, sheet->title);
  ask_buffer_printf(buffer, "\n<style>%s</style>\n</head>\n<body>\n", STYLE);
  for (size_t i = 0; i < sheet->count; i++) {
    annex = annex || sheet->blocks[i].kind == ASK_BLOCK_ANNEX;
    put_block(&writer, &sheet->blocks[i]);
  }
  close_section(&writer);
  ask_buffer_puts(buffer, annex ? "</div>\n</main>\n" : "</main>\n");
  put_in(buffer, "footer", NULL, sheet->foot);
  ask_buffer_puts(buffer, "\n</body>\n</html>\n");
}
