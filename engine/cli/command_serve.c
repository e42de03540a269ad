/* askonce serve: where the service is put together (settings, data folder, store, rules, intake, HTTP), and what its process
 * does with signals. The only file of the command that knows of HTTP. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "http/assets.h"
#include "http/server.h"
#include "service/app.h"
#include "service/control.h"
#include "service/intake.h"
#include "service/live.h"

enum { SPARE_FILES = 64 }; /* descriptors for everything but connections: store, socket, log, plugins while they load */

struct service {
  struct ask_settings settings;
  int lock;
  struct ask_store *store;
  struct ask_writer *writer;
  struct ask_live *live;
  struct ask_intake *intake;
  struct ask_app *app;
  struct ask_server *server;
  _Atomic(struct ask_server *)
      logs_to; /* the server, for pages, which are made before it is known here; NULL: not yet */
  struct ask_control *control;
};

/* Tells a person what was found so far, and forgets it. */
static void tell(struct service *service) {
  struct ask_problems *problems = &service->settings.problems;
  ask_show_problems(problems->list, problems->count, 0, NULL);
  fflush(stderr);
  problems->count = problems->errors = 0;
}

/* ---- the process --------------------------------------------------------------------------------------------------- */

/* As many descriptors as the system allows; fewer connections when that is not enough. */
static void raise_limits(struct service *service) {
  struct rlimit files;
  int64_t *connections = &service->settings.config.connections;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur == RLIM_INFINITY || files.rlim_cur >= (rlim_t)*connections + SPARE_FILES) return;
  int64_t room = files.rlim_cur > 2 * SPARE_FILES ? (int64_t)files.rlim_cur - SPARE_FILES : (int64_t)files.rlim_cur / 2;
  ask_problem_add(&service->settings.problems, ASK_WARNING, "few-files", ASK_NOWHERE, "limits.connections",
                  "raise the limit of open files (ulimit -Hn, LimitNOFILE= in the unit)",
                  "only %lld connections are taken: the process may open %lld files", (long long)room,
                  (long long)files.rlim_cur);
  *connections = room;
}

static sigset_t signals_of(int first, int second, int third) {
  sigset_t set;
  sigemptyset(&set);
  if (first) sigaddset(&set, first);
  if (second) sigaddset(&set, second);
  if (third) sigaddset(&set, third);
  return set;
}

/* ---- reload -------------------------------------------------------------------------------------------------------- */

static void log_problem(struct ask_server *server, const struct ask_problem *problem) {
  char place[512] = "", line[32] = "";
  if (problem->at.line && problem->at.column)
    snprintf(line, sizeof line, ":%d:%d", problem->at.line, problem->at.column);
  else if (problem->at.line)
    snprintf(line, sizeof line, ":%d", problem->at.line);
  if (problem->at.file) snprintf(place, sizeof place, "%s%s", problem->at.file, line);
  ask_server_log(server, problem->severity == ASK_ERROR ? "error" : "warning", "reload-problem", "at", place, "code",
                 problem->code, "message", problem->message, "hint", problem->hint ? problem->hint : "", NULL);
}

/* Also on the control's thread, and on one that makes a page. */
static bool reload(void *context, struct ask_reload_report *ret, struct ask_problems *problems) {
  struct service *service = context;
  struct ask_server *server = atomic_load(&service->logs_to);
  char generation[24], cases[24], failed[24];
  bool good = ask_live_reload(service->live, ret, problems);
  if (ret->swapped && ask_intake_rules_changed(service->intake) != ASK_DONE)
    ask_problem_add(problems, ASK_WARNING, "not-recorded", ASK_NOWHERE, NULL, "the first write records them",
                    "the new rules are in force, but the store did not take them yet");
  if (!good || ret->swapped) ask_server_count_reload(server, ret->swapped);
  snprintf(generation, sizeof generation, "%lld", (long long)ret->generation);
  snprintf(cases, sizeof cases, "%zu", ret->cases);
  snprintf(failed, sizeof failed, "%zu", ret->failed);
  for (size_t i = 0; i < problems->count; i++) log_problem(server, &problems->list[i]);
  ask_server_log(server, good ? "info" : "error", "reload", "outcome",
                 ret->swapped ? "swapped"
                 : good       ? "unchanged"
                              : "refused",
                 "generation", generation, "rules", ret->hash, "cases", cases, "failed", failed, NULL);
  return good;
}

