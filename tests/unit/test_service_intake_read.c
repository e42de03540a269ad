/* Reading what was kept: every view, what changed, whose it is, old rules after a reload, and stored data that is broken. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support_intake.h"

static struct support_intake s;

static void setup(void) { support_intake_open(&s, true); }
static void teardown(void) { support_intake_close(&s); }

static const char household[] =
    "{\"as_of\":\"2026-11-23\",\"id\":\"x\",\"answers\":{\"age\":40,\"people\":1,\"income\":900,\"home\":\"rented\",\"rent\":700}}";

static void ck_body(const char *part) {
  ck_assert_msg(strstr(support_body(&s), part), "no %s in %.900s", part, support_body(&s));
}

static const char *kept_body(void) { return ask_strdup(s.arena, support_body(&s)); }

static void ck_problem(const char *part) {
  ck_assert_msg(strstr(support_problems(&s), part), "no '%s' in: %s", part, support_problems(&s));
}

static void ck_write(const struct ask_uuid *assessment, const char *body) {
  ck_assert_msg(support_write(&s, assessment, 0, body, NULL) == ASK_DONE, "%s", support_problems(&s));
}

/* ---- views --------------------------------------------------------------------------------------------------------- */

START_TEST(gives_revisions_as_they_were) {
  struct ask_uuid made = support_create(&s, household);
  const char *first = kept_body();
  ck_write(&made, "{\"answers\":{\"rent\":200}}");
  const char *second = kept_body();
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  ck_assert_str_eq(support_body(&s), second);
  ck_assert_int_eq(s.reply.revision, 2);
  ck_assert_int_eq(support_read(&s, &made, 1, ASK_DETAIL_REASONS, true), ASK_DONE);
  ck_assert_str_eq(support_body(&s), first);
  ck_assert_int_eq(s.reply.revision, 1);
  ck_assert_int_eq(support_read(&s, &made, 3, ASK_DETAIL_REASONS, true), ASK_NO_SUCH);
  ck_assert_int_eq(support_read(&s, &made, -1, ASK_DETAIL_REASONS, true), ASK_NO_SUCH);
}
END_TEST

START_TEST(keeps_partners_apart) {
  struct ask_uuid made = support_create(&s, household);
  s.caller = s.stranger;
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_NO_SUCH);
  ck_assert_int_eq(support_read(&s, &made, 1, ASK_DETAIL_TREE, true), ASK_NO_SUCH);
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{}}", NULL), ASK_NO_SUCH);
  ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, 0, 10, support_reply(&s)), ASK_NO_SUCH);
  ck_assert_int_eq(ask_intake_next(s.seat, &s.caller, &made, support_reply(&s)), ASK_NO_SUCH);
  ck_assert_int_eq(ask_intake_what_if(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_NO_SUCH);
  ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_NO_SUCH);
  ck_assert_uint_eq(s.body.length, 0);
}
END_TEST

