/* The instruments that are shipped (forms/instruments/): every score whole or absent, every band at its cuts. */
#include <check.h>
#include <string.h>

#include "service/catalogue.h"
#include "unit/support.h"

static struct support s;
static struct ask_rules *rules;

static void start(void) {
  s = (struct support){.arena = ask_arena_new()};
  s.problems.arena = s.arena;
  const struct ask_data_places places = {.form = TEST_SOURCE_DIR "/forms/intake.yaml",
                                         .form_parameters = TEST_SOURCE_DIR "/forms/parameters.yaml",
                                         .instruments = TEST_SOURCE_DIR "/forms/instruments"};
  rules = ask_rules_load(&places, &s.problems);
  ck_assert_msg(rules && s.problems.count == 0, "%s", support_messages(&s));
  s.workspace = ask_workspace_new(rules->catalogue, NULL);
  s.catalogue = (struct ask_catalogue *)rules->catalogue;
}

static void stop(void) {
  ask_workspace_free(s.workspace);
  ask_rules_free(rules);
  ask_arena_free(s.arena);
}

/* Answers, and what an item then is: null where nothing follows. */
struct expected {
  const char *answers, *item, *value;
};

#define PHQ9(a, b, c, d, e, f, g, h, i)                                                                          \
  "{phq2_1: " #a ", phq2_2: " #b ", phq9_3: " #c ", phq9_4: " #d ", phq9_5: " #e ", phq9_6: " #f ", phq9_7: " #g \
  ", phq9_8: " #h ", phq9_9: " #i "}"
#define DAST(rest) "{dast_gate: true, dast_3: true, " rest "}"
#define YES(n) "dast_" #n ": true"
#define NO(n) "dast_" #n ": false"
#define ADL(bath, hygiene, upper, lower, walk, move, transfer, toilet, bed, eat)                                       \
  "{adl_bathing: " #bath ", adl_personal_hygiene: " #hygiene ", adl_dress_upper: " #upper ", adl_dress_lower: " #lower \
  ", adl_walking: " #walk ", adl_locomotion: " #move ", adl_transfer_toilet: " #transfer ", adl_toilet_use: " #toilet  \
  ", adl_bed_mobility: " #bed ", adl_eating: " #eat "}"

