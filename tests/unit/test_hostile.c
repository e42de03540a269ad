/* Every plugin in tests/hostile/plugins, and a few that are too large or too binary to keep as files, does something
 * bad. Each must end in an error that says what, in time, and leave a good plugin in the same thread unharmed. The
 * first line of each says what to expect: `-- expect: load|call: part of the message`. */
#include <dirent.h>
#include <time.h>

#include "lua_helper.h"

enum { LIMIT_MS = 250, NAMES_MAX = 1000, SOURCE_MAX = 400 * 1024 };

static const char good_plugin[] =
    "local grades = { low = 1, high = { 2, 3 } }\n"
    "local function grade(n) return grades.high[n] + grades.low end\n"
    "return program { id = \"good\", name = \"Good\", cite = \"none\", eligible = rule { \"adult\",\n"
    "  reads = { \"age\" }, function(a) return a.age + grade(1) == 33 and (\"x\"):upper() == \"X\" end } }\n";

static double milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct outcome {
  const char *phase; /* load, call; NULL: nothing failed */
  char message[ASK_LUA_MESSAGE_SIZE];
};

static bool call_rule(struct ask_lua_state *state, const struct ask_node_spec *rule, struct ask_value *ret,
                      char *message) {
  struct ask_lua_read reads[8];
  ck_assert_int_ge(rule->formula.function, 0);
  ck_assert_uint_le(rule->formula.read_count, 8);
  for (size_t i = 0; i < rule->formula.read_count; i++)
    reads[i] = (struct ask_lua_read){.name = rule->formula.reads[i], .type = ASK_INTEGER, .value = {.word = 30}};
  return ask_lua_call(state, rule->formula.function, reads, rule->formula.read_count, ASK_BOOL, ret, message,
                      ASK_LUA_MESSAGE_SIZE);
}

/* Loads and calls it; twice, as the second call must fail as the first one did. */
static struct outcome try_plugin(const char *id, const char *source, size_t length) {
  struct outcome outcome = {0};
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_program_spec program;
  struct ask_lua_state *state = NULL;
  if (ask_lua_plugin_load(arena, NULL, "plugin.lua", id, source, length, &program, &problems)) {
    state = ask_lua_state_new(NULL, "plugin.lua", id, source, length, &problems);
    ck_assert_msg(state != NULL, "%s: loads the first time only", id);
    struct ask_value value, again;
    char second[ASK_LUA_MESSAGE_SIZE];
    if (!call_rule(state, program.eligible, &value, outcome.message)) {
      outcome.phase = "call";
      ck_assert_int_eq(value.state, ASK_FAULT);
      ck_assert_msg(!call_rule(state, program.eligible, &again, second), "%s: fails the first time only", id);
      /* "it took more than" may take the place of "it ran more than" on a busy machine. */
      if (!strstr(outcome.message, "more than")) ck_assert_str_eq(outcome.message, second);
    }
  } else {
    outcome.phase = "load";
    ck_assert_uint_gt(problems.count, 0);
    for (size_t i = 0; i < problems.count; i++) {
      const char *text = problems.list[i].message;
      ck_assert_msg(ask_utf8_valid(text, strlen(text)), "%s: the message is not UTF-8", id);
      size_t used = strlen(outcome.message);
      snprintf(outcome.message + used, sizeof outcome.message - used, "%s%s", i ? "; " : "", text);
    }
  }
  ask_lua_state_free(state);
  ask_arena_free(arena);
  return outcome;
}

static void check_good_plugin(struct ask_lua_state *good) {
  struct ask_lua_read age = {.name = "age", .type = ASK_INTEGER, .value = {.word = 30}};
  struct ask_value value;
  char message[ASK_LUA_MESSAGE_SIZE] = "";
  bool called = ask_lua_call(good, 0, &age, 1, ASK_BOOL, &value, message, sizeof message);
  ck_assert_msg(called && value.state == ASK_KNOWN && value.word == 1, "the good plugin failed: %s", message);
}

/* Runs one hostile plugin and compares what it ended in. */
static void check_plugin(const char *id, const char *source, size_t length, const char *phase, const char *expected,
                         struct ask_lua_state *good) {
  double cpu = milliseconds(CLOCK_THREAD_CPUTIME_ID), wall = milliseconds(CLOCK_MONOTONIC);
  struct outcome outcome = try_plugin(id, source, length);
  cpu = milliseconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
  wall = milliseconds(CLOCK_MONOTONIC) - wall;
  if (getenv("HOSTILE_TIMES")) printf("%-36s %-5s %7.2f ms  %s\n", id, outcome.phase, cpu, outcome.message);
  ck_assert_msg(outcome.phase != NULL, "%s: nothing failed", id);
  ck_assert_msg(strcmp(outcome.phase, phase) == 0, "%s: failed at %s, expected %s: %s", id, outcome.phase, phase,
                outcome.message);
  ck_assert_msg(strstr(outcome.message, expected) != NULL, "%s: said \"%s\", expected \"%s\"", id, outcome.message,
                expected);
  for (const char *at = outcome.message; *at; at++)
    ck_assert_msg((unsigned char)*at >= 0x20, "%s: control character in its message", id);
  /* A call that fails is made twice, after two loads. Processor time, as other tests may run beside this one. */
  ck_assert_msg(cpu < LIMIT_MS * (strcmp(phase, "call") == 0 ? 2 : 1), "%s: took %.0f ms", id, cpu);
  ck_assert_msg(wall < LIMIT_MS * 20, "%s: took %.0f ms by the clock", id, wall);
  check_good_plugin(good);
}

