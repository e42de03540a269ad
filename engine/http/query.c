/* Strict: a parameter that is not known is a slip of the pen that would otherwise go unnoticed. */
#include "http/query.h"

#include <string.h>

#include "http/routes.h"

static bool read_detail(struct ask_query *query, char *value, size_t length) {
  static const enum ask_detail details[] = {ASK_DETAIL_STATUS, ASK_DETAIL_REASONS, ASK_DETAIL_TREE};
  for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
    if (!ask_text_is(&(struct ask_text){value, length}, ask_detail_text(details[i]))) continue;
    query->view.detail = details[i];
    return true;
  }
  return false;
}

static bool read_next(struct ask_query *query, char *value, size_t length) {
  struct ask_text text = {value, length};
  query->view.with_next = ask_text_is(&text, "true");
  return query->view.with_next || ask_text_is(&text, "false");
}

static bool read_programs(struct ask_query *query, char *value, size_t length) {
  query->view.programs = value; /* ended with a NUL where the parameter ended */
  return length > 0;
}

static bool read_packs(struct ask_query *query, char *value, size_t length) {
  query->view.packs = value;
  return length > 0;
}

static bool read_interested(struct ask_query *query, char *value, size_t length) {
  query->interested = length ? value : NULL; /* nothing: no wish */
  return true;
}

static bool read_number(const char *value, size_t length, int32_t least, int32_t most, int32_t *ret) {
  int64_t number = 0;
  if (!length || length > 10) return false;
  for (size_t i = 0; i < length; i++) {
    if (value[i] < '0' || value[i] > '9') return false;
    number = number * 10 + (value[i] - '0');
  }
  if (number < least || number > most) return false;
  *ret = (int32_t)number;
  return true;
}

static bool read_revision(struct ask_query *query, char *value, size_t length) {
  return read_number(value, length, 1, INT32_MAX, &query->revision);
}
static bool read_after(struct ask_query *query, char *value, size_t length) {
  return read_number(value, length, 0, INT32_MAX, &query->after);
}
static bool read_limit(struct ask_query *query, char *value, size_t length) {
  return read_number(value, length, 1, 100, &query->limit);
}

static const struct {
  unsigned bit;
  const char *name;
  bool (*read)(struct ask_query *query, char *value, size_t length);
  const char *takes;
} parameters[] = {
    {ASK_DETAIL, "detail", read_detail, "status, reasons or tree"},
    {ASK_NEXT, "next", read_next, "true or false"},
    {ASK_PACKS, "packs", read_packs, "ids of packs, separated by commas, or all"},
    {ASK_PROGRAMS, "programs", read_programs, "ids of programs, separated by commas"},
    {ASK_INTERESTED, "interestedPrograms", read_interested, "codes of programs, separated by |"},
    {ASK_REVISION, "revision", read_revision, "the number of a revision: 1, 2, ..."},
    {ASK_AFTER, "after", read_after, "a number from 0 on"},
    {ASK_LIMIT, "limit", read_limit, "a number from 1 to 100"},
};
enum { PARAMETERS = sizeof parameters / sizeof parameters[0], SHOWN = 64 };

/* What was sent, as far as it can be shown. */
static const char *shown(struct ask_request *request, const char *text, size_t length) {
  if (!ask_utf8_valid(text, length)) return "(not UTF-8)";
  if (length <= SHOWN) return ask_strndup(request->arena, text, length);
  length = SHOWN;
  while (length && ((unsigned char)text[length] & 0xc0) == 0x80) length--;
  return ask_printf(request->arena, "%.*s...", (int)length, text);
}

static void refuse_unknown(struct ask_request *request, const char *name, size_t length) {
  const char *names[PARAMETERS];
  size_t count = 0;
  for (int i = 0; i < PARAMETERS; i++)
    if (request->action->parameters & parameters[i].bit) names[count++] = parameters[i].name;
  const char *said = shown(request, name, length), *near = ask_did_you_mean(said, names, count), *hint = NULL;
  if (near) {
    hint = ask_printf(request->arena, "did you mean %s?", near);
  } else if (count) {
    hint = "";
    for (size_t i = 0; i < count; i++)
      hint = ask_printf(request->arena, "%s%s%s", hint, i ? ", " : "there is ", names[i]);
  } else {
    hint = "this path takes none";
  }
  ask_refuse_value(request, "parameter", said, "unknown-parameter",
                   ask_printf(request->arena, "there is no parameter %s", said), hint);
}

static void read_one(struct ask_request *request, char *name, size_t name_length, char *value, size_t length,
                     unsigned *seen) {
  if (!ask_unescape(name, &name_length, true) || !ask_unescape(value, &length, true)) {
    ask_refuse_value(request, "parameter", "", "bad-escape",
                     "the query has a % that is not followed by two digits 0-9, A-F", "a percent sign itself is %25");
    return;
  }
  value[length] = '\0';
  for (int i = 0; i < PARAMETERS; i++) {
    if (!(request->action->parameters & parameters[i].bit)) continue;
    if (!ask_text_is(&(struct ask_text){name, name_length}, parameters[i].name)) continue;
    if (*seen & parameters[i].bit)
      ask_refuse_value(request, "parameter", parameters[i].name, "twice", "this parameter came twice", "send it once");
    else if (!ask_utf8_valid(value, length) || !parameters[i].read(&request->query, value, length))
      ask_refuse_value(request, "parameter", parameters[i].name, "bad-value",
                       ask_printf(request->arena, "%s cannot be %s", parameters[i].name, shown(request, value, length)),
                       parameters[i].takes);
    *seen |= parameters[i].bit;
    return;
  }
  refuse_unknown(request, name, name_length);
}

void ask_query_read(struct ask_request *request) {
  request->query = (struct ask_query){.view = {.detail = ASK_DETAIL_REASONS, .with_next = true}, .limit = 20};
  char *at = request->target.query;
  unsigned seen = 0;
  while (at && *at) {
    char *end = strchr(at, '&'), *next = end ? end + 1 : NULL;
    if (end) *end = '\0';
    size_t length = strlen(at);
    char *equals = memchr(at, '=', length);
    char *value = equals ? equals + 1 : at + length;
    size_t name_length = equals ? (size_t)(equals - at) : length;
    if (length) read_one(request, at, name_length, value, (size_t)(at + length - value), &seen);
    at = next;
  }
}
