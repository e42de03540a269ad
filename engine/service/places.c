/* Where the data folders are. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/catalogue.h"
#include "service/new_plugin.h"

static bool has_data(struct ask_arena *arena, const char *folder) {
  return ask_is_folder(ask_path_join(arena, folder, "forms")) && ask_is_folder(ask_path_join(arena, folder, "plugins"));
}

/* The folders above the executable, from the nearest; NULL when none has the data. */
static const char *above_executable(struct ask_arena *arena) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return NULL;
  path[length] = 0;
  for (char *slash; (slash = strrchr(path, '/')) && slash != path;) {
    *slash = 0;
    if (has_data(arena, path)) return ask_path_shown(arena, ask_strdup(arena, path));
  }
  return NULL;
}

/* NULL after adding a problem. */
static const char *data_root(struct ask_arena *arena, const char *installed, struct ask_problems *problems) {
  const char *named = getenv("ASKONCE_DATA");
  if (named && *named) {
    if (has_data(arena, named)) return named;
    ask_problem_add(problems, ASK_ERROR, "no-data", (struct ask_place){.file = named}, NULL,
                    "set ASKONCE_DATA to the folder that holds forms/ and plugins/, or unset it",
                    "ASKONCE_DATA names this folder, but it has no forms/ and plugins/");
    return NULL;
  }
  const char *root = above_executable(arena);
  if (root) return root;
  if (installed && has_data(arena, installed)) return installed;
  ask_problem_add(problems, ASK_ERROR, "no-data", ASK_NOWHERE, NULL,
                  "name them with --forms DIR and --plugins DIR, or set ASKONCE_DATA to the folder that holds both",
                  "forms/ and plugins/ were found neither in a folder above the program nor in %s",
                  installed ? installed : "the installation");
  return NULL;
}

static bool is_pack(struct ask_arena *arena, const char *folder) {
  struct ask_problems unread = {.arena = arena};
  size_t count = 0;
  const char **names = ask_folder_list(arena, folder, NULL, &count, &unread);
  for (size_t i = 0; names && i < count; i++)
    if (ask_is_file(ask_path_join(arena, ask_path_join(arena, folder, names[i]), "plugin.lua"))) return true;
  return false;
}

const char **ask_data_packs(struct ask_arena *arena, const char *plugins, size_t *ret_count) {
  struct ask_problems unread = {.arena = arena};
  size_t count = 0, packs = 0;
  const char **names = ask_folder_list(arena, plugins, NULL, &count, &unread);
  for (size_t i = 0; names && i < count; i++)
    if (is_pack(arena, ask_path_join(arena, plugins, names[i]))) names[packs++] = names[i];
  *ret_count = packs;
  return names;
}

static const char *last_part(struct ask_arena *arena, const char *folder) {
  char *full = realpath(folder, NULL);
  const char *slash = full ? strrchr(full, '/') : NULL;
  const char *name = ask_strdup(arena, slash && slash[1] ? slash + 1 : folder);
  free(full);
  return name;
}

static const char *joined(struct ask_arena *arena, const char *const *names, size_t count) {
  const char *all = "";
  for (size_t i = 0; i < count; i++) all = ask_printf(arena, "%s%s%s", all, i ? ", " : "", names[i]);
  return all;
}

static int by_id(const void *a, const void *b) {
  return strcmp(((const struct ask_pack_place *)a)->id, ((const struct ask_pack_place *)b)->id);
}

struct ask_pack_place *ask_pack_places_sort(struct ask_pack_place *packs, size_t *count) {
  size_t kept = 0;
  if (*count > 1) qsort(packs, *count, sizeof *packs, by_id);
  for (size_t i = 0; i < *count; i++)
    if (!kept || strcmp(packs[i].id, packs[kept - 1].id) != 0) packs[kept++] = packs[i];
  *count = kept;
  return packs;
}

static bool no_such_pack(struct ask_arena *arena, const char *plugins, const char *wanted, const char *const *packs,
                         size_t count, struct ask_problems *problems) {
  const char *near = ask_did_you_mean(wanted, packs, count);
  ask_problem_add(problems, ASK_ERROR, "no-pack", (struct ask_place){.file = plugins}, NULL,
                  near ? ask_printf(arena, "did you mean %s?", near)
                       : ask_printf(arena, "there are: %s", joined(arena, packs, count)),
                  "there is no pack %s", wanted);
  return false;
}

/* The packs of a folder of packs that the list names. */
static bool choose_packs(struct ask_arena *arena, const char *plugins, const char *wanted, struct ask_data_places *ret,
                         struct ask_problems *problems) {
  struct ask_place at = {.file = plugins};
  size_t count = 0, chosen = 0, capacity = 0;
  const char *const *packs = (const char *const *)ask_data_packs(arena, plugins, &count);
  struct ask_pack_place *list = NULL;
  if (count == 0) {
    ask_problem_add(problems, ASK_ERROR, "no-pack", at, NULL,
                    "a pack is a folder with a folder for each program: plugins/nyc/aps/plugin.lua", "holds no pack");
    return false;
  }
  bool all = wanted ? strcmp(wanted, "all") == 0 : count == 1;
  for (const char *word = wanted ? wanted : "nyc"; !all && *word;) {
    size_t length = strcspn(word, ","), i = 0;
    const char *id = ask_strndup(arena, word, length);
    while (i < count && strcmp(packs[i], id) != 0) i++;
    if (i == count && wanted) return no_such_pack(arena, plugins, id, packs, count, problems);
    if (i < count)
      *(struct ask_pack_place *)ask_push(arena, &list, &chosen, &capacity, sizeof *list) =
          (struct ask_pack_place){packs[i], ask_path_join(arena, plugins, packs[i])};
    word += length + (word[length] == ',');
  }
  for (size_t i = 0; all && i < count; i++)
    *(struct ask_pack_place *)ask_push(arena, &list, &chosen, &capacity, sizeof *list) =
        (struct ask_pack_place){packs[i], ask_path_join(arena, plugins, packs[i])};
  if (!chosen) {
    ask_problem_add(problems, ASK_ERROR, "which-pack", at, NULL, "choose one with --pack, or several: --pack A,B",
                    "there are several packs: %s", joined(arena, packs, count));
    return false;
  }
  ret->packs = ask_pack_places_sort(list, &chosen);
  ret->pack_count = chosen;
  return true;
}

