/* Unknown is not no, over every shipped rule: an answer that is taken out of a golden case may leave the program without a
 * result (need_info), never with another one. Who has decided stays decided, whatever else is told later.
 *
 * Where the paper itself lets what was not told count as not so, the program and the item stand in ALLOWED, with the
 * reason. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/cases.h"
#include "service/catalogue.h"

static const struct {
  const char *program, *item, *because;
} ALLOWED[] = {
    {"cityfheps", "cityfheps_link", "court papers and no other fact: unlikely, with what is missing (golden case 16)"},
    {"hasa", "consent_by_program", "an answer whose gate nobody answered counts (docs/adr/0005)"},
    {"osd", "consent_by_program", "violence that is told in confidence changes nothing without consent"},
    {"wecare", "consent_by_program", "being in HASA, the same"},
    {"af", "addresses_24mo", "a place that was told and whose safety was not is asked about; no list is no such place"},
    {"fwc", "addresses_24mo", "the same"},
    {"af", "pregnant_any",
     "a pregnancy leads to another door of the same night; nobody waits outside for the question"},
    {"sa", "pregnant_any", "the same"},
    {"wecare", "wecare_ca_applied", "who tells of no application is sent to apply first (golden case 9)"},
    {"snap", "has_ssi_all_members", "the amounts say that nobody gets it; who says otherwise is believed"},
    {"wic", "breastfeeding_or_postpartum_months",
     "a baby in the home decides by itself; the question is left out if it fits no one"},
    {"navig", "benefits_now", "what was not named as received can still be claimed; a referral harms nobody"},
    {NULL, NULL, NULL},
};

static bool is_allowed(const char *program, const char *item) {
  for (size_t i = 0; ALLOWED[i].program; i++)
    if (strcmp(ALLOWED[i].program, program) == 0 && strcmp(ALLOWED[i].item, item) == 0) return true;
  return false;
}

struct counts {
  size_t cases, dropped, wrong;
};

/* False: these answers are refused (a total that lost a part); then there is nothing to compare. */
static bool status_of(const struct ask_rules *rules, struct ask_desk *desk, const struct ask_program *program,
                      int64_t as_of, const struct ask_raw *given, struct ask_arena *arena, enum ask_status *ret) {
  struct ask_problems problems = {.arena = arena};
  bool *chosen = ask_alloc_array(arena, rules->catalogue->program_count, sizeof *chosen);
  struct ask_brief *briefs = ask_alloc_array(arena, rules->catalogue->program_count, sizeof *briefs);
  chosen[program->number] = true;
  struct ask_assess_options options = {.programs = chosen};
  const struct ask_answers *answers = ask_answers_read(arena, rules->catalogue, as_of, given, &problems);
  if (!answers || !ask_assess_briefs(ask_desk_workspace(desk), answers, &options, briefs, &problems)) return false;
  *ret = briefs[program->number].status;
  return true;
}

static bool helps(enum ask_status status) { return status == ASK_LIKELY || status == ASK_POSSIBLE; }

/* Likely and possible are one answer here: a paper that is told of later may settle what an agency had to judge. */
static bool agrees(enum ask_status whole, enum ask_status without) {
  return without == whole || (helps(whole) && helps(without)) || without == ASK_NEED_INFO ||
         without == ASK_STATUS_WITHHELD;
}

static void drop_each(const struct ask_rules *rules, struct ask_desk *desk, const struct ask_program *program,
                      const struct ask_case_spec *spec, struct counts *counts) {
  struct ask_arena *arena = ask_arena_new();
  const struct ask_raw *given = spec->given;
  int64_t as_of = spec->has_as_of ? spec->as_of : ask_today();
  enum ask_status whole, without;
  if (given && given->kind == ASK_RAW_OBJECT && status_of(rules, desk, program, as_of, given, arena, &whole)) {
    counts->cases++;
    for (size_t out = 0; out < given->child_count; out++) {
      struct ask_raw rest = *given;
      const char *item = given->children[out].key;
      rest.children = ask_alloc_array(arena, given->child_count, sizeof *rest.children);
      rest.child_count = 0;
      for (size_t i = 0; i < given->child_count; i++)
        if (i != out) rest.children[rest.child_count++] = given->children[i];
      if (!status_of(rules, desk, program, as_of, &rest, arena, &without)) continue;
      counts->dropped++;
      if (agrees(whole, without) || is_allowed(program->spec->id, item)) continue;
      counts->wrong++;
      printf("%s: %s: with %s %s, without it %s\n", program->spec->id, spec->name, item, ask_status_text(whole),
             ask_status_text(without));
    }
  }
  ask_arena_free(arena);
}

