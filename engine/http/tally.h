/* How many connections each address has, for limits.connections_per_address. */
#ifndef ASK_HTTP_TALLY_H
#define ASK_HTTP_TALLY_H

#include <stdbool.h>
#include <stddef.h>

struct sockaddr;

/* IPv6, or IPv4 mapped into it; all zero for anything else. */
void ask_address_read(const struct sockaddr *address, unsigned char ret[16]);

struct ask_tally;
/* most: 0 for no limit; then nothing is counted. */
struct ask_tally *ask_tally_new(size_t most);
/* NULL is fine. Returns NULL. */
struct ask_tally *ask_tally_free(struct ask_tally *tally);
/* False: it has as many as it may. */
bool ask_tally_enter(struct ask_tally *tally, const unsigned char address[16]);
void ask_tally_leave(struct ask_tally *tally, const unsigned char address[16]);

#endif
