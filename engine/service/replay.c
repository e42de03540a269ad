/* Replay: takes the answers, the day and the request out of a result, computes it again and compares. Where results
 * come from is not known here: see replay_file.c and replay_store.c. */
#include <string.h>

#include "base/date.h"
#include "service/replay_parts.h"
#include "json/read.h"

/* ---- where two texts differ -------------------------------------------------------------------------------------- */

/* The path of a byte in compact JSON. */
static const char *path_at(struct ask_arena *arena, const char *text, size_t offset) {
  struct level {
    const char *key;
    size_t key_length;
    int64_t index;
  } levels[ASK_JSON_MAX_DEPTH + 1];
  int depth = 0;
  for (size_t i = 0; i < offset; i++) {
    char c = text[i];
    if (c == '"') {
      size_t begin = ++i;
      while (i < offset && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
      if (i < offset && text[i + 1] == ':' && depth) {
        levels[depth - 1].key = text + begin;
        levels[depth - 1].key_length = i - begin;
      }
    } else if (c == '{' || c == '[') {
      if (depth > ASK_JSON_MAX_DEPTH) return NULL;
      levels[depth++] = (struct level){.index = c == '[' ? 0 : -1};
    } else if ((c == '}' || c == ']') && depth) {
      depth--;
    } else if (c == ',' && depth && levels[depth - 1].index >= 0) {
      levels[depth - 1].index++;
    }
  }
  const char *path = "";
  for (int i = 0; i < depth; i++) {
    if (levels[i].index >= 0)
      path = ask_printf(arena, "%s[%lld]", path, (long long)levels[i].index);
    else if (levels[i].key)
      path = ask_printf(arena, "%s%s%.*s", path, *path ? "." : "", (int)levels[i].key_length, levels[i].key);
  }
  return path;
}

static const char *around(struct ask_arena *arena, const char *text, size_t length, size_t offset) {
  enum { BEFORE = 40, AFTER = 60 };
  size_t from = offset > BEFORE ? offset - BEFORE : 0, to = offset + AFTER < length ? offset + AFTER : length;
  if (from > length) from = length;
  while (from && ((unsigned char)text[from] & 0xC0) == 0x80) from--;
  while (to < length && ((unsigned char)text[to] & 0xC0) == 0x80) to++;
  return ask_printf(arena, "%s%.*s%s", from ? "..." : "", (int)(to - from), text + from, to < length ? "..." : "");
}

/* ---- what changed in the rules ----------------------------------------------------------------------------------- */

struct changes {
  struct ask_arena *arena;
  const char **list;
  size_t count, capacity;
};

__attribute__((format(printf, 2, 3))) static void changed(struct changes *changes, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char **room = ask_push(changes->arena, &changes->list, &changes->count, &changes->capacity, sizeof *room);
  *room = ask_vprintf(changes->arena, format, args);
  va_end(args);
}

static void compare_text(struct changes *changes, const char *what, const char *was, const char *now) {
  if (was && now && strcmp(was, now) != 0)
    changed(changes, "%s was %.20s%s, is %.20s%s", what, was, strlen(was) > 20 ? "..." : "", now,
            strlen(now) > 20 ? "..." : "");
}

/* Two results of one program: the rule's version, source and parameters. */
static void compare_rules(struct changes *changes, const struct ask_raw *before, const struct ask_raw *now) {
  const struct ask_raw *old_list = ask_raw_member(before, "determinations"),
                       *new_list = ask_raw_member(now, "determinations");
  for (size_t i = 0; old_list && i < old_list->child_count; i++) {
    const struct ask_raw *old_one = &old_list->children[i], *new_one = NULL;
    const char *id = ask_raw_member_text(old_one, "program");
    for (size_t j = 0; id && new_list && j < new_list->child_count; j++) {
      const char *other = ask_raw_member_text(&new_list->children[j], "program");
      if (other && strcmp(other, id) == 0) new_one = &new_list->children[j];
    }
    if (id && !new_one) changed(changes, "program %s is not there any more", id);
    const struct ask_raw *old_rule = ask_raw_member(old_one, "rule"), *new_rule = ask_raw_member(new_one, "rule");
    if (!id || !old_rule || !new_rule) continue;
    compare_text(changes, ask_printf(changes->arena, "%s: the rule's version", id),
                 ask_raw_member_text(old_rule, "version"), ask_raw_member_text(new_rule, "version"));
    compare_text(changes, ask_printf(changes->arena, "%s: the rule's source (hash)", id),
                 ask_raw_member_text(old_rule, "hash"), ask_raw_member_text(new_rule, "hash"));
    const struct ask_raw *old_parameters = ask_raw_member(old_rule, "parameters");
    const struct ask_raw *new_parameters = ask_raw_member(new_rule, "parameters");
    for (size_t j = 0; old_parameters && j < old_parameters->child_count; j++) {
      const struct ask_raw *parameter = &old_parameters->children[j];
      compare_text(changes, ask_printf(changes->arena, "%s: parameter %s in force since", id, parameter->key),
                   ask_raw_member_text(parameter, "from"),
                   ask_raw_member_text(ask_raw_member(new_parameters, parameter->key), "from"));
    }
  }
}

/* What the result's packs share; or that they are not all loaded now. */
static void compare_packs(struct ask_replay *replay, struct changes *changes, const struct ask_raw *result) {
  const struct ask_catalogue *catalogue = replay->rules->catalogue;
  struct ask_problems unread = {.arena = replay->arena};
  const char *before = ask_raw_member_text(result, "pack");
  ask_packs packs;
  if (!before) return;
  if (ask_packs_read(replay->arena, catalogue, before, &packs, &unread)) {
    char shared[ASK_HASH_TEXT];
    ask_packs_shared_hash(catalogue, packs, shared);
    compare_text(changes, "what the programs share: parameters, holidays, items, overview (hash)",
                 ask_raw_member_text(ask_raw_member(result, "shared"), "hash"), shared);
    return;
  }
  struct ask_buffer now = {0};
  ask_packs_text(catalogue, 0, &now);
  compare_text(changes, "the pack", before, now.bytes ? now.bytes : "none");
  ask_buffer_free(&now);
}

static void compare_sources(struct ask_replay *replay, const struct ask_raw *before, const struct ask_raw *now,
                            struct ask_replay_outcome *outcome) {
  const struct ask_catalogue *catalogue = replay->rules->catalogue;
  struct changes changes = {.arena = replay->arena};
  const struct ask_raw *form = ask_raw_member(before, "form");
  compare_text(&changes, "the engine's version", ask_raw_member_text(ask_raw_member(before, "engine"), "version"),
               ASK_VERSION);
  compare_text(&changes, "the form's version", ask_raw_member_text(form, "version"), catalogue->form->version);
  compare_text(&changes, "the form's source (hash)", ask_raw_member_text(form, "hash"), catalogue->form->hash);
  compare_packs(replay, &changes, before);
  compare_rules(&changes, before, now);
  outcome->changes = changes.list;
  outcome->change_count = changes.count;
}

/* ---- one result -------------------------------------------------------------------------------------------------- */

struct wanted {
  struct ask_household household;
  struct ask_choice choice;
  enum ask_detail detail;
  bool with_next;
};

static bool no_result(const struct ask_raw *raw, const char *what, struct ask_problems *problems) {
  ask_problem_add(problems, ASK_ERROR, "not-a-result", raw->at, NULL,
                  "replay takes what `askonce assess --json` or `assess --bulk` printed", "%s", what);
  return false;
}

/* Everything that was asked for, from the result itself. */
static bool read_result(struct ask_replay *replay, const struct ask_raw *raw, struct wanted *ret,
                        struct ask_problems *problems) {
  const struct ask_raw *request = ask_raw_member(raw, "request"), *answers = ask_raw_member(raw, "answers");
  const struct ask_raw *programs = ask_raw_member(request, "programs"), *next = ask_raw_member(request, "next");
  const char *as_of = ask_raw_member_text(raw, "as_of"), *detail = ask_raw_member_text(request, "detail");
  int64_t day = 0;
  if (!request || !answers || !ask_raw_member(raw, "determinations"))
    return no_result(raw, "this is not a result of askonce", problems);
  if (!as_of || !ask_date_read(as_of, strlen(as_of), &day)) return no_result(raw, "the result has no as_of", problems);
  if (!detail || !ask_detail_read(detail, &ret->detail)) return no_result(raw, "the request names no detail", problems);
  const char *packs = ask_raw_member_text(raw, "pack");
  if (packs && replay->rules->catalogue->pack_count &&
      !ask_packs_read(replay->arena, replay->rules->catalogue, packs, &ret->choice.packs, problems))
    return false;
  if (programs && programs->kind == ASK_RAW_ARRAY) {
    const char *list = "";
    for (size_t i = 0; i < programs->child_count; i++)
      if (programs->children[i].kind == ASK_RAW_TEXT)
        list = ask_printf(replay->arena, "%s%s%s", list, i ? "," : "", programs->children[i].text);
    ret->choice.programs = ask_programs_read(replay->arena, replay->rules->catalogue, list, problems);
    if (!ret->choice.programs) return false;
  }
  ret->with_next = next && next->kind == ASK_RAW_BOOL && next->text[0] == 't';
  ret->household.id = ask_raw_member_text(request, "id");
  ret->household.answers = ask_answers_read(replay->arena, replay->rules->catalogue, day, answers, problems);
  return ret->household.answers != NULL;
}

/* Leaves blanks between tokens out: a result that was printed over several lines. */
static size_t squeeze(char *text, size_t length) {
  size_t kept = 0;
  bool quoted = false;
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    if (!quoted && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    if (c == '"') quoted = !quoted;
    text[kept++] = c;
    if (quoted && c == '\\' && i + 1 < length) text[kept++] = text[++i];
  }
  return kept;
}

void ask_replay_one(struct ask_replay *replay, char *text, size_t length, const struct ask_replay_outcome *of) {
  struct ask_problems problems = {.arena = replay->arena};
  struct ask_json_source source = {replay->name, (int)of->line, ASK_RESULT_LIMIT};
  struct ask_replay_outcome outcome = *of;
  struct wanted wanted = {0};
  const struct ask_result *result = NULL;
  struct ask_buffer now = {0};
  const struct ask_raw *raw = ask_json_read(replay->reader, replay->arena, &source, text, length, &problems);
  if (raw && read_result(replay, raw, &wanted, &problems))
    result = ask_desk_assess(replay->desk, &wanted.household, &wanted.choice, &problems);
  if (result) {
    length = squeeze(text, length);
    ask_desk_write(replay->desk, result, &wanted.household, &wanted.choice, wanted.detail, wanted.with_next, &now);
    outcome.same = now.length == length && memcmp(now.bytes, text, length) == 0;
    if (!outcome.same) {
      size_t shorter = length < now.length ? length : now.length, at = 0;
      while (at < shorter && text[at] == now.bytes[at]) at++;
      outcome.offset = (int64_t)at;
      outcome.path = path_at(replay->arena, now.bytes, at);
      outcome.before = around(replay->arena, text, length, at);
      outcome.now = around(replay->arena, now.bytes, now.length, at);
      struct ask_problems unread = {.arena = replay->arena};
      const struct ask_raw *again =
          ask_json_read(replay->reader, replay->arena, &source, now.bytes, now.length, &unread);
      compare_sources(replay, raw, again, &outcome);
    }
  } else if (raw) {
    compare_sources(replay, raw, raw, &outcome);
  }
  outcome.problems = problems.list;
  outcome.problem_count = problems.count;
  replay->observer(replay->context, &outcome);
  ask_buffer_free(&now);
  ask_arena_reset(replay->arena);
}
