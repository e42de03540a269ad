/* How often something may happen, for each of many (addresses, keys): token buckets in a table of fixed size. When the
 * table is full, whoever was quiet longest is forgotten, to their advantage. */
#ifndef ASK_HTTP_LIMIT_H
#define ASK_HTTP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

struct ask_limit;
/* per_second: more than 0; burst: at least 1, how much may come at once after a quiet time. */
struct ask_limit *ask_limit_new(int64_t per_second, int64_t burst);
/* NULL is fine. Returns NULL. */
struct ask_limit *ask_limit_free(struct ask_limit *limit);
/* Takes one token. False when there is none; *ret_seconds (at least 1): when there will be one. now: ask_ticks(). */
bool ask_limit_take(struct ask_limit *limit, const unsigned char who[16], int64_t now, int *ret_seconds);
/* Whether there is one to take. */
bool ask_limit_has(struct ask_limit *limit, const unsigned char who[16], int64_t now, int *ret_seconds);

#endif
