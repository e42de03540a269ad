/* askonce replay: computes earlier results again and says what differs. */
#include "cli/commands.h"
#include "cli/session.h"
#include "service/replay.h"

struct tally {
  size_t same, different, unreadable;
  struct ask_screen *screen;
};

static void observe(void *context, const struct ask_replay_outcome *outcome) {
  enum { SHOWN = 20 };
  struct tally *tally = context;
  struct ask_screen *screen = tally->screen;
  if (outcome->same) {
    tally->same++;
    return;
  }
  if (outcome->problem_count)
    tally->unreadable++;
  else
    tally->different++;
  if (tally->unreadable + tally->different > SHOWN) return;
  if (outcome->problem_count) {
    ask_say(screen, "line %lld cannot be computed again:\n", (long long)outcome->line);
    for (size_t i = 0; i < outcome->problem_count; i++) {
      struct ask_problem problem = outcome->problems[i];
      problem.at.line = 0; /* the lines are too long to be shown */
      ask_say_problem(screen, &problem, NULL);
    }
  } else {
    ask_say(screen, "line %lld ", (long long)outcome->line);
    ask_say_styled(screen, ASK_RED, "differs");
    ask_say(screen, " from byte %lld on, at %s\n", (long long)outcome->offset + 1,
            outcome->path && *outcome->path ? outcome->path : "its beginning");
    ask_say(screen, "  before: %s\n  now:    %s\n", outcome->before, outcome->now);
  }
  for (size_t i = 0; i < outcome->change_count; i++) ask_say(screen, "  changed: %s\n", outcome->changes[i]);
  if (!outcome->change_count && !outcome->problem_count)
    ask_say(screen, "  Engine, form, rules and parameters name the same versions as before.\n");
}

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  int code = ask_session_open(&session, arguments);
  if (code == ASK_EXIT_OK) {
    struct ask_screen screen = ask_screen_new();
    struct tally tally = {.screen = &screen};
    session.desk = ask_desk_new(session.rules);
    bool good = ask_replay(session.desk, session.rules, arguments->words[0], observe, &tally, &session.problems);
    size_t bad = tally.different + tally.unreadable;
    if (good && !bad)
      ask_say(&screen, "%zu result%s: the same, byte for byte\n", tally.same, tally.same == 1 ? "" : "s");
    else if (tally.same + bad)
      ask_say(&screen, "%zu the same, %zu different, %zu not computable\n", tally.same, tally.different,
              tally.unreadable);
    if (!ask_screen_show(&screen)) code = ASK_EXIT_BAD;
    if (!good)
      code = ask_session_bad(&session);
    else if (tally.unreadable && !tally.different && !tally.same)
      code = ASK_EXIT_BAD;
    else if (bad && code == ASK_EXIT_OK)
      code = ASK_EXIT_FINDINGS;
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_replay = {
    .name = "replay",
    .words = "FILE|-",
    .least = 1,
    .most = 1,
    .summary = "compute earlier results again and report any byte that differs",
    .about = "FILE is what assess --json or assess --bulk printed. Each result carries its answers, its day and "
             "the versions of the rules; the same rules give the same bytes. Where they do not, replay shows the "
             "first place and what changed.",
    .example = "askonce assess examples/city-sample.json --json > result.json; askonce replay result.json",
    .run = run,
    .flags = {ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
