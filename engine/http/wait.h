/* Connections that wait: suspended in libmicrohttpd while their request is with the writer or the pool. */
#ifndef ASK_HTTP_WAIT_H
#define ASK_HTTP_WAIT_H

#include "http/request.h"

/* On the connection's thread. From here on the request belongs to whoever resumes it. False: nothing is waited for any more
 * (the server ends), and the connection has to be closed. */
bool ask_wait_begin(struct ask_request *request);
/* The last thing that is done with a request by anybody but the connection's thread. */
void ask_wait_end(struct ask_request *request);
/* request->job is the pool's next. */
void ask_wait_pool(struct ask_request *request);

/* For the end of a drain that took too long: all connections that wait go on without their requests, which stay until
 * their owners are done with them; nothing waits from now on. */
void ask_wait_cut(struct ask_server *server);

#endif
