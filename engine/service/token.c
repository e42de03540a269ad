/* Tokens as sealed texts. */
#include "service/token.h"

#include <string.h>

#include "base/hex.h"
#include "service/keys.h"

enum { PLAIN = 8 + 32 };
static const char PREFIX[] = "token_", PURPOSE[] = "token";

bool ask_token_is(struct ask_text text) {
  return text.length == ASK_TOKEN_LETTERS && memcmp(text.bytes, PREFIX, sizeof PREFIX - 1) == 0;
}

void ask_token_make(const unsigned char secret[ASK_SEAL_KEY], const char key_hash[ASK_HASH_TEXT], int64_t now,
                    char ret[ASK_TOKEN_TEXT]) {
  unsigned char plain[PLAIN] = {0}, nonce[ASK_SEAL_NONCE], sealed[ASK_TOKEN_BYTES];
  uint64_t until = (uint64_t)(now + ASK_TOKEN_SECONDS);
  for (int i = 0; i < 8; i++) plain[i] = (unsigned char)(until >> 8 * i);
  ask_hex_read(key_hash, 32, plain + 8);
  ask_random(nonce, sizeof nonce);
  ask_seal(secret, PURPOSE, nonce, plain, sizeof plain, sealed);
  memcpy(ret, PREFIX, sizeof PREFIX - 1);
  ask_hex_write(sealed, sizeof sealed, ret + sizeof PREFIX - 1);
}

bool ask_token_read(const unsigned char secret[ASK_SEAL_KEY], struct ask_text token, int64_t now,
                    char ret_key_hash[ASK_HASH_TEXT]) {
  unsigned char sealed[ASK_TOKEN_BYTES], plain[PLAIN];
  uint64_t until = 0;
  if (!ask_token_is(token) || !ask_hex_read(token.bytes + sizeof PREFIX - 1, sizeof sealed, sealed) ||
      !ask_unseal(secret, PURPOSE, sealed, sizeof sealed, plain))
    return false;
  for (int i = 0; i < 8; i++) until |= (uint64_t)plain[i] << 8 * i;
  if ((int64_t)until <= now || (int64_t)until > now + ASK_TOKEN_SECONDS + 60) return false;
  ask_hex_write(plain + 8, 32, ret_key_hash);
  return true;
}
