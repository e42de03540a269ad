/* Contract: each write of a group has its own outcome, decided in order, and meets what those before it did; idempotency
 * keys work within a group as across groups. */
#include "contract/store_fixture.h"

#include <string.h>

enum { MOST = 16 };

static void commit_all(struct ask_write *writes, size_t count) {
  struct ask_write *group[MOST];
  for (size_t i = 0; i < count; i++) group[i] = &writes[i];
  ask_store_commit(fixture()->session, group, count);
}

static enum ask_store_status repeated(const struct ask_partner_key *by, const char *key, unsigned char content,
                                      struct ask_uuid *ret_assessment, int32_t *ret_number) {
  unsigned char fingerprint[32];
  memset(fingerprint, content, sizeof fingerprint);
  return ask_store_repeated(fixture()->session, &by->partner, (struct ask_text){key, strlen(key)}, fingerprint,
                            ret_assessment, ret_number);
}

START_TEST(one_bad_write_does_not_harm_the_others) {
  struct ask_uuid known = fixture_assessment(), a = fixture_uuid(), b = fixture_uuid(), c = fixture_uuid();
  const struct ask_partner_key *ours = &fixture()->ours;
  struct ask_write writes[] = {
      fixture_write(ours, &a, 1),
      fixture_write(ours, &known, 1), /* taken */
      fixture_write(ours, &b, 1),
      fixture_write(ours, &c, 2),                   /* of nothing */
      fixture_write(&fixture()->theirs, &known, 2), /* not theirs */
      fixture_write(ours, &known, 3),               /* not the next */
      fixture_write(ours, &known, 2),
  };
  static const enum ask_store_status expected[] = {ASK_STORE_OK,        ASK_STORE_CONFLICT,  ASK_STORE_OK,
                                                   ASK_STORE_NOT_FOUND, ASK_STORE_NOT_FOUND, ASK_STORE_CONFLICT,
                                                   ASK_STORE_OK};
  commit_all(writes, 7);
  for (size_t i = 0; i < 7; i++) {
    ck_assert_msg(writes[i].status == expected[i], "write %zu is %s (%s)", i, ask_store_status_text(writes[i].status),
                  writes[i].message);
    if (expected[i] == ASK_STORE_OK) fixture_expect(fixture()->session, &writes[i]);
  }
}
END_TEST

START_TEST(successive_revisions_may_share_a_group) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write writes[5];
  for (int32_t n = 1; n <= 5; n++) writes[n - 1] = fixture_write(&fixture()->ours, &id, n);
  commit_all(writes, 5);
  for (size_t i = 0; i < 5; i++) {
    fixture_ok(writes[i].status);
    fixture_expect(fixture()->session, &writes[i]);
  }
}
END_TEST

START_TEST(of_two_that_want_one_number_the_first_wins) {
  struct ask_uuid id = fixture_assessment(), fresh = fixture_uuid();
  const struct ask_partner_key *ours = &fixture()->ours;
  struct ask_write writes[] = {fixture_write(ours, &id, 2), fixture_write(ours, &id, 2), fixture_write(ours, &fresh, 1),
                               fixture_write(ours, &fresh, 1), fixture_write(ours, &id, 3)};
  writes[1].revision.as_of = writes[3].revision.as_of = 1;
  commit_all(writes, 5);
  fixture_ok(writes[0].status);
  fixture_is(writes[1].status, ASK_STORE_CONFLICT);
  fixture_ok(writes[2].status);
  fixture_is(writes[3].status, ASK_STORE_CONFLICT);
  fixture_ok(writes[4].status);
  fixture_expect(fixture()->session, &writes[0]);
  fixture_expect(fixture()->session, &writes[2]);
  fixture_expect(fixture()->session, &writes[4]);
}
END_TEST

START_TEST(an_empty_group_is_nothing) {
  ask_store_commit(fixture()->session, NULL, 0);
  fixture_ok(ask_store_ping(fixture()->session));
}
END_TEST

