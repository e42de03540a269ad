/* askonce form show, askonce form lint: the questions of the intake. */
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "cli/words.h"
#include "service/check.h"

/* ---- show -------------------------------------------------------------------------------------------------------- */

static void show_options(struct ask_screen *screen, struct ask_arena *arena, const struct ask_item_spec *spec) {
  const char *text = "";
  for (uint32_t i = 0; i < spec->options.count; i++)
    text = ask_printf(arena, "%s%s%s", text, i ? ", " : "", spec->options.list[i].id);
  if (*text) ask_paragraph(screen, "      ", ASK_DIM, text);
}

static void show_item(struct ask_screen *screen, struct ask_arena *arena, const struct ask_item *item) {
  const struct ask_item_spec *spec = item->spec;
  if (!spec->text) return;
  ask_paragraph(screen, "  ", ASK_PLAIN, spec->text);
  ask_paragraph(screen, "    ", ASK_DIM,
                ask_printf(arena, "%s: %s%s%s%s", spec->id, ask_type_name(spec->type),
                           spec->ask_when.text ? "; asked when " : "", spec->ask_when.text ? spec->ask_when.text : "",
                           item->label_count ? "; sensitive" : ""));
  show_options(screen, arena, spec);
  for (size_t i = 0; i < item->field_count; i++)
    if (item->fields[i].spec->text)
      ask_paragraph(screen, "      - ", ASK_PLAIN,
                    ask_printf(arena, "%s (%s: %s)", item->fields[i].spec->text, item->fields[i].spec->id,
                               ask_type_name(item->fields[i].spec->type)));
}

/* A section without a question of its own is left out: a pack's items may have joined a section of the form. */
static void show_section(struct ask_screen *screen, struct ask_arena *arena, const struct ask_catalogue *catalogue,
                         const struct ask_section_spec *section) {
  bool any = false;
  for (size_t i = 0; i < catalogue->item_count; i++) {
    if (catalogue->items[i].section != section) continue;
    if (!any) ask_heading(screen, section->title ? section->title : section->id);
    if (!any && section->intro) ask_paragraph(screen, "  ", ASK_DIM, section->intro);
    any = true;
    show_item(screen, arena, &catalogue->items[i]);
  }
}

static int run_show(const struct ask_arguments *arguments) {
  struct ask_session session = {0};
  int code = ask_session_open(&session, arguments);
  if (code == ASK_EXIT_OK && arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_form(&text, session.rules->catalogue, 0);
    code = ask_exit_of(ask_print_machine(&text));
  } else if (code == ASK_EXIT_OK) {
    const struct ask_catalogue *catalogue = session.rules->catalogue;
    struct ask_screen screen = ask_screen_new();
    ask_say_styled(&screen, ASK_BOLD, "%s", catalogue->form->title ? catalogue->form->title : catalogue->form->id);
    ask_say(&screen, " (%s %s)\n", catalogue->form->id, catalogue->form->version);
    for (size_t s = 0; s < catalogue->form->section_count; s++)
      show_section(&screen, session.arena, catalogue, &catalogue->form->sections[s]);
    for (size_t p = 0; p < catalogue->pack_count; p++) {
      const struct ask_form_spec *items = catalogue->packs[p].spec->items;
      for (size_t s = 0; items && s < items->section_count; s++)
        show_section(&screen, session.arena, catalogue, &items->sections[s]);
    }
    code = ask_exit_of(ask_screen_show(&screen));
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_form_show = {
    .name = "form show",
    .words = "",
    .summary = "the sections and questions of the intake",
    .about = "Every question with its id, its type and its answers, as inputs name them; also those that plugins "
             "bring.",
    .example = "askonce form show --json",
    .run = run_show,
    .flags = {ASK_FLAG_JSON, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};

/* ---- lint -------------------------------------------------------------------------------------------------------- */

static int run_lint(const struct ask_arguments *arguments) {
  struct ask_session session = {.arguments = arguments};
  session.arena = ask_arena_new();
  session.problems = (struct ask_problems){.arena = session.arena};
  struct ask_data_options options = {.forms =
                                         arguments->word_count ? arguments->words[0] : arguments->flags[ASK_FLAG_FORMS],
                                     .plugins = arguments->flags[ASK_FLAG_PLUGINS],
                                     .pack = arguments->flags[ASK_FLAG_PACK],
                                     .installed = ASK_DATA_DIR};
  int code = ASK_EXIT_OK;
  if (!ask_data_find(session.arena, &options, &session.places, &session.problems)) {
    code = ask_session_bad(&session);
  } else {
    session.places.pack_count = 0; /* the form alone: programs have their own lint */
    session.rules = ask_rules_load(&session.places, &session.problems);
    if (session.rules) ask_check_form(session.rules->catalogue, &session.problems);
    ask_show_problems(session.problems.list, session.problems.count, session.problems.errors, NULL);
    if (session.problems.count) code = ASK_EXIT_FINDINGS;
    if (!session.rules) {
      printf("%s: cannot be used: %zu error%s\n", session.places.form, session.problems.errors,
             session.problems.errors == 1 ? "" : "s");
    } else {
      const struct ask_catalogue *catalogue = session.rules->catalogue;
      size_t asked = 0;
      for (size_t i = 0; i < catalogue->item_count; i++) asked += catalogue->items[i].asked;
      printf("%s: %s; %zu sections, %zu questions, %zu derived items, %zu checks\n", session.places.form,
             session.problems.count ? "see above" : "nothing to mend", catalogue->form->section_count, asked,
             catalogue->item_count - asked, catalogue->check_count);
    }
  }
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_form_lint = {
    .name = "form lint",
    .words = "[FILE]",
    .most = 1,
    .summary = "check the intake form",
    .about = "Reads the form (forms/intake.yaml unless a file is named) with the parameters beside it, checks its "
             "types and conditions, and says what is worth a second look: questions that do not say why they are "
             "asked.",
    .example = "askonce form lint forms/intake.yaml",
    .run = run_lint,
    .flags = {ASK_FLAG_FORMS, ASK_FLAG_PLUGINS},
};