/* The same with about half of the answers taken out at once. What ALLOWED names stays. */
static void drop_some(const struct ask_rules *rules, struct ask_desk *desk, const struct ask_program *program,
                      const struct ask_case_spec *spec, unsigned *seed, struct counts *counts) {
  enum { TIMES = 8 };
  struct ask_arena *arena = ask_arena_new();
  const struct ask_raw *given = spec->given;
  int64_t as_of = spec->has_as_of ? spec->as_of : ask_today();
  enum ask_status whole, without;
  bool good = given && given->kind == ASK_RAW_OBJECT && status_of(rules, desk, program, as_of, given, arena, &whole);
  for (int time = 0; good && time < TIMES; time++) {
    struct ask_raw rest = *given;
    rest.children = ask_alloc_array(arena, given->child_count, sizeof *rest.children);
    rest.child_count = 0;
    for (size_t i = 0; i < given->child_count; i++) {
      *seed = *seed * 1103515245 + 12345;
      if (*seed >> 16 & 1 || is_allowed(program->spec->id, given->children[i].key))
        rest.children[rest.child_count++] = given->children[i];
    }
    if (!status_of(rules, desk, program, as_of, &rest, arena, &without)) continue;
    counts->dropped++;
    if (agrees(whole, without)) continue;
    counts->wrong++;
    printf("%s: %s: %s, and %s without", program->spec->id, spec->name, ask_status_text(whole),
           ask_status_text(without));
    for (size_t i = 0, kept = 0; i < given->child_count; i++) {
      bool there = kept < rest.child_count && rest.children[kept].key == given->children[i].key;
      kept += there;
      if (!there) printf(" %s", given->children[i].key);
    }
    printf("\n");
  }
  ask_arena_free(arena);
}

static void check_pack(const char *pack) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_data_options options = {
      .forms = TEST_SOURCE_DIR "/forms", .plugins = TEST_SOURCE_DIR "/plugins", .pack = pack};
  struct ask_data_places places;
  struct counts counts = {0};
  unsigned seed = 1;
  ck_assert(ask_data_find(arena, &options, &places, &problems));
  struct ask_rules *rules = ask_rules_load(&places, &problems);
  ck_assert(rules != NULL);
  struct ask_desk *desk = ask_desk_new(rules);
  for (size_t i = 0; i < rules->catalogue->program_count; i++) {
    const struct ask_program *program = &rules->catalogue->programs[i];
    struct ask_case_file file;
    ck_assert(ask_cases_load(arena, ask_path_join(arena, program->spec->folder, "cases.yaml"), &file, &problems));
    for (size_t k = 0; k < file.count; k++) {
      drop_each(rules, desk, program, &file.list[k], &counts);
      drop_some(rules, desk, program, &file.list[k], &seed, &counts);
    }
  }
  printf("%s: %zu cases, %zu answers taken out, %zu wrong\n", pack, counts.cases, counts.dropped, counts.wrong);
  ck_assert_uint_gt(counts.dropped, 1000);
  ck_assert_uint_eq(counts.wrong, 0);
  ask_desk_free(desk);
  ask_rules_free(rules);
  ask_arena_free(arena);
}

START_TEST(nyc) { check_pack("nyc"); }
END_TEST

START_TEST(access_nyc) { check_pack("access_nyc"); }
END_TEST

int main(void) {
  Suite *suite = suite_create("packs/sound");
  TCase *cases = tcase_create("packs");
  tcase_set_timeout(cases, 300);
  tcase_add_test(cases, nyc);
  tcase_add_test(cases, access_nyc);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
