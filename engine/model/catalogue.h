/* The catalogue: a form, its parameters and a pack of programs, checked and compiled. Immutable once built and
 * reference-counted, so that a server can build the next one aside and swap it in. Per-thread state (registers, Lua
 * states) lives in a workspace (assess.h), never here. */
#ifndef ASK_MODEL_CATALOGUE_H
#define ASK_MODEL_CATALOGUE_H

#include "base/text.h"
#include "expr/compile.h"
#include "expr/evaluate.h"
#include "model/spec.h"

enum ask_status { /* in the order in which reports list them within one urgency */
                  ASK_LIKELY,
                  ASK_POSSIBLE,
                  ASK_NEED_INFO,
                  ASK_UNLIKELY,
                  ASK_STATUS_WITHHELD,
                  ASK_STATUS_ERROR,
};
const char *ask_status_text(enum ask_status status); /* likely, possible, need_info, unlikely, withheld, error */
enum { ASK_STATUS_COUNT = 6 };

/* An expression of the form: compiled on its own. reg -1: absent. */
struct ask_formula {
  struct ask_code *code; /* NULL: absent */
  struct ask_kind type;
  const int32_t *reads; /* items read directly */
  size_t read_count;
};

/* Some of a catalogue's packs: bit n is pack n. 0 stands for all of them. */
typedef uint64_t ask_packs;
enum { ASK_MOST_PACKS = 64 };

struct ask_item {
  const struct ask_item_spec *spec;
  int32_t pack;                           /* to which it belongs; -1: the form's, every pack reads it */
  int32_t program;                        /* which brought it; -1: the form or the pack */
  const struct ask_section_spec *section; /* NULL: a field of a list */
  int32_t number;                         /* items: place in the catalogue and in answers; fields: place in the entry */
  struct ask_kind kind;                   /* kind.list points to this item for lists */
  bool derived;                           /* has a `computed` */
  bool asked;                             /* has a text: can be asked by itself */
  struct ask_formula computed, ask_when, if_not_asked, min, max; /* ask_when includes the section's */
  struct ask_pattern *pattern;
  const struct ask_item *parent; /* fields: the list item */
  const struct ask_item *fields; /* list */
  size_t field_count;
  const int32_t *field_order; /* dependency order of the fields */
  const char *const *labels;  /* its own and those inherited from what it is computed from */
  size_t label_count;
};

struct ask_group {
  const struct ask_group_spec *spec;
  int32_t pack; /* as in an item */
  const int32_t *items;
  size_t item_count;
};

struct ask_check {
  const struct ask_check_spec *spec;
  int32_t pack; /* as in an item */
  struct ask_formula must;
};

/* A node of a criteria tree with the register that holds its value. */
struct ask_node {
  const struct ask_node_spec *spec;
  int32_t reg;
  const int32_t *reads; /* rule: items read, through worksheet lines too, in the order met */
  size_t read_count;
  const int32_t *lines; /* rule: worksheet lines named directly */
  size_t line_count;
  const int32_t *parameters; /* rule: parameter uses named directly */
  size_t parameter_count;
  const struct ask_node *children;
  size_t child_count;
};

struct ask_line {
  const struct ask_line_spec *spec;
  int32_t reg;
  struct ask_kind kind;
  const int32_t *reads;
  size_t read_count;
  const int32_t *parameters;
  size_t parameter_count;
};

/* A condition of the part that runs after the status is known; reg -1: always. */
struct ask_condition {
  int32_t reg;
};

struct ask_program {
  const struct ask_program_spec *spec;
  int32_t number;
  int32_t pack;
  const char *broken;   /* why every determination is `error`; NULL: sound */
  struct ask_code code; /* [0, status_end): lines, eligible, possible; [status_end, count): the rest */
  size_t status_end;
  struct ask_schedule status_steps, other_steps; /* how the two parts are run */
  bool may_be_unverified;                        /* some rule, text or parameter version of it is marked so */
  const struct ask_node *eligible, *possible;    /* possible may be NULL */
  const struct ask_line *lines;
  const struct ask_condition *levels, *notes, *documents, *next_steps; /* parallel to the spec's arrays */
  const int32_t *point_when, *point_value;                             /* parallel to spec->points */
  int32_t score, amount;                                               /* registers, or -1 */
  const int32_t *depends_on;                                           /* programs whose status it reads */
  size_t depends_count;
  const int32_t *
      reads; /* every item that its status reads, through derived items and other programs' statuses down to what was answered */
  size_t read_count;
  const int32_t *all_reads; /* ... and its level, score, notes, ... */
  size_t all_read_count;
  /* What its own intake would ask, in form order: as all_reads, but only what has a text, and not what a question follows
   * from that can be asked itself. */
  const int32_t *questions;
  size_t question_count;
  const int32_t *parameters; /* every parameter (catalogue number) it uses, also through derived items */
  size_t parameter_count;
  const char *const *labels; /* union over all_reads, sorted */
  size_t label_count;
  const struct ask_formula_spec *const *functions; /* Lua functions by number: their reads */
  const int32_t *const *function_reads;
  size_t function_count;
};

/* A part of an array: [first, end). */
struct ask_range {
  size_t first, end;
};

struct ask_days {
  const int64_t *list;
  size_t count;
};

