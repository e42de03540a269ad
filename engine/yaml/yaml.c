/* Builds the tree from libyaml's events. Every bound is checked as the tree grows: libyaml's own document loader would
 * expand nothing but also bound nothing. */
#include "yaml/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/align.h"
#include "base/text.h"
#include "yaml/mapping.h"
#include "yaml/source.h"

/* A finished part of the tree with its size, as it counts when an alias repeats it. */
struct built {
  struct ask_raw raw;
  size_t nodes;
  int height;
};

/* Bytes of a source's text that a message shows. */
enum { QUOTED_LIMIT = 60 };

struct anchor {
  const char *name;
  struct built built;
};

struct builder {
  struct ask_arena *arena;
  struct ask_arena *scratch;
  struct ask_problems *problems;
  struct ask_yaml_source source;
  yaml_parser_t parser;
  size_t nodes;
  size_t aliases;
  struct anchor *anchors;
  size_t anchor_count, anchor_capacity;
};

static struct ask_place place_of(struct builder *builder, const yaml_mark_t *mark) {
  return ask_yaml_source_place(&builder->source, mark->line, mark->column);
}

#define FAIL(builder, code, at, hint, ...) \
  (ask_problem_add((builder)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__), false)

/* ---- libyaml's complaints ---------------------------------------------------------------------------------------- */

static const struct {
  const char *part, *hint;
} HINTS[] = {
    {"mapping values are not allowed",
     "a text with a colon and a space in it must stand in quotes; or check the indentation"},
    {"found character that cannot start any token", "a text that begins with @, ` or % must stand in quotes"},
    {"did not find expected key", "check the indentation, and that quotes inside a quoted text are doubled"},
    {"did not find expected '-' indicator", "check the indentation of the list"},
    {"could not find expected ':'", "a key needs a colon and a space after it"},
    {"found unexpected end of stream", "a quote or a bracket is not closed"},
    {"did not find expected ',' or", "a bracket is not closed, or a comma is missing"},
    {"block sequence entries are not allowed", "begin the list on a line of its own"},
    {"found unknown escape character", "write the text in single quotes to keep backslashes"},
};

static bool report_parser(struct builder *builder) {
  const yaml_parser_t *parser = &builder->parser;
  const char *problem = parser->problem ? parser->problem : "it cannot be read";
  if (parser->error == YAML_MEMORY_ERROR)
    return FAIL(builder, "bad-yaml", ((struct ask_place){builder->source.path, 0, 0}), NULL, "out of memory");
  if (parser->error == YAML_READER_ERROR)
    return FAIL(builder, "bad-yaml", ask_yaml_source_place_of_byte(&builder->source, parser->problem_offset), NULL,
                "not YAML: %s", problem);
  const char *hint = NULL;
  for (size_t i = 0; i < sizeof HINTS / sizeof HINTS[0] && !hint; i++)
    if (strstr(problem, HINTS[i].part)) hint = HINTS[i].hint;
  struct ask_place at = place_of(builder, &parser->problem_mark);
  if (parser->context)
    return FAIL(builder, "bad-yaml", at, hint, "not YAML: %s, %s that begins on line %zu", problem, parser->context,
                parser->context_mark.line + 1);
  return FAIL(builder, "bad-yaml", at, hint, "not YAML: %s", problem);
}

static bool next_event(struct builder *builder, yaml_event_t *ret) {
  return yaml_parser_parse(&builder->parser, ret) || report_parser(builder);
}

/* ---- bounds ------------------------------------------------------------------------------------------------------ */

static bool charge(struct builder *builder, size_t nodes, struct ask_place at) {
  builder->nodes += nodes; /* each addend is at most the limit */
  return builder->nodes <= ASK_YAML_NODES_LIMIT ||
         FAIL(builder, "too-large", at, "split the file, or use fewer aliases", "more than %d values, aliases expanded",
              (int)ASK_YAML_NODES_LIMIT);
}

static bool check_depth(struct builder *builder, int depth, struct ask_place at) {
  return depth <= ASK_YAML_DEPTH_LIMIT ||
         FAIL(builder, "too-deep", at, NULL, "lists and mappings more than %d levels inside one another",
              (int)ASK_YAML_DEPTH_LIMIT);
}

/* ---- scalars ----------------------------------------------------------------------------------------------------- */

