/* UUID version 7 (RFC 9562): identifiers that sort by the time they were made. The clock and the randomness are
 * passed in.
 *
 * An assessment's identifier ends in the same 8 bytes as its client's: the *client key*. So whoever holds the id of
 * an assessment knows in which partition its rows are, without looking it up (docs/adr/0009-store.md). */
#ifndef ASK_BASE_UUID_H
#define ASK_BASE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASK_UUID_TEXT = 37 };

struct ask_uuid {
  unsigned char bytes[16];
};

/* milliseconds since 1970; random: 10 bytes. */
struct ask_uuid ask_uuid_v7(int64_t milliseconds, const unsigned char random[10]);
/* One more identifier for the same client: `client` is any identifier that ends in its key; random: 2 bytes. */
struct ask_uuid ask_uuid_v7_of_client(int64_t milliseconds, const unsigned char random[2],
                                      const struct ask_uuid *client);
/* The last 8 bytes as a number. */
int64_t ask_uuid_client_key(const struct ask_uuid *uuid);
/* Milliseconds since 1970 as written into it. */
int64_t ask_uuid_time(const struct ask_uuid *uuid);
/* Lower case with dashes, NUL-terminated. */
void ask_uuid_text(const struct ask_uuid *uuid, char ret_text[ASK_UUID_TEXT]);
/* 36 characters with dashes in their places, either case; any version. */
bool ask_uuid_read(const char *text, size_t length, struct ask_uuid *ret);

#endif
