/* askonce migrate: every row of one store into another. */
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/settings.h"
#include "service/move.h"

struct ends {
  struct ask_settings settings;
  struct ask_store *from, *to;
};

/* A server that goes on writing would leave rows behind; one on the target would be in the way. */
static bool is_at_rest(struct ends *ends, const char *url) {
  struct ask_arena *arena = ends->settings.arena;
  struct ask_running_server server;
  if (strstr(url, "://")) return true;
  const char *path = strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url, *slash = strrchr(path, '/');
  const char *folder = slash ? ask_strndup(arena, path, (size_t)(slash - path) + (slash == path)) : ".";
  struct ask_data_folder data = ask_data_folder_of(arena, folder);
  if (strcmp(slash ? slash + 1 : path, "askonce.db") != 0 || !ask_data_is_served(&data, &server)) return true;
  ask_problem_add(&ends->settings.problems, ASK_ERROR, "server-running", (struct ask_place){.file = folder}, NULL,
                  "stop it, move, and start it with --store and the new url",
                  "a server is running on this data folder (process %ld, port %d)", server.process, server.port);
  return false;
}

static bool open_ends(struct ends *ends, const char *from, const char *to) {
  struct ask_problems *problems = &ends->settings.problems;
  if (!is_at_rest(ends, from) || !is_at_rest(ends, to)) return false;
  ends->from = ask_store_open(from, &(struct ask_store_options){.create = false}, problems);
  if (!ends->from) return false;
  ends->to = ask_store_open(to, &(struct ask_store_options){.create = true}, problems);
  return ends->to != NULL;
}

/* ---- what came of it --------------------------------------------------------------------------------------------- */

static void say_count(struct ask_screen *screen, const char *what, int64_t from, int64_t to) {
  char left[ASK_GROUPED], right[ASK_GROUPED];
  ask_say(screen, "  %-18s %14s %14s", what, ask_grouped(from, left), ask_grouped(to, right));
  if (from != to) ask_say_styled(screen, ASK_RED, "  differs");
  ask_say(screen, "\n");
}

static int show(const struct ends *ends, const struct ask_copy_outcome *outcome) {
  const struct ask_store_counts *from = &outcome->from, *to = &outcome->to;
  bool complete = ask_counts_equal(from, to);
  int code = complete ? ASK_EXIT_OK : ASK_EXIT_FINDINGS;
  char brought[ASK_GROUPED], already[ASK_GROUPED];
  if (ends->settings.arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_moved_write(&text, ask_store_shown(ends->from), ask_store_shown(ends->to), outcome);
    return ask_print_machine(&text) ? code : ASK_EXIT_BAD;
  }
  struct ask_screen screen = ask_screen_new();
  if (!outcome->brought)
    ask_say(&screen, "All %s rows are there already, each compared with the source\n",
            ask_grouped(outcome->already, already));
  else if (outcome->already)
    ask_say(&screen, "%s rows moved, after %s that were there; each was read back and compared\n",
            ask_grouped(outcome->brought, brought), ask_grouped(outcome->already, already));
  else
    ask_say(&screen, "%s rows moved; each was read back and compared\n", ask_grouped(outcome->brought, brought));
  ask_say(&screen, "  %-18s %14s %14s\n", "", "from", "to");
  say_count(&screen, "partners", from->partners, to->partners);
  say_count(&screen, "keys", from->keys, to->keys);
  say_count(&screen, "sets of rules", from->rules, to->rules);
  say_count(&screen, "assessments", from->assessments, to->assessments);
  say_count(&screen, "revisions", from->revisions, to->revisions);
  say_count(&screen, "idempotency keys", from->idempotency_keys, to->idempotency_keys);
  say_count(&screen, "documents", from->documents, to->documents);
  if (ask_counts_rows(from) > ask_counts_rows(to))
    ask_say(&screen, "The source has grown meanwhile. Stop what writes to it and give the same command again.\n");
  else if (!complete)
    ask_say(&screen, "The target holds rows of its own beside those of the source.\n");
  return ask_screen_show(&screen) ? code : ASK_EXIT_BAD;
}

static int failed(struct ends *ends, enum ask_store_status status, const char *message) {
  const char *hint =
      status == ASK_STORE_CONFLICT ? "name a target that is empty, or one that holds rows of this source only"
      : status == ASK_STORE_FULL   ? "make room there, then give the same command again: it goes on from there"
      : status == ASK_STORE_BROKEN ? "askonce store check says more; restore from a backup if it is damaged"
                                   : "give the same command again: it goes on from there";
  ask_problem_add(&ends->settings.problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, hint, "%s",
                  message);
  return ask_settings_bad(&ends->settings);
}

static int migrate(struct ends *ends) {
  char message[ASK_STORE_MESSAGE];
  struct ask_copy_outcome outcome;
  struct ask_progress progress = ask_progress_new("rows");
  ask_store_session *from = ask_store_session_open(ends->from), *to = ask_store_session_open(ends->to);
  struct ask_copy_source source = ask_copy_source_of(from);
  const char *name = ask_printf(ends->settings.arena, "migrate:%s", ask_store_shown(ends->from));
  enum ask_store_status status = ask_copy_rows(&source, to, name, ask_progress_draw, &progress, &outcome, message);
  ask_progress_end(&progress);
  int code = status == ASK_STORE_OK ? show(ends, &outcome) : failed(ends, status, message);
  ask_store_session_close(to);
  ask_store_session_close(from);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  const char *from = arguments->flags[ASK_FLAG_FROM], *to = arguments->flags[ASK_FLAG_TO];
  if (!from || !to) {
    ask_usage_error("migrate needs both: --from URL --to URL");
    return ASK_EXIT_BAD;
  }
  if (strcmp(from, to) == 0) {
    ask_usage_error("--from and --to are the same store");
    return ASK_EXIT_BAD;
  }
  struct ends ends = {.settings = {.arguments = arguments, .arena = ask_arena_new()}};
  ends.settings.problems.arena = ends.settings.arena;
  int code = open_ends(&ends, from, to) ? migrate(&ends) : ask_settings_bad(&ends.settings);
  ask_store_close(ends.to);
  ask_store_close(ends.from);
  ask_settings_close(&ends.settings);
  return code;
}

const struct ask_command ask_command_migrate = {
    .name = "migrate",
    .words = "",
    .summary = "move everything from one store to another, verified row by row",
    .about =
        "A store is sqlite:FILE or postgresql://... . The source is only read; the target is made if it is not there. "
        "Every row is read back from the target and compared. Stopped or killed at any moment, the same command "
        "goes on from there; when all is there, it says so. A row that is there with other contents is named, and "
        "nothing is written over. Stop the server first.",
    .example = "askonce migrate --from sqlite:var/askonce.db --to postgresql:///askonce",
    .run = run,
    .flags = {ASK_FLAG_FROM, ASK_FLAG_TO, ASK_FLAG_JSON},
};
