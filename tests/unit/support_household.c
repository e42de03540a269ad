/* Random numbers and random households for tests; see support_generate.h. */
#include "unit/support_generate.h"

uint64_t support_random_next(struct support_random *random) { /* splitmix64 */
  uint64_t z = random->state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

int support_random_below(struct support_random *random, int count) {
  return (int)(support_random_next(random) % (uint64_t)count);
}

int64_t support_random_between(struct support_random *random, int64_t lowest, int64_t highest) {
  return lowest + (int64_t)(support_random_next(random) % (uint64_t)(highest - lowest + 1));
}

static struct ask_value some_value(struct ask_arena *arena, struct support_random *r, const struct expr_item *item,
                                   int unknown, bool big);

static struct ask_value some_list_value(struct ask_arena *arena, struct support_random *r, const struct expr_list *list,
                                        int unknown) {
  struct ask_entries *entries = ask_alloc(arena, sizeof *entries);
  entries->count = (uint32_t)support_random_below(r, 4);
  entries->width = (uint32_t)list->count;
  entries->cells = ask_alloc_array(arena, (size_t)entries->count * entries->width, sizeof *entries->cells);
  for (size_t i = 0; i < (size_t)entries->count * entries->width; i++)
    entries->cells[i] = some_value(arena, r, &list->fields[i % entries->width], unknown, false);
  return expr_word((int64_t)(intptr_t)entries);
}

static int64_t some_integer(struct support_random *r, bool big) {
  static const int64_t far[] = {INT64_MAX,     INT64_MIN,     INT64_MAX - 1, INT64_MIN + 1,
                                INT64_MAX / 2, INT64_MIN / 2, 3037000500};
  if (!big) return support_random_between(r, -20, 20);
  switch (support_random_below(r, 4)) {
  case 0: return far[support_random_below(r, 7)];
  case 1: return (int64_t)support_random_next(r);
  case 2: return (int64_t)(support_random_next(r) >> 33) - INT32_MAX;
  default: return support_random_between(r, -3, 3);
  }
}

static struct ask_value some_value(struct ask_arena *arena, struct support_random *r, const struct expr_item *item,
                                   int unknown, bool big) {
  if (support_random_below(r, 100) < unknown) return expr_unknown;
  switch (item->type) {
  case ASK_BOOL: return expr_word(support_random_below(r, 2));
  case ASK_INTEGER: return expr_word(some_integer(r, big));
  case ASK_DECIMAL: return expr_word(support_random_between(r, -4096, 4096) * 15625);
  case ASK_MONEY: return expr_word(support_random_between(r, -8000, 8000) * 25);
  case ASK_DATE: return expr_word(support_random_between(r, -20000, 30000));
  case ASK_CHOICE: return expr_word(support_random_below(r, item->options == &expr_scale ? 4 : 3));
  case ASK_CHOICES: return expr_word(support_random_below(r, 8));
  case ASK_LIST: return some_list_value(arena, r, item->list, unknown);
  default: {
    static struct ask_text texts[] = {{"one", 3}, {"two", 3}};
    return expr_word((int64_t)(intptr_t)&texts[support_random_below(r, 2)]);
  }
  }
}

void support_household(struct ask_arena *arena, struct support_random *random, int unknown, bool big,
                       struct expr_world *world) {
  for (int i = 0; i < EXPR_ITEMS; i++) world->items[i] = some_value(arena, random, &expr_items[i], unknown, big);
}

static struct ask_value completed(struct ask_arena *arena, struct support_random *r, const struct expr_item *item,
                                  struct ask_value value) {
  if (value.state == ASK_UNKNOWN) return some_value(arena, r, item, 0, false);
  if (item->type != ASK_LIST) return value;
  const struct ask_entries *from = (const struct ask_entries *)(intptr_t)value.word;
  struct ask_entries *to = ask_alloc(arena, sizeof *to);
  *to = *from;
  to->cells = ask_alloc_array(arena, (size_t)from->count * from->width, sizeof *to->cells);
  for (size_t i = 0; i < (size_t)from->count * from->width; i++)
    to->cells[i] = completed(arena, r, &item->list->fields[i % from->width], from->cells[i]);
  return expr_word((int64_t)(intptr_t)to);
}

void support_complete(struct ask_arena *arena, struct support_random *random, const struct ask_value *items,
                      struct expr_world *ret) {
  for (int i = 0; i < EXPR_ITEMS; i++) ret->items[i] = completed(arena, random, &expr_items[i], items[i]);
}
