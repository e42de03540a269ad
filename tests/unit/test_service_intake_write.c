/* Keeping assessments: new ones, corrections, repeats, and what becomes of a write in each case. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/date.h"
#include "service/assess.h"
#include "unit/support_intake.h"

static struct support_intake s;

static void setup(void) { support_intake_open(&s, true); }
static void teardown(void) { support_intake_close(&s); }

static void ck_part(const char *part) {
  ck_assert_msg(strstr(support_body(&s), part), "no %s in %.600s", part, support_body(&s));
}

static void ck_problem(const char *part) {
  ck_assert_msg(strstr(support_problems(&s), part), "no '%s' in: %s", part, support_problems(&s));
}

/* {"id":...,"revision":N, and what the command prints for these answers. */
static void ck_reply(const char *direct) {
  char id[ASK_UUID_TEXT];
  ask_uuid_text(&s.reply.assessment, id);
  const char *expected = ask_printf(s.arena, "{\"id\":\"%s\",\"revision\":%d,%s", id, s.reply.revision, direct + 1);
  ck_assert_str_eq(support_body(&s), expected);
}

/* ---- new ones ------------------------------------------------------------------------------------------------------ */

START_TEST(keeps_what_it_says) {
  static const char body[] =
      "{\"as_of\":\"2026-11-23\",\"id\":\"case \\\"7\\\"\",\"answers\":{\"age\":40,\"income\":900.5}}";
  for (enum ask_detail detail = ASK_DETAIL_STATUS; detail <= ASK_DETAIL_TREE; detail++)
    for (int next = 0; next < 2; next++) {
      s.view = (struct ask_view){.detail = detail, .with_next = next};
      struct ask_uuid made = support_create(&s, body);
      const char *direct = support_direct(&s, body, detail, next);
      ck_reply(direct);
      ck_assert(!s.reply.repeated);
      ck_assert_int_eq(support_read(&s, &made, 0, detail, next), ASK_DONE);
      ck_reply(direct);
    }
  ck_part("\"income\":900.50");
}
END_TEST

START_TEST(keeps_today_without_a_day) {
  char day[16];
  struct ask_uuid made = support_create(&s, "{\"answers\":{}}");
  ask_date_text(ask_today(), day);
  ck_part(ask_printf(s.arena, "\"as_of\":\"%s\"", day));
  made = support_create(&s, "{\"as_of\":\"2025-03-01\",\"answers\":{}}");
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{\"age\":3}}", NULL), ASK_DONE);
  ck_part("\"as_of\":\"2025-03-01\""); /* and not today */
}
END_TEST

START_TEST(gives_each_its_own_client) {
  struct ask_uuid one = support_create(&s, "{\"answers\":{}}"), other = support_create(&s, "{\"answers\":{}}");
  ck_assert(ask_uuid_client_key(&one) != ask_uuid_client_key(&other));
}
END_TEST

START_TEST(refuses) {
  ck_assert_int_eq(support_write(&s, NULL, 0, "{\"answers\":{}", NULL), ASK_MALFORMED);
  ck_problem("truncated");
  ck_assert_int_eq(support_write(&s, NULL, 0, "{\"answers\":{\"a.b\":{\"x\":1,\"x\":2}}}", NULL), ASK_MALFORMED);
  ck_problem("duplicate-key answers[\"a.b\"].x");
  ck_assert_int_eq(support_write(&s, NULL, 0, "{\"answers\":{\"agee\":1}}", NULL), ASK_UNACCEPTABLE);
  ck_problem("unknown-item answers.agee");
  ck_assert_int_eq(support_write(&s, NULL, 0, "{\"answers\":{\"dob\":\"2000-01-01\",\"age\":1}}", NULL),
                   ASK_UNACCEPTABLE);
  ck_problem("contradiction answers.age");
  ck_assert_int_eq(support_write(&s, NULL, 0, "[]", NULL), ASK_UNACCEPTABLE);
  ck_assert_int_eq(support_write(&s, NULL, 0, "", NULL), ASK_MALFORMED);
  struct ask_uuid none = ask_uuid_new();
  ck_assert_int_eq(support_write(&s, &none, 0, "{\"answers\":{}}", NULL), ASK_NO_SUCH);
  ck_assert_int_eq(support_write(&s, &none, 0, "nonsense", NULL), ASK_MALFORMED);
}
END_TEST

/* ---- corrections --------------------------------------------------------------------------------------------------- */

