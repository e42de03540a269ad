/*
 * Parses the W1 lines with a C library and visits every key and value: the cost of reading JSON, and nothing else.
 * Not here: simdjson (parse_simdjson.cpp).
 *
 *   parse_c PARSER FILE ROUNDS
 *   PARSER   yajl-line       libyajl, a handle for every line
 *            yajl-arena      the same, the handle's memory taken from a block that is used again
 *            yajl-stream     libyajl, one handle for the whole file
 *            yajl-stream-raw   the same, without the check of UTF-8
 *            jansson         libjansson, a tree for every line, then walked
 *            scanner         the hand-written scanner of bench/w1 (W1 lines only: no escapes, no nesting, no UTF-8)
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "../w1/answers.h"
#include "../w1/measure.h"
#include "visit.h"

enum { ARENA_BYTES = 64 << 10 };

struct bench {
  struct lines lines;
  struct w1_index index;
  bool utf8_unchecked, use_arena;
  size_t arena_used;
  _Alignas(16) char arena[ARENA_BYTES];
};

static void fail(const char *parser, size_t line) {
  fprintf(stderr, "%s: line %zu cannot be parsed\n", parser, line + 1);
  exit(1);
}

/* libyajl: only these callbacks are set; a value of another type than W1 has is an error of this program. */

static int on_bool(void *context, int value) {
  struct visit *visit = context;
  visit->trues += value != 0;
  return 1;
}

static int on_number(void *context, const char *text, size_t length) {
  struct visit *visit = context;
  long number = 0;
  for (size_t i = 0; i < length; i++) number = number * 10 + (text[i] - '0');
  visit->numbers += number;
  return 1;
}

static int on_text(void *context, const unsigned char *text, size_t length) {
  struct visit *visit = context;
  (void)text;
  visit->text_bytes += (long)length;
  return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length) {
  struct visit *visit = context;
  (void)text;
  visit->keys++;
  visit->key_bytes += (long)length;
  return 1;
}

static const yajl_callbacks CALLBACKS = {
    .yajl_boolean = on_bool, .yajl_number = on_number, .yajl_string = on_text, .yajl_map_key = on_key};

/* Room before each block holds its size, for realloc. */
static void *arena_malloc(void *context, size_t size) {
  struct bench *bench = context;
  size_t start = bench->arena_used + 16, rounded = (size + 15) & ~(size_t)15;
  if (start + rounded > ARENA_BYTES) return NULL;
  memcpy(bench->arena + start - 16, &size, sizeof size);
  bench->arena_used = start + rounded;
  return bench->arena + start;
}

static void arena_free(void *context, void *block) {
  (void)context;
  (void)block;
}

static void *arena_realloc(void *context, void *block, size_t size) {
  void *larger = arena_malloc(context, size);
  if (larger && block) {
    size_t old_size;
    memcpy(&old_size, (char *)block - 16, sizeof old_size);
    memcpy(larger, block, old_size < size ? old_size : size);
  }
  return larger;
}

static long pass_yajl_line(void *context) {
  struct bench *bench = context;
  yajl_alloc_funcs arena = {arena_malloc, arena_realloc, arena_free, bench};
  struct visit visit = {0};
  for (size_t i = 0; i < bench->lines.count; i++) {
    bench->arena_used = 0;
    yajl_handle handle = yajl_alloc(&CALLBACKS, bench->use_arena ? &arena : NULL, &visit);
    const unsigned char *line = (const unsigned char *)bench->lines.line[i];
    if (!handle || yajl_parse(handle, line, bench->lines.length[i]) != yajl_status_ok ||
        yajl_complete_parse(handle) != yajl_status_ok)
      fail("yajl", i);
    yajl_free(handle);
  }
  return visit_sum(&visit);
}

