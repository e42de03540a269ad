/* Shared by the files that read translations and look after them (locale*.c); not for anybody else. */
#ifndef ASK_SERVICE_LOCALE_PARTS_H
#define ASK_SERVICE_LOCALE_PARTS_H

#include "service/locale.h"
#include "yaml/locale.h"

/* What may have a file for each language: the interface, the form, each pack and each program, in this order. */
struct ask_locale_place {
  const char *name;    /* "web", "form", "pack nyc", "program snap" */
  const char *folder;  /* plugins/nyc/snap/locales */
  const char *pack;    /* of a pack and of a program; else NULL */
  const char *program; /* NULL: none */
  const struct ask_pack_spec *pack_spec;
  const struct ask_program_spec *program_spec;
};
/* web NULL: without the interface. */
struct ask_locale_place *ask_locale_places(struct ask_arena *arena, const struct ask_data_places *places,
                                           const char *web, const struct ask_rules *rules, size_t *ret_count);

/* The file of one place and language, whether it is there or not. */
struct ask_locale_file {
  const char *path;
  bool there;
  struct ask_locale_spec spec;
};
/* False after adding problems: it is there and cannot be used. */
bool ask_locale_file_read(struct ask_arena *arena, const struct ask_locale_place *place, const char *tag,
                          struct ask_locale_file *ret, struct ask_problems *problems);
/* The entry of an English text, or NULL. */
const struct ask_translation_spec *ask_locale_entry(const struct ask_locale_spec *spec, const char *english);
/* Whether both have the same {placeholders}, in any order. */
bool ask_locale_same_placeholders(const char *english, const char *text);

/* One text that a person can see. */
struct ask_seen_text {
  const char *english;
  const char *where; /* for whoever translates: the item, the page; "" */
  bool shared;       /* of a pack: its programs alone say it */
};
/* Those of one place: each once, in the order in which they are met. */
struct ask_seen {
  struct ask_seen_text *texts;
  size_t count, capacity;
  struct ask_map *numbers; /* of texts, by english */
};
/* Adds one, unless it is there or has nothing to translate (NULL, digits). True if it was added. */
bool ask_seen_add(struct ask_arena *arena, struct ask_seen *seen, const char *english, const char *where);
bool ask_seen_has(const struct ask_seen *seen, const char *english);

/* What there is to translate. `own`, by place: the texts that its file is for. What at least ASK_LOCALE_SHARED programs of a
 * pack say is the pack's; what the form says already is the form's, whoever else says it. `all`, by place: everything that
 * may be looked up there, so that a translation of it is not unused. False after adding problems: web/ cannot be read. */
enum { ASK_LOCALE_SHARED = 3 };
bool ask_locale_see(struct ask_arena *arena, const struct ask_rules *rules, const struct ask_locale_place *places,
                    size_t count, const char *web, struct ask_seen **ret_own, struct ask_seen **ret_all,
                    struct ask_problems *problems);

/* A language with its files and what they are for, all by place. */
struct ask_language {
  const struct ask_locale_place *places;
  const struct ask_locale_file *files;
  const struct ask_seen *own, *all;
  size_t count;
};
/* False after adding problems: web/ or a file cannot be read. */
bool ask_language_read(struct ask_arena *arena, const struct ask_locale_wanted *wanted, struct ask_language *ret,
                       struct ask_problems *problems);
/* A translation that can be shown. */
bool ask_locale_is_good(const struct ask_translation_spec *entry);
/* Whether a text of a place is translated where it is looked up: there, in its pack's file or in the form's; a text that
 * several programs share also if each of them has it. */
bool ask_language_has(const struct ask_language *language, size_t place, const char *english);

/* locale_lua.c: the texts of a page's source: the first argument of t(...), the second and third of tn(...), and what stands
 * behind --[[t]]. Adds a problem for a text that is put together at run time. */
void ask_locale_scan(struct ask_arena *arena, const char *path, const char *bytes, size_t length, const char *where,
                     struct ask_seen *seen, struct ask_problems *problems);

#endif
