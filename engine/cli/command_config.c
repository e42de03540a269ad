/* askonce config check, config show: the server's settings, before it is started with them. */
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "service/catalogue.h"
#include "service/file.h"

/* Everything that says how to serve. */
#define SERVE_FLAGS                                                                                               \
  ASK_FLAG_CONFIG, ASK_FLAG_HOST, ASK_FLAG_PORT, ASK_FLAG_DATA, ASK_FLAG_STORE, ASK_FLAG_FORMS, ASK_FLAG_PLUGINS, \
      ASK_FLAG_PACK

/* ---- check --------------------------------------------------------------------------------------------------------- */

static void check_file(struct ask_settings *settings, const char *path, const char *setting) {
  if (!path || (ask_is_file(path) && access(path, R_OK) == 0)) return;
  ask_problem_add(&settings->problems, ASK_ERROR, "no-file", (struct ask_place){.file = path}, setting,
                  "it is looked up from the folder in which the server is started",
                  "there is no file that can be read");
}

/* What can be said without opening the store or listening. */
static bool check_places(struct ask_settings *settings) {
  const struct ask_config *config = &settings->config;
  struct ask_data_options options = {config->forms, config->plugins, config->pack, ASK_DATA_DIR};
  struct ask_data_places places;
  check_file(settings, config->tls_certificate, "tls.certificate");
  check_file(settings, config->tls_key, "tls.key");
  if (ask_is_there(config->data) && !ask_is_folder(config->data))
    ask_problem_add(&settings->problems, ASK_ERROR, "data-folder", (struct ask_place){.file = config->data}, "data",
                    "name a folder; it is made if it is not there", "is not a folder");
  ask_data_find(settings->arena, &options, &places, &settings->problems);
  return settings->problems.errors == 0;
}

static int run_check(const struct ask_arguments *arguments) {
  struct ask_settings settings;
  int code = ask_settings_read(&settings, arguments);
  if (code == ASK_EXIT_OK) {
    bool good = check_places(&settings);
    ask_show_problems(settings.problems.list, settings.problems.count, settings.problems.errors, NULL);
    if (good) puts("the settings are good");
    code = good ? ASK_EXIT_OK : ASK_EXIT_BAD;
  }
  ask_settings_close(&settings);
  return code;
}

const struct ask_command ask_command_config_check = {
    .name = "config check",
    .words = "",
    .summary = "are the server's settings good?",
    .about = "Reads the settings as askonce serve would, from the file, the environment (ASKONCE_PORT, ...) and the "
             "command line, and says what is wrong, with its place. Warnings do not change the exit code.",
    .example = "askonce config check --config askonce.yaml",
    .run = run_check,
    .flags = {SERVE_FLAGS},
};

/* ---- show ---------------------------------------------------------------------------------------------------------- */

static int run_show(const struct ask_arguments *arguments) {
  struct ask_settings settings;
  int code = ask_settings_read(&settings, arguments);
  if (code == ASK_EXIT_OK && arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_config_write(&text, settings.list, settings.count);
    code = ask_print_machine(&text) ? ASK_EXIT_OK : ASK_EXIT_BAD;
  } else if (code == ASK_EXIT_OK) {
    struct ask_screen screen = ask_screen_new();
    ask_show_problems(settings.problems.list, settings.problems.count, settings.problems.errors, NULL);
    for (size_t i = 0; i < settings.count; i++) {
      const struct ask_setting *setting = &settings.list[i];
      ask_padded(&screen, ASK_PLAIN, setting->name, 34);
      ask_padded(&screen, setting->value ? ASK_BOLD : ASK_DIM, setting->value ? setting->value : "(not set)", 26);
      ask_say_styled(&screen, ASK_DIM, "%s", setting->where ? setting->where : ask_config_origin_text(setting->origin));
      ask_say(&screen, "\n");
    }
    code = ask_screen_show(&screen) ? ASK_EXIT_OK : ASK_EXIT_BAD;
  }
  ask_settings_close(&settings);
  return code;
}

const struct ask_command ask_command_config_show = {
    .name = "config show",
    .words = "",
    .summary = "the server's settings and where each comes from",
    .about =
        "Every setting with its value and its place: the default, a line of the file, a variable of the environment, "
        "or the command line; the later one of these wins. Passwords are hidden.",
    .example = "ASKONCE_PORT=9000 askonce config show --config askonce.yaml",
    .run = run_show,
    .flags = {ASK_FLAG_JSON, SERVE_FLAGS},
};
