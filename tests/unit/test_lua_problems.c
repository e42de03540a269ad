/* What is wrong in a plugin.lua, said with its line and column: one row per mistake. */
#include "lua_helper.h"

struct mistake {
  const char *entries; /* of the program, from line 2 on */
  int line, column;
  const char *code, *message, *hint; /* of the first problem; hint NULL: not compared */
};

static const struct mistake mistakes[] = {
    /* names */
    {"ciet = 'x'", 2, 1, "unknown-key", "program has no 'ciet'", "Did you mean 'cite'?"},
    {"zzzzzz = 'x'", 2, 1, "unknown-key", "program has no 'zzzzzz'", NULL},
    {"notes = {\n note { 'x',\n   wehn = 'y' } }", 4, 4, "unknown-key", "note has no 'wehn'", "Did you mean 'when'?"},
    {"level = first {\n { 'x', otherwise = true, urgnecy = 1 } }", 3, 27, "unknown-key",
     "an entry of level has no 'urgnecy'", "Did you mean 'urgency'?"},
    {"review = { month = 1 }", 2, 12, "unknown-key", "review has no 'month'", "Did you mean 'months'?"},
    {"items = { item { 'a', 'bool', txt = 'x' } }", 2, 31, "unknown-key", "item has no 'txt'", "Did you mean 'text'?"},
    {"items = { item { 'a', choice { { 'x', cod = 1 } } } }", 2, 39, "unknown-key", "a word of a choice has no 'cod'",
     "Did you mean 'code'?"},
    {"amount = amount { 'x', per = 'month', when = 'y' }", 2, 39, "unknown-key", "amount has no 'when'",
     "Known here: per, text, reads."},
    {"agency = 'a',\n agency = 'b'", 3, 2, "duplicate-key", "program has 'agency' twice", NULL},
    {"worksheet = { line { 'a', 'b', 'c' } }", 2, 32, "unknown-key",
     "line has 3 entries without a name, expected at most 2", NULL},
    {"[{}] = 1", 1, 8, "unknown-key", "program has entries whose names are not texts", NULL},
    {"'stray'", 2, 1, "unknown-key", "program has 1 entries without a name, expected at most 0", NULL},

    /* types */
    {"agency = 5", 2, 1, "wrong-type", "program: agency is a number, expected a text", NULL},
    {"verified = 'no'", 2, 1, "wrong-type", "program: verified is the text 'no', expected true or false", NULL},
    {"notes = 'x'", 2, 1, "wrong-type", "notes is the text 'x', expected notes", NULL},
    {"notes = { rule { 'x', 'y' } }", 2, 11, "wrong-type", "entry 1 of notes is a rule, expected note",
     "Write note { \"text\", when = \"expression\" }"},
    {"worksheet = { 'gross = wages' }", 2, 15, "wrong-type",
     "entry 1 of worksheet is the text 'gross = wages', expected line",
     "Write line { \"name\", \"expression\", text = \"what it is\" }"},
    {"level = { { 'x', otherwise = true } }", 2, 1, "wrong-type", "level is a table, expected first", NULL},
    {"level = first { { 'x', otherwise = true, act_within = 24 } }", 2, 42, "wrong-type",
     "an entry of level: act_within is a number, expected a duration", "Write hours(24), days(30) or business_days(3)"},
    {"score = points { { 'x' } }", 2, 18, "wrong-type", "entry 1 of score is a table, expected point", NULL},
    {"score = 5", 2, 1, "wrong-type", "score is a number, expected score", NULL},
    {"possible = 'age >= 18'", 2, 1, "wrong-type", "possible is the text 'age >= 18', expected a criterion",
     "Write rule { \"what it means\", \"age >= 18\" }"},
    {"possible = all { rule { 'x', 'y' },\n 'age >= 18' }", 3, 2, "wrong-type",
     "entry 2 of all is the text 'age >= 18', expected a criterion", "Write rule { \"what it means\", \"age >= 18\" }"},
    {"possible = all { { rule { 'x', 'y' } } }", 2, 18, "wrong-type", "entry 1 of all is a table, expected a criterion",
     NULL},
    {"possible = rule { 'x', true }", 2, 24, "wrong-type", "rule: expression is true, expected an expression in quotes",
     "Write \"true\""},
    {"possible = rule { 'x', 5 }", 2, 24, "wrong-type",
     "rule: expression is a number, expected an expression in quotes", "Write \"5\""},
    {"possible = rule { 5, 'x' }", 2, 19, "wrong-type", "rule: text is a number, expected a text", NULL},
    {"items = { item { 'a', 'bool', required = 1 } }", 2, 31, "wrong-type",
     "item: required is a number, expected true or false", NULL},
    {"items = { item { 'a', 'monye' } }", 2, 23, "unknown-type", "item: there is no type 'monye'",
     "Did you mean 'money'?"},
    {"items = { item { 'a', 'choice' } }", 2, 23, "unknown-type", "item: there is no type 'choice'", NULL},
    {"items = { item { 'a b', 'bool' } }", 2, 18, "bad-name", "item: id 'a b' is not a name", NULL},
    {"review = { months = 1.5 }", 2, 12, "wrong-type", "review: months is a number, expected a whole number", NULL},
    {"review = { months = 0 }", 2, 12, "out-of-range", "review: months is 0, expected 1 to 1200", NULL},
    {"level = first { { 'x', otherwise = true, urgency = 8 } }", 2, 42, "out-of-range",
     "an entry of level: urgency is 8, expected 0 to 7", NULL},
    {"level = first { { 'x', otherwise = true, act_within = hours(-1) } }", 2, 42, "out-of-range",
     "act_within: hours is -1, expected 0 to 100000", NULL},
    {"amount = amount { 'x', per = 'week' }", 2, 24, "unknown-word", "amount: per is 'week'",
     "Write month, year or once."},

    /* missing */
    {"possible = all {}", 2, 12, "missing", "all has nothing in it", "Write all { rule {...}, rule {...} }"},
    {"possible = any { 'text only' }", 2, 12, "missing", "any has nothing in it", NULL},
    {"possible = at_least {}", 2, 12, "missing", "at_least has no number", NULL},
    {"possible = at_least { 3, rule { 'x', 'y' } }", 2, 12, "out-of-range", "at_least asks for 3 of 1 entries", NULL},
    {"possible = rule {}", 2, 12, "missing", "rule has no text", "Write rule { \"what it means\", \"expression\" }"},
    {"possible = rule { 'x' }", 2, 12, "missing", "rule has no expression", NULL},
    {"possible = all { nil, rule { 'x', 'y' } }", 2, 12, "missing", "entry 1 of all is nil", "Is a name misspelt?"},
    {"notes = { nil, 'x' }", 2, 9, "missing", "entry 1 of notes is nil", NULL},
    {"worksheet = { line { 'a' } }", 2, 15, "missing", "line has no expression", NULL},
    {"worksheet = { line { 'a', function() end, reads = {} } }", 2, 15, "missing",
     "line: a function needs the type of what it returns", NULL},
    {"worksheet = { line { 'a', 'b', type = 'bool' } }", 2, 32, "unknown-key",
     "line: type belongs to a function, and there is none", NULL},
    {"possible = rule { 'x', function(a) return true end }", 2, 24, "missing", "rule: a function needs its reads",
     NULL},
    {"possible = rule { 'x', function(a) local b, c = 1, 2 if a then return b, c end end, 'z', reads = {} }", 2, 85,
     "unknown-key", "rule has 3 entries without a name, expected at most 2", NULL},
    {"possible = rule { 'x', 'y', reads = { 'age' } }", 2, 29, "unknown-key",
     "rule: reads belongs to a function, and there is none", NULL},
    {"possible = rule { 'x', reads = {}, tostring }", 2, 36, "wrong-type",
     "rule: expression is a function, expected an expression, or a function written out here", NULL},
    {"level = first { { 'x' } }", 2, 17, "missing", "an entry of level has neither when nor otherwise", NULL},
    {"level = first { { 'x', when = 'y', otherwise = true } }", 2, 17, "unknown-key",
     "an entry of level has both when and otherwise", NULL},
    {"level = first { { 'x', otherwise = true },\n { 'y', when = 'z' } }", 3, 2, "unreachable",
     "level: this entry stands behind otherwise, so that it is never reached", NULL},
    {"next_step = first { { 'x', otherwise = true },\n { 'y', when = 'z' } }", 3, 2, "unreachable",
     "next_step: this entry stands behind otherwise, so that it is never reached", NULL},
    {"score = points {}", 2, 1, "missing", "points has nothing in it", NULL},
    {"score = points { point { 'x', when = 'y' } }", 2, 18, "missing", "point has no points", NULL},
    {"amount = amount { 'x' }", 2, 10, "missing", "amount has no per", NULL},
    {"review = { cite = 'x' }", 2, 10, "missing", "review has no months", NULL},
    {"items = { item { 'a' } }", 2, 11, "missing", "item has no type", NULL},
    {"items = { item { 'a', choice {} } }", 2, 23, "missing", "choice has no words", NULL},
    {"items = { item { 'a', choice { 'x', 'y', 'x' } } }", 2, 23, "duplicate-word", "choice has the word 'x' twice",
     NULL},
    {"items = { item { 'a', 'list', entry = 'e' } }", 2, 11, "missing", "item: a list has no fields", NULL},
    {"items = { item { 'a', 'list', fields = {} } }", 2, 11, "missing", "item has no entry", NULL},

    /* texts */
    {"agency = ''", 2, 1, "empty", "program: agency is empty", NULL},
    {"agency = 'caf\\xE9'", 2, 1, "bad-text", "program: agency is not UTF-8 text", "Save the file as UTF-8."},
    {"agency = ('x'):rep(4001)", 2, 1, "too-long", "program: agency has 4001 bytes, at most 4000 are allowed", NULL},
};

