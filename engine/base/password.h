/* Passwords as Argon2id hashes (libsodium). A hash is a text that names its own parameters and salt, so that those in force can
 * change: what was made with others is still checked, and said to be old. Not for keys and tokens, which are random and
 * long: their SHA-256 is enough. */
#ifndef ASK_BASE_PASSWORD_H
#define ASK_BASE_PASSWORD_H

#include <stdbool.h>

#include "base/text.h"

/* 64 MB and two passes: about 100 ms on a processor of 2020, which a person does not notice and a guesser with a stolen store
 * pays for each guess, in memory above all; two at once fit into the smallest server. It is above the least that OWASP asks
 * for (19 MB, two passes), and in memory what RFC 9106 recommends second. */
enum { ASK_PASSWORD_HASH = 128 };

/* NUL-terminated, with a salt of its own. False: there is no memory for it. */
bool ask_password_hash(struct ask_text password, char ret_hash[ASK_PASSWORD_HASH]);
/* hash NULL: there is no such password; it takes as long, and is false. False as well when there is no memory. */
bool ask_password_check(struct ask_text password, const char *hash);
/* Made with other parameters than those in force, or not by us at all. */
bool ask_password_is_old(const char *hash);

#endif
