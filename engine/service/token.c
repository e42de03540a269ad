/* Tokens as sealed texts. */
#include "service/token.h"

#include <string.h>

#include "service/keys.h"

enum { PLAIN = 8 + 32 };
static const char PREFIX[] = "token_";

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

static bool read_hex(const char *text, size_t length, unsigned char *ret) {
  for (size_t i = 0; i < length; i++) {
    int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    ret[i] = (unsigned char)(high * 16 + low);
  }
  return true;
}

static void write_hex(const unsigned char *bytes, size_t length, char *ret) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < length; i++) {
    ret[2 * i] = digits[bytes[i] >> 4];
    ret[2 * i + 1] = digits[bytes[i] & 15];
  }
  ret[2 * length] = '\0';
}

bool ask_token_is(struct ask_text text) {
  return text.length == ASK_TOKEN_LETTERS && memcmp(text.bytes, PREFIX, sizeof PREFIX - 1) == 0;
}

void ask_token_make(const unsigned char secret[ASK_SEAL_KEY], const char key_hash[ASK_HASH_TEXT], int64_t now,
                    char ret[ASK_TOKEN_TEXT]) {
  unsigned char plain[PLAIN] = {0}, nonce[ASK_SEAL_NONCE], sealed[ASK_TOKEN_BYTES];
  uint64_t until = (uint64_t)(now + ASK_TOKEN_SECONDS);
  for (int i = 0; i < 8; i++) plain[i] = (unsigned char)(until >> 8 * i);
  read_hex(key_hash, 32, plain + 8);
  ask_random(nonce, sizeof nonce);
  ask_seal(secret, nonce, plain, sizeof plain, sealed);
  memcpy(ret, PREFIX, sizeof PREFIX - 1);
  write_hex(sealed, sizeof sealed, ret + sizeof PREFIX - 1);
}

bool ask_token_read(const unsigned char secret[ASK_SEAL_KEY], struct ask_text token, int64_t now,
                    char ret_key_hash[ASK_HASH_TEXT]) {
  unsigned char sealed[ASK_TOKEN_BYTES], plain[PLAIN];
  uint64_t until = 0;
  if (!ask_token_is(token) || !read_hex(token.bytes + sizeof PREFIX - 1, sizeof sealed, sealed) ||
      !ask_unseal(secret, sealed, sizeof sealed, plain))
    return false;
  for (int i = 0; i < 8; i++) until |= (uint64_t)plain[i] << 8 * i;
  if ((int64_t)until <= now || (int64_t)until > now + ASK_TOKEN_SECONDS + 60) return false;
  write_hex(plain + 8, 32, ret_key_hash);
  return true;
}
