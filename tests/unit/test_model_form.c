/* A form and programs become a catalogue: what is refused, what breaks one program only, and who holds the catalogue. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "unit/support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
  const char *form, *parameters, *messages;
} refused[] = {
    /* cycles name the whole path */
    {SUPPORT_FORM("  - {id: a, type: integer, text: T, ask_when: b > 1}\n"
                  "  - {id: b, type: integer, computed: c + 1}\n"
                  "  - {id: c, type: integer, text: T, ask_when: 'a > 1'}\n"),
     NULL,
     "form.yaml:7:5: a cycle: a -> b -> c -> a (an item cannot depend on itself: break the chain at one ask_when or computed)\n"},
    {SUPPORT_FORM("  - {id: a, type: integer, text: T}\n"
                  "  - {id: b, type: integer, computed: b + a}\n"),
     NULL,
     "form.yaml:8:5: a cycle: b -> b (an item cannot depend on itself: break the chain at one ask_when or computed)\n"},
    {SUPPORT_FORM("  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
                  "    - {id: x, type: integer, computed: total + 1}\n"
                  "  - {id: total, type: integer, computed: 'sum(roster, member.x)'}\n"),
     NULL,
     "form.yaml:7:5: a cycle: roster -> total -> roster (an item cannot depend on itself: break the chain at one ask_when or computed)\n"},
    {SUPPORT_FORM("  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
                  "    - {id: x, type: integer, computed: member.y + 1}\n"
                  "    - {id: y, type: integer, computed: member.x + 1}\n"),
     NULL, "form.yaml:12:7: field roster.x depends on itself\n"},
    /* names */
    {SUPPORT_FORM("  - {id: a, type: integer, text: One}\n"
                  "  - {id: a, type: money, text: Two}\n"),
     NULL,
     "form.yaml:8:5: item a is declared twice, differently (the other is in form.yaml:7 (form); declare it once)\n"},
    {SUPPORT_FORM("  - {id: status, type: integer, text: One}\n"), NULL,
     "form.yaml:7:5: status is a word of the rule language (choose another id)\n"},
    {SUPPORT_FORM("  - id: roster\n    type: list\n    entry: member\n    text: T\n    fields:\n"
                  "    - {id: x, type: integer, text: T}\n    - {id: x, type: integer, text: T}\n"),
     NULL, "form.yaml:13:7: field x is declared twice\n"},
    {SUPPORT_FORM("  - {id: limit, type: money, text: T}\n"),
     "limit: {unit: USD, source: S, values: {2026-01-01: 5}}\n",
     "form.yaml:7:5: limit is the name of a parameter (the parameter is in shared.yaml:1; give the item another id)\n"},
    {SUPPORT_FORM("  - {id: a, type: integer, text: T}\n") "groups:\n- {group: g, entry: x, items: [a, aa]}\n", NULL,
     "form.yaml:9:3: a group names an item that does not exist: aa (did you mean a?)\n"},
    /* expressions */
    {SUPPORT_FORM("  - {id: a, type: integer, text: T, ask_when: b > 1}\n"), NULL,
     "form.yaml:7:47: there is no item, worksheet line or parameter named b, in `b > 1`\n"},
    {SUPPORT_FORM("  - {id: a, type: integer, text: T, ask_when: 3}\n"), NULL,
     "form.yaml:7:47: the number 3 is given where bool is needed, in `3`\n"},
    {SUPPORT_FORM("  - {id: a, type: money, text: T}\n  - {id: b, type: integer, computed: a * 2}\n"), NULL,
     "form.yaml:8:40: money is given where integer is needed, in `a * 2`\n"},
    {SUPPORT_FORM("  - {id: a, type: choice, text: T, options: {x: X, y: Y}}\n"
                  "  - {id: b, type: choice, computed: a, options: {x: X, z: Z}}\n"),
     NULL, "form.yaml:8:37: choice is given where choice is needed, in `a` (their words differ)\n"},
    {SUPPORT_FORM("  - {id: a, type: money, text: T, if_not_asked: a}\n"), NULL,
     "form.yaml:7:5: a cycle: a -> a (an item cannot depend on itself: break the chain at one ask_when or computed)\n"},
    {SUPPORT_FORM("  - {id: a, type: money, text: T}\n  - {id: b, type: money, text: T, max: a}\n"), NULL,
     "form.yaml:8:5: min and max of b may use only numbers, dates and as_of (for a limit that depends on other answers write a check)\n"},
    {SUPPORT_FORM("  - {id: b, type: money, text: T, max: limit}\n"),
     "limit: {unit: USD, source: S, values: {2026-01-01: 5}}\n",
     "form.yaml:7:5: min and max of b may use only numbers, dates and as_of (for a limit that depends on other answers write a check)\n"},
    {SUPPORT_FORM("  - {id: b, type: money, text: T, max: 'limit[3]'}\n"),
     "limit: {unit: USD, source: S, values: {2026-01-01: {table: {1: 5, each_more: 2}}}}\n",
     "form.yaml:7:5: min and max of b may use only numbers, dates and as_of (for a limit that depends on other answers write a check)\n"},
    {SUPPORT_FORM("  - {id: zip, type: text, text: T, pattern: '[0-9'}\n"), NULL, "the pattern of zip cannot be used"},
    {SUPPORT_FORM("  - {id: a, type: choices, text: T, options: {x: X}, if_not_asked: x}\n"), NULL,
     "if_not_asked of a (write none)"},
    {SUPPORT_FORM(
         "  - {id: a, type: integer, text: T}\n") "checks:\n- {check: c, must: status.p == 'likely', items: [a], message: M}\n",
     NULL, "status.p cannot be read here"},
    /* parameters */
    {SUPPORT_FORM("  - {id: a, type: integer, text: T}\n"),
     "limit: {unit: USD, source: S, values: {2025-01-01: {table: {10001: 5}}}}\n",
     "a table's number must lie between -10000 and 10000"},
};