/* A number as JSON writes it. */
static bool is_number(const char *text) {
  if (*text == '-') text++;
  size_t digits = strspn(text, "0123456789");
  if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
  text += digits;
  if (*text == '.') {
    digits = strspn(++text, "0123456789");
    if (digits == 0) return false;
    text += digits;
  }
  if (*text == 'e' || *text == 'E') {
    text++;
    if (*text == '+' || *text == '-') text++;
    digits = strspn(text, "0123456789");
    if (digits == 0) return false;
    text += digits;
  }
  return *text == '\0';
}

/* A text over several lines, or with escapes, knows where each of its bytes stands: as long as an expression may be. */
enum { ALIGNED_LIMIT = 4000 };
static void align_scalar(struct builder *builder, const yaml_event_t *event, struct ask_raw *raw) {
  yaml_scalar_style_t style = event->data.scalar.style;
  if (raw->length > ALIGNED_LIMIT) return;
  enum ask_quoting quoting = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE   ? ASK_BACKSLASH
                             : style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? ASK_DOUBLED
                                                                        : ASK_AS_WRITTEN;
  struct ask_place end = place_of(builder, &event->end_mark);
  size_t from = ask_yaml_source_byte(&builder->source, &raw->at), to = ask_yaml_source_byte(&builder->source, &end);
  if (quoting != ASK_AS_WRITTEN && to > from) to--; /* the closing quote */
  if (to <= from || (to - from == raw->length && memcmp(builder->source.bytes + from, raw->text, raw->length) == 0))
    return;
  struct ask_aligner aligner = {.arena = builder->arena, .text = raw->text, .length = raw->length};
  ask_align_piece(&aligner, raw->at, builder->source.bytes + from, to - from, quoting);
  struct ask_place at = ask_align_end(&aligner, raw->at);
  if (at.column) raw->at = at;
}

static bool build_scalar(struct builder *builder, const yaml_event_t *event, struct ask_raw *ret) {
  const char *value = (const char *)event->data.scalar.value;
  size_t length = event->data.scalar.length;
  yaml_scalar_style_t style = event->data.scalar.style;
  struct ask_raw raw = {.kind = ASK_RAW_TEXT, .length = length};
  raw.at = place_of(builder, &event->start_mark);
  if (!ask_utf8_valid(value, length)) /* an escape such as "\0" can still bring in a NUL */
    return FAIL(builder, "bad-character", raw.at, NULL, "a text with a NUL character");
  if (style == YAML_PLAIN_SCALAR_STYLE) {
    if (length == 0 || strcmp(value, "~") == 0 || strcmp(value, "null") == 0)
      raw.kind = ASK_RAW_NULL;
    else if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
      raw.kind = ASK_RAW_BOOL;
    else if (is_number(value))
      raw.kind = ASK_RAW_NUMBER;
  } else if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
    raw.at = ask_yaml_source_place_of_block(&builder->source, event->start_mark.line);
  } else {
    raw.at.column++;
  }
  raw.text = ask_strndup(builder->arena, value, length);
  if (raw.kind == ASK_RAW_TEXT) align_scalar(builder, event, &raw);
  *ret = raw;
  return true;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static bool build(struct builder *builder, yaml_event_t *event, int depth, struct built *ret);

static bool build_next(struct builder *builder, int depth, struct built *ret) {
  yaml_event_t event;
  if (!next_event(builder, &event)) return false;
  bool fine = build(builder, &event, depth, ret);
  yaml_event_delete(&event);
  return fine;
}

static void grow(struct built *whole, const struct built *part) {
  whole->nodes += part->nodes;
  if (part->height + 1 > whole->height) whole->height = part->height + 1;
}

static bool build_sequence(struct builder *builder, int depth, struct built *whole) {
  struct ask_raw *list = NULL;
  size_t count = 0, capacity = 0;
  for (;;) {
    yaml_event_t event;
    if (!next_event(builder, &event)) return false;
    if (event.type == YAML_SEQUENCE_END_EVENT) {
      yaml_event_delete(&event);
      break;
    }
    struct built part;
    bool fine = build(builder, &event, depth + 1, &part);
    yaml_event_delete(&event);
    if (!fine) return false;
    grow(whole, &part);
    struct ask_raw *room = ask_push(builder->scratch, &list, &count, &capacity, sizeof *room);
    *room = part.raw;
  }
  whole->raw.kind = ASK_RAW_ARRAY;
  whole->raw.child_count = count;
  whole->raw.children = ask_alloc_array(builder->arena, count, sizeof *list);
  if (count) memcpy(whole->raw.children, list, count * sizeof *list);
  return true;
}

