/* Parameters become names of the catalogue; their versions must agree in shape. */
#include <stdlib.h>
#include <string.h>

#include "model/builder.h"

enum { MAX_TABLE_SPAN = 10000 };

static bool check_version(struct ask_builder *b, const struct ask_parameter_spec *spec,
                          const struct ask_parameter_version *version) {
  bool numbers = true;
  if (version->is_table != spec->versions[0].is_table) {
    ask_problem_add(b->problems, ASK_ERROR, "wrong-type", version->at, NULL,
                    "write every version of it in the same way",
                    "%s is a table in one version and a plain value in another", spec->id);
    return false;
  }
  for (size_t i = 0; i < version->cell_count; i++) {
    const char *key = version->cells[i].key;
    bool number = strspn(key, "-0123456789") == strlen(key) && *key;
    if (number && labs(strtol(key, NULL, 10)) > MAX_TABLE_SPAN) {
      ask_problem_add(b->problems, ASK_ERROR, "out-of-range", version->cells[i].at, NULL, NULL,
                      "a table's number must lie between -%d and %d", MAX_TABLE_SPAN, MAX_TABLE_SPAN);
      return false;
    }
    numbers = numbers && number;
  }
  if (version->has_each_more && !numbers) {
    ask_problem_add(b->problems, ASK_ERROR, "wrong-type", version->at, NULL, NULL,
                    "each_more needs a table whose other keys are all numbers");
    return false;
  }
  return true;
}

bool ask_build_parameters(struct ask_builder *b, const struct ask_parameter_file *file, struct ask_map *names) {
  bool ok = true;
  for (size_t i = 0; file && i < file->count; i++) {
    const struct ask_parameter_spec *spec = &file->list[i];
    int32_t other = ask_map_get(names, spec->id);
    if (other < 0) other = ask_builder_shared_parameter(b, b->pack, spec->id, strlen(spec->id));
    if (other >= 0) {
      const struct ask_place *at = &b->parameters[other].spec->at;
      ask_problem_add(b->problems, ASK_ERROR, "declared-twice", spec->at, NULL, "give one of them another name",
                      "parameter %s is declared in %s:%d too", spec->id, at->file ? at->file : "?", at->line);
      ok = false;
      continue;
    }
    if (ask_builder_item(b, spec->id, strlen(spec->id)) >= 0) {
      ask_problem_add(b->problems, ASK_ERROR, "declared-twice", spec->at, NULL, "give the parameter another name",
                      "%s is an item of the intake", spec->id);
      ok = false;
      continue;
    }
    if (spec->version_count == 0) {
      ask_problem_add(b->problems, ASK_ERROR, "missing", spec->at, NULL, "add values: {2026-01-01: ...}",
                      "parameter %s has no values", spec->id);
      ok = false;
      continue;
    }
    for (size_t v = 0; v < spec->version_count; v++) ok = check_version(b, spec, &spec->versions[v]) && ok;
    struct ask_parameter *slot =
        ask_push(b->arena, &b->parameters, &b->parameter_count, &b->parameter_capacity, sizeof *slot);
    *slot = (struct ask_parameter){spec, file, b->pack};
    ask_map_put(names, spec->id, (int32_t)(b->parameter_count - 1));
  }
  return ok;
}