START_TEST(test_mistake) {
  const struct mistake *mistake = &mistakes[_i];
  struct ask_buffer source = {0};
  ask_buffer_printf(&source, PROGRAM("%s"), mistake->entries);
  struct loaded loaded = load(source.bytes);
  ck_assert_msg(!loaded.good, "loads: %s", mistake->entries);
  const struct ask_problem *problem = &loaded.problems.list[0];
  /* What is missing because its name was wrong may be said too. */
  if (loaded.problems.count > 2) print_problems(&loaded.problems);
  ck_assert_msg(loaded.problems.count <= 2, "%zu problems: %s", loaded.problems.count, mistake->entries);
  ck_assert_str_eq(problem->message, mistake->message);
  ck_assert_str_eq(problem->code, mistake->code);
  if (mistake->hint) ck_assert_str_eq(problem->hint, mistake->hint);
  ck_assert_msg(problem->at.line == mistake->line && problem->at.column == mistake->column,
                "%s: at %d:%d, expected %d:%d", mistake->entries, problem->at.line, problem->at.column, mistake->line,
                mistake->column);
  ck_assert_str_eq(problem->at.file, "plugins/nyc/demo/plugin.lua");
  ck_assert_int_eq(problem->severity, ASK_ERROR);
  unload(&loaded);
  ask_buffer_free(&source);
}
END_TEST

