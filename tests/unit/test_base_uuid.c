/* Unit tests of identifiers. */
#include <check.h>
#include <string.h>

#include "base/uuid.h"

static struct ask_uuid read(const char *text) {
  struct ask_uuid uuid;
  ck_assert_msg(ask_uuid_read(text, strlen(text), &uuid), "%s", text);
  return uuid;
}

START_TEST(the_example_of_the_standard) {
  /* RFC 9562, A.6: 2022-02-22 14:22:22.00 GMT-05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F. */
  static const unsigned char random[10] = {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
  struct ask_uuid uuid = ask_uuid_v7(1645557742000, random);
  char text[ASK_UUID_TEXT];
  ask_uuid_text(&uuid, text);
  ck_assert_str_eq(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  ck_assert_int_eq(ask_uuid_time(&uuid), 1645557742000);
}
END_TEST

START_TEST(version_and_variant_are_there_whatever_the_randomness) {
  for (int byte = 0; byte < 256; byte++) {
    unsigned char random[10];
    memset(random, byte, sizeof random);
    struct ask_uuid uuid = ask_uuid_v7(0x0000ffffffffffff, random);
    ck_assert_int_eq(uuid.bytes[6] >> 4, 7);
    ck_assert_int_eq(uuid.bytes[8] >> 6, 2);
    ck_assert_int_eq(ask_uuid_time(&uuid), 0x0000ffffffffffff);
    ck_assert_int_eq(uuid.bytes[7], byte);
    ck_assert_int_eq(uuid.bytes[15], byte);
  }
}
END_TEST

START_TEST(later_ones_sort_later) {
  static const unsigned char high[10] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, low[10] = {0};
  static const int64_t moments[] = {0, 1, 255, 256, 65535, 65536, 1645557742000, 1645557742001, 0x0000fffffffffffe};
  for (size_t i = 0; i + 1 < sizeof moments / sizeof moments[0]; i++) {
    struct ask_uuid a = ask_uuid_v7(moments[i], high), b = ask_uuid_v7(moments[i + 1], low);
    ck_assert_msg(memcmp(&a, &b, sizeof a) < 0, "%zu", i);
  }
}
END_TEST

START_TEST(ids_of_a_client_share_its_key) {
  static const unsigned char random[10] = {1, 2, 0xff, 4, 5, 6, 7, 8, 9, 10};
  struct ask_uuid client = ask_uuid_v7(1000, random);
  struct ask_uuid one = ask_uuid_v7_of_client(2000, (const unsigned char *)"ab", &client);
  struct ask_uuid two = ask_uuid_v7_of_client(2000, (const unsigned char *)"ac", &one);
  ck_assert_int_eq(ask_uuid_client_key(&client), (int64_t)0xbf0405060708090a);
  ck_assert_int_eq(ask_uuid_client_key(&one), ask_uuid_client_key(&client));
  ck_assert_int_eq(ask_uuid_client_key(&two), ask_uuid_client_key(&client));
  ck_assert_int_ne(memcmp(&one, &two, sizeof one), 0);
  ck_assert_int_eq(ask_uuid_time(&one), 2000);
  ck_assert_int_eq(one.bytes[6] >> 4, 7);
}
END_TEST

START_TEST(texts_go_there_and_back) {
  struct ask_uuid uuid = read("017F22e2-79B0-7cc3-98C4-dc0c0c07398F");
  char text[ASK_UUID_TEXT];
  ask_uuid_text(&uuid, text);
  ck_assert_str_eq(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  uuid = read("00000000-0000-0000-0000-000000000000");
  ck_assert_int_eq(ask_uuid_client_key(&uuid), 0);
  uuid = read("ffffffff-ffff-ffff-ffff-ffffffffffff");
  ck_assert_int_eq(ask_uuid_client_key(&uuid), -1);
}
END_TEST

START_TEST(slips_are_refused) {
  static const char *const bad[] = {"",
                                    "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                                    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                                    "017f22e279b07cc398c4dc0c0c07398f",
                                    "017f22e279b07cc398c4dc0c0c07398f0000",
                                    "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
                                    "017f22e2+79b0-7cc3-98c4-dc0c0c07398f",
                                    "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
                                    "017f22g2-79b0-7cc3-98c4-dc0c0c07398f",
                                    "017f22e2-79b0-7cc3-98c4-dc0c0c07398-",
                                    "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                                    " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                                    "017f22e2-79b0-7cc3-98c4-dc0c0c07398\xc3"};
  struct ask_uuid uuid;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    ck_assert_msg(!ask_uuid_read(bad[i], strlen(bad[i]), &uuid), "%s", bad[i]);
  ck_assert(!ask_uuid_read("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 35, &uuid));
  ck_assert(!ask_uuid_read("017f22e2-79b0-7cc3-98c4\0dc0c0c07398f", 36, &uuid));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("uuid");
  TCase *test_case = tcase_create("uuid");
  tcase_add_test(test_case, the_example_of_the_standard);
  tcase_add_test(test_case, version_and_variant_are_there_whatever_the_randomness);
  tcase_add_test(test_case, later_ones_sort_later);
  tcase_add_test(test_case, ids_of_a_client_share_its_key);
  tcase_add_test(test_case, texts_go_there_and_back);
  tcase_add_test(test_case, slips_are_refused);
  suite_add_tcase(suite, test_case);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? 1 : 0;
}
