/* The commands, one file each (command_*.c). A run function gives the exit code. */
#ifndef ASK_CLI_COMMANDS_H
#define ASK_CLI_COMMANDS_H

#include "cli/options.h"

extern const struct ask_command ask_command_assess;
extern const struct ask_command ask_command_next;
extern const struct ask_command ask_command_explain;
extern const struct ask_command ask_command_what_if;
extern const struct ask_command ask_command_burden;
extern const struct ask_command ask_command_form_lint;
extern const struct ask_command ask_command_form_show;
extern const struct ask_command ask_command_plugin_list;
extern const struct ask_command ask_command_plugin_lint;
extern const struct ask_command ask_command_plugin_explain;
extern const struct ask_command ask_command_plugin_diff;
extern const struct ask_command ask_command_plugin_editor;
extern const struct ask_command ask_command_plugin_test;
extern const struct ask_command ask_command_impact;
extern const struct ask_command ask_command_csv;
extern const struct ask_command ask_command_plugin_coverage;
extern const struct ask_command ask_command_plugin_mutate;
extern const struct ask_command ask_command_plugin_new;
extern const struct ask_command ask_command_plugin_reference;
extern const struct ask_command ask_command_locale_check;
extern const struct ask_command ask_command_locale_template;
extern const struct ask_command ask_command_replay;
extern const struct ask_command ask_command_version;
extern const struct ask_command ask_command_serve;
extern const struct ask_command ask_command_plugin_reload;
extern const struct ask_command ask_command_key_add;
extern const struct ask_command ask_command_key_list;
extern const struct ask_command ask_command_key_revoke;
extern const struct ask_command ask_command_user_add;
extern const struct ask_command ask_command_user_list;
extern const struct ask_command ask_command_user_change;
extern const struct ask_command ask_command_user_reset;
extern const struct ask_command ask_command_config_check;
extern const struct ask_command ask_command_config_show;
extern const struct ask_command ask_command_backup;
extern const struct ask_command ask_command_restore;
extern const struct ask_command ask_command_store_check;
extern const struct ask_command ask_command_migrate;

/* The whole command line without the program's name. Gives the exit code. */
int ask_run(int count, char *const *words);

/* assess --bulk */
int ask_run_bulk(const struct ask_arguments *arguments);

#endif
