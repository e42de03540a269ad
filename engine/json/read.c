/* The JSON reader: libyajl's events put on a stack, and each finished object or array copied from there into the
 * arena, so that a value costs no allocation of its own. What libyajl says of an error is turned into words for
 * people in reject.c. */
#include "json/read.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "base/pointer.h"
#include "base/text.h"
#include "json/reject.h"

/* An object or array that is still open. */
struct open_value {
  struct ask_place at;
  size_t first;    /* place of its first child on the stack */
  const char *key; /* object: of the value that comes next */
  bool is_object;
};

struct ask_json_reader {
  struct ask_arena *parser_memory; /* libyajl's own */
  struct ask_raw *stack;
  size_t count, capacity;
  uint32_t *slots; /* for finding a key twice in a large object */
  size_t slot_capacity;
  struct open_value open[ASK_JSON_MAX_DEPTH];
  int depth;
  /* of the document being read */
  struct ask_arena *arena;
  yajl_handle parser;
  const char *bytes;
  size_t base;                   /* bytes before those that the parser was given: a byte order mark */
  struct ask_json_cursor cursor; /* stands behind the last value or key */
  size_t nodes;
  const struct ask_raw *root;
  struct ask_json_rejection rejection;
};

struct ask_json_reader *ask_json_reader_new(void) {
  struct ask_json_reader *reader = calloc(1, sizeof *reader);
  if (!reader) abort();
  reader->parser_memory = ask_arena_new();
  return reader;
}

struct ask_json_reader *ask_json_reader_free(struct ask_json_reader *reader) {
  if (reader) {
    ask_arena_free(reader->parser_memory);
    free(reader->stack);
    free(reader->slots);
    free(reader);
  }
  return NULL;
}

/* ---- memory for libyajl: an arena that is reset before each document, so nothing has to be freed ----------------- */

enum { SIZE_PREFIX = 16 };

static void *parser_alloc(void *context, size_t size) {
  char *block = ask_alloc(context, size + SIZE_PREFIX);
  memcpy(block, &size, sizeof size);
  return block + SIZE_PREFIX;
}

static void *parser_realloc(void *context, void *old, size_t size) {
  size_t had = 0;
  if (old) memcpy(&had, (char *)old - SIZE_PREFIX, sizeof had);
  if (old && size <= had) return old;
  void *block = parser_alloc(context, size);
  if (had) memcpy(block, old, had);
  return block;
}

