/* For tests: a catalogue from texts, and answers from a line of YAML. */
#ifndef TESTS_UNIT_SUPPORT_H
#define TESTS_UNIT_SUPPORT_H

#include "model/assess.h"

struct support_program { const char *id, *lua, *parameters; };

struct support {
  struct ask_catalogue *catalogue;   /* NULL: see problems */
  struct ask_workspace *workspace;
  struct ask_arena *arena;           /* of problems and answers */
  struct ask_problems problems;
};

/* programs ends with {0}. form and shared parameters are YAML; parameters may be NULL. */
struct support support_load(const char *form, const char *shared_parameters, const struct support_program *programs);
void support_free(struct support *s);
/* Fails the test when the answers cannot be read. */
struct ask_answers *support_answers(struct support *s, const char *yaml, const char *as_of);
/* The determination of a program for answers; fails the test when there is none. */
const struct ask_determination *support_run(struct support *s, const char *program, const char *yaml);
enum ask_status support_status(struct support *s, const char *program, const char *yaml);
/* All messages, one a line, for asserting on. */
const char *support_messages(struct support *s);
/* "a,b,c" of what a determination waits for. */
const char *support_missing(struct support *s, const struct ask_determination *d);

#endif