static void reload_by_signal(struct service *service) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_reload_report report;
  reload(service, &report, &problems);
  ask_arena_free(arena);
}

/* ---- the worker's app ---------------------------------------------------------------------------------------------- */

static void log_for_app(void *context, const char *event, const char *fields) {
  struct service *service = context;
  const char *level = strcmp(event, "page-failed") == 0 ? "error" : "info";
  ask_server_log_fields(atomic_load(&service->logs_to), level, event, fields);
}

static struct ask_account_limits account_limits(const struct ask_config *config) {
  return (struct ask_account_limits){.idle_seconds = config->account_idle_minutes * 60,
                                     .session_seconds = config->account_session_hours * 3600,
                                     .tries = (int)config->account_lockout_tries,
                                     .lock_seconds = config->account_lockout_seconds};
}

/* With a folder of pages and unless it is switched off. False after adding problems. */
static bool open_app(struct service *service) {
  struct ask_settings *settings = &service->settings;
  const struct ask_config *config = &settings->config;
  const char *web = config->web ? config->web : ask_web_find(settings->arena, ASK_DATA_DIR);
  if (!config->app || !web) return true;
  if (!config->tls_key && !ask_config_is_local(config))
    ask_problem_add(
        &settings->problems, ASK_WARNING, "no-sign-in", ASK_NOWHERE, "listen.host",
        "set tls.certificate and tls.key, listen on 127.0.0.1 behind a proxy that does TLS, or set app.enabled to false",
        "nobody can sign in to the worker's app at %s: browsers keep its cookies only over TLS or on this machine",
        config->host);
  service->app = ask_app_open(&(struct ask_app_options){.intake = service->intake,
                                                        .store = service->store,
                                                        .web = web,
                                                        .test_languages = config->test_languages,
                                                        .accounts = account_limits(config),
                                                        .script = ask_asset_script(),
                                                        .style = ask_asset_style(),
                                                        .reload = reload,
                                                        .reload_context = service,
                                                        .log = log_for_app,
                                                        .log_context = service},
                              &settings->problems);
  return service->app != NULL;
}

/* ---- start and end ------------------------------------------------------------------------------------------------- */

/* False after adding problems; whatever was started is ended by stop. */
static bool start(struct service *service) {
  struct ask_settings *settings = &service->settings;
  struct ask_problems *problems = &settings->problems;
  const struct ask_config *config = &settings->config;
  if (!ask_data_folder_make(&settings->folder, problems)) return false;
  service->lock = ask_data_lock(&settings->folder, problems);
  if (service->lock < 0) return false;
  service->store = ask_store_open(config->store, &(struct ask_store_options){.create = true}, problems);
  if (!service->store) return false;
  struct ask_data_options options = {config->forms, config->plugins, config->pack, ASK_DATA_DIR};
  service->live = ask_live_open(&options, config->default_packs, problems);
  if (!service->live) return false;
  tell(service);
  /* From here on there are threads: none of them takes a signal but this one, when it waits for it. */
  sigset_t mine = signals_of(SIGTERM, SIGINT, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &mine, NULL);
  unsigned char secret[32];
  if (!ask_data_secret(&settings->folder, secret, problems)) return false;
  service->writer = ask_writer_start(service->store, (size_t)config->queue, 0);
  service->intake = ask_intake_new(&(struct ask_intake_options){.live = service->live,
                                                                .store = service->store,
                                                                .writer = service->writer,
                                                                .scratch = settings->folder.rules,
                                                                .secret = secret});
  if (!open_app(service)) return false;
  service->server =
      ask_server_start(&(struct ask_server_options){.config = config,
                                                    .intake = service->intake,
                                                    .app = service->app,
                                                    .store = service->store,
                                                    .writer = service->writer,
                                                    .log_file = strcmp(config->log, "off") == 0 ? -1 : STDERR_FILENO},
                       problems);
  if (!service->server) return false;
  atomic_store(&service->logs_to, service->server);
  ask_data_lock_set_port(service->lock, ask_server_port(service->server));
  /* Without it SIGHUP still reloads: a warning, no reason not to serve. */
  struct ask_problems found = {.arena = settings->arena};
  service->control = ask_control_start(&settings->folder, reload, service, &found);
  for (size_t i = 0; i < found.count; i++)
    ask_problem_add(problems, ASK_WARNING, found.list[i].code, found.list[i].at, NULL, found.list[i].hint, "%s",
                    found.list[i].message);
  tell(service);
  return true;
}

