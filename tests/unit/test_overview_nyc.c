/* The overview that is shipped with the pack nyc: every step and every flag, each with a household for which it holds and
 * one for which it does not. */
#include <check.h>
#include <string.h>

#include "service/assess.h"
#include "unit/support.h"

static struct support s;
static struct ask_rules *rules;
static struct ask_desk *desk; /* for programs with Lua functions */

static void start(void) {
  s = (struct support){.arena = ask_arena_new()};
  s.problems.arena = s.arena;
  struct ask_data_options options = {
      .forms = TEST_SOURCE_DIR "/forms", .plugins = TEST_SOURCE_DIR "/plugins", .pack = "nyc"};
  struct ask_data_places places;
  ck_assert_msg(ask_data_find(s.arena, &options, &places, &s.problems), "%s", support_messages(&s));
  rules = ask_rules_load(&places, &s.problems);
  ck_assert_msg(rules && s.problems.errors == 0, "%s", support_messages(&s));
  desk = ask_desk_new(rules);
  s.workspace = ask_desk_workspace(desk);
  s.catalogue = (struct ask_catalogue *)rules->catalogue;
}

static void stop(void) {
  ask_desk_free(desk);
  ask_rules_free(rules);
  ask_arena_free(s.arena);
}

/* An aged person at home with help needed, whom the home care program refuses: two activities, no dementia. */
#define TWO_ADLS                                                                                                      \
  "age: 70, residence_zip: '10453', living_situation: rent_lease, has_medicaid: active, dementia_dx: none, "          \
  "adl_bathing: limited, adl_personal_hygiene: independent, adl_dress_upper: independent, adl_dress_lower: limited, " \
  "adl_walking: independent, adl_locomotion: independent, adl_transfer_toilet: independent, "                         \
  "adl_toilet_use: independent, adl_bed_mobility: independent, adl_eating: independent"
/* ... and whom it does not: three. */
#define THREE_ADLS                                                                                                     \
  "age: 70, residence_zip: '10453', living_situation: rent_lease, has_medicaid: active, managed_care_or_mltc: none, "  \
  "has_medicare: false, dementia_dx: none, adl_bathing: limited, adl_dress_upper: limited, adl_dress_lower: limited, " \
  "medically_stable: 'yes', self_directing: 'yes', informal_helper: some, home_care_hours_week: 0, "                   \
  "in_foster_or_institution_now: none"

