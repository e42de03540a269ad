/* Recursive descent with precedence climbing; every bound (length, nodes, depth) is checked before it is passed. */
#include <ctype.h>
#include <string.h>

#include "expr/ast.h"

enum token_kind { T_END, T_NUMBER, T_STRING, T_NAME, T_PUNCTUATION, T_BAD };

struct parser {
  struct ask_arena *arena;
  const char *source;
  size_t length, next; /* next: where the lexer stands */
  struct ask_place at;
  struct ask_problems *problems;
  size_t nodes;
  int depth;
  bool failed;
  enum token_kind kind; /* the current token */
  size_t start, end;
  struct ask_text string; /* of a T_STRING */
};

struct ask_place ask_ast_place(struct ask_place at, const char *source, size_t offset) {
  struct ask_place place = at;
  size_t from = 0;
  for (size_t i = 0; at.parts && i < at.parts->count && at.parts->list[i].offset <= offset; i++) {
    from = at.parts->list[i].offset;
    place.line = at.parts->list[i].line;
    place.column = at.parts->list[i].column;
  }
  place.parts = NULL;
  for (size_t i = from; i < offset && source[i]; i++) {
    if (source[i] == '\n') {
      place.line++;
      place.column = at.column ? 1 : 0;
    } else if (place.column) {
      place.column++;
    }
  }
  return place;
}

const char *ask_ast_shown(struct ask_arena *arena, const char *source, size_t offset) {
  enum { SHOWN = 120, BEFORE = 50 };
  struct ask_buffer text = {0};
  size_t length = strlen(source), first = 0, last = length;
  if (length > SHOWN) {
    first = offset > BEFORE ? offset - BEFORE : 0;
    last = first + SHOWN < length ? first + SHOWN : length;
    while (first && ((unsigned char)source[first] & 0xC0) == 0x80) first--;
    while (last < length && ((unsigned char)source[last] & 0xC0) == 0x80) last++;
  }
  if (first) ask_buffer_puts(&text, "...");
  for (size_t i = first; i < last; i++) {
    bool blank = strchr(" \t\r\n", source[i]) != NULL;
    if (!blank || (text.length && text.bytes[text.length - 1] != ' ')) ask_buffer_putc(&text, blank ? ' ' : source[i]);
  }
  if (last < length) ask_buffer_puts(&text, "...");
  const char *copy = ask_strdup(arena, text.bytes ? text.bytes : "");
  ask_buffer_free(&text);
  return copy;
}

static void fail(struct parser *p, size_t offset, const char *code, const char *message, const char *hint) {
  if (!p->failed)
    ask_problem_add(p->problems, ASK_ERROR, code, ask_ast_place(p->at, p->source, offset), NULL, hint, "%s in `%s`",
                    message, ask_ast_shown(p->arena, p->source, offset));
  p->failed = true;
}

static void read_string(struct parser *p, char quote) {
  char *bytes = ask_alloc(p->arena, p->length - p->next + 1);
  size_t n = 0;
  while (p->next < p->length && p->source[p->next] != quote) {
    char c = p->source[p->next++];
    if (c == '\\' && p->next < p->length) {
      c = p->source[p->next++];
      if (c != '\\' && c != '\'' && c != '"') {
        p->kind = T_BAD;
        fail(p, p->next - 2, "syntax", "unknown escape", "in words only \\\\ \\' \\\" are escapes");
        return;
      }
    }
    bytes[n++] = c;
  }
  if (p->next >= p->length) {
    p->kind = T_BAD;
    fail(p, p->start, "syntax", "a word in quotes does not end", "close it with the same quote");
    return;
  }
  p->next++;
  p->kind = T_STRING;
  p->string = (struct ask_text){bytes, n};
}

static void read_number(struct parser *p) {
  const char *s = p->source;
  while (p->next < p->length && isdigit((unsigned char)s[p->next])) p->next++;
  if (p->next + 1 < p->length && s[p->next] == '.' && isdigit((unsigned char)s[p->next + 1])) {
    p->next++;
    while (p->next < p->length && isdigit((unsigned char)s[p->next])) p->next++;
  }
  p->kind = T_NUMBER;
  if (p->next < p->length && (isalnum((unsigned char)s[p->next]) || s[p->next] == '_' || s[p->next] == '.')) {
    p->kind = T_BAD;
    fail(p, p->start, "syntax", "a malformed number", "write plain digits, with one point for decimals: 1450.50");
  }
}

