/* What the adapters read from files, before it is checked and compiled: forms, parameters, programs and golden cases as
 * plain structs. Strings and arrays live in the arena of whoever filled them. Nothing here has been validated beyond its
 * shape; engine/model/catalogue.h turns it into something that can be evaluated. */
#ifndef ASK_MODEL_SPEC_H
#define ASK_MODEL_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "expr/type.h"

/* An expression as written, with the place of its first character. text NULL: absent. */
struct ask_expr_spec {
  const char *text;
  struct ask_place at;
};

/* ---- forms ---------------------------------------------------------------------------------------------------------- */

struct ask_item_spec {
  struct ask_place at;
  const char *id;
  const char *text; /* the question; NULL: not asked by itself (a derived item) */
  const char *why;  /* why it is asked */
  const char *help;
  const char *section;                          /* section id; for items that a plugin brings, the section it names */
  const char *declared_by;                      /* "form", the pack's id or the program's */
  const struct ask_instrument_spec *instrument; /* which brought it; NULL: none */
  enum ask_type type;
  struct ask_options options; /* choice, choices */
  struct ask_expr_spec ask_when;
  struct ask_expr_spec if_not_asked; /* constant expression: the value that holds when ask_when is false */
  struct ask_expr_spec computed;     /* derived: how it follows from other items */
  struct ask_expr_spec min, max;     /* inclusive; constant expressions or as_of arithmetic ("as_of") */
  int32_t max_length;                /* text: in characters, 0 = 200 */
  const char *pattern;               /* text */
  const char *pattern_hint;          /* "five digits" */
  bool required;
  bool warn_if_empty;
  bool every_intake;         /* each program's own intake would ask it, whatever its rule reads: name, language */
  const char *const *labels; /* sensitivity */
  size_t label_count;
  const char *entry;                  /* list: the name of one entry in expressions (member, income) */
  const struct ask_item_spec *fields; /* list */
  size_t field_count;
  uint32_t max_entries; /* list; 0 = 50 */
};

struct ask_section_spec {
  struct ask_place at;
  const char *id, *title, *intro;
  const char *role;              /* who fills it in (nurse); NULL: the intake worker */
  struct ask_expr_spec ask_when; /* inherited by its items */
  const struct ask_item_spec *items;
  size_t item_count;
};

/* A named group of like items (the ten ADLs), so that rules can count over them. */
struct ask_group_spec {
  struct ask_place at;
  const char *id, *entry; /* group id; name of one of them in expressions (adl) */
  const char *const *items;
  size_t item_count;
};

/* A cross-field rule: `must` has to hold; unknown is fine. */
struct ask_check_spec {
  struct ask_place at;
  const char *id;
  struct ask_expr_spec must;
  const char *message;
  enum ask_severity severity;
  const char *const *items; /* which answers to point at; the first one gives the path */
  size_t item_count;
};

/* A form, or what a pack adds to it (shared/items.yaml), which has no id, title and version. */
struct ask_form_spec {
  const char *id, *title, *version;
  char hash
      [65]; /* SHA-256 of the source bytes, and of the hashes of its instruments in the order in which they are asked */
  const struct ask_section_spec *sections;
  size_t section_count;
  const struct ask_item_spec *items; /* of a pack: those outside of every section */
  size_t item_count;
  const struct ask_group_spec *groups;
  size_t group_count;
  const struct ask_check_spec *checks;
  size_t check_count;
  const struct ask_instrument_spec *const *instruments; /* those that its sections ask, in this order */
  size_t instrument_count;
};

/* ---- parameters ------------------------------------------------------------------------------------------------------ */

/* One cell of a table: a key (a word, or the decimal text of a whole number) and its value in the parameter's type. */
struct ask_parameter_cell {
  struct ask_place at;
  const char *key;
  int64_t word;
};

/* What a dated value follows from, as its publisher says: percent of another parameter, by period, rounded. The value
 * itself is what counts; lint derives it and says where the two differ. Money only. */
enum ask_period { ASK_NO_PERIOD, ASK_PER_YEAR, ASK_PER_MONTH, ASK_PER_WEEK };
enum ask_rounding { ASK_ROUND_NEAREST, ASK_ROUND_UP, ASK_ROUND_DOWN };
struct ask_basis_spec {
  struct ask_place at;
  const char *of; /* the parameter */
  struct ask_place of_at;
  bool has_on;
  int64_t on;              /* the version of it in force on this day; else on the day from which the value holds */
  int64_t percent;         /* millionths */
  enum ask_period per;     /* ASK_NO_PERIOD: as the two units say */
  enum ask_rounding round; /* half away from zero for the nearest */
  int64_t to;              /* cents: 1, 100 (a dollar), 5000 */
  int64_t times;           /* after rounding */
  const char *sizes;       /* parameter: percent of the whole by size; NULL: none */
  const char *cell;        /* a plain value: which cell of a table it follows from; NULL: none */
  const struct ask_basis_key *keys; /* a table with other keys than its base: the base's key of each */
  size_t key_count;
  const char *known_off; /* why it is known to differ; NULL: it should not */
};
struct ask_basis_key {
  const char *key, *base;
};

