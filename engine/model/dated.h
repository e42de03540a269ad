/* A catalogue as it stands on one day: the value of every parameter use. Built once per day and thread, then kept. */
#ifndef ASK_MODEL_DATED_H
#define ASK_MODEL_DATED_H

#include "expr/frame.h"
#include "model/catalogue.h"

struct ask_dated {
  int64_t as_of;
  struct ask_value *parameters;                  /* by use; ASK_FAULT where there is no value on this day */
  struct ask_table *tables;                      /* by use */
  const struct ask_parameter_version **versions; /* by parameter; NULL: none in force on this day */
};

struct ask_dated *ask_dated_new(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of);
/* The version in force on a day, or NULL. */
const struct ask_parameter_version *ask_parameter_on(const struct ask_parameter_spec *spec, int64_t day);
/* "poverty_line has no value on 2019-01-01; it has values from 2025-01-15 on" */
void ask_parameter_gap_text(const struct ask_parameter_spec *spec, int64_t day, struct ask_buffer *buffer);

struct ask_workspace;
/* The view of a day, from the workspace's cache. */
const struct ask_dated *ask_workspace_dated(struct ask_workspace *workspace, int64_t as_of);

#endif
