/* Problems shown as a good compiler shows them: where, what, the line with a caret, what to do. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/screen.h"
#include "service/file.h"

/* Line number `line` of text, without its end. */
static struct ask_text line_of(const char *bytes, size_t length, int line) {
  const char *at = bytes, *end = bytes + length;
  for (; line > 1 && at; line--) {
    at = memchr(at, '\n', (size_t)(end - at));
    if (at) at++;
  }
  if (!at || at >= end) return (struct ask_text){NULL, 0};
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  size_t found = (size_t)((stop ? stop : end) - at);
  if (found && at[found - 1] == '\r') found--;
  return (struct ask_text){at, found};
}

static bool is_start(char c) { return ((unsigned char)c & 0xC0) != 0x80; }

/* How many bytes from here on are one word, for the line under it: at least one. */
static size_t word_length(struct ask_text line, size_t at) {
  size_t length = 0;
  while (at + length < line.length) {
    char c = line.bytes[at + length];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) break;
    length++;
  }
  return length ? length : 1;
}

/* The part of a long line around the column; control characters become blanks, a tab one of them. */
static void say_line(struct ask_screen *screen, struct ask_text line, int number, int column) {
  enum { BEFORE = 60, SHOWN = 100 };
  static const char dots[] = "...";
  size_t at = column > 0 ? (size_t)column - 1 : 0, first = at > BEFORE && line.length > SHOWN ? at - BEFORE : 0;
  if (first > line.length) first = line.length;
  while (first && !is_start(line.bytes[first])) first--;
  size_t last = first + SHOWN < line.length ? first + SHOWN : line.length;
  while (last < line.length && !is_start(line.bytes[last])) last++;
  char margin[16];
  int width = snprintf(margin, sizeof margin, "%5d | ", number);
  ask_say_styled(screen, ASK_DIM, "%s", margin);
  if (first) ask_say_styled(screen, ASK_DIM, "%s", dots);
  for (size_t i = first; i < last; i++) {
    unsigned char c = (unsigned char)line.bytes[i];
    ask_buffer_putc(&screen->text, c < 0x20 || c == 0x7f ? ' ' : (char)c);
  }
  if (last < line.length) ask_say_styled(screen, ASK_DIM, "%s", dots);
  ask_buffer_putc(&screen->text, '\n');
  if (column <= 0 || at > line.length) return;
  for (int i = 0; i < width - 2; i++) ask_buffer_putc(&screen->text, ' ');
  ask_say_styled(screen, ASK_DIM, "| ");
  size_t steps = ask_utf8_length(line.bytes + first, at - first) + (first ? sizeof dots - 1 : 0);
  for (size_t i = 0; i < steps; i++) ask_buffer_putc(&screen->text, ' ');
  size_t word = word_length(line, at);
  if (word > last - at) word = last > at ? last - at : 1;
  char under[SHOWN + 1];
  memset(under, '~', sizeof under);
  under[0] = '^';
  ask_say_styled(screen, ASK_RED, "%.*s", (int)(word < SHOWN ? word : SHOWN), under);
  ask_buffer_putc(&screen->text, '\n');
}

static void say_source(struct ask_screen *screen, const struct ask_place *at, const struct ask_shown_source *source) {
  if (!at->file || at->line <= 0) return;
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems unread = {.arena = arena};
  struct ask_bytes bytes = {0};
  if (source && source->bytes && strcmp(source->file, at->file) == 0)
    bytes = (struct ask_bytes){source->bytes, source->length};
  else if (ask_is_file(at->file))
    bytes = ask_file_read(arena, at->file, ASK_RESULT_LIMIT, &unread);
  if (bytes.bytes) {
    struct ask_text line = line_of(bytes.bytes, bytes.length, at->line);
    if (line.bytes && ask_utf8_valid(line.bytes, line.length)) say_line(screen, line, at->line, at->column);
  }
  ask_arena_free(arena);
}

/* Messages quote what was sent: nothing of it may steer the terminal. */
static void say_clean(struct ask_screen *screen, const char *text) {
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    bool c1 = c == 0xC2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] < 0xA0;
    if (c1) text++;
    ask_buffer_putc(&screen->text, c1 || c < 0x20 || c == 0x7f ? '?' : (char)c);
  }
}

void ask_say_problem(struct ask_screen *screen, const struct ask_problem *problem,
                     const struct ask_shown_source *source) {
  if (problem->at.file) {
    say_clean(screen, problem->at.file);
    ask_say(screen, ":");
    if (problem->at.line > 0) ask_say(screen, "%d:", problem->at.line);
    if (problem->at.line > 0 && problem->at.column > 0) ask_say(screen, "%d:", problem->at.column);
    ask_say(screen, " ");
  }
  if (problem->severity == ASK_ERROR)
    ask_say_styled(screen, ASK_RED, "error:");
  else
    ask_say_styled(screen, problem->severity == ASK_NOTE ? ASK_BLUE : ASK_YELLOW,
                   "%s:", ask_severity_name(problem->severity));
  ask_say(screen, " ");
  if (problem->path) {
    say_clean(screen, problem->path);
    ask_say(screen, ": ");
  }
  say_clean(screen, problem->message);
  if (problem->hint && problem->path) {
    ask_say(screen, " (");
    say_clean(screen, problem->hint);
    ask_say(screen, ")");
  }
  ask_say(screen, "\n");
  say_source(screen, &problem->at, source);
  if (problem->hint && !problem->path) {
    ask_say(screen, "  hint: ");
    say_clean(screen, problem->hint);
    ask_say(screen, "\n");
  }
}

void ask_show_problems(const struct ask_problem *problems, size_t count, size_t errors,
                       const struct ask_shown_source *source) {
  enum { SHOWN = 20 };
  struct ask_screen screen = ask_screen_new();
  const char *no_color = getenv("NO_COLOR");
  screen.colour = isatty(STDERR_FILENO) && !(no_color && *no_color);
  size_t shown = count < SHOWN ? count : SHOWN;
  for (size_t i = 0; i < shown; i++) ask_say_problem(&screen, &problems[i], source);
  size_t all = errors > count ? errors : count;
  if (all > shown) ask_say(&screen, "... and %zu more\n", all - shown);
  if (screen.text.length) fwrite(screen.text.bytes, 1, screen.text.length, stderr);
  ask_buffer_free(&screen.text);
}