struct ask_parameter_version {
  struct ask_place at;
  int64_t from;  /* first day in force */
  int64_t until; /* last day in force; INT64_MAX: until the next version */
  bool is_table;
  int64_t word;                           /* scalar */
  const struct ask_parameter_cell *cells; /* table: sorted as written */
  size_t cell_count;
  bool has_each_more;
  int64_t each_more; /* numbered table: added per step beyond the largest key */
  struct ask_place each_more_at;
  const struct ask_basis_spec *basis; /* NULL: none stated */
  const char *source;                 /* where this version was published; NULL: the parameter's */
  bool verified;
  const char *note; /* e.g. "carried forward: no memo found" */
};

struct ask_parameter_spec {
  struct ask_place at;
  const char *id;
  enum ask_type
      type; /* from the unit: USD -> money, date -> date, count/years/days -> integer, percent/factor -> decimal */
  const char *unit;
  const char *title;
  const char *source; /* title and reference of the publication */
  const char *url;
  const struct ask_parameter_version *versions; /* ascending by from */
  size_t version_count;
};

struct ask_parameter_file {
  const char *path;
  char hash[65];
  const struct ask_parameter_spec *list;
  size_t count;
};

/* A published set of questions that is asked as a whole and scored: PHQ-9, AUDIT-C. Its scores and bands are computed
 * items: unknown as long as one of the answers that they need is. */
struct ask_instrument_spec {
  struct ask_place at;
  const char *id, *title, *source, *url, *note;
  const char *licence;
  bool licence_unverified; /* the terms were not read */
  const struct ask_item_spec *items;
  size_t item_count;
  const struct ask_group_spec *groups;
  size_t group_count;
  const char *const *scores, *const *bands; /* ids of its computed items */
  size_t score_count, band_count;
  struct ask_parameter_file parameters; /* points and cuts; hash: of the whole file */
};

/* Days on which offices are closed, for business_days(n). */
struct ask_holiday_spec {
  struct ask_place at;
  int64_t date;
  const char *name;
};
struct ask_calendar_spec {
  const char *source;
  int64_t first, last;                     /* the table is complete between these dates */
  const struct ask_holiday_spec *holidays; /* ascending */
  size_t count;
};

struct ask_raw;
struct ask_pattern;

/* ---- programs --------------------------------------------------------------------------------------------------------- */

/* A value: an expression, or a Lua function with declared reads, or absent (both NULL / -1). */
struct ask_formula_spec {
  struct ask_expr_spec expr;
  int32_t function;         /* number of the Lua function in this plugin, counted from 0 in load order; -1: none */
  const char *body;         /* the function as it is written; NULL: none, or not written out where it is used */
  const char *const *reads; /* the function's declared reads: items or worksheet lines */
  size_t read_count;
};

enum ask_node_kind { ASK_RULE, ASK_ALL, ASK_ANY, ASK_NONE, ASK_AT_LEAST };

struct ask_node_spec {
  struct ask_place at;
  enum ask_node_kind kind;
  const char *text; /* NULL allowed for combining nodes */
  const char *cite;
  const char *code;                /* optional stable word for machines */
  bool unverified;                 /* verified = false was written */
  struct ask_formula_spec formula; /* rule */
  int32_t at_least;                /* at_least */
  const struct ask_node_spec *children;
  size_t child_count;
};

struct ask_line_spec { /* one worksheet line */
  struct ask_place at;
  const char *name, *text, *cite;
  bool unverified;
  struct ask_formula_spec formula;
  enum ask_type type; /* of a function's result; expressions know their own */
};

struct ask_duration_spec {
  enum { ASK_NO_LIMIT, ASK_HOURS, ASK_DAYS, ASK_BUSINESS_DAYS } unit;
  int32_t count;
};

struct ask_level_spec { /* the first one that holds */
  struct ask_place at;
  const char *name, *cite;
  bool unverified;
  struct ask_formula_spec when; /* absent with otherwise = true */
  bool otherwise;
  struct ask_duration_spec act_within;
  int32_t urgency; /* place on the urgency ladder, 0 = now .. 7 = routine; -1 = from act_within */
};

