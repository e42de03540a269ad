/* askonce csv: households in the columns of another system, one a row; results as rows. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "service/csv.h"
#include "service/dialect.h"
#include "service/dialect_csv.h"
#include "service/dialect_reply.h"

enum { BLOCK = 1024 * 1024 };

static int failed(struct ask_session *session, const char *file, const char *what) {
  ask_problem_add(&session->problems, ASK_ERROR, "file", (struct ask_place){.file = file}, NULL, NULL, "%s: %s", what,
                  strerror(errno));
  return ask_session_bad(session);
}

/* What is left of a block is its last row, which the next one ends. */
static void keep_rest(struct ask_buffer *text, size_t at) {
  memmove(text->bytes, text->bytes + at, text->length - at);
  text->length -= at;
}

/* ASK_EXIT_OK, or the exit code after saying what is wrong. */
static int convert(struct ask_session *session, struct ask_dialect_csv *csv, int in, const char *file, FILE *out,
                   const char *out_file) {
  struct ask_buffer text = {0}, rows = {0};
  char *block = malloc(BLOCK);
  bool first = true, last = false;
  int code = ASK_EXIT_OK;
  if (!block) abort();
  while (!last && code == ASK_EXIT_OK) {
    ssize_t length = read(in, block, BLOCK);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) {
      code = failed(session, file, "it cannot be read");
      break;
    }
    last = length == 0;
    ask_buffer_add(&text, block, (size_t)length);
    size_t at = first ? ask_csv_start(text.bytes ? text.bytes : "", text.length) : 0;
    first = first && text.length < 3;
    if (first && !last) continue;
    ask_buffer_clear(&rows);
    enum ask_dialect_csv_step step =
        ask_dialect_csv_rows(csv, text.bytes ? text.bytes : "", text.length, last, 0, &at, &rows, &session->problems);
    if (rows.length && fwrite(rows.bytes, 1, rows.length, out) != rows.length)
      code = failed(session, out_file, "the results could not be written");
    else if (step == ASK_DIALECT_CSV_STOPPED)
      code = ask_session_bad(session);
    keep_rest(&text, at);
  }
  free(block);
  ask_buffer_free(&text);
  ask_buffer_free(&rows);
  return code;
}

static int open_session(struct ask_session *session, struct ask_arguments *arguments, struct ask_dialect_csv *csv) {
  const char *as_of = arguments->flags[ASK_FLAG_AS_OF], *programs = arguments->flags[ASK_FLAG_PROGRAMS];
  arguments->flags[ASK_FLAG_PROGRAMS] = NULL; /* of the pack alone: read below */
  if (!arguments->flags[ASK_FLAG_PACK]) arguments->flags[ASK_FLAG_PACK] = "all";
  int code = ask_session_open(session, arguments);
  if (code != ASK_EXIT_OK) return code;
  csv->rules = session->rules;
  csv->pack = ask_dialect_pack(session->rules->catalogue, 0);
  csv->as_of = ask_today();
  if (csv->pack < 0) {
    ask_usage_error("no pack that is loaded has a shared/dialect.yaml, which says what the columns mean");
    return ASK_EXIT_BAD;
  }
  if (as_of && !ask_date_read(as_of, strlen(as_of), &csv->as_of)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
    return ASK_EXIT_BAD;
  }
  if (programs) {
    csv->programs = ask_programs_read(session->arena, session->rules->catalogue, programs, &session->problems);
    if (!csv->programs) return ask_session_bad(session);
  }
  return ASK_EXIT_OK;
}

static int open_files(struct ask_session *session, const char *file, const char *out_file, int *ret_in,
                      FILE **ret_out) {
  bool force = session->arguments->flags[ASK_FLAG_FORCE];
  *ret_in = strcmp(file, "-") == 0 ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
  if (*ret_in < 0) return failed(session, file, "it cannot be opened");
  *ret_out = out_file ? fopen(out_file, force ? "we" : "wxe") : stdout;
  if (*ret_out) return ASK_EXIT_OK;
  if (errno != EEXIST) return failed(session, out_file, "the results cannot be written there");
  ask_problem_add(&session->problems, ASK_ERROR, "file", (struct ask_place){.file = out_file}, NULL,
                  "--force writes over it", "it is there already");
  return ask_session_bad(session);
}

static int run(const struct ask_arguments *given) {
  struct ask_arguments arguments = *given;
  struct ask_session session = {.detail = ASK_DETAIL_STATUS};
  struct ask_dialect_csv csv = {0};
  const char *file = arguments.words[0], *out_file = arguments.flags[ASK_FLAG_OUT];
  FILE *out = NULL;
  int in = -1, code = open_session(&session, &arguments, &csv);
  if (code == ASK_EXIT_OK) code = open_files(&session, file, out_file, &in, &out);
  if (code == ASK_EXIT_OK) {
    csv.desk = ask_desk_new(session.rules);
    ask_dialect_csv_begin(&csv);
    code = convert(&session, &csv, in, ask_input_name(file), out, out_file);
    ask_dialect_csv_end(&csv);
    ask_desk_free(csv.desk);
    fprintf(stderr, "%lld household%s assessed, %lld row%s with errors\n", (long long)csv.good,
            csv.good == 1 ? "" : "s", (long long)csv.bad, csv.bad == 1 ? "" : "s");
    if (code == ASK_EXIT_OK && csv.bad) code = ASK_EXIT_FINDINGS;
  }
  if (in > STDIN_FILENO) close(in);
  if (out && out != stdout && fclose(out) != 0 && code != ASK_EXIT_BAD)
    code = failed(&session, out_file, "the results could not be written");
  ask_session_close(&session);
  return code;
}

const struct ask_command ask_command_csv = {
    .name = "csv",
    .words = "IN",
    .least = 1,
    .most = 1,
    .summary = "households in another system's columns: a CSV file in, a CSV file out",
    .about =
        "IN (- for standard input) has one household a row and columns as the NYC Benefits Screening API's bulk file has "
        "them: Household.cashOnHand, 1.Person.age, 1.Person.incomes.1.amount. Which they are is in the pack's "
        "shared/dialect.yaml. A row of results for each: its number, the case id, the programs that the household may "
        "get, and what is wrong with it, by column. A bad row costs nothing but itself. Any size; memory does not grow.",
    .example = "askonce csv households.csv --out programs.csv",
    .run = run,
    .flags = {ASK_FLAG_OUT, ASK_FLAG_FORCE, ASK_FLAG_PROGRAMS, ASK_FLAG_AS_OF, ASK_FLAG_PACK, ASK_FLAG_PLUGINS,
              ASK_FLAG_FORMS},
};
