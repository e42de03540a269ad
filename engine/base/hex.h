/* Bytes as lower-case hexadecimal digits, and back. */
#ifndef ASK_BASE_HEX_H
#define ASK_BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* ret: 2 * length + 1 bytes, NUL-terminated. */
void ask_hex_write(const unsigned char *bytes, size_t length, char *ret);
/* Reads 2 * length digits. False: one is none. */
bool ask_hex_read(const char *text, size_t length, unsigned char *ret);

#endif
