/* What a person reads: colour when it is wanted, lines that fit, problems shown with the line they stand on. Text for
 * machines does not pass through here. */
#ifndef ASK_CLI_SCREEN_H
#define ASK_CLI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/problem.h"
#include "base/text.h"

/* Exit codes of every command. */
enum { ASK_EXIT_OK = 0, ASK_EXIT_FINDINGS = 1, ASK_EXIT_BAD = 2 };

enum ask_style { ASK_PLAIN, ASK_BOLD, ASK_DIM, ASK_GREEN, ASK_YELLOW, ASK_RED, ASK_BLUE, ASK_MAGENTA };

/* A report is put together in memory and written at once. */
struct ask_screen {
  struct ask_buffer text;
  bool colour;
  int width; /* columns: 60 .. 100 */
};
/* For standard output. */
struct ask_screen ask_screen_new(void);
/* Writes it and frees it. False (after saying so) when not everything could be written. */
bool ask_screen_show(struct ask_screen *screen);
/* Writes text for machines, with a line end. */
bool ask_print_machine(struct ask_buffer *buffer);

__attribute__((format(printf, 2, 3))) void ask_say(struct ask_screen *screen, const char *format, ...);
__attribute__((format(printf, 3, 4))) void ask_say_styled(struct ask_screen *screen, enum ask_style style,
                                                          const char *format, ...);
/* A heading with an empty line before it. */
void ask_heading(struct ask_screen *screen, const char *text);
/* Words broken at blanks to fit: the first line begins with `first` (as it is), the others are indented by its width
 * in columns. style applies to the text. */
void ask_paragraph(struct ask_screen *screen, const char *first, enum ask_style style, const char *text);
/* The same where `indent` columns of the first line are already there. */
void ask_wrapped(struct ask_screen *screen, int indent, enum ask_style style, const char *text);
/* A blank-padded piece of at least `columns` columns. */
void ask_padded(struct ask_screen *screen, enum ask_style style, const char *text, int columns);

/* Text that was read, for showing a line of it; for files that cannot be read again. */
struct ask_shown_source {
  const char *file;
  const char *bytes;
  size_t length;
};
/* To stderr: file:line:column, what, the line with a caret, what to do. source may be NULL. */
void ask_show_problems(const struct ask_problem *problems, size_t count, size_t errors,
                       const struct ask_shown_source *source);
/* The same into a report. */
void ask_say_problem(struct ask_screen *screen, const struct ask_problem *problem,
                     const struct ask_shown_source *source);

/* "askonce: ..." to stderr. */
__attribute__((format(printf, 1, 2))) void ask_usage_error(const char *format, ...);

#endif
