/* Finds the texts of the interface in the sources of its pages: literals that are handed to t and tn. It reads tokens and
 * brackets, not the language: whether the source is good Lua is found out by who runs it. */
#include <stdlib.h>
#include <string.h>

#include "service/locale_parts.h"

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_TEXT, TOKEN_MARK, TOKEN_OTHER };

struct token {
  enum token_kind kind;
  const char *text; /* name, decoded text, or the sign */
  int line, column;
};

struct scanner {
  struct ask_arena *arena;
  const char *path, *begin, *at, *end, *line_start;
  int line;
  struct token *tokens;
  size_t count, capacity;
  const char *where;
  struct ask_seen *seen;
  struct ask_problems *problems;
};

/* ---- tokens ------------------------------------------------------------------------------------------------------ */

static int look(const struct scanner *s, size_t ahead) {
  return (size_t)(s->end - s->at) > ahead ? (unsigned char)s->at[ahead] : -1;
}

static void step(struct scanner *s) {
  if (*s->at++ == '\n') {
    s->line++;
    s->line_start = s->at;
  }
}

static bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static bool is_blank(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static int hex_digit(int c) {
  if (is_digit(c)) return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The level of a long bracket that begins here ([[: 0, [=[: 1), or -1. */
static int long_level(const struct scanner *s) {
  size_t level = 0;
  if (look(s, 0) != '[') return -1;
  while (look(s, level + 1) == '=') level++;
  return look(s, level + 1) == '[' && level < 100 ? (int)level : -1;
}

/* The inside of a long bracket, which begins here; without its first line end. */
static const char *long_text(struct scanner *s, int level) {
  for (int i = 0; i < level + 2; i++) step(s);
  if (look(s, 0) == '\r') step(s);
  if (look(s, 0) == '\n') step(s);
  const char *from = s->at;
  for (; s->at < s->end; step(s)) {
    int equals = 0;
    if (*s->at != ']') continue;
    while (look(s, (size_t)equals + 1) == '=') equals++;
    if (equals != level || look(s, (size_t)equals + 1) != ']') continue;
    const char *text = ask_strndup(s->arena, from, (size_t)(s->at - from));
    for (int i = 0; i < level + 2; i++) step(s);
    return text;
  }
  return ask_strndup(s->arena, from, (size_t)(s->at - from));
}

static void put_code_point(struct ask_buffer *b, uint32_t c) {
  if (c < 0x80) {
    ask_buffer_putc(b, (char)c);
  } else if (c < 0x800) {
    ask_buffer_putc(b, (char)(0xC0 | c >> 6));
    ask_buffer_putc(b, (char)(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    ask_buffer_putc(b, (char)(0xE0 | c >> 12));
    ask_buffer_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
    ask_buffer_putc(b, (char)(0x80 | (c & 0x3F)));
  } else if (c < 0x110000) {
    ask_buffer_putc(b, (char)(0xF0 | c >> 18));
    ask_buffer_putc(b, (char)(0x80 | (c >> 12 & 0x3F)));
    ask_buffer_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
    ask_buffer_putc(b, (char)(0x80 | (c & 0x3F)));
  }
}

/* \065: up to three digits, the first of which is here. */
static void put_decimal(struct scanner *s, struct ask_buffer *b) {
  int value = 0;
  for (int i = 0; i < 3 && is_digit(look(s, 0)); i++, step(s)) value = value * 10 + *s->at - '0';
  ask_buffer_putc(b, (char)value);
}

/* What stands behind a backslash. */
static void put_escape(struct scanner *s, struct ask_buffer *b) {
  static const char letters[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
  int c = look(s, 0);
  const char *letter = c > 0 ? strchr(letters, c) : NULL;
  if (c < 0) return;
  if (is_digit(c)) {
    put_decimal(s, b);
    return;
  }
  step(s);
  if (letter) {
    ask_buffer_putc(b, meant[letter - letters]);
  } else if (c == 'z') {
    while (is_blank(look(s, 0))) step(s);
  } else if (c == 'x' && hex_digit(look(s, 0)) >= 0 && hex_digit(look(s, 1)) >= 0) {
    ask_buffer_putc(b, (char)(hex_digit(look(s, 0)) * 16 + hex_digit(look(s, 1))));
    s->at += 2;
  } else if (c == 'u' && look(s, 0) == '{') {
    uint32_t code = 0;
    for (step(s); hex_digit(look(s, 0)) >= 0; step(s))
      if (code < 0x110000) code = code * 16 + (uint32_t)hex_digit(look(s, 0));
    if (look(s, 0) == '}') step(s);
    put_code_point(b, code);
  } else {
    ask_buffer_putc(b, (char)c);
  }
}

static const char *quoted_text(struct scanner *s) {
  struct ask_buffer b = {0};
  char quote = *s->at;
  step(s);
  while (s->at < s->end && *s->at != quote && *s->at != '\n') {
    char c = *s->at;
    step(s);
    if (c == '\\')
      put_escape(s, &b);
    else
      ask_buffer_putc(&b, c);
  }
  if (look(s, 0) == quote) step(s);
  const char *text = ask_strndup(s->arena, b.bytes ? b.bytes : "", b.length);
  ask_buffer_free(&b);
  return text;
}

/* True for the comment that marks a text for translation. */
static bool comment(struct scanner *s) {
  s->at += 2;
  int level = long_level(s);
  if (level >= 0) return strcmp(long_text(s, level), "t") == 0;
  while (s->at < s->end && *s->at != '\n') s->at++;
  return false;
}

static const char *name_or_number(struct scanner *s) {
  const char *from = s->at;
  bool number = is_digit(*from);
  while (is_letter(look(s, 0)) || is_digit(look(s, 0)) || (number && look(s, 0) == '.' && look(s, 1) != '.')) s->at++;
  return ask_strndup(s->arena, from, (size_t)(s->at - from));
}

static const char *sign(struct scanner *s) {
  static const char *const longer[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
  for (size_t i = 0; i < sizeof longer / sizeof *longer; i++) {
    size_t length = strlen(longer[i]);
    if ((size_t)(s->end - s->at) < length || memcmp(s->at, longer[i], length) != 0) continue;
    s->at += length;
    return longer[i];
  }
  return ask_strndup(s->arena, s->at++, 1);
}

static void push(struct scanner *s, struct token token) {
  struct token *room = ask_push(s->arena, &s->tokens, &s->count, &s->capacity, sizeof *room);
  *room = token;
}

static void read_tokens(struct scanner *s) {
  for (;;) {
    while (is_blank(look(s, 0))) step(s);
    struct token token = {.kind = TOKEN_END, .text = "", .line = s->line, .column = (int)(s->at - s->line_start) + 1};
    int c = look(s, 0);
    if (c < 0) {
      push(s, token);
      return;
    }
    if (c == '-' && look(s, 1) == '-') {
      if (!comment(s)) continue;
      token.kind = TOKEN_MARK;
    } else if (c == '"' || c == '\'') {
      token.kind = TOKEN_TEXT;
      token.text = quoted_text(s);
    } else if (long_level(s) >= 0) {
      token.kind = TOKEN_TEXT;
      token.text = long_text(s, long_level(s));
    } else if (is_letter(c) || is_digit(c)) {
      token.kind = is_letter(c) ? TOKEN_NAME : TOKEN_OTHER;
      token.text = name_or_number(s);
    } else {
      token.kind = TOKEN_OTHER;
      token.text = sign(s);
    }
    push(s, token);
  }
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static bool is(const struct token *token, const char *text) {
  return token->kind != TOKEN_TEXT && strcmp(token->text, text) == 0;
}

static bool is_one_of(const struct token *token, const char *const *texts) {
  for (; *texts; texts++)
    if (is(token, *texts)) return true;
  return false;
}

/* The end of what begins at a bracket: the number of the token that closes it. */
static size_t closing(const struct scanner *s, size_t open) {
  int depth = 0;
  for (size_t i = open; i < s->count; i++) {
    const struct token *token = &s->tokens[i];
    if (is(token, "(") || is(token, "{") || is(token, "[")) depth++;
    if ((is(token, ")") || is(token, "}") || is(token, "]")) && --depth == 0) return i;
  }
  return s->count - 1;
}

/* One literal, or several with .. between them, from token i on; *i: the token after it. */
static void take_text(struct scanner *s, size_t *i) {
  const struct token *first = &s->tokens[*i];
  const char *text = first->text;
  for (++*i; is(&s->tokens[*i], "..") && s->tokens[*i + 1].kind == TOKEN_TEXT; *i += 2)
    text = ask_printf(s->arena, "%s%s", text, s->tokens[*i + 1].text);
  if (is(&s->tokens[*i], ".."))
    ask_problem_add(s->problems, ASK_ERROR, "not-literal",
                    (struct ask_place){s->path, first->line, first->column, NULL}, NULL,
                    "write {name} in it and hand the value over: t(\"Hello {name}\", {name = ...})",
                    "a text that is put together at run time cannot be translated");
  else if (ask_utf8_valid(text, strlen(text)))
    ask_seen_add(s->arena, s->seen, text, s->where);
}

/* A bracket behind a value is a call or an index: what is in it is no text of ours. */
static bool opens_call(const struct token *before, const struct token *token) {
  static const char *const words[] = {"and", "or", "not", "return", NULL};
  if (is(token, "[")) return true;
  bool value = before->kind == TOKEN_TEXT || (before->kind == TOKEN_NAME && !is_one_of(before, words)) ||
               is(before, ")") || is(before, "]");
  return value && (is(token, "(") || is(token, "{"));
}

/* The literals that an expression may give: t(open and "Open" or "Closed"); not what it is compared with. */
static void take_expression(struct scanner *s, size_t from, size_t to) {
  static const char *const before[] = {"and", "or", "(", "{", ",", ";", "=", NULL}, *const after[] = {"and", "or", ")",
                                                                                                      "}",   ",",  ";",
                                                                                                      "..",  NULL};
  for (size_t i = from; i < to;) {
    const struct token *token = &s->tokens[i], *previous = &s->tokens[i - 1];
    if (i > from && opens_call(previous, token)) {
      i = closing(s, i) + 1;
    } else if (token->kind == TOKEN_TEXT && (i == from || is_one_of(previous, before)) &&
               (i + 1 == to || is_one_of(&s->tokens[i + 1], after))) {
      take_text(s, &i);
    } else {
      i++;
    }
  }
}

/* The arguments of a call, whose bracket is token `open`: those with a number in [first, last]. */
static void take_arguments(struct scanner *s, size_t open, int first, int last) {
  size_t end = closing(s, open), from = open + 1;
  int number = 1, depth = 0;
  for (size_t i = open + 1; i <= end; i++) {
    const struct token *token = &s->tokens[i];
    if (i == end || (depth == 0 && is(token, ","))) {
      if (number >= first && number <= last) take_expression(s, from, i);
      from = i + 1;
      number++;
    } else if (is(token, "(") || is(token, "{") || is(token, "[")) {
      depth++;
    } else if (is(token, ")") || is(token, "}") || is(token, "]")) {
      depth--;
    }
  }
}

void ask_locale_scan(struct ask_arena *arena, const char *path, const char *bytes, size_t length, const char *where,
                     struct ask_seen *seen, struct ask_problems *problems) {
  struct scanner scanner = {.arena = arena,
                            .path = path,
                            .begin = bytes,
                            .at = bytes,
                            .end = bytes + length,
                            .line_start = bytes,
                            .line = 1,
                            .where = where,
                            .seen = seen,
                            .problems = problems},
                 *s = &scanner;
  read_tokens(s);
  for (size_t i = 0; i + 1 < s->count; i++) {
    const struct token *token = &s->tokens[i], *next = &s->tokens[i + 1];
    bool one = token->kind == TOKEN_NAME && is(token, "t"), many = token->kind == TOKEN_NAME && is(token, "tn");
    size_t text = i + 1;
    if ((one || token->kind == TOKEN_MARK) && next->kind == TOKEN_TEXT)
      take_text(s, &text);
    else if (one && is(next, "("))
      take_arguments(s, i + 1, 1, 1);
    else if (many && is(next, "("))
      take_arguments(s, i + 1, 2, 3);
  }
}
