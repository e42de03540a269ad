/* Ids and units as words. */
#include "service/naming.h"

#include <string.h>

#include "base/arena.h"

const char *ask_name_words(struct ask_arena *arena, const char *name) {
  char *words = ask_strdup(arena, name);
  for (char *at = words; *at; at++)
    if (*at == '_') *at = ' ';
  return words;
}

const char *ask_member_words(struct ask_arena *arena, const char *entry, const char *item) {
  size_t length = entry ? strlen(entry) : 0;
  bool prefixed = length && strncmp(item, entry, length) == 0 && item[length] == '_';
  return ask_name_words(arena, prefixed ? item + length + 1 : item);
}

const char *ask_unit_pattern(struct ask_arena *arena, const struct ask_parameter_spec *spec, bool one) {
  const char *rest = strchr(spec->unit, ' ');
  size_t length = rest ? (size_t)(rest - spec->unit) : strlen(spec->unit);
  if (rest && strncmp(rest, " per ", 5) == 0) rest = ask_printf(arena, " a %s", rest + 5);
  if (!rest) rest = "";
  const char *first = ask_strndup(arena, spec->unit, length);
  if (strcmp(first, "percent") == 0) return ask_printf(arena, "{amount} %%%s", rest);
  if (strcmp(first, "people") == 0 && one) return "{amount} person";
  bool plain = spec->type == ASK_MONEY || spec->type == ASK_DATE || strcmp(first, "count") == 0 ||
               strcmp(first, "factor") == 0 || strcmp(first, "ratio") == 0;
  if (plain) return ask_printf(arena, "{amount}%s", rest);
  if (one && first[length - 1] == 's') first = ask_strndup(arena, first, length - 1); /* 1 year */
  return ask_printf(arena, "{amount} %s%s", first, rest);
}

bool ask_key_is_name(const char *key) { return strspn(key, "-0123456789") != strlen(key); }