START_TEST(tells_what_changed) {
  struct ask_uuid made = support_create(&s, "{\"as_of\":\"2026-11-23\",\"answers\":{\"age\":40,\"income\":10}}");
  ck_write(&made, "{\"answers\":{\"age\":41,\"people\":2}}");
  ck_write(&made, "{\"answers\":{\"income\":null,\"members\":[{\"name\":\"A \\\"b\\\", {c}\"}]}}");
  ck_write(&made, "{\"answers\":{}}");
  static const char *const changes[] = {
      "\"changed\":[{\"item\":\"age\",\"to\":40},{\"item\":\"income\",\"to\":10.00}]",
      "\"changed\":[{\"item\":\"age\",\"from\":40,\"to\":41},{\"item\":\"people\",\"to\":2}]",
      "\"changed\":[{\"item\":\"members\",\"to\":[{\"name\":\"A \\\"b\\\", {c}\"}]},{\"item\":\"income\",\"from\":10.00}]",
      "\"changed\":[]",
  };
  char id[ASK_UUID_TEXT], key[ASK_UUID_TEXT];
  ask_uuid_text(&made, id);
  ask_uuid_text(&s.caller.key, key);
  ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, 0, 100, support_reply(&s)), ASK_DONE);
  ck_body(ask_printf(s.arena, "{\"id\":\"%s\",\"latest\":4,\"revisions\":[{\"revision\":1,\"at\":\"2", id));
  ck_body(ask_printf(s.arena, "Z\",\"as_of\":\"2026-11-23\",\"key\":\"%s\",\"rules\":\"", key));
  for (size_t i = 0; i < 4; i++) ck_body(changes[i]);
  ck_body("]}],\"next\":null}");
  for (int32_t after = 0; after < 4; after++) { /* pages of one */
    ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, after, 1, support_reply(&s)), ASK_DONE);
    ck_body(ask_printf(s.arena, "\"revisions\":[{\"revision\":%d,", after + 1));
    ck_body(changes[after]);
    ck_assert_int_eq(s.reply.next, after < 3 ? after + 1 : 0);
    ck_body(after < 3 ? ask_printf(s.arena, "\"next\":%d}", after + 1) : "\"next\":null}");
  }
  ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, 4, 1, support_reply(&s)), ASK_DONE);
  ck_body("\"latest\":4,\"revisions\":[],\"next\":null}");
  ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, 1000, 1, support_reply(&s)), ASK_DONE);
  ck_body("\"revisions\":[],\"next\":null}");
}
END_TEST

START_TEST(asks_and_explains) {
  struct ask_uuid made = support_create(&s, household);
  ck_assert_int_eq(ask_intake_next(s.seat, &s.caller, &made, support_reply(&s)), ASK_DONE);
  ck_body("\"as_of\":\"2026-11-23\",\"next\":[");
  ck_body("\"not_asked\":[{");
  ck_assert_int_eq(ask_intake_what_if(s.seat, &s.caller, &made, "rent", support_reply(&s)), ASK_DONE);
  ck_body("\"program\":\"rent\",\"status\":\"likely\",\"changes\":[{");
  ck_assert_int_eq(ask_intake_what_if(s.seat, &s.caller, &made, "rnet", support_reply(&s)), ASK_NO_SUCH);
  ck_problem("unknown-program");
  ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_DONE);
  ck_body("\"determination\":{\"program\":\"food\",");
  ck_body("\"criteria\":{");
  ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "none", support_reply(&s)), ASK_NO_SUCH);
}
END_TEST

/* ---- the rules ----------------------------------------------------------------------------------------------------- */

START_TEST(shows_the_rules) {
  ck_assert_int_eq(ask_intake_form(s.seat, NULL, support_reply(&s)), ASK_DONE);
  ck_body("{\"form\":\"small\"");
  ck_assert_int_eq(ask_intake_programs(s.seat, NULL, support_reply(&s)), ASK_DONE);
  ck_body("{\"pack\":\"small\",\"programs\":[{\"program\":\"food\",\"pack\":\"small\"");
  ck_assert_int_eq(ask_intake_program(s.seat, "food", support_reply(&s)), ASK_DONE);
  ck_body("{\"program\":\"food\",\"pack\":\"small\",\"name\":\"Food help\"");
  ck_body("\"statuses\":[\"likely\",\"need_info\",\"unlikely\"],\"criteria\":{\"kind\":\"all\"");
  ck_body(
      "\"levels\":[{\"name\":\"no income\",\"act_within\":\"24 hours\",\"when\":\"income == 0\",\"cite\":\"Food Act 5\"");
  ck_body("\"documents\":[{\"text\":\"Photo ID\",\"when\":null");
  ck_body("\"parameters\":[{\"parameter\":\"");
  ck_assert_int_eq(ask_intake_program(s.seat, "fod", support_reply(&s)), ASK_NO_SUCH);
  ck_assert_str_eq(s.reply.problems.list[0].hint, "did you mean food?");
  ck_assert_int_eq(ask_intake_answers_schema(s.seat, support_reply(&s)), ASK_DONE);
  ck_body("\"additionalProperties\":false,\"properties\":{\"dob\":{");
  ck_body("{\"type\":\"integer\",\"minimum\":1,\"maximum\":8}");
  ck_body("{\"enum\":[\"rented\",\"own\",\"decline\"]}");
  ck_body("{\"type\":\"string\",\"maxLength\":200,\"pattern\":\"^(?:[0-9]{5})$\"}");
  ck_body(
      "{\"type\":\"array\",\"maxItems\":50,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"name\":{");
}
END_TEST