static struct ask_lua_state *good_state(void) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_lua_state *good =
      ask_lua_state_new(NULL, "plugin.lua", "good", good_plugin, sizeof good_plugin - 1, &problems);
  if (!good) print_problems(&problems);
  ck_assert_ptr_nonnull(good);
  ask_arena_free(arena);
  check_good_plugin(good);
  return good;
}

static int compare_names(const void *a, const void *b) { return strcmp(a, b); }

/* The names of the folders, sorted. */
static size_t list_plugins(const char *folder, char (*names)[64]) {
  DIR *open = opendir(folder);
  ck_assert_msg(open != NULL, "cannot read %s", folder);
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    ck_assert_uint_lt(count, NAMES_MAX);
    ck_assert_uint_lt(strlen(entry->d_name), sizeof *names);
    strcpy(names[count++], entry->d_name);
  }
  closedir(open);
  qsort(names, count, sizeof *names, compare_names);
  return count;
}

START_TEST(test_files) {
  static char names[NAMES_MAX][64];
  static char source[SOURCE_MAX];
  struct ask_lua_state *good = good_state();
  size_t count = list_plugins(TEST_SOURCE_DIR "/tests/hostile/plugins", names);
  ck_assert_uint_gt(count, 100);
  for (size_t i = 0; i < count; i++) {
    char path[512], phase[8], expected[200];
    snprintf(path, sizeof path, TEST_SOURCE_DIR "/tests/hostile/plugins/%.63s/plugin.lua", names[i]);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot read %s", path);
    size_t length = fread(source, 1, sizeof source - 1, file);
    fclose(file);
    source[length] = '\0';
    ck_assert_msg(sscanf(source, "-- expect: %4[a-z]: %199[^\n]", phase, expected) == 2, "%s: no expectation",
                  names[i]);
    check_plugin(names[i], source, length, phase, expected, good);
  }
  ask_lua_state_free(good);
}
END_TEST

/* ---- made here --------------------------------------------------------------------------------------------------- */

static const char ending[] =
    "\nreturn program { id = \"made\", name = \"Made\", cite = \"none\", eligible = rule { \"x\", \"y\" } }\n";

/* `count` times a piece (with the number, if it has a %d) and then a program. */
static char *repeated(const char *piece, const char *second, int count) {
  struct ask_buffer buffer = {0};
  for (int i = 0; i < count; i++) ask_buffer_printf(&buffer, piece, i);
  for (int i = 0; second && i < count; i++) ask_buffer_printf(&buffer, second, i);
  ask_buffer_puts(&buffer, ending);
  return buffer.bytes;
}

START_TEST(test_made) {
  static const struct {
    const char *piece, *second;
    int count;
    const char *expected;
  } made[] = {
      {"-- a long comment\n", NULL, 20000, "at most 262144 are allowed"},
      /* Things that Lua's parser does in quadratic time. */
      {"goto a%d\n", "::a%d::\n", 10000, "more than"},
      {"::a%d::\n", NULL, 1000, "C stack overflow"},
      {"::a%d:: f()\n", NULL, 15000, "more than"},
      {"do goto a%d end\n", "::a%d:: f()\n", 6000, ""},
      {"do local x%d = {} end\n", NULL, 10000, ""},
      {"f%d = 1\n", NULL, 4000, "sets the global 'f0'"},
      {"local a = { {}, {}, {}, {}, { %d } }\n", NULL, 190, ""},
      {"local _ = function() return { {{{{{{{{%d}}}}}}}} } end\n", NULL, 4000, ""},
      {"do local _ = { [{[{[{%d}]=1}]=1}]=1 } end\n", NULL, 5000, ""},
  };
  struct ask_lua_state *good = good_state();
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
    char *source = repeated(made[i].piece, made[i].second, made[i].count);
    double cpu = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    struct ask_arena *arena = ask_arena_new();
    struct ask_problems problems = {.arena = arena};
    struct ask_program_spec program;
    bool loaded = ask_lua_plugin_load(arena, NULL, "plugin.lua", "made", source, strlen(source), &program, &problems);
    cpu = milliseconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    if (getenv("HOSTILE_TIMES")) printf("made %zu %7.2f ms %s\n", i, cpu, loaded ? "loaded" : problems.list[0].message);
    if (made[i].expected[0]) {
      ck_assert_msg(!loaded, "made %zu loads", i);
      ck_assert_msg(strstr(problems.list[0].message, made[i].expected) != NULL, "made %zu: %s", i,
                    problems.list[0].message);
    }
    ck_assert_msg(cpu < LIMIT_MS, "made %zu took %.0f ms", i, cpu);
    check_good_plugin(good);
    ask_arena_free(arena);
    free(source);
  }
  ask_lua_state_free(good);
}
END_TEST

START_TEST(test_binary) {
  static const struct {
    const char *bytes;
    size_t length;
  } binary[] = {
      {"\033Lua", 4},
      {"\033Lua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08xV\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00(w@\x01", 31},
      {"return\0program", 14},
      {"\xFF\xFEr\0e\0t\0", 8},
  };
  struct ask_lua_state *good = good_state();
  for (size_t i = 0; i < sizeof binary / sizeof *binary; i++)
    check_plugin("binary", binary[i].bytes, binary[i].length, "load", "not text", good);
  check_plugin("empty", "", 0, "load", "what plugin.lua returns is a nil", good);
  check_plugin("bytes", "\xC3\x28\xF0\x9F", 4, "load", "unexpected symbol", good);
  ask_lua_state_free(good);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("hostile");
  TCase *cases = tcase_create("plugins");
  tcase_set_timeout(cases, 120);
  tcase_add_test(cases, test_files);
  tcase_add_test(cases, test_made);
  tcase_add_test(cases, test_binary);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
