/* Calling a plugin's functions: what goes in, what comes out, and that nothing stays behind. */
#include <inttypes.h>

#include "lua_helper.h"

#define FUNCTION(reads, body)                                                                        \
  "return program { id = 'demo', name = 'Demo', cite = 'c', eligible = rule { 'x', reads = { " reads \
  " }, function(a) " body " end } }"

struct called {
  bool good;
  struct ask_value value;
  char message[ASK_LUA_MESSAGE_SIZE];
};

static struct called call(struct ask_lua_state *state, int32_t function, const struct ask_lua_read *reads, size_t count,
                          enum ask_type type) {
  struct called called = {0};
  called.good = ask_lua_call(state, function, reads, count, type, &called.value, called.message, sizeof called.message);
  return called;
}

/* One function, one call. */
static struct called call_once(const char *source, const struct ask_lua_read *reads, size_t count, enum ask_type type) {
  struct ask_lua_state *state = keep(source);
  struct called called = call(state, 0, reads, count, type);
  ask_lua_state_free(state);
  return called;
}

#define ck_assert_known(result, expected)         \
  do {                                            \
    struct called got = (result);                 \
    ck_assert_msg(got.good, "%s", got.message);   \
    ck_assert_int_eq(got.value.state, ASK_KNOWN); \
    ck_assert_int_eq(got.value.word, expected);   \
  } while (0)
#define ck_assert_fault(result, expected)         \
  do {                                            \
    struct called got = (result);                 \
    ck_assert(!got.good);                         \
    ck_assert_int_eq(got.value.state, ASK_FAULT); \
    ck_assert_str_eq(got.message, expected);      \
  } while (0)

START_TEST(test_scalar_reads) {
  struct ask_text text = {"Ana\0x", 3};
  struct ask_option words[] = {{.id = "none"}, {.id = "some"}, {.id = "all"}};
  struct ask_options options = {words, 3, 0};
  struct ask_lua_read reads[] = {
      {.name = "yes", .type = ASK_BOOL, .value = {.word = 1}},
      {.name = "no", .type = ASK_BOOL, .value = {.word = 0}},
      {.name = "n", .type = ASK_INTEGER, .value = {.word = INT64_MIN}},
      {.name = "factor", .type = ASK_DECIMAL, .value = {.word = -1250000}},
      {.name = "rent", .type = ASK_MONEY, .value = {.word = 145050}},
      {.name = "day", .type = ASK_DATE, .value = {.word = 20780}},
      {.name = "name", .type = ASK_TEXT, .value = {.word = (int64_t)(intptr_t)&text}},
      {.name = "word", .type = ASK_CHOICE, .options = &options, .value = {.word = 2}},
      {.name = "ticked", .type = ASK_CHOICES, .options = &options, .value = {.word = 5}},
      {.name = "nothing", .type = ASK_CHOICES, .options = &options, .value = {.word = 0}},
  };
  static const char source[] =
      FUNCTION("'yes', 'no', 'n', 'factor', 'rent', 'day', 'name', 'word', 'ticked', 'nothing'",
               "assert(a.yes == true and a.no == false, 'bool')\n"
               "assert(a.n == math.mininteger and math.type(a.n) == 'integer', 'integer')\n"
               "assert(a.factor == -1.25 and math.type(a.factor) == 'float', 'decimal')\n"
               "assert(a.rent == 145050 and math.type(a.rent) == 'integer', 'money')\n"
               "assert(a.day == 20780, 'date')\n"
               "assert(a.name == 'Ana' and #a.name == 3, 'text')\n"
               "assert(a.word == 'all', 'choice')\n"
               "assert(#a.ticked == 2 and a.ticked[1] == 'none' and a.ticked[2] == 'all', 'choices')\n"
               "assert(#a.nothing == 0, 'none ticked')\n"
               "return true");
  ck_assert_known(call_once(source, reads, sizeof reads / sizeof *reads, ASK_BOOL), 1);
}
END_TEST

