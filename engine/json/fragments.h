/* What is the same in every result of one day: the names of rules, their versions and parameters, the keys of
 * answers. Put together once and then copied. For one thread at a time. */
#ifndef ASK_JSON_FRAGMENTS_H
#define ASK_JSON_FRAGMENTS_H

#include "base/text.h"
#include "model/catalogue.h"
#include "model/dated.h"

struct ask_program_fragments {
  struct ask_text name;   /* "name":...,"agency":... */
  struct ask_text limits; /* "cannot":...,"review":... */
  struct ask_text rule;   /* "labels":...,"rule":... */
};

struct ask_day_fragments {
  int64_t as_of;
  struct ask_text as_of_member; /* "as_of":... */
  const struct ask_program_fragments *programs;
};

/* Borrows the catalogue. */
struct ask_fragments;
struct ask_fragments *ask_fragments_new(const struct ask_catalogue *catalogue);
/* NULL is fine. Returns NULL. */
struct ask_fragments *ask_fragments_free(struct ask_fragments *fragments);

/* Of a day; valid until the fragments of some other days have been asked for. */
const struct ask_day_fragments *ask_fragments_of_day(struct ask_fragments *fragments, const struct ask_dated *dated);
/* "engine":...,"form":...,"pack":...,"shared":... of a result for these packs; valid until the next one is asked for. */
struct ask_text ask_fragments_of_packs(struct ask_fragments *fragments, ask_packs packs);
/* "dob": by item number */
const struct ask_text *ask_fragments_keys(const struct ask_fragments *fragments);

#endif
