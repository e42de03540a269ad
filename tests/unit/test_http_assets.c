/* The style and the script that the build put into the program. */
#include <check.h>
#include <string.h>

#include "base/hash.h"
#include "http/assets.h"

static const struct ask_asset *look(const char *path, const char *ending, const char *type) {
  ck_assert_ptr_nonnull(path);
  const struct ask_asset *asset = ask_asset_find(path, strlen(path));
  ck_assert_ptr_nonnull(asset);
  ck_assert_str_eq(asset->path, path);
  ck_assert_str_eq(path + strlen(path) - strlen(ending), ending);
  ck_assert_str_eq(asset->content_type, type);
  return asset;
}

START_TEST(there_is_a_style_and_a_script) {
  const struct ask_asset *style = look(ask_asset_style(), ".css", "text/css; charset=utf-8");
  const struct ask_asset *script = look(ask_asset_script(), ".js", "text/javascript; charset=utf-8");
  ck_assert_ptr_ne(style, script);
  /* With the page to sign in, of 4 kB, they are the first visit: under 100 kB in all (tests/browser/test_pages.js). */
  ck_assert_uint_lt(style->length + script->length, 94000);
}
END_TEST

/* What a browser keeps for ever under a name is what the name says. */
START_TEST(names_are_hashes_of_the_bytes) {
  for (size_t i = 0; i < ask_asset_count; i++) {
    struct ask_hash hash;
    char text[ASK_HASH_TEXT];
    ask_hash_start(&hash);
    ask_hash_add(&hash, ask_assets[i].bytes, ask_assets[i].length);
    ask_hash_end(&hash, text);
    const char *dash = strrchr(ask_assets[i].path, '-');
    ck_assert_ptr_nonnull(dash);
    ck_assert_int_eq(strncmp(dash + 1, text, 12), 0);
    ck_assert_int_eq(dash[13], '.');
  }
}
END_TEST

START_TEST(nothing_else_is_found) {
  const char *script = ask_asset_script();
  size_t length = strlen(script);
  ck_assert_ptr_null(ask_asset_find(script, length - 1));
  ck_assert_ptr_null(ask_asset_find(script, 0));
  ck_assert_ptr_null(ask_asset_find("/assets/", 8));
  ck_assert_ptr_null(ask_asset_find("/assets/../askonce", 18));
  char other[128];
  ck_assert_uint_lt(length, sizeof other - 1);
  memcpy(other, script, length + 1);
  other[length - 5] ^= 1;
  ck_assert_ptr_null(ask_asset_find(other, length));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("http/assets");
  TCase *test_case = tcase_create("assets");
  tcase_add_test(test_case, there_is_a_style_and_a_script);
  tcase_add_test(test_case, names_are_hashes_of_the_bytes);
  tcase_add_test(test_case, nothing_else_is_found);
  suite_add_tcase(suite, test_case);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? 1 : 0;
}
