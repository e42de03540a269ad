/* Reading translations and finding one. */
#include "service/locale.h"

#include <stdlib.h>
#include <string.h>

#include "service/locale_parts.h"

/* ---- where they are ---------------------------------------------------------------------------------------------- */

static const char *folder_of(struct ask_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  return !slash ? "." : slash == path ? "/" : ask_strndup(arena, path, (size_t)(slash - path));
}

struct ask_locale_place *ask_locale_places(struct ask_arena *arena, const struct ask_data_places *places,
                                           const char *web, const struct ask_rules *rules, size_t *ret_count) {
  const struct ask_catalogue *catalogue = rules->catalogue;
  struct ask_locale_place *list =
      ask_alloc_array(arena, catalogue->pack_count + catalogue->program_count + 2, sizeof *list);
  size_t count = 0;
  if (web) list[count++] = (struct ask_locale_place){.name = "web", .folder = ask_path_join(arena, web, "locales")};
  list[count++] = (struct ask_locale_place){.name = "form",
                                            .folder = ask_path_join(arena, folder_of(arena, places->form), "locales")};
  for (size_t p = 0; p < catalogue->pack_count; p++) {
    const struct ask_pack_spec *pack = catalogue->packs[p].spec;
    if (!pack->folder) continue;
    list[count++] = (struct ask_locale_place){.name = ask_printf(arena, "pack %s", pack->id),
                                              .folder = ask_path_join(arena, pack->folder, "shared/locales"),
                                              .pack = pack->id,
                                              .pack_spec = pack};
    for (size_t i = 0; i < pack->program_count; i++) {
      const struct ask_program_spec *program = &pack->programs[i];
      list[count++] = (struct ask_locale_place){.name = ask_printf(arena, "program %s", program->id),
                                                .folder = ask_path_join(arena, program->folder, "locales"),
                                                .pack = pack->id,
                                                .program = program->id,
                                                .program_spec = program};
    }
  }
  *ret_count = count;
  return list;
}

