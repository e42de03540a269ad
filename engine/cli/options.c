/* The command line: a table of options and the loop that reads them. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/screen.h"

static const struct ask_flag_spec specs[ASK_FLAG_COUNT] = {
    [ASK_FLAG_PROGRAMS] = {"--programs", "A,B", "only these programs, by their ids"},
    [ASK_FLAG_PACK] = {"--pack", "PACKS", "the packs of programs to use: A, A,B or all (nyc unless told; serve: all)"},
    [ASK_FLAG_PLUGINS] = {"--plugins", "DIR", "where the packs are, or one pack's own folder"},
    [ASK_FLAG_FORMS] = {"--forms", "DIR", "where the intake form is"},
    [ASK_FLAG_AS_OF] = {"--as-of", "DATE",
                        "assess as of this day, as 2026-11-23 (today in New York unless the input says)"},
    [ASK_FLAG_JSON] = {"--json", NULL, "print JSON for machines instead of a report"},
    [ASK_FLAG_DETAIL] = {"--detail", "HOW", "status, reasons or tree: how much to print"},
    [ASK_FLAG_BULK] = {"--bulk", "IN", "many households: a file with one JSON object a line (- for standard input)"},
    [ASK_FLAG_OUT] = {"--out", "OUT", "where the results go; with --bulk one line for each good line of IN"},
    [ASK_FLAG_JOBS] = {"--jobs", "N", "how many threads (as many as there are processors)"},
    [ASK_FLAG_REJECTS] = {"--rejects", "FILE", "with --bulk: where bad lines are listed (OUT.rejects.jsonl)"},
    [ASK_FLAG_FORCE] = {"--force", NULL, "write over what is already there"},
    [ASK_FLAG_CASES] = {"--cases", "FILE", "run the cases of this file rather than each plugin's cases.yaml"},
    [ASK_FLAG_PORT] = {"--port", "P", "the port to serve on (8080; 0: any free one)"},
    [ASK_FLAG_HOST] = {"--host", "H", "the address to serve on (127.0.0.1)"},
    [ASK_FLAG_DATA] = {"--data", "DIR", "the server's data folder (./var)"},
    [ASK_FLAG_STORE] = {"--store", "URL", "sqlite:FILE or postgresql://... rather than the data folder's askonce.db"},
    [ASK_FLAG_CONFIG] = {"--config", "FILE", "settings in YAML (the file that ASKONCE_CONFIG names)"},
    [ASK_FLAG_FROM] = {"--from", "URL", "the store to read"},
    [ASK_FLAG_TO] = {"--to", "URL", "the store to fill"},
    [ASK_FLAG_FROM_PACK] = {"--from", "PACK", "the rules before: a pack's id or folder"},
    [ASK_FLAG_TO_PACK] = {"--to", "PACK", "the rules after"},
    [ASK_FLAG_HTML] = {"--html", "FILE", "write the report as a page with a chart"},
    [ASK_FLAG_STRICT] = {"--strict", NULL, "every finding fails, also those that are only worth knowing"},
    [ASK_FLAG_CHECKS] = {"--checks", NULL, "list the checks and what each of them means"},
    [ASK_FLAG_MISSING] = {"--missing", NULL, "list only what no case exercises"},
    [ASK_FLAG_MAX] = {"--max", "PERCENT", "how many changes may go unnoticed: fewer than this many of a hundred (5)"},
    [ASK_FLAG_WATCH] = {"--watch", NULL, "run again whenever a file of the programs, the form or the cases changes"},
    [ASK_FLAG_NAME] = {"--name", "TEXT", "what the program is called"},
    [ASK_FLAG_WEB] = {"--web", "DIR", "where the pages of the worker's app are"},
    [ASK_FLAG_ROLE] =
        {"--role", "ROLES",
         "what the person may do: worker, supervisor, nurse, program_staff, auditor, administrator, or several "
         "with commas between"},
    [ASK_FLAG_FULL_NAME] = {"--full-name", "TEXT", "the name that others see"},
    [ASK_FLAG_PROGRAM] = {"--program", "ID", "whose cases program_staff see"},
    [ASK_FLAG_PASSWORD_FILE] = {"--password-file", "FILE",
                                "the password rather than one that is made (- for standard input)"},
    [ASK_FLAG_DISABLE] = {"--disable", NULL, "no more signing in; sessions end at once"},
    [ASK_FLAG_ENABLE] = {"--enable", NULL, "signing in again"},
    [ASK_FLAG_FORMAT] = {"--format", "HOW", "markdown, html or text"},
    [ASK_FLAG_OUT_PATH] = {"--out", "PATH", "the file, or the folder, to write"},
    [ASK_FLAG_ALL] = {"--all", NULL, "every program of the pack, and an index"},
    [ASK_FLAG_LOCALE] = {"--locale", "LANGUAGE", "the language, such as es"},
    [ASK_FLAG_FOR] = {"--for", "WHAT", "all, form, web, pack:ID or program:ID (all)"},
    [ASK_FLAG_WRITE] = {"--write", NULL, "write the files instead of printing them"},
    [ASK_FLAG_HELP] = {"--help", NULL, "show this"},
};

const struct ask_flag_spec *ask_flag_spec(enum ask_flag flag) { return &specs[flag]; }

static enum ask_flag find_flag(const struct ask_command *command, const char *text, size_t length) {
  for (int i = 0; i <= 15; i++) {
    enum ask_flag flag = command->flags[i] ? command->flags[i] : ASK_FLAG_HELP;
    const char *name = specs[flag].name;
    if (strlen(name) == length && memcmp(name, text, length) == 0) return flag;
    if (flag == ASK_FLAG_HELP) break;
  }
  return ASK_FLAG_NONE;
}

static void unknown_flag(const struct ask_command *command, const char *text, size_t length) {
  const char *names[17];
  size_t count = 0;
  for (int i = 0; i <= 15 && command->flags[i]; i++) names[count++] = specs[command->flags[i]].name;
  names[count++] = "--help";
  char wrong[64];
  snprintf(wrong, sizeof wrong, "%.*s", (int)(length < 63 ? length : 63), text);
  const char *near = ask_did_you_mean(wrong, names, count);
  if (near)
    ask_usage_error("%s has no option %s (did you mean %s?)", command->name, wrong, near);
  else
    ask_usage_error("%s has no option %s (askonce %s --help lists them)", command->name, wrong, command->name);
}

bool ask_arguments_read(const struct ask_command *command, int count, char *const *argv, struct ask_arguments *ret) {
  struct ask_arguments arguments = {0};
  bool options = true;
  for (int i = 0; i < count; i++) {
    const char *text = argv[i];
    if (options && strcmp(text, "--") == 0) {
      options = false;
    } else if (options && strcmp(text, "-h") == 0) {
      arguments.flags[ASK_FLAG_HELP] = "";
    } else if (options && text[0] == '-' && text[1]) {
      const char *equals = strchr(text, '=');
      size_t length = equals ? (size_t)(equals - text) : strlen(text);
      enum ask_flag flag = find_flag(command, text, length);
      if (flag == ASK_FLAG_NONE) {
        unknown_flag(command, text, length);
        return false;
      }
      const struct ask_flag_spec *spec = &specs[flag];
      const char *value = equals ? equals + 1 : "";
      if (equals && !spec->value) {
        ask_usage_error("%s takes no value", spec->name);
        return false;
      }
      if (!equals && spec->value) {
        if (i + 1 == count) {
          ask_usage_error("%s needs a value: %s %s", spec->name, spec->name, spec->value);
          return false;
        }
        value = argv[++i];
      }
      if (spec->value && !*value) {
        ask_usage_error("%s was given an empty value: %s %s", spec->name, spec->name, spec->value);
        return false;
      }
      if (arguments.flags[flag] && spec->value) {
        ask_usage_error("%s was given twice", spec->name);
        return false;
      }
      arguments.flags[flag] = value;
    } else if (arguments.word_count == ASK_MOST_WORDS) {
      ask_usage_error("more than %d files or names at once", ASK_MOST_WORDS);
      return false;
    } else {
      arguments.words[arguments.word_count++] = text;
    }
  }
  if (!arguments.flags[ASK_FLAG_HELP]) {
    if (arguments.word_count > command->most) {
      ask_usage_error("%s does not know what to do with '%s' (usage: askonce %s%s%s)", command->name,
                      arguments.words[command->most], command->name, *command->words ? " " : "", command->words);
      return false;
    }
    /* --bulk names its input itself. */
    if (arguments.word_count < command->least && !arguments.flags[ASK_FLAG_BULK]) {
      ask_usage_error("%s needs %s (usage: askonce %s %s)", command->name,
                      arguments.word_count + 1 == command->least && command->least > 1 ? "one more word"
                                                                                       : command->words,
                      command->name, command->words);
      return false;
    }
  }
  *ret = arguments;
  return true;
}