static const struct {
  const char *before, *patch, *after; /* answers */
} merges[] = {
    {"{\"age\":40}", "{\"income\":1}", "{\"age\":40,\"income\":1.00}"},
    {"{\"age\":40,\"income\":1}", "{\"age\":41}", "{\"age\":41,\"income\":1.00}"},
    {"{\"age\":40,\"income\":1}", "{}", "{\"age\":40,\"income\":1.00}"},
    {"{\"age\":40,\"income\":1}", "{\"age\":null}", "{\"income\":1.00}"},
    {"{\"age\":40,\"income\":1}", "{\"age\":{\"absent\":\"unanswered\"}}", "{\"income\":1.00}"},
    {"{\"age\":40}", "{\"age\":{\"absent\":\"declined\"}}", "{\"age\":{\"absent\":\"declined\"}}"},
    {"{\"age\":{\"absent\":\"unknown\"}}", "{\"people\":2}", "{\"age\":{\"absent\":\"unknown\"},\"people\":2}"},
    {"{\"home\":\"decline\"}", "{\"people\":2}", "{\"people\":2,\"home\":{\"absent\":\"declined\"}}"},
    {"{}", "{\"age\":null}", "{}"},
    {"{\"income\":1450.10}", "{\"people\":1}", "{\"people\":1,\"income\":1450.10}"},
    /* lists are replaced whole */
    {"{\"members\":[{\"name\":\"Ann\",\"pay\":1},{\"name\":\"Bo\"}]}", "{\"members\":[{\"name\":\"Cy\"}]}",
     "{\"members\":[{\"name\":\"Cy\"}]}"},
    {"{\"members\":[{\"name\":\"Ann\",\"pay\":1}]}", "{\"people\":1}",
     "{\"people\":1,\"members\":[{\"name\":\"Ann\",\"pay\":1.00}]}"},
    {"{\"members\":[{\"name\":\"Ann\"}]}", "{\"members\":[]}", "{\"members\":[]}"},
    {"{\"members\":[{\"name\":\"Ann\"}]}", "{\"members\":null}", "{}"},
};

START_TEST(lays_answers_over_answers) {
  const char *before = ask_printf(s.arena, "{\"answers\":%s}", merges[_i].before);
  const char *patch = ask_printf(s.arena, "{\"answers\":%s}", merges[_i].patch);
  struct ask_uuid made = support_create(&s, before);
  ck_assert_msg(support_write(&s, &made, 0, patch, NULL) == ASK_DONE, "%s", support_problems(&s));
  ck_assert_int_eq(s.reply.revision, 2);
  ck_reply(support_direct(&s, ask_printf(s.arena, "{\"answers\":%s}", merges[_i].after), ASK_DETAIL_REASONS, true));
  ck_assert_str_eq(support_answers_of(&s, &made), merges[_i].after);
}
END_TEST

START_TEST(keeps_day_and_reference) {
  struct ask_uuid made = support_create(&s, "{\"as_of\":\"2026-01-05\",\"id\":\"Zoë \\\"1\\\"\",\"answers\":{}}");
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{\"age\":1}}", NULL), ASK_DONE);
  ck_part("\"as_of\":\"2026-01-05\"");
  ck_part("\"request\":{\"id\":\"Zoë \\\"1\\\"\"");
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"as_of\":null,\"id\":null,\"answers\":{}}", NULL), ASK_DONE);
  ck_part("\"as_of\":\"2026-01-05\"");
  ck_part("\"request\":{\"id\":\"Zoë \\\"1\\\"\"");
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"as_of\":\"2026-02-01\",\"id\":\"2\",\"answers\":{}}", NULL),
                   ASK_DONE);
  ck_part("\"as_of\":\"2026-02-01\"");
  ck_part("\"request\":{\"id\":\"2\"");
  ck_assert_int_eq(s.reply.revision, 4);
}
END_TEST

