/* The main job: from answers to a determination for every program, in one workspace per thread. */
#ifndef ASK_MODEL_ASSESS_H
#define ASK_MODEL_ASSESS_H

#include "model/answers.h"

struct ask_workspace;

/* Calls Lua function `function` of program number `program`; see ask_call_function. message (size bytes) says why on a fault. */
struct ask_host {
  void *context;
  struct ask_value (*call)(void *context, const struct ask_program *program, int32_t function,
                           const struct ask_value *arguments, size_t count, enum ask_type result, char *message,
                           size_t size);
};

/* Borrows host; takes a reference on the catalogue. For one thread at a time. */
struct ask_workspace *ask_workspace_new(const struct ask_catalogue *catalogue, const struct ask_host *host);
struct ask_workspace *ask_workspace_free(struct ask_workspace *workspace);
/* From now on `watch` is told what the bodies of aggregates come to, entry by entry; NULL: nobody. */
void ask_workspace_watch(struct ask_workspace *workspace, ask_body_watch *watch, void *context);

enum ask_reason_kind {
  ASK_REASON_UNMET,    /* a criterion that does not hold (unlikely) */
  ASK_REASON_POSSIBLE, /* what somebody has to judge (possible) */
  ASK_REASON_NOTE,     /* a note that holds */
  ASK_REASON_ERROR,    /* why the plugin failed */
  ASK_REASON_WITHHELD,
};
struct ask_reason {
  enum ask_reason_kind kind;
  const char *text, *cite, *code;
  bool unverified;
};

/* An answer that is wanted: an item, or one field of one entry of a list. */
struct ask_missing {
  int32_t item;             /* catalogue number */
  const char *path;         /* rent_monthly; household_roster[0].dob */
  enum ask_absence absence; /* unanswered, declined, unknown; present: its answer closes what is waited for */
};

struct ask_determination {
  const struct ask_program *program;
  enum ask_status status;
  const int64_t *words; /* registers of program->code: the values of every node and line */
  const uint8_t *states;
  const struct ask_missing *missing; /* need_info: what it waits for, in form order */
  size_t missing_count;
  const int32_t *because; /* unlikely: the items that the unmet criteria read */
  size_t because_count;
  const struct ask_reason *reasons;
  size_t reason_count;
  const struct ask_level_spec *level; /* NULL: none */
  int64_t deadline;                   /* date; valid when has_deadline */
  bool has_deadline;
  int32_t urgency;                       /* 0 now .. 7 routine, from the level or its act_within; 7 without a level */
  const struct ask_level_spec *could_be; /* a more urgent level that is not ruled out; NULL: none */
  const struct ask_missing *could_be_missing;
  size_t could_be_missing_count;
  struct ask_value score, amount;              /* state ASK_KNOWN: present. score: integer; amount: cents */
  bool has_score, has_amount;                  /* the program defines one */
  const struct ask_text_when_spec **documents; /* those that hold or may hold */
  size_t document_count;
  const char *next_step;         /* NULL: none */
  bool verified;                 /* nothing that it says rests on a rule or number marked unverified */
  const char *const *unverified; /* texts of what is not verified */
  size_t unverified_count;
};

/* A question that still matters. */
struct ask_next {
  int32_t item;
  const char *path;
  const int32_t *blocks; /* undecided programs that wait for it */
  size_t block_count;
  bool first; /* asked before anything else: somebody may be in danger */
};

/* A question that is not asked, and why. */
enum ask_not_asked_why {
  ASK_NOT_ASKED_HIDDEN,       /* its ask_when is not true */
  ASK_NOT_ASKED_DECIDED,      /* every program that reads it is decided */
  ASK_NOT_ASKED_URGENCY,      /* it can change no status, but how urgent a program is */
  ASK_NOT_ASKED_UNREAD,       /* none of the programs reads it for its status */
  ASK_NOT_ASKED_GIVEN_ABSENT, /* declined, or the person does not know */
};
struct ask_not_asked {
  int32_t item;
  enum ask_not_asked_why why;
};

/* One line of what is said about all results together. */
struct ask_finding {
  const struct ask_remark *remark;
  const char *const *seen; /* texts of the criteria below its condition that hold */
  size_t seen_count;
  bool verified; /* neither it nor a number behind it is marked unverified */
};