static void advance(struct parser *p) {
  static const char *const twos[] = {"==", "~=", "<=", ">=", "//"};
  const char *s = p->source;
  while (p->next < p->length && isspace((unsigned char)s[p->next])) p->next++;
  p->start = p->next;
  p->kind = T_END;
  if (p->next >= p->length) {
    p->end = p->next;
    return;
  }
  char c = s[p->next];
  if (isdigit((unsigned char)c)) {
    read_number(p);
  } else if (c == '\'' || c == '"') {
    p->next++;
    read_string(p, c);
  } else if (isalpha((unsigned char)c) || c == '_') {
    while (p->next < p->length && (isalnum((unsigned char)s[p->next]) || s[p->next] == '_')) p->next++;
    p->kind = T_NAME;
  } else {
    p->kind = T_PUNCTUATION;
    p->next++;
    for (size_t i = 0; i < sizeof twos / sizeof *twos; i++)
      if (strncmp(s + p->start, twos[i], 2) == 0) p->next = p->start + 2;
    if (c == '-' && s[p->next] == '-') { /* in Lua it begins a comment */
      p->kind = T_BAD;
      fail(p, p->start, "syntax", "two minus signs in a row", "put a space or ( ) between them");
    } else if (p->next == p->start + 1 && !strchr("()[].,+-*/%<>", c)) {
      p->kind = T_BAD;
      fail(p, p->start, "syntax", "an unexpected character",
           c == '='               ? "to compare, write =="
           : c == '!'             ? "not equal is written ~="
           : c == '&' || c == '|' ? "write the words: and, or"
                                  : "see the list of operators in docs/rule-author.md");
    }
  }
  p->end = p->next;
}

static bool is(const struct parser *p, const char *text) {
  size_t n = strlen(text);
  return (p->kind == T_NAME || p->kind == T_PUNCTUATION) && p->end - p->start == n &&
         memcmp(p->source + p->start, text, n) == 0;
}

static bool accept(struct parser *p, const char *text) {
  if (!is(p, text)) return false;
  advance(p);
  return true;
}

static struct ask_ast *node(struct parser *p, enum ask_ast_kind kind, size_t offset) {
  if (++p->nodes > ASK_AST_MAX_NODES) {
    fail(p, offset, "too-large", "the expression is too large", "move parts of it into worksheet lines");
    return NULL;
  }
  struct ask_ast *n = ask_alloc(p->arena, sizeof *n);
  n->kind = kind;
  n->offset = offset;
  return n;
}

static struct ask_ast *expression(struct parser *p, int level);

static void expect(struct parser *p, const char *text, const char *message) {
  if (!p->failed && !accept(p, text)) fail(p, p->start, "syntax", message, NULL);
}

static struct ask_text token_text(const struct parser *p) {
  return (struct ask_text){p->source + p->start, p->end - p->start};
}

static void call_arguments(struct parser *p, struct ask_ast *call) {
  struct ask_ast **tail = &call->arguments;
  if (accept(p, ")")) return;
  do {
    struct ask_ast *argument = expression(p, 0);
    if (p->failed) return;
    *tail = argument;
    tail = &argument->next;
    call->argument_count++;
  } while (accept(p, ","));
  expect(p, ")", "a closing ) is missing after the arguments");
}

static struct ask_ast *primary(struct parser *p) {
  static const char *const reserved[] = {"and", "or", "not", "nil", "function", "if", "then", "else", "end"};
  size_t start = p->start;
  struct ask_ast *n = NULL;
  if (p->kind == T_NUMBER || p->kind == T_STRING) {
    n = node(p, p->kind == T_NUMBER ? ASK_AST_NUMBER : ASK_AST_STRING, start);
    if (n) n->text = p->kind == T_NUMBER ? token_text(p) : p->string;
    advance(p);
    return n;
  }
  if (accept(p, "(")) {
    n = expression(p, 0);
    expect(p, ")", "a closing ) is missing");
    return n;
  }
  if (p->kind != T_NAME) {
    if (p->kind != T_BAD)
      fail(p, start, "syntax", p->kind == T_END ? "the expression ends too early" : "a value is expected here", NULL);
    return NULL;
  }
  if (is(p, "true") || is(p, "false")) {
    n = node(p, is(p, "true") ? ASK_AST_TRUE : ASK_AST_FALSE, start);
    advance(p);
    return n;
  }
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (is(p, reserved[i])) {
      fail(p, start, "syntax", "a value is expected here",
           strcmp(reserved[i], "nil") == 0 ? "to ask whether there is an answer write answered(item)" : NULL);
      return NULL;
    }
  n = node(p, ASK_AST_NAME, start);
  if (!n) return NULL;
  n->text = token_text(p);
  advance(p);
  if (accept(p, "(")) {
    n->kind = ASK_AST_CALL;
    call_arguments(p, n);
    return n;
  }
  while (!p->failed && (is(p, ".") || is(p, "["))) {
    bool dot = is(p, ".");
    struct ask_ast *outer = node(p, dot ? ASK_AST_MEMBER : ASK_AST_INDEX, start);
    if (!outer) return NULL;
    advance(p);
    outer->a = n;
    if (dot) {
      if (p->kind != T_NAME) {
        fail(p, p->start, "syntax", "a name is expected after the point", NULL);
        return NULL;
      }
      outer->text = token_text(p);
      advance(p);
    } else {
      outer->b = expression(p, 0);
      expect(p, "]", "a closing ] is missing");
    }
    n = outer;
  }
  return n;
}

