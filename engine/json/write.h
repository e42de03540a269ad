/* What was found, as JSON: the contract is in docs/man/askonce.1. One line, keys always in the same order, so that
 * the same input gives the same bytes. Writers only: nothing is decided here. */
#ifndef ASK_JSON_WRITE_H
#define ASK_JSON_WRITE_H

#include "base/text.h"
#include "model/assess.h"
#include "model/burden.h"
#include "model/dated.h"
#include "json/fragments.h"

enum ask_detail {
  ASK_DETAIL_STATUS,  /* program, status, level, missing */
  ASK_DETAIL_REASONS, /* everything but the criteria trees and the worksheet */
  ASK_DETAIL_TREE,
};
const char *ask_detail_text(enum ask_detail detail); /* status, reasons, tree */

/* What was asked for; printed with the result, so that it can be computed again. */
struct ask_json_request {
  enum ask_detail detail;
  const char *id;       /* the sender's own reference; NULL: none */
  const bool *programs; /* as given to ask_assess; NULL: all */
  bool with_next;
  const struct ask_next *next; /* with_next: the questions that still matter */
  size_t next_count;
  struct ask_workspace *questions; /* NULL: not asked for; else of the result: see ask_json_questions */
};

/* One object without a line end. dated: the view of the answers' day. */
void ask_json_result(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                     struct ask_fragments *fragments, const struct ask_json_request *request);

/* {"item", "path", "text", "blocks": [program ids]} for each. */
void ask_json_next(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, const struct ask_next *next,
                   size_t count);
/* A result, after all else, with `questions`: the items of the form and of the result's packs that are hidden from this household or
 * wait for another answer, and the values that follow from others: {"hidden": [ids], "waits": [ids], "computed": {id: value}}. */
void ask_json_questions(struct ask_buffer *buffer, struct ask_workspace *workspace, const struct ask_result *result);
/* The questions that still matter, and those that need not be asked with why. */
void ask_json_next_report(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                          struct ask_fragments *fragments, const struct ask_next *next, size_t count,
                          const struct ask_not_asked *not_asked, size_t not_asked_count);
void ask_json_what_if(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                      struct ask_fragments *fragments, const struct ask_program *program,
                      const struct ask_what_if *what_if);
/* One program, with its criteria tree, whatever the request said. */
void ask_json_explain(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                      struct ask_fragments *fragments, const struct ask_determination *determination);

/* households: those that were played, with their ids (NULL: none); summary: over all of them. */
void ask_json_burden(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, const struct ask_burden *burden,
                     const char *const *ids, const struct ask_burden_household *households, size_t household_count,
                     const struct ask_burden_summary *summary);

/* {"problems": [{"severity", "code", "path", "file", "line", "column", "message", "hint"}]}; line_number 0: none,
 * else the object begins with "line": that number, as the rejects of a bulk run do. */
void ask_json_problems(struct ask_buffer *buffer, int64_t line_number, const struct ask_problem *problems,
                       size_t count);

/* The sections with their questions, of the form and of these packs; the programs of these packs. */
void ask_json_form(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs);
void ask_json_programs(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs);
/* One of them with its criteria, levels, documents and the versions of its parameters. */
void ask_json_program(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                      const struct ask_program *program);
/* A JSON Schema (2020-12) of an answers object, complete in itself: what answers.h reads. Ranges that hang on the day
 * and checks between items are not in it. */
void ask_json_answers_schema(struct ask_buffer *buffer, const struct ask_catalogue *catalogue);

/* A raw tree as it is; its depth is bounded by who made it. */
void ask_json_raw(struct ask_buffer *buffer, const struct ask_raw *raw);

#endif