START_TEST(test_list_reads) {
  struct ask_option words[] = {{.id = "wages"}, {.id = "ssi"}};
  struct ask_item_spec income_fields[] = {{.id = "type", .type = ASK_CHOICE, .options = {words, 2, 0}},
                                          {.id = "monthly", .type = ASK_MONEY}};
  struct ask_item_spec member_fields[] = {
      {.id = "age", .type = ASK_INTEGER},
      {.id = "incomes", .type = ASK_LIST, .fields = income_fields, .field_count = 2}};
  struct ask_item_spec roster = {.id = "roster", .type = ASK_LIST, .fields = member_fields, .field_count = 2};
  struct ask_value income_cells[] = {{.word = 0}, {.word = 90000}, {.word = 1}, {.word = 5, .state = ASK_UNKNOWN}};
  struct ask_entries incomes = {2, 2, income_cells}, nothing = {0, 2, NULL};
  struct ask_value cells[] = {{.word = 30},
                              {.word = (int64_t)(intptr_t)&incomes},
                              {.word = 99, .state = ASK_WITHHELD},
                              {.word = (int64_t)(intptr_t)&nothing}};
  struct ask_entries entries = {2, 2, cells};
  struct ask_lua_read read = {
      .name = "roster", .type = ASK_LIST, .list = &roster, .value = {.word = (int64_t)(intptr_t)&entries}};
  static const char source[] = FUNCTION("'roster'", "local n = 0\n"
                                                    "for i, member in ipairs(a.roster) do\n"
                                                    "  for _, income in ipairs(member.incomes) do\n"
                                                    "    if income.type == 'wages' then n = n + income.monthly end\n"
                                                    "    if income.monthly == nil then n = n + 1 end\n"
                                                    "  end\n"
                                                    "  if member.age == nil then n = n + 100 * i end\n"
                                                    "end\n"
                                                    "return n + #a.roster");
  ck_assert_known(call_once(source, &read, 1, ASK_MONEY), 90000 + 1 + 200 + 2);

  roster.field_count = 1; /* the engine is wrong: an error rather than a crash */
  ck_assert_fault(call_once(source, &read, 1, ASK_MONEY),
                  "plugin.lua:1: a list has entries that do not fit its fields");
  struct ask_lua_read choice = {.name = "roster", .type = ASK_CHOICE, .options = &member_fields[0].options};
  ck_assert_fault(call_once(source, &choice, 1, ASK_MONEY), "plugin.lua:1: an answer is none of its choices");
}
END_TEST

static const struct {
  enum ask_type type;
  const char *result;
  int64_t word;
} results[] = {
    {ASK_BOOL, "true", 1},
    {ASK_BOOL, "false", 0},
    {ASK_INTEGER, "-7", -7},
    {ASK_INTEGER, "3.0", 3},
    {ASK_INTEGER, "math.maxinteger", INT64_MAX},
    {ASK_MONEY, "145050", 145050},
    {ASK_DATE, "20780", 20780},
    {ASK_DECIMAL, "0.36", 360000},
    {ASK_DECIMAL, "-0.36", -360000},
    {ASK_DECIMAL, "2", 2000000},
    {ASK_DECIMAL, "0.0000005", 1}, /* half away from zero */
    {ASK_DECIMAL, "-0.0000005", -1},
    {ASK_DECIMAL, "0.00000049", 0},
    {ASK_DECIMAL, "-0.0", 0},
    {ASK_DECIMAL, "9000000000000", INT64_C(9000000000000000000)},
};

START_TEST(test_result) {
  struct ask_buffer source = {0};
  ask_buffer_printf(&source, FUNCTION("", "return %s"), results[_i].result);
  ck_assert_known(call_once(source.bytes, NULL, 0, results[_i].type), results[_i].word);
  ask_buffer_free(&source);
}
END_TEST

