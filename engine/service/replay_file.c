/* Replaying a file: one result, or one result a line. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "service/replay_parts.h"
#include "json/read.h"

/* One line without its end, at most `limit` bytes; false at the end of the file. */
static bool read_line(FILE *file, struct ask_buffer *line, size_t limit, bool *ret_long) {
  int c;
  ask_buffer_clear(line);
  *ret_long = false;
  while ((c = getc_unlocked(file)) != EOF && c != '\n') {
    if (line->length <= limit)
      ask_buffer_putc(line, (char)c);
    else
      *ret_long = true;
  }
  return c != EOF || line->length;
}

static bool is_whole(struct ask_replay *replay, const struct ask_buffer *line) {
  struct ask_problems problems = {.arena = replay->arena};
  struct ask_json_source source = {replay->name, 1, ASK_RESULT_LIMIT};
  bool whole = ask_json_read(replay->reader, replay->arena, &source, line->bytes, line->length, &problems) ||
               strcmp(problems.list[0].code, "truncated") != 0;
  ask_arena_reset(replay->arena);
  return whole;
}

static bool is_blank(const struct ask_buffer *line) {
  for (size_t i = 0; i < line->length; i++)
    if (!strchr(" \t\r", line->bytes[i])) return false;
  return true;
}

bool ask_replay(struct ask_desk *desk, const struct ask_rules *rules, const char *path, ask_replay_observer *observer,
                void *context, struct ask_problems *problems) {
  struct ask_replay replay = {
      .desk = desk, .rules = rules, .name = ask_input_name(path), .observer = observer, .context = context};
  struct ask_place at = {.file = replay.name};
  bool standard = strcmp(path, "-") == 0, too_long = false, first = true;
  FILE *file = standard ? stdin : fopen(path, "re");
  if (!file) {
    ask_problem_add(problems, ASK_ERROR, "cannot-read", at, NULL, NULL, "cannot be read: %s", strerror(errno));
    return false;
  }
  struct ask_buffer line = {0};
  size_t errors = problems->errors, found = 0;
  replay.arena = ask_arena_new();
  replay.reader = ask_json_reader_new();
  for (int64_t number = 1; read_line(file, &line, ASK_RESULT_LIMIT, &too_long); number++) {
    if (!line.length || is_blank(&line)) continue;
    if (first && !is_whole(&replay, &line)) {
      /* Not one result a line: one result over several. */
      int c = getc_unlocked(file);
      if (c != EOF) ask_buffer_putc(&line, '\n');
      for (; line.length <= ASK_RESULT_LIMIT && c != EOF; c = getc_unlocked(file)) ask_buffer_putc(&line, (char)c);
    }
    first = false;
    found++;
    ask_replay_one(&replay, line.bytes, line.length, &(struct ask_replay_outcome){.line = number});
  }
  if (ferror(file))
    ask_problem_add(problems, ASK_ERROR, "cannot-read", at, NULL, NULL, "cannot be read: %s", strerror(errno));
  else if (!found)
    ask_problem_add(problems, ASK_ERROR, "empty", at, NULL, "replay takes what `askonce assess --json` printed",
                    "holds no result");
  ask_json_reader_free(replay.reader);
  ask_arena_free(replay.arena);
  ask_buffer_free(&line);
  if (!standard) fclose(file);
  return problems->errors == errors;
}
