/* What replaying a file and replaying a store share: one result, computed again and compared. Private to the replay. */
#ifndef ASK_SERVICE_REPLAY_PARTS_H
#define ASK_SERVICE_REPLAY_PARTS_H

#include "service/replay.h"

struct ask_json_reader;

/* Results under one set of rules. */
struct ask_replay {
  struct ask_desk *desk;
  const struct ask_rules *rules;
  const char *name;        /* of where they come from, for messages */
  struct ask_arena *arena; /* for one result */
  struct ask_json_reader *reader;
  ask_replay_observer *observer;
  void *context;
};

/* Computes the result again, compares, and tells the observer. `of` says which one it is; text is changed. The arena is
 * reset. */
void ask_replay_one(struct ask_replay *replay, char *text, size_t length, const struct ask_replay_outcome *of);

#endif
