/* Rows and cursors, to bytes and back. Not for reaching any database. */
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "store/document.h"

static const char *const table_names[] = {
    [ASK_TABLE_NONE] = "",
    [ASK_TABLE_PARTNER] = "partner",
    [ASK_TABLE_KEY] = "key",
    [ASK_TABLE_RULES] = "rules",
    [ASK_TABLE_REVISION] = "revision",
    [ASK_TABLE_IDEMPOTENCY] = "idempotency",
    [ASK_TABLE_DOCUMENT] = "document",
};
enum { TABLES = sizeof table_names / sizeof *table_names, HASH_DIGITS = ASK_HASH_TEXT - 1 };

const char *ask_table_name(enum ask_table table) { return table_names[table]; }

enum ask_table ask_table_named(const char *name) {
  for (int table = ASK_TABLE_PARTNER; table < TABLES; table++)
    if (strcmp(table_names[table], name) == 0) return (enum ask_table)table;
  return ASK_TABLE_NONE;
}

/* ---- writing: measured first, so that a row is one allocation ---------------------------------------------------- */

struct output {
  char *bytes; /* NULL: measuring */
  size_t length;
};

static void put(struct output *out, const void *bytes, size_t length) {
  if (out->bytes && length) memcpy(out->bytes + out->length, bytes, length);
  out->length += length;
}

static void put_integer(struct output *out, int64_t value, int width) {
  unsigned char bytes[8];
  for (int i = 0; i < width; i++) bytes[i] = (unsigned char)((uint64_t)value >> 8 * (width - 1 - i));
  put(out, bytes, (size_t)width);
}

static void put_text(struct output *out, struct ask_text text) {
  put_integer(out, (int64_t)text.length, 4);
  put(out, text.bytes, text.length);
}

static void put_hash(struct output *out, const char *hash) {
  static const char none[HASH_DIGITS];
  size_t length = strnlen(hash, HASH_DIGITS);
  put(out, hash, length);
  put(out, none, HASH_DIGITS - length);
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const struct ask_rule_file *)a)->path, ((const struct ask_rule_file *)b)->path);
}

static void put_row(struct output *out, const struct ask_any_row *row, const struct ask_rule_file *sorted) {
  put_integer(out, row->table, 1);
  switch (row->table) {
  case ASK_TABLE_PARTNER:
    put(out, row->partner.id.bytes, 16);
    put_text(out, row->partner.name);
    break;
  case ASK_TABLE_KEY:
    put(out, row->key.id.bytes, 16);
    put(out, row->key.partner.bytes, 16);
    put_hash(out, row->key.hash);
    put_integer(out, row->key.created, 8);
    put_integer(out, row->key.revoked, 8);
    break;
  case ASK_TABLE_RULES:
    put_hash(out, row->rules.hash);
    put_integer(out, (int64_t)row->rules.count, 4);
    for (size_t i = 0; i < row->rules.count; i++) {
      put_text(out, (struct ask_text){sorted[i].path, strlen(sorted[i].path)});
      put_text(out, sorted[i].bytes);
    }
    break;
  case ASK_TABLE_REVISION:
    put(out, row->revision.assessment.bytes, 16);
    put_integer(out, row->revision.number, 4);
    put(out, row->revision.partner.bytes, 16);
    put(out, row->revision.key.bytes, 16);
    put_integer(out, row->revision.at, 8);
    put_integer(out, row->revision.as_of, 8);
    put_hash(out, row->revision.rules);
    put_text(out, row->revision.answers);
    put_text(out, row->revision.result);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    put(out, row->idempotency.partner.bytes, 16);
    put_text(out, row->idempotency.key);
    put(out, row->idempotency.fingerprint, sizeof row->idempotency.fingerprint);
    put(out, row->idempotency.assessment.bytes, 16);
    put_integer(out, row->idempotency.number, 4);
    break;
  case ASK_TABLE_DOCUMENT:
    put_text(out, row->document.kind);
    put(out, row->document.id.bytes, 16);
    put_integer(out, row->document.version, 4);
    put_integer(out, row->document.at, 8);
    put_text(out, row->document.body);
    put_integer(out, (int64_t)row->document.count, 4);
    for (size_t i = 0; i < row->document.count; i++) {
      put_text(out, row->document.keys[i].text);
      put_integer(out, row->document.keys[i].unique, 1);
    }
    break;
  case ASK_TABLE_NONE: break;
  }
}

static void set_key(struct ask_cursor *cursor, const struct ask_uuid *id, struct ask_text bytes) {
  cursor->id = *id;
  cursor->length = bytes.length < sizeof cursor->bytes ? bytes.length : sizeof cursor->bytes;
  memcpy(cursor->bytes, bytes.bytes, cursor->length);
}

