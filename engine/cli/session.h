/* What every command that looks at a household does first: load the rules, read the household, assess it, and say
 * clearly what is wrong otherwise. */
#ifndef ASK_CLI_SESSION_H
#define ASK_CLI_SESSION_H

#include "cli/options.h"
#include "cli/screen.h"
#include "service/assess.h"

struct ask_session {
  const struct ask_arguments *arguments;
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_problems loading; /* ask_session_open: what loading said of plugins */
  struct ask_data_places places;
  struct ask_rules *rules;
  struct ask_desk *desk;
  struct ask_shown_source source; /* the household's text */
  struct ask_household household;
  struct ask_choice choice; /* of --programs */
  enum ask_detail detail; /* of --detail; set it to the command's usual one before */
  const struct ask_result *result;
};

/* Each returns ASK_EXIT_OK, or the exit code after saying what is wrong. Close the session in any case. */
int ask_session_open(struct ask_session *session, const struct ask_arguments *arguments);
/* Opens, reads the household from a file or "-", and assesses it. */
int ask_session_assess(struct ask_session *session, const struct ask_arguments *arguments, const char *file);
/* The same for a command whose words are FILE PROGRAM. */
int ask_session_assess_one(struct ask_session *session, const struct ask_arguments *arguments,
                           const struct ask_program **ret_program);
void ask_session_close(struct ask_session *session);

/* The program of that id, or NULL after saying what is wrong. */
const struct ask_program *ask_session_program(struct ask_session *session, const char *id);
/* The problems so far, on stderr; with --json on stdout, for machines. Returns ASK_EXIT_BAD. */
int ask_session_bad(struct ask_session *session);
/* Exit code of a command whose output ended well or not. */
int ask_exit_of(bool written);

#endif
