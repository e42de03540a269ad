/* base/password.h with the least that Argon2id costs, for a program that signs in some hundred times and is about what comes of it. It
 * stands in the place of base/password.c in the one program that includes it. What is shipped, and that hashes of other parameters
 * are made anew, test_service_accounts.c has. */
#ifndef TESTS_UNIT_QUICK_PASSWORD_H
#define TESTS_UNIT_QUICK_PASSWORD_H

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>

#include "base/password.h"

enum { PASSES = crypto_pwhash_OPSLIMIT_MIN, MEMORY = crypto_pwhash_MEMLIMIT_MIN };

bool ask_password_hash(struct ask_text password, char ret_hash[ASK_PASSWORD_HASH]) {
  return sodium_init() >= 0 && crypto_pwhash_str(ret_hash, password.bytes, password.length, PASSES, MEMORY) == 0;
}

bool ask_password_check(struct ask_text password, const char *hash) {
  return hash && sodium_init() >= 0 && crypto_pwhash_str_verify(hash, password.bytes, password.length) == 0;
}

bool ask_password_is_old(const char *hash) { return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0; }

#endif