/* ---- after a reload ------------------------------------------------------------------------------------------------ */

static const char change_food[] = "sed -i 's/is an adult/is of age/' plugins/small/food/plugin.lua";

/* An intake over the same store, as after a restart. */
static void restart(void) {
  struct ask_intake_options options = {
      .live = s.live, .store = s.store, .writer = s.writer, .scratch = ask_path_join(s.arena, s.folder, "rules")};
  ask_seat_give_back(s.seat);
  ask_intake_free(s.intake);
  s.intake = ask_intake_new(&options);
  s.seat = ask_seat_take(s.intake);
}

START_TEST(explains_with_the_rules_of_then) {
  struct ask_uuid made = support_create(&s, household);
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_DONE);
  const char *tree = kept_body();
  ck_body("is an adult");
  ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_DONE);
  const char *explained = kept_body();
  support_intake_shell(&s, change_food);
  support_intake_reload(&s);
  ck_assert_int_eq(support_screen(&s, household, ASK_DETAIL_TREE, true, NULL), ASK_DONE);
  ck_body("is of age");
  for (int i = 0; i < 5; i++) {
    if (i == 1) restart(); /* from the folder */
    if (i == 2) support_intake_shell(&s, "rm -r rules");
    if (i == 2) restart(); /* from the store */
    if (i == 3) support_intake_shell(&s, "sed -i 's/adult/grown-up/' rules/*/plugins/small/food/plugin.lua");
    if (i == 3) restart(); /* from the store, over a folder that is not what it says */
    if (i == 4)
      support_intake_shell(&s, "rm rules/*/forms/intake.yaml && for d in rules/*/plugins; do mkdir $d/more; done");
    if (i == 4) restart();
    ck_assert_msg(support_read(&s, &made, 0, ASK_DETAIL_TREE, true) == ASK_DONE, "%d: %s", i, support_problems(&s));
    ck_assert_str_eq(support_body(&s), tree);
    ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_DONE);
    ck_assert_str_eq(support_body(&s), explained);
  }
  ck_write(&made, "{\"answers\":{\"age\":41}}"); /* under the rules of now */
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_DONE);
  ck_body("is of age");
  ck_assert_int_eq(support_read(&s, &made, 1, ASK_DETAIL_TREE, true), ASK_DONE);
  ck_assert_str_eq(support_body(&s), tree);
  support_intake_shell(&s, "test $(ls -A rules | wc -l) = 1"); /* nothing half-done is left beside it */
}
END_TEST

/* More sets than are kept in memory, in turn. */
START_TEST(explains_many_sets) {
  enum { SETS = 5 };
  struct ask_uuid made[SETS];
  const char *trees[SETS];
  support_intake_shell(&s, "mkdir forms/instruments && printf '%s' 'instrument: lonely\ntitle: T\nsource: S\nlicence: L\n"
                           "items: [{id: company, type: bool, text: T}]\n' >forms/instruments/lonely.yaml && "
                           "sed -i 's/^checks:/      - instrument: lonely\\nchecks:/' forms/intake.yaml");
  support_intake_reload(&s);
  for (int i = 0; i < SETS; i++) {
    made[i] = support_create(&s, household);
    ck_assert_int_eq(support_read(&s, &made[i], 0, ASK_DETAIL_TREE, false), ASK_DONE);
    trees[i] = kept_body();
    support_intake_shell(
        &s, ask_printf(s.arena, "sed -i 's/Food Act 3[^\"]*/Food Act 3 (%d)/' plugins/small/food/plugin.lua", i));
    support_intake_reload(&s);
  }
  for (int turn = 0; turn < 2; turn++)
    for (int i = 0; i < SETS; i++) {
      ck_assert_int_eq(support_read(&s, &made[i], 0, ASK_DETAIL_TREE, false), ASK_DONE);
      ck_assert_str_eq(support_body(&s), trees[i]);
    }
}
END_TEST

