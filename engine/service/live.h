/* The rules in force. A *generation* is one loaded set of rules, immutable and counted; a reload builds the next one
 * aside, runs every golden case on it, and swaps it in only if all pass. Who has pinned a generation finishes on it. */
#ifndef ASK_SERVICE_LIVE_H
#define ASK_SERVICE_LIVE_H

#include "base/hash.h"
#include "service/catalogue.h"

struct ask_generation {
  const struct ask_rules *rules; /* rules->files: its source files as they were read, to be recorded under the hash */
  struct ask_data_places places;
  ask_packs packs; /* whose programs are asked when a request names none */
  char hash[ASK_HASH_TEXT]; /* of all its source files: the id of the recorded rules */
  int64_t number;           /* 1, 2, ... since the start */
  int64_t loaded_at;        /* microseconds since 1970 */
  size_t programs, broken;  /* how many programs; how many of them did not load */
};

struct ask_live;
/* Loads the first generation. A broken plugin is a program that says so; the rest goes on (problems tells). NULL when
 * there is no form to ask with. default_packs: ids, with commas between, of the loaded packs that are asked when a request
 * names none, or all; NULL: nyc if it is loaded, else all. Both are copied. */
struct ask_live *ask_live_open(const struct ask_data_options *options, const char *default_packs,
                               struct ask_problems *problems);
/* Every pin given back before. NULL is fine. Returns NULL. */
struct ask_live *ask_live_close(struct ask_live *live);

const struct ask_generation *ask_live_pin(struct ask_live *live);
void ask_live_unpin(struct ask_live *live, const struct ask_generation *generation);

struct ask_reload_report {
  bool swapped;   /* false: the old generation goes on */
  bool unchanged; /* the files are the ones in force: nothing to do */
  size_t cases, failed;
  int64_t generation; /* in force now */
  char hash[ASK_HASH_TEXT];
  size_t programs;
};
/* For one caller at a time (others wait). problems: each with file:line, what is wrong, what to do: plugins that do not
 * load, golden cases that fail. A plugin that is broken also before the reload is an error still. */
bool ask_live_reload(struct ask_live *live, struct ask_reload_report *ret, struct ask_problems *problems);

#endif
