/* Rows of CSV files: cells, quotes, ends of lines, limits; the same rows in any pieces. And tokens. */
#include <check.h>
#include <string.h>

#include "service/csv.h"
#include "service/keys.h"
#include "service/token.h"

/* "a|b;c|d": cells with | between, rows with ; behind them. Broken: "!" and why. */
static const char *read_all(struct ask_arena *arena, const char *text, size_t piece) {
  size_t length = strlen(text), at = ask_csv_start(text, length), have = piece ? at : length;
  const char *all = "";
  for (;;) {
    struct ask_text *cells = NULL;
    size_t count = 0;
    const char *why = NULL;
    enum ask_csv_step step = ask_csv_next(arena, text, have, have == length, &at, &cells, &count, &why);
    if (step == ASK_CSV_BROKEN) return ask_printf(arena, "%s!%s", all, why);
    if (step == ASK_CSV_END) return all;
    if (step == ASK_CSV_MORE) {
      ck_assert_uint_lt(have, length);
      have = have + piece < length ? have + piece : length;
      continue;
    }
    for (size_t i = 0; i < count; i++) {
      ck_assert_uint_eq(strlen(cells[i].bytes), cells[i].length);
      all = ask_printf(arena, "%s%s%s", all, i ? "|" : "", cells[i].bytes);
    }
    all = ask_printf(arena, "%s;", all);
  }
}

static const struct {
  const char *text, *rows;
} files[] = {
    {"", ""},
    {"a", "a;"},
    {"a,b\r\nc,d\r\n", "a|b;c|d;"},
    {"a,b\nc,d", "a|b;c|d;"},
    {"a\rb\r", "a;b;"},
    {",\n", "|;"},
    {"a,", "a|;"},
    {"\n\n", ";;"},
    {" a ,\tb\t", "a|b;"},
    {"\"a\",\" b \"\n", "a| b ;"},
    {"\"a,\"\"b\"\"\r\nc\",d", "a,\"b\"\r\nc|d;"},
    {"\"\"", ";"},
    {"\"\"\"\"", "\";"},
    {"\xef\xbb\xbfx,y", "x|y;"},
    {"a,\"b", "!a cell in quotes does not end"},
    {"a\"b", "!a quote stands within a cell"},
    {"a;\n\"a\"b", "a;;!something follows a cell in quotes"},
    {"\"a\" ,b", "!something follows a cell in quotes"},
};

START_TEST(reads_rows) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(read_all(arena, files[_i].text, 0), files[_i].rows);
  for (size_t piece = 1; piece < 8; piece++) ck_assert_str_eq(read_all(arena, files[_i].text, piece), files[_i].rows);
  ask_arena_free(arena);
}
END_TEST

START_TEST(has_limits) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_buffer text = {0};
  for (int i = 0; i < ASK_CSV_MOST_CELLS; i++) ask_buffer_puts(&text, i ? ",1" : "1");
  const char *rows = read_all(arena, text.bytes, 0);
  ck_assert(rows[strlen(rows) - 1] == ';');
  ask_buffer_puts(&text, ",1");
  ck_assert_str_eq(read_all(arena, text.bytes, 0), "!the row has too many cells");
  for (int quotes = 0; quotes < 2; quotes++) {
    ask_buffer_clear(&text);
    if (quotes) ask_buffer_putc(&text, '"');
    for (int i = 0; i < ASK_CSV_MOST_BYTES + 10; i++) ask_buffer_putc(&text, 'x');
    if (quotes) ask_buffer_putc(&text, '"');
    ask_buffer_puts(&text, "\nnext\n");
    ck_assert_str_eq(read_all(arena, text.bytes, 0), "!the row has too many bytes");
    ck_assert_str_eq(read_all(arena, text.bytes, 100000), "!the row has too many bytes");
  }
  ask_buffer_free(&text);
  ask_arena_free(arena);
}
END_TEST

START_TEST(writes_what_it_reads) {
  static const char *const cells[] = {"", "a", "a,b", "say \"x\"", "two\r\nlines", " blanks ", "|"};
  struct ask_arena *arena = ask_arena_new();
  struct ask_buffer text = {0};
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    if (i) ask_buffer_putc(&text, ',');
    ask_csv_put(&text, cells[i], strlen(cells[i]));
  }
  struct ask_text *read = NULL;
  size_t count = 0, at = 0;
  const char *why;
  ck_assert_int_eq(ask_csv_next(arena, text.bytes, text.length, true, &at, &read, &count, &why), ASK_CSV_ROW);
  ck_assert_uint_eq(count, sizeof cells / sizeof *cells);
  for (size_t i = 0; i < count; i++) ck_assert_str_eq(read[i].bytes, cells[i]);
  ask_buffer_free(&text);
  ask_arena_free(arena);
}
END_TEST

START_TEST(tokens_are_sealed_and_end) {
  static const unsigned char secret[ASK_SEAL_KEY] = {1, 2, 3}, other[ASK_SEAL_KEY] = {1, 2, 4};
  enum { NOW = 1800000000 };
  char hash[ASK_HASH_TEXT], found[ASK_HASH_TEXT], token[ASK_TOKEN_TEXT], again[ASK_TOKEN_TEXT];
  ask_key_hash((struct ask_text){"ask_key", 7}, hash);
  ask_token_make(secret, hash, NOW, token);
  ask_token_make(secret, hash, NOW, again);
  ck_assert_str_ne(token, again);
  ck_assert_ptr_null(strstr(token, hash));
  struct ask_text text = {token, strlen(token)};
  ck_assert_uint_eq(text.length, ASK_TOKEN_LETTERS);
  ck_assert(ask_token_is(text));
  ck_assert(ask_token_read(secret, text, NOW, found));
  ck_assert_str_eq(found, hash);
  ck_assert(ask_token_read(secret, text, NOW + ASK_TOKEN_SECONDS - 1, found));
  ck_assert(!ask_token_read(secret, text, NOW + ASK_TOKEN_SECONDS, found));
  ck_assert(!ask_token_read(secret, text, NOW - 3600, found)); /* of a clock that was put back */
  ck_assert(!ask_token_read(other, text, NOW, found));
  for (size_t i = 0; i < text.length; i++) {
    char kept = token[i];
    token[i] = kept == '0' ? '1' : '0';
    ck_assert(!ask_token_read(secret, text, NOW, found));
    token[i] = 'G';
    ck_assert(!ask_token_read(secret, text, NOW, found));
    token[i] = kept;
  }
  ck_assert(!ask_token_is((struct ask_text){token, text.length - 1}));
  ck_assert(!ask_token_is((struct ask_text){"token_", 6}));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("files and tokens");
  TCase *tests = tcase_create("csv");
  tcase_add_loop_test(tests, reads_rows, 0, sizeof files / sizeof *files);
  tcase_add_test(tests, has_limits);
  tcase_add_test(tests, writes_what_it_reads);
  tcase_add_test(tests, tokens_are_sealed_and_end);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