struct ask_cursor ask_row_key(const struct ask_any_row *row) {
  struct ask_cursor cursor = {.table = row->table};
  switch (row->table) {
  case ASK_TABLE_PARTNER: cursor.id = row->partner.id; break;
  case ASK_TABLE_KEY: cursor.id = row->key.id; break;
  case ASK_TABLE_RULES: memcpy(cursor.hash, row->rules.hash, strnlen(row->rules.hash, HASH_DIGITS)); break;
  case ASK_TABLE_REVISION:
    cursor.id = row->revision.assessment;
    cursor.number = row->revision.number;
    break;
  case ASK_TABLE_IDEMPOTENCY: set_key(&cursor, &row->idempotency.partner, row->idempotency.key); break;
  case ASK_TABLE_DOCUMENT: set_key(&cursor, &row->document.id, row->document.kind); break;
  case ASK_TABLE_NONE: break;
  }
  return cursor;
}

void ask_row_write(struct ask_arena *arena, const struct ask_any_row *row, struct ask_store_row *ret) {
  struct ask_rule_file *sorted = NULL;
  if (row->table == ASK_TABLE_RULES && row->rules.count) {
    sorted = ask_alloc_array(arena, row->rules.count, sizeof *sorted);
    memcpy(sorted, row->rules.files, row->rules.count * sizeof *sorted);
    qsort(sorted, row->rules.count, sizeof *sorted, by_path);
  }
  struct output out = {0};
  put_row(&out, row, sorted);
  out.bytes = ask_alloc(arena, out.length);
  out.length = 0;
  put_row(&out, row, sorted);
  struct ask_cursor cursor = ask_row_key(row);
  *ret = (struct ask_store_row){.cursor = ask_cursor_write(arena, &cursor),
                                .table = ask_table_name(row->table),
                                .bytes = {out.bytes, out.length}};
}

/* ---- reading: every length is held against what is left ---------------------------------------------------------- */

struct input {
  const char *at;
  size_t left;
  bool bad; /* once something did not fit, everything reads as nothing */
};

static const char *take(struct input *in, size_t length) {
  if (in->bad || length > in->left) {
    in->bad = true;
    return NULL;
  }
  const char *at = in->at;
  in->at += length;
  in->left -= length;
  return at;
}

static void take_bytes(struct input *in, void *ret, size_t length) {
  const char *at = take(in, length);
  if (at) memcpy(ret, at, length);
}

static int64_t take_integer(struct input *in, int width) {
  const char *at = take(in, (size_t)width);
  uint64_t value = 0;
  for (int i = 0; at && i < width; i++) value = value << 8 | (unsigned char)at[i];
  return width == 4 ? (int32_t)(uint32_t)value : (int64_t)value;
}

static struct ask_text take_text(struct input *in, size_t limit) {
  int64_t length = take_integer(in, 4);
  if (length < 0 || (uint64_t)length > limit) in->bad = true;
  const char *at = take(in, (size_t)length);
  return at ? (struct ask_text){at, (size_t)length} : (struct ask_text){"", 0};
}

static struct ask_uuid take_uuid(struct input *in) {
  struct ask_uuid uuid = {{0}};
  take_bytes(in, uuid.bytes, sizeof uuid.bytes);
  return uuid;
}

/* Visible letters, then nothing: what makes a hash is for those who compute it. */
static bool is_hash(const char text[HASH_DIGITS]) {
  size_t length = strnlen(text, HASH_DIGITS);
  for (size_t i = 0; i < HASH_DIGITS; i++)
    if (i < length ? text[i] <= ' ' || text[i] > '~' : text[i] != '\0') return false;
  return length > 0;
}

static void take_hash(struct input *in, char ret[ASK_HASH_TEXT]) {
  memset(ret, 0, ASK_HASH_TEXT);
  take_bytes(in, ret, HASH_DIGITS);
  if (!in->bad && !is_hash(ret)) in->bad = true;
}

static void take_number(struct input *in, int32_t *ret) {
  *ret = (int32_t)take_integer(in, 4);
  if (*ret < 1) in->bad = true;
}

static void take_files(struct input *in, struct ask_arena *arena, struct ask_rules_row *ret) {
  enum { LEAST = 8 }; /* bytes of a file: two lengths */
  int64_t count = take_integer(in, 4);
  if (count < 0 || (uint64_t)count > in->left / LEAST) in->bad = true;
  if (in->bad) return;
  ret->count = (size_t)count;
  ret->files = ask_alloc_array(arena, ret->count, sizeof *ret->files);
  for (size_t i = 0; i < ret->count && !in->bad; i++) {
    struct ask_text path = take_text(in, SIZE_MAX);
    if (!path.length || !ask_utf8_valid(path.bytes, path.length)) in->bad = true;
    ret->files[i].path = ask_strndup(arena, path.bytes, path.length);
    ret->files[i].bytes = take_text(in, SIZE_MAX);
    if (i && strcmp(ret->files[i - 1].path, ret->files[i].path) >= 0) in->bad = true;
  }
}

