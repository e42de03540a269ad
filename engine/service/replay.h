/* Replay: what an earlier `assess --json` or `assess --bulk` printed, computed again and compared byte for byte. */
#ifndef ASK_SERVICE_REPLAY_H
#define ASK_SERVICE_REPLAY_H

#include "service/assess.h"

struct ask_replay_outcome {
  int64_t line; /* of the file */
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

#endif
