/* What a pack says about all results together: which lines hold, the urgency ladder, labels, what is asked first. */
#include <check.h>
#include <string.h>

#include "base/date.h"
#include "unit/support.h"

static struct support s;
static void start(void) { s = (struct support){.arena = ask_arena_new()}; }
static void teardown(void) { support_free(&s); }

static const char form[] = SUPPORT_FORM(
    "  - {id: danger, type: bool, text: T}\n"
    "  - {id: a, type: bool, text: T}\n  - {id: b, type: bool, text: T, labels: [HIV]}\n"
    "  - {id: c, type: bool, text: T, labels: [DVD]}\n  - {id: other, type: bool, text: T}\n"
    "  - {id: sum, type: integer, computed: '(b and 1 or 0) + limit'}\n"
    "  - {id: roster, type: list, entry: m, text: T, fields: [{id: ill, type: bool, text: T}]}\n");
static const char parameters[] =
    "limit: {unit: count, source: S, values: {2020-01-01: {value: 1, verified: false}}}\n"
    "enough: {unit: count, source: S, values: {2020-01-01: 1}}\n";

#define P(id, rest) \
  { id, "return program { id = '" id "', name = 'N', cite = 'C', " rest " }", NULL }
static const struct support_program programs[] = {
    P("p", "eligible = rule { 'a', 'a' }, level = first { { 'soon', when = 'a', act_within = days(7), cite = 'C' } }, "
           "next_step = 'Call P.'"),
    P("q", "eligible = rule { 'b', 'b' }, level = first { { 'fast', when = 'other', act_within = hours(24), verified = false }, "
           "{ 'routine', otherwise = true } }"),
    {0}};

static void open_overview(const char *lua) {
  struct support opened = support_open(&(struct support_source){
      .form = form, .parameters = parameters, .programs = programs, .overview = lua});
  ask_arena_free(s.arena);
  s = opened;
}
static void open_sound(const char *lua) {
  open_overview(lua);
  ck_assert_msg(s.catalogue != NULL && s.problems.count == 0, "%s", support_messages(&s));
}

/* "0 danger; 1 c; 2 q by 2026-11-24": the ladder; then after a bar the codes of the flags. */
static const char *said(const char *yaml, const struct ask_assess_options *options) {
  const struct ask_result *r = support_assess(&s, yaml, NULL, options);
  struct ask_buffer text = {0};
  for (size_t i = 0; i < r->first_step_count; i++) {
    const struct ask_first_step *step = &r->first_steps[i];
    ask_buffer_printf(&text, "%s%d %s", i ? "; " : "", (int)step->urgency,
                      step->determination ? step->determination->program->spec->id : step->finding.remark->spec->code);
    char day[16];
    if (step->has_deadline) ask_date_text(step->deadline, day);
    if (step->has_deadline) ask_buffer_printf(&text, " by %s", day);
  }
  ask_buffer_puts(&text, " |");
  for (size_t i = 0; i < r->flag_count; i++) {
    ask_buffer_printf(&text, " %s", r->flags[i].remark->spec->code);
    for (size_t k = 0; k < r->flags[i].seen_count; k++)
      ask_buffer_printf(&text, "%s%s", k ? "+" : "=", r->flags[i].seen[k]);
  }
  const char *copy = ask_strdup(s.arena, text.bytes);
  ask_buffer_free(&text);
  return copy;
}

static const char ladder[] =
    "return overview { programs = { 'absent' },\n"
    "  worksheet = { line { 'both', 'b and a' } },\n"
    "  first = {\n"
    "    step { 'Today', when = 'c', urgency = 1, act_within = days(0), code = 'today' },\n"
    "    step { 'Danger', when = 'danger', urgency = 0, ask_first = true, code = 'danger', say = '911' },\n"
    "    step { 'Also a week', when = 'both', urgency = 4, code = 'week' } },\n"
    "  flags = {\n"
    "    flag { 'Two of three', code = 'two', when = at_least { 2, rule { 'A', 'a' }, rule { 'B', 'b' }, rule { 'C', 'c' } } },\n"
    "    flag { 'P is likely', code = 'p', when = \"status.p == 'likely'\" },\n"
    "    flag { 'Not there', code = 'absent', when = \"status.absent == 'likely' or status.absent == 'unlikely'\" },\n"
    "    flag { 'No harm', code = 'none', when = none { rule { 'X', 'c' } } },\n"
    "    flag { 'Through a number', code = 'sum', when = 'sum > enough' },\n"
    "    flag { 'Somebody is ill', code = 'ill', when = 'any(roster, m.ill and a)' } } }";

