/* Contract: texts of any size come back byte for byte. Hostile ones too, or they are refused without harm to others: above,
 * only UTF-8 gets as far as a store. */
#include "contract/store_fixture.h"

#include <stdlib.h>
#include <string.h>

static struct ask_text text_of(size_t length, unsigned seed) {
  char *bytes = ask_alloc(fixture()->arena, length + 1);
  unsigned state = seed;
  for (size_t i = 0; i < length; i++) {
    state = state * 1664525 + 1013904223;
    /* 0: letters that repeat; else: printable noise, which cannot be squeezed. */
    bytes[i] = seed == 0 ? "income household "[i % 17] : (char)(' ' + (state >> 24) % 95);
  }
  return (struct ask_text){bytes, length};
}

START_TEST(any_size_comes_back) {
  static const size_t sizes[] = {0,   1,    2,    16,   17,   255,  511,   512,   513,
                                 517, 1000, 2000, 4095, 4096, 4097, 65535, 65536, 1000003};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    for (unsigned seed = 0; seed < 2; seed++) {
      struct ask_uuid id = fixture_uuid();
      struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
      write.revision.answers = text_of(sizes[i], seed);
      write.revision.result = text_of(sizes[sizeof sizes / sizeof sizes[0] - 1 - i], 1 - seed);
      fixture_ok(fixture_commit(&write));
      fixture_expect(fixture()->session, &write);
    }
  }
}
END_TEST

START_TEST(ten_megabytes_come_back) {
  struct ask_uuid id = fixture_uuid(), other = fixture_uuid();
  struct ask_write large = fixture_write(&fixture()->ours, &id, 1), small = fixture_write(&fixture()->ours, &other, 1);
  large.revision.answers = text_of(10 * 1024 * 1024, 1);
  large.revision.result = text_of(10 * 1024 * 1024, 0);
  struct ask_write *group[] = {&large, &small};
  ask_store_commit(fixture()->session, group, 2);
  fixture_ok(large.status);
  fixture_ok(small.status);
  fixture_expect(fixture()->session, &large);
  fixture_expect(fixture()->session, &small);
}
END_TEST

START_TEST(what_is_no_text_does_no_harm) {
  static const struct ask_text hostile[] = {{"\0", 1},
                                            {"a\0b", 3},
                                            {"\xff\xfe", 2},
                                            {"\xc0\x80", 2},
                                            {"\xed\xa0\x80", 3},
                                            {"{\"a\":\"\xe2\x82", 8},
                                            {"\x01\x05\x00\x00\x00", 5},
                                            {"\x00\x01\x02\x03", 4},
                                            {"');--", 5},
                                            {"\\x41", 4},
                                            {"$1 ?1 %s", 8}};
  for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
    struct ask_uuid ids[] = {fixture_uuid(), fixture_uuid(), fixture_uuid()};
    struct ask_write writes[3];
    struct ask_write *group[3];
    for (size_t w = 0; w < 3; w++) {
      writes[w] = fixture_write(&fixture()->ours, &ids[w], 1);
      group[w] = &writes[w];
    }
    writes[1].revision.answers = writes[1].revision.result = hostile[i];
    ask_store_commit(fixture()->session, group, 3);
    fixture_ok(writes[0].status);
    fixture_ok(writes[2].status);
    if (writes[1].status != ASK_STORE_OK) {
      fixture_is(writes[1].status, ASK_STORE_BROKEN);
      ck_assert_str_ne(writes[1].message, "");
    }
    for (size_t w = 0; w < 3; w++)
      if (writes[w].status == ASK_STORE_OK) fixture_expect(fixture()->session, &writes[w]);
  }
}
END_TEST

START_TEST(answers_are_in_no_message) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write first = fixture_write(&fixture()->ours, &id, 1), again = first;
  first.revision.answers = again.revision.answers = (struct ask_text){"{\"secret\":\"hiv\"}", 16};
  fixture_ok(fixture_commit(&first));
  fixture_is(fixture_commit(&again), ASK_STORE_CONFLICT);
  ck_assert_ptr_null(strstr(again.message, "secret"));
  ck_assert_ptr_null(strstr(ask_store_message(fixture()->session), "secret"));
}
END_TEST

int main(void) {
  const TTest *const tests[] = {any_size_comes_back, ten_megabytes_come_back, what_is_no_text_does_no_harm,
                                answers_are_in_no_message, NULL};
  return fixture_main("texts", tests);
}
