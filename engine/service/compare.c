/* Two lists of facts, matched: first by what they are called, then by what they say. */
#include "service/compare.h"

#include <string.h>

#include "base/date.h"
#include "service/sheet_parts.h"

struct teller {
  struct ask_facts *facts;
  struct ask_arena *arena;
  const char *program;
  struct ask_wording wording; /* for amounts */
};

/* ---- facts ------------------------------------------------------------------------------------------------------- */

static const char *kept(struct teller *t, const char *text) { return text ? ask_strdup(t->arena, text) : NULL; }

static struct ask_fact *tell(struct teller *t, const char *area, const char *key) {
  struct ask_facts *facts = t->facts;
  struct ask_fact *fact = ask_push(t->arena, &facts->list, &facts->count, &facts->capacity, sizeof *fact);
  *fact = (struct ask_fact){.program = t->program, .area = area, .key = key ? kept(t, key) : "(without a text)"};
  return fact;
}

static void say(struct teller *t, struct ask_fact *fact, const char *name, const char *value) {
  if (value && fact->field_count < ASK_FACT_FIELDS)
    fact->fields[fact->field_count++] = (struct ask_fact_field){name, kept(t, value)};
}

/* On one line, blanks as one: how it is broken over lines is no meaning. */
static const char *flat(struct teller *t, const char *text) {
  char *copy = ask_strdup(t->arena, text), *to = copy;
  for (const char *from = text; *from; from++) {
    bool blank = strchr(" \t\r\n", *from) != NULL;
    if (!blank || (to > copy && to[-1] != ' ')) *to++ = blank ? ' ' : *from;
  }
  while (to > copy && to[-1] == ' ') to--;
  *to = '\0';
  return copy;
}

static void say_formula(struct teller *t, struct ask_fact *fact, const char *name, const struct ask_formula_spec *f) {
  if (f->expr.text) {
    say(t, fact, name, flat(t, f->expr.text));
  } else if (f->function >= 0) {
    const char *reads = "";
    for (size_t i = 0; i < f->read_count; i++)
      reads = ask_printf(t->arena, "%s%s%s", reads, i ? ", " : "", f->reads[i]);
    say(t, fact, name, ask_printf(t->arena, "reads %s: %s", reads, f->body ? flat(t, f->body) : "a Lua function"));
  }
}

static void say_verified(struct teller *t, struct ask_fact *fact, bool unverified) {
  say(t, fact, "verified", unverified ? "no" : "yes");
}

/* ---- what a program says ----------------------------------------------------------------------------------------- */

static void tree(struct teller *t, const char *area, const struct ask_node_spec *node, const char *inside) {
  static const char *const kinds[] = {
      [ASK_RULE] = "rule", [ASK_ALL] = "all of", [ASK_ANY] = "any of", [ASK_NONE] = "none of"};
  const char *kind =
      node->kind == ASK_AT_LEAST ? ask_printf(t->arena, "at least %d of", (int)node->at_least) : kinds[node->kind];
  const char *text = node->text ? node->text : ask_printf(t->arena, "(%s, inside %s)", kind, inside);
  struct ask_fact *fact = tell(t, area, node->code ? node->code : text);
  if (node->code) say(t, fact, "text", text);
  say_formula(t, fact, "condition", &node->formula);
  say(t, fact, "inside", inside);
  if (node->kind != ASK_RULE) say(t, fact, "needs", kind);
  say(t, fact, "citation", node->cite);
  say_verified(t, fact, node->unverified);
  for (size_t i = 0; i < node->child_count; i++)
    tree(t, area, &node->children[i], kept(t, node->text ? node->text : kind));
}

static void texts(struct teller *t, const char *area, const struct ask_text_when_spec *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    struct ask_fact *fact = tell(t, area, list[i].code ? list[i].code : list[i].text);
    if (list[i].code) say(t, fact, "text", list[i].text);
    say_formula(t, fact, "condition", &list[i].when);
    say(t, fact, "citation", list[i].cite);
    say_verified(t, fact, list[i].unverified);
    if (list[i].otherwise) say(t, fact, "otherwise", "yes");
  }
}

