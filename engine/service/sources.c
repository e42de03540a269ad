/* The source files of a set of rules: their hash, which names the set, and where they are once they were written to a
 * folder again. Not for reading them: catalogue.c notes what it loads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/catalogue.h"

static int by_path(const void *a, const void *b) {
  return strcmp(((const struct ask_source_file *)a)->path, ((const struct ask_source_file *)b)->path);
}

void ask_sources_hash(struct ask_source_file *files, size_t count, char ret_hash[ASK_HASH_TEXT]) {
  struct ask_hash hash;
  if (count) qsort(files, count, sizeof *files, by_path);
  ask_hash_start(&hash);
  for (size_t i = 0; i < count; i++) {
    /* NUL ends a path and the length says where the bytes end: no two sets give the same text */
    char length[24];
    int digits = snprintf(length, sizeof length, "%zu", files[i].bytes.length);
    ask_hash_add(&hash, files[i].path, strlen(files[i].path) + 1);
    ask_hash_add(&hash, length, (size_t)digits + 1);
    ask_hash_add(&hash, files[i].bytes.bytes, files[i].bytes.length);
  }
  ask_hash_end(&hash, ret_hash);
}

bool ask_sources_places(struct ask_arena *arena, const char *folder, const struct ask_source_file *files, size_t count,
                        struct ask_data_places *ret) {
  static const char packs[] = "plugins/", instruments[] = "forms/instruments/";
  struct ask_data_places places = {0};
  struct ask_pack_place *list = NULL;
  size_t capacity = 0;
  const char *before = "";
  for (size_t i = 0; i < count; i++) {
    const char *path = files[i].path;
    if (strcmp(path, "forms/intake.yaml") == 0) {
      places.form = ask_path_join(arena, folder, path);
    } else if (strcmp(path, "forms/parameters.yaml") == 0) {
      places.form_parameters = ask_path_join(arena, folder, path);
    } else if (strncmp(path, instruments, sizeof instruments - 1) == 0) {
      places.instruments = ask_path_join(arena, folder, "forms/instruments");
    } else if (strncmp(path, packs, sizeof packs - 1) == 0) {
      const char *id = path + sizeof packs - 1;
      id = ask_strndup(arena, id, strcspn(id, "/"));
      if (strcmp(id, before) == 0) continue; /* files are sorted by path: those of one pack stand together */
      before = id;
      const char *place = ask_path_join(arena, folder, ask_printf(arena, "%s%s", packs, id));
      if (strcmp(id, "shared") == 0)
        places.common = place;
      else
        *(struct ask_pack_place *)ask_push(arena, &list, &places.pack_count, &capacity, sizeof *list) =
            (struct ask_pack_place){id, place};
    }
  }
  if (!places.form) return false;
  places.packs = ask_pack_places_sort(list, &places.pack_count);
  *ret = places;
  return true;
}