static const struct {
  enum ask_type type;
  const char *result, *message;
} wrong_results[] = {
    {ASK_BOOL, "{}", "plugin.lua:1: returned a table, expected true or false"},
    {ASK_BOOL, "1", "plugin.lua:1: returned 1, expected true or false"},
    {ASK_BOOL, "'true'", "plugin.lua:1: returned a string, expected true or false"},
    {ASK_INTEGER, "2.5", "plugin.lua:1: returned 2.5, expected a whole number"},
    {ASK_INTEGER, "'2'", "plugin.lua:1: returned a string, expected a whole number"},
    {ASK_INTEGER, "true", "plugin.lua:1: returned true, expected a whole number"},
    {ASK_INTEGER, "1e300", "plugin.lua:1: returned 1e+300, expected a whole number"},
    {ASK_INTEGER, "0/0", "plugin.lua:1: returned a number that is not finite, expected a whole number"},
    {ASK_MONEY, "10.5", "plugin.lua:1: returned 10.5, expected a whole number of cents"},
    {ASK_DATE, "200000", "plugin.lua:1: returned 200000, expected a date (a whole number of days since 1970-01-01)"},
    {ASK_DECIMAL, "0/0", "plugin.lua:1: returned a number that is not finite, expected a number"},
    {ASK_DECIMAL, "-1/0", "plugin.lua:1: returned a number that is not finite, expected a number"},
    {ASK_DECIMAL, "math.maxinteger", "plugin.lua:1: returned 9223372036854775807, expected a number"},
    {ASK_DECIMAL, "1e13", "plugin.lua:1: returned 10000000000000, expected a number"},
    {ASK_DECIMAL, "'1'", "plugin.lua:1: returned a string, expected a number"},
};

START_TEST(test_wrong_result) {
  struct ask_buffer source = {0};
  ask_buffer_printf(&source, FUNCTION("", "return %s"), wrong_results[_i].result);
  ck_assert_fault(call_once(source.bytes, NULL, 0, wrong_results[_i].type), wrong_results[_i].message);
  ask_buffer_free(&source);
}
END_TEST

START_TEST(test_nil_is_unknown) {
  struct called called = call_once(FUNCTION("", "return nil"), NULL, 0, ASK_INTEGER);
  ck_assert(called.good);
  ck_assert_int_eq(called.value.state, ASK_UNKNOWN);
  called = call_once(FUNCTION("", ""), NULL, 0, ASK_BOOL);
  ck_assert(called.good);
  ck_assert_int_eq(called.value.state, ASK_UNKNOWN);
}
END_TEST

/* The function would fail if it were called. */
START_TEST(test_unknown_reads_are_not_called) {
  struct ask_lua_state *state = keep(FUNCTION("'x', 'y'", "error('called')"));
  static const uint8_t states[] = {ASK_UNKNOWN, ASK_FAULT, ASK_WITHHELD};
  for (size_t i = 0; i < 3; i++) {
    struct ask_lua_read reads[] = {{.name = "x", .type = ASK_INTEGER, .value = {.state = states[i]}},
                                   {.name = "y", .type = ASK_INTEGER, .value = {.word = 1}}};
    struct called called = call(state, 0, reads, 2, ASK_BOOL);
    ck_assert(called.good);
    ck_assert_int_eq(called.value.state, states[i]);
  }
  ck_assert_fault(call(state, 0, NULL, 0, ASK_BOOL), "plugin.lua:1: called");
  ck_assert_fault(call(state, 1, NULL, 0, ASK_BOOL), "plugin.lua: there is no function of this number");
  ck_assert_fault(call(state, -1, NULL, 0, ASK_BOOL), "plugin.lua: there is no function of this number");
  ask_lua_state_free(state);
}
END_TEST

