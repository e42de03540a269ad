/* plugin.lua into specs: every word and key, and the place of everything. What is wrong in a plugin:
 * test_lua_problems.c. */
#include "lua_helper.h"

#define ck_assert_place(place, at_line, at_column)                 \
  do {                                                             \
    ck_assert_int_eq((place).line, at_line);                       \
    ck_assert_int_eq((place).column, at_column);                   \
    ck_assert_str_eq((place).file, "plugins/nyc/demo/plugin.lua"); \
  } while (0)

START_TEST(test_identity) {
  struct loaded loaded =
      load_good("-- a comment\n"
                "return program {\n"
                "  id = 'demo', name = \"Demo program\", agency = 'HRA', helps = [[Those who need it.]],\n"
                "  cite = 'SSL 473', version = '2026.1', phone = '311', url = 'https://example.org',\n"
                "  verified = false, cannot = { 'call 911', 'give money' },\n"
                "  review = { months = 6, cite = '18 NYCRR 457.5', verified = false },\n"
                "  eligible = rule { 'adult', 'age >= 18' },\n"
                "}\n");
  const struct ask_program_spec *program = &loaded.program;
  ck_assert_place(program->at, 2, 8);
  ck_assert_str_eq(program->id, "demo");
  ck_assert_str_eq(program->name, "Demo program");
  ck_assert_str_eq(program->agency, "HRA");
  ck_assert_str_eq(program->helps, "Those who need it.");
  ck_assert_str_eq(program->cite, "SSL 473");
  ck_assert_str_eq(program->version, "2026.1");
  ck_assert_str_eq(program->phone, "311");
  ck_assert_str_eq(program->url, "https://example.org");
  ck_assert(program->unverified);
  ck_assert_uint_eq(program->cannot_count, 2);
  ck_assert_str_eq(program->cannot[1], "give money");
  ck_assert_int_eq(program->review_months, 6);
  ck_assert_str_eq(program->review_cite, "18 NYCRR 457.5");
  ck_assert(program->review_unverified);
  ck_assert_ptr_null(program->pack);
  ck_assert_ptr_null(program->broken);
  unload(&loaded);
}
END_TEST

START_TEST(test_absent_parts) {
  struct loaded loaded = load_good(PROGRAM(""));
  const struct ask_program_spec *program = &loaded.program;
  ck_assert_ptr_null(program->agency);
  ck_assert_ptr_null(program->possible);
  ck_assert(!program->unverified);
  ck_assert_int_eq(program->score.function, -1);
  ck_assert_ptr_null(program->score.expr.text);
  ck_assert_int_eq(program->amount.function, -1);
  ck_assert_uint_eq(program->line_count + program->level_count + program->point_count + program->note_count, 0);
  ck_assert_uint_eq(program->document_count + program->next_step_count + program->item_count, 0);
  ck_assert_int_eq(program->review_months, 0);
  unload(&loaded);
}
END_TEST

START_TEST(test_criteria) {
  struct loaded loaded =
      load_good("return program { id = 'demo', name = 'Demo', cite = 'Law 1',\n"
                "  eligible = all {\n"
                "    rule { 'adult', \"age >= 18\", cite = 'SSL 473(1)', code = 'demo.adult' },\n"
                "    any { 'impaired', cite = 'SSL 473(2)',\n"
                "      rule { 'body', [[\n"
                "impairment ~= 'none']] }, rule { 'mind', 'mind' , verified = false } },\n"
                "    none { 'barred', rule { 'bar', 'bar' } },\n"
                "    at_least { 2, 'two of', rule { 'a', 'a' }, rule { 'b', 'b' }, rule { 'c', 'c' } },\n"
                "    at_least { 1, rule { 'd', 'd' } },\n"
                "  },\n"
                "  possible = any { rule { 'it decides', \"status == 'lpr'\" } } }\n");
  const struct ask_node_spec *all = loaded.program.eligible;
  ck_assert_int_eq(all->kind, ASK_ALL);
  ck_assert_ptr_null(all->text);
  ck_assert_int_eq(all->formula.function, -1);
  ck_assert_uint_eq(all->child_count, 5);
  ck_assert_place(all->at, 2, 14);

  const struct ask_node_spec *adult = &all->children[0];
  ck_assert_int_eq(adult->kind, ASK_RULE);
  ck_assert_str_eq(adult->text, "adult");
  ck_assert_str_eq(adult->cite, "SSL 473(1)");
  ck_assert_str_eq(adult->code, "demo.adult");
  ck_assert(!adult->unverified);
  ck_assert_str_eq(adult->formula.expr.text, "age >= 18");
  ck_assert_place(adult->at, 3, 5);
  ck_assert_place(adult->formula.expr.at, 3, 22);

  const struct ask_node_spec *any = &all->children[1];
  ck_assert_int_eq(any->kind, ASK_ANY);
  ck_assert_str_eq(any->text, "impaired");
  ck_assert_str_eq(any->cite, "SSL 473(2)");
  ck_assert_uint_eq(any->child_count, 2);
  ck_assert_str_eq(any->children[0].formula.expr.text, "impairment ~= 'none'");
  ck_assert_place(any->children[0].formula.expr.at, 6, 1);
  ck_assert(any->children[1].unverified);

  ck_assert_int_eq(all->children[2].kind, ASK_NONE);
  ck_assert_int_eq(all->children[3].kind, ASK_AT_LEAST);
  ck_assert_int_eq(all->children[3].at_least, 2);
  ck_assert_str_eq(all->children[3].text, "two of");
  ck_assert_uint_eq(all->children[3].child_count, 3);
  ck_assert_int_eq(all->children[4].at_least, 1);
  ck_assert_ptr_null(all->children[4].text);
  ck_assert_int_eq(loaded.program.possible->kind, ASK_ANY);
  unload(&loaded);
}
END_TEST

