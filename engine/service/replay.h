/* Replay: earlier results, computed again and compared byte for byte: what `assess --json` or `assess --bulk`
 * printed, or every revision of a store. */
#ifndef ASK_SERVICE_REPLAY_H
#define ASK_SERVICE_REPLAY_H

#include "service/assess.h"
#include "store/store.h"

struct ask_replay_outcome {
  int64_t line;           /* of the file */
  const char *assessment; /* of a store: its id; NULL: of a file */
  int32_t revision;
  bool same;
  /* otherwise: */
  const struct ask_problem *problems; /* it could not be computed again */
  size_t problem_count;
  const char *path;         /* where the first byte differs: determinations[2].status */
  int64_t offset;           /* of that byte in the line, from 0 */
  const char *before, *now; /* some bytes around it */
  const char *const
      *changes; /* what is different in engine, form and rules; none: the same rules gave another result */
  size_t change_count;
};
typedef void ask_replay_observer(void *context, const struct ask_replay_outcome *outcome);

/* Replays a file with one result, or one result a line; outcomes live until the observer returns. False after adding
 * a problem: the file cannot be read. */
bool ask_replay(struct ask_desk *desk, const struct ask_rules *rules, const char *path, ask_replay_observer *observer,
                void *context, struct ask_problems *problems);

struct ask_replay_store {
  ask_store_session *session;
  const struct ask_rules *rules; /* NULL: each revision under the rules that it was recorded with */
  const char *scratch;           /* folder for recorded rules while it runs; made if absent */
  void (*progress)(void *context, int64_t done, int64_t total); /* may be NULL */
};
/* Replays every revision of a store, in no particular order. Each set of rules is loaded once, a few at a time;
 * memory does not grow with the store. A revision whose rules are not recorded, or do not load, is one that cannot
 * be computed. False after adding a problem: the store cannot be read. */
bool ask_replay_store(const struct ask_replay_store *store, ask_replay_observer *observer, void *context,
                      struct ask_problems *problems);

#endif
