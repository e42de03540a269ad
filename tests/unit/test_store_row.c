/* Rows as bytes and cursors as text: back and forth, and what is no row or cursor is refused without a read beyond
 * its end. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "store/row.h"

enum { ROWS = 6 };

static struct ask_uuid uuid(int seed) {
  struct ask_uuid id;
  for (int i = 0; i < 16; i++) id.bytes[i] = (unsigned char)(seed * 31 + i * 7);
  return id;
}

/* One row of each table, with texts as odd as they may be. */
static void make_rows(struct ask_any_row rows[ROWS]) {
  static struct ask_rule_file files[] = {{"plugins/b.lua", {"return 1\0\xff", 10}}, {"forms/a.yaml", {"", 0}}};
  memset(rows, 0, ROWS * sizeof *rows);
  rows[0] = (struct ask_any_row){.table = ASK_TABLE_PARTNER, .partner = {uuid(1), {"\xc3\xa9lder", 6}}};
  rows[1] = (struct ask_any_row){
      .table = ASK_TABLE_KEY, .key = {.id = uuid(2), .partner = uuid(1), .created = INT64_MAX, .revoked = INT64_MIN}};
  memset(rows[1].key.hash, 'f', ASK_HASH_TEXT - 1);
  rows[2] = (struct ask_any_row){.table = ASK_TABLE_RULES, .rules = {.files = files, .count = 2}};
  memset(rows[2].rules.hash, '0', ASK_HASH_TEXT - 1);
  rows[3] = (struct ask_any_row){.table = ASK_TABLE_REVISION,
                                 .revision = {.assessment = uuid(3),
                                              .partner = uuid(1),
                                              .key = uuid(2),
                                              .number = INT32_MAX,
                                              .at = -1,
                                              .as_of = INT64_MIN,
                                              .answers = {"{}", 2},
                                              .result = {"{\"r\":[]}", 8},
                                              .rules = "short"}};
  rows[4] =
      (struct ask_any_row){.table = ASK_TABLE_IDEMPOTENCY,
                           .idempotency = {.partner = uuid(1), .key = {"k", 1}, .assessment = uuid(3), .number = 1}};
  memset(rows[4].idempotency.fingerprint, 0xee, 32);
  static struct ask_document_key keys[] = {{{"a\0\xff", 3}, true}, {{"b", 1}, false}};
  rows[5] = (struct ask_any_row){.table = ASK_TABLE_DOCUMENT,
                                 .document = {.kind = {"case_of_two", 11},
                                              .id = uuid(4),
                                              .version = INT32_MAX,
                                              .at = INT64_MIN,
                                              .body = {"\xc3\xa9lder", 6},
                                              .keys = keys,
                                              .count = 2}};
}

static bool equal(const struct ask_store_row *a, const struct ask_store_row *b) {
  return strcmp(a->table, b->table) == 0 && strcmp(a->cursor, b->cursor) == 0 && a->bytes.length == b->bytes.length &&
         memcmp(a->bytes.bytes, b->bytes.bytes, a->bytes.length) == 0;
}

START_TEST(rows_go_there_and_back) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row rows[ROWS], back;
  make_rows(rows);
  for (int i = 0; i < ROWS; i++) {
    struct ask_store_row written, again;
    struct ask_cursor cursor;
    ask_row_write(arena, &rows[i], &written);
    ck_assert_str_eq(written.table, ask_table_name(rows[i].table));
    ck_assert_int_eq(ask_table_named(written.table), rows[i].table);
    ck_assert(ask_row_read(&written, arena, &back));
    ask_row_write(arena, &back, &again);
    ck_assert(equal(&written, &again));
    ck_assert(ask_cursor_read(written.cursor, &cursor));
    ck_assert_str_eq(ask_cursor_write(arena, &cursor), written.cursor);
    ck_assert_int_eq(cursor.table, rows[i].table);
    struct ask_revision revision;
    ck_assert_int_eq(ask_store_row_revision(&written, arena, &revision), rows[i].table == ASK_TABLE_REVISION);
  }
  ask_arena_free(arena);
}
END_TEST

