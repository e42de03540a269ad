/* askonce plugin reload: asks the running server to take up the plugins and the form as they stand on disk. */
#include <string.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "service/control.h"

static int show(struct ask_settings *settings, const struct ask_reload_report *report) {
  bool good = report->swapped || (report->unchanged && !settings->problems.errors);
  ask_show_problems(settings->problems.list, settings->problems.count, settings->problems.errors, NULL);
  if (report->swapped)
    printf("reloaded: %zu programs, %zu golden cases passed; generation %lld is in force (%.12s)\n", report->programs,
           report->cases, (long long)report->generation, report->hash);
  else if (good)
    printf("nothing has changed: generation %lld is in force (%.12s)\n", (long long)report->generation, report->hash);
  else if (report->generation)
    fprintf(stderr, "not reloaded: generation %lld stays in force (%.12s)\n", (long long)report->generation,
            report->hash);
  return good ? ASK_EXIT_OK : ASK_EXIT_FINDINGS;
}

static int reload(struct ask_settings *settings) {
  struct ask_text line;
  struct ask_reload_report report;
  settings->problems.count = 0; /* warnings about settings */
  if (!ask_control_ask_reload(settings->arena, &settings->folder, &line, &settings->problems) ||
      !ask_reload_report_read(settings->arena, line, &report, &settings->problems))
    return ask_settings_bad(settings);
  if (!settings->arguments->flags[ASK_FLAG_JSON]) return show(settings, &report);
  struct ask_buffer text = {0};
  ask_buffer_add(&text, line.bytes, line.length);
  if (!ask_print_machine(&text)) return ASK_EXIT_BAD;
  return settings->problems.errors ? ASK_EXIT_FINDINGS : ASK_EXIT_OK;
}

static int run(const struct ask_arguments *arguments) {
  struct ask_settings settings;
  int code = ask_settings_read(&settings, arguments);
  if (code == ASK_EXIT_OK) code = reload(&settings);
  ask_settings_close(&settings);
  return code;
}

const struct ask_command ask_command_plugin_reload = {
    .name = "plugin reload",
    .words = "",
    .summary = "the running server takes up changed plugins and forms",
    .about = "The server loads them aside and runs every golden case. Only if all load and pass, they come into force; "
             "requests under way finish on the rules they began with. Otherwise the old rules go on, and what is wrong "
             "is said with its file and line. The same as SIGHUP to the server, which reports in its log.",
    .example = "askonce plugin reload --data ./var",
    .run = run,
    .flags = {ASK_FLAG_JSON, ASK_FLAG_DATA, ASK_FLAG_CONFIG},
};