START_TEST(is_refused) {
  struct support s = support_load(refused[_i].form, refused[_i].parameters, NULL);
  const char *said = support_messages(&s);
  ck_assert_msg(s.catalogue == NULL, "%s\nwas accepted", refused[_i].form);
  if (refused[_i].messages[strlen(refused[_i].messages) - 1] == '\n')
    ck_assert_str_eq(said, refused[_i].messages);
  else
    ck_assert_msg(strstr(said, refused[_i].messages) != NULL, "%s", said);
  support_free(&s);
}
END_TEST

/* ---- one program is broken, the others work ---- */

static const char two_items[] =
    SUPPORT_FORM("  - {id: age, type: integer, text: T}\n  - {id: rent, type: money, text: T}\n"
                 "  - {id: roster, type: list, entry: m, text: T, fields: [{id: n, type: integer, text: T}]}\n");
static const char fine[] = SUPPORT_RULE("fine", "age >= 18");
#define PROGRAM(id, rest) "return program { id = '" id "', name = 'N', cite = 'C', " rest " }"

static const struct {
  const char *lua, *parameters, *reason;
} broken[] = {
    {PROGRAM("bad", "eligible = rule { 'r', 'agee > 3' }"), NULL,
     "plugin.lua:1: there is no item, worksheet line or parameter named agee"},
    {PROGRAM("bad", "eligible = rule { 'r', 'age' }"), NULL,
     "plugin.lua:1: integer is given where bool is needed, in `age`"},
    {PROGRAM("bad", "eligible = rule { 'r', 'status.bad == 1' }"), NULL, "status.bad cannot be read here"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, score = 'rent'"), NULL, "money is given where integer is needed"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, amount = amount { 'age', per = 'month' }"), NULL,
     "integer is given where money is needed"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, worksheet = { line { 'age', '3' } }"), NULL,
     "age already names something"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, worksheet = { line { 'x', 'y' }, line { 'y', '3' } }"), NULL,
     "named y"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, worksheet = { line { 'x', '3' }, line { 'x', '3' } }"), NULL,
     "x already names something"},
    {PROGRAM("bad", "eligible = rule { 'r', 'count(x) > 1' }, worksheet = { line { 'x', 'roster' } }"), NULL,
     "x is a list, not a value"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, notes = { note { 'n', when = 'agee > 1' } }"), NULL,
     "named agee"},
    {PROGRAM("bad", "eligible = rule { 'r', 'limit > 1' }"),
     "limit: {unit: USD, source: S, values: {2026-01-01: 5}}\n"
     "shared_one: {unit: USD, source: S, values: {2026-01-01: 5}}\n",
     "parameter shared_one is declared in shared.yaml:1 too"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, items = { item { 'age', 'money', text = 'Other' } }"), NULL,
     "its items cannot be used"},
    {PROGRAM(
         "bad",
         "eligible = rule { 'r', 'true' }, items = { item { 'own', 'money', text = 'Own', ask_when = 'agee > 1' } }"),
     NULL, "its item own cannot be used"},
    {PROGRAM("bad", "eligible = rule { 'r', reads = { 'agee' }, function(a) return true end }"), NULL,
     "a function reads agee, which is neither an item nor a worksheet line"},
    {PROGRAM("bad",
             "eligible = rule { 'r', 'true' }, items = { item { 'one', 'bool', text = 'One', ask_when = 'two' }, "
             "item { 'two', 'bool', text = 'Two', ask_when = 'one' } }"),
     NULL, "its items depend on each other in a cycle: one -> two -> one"},
    {PROGRAM("bad", "eligible = rule { 'r', 'true' }, items = { item { 'shared_one', 'bool', text = 'One' } }"), NULL,
     "its items cannot be used"},
    {PROGRAM("bad", "eligible = rule { 'r', reads = { 'shared_one' }, function(a) return true end }"), NULL,
     "a function cannot read the parameter shared_one"},
    {"this is not Lua", NULL, "syntax error"},
};

