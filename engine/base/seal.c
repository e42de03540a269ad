/* Authenticated encryption through libsodium. */
#include "base/seal.h"

#include <string.h>

#include <sodium/crypto_aead_xchacha20poly1305.h>

_Static_assert(ASK_SEAL_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key has its length");
_Static_assert(ASK_SEAL_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "the nonce has its length");
_Static_assert(ASK_SEAL_TAG == crypto_aead_xchacha20poly1305_ietf_ABYTES, "the tag has its length");

void ask_seal(const unsigned char key[ASK_SEAL_KEY], const char *purpose, const unsigned char nonce[ASK_SEAL_NONCE],
              const void *bytes, size_t length, unsigned char *ret) {
  memcpy(ret, nonce, ASK_SEAL_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt(ret + ASK_SEAL_NONCE, NULL, bytes, length, (const unsigned char *)purpose,
                                             strlen(purpose), NULL, nonce, key);
}

bool ask_unseal(const unsigned char key[ASK_SEAL_KEY], const char *purpose, const unsigned char *sealed, size_t length,
                unsigned char *ret) {
  if (length < ASK_SEAL_NONCE + ASK_SEAL_TAG) return false;
  return crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, sealed + ASK_SEAL_NONCE, length - ASK_SEAL_NONCE,
                                                    (const unsigned char *)purpose, strlen(purpose), sealed, key) == 0;
}
