/* The scan of plugin.lua for the places of things. Does not judge the text, and must not run off it whatever it is. */
#include "lua/outline.h"

#include <string.h>

enum { DEPTH_MAX = 220 /* Lua itself accepts no more than 200 */, KEY_TOKENS = 16 /* in [...] = */ };

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_CONCAT, TOKEN_OTHER, TOKEN_SIGN };

struct token {
  enum token_kind kind;
  char sign; /* of TOKEN_SIGN */
  size_t at, end;
  size_t text_at, text_end; /* of TOKEN_STRING: its inside */
};

struct scan {
  struct ask_outline *outline;
  struct ask_arena *arena;
  size_t at;
  struct token token, before, before_that; /* the current token and the two in front of it */
  int depth;
};

static char peek(const struct scan *scan, size_t ahead) {
  size_t at = scan->at + ahead;
  return at < scan->outline->length ? scan->outline->source[at] : '\0';
}

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* At a '[': the number of = in a long bracket's opening, -1 if it is none. */
static int long_bracket(const struct scan *scan) {
  int level = 0;
  while (peek(scan, 1 + (size_t)level) == '=') level++;
  return peek(scan, 1 + (size_t)level) == '[' ? level : -1;
}

/* Skips [==[ ... ]==] and says where its inside is. */
static void skip_long(struct scan *scan, int level, struct token *ret) {
  const char *source = scan->outline->source;
  size_t length = scan->outline->length;
  size_t at = scan->at + 2 + (size_t)level;
  if (at < length && source[at] == '\r') at++;
  if (at < length && source[at] == '\n') at++;
  ret->text_at = at;
  for (; at < length; at++) {
    if (source[at] != ']') continue;
    size_t end = at + 1;
    while (end < length && source[end] == '=' && end - at - 1 < (size_t)level) end++;
    if (end - at - 1 == (size_t)level && end < length && source[end] == ']') {
      ret->text_end = at;
      scan->at = end + 1;
      return;
    }
  }
  ret->text_end = scan->at = length;
}

static void skip_blanks(struct scan *scan) {
  for (;;) {
    char c = peek(scan, 0);
    if (scan->at >= scan->outline->length) return;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      scan->at++;
    } else if (c == '-' && peek(scan, 1) == '-') {
      scan->at += 2;
      int level = peek(scan, 0) == '[' ? long_bracket(scan) : -1;
      struct token comment;
      if (level >= 0)
        skip_long(scan, level, &comment);
      else
        while (scan->at < scan->outline->length && peek(scan, 0) != '\n') scan->at++;
    } else {
      return;
    }
  }
}

static void skip_quoted(struct scan *scan, struct token *ret) {
  char quote = peek(scan, 0);
  ret->text_at = ++scan->at;
  while (scan->at < scan->outline->length && peek(scan, 0) != quote) scan->at += peek(scan, 0) == '\\' ? 2 : 1;
  if (scan->at > scan->outline->length) scan->at = scan->outline->length;
  ret->text_end = scan->at;
  if (scan->at < scan->outline->length) scan->at++;
}

static void advance(struct scan *scan) {
  scan->before_that = scan->before;
  scan->before = scan->token;
  skip_blanks(scan);
  struct token token = {.kind = TOKEN_SIGN, .sign = peek(scan, 0), .at = scan->at};
  int level = token.sign == '[' ? long_bracket(scan) : -1;
  if (scan->at >= scan->outline->length) {
    token.kind = TOKEN_END;
  } else if (is_name(token.sign)) {
    bool number = token.sign >= '0' && token.sign <= '9';
    token.kind = number ? TOKEN_OTHER : TOKEN_NAME;
    while (is_name(peek(scan, 0)) || (number && peek(scan, 0) == '.')) scan->at++;
  } else if (token.sign == '"' || token.sign == '\'') {
    token.kind = TOKEN_STRING;
    skip_quoted(scan, &token);
  } else if (level >= 0) {
    token.kind = TOKEN_STRING;
    skip_long(scan, level, &token);
  } else if (token.sign == '.' && peek(scan, 1) == '.') {
    token.kind = peek(scan, 2) == '.' ? TOKEN_OTHER : TOKEN_CONCAT;
    scan->at += token.kind == TOKEN_CONCAT ? 2 : 3;
  } else if (strchr("=~<>", token.sign) && peek(scan, 1) == '=') {
    token.kind = TOKEN_OTHER; /* a comparison, so that a lone = is a name's */
    scan->at += 2;
  } else {
    scan->at++;
  }
  token.end = scan->at;
  scan->token = token;
}

static bool is_sign(const struct token *token, char sign) { return token->kind == TOKEN_SIGN && token->sign == sign; }

