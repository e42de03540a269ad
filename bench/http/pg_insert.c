/* A bare pipelined insert through libpq, beside which the server's durable writes on PostgreSQL are measured: the same
 * bytes in a table of the same columns and indexes, in groups that are committed as the server's writer commits them.
 * Nothing is assessed, nothing checked, nobody waits in a queue. Not a loader.
 *   pg_insert CONNINFO TABLE ID_COLUMN GROUP SECONDS
 * Reads up to 1,000 rows of TABLE, makes TABLE_bare like it, and inserts those rows, each with a new ID_COLUMN (a uuid),
 * GROUP to a transaction, one transaction after another. Prints one line of JSON; a write's time is its group's. */
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS_LIMIT = 40, ROWS = 1000, TIMES_LIMIT = 1 << 20 };

struct rows {
  PGresult *result;
  int count, columns, id_column;
  double bytes_per_row;
};

static _Noreturn void fail(PGconn *connection, const char *what) {
  fprintf(stderr, "pg_insert: %s: %s", what, PQerrorMessage(connection));
  exit(1);
}

static void run(PGconn *connection, const char *statement) {
  PGresult *result = PQexec(connection, statement);
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(connection, statement);
  PQclear(result);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct rows read_rows(PGconn *connection, const char *table, const char *id_column) {
  char statement[512];
  snprintf(statement, sizeof statement, "SELECT * FROM %s LIMIT %d", table, ROWS);
  struct rows rows = {.result = PQexecParams(connection, statement, 0, NULL, NULL, NULL, NULL, 1)};
  if (PQresultStatus(rows.result) != PGRES_TUPLES_OK) fail(connection, statement);
  rows.count = PQntuples(rows.result);
  rows.columns = PQnfields(rows.result);
  rows.id_column = PQfnumber(rows.result, id_column);
  if (!rows.count || rows.columns > COLUMNS_LIMIT || rows.id_column < 0) {
    fprintf(stderr, "pg_insert: %s has no rows or no column %s\n", table, id_column);
    exit(1);
  }
  double bytes = 0;
  for (int r = 0; r < rows.count; r++)
    for (int c = 0; c < rows.columns; c++) bytes += PQgetlength(rows.result, r, c);
  rows.bytes_per_row = bytes / rows.count;
  return rows;
}

static void prepare(PGconn *connection, const char *table, const struct rows *rows) {
  char statement[2048];
  Oid types[COLUMNS_LIMIT];
  snprintf(statement, sizeof statement, "DROP TABLE IF EXISTS %s_bare", table);
  run(connection, statement);
  snprintf(statement, sizeof statement, "CREATE TABLE %s_bare (LIKE %s INCLUDING ALL)", table, table);
  run(connection, statement);
  size_t at = (size_t)snprintf(statement, sizeof statement, "INSERT INTO %s_bare VALUES (", table);
  for (int c = 0; c < rows->columns; c++) {
    at += (size_t)snprintf(statement + at, sizeof statement - at, "%s$%d", c ? "," : "", c + 1);
    types[c] = PQftype(rows->result, c);
  }
  snprintf(statement + at, sizeof statement - at, ")");
  PGresult *result = PQprepare(connection, "bare", statement, rows->columns, types);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(connection, statement);
  PQclear(result);
}

/* A uuid in order of time, as the server's are: its first bytes count up, the others are noise. */
static void next_id(unsigned char id[16]) {
  static uint64_t count = 1;
  uint64_t value = count++, noise = value * UINT64_C(0x9E3779B97F4A7C15);
  for (int i = 0; i < 8; i++) id[i] = (unsigned char)(value >> (56 - 8 * i));
  memcpy(id + 8, &noise, 8);
}

static void send_row(PGconn *connection, const struct rows *rows, int row) {
  const char *values[COLUMNS_LIMIT];
  int lengths[COLUMNS_LIMIT], formats[COLUMNS_LIMIT];
  unsigned char id[16];
  for (int c = 0; c < rows->columns; c++) {
    values[c] = PQgetisnull(rows->result, row, c) ? NULL : PQgetvalue(rows->result, row, c);
    lengths[c] = PQgetlength(rows->result, row, c);
    formats[c] = 1;
  }
  next_id(id);
  values[rows->id_column] = (const char *)id;
  lengths[rows->id_column] = sizeof id;
  if (!PQsendQueryPrepared(connection, "bare", rows->columns, values, lengths, formats, 0)) fail(connection, "send");
}

static void finish_group(PGconn *connection) {
  for (;;) {
    PGresult *result = PQgetResult(connection);
    if (!result) continue; /* the end of one statement */
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) return;
    if (status != PGRES_COMMAND_OK) fail(connection, "insert");
  }
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  int group = argc == 6 ? atoi(argv[4]) : 0;
  double seconds = argc == 6 ? atof(argv[5]) : 0;
  if (group < 1 || seconds <= 0) {
    fprintf(stderr, "pg_insert CONNINFO TABLE ID_COLUMN GROUP SECONDS\n");
    return 2;
  }
  PGconn *connection = PQconnectdb(argv[1]);
  if (PQstatus(connection) != CONNECTION_OK) fail(connection, "connect");
  run(connection, "SET client_min_messages = warning");
  struct rows rows = read_rows(connection, argv[2], argv[3]);
  prepare(connection, argv[2], &rows);
  double *times = malloc(TIMES_LIMIT * sizeof *times);
  if (!times || !PQenterPipelineMode(connection)) return 1;

  double begin = now(), end = begin;
  long written = 0;
  int groups = 0;
  while (end - begin < seconds && groups < TIMES_LIMIT) {
    double start = end;
    PQsendQueryParams(connection, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
    for (int i = 0; i < group; i++) send_row(connection, &rows, (int)((written + i) % rows.count));
    PQsendQueryParams(connection, "COMMIT", 0, NULL, NULL, NULL, NULL, 0);
    if (!PQpipelineSync(connection)) fail(connection, "sync");
    finish_group(connection);
    written += group;
    end = now();
    times[groups++] = (end - start) * 1e3;
  }
  qsort(times, (size_t)groups, sizeof *times, by_size);
  printf(
      "{\"group\":%d,\"writes_per_second\":%.1f,\"bytes_per_row\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
      group, (double)written / (end - begin), rows.bytes_per_row, times[groups / 2], times[groups * 99 / 100],
      times[groups - 1]);
  free(times);
  PQclear(rows.result);
  PQfinish(connection);
  return 0;
}
