/* Reading the data folders into a catalogue. */
#include "service/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "lua/plugin.h"
#include "service/dialect.h"
#include "yaml/calendar.h"
#include "yaml/dialect.h"
#include "yaml/form.h"
#include "yaml/instrument.h"
#include "yaml/parameters.h"

struct loader {
  struct ask_arena *arena; /* becomes the catalogue's */
  const struct ask_data_places *places;
  struct ask_problems *problems;
  struct ask_source_file *files; /* read so far */
  size_t file_count, file_capacity;
  struct ask_bytes *sources; /* plugin.lua of each program so far */
  size_t source_count, source_capacity;
};

/* Reads a file and notes it: what is noted and what is loaded are the same bytes. path: within the data folders. One that
 * cannot be read is noted as empty, so that its program stays a broken program when the noted files are loaded. */
static struct ask_bytes read_source(struct loader *loader, const char *place, const char *path) {
  struct ask_bytes bytes = ask_file_read(loader->arena, place, ASK_SOURCE_LIMIT, loader->problems);
  struct ask_source_file *file =
      ask_push(loader->arena, &loader->files, &loader->file_count, &loader->file_capacity, sizeof *file);
  *file = (struct ask_source_file){path, bytes.bytes ? bytes : (struct ask_bytes){"", 0}};
  return bytes;
}

/* plugins/nyc/aps/plugin.lua; folder: aps. */
static const char *path_in_pack(struct loader *loader, const char *pack, const char *folder, const char *name) {
  return ask_printf(loader->arena, "plugins/%s/%s/%s", pack, folder, name);
}

/* Every instrument beside the form, whether the form asks it or not. */
static bool load_instruments(struct loader *loader, struct ask_instrument_spec **ret, size_t *ret_count) {
  const char *folder = loader->places->instruments;
  bool good = true;
  if (!folder) return true;
  const char **names = ask_folder_list(loader->arena, folder, ".yaml", ret_count, loader->problems);
  if (!names) return false;
  *ret = ask_alloc_array(loader->arena, *ret_count, sizeof **ret);
  for (size_t i = 0; i < *ret_count; i++) {
    const char *place = ask_path_join(loader->arena, folder, names[i]);
    const char *id = ask_strndup(loader->arena, names[i], strlen(names[i]) - strlen(".yaml"));
    struct ask_bytes bytes = read_source(loader, place, ask_printf(loader->arena, "forms/instruments/%s", names[i]));
    good = bytes.bytes &&
           ask_yaml_instrument(loader->arena, place, id, bytes.bytes, bytes.length, &(*ret)[i], loader->problems) &&
           good;
  }
  return good;
}

static bool load_form(struct loader *loader, const char *path, struct ask_form_spec **ret) {
  struct ask_instrument_spec *instruments = NULL;
  size_t count = 0;
  bool good = load_instruments(loader, &instruments, &count);
  struct ask_bytes bytes = read_source(loader, path, "forms/intake.yaml");
  *ret = ask_alloc(loader->arena, sizeof **ret);
  /* without its instruments a form has too many names to complain about */
  return good && bytes.bytes &&
         ask_yaml_form_with(loader->arena, path, bytes.bytes, bytes.length, instruments, count, *ret, loader->problems);
}

static bool load_parameters(struct loader *loader, const char *place, const char *path,
                            struct ask_parameter_file *ret) {
  struct ask_bytes bytes = read_source(loader, place, path);
  return bytes.bytes && ask_yaml_parameters(loader->arena, place, bytes.bytes, bytes.length, ret, loader->problems);
}

/* "plugin.lua:12: unknown key" of the first error since `from`. */
static const char *first_problem(struct loader *loader, size_t from) {
  for (size_t i = from; i < loader->problems->count; i++) {
    const struct ask_problem *problem = &loader->problems->list[i];
    if (problem->severity != ASK_ERROR) continue;
    const char *slash = problem->at.file ? strrchr(problem->at.file, '/') : NULL;
    const char *file = slash ? slash + 1 : problem->at.file;
    if (!file) return ask_strdup(loader->arena, problem->message);
    if (!problem->at.line) return ask_printf(loader->arena, "%s: %s", file, problem->message);
    return ask_printf(loader->arena, "%s:%d: %s", file, problem->at.line, problem->message);
  }
  return "it could not be loaded";
}

