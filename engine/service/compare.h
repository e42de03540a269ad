/* What changed in meaning between two programs or packs: criteria, steps, levels, texts, numbers by date and cell. Not
 * what changed in the files' spelling: order of keys, comments, blanks. */
#ifndef ASK_SERVICE_COMPARE_H
#define ASK_SERVICE_COMPARE_H

#include "service/catalogue.h"

/* One thing that a rule says, with what it says of it. */
struct ask_fact_field {
  const char *name, *value; /* value NULL: not said */
};
enum { ASK_FACT_FIELDS = 8 };
struct ask_fact {
  const char *program; /* id; a pack's name for what it shares */
  const char *area;    /* criteria, worksheet, levels, numbers, ... */
  const char *key;     /* which one */
  struct ask_fact_field fields[ASK_FACT_FIELDS];
  size_t field_count;
  bool taken; /* while comparing */
};
struct ask_facts {
  struct ask_arena *arena; /* of everything in it: it may outlive the rules */
  struct ask_fact *list;
  size_t count, capacity;
};
/* Adds what a program says, or (program NULL) all programs of the rules and what their packs share. */
void ask_facts_add(struct ask_facts *facts, const struct ask_rules *rules, const struct ask_program *program);

enum ask_difference_kind { ASK_FACT_ADDED, ASK_FACT_REMOVED, ASK_FACT_CHANGED };
struct ask_difference {
  enum ask_difference_kind kind;
  const struct ask_fact *old, *new; /* NULL: added, removed */
};
/* In the order of the programs and of what they say; those of new things last in their area. */
const struct ask_difference *ask_compare(struct ask_arena *arena, struct ask_facts *old, struct ask_facts *new,
                                         size_t *ret_count);

/* compare_write.c */
void ask_differences_text(struct ask_buffer *buffer, const struct ask_difference *changes, size_t count, bool markdown);
/* {"changes": [{"program", "area", "key", "change", "fields": [{"field", "old", "new"}]}]} */
void ask_differences_json(struct ask_buffer *buffer, const struct ask_difference *changes, size_t count);

#endif
