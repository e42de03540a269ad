/* Random catalogues and households from a seed, for the property tests. */
#include "unit/support_generate.h"

#include <stdio.h>
#include <string.h>

/* A piece of an expression; level is the precedence of its outermost operator, as in Lua. */
struct piece {
  const char *text, *lua, *checked;
  int level;
};
enum { L_OR, L_AND, L_COMPARE, L_ADD, L_MULTIPLY, L_UNARY, L_PRIMARY };

struct generator {
  struct ask_arena *arena;
  struct support_random *random;
  unsigned flags;
  bool member, kid, number, scale; /* which entries can be named here */
  bool lazy, wraps;
};

static int pick(struct generator *g, int count) { return support_random_below(g->random, count); }

static struct piece same(struct generator *g, const char *text) {
  (void)g;
  return (struct piece){text, text, text, L_PRIMARY};
}

/* In parentheses where the grammar needs them, and sometimes where it does not. */
static struct piece at_least(struct generator *g, struct piece p, int level) {
  if (p.level >= level && pick(g, 10) != 0) return p;
  return (struct piece){ask_printf(g->arena, "(%s)", p.text), ask_printf(g->arena, "(%s)", p.lua), p.checked,
                        L_PRIMARY};
}

static struct piece binary(struct generator *g, const char *op, int level, struct piece a, struct piece b,
                           const char *call) {
  a = at_least(g, a, level);
  b = at_least(g, b, level + 1);
  const char *space = pick(g, 8) ? " " : "  ";
  struct piece p = {.level = level};
  p.text = ask_printf(g->arena, "%s%s%s %s", a.text, space, op, b.text);
  p.lua = ask_printf(g->arena, "%s %s %s", a.lua, op, b.lua);
  p.checked = call ? ask_printf(g->arena, "%s(%s, %s)", call, a.checked, b.checked)
                   : ask_printf(g->arena, "(%s %s %s)", a.checked, op, b.checked);
  return p;
}

static struct piece unary(struct generator *g, const char *op, struct piece a, const char *call) {
  a = at_least(g, a, L_UNARY);
  struct piece p = {.level = L_UNARY};
  const char *space = op[0] == 'n' || a.text[0] == '-' || pick(g, 4) == 0 ? " " : ""; /* -- is a comment in Lua */
  p.text = ask_printf(g->arena, "%s%s%s", op, space, a.text);
  p.lua = ask_printf(g->arena, "%s %s", op, a.lua);
  p.checked = call ? ask_printf(g->arena, "%s(%s)", call, a.checked) : ask_printf(g->arena, "(%s %s)", op, a.checked);
  return p;
}

static struct piece call1(struct generator *g, const char *name, struct piece a) {
  return (struct piece){ask_printf(g->arena, "%s(%s)", name, a.text), ask_printf(g->arena, "%s(%s)", name, a.lua),
                        ask_printf(g->arena, "%s(%s)", name, a.checked), L_PRIMARY};
}

static struct piece call2(struct generator *g, const char *name, struct piece a, struct piece b) {
  return (struct piece){ask_printf(g->arena, "%s(%s, %s)", name, a.text, b.text),
                        ask_printf(g->arena, "%s(%s, %s)", name, a.lua, b.lua),
                        ask_printf(g->arena, "%s(%s, %s)", name, a.checked, b.checked), L_PRIMARY};
}

static struct piece generate(struct generator *g, enum support_wanted wanted, int depth);

static struct piece choose(struct generator *g, struct piece condition, struct piece a, struct piece b) {
  g->lazy = true;
  struct piece yes = binary(g, "and", L_AND, condition, a, NULL);
  if (b.level == L_OR) { /* a chain: the alternative is itself a choice, not always in parentheses */
    struct piece p = {.level = L_OR};
    p.text = ask_printf(g->arena, pick(g, 2) ? "%s or %s" : "%s or (%s)", yes.text, b.text);
    p.lua = ask_printf(g->arena, "%s or %s", yes.lua, b.lua);
    p.checked = ask_printf(g->arena, "(%s or %s)", yes.checked, b.checked);
    return p;
  }
  return binary(g, "or", L_OR, yes, b, NULL);
}

/* ---- over lists and groups ---- */

struct over {
  const char *list, *entry;
  bool *bound;
};

static struct over some_list(struct generator *g) {
  if (g->member && !g->kid && pick(g, 2)) return (struct over){"member.kids", "kid", &g->kid};
  switch (pick(g, 3)) {
  case 0:
    if (!g->number) return (struct over){"numbers", "n", &g->number};
    break;
  case 1:
    if (!g->scale) return (struct over){"scales", "s", &g->scale};
    break;
  default: break;
  }
  return g->member ? (struct over){0} : (struct over){"roster", "member", &g->member};
}

