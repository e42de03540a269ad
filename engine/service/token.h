/* Tokens: what a partner gets for its name and key, to be sent instead of the key for an hour. A token is sealed: it names
 * the key by its hash and says until when; nothing is stored, and it is worth nothing once the key is revoked, which is
 * looked up each time. */
#ifndef ASK_SERVICE_TOKEN_H
#define ASK_SERVICE_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"

enum {
  ASK_TOKEN_SECONDS = 3600,
  ASK_TOKEN_BYTES = ASK_SEAL_NONCE + 8 + 32 + ASK_SEAL_TAG,
  ASK_TOKEN_LETTERS = 6 + 2 * ASK_TOKEN_BYTES, /* "token_" and hexadecimal digits */
  ASK_TOKEN_TEXT = ASK_TOKEN_LETTERS + 1,
};

/* key_hash: of ask_key_hash. now: seconds since 1970. */
void ask_token_make(const unsigned char secret[ASK_SEAL_KEY], const char key_hash[ASK_HASH_TEXT], int64_t now,
                    char ret[ASK_TOKEN_TEXT]);
/* False: it is no token of this secret, or its hour is over. */
bool ask_token_read(const unsigned char secret[ASK_SEAL_KEY], struct ask_text token, int64_t now,
                    char ret_key_hash[ASK_HASH_TEXT]);
/* By its look. */
bool ask_token_is(struct ask_text text);

#endif
