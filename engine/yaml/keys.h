/* The grammar of a YAML file as const tables: each kind of mapping (a record) is a table of its keys, with the kind of
 * value and the member of the struct that takes it. Private to engine/yaml. */
#ifndef ASK_YAML_KEYS_H
#define ASK_YAML_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

struct ask_yaml_reader {
  struct ask_arena *arena; /* of what is read */
  struct ask_problems *problems;
};

enum ask_yaml_kind {
  ASK_YAML_TEXT,    /* const char *: a text, or a number as written (version: 2026.1) */
  ASK_YAML_NAME,    /* const char *: a name as expressions use it: letters, digits and _, no digit first */
  ASK_YAML_BOOL,    /* bool or uint8_t: true or false */
  ASK_YAML_COUNT,   /* int32_t or uint32_t: a whole number from 1 to 1,000,000 */
  ASK_YAML_DATE,    /* int64_t days: 2026-11-23 */
  ASK_YAML_EXPR,    /* struct ask_expr_spec: a text, a number, true or false */
  ASK_YAML_WORDS,   /* const char *const *, with its count: a list of texts */
  ASK_YAML_RECORDS, /* an array of structs, with its count: a list of mappings of one record */
  ASK_YAML_RAW,     /* const struct ask_raw *: anything, looked at later */
  ASK_YAML_OWN      /* what the function makes of it */
};

struct ask_yaml_record;

struct ask_yaml_key {
  const char *name;
  enum ask_yaml_kind kind;
  bool required;
  size_t member;                        /* offset in the record's struct */
  size_t count_member;                  /* WORDS, RECORDS: offset of the size_t count */
  const struct ask_yaml_record *record; /* RECORDS; OWN and RAW: what its schema refers to */
  void (*own)(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target);
  /* OWN and RAW, for editors (schema.h): one of these words, or the value as JSON Schema, in which #/$defs/an_item is a
   * record by what it is called. */
  const char *const *words;
  size_t word_count;
  bool words_begin; /* the text begins with one of them: USD per month */
  const char *schema;
  const struct ask_yaml_record *other; /* a second record that the schema refers to */
};

struct ask_yaml_record {
  const char *what; /* for messages, with its article: "an item" */
  size_t size;      /* of its struct */
  const struct ask_yaml_key *keys;
  size_t key_count;
  /* Before the keys are read: defaults; the struct is zero. NULL: none. */
  void (*begin)(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target);
  /* After them: what concerns several keys. NULL: none. */
  void (*end)(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target);
};

/* The records of each grammar, for words.h; each ends with NULL. */
extern const struct ask_yaml_record *const ask_yaml_records_form[],
    *const ask_yaml_records_parameters[], *const ask_yaml_records_cases[], *const ask_yaml_records_calendar[],
                                                                               *const ask_yaml_records_instrument[];

#define ASK_YAML_KEYS(table) .keys = (table), .key_count = sizeof(table) / sizeof((table)[0])

/* Reads a mapping into *target (record->size bytes, zero). Adds the problems unknown-key, wrong-type, missing-key, ...;
 * what could not be read stays zero. */
void ask_yaml_read_record(const struct ask_yaml_reader *reader, const struct ask_raw *object,
                          const struct ask_yaml_record *record, void *target);

/* Reads a list of mappings into a contiguous array. */
void *ask_yaml_read_records(const struct ask_yaml_reader *reader, const struct ask_raw *list,
                            const struct ask_yaml_record *record, size_t *ret_count);

/* "a list", "a number", ... */
const char *ask_yaml_kind_name(const struct ask_raw *raw);

/* True if it is of the kind; if not, adds wrong-type: "'options' needs a list, not a number". */
bool ask_yaml_expect(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int kind, const char *needs);

/* Adds the problem `code` and, as its hint, "did you mean ...?" or the list of all names. */
__attribute__((format(printf, 7, 8))) void ask_yaml_unknown(const struct ask_yaml_reader *reader, const char *code,
                                                            struct ask_place at, const char *wrong,
                                                            const char *const *names, size_t count, const char *format,
                                                            ...);

/* A date in the text of `raw`; false after adding a problem. */
bool ask_yaml_read_date(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int64_t *ret_days);
/* The same from a key. */
bool ask_yaml_read_date_key(const struct ask_yaml_reader *reader, const struct ask_raw *raw, int64_t *ret_days);

/* True if the text is a name as expressions use it. */
bool ask_yaml_is_name(const char *text);

#endif
