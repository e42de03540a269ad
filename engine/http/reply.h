/* From a request's answer to libmicrohttpd's response. */
#ifndef ASK_HTTP_REPLY_H
#define ASK_HTTP_REPLY_H

#include "http/request.h"

/* Hands the answer to libmicrohttpd. False: it did not take it, and the connection has to be closed. */
bool ask_reply_queue(struct ask_request *request);

#endif