/* Lines that begin with a blank stay as they are; the others are wrapped. */
static void say_about(struct ask_screen *screen, const char *about) {
  while (*about) {
    size_t length = strcspn(about, "\n");
    char line[600];
    snprintf(line, sizeof line, "%.*s", (int)length, about);
    if (line[0] == ' ')
      ask_say(screen, "%s\n", line);
    else
      ask_paragraph(screen, "", ASK_PLAIN, line);
    about += length + (about[length] == '\n');
  }
}

bool ask_command_help(const struct ask_command *command) {
  struct ask_screen screen = ask_screen_new();
  ask_say_styled(&screen, ASK_BOLD, "askonce %s%s%s%s", command->name, *command->words ? " " : "", command->words,
                 command->flags[0] ? " [options]" : "");
  ask_say(&screen, "\n%s\n\n", command->summary);
  say_about(&screen, command->about);
  ask_heading(&screen, "Options");
  for (int i = 0; i <= 15; i++) {
    enum ask_flag flag = command->flags[i] ? command->flags[i] : ASK_FLAG_HELP;
    char left[32];
    snprintf(left, sizeof left, "  %s%s%s", specs[flag].name, specs[flag].value ? " " : "",
             specs[flag].value ? specs[flag].value : "");
    ask_padded(&screen, ASK_PLAIN, left, 20);
    ask_wrapped(&screen, 20, ASK_PLAIN, specs[flag].help);
    if (flag == ASK_FLAG_HELP) break;
  }
  ask_heading(&screen, "Example");
  ask_say(&screen, "  %s\n", command->example);
  return ask_screen_show(&screen);
}
