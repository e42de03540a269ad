/* Translations: reading a file of them, finding the texts of pages, where a text is looked up, and that the rules do not
 * notice. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "service/locale_parts.h"
#include "unit/support_rules.h"
#include "yaml_helper.h"

/* ---- a file ------------------------------------------------------------------------------------------------------ */

START_TEST(texts_are_sorted_and_may_be_empty) {
  struct fixture fixture = fixture_new();
  static const char text[] =
      "# Spanish\nlanguage: es\nname: Español\ndirection: rtl\ntest_language: true\n"
      "texts:\n  \"Yes\": Sí\n  \"A \\\"b\\\"\\n{x}\": 'c {x}'\n  ? No\n  : \"\"\n  Never:\n  Two: 2\n";
  struct ask_locale_spec locale;
  ck_assert_msg(ask_yaml_locale(fixture.arena, "a.yaml", text, sizeof text - 1, &locale, &fixture.problems), "%s",
                fixture_said(&fixture));
  ck_assert_str_eq(locale.language, "es");
  ck_assert_str_eq(locale.name, "Español");
  ck_assert(locale.right_to_left);
  ck_assert(locale.test);
  static const char *const wanted[][2] = {
      {"A \"b\"\n{x}", "c {x}"}, {"Never", ""}, {"No", ""}, {"Two", "2"}, {"Yes", "Sí"}};
  ck_assert_uint_eq(locale.count, COUNT_OF(wanted));
  for (size_t i = 0; i < locale.count; i++) {
    ck_assert_str_eq(locale.texts[i].english, wanted[i][0]);
    ck_assert_str_eq(locale.texts[i].text, wanted[i][1]);
    ck_assert_ptr_eq(ask_locale_entry(&locale, wanted[i][0]), &locale.texts[i]);
  }
  ck_assert_int_eq(locale.texts[4].at.line, 7);
  ck_assert_int_eq(locale.texts[4].at.column, 3);
  ck_assert_ptr_null(ask_locale_entry(&locale, "Nobody"));
  fixture_free(&fixture);
}
END_TEST

static const struct bad_text BAD_LOCALES[] = {
    {"language: es\ntext: {}\n", "unknown-key", 2, 1, "'text'", "did you mean 'texts'?"},
    {"language: es\n", "missing-key", 1, 1, "'texts'", NULL},
    {"texts: {}\n", "missing-key", 1, 1, "'language'", NULL},
    {"language: es-MX\ntexts: {}\n", "bad-language", 1, 11, "'es-MX'", "dialects"},
    {"language: ES\ntexts: {}\n", "bad-language", 1, 11, "'ES'", NULL},
    {"language: es\ndirection: rlt\ntexts: {}\n", "unknown-word", 2, 12, "'rlt'", "did you mean 'rtl'?"},
    {"language: es\ntest_language: maybe\ntexts: {}\n", "wrong-type", 2, 16, "'test_language'", NULL},
    {"language: es\ntexts: [a]\n", "wrong-type", 2, 8, "'texts' needs English texts", NULL},
    {"language: es\ntexts:\n  Yes: true\n", "wrong-type", 3, 8, "the translation of 'Yes'", "quotes"},
    {"language: es\ntexts:\n  Yes: {a: b}\n", "wrong-type", 3, 8, "the translation of 'Yes'", NULL},
    {"language: es\ntexts:\n  Yes: Sí\n  Yes: Si\n", "duplicate-key", 4, 3, "line 3", "remove"},
    {"[]", "wrong-type", 1, 1, "a file of translations", NULL},
};

START_TEST(bad_files_are_refused) {
  struct fixture fixture = fixture_new();
  const struct bad_text *bad = &BAD_LOCALES[_i];
  struct ask_locale_spec locale = {.count = 77};
  ck_assert(!ask_yaml_locale(fixture.arena, "a.yaml", bad->text, strlen(bad->text), &locale, &fixture.problems));
  ck_assert_uint_eq(locale.count, 77);
  assert_problem(&fixture, bad);
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_translation_has_a_length) {
  struct fixture fixture = fixture_new();
  for (size_t more = 0; more < 2; more++) {
    struct ask_buffer text = {0};
    struct ask_locale_spec locale;
    ask_buffer_puts(&text, "language: es\ntexts:\n  Yes: ");
    for (size_t i = 0; i < ASK_LOCALE_TEXT_LIMIT + more; i++) ask_buffer_putc(&text, 'i');
    ck_assert_int_eq(ask_yaml_locale(fixture.arena, "a.yaml", text.bytes, text.length, &locale, &fixture.problems),
                     !more);
    ask_buffer_free(&text);
  }
  assert_problem(&fixture, &(struct bad_text){"", "too-long", 3, 8, "longer than", NULL});
  fixture_free(&fixture);
}
END_TEST