START_TEST(breaks_alone) {
  const struct support_program programs[] = {{"bad", broken[_i].lua, broken[_i].parameters}, {"fine", fine, NULL}, {0}};
  struct support s = support_load(two_items, "shared_one: {unit: USD, source: S, values: {2026-01-01: 5}}\n", programs);
  ck_assert_msg(s.catalogue != NULL, "%s", support_messages(&s));
  ck_assert_uint_gt(s.problems.errors, 0);
  ck_assert_int_eq(support_status(&s, "fine", "age: 20"), ASK_LIKELY);
  const struct ask_determination *d = support_determination(&s, "bad");
  ck_assert_int_eq(d->status, ASK_STATUS_ERROR);
  ck_assert_uint_eq(d->reason_count, 1);
  ck_assert_int_eq(d->reasons[0].kind, ASK_REASON_ERROR);
  ck_assert_msg(strstr(d->reasons[0].text, broken[_i].reason) != NULL, "%s", d->reasons[0].text);
  ck_assert_str_eq(support_what_if(&s, "bad"), "");
  support_free(&s);
}
END_TEST

/* The reason outlives the list of problems that it came from. */
START_TEST(reason_is_the_catalogues_own) {
  const struct support_program programs[] = {{"bad", broken[0].lua, NULL}, {0}};
  struct support s = support_load(two_items, NULL, programs);
  s.arena = ask_arena_free(s.arena);
  const struct ask_program *bad = ask_catalogue_program(s.catalogue, "bad");
  ck_assert_msg(strstr(bad->broken, "named agee") != NULL, "%s", bad->broken);
  support_free(&s);
}
END_TEST

START_TEST(cycle_of_programs) {
  const struct support_program programs[] = {{"a", SUPPORT_RULE("a", "status.b == 'likely'"), NULL},
                                             {"b", SUPPORT_RULE("b", "status.c == 'likely' and age > 3"), NULL},
                                             {"c", SUPPORT_RULE("c", "status.a == 'unlikely'"), NULL},
                                             {"d", SUPPORT_RULE("d", "status.a == 'likely'"), NULL},
                                             {"fine", fine, NULL},
                                             {0}};
  struct support s = support_load(two_items, NULL, programs);
  ck_assert(s.catalogue != NULL);
  ck_assert_msg(strstr(support_messages(&s), "programs read each other's status in a cycle: a -> b -> c -> a") != NULL,
                "%s", support_messages(&s));
  ck_assert_int_eq(support_status(&s, "fine", "age: 20"), ASK_LIKELY);
  for (const char *id = "abcd"; *id; id++)
    ck_assert_int_eq(support_determination(&s, (char[]){*id, 0})->status, ASK_STATUS_ERROR);
  ck_assert_str_eq(support_reasons(&s, support_determination(&s, "b")),
                   "error: programs read each other's status in a cycle: a -> b -> c -> a");
  ck_assert_str_eq(support_reasons(&s, support_determination(&s, "d")),
                   "error: it reads the status of a, which is an error");
  support_free(&s);
}
END_TEST

/* ---- items of plugins ---- */

START_TEST(same_declaration_twice_is_one_item) {
#define OWN(id) \
  PROGRAM(id,   \
          "eligible = rule { 'r', 'own > 3' }, items = { item { 'own', 'integer', text = 'Own', section = 'main' } }")
  const struct support_program programs[] = {{"a", OWN("a"), NULL}, {"b", OWN("b"), NULL}, {0}};
  struct support s = support_load(two_items, NULL, programs);
  ck_assert_msg(s.catalogue && s.problems.count == 0, "%s", support_messages(&s));
  ck_assert_uint_eq(s.catalogue->item_count, 4);
  ck_assert_str_eq(ask_catalogue_item(s.catalogue, "own")->section->id, "main");
  ck_assert_int_eq(support_status(&s, "a", "own: 4"), ASK_LIKELY);
  ck_assert_int_eq(support_determination(&s, "b")->status, ASK_LIKELY);
  support_free(&s);
}
END_TEST