START_TEST(a_key_that_comes_again_names_what_it_made) {
  struct ask_uuid id = fixture_uuid(), again = fixture_uuid(), made = {0};
  int32_t number = 0;
  fixture_is(repeated(&fixture()->ours, "k1", 'x', &made, &number), ASK_STORE_NOT_FOUND);
  struct ask_write first = fixture_write(&fixture()->ours, &id, 1);
  fixture_key(&first, "k1", 'x');
  fixture_ok(fixture_commit(&first));
  fixture_is(repeated(&fixture()->ours, "k1", 'x', &made, &number), ASK_STORE_REPEATED);
  ck_assert(fixture_same(&made, &id));
  ck_assert_int_eq(number, 1);
  fixture_is(repeated(&fixture()->ours, "k1", 'y', &made, &number), ASK_STORE_KEY_REUSED);
  fixture_is(repeated(&fixture()->ours, "K1", 'x', &made, &number), ASK_STORE_NOT_FOUND);
  fixture_is(repeated(&fixture()->ours, "k1 ", 'x', &made, &number), ASK_STORE_NOT_FOUND);

  struct ask_write same = fixture_write(&fixture()->ours, &again, 1);
  fixture_key(&same, "k1", 'x');
  fixture_is(fixture_commit(&same), ASK_STORE_REPEATED);
  ck_assert(fixture_same(&same.made, &id));
  ck_assert_int_eq(same.made_number, 1);
  struct ask_write other = fixture_write(&fixture()->ours, &again, 1);
  fixture_key(&other, "k1", 'y');
  fixture_is(fixture_commit(&other), ASK_STORE_KEY_REUSED);
  struct ask_revision found;
  fixture_is(ask_store_get(fixture()->session, &fixture()->ours.partner, &again, 0, fixture()->arena, &found),
             ASK_STORE_NOT_FOUND);
}
END_TEST

START_TEST(a_key_comes_again_in_the_same_group) {
  struct ask_uuid ids[4];
  struct ask_write writes[4];
  for (size_t i = 0; i < 4; i++) {
    ids[i] = fixture_uuid();
    writes[i] = fixture_write(&fixture()->ours, &ids[i], 1);
    fixture_key(&writes[i], "k", i == 2 ? 'y' : 'x');
  }
  commit_all(writes, 4);
  fixture_ok(writes[0].status);
  fixture_is(writes[1].status, ASK_STORE_REPEATED);
  ck_assert(fixture_same(&writes[1].made, &ids[0]));
  ck_assert_int_eq(writes[1].made_number, 1);
  fixture_is(writes[2].status, ASK_STORE_KEY_REUSED);
  fixture_is(writes[3].status, ASK_STORE_REPEATED);
  ck_assert(fixture_same(&writes[3].made, &ids[0]));
  struct ask_revision found;
  for (size_t i = 1; i < 4; i++)
    fixture_is(ask_store_get(fixture()->session, &fixture()->ours.partner, &ids[i], 0, fixture()->arena, &found),
               ASK_STORE_NOT_FOUND);
}
END_TEST

START_TEST(keys_of_two_partners_are_two_keys) {
  struct ask_uuid a = fixture_uuid(), b = fixture_uuid(), made = {0};
  int32_t number = 0;
  struct ask_write writes[] = {fixture_write(&fixture()->ours, &a, 1), fixture_write(&fixture()->theirs, &b, 1)};
  fixture_key(&writes[0], "k", 'x');
  fixture_key(&writes[1], "k", 'y');
  commit_all(writes, 2);
  fixture_ok(writes[0].status);
  fixture_ok(writes[1].status);
  fixture_is(repeated(&fixture()->theirs, "k", 'y', &made, &number), ASK_STORE_REPEATED);
  ck_assert(fixture_same(&made, &b));
}
END_TEST

START_TEST(a_repeated_revision_is_named) {
  struct ask_uuid id = fixture_assessment();
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2), again = fixture_write(&fixture()->ours, &id, 3);
  fixture_key(&second, "patch", 'x');
  fixture_key(&again, "patch", 'x');
  fixture_ok(fixture_commit(&second));
  fixture_is(fixture_commit(&again), ASK_STORE_REPEATED);
  ck_assert(fixture_same(&again.made, &id));
  ck_assert_int_eq(again.made_number, 2);
  /* It comes again after others went on. */
  struct ask_write third = fixture_write(&fixture()->ours, &id, 3);
  fixture_ok(fixture_commit(&third));
  struct ask_write late = fixture_write(&fixture()->ours, &id, 2);
  fixture_key(&late, "patch", 'x');
  fixture_is(fixture_commit(&late), ASK_STORE_REPEATED);
  ck_assert_int_eq(late.made_number, 2);
}
END_TEST