struct ask_point_spec { /* one line of a score */
  struct ask_place at;
  const char *text;
  struct ask_formula_spec when;
  struct ask_expr_spec points; /* integer expression: a number or a parameter */
};

struct ask_text_when_spec { /* a note, a document, a next step: text that holds on a condition */
  struct ask_place at;
  const char *text, *cite, *code;
  bool unverified;
  struct ask_formula_spec when; /* absent: always */
  bool otherwise;               /* next_step: the last one */
};

struct ask_program_spec {
  struct ask_place at;
  const char *pack;
  const char *id, *name, *agency, *helps, *cite, *version, *phone, *url;
  const char *folder; /* path of the plugin folder */
  char hash[65];      /* SHA-256 over plugin.lua and parameters.yaml */
  bool unverified;    /* verified = false on the program itself */
  const char *const *cannot;
  size_t cannot_count;
  int32_t review_months; /* 0: none stated */
  const char *review_cite;
  bool review_unverified;
  const struct ask_line_spec *lines;
  size_t line_count;
  const struct ask_node_spec *eligible; /* required */
  const struct ask_node_spec *possible; /* NULL: never merely possible */
  const struct ask_level_spec *levels;
  size_t level_count;
  struct ask_formula_spec score;       /* either this ... */
  const struct ask_point_spec *points; /* ... or these, or neither */
  size_t point_count;
  struct ask_formula_spec amount;
  const char *amount_text, *amount_per; /* per: month, year, once */
  const struct ask_text_when_spec *notes;
  size_t note_count;
  const struct ask_text_when_spec *documents;
  size_t document_count;
  const struct ask_text_when_spec *next_steps; /* the first one that holds */
  size_t next_step_count;
  const struct ask_item_spec *items; /* questions only this program brings */
  size_t item_count;
  const struct ask_parameter_file *parameters; /* its own parameters.yaml; NULL: none */
  /* Not NULL: the plugin could not be loaded; only pack, id and folder are set. It is then a program whose every
   * determination is `error` with this reason. */
  const char *broken;
};

/* One line of an overview: what holds over all programs together. */
struct ask_remark_spec {
  struct ask_place at;
  const char *text; /* what is so: "Somebody is in danger now" */
  const char *say;  /* what to do: "Call 911." NULL: nothing */
  const char *cite, *code;
  bool unverified;
  const struct ask_node_spec *when;
  const char *const *programs; /* which ones it is about */
  size_t program_count;
  /* of a step of the urgency ladder */
  int32_t urgency; /* 0 = now .. 7 = routine */
  struct ask_duration_spec act_within;
  bool ask_first; /* what its condition waits for is asked before anything else */
};

/* plugins/<pack>/shared/overview.lua: what is said about all results together, after all programs. */
struct ask_overview_spec {
  struct ask_place at;
  char hash[65];               /* SHA-256 of the source bytes */
  const char *const *programs; /* whose status it may read although they are not loaded: it is then unknown */
  size_t program_count;
  const struct ask_line_spec *lines;
  size_t line_count;
  const struct ask_remark_spec *steps, *flags;
  size_t step_count, flag_count;
};

/* What all packs share: plugins/shared. */
struct ask_common_spec {
  const struct ask_parameter_file *parameters; /* plugins/shared/parameters/ *.yaml */
  size_t parameter_count;
  const struct ask_calendar_spec *calendar; /* plugins/shared/holidays.yaml; NULL: none */
};

/* ---- dialects: how another system describes a household ------------------------------------------------------------------ */

enum ask_dialect_type {
  ASK_DIALECT_BOOL,    /* true, false, "true", "FALSE" */
  ASK_DIALECT_INTEGER, /* 62, "62" */
  ASK_DIALECT_MONEY,   /* 7821.99, "7821.99": not negative, at most two decimals */
  ASK_DIALECT_TEXT,
  ASK_DIALECT_WORD, /* one of `words` */
  ASK_DIALECT_LIST, /* of objects with `fields` */
};

/* A word of theirs and the option of ours that it becomes. */
struct ask_dialect_word {
  const char *theirs;
  const char *ours; /* NULL: nothing follows from it */
};

/* What becomes of a field. Which of the names counts hangs on who is described. */
struct ask_dialect_target {
  struct ask_place at;
  const char *item;   /* of a household's field: the item */
  const char *client; /* of a person's field, when the person is the client: the item */
  const char *member; /* ... when it is somebody else: the field of the entry of the roster */
  const char *any;    /* a bool: the item that is true when anybody's is */
  const char *word;   /* a bool: when true, this option, unless a field before it gave one; NULL: true or false */
};