START_TEST(refuses_corrections) {
  struct ask_uuid made = support_create(&s, "{\"answers\":{\"age\":40}}");
  static const struct {
    const char *body, *problem;
  } wrong[] = {
      {"{\"answers\":{\"agee\":null}}", "unknown-item answers.agee"}, /* nothing to take back under that name */
      {"{\"answers\":{\"dob\":\"2020-01-01\"}}", "contradiction answers.age"},
      {"{\"answers\":{\"people\":9}}", "out-of-range answers.people"},
      {"{\"answers\":{\"members\":[{\"nam\":1}]}}", "unknown-item answers.members[0].nam"},
      {"{\"answers\":{\"a/b\":1}}", "unknown-item answers[\"a/b\"]"},
      {"{\"answers\":[]}", "wrong-type answers"},
      {"{}", "no-answers"},
      {"{\"answers\":{},\"x.y\":1}", "unknown-key [\"x.y\"]"},
      {"{\"answers\":{},\"as_of\":\"2026-02-30\"}", "bad-date as_of"},
      {"7", "wrong-type"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    ck_assert_int_eq(support_write(&s, &made, 0, wrong[i].body, NULL), ASK_UNACCEPTABLE);
    ck_problem(wrong[i].problem);
    ck_assert_uint_eq(s.reply.problems.count, 1);
  }
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{\"age\":1,\"age\":2}}", NULL), ASK_MALFORMED);
  ck_problem("duplicate-key answers.age");
  ck_assert_str_eq(support_answers_of(&s, &made), "{\"age\":40}");
  ck_assert_int_eq(s.reply.revision, 1);
}
END_TEST

START_TEST(says_when_it_is_stale) {
  struct ask_uuid made = support_create(&s, "{\"answers\":{}}");
  ck_assert_int_eq(support_write(&s, &made, 1, "{\"answers\":{\"age\":1}}", NULL), ASK_DONE);
  ck_assert_int_eq(support_write(&s, &made, 1, "{\"answers\":{\"age\":2}}", NULL), ASK_STALE);
  ck_assert_int_eq(s.reply.revision, 2);
  ck_assert_int_eq(support_write(&s, &made, 3, "{\"answers\":{\"age\":2}}", NULL), ASK_STALE);
  ck_assert_int_eq(support_write(&s, &made, 2, "{\"answers\":{\"age\":2}}", NULL), ASK_DONE);
  ck_assert_str_eq(support_answers_of(&s, &made), "{\"age\":2}");
}
END_TEST

static struct ask_intake_request correction(const struct ask_uuid *assessment, int32_t expected, const char *body) {
  return (struct ask_intake_request){
      .caller = s.caller, .body = {body, strlen(body)}, .assessment = assessment, .expected = expected, .view = s.view};
}

/* Both were prepared upon revision 1; the second one to be written finds revision 2. */
START_TEST(sees_who_was_faster) {
  struct ask_uuid made = support_create(&s, "{\"answers\":{}}");
  for (int32_t expected = 1; expected >= 0; expected--) {
    struct ask_intake_request first = correction(&made, 0, "{\"answers\":{\"age\":1}}");
    struct ask_intake_request second = correction(&made, expected ? 1 : 0, "{\"answers\":{\"people\":2}}");
    struct ask_pending *one = NULL, *other = NULL;
    bool again = false;
    ck_assert_int_eq(ask_intake_prepare(s.seat, &second, support_reply(&s), &other), ASK_DONE);
    ck_assert_int_eq(ask_intake_prepare(s.seat, &first, support_reply(&s), &one), ASK_DONE);
    ck_assert_int_eq(support_submit(one), ASK_DONE);
    ck_assert_int_eq(ask_intake_finish(s.seat, one, &s.reply, &again), ASK_DONE);
    ck_assert(!again);
    ck_assert_int_eq(support_submit(other), ASK_DONE);
    ck_assert_int_eq(ask_intake_finish(s.seat, other, support_reply(&s), &again), ASK_STALE);
    ck_assert(again == !expected);
    if (expected) ck_assert_int_eq(s.reply.revision, 2);
    ask_pending_free(one);
    ask_pending_free(other);
    if (expected) made = support_create(&s, "{\"answers\":{}}");
  }
}
END_TEST

enum { TURNS = 20 };

struct crowd {
  struct ask_uuid assessment;
  const char *item;
};

static void *revise_often(void *context) {
  struct crowd *crowd = context;
  struct support_intake mine = s; /* the same intake, a seat and a reply of its own */
  mine.seat = ask_seat_take(s.intake);
  mine.arena = ask_arena_new();
  mine.body = (struct ask_buffer){0};
  for (int i = 1; i <= TURNS; i++) {
    const char *body = ask_printf(mine.arena, "{\"answers\":{\"%s\":%d}}", crowd->item, i);
    ck_assert_int_eq(support_write(&mine, &crowd->assessment, 0, body, NULL), ASK_DONE);
  }
  ask_seat_give_back(mine.seat);
  ask_buffer_free(&mine.body);
  ask_arena_free(mine.arena);
  return NULL;
}

