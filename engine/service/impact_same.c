/* Which programs say the same under both sets of rules whatever the household: they are computed once. Judged by the source
 * files, which is on the safe side: the form, what programs share, the program's own files, and those of the programs whose
 * status it reads have to be the same bytes. */
#include <string.h>

#include "service/impact_parts.h"

/* plugins/<pack>/<program>/file; what lies in plugins/shared or plugins/<pack>/shared is everybody's. */
static bool is_of_one_program(const char *path) {
  static const char plugins[] = "plugins/";
  if (strncmp(path, plugins, sizeof plugins - 1) != 0) return false;
  const char *pack = path + sizeof plugins - 1, *slash = strchr(pack, '/');
  if (!slash || strncmp(pack, "shared/", 7) == 0) return false;
  return strncmp(slash + 1, "shared/", 7) != 0 && strchr(slash + 1, '/') != NULL;
}

static const struct ask_source_file *next_shared(const struct ask_rules *rules, size_t *at) {
  while (*at < rules->file_count && is_of_one_program(rules->files[*at].path)) (*at)++;
  return *at < rules->file_count ? &rules->files[(*at)++] : NULL;
}

/* Files are sorted by their paths. */
static bool same_surroundings(const struct ask_rules *from, const struct ask_rules *to) {
  size_t i = 0, k = 0;
  for (;;) {
    const struct ask_source_file *a = next_shared(from, &i), *b = next_shared(to, &k);
    if (!a || !b) return a == b;
    if (strcmp(a->path, b->path) != 0 || a->bytes.length != b->bytes.length ||
        memcmp(a->bytes.bytes, b->bytes.bytes, a->bytes.length) != 0)
      return false;
  }
}

struct judge {
  const struct ask_catalogue *from, *to;
  uint8_t *known; /* by number in `to`: 0 not looked at, 1 the same, 2 not */
};

static const struct ask_program *there(const struct judge *judge, const struct ask_program *program) {
  return ask_catalogue_program(judge->from, program->spec->id);
}

static bool same_files(const struct judge *judge, const struct ask_program *program) {
  const struct ask_program *before = there(judge, program);
  return before && strcmp(before->spec->hash, program->spec->hash) == 0 &&
         strcmp(before->spec->pack, program->spec->pack) == 0;
}

/* There is no cycle: a program on one is broken, and depends on nobody here. */
static bool is_same(struct judge *judge, const struct ask_program *program) {
  uint8_t *known = &judge->known[program->number];
  if (*known) return *known == 1;
  bool same = same_files(judge, program);
  *known = 2;
  for (size_t i = 0; same && i < program->depends_count; i++)
    same = is_same(judge, &judge->to->programs[program->depends_on[i]]);
  *known = same ? 1 : 2;
  return same;
}

/* A program that changed, came or went and brings questions may change what others read. */
static bool questions_moved(const struct judge *judge) {
  for (size_t i = 0; i < judge->to->program_count; i++)
    if (judge->to->programs[i].spec->item_count && !same_files(judge, &judge->to->programs[i])) return true;
  for (size_t i = 0; i < judge->from->program_count; i++) {
    const struct ask_program *program = &judge->from->programs[i];
    const struct ask_program *after = ask_catalogue_program(judge->to, program->spec->id);
    if (program->spec->item_count && (!after || strcmp(after->spec->hash, program->spec->hash) != 0)) return true;
  }
  return false;
}

void ask_impact_mark_same(const struct ask_impact_options *options, struct ask_impact_pair *pairs, size_t count) {
  struct ask_arena *arena = ask_arena_new();
  struct judge judge = {options->from->catalogue, options->to->catalogue,
                        ask_alloc(arena, options->to->catalogue->program_count + 1)};
  bool any = same_surroundings(options->from, options->to) && !questions_moved(&judge);
  for (size_t i = 0; any && i < count; i++)
    pairs[i].same = pairs[i].to >= 0 && is_same(&judge, &judge.to->programs[pairs[i].to]);
  ask_arena_free(arena);
}
