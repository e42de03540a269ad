/* Counters are added to without a lock and read without one: a scrape may see a request in one family and not yet in
 * another. */
#include "http/metrics.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "http/routes.h"
#include "http/state.h"

static const unsigned statuses[] = {200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 408,
                                    409, 412, 413, 415, 422, 429, 431, 500, 503, 507, 0};
enum { STATUSES = sizeof statuses / sizeof statuses[0] }; /* 0: all others, and none */

static const char *const methods[ASK_METHODS] = {"GET", "HEAD", "POST", "PATCH", "other"};

static const int64_t bounds[] = {100,   250,   500,    1000,   2500,   5000,    10000,
                                 25000, 50000, 100000, 250000, 500000, 1000000, 5000000}; /* microseconds */
enum { BOUNDS = sizeof bounds / sizeof bounds[0] };

struct route_counts {
  atomic_ullong requests[ASK_METHODS][STATUSES];
  atomic_ullong buckets[BOUNDS + 1]; /* not cumulative */
  atomic_ullong microseconds;
};

struct ask_metrics {
  size_t routes;
  atomic_ullong received, sent, counts[ASK_COUNTS];
  struct route_counts by_route[];
};

struct ask_metrics *ask_metrics_new(size_t routes) {
  struct ask_metrics *metrics = calloc(1, sizeof *metrics + (routes + 1) * sizeof metrics->by_route[0]);
  if (!metrics) abort();
  metrics->routes = routes;
  return metrics;
}

struct ask_metrics *ask_metrics_free(struct ask_metrics *metrics) {
  free(metrics);
  return NULL;
}

static void add(atomic_ullong *to, uint64_t value) { atomic_fetch_add_explicit(to, value, memory_order_relaxed); }
static unsigned long long get(atomic_ullong *from) { return atomic_load_explicit(from, memory_order_relaxed); }

void ask_metrics_request(struct ask_metrics *metrics, size_t route, unsigned method, unsigned status,
                         int64_t microseconds, uint64_t received, uint64_t sent) {
  struct route_counts *counts = &metrics->by_route[route < metrics->routes ? route : metrics->routes];
  size_t which = 0, bucket = 0;
  while (statuses[which] && statuses[which] != status) which++;
  while (bucket < BOUNDS && microseconds > bounds[bucket]) bucket++;
  add(&counts->requests[method < ASK_METHODS ? method : ASK_OTHER_METHOD][which], 1);
  add(&counts->buckets[bucket], 1);
  add(&counts->microseconds, microseconds > 0 ? (uint64_t)microseconds : 0);
  if (received) add(&metrics->received, received);
  if (sent) add(&metrics->sent, sent);
}

void ask_metrics_count(struct ask_metrics *metrics, enum ask_count which) { add(&metrics->counts[which], 1); }

/* ---- the text ------------------------------------------------------------------------------------------------------ */

static void family(struct ask_buffer *out, const char *name, const char *type, const char *help) {
  ask_buffer_printf(out, "# HELP askonce_%s %s\n# TYPE askonce_%s %s\n", name, help, name, type);
}
static void number(struct ask_buffer *out, const char *name, const char *type, const char *help, double value) {
  family(out, name, type, help);
  ask_buffer_printf(out, "askonce_%s %.15g\n", name, value);
}

static const char *template_of(const struct ask_metrics *metrics, size_t route) {
  return route < metrics->routes ? ask_routes[route].template : "none";
}

static void write_requests(struct ask_metrics *metrics, struct ask_buffer *out) {
  family(out, "http_requests_total", "counter", "Requests that were answered, by route, method and status.");
  for (size_t route = 0; route <= metrics->routes; route++)
    for (size_t method = 0; method < ASK_METHODS; method++)
      for (size_t status = 0; status < STATUSES; status++) {
        unsigned long long count = get(&metrics->by_route[route].requests[method][status]);
        char code[16] = "other";
        if (!count) continue;
        if (statuses[status]) snprintf(code, sizeof code, "%u", statuses[status]);
        ask_buffer_printf(out, "askonce_http_requests_total{route=\"%s\",method=\"%s\",status=\"%s\"} %llu\n",
                          template_of(metrics, route), methods[method], code, count);
      }
}

static void write_durations(struct ask_metrics *metrics, struct ask_buffer *out) {
  static const char name[] = "askonce_http_request_duration_seconds";
  family(out, name + sizeof "askonce_" - 1, "histogram", "From a request's first line to its reply, by route.");
  for (size_t route = 0; route <= metrics->routes; route++) {
    struct route_counts *counts = &metrics->by_route[route];
    const char *template = template_of(metrics, route);
    unsigned long long count = 0;
    for (size_t bucket = 0; bucket <= BOUNDS; bucket++) count += get(&counts->buckets[bucket]);
    if (!count) continue;
    unsigned long long total = 0;
    for (size_t bucket = 0; bucket < BOUNDS; bucket++) {
      total += get(&counts->buckets[bucket]);
      ask_buffer_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %llu\n", name, template, (double)bounds[bucket] / 1e6,
                        total);
    }
    total += get(&counts->buckets[BOUNDS]);
    ask_buffer_printf(
        out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n%s_sum{route=\"%s\"} %.6f\n%s_count{route=\"%s\"} %llu\n", name,
        template, total, name, template, (double)get(&counts->microseconds) / 1e6, name, template, total);
  }
}

