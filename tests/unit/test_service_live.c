/* Rules in force: reloads that are good, bad, failing and unchanged; generations that are pinned while others come; the
 * source files of a generation, from which the same rules can be loaded again. */
#include <check.h>
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/assess.h"
#include "service/live.h"

/* A copy of tests/cli/small that a test may change. */
struct folder {
  char path[64];
  struct ask_arena *arena;
  struct ask_problems problems;
};

static void shell(const char *format, const char *one, const char *two) {
  char line[1024];
  snprintf(line, sizeof line, format, one, two);
  ck_assert_int_eq(system(line), 0);
}

static struct folder folder_new(void) {
  struct folder folder = {.path = "/tmp/test_live_XXXXXX", .arena = ask_arena_new()};
  folder.problems.arena = folder.arena;
  ck_assert_ptr_nonnull(mkdtemp(folder.path));
  shell("cp -r %s/tests/cli/small/. %s/", TEST_SOURCE_DIR, folder.path);
  return folder;
}

static void folder_free(struct folder *folder) {
  shell("rm -rf %s%s", folder->path, "");
  ask_arena_free(folder->arena);
}

static void change(struct folder *folder, const char *sed, const char *file) {
  char at[256];
  snprintf(at, sizeof at, "%s/%s", folder->path, file);
  shell("sed -i '%s' %s", sed, at);
}

static void put(struct folder *folder, const char *name, const char *text) {
  char at[256];
  snprintf(at, sizeof at, "%s/%s", folder->path, name);
  FILE *file = fopen(at, "w");
  ck_assert_ptr_nonnull(file);
  ck_assert(fputs(text, file) >= 0);
  ck_assert_int_eq(fclose(file), 0);
}

/* The form asks one more question, out of an instrument. */
static void add_instrument(struct folder *folder) {
  shell("mkdir %s/forms/instruments%s", folder->path, "");
  put(folder, "forms/instruments/lonely.yaml",
      "instrument: lonely\ntitle: T\nsource: S\nlicence: L\nbands: [lonely]\n"
      "items: [{id: company, type: bool, text: T}, {id: lonely, type: bool, computed: not company}]\n");
  change(folder, "s/^checks:/      - instrument: lonely\\nchecks:/", "forms/intake.yaml");
}

static struct ask_live *open_live(struct folder *folder) {
  struct ask_data_options options = {
      .forms = ask_path_join(folder->arena, folder->path, "forms"),
      .plugins = ask_path_join(folder->arena, folder->path, "plugins"),
  };
  return ask_live_open(&options, NULL, &folder->problems);
}

static struct ask_reload_report reload(struct ask_live *live, struct folder *folder, bool expected) {
  struct ask_reload_report report;
  folder->problems = (struct ask_problems){.arena = folder->arena};
  bool good = ask_live_reload(live, &report, &folder->problems);
  ck_assert_msg(good == expected, "reload %s, first problem: %s", good ? "passed" : "failed",
                folder->problems.count ? folder->problems.list[0].message : "none");
  ck_assert(good || folder->problems.errors > 0);
  return report;
}

