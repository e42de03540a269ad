/* Sheets in other languages: phrases in their own order, numbers and days as they are said there; and of every shipped program
 * nothing is left out: what a language has to translate is all that a sheet says. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "service/locale_parts.h"
#include "service/sheet.h"
#include "unit/support_rules.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* ---- a small program in Spanish ---------------------------------------------------------------------------------- */

static const char form[] =
    "form: f\ntitle: A form\nversion: \"1\"\nsections:\n  - section: s\n    title: You\n    items:\n"
    "      - {id: born, type: date, text: When were you born?}\n"
    "      - {id: pay, type: money, text: How much do you earn?}\n"
    "      - {id: home, type: choice, text: Where do you live?, options: {own: My home, street: Outside}}\n"
    "      - {id: ill, type: bool, text: Are you ill?}\n"
    "      - {id: age_now, type: integer, computed: \"years_between(born, as_of)\"}\n";
static const char parameters[] =
    "limit:\n  title: Limit\n  unit: USD per month\n  source: The Act\n  values:\n"
    "    2026-01-01: {table: {1: 1000, 2: 1500.5, each_more: 500}, verified: false, note: Carried forward.}\n"
    "adult_from:\n  title: Adult from\n  unit: years\n  source: The Act\n  values: {2026-01-01: 18}\n"
    "since:\n  title: Since then\n  unit: date\n  source: The Act\n  values: {2026-01-01: 2025-07-04}\n";
static const char plugin[] =
    "return program { id = 'p', name = 'Help', agency = 'Office', cite = 'Act 1', helps = 'Money.',\n"
    "  eligible = all {\n"
    "    rule { 'is an adult', 'age_now >= adult_from', cite = 'Act 2' },\n"
    "    rule { 'earns little', 'pay <= limit[age_now] and not ill', cite = 'Act 3', verified = false },\n"
    "    rule { 'has no home', \"home == 'own' or home == 'street'\" },\n"
    "    rule { 'is new', 'as_of >= since' } },\n"
    "  level = first { { 'urgent', when = 'ill', act_within = days(1), urgency = 1 },\n"
    "    { 'normal', otherwise = true, act_within = business_days(3), urgency = 4 } },\n"
    "  next_step = 'Call.' }\n";

/* By their English texts (strcmp). */
static const struct ask_locale_text interface[] = {
    {"As of {date}. Rule {program} {version} ({hash}). A screen, not a decision: only the agency decides. A question without "
     "an answer never counts as no.",
     "{program}, al {date} ({version}, {hash})"},
    {"July", "julio"},
    {"November", "noviembre"},
    {"all of these", "únicamente todo esto"},
    {"full years from {from} to {to}", "años hasta {to}, contados desde {from}"},
    {"if {condition}", "si {condition}"},
    {"not verified", "sin verificar"},
    {"not {condition}", "no se cumple {condition}"},
    {"the day of the assessment", "el día de la evaluación"},
    {"today {amounts}", "hoy {amounts}"},
    {"within 1 day", "en 1 día"},
    {"within {count} business days", "en {count} días hábiles"},
    {"{amount} (not verified)", "{amount} (sin verificar)"},
    {"{amount} for each more", "{amount} por cada uno más"},
    {"{amount} for {key}", "{amount} para {key}"},
    {"{a} and {b}", "{a} y {b}"},
    {"{a} is at least {b}", "{a} es al menos {b}"},
    {"{a} is at most {b}", "como máximo {b} es {a}"},
    {"{a} is on or after {b}", "{a} cae {b} o después"},
    {"{a} is {b}", "{a} es {b}"},
    {"{date}", "el {date}"},
    {"{list} or {last}", "{list} o {last}"},
    {"{month} {day}, {year}", "{day} de {month} de {year}"},
    {"{name}", "“{name}”"},
    {"{question} is no", "{question} es no"},
    {"{question} is yes", "{question} es sí"},
    {"{table} for {key}", "{table} para {key}"},
    {"“{text}”", "«{text}»"},
};
static const struct ask_locale_text texts[] = {
    {"Are you ill?", "¿Está enfermo?"},
    {"Carried forward.", "Se sigue usando."},
    {"How much do you earn?", "¿Cuánto gana?"},
    {"Limit", "Límite"},
    {"My home", "Mi casa"},
    {"Outside", "En la calle"},
    {"When were you born?", "¿Cuándo nació?"},
    {"Where do you live?", "¿Dónde vive?"},
    {"age now", "edad"},
    {"earns little", "gana poco"},
    {"has no home", "no tiene hogar"},
    {"is an adult", "él o ella es adulto"},
    {"urgent", "urgente"},
    {"{amount} a month", "{amount} al mes"},
    {"{amount} years", "{amount} años"},
};
static struct ask_locale_texts files[] = {
    {.place = "web", .texts = (struct ask_locale_text *)interface, .count = COUNT_OF(interface)},
    {.place = "form", .texts = (struct ask_locale_text *)texts, .count = COUNT_OF(texts)},
};
static const struct ask_locale spanish = {.tag = "es", .name = "Español", .files = files, .file_count = 2};

