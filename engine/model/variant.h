/* A catalogue that differs from another in one program: for tools that ask what a change of a rule does. */
#ifndef ASK_MODEL_VARIANT_H
#define ASK_MODEL_VARIANT_H

#include "model/catalogue.h"

/* Who wants to know how a program is compiled. */
struct ask_build_watch {
  void *context;
  void (*compares)(void *context, const struct ask_comparison *comparison);
};

/* `of` with the program of spec->id built from `spec` instead; its own parameters come from spec->parameters. Items, groups,
 * shared parameters and the other programs are those of `of`, which must outlive it. Its memory is the arena's, also
 * on failure: it ends with the arena, and is never unreferenced by the caller. spec may name what the program of `of` names
 * and no other program's status. watch may be NULL. NULL after adding problems. */
const struct ask_catalogue *ask_catalogue_variant(struct ask_arena *arena, const struct ask_catalogue *of,
                                                  const struct ask_program_spec *spec,
                                                  const struct ask_build_watch *watch, struct ask_problems *problems);

/* `of` with these programs only (program_count flags) and those whose status they read; the others keep their place and their
 * questions, and are broken. What is done over and over costs less in it. Borrows the specs of `of`; unreference it before.
 * NULL after adding problems. */
const struct ask_catalogue *ask_catalogue_focus(const struct ask_catalogue *of, const bool *programs,
                                                struct ask_problems *problems);

/* True when two programs that were built from the same catalogue compute the same in the same way: equal instructions with
 * equal roles. Values of parameters are not looked at. */
bool ask_programs_same(const struct ask_program *a, const struct ask_program *b);

#endif