START_TEST(test_worksheet) {
  struct loaded loaded =
      load_good(PROGRAM("worksheet = {\n"
                        "  line { 'gross', 'wages + ssi', text = 'Gross', cite = '7 CFR 273.10', verified = false },\n"
                        "  line { 'steps', type = 'decimal', reads = { 'age', 'gross' }, function(a) return 1 end },\n"
                        "}"));
  ck_assert_uint_eq(loaded.program.line_count, 2);
  const struct ask_line_spec *lines = loaded.program.lines;
  ck_assert_str_eq(lines[0].name, "gross");
  ck_assert_str_eq(lines[0].text, "Gross");
  ck_assert_str_eq(lines[0].cite, "7 CFR 273.10");
  ck_assert(lines[0].unverified);
  ck_assert_str_eq(lines[0].formula.expr.text, "wages + ssi");
  ck_assert_int_eq(lines[0].formula.function, -1);
  ck_assert_place(lines[0].at, 3, 3);
  ck_assert_place(lines[0].formula.expr.at, 3, 20);
  ck_assert_int_eq(lines[1].type, ASK_DECIMAL);
  ck_assert_ptr_null(lines[1].formula.expr.text);
  ck_assert_int_eq(lines[1].formula.function, 0);
  ck_assert_uint_eq(lines[1].formula.read_count, 2);
  ck_assert_str_eq(lines[1].formula.reads[1], "gross");
  unload(&loaded);
}
END_TEST

START_TEST(test_levels) {
  struct loaded loaded = load_good(
      PROGRAM("level = first {\n"
              "  { 'now', when = 'danger', act_within = hours(24), urgency = 0, cite = 'x', verified = false },\n"
              "  { 'soon', when = function(a) return true end, reads = { 'age' }, act_within = days(7) },\n"
              "  { 'later', otherwise = true, act_within = business_days(3) } }"));
  ck_assert_uint_eq(loaded.program.level_count, 3);
  const struct ask_level_spec *levels = loaded.program.levels;
  ck_assert_str_eq(levels[0].name, "now");
  ck_assert_str_eq(levels[0].when.expr.text, "danger");
  ck_assert_place(levels[0].when.expr.at, 3, 20);
  ck_assert_place(levels[0].at, 3, 3);
  ck_assert_int_eq(levels[0].act_within.unit, ASK_HOURS);
  ck_assert_int_eq(levels[0].act_within.count, 24);
  ck_assert_int_eq(levels[0].urgency, 0);
  ck_assert(levels[0].unverified && !levels[0].otherwise);
  ck_assert_int_eq(levels[1].when.function, 0);
  ck_assert_str_eq(levels[1].when.reads[0], "age");
  ck_assert_int_eq(levels[1].act_within.unit, ASK_DAYS);
  ck_assert_int_eq(levels[1].urgency, -1);
  ck_assert(levels[2].otherwise);
  ck_assert_int_eq(levels[2].when.function, -1);
  ck_assert_int_eq(levels[2].act_within.unit, ASK_BUSINESS_DAYS);
  ck_assert_int_eq(levels[2].act_within.count, 3);
  unload(&loaded);
}
END_TEST

