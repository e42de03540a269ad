/* Translations of the form, the programs and the interface. A translation is keyed by the English text, as in gettext: when a
 * text changes, its translation falls out and `askonce locale check` lists it, so that nobody reads an old one by mistake
 * (docs/adr/0016-translations.md). They change no determination and are no part of the rules.
 *
 * Files: forms/locales/LANGUAGE.yaml, plugins/PACK/shared/locales/LANGUAGE.yaml, plugins/PACK/PROGRAM/locales/LANGUAGE.yaml,
 * web/locales/LANGUAGE.yaml; each with `language` and `texts`, a map from English; that of web/ also with `name`, `direction`
 * and, if it is one, `test_language: true`: there to try the pages with, without form and programs, and not offered to people. */
#ifndef ASK_SERVICE_LOCALE_H
#define ASK_SERVICE_LOCALE_H

#include "service/catalogue.h"

struct ask_locale_text {
  const char *english, *text; /* text: never empty, with the {placeholders} of the English one */
};
struct ask_locale_texts {     /* of one file; sorted by english (strcmp) */
  const char *place;          /* "form", "web", "pack nyc", "program snap" */
  const char *pack, *program; /* ids; program NULL: the pack's; both NULL: form or web */
  struct ask_locale_text *texts;
  size_t count;
};
struct ask_locale {
  const char *tag, *name; /* "es", "Español" */
  bool right_to_left, test;
  struct ask_locale_texts *files; /* those that have texts */
  size_t file_count;
};
enum { ASK_LOCALE_LIMIT = 40 }; /* languages beside English */

/* Every language that web/locales/ has, English first (it has no files); *ret always holds at least that. In the arena, which
 * has to outlive them. What is wrong becomes a problem and is left out: a file that cannot be read as such (an error; then
 * false), a translation with other placeholders than the English text (a warning). web: the folder web/. */
bool ask_locales_read(struct ask_arena *arena, const struct ask_data_places *places, const char *web,
                      const struct ask_rules *rules, struct ask_locale **ret, size_t *ret_count,
                      struct ask_problems *problems);
/* One of them by its tag, as above; NULL for English and for one that web/locales/ does not have. */
const struct ask_locale *ask_locale_read(struct ask_arena *arena, const struct ask_data_places *places, const char *web,
                                         const struct ask_rules *rules, const char *tag, struct ask_problems *problems);
/* The translation, or NULL. program NULL: of a pack; pack NULL: of the form. First the program's own file, then its pack's,
 * then the form's. */
const char *ask_locale_find(const struct ask_locale *locale, const char *pack, const char *program,
                            const char *english);
/* Of one file alone, as for the interface, which nothing else stands in for. */
const char *ask_locale_texts_find(const struct ask_locale_texts *texts, const char *english);
/* Of the interface. */
const char *ask_locale_interface(const struct ask_locale *locale, const char *english);
/* A text with the values of its {placeholders}, by name; one that has none stays as it is. In the arena. */
const char *ask_locale_fill(struct ask_arena *arena, const char *text, const char *const *names,
                            const char *const *values, size_t count);
/* True if a file may be called so: two or three small letters, but not en. */
bool ask_locale_is_tag(const char *tag);
/* The languages that web/locales/ names, without English, at most ASK_LOCALE_LIMIT. NULL after adding a problem. */
const char **ask_locale_tags(struct ask_arena *arena, const char *web, size_t *ret_count,
                             struct ask_problems *problems);

/* ---- what there is to translate ----------------------------------------------------------------------------------- */

/* Which files: "all", "web", "form", "pack:nyc", "program:snap". */
struct ask_locale_wanted {
  const struct ask_data_places *places;
  const char *web; /* NULL: there is none */
  const struct ask_rules *rules;
  const char *tag;
  const char *files;
};

/* The files of a language with all their texts, those that are not translated yet with an empty one. What a file has already
 * stays, with its comments; what nobody says any more goes to its end. With write they are written, and those that have
 * no texts are left out; otherwise they go into `out`, one after another. False after adding problems (a file that is there
 * cannot be read, no such file: "did you mean"). *ret_written: how many files. */
bool ask_locale_template(struct ask_arena *arena, const struct ask_locale_wanted *wanted, bool write,
                         struct ask_buffer *out, size_t *ret_written, struct ask_problems *problems);

enum ask_locale_fault {
  ASK_LOCALE_MISSING,      /* no file has it */
  ASK_LOCALE_EMPTY,        /* a file has it, without a translation */
  ASK_LOCALE_PLACEHOLDERS, /* the translation has others */
  ASK_LOCALE_UNUSED,       /* nobody says this any more */
};
const char *ask_locale_fault_text(enum ask_locale_fault fault); /* missing, empty, placeholders, unused */

struct ask_locale_finding {
  enum ask_locale_fault fault;
  struct ask_place at; /* of the entry; missing: the file that should have it */
  const char *english, *where;
};
struct ask_locale_report {
  const char *tag;
  bool test;                                 /* only the interface was looked at */
  size_t texts, translated;                  /* that there are; of these, with a translation that can be shown */
  const struct ask_locale_finding *findings; /* by file */
  size_t count;
  size_t faults[ASK_LOCALE_UNUSED + 1];
};
/* Whether a language is complete: texts == translated. False after adding problems. */
bool ask_locale_check(struct ask_arena *arena, const struct ask_locale_wanted *wanted, struct ask_locale_report *ret,
                      struct ask_problems *problems);
/* {"language", "test": true if it is one, "texts", "translated", "findings": [{"fault", "file", "line", "column", "text", "where"}]} */
void ask_locale_report_json(struct ask_buffer *buffer, const struct ask_locale_report *report);

#endif
