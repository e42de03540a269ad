/* Finds the command that the first words name, and the help. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/screen.h"

static const struct ask_command *const commands[] = {
    &ask_command_assess,
    &ask_command_next,
    &ask_command_explain,
    &ask_command_what_if,
    &ask_command_burden,
    &ask_command_form_show,
    &ask_command_form_lint,
    &ask_command_csv,
    &ask_command_impact,
    &ask_command_plugin_new,
    &ask_command_plugin_list,
    &ask_command_plugin_lint,
    &ask_command_plugin_test,
    &ask_command_plugin_coverage,
    &ask_command_plugin_mutate,
    &ask_command_plugin_explain,
    &ask_command_plugin_diff,
    &ask_command_plugin_editor,
    &ask_command_plugin_reference,
    &ask_command_locale_check,
    &ask_command_locale_template,
    &ask_command_replay,
    &ask_command_version,
    /* the server and its store */
    &ask_command_serve,
    &ask_command_plugin_reload,
    &ask_command_key_add,
    &ask_command_key_list,
    &ask_command_key_revoke,
    &ask_command_user_add,
    &ask_command_user_list,
    &ask_command_user_change,
    &ask_command_user_reset,
    &ask_command_config_check,
    &ask_command_config_show,
    &ask_command_backup,
    &ask_command_restore,
    &ask_command_store_check,
    &ask_command_migrate,
};
enum { COMMANDS = sizeof commands / sizeof *commands };
#define FIRST_OF_SERVER (&ask_command_serve)

static int finish(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  /* a reader that has seen enough (`| head`) is no trouble; other failures were told where they happened, or are told here */
  if (code != ASK_EXIT_BAD && errno != EPIPE) ask_usage_error("the output could not be written");
  return ASK_EXIT_BAD;
}

static void overview(FILE *out) {
  fputs("askonce: ask once, every program answers.\n"
        "One household's answers go in; what each program says of them comes out, with its reasons.\n\n"
        "Commands\n",
        out);
  for (size_t i = 0; i < COMMANDS; i++) {
    char usage[48];
    snprintf(usage, sizeof usage, "%s %s", commands[i]->name, commands[i]->words);
    if (commands[i] == FIRST_OF_SERVER) fputs("\nThe server\n", out);
    fprintf(out, "  %-26s %s\n", usage, commands[i]->summary);
  }
  fputs("\n"
        "  help [COMMAND]             how to use a command\n\n"
        "Try\n"
        "  askonce assess examples/city-sample.json\n"
        "  echo '{\"answers\": {\"dob\": \"1944-03-02\"}}' | askonce next -\n\n"
        "Exit codes: 0 well, 1 something was found (a failed case, a difference), 2 bad input or usage.\n",
        out);
}

/* The command named by the first word or the first two; *ret_words: how many. */
static const struct ask_command *find(int count, char *const *words, int *ret_words) {
  for (int taken = count > 1 ? 2 : 1; taken >= 1; taken--) {
    char name[64];
    if (taken == 2)
      snprintf(name, sizeof name, "%.30s %.30s", words[0], words[1]);
    else
      snprintf(name, sizeof name, "%.60s", words[0]);
    for (size_t i = 0; i < COMMANDS; i++)
      if (strcmp(commands[i]->name, name) == 0) {
        *ret_words = taken;
        return commands[i];
      }
  }
  return NULL;
}

/* `form --help`: the commands that begin with that word. */
static bool family(const char *first) {
  size_t length = strlen(first), found = 0;
  for (size_t i = 0; i < COMMANDS; i++) {
    if (strncmp(commands[i]->name, first, length) != 0 || commands[i]->name[length] != ' ') continue;
    char usage[64];
    snprintf(usage, sizeof usage, "askonce %s %s", commands[i]->name, commands[i]->words);
    printf("%-44s %s\n", usage, commands[i]->summary);
    found++;
  }
  return found > 0;
}

/* "plugin list, plugin lint or plugin test" of the word plugin; false when no command begins with it. */
static bool choices_of(const char *first, size_t size, char *ret_choices) {
  const char *found[COMMANDS];
  size_t count = 0, used = 0, length = strlen(first);
  for (size_t i = 0; i < COMMANDS; i++)
    if (strncmp(commands[i]->name, first, length) == 0 && commands[i]->name[length] == ' ')
      found[count++] = commands[i]->name;
  for (size_t i = 0; i < count && used < size; i++) {
    const char *before = i + 1 == count ? " or " : ", ";
    used += (size_t)snprintf(ret_choices + used, size - used, "%s%s", i ? before : "", found[i]);
  }
  return count > 0;
}

static int unknown_command(int count, char *const *words) {
  const char *names[COMMANDS + 3], *first = words[0];
  char both[64], choices[256];
  size_t known = 0;
  if (choices_of(first, sizeof choices, choices)) {
    ask_usage_error("which of them: %s?", choices);
    return ASK_EXIT_BAD;
  }
  for (size_t i = 0; i < COMMANDS; i++) names[known++] = commands[i]->name;
  names[known++] = "help";
  names[known++] = "--version";
  names[known++] = "--help";
  const char *near = ask_did_you_mean(first, names, known);
  if (!near && count > 1) {
    snprintf(both, sizeof both, "%.30s %.30s", first, words[1]);
    near = ask_did_you_mean(both, names, known);
  }
  if (near)
    ask_usage_error("there is no command '%s' (did you mean %s?)", first, near);
  else
    ask_usage_error("there is no command '%s' (askonce help lists them)", first);
  return ASK_EXIT_BAD;
}

int ask_run(int count, char *const *words) {
  int taken = 0;
  if (count == 0) {
    overview(stderr);
    return ASK_EXIT_BAD;
  }
  bool help = strcmp(words[0], "help") == 0 || strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0;
  if (help && count == 1) {
    overview(stdout);
    return finish(ASK_EXIT_OK);
  }
  if (help) {
    words++;
    count--;
  }
  if (strcmp(words[0], "--version") == 0) return finish(ask_command_version.run(&(struct ask_arguments){0}));
  const struct ask_command *command = find(count, words, &taken);
  bool asks = help || (count > 1 && (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0));
  if (!command && asks && family(words[0])) return finish(ASK_EXIT_OK);
  if (!command) return unknown_command(count, words);
  struct ask_arguments arguments;
  if (help)
    arguments = (struct ask_arguments){.flags[ASK_FLAG_HELP] = ""};
  else if (!ask_arguments_read(command, count - taken, words + taken, &arguments))
    return ASK_EXIT_BAD;
  if (arguments.flags[ASK_FLAG_HELP]) { return ask_command_help(command) ? ASK_EXIT_OK : ASK_EXIT_BAD; }
  return finish(command->run(&arguments));
}