START_TEST(names_answers_that_the_form_has_no_more) {
  struct ask_uuid made = support_create(&s, "{\"answers\":{\"zip\":\"10027\",\"age\":40}}");
  const char *before = kept_body();
  support_intake_shell(&s, "sed -i '/id: zip/d' forms/intake.yaml");
  support_intake_reload(&s);
  ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{\"age\":41}}", NULL), ASK_UNACCEPTABLE);
  ck_problem("unknown-item answers.zip");
  ck_assert_int_eq(s.reply.problems.list[0].at.line, 0); /* it is not in the text that was sent */
  ck_assert_int_eq(ask_intake_next(s.seat, &s.caller, &made, support_reply(&s)), ASK_UNACCEPTABLE);
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  ck_assert_str_eq(support_body(&s), before);
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_DONE);
  ck_write(&made, "{\"answers\":{\"zip\":null,\"age\":41}}");
  ck_assert_str_eq(support_answers_of(&s, &made), "{\"age\":41}");
}
END_TEST

/* ---- stored data that is broken ------------------------------------------------------------------------------------ */

/* A copy of a good assessment's revision with other texts, put into the store as it is. */
static struct ask_uuid plant(const char *answers, const char *result, const char *rules) {
  struct ask_uuid good = support_create(&s, household);
  ask_store_session *session = ask_store_session_open(s.store);
  struct ask_write write = {0}, *writes[] = {&write};
  ck_assert_int_eq(ask_store_get(session, &s.caller.partner, &good, 0, s.arena, &write.revision), ASK_STORE_OK);
  write.revision.assessment = ask_uuid_new();
  if (answers) write.revision.answers = (struct ask_text){answers, strlen(answers)};
  if (result) write.revision.result = (struct ask_text){result, strlen(result)};
  if (rules) snprintf(write.revision.rules, sizeof write.revision.rules, "%s", rules);
  ask_store_commit(session, writes, 1);
  ck_assert_msg(write.status == ASK_STORE_OK, "%s %s", ask_store_status_text(write.status), write.message);
  ask_store_session_close(session);
  return write.revision.assessment;
}

START_TEST(survives_damaged_answers) {
  static const char *const broken[] = {"{", "[]", "", "{\"age\":40,\"age\":41}", "null", "{\"age\":}"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    struct ask_uuid made = plant(broken[i], NULL, NULL);
    ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
    ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_DAMAGED);
    ck_assert_int_eq(support_write(&s, &made, 0, "{\"answers\":{\"age\":1}}", NULL), ASK_DAMAGED);
    ck_assert_int_eq(ask_intake_next(s.seat, &s.caller, &made, support_reply(&s)), ASK_DAMAGED);
    ck_problem("broken -: stored answers cannot be read");
  }
  struct ask_uuid made = plant("{\"age\":40", NULL, NULL);
  ck_assert_int_eq(ask_intake_revisions(s.seat, &s.caller, &made, 0, 9, support_reply(&s)), ASK_DAMAGED);
  ck_assert_uint_eq(s.body.length, 0);
}
END_TEST

