/* JSON that we wrote ourselves and kept: pieces of it, and a result shown with less than it was stored with, without
 * building a tree. Whatever is not well-formed is refused, not read past its end; but what strangers sent goes through
 * read.h. */
#ifndef ASK_JSON_PROJECT_H
#define ASK_JSON_PROJECT_H

#include "base/text.h"
#include "json/write.h"

/* Walks over the members of an object or the elements of an array. */
struct ask_json_walk {
  const char *at, *end;
  char closing; /* } or ]; 0: over */
  bool first, broken;
};
/* value: the text of one object or array, nothing around it. False: it is neither. */
bool ask_json_walk_start(struct ask_json_walk *ret, struct ask_text value);
/* The next one: its key between the quotes, as it is written (array: empty), and its value's text. False at the end, and
 * when the text is not well-formed: then walk->broken is true. */
bool ask_json_walk_next(struct ask_json_walk *walk, struct ask_text *ret_key, struct ask_text *ret_value);
/* The value of an object's member. False when there is none or the text is not well-formed before it. */
bool ask_json_member(struct ask_text object, const char *key, struct ask_text *ret_value);

/* Appends a result that was written with detail `reasons` and with the next questions, as it would have been written with
 * `detail` (status or reasons) and with_next: byte for byte. False, and nothing appended: it is not such a result. */
bool ask_json_project(struct ask_buffer *buffer, struct ask_text result, enum ask_detail detail, bool with_next);

#endif
