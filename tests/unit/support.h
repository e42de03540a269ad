/* For tests: a catalogue from texts, answers from a line of YAML, and determinations as short texts to assert on. */
#ifndef TESTS_UNIT_SUPPORT_H
#define TESTS_UNIT_SUPPORT_H

#include "model/assess.h"

struct support_program {
  const char *id, *lua, *parameters;
};

struct support_source {
  const char *form;                       /* YAML */
  const char *parameters;                 /* YAML, shared by all programs; NULL: none */
  const char *holidays;                   /* YAML; NULL: none */
  const struct support_program *programs; /* ends with {0}; NULL: none */
  const struct ask_host *host;            /* NULL: no Lua functions */
  const char *overview;                   /* the pack's overview.lua; NULL: none */
};

struct support {
  struct ask_catalogue *catalogue; /* NULL: see problems */
  struct ask_workspace *workspace;
  struct ask_arena *arena;         /* of problems and answers */
  struct ask_problems problems;    /* of loading */
  const struct ask_result *result; /* the last one */
};

/* A form of one section from the lines of its items: SUPPORT_FORM("  - {id: age, type: integer, text: Age}\n"). */
#define SUPPORT_FORM(items) "form: test\nversion: '1'\nsections:\n- section: main\n  title: Main\n  items:\n" items
/* A program of one rule. */
#define SUPPORT_RULE(id, expression) \
  "return program { id = '" id "', name = '" id "', cite = 'law', eligible = rule { 'the rule', \"" expression "\" } }"

struct support support_open(const struct support_source *source);
/* The same for the most part of them; programs ends with {0}. */
struct support support_load(const char *form, const char *shared_parameters, const struct support_program *programs);
void support_free(struct support *s);

/* Fails the test when the answers cannot be read. as_of: NULL for 2026-11-23, a Monday. */
struct ask_answers *support_answers(struct support *s, const char *yaml, const char *as_of);
/* Fails the test when they contradict each other. */
const struct ask_result *support_assess(struct support *s, const char *yaml, const char *as_of,
                                        const struct ask_assess_options *options);
/* What is wrong with answers that must not be accepted, one problem a line: path: message (hint). */
const char *support_refused(struct support *s, const char *yaml, const char *as_of);
/* The determination of a program in the last result; NULL when it is not among them. */
const struct ask_determination *support_determination(struct support *s, const char *program);
/* The determination of a program for answers; fails the test when there is none. */
const struct ask_determination *support_run(struct support *s, const char *program, const char *yaml);
enum ask_status support_status(struct support *s, const char *program, const char *yaml);

/* All problems of loading: file:line:column: path: message (hint), one a line. */
const char *support_messages(struct support *s);
/* "a,b,c" of what a determination waits for. */
const char *support_missing(struct support *s, const struct ask_determination *d);
const char *support_paths(struct support *s, const struct ask_missing *list, size_t count);
/* "a,b" of the items that decided an unlikely. */
const char *support_because(struct support *s, const struct ask_determination *d);
/* Its reasons, one a line: unmet, possible, note, error or withheld, then the text. */
const char *support_reasons(struct support *s, const struct ask_determination *d);
/* An item of the last result in the words of the input. */
const char *support_item(struct support *s, const char *id);
/* Of the last result: "path<a,b path<b": what to ask, and which programs wait for it. */
const char *support_next(struct support *s);
/* "id:hidden id:decided id:urgency id:unread id:absent" */
const char *support_not_asked(struct support *s);
/* "item>=1200.00:likely item=true:unlikely", then after a bar the texts of the unmet criteria. */
const char *support_what_if(struct support *s, const char *program);
/* Everything that a result says, as one text: to compare two of them. */
const char *support_dump(struct support *s);

#endif