static void parser_free(void *context, void *old) {
  (void)context;
  (void)old;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* The place where the token that the parser has just finished begins. Line breaks stand between tokens only. */
static struct ask_place token_place(struct ask_json_reader *reader) {
  struct ask_json_cursor *cursor = &reader->cursor;
  size_t end = reader->base + yajl_get_bytes_consumed(reader->parser);
  const char *bytes = reader->bytes;
  for (; cursor->offset < end; cursor->offset++) {
    char c = bytes[cursor->offset];
    if (c == '\n') {
      cursor->line++;
      cursor->line_start = cursor->offset + 1;
    } else if (c != ' ' && c != '\t' && c != '\r' && c != ',' && c != ':' && c != ']' && c != '}') {
      break;
    }
  }
  struct ask_place at = ask_json_place(cursor, cursor->offset);
  cursor->offset = end;
  return at;
}

static int reject(struct ask_json_reader *reader, enum ask_json_fault fault, struct ask_place at, const char *detail) {
  reader->rejection = (struct ask_json_rejection){.fault = fault, .at = at, .detail = detail};
  return 0;
}

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

static struct ask_raw *push(struct ask_json_reader *reader) {
  if (reader->count == reader->capacity) {
    size_t capacity = reader->capacity ? reader->capacity * 2 : 256;
    struct ask_raw *larger = realloc(reader->stack, capacity * sizeof *larger);
    if (!larger) abort();
    reader->stack = larger;
    reader->capacity = capacity;
  }
  return &reader->stack[reader->count++];
}

/* A value with its place; NULL when there are too many. */
static struct ask_raw *new_value(struct ask_json_reader *reader, int kind, struct ask_place at) {
  if (++reader->nodes > ASK_JSON_MAX_NODES) {
    reject(reader, ASK_JSON_TOO_MANY, at, NULL);
    return NULL;
  }
  struct ask_raw *value = push(reader);
  *value = (struct ask_raw){.at = at};
  value->kind = (__typeof__(value->kind))kind;
  if (reader->depth) value->key = reader->open[reader->depth - 1].key;
  return value;
}

/* A value that is complete: on the outermost level it is the whole document. */
static int finish_value(struct ask_json_reader *reader, const struct ask_raw *value) {
  if (reader->depth == 0) {
    struct ask_raw *root = ask_alloc(reader->arena, sizeof *root);
    *root = *value;
    reader->root = root;
  }
  return 1;
}

static int scalar(struct ask_json_reader *reader, int kind, const char *text, size_t length) {
  struct ask_raw *value = new_value(reader, kind, token_place(reader));
  if (!value) return 0;
  value->text = text;
  value->length = length;
  return finish_value(reader, value);
}

static int on_null(void *context) { return scalar(context, ASK_RAW_NULL, "", 0); }

static int on_boolean(void *context, int is_true) {
  return scalar(context, ASK_RAW_BOOL, is_true ? "true" : "false", is_true ? 4 : 5);
}

static int on_number(void *context, const char *text, size_t length) {
  struct ask_json_reader *reader = context;
  return scalar(reader, ASK_RAW_NUMBER, ask_strndup(reader->arena, text, length), length);
}

static int on_string(void *context, const unsigned char *text, size_t length) {
  struct ask_json_reader *reader = context;
  return scalar(reader, ASK_RAW_TEXT, ask_strndup(reader->arena, (const char *)text, length), length);
}

static int on_key(void *context, const unsigned char *text, size_t length) {
  struct ask_json_reader *reader = context;
  token_place(reader);
  reader->open[reader->depth - 1].key = ask_strndup(reader->arena, (const char *)text, length);
  return 1;
}

static int start_container(struct ask_json_reader *reader, bool is_object) {
  struct ask_place at = token_place(reader);
  if (reader->depth == ASK_JSON_MAX_DEPTH) return reject(reader, ASK_JSON_TOO_DEEP, at, NULL);
  if (!new_value(reader, is_object ? ASK_RAW_OBJECT : ASK_RAW_ARRAY, at)) return 0;
  reader->open[reader->depth++] = (struct open_value){.at = at, .first = reader->count, .is_object = is_object};
  return 1;
}

static int on_start_object(void *context) { return start_container(context, true); }
static int on_start_array(void *context) { return start_container(context, false); }

static uint64_t key_hash(const char *key) {
  uint64_t hash = 1469598103934665603u;
  for (; *key; key++) hash = (hash ^ (unsigned char)*key) * 1099511628211u;
  return hash ^ hash >> 32;
}

/* The second of two children with one key, or NULL. Small objects are compared pair by pair, large ones through a
 * table. */
static const struct ask_raw *find_duplicate(struct ask_json_reader *reader, const struct ask_raw *children,
                                            size_t count) {
  if (count <= 12) {
    for (size_t i = 1; i < count; i++)
      for (size_t j = 0; j < i; j++)
        if (children[i].key[0] == children[j].key[0] && strcmp(children[i].key, children[j].key) == 0)
          return &children[i];
    return NULL;
  }
  size_t size = 64;
  while (size < count * 2) size *= 2;
  if (size > reader->slot_capacity) {
    free(reader->slots);
    reader->slots = calloc(size, sizeof *reader->slots);
    if (!reader->slots) abort();
    reader->slot_capacity = size;
  } else {
    memset(reader->slots, 0, size * sizeof *reader->slots);
  }
  for (size_t i = 0; i < count; i++) {
    size_t slot = (size_t)key_hash(children[i].key) & (size - 1);
    for (; reader->slots[slot]; slot = (slot + 1) & (size - 1))
      if (strcmp(children[reader->slots[slot] - 1].key, children[i].key) == 0) return &children[i];
    reader->slots[slot] = (uint32_t)i + 1;
  }
  return NULL;
}

/* Of a key in the innermost open value. */
static const char *path_to(struct ask_json_reader *reader, const char *key) {
  struct ask_buffer path = {0};
  for (int i = 0; i + 1 < reader->depth; i++) {
    const struct open_value *open = &reader->open[i];
    if (open->is_object)
      ask_path_add_key(&path, open->key);
    else
      ask_path_add_index(&path, open[1].first - 1 - open->first); /* its child stands before the child's own children */
  }
  ask_path_add_key(&path, key);
  const char *kept = ask_strndup(reader->arena, path.bytes, path.length);
  ask_buffer_free(&path);
  return kept;
}

static int end_container(struct ask_json_reader *reader) {
  token_place(reader);
  struct open_value *open = &reader->open[reader->depth - 1];
  size_t count = reader->count - open->first;
  const struct ask_raw *children = reader->stack + open->first;
  if (open->is_object) {
    const struct ask_raw *twice = find_duplicate(reader, children, count);
    if (twice) {
      reject(reader, ASK_JSON_TWICE, twice->at, twice->key);
      reader->rejection.path = path_to(reader, twice->key);
      return 0;
    }
  }
  struct ask_raw *value = &reader->stack[open->first - 1];
  value->children = ask_alloc_array(reader->arena, count, sizeof *children);
  if (count) memcpy(value->children, children, count * sizeof *children);
  value->child_count = count;
  reader->count = open->first;
  reader->depth--;
  return finish_value(reader, value);
}

static int on_end(void *context) { return end_container(context); }

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_start_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_start_array,
    .yajl_end_array = on_end,
};