static struct piece body(struct generator *g, const struct over *o, struct piece p) {
  p.lua = ask_printf(g->arena, "function(%s) return %s end", o->entry, p.lua);
  p.checked = ask_printf(g->arena, "function(%s) return %s end", o->entry, p.checked);
  return p;
}

/* name(list, a) or name(list, a, b); a and b are generated with the entry bound. */
static struct piece aggregate(struct generator *g, struct over o, const char *name, enum support_wanted wanted,
                              bool conditional, int depth) {
  *o.bound = true;
  struct piece a = body(g, &o, generate(g, wanted, depth - 1)), p = {.level = L_PRIMARY};
  if (conditional) {
    struct piece b = body(g, &o, generate(g, SUPPORT_BOOL, depth - 2));
    p.text = ask_printf(g->arena, "%s(%s, %s, %s)", name, o.list, a.text, b.text);
    p.lua = ask_printf(g->arena, "%s(%s, %s, %s)", name, o.list, a.lua, b.lua);
    p.checked = ask_printf(g->arena, "%s(%s, %s, %s)", name, o.list, a.checked, b.checked);
    g->lazy = true; /* a fault where the condition is false is passed over */
  } else {
    p.text = ask_printf(g->arena, "%s(%s, %s)", name, o.list, a.text);
    p.lua = ask_printf(g->arena, "%s(%s, %s)", name, o.list, a.lua);
    p.checked = ask_printf(g->arena, "%s(%s, %s)", name, o.list, a.checked);
  }
  *o.bound = false;
  return p;
}

static struct piece sum(struct generator *g, enum support_wanted wanted, int depth) {
  bool conditional = pick(g, 2);
  struct over o = some_list(g);
  if (!o.list) return generate(g, wanted, 0);
  g->wraps = true;
  return aggregate(g, o, "sum", wanted, conditional, depth);
}

/* ---- types ---- */

static struct piece integer_leaf(struct generator *g) {
  static const char *const names[] = {"i0", "i1", "i2", "i3"};
  if (g->kid && pick(g, 2)) return same(g, "kid.years");
  if (g->member && pick(g, 2)) return same(g, "member.age");
  if (g->number && pick(g, 2)) return same(g, "n");
  if (pick(g, 3) == 0) {
    int64_t most = (g->flags & SUPPORT_BIG) && pick(g, 3) == 0 ? INT64_MAX : pick(g, 4) ? 9 : 1000;
    return same(g, ask_printf(g->arena, "%lld", (long long)support_random_between(g->random, 0, most - 1)));
  }
  if (pick(g, 8) == 0) return same(g, pick(g, 2) ? "count(roster)" : "count(ticks)");
  if ((g->flags & SUPPORT_PARAMETERS) && pick(g, 5) == 0) {
    static const char *const parameters[] = {"two", "points.red", "points[colour]", "points['blue']"};
    return same(g, parameters[pick(g, 4)]);
  }
  return same(g, names[pick(g, 4)]);
}

static struct piece integer(struct generator *g, int depth) {
  if (depth <= 0) return integer_leaf(g);
  switch (pick(g, 13)) {
  case 0:
  case 1:
    g->wraps = true;
    return binary(g, "+", L_ADD, generate(g, SUPPORT_INTEGER, depth - 1), generate(g, SUPPORT_INTEGER, depth - 1),
                  "ADD");
  case 2:
    g->wraps = true;
    return binary(g, "-", L_ADD, generate(g, SUPPORT_INTEGER, depth - 1), generate(g, SUPPORT_INTEGER, depth - 1),
                  "SUB");
  case 3:
    g->wraps = true;
    return binary(g, "*", L_MULTIPLY, generate(g, SUPPORT_INTEGER, depth - 1), generate(g, SUPPORT_INTEGER, depth - 1),
                  "MUL");
  case 4:
    return binary(g, "//", L_MULTIPLY, generate(g, SUPPORT_INTEGER, depth - 1), generate(g, SUPPORT_INTEGER, depth - 2),
                  "FLOORDIV");
  case 5:
    return binary(g, "%", L_MULTIPLY, generate(g, SUPPORT_INTEGER, depth - 1), generate(g, SUPPORT_INTEGER, depth - 2),
                  "MOD");
  case 6: return unary(g, "-", generate(g, SUPPORT_INTEGER, depth - 1), "NEG");
  case 7:
    return call2(g, pick(g, 2) ? "min" : "max", generate(g, SUPPORT_INTEGER, depth - 1),
                 generate(g, SUPPORT_INTEGER, depth - 1));
  case 8: return call1(g, "abs", generate(g, SUPPORT_INTEGER, depth - 1));
  case 9:
    return choose(g, generate(g, SUPPORT_BOOL, depth - 1), generate(g, SUPPORT_INTEGER, depth - 1),
                  generate(g, SUPPORT_INTEGER, depth - 1));
  case 10: return sum(g, SUPPORT_INTEGER, depth - 1);
  case 11: {
    struct over o = some_list(g);
    return o.list ? aggregate(g, o, "count", SUPPORT_BOOL, false, depth) : integer_leaf(g);
  }
  default:
    if (g->flags & SUPPORT_BIG) return integer_leaf(g);
    if (pick(g, 2)) {
      g->wraps = true;
      return binary(g, "-", L_ADD, generate(g, SUPPORT_DATE, depth - 1), generate(g, SUPPORT_DATE, depth - 1), "SUB");
    }
    return call1(g, pick(g, 2) ? "floor" : pick(g, 2) ? "ceil" : "round", generate(g, SUPPORT_DECIMAL, depth - 1));
  }
}

