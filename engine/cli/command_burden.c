/* askonce burden: how many questions separate intakes ask, how many one merged intake, and how many a household. */
#include <string.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/words.h"
#include "model/burden.h"

enum { MOST_SHOWN = 12, HOUSEHOLDS_LIMIT = 100000 };

struct households {
  const char **ids;
  struct ask_burden_household *list;
  size_t count, id_capacity, capacity;
};

/* ---- reading --------------------------------------------------------------------------------------------------------- */

/* Plays the household in text[0..length), which begins on `line`. */
static bool play(struct ask_session *session, struct ask_desk_source source, const struct ask_burden *burden,
                 const char *text, size_t length, int line, struct households *ret) {
  source.line = line;
  if (!ask_desk_read(session->desk, &source, text, length, &session->household, &session->problems)) return false;
  struct ask_arena *scratch = ask_arena_new();
  struct ask_burden_household played = {0};
  bool good = ask_burden_play(scratch, ask_desk_workspace(session->desk), session->household.answers, burden, &played,
                              &session->problems);
  if (good) {
    int32_t *asked = ask_alloc_array(session->arena, played.asked_count, sizeof *asked);
    if (played.asked_count) memcpy(asked, played.asked, played.asked_count * sizeof *asked);
    played.asked = asked;
    size_t both = ret->count;
    const char *id = session->household.id ? ask_strdup(session->arena, session->household.id) : NULL;
    *(const char **)ask_push(session->arena, &ret->ids, &both, &ret->id_capacity, sizeof *ret->ids) = id;
    *(struct ask_burden_household *)ask_push(session->arena, &ret->list, &ret->count, &ret->capacity,
                                             sizeof *ret->list) = played;
  }
  ask_arena_free(scratch);
  return good;
}

static bool is_blank(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\r", text[i])) return false;
  return true;
}

/* Whether the first line ends an object and another one begins behind it: one household printed over several lines never
 * looks so. */
static bool is_lines(struct ask_bytes bytes) {
  const char *end = memchr(bytes.bytes, '\n', bytes.length);
  if (!end) return false;
  const char *last = end;
  while (last > bytes.bytes && strchr(" \t\r", last[-1])) last--;
  return last > bytes.bytes && last[-1] == '}' && end[strspn(end, " \t\r\n")] == '{';
}

static bool play_all(struct ask_session *session, const struct ask_desk_source *source,
                     const struct ask_burden *burden, struct ask_bytes bytes, struct households *ret) {
  if (!is_lines(bytes)) return play(session, *source, burden, bytes.bytes, bytes.length, 1, ret);
  const char *at = bytes.bytes, *end = bytes.bytes + bytes.length;
  for (int line = 1; at < end; line++) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)((stop ? stop : end) - at);
    if (ret->count == HOUSEHOLDS_LIMIT) {
      ask_problem_add(&session->problems, ASK_ERROR, "too-many", (struct ask_place){source->file, line, 0}, NULL,
                      "take a sample of them", "more than %d households", (int)HOUSEHOLDS_LIMIT);
      return false;
    }
    if (!is_blank(at, length) && !play(session, *source, burden, at, length, line, ret)) return false;
    at += length + 1;
  }
  return true;
}

/* ---- saying ---------------------------------------------------------------------------------------------------------- */

static size_t percent(size_t part, size_t whole) { return whole ? (100 * part + whole / 2) / whole : 0; }

static void say_counts(struct ask_screen *screen, const struct ask_catalogue *catalogue,
                       const struct ask_burden *burden) {
  ask_heading(screen, "What intakes ask");
  ask_say(screen, "  %5zu questions in the separate intakes of %zu program%s\n", burden->separate,
          burden->program_count, burden->program_count == 1 ? "" : "s");
  ask_say(screen, "  %5zu in one merged intake: %zu%% fewer\n", burden->merged,
          percent(burden->separate - burden->merged, burden->separate));
  if (burden->merged) {
    size_t tenths = (10 * burden->separate + burden->merged / 2) / burden->merged;
    ask_say(screen, "        each answer is used by %zu.%zu programs on average; %zu questions serve one alone\n",
            tenths / 10, tenths % 10, burden->single);
    ask_say(screen, "        %zu are asked only if another answer says so; %zu are asked by every intake\n", burden->gated,
            burden->every_intake);
  }
  ask_heading(screen, "Each program's own intake");
  for (size_t i = 0; i < catalogue->program_count; i++) {
    if (!burden->programs[i]) continue;
    ask_say(screen, "  %5zu %s\n", burden->questions[i], catalogue->programs[i].spec->id);
  }
  ask_heading(screen, "The most used questions");
  for (size_t i = 0; i < burden->merged && i < MOST_SHOWN; i++) {
    int32_t item = burden->items[i].item;
    char first[32];
    snprintf(first, sizeof first, "  %5zu ", burden->items[i].uses);
    ask_paragraph(screen, first, ASK_PLAIN, catalogue->items[item].spec->text);
  }
}