/* Whole files: line 0 of the expectation is a file whose problem has no line. */
static const struct {
  const char *source;
  int line;
  const char *code, *message;
} files[] = {
    {"return program {\n  id = 'demo',\n  name = 'x' cite = 'y' }", 3, "lua-syntax",
     "'}' expected (to close '{' at line 1) near 'cite'"},
    {"return program {\n  id = 'demo\n}", 2, "lua-syntax", "unfinished string near ''demo'"},
    {"local x = 1\nerror('stop here')", 2, "lua-error", "stop here"},
    {"local x = 1\n\nreturn prgram {}", 3, "lua-error",
     "there is no 'prgram' in a plugin: is the name right, and its 'local' above this line?"},
    {"return program { eligible =\n  rule 'x' }", 2, "lua-error",
     "rule takes one table: rule { \"what it means\", \"expression\" }"},
    {"return program { eligible =\n  days 'x' }", 2, "lua-error", "days takes one number: days(30)"},
    {"x = 1", 1, "lua-error", "sets the global 'x': write 'local' in front of it"},
    {"local function f()\n  return f() + 1\nend\nf()", 0, "lua-limit", "it needed more than 1024 kB of memory"},
    {"local x = 1\nwhile true do end", 2, "lua-limit", "it ran more than 2000000 instructions"},
    {"return {}", 0, "wrong-type", "what plugin.lua returns is a table, expected program"},
    {"", 0, "wrong-type", "what plugin.lua returns is a nil, expected program"},
    {"\nreturn rule { 'x', 'y' }", 2, "wrong-type", "what plugin.lua returns is a rule, expected program"},
    {"return program { name = 'x', cite = 'y', eligible = rule { 'x', 'y' } }", 1, "missing", "program has no id"},
    {"return program { id = 'demo', cite = 'y', eligible = rule { 'x', 'y' } }", 1, "missing", "program has no name"},
    {"return program { id = 'demo', name = 'y', eligible = rule { 'x', 'y' } }", 1, "missing", "program has no cite"},
    {"\nreturn program { id = 'demo', name = 'y', cite = 'z' }", 2, "missing", "program has no eligible"},
    {"return program { name = 'x', cite = 'y',\n id = 'other', eligible = rule { 'x', 'y' } }", 2, "id-mismatch",
     "the id is 'other', but the folder is 'demo'"},
};