/* 0 .. 63, with a fraction of 64ths: exact in six decimal places and in a double. */
static struct piece decimal_literal(struct generator *g) {
  char text[32];
  snprintf(text, sizeof text, "%d.%06d", pick(g, 64), pick(g, 64) * 15625);
  return same(g, ask_strdup(g->arena, text));
}

static struct piece widened(struct generator *g, struct piece p) {
  p.checked = ask_printf(g->arena, "WIDEN(%s)", p.checked);
  return p;
}

static struct piece decimal(struct generator *g, int depth) {
  if (depth <= 0) {
    if (pick(g, 4) == 0) return widened(g, integer_leaf(g));
    if ((g->flags & SUPPORT_PARAMETERS) && pick(g, 5) == 0) return same(g, "ratio");
    return pick(g, 3) ? same(g, pick(g, 2) ? "d0" : "d1") : decimal_literal(g);
  }
  struct piece a = generate(g, SUPPORT_DECIMAL, depth - 1);
  switch (pick(g, 9)) {
  case 0:
  case 1: return binary(g, "+", L_ADD, a, generate(g, SUPPORT_DECIMAL, depth - 1), "DADD");
  case 2: return binary(g, "-", L_ADD, a, generate(g, SUPPORT_DECIMAL, depth - 1), "DSUB");
  case 3: return binary(g, "*", L_MULTIPLY, pick(g, 2) ? widened(g, integer_leaf(g)) : same(g, "i1"), a, "DMUL");
  case 4: return binary(g, "%", L_MULTIPLY, a, generate(g, SUPPORT_DECIMAL, depth - 2), "MOD");
  case 5: return unary(g, "-", a, "NEG");
  case 6: return call2(g, pick(g, 2) ? "min" : "max", a, generate(g, SUPPORT_DECIMAL, depth - 1));
  case 7: return choose(g, generate(g, SUPPORT_BOOL, depth - 1), a, generate(g, SUPPORT_DECIMAL, depth - 1));
  default: return call1(g, "abs", a);
  }
}

static struct piece money_literal(struct generator *g) {
  static const char *const fractions[] = {"", ".25", ".50", ".75"};
  return same(g, ask_printf(g->arena, "%d%s", pick(g, 2000), fractions[pick(g, 4)]));
}

/* A literal means dollars only beside something that is money. */
static struct piece money_or_literal(struct generator *g, int depth) {
  return pick(g, 3) == 0 ? money_literal(g) : generate(g, SUPPORT_MONEY, depth);
}

