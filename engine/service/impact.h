/* What a change of rules does to a whole caseload: every household under two sets of rules, and for each program who gains,
 * who loses, who has to be asked more, and how amounts move. Counts, and a few households as examples; memory does not grow
 * with the caseload. Not for one household: see what-if. */
#ifndef ASK_SERVICE_IMPACT_H
#define ASK_SERVICE_IMPACT_H

#include <signal.h>

#include "service/assess.h"
#include "store/store.h"

enum ask_impact_kind {
  ASK_IMPACT_GAINS,        /* likely or possible now, and was not */
  ASK_IMPACT_LOSES,        /* was likely or possible, and now it is ruled out (or fails, or is gone) */
  ASK_IMPACT_TO_NEED_INFO, /* need_info now, and was decided */
  ASK_IMPACT_RULED_OUT,    /* was need_info, unlikely now */
  ASK_IMPACT_SHIFTS,       /* any other change of status: likely to possible, an error, ... */
  ASK_IMPACT_MORE,         /* the amount is larger */
  ASK_IMPACT_LESS,
  ASK_IMPACT_KINDS,
};
const char *ask_impact_kind_word(enum ask_impact_kind kind); /* gains, loses, to_need_info, ... for machines */

/* A status, or that the rules do not have the program. */
enum { ASK_IMPACT_ABSENT = ASK_STATUS_COUNT, ASK_IMPACT_STATES };
const char *ask_impact_state_word(int state);

/* A household that shows what happens. */
struct ask_impact_example {
  int64_t line;   /* number of its line, or of its assessment in the order of the store; from 1 */
  const char *id; /* the sender's reference, or the assessment's id; NULL: none */
  struct ask_brief from, to;
  int from_state, to_state;
  const char *const *why_from, *const
                                   *why_to; /* what decides: unmet criteria, what is asked for, what an agency judges */
  size_t why_from_count, why_to_count;
};
enum { ASK_IMPACT_EXAMPLES = 3 };

struct ask_impact_program {
  const char *id, *name;
  const char *amount_text, *amount_per;                /* NULL: neither set of rules has an amount for it */
  int64_t moves[ASK_IMPACT_STATES][ASK_IMPACT_STATES]; /* households by [state before][state after] */
  int64_t kinds[ASK_IMPACT_KINDS];
  int64_t cents_more, cents_less; /* of those whose amount is larger, smaller: the sums of the differences */
  struct ask_impact_example examples[ASK_IMPACT_KINDS][ASK_IMPACT_EXAMPLES];
  size_t example_count[ASK_IMPACT_KINDS];
};

struct ask_impact_reject {
  int64_t line;
  const char *message; /* "answers.incom: there is no such question (did you mean income?)" */
};
enum { ASK_IMPACT_REJECTS = 5 };

struct ask_impact {
  int64_t households, rejected;
  int64_t changed, gaining, losing; /* households in which any program's status changed; ... gains; ... loses */
  const struct ask_impact_program *programs; /* of either set, in the order of the new one */
  size_t program_count;
  struct ask_impact_reject rejects[ASK_IMPACT_REJECTS]; /* the first ones */
  size_t reject_count;
  double seconds;
  int jobs;
  bool stopped; /* by `stop`: the counts are of what was seen until then */
};

struct ask_impact_options {
  const struct ask_rules *from, *to;
  const char *in;             /* path of JSON lines, or "-"; NULL: the store */
  ask_store_session *session; /* the latest revision of every assessment */
  const char *programs;       /* "aps,snap"; NULL: all */
  int64_t as_of;              /* as in struct ask_desk_source */
  bool as_of_wins;
  int jobs; /* threads; 0: as many as there are processors */
  const volatile sig_atomic_t *stop;
  void (*progress)(void *context, int64_t households, int64_t total); /* total: an estimate, 0: not known. NULL: none */
  void *context;
};

/* False after adding problems (in problems->arena, where all of ret lives). */
bool ask_impact_run(const struct ask_impact_options *options, struct ask_impact *ret, struct ask_problems *problems);

/* What stands above a report. */
struct ask_impact_title {
  const char *from, *to;           /* as the person named them */
  const char *from_hash, *to_hash; /* of the rules' files */
  const char *input;               /* as named */
  int64_t as_of;
  bool as_of_wins;
};
/* One object, without a line end. */
void ask_impact_json(const struct ask_impact *impact, const struct ask_impact_title *title, struct ask_buffer *out);
/* A page that stands alone: tables and a chart (SVG), no script, nothing fetched. */
void ask_impact_html(const struct ask_impact *impact, const struct ask_impact_title *title, struct ask_buffer *out);

#endif