struct ask_dialect_field {
  struct ask_place at;
  const char *name;
  enum ask_dialect_type type;
  bool required;
  int32_t most; /* integer: the greatest number; list: entries; text: characters; money: digits before the point */
  const char *pattern; /* text */
  struct ask_pattern *matcher;
  const struct ask_dialect_word *words;
  size_t word_count;
  const struct ask_dialect_target *targets;
  size_t target_count;
  const struct ask_dialect_field *fields; /* list */
  size_t field_count;
};

/* A field of the household or of a person that does not go with another one of the household. */
struct ask_dialect_rule {
  struct ask_place at;
  const char *when, *needs; /* needs NULL: excludes */
  const char *const *excludes;
  size_t exclude_count;
  const char *message;
};

struct ask_dialect_part {
  struct ask_place at;
  const char *list;   /* the request's key, an array of objects */
  const char *column; /* how a CSV file calls it: Household.cashOnHand, 2.Person.age */
  int32_t most;       /* objects */
  const struct ask_dialect_field *fields;
  size_t field_count;
};

struct ask_dialect_spec {
  struct ask_place at;
  const char *id, *title;
  struct ask_dialect_part household, people;
  const char *client_field, *client_word; /* the person who is the client */
  const char *roster;                     /* our list of everybody else */
  const char *reference;                  /* the household's field that is the sender's own; NULL: none */
  const struct ask_dialect_field *flags;  /* beside the two lists: checked, and nothing follows */
  size_t flag_count;
  const struct ask_dialect_rule *rules;
  size_t rule_count;
  const struct ask_raw *household_otherwise, *client_otherwise,
      *member_otherwise; /* item: value where nothing gave one */
};

/* A pack: programs that are loaded together, with what they share. */
struct ask_pack_spec {
  const char *id;
  const char *folder;                      /* NULL: it was not read from one */
  const struct ask_program_spec *programs; /* in the order of their ids */
  size_t program_count;
  const struct ask_parameter_file *shared; /* plugins/<pack>/shared/parameters/ *.yaml */
  size_t shared_count;
  const struct ask_form_spec *items;        /* plugins/<pack>/shared/items.yaml; NULL: none */
  const struct ask_dialect_spec *dialect;   /* plugins/<pack>/shared/dialect.yaml; NULL: none */
  const struct ask_calendar_spec *calendar; /* plugins/<pack>/shared/holidays.yaml; NULL: that of all packs */
  const struct ask_overview_spec *overview; /* plugins/<pack>/shared/overview.lua; NULL: none */
  char
      shared_hash[65]; /* SHA-256 over forms/parameters.yaml, what all packs share and what this one's programs share */
};

/* ---- translations ------------------------------------------------------------------------------------------------------ */

/* A file of one language: of the form, of a pack, of a program or of the interface. */
struct ask_translation_spec {
  struct ask_place at; /* of the English text */
  const char *english;
  const char *text; /* "": not translated yet */
};
struct ask_locale_spec {
  struct ask_place at;
  const char *language; /* es */
  const char *name;     /* Español; NULL: not stated */
  bool right_to_left;
  bool test; /* to try the pages with: complete when the interface is, and not offered to people */
  const struct ask_translation_spec *texts; /* in the order of english (strcmp) */
  size_t count;
};

/* ---- golden cases ------------------------------------------------------------------------------------------------------ */

/* A value as written in YAML: a tree, given a type only when it meets its item. */
struct ask_raw {
  struct ask_place at;
  enum { ASK_RAW_NULL, ASK_RAW_BOOL, ASK_RAW_NUMBER, ASK_RAW_TEXT, ASK_RAW_ARRAY, ASK_RAW_OBJECT } kind;
  const char *text; /* bool: "true"/"false"; number: its text; text: the bytes, NUL-terminated */
  size_t length;
  struct ask_raw *children; /* array, object: each child of an object has its key */
  size_t child_count;
  const char *key;
  struct ask_place key_at; /* where the key stands; ASK_NOWHERE without a key */
};

struct ask_case_spec {
  struct ask_place at;
  const char *name;
  const char *program; /* NULL: the plugin whose folder it stands in */
  int64_t as_of;
  bool has_as_of;
  const struct ask_raw *given; /* object of answers */
  const struct ask_raw *
      expect; /* object: status, because, missing, level, deadline, score, amount, notes, documents, next_step, lines */
};

struct ask_case_file {
  const char *path;
  const struct ask_case_spec *list;
  size_t count;
};

#endif
