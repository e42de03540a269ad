/* Rules in a folder of their own, for tests. */
#include "unit/support_rules.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void write_file(struct support_rules *s, const char *path, const char *text) {
  if (!text) return;
  FILE *file = fopen(ask_path_join(s->arena, s->folder, path), "w");
  ck_assert_ptr_nonnull(file);
  ck_assert_int_ge(fputs(text, file), 0);
  ck_assert_int_eq(fclose(file), 0);
}

static void make_folder(struct support_rules *s, const char *path) {
  ck_assert_int_eq(mkdir(ask_path_join(s->arena, s->folder, path), 0700), 0);
}

void support_rules_open(struct support_rules *s, const char *form, const char *lua, const char *parameters,
                        const char *cases) {
  *s = (struct support_rules){.folder = "/tmp/test_rules_XXXXXX", .arena = ask_arena_new()};
  s->problems.arena = s->arena;
  ck_assert_ptr_nonnull(mkdtemp(s->folder));
  make_folder(s, "forms");
  make_folder(s, "plugins");
  make_folder(s, "plugins/tiny");
  make_folder(s, "plugins/tiny/p");
  write_file(s, "forms/intake.yaml", form);
  write_file(s, "plugins/tiny/p/plugin.lua", lua);
  write_file(s, "plugins/tiny/p/parameters.yaml", parameters);
  write_file(s, "plugins/tiny/p/cases.yaml", cases);
  struct ask_data_options options = {.forms = ask_path_join(s->arena, s->folder, "forms"),
                                     .plugins = ask_path_join(s->arena, s->folder, "plugins")};
  struct ask_data_places places;
  ck_assert(ask_data_find(s->arena, &options, &places, &s->problems));
  s->rules = ask_rules_load(&places, &s->problems);
  ck_assert_msg(s->rules && !s->problems.count, "%s", s->problems.count ? s->problems.list[0].message : "no rules");
  s->host = ask_lua_host_new(s->rules);
  ck_assert(ask_case_set_read(s->arena, s->rules->catalogue, ask_catalogue_program(s->rules->catalogue, "p"), 20780,
                              &s->cases, &s->problems));
}

void support_rules_close(struct support_rules *s) {
  char line[128];
  ask_case_set_free(&s->cases);
  ask_lua_host_free(s->host);
  ask_rules_free(s->rules);
  snprintf(line, sizeof line, "rm -rf '%s'", s->folder);
  ck_assert_int_eq(system(line), 0);
  ask_arena_free(s->arena);
}