/* Everything that was accepted is answered and on disk. Returns how many requests were cut off. */
static size_t stop(struct service *service) {
  service->control = ask_control_stop(service->control);
  size_t cut_off = service->server ? ask_server_stop(service->server) : 0;
  service->app = ask_app_close(service->app);
  service->writer = ask_writer_stop(service->writer);
  service->intake = ask_intake_free(service->intake);
  service->live = ask_live_close(service->live);
  service->store = ask_store_close(service->store);
  ask_data_lock_release(service->lock);
  service->lock = -1;
  return cut_off;
}

static void announce(struct service *service) {
  const struct ask_config *config = &service->settings.config;
  const struct ask_generation *generation = ask_live_pin(service->live);
  bool v6 = strchr(config->host, ':') != NULL;
  char address[512], programs[24], broken[24];
  snprintf(address, sizeof address, "%s://%s%s%s:%d", config->tls_key ? "https" : "http", v6 ? "[" : "", config->host,
           v6 ? "]" : "", ask_server_port(service->server));
  snprintf(programs, sizeof programs, "%zu", generation->programs);
  snprintf(broken, sizeof broken, "%zu", generation->broken);
  ask_server_log(service->server, "info", "serving", "address", address, "store", ask_store_shown(service->store),
                 "rules", generation->hash, "programs", programs, "broken", broken, NULL);
  ask_live_unpin(service->live, generation);
  /* whoever started the server may wait for this line; that nobody reads it is no reason to end */
  printf("askonce is serving on %s\n", address);
  fflush(stdout);
  clearerr(stdout);
}

/* Until SIGTERM or SIGINT; a second one, while requests are still being answered, ends the process at once. */
static void wait_for_the_end(struct service *service) {
  sigset_t mine = signals_of(SIGTERM, SIGINT, SIGHUP), ending = signals_of(SIGTERM, SIGINT, 0);
  int signal_number = 0;
  for (;;) {
    if (sigwait(&mine, &signal_number) != 0) continue;
    if (signal_number != SIGHUP) break;
    reload_by_signal(service);
  }
  ask_server_log(service->server, "info", "draining", "signal", signal_number == SIGTERM ? "SIGTERM" : "SIGINT", NULL);
  signal(SIGTERM, SIG_DFL);
  signal(SIGINT, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &ending, NULL);
}

static int run(const struct ask_arguments *arguments) {
  struct service service = {.lock = -1};
  /* Nobody else reads what this process makes. A reload that is asked for before there is anything to reload is not a
   * reason to die. */
  umask(077);
  sigset_t reloads = signals_of(SIGHUP, 0, 0);
  pthread_sigmask(SIG_BLOCK, &reloads, NULL);
  int code = ask_settings_read(&service.settings, arguments);
  if (code == ASK_EXIT_OK) {
    raise_limits(&service);
    tell(&service);
    if (start(&service)) {
      announce(&service);
      wait_for_the_end(&service);
      if (stop(&service) > 0) code = ASK_EXIT_FINDINGS;
    } else {
      code = ask_settings_bad(&service.settings);
      stop(&service);
    }
  }
  ask_settings_close(&service.settings);
  return code;
}

const struct ask_command ask_command_serve = {
    .name = "serve",
    .words = "",
    .summary = "the HTTP service for partners, in the foreground",
    .about =
        "Serves on http://127.0.0.1:8080 unless told otherwise, from the data folder ./var, which is made if need be, "
        "and prints one line when it is ready; its log goes to standard error, one line of JSON for each request, "
        "without answers in it. A partner needs a key: askonce key add. In a browser it is the app for intake workers.\n"
        "SIGHUP takes up changed plugins and forms. SIGTERM and SIGINT: no new connections, every request that was "
        "accepted is answered, exit code 0 (1 when some had to be cut off); a second one ends at once.\n"
        "Settings come from a YAML file (--config or ASKONCE_CONFIG), the environment and the command line, the later "
        "ones winning; askonce config show lists them.",
    .example = "askonce serve --port 8080 --data ./var",
    .run = run,
    .flags = {ASK_FLAG_PORT, ASK_FLAG_HOST, ASK_FLAG_DATA, ASK_FLAG_STORE, ASK_FLAG_CONFIG, ASK_FLAG_FORMS,
              ASK_FLAG_PLUGINS, ASK_FLAG_PACK, ASK_FLAG_WEB},
};