START_TEST(survives_damaged_results) {
  static const char *const broken[] = {"",
                                       "{}",
                                       "[1]",
                                       "{\"request\":{},\"determinations\":[{}]}",
                                       "{\"request\":{\"id\":3},\"determinations\":[{}]}",
                                       "{\"request\":{\"id\":\"},\"determinations\":[]}",
                                       "{\"request\":[],\"determinations\":[}"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    struct ask_uuid made = plant(NULL, broken[i], NULL);
    ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_STATUS, true), ASK_DAMAGED);
    enum ask_outcome outcome = support_read(&s, &made, 0, ASK_DETAIL_TREE, true);
    ck_assert_msg(outcome == ASK_DAMAGED || outcome == ASK_OTHER_RULES, "%zu: %d", i, outcome);
    ck_assert_uint_eq(s.body.length, 0);
  }
}
END_TEST

START_TEST(shows_no_tree_of_another_engine) {
  struct ask_uuid good = support_create(&s, household);
  ck_assert_int_eq(support_read(&s, &good, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  char *result = ask_printf(s.arena, "{%s", strstr(support_body(&s), "\"engine\""));
  char *version = strstr(result, "\"version\":\"" ASK_VERSION "\"");
  ck_assert_ptr_nonnull(version);
  memcpy(version, "\"version\":\"7", 12);
  struct ask_uuid made = plant(NULL, result, NULL);
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_OTHER_RULES);
  ck_problem("determined by askonce 7");
  ck_assert_int_eq(ask_intake_determination(s.seat, &s.caller, &made, "food", support_reply(&s)), ASK_OTHER_RULES);
  ck_assert_uint_eq(s.body.length, 0);
}
END_TEST

/* Recorded files that are not what their hash says, or that lead out of the folder. */
START_TEST(unpacks_nothing_hostile) {
  static const char *const paths[] = {"../evil",    "/tmp/evil", "forms/../../evil", "plugins/.hidden/x",
                                      "plugins//x", "evil",      "forms/",           "forms/a\nb"};
  ask_store_session *session = ask_store_session_open(s.store);
  for (size_t i = 0; i <= sizeof paths / sizeof *paths; i++) {
    bool right_hash = i < sizeof paths / sizeof *paths;
    struct ask_rule_file files[2] = {{"forms/intake.yaml", {"form: x\n", 8}},
                                     {right_hash ? paths[i] : "forms/z", {"x", 1}}};
    struct ask_source_file sources[2];
    char hash[ASK_HASH_TEXT];
    for (int f = 0; f < 2; f++)
      sources[f] = (struct ask_source_file){files[f].path, {files[f].bytes.bytes, files[f].bytes.length}};
    ask_sources_hash(sources, 2, hash);
    if (!right_hash) memset(hash, 'a', 10);
    ck_assert_int_eq(ask_store_rules_put(session, hash, files, 2), ASK_STORE_OK);
    struct ask_uuid made = plant(NULL, NULL, hash);
    ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_TREE, true), ASK_OTHER_RULES);
    ck_problem("recorded-rules");
    ck_assert_int_eq(support_read(&s, &made, 0, ASK_DETAIL_REASONS, true), ASK_DONE);
  }
  ask_store_session_close(session);
  support_intake_shell(&s, "test ! -e evil && test ! -e rules");
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service_intake_read");
  TCase *one = tcase_create("service_intake_read");
  tcase_set_timeout(one, 60);
  tcase_add_checked_fixture(one, setup, teardown);
  tcase_add_test(one, gives_revisions_as_they_were);
  tcase_add_test(one, keeps_partners_apart);
  tcase_add_test(one, tells_what_changed);
  tcase_add_test(one, asks_and_explains);
  tcase_add_test(one, shows_the_rules);
  tcase_add_test(one, explains_with_the_rules_of_then);
  tcase_add_test(one, explains_many_sets);
  tcase_add_test(one, names_answers_that_the_form_has_no_more);
  tcase_add_test(one, survives_damaged_answers);
  tcase_add_test(one, survives_damaged_results);
  tcase_add_test(one, shows_no_tree_of_another_engine);
  tcase_add_test(one, unpacks_nothing_hostile);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
