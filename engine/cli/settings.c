/* What the commands of the server and its store do first. */
#include "cli/settings.h"

#include <string.h>

#include "service/assess.h"
#include "service/file.h"

static const struct {
  enum ask_flag flag;
  const char *setting;
} WORDS[] = {
    {ASK_FLAG_HOST, "listen.host"}, {ASK_FLAG_PORT, "listen.port"},  {ASK_FLAG_DATA, "data"},
    {ASK_FLAG_STORE, "store"},      {ASK_FLAG_FORMS, "rules.forms"}, {ASK_FLAG_PLUGINS, "rules.plugins"},
    {ASK_FLAG_PACK, "rules.pack"},  {ASK_FLAG_WEB, "app.web"},
};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

int ask_settings_bad(struct ask_settings *settings) {
  const struct ask_problems *problems = &settings->problems;
  if (settings->arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_problems(&text, 0, problems->list, problems->count);
    ask_print_machine(&text);
  } else {
    ask_show_problems(problems->list, problems->count, problems->errors, NULL);
  }
  return ASK_EXIT_BAD;
}

int ask_settings_read(struct ask_settings *settings, const struct ask_arguments *arguments) {
  struct ask_config_word words[WORD_COUNT];
  *settings = (struct ask_settings){.arguments = arguments, .arena = ask_arena_new()};
  settings->problems.arena = settings->arena;
  for (size_t i = 0; i < WORD_COUNT; i++)
    words[i] =
        (struct ask_config_word){WORDS[i].setting, arguments->flags[WORDS[i].flag], ask_flag_spec(WORDS[i].flag)->name};
  if (!ask_config_read(settings->arena, arguments->flags[ASK_FLAG_CONFIG], words, WORD_COUNT, &settings->config,
                       &settings->list, &settings->count, &settings->problems))
    return ask_settings_bad(settings);
  settings->folder = ask_data_folder_of(settings->arena, settings->config.data);
  return ASK_EXIT_OK;
}

void ask_settings_close(struct ask_settings *settings) {
  ask_arena_free(settings->arena);
  *settings = (struct ask_settings){0};
}

/* Whether the store is the data folder's own file. */
static bool is_own(const struct ask_settings *settings) {
  const char *store = settings->config.store;
  return strncmp(store, "sqlite:", 7) == 0 && strcmp(store + 7, settings->folder.database) == 0;
}

int ask_store_access_open(struct ask_store_access *access, const struct ask_arguments *arguments, bool create) {
  struct ask_settings *settings = &access->settings;
  access->store = NULL;
  access->session = NULL;
  int code = ask_settings_read(settings, arguments);
  if (code != ASK_EXIT_OK) return code;
  /* What concerns serving alone is no business of a command over the store. */
  settings->problems.count = 0;
  if (is_own(settings)) {
    if (create && !ask_data_folder_make(&settings->folder, &settings->problems)) return ask_settings_bad(settings);
    if (!create && !ask_is_there(settings->folder.database)) {
      ask_problem_add(&settings->problems, ASK_ERROR, "no-store", (struct ask_place){.file = settings->folder.path},
                      NULL,
                      "name the server's data folder with --data, or another store with --store; "
                      "`askonce serve`, `askonce key add` and `askonce user add` make one",
                      "there is no store in this folder");
      return ask_settings_bad(settings);
    }
  }
  access->store =
      ask_store_open(settings->config.store, &(struct ask_store_options){.create = create}, &settings->problems);
  if (!access->store) return ask_settings_bad(settings);
  access->session = ask_store_session_open(access->store);
  return ASK_EXIT_OK;
}

void ask_store_access_close(struct ask_store_access *access) {
  if (access->session) ask_store_session_close(access->session);
  ask_store_close(access->store);
  ask_settings_close(&access->settings);
}

int ask_store_access_failed(struct ask_store_access *access, enum ask_store_status status, const char *what) {
  const char *message = ask_store_message(access->session);
  ask_problem_add(&access->settings.problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, NULL,
                  "%s: %s", what, *message ? message : ask_store_status_text(status));
  return ask_settings_bad(&access->settings);
}
