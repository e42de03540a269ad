/* Checks of a YAML source before it is parsed, and places in it. Knows nothing of YAML but lines, indentation and
 * directives. */
#include "yaml/source.h"

#include <string.h>

#include "base/text.h"

/* Length of the line break at the offset; 0 if there is none. CR LF is one. */
static size_t break_length(const struct ask_yaml_source *source, size_t offset) {
  char c = source->bytes[offset];
  if (c == '\n') return 1;
  if (c == '\r') return offset + 1 < source->length && source->bytes[offset + 1] == '\n' ? 2 : 1;
  return 0;
}

static void find_lines(struct ask_arena *scratch, struct ask_yaml_source *source) {
  size_t count = 1;
  for (size_t i = 0; i < source->length; i++) {
    size_t step = break_length(source, i);
    if (step) {
      count++;
      i += step - 1;
    }
  }
  uint32_t *starts = ask_alloc_array(scratch, count + 1, sizeof *starts);
  size_t line = 0;
  starts[line++] = 0;
  for (size_t i = 0; i < source->length; i++) {
    size_t step = break_length(source, i);
    if (step) {
      i += step - 1;
      starts[line++] = (uint32_t)(i + 1);
    }
  }
  starts[count] = (uint32_t)source->length;
  source->line_starts = starts;
  source->line_count = count;
}

