/* Sealing a few bytes so that only who has the key can read them, and nobody can change them (XChaCha20-Poly1305 through
 * libsodium). The nonce is passed in: 24 random bytes, fresh each time. */
#ifndef ASK_BASE_SEAL_H
#define ASK_BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

enum { ASK_SEAL_KEY = 32, ASK_SEAL_NONCE = 24, ASK_SEAL_TAG = 16 };

/* purpose: a word; what is sealed for one is nothing for another, so that one key serves several. ret: ASK_SEAL_NONCE + length +
 * ASK_SEAL_TAG bytes. */
void ask_seal(const unsigned char key[ASK_SEAL_KEY], const char *purpose, const unsigned char nonce[ASK_SEAL_NONCE],
              const void *bytes, size_t length, unsigned char *ret);
/* ret: length - ASK_SEAL_NONCE - ASK_SEAL_TAG bytes. False, with nothing in it, when it was not sealed with this key for this
 * purpose. */
bool ask_unseal(const unsigned char key[ASK_SEAL_KEY], const char *purpose, const unsigned char *sealed, size_t length,
                unsigned char *ret);

#endif
