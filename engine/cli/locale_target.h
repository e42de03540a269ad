/* What the commands about translations do first: the rules, the folder of the interface, the languages that are meant. */
#ifndef ASK_CLI_LOCALE_TARGET_H
#define ASK_CLI_LOCALE_TARGET_H

#include "cli/session.h"
#include "service/locale.h"

/* Called with the rules loaded; wanted lacks its language and its files. */
typedef int ask_locale_work(struct ask_session *session, struct ask_locale_wanted *wanted, void *context);
/* Loads the rules (every pack unless told) and runs work. The exit code. */
int ask_with_locales(const struct ask_arguments *arguments, ask_locale_work *work, void *context);

#endif