START_TEST(test_scores) {
  struct loaded loaded =
      load_good(PROGRAM("score = points {\n"
                        "  point { 'pregnant', when = 'pregnant_any', points = 'screener_points.pregnant' },\n"
                        "  point { 'young', when = 'age < 25', points = 2 } }"));
  ck_assert_uint_eq(loaded.program.point_count, 2);
  const struct ask_point_spec *points = loaded.program.points;
  ck_assert_str_eq(points[0].text, "pregnant");
  ck_assert_str_eq(points[0].when.expr.text, "pregnant_any");
  ck_assert_str_eq(points[0].points.text, "screener_points.pregnant");
  ck_assert_place(points[0].points.at, 3, 56);
  ck_assert_str_eq(points[1].points.text, "2");
  ck_assert_int_eq(loaded.program.score.function, -1);
  unload(&loaded);

  loaded = load_good(PROGRAM("score = '2 * adl_count'"));
  ck_assert_str_eq(loaded.program.score.expr.text, "2 * adl_count");
  ck_assert_place(loaded.program.score.expr.at, 2, 10);
  ck_assert_ptr_null(loaded.program.points);
  unload(&loaded);

  loaded = load_good(PROGRAM("score = { reads = { 'adl_bathing' }, function(a) return 3 end }"));
  ck_assert_int_eq(loaded.program.score.function, 0);
  ck_assert_str_eq(loaded.program.score.reads[0], "adl_bathing");
  unload(&loaded);

  loaded = load_good(PROGRAM("score = { '1 + 1' }"));
  ck_assert_str_eq(loaded.program.score.expr.text, "1 + 1");
  unload(&loaded);
}
END_TEST

START_TEST(test_amount) {
  struct loaded loaded = load_good(PROGRAM("amount = amount { 'benefit', per = 'month', text = 'Estimated benefit' }"));
  ck_assert_str_eq(loaded.program.amount.expr.text, "benefit");
  ck_assert_str_eq(loaded.program.amount_per, "month");
  ck_assert_str_eq(loaded.program.amount_text, "Estimated benefit");
  unload(&loaded);
  loaded = load_good(PROGRAM("amount = amount { function(a) return a.x end, reads = { 'x' }, per = 'once' }"));
  ck_assert_int_eq(loaded.program.amount.function, 0);
  ck_assert_ptr_null(loaded.program.amount_text);
  unload(&loaded);
}
END_TEST

START_TEST(test_texts) {
  struct loaded loaded = load_good(
      PROGRAM("notes = { note { 'A child', when = 'any(roster, member.age < 18)', cite = 'c', code = 'demo.child', "
              "verified = false }, 'Always' },\n"
              "documents = { 'Photo ID', document { 'The lease', when = \"living == 'rent'\" } },\n"
              "next_step = first { { 'Call 911', when = 'danger', cite = 'n' }, { 'Refer', otherwise = true } }"));
  const struct ask_text_when_spec *notes = loaded.program.notes, *documents = loaded.program.documents;
  ck_assert_uint_eq(loaded.program.note_count, 2);
  ck_assert_str_eq(notes[0].text, "A child");
  ck_assert_str_eq(notes[0].when.expr.text, "any(roster, member.age < 18)");
  ck_assert_str_eq(notes[0].code, "demo.child");
  ck_assert(notes[0].unverified);
  ck_assert_str_eq(notes[1].text, "Always");
  ck_assert_int_eq(notes[1].when.function, -1);
  ck_assert_ptr_null(notes[1].when.expr.text);
  ck_assert_uint_eq(loaded.program.document_count, 2);
  ck_assert_str_eq(documents[0].text, "Photo ID");
  ck_assert_place(documents[0].at, 3, 15);
  ck_assert_str_eq(documents[1].when.expr.text, "living == 'rent'");
  ck_assert_uint_eq(loaded.program.next_step_count, 2);
  ck_assert_str_eq(loaded.program.next_steps[0].cite, "n");
  ck_assert(!loaded.program.next_steps[0].otherwise && loaded.program.next_steps[1].otherwise);
  ck_assert_place(loaded.program.next_steps[1].at, 4, 66);
  unload(&loaded);

  loaded = load_good(PROGRAM("next_step = 'Refer', documents = {}"));
  ck_assert_uint_eq(loaded.program.next_step_count, 1);
  ck_assert_str_eq(loaded.program.next_steps[0].text, "Refer");
  ck_assert_uint_eq(loaded.program.document_count, 0);
  unload(&loaded);
}
END_TEST

