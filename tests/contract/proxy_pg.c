/* Something between a client and PostgreSQL's socket that loses what it should carry. One thread, poll. */
#include "contract/proxy_pg.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { PAIRS = 64, SOCKET_NAME = 64 };

struct proxy {
  char folder[SOCKET_NAME], server[108];
  int listener;
  int client[PAIRS], to_server[PAIRS]; /* -1: free */
  _Atomic int mode;
  _Atomic int stop;
  pthread_t thread;
};

static struct sockaddr_un address_of(const char *folder) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%.80s/.s.PGSQL.5432", folder);
  return address;
}

static void close_pair(struct proxy *proxy, int i) {
  close(proxy->client[i]);
  close(proxy->to_server[i]);
  proxy->client[i] = proxy->to_server[i] = -1;
}

static void take(struct proxy *proxy) {
  int client = accept(proxy->listener, NULL, NULL), i = 0;
  if (client < 0) return;
  struct sockaddr_un address = address_of(proxy->server);
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  while (i < PAIRS && proxy->client[i] >= 0) i++;
  if (i == PAIRS || connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
    close(client);
    close(server);
    return;
  }
  proxy->client[i] = client;
  proxy->to_server[i] = server;
}

static void send_all(int to, const char *bytes, ssize_t length) {
  while (length > 0) {
    ssize_t sent = send(to, bytes, (size_t)length, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    bytes += sent;
    length -= sent;
  }
}

static void carry(struct proxy *proxy, int i, int from, int to) {
  static __thread char bytes[256 * 1024];
  ssize_t length = recv(from, bytes, sizeof bytes, 0);
  int mode = atomic_load(&proxy->mode), from_client = from == proxy->client[i];
  int lose_answer = mode == PROXY_LOSE_ANSWER || mode == PROXY_LOSE_ANSWER_AND_HANG;
  int lost = from_client ? mode == PROXY_LOSE_REQUEST || mode == PROXY_LOSE_HALF : lose_answer;
  if (length > 0 && mode == PROXY_LOSE_HALF && from_client) send_all(to, bytes, length / 2);
  if (length > 0 && !lost) {
    send_all(to, bytes, length);
    return;
  }
  if (length > 0) {
    int then = mode == PROXY_LOSE_ANSWER_AND_HANG ? PROXY_HANG : PROXY_PASS;
    atomic_compare_exchange_strong(&proxy->mode, &mode, then);
  }
  close_pair(proxy, i);
}

static void *run(void *context) {
  struct proxy *proxy = context;
  while (!atomic_load(&proxy->stop)) {
    struct pollfd wanted[1 + 2 * PAIRS] = {{.fd = proxy->listener, .events = POLLIN}};
    int hangs = atomic_load(&proxy->mode) == PROXY_HANG;
    for (int i = 0; i < PAIRS; i++) {
      wanted[1 + 2 * i] = (struct pollfd){.fd = hangs ? -1 : proxy->client[i], .events = POLLIN};
      wanted[2 + 2 * i] = (struct pollfd){.fd = hangs ? -1 : proxy->to_server[i], .events = POLLIN};
    }
    if (poll(wanted, 1 + 2 * PAIRS, 5) <= 0) continue;
    for (int i = 0; i < PAIRS; i++) {
      if (wanted[1 + 2 * i].revents) carry(proxy, i, proxy->client[i], proxy->to_server[i]);
      if (proxy->client[i] >= 0 && wanted[2 + 2 * i].revents) carry(proxy, i, proxy->to_server[i], proxy->client[i]);
    }
    if (wanted[0].revents) take(proxy);
  }
  return NULL;
}

struct proxy *proxy_start(const char *cluster_url, char *ret_url, size_t size) {
  struct proxy *proxy = calloc(1, sizeof *proxy);
  const char *host = strstr(cluster_url, "host=");
  if (!proxy || !host) abort();
  host += strlen("host=");
  snprintf(proxy->server, sizeof proxy->server, "%.*s", (int)strcspn(host, "&"), host);
  snprintf(proxy->folder, sizeof proxy->folder, "/tmp/askonce-proxy.XXXXXX");
  if (!mkdtemp(proxy->folder)) abort();
  for (int i = 0; i < PAIRS; i++) proxy->client[i] = proxy->to_server[i] = -1;
  struct sockaddr_un address = address_of(proxy->folder);
  proxy->listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(proxy->listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(proxy->listener, 32) != 0)
    abort();
  snprintf(ret_url, size, "%.*s%s%s", (int)(host - cluster_url), cluster_url, proxy->folder, host + strcspn(host, "&"));
  if (pthread_create(&proxy->thread, NULL, run, proxy) != 0) abort();
  return proxy;
}

void proxy_set(struct proxy *proxy, enum proxy_mode mode) { atomic_store(&proxy->mode, mode); }

void proxy_stop(struct proxy *proxy) {
  atomic_store(&proxy->stop, 1);
  pthread_join(proxy->thread, NULL);
  for (int i = 0; i < PAIRS; i++)
    if (proxy->client[i] >= 0) close_pair(proxy, i);
  close(proxy->listener);
  unlink(address_of(proxy->folder).sun_path);
  rmdir(proxy->folder);
  free(proxy);
}