/* ---- one document ------------------------------------------------------------------------------------------------ */

/* The line and column of any byte, counted from the start. */
static struct ask_place place_of(const struct ask_json_reader *reader, const struct ask_json_source *source,
                                 size_t offset) {
  struct ask_json_cursor cursor = {source->file, source->line ? source->line : 1, 0, 0};
  for (size_t i = 0; i < offset; i++)
    if (reader->bytes[i] == '\n') {
      cursor.line++;
      cursor.line_start = i + 1;
    }
  return ask_json_place(&cursor, offset);
}

/* Where a token that does not fit begins: the first one after the last that did, but not beyond where the parser
 * stopped. */
static size_t misfit(const struct ask_json_reader *reader, size_t stopped) {
  size_t offset = reader->cursor.offset;
  while (offset < stopped && strchr(" \t\r\n,:", reader->bytes[offset])) offset++;
  return offset;
}

/* The text is at its end and no value is complete. */
static void reject_short(struct ask_json_reader *reader, const struct ask_json_source *source, size_t length) {
  struct ask_place end = place_of(reader, source, length);
  if (reader->depth) {
    const struct open_value *open = &reader->open[reader->depth - 1];
    reject(reader, open->is_object ? ASK_JSON_ENDS_IN_OBJECT : ASK_JSON_ENDS_IN_ARRAY, end, NULL);
    reader->rejection.opened = open->at;
    return;
  }
  size_t begin = misfit(reader, length);
  if (begin == length)
    reject(reader, ASK_JSON_EMPTY, end, NULL);
  else if (reader->root)
    reject(reader, ASK_JSON_AFTER_END, place_of(reader, source, begin), NULL);
  else
    reject(reader, ASK_JSON_ENDS_IN_TEXT, end, NULL);
}