START_TEST(unknown_section_breaks_the_plugin) {
  const struct support_program programs[] = {
      {"a",
       PROGRAM(
           "a",
           "eligible = rule { 'r', 'own > 3' }, items = { item { 'own', 'integer', text = 'Own', section = 'man' } }"),
       NULL},
      {0}};
  struct support s = support_load(two_items, NULL, programs);
  ck_assert(s.catalogue != NULL);
  ck_assert_msg(strstr(support_messages(&s), "there is no section man") != NULL, "%s", support_messages(&s));
  ck_assert_int_eq(support_status(&s, "a", "{}"), ASK_STATUS_ERROR);
  support_free(&s);
}
END_TEST

START_TEST(references) {
  const struct support_program programs[] = {{"fine", fine, NULL}, {0}};
  struct support s = support_load(two_items, NULL, programs);
  const struct ask_catalogue *again = ask_catalogue_ref(s.catalogue);
  ck_assert_ptr_eq(again, s.catalogue);
  ck_assert_int_eq(s.catalogue->references, 3); /* ours twice, the workspace's */
  ck_assert_ptr_null(ask_catalogue_unref(s.catalogue));
  ck_assert_int_eq(support_status(&s, "fine", "age: 20"), ASK_LIKELY);
  s.workspace = ask_workspace_free(s.workspace);
  ck_assert_str_eq(ask_catalogue_item(again, "rent")->spec->id, "rent");
  ck_assert_ptr_null(ask_catalogue_item(again, "rents"));
  ck_assert_str_eq(ask_catalogue_suggest_item(again, "rents"), "rent");
  ck_assert_str_eq(ask_catalogue_suggest_program(again, "fin"), "fine");
  ck_assert_ptr_null(ask_catalogue_program(again, "fin"));
  ck_assert_ptr_null(ask_catalogue_unref(NULL));
  support_free(&s);
}
END_TEST

START_TEST(labels_and_reads_go_through_derived_items) {
  static const char form[] =
      SUPPORT_FORM("  - {id: dob, type: date, text: T, labels: [identity]}\n"
                   "  - {id: age, type: integer, computed: 'years_between(dob, as_of)'}\n"
                   "  - {id: hiv, type: bool, text: T, labels: [hiv], ask_when: pregnant}\n"
                   "  - {id: pregnant, type: bool, text: T, labels: [health]}\n"
                   "  - {id: other, type: bool, text: T, labels: [other]}\n"
                   "  - {id: roster, type: list, entry: m, text: T, fields: [{id: x, type: bool, text: T}]}\n");
  const struct support_program programs[] = {
      {"p",
       PROGRAM("p",
               "eligible = rule { 'r', 'age >= 18' }, notes = { note { 'n', when = 'any(roster, m.x and hiv)' } }"),
       NULL},
      {0}};
  struct support s = support_load(form, NULL, programs);
  ck_assert_msg(s.catalogue != NULL, "%s", support_messages(&s));
  const struct ask_program *p = ask_catalogue_program(s.catalogue, "p");
  ck_assert_uint_eq(p->read_count, 2); /* dob, age: the note's reads are not the status's */
  ck_assert_uint_eq(p->all_read_count, 5);
  ck_assert_uint_eq(p->label_count, 3);
  ck_assert_str_eq(p->labels[0], "health");
  ck_assert_str_eq(p->labels[1], "hiv");
  ck_assert_str_eq(p->labels[2], "identity");
  support_free(&s);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("forms and catalogues");
  TCase *cases = tcase_create("form");
  tcase_add_loop_test(cases, is_refused, 0, COUNT(refused));
  tcase_add_loop_test(cases, breaks_alone, 0, COUNT(broken));
  tcase_add_test(cases, reason_is_the_catalogues_own);
  tcase_add_test(cases, cycle_of_programs);
  tcase_add_test(cases, same_declaration_twice_is_one_item);
  tcase_add_test(cases, unknown_section_breaks_the_plugin);
  tcase_add_test(cases, references);
  tcase_add_test(cases, labels_and_reads_go_through_derived_items);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
