/* Contract: revisions are numbered without gaps, kept as they were given, seen by their partner alone. */
#include "contract/store_fixture.h"

static enum ask_store_status get(const struct ask_partner_key *by, const struct ask_uuid *id, int32_t number,
                                 struct ask_revision *ret) {
  return ask_store_get(fixture()->session, &by->partner, id, number, fixture()->arena, ret);
}

START_TEST(a_revision_comes_back_as_it_was_given) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write first = fixture_write(&fixture()->ours, &id, 1), second = fixture_write(&fixture()->ours, &id, 2);
  fixture_ok(fixture_commit(&first));
  fixture_expect(fixture()->session, &first);
  ck_assert_str_eq(first.message, "");
  fixture_ok(fixture_commit(&second));
  fixture_expect(fixture()->session, &first);
  fixture_expect(fixture()->session, &second);
}
END_TEST

START_TEST(number_nought_is_the_latest) {
  struct ask_uuid id = fixture_assessment();
  struct ask_revision found = {0};
  fixture_ok(get(&fixture()->ours, &id, 0, &found));
  ck_assert_int_eq(found.number, 1);
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2);
  fixture_ok(fixture_commit(&second));
  fixture_ok(get(&fixture()->ours, &id, 0, &found));
  ck_assert_int_eq(found.number, 2);
}
END_TEST