static const struct expected EXPECTED[] = {
    /* PHQ-2 and PHQ-9: codes 0 to 3; below 3 the rest is not asked */
    {"{phq2_1: 1, phq2_2: 1}", "phq2_score", "2"},
    {"{phq2_1: 1}", "phq2_score", "null"},
    {"{}", "phq2_score", "null"},
    {"{phq2_1: 1, phq2_2: 1}", "phq9_score", "null"},
    {"{phq2_1: 1, phq2_2: 1}", "phq9_band", "\"not_needed\""},
    {PHQ9(1, 1, 3, 3, 3, 3, 3, 3, 3), "phq9_score", "null"}, /* given though not asked: set aside */
    {PHQ9(1, 1, 3, 3, 3, 3, 3, 3, 3), "phq9_crisis", "null"},
    {"{phq2_1: 2, phq2_2: 1}", "phq9_band", "null"},
    {"{phq2_1: 2, phq2_2: 1, phq9_3: 1, phq9_4: 1, phq9_5: 0, phq9_6: 0, phq9_7: 0, phq9_8: 0}", "phq9_score", "null"},
    {PHQ9(2, 1, 1, 0, 0, 0, 0, 0, 0), "phq9_score", "4"},
    {PHQ9(2, 1, 1, 0, 0, 0, 0, 0, 0), "phq9_band", "\"none\""},
    {PHQ9(2, 1, 1, 1, 0, 0, 0, 0, 0), "phq9_band", "\"mild\""},
    {PHQ9(3, 3, 3, 0, 0, 0, 0, 0, 0), "phq9_band", "\"mild\""},
    {PHQ9(3, 3, 3, 1, 0, 0, 0, 0, 0), "phq9_band", "\"moderate\""},
    {PHQ9(3, 3, 3, 3, 2, 0, 0, 0, 0), "phq9_band", "\"moderate\""},
    {PHQ9(3, 3, 3, 3, 3, 0, 0, 0, 0), "phq9_band", "\"moderately_severe\""},
    {PHQ9(3, 3, 3, 3, 3, 3, 1, 0, 0), "phq9_band", "\"moderately_severe\""},
    {PHQ9(3, 3, 3, 3, 3, 3, 2, 0, 0), "phq9_band", "\"severe\""},
    {PHQ9(3, 3, 3, 3, 3, 3, 3, 3, 3), "phq9_score", "27"},
    {PHQ9(3, 0, 0, 0, 0, 0, 0, 0, 0), "phq9_crisis", "false"},
    {PHQ9(3, 0, 0, 0, 0, 0, 0, 0, 1), "phq9_crisis", "true"},
    {"{phq2_1: 3, phq2_2: 0, phq9_9: 1}", "phq9_crisis", "true"}, /* no matter what else is missing */
    /* GAD-2 */
    {"{gad2_1: 1, gad2_2: 1}", "gad2_band", "\"none\""},
    {"{gad2_1: 2, gad2_2: 1}", "gad2_band", "\"positive\""},
    {"{gad2_1: 3}", "gad2_score", "null"},
    {"{gad2_1: 3}", "gad2_band", "null"},
    /* AUDIT-C: 3 for women, 4 for men; who never drinks has 0 */
    {"{auditc_1: never}", "auditc_score", "0"},
    {"{auditc_1: never}", "auditc_band", "\"below\""},
    {"{auditc_1: monthly}", "auditc_score", "null"},
    {"{auditc_1: monthly, auditc_2: three_or_four, auditc_3: never}", "auditc_band", "\"below\""},
    {"{auditc_1: monthly, auditc_2: three_or_four, auditc_3: less_than_monthly}", "auditc_band", "\"women_only\""},
    {"{auditc_1: monthly, auditc_2: three_or_four, auditc_3: monthly}", "auditc_band", "\"positive\""},
    {"{auditc_1: four_week, auditc_2: ten_or_more, auditc_3: daily}", "auditc_score", "12"},
    /* DAST-10: the gate counts one, question 3 the other way round */
    {"{dast_gate: false}", "dast_score", "0"},
    {"{dast_gate: false}", "dast_band", "\"none\""},
    {"{dast_gate: true}", "dast_score", "null"},
    {"{}", "dast_score", "null"},
    {DAST(NO(2) ", " NO(4) ", " NO(5) ", " NO(6) ", " NO(7) ", " NO(8) ", " NO(9) ", " NO(10)), "dast_score", "1"},
    {DAST(YES(2) ", " NO(4) ", " NO(5) ", " NO(6) ", " NO(7) ", " NO(8) ", " NO(9) ", " NO(10)), "dast_band",
     "\"low\""},
    {"{dast_gate: true, dast_3: false, dast_2: true, dast_4: false, dast_5: false, dast_6: false, dast_7: false, "
     "dast_8: false, dast_9: false, dast_10: false}",
     "dast_band", "\"moderate\""},
    {DAST(YES(2) ", " YES(4) ", " YES(5) ", " YES(6) ", " NO(7) ", " NO(8) ", " NO(9) ", " NO(10)), "dast_band",
     "\"moderate\""},
    {DAST(YES(2) ", " YES(4) ", " YES(5) ", " YES(6) ", " YES(7) ", " NO(8) ", " NO(9) ", " NO(10)), "dast_band",
     "\"substantial\""},
    {DAST(YES(2) ", " YES(4) ", " YES(5) ", " YES(6) ", " YES(7) ", " YES(8) ", " YES(9) ", " NO(10)), "dast_band",
     "\"substantial\""},
    {DAST(YES(2) ", " YES(4) ", " YES(5) ", " YES(6) ", " YES(7) ", " YES(8) ", " YES(9) ", " YES(10)), "dast_band",
     "\"severe\""},
    {DAST(YES(2) ", " YES(4) ", " YES(5) ", " YES(6) ", " YES(7) ", " YES(8) ", " YES(9)), "dast_score", "null"},
    /* UCLA-3 */
    {"{ucla_1: 1, ucla_2: 1, ucla_3: 3}", "ucla_lonely", "false"},
    {"{ucla_1: 2, ucla_2: 2, ucla_3: 2}", "ucla_lonely", "true"},
    {"{ucla_1: 3, ucla_2: 3}", "ucla_score", "null"},
    {"{ucla_1: 3, ucla_2: 3}", "ucla_lonely", "null"},
    /* Hunger Vital Sign: one answer is enough to be at risk, both are needed not to be */
    {"{hvs_1: never, hvs_2: never}", "hvs_at_risk", "false"},
    {"{hvs_1: sometimes}", "hvs_at_risk", "true"},
    {"{hvs_2: often}", "hvs_at_risk", "true"},
    {"{hvs_1: never}", "hvs_at_risk", "null"},
    /* HITS: above 10 */
    {"{hits_hurt: 1, hits_insult: 3, hits_threaten: 3, hits_scream: 3}", "hits_score", "10"},
    {"{hits_hurt: 1, hits_insult: 3, hits_threaten: 3, hits_scream: 3}", "hits_unsafe", "false"},
    {"{hits_hurt: 2, hits_insult: 3, hits_threaten: 3, hits_scream: 3}", "hits_unsafe", "true"},
    {"{hits_hurt: 5, hits_insult: 5, hits_threaten: 5}", "hits_score", "null"},
    {"{hits_hurt: 5, hits_insult: 5, hits_threaten: 5}", "hits_unsafe", "null"},
    /* EASI: question 1 counts for nothing */
    {"{age: 80, easi_q1: 'yes', easi_q2: 'no', easi_q3: 'no', easi_q4: 'no', easi_q5: 'no', easi_q6_observed: 'no'}",
     "easi_suspected", "false"},
    {"{age: 80, easi_q4: 'yes'}", "easi_suspected", "true"},
    {"{age: 80, easi_q2: unsure, easi_q3: 'no', easi_q4: 'no', easi_q5: 'no', easi_q6_observed: 'no'}",
     "easi_suspected", "false"},
    {"{age: 80, easi_q2: 'no'}", "easi_suspected", "null"},
    /* daily living */
    {ADL(3, 0, 3, 0, 3, 2, 2, 0, 0, 0), "adl_limited_count", "3"},
    {ADL(3, 0, 3, 0, 3, 2, 2, 0, 0, 0), "adl_supervision_count", "5"},
    {ADL(3, 0, 3, 0, 3, 2, 2, 0, 0, 0), "adl_independent", "2"}, /* dressing is one activity */
    {ADL(0, 0, 0, 1, 6, 6, 1, 0, 0, 0), "adl_independent", "5"},
    {"{adl_bathing: 3, adl_eating: 3, adl_walking: 3}", "adl_limited_count", "null"},
    {"{adl_bathing: 3, adl_eating: 3, adl_walking: 3}", "adl_independent", "null"},
    {"{iadl_meals: 2, iadl_shopping: 1, iadl_housework: 0, iadl_phone: 0, iadl_meds: 0, iadl_money: 0, "
     "iadl_transport: 2, iadl_laundry: 1}",
     "iadl_score", "6"},
    {"{iadl_meals: 2, iadl_shopping: 1, iadl_housework: 0, iadl_phone: 0, iadl_meds: 0, iadl_money: 0, "
     "iadl_transport: 2, iadl_laundry: 1}",
     "iadl_help_count", "4"},
    {"{iadl_meals: 2}", "iadl_score", "null"},
    /* the needs of the AHC-HRSN, from what is asked anyway */
    {"{living_situation: doubled_up}", "hrsn_housing", "true"},
    {"{living_situation: rent_lease, eviction_stage: none}", "hrsn_housing", "false"},
    {"{living_situation: rent_lease}", "hrsn_housing", "null"},
    {"{hazards_home: [pests]}", "hrsn_home_problems", "true"},
    {"{hvs_1: often}", "hrsn_food", "true"},
    {"{heat_emergency: shut_off}", "hrsn_utilities", "true"},
    {"{heat_emergency: none, hazards_home: []}", "hrsn_utilities", "false"},
    {"{hits_hurt: 5, hits_insult: 4, hits_threaten: 1, hits_scream: 1}", "hrsn_safety", "true"},
};
enum { EXPECTED_COUNT = sizeof EXPECTED / sizeof *EXPECTED };