/* A read of one call is gone in the next. */
START_TEST(test_argument_is_emptied) {
  struct ask_lua_state *state = keep("return program { id = 'demo', name = 'Demo', cite = 'c', eligible = all {\n"
                                     "rule { '1', reads = { 'x' }, function(a) return a.x == 1 end },\n"
                                     "rule { '2', reads = { 'y' }, function(a) return a.x == 1 end } } }");
  struct ask_lua_read x = {.name = "x", .type = ASK_INTEGER, .value = {.word = 1}};
  struct ask_lua_read y = {.name = "y", .type = ASK_INTEGER, .value = {.word = 2}};
  for (int i = 0; i < 3; i++) {
    ck_assert_known(call(state, 0, &x, 1, ASK_BOOL), 1);
    ck_assert_fault(call(state, 1, &y, 1, ASK_BOOL),
                    "plugin.lua:3: reads 'x', which it does not declare: add it to reads = { ... }");
    x.value.word = 1;
  }
  x.value.word = 2;
  ck_assert_known(call(state, 0, &x, 1, ASK_BOOL), 0);
  ask_lua_state_free(state);
}
END_TEST

/* Constants, helpers and tables around a function may be used as long as they are not changed. */
START_TEST(test_surroundings_are_usable) {
  struct ask_lua_state *state = keep(
      "local weights = { none = 0, some = 2, list = { 1, 2, 3 }, of = function(self, w) return self[w] end }\n"
      "weights.me = weights\n"
      "local nan, zero = 0/0, -0.0\n"
      "local function sum(list) local n = 0; for _, v in ipairs(list) do n = n + v end; return n end\n"
      "local function twice(f, x) return f(x) + f(x) end\n"
      "return program { id = 'demo', name = 'Demo', cite = 'c', eligible = rule { 'x', reads = { 'w' }, function(a)\n"
      "  local own = {}\n"
      "  own[1] = weights[a.w]; table.insert(own, #weights.list); own.f = function() own.n = 5; return own.n end\n"
      "  if nan == nan or 1 / zero > 0 or weights.me ~= weights then return -1 end\n"
      "  return own[1] + own[2] + own.f() + twice(sum, weights.list) + weights:of('some')\n"
      "    + #table.concat(weights.list, ',') + select('#', table.unpack(weights.list)) + math.max(1, 2)\n"
      "end } }");
  struct ask_option words[] = {{.id = "none"}, {.id = "some"}};
  struct ask_options options = {words, 2, 0};
  struct ask_lua_read read = {.name = "w", .type = ASK_CHOICE, .options = &options, .value = {.word = 1}};
  for (int i = 0; i < 3; i++) ck_assert_known(call(state, 0, &read, 1, ASK_INTEGER), 2 + 3 + 5 + 12 + 2 + 5 + 3 + 2);
  ask_lua_state_free(state);
}
END_TEST

/* What a call changed is put back before the next one, also when it failed; functions that share it see the old
 * value. */
START_TEST(test_state_is_put_back) {
  struct ask_lua_state *state = keep("local n = 1\n"
                                     "return program { id = 'demo', name = 'Demo', cite = 'c', eligible = all {\n"
                                     "rule { '1', reads = {}, function(a) n = n + 1 return n == 2 end },\n"
                                     "rule { '2', reads = {}, function(a) return n == 1 end },\n"
                                     "rule { '3', reads = {}, function(a) n = n + 1 error('n is ' .. n) end } } }");
  for (int i = 0; i < 3; i++) {
    ck_assert_fault(call(state, 0, NULL, 0, ASK_BOOL),
                    "plugin.lua:3: keeps state between calls: it changed 'n', a variable outside the function");
    ck_assert_known(call(state, 1, NULL, 0, ASK_BOOL), 1);
    ck_assert_fault(call(state, 2, NULL, 0, ASK_BOOL), "plugin.lua:5: n is 2");
    ck_assert_known(call(state, 1, NULL, 0, ASK_BOOL), 1);
  }
  ask_lua_state_free(state);
}
END_TEST

