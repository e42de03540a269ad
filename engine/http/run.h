/* The flow of a request: from its first line to the end of its reply. The functions are called by libmicrohttpd's
 * callbacks (server.c), on the thread that serves the connection. */
#ifndef ASK_HTTP_RUN_H
#define ASK_HTTP_RUN_H

#include "http/request.h"

/* The request line is there. uri NULL: it names none. */
struct ask_request *ask_run_first_line(struct ask_server *server, struct ask_peer *peer, const char *uri,
                                       struct MHD_Connection *connection);
/* Headers are there (first call), a part of the body (length > 0), or all of it. False: the connection has to be closed. */
bool ask_run_step(struct ask_request *request, const char *method, const char *version, const char *part,
                  size_t length);
/* The reply has gone, or the connection. status: what libmicrohttpd says was sent, 0: nothing. */
void ask_run_end(struct ask_server *server, struct ask_peer *peer, struct ask_request *request, unsigned status,
                 bool well);

/* The connection goes: a request that began and whose end was not told ends here. */
void ask_run_drop(struct ask_server *server, struct ask_peer *peer);

#endif
