/* Parameters: used, sourced, in force, and what their basis gives. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "model/basis.h"
#include "model/dated.h"
#include "model/lookup.h"
#include "service/check_parts.h"

/* ---- use --------------------------------------------------------------------------------------------------------- */

static bool program_uses(const struct ask_program *program, int32_t parameter) {
  for (size_t i = 0; i < program->parameter_count; i++)
    if (program->parameters[i] == parameter) return true;
  return false;
}

static bool names(const struct ask_expr_spec *expr, const char *id) {
  return expr->text && ask_expr_names(expr->text, id);
}

static bool item_names(const struct ask_item_spec *item, const char *id) {
  if (names(&item->computed, id) || names(&item->ask_when, id) || names(&item->min, id) || names(&item->max, id) ||
      names(&item->if_not_asked, id))
    return true;
  for (size_t i = 0; i < item->field_count; i++)
    if (item_names(&item->fields[i], id)) return true;
  return false;
}

/* A basis that reads it is a use, too. */
static bool basis_names(const struct ask_checker *c, const struct ask_parameter *parameter) {
  for (size_t i = 0; i < c->catalogue->parameter_count; i++) {
    const struct ask_parameter *other = &c->catalogue->parameters[i];
    for (size_t v = 0; v < other->spec->version_count; v++) {
      const struct ask_basis_spec *basis = other->spec->versions[v].basis;
      if (basis && ((basis->of && ask_basis_named(c->catalogue, other, basis->of) == parameter) ||
                    (basis->sizes && ask_basis_named(c->catalogue, other, basis->sizes) == parameter)))
        return true;
    }
  }
  return false;
}

/* Whether a program of its pack or a question of it uses the parameter. */
static bool pack_uses(const struct ask_checker *c, int32_t number) {
  const struct ask_catalogue *catalogue = c->catalogue;
  const struct ask_parameter *parameter = &catalogue->parameters[number];
  const struct ask_pack *pack = &catalogue->packs[parameter->pack];
  for (size_t i = pack->programs.first; i < pack->programs.end; i++) /* a broken one may have used it */
    if (catalogue->programs[i].broken || program_uses(&catalogue->programs[i], number)) return true;
  for (size_t i = 0; i < catalogue->item_count; i++)
    if (catalogue->items[i].pack == parameter->pack && item_names(catalogue->items[i].spec, parameter->spec->id))
      return true;
  return false;
}

/* Shared by the programs of a pack, or by all packs. */
static bool is_shared(const struct ask_catalogue *catalogue, const struct ask_parameter *parameter) {
  if (parameter->pack < 0) {
    const struct ask_common_spec *common = catalogue->common;
    for (size_t i = 0; common && i < common->parameter_count; i++)
      if (parameter->file == &common->parameters[i]) return true;
    return false;
  }
  const struct ask_pack_spec *pack = catalogue->packs[parameter->pack].spec;
  for (size_t i = 0; i < pack->shared_count; i++)
    if (parameter->file == &pack->shared[i]) return true;
  return false;
}

static void unused(struct ask_checker *c, const struct ask_parameter *parameter, const char *by) {
  if (basis_names(c, parameter)) return;
  ask_lint_add(c->problems, ASK_LINT_UNUSED, parameter->spec->at, "remove it, or use it", "%s is not used by %s",
               parameter->spec->id, by);
}

/* ---- in force ---------------------------------------------------------------------------------------------------- */

static void check_force(struct ask_checker *c, const struct ask_parameter_spec *spec, int64_t today) {
  const struct ask_parameter_version *now = ask_parameter_on(spec, today);
  if (!now) {
    struct ask_buffer text = {0};
    ask_parameter_gap_text(spec, today, &text);
    ask_lint_add(c->problems, ASK_LINT_NO_VALUE, spec->at, "add the value that is in force, with its source", "%s",
                 text.bytes);
    ask_buffer_free(&text);
  } else if (now->until < today + ASK_LINT_SOON_DAYS && !ask_parameter_on(spec, now->until + 1)) {
    char until[16];
    ask_date_text(now->until, until);
    ask_lint_add(c->problems, ASK_LINT_ENDS_SOON, now->at, "add the value that follows, with its source",
                 "the value of %s ends on %s and none follows", spec->id, until);
  }
}