static bool is_word(const struct scan *scan, const struct token *token, const char *word) {
  return token->kind == TOKEN_NAME && token->end - token->at == strlen(word) &&
         memcmp(scan->outline->source + token->at, word, token->end - token->at) == 0;
}

/* +1 where a block opens that `end` or `until` closes, -1 where one closes. */
static int block_step(const struct scan *scan, const struct token *token) {
  static const char *const opens[] = {"function", "do", "if", "repeat"};
  static const char *const closes[] = {"end", "until"};
  for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
    if (is_word(scan, token, opens[i])) return 1;
  for (size_t i = 0; i < sizeof closes / sizeof *closes; i++)
    if (is_word(scan, token, closes[i])) return -1;
  return 0;
}

static int32_t scan_table(struct scan *scan);

static void append_piece(struct scan *scan) {
  struct ask_outline *outline = scan->outline;
  struct ask_outline_piece *room =
      ask_push(scan->arena, &outline->pieces, &outline->piece_count, &outline->piece_capacity, sizeof *room);
  *room = (struct ask_outline_piece){.at = scan->token.text_at,
                                     .length = scan->token.text_end - scan->token.text_at,
                                     .is_long = scan->token.sign == '['};
}

/* From the first token of a value to the `,` `;` or `}` behind it. */
static void scan_value(struct scan *scan, struct ask_outline_entry *entry) {
  struct token first = scan->token;
  int open = 0;
  size_t tokens = 0;
  int32_t table = -1;
  bool only_table = false; /* nothing but name, ( and the table so far */
  bool chain = true;       /* nothing but literals with .. between them so far */
  entry->first_piece = scan->outline->piece_count;
  while (scan->token.kind != TOKEN_END) {
    const struct token *token = &scan->token;
    if (open <= 0 && (is_sign(token, ',') || is_sign(token, ';') || is_sign(token, '}'))) break;
    chain = chain && token->kind == (tokens % 2 ? TOKEN_CONCAT : TOKEN_STRING);
    if (chain && token->kind == TOKEN_STRING) append_piece(scan);
    if (is_sign(token, '{')) {
      bool leads = tokens == 0 || (tokens == 1 && first.kind == TOKEN_NAME) ||
                   (tokens == 2 && first.kind == TOKEN_NAME && is_sign(&scan->before, '('));
      table = scan_table(scan);
      only_table = leads;
      tokens++;
      continue;
    }
    if (table >= 0 && !is_sign(token, ')')) only_table = false;
    if (is_sign(token, '(') || is_sign(token, '[')) open++;
    if (is_sign(token, ')') || is_sign(token, ']')) open--;
    open += block_step(scan, token);
    tokens++;
    advance(scan);
  }
  entry->value_at = first.at;
  entry->value_end = scan->before.end;
  entry->table = only_table ? table : -1;
  if (chain) entry->piece_count = scan->outline->piece_count - entry->first_piece;
  entry->literal = tokens == 1 && first.kind == TOKEN_STRING;
  entry->text_at = first.text_at;
  entry->text_length = first.text_end - first.text_at;
}

/* Reads `name =` or `["name"] =` if the entry starts with one. */
static void scan_key(struct scan *scan, struct ask_outline_entry *entry) {
  struct scan saved = *scan;
  struct token name = scan->token;
  const char *source = scan->outline->source;
  entry->key_at = name.at;
  advance(scan);
  if (name.kind == TOKEN_NAME && is_sign(&scan->token, '=')) {
    entry->key = source + name.at;
    entry->key_length = name.end - name.at;
    advance(scan);
    return;
  }
  if (is_sign(&name, '[')) {
    struct token inside = scan->token;
    for (int i = 0; i < KEY_TOKENS && scan->token.kind != TOKEN_END && !is_sign(&scan->token, ']'); i++) advance(scan);
    bool whole = inside.kind == TOKEN_STRING && is_sign(&scan->token, ']') && scan->before.at == inside.at;
    advance(scan);
    if (is_sign(&scan->token, '=')) {
      entry->key = source + (whole ? inside.text_at : inside.at);
      entry->key_length = whole ? inside.text_end - inside.text_at : 0;
      advance(scan);
      return;
    }
  }
  *scan = saved;
}

static void append_entry(struct ask_outline *outline, struct ask_arena *arena, int32_t table,
                         const struct ask_outline_entry *entry) {
  struct ask_outline_entry *room =
      ask_push(arena, &outline->entries, &outline->entry_count, &outline->entry_capacity, sizeof *room);
  *room = *entry;
  int32_t number = (int32_t)outline->entry_count - 1;
  struct ask_outline_table *owner = &outline->tables[table];
  if (owner->last >= 0)
    outline->entries[owner->last].next = number;
  else
    owner->first = number;
  owner->last = number;
}