static void about(struct teller *t, const struct ask_program_spec *spec) {
  const struct {
    const char *name, *value;
  } rows[] = {{"name", spec->name},   {"agency", spec->agency}, {"helps", spec->helps},    {"citation", spec->cite},
              {"phone", spec->phone}, {"url", spec->url},       {"version", spec->version}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].value) say(t, tell(t, "program", rows[i].name), "it", rows[i].value);
  if (spec->unverified) say(t, tell(t, "program", "verified"), "it", "no");
  if (spec->review_months > 0) {
    struct ask_fact *fact = tell(t, "program", "review");
    say(t, fact, "months", ask_printf(t->arena, "%d", (int)spec->review_months));
    say(t, fact, "citation", spec->review_cite);
    say_verified(t, fact, spec->review_unverified);
  }
  for (size_t i = 0; i < spec->cannot_count; i++) tell(t, "what it cannot do", spec->cannot[i]);
}

static void steps(struct teller *t, const struct ask_program_spec *spec) {
  for (size_t i = 0; i < spec->line_count; i++) {
    const struct ask_line_spec *line = &spec->lines[i];
    struct ask_fact *fact = tell(t, "worksheet", line->name);
    say_formula(t, fact, "formula", &line->formula);
    say(t, fact, "text", line->text);
    say(t, fact, "citation", line->cite);
    say_verified(t, fact, line->unverified);
  }
  for (size_t i = 0; i < spec->level_count; i++) {
    const struct ask_level_spec *level = &spec->levels[i];
    struct ask_fact *fact = tell(t, "levels", level->name);
    say(t, fact, "place", ask_printf(t->arena, "%zu", i + 1));
    say_formula(t, fact, "condition", &level->when);
    if (level->otherwise) say(t, fact, "otherwise", "yes");
    say(t, fact, "act", ask_duration_words(&t->wording, &level->act_within));
    if (level->urgency >= 0) say(t, fact, "urgency", ask_printf(t->arena, "%d", (int)level->urgency));
    say(t, fact, "citation", level->cite);
    say_verified(t, fact, level->unverified);
  }
  for (size_t i = 0; i < spec->point_count; i++) {
    struct ask_fact *fact = tell(t, "score", spec->points[i].text);
    say_formula(t, fact, "condition", &spec->points[i].when);
    say(t, fact, "points", spec->points[i].points.text ? flat(t, spec->points[i].points.text) : NULL);
  }
  if (spec->score.expr.text || spec->score.function >= 0)
    say_formula(t, tell(t, "score", "score"), "formula", &spec->score);
  if (spec->amount.expr.text || spec->amount.function >= 0) {
    struct ask_fact *fact = tell(t, "amount", spec->amount_text ? spec->amount_text : "amount");
    say_formula(t, fact, "formula", &spec->amount);
    say(t, fact, "per", spec->amount_per);
  }
}

static void questions(struct teller *t, const struct ask_program_spec *spec) {
  for (size_t i = 0; i < spec->item_count; i++) {
    const struct ask_item_spec *item = &spec->items[i];
    struct ask_fact *fact = tell(t, "questions", item->id);
    say(t, fact, "text", item->text);
    say(t, fact, "type", ask_type_name(item->type));
    const char *words = "";
    for (uint32_t k = 0; k < item->options.count; k++)
      words = ask_printf(t->arena, "%s%s%s", words, k ? ", " : "", item->options.list[k].id);
    say(t, fact, "answers", *words ? words : NULL);
    say(t, fact, "asked when", item->ask_when.text ? flat(t, item->ask_when.text) : NULL);
    say(t, fact, "computed", item->computed.text ? flat(t, item->computed.text) : NULL);
  }
}

static void number(struct teller *t, const struct ask_parameter_spec *spec) {
  struct ask_fact *fact = tell(t, "numbers", spec->id);
  say(t, fact, "title", spec->title);
  say(t, fact, "unit", spec->unit);
  say(t, fact, "source", spec->source);
  say(t, fact, "url", spec->url);
  for (size_t v = 0; v < spec->version_count; v++) {
    const struct ask_parameter_version *version = &spec->versions[v];
    char from[16], until[16] = "";
    ask_date_text(version->from, from);
    if (version->until != INT64_MAX) ask_date_text(version->until, until);
    const char *base = ask_printf(t->arena, "%s from %s", spec->id, from);
    fact = tell(t, "numbers", base);
    if (!version->is_table) say(t, fact, "value", ask_amount_words(&t->wording, spec, version->word));
    say(t, fact, "until", *until ? until : NULL);
    say_verified(t, fact, !version->verified);
    say(t, fact, "source", version->source);
    say(t, fact, "note", version->note);
    for (size_t i = 0; i < version->cell_count; i++)
      say(t, tell(t, "numbers", ask_printf(t->arena, "%s, %s", base, version->cells[i].key)), "value",
          ask_amount_words(&t->wording, spec, version->cells[i].word));
    if (version->has_each_more)
      say(t, tell(t, "numbers", ask_printf(t->arena, "%s, each_more", base)), "value",
          ask_amount_words(&t->wording, spec, version->each_more));
  }
}

