/* What every command that looks at a household does first. */
#include "cli/session.h"

#include <string.h>

#include "base/date.h"

int ask_exit_of(bool written) { return written ? ASK_EXIT_OK : ASK_EXIT_BAD; }

int ask_session_bad(struct ask_session *session) {
  const struct ask_problems *problems = &session->problems;
  if (session->arguments->flags[ASK_FLAG_JSON]) {
    struct ask_buffer text = {0};
    ask_json_problems(&text, 0, problems->list, problems->count);
    ask_print_machine(&text);
  } else {
    ask_show_problems(problems->list, problems->count, problems->errors, &session->source);
  }
  return ASK_EXIT_BAD;
}

int ask_session_open(struct ask_session *session, const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  session->arguments = arguments;
  session->arena = ask_arena_new();
  session->problems = (struct ask_problems){.arena = session->arena};
  struct ask_data_options options = {.forms = flags[ASK_FLAG_FORMS],
                                     .plugins = flags[ASK_FLAG_PLUGINS],
                                     .pack = flags[ASK_FLAG_PACK],
                                     .installed = ASK_DATA_DIR};
  if (flags[ASK_FLAG_DETAIL] && !ask_detail_read(flags[ASK_FLAG_DETAIL], &session->detail)) {
    ask_usage_error("--detail takes status, reasons or tree, not '%s'", flags[ASK_FLAG_DETAIL]);
    return ASK_EXIT_BAD;
  }
  if (!ask_data_find(session->arena, &options, &session->places, &session->problems)) return ask_session_bad(session);
  session->rules = ask_rules_load(&session->places, &session->problems);
  if (!session->rules) return ask_session_bad(session);
  /* Plugins that did not load say so themselves, as determinations. */
  session->loading = session->problems;
  session->problems = (struct ask_problems){.arena = session->arena};
  if (flags[ASK_FLAG_PROGRAMS]) {
    session->choice.programs =
        ask_programs_read(session->arena, session->rules->catalogue, flags[ASK_FLAG_PROGRAMS], &session->problems);
    if (!session->choice.programs) return ask_session_bad(session);
  }
  return ASK_EXIT_OK;
}

int ask_session_assess(struct ask_session *session, const struct ask_arguments *arguments, const char *file) {
  const char *as_of = arguments->flags[ASK_FLAG_AS_OF];
  struct ask_desk_source source = {.file = ask_input_name(file), .limit = ASK_INPUT_LIMIT, .as_of_wins = as_of != NULL};
  int bad = ask_session_open(session, arguments);
  if (bad) return bad;
  if (!as_of) {
    source.as_of = ask_today();
  } else if (!ask_date_read(as_of, strlen(as_of), &source.as_of)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", as_of);
    return ASK_EXIT_BAD;
  }
  struct ask_bytes bytes = ask_input_read(session->arena, file, ASK_INPUT_LIMIT, &session->problems);
  if (!bytes.bytes) return ask_session_bad(session);
  session->source = (struct ask_shown_source){source.file, bytes.bytes, bytes.length};
  session->desk = ask_desk_new(session->rules);
  if (!ask_desk_read(session->desk, &source, bytes.bytes, bytes.length, &session->household, &session->problems))
    return ask_session_bad(session);
  session->result = ask_desk_assess(session->desk, &session->household, &session->choice, &session->problems);
  if (!session->result) return ask_session_bad(session);
  return ASK_EXIT_OK;
}

const struct ask_program *ask_session_program(struct ask_session *session, const char *id) {
  const bool *flags =
      strchr(id, ',') ? NULL : ask_programs_read(session->arena, session->rules->catalogue, id, &session->problems);
  const struct ask_program *program = flags ? ask_catalogue_program(session->rules->catalogue, id) : NULL;
  if (!program && session->problems.count)
    ask_session_bad(session);
  else if (!program)
    ask_usage_error("one program at a time, not '%s'", id);
  return program;
}

int ask_session_assess_one(struct ask_session *session, const struct ask_arguments *arguments,
                           const struct ask_program **ret_program) {
  int code = ask_session_assess(session, arguments, arguments->words[0]);
  if (code != ASK_EXIT_OK) return code;
  *ret_program = ask_session_program(session, arguments->words[1]);
  return *ret_program ? ASK_EXIT_OK : ASK_EXIT_BAD;
}

void ask_session_close(struct ask_session *session) {
  ask_desk_free(session->desk);
  ask_rules_free(session->rules);
  ask_arena_free(session->arena);
  *session = (struct ask_session){0};
}
