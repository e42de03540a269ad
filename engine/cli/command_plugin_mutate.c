/* askonce plugin mutate: which small changes of a rule no golden case would notice. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/caret.h"
#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "cli/screen.h"
#include "service/mutate.h"

struct tally {
  struct ask_buffer json;
  size_t killed, survived, invalid, same;
  unsigned most; /* hundredths of a percent that may survive: fewer than this */
  bool too_many; /* of some program */
};

static const char *hundredths(struct ask_arena *arena, unsigned value) {
  return ask_printf(arena, "%u.%u %%", value / 100, value % 100 / 10);
}

static void survivor(struct ask_screen *screen, const struct ask_mutant *one) {
  ask_say_styled(screen, ASK_YELLOW, "  survived");
  if (one->at.column)
    ask_say(screen, " %s:%d:%d: ", one->at.file, one->at.line, one->at.column);
  else
    ask_say(screen, " %s:%d: ", one->at.file ? one->at.file : "", one->at.line);
  ask_say(screen, "%s in %s\n", ask_mutation_text(one->mutation), one->where);
  const char *after = one->length && *one->changed ? one->changed
                      : *one->changed              ? "with a `not` before it"
                                                   : "without it";
  ask_say_caret(screen, 6, one->original, one->offset, one->length, after);
}

static void report(struct ask_session *session, const struct ask_mutation_report *r) {
  const struct ask_program_spec *spec = r->cases->program->spec;
  struct ask_screen screen = ask_screen_new();
  ask_padded(&screen, ASK_BOLD, spec->id, 12);
  if (r->failing || !r->cases->count) {
    if (r->failing)
      ask_say_styled(&screen, ASK_RED, " nothing was changed: %zu of its cases fail (askonce plugin test %s)\n",
                     r->failing, spec->folder);
    else
      ask_say_styled(&screen, ASK_RED, " it has no golden cases\n");
  } else {
    ask_say(&screen, " %zu changes: %zu noticed, %zu survived (%s)", r->killed + r->survived, r->killed, r->survived,
            hundredths(session->arena, ask_mutation_survival(r)));
    if (r->invalid + r->same)
      ask_say(&screen, "; not counted: %zu do not load, %zu are the same rule", r->invalid, r->same);
    if (r->unread_count) ask_say(&screen, "; %zu values of parameters.yaml that no case reads", r->unread_count);
    if (r->left_out) ask_say(&screen, "; %zu beyond %d of one table", r->left_out, ASK_MUTATE_VALUES);
    ask_say(&screen, "\n");
  }
  for (size_t i = 0; i < r->count; i++)
    if (r->list[i].fate == ASK_MUTANT_SURVIVED) survivor(&screen, &r->list[i]);
  ask_screen_show(&screen);
}

static void count(struct tally *tally, const struct ask_mutation_report *r) {
  tally->killed += r->killed;
  tally->survived += r->survived;
  tally->invalid += r->invalid;
  tally->same += r->same;
  bool counted = r->killed + r->survived > 0;
  if (r->failing || !r->cases->count || (counted && r->survived && ask_mutation_survival(r) >= tally->most))
    tally->too_many = true;
}

static bool mutate(struct ask_session *session, const struct ask_case_set *cases, const struct ask_host *host,
                   void *context) {
  struct tally *tally = context;
  const struct ask_mutation_report *found = ask_mutate(session->arena, cases, host, &session->problems);
  if (!found) return false;
  count(tally, found);
  if (!session->arguments->flags[ASK_FLAG_JSON])
    report(session, found);
  else
    ask_mutation_json(&tally->json, found);
  return true;
}

static int work(struct ask_session *session, const struct ask_program *program, void *context) {
  struct tally *tally = context;
  return ask_each_case_set(session, program, mutate, tally, &tally->too_many);
}

/* "5", "2.5". */
static bool read_most(const char *text, unsigned *ret) {
  int64_t value;
  if (!ask_number_read(text, strlen(text), 2, &value) || value < 0 || value > 10001) return false;
  *ret = (unsigned)value;
  return true;
}

static int run(const struct ask_arguments *arguments) {
  struct tally tally = {.most = 500};
  const char *most = arguments->flags[ASK_FLAG_MAX];
  if (most && !read_most(most, &tally.most)) {
    ask_usage_error("--max takes a percentage from 0 to 100 such as 5 or 2.5, not '%s'", most);
    return ASK_EXIT_BAD;
  }
  int code = ask_each_target(arguments, work, &tally);
  if (code == ASK_EXIT_OK && tally.too_many) code = ASK_EXIT_FINDINGS;
  size_t counted = tally.killed + tally.survived;
  if (arguments->flags[ASK_FLAG_JSON] && code != ASK_EXIT_BAD) {
    struct ask_buffer text = {0};
    ask_buffer_printf(&text, "{\"programs\":[%s]}", tally.json.bytes ? tally.json.bytes : "");
    if (!ask_print_machine(&text)) code = ASK_EXIT_BAD;
  } else if (!arguments->flags[ASK_FLAG_JSON]) {
    size_t tenths = counted ? tally.survived * 1000 / counted : 0;
    printf("%zu changes: %zu noticed, %zu survived (%zu.%zu %%)\n", counted, tally.killed, tally.survived, tenths / 10,
           tenths % 10);
  }
  ask_buffer_free(&tally.json);
  return code;
}

const struct ask_command ask_command_plugin_mutate = {
    .name = "plugin mutate",
    .words = "[PATH|ID...]",
    .most = ASK_MOST_WORDS,
    .summary = "which small changes of a rule no golden case would notice",
    .about = "PATH is a plugin's folder or a pack's, ID a program of the pack; without either, the whole pack. One "
             "comparison, number, date, word, connective or value of parameters.yaml is changed at a time, the "
             "golden cases are run, and each change after which all of them still pass is listed. The exit code is 1 "
             "when of some program as many survive as --max says.",
    .example = "askonce plugin mutate plugins/nyc/aps --max 5",
    .run = run,
    .flags = {ASK_FLAG_MAX, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