static bool find_packs(struct ask_arena *arena, const char *plugins, const char *wanted, struct ask_data_places *ret,
                       struct ask_problems *problems) {
  struct ask_place at = {.file = plugins};
  if (!ask_is_folder(plugins)) {
    ask_problem_add(problems, ASK_ERROR, "no-folder", at, NULL, "--plugins takes the folder that holds the packs",
                    "is not a folder");
    return false;
  }
  if (!is_pack(arena, plugins)) {
    const char *common = ask_path_join(arena, plugins, "shared");
    ret->common = ask_is_folder(common) ? common : NULL;
    return choose_packs(arena, plugins, wanted, ret, problems);
  }
  struct ask_pack_place *pack = ask_alloc(arena, sizeof *pack);
  *pack = (struct ask_pack_place){last_part(arena, plugins), plugins};
  ret->packs = pack;
  ret->pack_count = 1;
  const char *common =
      ask_path_join(arena, plugins, "../shared"); /* its own folder: what all packs share is beside it */
  ret->common = ask_is_folder(common) ? common : NULL;
  if (!wanted || strcmp(wanted, pack->id) == 0 || strcmp(wanted, "all") == 0) return true;
  ask_problem_add(problems, ASK_ERROR, "no-pack", at, NULL, "leave --pack out, or give --plugins the folder above",
                  "is itself the pack %s, not %s", pack->id, wanted);
  return false;
}

static bool find_form(struct ask_arena *arena, const char *forms, struct ask_data_places *ret,
                      struct ask_problems *problems) {
  struct ask_place at = {.file = forms};
  const char *folder = forms;
  ret->form = NULL;
  if (ask_is_file(forms)) {
    const char *slash = strrchr(forms, '/');
    ret->form = forms;
    folder = !slash ? "." : slash == forms ? "/" : ask_strndup(arena, forms, (size_t)(slash - forms));
  } else if (!ask_is_folder(forms)) {
    ask_problem_add(problems, ASK_ERROR, "no-folder", at, NULL, "--forms takes the folder that holds intake.yaml",
                    "is not a folder");
    return false;
  } else if (ask_is_file(ask_path_join(arena, forms, "intake.yaml"))) {
    ret->form = ask_path_join(arena, forms, "intake.yaml");
  } else {
    size_t count = 0, found = 0;
    const char **names = ask_folder_list(arena, forms, ".yaml", &count, problems);
    if (!names) return false;
    for (size_t i = 0; i < count; i++)
      if (strcmp(names[i], "parameters.yaml") != 0) {
        ret->form = ask_path_join(arena, forms, names[i]);
        found++;
      }
    if (found != 1) {
      ask_problem_add(problems, ASK_ERROR, "no-form", at, NULL,
                      "put the form there as intake.yaml, or name its file with --forms",
                      found ? "holds several forms and none is called intake.yaml" : "holds no form");
      return false;
    }
  }
  const char *parameters = ask_path_join(arena, folder, "parameters.yaml");
  ret->form_parameters = ask_is_file(parameters) && strcmp(parameters, ret->form) != 0 ? parameters : NULL;
  const char *instruments = ask_path_join(arena, folder, "instruments");
  ret->instruments = ask_is_folder(instruments) ? instruments : NULL;
  return true;
}

bool ask_data_find(struct ask_arena *arena, const struct ask_data_options *options, struct ask_data_places *ret,
                   struct ask_problems *problems) {
  const char *forms = options->forms, *plugins = options->plugins;
  if (!forms || !plugins) {
    const char *root = data_root(arena, options->installed, problems);
    if (!root) return false;
    if (!forms) forms = ask_path_join(arena, root, "forms");
    if (!plugins) plugins = ask_path_join(arena, root, "plugins");
  }
  struct ask_data_places places = {0};
  if (!find_form(arena, forms, &places, problems) || !find_packs(arena, plugins, options->pack, &places, problems))
    return false;
  *ret = places;
  return true;
}

const char *ask_web_find(struct ask_arena *arena, const char *installed) {
  const char *named = getenv("ASKONCE_DATA");
  const char *roots[] = {named && *named ? named : NULL, above_executable(arena), installed};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
    if (!roots[i]) continue;
    const char *folder = ask_path_join(arena, roots[i], "web");
    if (ask_is_file(ask_path_join(arena, folder, "main.lua"))) return folder;
  }
  return NULL;
}

/* A data folder of one's own need not have it: then it is the one that came with the program. */
const char *ask_template_find(struct ask_arena *arena, const char *installed, struct ask_problems *problems) {
  const char *root = data_root(arena, installed, problems);
  if (!root) return NULL;
  const char *roots[] = {root, above_executable(arena), installed};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
    if (!roots[i]) continue;
    const char *folder = ask_path_join(arena, ask_path_join(arena, roots[i], "templates"), "plugin");
    if (ask_is_folder(folder)) return folder;
  }
  ask_problem_add(problems, ASK_ERROR, "no-template",
                  (struct ask_place){.file = ask_path_join(arena, root, "templates/plugin")}, NULL,
                  "it comes with askonce, beside forms/ and plugins/", "the template of a new program is not there");
  return NULL;
}