static struct ask_ast *unary(struct parser *p) {
  if (p->failed) return NULL;
  if (++p->depth > ASK_AST_MAX_DEPTH) {
    fail(p, p->start, "too-deep", "the expression is nested too deeply", "move parts of it into worksheet lines");
    return NULL;
  }
  struct ask_ast *n = NULL;
  size_t start = p->start;
  bool negate = is(p, "-"), invert = is(p, "not");
  if (negate || invert) {
    advance(p);
    struct ask_ast *inner = unary(p);
    if (!p->failed && (n = node(p, ASK_AST_UNARY, start))) {
      n->op = negate ? ASK_OP_NEG : ASK_OP_NOT;
      n->a = inner;
    }
  } else {
    n = primary(p);
  }
  p->depth--;
  return n;
}

static const struct binary {
  const char *text;
  enum ask_ast_op op;
  int level;
} binaries[] = {
    {"or", ASK_OP_OR, 0},       {"and", ASK_OP_AND, 1}, {"==", ASK_OP_EQ, 2}, {"~=", ASK_OP_NE, 2},
    {"<", ASK_OP_LT, 2},        {"<=", ASK_OP_LE, 2},   {">", ASK_OP_GT, 2},  {">=", ASK_OP_GE, 2},
    {"+", ASK_OP_ADD, 3},       {"-", ASK_OP_SUB, 3},   {"*", ASK_OP_MUL, 4}, {"/", ASK_OP_DIV, 4},
    {"//", ASK_OP_FLOORDIV, 4}, {"%", ASK_OP_MOD, 4},
};

const char *ask_ast_op_text(enum ask_ast_op op) {
  if (op == ASK_OP_NEG) return "-";
  if (op == ASK_OP_NOT) return "not";
  for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
    if (binaries[i].op == op) return binaries[i].text;
  return "?";
}

static const struct binary *binary_at(const struct parser *p) {
  for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
    if (is(p, binaries[i].text)) return &binaries[i];
  return NULL;
}

static struct ask_ast *expression(struct parser *p, int level) {
  if (p->failed) return NULL;
  if (++p->depth > ASK_AST_MAX_DEPTH) {
    fail(p, p->start, "too-deep", "the expression is nested too deeply", "move parts of it into worksheet lines");
    return NULL;
  }
  struct ask_ast *left = unary(p);
  const struct binary *b;
  while (!p->failed && (b = binary_at(p)) && b->level >= level) {
    size_t offset = p->start;
    advance(p);
    struct ask_ast *right = expression(p, b->level + 1);
    if (p->failed) break;
    struct ask_ast *n = node(p, ASK_AST_BINARY, offset);
    if (!n) break;
    n->op = b->op;
    n->a = left;
    n->b = right;
    left = n;
  }
  p->depth--;
  return p->failed ? NULL : left;
}

struct ask_ast *ask_ast_parse(struct ask_arena *arena, const char *source, struct ask_place at,
                              struct ask_problems *problems) {
  struct parser p = {.arena = arena, .source = source, .length = strlen(source), .at = at, .problems = problems};
  if (p.length > ASK_AST_MAX_LENGTH) {
    ask_problem_add(problems, ASK_ERROR, "too-large", at, NULL, "move parts of it into worksheet lines",
                    "the expression is longer than %d characters", ASK_AST_MAX_LENGTH);
    return NULL;
  }
  advance(&p);
  if (p.kind == T_END) fail(&p, 0, "syntax", "an empty expression", NULL);
  struct ask_ast *ast = p.failed ? NULL : expression(&p, 0);
  if (!p.failed && p.kind != T_END) fail(&p, p.start, "syntax", "something is left over after the expression", NULL);
  return p.failed ? NULL : ast;
}