START_TEST(test_lines_of_errors) {
  struct ask_lua_state *state = keep("local function helper(x)\n"
                                     "  return x.y.z\n"
                                     "end\n"
                                     "return program { id = 'demo', name = 'Demo', cite = 'c', eligible =\n"
                                     "  rule { '1', reads = {}, function(a)\n"
                                     "    return helper({})\n"
                                     "  end } }");
  ck_assert_fault(call(state, 0, NULL, 0, ASK_BOOL), "plugin.lua:2: attempt to index a nil value (field 'y')");
  ask_lua_state_free(state);
}
END_TEST

/* Many calls, good and bad, neither grow the state nor change its answers. */
START_TEST(test_memory_stays_flat) {
  struct ask_lua_state *state =
      keep("return program { id = 'demo', name = 'Demo', cite = 'c', eligible = all {\n"
           "rule { '1', reads = { 'x' }, function(a) local t = { a.x } return #t == 1 end },\n"
           "rule { '2', reads = { 'x' }, function(a) local s = 'x' while true do s = s .. s end end },\n"
           "rule { '3', reads = { 'x' }, function(a) return a.y end } } }");
  struct ask_lua_read read = {.name = "x", .type = ASK_INTEGER, .value = {.word = 1}};
  size_t start = ask_lua_state_memory(state);
  ck_assert_uint_lt(start, 30 * 1024);
  size_t most = 0;
  for (int i = 0; i < 20000; i++) {
    ck_assert_known(call(state, 0, &read, 1, ASK_BOOL), 1);
    if (i % 1000 == 0)
      ck_assert_fault(call(state, 1, &read, 1, ASK_BOOL), "plugin.lua:3: it needed more than 1024 kB of memory");
    if (i % 10 == 0) ck_assert(!call(state, 2, &read, 1, ASK_BOOL).good);
    if (ask_lua_state_memory(state) > most) most = ask_lua_state_memory(state);
  }
  ck_assert_uint_lt(most, 3 * start);
  ask_lua_state_free(state);
}
END_TEST

START_TEST(test_limits_are_settable) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  static const char source[] = FUNCTION("", "local n = 0 for i = 1, 1000 do n = n + i end return n");
  struct ask_lua_limits limits = ask_lua_limits_default();
  limits.instructions_call = 1000;
  struct ask_lua_state *state = ask_lua_state_new(&limits, "p", "demo", source, sizeof source - 1, &problems);
  ck_assert_fault(call(state, 0, NULL, 0, ASK_INTEGER), "plugin.lua:1: it ran more than 1000 instructions");
  ask_lua_state_free(state);
  limits = ask_lua_limits_default();
  limits.memory = 8 * 1024;
  ck_assert_ptr_null(ask_lua_state_new(&limits, "p", "demo", source, sizeof source - 1, &problems));
  ck_assert_uint_eq(problems.errors, 1);
  limits.memory = 100;
  ck_assert_ptr_null(ask_lua_state_new(&limits, "p", "demo", source, sizeof source - 1, &problems));
  ck_assert_uint_eq(problems.errors, 2);
  ck_assert_ptr_null(ask_lua_state_new(NULL, "p", "demo", "x", 1, &problems));
  ck_assert_uint_eq(problems.errors, 3);
  ck_assert_ptr_null(ask_lua_state_free(NULL));
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("lua call");
  TCase *cases = tcase_create("calls");
  tcase_set_timeout(cases, 30);
  tcase_add_test(cases, test_scalar_reads);
  tcase_add_test(cases, test_list_reads);
  tcase_add_loop_test(cases, test_result, 0, sizeof results / sizeof *results);
  tcase_add_loop_test(cases, test_wrong_result, 0, sizeof wrong_results / sizeof *wrong_results);
  tcase_add_test(cases, test_nil_is_unknown);
  tcase_add_test(cases, test_unknown_reads_are_not_called);
  tcase_add_test(cases, test_argument_is_emptied);
  tcase_add_test(cases, test_surroundings_are_usable);
  tcase_add_test(cases, test_state_is_put_back);
  tcase_add_test(cases, test_lines_of_errors);
  tcase_add_test(cases, test_memory_stays_flat);
  tcase_add_test(cases, test_limits_are_settable);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