struct ask_pack {
  const struct ask_pack_spec *spec;
  struct ask_range programs;                /* of the catalogue's */
  struct ask_range item_order;              /* of the catalogue's: its own items */
  const struct ask_calendar_spec *calendar; /* its own, else that of all packs; NULL: weekends only */
  struct ask_days holidays;                 /* the calendar's days alone */
};

/* A line of an overview with its condition, and what it rests on. */
struct ask_remark {
  const struct ask_remark_spec *spec;
  const struct ask_node *when;
  const int32_t *parameters; /* catalogue numbers */
  size_t parameter_count;
  const char *const *labels; /* of all that it reads, through worksheet lines and statuses too; sorted */
  size_t label_count;
};

/* What is said about all results together. Its code runs like a program's, after all of them; it is not one of the
 * catalogue's programs, and its number comes after theirs. */
struct ask_overview {
  const struct ask_overview_spec *spec;
  int32_t pack;
  struct ask_program program; /* its spec has the worksheet, and all conditions as one tree */
  const struct ask_remark *steps, *flags;
};

struct ask_parameter {
  const struct ask_parameter_spec *spec;
  const struct ask_parameter_file *file;
  int32_t pack; /* whose programs it is for; -1: those of all packs, and the form */
};

/* One way in which compiled code looks at a parameter; a dated view (dated.h) has the day's value for each. */
enum ask_use_kind { ASK_USE_SCALAR, ASK_USE_KEY, ASK_USE_NUMBERS, ASK_USE_OPTIONS };
struct ask_parameter_use {
  enum ask_use_kind kind;
  int32_t parameter;
  const char *key;
  const struct ask_options *options;
};

struct ask_catalogue {
  struct ask_arena *arena;
  int references; /* atomic */
  const struct ask_form_spec *form;
  const struct ask_parameter_file *form_parameters; /* NULL: none */
  const struct ask_common_spec *common;             /* NULL: none */
  struct ask_days holidays;                         /* those of all packs, which the form counts by */
  const struct ask_pack *packs;                     /* in the order of their ids */
  size_t pack_count;
  const struct ask_item *items;
  size_t item_count;
  /* Dependency order for computing: the form's items, then those of each pack; only items that are computed, conditional or
   * lists. */
  const int32_t *item_order;
  size_t item_order_count;
  struct ask_range form_order;                                    /* of item_order: the form's */
  struct ask_map *item_numbers, *group_numbers, *program_numbers; /* by id */
  struct ask_map *shared_parameters, **pack_parameters; /* by id: of the form and of all packs; of each pack */
  const struct ask_group *groups;
  size_t group_count;
  const struct ask_check *checks;
  size_t check_count;
  const struct ask_program *programs; /* pack by pack, in the order of their ids */
  size_t program_count;
  const int32_t *program_order;         /* dependency order */
  const struct ask_overview *overviews; /* of the packs that have one */
  size_t overview_count;
  const struct ask_parameter *parameters;
  size_t parameter_count;
  const struct ask_parameter_use *uses;
  size_t use_count;
};

struct ask_catalogue_source {
  const struct ask_form_spec *form;
  const struct ask_parameter_file *form_parameters; /* NULL: none */
  const struct ask_common_spec *common;             /* NULL: none */
  const struct ask_pack_spec *packs;                /* in the order of their ids, at most ASK_MOST_PACKS */
  size_t pack_count;
};

/* Takes over the arena (in which the source lives too), also on failure. NULL when the form cannot be used; a program with
 * errors becomes a broken program and the rest works: see problems for both. The result has one reference. */
struct ask_catalogue *ask_catalogue_build(struct ask_arena *arena, const struct ask_catalogue_source *source,
                                          struct ask_problems *problems);
const struct ask_catalogue *ask_catalogue_ref(const struct ask_catalogue *catalogue);
/* NULL is fine; frees at the last reference. Returns NULL. */
const struct ask_catalogue *ask_catalogue_unref(const struct ask_catalogue *catalogue);

/* Whether pack n is among the packs; n -1 is the form, which always is. */
static inline bool ask_packs_have(ask_packs packs, int32_t n) { return n < 0 || !packs || (packs >> n & 1); }
/* Number of the pack with this id, or -1. */
int32_t ask_catalogue_pack(const struct ask_catalogue *catalogue, const char *id);
/* "nyc", or "access_nyc,nyc": the ids of packs. */
void ask_packs_text(const struct ask_catalogue *catalogue, ask_packs packs, struct ask_buffer *buffer);
/* Over what these packs share, as one text: a single pack's shared_hash, else a hash over those of all of them. */
void ask_packs_shared_hash(const struct ask_catalogue *catalogue, ask_packs packs, char ret_hash[65]);

/* NULL when there is none. */
const struct ask_item *ask_catalogue_item(const struct ask_catalogue *catalogue, const char *id);
const struct ask_program *ask_catalogue_program(const struct ask_catalogue *catalogue, const char *id);
/* The nearest item or program id, or NULL. */
const char *ask_catalogue_suggest_item(const struct ask_catalogue *catalogue, const char *wrong);
const char *ask_catalogue_suggest_program(const struct ask_catalogue *catalogue, const char *wrong);

#endif