START_TEST(what_is_not_there_is_not_found) {
  struct ask_uuid id = fixture_assessment(), other = fixture_uuid();
  struct ask_revision found = {.number = 7};
  fixture_is(get(&fixture()->ours, &other, 0, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(&fixture()->ours, &other, 1, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(&fixture()->ours, &id, 2, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(&fixture()->ours, &id, -1, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(&fixture()->ours, &id, INT32_MAX, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(&fixture()->ours, &id, INT32_MIN, &found), ASK_STORE_NOT_FOUND);
  ck_assert_int_eq(found.number, 7);
}
END_TEST

START_TEST(an_id_that_differs_in_one_half_is_another) {
  struct ask_uuid id = fixture_assessment();
  for (size_t i = 0; i < sizeof id.bytes; i++) {
    struct ask_uuid other = id;
    struct ask_revision found;
    other.bytes[i] ^= 1;
    fixture_is(get(&fixture()->ours, &other, 0, &found), ASK_STORE_NOT_FOUND);
  }
}
END_TEST

START_TEST(only_the_next_number_is_accepted) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write early = fixture_write(&fixture()->ours, &id, 2);
  fixture_is(fixture_commit(&early), ASK_STORE_NOT_FOUND);
  struct ask_write first = fixture_write(&fixture()->ours, &id, 1);
  fixture_ok(fixture_commit(&first));
  static const int32_t wrong[] = {1, 3, 4, 0, -1, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    struct ask_write write = fixture_write(&fixture()->ours, &id, wrong[i]);
    fixture_is(fixture_commit(&write), ASK_STORE_CONFLICT);
  }
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2);
  fixture_ok(fixture_commit(&second));
  struct ask_write late = fixture_write(&fixture()->ours, &id, 2);
  late.revision.answers = (struct ask_text){"{\"late\":1}", 10};
  fixture_is(fixture_commit(&late), ASK_STORE_CONFLICT);
  fixture_expect(fixture()->session, &second);
}
END_TEST

START_TEST(another_partner_s_assessment_is_not_there) {
  struct ask_uuid id = fixture_assessment();
  struct ask_revision found;
  struct ask_revision_line *list;
  size_t count;
  int32_t latest;
  const struct ask_partner_key *theirs = &fixture()->theirs;
  fixture_is(get(theirs, &id, 0, &found), ASK_STORE_NOT_FOUND);
  fixture_is(get(theirs, &id, 1, &found), ASK_STORE_NOT_FOUND);
  fixture_is(
      ask_store_revisions(fixture()->session, &theirs->partner, &id, 0, 10, fixture()->arena, &list, &count, &latest),
      ASK_STORE_NOT_FOUND);
  struct ask_write foreign = fixture_write(theirs, &id, 2);
  fixture_is(fixture_commit(&foreign), ASK_STORE_NOT_FOUND);
  struct ask_write taken = fixture_write(theirs, &id, 1);
  fixture_is(fixture_commit(&taken), ASK_STORE_CONFLICT);
  struct ask_write ours = fixture_write(&fixture()->ours, &id, 2);
  fixture_ok(fixture_commit(&ours));
  fixture_is(get(theirs, &id, 1, &found), ASK_STORE_NOT_FOUND);
}
END_TEST

START_TEST(another_key_of_the_partner_may_go_on) {
  struct ask_uuid id = fixture_assessment(), unused = fixture_uuid();
  struct ask_partner_key second_key = {.id = fixture_uuid(), .name = "ours", .hash = "second", .created = 5};
  fixture_ok(ask_store_key_add(fixture()->session, &second_key, &unused));
  struct ask_write second = fixture_write(&second_key, &id, 2);
  fixture_ok(fixture_commit(&second));
  fixture_expect(fixture()->session, &second);
}
END_TEST

START_TEST(revisions_are_listed_in_pages) {
  struct ask_uuid id = fixture_uuid();
  for (int32_t n = 1; n <= 5; n++) {
    struct ask_write write = fixture_write(&fixture()->ours, &id, n);
    fixture_ok(fixture_commit(&write));
  }
  static const struct {
    int32_t after, limit, first;
    size_t count;
  } pages[] = {{0, 10, 1, 5}, {0, 2, 1, 2},  {2, 2, 3, 2},    {4, 2, 5, 1},         {5, 2, 0, 0},
               {99, 2, 0, 0}, {-3, 1, 1, 1}, {0, 1000, 1, 5}, {INT32_MAX, 1, 0, 0}, {INT32_MIN, 1, 1, 1}};
  for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
    struct ask_revision_line *list = NULL;
    size_t count = 99;
    int32_t latest = 0;
    fixture_ok(ask_store_revisions(fixture()->session, &fixture()->ours.partner, &id, pages[i].after, pages[i].limit,
                                   fixture()->arena, &list, &count, &latest));
    ck_assert_int_eq(latest, 5);
    ck_assert_msg(count == pages[i].count, "page %zu has %zu", i, count);
    for (size_t at = 0; at < count; at++) {
      struct ask_write write = fixture_write(&fixture()->ours, &id, pages[i].first + (int32_t)at);
      ck_assert_int_eq(list[at].number, write.revision.number);
      ck_assert_int_eq(list[at].at, write.revision.at);
      ck_assert_int_eq(list[at].as_of, write.revision.as_of);
      ck_assert(fixture_same(&list[at].key, &write.revision.key));
      ck_assert_str_eq(list[at].rules, FIXTURE_RULES);
      ck_assert_uint_eq(list[at].answers.length, write.revision.answers.length);
      ck_assert_mem_eq(list[at].answers.bytes, write.revision.answers.bytes, list[at].answers.length);
    }
  }
}
END_TEST

START_TEST(moments_and_days_go_as_far_as_they_can) {
  static const int64_t extremes[] = {0, -1, INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < sizeof extremes / sizeof extremes[0]; i++) {
    struct ask_uuid id = fixture_uuid();
    struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
    write.revision.at = write.revision.as_of = extremes[i];
    fixture_ok(fixture_commit(&write));
    fixture_expect(fixture()->session, &write);
  }
}
END_TEST

START_TEST(ids_of_one_client_share_their_key_only) {
  struct ask_uuid first = fixture_assessment();
  struct ask_uuid second = ask_uuid_v7_of_client(ask_uuid_time(&first) + 1, (const unsigned char *)"ab", &first);
  struct ask_write write = fixture_write(&fixture()->ours, &second, 1);
  write.revision.as_of = 1;
  fixture_ok(fixture_commit(&write));
  fixture_expect(fixture()->session, &write);
  struct ask_revision found = {0};
  fixture_ok(get(&fixture()->ours, &first, 0, &found));
  ck_assert_int_eq(found.as_of, 20781);
}
END_TEST

START_TEST(a_message_is_of_the_last_operation) {
  fixture_ok(ask_store_ping(fixture()->session));
  ck_assert_str_eq(ask_store_message(fixture()->session), "");
  fixture_ok(ask_store_try_write(fixture()->session));
  ck_assert_str_eq(ask_store_message(fixture()->session), "");
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_revision_comes_back_as_it_was_given,  number_nought_is_the_latest,
                                what_is_not_there_is_not_found,         an_id_that_differs_in_one_half_is_another,
                                only_the_next_number_is_accepted,       another_partner_s_assessment_is_not_there,
                                another_key_of_the_partner_may_go_on,   revisions_are_listed_in_pages,
                                moments_and_days_go_as_far_as_they_can, ids_of_one_client_share_their_key_only,
                                a_message_is_of_the_last_operation,     NULL};
  return fixture_main("revisions", tests);
}
