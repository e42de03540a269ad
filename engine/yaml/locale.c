/* The grammar of a file of translations. */
#include "yaml/locale.h"

#include <stdlib.h>
#include <string.h>

#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

bool ask_yaml_is_language(const char *text) {
  size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
  return (length == 2 || length == 3) && !text[length];
}

static int by_english(const void *a, const void *b) {
  return strcmp(((const struct ask_translation_spec *)a)->english, ((const struct ask_translation_spec *)b)->english);
}

static void set_language(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_locale_spec *locale = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "a language such as es")) return;
  if (ask_yaml_is_language(value->text))
    locale->language = value->text;
  else
    PROBLEM(reader, "bad-language", value->at, "two or three small letters, such as es or zh; dialects have no files",
            "'%s' is not a language", ask_yaml_quoted(reader->problems, value->text));
}

static void set_direction(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  static const char *const names[] = {"ltr", "rtl"};
  struct ask_locale_spec *locale = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_TEXT, "ltr or rtl")) return;
  if (strcmp(value->text, "ltr") == 0 || strcmp(value->text, "rtl") == 0)
    locale->right_to_left = value->text[0] == 'r';
  else
    ask_yaml_unknown(reader, "unknown-word", value->at, value->text, names, 2, "there is no direction '%s'",
                     ask_yaml_quoted(reader->problems, value->text));
}

/* One translation; false after adding a problem. Nothing at all stands for "not translated yet". */
static bool read_text(const struct ask_yaml_reader *reader, const struct ask_raw *child,
                      struct ask_translation_spec *ret) {
  *ret = (struct ask_translation_spec){.at = child->key_at, .english = child->key, .text = ""};
  if (child->kind == ASK_RAW_NULL) return true;
  if (child->kind != ASK_RAW_TEXT && child->kind != ASK_RAW_NUMBER) {
    PROBLEM(reader, "wrong-type", child->at, "put it in quotes", "the translation of '%s' is %s, not a text",
            ask_yaml_quoted(reader->problems, child->key), ask_yaml_kind_name(child));
    return false;
  }
  if (child->length > ASK_LOCALE_TEXT_LIMIT) {
    PROBLEM(reader, "too-long", child->at, NULL, "the translation of '%s' is longer than %d bytes",
            ask_yaml_quoted(reader->problems, child->key), (int)ASK_LOCALE_TEXT_LIMIT);
    return false;
  }
  ret->text = child->text;
  return true;
}

static void set_texts(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_locale_spec *locale = target;
  if (value->kind == ASK_RAW_NULL) return; /* a new file */
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "English texts with their translations")) return;
  if (value->child_count > ASK_LOCALE_TEXTS_LIMIT) {
    PROBLEM(reader, "too-many", value->at, NULL, "more than %d texts", (int)ASK_LOCALE_TEXTS_LIMIT);
    return;
  }
  struct ask_translation_spec *texts = ask_alloc_array(reader->arena, value->child_count, sizeof *texts);
  size_t count = 0;
  for (size_t i = 0; i < value->child_count; i++) count += read_text(reader, &value->children[i], &texts[count]);
  /* The same text twice is the same key twice, which the reader of the tree has refused. */
  if (count) qsort(texts, count, sizeof *texts, by_english);
  locale->texts = texts;
  locale->count = count;
}

#define LOCALE_MEMBER(name) .member = offsetof(struct ask_locale_spec, name)
static const struct ask_yaml_key LOCALE_KEYS[] = {
    {.name = "language",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_language,
     .schema = "{\"type\":\"string\",\"pattern\":\"^[a-z]{2,3}$\"}"},
    {.name = "name", .kind = ASK_YAML_TEXT, LOCALE_MEMBER(name)},
    {.name = "direction", .kind = ASK_YAML_OWN, .own = set_direction, .schema = "{\"enum\":[\"ltr\",\"rtl\"]}"},
    {.name = "test_language", .kind = ASK_YAML_BOOL, LOCALE_MEMBER(test)},
    {.name = "texts",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_texts,
     .schema = "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}"},
};
const struct ask_yaml_record ASK_YAML_LOCALE = {
    .what = "a file of translations", .size = sizeof(struct ask_locale_spec), ASK_YAML_KEYS(LOCALE_KEYS)};

bool ask_yaml_locale(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                     struct ask_locale_spec *ret, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_locale_spec locale = {0};
  if (root) {
    locale.at = root->at;
    ask_yaml_read_record(&reader, root, &ASK_YAML_LOCALE, &locale);
  }
  if (problems->errors > errors_before) return false;
  *ret = locale;
  return true;
}

void ask_yaml_put_quoted(struct ask_buffer *buffer, const char *text) {
  ask_buffer_putc(buffer, '"');
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\')
      ask_buffer_printf(buffer, "\\%c", c);
    else if (c == '\n')
      ask_buffer_puts(buffer, "\\n");
    else if (c < 0x20 || c == 0x7f)
      ask_buffer_printf(buffer, "\\x%02X", c);
    else
      ask_buffer_putc(buffer, (char)c);
  }
  ask_buffer_putc(buffer, '"');
}
