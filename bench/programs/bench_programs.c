/* The shipped programs on the shipped example households, in process.
 *   bench_programs assess  FILE...   JSON text in, determinations with criteria tree, JSON text out
 *   bench_programs explain FILE...   answers in memory -> determinations with trees, reasons, levels, documents
 *   bench_programs next    FILE...   the same, and what to ask next
 *   bench_programs what-if FILE...   what would change one program's status (a program in turn)
 * MODE --pack PACKS FILE...: with these packs (nyc,access_nyc; all) rather than nyc. MODE --asked PACKS FILE...: all packs are
 * loaded, and these are asked, as a server does it.
 * Prints one JSON line as the other programs of bench/ do; microseconds are for one household. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "service/assess.h"
#include "service/catalogue.h"
#include "json/read.h"

struct bench {
  struct ask_rules *rules;
  struct ask_desk *desk;
  struct ask_arena *arena;
  char **texts;
  size_t *lengths;
  struct ask_answers **answers;
  size_t count, next_program;
  const char *pack, *asked;
  struct ask_choice choice;
  struct ask_buffer out;
};

static void fail(const struct ask_problems *problems) {
  for (size_t i = 0; i < problems->count; i++)
    fprintf(stderr, "%s: %s\n", problems->list[i].path ? problems->list[i].path : "-", problems->list[i].message);
  exit(1);
}

static void load(struct bench *b, char **paths, size_t count) {
  struct ask_data_options options = {.pack = b->asked ? "all" : b->pack};
  struct ask_data_places places;
  b->arena = ask_arena_new();
  struct ask_problems problems = {.arena = b->arena};
  if (!ask_data_find(b->arena, &options, &places, &problems)) fail(&problems);
  b->rules = ask_rules_load(&places, &problems);
  if (!b->rules) fail(&problems);
  if (b->asked && !ask_packs_read(b->arena, b->rules->catalogue, b->asked, &b->choice.packs, &problems)) fail(&problems);
  b->desk = ask_desk_new(b->rules);
  b->texts = ask_alloc_array(b->arena, count, sizeof *b->texts);
  b->lengths = ask_alloc_array(b->arena, count, sizeof *b->lengths);
  b->answers = ask_alloc_array(b->arena, count, sizeof *b->answers);
  for (size_t i = 0; i < count; i++) {
    FILE *file = fopen(paths[i], "rb");
    if (!file) {
      perror(paths[i]);
      exit(1);
    }
    b->texts[i] = ask_alloc(b->arena, 1 << 18);
    b->lengths[i] = fread(b->texts[i], 1, (1 << 18) - 1, file);
    fclose(file);
    struct ask_json_reader *reader = ask_json_reader_new();
    struct ask_json_source source = {.file = paths[i], .limit = 1 << 18};
    const struct ask_raw *raw = ask_json_read(reader, b->arena, &source, b->texts[i], b->lengths[i], &problems);
    if (raw)
      b->answers[i] =
          ask_answers_read(b->arena, b->rules->catalogue, ask_today(), ask_raw_member(raw, "answers"), &problems);
    ask_json_reader_free(reader);
    if (!b->answers[i]) fail(&problems);
  }
  b->count = count;
}

static long pass_assess(void *context) {
  struct bench *b = context;
  struct ask_problems problems = {.arena = b->arena};
  struct ask_desk_source source = {.limit = 1 << 18, .as_of = ask_today()};
  long sum = 0;
  for (size_t i = 0; i < b->count; i++) {
    struct ask_household household;
    if (!ask_desk_read(b->desk, &source, b->texts[i], b->lengths[i], &household, &problems)) fail(&problems);
    const struct ask_result *result = ask_desk_assess(b->desk, &household, &b->choice, &problems);
    ask_buffer_clear(&b->out);
    ask_desk_write(b->desk, result, &household, &b->choice, ASK_DETAIL_TREE, true, &b->out);
    sum += (long)b->out.length;
  }
  return sum;
}

static long pass_explain(void *context) {
  struct bench *b = context;
  struct ask_problems problems = {.arena = b->arena};
  struct ask_assess_options options = {.packs = b->choice.packs};
  long sum = 0;
  for (size_t i = 0; i < b->count; i++) {
    const struct ask_result *result = ask_assess(ask_desk_workspace(b->desk), b->answers[i], &options, &problems);
    if (!result) fail(&problems);
    for (size_t k = 0; k < result->determination_count; k++)
      sum += (long)result->determinations[k].status + (long)result->determinations[k].reason_count;
  }
  return sum;
}

static long pass_next(void *context) {
  struct bench *b = context;
  struct ask_problems problems = {.arena = b->arena};
  long sum = 0;
  for (size_t i = 0; i < b->count; i++) {
    const struct ask_next *next;
    if (!ask_assess(ask_desk_workspace(b->desk), b->answers[i], NULL, &problems)) fail(&problems);
    sum += (long)ask_next_items(ask_desk_workspace(b->desk), &next, NULL, NULL);
  }
  return sum;
}

/* One program of each household; the assessment before it is part of the figure. */
static long pass_what_if(void *context) {
  struct bench *b = context;
  struct ask_problems problems = {.arena = b->arena};
  const struct ask_catalogue *c = b->rules->catalogue;
  long sum = 0;
  for (size_t i = 0; i < b->count; i++) {
    if (!ask_assess(ask_desk_workspace(b->desk), b->answers[i], NULL, &problems)) fail(&problems);
    for (size_t p = 0; p < c->program_count; p++) {
      struct ask_what_if what_if;
      ask_what_if(ask_desk_workspace(b->desk), &c->programs[p], &what_if);
      sum += (long)what_if.change_count;
    }
  }
  return sum;
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    measure_pass pass;
    bool each_program;
  } modes[] = {{"assess", pass_assess, false},
               {"explain", pass_explain, false},
               {"next", pass_next, false},
               {"what-if", pass_what_if, true}};
  struct bench b = {0};
  if (argc > 4 && strcmp(argv[2], "--pack") == 0) b.pack = argv[3];
  if (argc > 4 && strcmp(argv[2], "--asked") == 0) b.asked = argv[3];
  int files = b.pack || b.asked ? 4 : 2;
  for (size_t i = 0; argc > 2 && i < sizeof modes / sizeof *modes; i++) {
    if (strcmp(argv[1], modes[i].name) != 0) continue;
    load(&b, argv + files, (size_t)(argc - files));
    size_t n = b.count * (modes[i].each_program ? b.rules->catalogue->program_count : 1);
    measure_rounds("askonce", modes[i].name, n, 5, modes[i].pass, &b);
    ask_buffer_free(&b.out);
    ask_desk_free(b.desk);
    ask_rules_free(b.rules);
    ask_arena_free(b.arena);
    return 0;
  }
  fprintf(stderr, "usage: bench_programs assess|explain|next|what-if [--pack PACKS | --asked PACKS] FILE...\n");
  return 2;
}
