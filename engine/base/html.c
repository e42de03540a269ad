/* Escaping for HTML. */
#include "base/html.h"

void ask_html_text(struct ask_buffer *buffer, const char *text) {
  for (; text && *text; text++) {
    switch (*text) {
    case '&': ask_buffer_puts(buffer, "&amp;"); break;
    case '<': ask_buffer_puts(buffer, "&lt;"); break;
    case '>': ask_buffer_puts(buffer, "&gt;"); break;
    case '"': ask_buffer_puts(buffer, "&quot;"); break;
    default: ask_buffer_putc(buffer, (unsigned char)*text < 0x20 ? ' ' : *text);
    }
  }
}