START_TEST(test_file) {
  struct loaded loaded = load(files[_i].source);
  ck_assert(!loaded.good);
  ck_assert_uint_eq(loaded.problems.count, 1);
  ck_assert_str_eq(loaded.problems.list[0].message, files[_i].message);
  ck_assert_str_eq(loaded.problems.list[0].code, files[_i].code);
  ck_assert_int_eq(loaded.problems.list[0].at.line, files[_i].line);
  unload(&loaded);
}
END_TEST

/* One mistake does not hide the others, and they come in the same order each time, whatever the order inside Lua. */
START_TEST(test_all_problems_at_once) {
  for (int i = 0; i < 5; i++) {
    struct loaded loaded =
        load(PROGRAM("zz = 1, aa = 2, mm = 3, agency = 5, notes = { note {}, note { 'x', when = 1 } }"));
    static const char *const expected[] = {
        "program has no 'aa'", "program has no 'mm'",
        "program has no 'zz'", "program: agency is a number, expected a text",
        "note has no text",    "note: when is a number, expected an expression in quotes"};
    ck_assert_uint_eq(loaded.problems.count, 6);
    for (size_t k = 0; k < 6; k++) ck_assert_str_eq(loaded.problems.list[k].message, expected[k]);
    unload(&loaded);
  }
}
END_TEST

START_TEST(test_result_is_untouched_on_failure) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_program_spec program = {.review_months = 77};
  static const char source[] = PROGRAM("review = { months = 5 }, agency = 5");
  ck_assert(!ask_lua_plugin_load(arena, NULL, "p", "demo", source, sizeof source - 1, &program, &problems));
  ck_assert_int_eq(program.review_months, 77);
  ck_assert_ptr_null(program.id);
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua problems");
  TCase *cases = tcase_create("problems");
  tcase_add_loop_test(cases, test_mistake, 0, sizeof mistakes / sizeof *mistakes);
  tcase_add_loop_test(cases, test_file, 0, sizeof files / sizeof *files);
  tcase_add_test(cases, test_all_problems_at_once);
  tcase_add_test(cases, test_result_is_untouched_on_failure);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
