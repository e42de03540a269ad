/* A desk: where one thread assesses one household after another. */
#ifndef ASKONCE_DESK_H
#define ASKONCE_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include "askonce/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

struct askonce_desk;

/* Borrows the rules, which have to live longer. Opening one costs far more than an assessment: keep it. */
struct askonce_desk *askonce_desk_open(const struct askonce_rules *rules);
/* NULL is fine. */
void askonce_desk_close(struct askonce_desk *desk);

/* How to assess. Zeroes are the usual. */
struct askonce_request {
  const char *programs; /* ids with commas between: aps,snap; NULL: all */
  const char *detail;   /* status, reasons or tree; NULL: tree */
  const char *as_of;    /* day such as 2026-11-23, whatever the input says; NULL: the input's, or today in New York */
  bool without_next;    /* leave out the questions to ask next */
};

/* Assesses one household. json: {"as_of": DATE, "id": TEXT, "answers": {...}} of `length` bytes, at most 1 MiB;
 * as_of and id may be left out. request may be NULL. True: *ret_json is the result, as `askonce assess --json`
 * prints it. False: the input or the request is wrong, and *ret_json is {"problems": [...]}. Either way release it
 * with askonce_free; ret_length may be NULL. For one thread at a time. */
bool askonce_assess(struct askonce_desk *desk, const char *json, size_t length, const struct askonce_request *request,
                    char **ret_json, size_t *ret_length);

#ifdef __cplusplus
}
#endif

#endif