static const char *const SAID[] = {
    "Únicamente todo esto:",
    "- Él o ella es adulto (“edad” es al menos 18 años) [Act 2]",
    "- Gana poco (hoy $1,000 al mes para 1, $1,500.50 para 2, $500 por cada uno más) (sin verificar)",
    "- Gana poco (como máximo ‘Límite’ para “edad” es «¿Cuánto gana?» y «¿Está enfermo?» es no) (sin verificar) [Act 3]",
    "- No tiene hogar («¿Dónde vive?» es «Mi casa» o «En la calle»)",
    "(el día de la evaluación cae el 4 de julio de 2025 o después)",
    "- Urgente: en 1 día (si «¿Está enfermo?» es sí)",
    "- Normal: en 3 días hábiles (in all other cases)", /* what is not translated is said in English */
    "- Edad (años hasta el día de la evaluación, contados desde «¿Cuándo nació?»)",
    "- Límite; $1,000 al mes para 1, $1,500.50 para 2, $500 por cada uno más (sin verificar);",
    "; The Act. Se sigue usando.",
    "p, al 28 de noviembre de 2026 (",
};

static const char *written(struct ask_arena *arena, const struct ask_sheet *sheet, enum ask_sheet_format format) {
  struct ask_buffer buffer = {0};
  ask_sheet_write(&buffer, sheet, format);
  const char *text = ask_strndup(arena, buffer.bytes, buffer.length);
  ask_buffer_free(&buffer);
  return text;
}

START_TEST(phrases_in_their_own_order) {
  struct support_rules s;
  int64_t day = 0;
  support_rules_open(&s, form, plugin, parameters, NULL);
  ck_assert(ask_date_read("2026-11-28", 10, &day));
  struct ask_sheet sheet = ask_sheet_of(s.arena, s.rules->catalogue, &s.rules->catalogue->programs[0], day, &spanish);
  const char *text = written(s.arena, &sheet, ASK_SHEET_TEXT);
  for (size_t i = 0; i < COUNT_OF(SAID); i++) ck_assert_msg(strstr(text, SAID[i]), "%s\nis not in\n%s", SAID[i], text);
  /* in HTML a citation says that it is English, and the rest that it is Spanish */
  const char *html = written(s.arena, &sheet, ASK_SHEET_HTML);
  ck_assert(strstr(html, "<html lang=\"es\">"));
  ck_assert(strstr(html, "<span class=\"c\"><span lang=\"en\" dir=\"ltr\">Act 2</span></span>"));
  ck_assert(strstr(html, "<span lang=\"en\" dir=\"ltr\">The Act</span>. Se sigue usando.</td>"));
  sheet = ask_sheet_of(s.arena, s.rules->catalogue, &s.rules->catalogue->programs[0], day, NULL);
  ck_assert(!strstr(written(s.arena, &sheet, ASK_SHEET_HTML), "lang=\"en\" dir"));
  ck_assert(strstr(written(s.arena, &sheet, ASK_SHEET_TEXT), "“How much do you earn?” is at most ‘Limit’ for age now"));
  support_rules_close(&s);
}
END_TEST

START_TEST(an_index_is_sorted_as_its_letters_are) {
  static const struct ask_locale_text name[] = {{"Help", "Ámbito"}};
  static struct ask_locale_texts of_program = {
      .place = "program p", .pack = "tiny", .program = "p", .texts = (struct ask_locale_text *)name, .count = 1};
  static const struct ask_locale locale = {.tag = "es", .right_to_left = true, .files = &of_program, .file_count = 1};
  struct support_rules s;
  support_rules_open(&s, form, plugin, parameters, NULL);
  struct ask_sheet sheet = ask_sheet_index(s.arena, s.rules->catalogue, ".html", 0, &locale);
  ck_assert_str_eq(sheet.blocks[1].text, "Ámbito");
  ck_assert(strstr(written(s.arena, &sheet, ASK_SHEET_HTML), "<html lang=\"es\" dir=\"rtl\">"));
  support_rules_close(&s);
}
END_TEST

