/* Changes as text, Markdown and JSON, program by program and area by area. */
#include <string.h>

#include "service/compare.h"
#include "json/put.h"

static const struct ask_fact *side(const struct ask_difference *change) {
  return change->new ? change->new : change->old;
}

static const char *value_of(const struct ask_fact *fact, const char *name) {
  for (size_t i = 0; fact && i < fact->field_count; i++)
    if (strcmp(fact->fields[i].name, name) == 0) return fact->fields[i].value;
  return NULL;
}

/* Each field that either side says and that differs; the key itself when the two are named differently. */
typedef void each_field(void *context, const char *name, const char *old, const char *new);
static void fields(const struct ask_difference *change, each_field *each, void *context) {
  const struct ask_fact *sides[] = {change->old, change->new};
  if (change->old && change->new &&strcmp(change->old->key, change->new->key) != 0)
    each(context, "text", change->old->key, change->new->key);
  for (int s = 0; s < 2; s++)
    for (size_t i = 0; sides[s] && i < sides[s]->field_count; i++) {
      const char *name = sides[s]->fields[i].name;
      const char *old = value_of(change->old, name), *new = value_of(change->new, name);
      if (s == 1 && old) continue; /* told */
      if (!old || !new || strcmp(old, new) != 0) each(context, name, old, new);
    }
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

struct lines {
  struct ask_buffer *b;
  bool markdown;
};

static void put(struct lines *l, const char *text) {
  for (; *text; text++) {
    if (l->markdown && strchr("\\`*_[]<>|#", *text)) ask_buffer_putc(l->b, '\\');
    ask_buffer_putc(l->b, (unsigned char)*text < 0x20 ? ' ' : *text);
  }
}

static void put_field(void *context, const char *name, const char *old, const char *new) {
  struct lines *l = context;
  if (old && !new) {
    ask_buffer_printf(l->b, "    %s%s was: ", l->markdown ? "- " : "", name);
    put(l, old);
  } else if (new && !old) {
    ask_buffer_printf(l->b, "    %s%s: ", l->markdown ? "- " : "", name);
    put(l, new);
  } else {
    ask_buffer_printf(l->b, "    %s%s was: ", l->markdown ? "- " : "", name);
    put(l, old);
    ask_buffer_printf(l->b, "\n    %s%*snow: ", l->markdown ? "  " : "", (int)strlen(name) + 1, "");
    put(l, new);
  }
  ask_buffer_putc(l->b, '\n');
}

/* The changes of one program and area, in their order. */
static void put_area(struct lines *l, const struct ask_difference *changes, size_t count, const struct ask_fact *of) {
  static const char *const words[] = {
      [ASK_FACT_ADDED] = "added", [ASK_FACT_REMOVED] = "removed", [ASK_FACT_CHANGED] = "changed"};
  ask_buffer_printf(l->b, l->markdown ? "\n### %s\n\n" : "  %s\n", of->area);
  for (size_t i = 0; i < count; i++) {
    const struct ask_fact *fact = side(&changes[i]);
    if (strcmp(fact->program, of->program) != 0 || strcmp(fact->area, of->area) != 0) continue;
    ask_buffer_printf(l->b, l->markdown ? "- **%s** " : "  %s: ", words[changes[i].kind]);
    put(l, fact->key);
    ask_buffer_putc(l->b, '\n');
    fields(&changes[i], put_field, l);
  }
}

/* Whether an earlier change is of the same program (and area). */
static bool seen(const struct ask_difference *changes, size_t i, bool area) {
  const struct ask_fact *of = side(&changes[i]);
  for (size_t k = 0; k < i; k++) {
    const struct ask_fact *other = side(&changes[k]);
    if (strcmp(of->program, other->program) == 0 && (!area || strcmp(of->area, other->area) == 0)) return true;
  }
  return false;
}

void ask_differences_text(struct ask_buffer *buffer, const struct ask_difference *changes, size_t count,
                          bool markdown) {
  struct lines lines = {buffer, markdown};
  for (size_t i = 0; i < count; i++) {
    if (seen(changes, i, false)) continue;
    const struct ask_fact *of = side(&changes[i]);
    ask_buffer_printf(buffer, markdown ? "%s## %s\n" : "%s%s\n", buffer->length ? "\n" : "", of->program);
    for (size_t k = i; k < count; k++)
      if (strcmp(side(&changes[k])->program, of->program) == 0 && !seen(changes, k, true))
        put_area(&lines, changes, count, side(&changes[k]));
  }
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void put_json_field(void *context, const char *name, const char *old, const char *new) {
  struct ask_buffer *b = context;
  ask_put_open(b, '{');
  ask_put_key_text(b, "field", name);
  ask_put_key_text(b, "old", old);
  ask_put_key_text(b, "new", new);
  ask_put_close(b, '}');
}

void ask_differences_json(struct ask_buffer *buffer, const struct ask_difference *changes, size_t count) {
  static const char *const words[] = {
      [ASK_FACT_ADDED] = "added", [ASK_FACT_REMOVED] = "removed", [ASK_FACT_CHANGED] = "changed"};
  ask_put_open(buffer, '{');
  ask_put_key(buffer, "changes");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) {
    const struct ask_fact *fact = side(&changes[i]);
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "program", fact->program);
    ask_put_key_text(buffer, "area", fact->area);
    ask_put_key_text(buffer, "key", fact->key);
    ask_put_key_text(buffer, "change", words[changes[i].kind]);
    ask_put_key(buffer, "fields");
    ask_put_open(buffer, '[');
    fields(&changes[i], put_json_field, buffer);
    ask_put_close(buffer, ']');
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
