/* Something between a client and PostgreSQL's socket that loses what it should carry, at a chosen moment. */
#ifndef TEST_PROXY_PG_H
#define TEST_PROXY_PG_H

#include <stddef.h>

enum proxy_mode {
  PROXY_PASS,         /* carries everything */
  PROXY_LOSE_REQUEST, /* the next that a client sends is lost, and its connection; then PASS */
  PROXY_LOSE_HALF,    /* of the next that a client sends the second half is lost, and the connection; then PASS */
  PROXY_LOSE_ANSWER,  /* the next answer is lost, and the connection; then PASS */
  PROXY_HANG,         /* carries nothing, closes nothing, takes new connections */
  PROXY_LOSE_ANSWER_AND_HANG,
};

struct proxy;
/* cluster_url: as cluster.sh prints it. ret_url: the same through the proxy. Aborts when it cannot. */
struct proxy *proxy_start(const char *cluster_url, char *ret_url, size_t size);
void proxy_set(struct proxy *proxy, enum proxy_mode mode);
void proxy_stop(struct proxy *proxy);

#endif
