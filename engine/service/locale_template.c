/* Files of translations, made or completed: every text that there is, in the order in which people meet it. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "service/locale_parts.h"

/* Wider than this, a translation stands on a line of its own; longer than this, a key has to be written with `?`. */
enum { LINE_WIDTH = 120, SIMPLE_KEY_LIMIT = 500 };

/* The ten languages of New York City's Local Law 30, as they call themselves. */
static const struct {
  const char *tag, *name;
  bool right_to_left;
} languages[] = {
    {"ar", "العربية", true},   {"bn", "বাংলা", false},          {"es", "Español", false},
    {"fr", "Français", false}, {"ht", "Kreyòl ayisyen", false}, {"ko", "한국어", false},
    {"pl", "Polski", false},   {"ru", "Русский", false},        {"ur", "اردو", true},
    {"zh", "中文", false},
};

/* ---- comments that somebody wrote -------------------------------------------------------------------------------- */

/* The lines of a file that is there. */
struct lines {
  const char **starts; /* one more for the end */
  size_t count;
};

static struct lines lines_of(struct ask_arena *arena, const struct ask_bytes *bytes) {
  struct lines lines = {0};
  size_t capacity = 0, starts = 0;
  for (const char *at = bytes->bytes, *end = at + bytes->length; at < end;) {
    *(const char **)ask_push(arena, &lines.starts, &starts, &capacity, sizeof *lines.starts) = at;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    at = newline ? newline + 1 : end;
  }
  lines.count = starts;
  *(const char **)ask_push(arena, &lines.starts, &starts, &capacity, sizeof *lines.starts) =
      bytes->bytes + bytes->length;
  return lines;
}

/* "#: ..." says where a text stands, and is made anew. */
static bool is_comment(const struct lines *lines, size_t line) {
  const char *at = lines->starts[line], *end = lines->starts[line + 1];
  while (at < end && *at == ' ') at++;
  return at < end && *at == '#' && !(at + 1 < end && at[1] == ':');
}

/* The comment above a line (counted from 1), indented. */
static void put_comment(struct ask_buffer *b, const struct lines *lines, int line) {
  if (line < 1 || (size_t)line > lines->count) return;
  size_t last = (size_t)line - 1, first = last;
  while (first > 0 && is_comment(lines, first - 1)) first--;
  for (size_t i = first; i < last; i++) {
    const char *at = lines->starts[i];
    while (*at == ' ') at++;
    ask_buffer_puts(b, "  ");
    ask_buffer_add(b, at, (size_t)(lines->starts[i + 1] - at));
  }
}

/* The comment at the head of a file. */
static void put_head(struct ask_buffer *b, const struct lines *lines, const struct ask_locale_place *place) {
  size_t count = 0;
  while (count < lines->count && is_comment(lines, count)) count++;
  if (count)
    ask_buffer_add(b, lines->starts[0], (size_t)(lines->starts[count] - lines->starts[0]));
  else
    ask_buffer_printf(b, "# %s%s: each text as it is in English, and its translation (docs/rule-author.md).\n",
                      place->program                     ? "The program "
                      : place->pack                      ? "What the programs share of the pack "
                      : strcmp(place->name, "form") == 0 ? "The form and its instruments"
                                                         : "The interface",
                      place->program ? place->program
                      : place->pack  ? place->pack
                                     : "");
}

/* ---- a file ------------------------------------------------------------------------------------------------------ */

static void put_entry(struct ask_buffer *b, const char *english, const char *text) {
  struct ask_buffer key = {0}, value = {0};
  ask_yaml_put_quoted(&key, english);
  ask_yaml_put_quoted(&value, text);
  if (key.length > SIMPLE_KEY_LIMIT)
    ask_buffer_printf(b, "  ? %s\n  : %s\n", key.bytes, value.bytes);
  else if (ask_utf8_length(key.bytes, key.length) + ask_utf8_length(value.bytes, value.length) + 4 > LINE_WIDTH)
    ask_buffer_printf(b, "  %s:\n    %s\n", key.bytes, value.bytes);
  else
    ask_buffer_printf(b, "  %s: %s\n", key.bytes, value.bytes);
  ask_buffer_free(&key);
  ask_buffer_free(&value);
}

static void put_language(struct ask_buffer *b, const struct ask_locale_place *place, const char *tag,
                         const struct ask_locale_spec *spec) {
  const char *name = spec->name;
  bool right_to_left = spec->right_to_left;
  ask_buffer_printf(b, "language: %s\n", tag);
  if (strcmp(place->name, "web") != 0) return;
  for (size_t i = 0; i < sizeof languages / sizeof *languages && !name; i++)
    if (strcmp(languages[i].tag, tag) == 0) {
      name = languages[i].name;
      right_to_left = languages[i].right_to_left;
    }
  ask_buffer_puts(b, "name: ");
  ask_yaml_put_quoted(b, name ? name : tag);
  ask_buffer_printf(b, "\ndirection: %s\n%s", right_to_left ? "rtl" : "ltr", spec->test ? "test_language: true\n" : "");
}

static void put_where(struct ask_buffer *b, const char *where) {
  ask_buffer_puts(b, "  #: ");
  ask_buffer_puts(b, where);
  ask_buffer_putc(b, '\n');
}

