/* SHA-256 (libsodium) for source hashes. */
#ifndef ASK_BASE_HASH_H
#define ASK_BASE_HASH_H

#include <stddef.h>

enum { ASK_HASH_TEXT = 65 };

struct ask_hash {
  unsigned char state[128] __attribute__((aligned(16)));
};
void ask_hash_start(struct ask_hash *hash);
void ask_hash_add(struct ask_hash *hash, const void *bytes, size_t length);
/* Lower-case hexadecimal, NUL-terminated. */
void ask_hash_end(struct ask_hash *hash, char ret_text[ASK_HASH_TEXT]);

#endif
