/* Pieces that several writers share. Private to engine/json/. */
#ifndef ASK_JSON_WRITE_PARTS_H
#define ASK_JSON_WRITE_PARTS_H

#include "json/fragments.h"
#include "json/put.h"
#include "json/write.h"

/* What a determination is written from. */
struct ask_json_view {
  const struct ask_catalogue *catalogue;
  const struct ask_result *result;
  const struct ask_dated *dated;
  const struct ask_text *keys; /* of items */
  const struct ask_day_fragments *day;
  bool several_packs; /* then each determination says of which pack its program is */
};
/* "engine", "form", "pack", "shared", "as_of": what every result begins with. */
void ask_put_source(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                    struct ask_fragments *fragments);
struct ask_json_view ask_json_view(const struct ask_result *result, const struct ask_dated *dated,
                                   struct ask_fragments *fragments);

/* A value in the words of the input; null when there is none, {"absent": ...} or {"withheld": true} where there is a
 * reason. */
void ask_put_item_value(struct ask_buffer *buffer, const struct ask_item *item, const struct ask_value *value);
void ask_put_kind_value(struct ask_buffer *buffer, const struct ask_kind *kind, const struct ask_value *value);
/* "reads": {item: value} */
void ask_put_reads(struct ask_buffer *buffer, const struct ask_json_view *view, const int32_t *items, size_t count);
/* "parameters": {"snap_gross_limit[3]": 2888.00} */
void ask_put_lookups(struct ask_buffer *buffer, const struct ask_json_view *view,
                     const struct ask_determination *determination, const int32_t *uses, size_t count);
void ask_put_tree(struct ask_buffer *buffer, const struct ask_json_view *view,
                  const struct ask_determination *determination, const struct ask_node *node);
void ask_put_worksheet(struct ask_buffer *buffer, const struct ask_json_view *view,
                       const struct ask_determination *determination);
void ask_put_determination(struct ask_buffer *buffer, const struct ask_json_view *view,
                           const struct ask_determination *determination, enum ask_detail detail);
void ask_put_missing(struct ask_buffer *buffer, const struct ask_missing *missing, size_t count);
/* "first_steps": the urgency ladder; "flags": what holds across programs. Nothing for a pack without an overview. */
void ask_put_first_steps(struct ask_buffer *buffer, const struct ask_result *result);
void ask_put_flags(struct ask_buffer *buffer, const struct ask_result *result);
/* "cannot": what it cannot see; "review": how often to look again. */
void ask_put_limits(struct ask_buffer *buffer, const struct ask_program_spec *spec);
/* The members that a program has in a list of programs. */
void ask_put_program_summary(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                             const struct ask_program *program);
void ask_put_problem(struct ask_buffer *buffer, const struct ask_problem *problem);
/* "24 hours", "3 business days", or null */
void ask_put_duration(struct ask_buffer *buffer, const struct ask_duration_spec *duration);

#endif