/* One step of the urgency ladder: of the pack's overview, or the level of a program that is not ruled out. */
struct ask_first_step {
  int32_t urgency;                               /* 0 now .. 7 routine */
  struct ask_finding finding;                    /* of the overview; remark NULL: a program's */
  const struct ask_determination *determination; /* NULL: the overview's */
  int64_t deadline;                              /* date; valid when has_deadline */
  bool has_deadline;
  bool verified;
  size_t order; /* as written, among those of the overviews */
};

struct ask_assess_options {
  ask_packs packs;      /* report programs of these packs; 0: all */
  const bool *programs; /* program_count flags: of them report these; NULL: all */
  const bool *withheld; /* item_count flags: may not be read here; NULL: none */
};

struct ask_result {
  const struct ask_answers *answers;
  const struct ask_value *items;                  /* all items as the programs saw them: derived, hidden, defaults */
  const struct ask_determination *determinations; /* of the chosen programs, in catalogue order */
  size_t determination_count;
  ask_packs packs; /* whose programs were asked for; with 0 as that, those of the chosen programs */
  const struct ask_problem *warnings;
  size_t warning_count;
  const int32_t *ignored; /* items that were given but are not asked (their ask_when is false) */
  size_t ignored_count;
  /* Of the overviews of the result's packs; without one both are empty. The ladder is sorted: the most urgent first. A program that is
   * not reported counts as one whose status is not known. */
  bool has_overview;
  const struct ask_first_step *first_steps;
  size_t first_step_count;
  const struct ask_finding *flags; /* those that hold */
  size_t flag_count;
};

/* Everything in the result lives in the workspace until its next ask_assess or free. NULL when the answers contradict each other
 * (a total that differs from its parts, a failed check): see problems. */
const struct ask_result *ask_assess(struct ask_workspace *workspace, const struct ask_answers *answers,
                                    const struct ask_assess_options *options, struct ask_problems *problems);

/* What a program says, without a word of why. */
struct ask_brief {
  enum ask_status status;
  bool has_amount;
  int64_t amount_cents; /* 0 unless has_amount */
};
/* Statuses and amounts alone, for counting many households: several times faster than ask_assess. options may be NULL; briefs
 * by program number, those of programs that were not chosen are left as they are. False when the answers contradict each
 * other: see problems. The workspace's last result is gone afterwards. */
bool ask_assess_briefs(struct ask_workspace *workspace, const struct ask_answers *answers,
                       const struct ask_assess_options *options, struct ask_brief *briefs,
                       struct ask_problems *problems);

/* What a program says in a result; NULL: it was not asked for. */
const struct ask_determination *ask_result_of(const struct ask_result *result, const struct ask_program *program);

/* Of the last result: what to ask next: what the overview wants to know before anything else, then most blocking first, ties
 * in form order; and what need not be asked (ret_not_asked
 * may be NULL). In the workspace's memory. */
size_t ask_next_items(struct ask_workspace *workspace, const struct ask_next **ret_next,
                      const struct ask_not_asked **ret_not_asked, size_t *ret_not_asked_count);

/* Of the last result: whether the household is asked this. */
enum ask_applies {
  ASK_APPLIES,
  ASK_APPLIES_MAYBE, /* another answer decides it, and is not known */
  ASK_APPLIES_NOT,
};
enum ask_applies ask_item_applies(struct ask_workspace *workspace, const struct ask_item *item);

/* What single change of one answer would change the status of a program. */
enum ask_change_kind {
  ASK_CHANGE_TO,      /* to this value */
  ASK_CHANGE_AT_MOST, /* numbers, money, dates: to this value or less */
  ASK_CHANGE_AT_LEAST,
};
struct ask_change {
  int32_t item;
  enum ask_change_kind kind;
  struct ask_value from, to;
  enum ask_status status; /* what it would then be */
};
struct ask_what_if {
  enum ask_status status;           /* now */
  const struct ask_change *changes; /* sorted: better status first, then form order */
  size_t change_count;
  const struct ask_node *const *unmet; /* the unmet leaf criteria, whether or not a change was found */
  size_t unmet_count;
};
/* Leaves the workspace's last result standing. */
void ask_what_if(struct ask_workspace *workspace, const struct ask_program *program, struct ask_what_if *ret);

#endif