/* The first problem whose message has `part` in it. */
static const struct ask_problem *problem_with(struct folder *folder, const char *part) {
  for (size_t i = 0; i < folder->problems.count; i++)
    if (strstr(folder->problems.list[i].message, part)) return &folder->problems.list[i];
  ck_abort_msg("no problem says: %s (the first: %s)", part,
               folder->problems.count ? folder->problems.list[0].message : "none");
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static const char *name_of(const struct ask_generation *generation, const char *program) {
  return ask_catalogue_program(generation->rules->catalogue, program)->spec->name;
}

START_TEST(takes_up_a_change) {
  struct folder folder = folder_new();
  struct ask_live *live = open_live(&folder);
  ck_assert_ptr_nonnull(live);
  const struct ask_generation *first = ask_live_pin(live);
  ck_assert_int_eq(first->number, 1);
  ck_assert_uint_eq(first->programs, 2);
  ck_assert_uint_eq(first->broken, 0);
  change(&folder, "s/name = \"Rent help\"/name = \"Help with rent\"/", "plugins/small/rent/plugin.lua");
  struct ask_reload_report report = reload(live, &folder, true);
  ck_assert(report.swapped);
  ck_assert(!report.unchanged);
  ck_assert_uint_eq(report.cases, 5);
  ck_assert_uint_eq(report.failed, 0);
  ck_assert_int_eq(report.generation, 2);
  ck_assert_uint_eq(report.programs, 2);
  const struct ask_generation *second = ask_live_pin(live);
  ck_assert_ptr_ne(first, second);
  ck_assert_str_eq(report.hash, second->hash);
  ck_assert_str_ne(first->hash, second->hash);
  /* who began with the old rules still has them */
  ck_assert_str_eq(name_of(first, "rent"), "Rent help");
  ck_assert_str_eq(name_of(second, "rent"), "Help with rent");
  ask_live_unpin(live, first);
  ask_live_unpin(live, second);
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(says_that_nothing_changed) {
  struct folder folder = folder_new();
  struct ask_live *live = open_live(&folder);
  struct ask_reload_report report = reload(live, &folder, true);
  ck_assert(report.unchanged && !report.swapped);
  ck_assert_int_eq(report.generation, 1);
  /* golden cases are no rules */
  put(&folder, "plugins/small/rent/cases.yaml", "- {name: none, given: {}, expect: {status: unlikely}}\n");
  report = reload(live, &folder, true);
  ck_assert(report.unchanged);
  /* but the next change is tried on them */
  change(&folder, "s/Rent Act 2/Rent Act 5/", "plugins/small/rent/plugin.lua");
  report = reload(live, &folder, false);
  ck_assert(!report.unchanged);
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(keeps_the_old_rules_when_a_plugin_does_not_load) {
  struct folder folder = folder_new();
  struct ask_live *live = open_live(&folder);
  change(&folder, "s/home == .rented./home == 3/", "plugins/small/rent/plugin.lua");
  struct ask_reload_report report = reload(live, &folder, false);
  ck_assert(!report.swapped);
  ck_assert_int_eq(report.generation, 1);
  const struct ask_problem *problem = &folder.problems.list[0];
  ck_assert(ends_with(problem->at.file, "plugins/small/rent/plugin.lua"));
  ck_assert_int_eq(problem->at.line, 10);
  const struct ask_generation *now = ask_live_pin(live);
  ck_assert_uint_eq(now->broken, 0);
  ck_assert_int_eq(now->number, 1);
  ask_live_unpin(live, now);
  /* Lua that does not parse, a form that does not, parameters that do not, no form at all */
  change(&folder, "s/home == 3/home == /", "plugins/small/rent/plugin.lua");
  reload(live, &folder, false);
  put(&folder, "plugins/small/rent/plugin.lua", "return program {");
  reload(live, &folder, false);
  ck_assert(ends_with(folder.problems.list[0].at.file, "rent/plugin.lua"));
  shell("cp %s/tests/cli/small/plugins/small/rent/plugin.lua %s/plugins/small/rent/", TEST_SOURCE_DIR, folder.path);
  ck_assert(reload(live, &folder, true).unchanged);
  put(&folder, "forms/intake.yaml", "form: [\n");
  reload(live, &folder, false);
  ck_assert(ends_with(folder.problems.list[0].at.file, "forms/intake.yaml"));
  ck_assert_int_gt(folder.problems.list[0].at.line, 0);
  shell("rm %s/forms/intake.yaml%s", folder.path, "");
  ck_assert_int_eq(reload(live, &folder, false).generation, 1);
  /* and after all that, good ones come into force */
  shell("cp %s/tests/cli/small/forms/intake.yaml %s/forms/", TEST_SOURCE_DIR, folder.path);
  change(&folder, "s/Rent Act 2/Rent Act 5/", "plugins/small/rent/plugin.lua");
  ck_assert_int_eq(reload(live, &folder, true).generation, 2);
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(keeps_the_old_rules_when_a_case_fails) {
  struct folder folder = folder_new();
  struct ask_live *live = open_live(&folder);
  /* what the program says changes, its cases do not */
  change(&folder, "s/a.rent + a.rent + a.rent > a.income/a.rent > 600/", "plugins/small/rent/plugin.lua");
  change(&folder, "s/rent: 300/rent: 650/", "plugins/small/rent/cases.yaml");
  struct ask_reload_report report = reload(live, &folder, false);
  ck_assert(!report.swapped);
  ck_assert_uint_eq(report.cases, 5);
  ck_assert_uint_eq(report.failed, 1);
  const struct ask_problem *problem = problem_with(&folder, "a low rent");
  ck_assert(ends_with(problem->at.file, "plugins/small/rent/cases.yaml"));
  ck_assert_int_eq(problem->at.line, 8);
  ck_assert_str_eq(problem->code, "failed-case");
  /* cases that cannot be read are no cases that pass */
  put(&folder, "plugins/small/rent/cases.yaml", "- name: [\n");
  reload(live, &folder, false);
  ck_assert(ends_with(folder.problems.list[0].at.file, "rent/cases.yaml"));
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(opens_with_a_broken_program_but_does_not_reload_one) {
  struct folder folder = folder_new();
  put(&folder, "plugins/small/rent/plugin.lua", "return 5\n");
  struct ask_live *live = open_live(&folder);
  ck_assert_ptr_nonnull(live);
  ck_assert_uint_gt(folder.problems.errors, 0);
  const struct ask_generation *now = ask_live_pin(live);
  ck_assert_uint_eq(now->broken, 1);
  ck_assert_uint_eq(now->programs, 2);
  ask_live_unpin(live, now);
  struct ask_reload_report report = reload(live, &folder, false);
  ck_assert(report.unchanged && !report.swapped);
  change(&folder, "s/Food help/Help with food/", "plugins/small/food/plugin.lua");
  report = reload(live, &folder, false);
  ck_assert(!report.unchanged && !report.swapped);
  shell("cp %s/tests/cli/small/plugins/small/rent/plugin.lua %s/plugins/small/rent/", TEST_SOURCE_DIR, folder.path);
  ck_assert(reload(live, &folder, true).swapped);
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(needs_a_form) {
  struct folder folder = folder_new();
  put(&folder, "forms/intake.yaml", "nothing: here\n");
  ck_assert_ptr_null(open_live(&folder));
  ck_assert_uint_gt(folder.problems.errors, 0);
  ck_assert_ptr_null(ask_live_close(NULL));
  folder_free(&folder);
}
END_TEST

/* ---- source files -------------------------------------------------------------------------------------------------- */

static void unpack(struct folder *folder, const struct ask_rules *rules, const char *below) {
  for (size_t i = 0; i < rules->file_count; i++) {
    const struct ask_source_file *file = &rules->files[i];
    char *path = ask_path_join(folder->arena, below, file->path);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    shell("mkdir -p %s%s", path, "");
    *slash = '/';
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(file->bytes.bytes, 1, file->bytes.length, out), file->bytes.length);
    ck_assert_int_eq(fclose(out), 0);
  }
}

static struct ask_buffer assessed(const struct ask_rules *rules, struct folder *folder) {
  static const char text[] =
      "{\"as_of\":\"2026-11-23\",\"answers\":{\"dob\":\"1980-01-01\",\"people\":1,\"income\":900,\"home\":\"rented\",\"rent\":700}}";
  struct ask_desk *desk = ask_desk_new(rules);
  struct ask_desk_source source = {.limit = sizeof text};
  struct ask_household household;
  struct ask_buffer buffer = {0};
  ck_assert(ask_desk_read(desk, &source, text, strlen(text), &household, &folder->problems));
  const struct ask_result *result = ask_desk_assess(desk, &household, NULL, &folder->problems);
  ck_assert_ptr_nonnull(result);
  ask_desk_write(desk, result, &household, NULL, ASK_DETAIL_TREE, true, &buffer);
  ask_desk_free(desk);
  return buffer;
}

START_TEST(source_files_load_again) {
  struct folder folder = folder_new();
  add_instrument(&folder);
  struct ask_live *live = open_live(&folder);
  const struct ask_generation *now = ask_live_pin(live);
  const struct ask_rules *rules = now->rules;
  static const char *const expected[] = {"forms/instruments/lonely.yaml", "forms/intake.yaml",
                                         "plugins/small/food/parameters.yaml",
                                         "plugins/small/food/plugin.lua", "plugins/small/rent/plugin.lua",
                                         "plugins/small/shared/holidays.yaml"};
  ck_assert_uint_eq(rules->file_count, sizeof expected / sizeof *expected);
  for (size_t i = 0; i < rules->file_count; i++) ck_assert_str_eq(rules->files[i].path, expected[i]);
  struct ask_data_places places;
  const char *below = ask_path_join(folder.arena, folder.path, "recorded");
  /* what is recorded is what was loaded, not what lies there by now */
  change(&folder, "s/Rent Act/Tenancy Act/", "plugins/small/rent/plugin.lua");
  unpack(&folder, rules, below);
  ck_assert(ask_sources_places(folder.arena, below, rules->files, rules->file_count, &places));
  ck_assert_str_eq(places.packs[0].id, "small");
  ck_assert_str_eq(places.instruments, ask_path_join(folder.arena, below, "forms/instruments"));
  struct ask_rules *again = ask_rules_load(&places, &folder.problems);
  ck_assert_ptr_nonnull(again);
  ck_assert_str_eq(again->hash, now->hash);
  struct ask_buffer before = assessed(rules, &folder), after = assessed(again, &folder);
  ck_assert_str_eq(before.bytes, after.bytes);
  ask_buffer_free(&before);
  ask_buffer_free(&after);
  ask_rules_free(again);
  ask_live_unpin(live, now);
  ask_live_close(live);
  folder_free(&folder);
}
END_TEST

START_TEST(every_source_file_counts) {
  static const char *const files[] = {"forms/intake.yaml", "forms/instruments/lonely.yaml",
                                      "plugins/small/food/parameters.yaml", "plugins/small/food/plugin.lua",
                                      "plugins/small/shared/holidays.yaml"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct folder folder = folder_new();
    add_instrument(&folder);
    struct ask_live *live = open_live(&folder);
    change(&folder, ends_with(files[i], ".lua") ? "$a --" : "$a #", files[i]);
    ck_assert_msg(reload(live, &folder, true).swapped, "%s", files[i]);
    ask_live_close(live);
    folder_free(&folder);
  }
}
END_TEST

START_TEST(hash_tells_files_apart) {
  struct ask_source_file one[] = {{"a", {"xy", 2}}, {"b", {"", 0}}};
  struct ask_source_file same[] = {{"b", {"", 0}}, {"a", {"xy", 2}}};
  struct ask_source_file moved[] = {{"a", {"x", 1}}, {"b", {"y", 1}}};
  struct ask_source_file fewer[] = {{"a", {"xy", 2}}};
  char first[ASK_HASH_TEXT], other[ASK_HASH_TEXT];
  ask_sources_hash(one, 2, first);
  ask_sources_hash(same, 2, other);
  ck_assert_str_eq(first, other);
  ask_sources_hash(moved, 2, other);
  ck_assert_str_ne(first, other);
  ask_sources_hash(fewer, 1, other);
  ck_assert_str_ne(first, other);
  ask_sources_hash(NULL, 0, other);
  ck_assert_str_ne(first, other);
  struct ask_data_places places;
  struct ask_arena *arena = ask_arena_new();
  ck_assert(!ask_sources_places(arena, "x", one, 2, &places));
  ask_arena_free(arena);
}
END_TEST

/* ---- threads ------------------------------------------------------------------------------------------------------- */

enum { WORKERS = 4, RELOADS = 12 };

struct work {
  struct ask_live *live;
  atomic_bool stop;
  atomic_long done;
};

/* Pins, looks at what it has pinned, and gives it back; now and then it holds on to one for a while. */
static void *pin_and_look(void *context) {
  struct work *work = context;
  const struct ask_generation *kept = NULL;
  for (long i = 0; !atomic_load(&work->stop); i++) {
    const struct ask_generation *now = ask_live_pin(work->live);
    if (strlen(now->hash) != 64 || now->programs != 2 || strncmp(name_of(now, "rent"), "Rent help", 9) != 0) abort();
    if (i % 100 == 0) {
      if (kept) ask_live_unpin(work->live, kept);
      kept = now;
    } else {
      if (kept && kept->number > now->number) abort();
      ask_live_unpin(work->live, now);
    }
    atomic_fetch_add(&work->done, 1);
  }
  if (kept) ask_live_unpin(work->live, kept);
  return NULL;
}

START_TEST(pins_during_reloads) {
  struct folder folder = folder_new();
  struct work work = {.live = open_live(&folder)};
  pthread_t threads[WORKERS];
  for (int i = 0; i < WORKERS; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, pin_and_look, &work), 0);
  for (int i = 0; i < RELOADS; i++) {
    if (i % 3 == 2) {
      put(&folder, "plugins/small/food/plugin.lua", "return 5\n");
      reload(work.live, &folder, false);
      shell("cp %s/tests/cli/small/plugins/small/food/plugin.lua %s/plugins/small/food/", TEST_SOURCE_DIR, folder.path);
    }
    change(&folder, "s/name = \"Rent help[+]*/&+/", "plugins/small/rent/plugin.lua");
    ck_assert_int_eq(reload(work.live, &folder, true).generation, i + 2);
  }
  atomic_store(&work.stop, true);
  for (int i = 0; i < WORKERS; i++) pthread_join(threads[i], NULL);
  ck_assert_int_gt(atomic_load(&work.done), 0);
  ask_live_close(work.live);
  folder_free(&folder);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("rules in force");
  TCase *tests = tcase_create("reload");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, takes_up_a_change);
  tcase_add_test(tests, says_that_nothing_changed);
  tcase_add_test(tests, keeps_the_old_rules_when_a_plugin_does_not_load);
  tcase_add_test(tests, keeps_the_old_rules_when_a_case_fails);
  tcase_add_test(tests, opens_with_a_broken_program_but_does_not_reload_one);
  tcase_add_test(tests, needs_a_form);
  tcase_add_test(tests, source_files_load_again);
  tcase_add_test(tests, every_source_file_counts);
  tcase_add_test(tests, hash_tells_files_apart);
  tcase_add_test(tests, pins_during_reloads);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