/* A value is put in as it is, whatever it looks like. */
START_TEST(values_are_not_patterns) {
  struct ask_arena *arena = ask_arena_new();
  const char *const names[] = {"a", "b"}, *const values[] = {"{b}", "{a} {"};
  ck_assert_str_eq(ask_locale_fill(arena, "{b} and {a}, {c} { }", names, values, 2), "{a} { and {b}, {c} { }");
  ck_assert_str_eq(ask_locale_fill(arena, "", names, values, 2), "");
  ask_arena_free(arena);
}
END_TEST

/* ---- the table of phrases ---------------------------------------------------------------------------------------- */

/* The literals of C code, those that stand side by side as one. */
static const char **literals_of(struct ask_arena *arena, const char *code, size_t *ret_count) {
  const char **list = NULL;
  size_t count = 0, capacity = 0;
  for (const char *at = code, *behind = code; *at; at++) {
    if (strncmp(at, "/*", 2) == 0) at = strstr(at, "*/") + 1;
    if (*at != '"') continue;
    const char *from = ++at;
    while (*at != '"') at += *at == '\\' ? 2 : 1;
    const char *text = ask_strndup(arena, from, (size_t)(at - from));
    if (count && behind + strspn(behind, " \n") == from - 1)
      list[count - 1] = ask_printf(arena, "%s%s", list[count - 1], text);
    else
      *(const char **)ask_push(arena, &list, &count, &capacity, sizeof *list) = text;
    behind = at + 1;
  }
  *ret_count = count;
  return list;
}

static bool is_phrase(const char *text) {
  bool found = false;
  for (size_t i = 0; i < ask_sheet_phrase_count; i++) found = found || strcmp(ask_sheet_phrases[i], text) == 0;
  return found;
}

static bool is_status(const char *text) {
  for (int status = 0; status < ASK_STATUS_COUNT; status++)
    if (strcmp(ask_status_text(status), text) == 0) return true;
  return strcmp(text, "need info") == 0;
}

/* What the code says is in the table, and what is in the table is said. */
START_TEST(the_table_has_the_phrases_of_the_code) {
  static const char *const sources[] = {"sheet.c", "sheet_words.c", "sheet_values.c"};
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  bool *said = ask_alloc_array(arena, ask_sheet_phrase_count, sizeof *said);
  for (size_t f = 0; f < COUNT_OF(sources); f++) {
    const char *path = ask_printf(arena, TEST_SOURCE_DIR "/engine/service/%s", sources[f]);
    size_t count = 0;
    const char **literals = literals_of(arena, ask_file_read(arena, path, ASK_SOURCE_LIMIT, &problems).bytes, &count);
    for (size_t i = 0; i < count; i++) {
      bool words = strpbrk(literals[i], "abcdefghijklmnopqrstuvwxyz") && strpbrk(literals[i], " {");
      if (words && !strchr(literals[i], '%'))
        ck_assert_msg(is_phrase(literals[i]), "%s: “%s” is not in the table", sources[f], literals[i]);
      for (size_t k = 0; k < ask_sheet_phrase_count; k++)
        said[k] = said[k] || strcmp(ask_sheet_phrases[k], literals[i]) == 0;
    }
  }
  for (size_t k = 0; k < ask_sheet_phrase_count; k++)
    ck_assert_msg(said[k] || is_status(ask_sheet_phrases[k]) || strcmp(ask_sheet_phrases[k], "{list}, {next}") == 0,
                  "nobody says “%s”", ask_sheet_phrases[k]);
  ask_arena_free(arena);
}
END_TEST

/* ---- every shipped program --------------------------------------------------------------------------------------- */

struct shipped {
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_data_places places;
  struct ask_rules *rules;
};

static void open_shipped(struct shipped *s) {
  *s = (struct shipped){.arena = ask_arena_new()};
  s->problems.arena = s->arena;
  struct ask_data_options options = {
      .forms = TEST_SOURCE_DIR "/forms", .plugins = TEST_SOURCE_DIR "/plugins", .pack = "all"};
  ck_assert(ask_data_find(s->arena, &options, &s->places, &s->problems));
  s->rules = ask_rules_load(&s->places, &s->problems);
  ck_assert_ptr_nonnull(s->rules);
}

static void close_shipped(struct shipped *s) {
  ask_rules_free(s->rules);
  ask_arena_free(s->arena);
}

static int by_english(const void *a, const void *b) {
  const struct ask_locale_text *x = a, *y = b;
  return strcmp(x->english, y->english);
}

/* A language without letters: each text is a mark and its placeholders. */
static const char *without_letters(struct ask_arena *arena, const char *english) {
  struct ask_buffer text = {0};
  ask_buffer_puts(&text, "#");
  for (const char *at = english; (at = strchr(at, '{')); at++) {
    const char *end = strchr(at, '}');
    if (end) ask_buffer_printf(&text, " %.*s", (int)(end - at) + 1, at);
  }
  const char *copy = ask_strndup(arena, text.bytes, text.length);
  ask_buffer_free(&text);
  return copy;
}