bool ask_locale_file_read(struct ask_arena *arena, const struct ask_locale_place *place, const char *tag,
                          struct ask_locale_file *ret, struct ask_problems *problems) {
  *ret = (struct ask_locale_file){.path = ask_path_join(arena, place->folder, ask_printf(arena, "%s.yaml", tag))};
  ret->there = ask_is_there(ret->path);
  if (!ret->there) return true;
  struct ask_bytes bytes = ask_file_read(arena, ret->path, ASK_SOURCE_LIMIT, problems);
  if (!bytes.bytes || !ask_yaml_locale(arena, ret->path, bytes.bytes, bytes.length, &ret->spec, problems)) return false;
  if (strcmp(ret->spec.language, tag) == 0) return true;
  ask_problem_add(problems, ASK_ERROR, "bad-language", ret->spec.at, NULL,
                  "the file is called as its language is: es.yaml has `language: es`",
                  "this file says it is '%s', not %s", ret->spec.language, tag);
  ret->spec = (struct ask_locale_spec){0};
  return false;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

const struct ask_translation_spec *ask_locale_entry(const struct ask_locale_spec *spec, const char *english) {
  for (size_t low = 0, high = spec->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(english, spec->texts[middle].english);
    if (order == 0) return &spec->texts[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

/* The next {name} from `text` on, with its brackets, or NULL. */
static const char *placeholder(const char *text, size_t *ret_length) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  while ((text = strchr(text, '{'))) {
    size_t length = strspn(text + 1, letters);
    if (length && text[length + 1] == '}') {
      *ret_length = length + 2;
      return text;
    }
    text++;
  }
  return NULL;
}

static bool has_all_of(const char *text, const char *other) {
  size_t length;
  for (const char *one = other; (one = placeholder(one, &length)); one += length) {
    size_t found_length = 0;
    const char *found = text;
    while ((found = placeholder(found, &found_length)) && (found_length != length || memcmp(found, one, length) != 0))
      found += found_length;
    if (!found) return false;
  }
  return true;
}

bool ask_locale_same_placeholders(const char *english, const char *text) {
  return has_all_of(text, english) && has_all_of(english, text);
}

/* ---- whole languages --------------------------------------------------------------------------------------------- */

/* What can be shown of a file: without what is not translated yet and what would lose a value. */
static struct ask_locale_texts usable(struct ask_arena *arena, const struct ask_locale_place *place,
                                      const struct ask_locale_spec *spec, struct ask_problems *problems) {
  struct ask_locale_texts ret = {.place = place->name, .pack = place->pack, .program = place->program};
  ret.texts = ask_alloc_array(arena, spec->count, sizeof *ret.texts);
  for (size_t i = 0; i < spec->count; i++) {
    const struct ask_translation_spec *text = &spec->texts[i];
    if (!*text->text) continue;
    if (ask_locale_same_placeholders(text->english, text->text))
      ret.texts[ret.count++] = (struct ask_locale_text){text->english, text->text};
    else
      ask_problem_add(problems, ASK_WARNING, "placeholders", text->at, NULL,
                      "write each {name} of the English text, as it is written there",
                      "the translation has other {placeholders} than '%.60s', and is not used", text->english);
  }
  return ret;
}

static struct ask_locale read_language(struct ask_arena *arena, const struct ask_locale_place *places, size_t count,
                                       const char *tag, struct ask_problems *problems) {
  struct ask_locale locale = {.tag = tag, .name = tag};
  locale.files = ask_alloc_array(arena, count, sizeof *locale.files);
  for (size_t i = 0; i < count; i++) {
    struct ask_locale_file file;
    if (!ask_locale_file_read(arena, &places[i], tag, &file, problems) || !file.there) continue;
    if (file.spec.name) locale.name = file.spec.name;
    locale.right_to_left = locale.right_to_left || file.spec.right_to_left;
    locale.test = locale.test || file.spec.test;
    struct ask_locale_texts texts = usable(arena, &places[i], &file.spec, problems);
    if (texts.count) locale.files[locale.file_count++] = texts;
  }
  return locale;
}

bool ask_locale_is_tag(const char *tag) { return ask_yaml_is_language(tag) && strcmp(tag, "en") != 0; }

const char **ask_locale_tags(struct ask_arena *arena, const char *web, size_t *ret_count,
                             struct ask_problems *problems) {
  const char *folder = ask_path_join(arena, web, "locales");
  size_t count = 0, kept = 0;
  *ret_count = 0;
  if (!ask_is_folder(folder)) return ask_alloc(arena, sizeof(char *));
  const char **names = ask_folder_list(arena, folder, ".yaml", &count, problems);
  if (!names) return NULL;
  for (size_t i = 0; i < count; i++) {
    const char *tag = ask_strndup(arena, names[i], strlen(names[i]) - strlen(".yaml"));
    if (!ask_locale_is_tag(tag))
      ask_problem_add(problems, ASK_WARNING, "bad-language",
                      (struct ask_place){.file = ask_path_join(arena, folder, names[i])}, NULL,
                      "the file of a language is called es.yaml; English has none", "is not the name of a language");
    else if (kept < ASK_LOCALE_LIMIT)
      names[kept++] = tag;
  }
  *ret_count = kept;
  return names;
}

bool ask_locales_read(struct ask_arena *arena, const struct ask_data_places *places, const char *web,
                      const struct ask_rules *rules, struct ask_locale **ret, size_t *ret_count,
                      struct ask_problems *problems) {
  size_t tag_count = 0, place_count = 0, errors = problems->errors;
  const char **tags = ask_locale_tags(arena, web, &tag_count, problems);
  struct ask_locale_place *list = ask_locale_places(arena, places, web, rules, &place_count);
  struct ask_locale *locales = ask_alloc_array(arena, tag_count + 1, sizeof *locales);
  locales[0] = (struct ask_locale){.tag = "en", .name = "English"};
  for (size_t i = 0; tags && i < tag_count; i++)
    locales[i + 1] = read_language(arena, list, place_count, tags[i], problems);
  *ret = locales;
  *ret_count = tag_count + 1;
  return problems->errors == errors;
}

const struct ask_locale *ask_locale_read(struct ask_arena *arena, const struct ask_data_places *places, const char *web,
                                         const struct ask_rules *rules, const char *tag,
                                         struct ask_problems *problems) {
  size_t tag_count = 0, place_count = 0;
  const char **tags = ask_locale_tags(arena, web, &tag_count, problems);
  struct ask_locale *locale = ask_alloc(arena, sizeof *locale);
  for (size_t i = 0; tags && i < tag_count; i++) {
    if (strcmp(tags[i], tag) != 0) continue;
    struct ask_locale_place *list = ask_locale_places(arena, places, web, rules, &place_count);
    *locale = read_language(arena, list, place_count, tag, problems);
    return locale;
  }
  return NULL;
}

/* ---- lookup ------------------------------------------------------------------------------------------------------ */

static bool same(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

const char *ask_locale_texts_find(const struct ask_locale_texts *texts, const char *english) {
  for (size_t low = 0, high = texts->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(english, texts->texts[middle].english);
    if (order == 0) return texts->texts[middle].text;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static const char *find_in(const struct ask_locale *locale, const char *place, const char *pack, const char *program,
                           const char *english) {
  for (size_t i = 0; i < locale->file_count; i++) {
    const struct ask_locale_texts *file = &locale->files[i];
    if (same(file->pack, pack) && same(file->program, program) && (pack || strcmp(file->place, place) == 0))
      return ask_locale_texts_find(file, english);
  }
  return NULL;
}

const char *ask_locale_find(const struct ask_locale *locale, const char *pack, const char *program,
                            const char *english) {
  const char *text = NULL;
  if (program) text = find_in(locale, "", pack, program, english);
  if (!text && pack) text = find_in(locale, "", pack, NULL, english);
  return text ? text : find_in(locale, "form", NULL, NULL, english);
}

const char *ask_locale_interface(const struct ask_locale *locale, const char *english) {
  return find_in(locale, "web", NULL, NULL, english);
}

static const char *value_of(const char *placeholder, size_t length, const char *const *names, const char *const *values,
                            size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strlen(names[i]) + 2 == length && memcmp(names[i], placeholder + 1, length - 2) == 0) return values[i];
  return NULL;
}

const char *ask_locale_fill(struct ask_arena *arena, const char *text, const char *const *names,
                            const char *const *values, size_t count) {
  struct ask_buffer filled = {0};
  size_t length = 0;
  for (const char *next; (next = placeholder(text, &length)); text = next + length) {
    const char *value = value_of(next, length, names, values, count);
    ask_buffer_add(&filled, text, (size_t)(next - text));
    ask_buffer_add(&filled, value ? value : next, value ? strlen(value) : length);
  }
  ask_buffer_puts(&filled, text);
  const char *copy = ask_strndup(arena, filled.bytes ? filled.bytes : "", filled.length);
  ask_buffer_free(&filled);
  return copy;
}
