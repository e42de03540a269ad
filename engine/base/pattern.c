/* The matcher for text items: parses a pattern into a tree, the tree into a short program, and runs all ways through
 * the program at once (Ken Thompson, 1968), one code point after the other. No back-references, no captures. */
#include "base/pattern.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum {
  SOURCE_LIMIT = 1000, /* bytes of a pattern */
  DEPTH_LIMIT = 32,    /* groups in groups */
  REPEAT_LIMIT = 64,   /* the largest number in braces */
  PROGRAM_LIMIT = 2000 /* instructions; {m,n} copies what it repeats */
};

struct range {
  uint32_t first, last;
};

struct set {
  struct range *ranges;
  size_t count, capacity;
  bool negated;
};

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

enum node_kind { LITERAL, ANY, SET, SEQUENCE, CHOICE, REPEAT };

struct node {
  enum node_kind kind;
  uint32_t point;     /* LITERAL */
  struct set *set;    /* SET */
  struct node *child; /* SEQUENCE, CHOICE, REPEAT: the first */
  struct node *next;  /* its next sibling */
  int least, most;    /* REPEAT; most -1: no end */
};

struct reader {
  struct ask_arena *arena;
  const char *source;
  size_t length, at;
  const char *message; /* the first error; nothing is read after it */
  size_t error_at;
};

static struct node *fail(struct reader *reader, size_t at, const char *message) {
  if (!reader->message) {
    reader->message = message;
    reader->error_at = at;
  }
  return NULL;
}

static struct node *node_new(struct reader *reader, enum node_kind kind) {
  struct node *node = ask_alloc(reader->arena, sizeof *node);
  node->kind = kind;
  return node;
}

