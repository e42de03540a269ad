/* The report of a reload as a line of JSON, and back. */
#include <stdlib.h>
#include <string.h>

#include "service/control.h"
#include "json/put.h"
#include "json/read.h"
#include "json/write.h"

void ask_reload_report_write(struct ask_buffer *buffer, const struct ask_reload_report *report,
                             const struct ask_problems *problems) {
  struct ask_buffer list = {0};
  ask_json_problems(&list, 0, problems->list, problems->count);
  ask_put_open(buffer, '{');
  ask_put_key_bool(buffer, "swapped", report->swapped);
  ask_put_key_bool(buffer, "unchanged", report->unchanged);
  ask_put_key_int(buffer, "generation", report->generation);
  ask_put_key_text(buffer, "hash", report->hash);
  ask_put_key_int(buffer, "programs", (int64_t)report->programs);
  ask_put_key_int(buffer, "cases", (int64_t)report->cases);
  ask_put_key_int(buffer, "failed", (int64_t)report->failed);
  ask_put_comma(buffer);
  ask_buffer_add(buffer, list.bytes + 1, list.length - 1); /* without its brace: "problems": [...]} */
  ask_buffer_free(&list);
}

static void read_problem(const struct ask_raw *raw, struct ask_problems *problems) {
  const char *severity = ask_raw_member_text(raw, "severity"), *code = ask_raw_member_text(raw, "code"),
             *message = ask_raw_member_text(raw, "message");
  struct ask_place at = {ask_raw_member_text(raw, "file"), (int)ask_raw_member_integer(raw, "line"),
                         (int)ask_raw_member_integer(raw, "column")};
  bool warning = severity && strcmp(severity, "warning") == 0;
  ask_problem_add(problems, warning ? ASK_WARNING : ASK_ERROR, code ? code : "unknown", at,
                  ask_raw_member_text(raw, "path"), ask_raw_member_text(raw, "hint"), "%s",
                  message ? message : "(without a message)");
}

bool ask_reload_report_read(struct ask_arena *arena, struct ask_text line, struct ask_reload_report *ret,
                            struct ask_problems *problems) {
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.limit = line.length};
  struct ask_problems unread = {.arena = arena};
  const struct ask_raw *root = ask_json_read(reader, arena, &source, line.bytes, line.length, &unread);
  const struct ask_raw *list = root ? ask_raw_member(root, "problems") : NULL;
  const char *hash = root ? ask_raw_member_text(root, "hash") : NULL;
  bool good = list && list->kind == ASK_RAW_ARRAY;
  if (good) {
    struct ask_reload_report report = {
        .swapped = ask_raw_member_bool(root, "swapped"),
        .unchanged = ask_raw_member_bool(root, "unchanged"),
        .cases = (size_t)ask_raw_member_integer(root, "cases"),
        .failed = (size_t)ask_raw_member_integer(root, "failed"),
        .generation = ask_raw_member_integer(root, "generation"),
        .programs = (size_t)ask_raw_member_integer(root, "programs"),
    };
    if (hash && strlen(hash) < sizeof report.hash) memcpy(report.hash, hash, strlen(hash));
    for (size_t i = 0; i < list->child_count; i++) read_problem(&list->children[i], problems);
    *ret = report;
  } else {
    ask_problem_add(problems, ASK_ERROR, "bad-report", ASK_NOWHERE, NULL, "is the server of the same version?",
                    "the server's report cannot be understood");
  }
  ask_json_reader_free(reader);
  return good;
}