START_TEST(scores_are_whole_or_absent_and_bands_turn_at_their_cuts) {
  const struct expected *e = &EXPECTED[_i];
  support_assess(&s, e->answers, NULL, NULL);
  const char *found = support_item(&s, e->item);
  ck_assert_msg(strcmp(found, e->value) == 0, "%s: %s is %s, not %s", e->answers, e->item, found, e->value);
}
END_TEST

/* Each score and band of each instrument is in the table above. */
START_TEST(every_result_is_tested) {
  const struct ask_form_spec *form = rules->catalogue->form;
  ck_assert_uint_eq(form->instrument_count, 11);
  for (size_t i = 0; i < form->instrument_count; i++) {
    const struct ask_instrument_spec *instrument = form->instruments[i];
    ck_assert_uint_gt(instrument->score_count + instrument->band_count, 0);
    for (size_t k = 0; k < instrument->score_count + instrument->band_count; k++) {
      const char *id =
          k < instrument->score_count ? instrument->scores[k] : instrument->bands[k - instrument->score_count];
      size_t n = 0;
      while (n < EXPECTED_COUNT && strcmp(EXPECTED[n].item, id) != 0) n++;
      ck_assert_msg(n < EXPECTED_COUNT, "%s of %s is not tested", id, instrument->id);
    }
  }
}
END_TEST

/* A result is as sensitive as the answers that it follows from. */
START_TEST(results_carry_the_labels_of_their_questions) {
  static const char *const labelled[][2] = {{"phq9_band", "PSY"},   {"dast_score", "ETH"},  {"auditc_band", "ETH"},
                                            {"hits_unsafe", "DVD"}, {"hrsn_safety", "DVD"}, {"easi_suspected", "VIO"}};
  for (size_t i = 0; i < sizeof labelled / sizeof *labelled; i++) {
    const struct ask_item *item = ask_catalogue_item(rules->catalogue, labelled[i][0]);
    bool found = false;
    for (size_t k = 0; k < item->label_count; k++) found = found || strcmp(item->labels[k], labelled[i][1]) == 0;
    ck_assert_msg(found, "%s lacks %s", labelled[i][0], labelled[i][1]);
  }
}
END_TEST

static Suite *instruments_suite(void) {
  Suite *suite = suite_create("instruments");
  TCase *cases = tcase_create("instruments");
  tcase_add_unchecked_fixture(cases, start, stop);
  tcase_add_loop_test(cases, scores_are_whole_or_absent_and_bands_turn_at_their_cuts, 0, EXPECTED_COUNT);
  tcase_add_test(cases, every_result_is_tested);
  tcase_add_test(cases, results_carry_the_labels_of_their_questions);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(instruments_suite());
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