/* One plugin folder. What goes wrong makes it a broken program. */
static void load_program(struct loader *loader, const struct ask_pack_spec *pack, const char *id,
                         struct ask_program_spec *ret, struct ask_bytes *ret_source) {
  const char *folder = ask_path_join(loader->arena, pack->folder, id);
  const char *lua_path = ask_path_join(loader->arena, folder, "plugin.lua");
  const char *yaml_path = ask_path_join(loader->arena, folder, "parameters.yaml");
  size_t errors = loader->problems->errors, from = loader->problems->count;
  struct ask_program_spec spec = {0};
  struct ask_parameter_file *parameters = NULL;
  struct ask_hash hash;
  ask_hash_start(&hash);
  *ret_source = read_source(loader, lua_path, path_in_pack(loader, pack->id, id, "plugin.lua"));
  if (ret_source->bytes) {
    ask_hash_add(&hash, ret_source->bytes, ret_source->length);
    ask_lua_plugin_load(loader->arena, NULL, lua_path, id, ret_source->bytes, ret_source->length, &spec,
                        loader->problems);
  }
  if (ask_is_there(yaml_path)) {
    struct ask_bytes bytes = read_source(loader, yaml_path, path_in_pack(loader, pack->id, id, "parameters.yaml"));
    parameters = ask_alloc(loader->arena, sizeof *parameters);
    if (bytes.bytes) {
      ask_hash_add(&hash, "\0parameters.yaml\0", 17);
      ask_hash_add(&hash, bytes.bytes, bytes.length);
      ask_yaml_parameters(loader->arena, yaml_path, bytes.bytes, bytes.length, parameters, loader->problems);
    }
  }
  if (loader->problems->errors > errors) {
    spec = (struct ask_program_spec){
        .name = spec.name ? spec.name : id, .agency = spec.agency, .broken = first_problem(loader, from)};
    *ret_source = (struct ask_bytes){0};
    parameters = NULL;
  }
  spec.pack = pack->id;
  spec.id = id;
  spec.folder = folder;
  spec.parameters = parameters;
  ask_hash_end(&hash, spec.hash);
  spec.at = spec.at.file ? spec.at : (struct ask_place){.file = lua_path};
  *ret = spec;
}

/* The files of a folder of parameters. hash: receives what these files say. */
static bool load_parameter_files(struct loader *loader, const char *folder, const char *path,
                                 const struct ask_parameter_file **ret, size_t *ret_count, struct ask_hash *hash) {
  if (!ask_is_folder(folder)) return true;
  size_t count = 0;
  const char **names = ask_folder_list(loader->arena, folder, ".yaml", &count, loader->problems);
  if (!names) return false;
  struct ask_parameter_file *files = ask_alloc_array(loader->arena, count, sizeof *files);
  bool good = true;
  for (size_t i = 0; i < count; i++)
    good = load_parameters(loader, ask_path_join(loader->arena, folder, names[i]),
                           ask_printf(loader->arena, "%s/%s", path, names[i]), &files[i]) &&
           good;
  for (size_t i = 0; good && i < count; i++) ask_hash_add(hash, files[i].hash, sizeof files[i].hash);
  *ret = files;
  *ret_count = count;
  return good;
}

static bool load_calendar(struct loader *loader, const char *place, const char *path,
                          const struct ask_calendar_spec **ret, struct ask_hash *hash) {
  if (!ask_is_file(place)) return true;
  struct ask_bytes bytes = read_source(loader, place, path);
  struct ask_calendar_spec *calendar = ask_alloc(loader->arena, sizeof *calendar);
  *ret = calendar;
  ask_hash_add(hash, bytes.bytes, bytes.length);
  return bytes.bytes && ask_yaml_calendar(loader->arena, place, bytes.bytes, bytes.length, calendar, loader->problems);
}