static long pass_yajl_stream(void *context) {
  struct bench *bench = context;
  struct visit visit = {0};
  yajl_handle handle = yajl_alloc(&CALLBACKS, NULL, &visit);
  if (!handle) fail("yajl", 0);
  yajl_config(handle, yajl_allow_multiple_values, 1);
  yajl_config(handle, yajl_dont_validate_strings, (int)bench->utf8_unchecked);
  for (size_t i = 0; i < bench->lines.count; i++) {
    const unsigned char *line = (const unsigned char *)bench->lines.line[i];
    if (yajl_parse(handle, line, bench->lines.length[i]) != yajl_status_ok) fail("yajl", i);
  }
  if (yajl_complete_parse(handle) != yajl_status_ok) fail("yajl", bench->lines.count);
  yajl_free(handle);
  return visit_sum(&visit);
}

static long pass_jansson(void *context) {
  struct bench *bench = context;
  struct visit visit = {0};
  for (size_t i = 0; i < bench->lines.count; i++) {
    json_t *object = json_loadb(bench->lines.line[i], bench->lines.length[i], 0, NULL), *value;
    if (!json_is_object(object)) fail("jansson", i);
    const char *key;
    json_object_foreach(object, key, value) {
      visit.keys++;
      visit.key_bytes += (long)strlen(key);
      if (json_is_string(value))
        visit.text_bytes += (long)json_string_length(value);
      else if (json_is_integer(value))
        visit.numbers += (long)json_integer_value(value);
      else
        visit.trues += json_is_true(value);
    }
    json_decref(object);
  }
  return visit_sum(&visit);
}

static long pass_scanner(void *context) {
  struct bench *bench = context;
  struct w1_answer answers[W1_KEYS];
  size_t key_length[W1_KEYS];
  struct visit visit = {0};
  for (int key = 0; key < W1_KEYS; key++) key_length[key] = strlen(w1_key_names[key]);
  for (size_t i = 0; i < bench->lines.count; i++) {
    if (!w1_scan(&bench->index, bench->lines.line[i], answers)) fail("scanner", i);
    for (int key = 0; key < W1_KEYS; key++) {
      if (answers[key].type == W1_ABSENT) continue;
      visit.keys++;
      visit.key_bytes += (long)key_length[key];
      if (answers[key].type == W1_TEXT)
        visit.text_bytes += answers[key].length;
      else if (answers[key].type == W1_INTEGER)
        visit.numbers += answers[key].number;
      else
        visit.trues += answers[key].number;
    }
  }
  return visit_sum(&visit);
}

static const struct parser {
  const char *name;
  measure_pass pass;
  bool utf8_unchecked, use_arena;
} PARSERS[] = {
    {"yajl-line", pass_yajl_line, false, false},     {"yajl-arena", pass_yajl_line, false, true},
    {"yajl-stream", pass_yajl_stream, false, false}, {"yajl-stream-raw", pass_yajl_stream, true, false},
    {"jansson", pass_jansson, false, false},         {"scanner", pass_scanner, false, false},
};

int main(int count, char **arguments) {
  const struct parser *parser = NULL;
  for (size_t i = 0; count == 4 && i < sizeof PARSERS / sizeof *PARSERS; i++) {
    if (strcmp(PARSERS[i].name, arguments[1]) == 0) parser = &PARSERS[i];
  }
  if (!parser) {
    fprintf(stderr, "parse_c yajl-line|yajl-arena|yajl-stream|yajl-stream-raw|jansson|scanner FILE ROUNDS\n");
    return 2;
  }
  static struct bench bench;
  bench.utf8_unchecked = parser->utf8_unchecked;
  bench.use_arena = parser->use_arena;
  w1_index_keys(&bench.index);
  if (!lines_load(arguments[2], &bench.lines)) return 2;
  measure_rounds(parser->name, "parse", bench.lines.count, atoi(arguments[3]), parser->pass, &bench);
  lines_free(&bench.lines);
  return fflush(stdout) == 0 ? 0 : 1;
}
