/* Translations of the form, the programs and the interface. A translation is keyed by the English text, as in gettext: when a
 * text changes, its translation falls out and `askonce locale check` lists it, so that nobody reads an old one by mistake
 * (docs/adr/0016-translations.md). They change no determination and are no part of the rules.
 *
 * Files: forms/locales/LANGUAGE.yaml, plugins/PACK/shared/locales/LANGUAGE.yaml, plugins/PACK/PROGRAM/locales/LANGUAGE.yaml,
 * web/locales/LANGUAGE.yaml; each with `language` and `texts`, a map from English; that of web/ also with `name` and `direction`. */
#ifndef ASK_SERVICE_LOCALE_H
#define ASK_SERVICE_LOCALE_H

#include "service/catalogue.h"

struct ask_locale_text {
  const char *english, *text;
};
struct ask_locale_texts { /* of one file; sorted by english */
  const char *place;      /* "form", "web", "pack nyc", "program snap" */
  struct ask_locale_text *texts;
  size_t count;
};
struct ask_locale {
  const char *tag, *name; /* "es", "Español" */
  bool right_to_left;
  struct ask_locale_texts *files;
  size_t file_count;
};

/* Every language that web/locales/ has, English first. In the arena. A file that cannot be read as such: problems, and it is left
 * out. web: the folder. */
bool ask_locales_read(struct ask_arena *arena, const struct ask_data_places *places, const char *web,
                      const struct ask_rules *rules, struct ask_locale **ret, size_t *ret_count,
                      struct ask_problems *problems);
/* The translation, or NULL. program NULL: of the form; program's own file, then its pack's, then the form's. */
const char *ask_locale_find(const struct ask_locale *locale, const char *pack, const char *program, const char *english);

#endif
