/* A JSON Schema of answers, for openapi.json and the tools that are made from it. What is exact is answers.c: a schema
 * says nothing of checks between items, and nothing of ranges that hang on the day. */
#include "base/number.h"
#include "json/write_parts.h"

static void put_item(struct ask_buffer *buffer, const struct ask_item *item);

/* A range that is a plain number; others hang on the day. */
static void put_limit(struct ask_buffer *buffer, const char *name, const struct ask_expr_spec *limit) {
  int64_t millionths;
  char text[ASK_NUMBER_TEXT];
  if (!limit->text || !ask_number_read(limit->text, strlen(limit->text), 6, &millionths)) return;
  ask_decimal_text(millionths, text);
  ask_put_name(buffer, name);
  ask_put_bytes(buffer, text, strlen(text));
}

static void put_number(struct ask_buffer *buffer, const struct ask_item_spec *spec, const char *type) {
  ask_put_key_text(buffer, "type", type);
  put_limit(buffer, "minimum", &spec->min);
  put_limit(buffer, "maximum", &spec->max);
}

/* An option is given by its word or by its number. */
static void put_words(struct ask_buffer *buffer, const struct ask_options *options) {
  ask_put_key(buffer, "enum");
  ask_put_open(buffer, '[');
  for (uint32_t i = 0; i < options->count; i++) ask_put_text(buffer, options->list[i].id);
  for (uint32_t i = 0; i < options->count; i++)
    if (options->list[i].has_code) ask_put_int(buffer, options->list[i].code);
  ask_put_close(buffer, ']');
}

static void put_entries(struct ask_buffer *buffer, const struct ask_item *item) {
  ask_put_key_text(buffer, "type", "array");
  ask_put_key_int(buffer, "maxItems", item->spec->max_entries ? item->spec->max_entries : 50);
  ask_put_key(buffer, "items");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "type", "object");
  ask_put_key_bool(buffer, "additionalProperties", false);
  ask_put_key(buffer, "properties");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < item->field_count; i++) put_item(buffer, &item->fields[i]);
  ask_put_close(buffer, '}');
  ask_put_close(buffer, '}');
}

static void put_type(struct ask_buffer *buffer, const struct ask_item *item) {
  const struct ask_item_spec *spec = item->spec;
  switch (spec->type) {
  case ASK_BOOL: ask_put_key_text(buffer, "type", "boolean"); break;
  case ASK_INTEGER: put_number(buffer, spec, "integer"); break;
  case ASK_DECIMAL: put_number(buffer, spec, "number"); break;
  case ASK_MONEY:
    /* no multipleOf: validators that divide in floating point refuse 19.99 by it */
    put_number(buffer, spec, "number");
    ask_put_key_text(buffer, "description", "Dollars, at most two decimals.");
    break;
  case ASK_DATE:
    ask_put_key_text(buffer, "type", "string");
    ask_put_key_text(buffer, "format", "date");
    break;
  case ASK_TEXT:
    ask_put_key_text(buffer, "type", "string");
    ask_put_key_int(buffer, "maxLength", spec->max_length ? spec->max_length : 200);
    if (spec->pattern) {
      ask_put_key(buffer, "pattern");
      struct ask_buffer whole = {0};
      ask_buffer_printf(&whole, "^(?:%s)$", spec->pattern);
      ask_put_string(buffer, whole.bytes, whole.length);
      ask_buffer_free(&whole);
    }
    break;
  case ASK_CHOICE: put_words(buffer, &spec->options); break;
  case ASK_CHOICES:
    ask_put_key_text(buffer, "type", "array");
    ask_put_key(buffer, "items");
    ask_put_open(buffer, '{');
    put_words(buffer, &spec->options);
    ask_put_close(buffer, '}');
    break;
  case ASK_LIST: put_entries(buffer, item); break;
  }
}

/* Every item may also be left open, with or without saying why. */
static void put_item(struct ask_buffer *buffer, const struct ask_item *item) {
  ask_put_name(buffer, item->spec->id);
  ask_put_open(buffer, '{');
  if (item->spec->text) ask_put_key_text(buffer, "title", item->spec->text);
  if (item->spec->why) ask_put_key_text(buffer, "description", item->spec->why);
  ask_put_key(buffer, "anyOf");
  ask_put_open(buffer, '[');
  ask_put_open(buffer, '{');
  put_type(buffer, item);
  ask_put_close(buffer, '}');
  ask_put_literal(buffer, "{\"type\":\"null\"}");
  ask_put_literal(buffer, "{\"type\":\"object\",\"required\":[\"absent\"],\"additionalProperties\":false,"
                          "\"properties\":{\"absent\":{\"enum\":[\"unanswered\",\"declined\",\"unknown\"]}}}");
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_json_answers_schema(struct ask_buffer *buffer, const struct ask_catalogue *catalogue) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "type", "object");
  ask_put_key_text(buffer, "title", catalogue->form->title);
  ask_put_key_text(buffer, "description",
                   "What the household answered. Leave out what is not known: a question without an answer never "
                   "counts as no. {\"absent\": \"declined\"} and \"unknown\" say why there is none.");
  ask_put_key_bool(buffer, "additionalProperties", false);
  ask_put_key(buffer, "properties");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < catalogue->item_count; i++) put_item(buffer, &catalogue->items[i]);
  ask_put_close(buffer, '}');
  ask_put_close(buffer, '}');
}