START_TEST(a_key_is_not_used_up_by_what_failed) {
  struct ask_uuid id = fixture_assessment(), none = fixture_uuid(), made;
  int32_t number = 0;
  struct ask_write conflict = fixture_write(&fixture()->ours, &id, 5),
                   missing = fixture_write(&fixture()->ours, &none, 2), taken = fixture_write(&fixture()->ours, &id, 1);
  fixture_key(&conflict, "k", 'x');
  fixture_key(&missing, "k", 'x');
  fixture_key(&taken, "k", 'x');
  fixture_is(fixture_commit(&conflict), ASK_STORE_CONFLICT);
  fixture_is(fixture_commit(&missing), ASK_STORE_NOT_FOUND);
  fixture_is(fixture_commit(&taken), ASK_STORE_CONFLICT);
  fixture_is(repeated(&fixture()->ours, "k", 'x', &made, &number), ASK_STORE_NOT_FOUND);
  struct ask_write good = fixture_write(&fixture()->ours, &id, 2);
  fixture_key(&good, "k", 'y');
  fixture_ok(fixture_commit(&good));
}
END_TEST

START_TEST(one_that_failed_leaves_its_key_to_the_next_of_the_group) {
  struct ask_uuid id = fixture_assessment();
  struct ask_write writes[] = {fixture_write(&fixture()->ours, &id, 3), fixture_write(&fixture()->ours, &id, 2)};
  fixture_key(&writes[0], "k", 'x');
  fixture_key(&writes[1], "k", 'y');
  commit_all(writes, 2);
  fixture_is(writes[0].status, ASK_STORE_CONFLICT);
  fixture_ok(writes[1].status);
  fixture_expect(fixture()->session, &writes[1]);
}
END_TEST

START_TEST(a_key_may_have_up_to_255_bytes_of_any_kind) {
  char key[ASK_IDEMPOTENCY_LIMIT + 1];
  struct ask_uuid id = fixture_uuid(), made;
  int32_t number = 0;
  for (size_t i = 0; i < sizeof key; i++) key[i] = (char)i;
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
  fixture_key(&write, "", 'x');
  write.idempotency_key = (struct ask_text){key, ASK_IDEMPOTENCY_LIMIT};
  fixture_ok(fixture_commit(&write));
  fixture_is(ask_store_repeated(fixture()->session, &fixture()->ours.partner, write.idempotency_key, write.fingerprint,
                                &made, &number),
             ASK_STORE_REPEATED);
  ck_assert(fixture_same(&made, &id));
  /* One byte more is not cut off to be the same. */
  struct ask_uuid other = fixture_uuid();
  struct ask_write longer = fixture_write(&fixture()->ours, &other, 1),
                   good = fixture_write(&fixture()->ours, &other, 1);
  longer.idempotency_key = (struct ask_text){key, sizeof key};
  struct ask_write *group[] = {&longer, &good};
  ask_store_commit(fixture()->session, group, 2);
  fixture_is(longer.status, ASK_STORE_BROKEN);
  fixture_ok(good.status);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {
      one_bad_write_does_not_harm_the_others,     successive_revisions_may_share_a_group,
      of_two_that_want_one_number_the_first_wins, an_empty_group_is_nothing,
      a_key_that_comes_again_names_what_it_made,  a_key_comes_again_in_the_same_group,
      keys_of_two_partners_are_two_keys,          a_repeated_revision_is_named,
      a_key_is_not_used_up_by_what_failed,        one_that_failed_leaves_its_key_to_the_next_of_the_group,
      a_key_may_have_up_to_255_bytes_of_any_kind, NULL};
  return fixture_main("groups", tests);
}
