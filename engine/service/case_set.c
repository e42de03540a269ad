/* Golden cases that are read once and run often. */
#include "service/case_set.h"

bool ask_case_set_read(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                       const struct ask_program *program, int64_t today, struct ask_case_set *ret,
                       struct ask_problems *problems) {
  static const struct ask_raw nothing = {.kind = ASK_RAW_OBJECT};
  struct ask_case_file file;
  *ret = (struct ask_case_set){.program = program, .path = ask_path_join(arena, program->spec->folder, "cases.yaml")};
  ret->absent = !ask_is_file(ret->path);
  if (ret->absent) return true;
  if (!ask_cases_load(arena, ret->path, &file, problems)) return false;
  struct ask_case_entry *list = ask_alloc_array(arena, file.count, sizeof *list);
  for (size_t i = 0; i < file.count; i++) {
    const struct ask_case_spec *spec = &file.list[i];
    struct ask_case_entry entry = {.spec = spec, .program = program};
    struct ask_problems unread = {.arena = arena};
    if (spec->program) entry.program = ask_catalogue_program(catalogue, spec->program);
    if (entry.program)
      entry.answers = ask_answers_read(arena, catalogue, spec->has_as_of ? spec->as_of : today,
                                       spec->given ? spec->given : &nothing, &unread);
    if (!entry.answers) {
      ret->unreadable++;
      continue;
    }
    bool *programs = ask_alloc_array(arena, catalogue->program_count, sizeof *programs);
    programs[entry.program->number] = true;
    entry.programs = programs;
    list[ret->count++] = entry;
  }
  ret->list = list;
  return true;
}

const struct ask_determination *ask_case_run(struct ask_workspace *workspace, const struct ask_case_entry *entry,
                                             struct ask_problems *problems) {
  struct ask_assess_options options = {.programs = entry->programs};
  const struct ask_result *result = ask_assess(workspace, entry->answers, &options, problems);
  return result ? &result->determinations[0] : NULL;
}