static bool is_kind(struct ask_text kind) {
  char text[ASK_DOCUMENT_KIND + 1] = "";
  if (kind.length > ASK_DOCUMENT_KIND) return false;
  memcpy(text, kind.bytes, kind.length);
  return strlen(text) == kind.length && !ask_document_kind_wrong(text);
}

static void take_keys(struct input *in, struct ask_arena *arena, struct ask_document_row *ret) {
  int64_t count = take_integer(in, 4);
  if (count < 0 || count > ASK_DOCUMENT_KEYS) in->bad = true;
  if (in->bad) return;
  ret->count = (size_t)count;
  ret->keys = ask_alloc_array(arena, ret->count, sizeof *ret->keys);
  for (size_t i = 0; i < ret->count && !in->bad; i++) {
    struct ask_document_key *key = &ret->keys[i];
    key->text = take_text(in, ASK_DOCUMENT_KEY);
    int64_t unique = take_integer(in, 1);
    key->unique = unique == 1;
    if (!key->text.length || unique > 1) in->bad = true;
    if (i && ask_document_key_order(ret->keys[i - 1].text, key->text) >= 0) in->bad = true;
  }
}

static void take_document(struct input *in, struct ask_arena *arena, struct ask_document_row *ret) {
  ret->kind = take_text(in, ASK_DOCUMENT_KIND);
  if (!is_kind(ret->kind)) in->bad = true;
  ret->id = take_uuid(in);
  take_number(in, &ret->version);
  ret->at = take_integer(in, 8);
  ret->body = take_text(in, ASK_DOCUMENT_LIMIT);
  if (!ask_utf8_valid(ret->body.bytes, ret->body.length)) in->bad = true;
  take_keys(in, arena, ret);
}

bool ask_row_read(const struct ask_store_row *row, struct ask_arena *arena, struct ask_any_row *ret) {
  struct input in = {row->bytes.bytes, row->bytes.length, false};
  struct ask_any_row any = {.table = ask_table_named(row->table)};
  if (any.table == ASK_TABLE_NONE || take_integer(&in, 1) != (int64_t)any.table) return false;
  switch (any.table) {
  case ASK_TABLE_PARTNER:
    any.partner.id = take_uuid(&in);
    any.partner.name = take_text(&in, ASK_STORE_NAME_LIMIT);
    if (!any.partner.name.length || !ask_utf8_valid(any.partner.name.bytes, any.partner.name.length)) in.bad = true;
    break;
  case ASK_TABLE_KEY:
    any.key.id = take_uuid(&in);
    any.key.partner = take_uuid(&in);
    take_hash(&in, any.key.hash);
    any.key.created = take_integer(&in, 8);
    any.key.revoked = take_integer(&in, 8);
    break;
  case ASK_TABLE_RULES:
    take_hash(&in, any.rules.hash);
    take_files(&in, arena, &any.rules);
    break;
  case ASK_TABLE_REVISION:
    any.revision.assessment = take_uuid(&in);
    take_number(&in, &any.revision.number);
    any.revision.partner = take_uuid(&in);
    any.revision.key = take_uuid(&in);
    any.revision.at = take_integer(&in, 8);
    any.revision.as_of = take_integer(&in, 8);
    take_hash(&in, any.revision.rules);
    any.revision.answers = take_text(&in, SIZE_MAX);
    any.revision.result = take_text(&in, SIZE_MAX);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    any.idempotency.partner = take_uuid(&in);
    any.idempotency.key = take_text(&in, ASK_IDEMPOTENCY_LIMIT);
    if (!any.idempotency.key.length) in.bad = true;
    take_bytes(&in, any.idempotency.fingerprint, sizeof any.idempotency.fingerprint);
    any.idempotency.assessment = take_uuid(&in);
    take_number(&in, &any.idempotency.number);
    break;
  case ASK_TABLE_DOCUMENT: take_document(&in, arena, &any.document); break;
  case ASK_TABLE_NONE: break;
  }
  if (in.bad || in.left) return false;
  *ret = any;
  return true;
}