START_TEST(test_items) {
  struct loaded loaded = load_good(PROGRAM(
      "items = {\n"
      "  item { 'alone', choice { 'yes', { 'with_help', 'With help', code = 2 }, "
      "{ 'decline', declines = true }, ordered = true },\n"
      "    text = 'Alone?', why = 'w', help = 'h', section = 'daily', "
      "labels = { 'health', 'hiv' }, required = true },\n"
      "  item { 'rent', 'money', text = 'Rent?', ask_when = \"living == 'rent'\", if_not_asked = 0, "
      "min = 0, max = 20000.5,\n"
      "    warn_if_empty = true },\n"
      "  item { 'zip', 'text', text = 'ZIP?', max_length = 5, pattern = '[0-9]{5}', pattern_hint = 'five digits' },\n"
      "  item { 'pets', 'list', text = 'Pets?', entry = 'pet', max_entries = 3, fields = {\n"
      "    item { 'kind', choices { 'cat', 'dog' }, text = 'Kind?' },\n"
      "    item { 'toys', 'list', entry = 'toy', fields = { item { 'price', 'decimal', text = 'Price?' } } } } },\n"
      "  item { 'pet_count', 'integer', computed = 'count(pets)' },\n"
      "}"));
  ck_assert_uint_eq(loaded.program.item_count, 5);
  const struct ask_item_spec *items = loaded.program.items;
  ck_assert_str_eq(items[0].id, "alone");
  ck_assert_int_eq(items[0].type, ASK_CHOICE);
  ck_assert_str_eq(items[0].declared_by, "demo");
  ck_assert_place(items[0].at, 3, 3);
  ck_assert_uint_eq(items[0].options.count, 3);
  ck_assert_uint_eq(items[0].options.ordered, 1);
  ck_assert_str_eq(items[0].options.list[0].id, "yes");
  ck_assert_ptr_null(items[0].options.list[0].text);
  ck_assert_str_eq(items[0].options.list[1].text, "With help");
  ck_assert_int_eq(items[0].options.list[1].code, 2);
  ck_assert_uint_eq(items[0].options.list[1].has_code, 1);
  ck_assert_uint_eq(items[0].options.list[2].declines, 1);
  ck_assert_str_eq(items[0].why, "w");
  ck_assert_str_eq(items[0].help, "h");
  ck_assert_str_eq(items[0].section, "daily");
  ck_assert_uint_eq(items[0].label_count, 2);
  ck_assert_str_eq(items[0].labels[1], "hiv");
  ck_assert(items[0].required && !items[0].warn_if_empty);
  ck_assert_int_eq(items[1].type, ASK_MONEY);
  ck_assert_str_eq(items[1].ask_when.text, "living == 'rent'");
  ck_assert_place(items[1].ask_when.at, 5, 55);
  ck_assert_str_eq(items[1].if_not_asked.text, "0");
  ck_assert_str_eq(items[1].min.text, "0");
  ck_assert_str_eq(items[1].max.text, "20000.5");
  ck_assert(items[1].warn_if_empty);
  ck_assert_int_eq(items[2].max_length, 5);
  ck_assert_str_eq(items[2].pattern, "[0-9]{5}");
  ck_assert_str_eq(items[2].pattern_hint, "five digits");
  ck_assert_int_eq(items[3].type, ASK_LIST);
  ck_assert_str_eq(items[3].entry, "pet");
  ck_assert_uint_eq(items[3].max_entries, 3);
  ck_assert_uint_eq(items[3].field_count, 2);
  ck_assert_int_eq(items[3].fields[0].type, ASK_CHOICES);
  ck_assert_int_eq(items[3].fields[1].fields[0].type, ASK_DECIMAL);
  ck_assert_str_eq(items[4].computed.text, "count(pets)");
  ck_assert_ptr_null(items[4].text);
  unload(&loaded);
}
END_TEST

/* Functions are counted as the reader meets them: worksheet, criteria, level, score, amount, notes, documents, next
 * step. */
START_TEST(test_function_numbers) {
  static const char source[] =
      "local function f(a) return true end\n"
      "return program { id = 'demo', name = 'Demo', cite = 'c',\n"
      "  documents = { document { 'd', when = f, reads = {} } },\n"
      "  notes = { note { 'n', when = f, reads = {} } },\n"
      "  level = first { { 'l', when = f, reads = {} } },\n"
      "  possible = rule { 'p', reads = {}, f },\n"
      "  eligible = all { rule { 'e', reads = {}, f }, rule { 'x', 'x' }, rule { 'g', reads = {}, f } },\n"
      "  worksheet = { line { 'w', type = 'bool', reads = {}, f } } }";
  for (int i = 0; i < 3; i++) { /* the order of a Lua table differs from state to state; this must not */
    struct loaded loaded = load_good(source);
    const struct ask_program_spec *program = &loaded.program;
    ck_assert_int_eq(program->lines[0].formula.function, 0);
    ck_assert_int_eq(program->eligible->children[0].formula.function, 1);
    ck_assert_int_eq(program->eligible->children[1].formula.function, -1);
    ck_assert_int_eq(program->eligible->children[2].formula.function, 2);
    ck_assert_int_eq(program->possible->formula.function, 3);
    ck_assert_int_eq(program->levels[0].when.function, 4);
    ck_assert_int_eq(program->notes[0].when.function, 5);
    ck_assert_int_eq(program->documents[0].when.function, 6);
    unload(&loaded);
  }
  struct ask_lua_state *state = keep(source);
  ck_assert_int_eq(ask_lua_state_function_count(state), 7);
  ask_lua_state_free(state);
}
END_TEST