/* Takes the key out of its event. */
static bool read_key(struct builder *builder, const yaml_event_t *event, struct ask_raw *ret_key, bool *ret_merge) {
  struct ask_place at = place_of(builder, &event->start_mark);
  if (event->type != YAML_SCALAR_EVENT) return FAIL(builder, "bad-key", at, NULL, "a key must be a word or a number");
  if (event->data.scalar.anchor || event->data.scalar.tag)
    return FAIL(builder, "bad-key", at, NULL, "a key cannot have an anchor or a tag");
  struct ask_raw raw;
  if (!build_scalar(builder, event, &raw)) return false;
  if (raw.length == 0) return FAIL(builder, "bad-key", at, "write a word before the colon", "an empty key");
  *ret_merge = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && strcmp(raw.text, "<<") == 0;
  *ret_key = (struct ask_raw){.key = raw.text, .key_at = at};
  return true;
}

static bool build_mapping(struct builder *builder, int depth, struct built *whole) {
  struct ask_yaml_mapping mapping = {0};
  for (;;) {
    yaml_event_t event;
    if (!next_event(builder, &event)) return false;
    if (event.type == YAML_MAPPING_END_EVENT) {
      yaml_event_delete(&event);
      break;
    }
    struct ask_raw key;
    bool merge = false;
    bool fine = read_key(builder, &event, &key, &merge);
    yaml_event_delete(&event);
    struct built part;
    if (!fine || !build_next(builder, depth + 1, &part)) return false;
    grow(whole, &part);
    if (!merge) {
      struct ask_raw *room =
          ask_push(builder->scratch, &mapping.children, &mapping.count, &mapping.capacity, sizeof *room);
      *room = part.raw;
      room->key = key.key;
      room->key_at = key.key_at;
      continue;
    }
    part.raw.key = key.key;
    part.raw.key_at = key.key_at;
    if (!ask_yaml_mapping_merge(&mapping, &part.raw, builder->problems)) return false;
  }
  whole->raw.kind = ASK_RAW_OBJECT;
  ask_yaml_mapping_finish(builder->arena, builder->scratch, &mapping, &whole->raw, builder->problems);
  return true;
}

static bool expand_alias(struct builder *builder, const yaml_event_t *event, int depth, struct built *ret) {
  struct ask_place at = place_of(builder, &event->start_mark);
  const char *name = (const char *)event->data.alias.anchor;
  if (++builder->aliases > ASK_YAML_ALIASES_LIMIT)
    return FAIL(builder, "too-large", at, NULL, "more than %d aliases", (int)ASK_YAML_ALIASES_LIMIT);
  for (size_t i = builder->anchor_count; i-- > 0;) {
    const struct anchor *anchor = &builder->anchors[i];
    if (strcmp(anchor->name, name) != 0) continue;
    if (!charge(builder, anchor->built.nodes, at) || !check_depth(builder, depth + anchor->built.height, at))
      return false;
    *ret = anchor->built;
    return true;
  }
  return FAIL(builder, "unknown-alias", at, "write the anchor (&name) above it, outside of what it names",
              "the alias '*%s' has no finished anchor above it", ask_yaml_quoted(builder->problems, name));
}

static bool add_anchor(struct builder *builder, const yaml_char_t *name, const struct built *built,
                       struct ask_place at) {
  if (builder->anchor_count >= ASK_YAML_ALIASES_LIMIT)
    return FAIL(builder, "too-large", at, NULL, "more than %d anchors", (int)ASK_YAML_ALIASES_LIMIT);
  struct anchor *room =
      ask_push(builder->scratch, &builder->anchors, &builder->anchor_count, &builder->anchor_capacity, sizeof *room);
  *room = (struct anchor){.name = ask_strdup(builder->scratch, (const char *)name), .built = *built};
  return true;
}

