/* Libmicrohttpd's daemon. Private to the server. */
#ifndef ASK_HTTP_DAEMON_H
#define ASK_HTTP_DAEMON_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct ask_server;

/* certificate, key: texts of PEM files, NULL: no TLS. False: why is in server->message. */
bool ask_daemon_start(struct ask_server *server, const char *certificate, const char *key);
/* How long a connection that says nothing stays between two requests before it is parked at the door; 0: it stays. */
int64_t ask_daemon_park_seconds(const struct ask_server *server);
/* A connection on which something came. Its socket is the daemon's. */
void ask_daemon_add(struct ask_server *server, int socket, const struct sockaddr *address, socklen_t length);
/* Nothing is suspended any more. Closes all connections. */
void ask_daemon_stop(struct ask_server *server);

#endif