/* Runs the parser over all of it. False with reader->rejection set. */
static bool parse(struct ask_json_reader *reader, const struct ask_json_source *source, size_t length) {
  const unsigned char *text = (const unsigned char *)reader->bytes + reader->base;
  yajl_alloc_funcs memory = {parser_alloc, parser_realloc, parser_free, reader->parser_memory};
  reader->parser = yajl_alloc(&callbacks, &memory, reader);
  yajl_status status = yajl_parse(reader->parser, text, length - reader->base);
  size_t stopped = reader->base + yajl_get_bytes_consumed(reader->parser);
  if (stopped > length) stopped = length;
  bool at_end = status == yajl_status_ok;
  if (at_end) status = yajl_complete_parse(reader->parser);
  if (status == yajl_status_ok && reader->root) return true;
  if (status == yajl_status_client_canceled) return false;
  if (at_end) {
    reject_short(reader, source, length);
    return false;
  }
  enum ask_json_fault fault = ask_json_fault_of((const char *)yajl_get_error(reader->parser, 0, NULL, 0));
  size_t at = stopped; /* inside a text the parser stops before what it does not like */
  if (at && (at == length || fault == ASK_JSON_BAD_ESCAPE || !ask_json_fault_in_text(fault))) at--;
  if (!ask_json_fault_in_text(fault)) at = misfit(reader, at);
  reject(reader, fault, place_of(reader, source, at), NULL);
  return false;
}

/* One enormous document must not leave every later reader with its scratch memory. */
static void give_back_scratch(struct ask_json_reader *reader) {
  enum { KEPT = 16 * 1024 };
  if (reader->capacity > KEPT) {
    free(reader->stack);
    reader->stack = NULL;
    reader->capacity = 0;
  }
  if (reader->slot_capacity > KEPT) {
    free(reader->slots);
    reader->slots = NULL;
    reader->slot_capacity = 0;
  }
  ask_arena_reset(reader->parser_memory);
}

const struct ask_raw *ask_json_read(struct ask_json_reader *reader, struct ask_arena *arena,
                                    const struct ask_json_source *source, const char *bytes, size_t length,
                                    struct ask_problems *problems) {
  const struct ask_raw *root = NULL;
  reader->arena = arena;
  reader->bytes = bytes;
  reader->base = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  reader->cursor = (struct ask_json_cursor){source->file, source->line ? source->line : 1, reader->base, 0};
  reader->count = 0;
  reader->depth = 0;
  reader->nodes = 0;
  reader->root = NULL;
  reader->rejection = (struct ask_json_rejection){0};

  size_t bad = 0;
  if (length > source->limit) {
    reject(reader, ASK_JSON_TOO_LONG, (struct ask_place){.file = source->file},
           ask_printf(arena, "%zu", source->limit));
  } else {
    enum ask_json_fault fault = ask_json_check_bytes(bytes, length, &bad);
    if (fault)
      reject(reader, fault, place_of(reader, source, bad), NULL);
    else if (parse(reader, source, length))
      root = reader->root;
  }
  if (!root) ask_json_report(&reader->rejection, problems);
  give_back_scratch(reader);
  return root;
}

const struct ask_raw *ask_raw_member(const struct ask_raw *raw, const char *key) {
  if (!raw || raw->kind != ASK_RAW_OBJECT) return NULL;
  for (size_t i = 0; i < raw->child_count; i++)
    if (strcmp(raw->children[i].key, key) == 0) return &raw->children[i];
  return NULL;
}

const char *ask_raw_member_text(const struct ask_raw *raw, const char *key) {
  const struct ask_raw *member = ask_raw_member(raw, key);
  return member && member->kind == ASK_RAW_TEXT ? member->text : NULL;
}

int64_t ask_raw_member_integer(const struct ask_raw *raw, const char *key) {
  const struct ask_raw *member = ask_raw_member(raw, key);
  return member && member->kind == ASK_RAW_NUMBER ? strtoll(member->text, NULL, 10) : 0;
}

bool ask_raw_member_bool(const struct ask_raw *raw, const char *key) {
  const struct ask_raw *member = ask_raw_member(raw, key);
  return member && member->kind == ASK_RAW_BOOL && member->text[0] == 't';
}
