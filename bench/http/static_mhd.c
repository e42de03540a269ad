/* The least a libmicrohttpd server can do: reads the body and answers the same bytes every time. The limit that askonce's
 * server is measured against: the same library, polling and number of threads. Not a server for anything else.
 *   static_mhd PORT BYTES [THREADS] */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reply {
  char *bytes;
  size_t length;
};

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_length, void **request) {
  static const char seen;
  (void)url, (void)method, (void)version, (void)body;
  if (!*request) {
    *request = (void *)(uintptr_t)&seen;
    return MHD_YES;
  }
  if (*body_length) {
    *body_length = 0;
    return MHD_YES;
  }
  const struct reply *reply = context;
  struct MHD_Response *response = MHD_create_response_from_buffer(reply->length, reply->bytes, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
  enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
  MHD_destroy_response(response);
  return queued;
}

int main(int argc, char **argv) {
  if (argc < 3 || atoi(argv[1]) < 1 || atoi(argv[2]) < 2) {
    fprintf(stderr, "static_mhd PORT BYTES [THREADS]\n");
    return 2;
  }
  int port = atoi(argv[1]);
  struct reply reply = {.length = (size_t)atoi(argv[2])};
  unsigned threads = argc > 3 ? (unsigned)atoi(argv[3]) : 2;
  reply.bytes = malloc(reply.length);
  if (!reply.bytes) return 1;
  memset(reply.bytes, 'x', reply.length);
  reply.bytes[0] = reply.bytes[reply.length - 1] = '"'; /* a JSON text */

  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  sigaddset(&end, SIGINT);
  sigprocmask(SIG_BLOCK, &end, NULL);
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct MHD_Daemon *daemon =
      MHD_start_daemon(MHD_USE_POLL_INTERNAL_THREAD, (uint16_t)port, NULL, NULL, answer, &reply, MHD_OPTION_SOCK_ADDR,
                       &address, MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, 2000u,
                       MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_END);
  if (!daemon) {
    fprintf(stderr, "static_mhd: port %d cannot be had\n", port);
    return 1;
  }
  int which;
  sigwait(&end, &which);
  MHD_stop_daemon(daemon);
  free(reply.bytes);
  return 0;
}