static bool load_items(struct loader *loader, const char *place, struct ask_pack_spec *pack, struct ask_hash *hash) {
  if (!ask_is_file(place)) return true;
  struct ask_bytes bytes = read_source(loader, place, path_in_pack(loader, pack->id, "shared", "items.yaml"));
  struct ask_form_spec *items = ask_alloc(loader->arena, sizeof *items);
  pack->items = items;
  ask_hash_add(hash, bytes.bytes, bytes.length);
  return bytes.bytes &&
         ask_yaml_pack_items(loader->arena, place, bytes.bytes, bytes.length, pack->id, items, loader->problems);
}

static bool load_dialect(struct loader *loader, const char *place, struct ask_pack_spec *pack, struct ask_hash *hash) {
  if (!ask_is_file(place)) return true;
  struct ask_bytes bytes = read_source(loader, place, path_in_pack(loader, pack->id, "shared", "dialect.yaml"));
  struct ask_dialect_spec *dialect = ask_alloc(loader->arena, sizeof *dialect);
  pack->dialect = dialect;
  ask_hash_add(hash, bytes.bytes, bytes.length);
  return bytes.bytes && ask_yaml_dialect(loader->arena, place, bytes.bytes, bytes.length, dialect, loader->problems);
}

static bool load_common(struct loader *loader, struct ask_common_spec *common, struct ask_hash *hash) {
  const char *folder = loader->places->common;
  if (!folder) return true;
  bool good = load_parameter_files(loader, ask_path_join(loader->arena, folder, "parameters"),
                                   "plugins/shared/parameters", &common->parameters, &common->parameter_count, hash);
  return load_calendar(loader, ask_path_join(loader->arena, folder, "holidays.yaml"), "plugins/shared/holidays.yaml",
                       &common->calendar, hash) &&
         good;
}

static bool load_shared(struct loader *loader, struct ask_pack_spec *pack, struct ask_hash *hash) {
  const char *folder = ask_path_join(loader->arena, pack->folder, "shared");
  bool good = load_parameter_files(loader, ask_path_join(loader->arena, folder, "parameters"),
                                   ask_printf(loader->arena, "plugins/%s/shared/parameters", pack->id), &pack->shared,
                                   &pack->shared_count, hash);
  good = load_calendar(loader, ask_path_join(loader->arena, folder, "holidays.yaml"),
                       path_in_pack(loader, pack->id, "shared", "holidays.yaml"), &pack->calendar, hash) &&
         good;
  good = load_items(loader, ask_path_join(loader->arena, folder, "items.yaml"), pack, hash) && good;
  return load_dialect(loader, ask_path_join(loader->arena, folder, "dialect.yaml"), pack, hash) && good;
}

/* What the pack says about all results together. */
static bool load_overview(struct loader *loader, struct ask_pack_spec *pack, struct ask_hash *hash) {
  const char *place =
      ask_path_join(loader->arena, ask_path_join(loader->arena, pack->folder, "shared"), "overview.lua");
  if (!ask_is_file(place)) return true;
  struct ask_bytes bytes = read_source(loader, place, path_in_pack(loader, pack->id, "shared", "overview.lua"));
  struct ask_overview_spec *overview = ask_alloc(loader->arena, sizeof *overview);
  if (!bytes.bytes ||
      !ask_lua_overview_load(loader->arena, NULL, place, bytes.bytes, bytes.length, overview, loader->problems))
    return false;
  struct ask_hash own;
  ask_hash_start(&own);
  ask_hash_add(&own, bytes.bytes, bytes.length);
  ask_hash_end(&own, overview->hash);
  ask_hash_add(hash, "\0overview.lua\0", 14);
  ask_hash_add(hash, bytes.bytes, bytes.length);
  pack->overview = overview;
  return true;
}

