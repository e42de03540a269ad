/* Walks the text and its source side by side; a part is noted wherever the two stop running in step. */
#include "base/align.h"

#include <string.h>

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* What a backslash and this letter stand for; 0: not known here. */
static char escaped(char letter) {
  static const char letters[] = "\\\"'/nrtabfve0", values[] = "\\\"'/\n\r\t\a\b\f\v\033";
  const char *found = letter ? strchr(letters, letter) : NULL;
  return found ? values[found - letters] : '\0';
}

static void note(struct ask_aligner *aligner, const struct ask_place *at) {
  struct ask_place_part *room =
      ask_push(aligner->arena, &aligner->parts, &aligner->count, &aligner->capacity, sizeof *room);
  *room = (struct ask_place_part){aligner->done, at->line, at->column};
}

static void step(struct ask_place *at, char c) {
  at->column++;
  if (c != '\n') return;
  at->line++;
  at->column = 1;
}

void ask_align_piece(struct ask_aligner *aligner, struct ask_place at, const char *source, size_t length,
                     enum ask_quoting quoting) {
  bool in_step = false;
  for (size_t i = 0; i < length && aligner->done < aligner->length && !aligner->failed;) {
    char c = source[i], wanted = aligner->text[aligner->done];
    char next = i + 1 < length ? source[i + 1] : '\0';
    size_t takes = 1;
    bool gives = true;
    if (quoting == ASK_BACKSLASH && c == '\\') {
      takes = 2;
      gives = !blank(next) || wanted == next; /* a line that goes on: what follows is indentation */
      if (gives && !blank(next) && escaped(next) != wanted) aligner->failed = true;
    } else if (quoting == ASK_DOUBLED && c == '\'' && next == '\'') {
      takes = 2;
      if (wanted != c) aligner->failed = true;
    } else if (c != wanted && blank(c)) {
      gives = false;
    } else if (c != wanted && blank(wanted)) { /* a blank that folding made; it stands where the next word does */
      takes = 0;
    } else if (c != wanted) {
      aligner->failed = true;
    }
    if (gives && !in_step) note(aligner, &at);
    in_step = gives && takes == 1;
    for (size_t k = 0; k < takes && i + k < length; k++) step(&at, source[i + k]);
    i += takes;
    aligner->done += gives;
  }
}

struct ask_place ask_align_end(struct ask_aligner *aligner, struct ask_place at) {
  while (aligner->done < aligner->length && blank(aligner->text[aligner->done])) aligner->done++;
  if (aligner->failed || aligner->done < aligner->length || aligner->count == 0) {
    at.column = 0;
    return at;
  }
  struct ask_place_parts *parts = ask_alloc(aligner->arena, sizeof *parts);
  *parts = (struct ask_place_parts){aligner->parts, aligner->count};
  return (struct ask_place){
      .file = at.file, .line = aligner->parts[0].line, .column = aligner->parts[0].column, .parts = parts};
}
