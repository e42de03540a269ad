/* On known values an expression means what Lua means: random expressions are evaluated by the engine and by Lua 5.4 itself,
 * over the same households. Where Lua errs, or wraps round, or divides by zero, the engine has a fault. */
#include <check.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <math.h>
#include <stdlib.h>

#include "unit/support_generate.h"

enum { HOUSEHOLDS = 64, PER_EXPRESSION = 2 };

/* What Lua lacks, and arithmetic that can see an overflow. `range` is what decimals and money cannot hold but doubles can. */
static const char prelude[] =
    "local M = { min = math.min, max = math.max, floor = math.floor, ceil = math.ceil }\n"
    "local function whole(x) return math.type(x) == 'integer' end\n"
    "function M.ADD(x, y) local r = x + y; if whole(r) and ((x ~ r) & (y ~ r)) < 0 then error('overflow', 0) end return r end\n"
    "function M.SUB(x, y) local r = x - y; if whole(r) and ((x ~ y) & (x ~ r)) < 0 then error('overflow', 0) end return r end\n"
    "function M.MUL(x, y) local r = x * y\n"
    "  if x ~= 0 and (r // x ~= y or (x == -1 and y == math.mininteger)) then error('overflow', 0) end return r end\n"
    "function M.NEG(x) if x == math.mininteger then error('overflow', 0) end return -x end\n"
    "function M.abs(x) if x == math.mininteger then error('overflow', 0) end return math.abs(x) end\n"
    "function M.FLOORDIV(x, y) if y == 0 then error('zero', 0) end\n"
    "  if x == math.mininteger and y == -1 then error('overflow', 0) end return x // y end\n"
    "function M.MOD(x, y) if y == 0 then error('zero', 0) end return x % y end\n"
    "function M.DIV(x, y) if y == 0 then error('zero', 0) end return x / y end\n"
    "local function held(r) if math.abs(r) > 9.2e12 then error('range', 0) end return r end\n"
    "M.WIDEN = held\n"
    "function M.DADD(x, y) return held(x + y) end\n"
    "function M.DSUB(x, y) return held(x - y) end\n"
    "function M.DMUL(x, y) return held(x * y) end\n"
    "M.MADD, M.MSUB, M.MMUL = M.DADD, M.DSUB, M.DMUL\n"
    "function M.round(x) return x < 0 and -math.floor(-x + 0.5) or math.floor(x + 0.5) end\n"
    "function M.count(l, f) if not f then return #l end\n"
    "  local n = 0; for _, x in ipairs(l) do if f(x) then n = n + 1 end end return n end\n"
    "function M.any(l, f) for _, x in ipairs(l) do if f(x) then return true end end return false end\n"
    "function M.all(l, f) for _, x in ipairs(l) do if not f(x) then return false end end return true end\n"
    "function M.sum(l, f, c) local s = 0\n"
    "  for _, x in ipairs(l) do if not c or c(x) then s = M.ADD(s, f(x)) end end return s end\n"
    "function M.has(l, word) for _, x in ipairs(l) do if x == word then return true end end return false end\n"
    "return { __index = M }\n";

static struct ask_arena *kept;
static struct expr_world *worlds;
static lua_State *lua;
static int metatable, households; /* stack places */

static void push(const struct expr_item *item, const struct ask_value *value);

static void push_entries(const struct expr_item *item, const struct ask_entries *entries) {
  lua_createtable(lua, (int)entries->count, 0);
  for (uint32_t i = 0; i < entries->count; i++) {
    lua_newtable(lua);
    for (uint32_t k = 0; k < entries->width; k++) {
      push(&item->list->fields[k], &entries->cells[i * entries->width + k]);
      lua_setfield(lua, -2, item->list->fields[k].name);
    }
    lua_rawseti(lua, -2, i + 1);
  }
}

