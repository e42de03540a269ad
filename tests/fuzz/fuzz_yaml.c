/* Fuzzes the YAML readers: the same bytes as a form, as parameters, as holidays, as golden cases and as translations.
 * Beyond "no crash" it holds what every reader promises: false exactly when an error was added, and places that lie in the file. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "yaml/calendar.h"
#include "yaml/cases.h"
#include "yaml/form.h"
#include "yaml/instrument.h"
#include "yaml/locale.h"
#include "yaml/parameters.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds) abort();
}

/* What a reader left behind. */
static void check(bool fine, const struct ask_problems *problems, size_t size) {
  require(fine == (problems->errors == 0));
  for (size_t i = 0; i < problems->count; i++) {
    const struct ask_problem *problem = &problems->list[i];
    require(problem->at.file && strcmp(problem->at.file, "fuzz.yaml") == 0);
    require(problem->at.line >= 0 && (size_t)problem->at.line <= size + 1);
    require(problem->at.column >= 0 && (size_t)problem->at.column <= size + 2);
    require(strlen(problem->message) < 1000);
  }
}

#define READ_AS(reader, spec_type)                                                     \
  do {                                                                                 \
    struct ask_problems problems = {.arena = arena};                                   \
    spec_type spec;                                                                    \
    check(reader(arena, "fuzz.yaml", bytes, size, &spec, &problems), &problems, size); \
    ask_arena_reset(arena);                                                            \
  } while (0)

/* An instrument, and a form that may ask it. */
static bool instrument(struct ask_arena *arena, const char *path, const char *bytes, size_t size,
                       struct ask_instrument_spec *ret, struct ask_problems *problems) {
  bool fine = ask_yaml_instrument(arena, path, "mood", bytes, size, ret, problems);
  struct ask_problems unread = {.arena = arena};
  struct ask_form_spec form;
  if (fine) ask_yaml_form_with(arena, path, bytes, size, ret, 1, &form, &unread);
  return fine;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* A copy of exactly this size, so that reading past its end is seen. */
  char *bytes = malloc(size ? size : 1);
  if (!bytes) return 0;
  if (size) memcpy(bytes, data, size);
  struct ask_arena *arena = ask_arena_new();
  READ_AS(ask_yaml_form, struct ask_form_spec);
  READ_AS(instrument, struct ask_instrument_spec);
  READ_AS(ask_yaml_parameters, struct ask_parameter_file);
  READ_AS(ask_yaml_calendar, struct ask_calendar_spec);
  READ_AS(ask_yaml_cases, struct ask_case_file);
  READ_AS(ask_yaml_locale, struct ask_locale_spec);
  ask_arena_free(arena);
  free(bytes);
  return 0;
}
