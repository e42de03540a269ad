/* What the commands over people who sign in share: naming one, reading roles, saying what went wrong. */
#ifndef ASK_CLI_USER_H
#define ASK_CLI_USER_H

#include "cli/settings.h"
#include "service/accounts.h"

/* The user of that name. ASK_EXIT_OK, or the exit code after saying that there is none, or why it cannot be read. */
int ask_user_named(struct ask_store_access *access, const char *name, struct ask_user *ret);
/* --role into bits. False after adding a problem. */
bool ask_user_read_roles(struct ask_settings *settings, const char *words, unsigned *ret);
/* Says what it came to; REFUSED has its problems already. Returns ASK_EXIT_BAD. */
int ask_user_failed(struct ask_store_access *access, enum ask_account_status status, const char *what);
/* The password that was made, alone on standard output, this once. */
int ask_user_show_password(const char *name, const char *password, const char *what);

#endif