static struct piece money(struct generator *g, int depth) {
  static const char *const names[] = {"m0", "m1", "m2"};
  if (depth <= 0) {
    if (g->member && pick(g, 2)) return same(g, "member.pay");
    if ((g->flags & SUPPORT_PARAMETERS) && pick(g, 4) == 0) return same(g, "limit");
    return same(g, names[pick(g, 3)]);
  }
  if ((g->flags & SUPPORT_PARAMETERS) && pick(g, 8) == 0) {
    struct piece key = generate(g, SUPPORT_INTEGER, depth - 2);
    return same(g, ask_printf(g->arena, "sizes[%s]", key.text));
  }
  struct piece a = generate(g, SUPPORT_MONEY, depth - 1);
  switch (pick(g, 11)) {
  case 0: return binary(g, "+", L_ADD, a, money_or_literal(g, depth - 1), "MADD");
  case 1: return binary(g, "+", L_ADD, money_or_literal(g, depth - 1), a, "MADD");
  case 2: return binary(g, "-", L_ADD, a, money_or_literal(g, depth - 1), "MSUB");
  case 3: return binary(g, "*", L_MULTIPLY, a, integer_leaf(g), "MMUL");
  case 4: return binary(g, "*", L_MULTIPLY, integer_leaf(g), a, "MMUL");
  case 5: return binary(g, "%", L_MULTIPLY, a, money_or_literal(g, depth - 2), "MOD");
  case 6: return call2(g, pick(g, 2) ? "min" : "max", a, money_or_literal(g, depth - 1));
  case 7: return choose(g, generate(g, SUPPORT_BOOL, depth - 1), a, money_or_literal(g, depth - 1));
  case 8: return sum(g, SUPPORT_MONEY, depth - 1);
  case 9: return call1(g, pick(g, 2) ? "floor" : pick(g, 2) ? "ceil" : "round", a);
  default: return pick(g, 2) ? unary(g, "-", a, "NEG") : call1(g, "abs", a);
  }
}

static struct piece date(struct generator *g, int depth) {
  if (depth <= 0) return same(g, pick(g, 5) == 0 ? "as_of" : pick(g, 2) ? "t0" : "t1");
  struct piece a = generate(g, SUPPORT_DATE, depth - 1);
  switch (pick(g, 4)) {
  case 0: g->wraps = true; return binary(g, "+", L_ADD, a, integer_leaf(g), "ADD");
  case 1: g->wraps = true; return binary(g, "-", L_ADD, a, integer_leaf(g), "SUB");
  case 2: return call2(g, pick(g, 2) ? "min" : "max", a, generate(g, SUPPORT_DATE, depth - 1));
  default: return choose(g, generate(g, SUPPORT_BOOL, depth - 1), a, generate(g, SUPPORT_DATE, depth - 1));
  }
}

static struct piece date_literal(struct generator *g) {
  static const struct {
    const char *text, *days;
  } dates[] = {{"'2026-01-01'", "20454"}, {"'1944-03-02'", "-9436"}, {"'2030-12-31'", "22279"}};
  int i = pick(g, 3);
  return (struct piece){dates[i].text, dates[i].days, dates[i].days, L_PRIMARY};
}

static const char *comparison(struct generator *g) {
  static const char *const ops[] = {"==", "~=", "<", "<=", ">", ">="};
  return ops[pick(g, 6)];
}

static struct piece scale_word(struct generator *g) {
  static const char *const words[] = {"'a_none'", "'b_low'", "\"c_mid\"", "'d_high'"};
  return same(g, words[pick(g, 4)]);
}

static struct piece words(struct generator *g) {
  static const char *const scales[] = {"scale0", "scale1", "scale2"}, *const colours[] = {"'red'", "'green'", "'blue'"};
  struct piece a = same(g, g->scale && pick(g, 2) ? "s" : scales[pick(g, 3)]);
  switch (pick(g, 4)) {
  case 0: return binary(g, comparison(g), L_COMPARE, a, scale_word(g), NULL);
  case 1: return binary(g, comparison(g), L_COMPARE, pick(g, 2) ? scale_word(g) : same(g, scales[pick(g, 3)]), a, NULL);
  case 2:
    return binary(g, pick(g, 2) ? "==" : "~=", L_COMPARE, same(g, g->member && pick(g, 2) ? "member.colour" : "colour"),
                  same(g, colours[pick(g, 3)]), NULL);
  default: return call2(g, "has", same(g, "ticks"), same(g, colours[pick(g, 3)]));
  }
}

static struct piece bool_leaf(struct generator *g) {
  static const char *const names[] = {"b0", "b1", "b2", "true", "false"};
  if (g->kid && pick(g, 2)) return same(g, "kid.fit");
  if (g->member && pick(g, 2)) return same(g, "member.works");
  if ((g->flags & SUPPORT_STATUSES) && pick(g, 6) == 0)
    return same(g, pick(g, 2) ? "(status.alpha == 'likely')" : "(status.alpha ~= 'unlikely')");
  if (pick(g, 2)) return words(g);
  return same(g, names[pick(g, 12) ? pick(g, 3) : 3 + pick(g, 2)]);
}