START_TEST(loses_nothing_when_two_correct_at_once) {
  struct ask_uuid made = support_create(&s, "{\"answers\":{}}");
  struct crowd crowds[2] = {{made, "age"}, {made, "income"}};
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, revise_often, &crowds[i]), 0);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  ck_assert_str_eq(support_answers_of(&s, &made), "{\"age\":20,\"income\":20.00}");
  ck_assert_int_eq(s.reply.revision, 1 + 2 * TURNS);
}
END_TEST

/* ---- repeats ------------------------------------------------------------------------------------------------------- */

START_TEST(repeats_what_was_made) {
  static const char body[] = "{\"answers\":{\"age\":40}}", patch[] = "{\"answers\":{\"age\":41}}";
  ck_assert_int_eq(support_write(&s, NULL, 0, body, "first"), ASK_DONE);
  struct ask_uuid made = s.reply.assessment;
  const char *said = ask_strdup(s.arena, support_body(&s));
  ck_assert_int_eq(support_write(&s, &made, 0, patch, "second"), ASK_DONE);
  const char *said_then = ask_strdup(s.arena, support_body(&s));
  for (int i = 0; i < 2; i++) {
    ck_assert_int_eq(support_write(&s, NULL, 0, body, "first"), ASK_DONE);
    ck_assert(s.reply.repeated);
    ck_assert_int_eq(s.reply.revision, 1);
    ck_assert_mem_eq(&s.reply.assessment, &made, sizeof made);
    ck_assert_str_eq(support_body(&s), said);
  }
  ck_assert_int_eq(support_write(&s, &made, 0, patch, "second"), ASK_DONE);
  ck_assert(s.reply.repeated);
  ck_assert_str_eq(support_body(&s), said_then);
  ck_assert_int_eq(support_write(&s, NULL, 0, patch, "first"), ASK_KEY_REUSED);
  ck_assert_int_eq(support_write(&s, NULL, 0, "no JSON", "first"), ASK_KEY_REUSED);
  s.caller = s.stranger; /* another partner's keys are its own */
  ck_assert_int_eq(support_write(&s, NULL, 0, body, "first"), ASK_DONE);
  ck_assert(!s.reply.repeated);
}
END_TEST

/* Two requests with one key that come at the same time: both get what the faster one made. */
START_TEST(repeats_what_was_made_meanwhile) {
  for (enum ask_detail detail = ASK_DETAIL_STATUS; detail <= ASK_DETAIL_TREE; detail++) {
    static const char body[] = "{\"answers\":{\"age\":40}}";
    struct ask_pending *one = NULL, *other = NULL;
    bool again = false;
    s.view = (struct ask_view){.detail = detail, .with_next = detail == ASK_DETAIL_TREE};
    struct ask_intake_request request = correction(NULL, 0, body);
    const char *key = ask_printf(s.arena, "key%d", (int)detail);
    request.idempotency_key = (struct ask_text){key, strlen(key)};
    ck_assert_int_eq(ask_intake_prepare(s.seat, &request, support_reply(&s), &one), ASK_DONE);
    const char *said = ask_strdup(s.arena, support_body(&s));
    ck_assert_int_eq(ask_intake_prepare(s.seat, &request, support_reply(&s), &other), ASK_DONE);
    ck_assert_str_ne(support_body(&s), said); /* an id of its own, so far */
    ck_assert_int_eq(support_submit(one), ASK_DONE);
    ck_assert_int_eq(support_submit(other), ASK_DONE);
    ck_assert_int_eq(ask_intake_finish(s.seat, other, &s.reply, &again), ASK_DONE);
    ck_assert(s.reply.repeated && !again);
    ck_assert_str_eq(support_body(&s), said);
    request.fingerprint[0]++;
    struct ask_pending *third = NULL;
    ck_assert_int_eq(ask_intake_prepare(s.seat, &request, support_reply(&s), &third), ASK_KEY_REUSED);
    ck_assert_ptr_null(third);
    ask_pending_free(one);
    ask_pending_free(other);
  }
}
END_TEST

/* ---- when the store does not do it --------------------------------------------------------------------------------- */

START_TEST(is_away_without_a_store) {
  struct support_intake bare;
  support_intake_open(&bare, false);
  ck_assert_int_eq(support_screen(&bare, "{\"answers\":{}}", ASK_DETAIL_STATUS, false, NULL), ASK_DONE);
  ck_assert_int_eq(support_write(&bare, NULL, 0, "{\"answers\":{}}", NULL), ASK_AWAY);
  struct ask_uuid none = ask_uuid_new();
  ck_assert_int_eq(support_read(&bare, &none, 0, ASK_DETAIL_REASONS, true), ASK_AWAY);
  ck_assert_int_eq(ask_intake_ping(bare.seat, support_reply(&bare)), ASK_AWAY);
  ck_assert_int_eq(ask_intake_rules_changed(bare.intake), ASK_AWAY);
  support_intake_close(&bare);
}
END_TEST

