/* Columns of a result, in PostgreSQL's binary form (big-endian). */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg/pg.h"

/* From src/include/catalog/pg_type.dat; they never change. */
static const struct {
  char letter;
  Oid oid;
} types[] = {{'u', 2950}, {'b', 20}, {'i', 23}, {'y', 17}, {'t', 25}, {'?', 16}, {'U', 2951}, {'T', 1009}, {'Y', 1001}};

unsigned int ask_pg_type(char letter) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (types[i].letter == letter) return types[i].oid;
  return 0;
}

bool ask_pg_gives(const struct pg_result *result, const char *gives) {
  int count = PQnfields(result);
  if (!gives) return count == 0;
  if ((size_t)count != strlen(gives)) return false;
  for (int i = 0; i < count; i++)
    if (PQftype(result, i) != ask_pg_type(gives[i]) || PQfformat(result, i) != 1) return false;
  return true;
}

bool ask_pg_is_rows(const struct pg_result *result) { return PQresultStatus(result) == PGRES_TUPLES_OK; }

bool ask_pg_is_error(const struct pg_result *result) {
  ExecStatusType kind = PQresultStatus(result);
  return kind != PGRES_TUPLES_OK && kind != PGRES_COMMAND_OK;
}

size_t ask_pg_changed(struct pg_result *result) { return (size_t)strtoull(PQcmdTuples(result), NULL, 10); }

size_t ask_pg_rows(const struct pg_result *result) { return (size_t)PQntuples(result); }

bool ask_pg_is_null(const struct pg_result *result, size_t row, int column) {
  return PQgetisnull(result, (int)row, column);
}

/* Copies a column of fixed width; one of another width (a null) gives zeros. */
static void fixed(const struct pg_result *result, size_t row, int column, unsigned char *ret, int width) {
  memset(ret, 0, (size_t)width);
  if (PQgetlength(result, (int)row, column) == width) memcpy(ret, PQgetvalue(result, (int)row, column), (size_t)width);
}

struct ask_uuid ask_pg_read_uuid(const struct pg_result *result, size_t row, int column) {
  struct ask_uuid uuid;
  fixed(result, row, column, uuid.bytes, 16);
  return uuid;
}

static uint64_t read_number(const struct pg_result *result, size_t row, int column, int width) {
  unsigned char bytes[8];
  uint64_t value = 0;
  fixed(result, row, column, bytes, width);
  for (int i = 0; i < width; i++) value = value << 8 | bytes[i];
  return value;
}

bool ask_pg_read_boolean(const struct pg_result *result, size_t row, int column) {
  return read_number(result, row, column, 1) != 0;
}

int64_t ask_pg_read_bigint(const struct pg_result *result, size_t row, int column) {
  return (int64_t)read_number(result, row, column, 8);
}

int32_t ask_pg_read_integer(const struct pg_result *result, size_t row, int column) {
  return (int32_t)(uint32_t)read_number(result, row, column, 4);
}

struct ask_text ask_pg_read_bytes(const struct pg_result *result, size_t row, int column, struct ask_arena *arena) {
  size_t length = (size_t)PQgetlength(result, (int)row, column);
  return (struct ask_text){ask_strndup(arena, PQgetvalue(result, (int)row, column), length), length};
}

const char *ask_pg_read_string(const struct pg_result *result, size_t row, int column, struct ask_arena *arena) {
  return ask_pg_read_bytes(result, row, column, arena).bytes;
}

void ask_pg_read_hash(const struct pg_result *result, size_t row, int column, char ret[ASK_HASH_TEXT]) {
  size_t length = (size_t)PQgetlength(result, (int)row, column);
  if (length > ASK_HASH_TEXT - 1) length = ASK_HASH_TEXT - 1;
  memset(ret, 0, ASK_HASH_TEXT);
  memcpy(ret, PQgetvalue(result, (int)row, column), length);
}