/* What is there and not in the list above: in other words than elsewhere, or not said any more. */
static void put_others(struct ask_buffer *b, const struct ask_language *language, size_t place,
                       const struct lines *lines, bool used) {
  const struct ask_locale_spec *spec = &language->files[place].spec;
  bool headed = false;
  for (size_t i = 0; i < spec->count; i++) {
    const struct ask_translation_spec *entry = &spec->texts[i];
    if (ask_seen_has(&language->own[place], entry->english) ||
        ask_seen_has(&language->all[place], entry->english) != used)
      continue;
    if (!headed) put_where(b, used ? "in other words than elsewhere" : "not used any more");
    headed = true;
    put_comment(b, lines, entry->at.line);
    put_entry(b, entry->english, entry->text);
  }
}

static bool put_file(struct ask_arena *arena, const struct ask_language *language, size_t place, const char *tag,
                     struct ask_buffer *b, struct ask_problems *problems) {
  const struct ask_locale_file *file = &language->files[place];
  const struct ask_seen *seen = &language->own[place];
  struct ask_bytes bytes = {"", 0};
  struct ask_buffer texts = {0};
  if (file->there) bytes = ask_file_read(arena, file->path, ASK_SOURCE_LIMIT, problems);
  if (!bytes.bytes) return false;
  struct lines lines = lines_of(arena, &bytes);
  const char *where = "";
  for (size_t i = 0; i < seen->count; i++) {
    const struct ask_seen_text *text = &seen->texts[i];
    const struct ask_translation_spec *entry = ask_locale_entry(&file->spec, text->english);
    if (!entry && ask_language_has(language, place, text->english)) continue;
    if (strcmp(where, text->where) != 0) put_where(&texts, text->where);
    where = text->where;
    if (entry) put_comment(&texts, &lines, entry->at.line);
    put_entry(&texts, text->english, entry ? entry->text : "");
  }
  put_others(&texts, language, place, &lines, true);
  put_others(&texts, language, place, &lines, false);
  if (texts.length) {
    put_head(b, &lines, &language->places[place]);
    put_language(b, &language->places[place], tag, &file->spec);
    ask_buffer_printf(b, "texts:\n%s", texts.bytes);
  }
  ask_buffer_free(&texts);
  return true;
}

static bool write_file(const struct ask_locale_place *place, const char *path, const struct ask_buffer *text,
                       struct ask_problems *problems) {
  bool made = mkdir(place->folder, 0777) == 0 || errno == EEXIST;
  if (made && ask_file_replace(path, text->bytes, text->length)) return true;
  ask_problem_add(problems, ASK_ERROR, "cannot-write", (struct ask_place){.file = path}, NULL, NULL,
                  "cannot be written: %s", strerror(errno));
  return false;
}

/* ---- which ones -------------------------------------------------------------------------------------------------- */

static bool wants(const char *files, const struct ask_locale_place *place) {
  size_t length = strcspn(files, ":");
  if (strcmp(files, "all") == 0) return true;
  if (strncmp(place->name, files, length) != 0) return false;
  return files[length] == ':' ? place->name[length] == ' ' && strcmp(place->name + length + 1, files + length + 1) == 0
                              : !place->name[length];
}

static bool no_such_file(struct ask_arena *arena, const struct ask_locale_place *places, size_t count,
                         const char *files, struct ask_problems *problems) {
  const char **names = ask_alloc_array(arena, count + 1, sizeof *names);
  size_t known = 0;
  names[known++] = "all";
  for (size_t i = 0; i < count; i++) {
    char *name = ask_strdup(arena, places[i].name);
    for (char *blank = name; (blank = strchr(blank, ' '));) *blank = ':';
    names[known++] = name;
  }
  const char *near = ask_did_you_mean(files, names, known);
  ask_problem_add(problems, ASK_ERROR, "no-file", ASK_NOWHERE, NULL,
                  near ? ask_printf(arena, "did you mean %s?", near)
                       : "there are: all, web, form, pack:ID and program:ID of the packs that are loaded",
                  "there is no file of translations for '%.80s'", files);
  return false;
}

bool ask_locale_template(struct ask_arena *arena, const struct ask_locale_wanted *wanted, bool write,
                         struct ask_buffer *out, size_t *ret_written, struct ask_problems *problems) {
  struct ask_language language;
  size_t found = 0;
  *ret_written = 0;
  if (!ask_language_read(arena, wanted, &language, problems)) return false;
  for (size_t i = 0; i < language.count; i++) found += wants(wanted->files, &language.places[i]);
  if (!found) return no_such_file(arena, language.places, language.count, wanted->files, problems);
  bool good = true;
  for (size_t i = 0; i < language.count; i++) {
    struct ask_buffer text = {0};
    const char *path = language.files[i].path;
    if (!wants(wanted->files, &language.places[i])) continue;
    bool read = put_file(arena, &language, i, wanted->tag, &text, problems);
    good = read && good;
    if (read && text.length) {
      if (!write && found > 1) ask_buffer_printf(out, "%s# ---- %s\n", out->length ? "\n" : "", path);
      if (!write) ask_buffer_add(out, text.bytes, text.length);
      if (write) good = write_file(&language.places[i], path, &text, problems) && good;
      ++*ret_written;
    }
    ask_buffer_free(&text);
  }
  return good;
}