/* What the template writes is what the reader reads. */
START_TEST(quoted_texts_are_read_back) {
  static const char text[] = "a \"b\" \\ {c}\n\td\x01 ñ # : - '";
  struct fixture fixture = fixture_new();
  struct ask_buffer file = {0};
  struct ask_locale_spec locale;
  ask_buffer_puts(&file, "language: es\ntexts:\n  ");
  ask_yaml_put_quoted(&file, text);
  ask_buffer_puts(&file, ": ");
  ask_yaml_put_quoted(&file, text);
  ck_assert_msg(ask_yaml_locale(fixture.arena, "a.yaml", file.bytes, file.length, &locale, &fixture.problems), "%s",
                fixture_said(&fixture));
  ck_assert_str_eq(locale.texts[0].english, text);
  ck_assert_str_eq(locale.texts[0].text, text);
  ask_buffer_free(&file);
  fixture_free(&fixture);
}
END_TEST

/* ---- placeholders ------------------------------------------------------------------------------------------------ */

static const struct {
  const char *english, *text;
  bool same;
} PLACEHOLDERS[] = {
    {"Yes", "Sí", true},
    {"{count} left of {all}", "de {all} quedan {count}", true},
    {"{count} left", "quedan", false},
    {"left", "quedan {count}", false},
    {"{count} left", "quedan {cuenta}", false},
    {"{count} left", "quedan {counts}", false},
    {"{a} and {a}", "{a}", true},         /* once is enough */
    {"{ and {} and {a b}", "nada", true}, /* none of them is one */
    {"{{a}}", "{a}", true},
};

START_TEST(placeholders_have_to_be_the_same) {
  ck_assert_int_eq(ask_locale_same_placeholders(PLACEHOLDERS[_i].english, PLACEHOLDERS[_i].text),
                   PLACEHOLDERS[_i].same);
}
END_TEST

/* ---- texts of pages ---------------------------------------------------------------------------------------------- */

/* found: the texts, with | between them. */
static const struct {
  const char *source, *found;
} SOURCES[] = {
    {"h.p{ t(\"Sign in\") }", "Sign in"},
    {"request.t('It\\'s \"so\"')", "It's \"so\""},
    {"t \"One\" t'Two' t[[Three]] t[==[Four]]]==]", "One|Two|Three|Four]]"},
    {"t(\"A \" .. 'long ' ..\n  [[text]], { name = \"x\" })", "A long text"},
    {"t(\"a\\n\\x41\\065\\u{e9}\\z\n   b\")", "a\nAA\xc3\xa9"
                                              "b"},
    {"tn(#list, \"one answer\", \"{count} answers\")", "one answer|{count} answers"},
    {"request.tn(f(a, b), 'one', 'many ' .. '{count}', {x = 'y'})", "one|many {count}"},
    {"t(open and \"Open\" or \"Closed\")", "Open|Closed"},
    {"t(state == \"draft\" and \"Draft\" or (state ~= 'x') and 'Other')", "Draft|Other"},
    {"t(({ draft = \"Draft\", [\"sent\"] = \"Sent\" })[state(\"no\")])", "Draft|Sent"},
    {"t(words[\"no\"]) t(word(\"no\")) t(h.b{\"no\"})", ""},
    {"local label = --[[t]] \"Clients\"", "Clients"},
    {"-- t(\"no\")\n--[[ t(\"no\") ]] --[==[ t\"no\" ]==] t(\"Yes\")", "Yes"},
    {"local s = 't(\"no\")' start(\"no\") at(\"no\") t.x = \"no\" x = { t = \"no\" }", ""},
    {"t(name) t() t(\"\") t(\"12 %\") function m.t(english, values) end", ""},
    {"t(\"Same\") t(\"Same\")", "Same"},
    {"t(\"unfinished", "unfinished"},
    {"t(\"a\" , [[unfinished", "a"},
    {"t(((((", ""},
    {"t(\"\\", ""},
    {"tn(", ""},
};

START_TEST(texts_of_pages_are_found) {
  struct fixture fixture = fixture_new();
  struct ask_seen seen = {0};
  struct ask_buffer found = {0};
  size_t length = strlen(SOURCES[_i].source);
  char *exact = malloc(length); /* so that reading past the end is seen */
  memcpy(exact, SOURCES[_i].source, length);
  ask_locale_scan(fixture.arena, "a.lua", exact, length, "a.lua", &seen, &fixture.problems);
  free(exact);
  for (size_t i = 0; i < seen.count; i++) {
    if (i) ask_buffer_putc(&found, '|');
    ask_buffer_puts(&found, seen.texts[i].english);
  }
  ck_assert_str_eq(found.bytes ? found.bytes : "", SOURCES[_i].found);
  ck_assert_uint_eq(fixture.problems.count, 0);
  ask_buffer_free(&found);
  fixture_free(&fixture);
}
END_TEST