static const struct {
  const char *yaml, *said;
} cases[] = {
    {"{}", " |"},
    {"{danger: true}", "0 danger |"},
    {"{danger: false, c: false}", " | none"},
    {"{c: true}", "1 today by 2026-11-23 |"},
    /* the most urgent first; the overview speaks before the programs of its rung; a program's level joins with its deadline */
    {"{danger: true, a: true, b: true, c: true, other: true, roster: []}",
     "0 danger; 1 today by 2026-11-23; 2 q by 2026-11-24; 4 week; 4 p by 2026-11-30 | two=A+B+C p sum"},
    /* two known ones are enough; what is only possible is not said */
    {"{a: true, c: true}", "1 today by 2026-11-23; 4 p by 2026-11-30 | two=A+C p"},
    {"{a: true, c: {absent: declined}}", "4 p by 2026-11-30 | p"},
    /* unlikely: its level does not stand on the ladder; routine is not on it either */
    {"{a: false, b: true, other: false}", " | sum"},
    {"{a: true, roster: [{ill: true}], c: false}", "4 p by 2026-11-30 | p none ill"},
};

START_TEST(says_what_holds) {
  open_sound(ladder);
  ck_assert_str_eq(said(cases[_i].yaml, NULL), cases[_i].said);
}
END_TEST

START_TEST(carries_the_labels_and_the_doubt_of_all_that_it_reads) {
  static const struct {
    const char *code, *labels;
    bool verified;
  } expected[] = {{"two", "DVD HIV", true}, {"p", "", true}, {"none", "DVD", true}, {"sum", "HIV", false}, {"ill", "", true}};
  open_sound(ladder);
  said("{a: true, b: true, c: false, roster: [{ill: true}]}", NULL);
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const struct ask_finding *found = NULL;
    for (size_t k = 0; k < s.result->flag_count; k++)
      if (strcmp(s.result->flags[k].remark->spec->code, expected[i].code) == 0) found = &s.result->flags[k];
    ck_assert_msg(found != NULL, "%s", expected[i].code);
    const char *labels = "";
    for (size_t k = 0; k < found->remark->label_count; k++)
      labels = ask_printf(s.arena, "%s%s%s", labels, k ? " " : "", found->remark->labels[k]);
    ck_assert_str_eq(labels, expected[i].labels);
    ck_assert_msg(found->verified == expected[i].verified, "%s", expected[i].code);
  }
  /* a status speaks of what its program reads; a worksheet line of what it reads */
  const struct ask_overview *o = &s.catalogue->overviews[0];
  ck_assert_uint_eq(o->steps[2].label_count, 1);
  ck_assert_str_eq(o->steps[2].labels[0], "HIV");
}
END_TEST

START_TEST(what_is_withheld_is_not_said) {
  open_sound(ladder);
  bool *withheld = ask_alloc_array(s.arena, s.catalogue->item_count, sizeof *withheld);
  withheld[ask_catalogue_item(s.catalogue, "c")->number] = true;
  struct ask_assess_options options = {.withheld = withheld};
  ck_assert_str_eq(said("{a: true, b: true, c: true}", &options), "4 week; 4 p by 2026-11-30 | p sum");
  ck_assert_str_eq(said("{a: true, b: false, c: true}", &options), "4 p by 2026-11-30 | p");
}
END_TEST

