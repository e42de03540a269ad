/* askonce store check: is everything in the store whole? */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/settings.h"
#include "service/move.h"

struct watch {
  struct ask_progress progress;
  int64_t total;
};

static void watch(void *context, int64_t revisions) {
  struct watch *to = context;
  ask_progress_draw(&to->progress, revisions, to->total);
}

static int show(struct ask_store_access *access, const struct ask_store_counts *counts) {
  const struct ask_problems *problems = &access->settings.problems;
  char assessments[ASK_COUNTED], revisions[ASK_COUNTED], keys[ASK_COUNTED], repeats[ASK_COUNTED], rules[ASK_COUNTED];
  char documents[ASK_COUNTED];
  int code = problems->errors ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
  if (access->settings.arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_checked_write(&text, ask_store_shown(access->store), counts, problems);
    return ask_print_machine(&text) ? code : ASK_EXIT_BAD;
  }
  struct ask_screen screen = ask_screen_new();
  for (size_t i = 0; i < problems->count; i++) ask_say_problem(&screen, &problems->list[i], NULL);
  if (problems->errors > problems->count) ask_say(&screen, "... and %zu more\n", problems->errors - problems->count);
  if (problems->errors)
    ask_say(&screen, "%zu finding%s: ", problems->errors, problems->errors == 1 ? "" : "s");
  else
    ask_say(&screen, "The store is whole: ");
  ask_say(&screen, "%s with %s, %s, %s, %s, %s\n",
          ask_counted(counts->assessments, "assessment", "assessments", assessments),
          ask_counted(counts->revisions, "revision", "revisions", revisions),
          ask_counted(counts->keys, "key", "keys", keys),
          ask_counted(counts->idempotency_keys, "idempotency key", "idempotency keys", repeats),
          ask_counted(counts->documents, "document", "documents", documents),
          ask_counted(counts->rules, "set of rules", "sets of rules", rules));
  return ask_screen_show(&screen) ? code : ASK_EXIT_BAD;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_store_access access;
  int code = ask_store_access_open(&access, arguments, false);
  if (code == ASK_EXIT_OK) {
    struct watch to = {.progress = ask_progress_new("revisions")};
    struct ask_store_counts counts = {0};
    enum ask_store_status status = ask_store_count(access.session, &counts);
    to.total = counts.revisions;
    /* A file too damaged to be counted is for the check to describe. */
    if (status == ASK_STORE_OK || status == ASK_STORE_BROKEN)
      status = ask_store_check(access.session, watch, &to, &access.settings.problems);
    ask_progress_end(&to.progress);
    code = status == ASK_STORE_OK ? show(&access, &counts)
                                  : ask_store_access_failed(&access, status, "the store cannot be checked");
  }
  ask_store_access_close(&access);
  return code;
}

const struct ask_command ask_command_store_check = {
    .name = "store check",
    .words = "",
    .summary = "is everything in the store whole?",
    .about =
        "The database's own check, then every row: revisions without gaps, none without its assessment, partner, key "
        "or rules, documents with their keys, texts that can be read. A finding names the assessment or document, never "
        "what is in it. The server may be running. Exit code 0: whole; 1: there are findings. It also checks a backup: --store sqlite:FILE.",
    .example = "askonce store check --data ./var",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_STORE_FLAGS},
};