/* common: the hash of what all packs share, so far. */
static bool load_pack(struct loader *loader, const struct ask_pack_place *place, const struct ask_hash *common,
                      struct ask_pack_spec *pack) {
  struct ask_arena *arena = loader->arena;
  struct ask_hash hash = *common;
  size_t count = 0;
  pack->id = ask_strdup(arena, place->id);
  pack->folder = ask_strdup(arena, place->folder);
  const char **names = ask_folder_list(arena, pack->folder, NULL, &count, loader->problems);
  if (!names || !load_shared(loader, pack, &hash) || !load_overview(loader, pack, &hash)) return false;
  ask_hash_end(&hash, pack->shared_hash);
  struct ask_program_spec *programs = ask_alloc_array(arena, count, sizeof *programs);
  for (size_t i = 0; i < count; i++) {
    const char *folder = ask_path_join(arena, pack->folder, names[i]);
    if (strcmp(names[i], "shared") == 0 || !ask_is_folder(folder)) continue;
    if (!ask_is_there(ask_path_join(arena, folder, "plugin.lua"))) {
      ask_problem_add(loader->problems, ASK_WARNING, "no-plugin", (struct ask_place){.file = folder}, NULL,
                      "put the program's plugin.lua there, or remove the folder",
                      "has no plugin.lua and is passed over");
      continue;
    }
    struct ask_bytes *source =
        ask_push(arena, &loader->sources, &loader->source_count, &loader->source_capacity, sizeof *source);
    load_program(loader, pack, names[i], &programs[pack->program_count++], source);
  }
  pack->programs = programs;
  return true;
}

static bool load_packs(struct loader *loader, const struct ask_parameter_file *form_parameters,
                       struct ask_common_spec *common, struct ask_pack_spec *packs) {
  struct ask_hash hash;
  ask_hash_start(&hash);
  if (form_parameters) ask_hash_add(&hash, form_parameters->hash, sizeof form_parameters->hash);
  bool good = load_common(loader, common, &hash);
  for (size_t i = 0; good && i < loader->places->pack_count; i++)
    good = load_pack(loader, &loader->places->packs[i], &hash, &packs[i]);
  return good;
}

struct ask_rules *ask_rules_load(const struct ask_data_places *places, struct ask_problems *problems) {
  struct loader loader = {.arena = ask_arena_new(), .places = places, .problems = problems};
  struct ask_form_spec *form = NULL;
  struct ask_parameter_file *form_parameters = NULL;
  struct ask_common_spec *common = ask_alloc(loader.arena, sizeof *common);
  struct ask_pack_spec *packs = ask_alloc_array(loader.arena, places->pack_count, sizeof *packs);
  bool good = load_form(&loader, places->form, &form);
  if (places->form_parameters) {
    form_parameters = ask_alloc(loader.arena, sizeof *form_parameters);
    good = load_parameters(&loader, places->form_parameters, "forms/parameters.yaml", form_parameters) && good;
  }
  if (!good || !load_packs(&loader, form_parameters, common, packs)) {
    ask_arena_free(loader.arena);
    return NULL;
  }
  struct ask_catalogue_source source = {.form = form,
                                        .form_parameters = form_parameters,
                                        .common = common,
                                        .packs = packs,
                                        .pack_count = places->pack_count};
  const struct ask_catalogue *catalogue = ask_catalogue_build(loader.arena, &source, problems); /* takes the arena */
  if (!catalogue) return NULL;
  if (!ask_dialects_check(catalogue, problems)) {
    ask_catalogue_unref(catalogue);
    return NULL;
  }
  struct ask_rules *rules = calloc(1, sizeof *rules);
  if (!rules) abort();
  rules->catalogue = catalogue;
  rules->sources = loader.sources;
  ask_sources_hash(loader.files, loader.file_count, rules->hash);
  rules->files = loader.files;
  rules->file_count = loader.file_count;
  return rules;
}

struct ask_rules *ask_rules_free(struct ask_rules *rules) {
  if (rules) {
    ask_catalogue_unref(rules->catalogue);
    free(rules);
  }
  return NULL;
}