static void write_server(struct ask_server *server, struct ask_buffer *out) {
  struct ask_metrics *metrics = server->metrics;
  number(out, "http_requests_in_flight", "gauge", "Requests whose first line came and whose reply has not gone.",
         (double)atomic_load(&server->in_flight));
  number(out, "http_connections", "gauge", "Open connections.",
         (double)(ask_peers_count(server->peers) + ask_door_waiting(server->door)));
  number(out, "http_quiet_connections", "gauge", "Those of them on which nothing comes.",
         (double)ask_door_waiting(server->door));
  number(out, "http_received_bytes_total", "counter", "Bytes of request bodies.", (double)get(&metrics->received));
  number(out, "http_sent_bytes_total", "counter", "Bytes of reply bodies.", (double)get(&metrics->sent));
  number(out, "http_slow_requests_total", "counter",
         "Requests and replies that were cut off because they took too long.",
         (double)get(&metrics->counts[ASK_COUNT_SLOW]));
  number(out, "http_connections_refused_total", "counter", "Connections turned away because there were too many.",
         (double)get(&metrics->counts[ASK_COUNT_FULL]));
  number(out, "http_library_messages_total", "counter", "Complaints of the HTTP library, most of them about clients.",
         (double)get(&metrics->counts[ASK_COUNT_LIBRARY]));
  number(out, "authentication_failures_total", "counter", "Requests without a key that is known, sign-ins that failed.",
         (double)get(&metrics->counts[ASK_COUNT_AUTHENTICATION_FAILED]));
  family(out, "throttled_total", "counter", "Requests answered with 429.");
  ask_buffer_printf(out, "askonce_throttled_total{by=\"address\"} %llu\naskonce_throttled_total{by=\"key\"} %llu\n",
                    get(&metrics->counts[ASK_COUNT_THROTTLED_ADDRESS]), get(&metrics->counts[ASK_COUNT_THROTTLED_KEY]));
  number(out, "log_lines_dropped_total", "counter", "Lines that the log could not take in time.",
         (double)ask_log_dropped(server->log));
}

static void write_store(struct ask_server *server, struct ask_buffer *out) {
  struct ask_writer_counts counts;
  if (!server->writer) return;
  ask_writer_counts(server->writer, &counts);
  number(out, "store_writes_total", "counter", "Writes that were carried out, well or not.", (double)counts.writes);
  number(out, "store_write_groups_total", "counter", "Transactions that the writes were gathered in.",
         (double)counts.groups);
  number(out, "store_writes_failed_total", "counter", "Writes that did not get on disk.", (double)counts.failed);
  number(out, "store_writes_retried_total", "counter", "Writes that were tried once more.", (double)counts.retried);
  number(out, "store_write_seconds_total", "counter", "Time spent in writing.", (double)counts.microseconds / 1e6);
  number(out, "store_writes_waiting", "gauge", "Writes that wait.", (double)counts.waiting);
  number(out, "store_away", "gauge", "1 while the store could not be written last time.", counts.away);
}

static void write_rules(struct ask_server *server, struct ask_buffer *out) {
  struct ask_metrics *metrics = server->metrics;
  struct ask_live *live = ask_intake_live(server->intake);
  const struct ask_generation *generation = ask_live_pin(live);
  number(out, "rules_generation", "gauge", "Sets of rules that were in force since the start.",
         (double)generation->number);
  number(out, "rules_loaded_timestamp_seconds", "gauge", "When the rules in force were loaded.",
         (double)generation->loaded_at / 1e6);
  number(out, "programs", "gauge", "Programs in force.", (double)generation->programs);
  number(out, "programs_broken", "gauge", "Programs that did not load and say so in each result.",
         (double)generation->broken);
  ask_live_unpin(live, generation);
  family(out, "rules_reloads_total", "counter", "Reloads that put new rules in force, or were refused.");
  ask_buffer_printf(out,
                    "askonce_rules_reloads_total{outcome=\"swapped\"} %llu\n"
                    "askonce_rules_reloads_total{outcome=\"refused\"} %llu\n",
                    get(&metrics->counts[ASK_COUNT_RELOADED]), get(&metrics->counts[ASK_COUNT_RELOAD_REFUSED]));
}

/* ---- the process, under the names that Prometheus' own libraries use ---- */

static unsigned long resident_pages(void) {
  char text[128] = "";
  unsigned long size = 0, resident = 0;
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length > 0) sscanf(text, "%lu %lu", &size, &resident);
  return resident;
}

static long open_files(void) {
  DIR *folder = opendir("/proc/self/fd");
  long count = -1; /* the folder itself */
  if (!folder) return 0;
  while (readdir(folder)) count++;
  closedir(folder);
  return count - 2; /* . and .. */
}

static void process(struct ask_buffer *out, const char *name, const char *type, const char *help, double value) {
  ask_buffer_printf(out, "# HELP process_%s %s\n# TYPE process_%s %s\nprocess_%s %.15g\n", name, help, name, type, name,
                    value);
}

static void write_process(struct ask_server *server, struct ask_buffer *out) {
  struct timespec cpu;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  process(out, "cpu_seconds_total", "counter", "User and system time.", (double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9);
  process(out, "resident_memory_bytes", "gauge", "Resident memory.",
          (double)resident_pages() * (double)sysconf(_SC_PAGESIZE));
  process(out, "open_fds", "gauge", "Open file descriptors.", (double)open_files());
  process(out, "start_time_seconds", "gauge", "When the server began, since 1970.", (double)server->started);
}

void ask_metrics_write(struct ask_server *server, struct ask_buffer *buffer) {
  family(buffer, "build_info", "gauge", "Always 1; the labels say what runs.");
  ask_buffer_printf(buffer, "askonce_build_info{version=\"%s\",store=\"%s\"} 1\n", ASK_VERSION,
                    server->store ? ask_store_kind(server->store) : "none");
  write_requests(server->metrics, buffer);
  write_durations(server->metrics, buffer);
  write_server(server, buffer);
  write_store(server, buffer);
  write_rules(server, buffer);
  write_process(server, buffer);
}