/* A character that no file of ours needs and that libyaml, editors or terminals would take in different ways. */
static bool is_forbidden(const unsigned char *at, size_t left, unsigned *ret_point) {
  unsigned point = at[0];
  if (point < 0x80) {
    *ret_point = point;
    return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || point == 0x7F;
  }
  if (at[0] == 0xC2 && left >= 2 && at[1] < 0xA0) { /* C1 controls, NEL among them */
    *ret_point = at[1];
    return true;
  }
  if (left < 3 || (at[0] != 0xE2 && at[0] != 0xEF)) return false;
  point = (at[0] & 0x0FU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU);
  *ret_point = point;
  return point == 0x2028 || point == 0x2029 || point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

/* Bytes of the character at the offset, 0 if they are not UTF-8. NUL is let through here: it has a message of its own. */
static size_t character_length(const struct ask_yaml_source *source, size_t offset) {
  size_t left = source->length - offset;
  if (source->bytes[offset] == '\0') return 1;
  for (size_t length = 1; length <= 4 && length <= left; length++)
    if (ask_utf8_valid(source->bytes + offset, length)) return length;
  return 0;
}

static bool check_characters(const struct ask_yaml_source *source, struct ask_problems *problems) {
  for (size_t i = 0; i < source->length;) {
    unsigned char c = (unsigned char)source->bytes[i];
    if ((c >= 0x20 && c < 0x7F) || c == '\n') {
      i++;
      continue;
    }
    size_t length = character_length(source, i);
    unsigned point = 0;
    if (length == 0) {
      ask_problem_add(problems, ASK_ERROR, "bad-utf8", ask_yaml_source_place_of_byte(source, i), NULL,
                      "save the file as UTF-8", "byte 0x%02X is not UTF-8", (unsigned)c);
      return false;
    }
    if (c == '\0') {
      ask_problem_add(problems, ASK_ERROR, "bad-character", ask_yaml_source_place_of_byte(source, i), NULL,
                      "the file is damaged, or is not a text file", "a NUL byte");
      return false;
    }
    if (is_forbidden((const unsigned char *)source->bytes + i, source->length - i, &point)) {
      ask_problem_add(problems, ASK_ERROR, "bad-character", ask_yaml_source_place_of_byte(source, i), NULL,
                      "remove it; it is probably invisible in your editor", "the character U+%04X is not allowed",
                      point);
      return false;
    }
    i += length;
  }
  return true;
}

static bool check_lines(const struct ask_yaml_source *source, struct ask_problems *problems) {
  for (size_t line = 0; line < source->line_count; line++) {
    size_t start = source->line_starts[line], end = source->line_starts[line + 1];
    if (start < end && source->bytes[start] == '%') {
      ask_problem_add(problems, ASK_ERROR, "bad-yaml", ask_yaml_source_place_of_byte(source, start), NULL,
                      "if it belongs to a text, put it on the line above", "a line may not begin with %%");
      return false;
    }
    size_t at = start;
    while (at < end && source->bytes[at] == ' ') at++;
    size_t content = at;
    while (content < end && (source->bytes[content] == ' ' || source->bytes[content] == '\t')) content++;
    bool blank = content == end || source->bytes[content] == '\n' || source->bytes[content] == '\r';
    if (content > at && !blank) {
      ask_problem_add(problems, ASK_ERROR, "bad-tab", ask_yaml_source_place_of_byte(source, at), NULL,
                      "indent with spaces", "a tab in the indentation");
      return false;
    }
  }
  return true;
}

bool ask_yaml_source_open(struct ask_arena *scratch, const char *path, const char *bytes, size_t length,
                          struct ask_problems *problems, struct ask_yaml_source *ret) {
  struct ask_yaml_source source = {.path = path, .bytes = bytes, .length = length};
  if (length > ASK_YAML_BYTES_LIMIT) {
    ask_problem_add(problems, ASK_ERROR, "too-large", (struct ask_place){path, 0, 0}, NULL,
                    "split it into several files", "the file has %zu bytes; at most 4 MB are read", length);
    return false;
  }
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
    source.skipped = 3;
    source.bytes += 3;
    source.length -= 3;
  }
  find_lines(scratch, &source);
  if (!check_characters(&source, problems) || !check_lines(&source, problems)) return false;
  *ret = source;
  return true;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* The byte order mark is part of the first line for whoever counts its bytes. */
static struct ask_place place(const struct ask_yaml_source *source, size_t line, size_t offset) {
  size_t column = offset - source->line_starts[line] + (line == 0 ? source->skipped : 0);
  return (struct ask_place){source->path, (int)line + 1, (int)column + 1};
}

struct ask_place ask_yaml_source_place_of_byte(const struct ask_yaml_source *source, size_t offset) {
  size_t low = 0, high = source->line_count - 1;
  while (low < high) {
    size_t middle = (low + high + 1) / 2;
    if (source->line_starts[middle] <= offset)
      low = middle;
    else
      high = middle - 1;
  }
  return place(source, low, offset);
}

size_t ask_yaml_source_byte(const struct ask_yaml_source *source, const struct ask_place *at) {
  size_t line = (size_t)at->line - 1, column = (size_t)at->column - 1 - (line == 0 ? source->skipped : 0);
  size_t offset = line < source->line_count ? source->line_starts[line] + column : source->length;
  return offset < source->length ? offset : source->length;
}

static bool continues_character(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

struct ask_place ask_yaml_source_place(struct ask_yaml_source *source, size_t line, size_t column) {
  if (line >= source->line_count) return ask_yaml_source_place_of_byte(source, source->length);
  size_t end = source->line_starts[line + 1];
  if (source->cursor_line != line) {
    source->cursor_line = line;
    source->cursor_column = 0;
    source->cursor_offset = source->line_starts[line];
  }
  while (source->cursor_column < column && source->cursor_offset < end) {
    source->cursor_offset++;
    while (source->cursor_offset < end && continues_character(source->bytes[source->cursor_offset]))
      source->cursor_offset++;
    source->cursor_column++;
  }
  while (source->cursor_column > column) {
    source->cursor_offset--;
    while (continues_character(source->bytes[source->cursor_offset])) source->cursor_offset--;
    source->cursor_column--;
  }
  return place(source, line, source->cursor_offset);
}

struct ask_place ask_yaml_source_place_of_block(struct ask_yaml_source *source, size_t line) {
  for (size_t below = line + 1; below < source->line_count; below++) {
    size_t end = source->line_starts[below + 1];
    for (size_t at = source->line_starts[below]; at < end; at++) {
      char c = source->bytes[at];
      if (c == '\n' || c == '\r') break;
      if (c != ' ' && c != '\t') return place(source, below, at);
    }
  }
  return ask_yaml_source_place(source, line, 0);
}
