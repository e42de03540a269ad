/* JSON text to a tree of raw values, in one pass, within limits. It knows nothing of items or types: numbers keep
 * the text that was written, so that 1450.10 never passes through floating point. Not a writer: see write.h. */
#ifndef ASK_JSON_READ_H
#define ASK_JSON_READ_H

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

enum { ASK_JSON_MAX_DEPTH = 32, ASK_JSON_MAX_NODES = 100000 };

/* Scratch memory that is kept from one document to the next. For one thread at a time. */
struct ask_json_reader;
struct ask_json_reader *ask_json_reader_new(void);
/* NULL is fine. Returns NULL. */
struct ask_json_reader *ask_json_reader_free(struct ask_json_reader *reader);

/* Where the text comes from, for messages; and how much of it is accepted. */
struct ask_json_source {
  const char *file; /* NULL: not from a file */
  int line;         /* number of its first line; 0 means 1 */
  size_t limit;     /* bytes */
};

/* Reads exactly one value. Refused, each with its place and what to do: anything but well-formed JSON in UTF-8, NUL
 * characters (also written \u0000), halves of surrogate pairs, a key twice in one object, more than
 * ASK_JSON_MAX_DEPTH levels or ASK_JSON_MAX_NODES values, more bytes than the limit, text after the value. A byte
 * order mark is passed over. The tree lives in the arena and does not refer to bytes. NULL after adding one problem. */
const struct ask_raw *ask_json_read(struct ask_json_reader *reader, struct ask_arena *arena,
                                    const struct ask_json_source *source, const char *bytes, size_t length,
                                    struct ask_problems *problems);

/* The child with this key, or NULL (also when raw is not an object). */
const struct ask_raw *ask_raw_member(const struct ask_raw *raw, const char *key);
/* What it says, where it need not be there or of this kind: else NULL, 0, false. */
const char *ask_raw_member_text(const struct ask_raw *raw, const char *key);
int64_t ask_raw_member_integer(const struct ask_raw *raw, const char *key);
bool ask_raw_member_bool(const struct ask_raw *raw, const char *key);

#endif