/* At a '{'; ends behind its '}'. The number of the table. */
static int32_t scan_table(struct scan *scan) {
  struct ask_outline *outline = scan->outline;
  struct ask_outline_table *room =
      ask_push(scan->arena, &outline->tables, &outline->table_count, &outline->table_capacity, sizeof *room);
  const struct token *word = is_sign(&scan->before, '(') ? &scan->before_that : &scan->before;
  bool named = word->kind == TOKEN_NAME && block_step(scan, word) == 0 && !is_word(scan, word, "return");
  *room = (struct ask_outline_table){.at = named ? word->at : scan->token.at,
                                     .word = named ? outline->source + word->at : NULL,
                                     .word_length = named ? word->end - word->at : 0,
                                     .first = -1,
                                     .last = -1};
  int32_t number = (int32_t)outline->table_count - 1;
  int position = 0;
  scan->depth++;
  advance(scan);
  while (scan->token.kind != TOKEN_END && !is_sign(&scan->token, '}')) {
    if (scan->depth > DEPTH_MAX || is_sign(&scan->token, ',') || is_sign(&scan->token, ';')) {
      advance(scan);
      continue;
    }
    struct ask_outline_entry entry = {.table = -1, .next = -1};
    scan_key(scan, &entry);
    if (!entry.key) entry.position = ++position;
    scan_value(scan, &entry);
    append_entry(outline, scan->arena, number, &entry);
  }
  scan->depth--;
  advance(scan);
  return number;
}

struct ask_outline *ask_outline_new(struct ask_arena *arena, const char *file, const char *source, size_t length) {
  struct ask_outline *outline = ask_alloc(arena, sizeof *outline);
  *outline = (struct ask_outline){.file = file, .source = source, .length = length, .line_count = 1};
  for (size_t i = 0; i < length; i++) outline->line_count += source[i] == '\n';
  size_t *starts = ask_alloc_array(arena, outline->line_count, sizeof *starts);
  for (size_t i = 0, line = 1; i < length; i++)
    if (source[i] == '\n') starts[line++] = i + 1;
  outline->line_starts = starts;
  struct scan scan = {.outline = outline, .arena = arena};
  advance(&scan);
  while (scan.token.kind != TOKEN_END) {
    if (is_sign(&scan.token, '{'))
      scan_table(&scan);
    else
      advance(&scan);
  }
  return outline;
}

struct ask_place ask_outline_place(const struct ask_outline *outline, size_t offset) {
  size_t low = 0, high = outline->line_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (outline->line_starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return (struct ask_place){
      .file = outline->file, .line = (int)low + 1, .column = (int)(offset - outline->line_starts[low]) + 1};
}

int32_t ask_outline_find(const struct ask_outline *outline, const char *word, int line) {
  if (line < 1 || (size_t)line > outline->line_count) return -1;
  size_t from = outline->line_starts[line - 1];
  size_t to = (size_t)line < outline->line_count ? outline->line_starts[line] : outline->length;
  size_t length = strlen(word);
  for (size_t i = 0; i < outline->table_count; i++) {
    const struct ask_outline_table *table = &outline->tables[i];
    if (table->at >= from && table->at < to && table->word_length == length && memcmp(table->word, word, length) == 0)
      return (int32_t)i;
  }
  return -1;
}

const struct ask_outline_entry *ask_outline_key(const struct ask_outline *outline, int32_t table, const char *key) {
  const struct ask_outline_entry *found = NULL;
  size_t length = strlen(key);
  for (int32_t i = table < 0 ? -1 : outline->tables[table].first; i >= 0; i = outline->entries[i].next) {
    const struct ask_outline_entry *entry = &outline->entries[i];
    if (entry->key && entry->key_length == length && memcmp(entry->key, key, length) == 0) found = entry;
  }
  return found;
}

const struct ask_outline_entry *ask_outline_position(const struct ask_outline *outline, int32_t table, int position) {
  for (int32_t i = table < 0 ? -1 : outline->tables[table].first; i >= 0; i = outline->entries[i].next)
    if (outline->entries[i].position == position) return &outline->entries[i];
  return NULL;
}

void ask_outline_numbers(const struct ask_outline *outline, ask_outline_number *found, void *context) {
  for (size_t i = 0; i < outline->entry_count; i++) {
    const struct ask_outline_entry *entry = &outline->entries[i];
    struct scan scan = {.outline = (struct ask_outline *)outline, .at = entry->value_at};
    advance(&scan);
    if (!is_word(&scan, &scan.token, "function")) continue;
    for (; scan.token.kind != TOKEN_END && scan.token.end <= entry->value_end; advance(&scan)) {
      char first = outline->source[scan.token.at];
      if (scan.token.kind == TOKEN_OTHER && first >= '0' && first <= '9')
        found(context, ask_outline_place(outline, scan.token.at), outline->source + scan.token.at,
              scan.token.end - scan.token.at);
    }
  }
}
