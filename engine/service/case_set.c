/* Golden cases that are read once and run often. */
#include "service/case_set.h"

#include "model/variant.h"

/* The program, and those that cases name. */
static const struct ask_catalogue *focus(struct ask_arena *arena, const struct ask_catalogue *of,
                                         const struct ask_program *program, const struct ask_case_file *file,
                                         struct ask_problems *problems) {
  bool *wanted = ask_alloc_array(arena, of->program_count, sizeof *wanted);
  struct ask_problems unread = {.arena = arena}; /* of the programs left out: not this command's business */
  wanted[program->number] = true;
  for (size_t i = 0; i < file->count; i++) {
    const char *id = file->list[i].program;
    const struct ask_program *other = id ? ask_catalogue_program(of, id) : NULL;
    if (other) wanted[other->number] = true;
  }
  const struct ask_catalogue *ret = ask_catalogue_focus(of, wanted, &unread);
  if (!ret)
    ask_problem_add(problems, ASK_ERROR, "broken", program->spec->at, NULL, NULL, "the form cannot be used for %s",
                    program->spec->id);
  return ret;
}

static bool read_entry(struct ask_arena *arena, const struct ask_case_set *set, const struct ask_case_spec *spec,
                       int64_t today, struct ask_case_entry *ret) {
  static const struct ask_raw nothing = {.kind = ASK_RAW_OBJECT};
  struct ask_problems unread = {.arena = arena};
  *ret = (struct ask_case_entry){.spec = spec, .program = set->program};
  if (spec->program) ret->program = ask_catalogue_program(set->catalogue, spec->program);
  if (!ret->program) return false;
  bool *programs = ask_alloc_array(arena, set->catalogue->program_count, sizeof *programs);
  programs[ret->program->number] = true;
  ret->programs = programs;
  ret->answers = ask_answers_read(arena, set->catalogue, spec->has_as_of ? spec->as_of : today,
                                  spec->given ? spec->given : &nothing, &unread);
  return ret->answers != NULL;
}

bool ask_case_set_read(struct ask_arena *arena, const struct ask_catalogue *of, const struct ask_program *program,
                       int64_t today, struct ask_case_set *ret, struct ask_problems *problems) {
  const char *path = ask_path_join(arena, program->spec->folder, "cases.yaml");
  struct ask_case_file file = {0};
  *ret = (struct ask_case_set){.absent = !ask_is_there(path)};
  if (!ret->absent && !ask_cases_load(arena, path, &file, problems)) return false;
  ret->catalogue = focus(arena, of, program, &file, problems);
  if (!ret->catalogue) return false;
  ret->program = &ret->catalogue->programs[program->number];
  struct ask_case_entry *list = ask_alloc_array(arena, file.count, sizeof *list);
  for (size_t i = 0; i < file.count; i++) {
    if (read_entry(arena, ret, &file.list[i], today, &list[ret->count]))
      ret->count++;
    else
      ret->unreadable++;
  }
  ret->list = list;
  return true;
}

void ask_case_set_free(struct ask_case_set *set) { set->catalogue = ask_catalogue_unref(set->catalogue); }

const struct ask_determination *ask_case_run(struct ask_workspace *workspace, const struct ask_case_entry *entry,
                                             struct ask_problems *problems) {
  struct ask_assess_options options = {.programs = entry->programs};
  const struct ask_result *result = ask_assess(workspace, entry->answers, &options, problems);
  return result ? &result->determinations[0] : NULL; /* the only one that was asked for */
}
