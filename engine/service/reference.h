/* The reference of the rule language as Markdown, from the tables that read it: functions, types, keys. */
#ifndef ASK_SERVICE_REFERENCE_H
#define ASK_SERVICE_REFERENCE_H

#include "base/problem.h"
#include "base/text.h"

/* Appends it. False after adding problems: a key without a meaning, or a meaning of a key that there is not; each is a slip in
 * reference_meanings.c. */
bool ask_reference(struct ask_buffer *buffer, struct ask_problems *problems);

/* What a key is for. of: the table it stands in; "": any. */
struct ask_meaning {
  const char *of, *key, *meaning;
};
/* Ends with an empty one. */
extern const struct ask_meaning ask_meanings[];

#endif
