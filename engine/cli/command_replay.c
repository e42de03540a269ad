/* askonce replay: computes earlier results again, of a file or of a store, and says what differs. */
#define _GNU_SOURCE 1 /* nftw, mkdtemp */
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "service/replay.h"

struct tally {
  size_t same, different, unreadable;
  struct ask_screen *screen;
  struct ask_progress progress;
};

/* "line 3" or "revision 2 of assessment 0190..." */
static void say_which(struct ask_screen *screen, const struct ask_replay_outcome *outcome) {
  if (outcome->assessment)
    ask_say(screen, "revision %d of assessment %s ", (int)outcome->revision, outcome->assessment);
  else
    ask_say(screen, "line %lld ", (long long)outcome->line);
}

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
    say_which(screen, outcome);
    ask_say(screen, "cannot be computed again:\n");
    for (size_t i = 0; i < outcome->problem_count; i++) {
      struct ask_problem problem = outcome->problems[i];
      problem.at.line = 0; /* the lines are too long to be shown */
      ask_say_problem(screen, &problem, NULL);
    }
  } else {
    say_which(screen, outcome);
    ask_say_styled(screen, ASK_RED, "differs");
    ask_say(screen, " from byte %lld on, at %s\n", (long long)outcome->offset + 1,
            outcome->path && *outcome->path ? outcome->path : "its beginning");
    ask_say(screen, "  before: %s\n  now:    %s\n", outcome->before, outcome->now);
  }
  for (size_t i = 0; i < outcome->change_count; i++) ask_say(screen, "  changed: %s\n", outcome->changes[i]);
  if (!outcome->change_count && !outcome->problem_count)
    ask_say(screen, "  Engine, form, rules and parameters name the same versions as before.\n");
}

/* What was found, and the exit code of it: all_unreadable when nothing could be computed at all. */
static int conclude(const struct tally *tally, const char *what, int all_unreadable) {
  size_t bad = tally->different + tally->unreadable;
  if (!bad)
    ask_say(tally->screen, "%zu %s%s: the same, byte for byte\n", tally->same, what, tally->same == 1 ? "" : "s");
  else
    ask_say(tally->screen, "%zu the same, %zu different, %zu not computable\n", tally->same, tally->different,
            tally->unreadable);
  if (!ask_screen_show(tally->screen)) return ASK_EXIT_BAD;
  if (tally->unreadable && !tally->different && !tally->same) return all_unreadable;
  return bad ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

/* ---- a file ------------------------------------------------------------------------------------------------------ */

static int replay_file(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  int code = ask_session_open(&session, arguments);
  if (code == ASK_EXIT_OK) {
    struct ask_screen screen = ask_screen_new();
    struct tally tally = {.screen = &screen};
    session.desk = ask_desk_new(session.rules);
    bool good = ask_replay(session.desk, session.rules, arguments->words[0], observe, &tally, &session.problems);
    if (good)
      code = conclude(&tally, "result", ASK_EXIT_BAD);
    else if (tally.same + tally.different + tally.unreadable)
      conclude(&tally, "result", ASK_EXIT_BAD);
    else
      ask_screen_show(&screen);
    if (!good) code = ask_session_bad(&session);
  }
  ask_session_close(&session);
  return code;
}

/* ---- a store ----------------------------------------------------------------------------------------------------- */

static void draw(void *context, int64_t done, int64_t total) {
  struct tally *tally = context;
  ask_progress_draw(&tally->progress, done, total);
}

static int replay_all(struct ask_store_access *access, const struct ask_rules *rules, const char *scratch) {
  struct ask_screen screen = ask_screen_new();
  struct tally tally = {.screen = &screen, .progress = ask_progress_new("revisions")};
  struct ask_replay_store store = {.session = access->session, .rules = rules, .scratch = scratch, .progress = draw};
  bool good = ask_replay_store(&store, observe, &tally, &access->settings.problems);
  ask_progress_end(&tally.progress);
  int code = conclude(&tally, "revision", ASK_EXIT_FINDINGS);
  return good ? code : ask_settings_bad(&access->settings);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at) {
  (void)status, (void)kind, (void)at;
  return remove(path);
}

/* Recorded rules are unpacked into a folder of our own: the server's is the server's. */
static int replay_recorded(struct ask_store_access *access) {
  const char *temporary = getenv("TMPDIR");
  char *scratch =
      ask_printf(access->settings.arena, "%s/askonce-replay-XXXXXX", temporary && *temporary ? temporary : "/tmp");
  if (!mkdtemp(scratch)) {
    ask_usage_error("%s cannot be made for the recorded rules: %s (TMPDIR names another place)", scratch,
                    strerror(errno));
    return ASK_EXIT_BAD;
  }
  int code = replay_all(access, NULL, scratch);
  nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  return code;
}

static int replay_store(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  const char *const *flags = arguments->flags;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) {
    if (flags[ASK_FLAG_PLUGINS] || flags[ASK_FLAG_FORMS] || flags[ASK_FLAG_PACK]) {
      struct ask_session session = {0};
      code = ask_session_open(&session, arguments);
      if (code == ASK_EXIT_OK) code = replay_all(&access, session.rules, NULL);
      ask_session_close(&session);
    } else {
      code = replay_recorded(&access);
    }
  }
  ask_store_access_close(&access);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  bool store = flags[ASK_FLAG_DATA] || flags[ASK_FLAG_STORE] || flags[ASK_FLAG_CONFIG];
  if (store == (arguments->word_count > 0)) {
    if (store)
      ask_usage_error("replay takes a file, or a store (--data, --store), not both");
    else
      ask_usage_error("replay needs FILE, or the store to replay: --data DIR or --store URL");
    return ASK_EXIT_BAD;
  }
  return store ? replay_store(arguments) : replay_file(arguments);
}

const struct ask_command ask_command_replay = {
    .name = "replay",
    .words = "[FILE|-]",
    .most = 1,
    .summary = "compute earlier results again and report any byte that differs",
    .about = "FILE is what assess --json or assess --bulk printed. Each result carries its answers, its day and "
             "the versions of the rules; the same rules give the same bytes. Where they do not, replay shows the "
             "first place and what changed.\n"
             "With --data or --store instead: every revision of the store, each under the rules that it was recorded "
             "with; with --plugins or --forms, under those. The server may be running.",
    .example = "askonce replay --data ./var",
    .run = run,
    .flags = {ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS, ASK_STORE_FLAGS},
};
