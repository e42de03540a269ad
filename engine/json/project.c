/* Pieces of stored JSON, and a stored result shown with less. */
#include "json/project.h"

#include "json/put.h"

/* ---- walking ------------------------------------------------------------------------------------------------------- */

/* Behind the text that begins after the quote at `at`; NULL: it does not end. */
static const char *text_end(const char *at, const char *end) {
  while (at < end) {
    const char *quote = memchr(at, '"', (size_t)(end - at));
    if (!quote) return NULL;
    size_t backslashes = 0;
    while (quote - backslashes > at && quote[-1 - (ptrdiff_t)backslashes] == '\\') backslashes++;
    if (backslashes % 2 == 0) return quote + 1;
    at = quote + 1;
  }
  return NULL;
}

/* Behind the value that begins at `at`; NULL: it does not end. */
static const char *value_end(const char *at, const char *end) {
  if (at == end) return NULL;
  if (*at == '"') return text_end(at + 1, end);
  if (*at != '{' && *at != '[') {
    const char *begin = at;
    if (!strchr("-0123456789tfn", *at) || !*at) return NULL;
    while (at < end && *at != ',' && *at != '}' && *at != ']') at++;
    return at > begin ? at : NULL;
  }
  size_t depth = 0;
  while (at < end) {
    char c = *at++;
    if (c == '"') {
      at = text_end(at, end);
      if (!at) return NULL;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at;
    }
  }
  return NULL;
}

bool ask_json_walk_start(struct ask_json_walk *ret, struct ask_text value) {
  char last = value.length >= 2 ? value.bytes[value.length - 1] : 0;
  bool object = last == '}' && value.bytes[0] == '{', array = last == ']' && value.bytes[0] == '[';
  *ret = (struct ask_json_walk){.broken = true};
  if (!object && !array) return false;
  *ret = (struct ask_json_walk){value.bytes + 1, value.bytes + value.length, last, true, false};
  return true;
}

/* The end of the object or array is where the text ends. */
static bool stop(struct ask_json_walk *walk) {
  walk->broken = walk->broken || walk->at + 1 != walk->end;
  walk->closing = 0;
  return false;
}

static bool fail(struct ask_json_walk *walk) {
  walk->broken = true;
  walk->closing = 0;
  return false;
}

bool ask_json_walk_next(struct ask_json_walk *walk, struct ask_text *ret_key, struct ask_text *ret_value) {
  if (!walk->closing) return false;
  const char *at = walk->at, *end = walk->end;
  if (*at == walk->closing) return stop(walk);
  if (!walk->first && (*at++ != ',' || at == end)) return fail(walk);
  *ret_key = (struct ask_text){"", 0};
  if (walk->closing == '}') {
    const char *key = at + 1, *behind = *at == '"' ? text_end(key, end) : NULL;
    if (!behind || behind == end || *behind != ':') return fail(walk);
    *ret_key = (struct ask_text){key, (size_t)(behind - key) - 1};
    at = behind + 1;
  }
  const char *behind = value_end(at, end);
  if (!behind || behind == end) return fail(walk); /* the closing bracket has to follow somewhere */
  *ret_value = (struct ask_text){at, (size_t)(behind - at)};
  walk->at = behind;
  walk->first = false;
  return true;
}

bool ask_json_member(struct ask_text object, const char *key, struct ask_text *ret_value) {
  struct ask_json_walk walk;
  struct ask_text name, value;
  if (!ask_json_walk_start(&walk, object)) return false;
  while (ask_json_walk_next(&walk, &name, &value))
    if (ask_text_is(&name, key)) {
      *ret_value = value;
      return true;
    }
  return false;
}

/* ---- less of a result ---------------------------------------------------------------------------------------------- */

static void put_member(struct ask_buffer *buffer, const struct ask_text *key, const struct ask_text *value) {
  ask_put_comma(buffer);
  ask_put_bytes(buffer, "\"", 1);
  ask_put_bytes(buffer, key->bytes, key->length);
  ask_put_bytes(buffer, "\":", 2);
  ask_put_bytes(buffer, value->bytes, value->length);
}

static bool put_request(struct ask_buffer *buffer, struct ask_text request, enum ask_detail detail, bool with_next) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  if (!ask_json_walk_start(&walk, request)) return false;
  ask_put_key(buffer, "request");
  ask_put_open(buffer, '{');
  while (ask_json_walk_next(&walk, &key, &value)) {
    if (ask_text_is(&key, "detail"))
      ask_put_key_text(buffer, "detail", ask_detail_text(detail));
    else if (ask_text_is(&key, "next"))
      ask_put_key_bool(buffer, "next", with_next);
    else
      put_member(buffer, &key, &value);
  }
  ask_put_close(buffer, '}');
  return !walk.broken;
}

/* What detail status has of a determination, in its order. */
static bool put_status(struct ask_buffer *buffer, struct ask_text determination) {
  static const char *const keys[] = {"program", "pack", "status", "level", "missing"};
  enum { KEYS = sizeof keys / sizeof *keys, PACK = 1 }; /* the pack is there only when there are several */
  struct ask_text found[KEYS] = {0}, names[KEYS] = {0}, key, value;
  struct ask_json_walk walk;
  if (!ask_json_walk_start(&walk, determination)) return false;
  while (ask_json_walk_next(&walk, &key, &value))
    for (size_t i = 0; i < KEYS; i++)
      if (ask_text_is(&key, keys[i])) {
        names[i] = key;
        found[i] = value;
      }
  if (walk.broken) return false;
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < KEYS; i++) {
    if (!found[i].bytes && i == PACK) continue;
    if (!found[i].bytes) return false;
    put_member(buffer, &names[i], &found[i]);
  }
  ask_put_close(buffer, '}');
  return true;
}

static bool put_statuses(struct ask_buffer *buffer, struct ask_text determinations) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  if (!ask_json_walk_start(&walk, determinations)) return false;
  ask_put_key(buffer, "determinations");
  ask_put_open(buffer, '[');
  while (ask_json_walk_next(&walk, &key, &value))
    if (!put_status(buffer, value)) return false;
  ask_put_close(buffer, ']');
  return !walk.broken;
}

static bool put_result(struct ask_buffer *buffer, struct ask_text result, enum ask_detail detail, bool with_next) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  bool good = ask_json_walk_start(&walk, result), request = false, determinations = false;
  ask_put_open(buffer, '{');
  while (good && ask_json_walk_next(&walk, &key, &value)) {
    if (ask_text_is(&key, "request")) {
      good = request = put_request(buffer, value, detail, with_next);
    } else if (ask_text_is(&key, "determinations")) {
      determinations = true;
      if (detail == ASK_DETAIL_STATUS)
        good = put_statuses(buffer, value);
      else
        put_member(buffer, &key, &value);
    } else if (with_next || !ask_text_is(&key, "next")) {
      put_member(buffer, &key, &value);
    }
  }
  ask_put_close(buffer, '}');
  return good && !walk.broken && request && determinations;
}

bool ask_json_project(struct ask_buffer *buffer, struct ask_text result, enum ask_detail detail, bool with_next) {
  size_t before = buffer->length;
  ask_buffer_reserve(buffer, result.length);
  if (put_result(buffer, result, detail, with_next)) return true;
  buffer->length = before;
  buffer->bytes[before] = '\0';
  return false;
}
