/* How many questions intakes ask, and how many one household is asked. */
#include "json/write.h"

#include "json/put.h"

static void put_percent(struct ask_buffer *buffer, size_t part, size_t whole) {
  if (whole)
    ask_put_int(buffer, (int64_t)((100 * part + whole / 2) / whole));
  else
    ask_put_null(buffer);
}

static void put_counts(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                       const struct ask_burden *burden) {
  ask_put_key(buffer, "programs");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < catalogue->program_count; i++) {
    if (!burden->programs[i]) continue;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "program", catalogue->programs[i].spec->id);
    ask_put_key_int(buffer, "questions", (int64_t)burden->questions[i]);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_key_int(buffer, "separate", (int64_t)burden->separate);
  ask_put_key_int(buffer, "merged", (int64_t)burden->merged);
  ask_put_key(buffer, "saved_percent");
  put_percent(buffer, burden->separate - burden->merged, burden->separate);
  ask_put_key_int(buffer, "every_intake", (int64_t)burden->every_intake);
  ask_put_key_int(buffer, "gated", (int64_t)burden->gated);
  ask_put_key_int(buffer, "single_use", (int64_t)burden->single);
  ask_put_key(buffer, "questions");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < burden->merged; i++) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "item", catalogue->items[burden->items[i].item].spec->id);
    ask_put_key_int(buffer, "uses", (int64_t)burden->items[i].uses);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

static void put_household(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, const char *id,
                          const struct ask_burden_household *household) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "id", id);
  ask_put_key_int(buffer, "asked", (int64_t)household->total);
  ask_put_key_int(buffer, "to_decide", (int64_t)household->asked_count);
  ask_put_key_int(buffer, "not_known", (int64_t)household->not_known);
  ask_put_key_int(buffer, "full", (int64_t)household->full);
  ask_put_key(buffer, "asked_percent_of_full");
  put_percent(buffer, household->total, household->full);
  ask_put_key_int(buffer, "separate", (int64_t)household->separate);
  ask_put_key_int(buffer, "settled", (int64_t)household->settled);
  ask_put_key_int(buffer, "open", (int64_t)household->open);
  ask_put_key(buffer, "order");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < household->asked_count; i++)
    ask_put_text(buffer, catalogue->items[household->asked[i]].spec->id);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

static void put_spread(struct ask_buffer *buffer, const struct ask_burden_spread *spread) {
  ask_put_open(buffer, '{');
  ask_put_key_int(buffer, "median", (int64_t)spread->median);
  ask_put_key_int(buffer, "p90", (int64_t)spread->p90);
  ask_put_close(buffer, '}');
}

void ask_json_burden(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, const struct ask_burden *burden,
                     const char *const *ids, const struct ask_burden_household *households, size_t household_count,
                     const struct ask_burden_summary *summary) {
  ask_put_open(buffer, '{');
  put_counts(buffer, catalogue, burden);
  if (household_count) {
    ask_put_key(buffer, "households");
    ask_put_open(buffer, '[');
    for (size_t i = 0; i < household_count; i++) put_household(buffer, catalogue, ids[i], &households[i]);
    ask_put_close(buffer, ']');
    ask_put_key(buffer, "all_households");
    ask_put_open(buffer, '{');
    ask_put_key_int(buffer, "count", (int64_t)household_count);
    ask_put_key(buffer, "asked");
    put_spread(buffer, &summary->asked);
    ask_put_key(buffer, "full");
    put_spread(buffer, &summary->full);
    ask_put_key(buffer, "asked_percent_of_full");
    put_spread(buffer, &summary->percent);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, '}');
}