static const struct {
  const char *answers, *code;
  bool holds;
} cases[] = {
    {"{immediate_danger_now: true}", "ladder.danger", true},
    {"{immediate_danger_now: false}", "ladder.danger", false},
    {"{}", "ladder.danger", false},
    {"{phq2_1: 3, phq2_2: 0, phq9_9: 1}", "ladder.self_harm", true},
    {"{phq2_1: 3, phq2_2: 0, phq9_9: 0}", "ladder.self_harm", false},
    {"{child_safety_concern: active}", "ladder.child", true},
    {"{child_safety_concern: worry}", "ladder.child", false},
    {"{overdose_12mo: true}", "ladder.overdose", true},
    {"{overdose_12mo: false}", "ladder.overdose", false},
    {"{emergency_cause: dv, dv_fled_or_fleeing: true}", "ladder.fleeing", true},
    {"{emergency_cause: dv, dv_fled_or_fleeing: false, dv_lethality_flags: [weapon]}", "ladder.fleeing", true},
    {"{emergency_cause: dv, dv_fled_or_fleeing: false, dv_lethality_flags: []}", "ladder.fleeing", false},
    {"{living_situation: street}", "ladder.homeless", true},
    {"{living_situation: dhs_shelter}", "ladder.homeless", false},
    {"{living_situation: rent_lease, heat_emergency: shut_off}", "ladder.heat", true},
    {"{hazards_home: [no_heat]}", "ladder.heat", true},
    {"{heat_emergency: shutoff_notice, hazards_home: []}", "ladder.heat", false},
    {"{eviction_stage: marshal_72h}", "ladder.marshal", true},
    {"{eviction_stage: judgment}", "ladder.marshal", false},
    {"{has_aps_case: true, other_case_managers: [hcsp]}", "duplication", true},
    {"{has_aps_case: true, has_hasa_case: true}", "duplication", true},
    {"{living_situation: dhs_shelter, has_acs_case: true}", "duplication", true},
    {"{has_aps_case: true, has_hasa_case: false, has_acs_case: false, living_situation: own, other_case_managers: []}",
     "duplication", false},
    {"{has_aps_case: true}", "duplication", false},
    {"{has_aps_case: true, other_case_managers: [homebase]}", "lead.aps", true},
    {"{has_aps_case: false, other_case_managers: [homebase, wecare]}", "lead.aps", false},
    {"{living_situation: dhs_shelter, other_case_managers: [hso]}", "lead.hso", true},
    {"{living_situation: dhs_shelter, other_case_managers: [sa]}", "lead.hso", false},
    {"{living_situation: safe_haven, other_case_managers: [streets]}", "lead.streets", true},
    {"{living_situation: street, other_case_managers: [streets]}", "lead.streets", false},
    {"{has_aps_case: true}", "expect.aps", true},
    {"{has_aps_case: false, other_case_managers: []}", "expect.aps", false},
    {"{other_case_managers: [career]}", "expect.career", true},
    {"{other_case_managers: []}", "expect.career", false},
    {"{living_situation: hra_dv_shelter}", "expect.dvs", true},
    {"{living_situation: own, other_case_managers: []}", "expect.dvs", false},
    {"{has_hasa_case: true}", "expect.hasa", true},
    {"{has_hasa_case: false, other_case_managers: []}", "expect.hasa", false},
    {"{other_case_managers: [homebase]}", "expect.homebase", true},
    {"{other_case_managers: [hcsp]}", "expect.homebase", false},
    {"{other_case_managers: [hcsp]}", "expect.hcsp", true},
    {"{other_case_managers: []}", "expect.hcsp", false},
    {"{other_case_managers: [wecare]}", "expect.wecare", true},
    {"{other_case_managers: []}", "expect.wecare", false},
    {"{living_situation: dhs_shelter, household_roster: [{age: 4}]}", "expect.fwc", true},
    {"{living_situation: dhs_shelter, household_roster: [], other_case_managers: []}", "expect.fwc", false},
    {"{living_situation: dhs_shelter, household_roster: []}", "expect.adult_shelter", true},
    {"{living_situation: own, household_roster: [], other_case_managers: []}", "expect.adult_shelter", false},
    {"{other_case_managers: [streets]}", "expect.streets", true},
    {"{other_case_managers: []}", "expect.streets", false},
    {"{other_case_managers: [hso]}", "expect.hso", true},
    {"{other_case_managers: []}", "expect.hso", false},
    {"{other_case_managers: [navig]}", "expect.navig", true},
    {"{other_case_managers: []}", "expect.navig", false},
    {"{living_situation: dhs_shelter, adl_bathing: limited}", "instead.shelter", true},
    {"{living_situation: rent_lease, adl_bathing: limited}", "instead.shelter", false},
    /* two activities are not enough for home care: what else there is */
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01}", "instead.home_care", true},
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01}", "instead.aging", true},
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01, dd_condition: autism}", "instead.opwdd", true},
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01, dd_condition: none}", "instead.opwdd", false},
    {"{" THREE_ADLS "}", "instead.home_care", false},
    {"{" THREE_ADLS "}", "instead.aging", false},
    {"{" THREE_ADLS ", household_roster: [{age: 9}]}", "order.acs_first", true},
    {"{" THREE_ADLS ", household_roster: [{age: 40}]}", "order.acs_first", false},
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01, household_roster: [{age: 9}]}", "order.acs_first", false},
    {"{" THREE_ADLS ", has_aps_case: true}", "reuse.home_care", true},
    {"{" THREE_ADLS ", has_aps_case: false, has_hasa_case: false, has_acs_case: false, other_case_managers: []}",
     "reuse.home_care", false},
    {"{" TWO_ADLS ", nyia_first_assessed: 2026-10-01, has_aps_case: true}", "reuse.home_care", false},
    /* a marshal's notice without an impairment is not for APS */
    {"{age: 40, impairment_physical: none, impairment_mental: none, eviction_stage: marshal_72h}", "instead.eviction",
     true},
    {"{age: 17, eviction_stage: marshal_72h}", "instead.eviction", true},
    {"{age: 40, impairment_physical: none, impairment_mental: none, eviction_stage: none}", "instead.eviction", false},
    {"{living_situation: street, residence_zip: '10453', hiv_status: hiv, consent_by_program: [hasa], immigration_status: citizen}",
     "ladder.hasa", true},
    {"{living_situation: street, residence_zip: '10453', hiv_status: negative_unknown, consent_by_program: [hasa]}",
     "ladder.hasa", false},
    {"{age: 70, immediate_need_home_care: true, has_medicaid: active}", "ladder.immediate_need", false},
    {"{age: 40, residence_zip: '10453', living_situation: rent_lease, immigration_status: citizen, household_roster: [], "
     "pregnant_any: false, incomes: [], expenses: [], impairment_physical: none, impairment_mental: none, legally_blind: false, "
     "student_status: none, foster_care_history: none, has_medicare: false, immediate_need_home_care: true, has_medicaid: none, "
     "caring_for_infant_or_incapacitated: none, liquid_assets: 0}",
     "ladder.immediate_need", true},
};
enum { CASES = sizeof cases / sizeof *cases };