static void say_one(struct ask_screen *screen, const char *id, const struct ask_burden_household *h) {
  ask_heading(screen, id ? id : "This household");
  ask_say(screen, "  %5zu questions in its separate intakes\n", h->separate);
  ask_say(screen, "  %5zu in the merged form, those that fit this household\n", h->full);
  ask_say_styled(screen, ASK_BOLD, "  %5zu asked in the order that decides the most", h->total);
  ask_say(screen, ": %zu%% of the form, %zu%% of the separate intakes\n", percent(h->total, h->full),
          percent(h->total, h->separate));
  ask_say(screen, "        %zu to decide, %zu that every intake asks; then %zu program%s settled", h->asked_count,
          h->total - h->asked_count, h->settled, h->settled == 1 ? " is" : "s are");
  if (h->open) ask_say(screen, ", %zu open", h->open);
  ask_say(screen, "\n");
  if (h->not_known) ask_say(screen, "        %zu were asked and not known\n", h->not_known);
}

static void say_many(struct ask_screen *screen, struct ask_arena *arena, const struct households *households) {
  struct ask_burden_summary sum = ask_burden_summarize(arena, households->list, households->count);
  ask_heading(screen, ask_printf(arena, "%zu households", households->count));
  ask_say(screen, "                     median   9 of 10 at most\n");
  ask_say(screen, "  asked             %7zu   %7zu questions\n", sum.asked.median, sum.asked.p90);
  ask_say(screen, "  the merged form   %7zu   %7zu questions\n", sum.full.median, sum.full.p90);
  ask_say(screen, "  asked of the form %6zu%%   %6zu%%\n", sum.percent.median, sum.percent.p90);
}

static int say(struct ask_session *session, const struct ask_burden *burden, const struct households *households) {
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  if (session->arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    struct ask_burden_summary summary = {0};
    if (households->count) summary = ask_burden_summarize(session->arena, households->list, households->count);
    ask_json_burden(&text, catalogue, burden, households->ids, households->list, households->count, &summary);
    return ask_exit_of(ask_print_machine(&text));
  }
  struct ask_screen screen = ask_screen_new();
  if (!session->arguments->word_count) say_counts(&screen, catalogue, burden);
  for (size_t i = 0; households->count <= MOST_SHOWN && i < households->count; i++)
    say_one(&screen, households->ids[i], &households->list[i]);
  if (households->count > 1) say_many(&screen, session->arena, households);
  return ask_exit_of(ask_screen_show(&screen));
}

static int run(const struct ask_arguments *arguments) {
  const char *as_of = arguments->flags[ASK_FLAG_AS_OF], *file = arguments->words[0];
  struct ask_session session = {0};
  struct households households = {0};
  struct ask_burden burden;
  int code = ask_session_open(&session, arguments);
  if (code != ASK_EXIT_OK) goto done;
  ask_burden_count(session.arena, session.rules->catalogue, session.choice.programs, &burden);
  if (arguments->word_count) {
    struct ask_desk_source source = {.file = ask_input_name(file), .limit = ASK_INPUT_LIMIT, .as_of_wins = as_of != NULL};
    source.as_of = ask_today();
    if (as_of && !ask_date_read(as_of, strlen(as_of), &source.as_of)) {
      ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
      code = ASK_EXIT_BAD;
      goto done;
    }
    struct ask_bytes bytes = ask_input_read(session.arena, file, ASK_RESULT_LIMIT, &session.problems);
    session.source = (struct ask_shown_source){source.file, bytes.bytes, bytes.length};
    session.desk = ask_desk_new(session.rules);
    if (!bytes.bytes || !play_all(&session, &source, &burden, bytes, &households)) {
      code = ask_session_bad(&session);
      goto done;
    }
  }
  code = say(&session, &burden, &households);
done:
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_burden = {
    .name = "burden",
    .words = "[FILE|-]",
    .most = 1,
    .summary = "how many questions one intake saves",
    .about = "Without a file: the questions that each program's own intake would ask, those of one merged intake, and "
             "how many programs use each answer.\n"
             "With a household that answered everything: plays its intake. It begins without an answer, asks what "
             "`askonce next` says, takes the answer from the file, until no question can decide anything, and counts. "
             "With one household a line, also the median and what nine of ten do not exceed.",
    .example = "askonce burden examples/burden.jsonl",
    .run = run,
    .flags = {ASK_FLAG_PROGRAMS, ASK_FLAG_AS_OF, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