static void push(const struct expr_item *item, const struct ask_value *value) {
  switch (item->type) {
  case ASK_BOOL: lua_pushboolean(lua, (int)value->word); return;
  case ASK_DECIMAL: lua_pushnumber(lua, (double)value->word / 1e6); return;
  case ASK_MONEY: lua_pushnumber(lua, (double)value->word / 100.0); return;
  case ASK_CHOICE: lua_pushstring(lua, item->options->list[value->word].id); return;
  case ASK_TEXT: lua_pushliteral(lua, "text"); return;
  case ASK_LIST: push_entries(item, (const struct ask_entries *)(intptr_t)value->word); return;
  case ASK_CHOICES:
    lua_newtable(lua);
    for (int i = 0, n = 0; i < 3; i++)
      if (value->word >> i & 1) {
        lua_pushstring(lua, item->options->list[i].id);
        lua_rawseti(lua, -2, ++n);
      }
    return;
  default: lua_pushinteger(lua, value->word); return;
  }
}

static void push_household(const struct expr_world *w) {
  lua_newtable(lua);
  for (int i = 0; i < EXPR_ITEMS; i++) {
    push(&expr_items[i], &w->items[i]);
    lua_setfield(lua, -2, expr_items[i].name);
  }
  for (size_t g = 0; g < sizeof expr_groups / sizeof *expr_groups; g++) {
    lua_newtable(lua);
    for (int i = (int)expr_groups[g].first, n = 0; i <= (int)expr_groups[g].last; i++) {
      push(&expr_items[i], &w->items[i]);
      lua_rawseti(lua, -2, ++n);
    }
    lua_setfield(lua, -2, expr_groups[g].name);
  }
  lua_pushinteger(lua, w->frame.as_of);
  lua_setfield(lua, -2, "as_of");
  lua_pushvalue(lua, metatable);
  lua_setmetatable(lua, -2);
}

static void start(void) {
  kept = ask_arena_new();
  worlds = ask_alloc_array(kept, HOUSEHOLDS, sizeof *worlds);
  lua = luaL_newstate();
  luaL_openlibs(lua);
  ck_assert_msg(luaL_dostring(lua, prelude) == LUA_OK, "%s", lua_tostring(lua, -1));
  metatable = lua_gettop(lua);
  lua_newtable(lua);
  households = lua_gettop(lua);
}

static void make_households(struct support_random *random, bool big) {
  for (int i = 0; i < HOUSEHOLDS; i++) {
    expr_world_init(&worlds[i]);
    support_household(kept, random, 0, big, &worlds[i]);
    push_household(&worlds[i]);
    lua_rawseti(lua, households, i + 1);
  }
}

static void stop(void) {
  lua_close(lua);
  ask_arena_free(kept);
}

/* ck_assert writes a note at every call, which is slow. */
#define MUST(holds, ...) ((holds) ? (void)0 : ck_abort_msg(__VA_ARGS__))

static void load_lua(const char *text) {
  lua_pushliteral(lua, "local _ENV = ...; return ");
  lua_pushstring(lua, text);
  lua_concat(lua, 2);
  const char *source = lua_tostring(lua, -1);
  MUST(luaL_loadstring(lua, source) == LUA_OK, "%s: %s", source, lua_tostring(lua, -1));
  lua_remove(lua, -2);
}

/* Calls the function at `function` for a household; the result or the error is left on the stack. */
static bool call_lua(int function, int household) {
  lua_pushvalue(lua, function);
  lua_rawgeti(lua, households, household + 1);
  return lua_pcall(lua, 1, 1, 0) == LUA_OK;
}

static bool finite_result(void) { return lua_type(lua, -1) != LUA_TNUMBER || isfinite(lua_tonumber(lua, -1)); }

/* Whether the engine's known word is what Lua left on the stack. */
static bool agrees(enum ask_type type, int64_t word, bool rounding) {
  if (type == ASK_BOOL) return lua_isboolean(lua, -1) && lua_toboolean(lua, -1) == (word != 0);
  if (lua_type(lua, -1) != LUA_TNUMBER) return false;
  double x = lua_tonumber(lua, -1);
  double unit = type == ASK_MONEY ? 100.0 : type == ASK_DECIMAL ? 1e6 : 1.0;
  if (unit == 1.0 && lua_isinteger(lua, -1)) return lua_tointeger(lua, -1) == word;
  if (!rounding && fabs(x) < 1e9) return x * unit == (double)word;
  return fabs(x * unit - (double)word) <= (rounding ? 0.5 : 0.0) + 1e-6 + fabs(x * unit) * 1e-12;
}

struct tally {
  long known, faults, passed_over, out_of_range;
};