struct hold {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int done;
  bool open;
};

static void wait_for_the_test(void *context) {
  struct hold *hold = context;
  pthread_mutex_lock(&hold->lock);
  hold->done++;
  pthread_cond_broadcast(&hold->changed);
  while (!hold->open) pthread_cond_wait(&hold->changed, &hold->lock);
  pthread_mutex_unlock(&hold->lock);
}

START_TEST(is_busy_when_too_many_wait) {
  struct hold hold = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, false};
  struct ask_writer *usual = s.writer;
  struct ask_writer *narrow = ask_writer_start(s.store, 2, 1);
  struct ask_intake_options options = {
      .live = s.live, .store = s.store, .writer = narrow, .scratch = ask_path_join(s.arena, s.folder, "rules")};
  struct ask_intake *intake = ask_intake_new(&options);
  struct ask_seat *seat = ask_seat_take(intake);
  struct ask_intake_request request = correction(NULL, 0, "{\"answers\":{}}");
  struct ask_pending *pending[8] = {0};
  int accepted = 0;
  enum ask_outcome outcome = ASK_DONE;
  while (accepted < 8 && outcome == ASK_DONE) {
    ck_assert_int_eq(ask_intake_prepare(seat, &request, support_reply(&s), &pending[accepted]), ASK_DONE);
    outcome = ask_intake_submit(pending[accepted], wait_for_the_test, &hold);
    if (outcome == ASK_DONE) accepted++;
    if (accepted == 1) {
      pthread_mutex_lock(&hold.lock);
      while (!hold.done) pthread_cond_wait(&hold.changed, &hold.lock);
      pthread_mutex_unlock(&hold.lock);
    }
  }
  ck_assert_int_eq(outcome, ASK_BUSY);
  ask_pending_free(pending[accepted]);
  pthread_mutex_lock(&hold.lock);
  hold.open = true;
  pthread_cond_broadcast(&hold.changed);
  while (hold.done < accepted) pthread_cond_wait(&hold.changed, &hold.lock);
  pthread_mutex_unlock(&hold.lock);
  ask_writer_stop(narrow);
  for (int i = 0; i < accepted; i++) {
    bool again;
    ck_assert_int_eq(ask_intake_finish(seat, pending[i], support_reply(&s), &again), ASK_DONE);
    ask_pending_free(pending[i]);
  }
  ask_seat_give_back(seat);
  ask_intake_free(intake);
  s.writer = usual;
}
END_TEST

START_TEST(says_when_nothing_can_be_written) {
  struct rlimit before, none;
  signal(SIGXFSZ, SIG_IGN);
  ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
  none = before;
  none.rlim_cur = 0; /* as a disk that takes nothing more */
  ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
  enum ask_outcome outcome = support_write(&s, NULL, 0, "{\"answers\":{}}", "kept");
  ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
  ck_assert_msg(outcome == ASK_AWAY || outcome == ASK_NO_ROOM, "%d", outcome);
  ck_assert_uint_gt(s.reply.problems.count, 0);
  outcome = support_write(&s, NULL, 0, "{\"answers\":{}}", "kept");
  ck_assert_msg(outcome == ASK_DONE, "%d %s", outcome, support_problems(&s));
  ck_assert(!s.reply.repeated);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service_intake_write");
  TCase *one = tcase_create("service_intake_write");
  tcase_set_timeout(one, 60);
  tcase_add_checked_fixture(one, setup, teardown);
  tcase_add_test(one, keeps_what_it_says);
  tcase_add_test(one, keeps_today_without_a_day);
  tcase_add_test(one, gives_each_its_own_client);
  tcase_add_test(one, refuses);
  tcase_add_loop_test(one, lays_answers_over_answers, 0, sizeof merges / sizeof *merges);
  tcase_add_test(one, keeps_day_and_reference);
  tcase_add_test(one, refuses_corrections);
  tcase_add_test(one, says_when_it_is_stale);
  tcase_add_test(one, sees_who_was_faster);
  tcase_add_test(one, loses_nothing_when_two_correct_at_once);
  tcase_add_test(one, repeats_what_was_made);
  tcase_add_test(one, repeats_what_was_made_meanwhile);
  tcase_add_test(one, is_away_without_a_store);
  tcase_add_test(one, is_busy_when_too_many_wait);
  tcase_add_test(one, says_when_nothing_can_be_written);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
