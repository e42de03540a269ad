/* Values as text: in the words of the input for machines, in plain words for people. */
#include "model/answers.h"

#include <string.h>

#include "base/date.h"
#include "base/number.h"

void ask_json_string(struct ask_buffer *buffer, const char *bytes, size_t length) {
  static const char hex[] = "0123456789abcdef";
  size_t from = 0;
  ask_buffer_putc(buffer, '"');
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    ask_buffer_add(buffer, bytes + from, i - from);
    from = i + 1;
    char escape[7] = {'\\', 0};
    switch (c) {
    case '\n': escape[1] = 'n'; break;
    case '\t': escape[1] = 't'; break;
    case '\r': escape[1] = 'r'; break;
    case '"':
    case '\\': escape[1] = (char)c; break;
    default: memcpy(escape + 1, (char[]){'u', '0', '0', hex[c >> 4], hex[c & 15], 0}, 6); break;
    }
    ask_buffer_puts(buffer, escape);
  }
  ask_buffer_add(buffer, bytes + from, length - from);
  ask_buffer_putc(buffer, '"');
}

static const char *absence_word(const struct ask_value *value) {
  return value->absence == ASK_DECLINED ? "declined" : value->absence == ASK_NOT_KNOWN ? "unknown" : "unanswered";
}

static void list_json(const struct ask_item *item, const struct ask_value *value, struct ask_buffer *buffer) {
  const struct ask_entries *entries = (const struct ask_entries *)(intptr_t)value->word;
  ask_buffer_putc(buffer, '[');
  for (uint32_t i = 0; i < entries->count; i++) {
    bool first = true;
    ask_buffer_puts(buffer, i ? ",{" : "{");
    for (size_t k = 0; k < item->field_count; k++) {
      const struct ask_value *cell = &entries->cells[(size_t)i * entries->width + k];
      if (cell->state != ASK_KNOWN && (cell->absence == ASK_UNANSWERED || cell->absence == ASK_NOT_ASKED)) continue;
      if (!first) ask_buffer_putc(buffer, ',');
      first = false;
      ask_json_string(buffer, item->fields[k].spec->id, strlen(item->fields[k].spec->id));
      ask_buffer_putc(buffer, ':');
      ask_value_json(&item->fields[k], cell, buffer);
    }
    ask_buffer_putc(buffer, '}');
  }
  ask_buffer_putc(buffer, ']');
}

static void number(const struct ask_kind *kind, int64_t word, bool people, struct ask_buffer *buffer) {
  char text[ASK_NUMBER_TEXT];
  if (kind->type == ASK_MONEY && people)
    ask_money_dollars_text(word, text);
  else if (kind->type == ASK_MONEY)
    ask_money_text(word, text);
  else if (kind->type == ASK_DECIMAL)
    ask_decimal_text(word, text);
  else if (kind->type == ASK_DATE)
    ask_date_text(word, text);
  else
    return ask_buffer_printf(buffer, "%lld", (long long)word);
  if (kind->type == ASK_DATE && !people)
    ask_json_string(buffer, text, strlen(text));
  else
    ask_buffer_puts(buffer, text);
}

static void words(const struct ask_kind *kind, int64_t word, bool people, struct ask_buffer *buffer) {
  bool first = true;
  if (!people) ask_buffer_putc(buffer, '[');
  for (uint32_t i = 0; i < kind->options->count; i++) {
    if (!(word >> i & 1)) continue;
    const struct ask_option *o = &kind->options->list[i];
    if (!first) ask_buffer_puts(buffer, people ? ", " : ",");
    first = false;
    if (people)
      ask_buffer_puts(buffer, o->text ? o->text : o->id);
    else
      ask_json_string(buffer, o->id, strlen(o->id));
  }
  if (!people)
    ask_buffer_putc(buffer, ']');
  else if (first)
    ask_buffer_puts(buffer, "none");
}

static void kind_text(const struct ask_kind *kind, const struct ask_value *value, bool people,
                      struct ask_buffer *buffer) {
  switch (kind->type) {
  case ASK_BOOL:
    ask_buffer_puts(buffer, people ? (value->word ? "yes" : "no") : (value->word ? "true" : "false"));
    return;
  case ASK_TEXT: {
    const struct ask_text *text = (const struct ask_text *)(intptr_t)value->word;
    if (people)
      ask_buffer_add(buffer, text->bytes, text->length);
    else
      ask_json_string(buffer, text->bytes, text->length);
    return;
  }
  case ASK_CHOICE: {
    const struct ask_option *o = &kind->options->list[value->word];
    if (people)
      ask_buffer_puts(buffer, o->text ? o->text : o->id);
    else
      ask_json_string(buffer, o->id, strlen(o->id));
    return;
  }
  case ASK_CHOICES: words(kind, value->word, people, buffer); return;
  case ASK_LIST: {
    const struct ask_entries *entries = (const struct ask_entries *)(intptr_t)value->word;
    if (people)
      ask_buffer_printf(buffer, "%u %s", entries->count, entries->count == 1 ? "entry" : "entries");
    else if (kind->list)
      list_json(kind->list, value, buffer);
    return;
  }
  default: number(kind, value->word, people, buffer); return;
  }
}

void ask_kind_json(const struct ask_kind *kind, const struct ask_value *value, struct ask_buffer *buffer) {
  if (value->state == ASK_KNOWN)
    kind_text(kind, value, false, buffer);
  else
    ask_buffer_puts(buffer, "null");
}

void ask_kind_people(const struct ask_kind *kind, const struct ask_value *value, struct ask_buffer *buffer) {
  if (value->state == ASK_KNOWN)
    kind_text(kind, value, true, buffer);
  else
    ask_buffer_puts(buffer, value->state == ASK_FAULT ? "cannot be computed" : "not known");
}

void ask_value_json(const struct ask_item *item, const struct ask_value *value, struct ask_buffer *buffer) {
  if (value->state == ASK_KNOWN)
    kind_text(&item->kind, value, false, buffer);
  else if (value->state == ASK_UNKNOWN && (value->absence == ASK_DECLINED || value->absence == ASK_NOT_KNOWN))
    ask_buffer_printf(buffer, "{\"absent\":\"%s\"}", absence_word(value));
  else
    ask_buffer_puts(buffer, "null");
}

void ask_value_people(const struct ask_item *item, const struct ask_value *value, struct ask_buffer *buffer) {
  if (value->state == ASK_KNOWN)
    kind_text(&item->kind, value, true, buffer);
  else if (value->state == ASK_FAULT)
    ask_buffer_puts(buffer, "cannot be computed");
  else if (value->state == ASK_WITHHELD)
    ask_buffer_puts(buffer, "withheld");
  else
    ask_buffer_puts(buffer, value->absence == ASK_DECLINED    ? "declined"
                            : value->absence == ASK_NOT_KNOWN ? "not known"
                            : value->absence == ASK_NOT_ASKED ? "not asked"
                                                              : "not answered");
}
