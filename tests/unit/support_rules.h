/* For tests of the analyst's kit: a form and one program with its golden cases, written into a folder of their own and loaded
 * from there, as the command does it. */
#ifndef TESTS_UNIT_SUPPORT_RULES_H
#define TESTS_UNIT_SUPPORT_RULES_H

#include "service/case_set.h"
#include "service/host.h"

struct support_rules {
  char folder[64];
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_rules *rules;
  struct ask_lua_host *host;
  struct ask_case_set cases; /* of the program p */
};

/* Texts of forms/intake.yaml and of plugin.lua, parameters.yaml, cases.yaml of the program p; parameters and cases may be
 * NULL: there is no such file. Fails the test when the rules do not load. */
void support_rules_open(struct support_rules *s, const char *form, const char *lua, const char *parameters,
                        const char *cases);
void support_rules_close(struct support_rules *s);

#endif