/* A plugin is Lua: lists may be built, pieces may have names, comments and brackets may stand anywhere. */
START_TEST(test_places_in_odd_layouts) {
  struct loaded loaded =
      load_good("local adult = rule { 'adult',\n"
                "  'age >= 18' } --[==[ } { ]==] -- \"'}\n"
                "local tree = {}\n"
                "for i = 1, 3 do tree[i] = rule { 'n' .. i, 'x == ' .. i } end\n"
                "tree[#tree + 1] = rule({ 'paren', reads = { 'x' }, function(a)\n"
                "  local t = { 1, 2 } if a.x then return true, 1 end repeat local y = 1 until y == 1\n"
                "  return false end, })\n"
                "return program { id = 'demo', name = \"De\\\"mo }\", [\"cite\"] = 'c',\n"
                "  eligible = all { adult, any(tree), rule { 'b', 'b' }, rule { \"q\\\"\", \"s == '\\92'\" } } }");
  const struct ask_node_spec *all = loaded.program.eligible;
  ck_assert_place(all->at, 9, 14);
  ck_assert_place(all->children[0].at, 1, 15);
  ck_assert_place(all->children[0].formula.expr.at, 2, 4);
  ck_assert_int_eq(all->children[1].at.line, 9); /* any(tree): the table is not written there */
  ck_assert_int_eq(all->children[1].at.column, 0);
  ck_assert_place(all->children[1].children[2].formula.expr.at, 4, 0); /* put together: the line only */
  ck_assert_place(all->children[1].children[3].at, 5, 19);
  ck_assert_int_eq(all->children[1].children[3].formula.function, 0);
  ck_assert_place(all->children[2].at, 9, 38);
  ck_assert_place(all->children[2].formula.expr.at, 9, 51);
  ck_assert_str_eq(all->children[3].formula.expr.text, "s == '\\'");
  ck_assert_place(all->children[3].formula.expr.at, 9, 0); /* escapes: columns inside would be off */
  unload(&loaded);
}
END_TEST

START_TEST(test_byte_order_mark_and_line_ends) {
  struct loaded loaded = load_good("\xEF\xBB\xBFreturn program { id = 'demo', name = 'Demo', cite = 'c',\r\n"
                                   "  eligible = rule { 'adult', 'age >= 18' } }\r\n");
  ck_assert_place(loaded.program.eligible->formula.expr.at, 2, 31);
  unload(&loaded);
}
END_TEST

/* The largest program that is allowed still fits the memory of one state. */
START_TEST(test_large_program) {
  struct ask_buffer buffer = {0};
  ask_buffer_puts(&buffer, "return program { id = 'demo', name = 'Demo', cite = 'c', eligible = all {\n");
  for (int i = 0; i < 1500; i++)
    ask_buffer_printf(&buffer,
                      "rule { 'condition number %d of the regulation', \"item_%d == 'yes' and size >= %d\", "
                      "cite = '18 NYCRR %d' },\n",
                      i, i, i, i);
  ask_buffer_puts(&buffer, "} }");
  struct loaded loaded = load_good(buffer.bytes);
  ck_assert_uint_eq(loaded.program.eligible->child_count, 1500);
  ck_assert_int_eq(loaded.program.eligible->children[1499].at.line, 1501);
  unload(&loaded);
  ask_buffer_free(&buffer);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua program");
  TCase *cases = tcase_create("reading");
  tcase_add_test(cases, test_identity);
  tcase_add_test(cases, test_absent_parts);
  tcase_add_test(cases, test_criteria);
  tcase_add_test(cases, test_worksheet);
  tcase_add_test(cases, test_levels);
  tcase_add_test(cases, test_scores);
  tcase_add_test(cases, test_amount);
  tcase_add_test(cases, test_texts);
  tcase_add_test(cases, test_items);
  tcase_add_test(cases, test_function_numbers);
  tcase_add_test(cases, test_places_in_odd_layouts);
  tcase_add_test(cases, test_byte_order_mark_and_line_ends);
  tcase_add_test(cases, test_large_program);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