static struct piece compared(struct generator *g, int depth) {
  struct piece a, b;
  switch (pick(g, g->flags & SUPPORT_BIG ? 2 : 5)) {
  case 0: {
    /* a count beside a number: the comparison that is decided by its bounds */
    struct over o = some_list(g);
    if (!o.list) return bool_leaf(g);
    a = aggregate(g, o, "count", SUPPORT_BOOL, false, depth), b = integer_leaf(g);
    if (pick(g, 4) == 0) return binary(g, comparison(g), L_COMPARE, b, a, NULL);
    break;
  }
  case 1: a = generate(g, SUPPORT_INTEGER, depth), b = generate(g, SUPPORT_INTEGER, depth); break;
  case 2: a = generate(g, SUPPORT_DECIMAL, depth), b = generate(g, SUPPORT_DECIMAL, depth); break;
  case 3: a = generate(g, SUPPORT_MONEY, depth), b = money_or_literal(g, depth); break;
  default:
    a = generate(g, SUPPORT_DATE, depth), b = pick(g, 3) ? generate(g, SUPPORT_DATE, depth) : date_literal(g);
    break;
  }
  return binary(g, comparison(g), L_COMPARE, a, b, NULL);
}

static struct piece boolean(struct generator *g, int depth) {
  if (depth <= 0) return bool_leaf(g);
  switch (pick(g, 10)) {
  case 0:
  case 1:
    g->lazy = true;
    return binary(g, "and", L_AND, generate(g, SUPPORT_BOOL, depth - 1), generate(g, SUPPORT_BOOL, depth - 1), NULL);
  case 2:
  case 3:
    g->lazy = true;
    return binary(g, "or", L_OR, generate(g, SUPPORT_BOOL, depth - 1), generate(g, SUPPORT_BOOL, depth - 1), NULL);
  case 4: return unary(g, "not", generate(g, SUPPORT_BOOL, depth - 1), NULL);
  case 5: {
    struct over o = some_list(g);
    g->lazy = true;
    return o.list ? aggregate(g, o, pick(g, 2) ? "any" : "all", SUPPORT_BOOL, false, depth) : bool_leaf(g);
  }
  case 6:
    return binary(g, pick(g, 2) ? "==" : "~=", L_COMPARE, generate(g, SUPPORT_BOOL, depth - 1),
                  generate(g, SUPPORT_BOOL, depth - 1), NULL);
  default: return compared(g, depth - 1);
  }
}

static struct piece generate(struct generator *g, enum support_wanted wanted, int depth) {
  if (depth > 0 && pick(g, 5) == 0) depth = 0;
  switch (wanted) {
  case SUPPORT_BOOL: return boolean(g, depth);
  case SUPPORT_INTEGER: return integer(g, depth);
  case SUPPORT_DECIMAL: return decimal(g, depth);
  case SUPPORT_MONEY: return money(g, depth);
  default: return date(g, depth);
  }
}

static struct support_expression finished(const struct generator *g, struct piece p) {
  return (struct support_expression){p.text, p.lua, p.checked, g->lazy, g->wraps};
}

struct support_expression support_generate(struct ask_arena *arena, struct support_random *random,
                                           enum support_wanted wanted, int depth, unsigned flags) {
  struct generator g = {.arena = arena, .random = random, .flags = flags};
  return finished(&g, generate(&g, wanted, depth));
}

struct support_expression support_generate_rounding(struct ask_arena *arena, struct support_random *random, int depth) {
  struct generator g = {.arena = arena, .random = random};
  struct piece a, b;
  switch (pick(&g, 6)) {
  case 0: a = generate(&g, SUPPORT_INTEGER, depth), b = generate(&g, SUPPORT_INTEGER, depth); break;
  case 1: a = generate(&g, SUPPORT_DECIMAL, depth), b = generate(&g, SUPPORT_DECIMAL, depth); break;
  case 2: a = generate(&g, SUPPORT_MONEY, depth), b = generate(&g, SUPPORT_MONEY, depth); break;
  case 3:
    a = generate(&g, SUPPORT_DECIMAL, depth), b = generate(&g, SUPPORT_DECIMAL, depth);
    return finished(&g, binary(&g, "*", L_MULTIPLY, a, b, "DMUL"));
  case 4:
    a = generate(&g, SUPPORT_MONEY, depth), b = generate(&g, SUPPORT_DECIMAL, depth);
    return finished(&g, binary(&g, "*", L_MULTIPLY, a, b, "MMUL"));
  default: a = generate(&g, SUPPORT_MONEY, depth), b = generate(&g, SUPPORT_DECIMAL, depth); break;
  }
  return finished(&g, binary(&g, "/", L_MULTIPLY, a, b, "DIV"));
}