static bool holds(const char *code) {
  for (size_t i = 0; i < s.result->first_step_count; i++)
    if (!s.result->first_steps[i].determination &&
        strcmp(s.result->first_steps[i].finding.remark->spec->code, code) == 0)
      return true;
  for (size_t i = 0; i < s.result->flag_count; i++)
    if (strcmp(s.result->flags[i].remark->spec->code, code) == 0) return true;
  return false;
}

START_TEST(each_line_holds_when_it_should) {
  support_assess(&s, cases[_i].answers, NULL, NULL);
  ck_assert_msg(holds(cases[_i].code) == cases[_i].holds, "%s: %s %s", cases[_i].answers, cases[_i].code,
                cases[_i].holds ? "does not hold" : "holds");
}
END_TEST

START_TEST(each_line_is_tested_both_ways) {
  const struct ask_overview_spec *o = rules->catalogue->overviews[0].spec;
  for (size_t i = 0; i < o->step_count + o->flag_count; i++) {
    const struct ask_remark_spec *line = i < o->step_count ? &o->steps[i] : &o->flags[i - o->step_count];
    int ways = 0;
    for (size_t k = 0; k < CASES; k++)
      if (strcmp(cases[k].code, line->code) == 0) ways |= cases[k].holds ? 1 : 2;
    ck_assert_msg(ways == 3, "%s is not tested both ways", line->code);
    ck_assert_msg(line->cite || line->unverified, "%s has no citation", line->code);
  }
}
END_TEST

START_TEST(level_0_stands_on_top_and_danger_is_asked_first) {
  const struct ask_next *next = NULL;
  support_assess(&s, "{eviction_stage: marshal_72h, overdose_12mo: true, age: 82}", NULL, NULL);
  ck_assert_int_eq(s.result->first_steps[0].urgency, 0);
  ck_assert_str_eq(s.result->first_steps[0].finding.remark->spec->code, "ladder.overdose");
  ck_assert_uint_gt(ask_next_items(s.workspace, &next, NULL, NULL), 1);
  ck_assert_str_eq(next[0].path, "immediate_danger_now");
}
END_TEST

static bool has_label(const char *code, const char *label) {
  const struct ask_overview *o = &rules->catalogue->overviews[0];
  for (size_t i = 0; i < o->spec->step_count + o->spec->flag_count; i++) {
    const struct ask_remark *line = i < o->spec->step_count ? &o->steps[i] : &o->flags[i - o->spec->step_count];
    if (strcmp(line->spec->code, code) != 0) continue;
    for (size_t k = 0; k < line->label_count; k++)
      if (strcmp(line->labels[k], label) == 0) return true;
  }
  return false;
}

START_TEST(what_speaks_of_hiv_or_violence_says_so) {
  ck_assert(has_label("ladder.hasa", "HIV"));
  ck_assert(has_label("duplication", "HIV"));
  ck_assert(has_label("expect.hasa", "HIV"));
  ck_assert(has_label("ladder.fleeing", "DVD"));
  ck_assert(has_label("ladder.self_harm", "PSY"));
  ck_assert(has_label("ladder.overdose", "ETH"));
  ck_assert(has_label("ladder.child", "child_welfare"));
  ck_assert(!has_label("ladder.marshal", "HIV") && !has_label("ladder.marshal", "DVD"));
}
END_TEST

static Suite *overview_nyc_suite(void) {
  Suite *suite = suite_create("overview nyc");
  TCase *t = tcase_create("overview");
  tcase_add_unchecked_fixture(t, start, stop); /* once: loading the pack takes a while */
  tcase_add_loop_test(t, each_line_holds_when_it_should, 0, CASES);
  tcase_add_test(t, each_line_is_tested_both_ways);
  tcase_add_test(t, level_0_stands_on_top_and_danger_is_asked_first);
  tcase_add_test(t, what_speaks_of_hiv_or_violence_says_so);
  tcase_set_timeout(t, 60);
  suite_add_tcase(suite, t);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(overview_nyc_suite());
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
