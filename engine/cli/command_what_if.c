/* askonce what-if: the smallest change of one answer that would change what a program says. */
#include "cli/commands.h"
#include "cli/report.h"
#include "cli/words.h"

static const char *quoted(struct ask_arena *arena, const struct ask_item *item, const struct ask_value *value) {
  const char *words = ask_value_words(arena, item, value);
  return value->state == ASK_KNOWN && item->kind.type == ASK_CHOICE ? ask_printf(arena, "\"%s\"", words) : words;
}

static const char *change_words(struct ask_arena *arena, const struct ask_item *item, const struct ask_change *change) {
  const char *to = quoted(arena, item, &change->to);
  const char *be = change->from.state == ASK_KNOWN ? "were" : "is";
  bool date = item->kind.type == ASK_DATE;
  if (change->kind == ASK_CHANGE_AT_MOST)
    return ask_printf(arena, "%s %s %s or %s", item->spec->id, be, to, date ? "earlier" : "less");
  if (change->kind == ASK_CHANGE_AT_LEAST)
    return ask_printf(arena, "%s %s %s or %s", item->spec->id, be, to, date ? "later" : "more");
  return ask_printf(arena, "%s %s %s", item->spec->id, be, to);
}

static void show(struct ask_screen *screen, const struct ask_session *session, const struct ask_program *program,
                 const struct ask_what_if *found) {
  struct ask_arena *arena = session->arena;
  ask_say_styled(screen, ASK_BOLD, "%s", program->spec->name);
  ask_say(screen, " (%s) now says: ", program->spec->id);
  ask_say_styled(screen, ask_status_style(found->status), "%s", ask_status_words(found->status));
  ask_say(screen, "\n");
  if (found->change_count) ask_heading(screen, "One answer that would change it, all others staying as they are");
  for (size_t i = 0; i < found->change_count; i++) {
    const struct ask_change *change = &found->changes[i];
    const struct ask_item *item = &session->rules->catalogue->items[change->item];
    const char *now = change->from.state == ASK_KNOWN ? "it is" : "now";
    ask_say(screen, "  ");
    ask_padded(screen, ask_status_style(change->status), ask_status_words(change->status), 10);
    ask_wrapped(
        screen, 12, ASK_PLAIN,
        ask_printf(arena, "if %s (%s %s)", change_words(arena, item, change), now, quoted(arena, item, &change->from)));
    bool last = i + 1 == found->change_count || found->changes[i + 1].item != change->item;
    if (last && item->asked)
      ask_paragraph(screen, "            ", ASK_DIM, item->spec->text); /* what the id stands for */
  }
  if (!found->change_count) ask_paragraph(screen, "", ASK_PLAIN, "No change of a single answer would change that.");
  if (found->unmet_count) ask_heading(screen, "Criteria that do not hold now");
  for (size_t i = 0; i < found->unmet_count; i++) {
    const struct ask_node_spec *spec = found->unmet[i]->spec;
    ask_paragraph(screen, "  - ", ASK_PLAIN,
                  spec->cite ? ask_printf(arena, "%s [%s]", spec->text, spec->cite) : spec->text);
    if (spec->formula.expr.text) ask_paragraph(screen, "      ", ASK_DIM, spec->formula.expr.text);
  }
}

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  const struct ask_program *program = NULL;
  int code = ask_session_assess_one(&session, arguments, &program);
  if (code == ASK_EXIT_OK) {
    struct ask_what_if found = {0};
    ask_what_if(ask_desk_workspace(session.desk), program, &found);
    if (arguments->flags[ASK_FLAG_JSON]) {
      struct ask_buffer text = {0};
      ask_json_what_if(&text, session.result, ask_desk_dated(session.desk, session.result),
                       ask_desk_fragments(session.desk), program, &found);
      code = ask_exit_of(ask_print_machine(&text));
    } else {
      struct ask_screen screen = ask_screen_new();
      show(&screen, &session, program, &found);
      code = ask_exit_of(ask_screen_show(&screen));
    }
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_what_if = {
    .name = "what-if",
    .words = "FILE|- PROGRAM",
    .least = 2,
    .most = 2,
    .summary = "which change of one answer would change what a program says",
    .about = "For amounts, numbers and dates the exact threshold, for choices each word that makes a difference; "
             "and the criteria that do not hold now. It tells how far away the rule is; answers have to stay true.",
    .example = "askonce what-if examples/city-sample.json snap",
    .run = run,
    .flags = {ASK_FLAG_AS_OF, ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
