/* Which plugins a command means: PATH of a plugin or of a pack, or the ID of a program in the pack. */
#ifndef ASK_CLI_PLUGIN_TARGET_H
#define ASK_CLI_PLUGIN_TARGET_H

#include "cli/session.h"

/* Called for each target with its rules loaded (session->problems holds what loading said). program NULL: the whole
 * pack. */
typedef int ask_target_work(struct ask_session *session, const struct ask_program *program, void *context);

/* Runs work for each word of the command line, or once for the pack when there is none. The worst exit code. */
int ask_each_target(const struct ask_arguments *arguments, ask_target_work *work, void *context);

#endif
