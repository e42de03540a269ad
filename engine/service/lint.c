/* The table of checks. Documentation lists it as it stands (docs/rule-author.md, `plugin lint --checks`). */
#include "service/lint.h"

#include <stdarg.h>
#include <string.h>

static const struct ask_lint_check checks[ASK_LINT_COUNT] = {
    [ASK_LINT_NO_CITATION] =
        {"no-citation", ASK_WARNING, true, "a criterion, line, deadline or program without a citation",
         "Give it cite = \"...\", or one to the node around it; write verified = false if the source was not read."},
    [ASK_LINT_NUMBER] = {"number", ASK_WARNING, true, "a number written into an expression",
                         "Everything but 0 and 1 is policy: make it a parameter, with its source and its first day."},
    [ASK_LINT_DATE] = {"date", ASK_WARNING, true, "a date written into an expression",
                       "Make it a parameter of the unit date, with its source."},
    [ASK_LINT_FUNCTION_NUMBER] =
        {"function-number", ASK_WARNING, true, "a number of policy written into a Lua function",
         "Numbers in a Lua function (all but 0, 1 and 2) come through a worksheet line that names a parameter."},
    [ASK_LINT_NEVER_TRUE] =
        {"never-true", ASK_WARNING, true, "a condition that can never be true",
         "Whatever the answers, within the limits of the questions, it is false. Correct it, or remove it."},
    [ASK_LINT_NEVER_FALSE] =
        {"never-false", ASK_WARNING, true, "a condition that can never be false",
         "Whatever the answers, within the limits of the questions, it is true. Correct it, or remove it."},
    [ASK_LINT_UNREACHABLE] = {"unreachable", ASK_WARNING, true, "a level or next step that is never reached",
                              "An earlier one always holds when it would: put the special one first, or remove it."},
    [ASK_LINT_CODE_TWICE] = {"code-twice", ASK_WARNING, true, "one code for two different rules or notes",
                             "Machines tell rules and notes apart by their code: give each its own."},
    [ASK_LINT_UNUSED_LINE] = {"unused-line", ASK_NOTE, false, "a worksheet line that nothing uses",
                              "It is shown in explanations, but decides nothing. Use it, or remove it."},
    [ASK_LINT_UNUSED] = {"unused", ASK_WARNING, true, "a parameter that nothing uses", "Remove it, or use it."},
    [ASK_LINT_NO_SOURCE] = {"no-source", ASK_WARNING, true, "a parameter without a source",
                            "Add source: the publication that states it."},
    [ASK_LINT_NO_VALUE] =
        {"no-value", ASK_WARNING, true, "a parameter that is used and has no value in force today",
         "Its last value has ended, or its first is still to come: add the one in force, with its source."},
    [ASK_LINT_ENDS_SOON] = {"ends-soon", ASK_NOTE, false, "a parameter whose value ends within 90 days",
                            "No later value follows: look for the next publication."},
    [ASK_LINT_NO_BASIS] = {"no-basis", ASK_WARNING, true, "a basis from which nothing can be derived",
                           "Its parameter, day or cell does not exist, or is not money."},
    [ASK_LINT_OFF_BASIS] =
        {"off-basis", ASK_WARNING, false, "an amount that differs from what its basis gives",
         "The stated number counts and stays. Compare it with the publication; say in known_off why it differs."},
    [ASK_LINT_KNOWN_OFF] = {"known-off", ASK_NOTE, false, "an amount that is known to differ from its basis",
                            "As off-basis; known_off says why."},
    [ASK_LINT_NOT_OFF] = {"not-off", ASK_WARNING, true, "known_off on a value that agrees with its basis",
                          "Every amount is what the basis gives: remove known_off."},
    [ASK_LINT_UNUSED_ITEM] = {"unused-item", ASK_NOTE, false, "a question that no program of the pack reads",
                              "It is not asked while nothing reads it. Another pack may."},
    [ASK_LINT_UNUSED_OPTION] =
        {"unused-option", ASK_NOTE, false, "an answer of a choice that no program of the pack names",
         "Programs treat it as they treat every other answer that they do not name. That may be meant."},
    [ASK_LINT_NO_WHY] = {"no-why", ASK_WARNING, true, "a question that does not say why it is asked",
                         "Add why: in one plain sentence."},
    [ASK_LINT_FEW_OPTIONS] = {"few-options", ASK_WARNING, true, "a choice with fewer than two answers",
                              "Add the other answers, or make it a bool."},
};

const struct ask_lint_check *ask_lint_check(enum ask_lint check) { return &checks[check]; }

const struct ask_lint_check *ask_lint_named(const char *id) {
  for (size_t i = 0; id && i < ASK_LINT_COUNT; i++)
    if (strcmp(checks[i].id, id) == 0) return &checks[i];
  return NULL;
}

void ask_lint_add(struct ask_problems *problems, enum ask_lint check, struct ask_place at, const char *hint,
                  const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *message = ask_vprintf(problems->arena, format, args);
  va_end(args);
  ask_problem_add(problems, checks[check].severity, checks[check].id, at, NULL, hint, "%s", message);
}