bool ask_store_row_revision(const struct ask_store_row *row, struct ask_arena *arena, struct ask_revision *ret) {
  struct ask_any_row any;
  if (!ask_row_read(row, arena, &any) || any.table != ASK_TABLE_REVISION) return false;
  *ret = any.revision;
  return true;
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

const char *ask_row_words(struct ask_arena *arena, const struct ask_any_row *row) {
  char id[ASK_UUID_TEXT];
  switch (row->table) {
  case ASK_TABLE_PARTNER: ask_uuid_text(&row->partner.id, id); return ask_printf(arena, "partner %s", id);
  case ASK_TABLE_KEY: ask_uuid_text(&row->key.id, id); return ask_printf(arena, "key %s", id);
  case ASK_TABLE_RULES: return ask_printf(arena, "rules %.16s...", row->rules.hash);
  case ASK_TABLE_REVISION:
    ask_uuid_text(&row->revision.assessment, id);
    return ask_printf(arena, "revision %d of assessment %s", (int)row->revision.number, id);
  case ASK_TABLE_IDEMPOTENCY:
    ask_uuid_text(&row->idempotency.assessment, id);
    return ask_printf(arena, "the idempotency key of revision %d of assessment %s", (int)row->idempotency.number, id);
  case ASK_TABLE_DOCUMENT:
    ask_uuid_text(&row->document.id, id);
    return ask_printf(arena, "document %.*s %s", (int)row->document.kind.length, row->document.kind.bytes, id);
  case ASK_TABLE_NONE: break;
  }
  return "a row of no table";
}

/* ---- cursors: "1-4-" and the key in hexadecimal ------------------------------------------------------------------ */

enum { KEY_LIMIT = 16 + ASK_IDEMPOTENCY_LIMIT };

/* The key's bytes of a table; returns how many. */
static size_t key_bytes(const struct ask_cursor *cursor, unsigned char ret[KEY_LIMIT]) {
  memcpy(ret, cursor->id.bytes, 16);
  switch (cursor->table) {
  case ASK_TABLE_REVISION:
    for (int i = 0; i < 4; i++) ret[16 + i] = (unsigned char)((uint32_t)cursor->number >> 8 * (3 - i));
    return 20;
  case ASK_TABLE_RULES: memcpy(ret, cursor->hash, HASH_DIGITS); return HASH_DIGITS;
  case ASK_TABLE_IDEMPOTENCY:
  case ASK_TABLE_DOCUMENT: memcpy(ret + 16, cursor->bytes, cursor->length); return 16 + cursor->length;
  default: return 16;
  }
}

const char *ask_cursor_write(struct ask_arena *arena, const struct ask_cursor *cursor) {
  if (cursor->table == ASK_TABLE_NONE) return "";
  unsigned char key[KEY_LIMIT];
  char digits[2 * KEY_LIMIT + 1];
  ask_hex_write(key, key_bytes(cursor, key), digits);
  return ask_printf(arena, "1-%d-%s", (int)cursor->table, digits);
}

/* The key's bytes back into their places; false when a table's key has another form. */
static bool key_fields(struct ask_cursor *cursor, const unsigned char *key, size_t length) {
  if (cursor->table == ASK_TABLE_RULES) {
    memcpy(cursor->hash, key, length < HASH_DIGITS ? length : HASH_DIGITS);
    return length == HASH_DIGITS && is_hash(cursor->hash);
  }
  if (length < 16) return false;
  memcpy(cursor->id.bytes, key, 16);
  if (cursor->table == ASK_TABLE_REVISION) {
    if (length != 20) return false;
    uint32_t number = 0;
    for (int i = 16; i < 20; i++) number = number << 8 | key[i];
    cursor->number = (int32_t)number;
    return cursor->number >= 1;
  }
  if (cursor->table == ASK_TABLE_IDEMPOTENCY) {
    cursor->length = length - 16;
    memcpy(cursor->bytes, key + 16, cursor->length);
    return cursor->length > 0;
  }
  if (cursor->table == ASK_TABLE_DOCUMENT) {
    cursor->length = length - 16;
    if (cursor->length > ASK_DOCUMENT_KIND) return false;
    memcpy(cursor->bytes, key + 16, cursor->length);
    return is_kind((struct ask_text){cursor->bytes, cursor->length});
  }
  return length == 16;
}

bool ask_cursor_read(const char *text, struct ask_cursor *ret) {
  struct ask_cursor cursor = {.table = ASK_TABLE_NONE};
  if (*text) {
    unsigned char key[KEY_LIMIT];
    if (strncmp(text, "1-", 2) != 0 || text[2] < '1' || text[2] >= '0' + TABLES || text[3] != '-') return false;
    cursor.table = (enum ask_table)(text[2] - '0');
    size_t digits = strlen(text + 4);
    if (digits % 2 || digits > 2 * sizeof key || !ask_hex_read(text + 4, digits / 2, key)) return false;
    if (!key_fields(&cursor, key, digits / 2)) return false;
  }
  *ret = cursor;
  return true;
}
