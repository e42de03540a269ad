/* Which plugins a command means. */
#include "cli/plugin_target.h"

#include <stdlib.h>
#include <string.h>

#include "service/host.h"

struct target {
  const char *plugins; /* for --plugins; NULL: as on the command line */
  const char *program; /* id; NULL: all */
};

/* A file of a plugin stands for the plugin's folder. */
static const char *folder_of(struct ask_arena *arena, const char *word) {
  if (!ask_is_file(word)) return word;
  const char *slash = strrchr(word, '/');
  const char *folder = slash ? ask_strndup(arena, word, (size_t)(slash - word)) : ".";
  return ask_is_file(ask_path_join(arena, folder, "plugin.lua")) ? folder : word;
}

/* A plugin's folder is split into its pack and its id. */
static struct target target_of(struct ask_arena *arena, const char *word) {
  word = folder_of(arena, word);
  if (!strchr(word, '/') && !ask_is_folder(word)) return (struct target){NULL, word};
  if (!ask_is_file(ask_path_join(arena, word, "plugin.lua"))) return (struct target){word, NULL};
  char *full = realpath(word, NULL);
  if (!full) return (struct target){word, NULL};
  char *slash = strrchr(full, '/');
  const char *id = ask_strdup(arena, slash + 1);
  *slash = 0;
  const char *pack = ask_path_shown(arena, ask_strdup(arena, *full ? full : "/"));
  free(full);
  return (struct target){pack, id};
}

static int run_target(const struct ask_arguments *arguments, const char *word, ask_target_work *work, void *context) {
  struct ask_session session = {.arguments = arguments};
  session.arena = ask_arena_new();
  session.problems = (struct ask_problems){.arena = session.arena};
  struct target target = word ? target_of(session.arena, word) : (struct target){0};
  struct ask_data_options options = {.forms = arguments->flags[ASK_FLAG_FORMS],
                                     .plugins = target.plugins ? target.plugins : arguments->flags[ASK_FLAG_PLUGINS],
                                     .pack = target.plugins ? NULL : arguments->flags[ASK_FLAG_PACK],
                                     .installed = ASK_DATA_DIR};
  int code = ASK_EXIT_OK;
  if (!ask_data_find(session.arena, &options, &session.places, &session.problems) ||
      !(session.rules = ask_rules_load(&session.places, &session.problems))) {
    code = ask_session_bad(&session);
  } else {
    const struct ask_program *program = NULL;
    if (target.program) {
      program = ask_catalogue_program(session.rules->catalogue, target.program);
      if (!program) {
        session.problems.count = session.problems.errors = 0;
        ask_session_program(&session, target.program);
        code = ASK_EXIT_BAD;
      }
    }
    if (code == ASK_EXIT_OK) code = work(&session, program, context);
  }
  ask_session_close(&session);
  return code;
}

int ask_each_target(const struct ask_arguments *arguments, ask_target_work *work, void *context) {
  if (!arguments->word_count) return run_target(arguments, NULL, work, context);
  int worst = ASK_EXIT_OK;
  for (int i = 0; i < arguments->word_count; i++) {
    int code = run_target(arguments, arguments->words[i], work, context);
    if (code > worst) worst = code;
  }
  return worst;
}

static bool with_cases(struct ask_session *session, const struct ask_program *program, const struct ask_host *host,
                       ask_case_set_work *work, void *context, bool *ret_broken) {
  struct ask_case_set cases = {0};
  size_t before = session->problems.count;
  if (program->broken) {
    fprintf(stderr, "error: %s does not load: %s\n", program->spec->id, program->broken);
    *ret_broken = true;
    return true;
  }
  bool good =
      ask_case_set_read(session->arena, session->rules->catalogue, program, ask_today(), &cases, &session->problems) &&
      work(session, &cases, host, context);
  if (!good) ask_show_problems(session->problems.list + before, session->problems.count - before, 0, NULL);
  ask_case_set_free(&cases);
  return good;
}

int ask_each_case_set(struct ask_session *session, const struct ask_program *program, ask_case_set_work *work,
                      void *context, bool *ret_broken) {
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  struct ask_lua_host *host = ask_lua_host_new(session->rules);
  bool good = true;
  for (size_t i = 0; i < catalogue->program_count; i++)
    if (!program || program == &catalogue->programs[i])
      good =
          with_cases(session, &catalogue->programs[i], ask_lua_host_interface(host), work, context, ret_broken) && good;
  ask_lua_host_free(host);
  return good ? ASK_EXIT_OK : ASK_EXIT_BAD;
}