/* Builds the node that the event begins. Recursion is bounded by ASK_YAML_DEPTH_LIMIT. The event stays the caller's. */
static bool build(struct builder *builder, yaml_event_t *event, int depth, struct built *ret) {
  if (event->type == YAML_ALIAS_EVENT) return expand_alias(builder, event, depth, ret);

  struct ask_place at = place_of(builder, &event->start_mark);
  if (!charge(builder, 1, at) || !check_depth(builder, depth, at)) return false;
  struct built built = {.nodes = 1};
  built.raw.at = at;
  const yaml_char_t *anchor = NULL, *tag = NULL;
  bool fine = false;
  if (event->type == YAML_SCALAR_EVENT) {
    anchor = event->data.scalar.anchor;
    tag = event->data.scalar.tag;
    fine = build_scalar(builder, event, &built.raw);
  } else if (event->type == YAML_SEQUENCE_START_EVENT) {
    anchor = event->data.sequence_start.anchor;
    tag = event->data.sequence_start.tag;
    fine = build_sequence(builder, depth, &built);
  } else if (event->type == YAML_MAPPING_START_EVENT) {
    anchor = event->data.mapping_start.anchor;
    tag = event->data.mapping_start.tag;
    fine = build_mapping(builder, depth, &built);
  }
  if (!fine) return false;
  if (tag)
    return FAIL(builder, "bad-tag", at, "remove it; put a text in quotes instead", "tags (%s) are not supported",
                ask_yaml_quoted(builder->problems, (const char *)tag));
  if (anchor && !add_anchor(builder, anchor, &built, at)) return false;
  *ret = built;
  return true;
}

/* ---- the document ------------------------------------------------------------------------------------------------ */

/* STREAM-START, DOCUMENT-START, the root, DOCUMENT-END, STREAM-END. */
static bool build_document(struct builder *builder, struct ask_raw *ret) {
  static const char *const hint = "write the keys of this kind of file";
  struct built root = {0};
  int documents = 0;
  for (;;) {
    yaml_event_t event;
    if (!next_event(builder, &event)) return false;
    yaml_event_type_t type = event.type;
    struct ask_place at = place_of(builder, &event.start_mark);
    yaml_event_delete(&event);
    if (type == YAML_STREAM_END_EVENT) break;
    if (type != YAML_DOCUMENT_START_EVENT) continue;
    if (++documents > 1)
      return FAIL(builder, "several-documents", at, "remove the --- line, or make two files",
                  "a second document begins; a file holds one");
    if (!build_next(builder, 1, &root)) return false;
  }
  if (documents == 0 || root.raw.kind == ASK_RAW_NULL)
    return FAIL(builder, "empty-file", ((struct ask_place){builder->source.path, 1, 1}), hint, "the file says nothing");
  *ret = root.raw;
  return true;
}

struct ask_raw *ask_yaml_read(struct ask_arena *arena, const char *path_for_messages, const char *bytes, size_t length,
                              struct ask_problems *problems) {
  struct ask_arena *scratch = ask_arena_new();
  struct builder builder = {.arena = arena, .scratch = scratch, .problems = problems};
  const char *path = ask_strdup(arena, path_for_messages);
  struct ask_raw *root = NULL;
  if (!ask_yaml_source_open(scratch, path, bytes, length, problems, &builder.source)) goto done;
  if (!yaml_parser_initialize(&builder.parser)) {
    (void)FAIL(&builder, "bad-yaml", ((struct ask_place){path, 0, 0}), NULL, "out of memory");
    goto done;
  }
  yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&builder.parser, (const unsigned char *)builder.source.bytes, builder.source.length);
  struct ask_raw raw;
  if (build_document(&builder, &raw)) {
    root = ask_alloc(arena, sizeof *root);
    *root = raw;
  }
  yaml_parser_delete(&builder.parser);
done:
  ask_arena_free(scratch);
  return root;
}

const struct ask_raw *ask_yaml_child(const struct ask_raw *object, const char *key) {
  for (size_t i = 0; i < object->child_count && object->kind == ASK_RAW_OBJECT; i++)
    if (strcmp(object->children[i].key, key) == 0) return &object->children[i];
  return NULL;
}

const char *ask_yaml_quoted(struct ask_problems *problems, const char *text) {
  size_t length = strnlen(text, QUOTED_LIMIT + 1);
  if (length <= QUOTED_LIMIT) return text;
  while (((unsigned char)text[--length] & 0xC0) == 0x80)
    ;
  return ask_printf(problems->arena, "%.*s...", (int)length, text);
}