/* ---- basis ------------------------------------------------------------------------------------------------------- */

static const char *basis_text(struct ask_arena *arena, const struct ask_basis_spec *basis,
                              const struct ask_parameter_version *base) {
  static const char *const periods[] = {
      [ASK_NO_PERIOD] = "", [ASK_PER_YEAR] = " a year", [ASK_PER_MONTH] = " a month", [ASK_PER_WEEK] = " a week"};
  char percent[ASK_NUMBER_TEXT], from[16];
  ask_decimal_text(basis->percent, percent);
  ask_date_text(base->from, from);
  return ask_printf(arena, "%s %% of %s of %s%s", percent, basis->of, from, periods[basis->per]);
}

static void check_basis(struct ask_checker *c, const struct ask_parameter *parameter,
                        const struct ask_parameter_version *version) {
  const struct ask_basis_spec *basis = version->basis;
  struct ask_basis_result result = ask_basis_derive(c->arena, c->catalogue, parameter, version);
  size_t off = 0;
  if (result.why)
    ask_lint_add(c->problems, ASK_LINT_NO_BASIS, result.why_at, NULL, "the basis of %s cannot be derived: %s",
                 parameter->spec->id, result.why);
  for (size_t i = 0; i < result.count; i++) {
    const struct ask_derived *row = &result.list[i];
    if (row->stated == row->derived) continue;
    off++;
    char stated[ASK_NUMBER_TEXT], derived[ASK_NUMBER_TEXT];
    ask_money_dollars_text(row->stated, stated);
    ask_money_dollars_text(row->derived, derived);
    ask_lint_add(c->problems, basis->known_off ? ASK_LINT_KNOWN_OFF : ASK_LINT_OFF_BASIS, row->at,
                 basis->known_off ? basis->known_off : "compare it with the publication; the stated number counts",
                 "%s%s%s%s is %s; %s is %s", parameter->spec->id, row->key ? "[" : "", row->key ? row->key : "",
                 row->key ? "]" : "", stated, basis_text(c->arena, basis, result.base), derived);
  }
  if (basis->known_off && !off && !result.why)
    ask_lint_add(c->problems, ASK_LINT_NOT_OFF, basis->at, "remove known_off", "%s agrees with its basis",
                 parameter->spec->id);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void check_published(struct ask_checker *c, const struct ask_parameter *parameter) {
  if (!parameter->spec->source)
    ask_lint_add(c->problems, ASK_LINT_NO_SOURCE, parameter->spec->at, "add source: the publication that states it",
                 "parameter %s has no source", parameter->spec->id);
  for (size_t i = 0; i < parameter->spec->version_count; i++)
    if (parameter->spec->versions[i].basis) check_basis(c, parameter, &parameter->spec->versions[i]);
}

void ask_check_own_parameters(struct ask_checker *c, int64_t today) {
  for (size_t i = 0; i < c->catalogue->parameter_count; i++) {
    const struct ask_parameter *parameter = &c->catalogue->parameters[i];
    bool used = program_uses(c->program, (int32_t)i);
    if (parameter->file == c->program->spec->parameters) {
      if (!used) unused(c, parameter, "this program");
      check_published(c, parameter);
    }
    if (used) check_force(c, parameter->spec, today);
  }
}

void ask_check_shared_parameters(struct ask_checker *c) {
  for (size_t i = 0; i < c->catalogue->parameter_count; i++) {
    const struct ask_parameter *parameter = &c->catalogue->parameters[i];
    if (!is_shared(c->catalogue, parameter)) continue;
    if (parameter->pack >= 0 && !pack_uses(c, (int32_t)i)) unused(c, parameter, "any program or question");
    check_published(c, parameter);
  }
}
