/* Text into HTML, escaped: what comes from rules or households is never markup. For text and for attributes in double quotes. */
#ifndef ASK_BASE_HTML_H
#define ASK_BASE_HTML_H

#include "base/text.h"

/* NULL puts nothing. Control characters, which HTML does not allow, become blanks. */
void ask_html_text(struct ask_buffer *buffer, const char *text);

#endif