/* Decodes one code point of well-formed UTF-8. */
static uint32_t next_point(const char *bytes, size_t *at) {
  const unsigned char *b = (const unsigned char *)bytes + *at;
  if (b[0] < 0x80) {
    *at += 1;
    return b[0];
  }
  if (b[0] < 0xE0) {
    *at += 2;
    return (uint32_t)(b[0] & 0x1F) << 6 | (uint32_t)(b[1] & 0x3F);
  }
  if (b[0] < 0xF0) {
    *at += 3;
    return (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (uint32_t)(b[2] & 0x3F);
  }
  *at += 4;
  return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 | (uint32_t)(b[2] & 0x3F) << 6 |
         (uint32_t)(b[3] & 0x3F);
}

static bool more(const struct reader *reader) { return reader->at < reader->length; }

static bool peek_is(const struct reader *reader, char c) { return more(reader) && reader->source[reader->at] == c; }

static struct node *read_set(struct reader *reader) {
  size_t opened = reader->at++;
  struct set *set = ask_alloc(reader->arena, sizeof *set);
  if (peek_is(reader, '^')) {
    set->negated = true;
    reader->at++;
  }
  bool first = true; /* a ] that comes first stands for itself, as in POSIX */
  while (more(reader) && (first || !peek_is(reader, ']'))) {
    first = false;
    size_t at = reader->at;
    if (peek_is(reader, '[') && at + 1 < reader->length && strchr(":.=", reader->source[at + 1]))
      return fail(reader, at, "named classes such as [:alpha:] are not supported: write the ranges, [A-Za-z]");
    if (peek_is(reader, '\\'))
      return fail(reader, at, "inside brackets a backslash is not needed: put - first or last, and ] first");
    uint32_t from = next_point(reader->source, &reader->at);
    uint32_t to = from;
    if (peek_is(reader, '-') && reader->at + 1 < reader->length && reader->source[reader->at + 1] != ']') {
      reader->at++;
      to = next_point(reader->source, &reader->at);
      if (to < from) return fail(reader, at, "a range in brackets runs backwards");
    }
    struct range *range = ask_push(reader->arena, &set->ranges, &set->count, &set->capacity, sizeof *range);
    *range = (struct range){from, to};
  }
  if (!peek_is(reader, ']')) return fail(reader, opened, "this [ has no closing ]");
  reader->at++;
  struct node *node = node_new(reader, SET);
  node->set = set;
  return node;
}

static struct node *read_choice(struct reader *reader, int depth);

static struct node *read_atom(struct reader *reader, int depth) {
  size_t at = reader->at;
  char c = reader->source[at];
  if (c == '(') {
    if (depth >= DEPTH_LIMIT) return fail(reader, at, "more than 32 parentheses inside one another");
    reader->at++;
    struct node *inside = read_choice(reader, depth + 1);
    if (!inside) return NULL;
    if (!peek_is(reader, ')')) return fail(reader, at, "this ( has no closing )");
    reader->at++;
    return inside;
  }
  if (c == '[') return read_set(reader);
  if (c == '.') {
    reader->at++;
    return node_new(reader, ANY);
  }
  if (strchr("*+?{", c))
    return fail(reader, at,
                "there is nothing to repeat before this sign; write a backslash before it if it stands for itself");
  if (c == '^' || c == '$') return fail(reader, at, "the pattern always matches the whole text: leave ^ and $ out");
  if (c == '\\') {
    if (at + 1 >= reader->length) return fail(reader, at, "a backslash at the end");
    char escaped = reader->source[at + 1];
    if (!strchr("\\.[](){}*+?|^$/-", escaped))
      return fail(reader, at,
                  "a backslash may stand before a sign only; write [0-9] for a digit, [A-Za-z] for a letter");
    reader->at++;
  }
  struct node *node = node_new(reader, LITERAL);
  node->point = next_point(reader->source, &reader->at);
  return node;
}

static bool read_count(struct reader *reader, int *ret) {
  size_t start = reader->at;
  int value = 0;
  while (more(reader) && reader->source[reader->at] >= '0' && reader->source[reader->at] <= '9') {
    if (value <= REPEAT_LIMIT) value = value * 10 + (reader->source[reader->at] - '0');
    reader->at++;
  }
  *ret = value;
  return reader->at > start;
}

/* The repetition sign after an atom, if there is one. */
static struct node *read_repeat(struct reader *reader, struct node *atom) {
  if (!more(reader)) return atom;
  size_t at = reader->at;
  int least = 0, most = -1;
  switch (reader->source[at]) {
  case '*': reader->at++; break;
  case '+':
    reader->at++;
    least = 1;
    break;
  case '?':
    reader->at++;
    most = 1;
    break;
  case '{':
    reader->at++;
    if (!read_count(reader, &least)) return fail(reader, at, "expected a number in braces: {5} or {1,5}");
    most = least;
    if (peek_is(reader, ',')) {
      reader->at++;
      if (!read_count(reader, &most)) return fail(reader, at, "expected a number after the comma: {1,5}");
    }
    if (!peek_is(reader, '}')) return fail(reader, at, "this { has no closing }");
    reader->at++;
    if (least > REPEAT_LIMIT || most > REPEAT_LIMIT) return fail(reader, at, "at most 64 repetitions can be asked for");
    if (most < least) return fail(reader, at, "the numbers in braces run backwards");
    if (most == 0) return fail(reader, at, "{0} would match nothing");
    break;
  default: return atom;
  }
  if (more(reader) && strchr("*+?{", reader->source[reader->at]))
    return fail(reader, reader->at, "two repetition signs in a row; use parentheses");
  struct node *node = node_new(reader, REPEAT);
  node->child = atom;
  node->least = least;
  node->most = most;
  return node;
}

static struct node *read_sequence(struct reader *reader, int depth) {
  struct node *sequence = node_new(reader, SEQUENCE);
  struct node **tail = &sequence->child;
  while (more(reader) && !peek_is(reader, '|') && !peek_is(reader, ')')) {
    struct node *node = read_atom(reader, depth);
    if (node) node = read_repeat(reader, node);
    if (!node) return NULL;
    *tail = node;
    tail = &node->next;
  }
  if (!sequence->child)
    return fail(reader, reader->at, "an empty pattern, group or alternative; use ? for something that may be absent");
  return sequence;
}

static struct node *read_choice(struct reader *reader, int depth) {
  struct node *choice = node_new(reader, CHOICE);
  struct node **tail = &choice->child;
  for (;;) {
    struct node *sequence = read_sequence(reader, depth);
    if (!sequence) return NULL;
    *tail = sequence;
    tail = &sequence->next;
    if (!peek_is(reader, '|')) return choice;
    reader->at++;
  }
}

/* ---- the program ------------------------------------------------------------------------------------------------- */

enum op { OP_POINT, OP_ANY, OP_SET, OP_SPLIT, OP_JUMP, OP_MATCH };

struct instruction {
  enum op op;
  uint32_t point;
  const struct set *set;
  uint16_t x, y; /* SPLIT: both ways; JUMP: x */
};

struct ask_pattern {
  struct instruction *program;
  size_t count, capacity;
};

struct writer {
  struct ask_arena *arena;
  struct ask_pattern *pattern;
  bool full;
};

/* Returns the place of the new instruction; when the program is full, that of the last one, and the pattern is
 * refused. */
static uint16_t emit(struct writer *writer, enum op op) {
  struct ask_pattern *pattern = writer->pattern;
  if (pattern->count >= PROGRAM_LIMIT) {
    writer->full = true;
    return PROGRAM_LIMIT - 1;
  }
  struct instruction *room =
      ask_push(writer->arena, &pattern->program, &pattern->count, &pattern->capacity, sizeof *room);
  *room = (struct instruction){.op = op};
  return (uint16_t)(pattern->count - 1);
}

static uint16_t here(const struct writer *writer) { return (uint16_t)writer->pattern->count; }

/* The depth of the recursion is at most three times DEPTH_LIMIT; every node emits something, so that a full program
 * ends it soon. */
static void emit_node(struct writer *writer, const struct node *node);

static void emit_choice(struct writer *writer, const struct node *first) {
  uint16_t jumps[SOURCE_LIMIT];
  size_t jump_count = 0;
  for (const struct node *child = first; child && !writer->full; child = child->next) {
    if (!child->next) {
      emit_node(writer, child);
      break;
    }
    uint16_t split = emit(writer, OP_SPLIT);
    writer->pattern->program[split].x = here(writer);
    emit_node(writer, child);
    jumps[jump_count++] = emit(writer, OP_JUMP);
    writer->pattern->program[split].y = here(writer);
  }
  for (size_t i = 0; i < jump_count; i++) writer->pattern->program[jumps[i]].x = here(writer);
}

static void emit_repeat(struct writer *writer, const struct node *node) {
  uint16_t start = here(writer);
  for (int i = 0; i < node->least && !writer->full; i++) {
    start = here(writer);
    emit_node(writer, node->child);
  }
  if (node->most < 0) {
    uint16_t split;
    if (node->least > 0) {
      split = emit(writer, OP_SPLIT);
      writer->pattern->program[split].x = start;
    } else {
      split = emit(writer, OP_SPLIT);
      writer->pattern->program[split].x = here(writer);
      emit_node(writer, node->child);
      uint16_t back = emit(writer, OP_JUMP);
      writer->pattern->program[back].x = split;
    }
    writer->pattern->program[split].y = here(writer);
    return;
  }
  uint16_t splits[REPEAT_LIMIT];
  size_t split_count = 0;
  for (int i = node->least; i < node->most && !writer->full; i++) {
    uint16_t split = emit(writer, OP_SPLIT);
    writer->pattern->program[split].x = here(writer);
    splits[split_count++] = split;
    emit_node(writer, node->child);
  }
  for (size_t i = 0; i < split_count; i++) writer->pattern->program[splits[i]].y = here(writer);
}

static void emit_node(struct writer *writer, const struct node *node) {
  if (writer->full) return;
  switch (node->kind) {
  case LITERAL: {
    uint16_t at = emit(writer, OP_POINT);
    writer->pattern->program[at].point = node->point;
    break;
  }
  case ANY: emit(writer, OP_ANY); break;
  case SET: {
    uint16_t at = emit(writer, OP_SET);
    writer->pattern->program[at].set = node->set;
    break;
  }
  case SEQUENCE:
    for (const struct node *child = node->child; child; child = child->next) emit_node(writer, child);
    break;
  case CHOICE: emit_choice(writer, node->child); break;
  case REPEAT: emit_repeat(writer, node); break;
  }
}

struct ask_pattern *ask_pattern_compile(struct ask_arena *arena, const char *source, const char **ret_message,
                                        size_t *ret_offset) {
  struct reader reader = {.arena = arena, .source = source, .length = strlen(source)};
  struct ask_pattern *pattern = NULL;
  if (reader.length > SOURCE_LIMIT) {
    fail(&reader, SOURCE_LIMIT, "the pattern is longer than 1000 bytes");
    goto done;
  }
  if (!ask_utf8_valid(source, reader.length)) {
    fail(&reader, 0, "the pattern is not UTF-8");
    goto done;
  }
  const struct node *tree = read_choice(&reader, 0);
  if (!tree) goto done;
  if (more(&reader)) {
    fail(&reader, reader.at, "this ) has no opening (");
    goto done;
  }
  struct writer writer = {.arena = arena, .pattern = ask_alloc(arena, sizeof *pattern)};
  emit_node(&writer, tree);
  emit(&writer, OP_MATCH);
  if (writer.full)
    fail(&reader, 0, "the pattern is too large: its repetitions unfold to more than 2000 steps");
  else
    pattern = writer.pattern;
done:
  if (!pattern) {
    *ret_message = reader.message;
    *ret_offset = reader.error_at;
  }
  return pattern;
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

/* The places in the program that are reached after the code points so far. */
struct places {
  uint16_t list[PROGRAM_LIMIT];
  size_t count;
};

struct run {
  const struct ask_pattern *pattern;
  uint32_t seen[PROGRAM_LIMIT]; /* the round in which a place was last added */
  uint32_t round;
  uint16_t stack[2 * PROGRAM_LIMIT];
};

/* Adds a place and all that it leads to without reading anything. */
static void add_place(struct run *run, struct places *places, uint16_t start) {
  size_t depth = 0;
  run->stack[depth++] = start;
  while (depth > 0) {
    uint16_t at = run->stack[--depth];
    if (run->seen[at] == run->round) continue;
    run->seen[at] = run->round;
    const struct instruction *instruction = &run->pattern->program[at];
    if (instruction->op == OP_JUMP) {
      run->stack[depth++] = instruction->x;
    } else if (instruction->op == OP_SPLIT) {
      run->stack[depth++] = instruction->y;
      run->stack[depth++] = instruction->x;
    } else {
      places->list[places->count++] = at;
    }
  }
}

static bool set_has(const struct set *set, uint32_t point) {
  for (size_t i = 0; i < set->count; i++)
    if (point >= set->ranges[i].first && point <= set->ranges[i].last) return !set->negated;
  return set->negated;
}

static bool accepts(const struct instruction *instruction, uint32_t point) {
  switch (instruction->op) {
  case OP_POINT: return instruction->point == point;
  case OP_ANY: return true;
  case OP_SET: return set_has(instruction->set, point);
  default: return false;
  }
}

bool ask_pattern_matches(const struct ask_pattern *pattern, const char *bytes, size_t length) {
  if (length >= UINT32_MAX || !ask_utf8_valid(bytes, length)) return false;
  struct run run;
  run.pattern = pattern;
  memset(run.seen, 0, pattern->count * sizeof run.seen[0]);
  run.round = 1;
  struct places now, after;
  now.count = 0;
  add_place(&run, &now, 0);
  for (size_t at = 0; at < length && now.count > 0;) {
    uint32_t point = next_point(bytes, &at);
    run.round++;
    after.count = 0;
    for (size_t i = 0; i < now.count; i++)
      if (accepts(&pattern->program[now.list[i]], point)) add_place(&run, &after, (uint16_t)(now.list[i] + 1));
    memcpy(now.list, after.list, after.count * sizeof after.list[0]);
    now.count = after.count;
  }
  for (size_t i = 0; i < now.count; i++)
    if (pattern->program[now.list[i]].op == OP_MATCH) return true;
  return false;
}
