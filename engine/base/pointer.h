/* Paths to values inside an input, as problems name them: answers.household_roster[0].dob, and the same as RFC 6901
 * JSON pointers: /answers/household_roster/0/dob. A key that is not a plain word (letters, digits, _ and -) stands in
 * brackets and quotes, answers["a.b/c"], so that every path says one place only, whatever somebody sent as a key. */
#ifndef ASK_BASE_POINTER_H
#define ASK_BASE_POINTER_H

#include "base/text.h"

/* Puts one more step at the end of a path that is being put together. An empty path is the outermost value. */
void ask_path_add_key(struct ask_buffer *path, const char *key);
void ask_path_add_index(struct ask_buffer *path, size_t index);

/* Appends the JSON pointer of a path as it is made above; NULL and "" give the empty pointer (the whole input). What is
 * no such path is taken for one key. */
void ask_pointer_from_path(struct ask_buffer *ret, const char *path);

#endif
