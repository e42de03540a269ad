/* Hexadecimal digits. */
#include "base/hex.h"

void ask_hex_write(const unsigned char *bytes, size_t length, char *ret) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < length; i++) {
    ret[2 * i] = digits[bytes[i] >> 4];
    ret[2 * i + 1] = digits[bytes[i] & 15];
  }
  ret[2 * length] = '\0';
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

bool ask_hex_read(const char *text, size_t length, unsigned char *ret) {
  for (size_t i = 0; i < length; i++) {
    int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    ret[i] = (unsigned char)(high * 16 + low);
  }
  return true;
}
