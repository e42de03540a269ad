/* The rules as they stand on disk: where the data folders are, and reading them into a catalogue. One plugin that
 * does not load is a program that says so; the rest goes on. */
#ifndef ASK_SERVICE_CATALOGUE_H
#define ASK_SERVICE_CATALOGUE_H

#include "base/hash.h"
#include "model/catalogue.h"
#include "service/file.h"

/* What the user asked for; every field may be NULL. */
struct ask_data_options {
  const char *forms;     /* folder of the form, or the form file itself */
  const char *plugins;   /* folder of packs, or the folder of one pack */
  const char *pack;      /* ids of packs with commas between, or all; NULL: nyc, else the only one */
  const char *installed; /* <prefix>/share/askonce */
};

struct ask_pack_place {
  const char *id;
  const char *folder; /* plugins/nyc */
};

struct ask_data_places {
  const char *form;                   /* forms/intake.yaml */
  const char *form_parameters;        /* forms/parameters.yaml; NULL: there is none */
  const char *instruments;            /* forms/instruments; NULL: there are none */
  const char *common;                 /* plugins/shared: what all packs share; NULL: nothing */
  const struct ask_pack_place *packs; /* in the order of their ids; none: no programs, only the form */
  size_t pack_count;
};

/* Sorts them by id, without repetitions, and returns them. */
struct ask_pack_place *ask_pack_places_sort(struct ask_pack_place *packs, size_t *count);
/* Looks where the options say; else in the folder named by ASKONCE_DATA; else in the folders above the executable,
 * the first that has both forms/ and plugins/; else in `installed`. False after adding a problem that says where it
 * looked. */
bool ask_data_find(struct ask_arena *arena, const struct ask_data_options *options, struct ask_data_places *ret,
                   struct ask_problems *problems);
/* The folder web/ of the worker's app, looked for in the same places, which need not have forms and plugins beside it. NULL: there
 * is none. */
const char *ask_web_find(struct ask_arena *arena, const char *installed);
/* The ids of the packs in a folder of packs. */
const char **ask_data_packs(struct ask_arena *arena, const char *plugins, size_t *ret_count);

/* One file that rules were loaded from. */
struct ask_source_file {
  const char *path; /* within the data folders: forms/intake.yaml, plugins/nyc/aps/plugin.lua */
  struct ask_bytes bytes;
};

/* A catalogue with the plugins' own text, from which each thread opens its Lua states. Immutable. */
struct ask_rules {
  const struct ask_catalogue *catalogue;
  const struct ask_bytes *sources; /* plugin.lua by program number; bytes NULL: it could not be read */
  /* Every file that was read, with the bytes as they were: enough to load the same rules again. Sorted by path; the form
   * is forms/intake.yaml and its parameters are forms/parameters.yaml, whatever they are called on this disk. */
  const struct ask_source_file *files;
  size_t file_count;
  char hash[ASK_HASH_TEXT]; /* of the files, see ask_sources_hash */
};

/* NULL when the form cannot be used, a pack cannot be read, or two packs have a program or an item of the same id. problems tells also of the plugins that failed. */
struct ask_rules *ask_rules_load(const struct ask_data_places *places, struct ask_problems *problems);
/* NULL is fine. Returns NULL. */
struct ask_rules *ask_rules_free(struct ask_rules *rules);

/* "nyc,access_nyc" or "all" to the packs of a catalogue. False after adding a problem ("did you mean"). */
bool ask_packs_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *list, ask_packs *ret,
                    struct ask_problems *problems);

/* Sorts the files by path. ret_hash: SHA-256 over each file's path, length and bytes. Golden cases and other files that a
 * load does not read are not among them. */
void ask_sources_hash(struct ask_source_file *files, size_t count, char ret_hash[ASK_HASH_TEXT]);
/* Where files are that were written below `folder` under their paths: for loading them again. False when the form is not
 * among them. */
bool ask_sources_places(struct ask_arena *arena, const char *folder, const struct ask_source_file *files, size_t count,
                        struct ask_data_places *ret);

#endif
