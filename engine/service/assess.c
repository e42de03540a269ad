/* The main job from text to result. */
#include "service/assess.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/pointer.h"
#include "service/host.h"
#include "json/read.h"

enum { ID_LIMIT = 200 };

struct ask_desk {
  const struct ask_rules *rules;
  struct ask_arena *arena; /* of the household being read */
  struct ask_json_reader *reader;
  struct ask_lua_host *host;
  struct ask_workspace *workspace;
  struct ask_fragments *fragments;
};

struct ask_desk *ask_desk_new(const struct ask_rules *rules) {
  struct ask_desk *desk = calloc(1, sizeof *desk);
  if (!desk) abort();
  desk->rules = rules;
  desk->arena = ask_arena_new();
  desk->reader = ask_json_reader_new();
  desk->host = ask_lua_host_new(rules);
  desk->fragments = ask_fragments_new(rules->catalogue);
  desk->workspace = ask_workspace_new(rules->catalogue, ask_lua_host_interface(desk->host));
  return desk;
}

struct ask_desk *ask_desk_free(struct ask_desk *desk) {
  if (desk) {
    ask_workspace_free(desk->workspace);
    ask_fragments_free(desk->fragments);
    ask_lua_host_free(desk->host);
    ask_json_reader_free(desk->reader);
    ask_arena_free(desk->arena);
    free(desk);
  }
  return NULL;
}

struct ask_workspace *ask_desk_workspace(struct ask_desk *desk) {
  return desk->workspace;
}

struct ask_fragments *ask_desk_fragments(struct ask_desk *desk) {
  return desk->fragments;
}

const struct ask_dated *ask_desk_dated(struct ask_desk *desk, const struct ask_result *result) {
  return ask_workspace_dated(desk->workspace, result->answers->as_of);
}

int64_t ask_today(void) { return ask_date_in_new_york((int64_t)time(NULL)); }

/* ---- the envelope ------------------------------------------------------------------------------------------------ */

static void wrong(struct ask_problems *problems, const struct ask_raw *raw, const char *code, const char *path,
                  const char *hint, const char *message) {
  ask_problem_add(problems, ASK_ERROR, code, raw->at, path, hint, "%s", message);
}

static bool read_as_of(const struct ask_raw *raw, int64_t *ret, struct ask_problems *problems) {
  if (raw->kind == ASK_RAW_NULL) return true;
  if (raw->kind == ASK_RAW_TEXT && ask_date_read(raw->text, raw->length, ret)) return true;
  wrong(problems, raw, "bad-date", "as_of", "write it as \"2026-11-23\", a day that exists between 1800 and 2299",
        "this is not a date");
  return false;
}

static bool read_id(const struct ask_raw *raw, const char **ret, struct ask_problems *problems) {
  if (raw->kind == ASK_RAW_NULL) return true;
  if (raw->kind == ASK_RAW_TEXT && raw->length <= ID_LIMIT) {
    *ret = raw->text;
    return true;
  }
  wrong(problems, raw, "wrong-type", "id", "it is given back as it came, so that you know the household again",
        "your reference has to be a text of at most 200 bytes");
  return false;
}

static void unknown_key(struct ask_desk *desk, const struct ask_raw *raw, struct ask_problems *problems) {
  static const char *const keys[] = {"as_of", "answers", "id"};
  const char *near = NULL;
  if (problems->count < ASK_PROBLEMS_KEPT) near = ask_did_you_mean(raw->key, keys, sizeof keys / sizeof *keys);
  const char *hint = "an input has the keys as_of, id and answers";
  if (near)
    hint = ask_printf(desk->arena, "did you mean %s?", near);
  else if (ask_catalogue_item(desk->rules->catalogue, raw->key))
    hint = ask_printf(desk->arena, "it is an answer: put it inside \"answers\": {\"%s\": ...}", raw->key);
  struct ask_buffer path = {0};
  ask_path_add_key(&path, raw->key);
  ask_problem_add(problems, ASK_ERROR, "unknown-key", raw->at, path.bytes, hint, "there is no such key here");
  ask_buffer_free(&path);
}

static bool read_envelope(struct ask_desk *desk, const struct ask_desk_source *source, const struct ask_raw *raw,
                          struct ask_household *ret, struct ask_problems *problems) {
  struct ask_household household = {0};
  int64_t as_of = source->as_of, named = source->as_of;
  const struct ask_raw *answers = NULL;
  bool good = true;
  if (raw->kind != ASK_RAW_OBJECT) {
    wrong(problems, raw, "wrong-type", NULL, "write {\"answers\": {\"dob\": \"1944-03-02\"}}",
          "the input has to be an object");
    return false;
  }
  for (size_t i = 0; i < raw->child_count; i++) {
    const struct ask_raw *child = &raw->children[i];
    if (strcmp(child->key, "answers") == 0) {
      answers = child;
    } else if (strcmp(child->key, "as_of") == 0) {
      good = read_as_of(child, &named, problems) && good;
    } else if (strcmp(child->key, "id") == 0) {
      good = read_id(child, &household.id, problems) && good;
    } else {
      unknown_key(desk, child, problems);
      good = false;
    }
  }
  if (!source->as_of_wins) as_of = named;
  if (!answers) {
    wrong(problems, raw, "no-answers", NULL,
          "write {\"answers\": {\"dob\": \"1944-03-02\"}}; {\"answers\": {}} knows nothing yet",
          "the key answers is missing");
    return false;
  }
  household.answers = ask_answers_read(desk->arena, desk->rules->catalogue, as_of, answers, problems);
  if (!household.answers || !good) return false;
  *ret = household;
  return true;
}

