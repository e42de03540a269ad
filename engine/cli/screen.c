/* What a person reads: colour, wrapping, writing it out. */
#include "cli/screen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LEAST_WIDTH = 60, MOST_WIDTH = 100, USUAL_WIDTH = 80 };

static const char *const codes[] = {
    [ASK_PLAIN] = "",           [ASK_BOLD] = "\033[1m",      [ASK_DIM] = "\033[2m",
    [ASK_GREEN] = "\033[1;32m", [ASK_YELLOW] = "\033[1;33m", [ASK_RED] = "\033[1;31m",
    [ASK_BLUE] = "\033[36m",    [ASK_MAGENTA] = "\033[35m",
};

static bool wants_colour(int fd) {
  const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
  if (no_color && *no_color) return false;
  return isatty(fd) && !(terminal && strcmp(terminal, "dumb") == 0);
}

struct ask_screen ask_screen_new(void) {
  struct ask_screen screen = {.colour = wants_colour(STDOUT_FILENO), .width = USUAL_WIDTH};
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
    screen.width = size.ws_col;
  else if (columns && atoi(columns) > 0)
    screen.width = atoi(columns);
  if (screen.width < LEAST_WIDTH) screen.width = LEAST_WIDTH;
  if (screen.width > MOST_WIDTH) screen.width = MOST_WIDTH;
  return screen;
}

static bool write_out(const char *bytes, size_t length) {
  bool good = fwrite(bytes, 1, length, stdout) == length;
  if (fflush(stdout) != 0 || ferror(stdout)) good = false;
  if (!good && errno != EPIPE) fprintf(stderr, "askonce: the output could not be written: %s\n", strerror(errno));
  return good;
}

bool ask_screen_show(struct ask_screen *screen) {
  bool good = write_out(screen->text.bytes ? screen->text.bytes : "", screen->text.length);
  ask_buffer_free(&screen->text);
  return good;
}

bool ask_print_machine(struct ask_buffer *buffer) {
  ask_buffer_putc(buffer, '\n');
  bool good = write_out(buffer->bytes, buffer->length);
  ask_buffer_free(buffer);
  return good;
}

static void say_v(struct ask_screen *screen, const char *format, va_list args) {
  char small[512];
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(small, sizeof small, format, args);
  if (length >= 0 && (size_t)length < sizeof small) {
    ask_buffer_add(&screen->text, small, (size_t)length);
  } else if (length >= 0) {
    char *large = malloc((size_t)length + 1);
    if (!large) abort();
    vsnprintf(large, (size_t)length + 1, format, again);
    ask_buffer_add(&screen->text, large, (size_t)length);
    free(large);
  }
  va_end(again);
}

void ask_say(struct ask_screen *screen, const char *format, ...) {
  va_list args;
  va_start(args, format);
  say_v(screen, format, args);
  va_end(args);
}

static void style_on(struct ask_screen *screen, enum ask_style style) {
  if (screen->colour && style != ASK_PLAIN) ask_buffer_puts(&screen->text, codes[style]);
}
static void style_off(struct ask_screen *screen, enum ask_style style) {
  if (screen->colour && style != ASK_PLAIN) ask_buffer_puts(&screen->text, "\033[0m");
}

void ask_say_styled(struct ask_screen *screen, enum ask_style style, const char *format, ...) {
  va_list args;
  va_start(args, format);
  style_on(screen, style);
  say_v(screen, format, args);
  style_off(screen, style);
  va_end(args);
}

void ask_heading(struct ask_screen *screen, const char *text) {
  ask_buffer_putc(&screen->text, '\n');
  ask_say_styled(screen, ASK_BOLD, "%s", text);
  ask_buffer_putc(&screen->text, '\n');
}

static int columns_of(const char *text, size_t length) { return (int)ask_utf8_length(text, length); }

void ask_padded(struct ask_screen *screen, enum ask_style style, const char *text, int columns) {
  ask_say_styled(screen, style, "%s", text);
  for (int used = columns_of(text, strlen(text)); used < columns; used++) ask_buffer_putc(&screen->text, ' ');
}

void ask_paragraph(struct ask_screen *screen, const char *first, enum ask_style style, const char *text) {
  ask_buffer_puts(&screen->text, first);
  ask_wrapped(screen, columns_of(first, strlen(first)), style, text);
}

void ask_wrapped(struct ask_screen *screen, int indent, enum ask_style style, const char *text) {
  int at = indent;
  bool fresh = true;
  style_on(screen, style);
  while (*text) {
    if (*text == ' ' || *text == '\n') {
      text++;
      continue;
    }
    size_t length = strcspn(text, " \n");
    int word = columns_of(text, length);
    if (!fresh && at + 1 + word > screen->width) {
      style_off(screen, style);
      ask_buffer_putc(&screen->text, '\n');
      for (int i = 0; i < indent; i++) ask_buffer_putc(&screen->text, ' ');
      style_on(screen, style);
      at = indent;
      fresh = true;
    }
    if (!fresh) {
      ask_buffer_putc(&screen->text, ' ');
      at++;
    }
    ask_buffer_add(&screen->text, text, length);
    at += word;
    fresh = false;
    text += length;
  }
  style_off(screen, style);
  ask_buffer_putc(&screen->text, '\n');
}

void ask_usage_error(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("askonce: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}