static void one(const struct support_expression *e, bool rounding, struct support_random *random,
                struct ask_arena *arena, struct tally *tally) {
  struct ask_problems problems = {.arena = arena};
  struct ask_code code;
  struct ask_kind kind;
  MUST(expr_compile(arena, e->text, NULL, &code, &problems, &kind), "%s: %s", e->text,
       problems.count ? problems.list[0].message : "?");
  int top = lua_gettop(lua), native = top + 1, checked = 0;
  load_lua(e->lua);
  for (int i = 0; i < PER_EXPRESSION; i++) {
    int h = support_random_below(random, HOUSEHOLDS);
    struct ask_value ours = expr_evaluate(arena, &code, &worlds[h]);
    MUST(ours.state == ASK_KNOWN || ours.state == ASK_FAULT, "%s: state %d on known values", e->text, ours.state);
    const char *why = NULL;
    bool fine = call_lua(native, h) && finite_result();
    if (!fine || ours.state == ASK_FAULT || e->wraps) {
      if (!checked) {
        load_lua(e->checked);
        checked = lua_gettop(lua);
        lua_insert(lua, native + 1); /* below the result */
        checked = native + 1;
      }
      if (!call_lua(checked, h))
        why = lua_tostring(lua, -1);
      else
        MUST(fine, "%s (household %d): Lua itself fails, with checks it does not", e->text, h);
      if (!why) lua_pop(lua, 1);
    }
    bool soft = why && strcmp(why, "range") == 0;
    MUST(!why || soft || strcmp(why, "overflow") == 0 || strcmp(why, "zero") == 0, "%s: %s", e->checked, why);
    if (why) lua_pop(lua, 1);
    if (!why || (soft && fine && ours.state == ASK_KNOWN)) {
      MUST(ours.state == ASK_KNOWN, "%s (household %d): a fault; Lua has %s", e->text, h,
           luaL_tolstring(lua, -1, NULL));
      MUST(agrees(kind.type, ours.word, rounding), "%s (household %d): %s %lld; Lua has %s", e->text, h,
           ask_type_name(kind.type), (long long)ours.word, luaL_tolstring(lua, -1, NULL));
      tally->known++;
    } else if (ours.state == ASK_FAULT) {
      tally->faults++;
    } else {
      MUST(e->lazy || soft, "%s (household %d): %lld, where Lua ends with: %s", e->text, h, (long long)ours.word, why);
      tally->passed_over++;
    }
    tally->out_of_range += soft;
    lua_settop(lua, checked ? checked : native);
  }
  lua_settop(lua, top);
}

static struct tally run(uint64_t seed, long count, unsigned flags, bool rounding) {
  struct support_random random = {seed};
  struct tally tally = {0};
  start();
  make_households(&random, flags & SUPPORT_BIG);
  struct ask_arena *arena = ask_arena_new();
  for (long n = 0; n < count; n++) {
    enum support_wanted wanted = (enum support_wanted)((unsigned)n % 5);
    if (flags & SUPPORT_BIG) wanted = n % 2 ? SUPPORT_INTEGER : SUPPORT_BOOL;
    int depth = 1 + support_random_below(&random, 4);
    struct support_expression e = rounding ? support_generate_rounding(arena, &random, depth - 1)
                                           : support_generate(arena, &random, wanted, depth, flags);
    if (strlen(e.text) < 2000) one(&e, rounding, &random, arena, &tally);
    ask_arena_reset(arena);
  }
  ask_arena_free(arena);
  stop();
  return tally;
}

START_TEST(exact_values) {
  struct tally t = run(20261123, 70000, 0, false);
  ck_assert_int_gt(t.known, 120000);
  ck_assert_int_gt(t.faults, 1000);
}
END_TEST

START_TEST(whole_numbers_that_overflow) {
  struct tally t = run(7, 20000, SUPPORT_BIG, false);
  ck_assert_int_gt(t.known, 25000);
  ck_assert_int_gt(t.faults, 3000);
}
END_TEST

START_TEST(division_and_rounding) {
  struct tally t = run(42, 15000, 0, true);
  ck_assert_int_gt(t.known, 25000);
  ck_assert_int_gt(t.faults, 300);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("expressions beside Lua");
  TCase *cases = tcase_create("differential");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, exact_values);
  tcase_add_test(cases, whole_numbers_that_overflow);
  tcase_add_test(cases, division_and_rounding);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