bool ask_desk_read_tree(struct ask_desk *desk, const struct ask_desk_source *source, const struct ask_raw *raw,
                        struct ask_household *ret, struct ask_problems *problems) {
  ask_arena_reset(desk->arena);
  return read_envelope(desk, source, raw, ret, problems);
}

bool ask_desk_read(struct ask_desk *desk, const struct ask_desk_source *source, const char *bytes, size_t length,
                   struct ask_household *ret, struct ask_problems *problems) {
  ask_arena_reset(desk->arena);
  struct ask_json_source text = {source->file, source->line, source->limit};
  const struct ask_raw *raw = ask_json_read(desk->reader, desk->arena, &text, bytes, length, problems);
  return raw && read_envelope(desk, source, raw, ret, problems);
}

/* ---- the result -------------------------------------------------------------------------------------------------- */

const struct ask_result *ask_desk_assess(struct ask_desk *desk, const struct ask_household *household,
                                         const struct ask_choice *choice, struct ask_problems *problems) {
  struct ask_assess_options options = {0};
  if (choice) options = (struct ask_assess_options){.packs = choice->packs, .programs = choice->programs};
  return ask_assess(desk->workspace, household->answers, &options, problems);
}

static void write_result(struct ask_desk *desk, const struct ask_result *result, const struct ask_household *household,
                         const struct ask_choice *choice, enum ask_detail detail, bool with_next, bool with_questions,
                         struct ask_buffer *buffer) {
  struct ask_json_request request = {
      .detail = detail, .id = household->id, .programs = choice ? choice->programs : NULL, .with_next = with_next};
  if (with_questions) request.questions = desk->workspace;
  if (with_next) request.next_count = ask_next_items(desk->workspace, &request.next, NULL, NULL);
  ask_json_result(buffer, result, ask_desk_dated(desk, result), desk->fragments, &request);
}

void ask_desk_write(struct ask_desk *desk, const struct ask_result *result, const struct ask_household *household,
                    const struct ask_choice *choice, enum ask_detail detail, bool with_next,
                    struct ask_buffer *buffer) {
  write_result(desk, result, household, choice, detail, with_next, false, buffer);
}

void ask_desk_write_for_page(struct ask_desk *desk, const struct ask_result *result,
                             const struct ask_household *household, const struct ask_choice *choice,
                             enum ask_detail detail, bool with_next, struct ask_buffer *buffer) {
  write_result(desk, result, household, choice, detail, with_next, true, buffer);
}

/* "pack nyc", "the packs access_nyc,nyc" */
static const char *packs_in_words(struct ask_arena *arena, const struct ask_catalogue *catalogue) {
  struct ask_buffer text = {0};
  ask_packs_text(catalogue, 0, &text);
  const char *words =
      ask_printf(arena, "%s %s", catalogue->pack_count > 1 ? "the packs" : "pack", text.bytes ? text.bytes : "none");
  ask_buffer_free(&text);
  return words;
}

bool ask_packs_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *list, ask_packs *ret,
                    struct ask_problems *problems) {
  ask_packs packs = 0;
  bool good = true;
  if (strcmp(list, "all") == 0) {
    for (size_t i = 0; i < catalogue->pack_count; i++) packs |= (ask_packs)1 << i;
    *ret = packs;
    return true;
  }
  const char *word = list;
  do {
    size_t length = strcspn(word, ",");
    const char *id = ask_strndup(arena, word, length);
    int32_t number = ask_catalogue_pack(catalogue, id);
    if (number >= 0) packs |= (ask_packs)1 << number;
    good = good && number >= 0;
    if (number < 0) {
      const char *names[ASK_MOST_PACKS];
      for (size_t i = 0; i < catalogue->pack_count; i++) names[i] = catalogue->packs[i].spec->id;
      const char *near = ask_did_you_mean(id, names, catalogue->pack_count);
      ask_problem_add(problems, ASK_ERROR, "unknown-pack", ASK_NOWHERE, "packs",
                      near ? ask_printf(arena, "did you mean %s?", near)
                           : ask_printf(arena, "loaded: %s", packs_in_words(arena, catalogue)),
                      "there is no pack '%.60s'", id);
    }
    word += length + (word[length] == ',');
  } while (*word);
  if (good) *ret = packs;
  return good;
}

const bool *ask_programs_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, const char *list,
                              struct ask_problems *problems) {
  bool *chosen = ask_alloc_array(arena, catalogue->program_count + 1, sizeof *chosen);
  bool good = true;
  while (*list) {
    size_t length = strcspn(list, ",");
    const char *id = ask_strndup(arena, list, length);
    const struct ask_program *program = ask_catalogue_program(catalogue, id);
    if (program) {
      chosen[program->number] = true;
    } else {
      const char *near = ask_catalogue_suggest_program(catalogue, id);
      ask_problem_add(problems, ASK_ERROR, "unknown-program", ASK_NOWHERE, "programs",
                      near ? ask_printf(arena, "did you mean %s?", near) : "`askonce plugin list` lists them",
                      "there is no program '%s' in %s", id, packs_in_words(arena, catalogue));
      good = false;
    }
    list += length + (list[length] == ',');
  }
  return good ? chosen : NULL;
}

bool ask_detail_read(const char *word, enum ask_detail *ret) {
  for (enum ask_detail detail = ASK_DETAIL_STATUS; detail <= ASK_DETAIL_TREE; detail++)
    if (strcmp(word, ask_detail_text(detail)) == 0) {
      *ret = detail;
      return true;
    }
  return false;
}