START_TEST(every_column_is_there_again) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row rows[ROWS], back;
  struct ask_store_row written;
  make_rows(rows);
  ask_row_write(arena, &rows[2], &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert_uint_eq(back.rules.count, 2);
  ck_assert_str_eq(back.rules.files[0].path, "forms/a.yaml"); /* by path */
  ck_assert_str_eq(back.rules.files[1].path, "plugins/b.lua");
  ck_assert_uint_eq(back.rules.files[1].bytes.length, 10);
  ck_assert_mem_eq(back.rules.files[1].bytes.bytes, "return 1\0\xff", 10);
  ask_row_write(arena, &rows[3], &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert_int_eq(back.revision.number, INT32_MAX);
  ck_assert_int_eq(back.revision.at, -1);
  ck_assert_int_eq(back.revision.as_of, INT64_MIN);
  ck_assert_str_eq(back.revision.rules, "short");
  ck_assert(ask_text_is(&back.revision.answers, "{}"));
  ck_assert(ask_text_is(&back.revision.result, "{\"r\":[]}"));
  ck_assert_mem_eq(&back.revision.key, &rows[3].revision.key, 16);
  ask_row_write(arena, &rows[1], &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert_int_eq(back.key.created, INT64_MAX);
  ck_assert_int_eq(back.key.revoked, INT64_MIN);
  ask_row_write(arena, &rows[4], &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert_mem_eq(back.idempotency.fingerprint, rows[4].idempotency.fingerprint, 32);
  ck_assert(ask_text_is(&back.idempotency.key, "k"));
  ask_row_write(arena, &rows[5], &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert(ask_text_is(&back.document.kind, "case_of_two"));
  ck_assert_mem_eq(&back.document.id, &rows[5].document.id, 16);
  ck_assert_int_eq(back.document.version, INT32_MAX);
  ck_assert_int_eq(back.document.at, INT64_MIN);
  ck_assert(ask_text_is(&back.document.body, "\xc3\xa9lder"));
  ck_assert_uint_eq(back.document.count, 2);
  ck_assert_uint_eq(back.document.keys[0].text.length, 3);
  ck_assert_mem_eq(back.document.keys[0].text.bytes, "a\0\xff", 3);
  ck_assert(back.document.keys[0].unique);
  ck_assert(ask_text_is(&back.document.keys[1].text, "b"));
  ck_assert(!back.document.keys[1].unique);
  ask_arena_free(arena);
}
END_TEST

/* In memory of its own, so that a sanitizer sees a read beyond the end. */
static bool reads(const char *table, const char *bytes, size_t length, struct ask_arena *arena) {
  char *copy = malloc(length ? length : 1);
  struct ask_any_row row;
  if (length) memcpy(copy, bytes, length);
  bool good = ask_row_read(&(struct ask_store_row){"", table, {copy, length}}, arena, &row);
  if (good) {
    /* what is read can be written, and is the same bytes: there is one form of a row */
    struct ask_store_row again;
    ask_row_write(arena, &row, &again);
    ck_assert_uint_eq(again.bytes.length, length);
    ck_assert_mem_eq(again.bytes.bytes, bytes, length);
    ck_assert_ptr_nonnull(ask_row_words(arena, &row));
  }
  free(copy);
  return good;
}

START_TEST(a_row_cut_short_or_too_long_is_none) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row rows[ROWS];
  make_rows(rows);
  for (int i = 0; i < ROWS; i++) {
    struct ask_store_row written;
    ask_row_write(arena, &rows[i], &written);
    for (size_t length = 0; length < written.bytes.length; length++)
      ck_assert(!reads(written.table, written.bytes.bytes, length, arena));
    char longer[2000];
    memcpy(longer, written.bytes.bytes, written.bytes.length);
    longer[written.bytes.length] = 0;
    ck_assert(!reads(written.table, longer, written.bytes.length + 1, arena));
    for (int j = 0; j < ROWS; j++)
      ck_assert_int_eq(reads(ask_table_name(rows[j].table), written.bytes.bytes, written.bytes.length, arena), i == j);
    ck_assert(!reads("", written.bytes.bytes, written.bytes.length, arena));
    ck_assert(!reads("Partner", written.bytes.bytes, written.bytes.length, arena));
  }
  ask_arena_free(arena);
}
END_TEST

START_TEST(changed_bytes_are_a_row_or_none) {
  struct ask_any_row rows[ROWS];
  unsigned seed = 20261123;
  make_rows(rows);
  for (int i = 0; i < ROWS; i++) {
    struct ask_arena *arena = ask_arena_new(), *spare = ask_arena_new();
    struct ask_store_row written;
    ask_row_write(arena, &rows[i], &written);
    for (int times = 0; times < 20000; times++) {
      char bytes[2000];
      memcpy(bytes, written.bytes.bytes, written.bytes.length);
      for (int changes = 1 + rand_r(&seed) % 3; changes; changes--)
        bytes[(size_t)rand_r(&seed) % written.bytes.length] = (char)rand_r(&seed);
      (void)reads(written.table, bytes, written.bytes.length, spare);
      ask_arena_reset(spare);
    }
    ask_arena_free(spare);
    ask_arena_free(arena);
  }
}
END_TEST

/* Documents of any kind, with any keys: refused beyond the limits. */
START_TEST(a_document_beyond_the_limits_is_none) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row rows[ROWS], back, row;
  static struct ask_document_key many[ASK_DOCUMENT_KEYS + 1];
  static char texts[ASK_DOCUMENT_KEYS + 1][2], wide[ASK_DOCUMENT_LIMIT + 1];
  make_rows(rows);
  memset(wide, 'w', sizeof wide);
  for (int i = 0; i <= ASK_DOCUMENT_KEYS; i++) {
    texts[i][0] = (char)(i + 1);
    many[i] = (struct ask_document_key){{texts[i], 1}, false};
  }
  struct ask_document_key twice[] = {{{"a", 1}, true}, {{"a", 1}, false}}, empty = {{"", 0}, false},
                          wide_key = {{wide, ASK_DOCUMENT_KEY + 1}, false};
  const struct ask_document_row base = rows[5].document;
  struct ask_document_row wrong[9];
  for (int i = 0; i < 9; i++) wrong[i] = base;
  wrong[0].kind = (struct ask_text){"", 0};
  wrong[1].kind = (struct ask_text){"a\0b", 3};
  wrong[2].kind = (struct ask_text){"abcdefghijklmnopqrstuvwxyz_______", 33};
  wrong[3].version = 0;
  wrong[4].body = (struct ask_text){wide, sizeof wide};
  wrong[5].keys = many, wrong[5].count = ASK_DOCUMENT_KEYS + 1;
  wrong[6].keys = twice;
  wrong[7].keys = &empty, wrong[7].count = 1;
  wrong[8].keys = &wide_key, wrong[8].count = 1;
  for (int i = 0; i < 9; i++) {
    struct ask_store_row written;
    row = (struct ask_any_row){.table = ASK_TABLE_DOCUMENT, .document = wrong[i]};
    ask_row_write(arena, &row, &written);
    ck_assert_msg(!ask_row_read(&written, arena, &back), "%d", i);
  }
  struct ask_store_row written;
  row = (struct ask_any_row){.table = ASK_TABLE_DOCUMENT, .document = base};
  row.document.keys = many;
  row.document.count = ASK_DOCUMENT_KEYS;
  row.document.body = (struct ask_text){wide, ASK_DOCUMENT_LIMIT};
  ask_row_write(arena, &row, &written);
  ck_assert(ask_row_read(&written, arena, &back));
  ck_assert_uint_eq(back.document.count, ASK_DOCUMENT_KEYS);
  ask_arena_free(arena);
}
END_TEST

START_TEST(what_is_no_cursor_is_refused) {
  static const char *const texts[] = {"1",
                                      "1-",
                                      "1-1",
                                      "1-1-",
                                      "0-1-00000000000000000000000000000000",
                                      "1-0-00000000000000000000000000000000",
                                      "1-6-00000000000000000000000000000000",
                                      "1-1-0000000000000000000000000000000",
                                      "1-1-000000000000000000000000000000000000",
                                      "1-1-0000000000000000000000000000000G",
                                      "1-1-0000000000000000000000000000000A",
                                      "1-4-00000000000000000000000000000000",
                                      "1-4-0000000000000000000000000000000000000000",
                                      "1-4-0000000000000000000000000000000080000000",
                                      "1-5-00000000000000000000000000000000",
                                      "1-6-0000000000000000000000000000000061Z",
                                      "1-6-0000000000000000000000000000000041",
                                      "1-6-0000000000000000000000000000000000",
                                      "1-6-0000000000000000000000000000000061006100",
                                      "1-7-00000000000000000000000000000000",
                                      "1-3-",
                                      "1-3-6161",
                                      " 1-1-00000000000000000000000000000000",
                                      "1-1-00000000000000000000000000000000 "};
  struct ask_cursor cursor = {.table = ASK_TABLE_RULES};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char *copy = strdup(texts[i]);
    ck_assert_msg(!ask_cursor_read(copy, &cursor), "%s", texts[i]);
    free(copy);
  }
  ck_assert_int_eq(cursor.table, ASK_TABLE_RULES); /* untouched */
  char *endless = malloc(4096);
  memset(endless, 'a', 4095);
  memcpy(endless, "1-5-", 4);
  endless[4095] = '\0';
  ck_assert(!ask_cursor_read(endless, &cursor));
  endless[4 + 2 * (16 + ASK_IDEMPOTENCY_LIMIT)] = '\0'; /* the longest that is one */
  ck_assert(ask_cursor_read(endless, &cursor));
  ck_assert_uint_eq(cursor.length, ASK_IDEMPOTENCY_LIMIT);
  free(endless);
  ck_assert(ask_cursor_read("", &cursor));
  ck_assert_int_eq(cursor.table, ASK_TABLE_NONE);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("store_row");
  TCase *test_case = tcase_create("store_row");
  tcase_add_test(test_case, rows_go_there_and_back);
  tcase_add_test(test_case, every_column_is_there_again);
  tcase_add_test(test_case, a_row_cut_short_or_too_long_is_none);
  tcase_add_test(test_case, changed_bytes_are_a_row_or_none);
  tcase_add_test(test_case, a_document_beyond_the_limits_is_none);
  tcase_add_test(test_case, what_is_no_cursor_is_refused);
  suite_add_tcase(suite, test_case);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? 1 : 0;
}
