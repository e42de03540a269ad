/* The main job from text to result, for one thread: JSON in, the model's result out, JSON out. */
#ifndef ASK_SERVICE_ASSESS_H
#define ASK_SERVICE_ASSESS_H

#include "model/assess.h"
#include "service/catalogue.h"
#include "json/write.h"

/* A desk: everything one thread needs to assess one household after another. Borrows the rules. */
struct ask_desk;
struct ask_desk *ask_desk_new(const struct ask_rules *rules);
/* NULL is fine. Returns NULL. */
struct ask_desk *ask_desk_free(struct ask_desk *desk);
struct ask_workspace *ask_desk_workspace(struct ask_desk *desk);
struct ask_fragments *ask_desk_fragments(struct ask_desk *desk);
/* The view of the last result's day. */
const struct ask_dated *ask_desk_dated(struct ask_desk *desk, const struct ask_result *result);

/* Where a text comes from and what holds where it says nothing. */
struct ask_desk_source {
  const char *file; /* for messages; NULL: none */
  int line;         /* number of its first line; 0 means 1 */
  size_t limit;     /* bytes */
  int64_t as_of;    /* the day when the text names none */
  bool as_of_wins;  /* that day even when the text names another */
};

/* A household as it was sent. */
struct ask_household {
  const struct ask_answers *answers;
  const char *id; /* the sender's own reference; NULL: none */
};

/* Reads {"as_of": DATE, "id": TEXT, "answers": {...}}; as_of and id may be left out. All memory is the desk's until
 * its next ask_desk_read. False after adding problems (in the caller's arena). */
bool ask_desk_read(struct ask_desk *desk, const struct ask_desk_source *source, const char *bytes, size_t length,
                   struct ask_household *ret, struct ask_problems *problems);
/* The same from a tree that is already there, which stays borrowed as long as the household is used. */
bool ask_desk_read_tree(struct ask_desk *desk, const struct ask_desk_source *source, const struct ask_raw *raw,
                        struct ask_household *ret, struct ask_problems *problems);

/* Which programs are asked. */
struct ask_choice {
  ask_packs packs;      /* of these packs; 0: of all, or of those that the programs are of */
  const bool *programs; /* by program number; NULL: all of the packs */
};

/* The determinations; choice NULL: of all programs. NULL after adding problems. Lives until the next call. */
const struct ask_result *ask_desk_assess(struct ask_desk *desk, const struct ask_household *household,
                                         const struct ask_choice *choice, struct ask_problems *problems);
/* The last result as JSON, without a line end. choice: that with which it was assessed. */
void ask_desk_write(struct ask_desk *desk, const struct ask_result *result, const struct ask_household *household,
                    const struct ask_choice *choice, enum ask_detail detail, bool with_next, struct ask_buffer *buffer);

/* The same with `questions` (json/write.h): what a page that shows the form has to know besides. */
void ask_desk_write_for_page(struct ask_desk *desk, const struct ask_result *result,
                             const struct ask_household *household, const struct ask_choice *choice,
                             enum ask_detail detail, bool with_next, struct ask_buffer *buffer);

/* "aps,snap" to flags by program number. NULL after adding a problem ("did you mean"). */
const bool *ask_programs_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *list,
                              struct ask_problems *problems);
/* status, reasons, tree. */
bool ask_detail_read(const char *word, enum ask_detail *ret);
/* The day in New York, now. */
int64_t ask_today(void);

#endif