/* Every text in the file that it is for, and nowhere else. */
static struct ask_locale made_up(struct shipped *s) {
  struct ask_seen *own = NULL, *all = NULL;
  size_t count = 0;
  const struct ask_locale_place *places =
      ask_locale_places(s->arena, &s->places, TEST_SOURCE_DIR "/web", s->rules, &count);
  ck_assert(ask_locale_see(s->arena, s->rules, places, count, TEST_SOURCE_DIR "/web", &own, &all, &s->problems));
  struct ask_locale_texts *list = ask_alloc_array(s->arena, count, sizeof *list);
  for (size_t p = 0; p < count; p++) {
    list[p] = (struct ask_locale_texts){.place = places[p].name, .pack = places[p].pack, .program = places[p].program};
    list[p].texts = ask_alloc_array(s->arena, own[p].count, sizeof *list[p].texts);
    for (size_t i = 0; i < own[p].count; i++)
      list[p].texts[list[p].count++] =
          (struct ask_locale_text){own[p].texts[i].english, without_letters(s->arena, own[p].texts[i].english)};
    if (list[p].count) qsort(list[p].texts, list[p].count, sizeof *list[p].texts, by_english);
  }
  return (struct ask_locale){.tag = "qq", .files = list, .file_count = count};
}

/* Digits, signs, and what a program gives as its telephone and address. */
static bool has_letters(struct ask_arena *arena, const struct ask_program_spec *spec, const char *text) {
  const char *const given[] = {spec->phone, spec->url};
  char *rest = ask_strdup(arena, text ? text : "");
  for (size_t i = 0; i < COUNT_OF(given); i++) {
    char *found = given[i] ? strstr(rest, given[i]) : NULL;
    if (found) memset(found, ' ', strlen(given[i]));
  }
  for (const char *at = rest; *at; at++)
    if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z')) return true;
  return false;
}

START_TEST(all_that_a_sheet_says_is_to_be_translated) {
  struct shipped s;
  open_shipped(&s);
  struct ask_locale locale = made_up(&s);
  size_t texts_seen = 0;
  for (size_t i = 0; i < s.rules->catalogue->program_count; i++) {
    const struct ask_program *program = &s.rules->catalogue->programs[i];
    struct ask_sheet sheet = ask_sheet_of(s.arena, s.rules->catalogue, program, ask_today(), &locale);
    for (size_t k = 0; k < sheet.count; k++) {
      const struct ask_block *block = &sheet.blocks[k];
      const char *said[2 + ASK_BLOCK_CELLS] = {block->text, block->detail};
      for (int c = 0; c < block->cell_count; c++) said[2 + c] = block->cells[c];
      for (size_t t = 0; t < COUNT_OF(said); t++) {
        texts_seen += said[t] != NULL;
        ck_assert_msg(!has_letters(s.arena, program->spec, said[t]), "%s: %s", program->spec->id, said[t]);
      }
    }
    ck_assert(strstr(sheet.foot, "#"));
  }
  ck_assert_uint_gt(texts_seen, 10000);
  close_shipped(&s);
}
END_TEST

/* And Spanish has all of it, and nothing that nobody says. */
START_TEST(spanish_is_complete) {
  struct shipped s;
  open_shipped(&s);
  struct ask_locale_wanted wanted = {&s.places, TEST_SOURCE_DIR "/web", s.rules, "es", "all"};
  struct ask_locale_report report;
  ck_assert(ask_locale_check(s.arena, &wanted, &report, &s.problems));
  for (size_t i = 0; i < report.count; i++)
    ck_abort_msg("%s: %s: %s", report.findings[i].at.file, ask_locale_fault_text(report.findings[i].fault),
                 report.findings[i].english);
  ck_assert_uint_eq(report.texts, report.translated);
  ck_assert_uint_gt(report.texts, 4000);
  close_shipped(&s);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("sheets");
  TCase *small = tcase_create("small");
  tcase_add_test(small, phrases_in_their_own_order);
  tcase_add_test(small, an_index_is_sorted_as_its_letters_are);
  tcase_add_test(small, values_are_not_patterns);
  tcase_add_test(small, the_table_has_the_phrases_of_the_code);
  suite_add_tcase(suite, small);
  TCase *whole = tcase_create("shipped");
  tcase_set_timeout(whole, 240);
  tcase_add_test(whole, all_that_a_sheet_says_is_to_be_translated);
  tcase_add_test(whole, spanish_is_complete);
  suite_add_tcase(suite, whole);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
