/* A row of any table as bytes, and the cursor of a walk as text: the forms that both backends share, so that rows can
 * be moved and compared without knowing where they are kept. Equal bytes = equal rows. Not a file format: bytes live as
 * long as one walk; only cursors are kept (by ask_store_import).
 *
 * Bytes: the table's number (1 byte), then its columns in a fixed order; integers big-endian of fixed width,
 * identifiers 16 bytes, hashes 64 (a shorter one is followed by zeros), texts with their length (4 bytes) before them.
 * Private to engine/store. */
#ifndef ASK_STORE_ROW_H
#define ASK_STORE_ROW_H

#include "store/store.h"

/* In the order of a walk: whatever a row refers to comes before it. */
enum ask_table {
  ASK_TABLE_NONE,
  ASK_TABLE_PARTNER,
  ASK_TABLE_KEY,
  ASK_TABLE_RULES,
  ASK_TABLE_REVISION,
  ASK_TABLE_IDEMPOTENCY,
  ASK_TABLE_DOCUMENT,
  ASK_TABLE_LAST = ASK_TABLE_DOCUMENT,
};
/* "partner", "key", ... as in struct ask_store_row. */
const char *ask_table_name(enum ask_table table);
/* ASK_TABLE_NONE: there is no such table. */
enum ask_table ask_table_named(const char *name);

struct ask_partner_row {
  struct ask_uuid id;
  struct ask_text name; /* 1..ASK_STORE_NAME_LIMIT bytes */
};
struct ask_key_row {
  struct ask_uuid id, partner;
  char hash[ASK_HASH_TEXT];
  int64_t created, revoked; /* microseconds since 1970; revoked 0: in force */
};
struct ask_rules_row {
  char hash[ASK_HASH_TEXT];
  struct ask_rule_file *files; /* by path, in the order of bytes */
  size_t count;
};
struct ask_idempotency_row {
  struct ask_uuid partner;
  struct ask_text key; /* 1..ASK_IDEMPOTENCY_LIMIT bytes */
  unsigned char fingerprint[32];
  struct ask_uuid assessment;
  int32_t number;
};

/* With its keys: they are rows of their own nowhere but in a database. */
struct ask_document_row {
  struct ask_text kind; /* 1..ASK_DOCUMENT_KIND bytes */
  struct ask_uuid id;
  int32_t version;
  int64_t at;
  struct ask_text body;
  struct ask_document_key *keys; /* in the order of their bytes */
  size_t count;
};

/* One row, read. `table` says which part holds. */
struct ask_any_row {
  enum ask_table table;
  union {
    struct ask_partner_row partner;
    struct ask_key_row key;
    struct ask_rules_row rules;
    struct ask_revision revision;
    struct ask_idempotency_row idempotency;
    struct ask_document_row document;
  };
};

/* Fills cursor, table and bytes, all in the arena; nothing of `row` is borrowed. Files of rules may come in any
 * order. */
void ask_row_write(struct ask_arena *arena, const struct ask_any_row *row, struct ask_store_row *ret);
/* The opposite, for bytes from anywhere: false when they are not a row of their table to the last byte (lengths,
 * limits, UTF-8 of names, paths and documents, hashes, an order of files and keys). Texts are borrowed from row->bytes; file
 * paths and lists are in the arena. row->table has to agree; row->cursor is not looked at. */
bool ask_row_read(const struct ask_store_row *row, struct ask_arena *arena, struct ask_any_row *ret);
/* How a message names the row: "revision 3 of assessment 0190...". Nothing of what anybody answered is in it. */
const char *ask_row_words(struct ask_arena *arena, const struct ask_any_row *row);

/* Where a walk goes on: after the row of `table` with this key. table ASK_TABLE_NONE: at the beginning. */
struct ask_cursor {
  enum ask_table table;
  struct ask_uuid id;       /* partner, key, document: its id; revision: the assessment; idempotency: the partner */
  int32_t number;           /* revision */
  char hash[ASK_HASH_TEXT]; /* rules */
  size_t length;            /* idempotency: bytes of `bytes`; document: of its kind there */
  char bytes[ASK_IDEMPOTENCY_LIMIT];
};
/* The cursor that a walk goes on from after this row. */
struct ask_cursor ask_row_key(const struct ask_any_row *row);
/* "1-4-<hexadecimal>"; "" for the beginning. In the arena. */
const char *ask_cursor_write(struct ask_arena *arena, const struct ask_cursor *cursor);
/* False: not a cursor of this version, whoever made it. */
bool ask_cursor_read(const char *text, struct ask_cursor *ret);

#endif
