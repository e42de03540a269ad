/* SHA-256 through libsodium. Not for passwords or keys. */
#include "base/hash.h"

#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof((struct ask_hash *)0)->state, "the state has room");
_Static_assert(ASK_HASH_TEXT == 2 * crypto_hash_sha256_BYTES + 1, "the text is the hash in hexadecimal");

static crypto_hash_sha256_state *state_of(struct ask_hash *hash) {
  return (crypto_hash_sha256_state *)(void *)hash->state;
}

void ask_hash_start(struct ask_hash *hash) { crypto_hash_sha256_init(state_of(hash)); }

void ask_hash_add(struct ask_hash *hash, const void *bytes, size_t length) {
  if (length) crypto_hash_sha256_update(state_of(hash), bytes, length);
}

void ask_hash_end(struct ask_hash *hash, char ret_text[ASK_HASH_TEXT]) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(state_of(hash), digest);
  sodium_bin2hex(ret_text, ASK_HASH_TEXT, digest, sizeof digest);
}
