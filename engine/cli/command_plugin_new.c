/* askonce plugin new: the folder of a new program, which loads, passes its cases, and teaches the language. */
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "service/new_plugin.h"

/* Whether the form and the pack take it as it is: the template reads questions of the form that comes with askonce. */
static int try_it(struct ask_session *session, const char *id) {
  session->problems.count = session->problems.errors = 0;
  session->rules = ask_rules_load(&session->places, &session->problems);
  const struct ask_program *program = session->rules ? ask_catalogue_program(session->rules->catalogue, id) : NULL;
  if (program && !program->broken) return ASK_EXIT_OK;
  ask_show_problems(session->problems.list, session->problems.count, session->problems.errors, NULL);
  fprintf(stderr, "askonce: %s was made, but does not load with this form as it stands: mend what is said above\n", id);
  return ASK_EXIT_FINDINGS;
}

static int make(struct ask_session *session) {
  const struct ask_arguments *arguments = session->arguments;
  struct ask_data_options options = {.forms = arguments->flags[ASK_FLAG_FORMS],
                                     .plugins = arguments->flags[ASK_FLAG_PLUGINS],
                                     .pack = arguments->flags[ASK_FLAG_PACK],
                                     .installed = ASK_DATA_DIR};
  struct ask_new_plugin wanted = {.id = arguments->words[0], .name = arguments->flags[ASK_FLAG_NAME]};
  const char *folder;
  if (!ask_data_find(session->arena, &options, &session->places, &session->problems)) return ask_session_bad(session);
  if (session->places.pack_count != 1) {
    ask_usage_error("one pack at a time: --pack nyc");
    return ASK_EXIT_BAD;
  }
  wanted.pack = session->places.packs[0].folder;
  wanted.template_folder = ask_template_find(session->arena, ASK_DATA_DIR, &session->problems);
  if (!wanted.template_folder || !ask_plugin_new(session->arena, &wanted, &folder, &session->problems))
    return ask_session_bad(session);
  int code = try_it(session, wanted.id);
  printf("%s/\n"
         "  plugin.lua        the rule: an invented one that uses the language; make it yours\n"
         "  parameters.yaml   its numbers, dated, with their sources\n"
         "  cases.yaml        golden cases: households, and what the rule must say of them\n"
         "then\n"
         "  askonce plugin lint %s\n"
         "  askonce plugin test %s --watch\n"
         "  askonce plugin coverage %s --missing\n"
         "  askonce plugin mutate %s\n",
         folder, folder, folder, folder, folder);
  return code;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_session session = {.arguments = arguments, .arena = ask_arena_new()};
  session.problems = (struct ask_problems){.arena = session.arena};
  int code = make(&session);
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_plugin_new = {
    .name = "plugin new",
    .words = "ID",
    .least = 1,
    .most = 1,
    .summary = "make the folder of a new program",
    .about =
        "In the pack's folder a folder ID with plugin.lua, parameters.yaml and cases.yaml: a small invented rule that "
        "loads, passes its cases, and explains the language in its comments. Nothing that is there is written over.",
    .example = "askonce plugin new heat_help --name \"Help with heating\"",
    .run = run,
    .flags = {ASK_FLAG_NAME, ASK_FLAG_PACK, ASK_FLAG_PLUGINS, ASK_FLAG_FORMS},
};
