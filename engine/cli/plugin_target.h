/* Which plugins a command means: PATH of a plugin or of a pack, or the ID of a program in the pack. */
#ifndef ASK_CLI_PLUGIN_TARGET_H
#define ASK_CLI_PLUGIN_TARGET_H

#include "cli/session.h"
#include "service/case_set.h"

/* Called for each target with its rules loaded (session->problems holds what loading said). program NULL: the whole
 * pack. */
typedef int ask_target_work(struct ask_session *session, const struct ask_program *program, void *context);

/* Runs work for each word of the command line, or once for the pack when there is none. The worst exit code. */
int ask_each_target(const struct ask_arguments *arguments, ask_target_work *work, void *context);

/* Called for each program with its golden cases read. False after adding problems. */
typedef bool ask_case_set_work(struct ask_session *session, const struct ask_case_set *cases,
                               const struct ask_host *host, void *context);

/* The programs of one target (program NULL: every one of the pack). Says which do not load, sets *ret_broken then, and goes
 * on; says why cases cannot be read, and goes on. ASK_EXIT_OK, or ASK_EXIT_BAD when some could not be read. */
int ask_each_case_set(struct ask_session *session, const struct ask_program *program, ask_case_set_work *work,
                      void *context, bool *ret_broken);

#endif
