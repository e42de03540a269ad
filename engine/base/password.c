/* Argon2id through libsodium. */
#include "base/password.h"

#include <stdlib.h>

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>

enum { PASSES = 2, MEMORY = 64 * 1024 * 1024 };
_Static_assert(ASK_PASSWORD_HASH == crypto_pwhash_STRBYTES, "a hash has its length");
_Static_assert(PASSES >= crypto_pwhash_OPSLIMIT_INTERACTIVE, "not below what libsodium asks for");
_Static_assert(MEMORY >= crypto_pwhash_MEMLIMIT_INTERACTIVE, "not below what libsodium asks for");

/* Of a password that nobody has, with the parameters above. */
static const char NOBODYS[] = "$argon2id$v=19$m=65536,t=2,p=1$PPvOeEQHXxDbaY54ZMbUKA$"
                              "7aTDAjyZGgmXdSjGpaiTrTL/X7uyHBFsO5KTU62XFXQ";

/* The salt is random: without a source of randomness there can be no hash. */
static void ready(void) {
  if (sodium_init() < 0) abort();
}

bool ask_password_hash(struct ask_text password, char ret_hash[ASK_PASSWORD_HASH]) {
  ready();
  return crypto_pwhash_str(ret_hash, password.bytes, password.length, PASSES, MEMORY) == 0;
}

bool ask_password_check(struct ask_text password, const char *hash) {
  ready();
  return crypto_pwhash_str_verify(hash ? hash : NOBODYS, password.bytes, password.length) == 0 && hash;
}

bool ask_password_is_old(const char *hash) { return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0; }