START_TEST(a_program_that_is_not_reported_is_not_known) {
  open_sound(ladder);
  const bool only_q[] = {false, true};
  struct ask_assess_options options = {.programs = only_q};
  ck_assert_str_eq(said("{a: true, b: true, other: true}", NULL), "2 q by 2026-11-24; 4 week; 4 p by 2026-11-30 | two=A+B p sum");
  ck_assert_str_eq(said("{a: true, b: true, other: true}", &options), "2 q by 2026-11-24; 4 week | two=A+B sum");
  ck_assert_str_eq(said("{a: true, b: true, other: true}", NULL), "2 q by 2026-11-24; 4 week; 4 p by 2026-11-30 | two=A+B p sum");
}
END_TEST

START_TEST(danger_is_asked_first) {
  open_sound(ladder);
  support_assess(&s, "{}", NULL, NULL);
  ck_assert_str_eq(support_next(&s), "danger a<p b<q");
  support_assess(&s, "{danger: {absent: declined}}", NULL, NULL);
  ck_assert_str_eq(support_next(&s), "a<p b<q");
  support_assess(&s, "{danger: false, a: true, b: true}", NULL, NULL);
  ck_assert_str_eq(support_next(&s), "");
}
END_TEST

START_TEST(without_an_overview_nothing_is_said) {
  open_sound(NULL);
  ck_assert_str_eq(said("{danger: true, a: true}", NULL), " |");
  ck_assert(!s.result->has_overview);
}
END_TEST

/* ---- slips ---- */

#define FLAG(rest) "return overview { flags = {\n flag { 'T', code = 'c', " rest " } } }"
static const struct {
  const char *lua, *message;
} bad[] = {
    {"return program { id = 'p' }", "what overview.lua returns is a program, expected overview"},
    {"return overview { flag = {} }", "Did you mean 'flags'?"},
    {"return overview { flags = { flag { 'T', when = 'a' } } }", "flag has no code"},
    {"return overview { flags = { flag { 'T', code = 'c' } } }", "flag has no when"},
    {"return overview { flags = { flag { code = 'c', when = 'a' } } }", "flag has no text"},
    {"return overview { first = { step { 'T', code = 'c', when = 'a' } } }", "step has no urgency"},
    {"return overview { first = { step { 'T', code = 'c', when = 'a', urgency = 8 } } }", "urgency"},
    {"return overview { first = { flag { 'T', code = 'c', when = 'a' } } }", "overview.lua:1:"},
    {FLAG("when = rule { 'x', reads = { 'a' }, function(v) return v.a end }"), "is made of expressions alone"},
    {FLAG("when = 'a'\n, urgency = 1"), "overview.lua:3:3: "},
    {FLAG("when = 'aa'"), "overview.lua:2:"},
    {FLAG("when = 'danegr'"), "did you mean danger?"},
    {FLAG("when = 'limit'"), "bool"},
    {FLAG("when = \"status.pp == 'likely'\""), "there is no program named pp"},
    {FLAG("when = \"status.p == 'likley'\""), "did you mean"},
    {"return overview { worksheet = { line { 'a', 'b' } } }", "a already names something"},
    {"return overview {", "overview.lua:"},
};

START_TEST(slips_say_where_and_what) {
  open_overview(bad[_i].lua);
  ck_assert_msg(s.catalogue == NULL, "%s was accepted", bad[_i].lua);
  ck_assert_msg(strstr(support_messages(&s), bad[_i].message) != NULL, "%s\nlacks %s in\n%s", bad[_i].lua, bad[_i].message,
                support_messages(&s));
}
END_TEST

static Suite *overview_suite(void) {
  Suite *suite = suite_create("model overview");
  TCase *t = tcase_create("overview");
  tcase_add_checked_fixture(t, start, teardown);
  tcase_add_loop_test(t, says_what_holds, 0, (int)(sizeof cases / sizeof *cases));
  tcase_add_test(t, carries_the_labels_and_the_doubt_of_all_that_it_reads);
  tcase_add_test(t, what_is_withheld_is_not_said);
  tcase_add_test(t, a_program_that_is_not_reported_is_not_known);
  tcase_add_test(t, danger_is_asked_first);
  tcase_add_test(t, without_an_overview_nothing_is_said);
  tcase_add_loop_test(t, slips_say_where_and_what, 0, (int)(sizeof bad / sizeof *bad));
  suite_add_tcase(suite, t);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(overview_suite());
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
