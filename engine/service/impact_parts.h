/* The parts of an impact run. Private to service/impact*.c.
 *   impact_feed.c     households as lines, from a file or a store      impact_tally.c  counting, and which examples to keep
 *   impact_explain.c  what decides an example, under both sets         impact_same.c   what need not be computed twice
 *   impact.c          the threads
 *   impact_json.c, impact_html.c  reports */
#ifndef ASK_SERVICE_IMPACT_PARTS_H
#define ASK_SERVICE_IMPACT_PARTS_H

#include "service/bulk_parts.h"
#include "service/impact.h"

/* ---- households in, one chunk of lines at a time ---- */

struct ask_impact_feed {
  const struct ask_impact_options *options;
  struct ask_problems *problems;
  /* a file */
  struct ask_bulk_input input;
  /* a store */
  struct ask_arena *page;
  struct ask_buffer cursor, pending; /* pending: the latest revision so far of the assessment that the walk is in */
  struct ask_uuid assessment;
  int64_t line, total;
  bool ended;
};
bool ask_impact_feed_open(struct ask_impact_feed *feed, const struct ask_impact_options *options,
                          struct ask_problems *problems);
/* A chunk without lines is the end. False after adding a problem. One thread at a time. */
bool ask_impact_feed_next(struct ask_impact_feed *feed, struct ask_bulk_chunk *chunk);
/* Households in all, as far as it can be told; 0: not. */
int64_t ask_impact_feed_total(const struct ask_impact_feed *feed, int64_t done);
void ask_impact_feed_close(struct ask_impact_feed *feed);

/* ---- counting ---- */

/* A program in one or both sets of rules: its number there, -1 where there is none. */
struct ask_impact_pair {
  const char *id;
  int32_t from, to;
  bool same; /* says the same under both, whatever the household */
};
/* Sets `same`. */
void ask_impact_mark_same(const struct ask_impact_options *options, struct ask_impact_pair *pairs, size_t count);

/* Longest household that is kept for explaining an example; a longer one is an example without reasons. */
enum { ASK_IMPACT_TEXT = 16 * 1024 };

struct ask_impact_kept {
  int64_t line; /* 0: free */
  struct ask_brief from, to;
  int from_state, to_state;
  char *text; /* malloc; NULL: too long */
  size_t length;
};

struct ask_impact_count {
  int64_t moves[ASK_IMPACT_STATES][ASK_IMPACT_STATES];
  int64_t kinds[ASK_IMPACT_KINDS];
  int64_t cents_more, cents_less;
  struct ask_impact_kept kept[ASK_IMPACT_KINDS][ASK_IMPACT_EXAMPLES]; /* those of the lowest lines, in their order */
};

/* Of one thread; added up at the end. */
struct ask_impact_tally {
  const struct ask_impact_pair *pairs;
  size_t pair_count;
  struct ask_impact_count *counts; /* pair_count */
  int64_t households, rejected, changed, gaining, losing;
  struct ask_impact_reject rejects[ASK_IMPACT_REJECTS]; /* of the lowest lines, in their order; malloc */
  size_t reject_count;
};
void ask_impact_tally_open(struct ask_impact_tally *tally, const struct ask_impact_pair *pairs, size_t count);
void ask_impact_tally_close(struct ask_impact_tally *tally);
void ask_impact_tally_household(struct ask_impact_tally *tally, const struct ask_brief *from,
                                const struct ask_brief *to, int64_t line, const char *text, size_t length);
void ask_impact_tally_reject(struct ask_impact_tally *tally, int64_t line, const struct ask_problem *problem);
/* `from` is empty afterwards. */
void ask_impact_tally_add(struct ask_impact_tally *to, struct ask_impact_tally *from);

/* ---- examples ---- */

/* Fills ret's programs from the tally, with what decides each example. */
void ask_impact_explain(const struct ask_impact_options *options, const struct ask_impact_tally *tally,
                        struct ask_arena *arena, struct ask_impact *ret);

#endif