START_TEST(a_text_put_together_at_run_time_is_told) {
  static const char source[] = "local a\nreturn t(\"Hello \" .. name .. \"!\")";
  struct fixture fixture = fixture_new();
  struct ask_seen seen = {0};
  ask_locale_scan(fixture.arena, "a.yaml", source, sizeof source - 1, "", &seen, &fixture.problems);
  ck_assert_uint_eq(seen.count, 0);
  assert_problem(&fixture, &(struct bad_text){source, "not-literal", 2, 10, "put together at run time", "{name}"});
  fixture_free(&fixture);
}
END_TEST

/* ---- whole languages --------------------------------------------------------------------------------------------- */

static const char form[] =
    "form: f\ntitle: A form\nversion: \"1\"\nsections:\n  - section: s\n    title: You\n    items:\n"
    "      - {id: adult, type: bool, text: Are you grown up?, why: There is an age rule.}\n";
static const char plugin[] =
    "return program { id = 'p', name = 'Help', agency = 'Office', cite = 'Act', helps = 'Money.',\n"
    "  eligible = rule { 'is grown up', 'adult', cite = 'Act' }, next_step = 'Call.' }\n";

static void put(struct support_rules *s, const char *folder, const char *text) {
  char *path = ask_path_join(s->arena, s->folder, folder);
  for (char *slash = path + strlen(s->folder) + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
  ck_assert(ask_file_replace(path, text, strlen(text)));
}

struct opened {
  struct support_rules rules;
  struct ask_data_places places;
  const char *web;
};

static void open_rules(struct opened *o) {
  support_rules_open(&o->rules, form, plugin, NULL, NULL);
  struct ask_data_options options = {.forms = ask_path_join(o->rules.arena, o->rules.folder, "forms"),
                                     .plugins = ask_path_join(o->rules.arena, o->rules.folder, "plugins")};
  ck_assert(ask_data_find(o->rules.arena, &options, &o->places, &o->rules.problems));
  o->web = ask_path_join(o->rules.arena, o->rules.folder, "web");
  put(&o->rules, "web/pages/a.lua", "return t(\"Sign in\")");
}

START_TEST(a_text_is_looked_up_in_the_program_its_pack_and_the_form) {
  struct opened o;
  struct ask_locale *list;
  size_t count;
  open_rules(&o);
  put(&o.rules, "web/locales/es.yaml",
      "language: es\nname: Español\ndirection: ltr\ntexts: {Sign in: Entrar, Call.: web}\n");
  put(&o.rules, "web/locales/ar.yaml", "language: ar\ndirection: rtl\ntest_language: true\ntexts: {}\n");
  put(&o.rules, "forms/locales/es.yaml", "language: es\ntexts: {You: Usted, Call.: form, Money.: form, Help: form}\n");
  put(&o.rules, "plugins/tiny/shared/locales/es.yaml", "language: es\ntexts: {Call.: pack, Money.: pack}\n");
  put(&o.rules, "plugins/tiny/p/locales/es.yaml",
      "language: es\ntexts: {Call.: program, Money.: \"\", You: \"{x}\"}\n");
  ck_assert(ask_locales_read(o.rules.arena, &o.places, o.web, o.rules.rules, &list, &count, &o.rules.problems));
  ck_assert_uint_eq(count, 3);
  ck_assert_str_eq(list[0].tag, "en");
  ck_assert_uint_eq(list[0].file_count, 0);
  ck_assert_str_eq(list[1].tag, "ar");
  ck_assert_str_eq(list[1].name, "ar");
  ck_assert(list[1].right_to_left);
  ck_assert(list[1].test);
  const struct ask_locale *es = &list[2];
  ck_assert_str_eq(es->name, "Español");
  ck_assert(!es->right_to_left);
  ck_assert(!es->test);
  ck_assert_str_eq(ask_locale_find(es, "tiny", "p", "Call."), "program");
  ck_assert_str_eq(ask_locale_find(es, "tiny", "p", "Money."), "pack"); /* an empty one is none */
  ck_assert_str_eq(ask_locale_find(es, "tiny", "p", "Help"), "form");
  ck_assert_str_eq(ask_locale_find(es, "tiny", NULL, "Call."), "pack");
  ck_assert_str_eq(ask_locale_find(es, NULL, NULL, "Call."), "form");
  ck_assert_str_eq(ask_locale_find(es, "tiny", "p", "You"), "Usted"); /* one with other placeholders is none */
  ck_assert_ptr_null(ask_locale_find(es, "tiny", "p", "Sign in"));
  ck_assert_ptr_null(ask_locale_find(&list[0], "tiny", "p", "Call."));
  ck_assert_uint_eq(o.rules.problems.count, 1);
  ck_assert_str_eq(o.rules.problems.list[0].code, "placeholders");
  ck_assert_int_eq(o.rules.problems.list[0].severity, ASK_WARNING);
  ck_assert_int_eq(o.rules.problems.list[0].at.line, 2);
  support_rules_close(&o.rules);
}
END_TEST

START_TEST(a_bad_file_is_told_and_the_rest_goes_on) {
  struct opened o;
  struct ask_locale *list;
  size_t count;
  open_rules(&o);
  put(&o.rules, "web/locales/es.yaml", "language: es\ntexts: {Sign in: Entrar}\n");
  put(&o.rules, "web/locales/es-MX.yaml", "language: es\ntexts: {}\n");
  put(&o.rules, "forms/locales/es.yaml", "language: fr\ntexts: {You: Vous}\n");
  put(&o.rules, "plugins/tiny/p/locales/es.yaml", "language: es\ntexts: {Call.: Llame.}\n");
  ck_assert(!ask_locales_read(o.rules.arena, &o.places, o.web, o.rules.rules, &list, &count, &o.rules.problems));
  ck_assert_uint_eq(count, 2);
  ck_assert_str_eq(ask_locale_find(&list[1], "tiny", "p", "Call."), "Llame.");
  ck_assert_ptr_null(ask_locale_find(&list[1], NULL, NULL, "You"));
  ck_assert_uint_eq(o.rules.problems.count, 2);
  ck_assert(strstr(o.rules.problems.list[0].at.file, "web/locales/es-MX.yaml"));
  ck_assert(strstr(o.rules.problems.list[1].message, "'fr', not es"));
  support_rules_close(&o.rules);
}
END_TEST

/* Translations are no part of the rules: results that were made before and after one are of the same rules. */
START_TEST(the_rules_are_the_same_with_translations) {
  struct opened o;
  open_rules(&o);
  size_t before = o.rules.rules->file_count;
  put(&o.rules, "forms/locales/es.yaml", "language: es\ntexts: {You: Usted}\n");
  put(&o.rules, "plugins/tiny/shared/locales/es.yaml", "language: es\ntexts: {}\n");
  put(&o.rules, "plugins/tiny/p/locales/es.yaml", "not: even, a file\n");
  ck_assert(
      ask_data_find(o.rules.arena,
                    &(struct ask_data_options){.forms = ask_path_join(o.rules.arena, o.rules.folder, "forms"),
                                               .plugins = ask_path_join(o.rules.arena, o.rules.folder, "plugins")},
                    &o.places, &o.rules.problems));
  struct ask_rules *again = ask_rules_load(&o.places, &o.rules.problems);
  ck_assert_ptr_nonnull(again);
  ck_assert_uint_eq(o.rules.problems.count, 0);
  ck_assert_str_eq(again->hash, o.rules.rules->hash);
  ck_assert_uint_eq(again->file_count, before);
  ck_assert_str_eq(again->catalogue->programs[0].spec->hash, o.rules.rules->catalogue->programs[0].spec->hash);
  ck_assert_str_eq(again->catalogue->packs[0].spec->shared_hash, o.rules.rules->catalogue->packs[0].spec->shared_hash);
  ask_rules_free(again);
  support_rules_close(&o.rules);
}
END_TEST

static Suite *locale_suite(void) {
  Suite *suite = suite_create("translations");
  TCase *file = tcase_create("file");
  tcase_add_test(file, texts_are_sorted_and_may_be_empty);
  tcase_add_loop_test(file, bad_files_are_refused, 0, COUNT_OF(BAD_LOCALES));
  tcase_add_test(file, a_translation_has_a_length);
  tcase_add_test(file, quoted_texts_are_read_back);
  tcase_add_loop_test(file, placeholders_have_to_be_the_same, 0, COUNT_OF(PLACEHOLDERS));
  suite_add_tcase(suite, file);
  TCase *pages = tcase_create("pages");
  tcase_add_loop_test(pages, texts_of_pages_are_found, 0, COUNT_OF(SOURCES));
  tcase_add_test(pages, a_text_put_together_at_run_time_is_told);
  suite_add_tcase(suite, pages);
  TCase *language = tcase_create("language");
  tcase_add_test(language, a_text_is_looked_up_in_the_program_its_pack_and_the_form);
  tcase_add_test(language, a_bad_file_is_told_and_the_rest_goes_on);
  tcase_add_test(language, the_rules_are_the_same_with_translations);
  suite_add_tcase(suite, language);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(locale_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
