/* Why JSON text was refused: one table of facts and advice, and the way there from libyajl's messages. */
#include "json/reject.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct ask_place ask_json_place(const struct ask_json_cursor *cursor, size_t offset) {
  return (struct ask_place){cursor->file, cursor->line, (int)(offset - cursor->line_start) + 1};
}

/* Four hexadecimal digits, or -1. */
static int hex4(const char *bytes, size_t left) {
  int value = 0;
  if (left < 4) return -1;
  for (int i = 0; i < 4; i++) {
    char c = bytes[i];
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

static bool is_high(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
static bool is_low(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/* Eight bytes at a time: most texts are plain ASCII, and this is all that they need. */
static bool has_high_bit(const char *bytes, size_t length) {
  uint64_t all = 0, word;
  size_t i = 0;
  for (; i + sizeof word <= length; i += sizeof word) {
    memcpy(&word, bytes + i, sizeof word);
    all |= word;
  }
  for (; i < length; i++) all |= (unsigned char)bytes[i];
  return all & 0x8080808080808080u;
}

/* Where valid UTF-8 ends, by halving. */
static size_t first_bad_byte(const char *bytes, size_t length) {
  size_t good = 0, bad = length;
  while (good + 4 < bad) {
    size_t middle = good + (bad - good) / 2;
    while (middle > good && ((unsigned char)bytes[middle] & 0xC0) == 0x80) middle--;
    if (middle == good) break;
    if (ask_utf8_valid(bytes + good, middle - good))
      good = middle;
    else
      bad = middle;
  }
  while (good < length) {
    size_t step = 1;
    while (good + step < length && ((unsigned char)bytes[good + step] & 0xC0) == 0x80) step++;
    if (!ask_utf8_valid(bytes + good, step)) break;
    good += step;
  }
  return good;
}

enum ask_json_fault ask_json_check_bytes(const char *bytes, size_t length, size_t *ret_offset) {
  *ret_offset = 0;
  if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) return ASK_JSON_UTF16;
  if (length >= 2 && (bytes[0] == 0) != (bytes[1] == 0)) return ASK_JSON_UTF16;
  const char *nul = memchr(bytes, 0, length);
  if (nul) {
    *ret_offset = (size_t)(nul - bytes);
    return ASK_JSON_NUL;
  }
  if (has_high_bit(bytes, length) && !ask_utf8_valid(bytes, length)) {
    *ret_offset = first_bad_byte(bytes, length);
    return ASK_JSON_NOT_UTF8;
  }
  const char *end = bytes + length;
  for (const char *at = bytes; (at = memchr(at, '\\', (size_t)(end - at))) && end - at >= 2; at += 2) {
    if (at[1] != 'u') continue;
    int unit = hex4(at + 2, (size_t)(end - at) - 2);
    *ret_offset = (size_t)(at - bytes);
    if (unit == 0) return ASK_JSON_NUL_ESCAPE;
    if (is_low(unit)) return ASK_JSON_HALF_SURROGATE;
    if (!is_high(unit)) continue;
    at += 6; /* hex4 has seen four digits, so these bytes exist */
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u' || !is_low(hex4(at + 2, (size_t)(end - at) - 2)))
      return ASK_JSON_HALF_SURROGATE;
  }
  return ASK_JSON_FINE;
}

static const struct {
  const char *part; /* of libyajl's message */
  enum ask_json_fault fault;
} messages[] = {
    {"invalid bytes in UTF8 string", ASK_JSON_NOT_UTF8},
    {"'\\' occurs before a character which it may not", ASK_JSON_BAD_ESCAPE},
    {"invalid character inside string", ASK_JSON_CONTROL},
    {"invalid (non-hex) character", ASK_JSON_BAD_HEX},
    {"invalid char in json text", ASK_JSON_BAD_CHARACTER},
    {"invalid string in json text", ASK_JSON_BAD_WORD},
    {"malformed number", ASK_JSON_BAD_NUMBER},
    {"probable comment", ASK_JSON_COMMENT},
    {"trailing garbage", ASK_JSON_AFTER_END},
    {"invalid object key", ASK_JSON_BAD_KEY},
    {"object key and value must be separated", ASK_JSON_NO_COLON},
    {"after key and value", ASK_JSON_NO_COMMA_OBJECT},
    {"after array element", ASK_JSON_NO_COMMA_ARRAY},
};

enum ask_json_fault ask_json_fault_of(const char *message) {
  for (size_t i = 0; message && i < sizeof messages / sizeof *messages; i++)
    if (strstr(message, messages[i].part)) return messages[i].fault;
  return ASK_JSON_UNEXPECTED;
}

bool ask_json_fault_in_text(enum ask_json_fault fault) {
  return fault == ASK_JSON_NOT_UTF8 || fault == ASK_JSON_BAD_ESCAPE || fault == ASK_JSON_CONTROL ||
         fault == ASK_JSON_BAD_HEX;
}

/* code, the fact, what to do. A %s in the fact is the detail. */
static const struct advice {
  const char *code, *message, *hint;
} advice[] = {
    [ASK_JSON_EMPTY] = {"empty", "there is no JSON value here, only nothing or blanks",
                        "write an object such as {\"answers\": {\"dob\": \"1944-03-02\"}}"},
    [ASK_JSON_ENDS_IN_OBJECT] = {"truncated", "the text ends inside an object",
                                 "it was cut short or a closing } is missing: send the whole text"},
    [ASK_JSON_ENDS_IN_ARRAY] = {"truncated", "the text ends inside an array",
                                "it was cut short or a closing ] is missing: send the whole text"},
    [ASK_JSON_ENDS_IN_TEXT] = {"truncated", "the text ends inside a value", "it was cut short: send the whole text"},
    [ASK_JSON_TOO_LONG] = {"too-long", "this is longer than the %s bytes that are accepted",
                           "send one household at a time; many households go through assess --bulk, one a line"},
    [ASK_JSON_TOO_DEEP] = {"too-deep", "values are nested more than 32 levels deep",
                           "no answer needs that: check what made this text"},
    [ASK_JSON_TOO_MANY] = {"too-many", "there are more than 100,000 values",
                           "no household needs that: check what made this text"},
    [ASK_JSON_TWICE] = {"duplicate-key", "the key \"%s\" stands twice in one object", "keep one of the two"},
    [ASK_JSON_NUL] = {"nul", "there is a NUL byte in the text",
                      "JSON is text: check that the file was not damaged or padded"},
    [ASK_JSON_NUL_ESCAPE] = {"nul", "\\u0000 (a NUL character) is not accepted", "leave it out"},
    [ASK_JSON_HALF_SURROGATE] = {"bad-escape", "this \\u escape is one half of a pair without the other half",
                                 "write the character itself in UTF-8, or both halves"},
    [ASK_JSON_UTF16] = {"not-utf8", "this looks like UTF-16 text", "save it as UTF-8"},
    [ASK_JSON_NOT_UTF8] = {"not-utf8", "these bytes are not valid UTF-8", "save the text as UTF-8"},
    [ASK_JSON_CONTROL] = {"control-character", "a text holds a line break, tab or other control character as it is",
                          "close the text with \" before the end of the line, or write \\n or \\t"},
    [ASK_JSON_BAD_ESCAPE] = {"bad-escape", "a backslash stands before a character that cannot be escaped",
                             "write \\\\ for a backslash"},
    [ASK_JSON_BAD_HEX] = {"bad-escape", "\\u needs four hexadecimal digits", "for example \\u00e9"},
    [ASK_JSON_BAD_CHARACTER] = {"bad-character", "this character cannot stand here",
                                "texts and keys stand in double quotes, as in {\"dob\": \"1944-03-02\"}"},
    [ASK_JSON_BAD_WORD] = {"bad-word", "a word stands here without quotes",
                           "only true, false and null do; a text goes in double quotes"},
    [ASK_JSON_BAD_NUMBER] = {"bad-number", "this number is not complete",
                             "write digits after the minus sign, the point or the e"},
    [ASK_JSON_COMMENT] = {"comment", "JSON has no comments", "leave it out"},
    [ASK_JSON_AFTER_END] = {"after-end", "something follows after the end of the value",
                            "one file holds one household; many go one a line through assess --bulk"},
    [ASK_JSON_BAD_KEY] = {"bad-key", "a key has to stand here, in double quotes",
                          "check for a comma before the closing } or for a key without quotes"},
    [ASK_JSON_NO_COLON] = {"no-colon", "a colon has to stand between a key and its value",
                           "as in \"rent_monthly\": 1450.00"},
    [ASK_JSON_NO_COMMA_OBJECT] = {"no-comma", "a comma or the closing } has to stand here",
                                  "check for a comma missing after the value before this"},
    [ASK_JSON_NO_COMMA_ARRAY] = {"no-comma", "a comma or the closing ] has to stand here",
                                 "check for a comma missing after the value before this"},
    [ASK_JSON_UNEXPECTED] = {"unexpected", "a value has to stand here",
                             "check for a comma too many or a value that is missing"},
};

void ask_json_report(const struct ask_json_rejection *rejection, struct ask_problems *problems) {
  const struct advice *row = &advice[rejection->fault];
  struct ask_place at = rejection->at, opened = rejection->opened;
  const char *percent = strstr(row->message, "%s");
  if (percent)
    ask_problem_add(problems, ASK_ERROR, row->code, at, rejection->path, row->hint, "%.*s%s%s",
                    (int)(percent - row->message), row->message, rejection->detail, percent + 2);
  else if (opened.line)
    ask_problem_add(problems, ASK_ERROR, row->code, at, rejection->path, row->hint,
                    "%s that begins at line %d, column %d", row->message, opened.line, opened.column);
  else
    ask_problem_add(problems, ASK_ERROR, row->code, at, rejection->path, row->hint, "%s", row->message);
}
