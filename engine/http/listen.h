/* The socket that is listened on. */
#ifndef ASK_HTTP_LISTEN_H
#define ASK_HTTP_LISTEN_H

#include <stdint.h>

#include "base/problem.h"

/* host: an address or a name. port 0: any free one. Returns the socket and sets *ret_port, or -1 after adding a problem. */
int ask_listen(const char *host, int64_t port, int *ret_port, struct ask_problems *problems);

#endif
