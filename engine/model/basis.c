/* percent of a base, by period, rounded: exact in 128 bits, or not derived at all. */
#include "model/basis.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "model/dated.h"

enum { PERCENT_ONE = 100 * 1000000 };

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* Of another pack, or in a file that is some program's own and not that of `parameter`: its name means nothing there. */
static bool elsewhere(const struct ask_catalogue *catalogue, const struct ask_parameter *other,
                      const struct ask_parameter *parameter) {
  if (other->file == parameter->file) return false;
  if (other->pack >= 0 && other->pack != parameter->pack) return true;
  for (size_t i = 0; i < catalogue->program_count; i++)
    if (catalogue->programs[i].spec->parameters == other->file) return true;
  return false;
}

const struct ask_parameter *ask_basis_named(const struct ask_catalogue *catalogue,
                                            const struct ask_parameter *parameter, const char *name) {
  for (size_t i = 0; i < catalogue->parameter_count; i++) {
    const struct ask_parameter *other = &catalogue->parameters[i];
    if (strcmp(other->spec->id, name) == 0 && !elsewhere(catalogue, other, parameter)) return other;
  }
  return NULL;
}

static const char *nearest(const struct ask_catalogue *catalogue, const struct ask_parameter *parameter,
                           struct ask_arena *arena, const char *name) {
  const char **names = ask_alloc_array(arena, catalogue->parameter_count, sizeof *names);
  size_t count = 0;
  for (size_t i = 0; i < catalogue->parameter_count; i++)
    if (!elsewhere(catalogue, &catalogue->parameters[i], parameter))
      names[count++] = catalogue->parameters[i].spec->id;
  return ask_did_you_mean(name, names, count);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static bool whole_number(const char *key, int64_t *ret) {
  char *end;
  long long value = strtoll(key, &end, 10);
  *ret = value;
  return *key && !*end;
}

/* What a version says for a key; beyond the largest number, each_more for every step. */
static bool cell_of(const struct ask_parameter_version *version, const char *key, int64_t *ret) {
  int64_t wanted, largest = INT64_MIN, at_largest = 0, number;
  for (size_t i = 0; i < version->cell_count; i++) {
    if (strcmp(version->cells[i].key, key) == 0) {
      *ret = version->cells[i].word;
      return true;
    }
    if (whole_number(version->cells[i].key, &number) && number > largest) {
      largest = number;
      at_largest = version->cells[i].word;
    }
  }
  if (!version->has_each_more || largest == INT64_MIN || !whole_number(key, &wanted) || wanted < largest) return false;
  int64_t more;
  return !__builtin_mul_overflow(wanted - largest, version->each_more, &more) &&
         !__builtin_add_overflow(at_largest, more, ret);
}

static const char *base_key(const struct ask_basis_spec *basis, const char *key) {
  for (size_t i = 0; i < basis->key_count; i++)
    if (strcmp(basis->keys[i].key, key) == 0) return basis->keys[i].base;
  return key;
}

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

static int parts_of_year(enum ask_period period) {
  static const int parts[] = {[ASK_NO_PERIOD] = 1, [ASK_PER_YEAR] = 1, [ASK_PER_MONTH] = 12, [ASK_PER_WEEK] = 52};
  return parts[period];
}

static enum ask_period period_of(const char *unit) {
  if (strstr(unit, "per year")) return ASK_PER_YEAR;
  if (strstr(unit, "per month")) return ASK_PER_MONTH;
  return strstr(unit, "per week") ? ASK_PER_WEEK : ASK_NO_PERIOD;
}

static const char TOO_LARGE[] = "its numbers are too large to derive anything";

struct ratio {
  __int128 above, below;
};

static bool scaled(int64_t word, const struct ratio *ratio, const struct ask_basis_spec *basis, int64_t *ret) {
  __int128 above, below = ratio->below;
  if (__builtin_mul_overflow(ratio->above, (__int128)word, &above) ||
      __builtin_mul_overflow(below, (__int128)basis->to, &below))
    return false;
  __int128 steps = above / below, rest = above % below;
  if (rest < 0) { /* towards the floor, so that rest is never negative */
    steps--;
    rest += below;
  }
  if (rest && (basis->round == ASK_ROUND_UP || (basis->round == ASK_ROUND_NEAREST && rest >= below - rest))) steps++;
  if (__builtin_mul_overflow(steps, (__int128)basis->to, &steps) ||
      __builtin_mul_overflow(steps, (__int128)basis->times, &steps) || steps > INT64_MAX || steps < INT64_MIN)
    return false;
  *ret = (int64_t)steps;
  return true;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

struct derivation {
  const struct ask_basis_spec *basis;
  const struct ask_parameter_version *base, *sizes;
  struct ratio ratio;
  struct ask_arena *arena;
  struct ask_derived *list;
  size_t count;
  const char *why;
  struct ask_place why_at;
};

static bool fail(struct derivation *d, struct ask_place at, const char *why) {
  if (!d->why) {
    d->why = why;
    d->why_at = at;
  }
  return false;
}

/* The amount of the base and the ratio for one key (of the base); more: the step beyond its largest key. */
static bool derive(struct derivation *d, const char *key, bool more, int64_t *ret) {
  struct ratio ratio = d->ratio;
  int64_t word = 0, size = 0;
  if (d->sizes) {
    if (more ? !d->sizes->has_each_more : !key || !cell_of(d->sizes, key, &size))
      return fail(d, d->basis->at,
                  ask_printf(d->arena, "%s has no percent for %s", d->basis->sizes,
                             more  ? "each_more"
                             : key ? key
                                   : "it"));
    if (more) size = d->sizes->each_more;
    if (__builtin_mul_overflow(ratio.above, (__int128)size, &ratio.above) ||
        __builtin_mul_overflow(ratio.below, (__int128)PERCENT_ONE, &ratio.below))
      return fail(d, d->basis->at, TOO_LARGE);
    word = d->base->word;
    if (d->base->is_table && !(d->basis->cell && cell_of(d->base, d->basis->cell, &word)))
      return fail(d, d->basis->at, "sizes goes with a plain value, or with cell: the key of the whole");
  } else if (!d->base->is_table) {
    if (more) return fail(d, d->basis->at, "its base is a plain value, which has no each_more");
    word = d->base->word;
  } else if (more) {
    if (!d->base->has_each_more) return fail(d, d->basis->at, "its base has no each_more");
    word = d->base->each_more;
  } else if (!key || !cell_of(d->base, key, &word)) {
    return fail(d, d->basis->at,
                key ? ask_printf(d->arena, "%s has no value for %s", d->basis->of, key)
                    : "its base is a table: say which cell of it (cell: 1)");
  }
  return scaled(word, &ratio, d->basis, ret) || fail(d, d->basis->at, TOO_LARGE);
}

static void add(struct derivation *d, struct ask_place at, const char *shown, const char *key, bool more,
                int64_t stated) {
  struct ask_derived row = {.at = at, .key = shown, .stated = stated};
  if (derive(d, key, more, &row.derived)) d->list[d->count++] = row;
}

static const struct ask_parameter *find(struct derivation *d, const struct ask_catalogue *catalogue,
                                        const struct ask_parameter *parameter, const char *name, struct ask_place at,
                                        enum ask_type type, int64_t day, const struct ask_parameter_version **ret) {
  const struct ask_parameter *found = ask_basis_named(catalogue, parameter, name);
  if (!found) {
    const char *meant = nearest(catalogue, parameter, d->arena, name);
    fail(d, at,
         ask_printf(d->arena, "there is no parameter %s%s%s%s", name, meant ? "; did you mean '" : "",
                    meant ? meant : "", meant ? "'?" : ""));
    return NULL;
  }
  if (found->spec->type != type || (type == ASK_DECIMAL && strncmp(found->spec->unit, "percent", 7) != 0)) {
    fail(d, at, ask_printf(d->arena, "%s is not in %s", name, type == ASK_MONEY ? "USD" : "percent"));
    return NULL;
  }
  *ret = ask_parameter_on(found->spec, day);
  if (!*ret) {
    struct ask_buffer text = {0};
    ask_parameter_gap_text(found->spec, day, &text);
    fail(d, at, ask_strdup(d->arena, text.bytes));
    ask_buffer_free(&text);
    return NULL;
  }
  return found;
}

struct ask_basis_result ask_basis_derive(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                                         const struct ask_parameter *parameter,
                                         const struct ask_parameter_version *version) {
  const struct ask_basis_spec *basis = version->basis;
  struct derivation d = {.basis = basis, .arena = arena};
  d.list = ask_alloc_array(arena, version->cell_count + 1, sizeof *d.list);
  int64_t day = basis->has_on ? basis->on : version->from;
  const struct ask_parameter *of = find(&d, catalogue, parameter, basis->of, basis->of_at, ASK_MONEY, day, &d.base);
  if (of && basis->sizes) find(&d, catalogue, parameter, basis->sizes, basis->at, ASK_DECIMAL, day, &d.sizes);
  if (!d.why) {
    enum ask_period own = period_of(parameter->spec->unit), base = period_of(of->spec->unit);
    enum ask_period per = basis->per ? basis->per : base ? own : ASK_NO_PERIOD;
    d.ratio = (struct ratio){(__int128)basis->percent * parts_of_year(base),
                             (__int128)PERCENT_ONE * (per ? parts_of_year(per) : parts_of_year(base))};
    if (!version->is_table) add(&d, version->at, NULL, basis->cell, false, version->word);
    for (size_t i = 0; i < version->cell_count; i++)
      add(&d, version->cells[i].at, version->cells[i].key, base_key(basis, version->cells[i].key), false,
          version->cells[i].word);
    if (version->has_each_more) add(&d, version->each_more_at, "each_more", NULL, true, version->each_more);
  }
  return (struct ask_basis_result){.list = d.list, .count = d.count, .base = d.base, .why = d.why, .why_at = d.why_at};
}
