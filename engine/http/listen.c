/* Ours rather than libmicrohttpd's, so that what is wrong can be said, and port 0 becomes the port that it is. */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { QUEUE = 4096 };

static int try_address(const struct addrinfo *address) {
  int file = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1;
  if (file < 0) return -1;
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(file, address->ai_addr, address->ai_addrlen) == 0 && listen(file, QUEUE) == 0) return file;
  int error = errno;
  close(file);
  errno = error;
  return -1;
}

static void complain(struct ask_problems *problems, const char *host, int64_t port, int error) {
  if (error == EADDRINUSE)
    ask_problem_add(problems, ASK_ERROR, "port-taken", ASK_NOWHERE, "listen.port",
                    "stop what listens there, or choose another with --port", "port %lld of %s is taken",
                    (long long)port, host);
  else if (error == EACCES)
    ask_problem_add(problems, ASK_ERROR, "port-refused", ASK_NOWHERE, "listen.port",
                    "choose a port from 1024 on with --port, and a proxy in front of it",
                    "port %lld needs more rights than this process has", (long long)port);
  else
    ask_problem_add(problems, ASK_ERROR, "bad-address", ASK_NOWHERE, "listen.host",
                    "127.0.0.1 serves this machine only, 0.0.0.0 every network that it is in",
                    "cannot listen on %s: %s", host, strerror(error));
}

int ask_listen(const char *host, int64_t port, int *ret_port, struct ask_problems *problems) {
  char service[16];
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
  struct addrinfo *found = NULL;
  snprintf(service, sizeof service, "%d", (int)port);
  int code = getaddrinfo(host, service, &hints, &found);
  if (code != 0) {
    ask_problem_add(problems, ASK_ERROR, "bad-address", ASK_NOWHERE, "listen.host",
                    "127.0.0.1 serves this machine only, 0.0.0.0 every network that it is in", "%s is no address: %s",
                    host, gai_strerror(code));
    return -1;
  }
  int file = -1;
  for (const struct addrinfo *address = found; address && file < 0; address = address->ai_next)
    file = try_address(address);
  int error = errno;
  freeaddrinfo(found);
  if (file < 0) {
    complain(problems, host, port, error);
    return -1;
  }
  struct sockaddr_in6 bound; /* IPv4 has its port in the same place */
  socklen_t length = sizeof bound;
  *ret_port = getsockname(file, (struct sockaddr *)&bound, &length) == 0 ? ntohs(bound.sin6_port) : (int)port;
  return file;
}