static void program_facts(struct ask_facts *facts, const struct ask_program_spec *spec) {
  struct teller teller = {.facts = facts,
                          .arena = facts->arena,
                          .program = ask_strdup(facts->arena, spec->id),
                          .wording.arena = facts->arena};
  struct teller *t = &teller;
  about(t, spec);
  if (spec->broken) return;
  tree(t, "criteria", spec->eligible, "eligible");
  if (spec->possible) tree(t, "left to judgement", spec->possible, "possible");
  steps(t, spec);
  texts(t, "notes", spec->notes, spec->note_count);
  texts(t, "documents", spec->documents, spec->document_count);
  texts(t, "next steps", spec->next_steps, spec->next_step_count);
  questions(t, spec);
  for (size_t i = 0; spec->parameters && i < spec->parameters->count; i++) number(t, &spec->parameters->list[i]);
}

void ask_facts_add(struct ask_facts *facts, const struct ask_rules *rules, const struct ask_program *program) {
  const struct ask_catalogue *catalogue = rules->catalogue;
  for (size_t i = 0; i < catalogue->program_count; i++)
    if (!program || program == &catalogue->programs[i]) program_facts(facts, catalogue->programs[i].spec);
  for (size_t p = 0; p < catalogue->pack_count && !program; p++) {
    const struct ask_pack_spec *pack = catalogue->packs[p].spec;
    struct teller teller = {.facts = facts, .arena = facts->arena, .program = "shared", .wording.arena = facts->arena};
    for (size_t i = 0; i < pack->shared_count; i++)
      for (size_t k = 0; k < pack->shared[i].count; k++) number(&teller, &pack->shared[i].list[k]);
  }
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static const char *field(const struct ask_fact *fact, const char *name) {
  for (size_t i = 0; i < fact->field_count; i++)
    if (strcmp(fact->fields[i].name, name) == 0) return fact->fields[i].value;
  return NULL;
}

static bool same_fields(const struct ask_fact *a, const struct ask_fact *b) {
  if (a->field_count != b->field_count || !same(a->key, b->key)) return false;
  for (size_t i = 0; i < a->field_count; i++)
    if (!same(a->fields[i].value, field(b, a->fields[i].name))) return false;
  return true;
}

static bool same_place(const struct ask_fact *a, const struct ask_fact *b) {
  return same(a->program, b->program) && same(a->area, b->area);
}

/* Of several of one name the one that says the same first; `reworded`: under another name, but with one condition. */
static struct ask_fact *partner(struct ask_facts *facts, const struct ask_fact *of, bool reworded) {
  struct ask_fact *found = NULL;
  for (size_t i = 0; i < facts->count; i++) {
    struct ask_fact *other = &facts->list[i];
    if (other->taken || !same_place(of, other)) continue;
    const char *condition = field(of, "condition");
    bool fits = reworded ? condition && same(condition, field(other, "condition")) : same(of->key, other->key);
    if (fits && same_fields(of, other)) return other;
    if (fits && !found) found = other;
  }
  return found;
}

const struct ask_difference *ask_compare(struct ask_arena *arena, struct ask_facts *old, struct ask_facts *new,
                                         size_t *ret_count) {
  struct ask_difference *list = ask_alloc_array(arena, old->count + new->count, sizeof *list);
  struct ask_fact **partners = ask_alloc_array(arena, old->count, sizeof *partners);
  size_t count = 0;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < old->count; i++) {
      if (partners[i]) continue;
      partners[i] = partner(new, &old->list[i], pass == 1);
      if (partners[i]) partners[i]->taken = true;
    }
  for (size_t i = 0; i < old->count; i++) {
    if (!partners[i])
      list[count++] = (struct ask_difference){ASK_FACT_REMOVED, &old->list[i], NULL};
    else if (!same_fields(&old->list[i], partners[i]))
      list[count++] = (struct ask_difference){ASK_FACT_CHANGED, &old->list[i], partners[i]};
  }
  for (size_t i = 0; i < new->count; i++)
    if (!new->list[i].taken) list[count++] = (struct ask_difference){ASK_FACT_ADDED, NULL, &new->list[i]};
  *ret_count = count;
  return list;
}
