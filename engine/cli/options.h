/* The command line: which options a command has, and reading them. A table; nothing is decided here. */
#ifndef ASK_CLI_OPTIONS_H
#define ASK_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum ask_flag {
  ASK_FLAG_NONE,
  ASK_FLAG_PROGRAMS,
  ASK_FLAG_PACK,
  ASK_FLAG_PLUGINS,
  ASK_FLAG_FORMS,
  ASK_FLAG_AS_OF,
  ASK_FLAG_JSON,
  ASK_FLAG_DETAIL,
  ASK_FLAG_BULK,
  ASK_FLAG_OUT,
  ASK_FLAG_JOBS,
  ASK_FLAG_REJECTS,
  ASK_FLAG_FORCE,
  ASK_FLAG_CASES,
  ASK_FLAG_PORT,
  ASK_FLAG_HOST,
  ASK_FLAG_DATA,
  ASK_FLAG_STORE,
  ASK_FLAG_CONFIG,
  ASK_FLAG_FROM,
  ASK_FLAG_TO,
  ASK_FLAG_FROM_PACK,
  ASK_FLAG_TO_PACK,
  ASK_FLAG_HTML,
  ASK_FLAG_STRICT,
  ASK_FLAG_CHECKS,
  ASK_FLAG_FORMAT,
  ASK_FLAG_OUT_PATH,
  ASK_FLAG_ALL,
  ASK_FLAG_MISSING,
  ASK_FLAG_MAX,
  ASK_FLAG_WATCH,
  ASK_FLAG_NAME,
  ASK_FLAG_LOCALE,
  ASK_FLAG_FOR,
  ASK_FLAG_WRITE,
  ASK_FLAG_WEB,
  ASK_FLAG_ROLE,
  ASK_FLAG_FULL_NAME,
  ASK_FLAG_PROGRAM,
  ASK_FLAG_PASSWORD_FILE,
  ASK_FLAG_DISABLE,
  ASK_FLAG_ENABLE,
  ASK_FLAG_HELP,
  ASK_FLAG_COUNT,
};

struct ask_flag_spec {
  const char *name;  /* with the two dashes */
  const char *value; /* the word for its value in the help; NULL: takes none */
  const char *help;
};
const struct ask_flag_spec *ask_flag_spec(enum ask_flag flag);

enum { ASK_MOST_WORDS = 64 };

/* What stood on the command line. Borrowed from argv. */
struct ask_arguments {
  const char *flags[ASK_FLAG_COUNT]; /* NULL: not given; flags without a value: "" */
  const char *words[ASK_MOST_WORDS]; /* the rest, in order */
  int word_count;
};

struct ask_command {
  const char *name;    /* "assess", "plugin lint" */
  const char *words;   /* "FILE PROGRAM" */
  int least, most;     /* how many words */
  const char *summary; /* one line */
  const char *about;   /* some more lines */
  const char *example;
  int (*run)(const struct ask_arguments *arguments);
  enum ask_flag flags[16]; /* ends with ASK_FLAG_NONE; --help goes without saying */
};

/* Reads argv[0..count). False after saying on stderr what is wrong. "--" ends the options, "-" is a word. */
bool ask_arguments_read(const struct ask_command *command, int count, char *const *argv, struct ask_arguments *ret);
/* To stdout. False when it could not be written. */
bool ask_command_help(const struct ask_command *command);

#endif
