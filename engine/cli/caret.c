/* One line of a rule with a caret under a place in it. */
#include "cli/caret.h"

#include <string.h>

void ask_say_caret(struct ask_screen *screen, int indent, const char *text, size_t offset, size_t length,
                   const char *after) {
  const char *line = text, *next;
  while ((next = strchr(line, '\n')) && (size_t)(next - line) < offset) {
    offset -= (size_t)(next - line) + 1;
    line = next + 1;
  }
  size_t blank = strspn(line, " \t"), whole = strcspn(line, "\n");
  if (blank > offset) blank = offset;
  ask_say(screen, "%*s%.*s\n%*s", indent, "", (int)(whole - blank), line + blank, indent, "");
  for (size_t i = blank; i < offset; i++)
    if (((unsigned char)line[i] & 0xC0) != 0x80) ask_say(screen, " "); /* one column for each character */
  ask_say_styled(screen, ASK_RED, "^");
  for (size_t i = 1; i < length; i++) ask_say_styled(screen, ASK_RED, "~");
  ask_say(screen, "%s%s\n", *after ? " " : "", after);
}
