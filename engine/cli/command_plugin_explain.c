/* askonce plugin explain: a program in plain words, the sheet that a caseworker prints. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/plugin_target.h"
#include "service/sheet.h"

struct wanted {
  enum ask_sheet_format format;
  int64_t as_of;
  bool all;
  const char *out;      /* file, or folder with --all; NULL: standard output */
  const char *language; /* NULL: English */
};

static int write_out(const char *path, const struct ask_buffer *text) {
  if (!path) {
    fwrite(text->bytes, 1, text->length, stdout);
    return ASK_EXIT_OK;
  }
  if (ask_file_replace(path, text->bytes, text->length)) return ASK_EXIT_OK;
  ask_usage_error("%s could not be written: %s", path, strerror(errno));
  return ASK_EXIT_BAD;
}

static int write_sheet(const struct ask_sheet *sheet, enum ask_sheet_format format, const char *path) {
  struct ask_buffer text = {0};
  ask_sheet_write(&text, sheet, format);
  int code = write_out(path, &text);
  ask_buffer_free(&text);
  return code;
}

/* False after saying that there is none. */
static bool read_locale(struct ask_session *session, const struct wanted *wanted, const struct ask_locale **ret) {
  const char *given = session->arguments->flags[ASK_FLAG_WEB];
  const char *web = given ? given : ask_web_find(session->arena, ASK_DATA_DIR);
  struct ask_problems problems = {.arena = session->arena};
  *ret = NULL;
  if (!wanted->language || strcmp(wanted->language, "en") == 0) return true;
  if (web) *ret = ask_locale_read(session->arena, &session->places, web, session->rules, wanted->language, &problems);
  if (!*ret) ask_usage_error("there is no language '%s': web/locales/ has no file of it", wanted->language);
  return *ret;
}

static int explain_all(struct ask_session *session, const struct wanted *wanted, const struct ask_locale *locale) {
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  const char *ending = ask_sheet_ending(wanted->format);
  if (mkdir(wanted->out, 0777) != 0 && errno != EEXIST) {
    ask_usage_error("the folder %s could not be made: %s", wanted->out, strerror(errno));
    return ASK_EXIT_BAD;
  }
  int code = ASK_EXIT_OK;
  for (size_t i = 0; i < catalogue->program_count && code == ASK_EXIT_OK; i++) {
    const struct ask_program *program = &catalogue->programs[i];
    struct ask_arena *arena = ask_arena_new();
    struct ask_sheet sheet = ask_sheet_of(arena, catalogue, program, wanted->as_of, locale);
    const char *name = ask_printf(arena, "%s%s", program->spec->id, ending);
    code = write_sheet(&sheet, wanted->format, ask_path_join(arena, wanted->out, name));
    ask_arena_free(arena);
  }
  if (code != ASK_EXIT_OK) return code;
  struct ask_sheet index = ask_sheet_index(session->arena, catalogue, ending, wanted->as_of, locale);
  const char *path = ask_path_join(session->arena, wanted->out, ask_printf(session->arena, "index%s", ending));
  code = write_sheet(&index, wanted->format, path);
  if (code == ASK_EXIT_OK) printf("%s: %zu programs\n", path, catalogue->program_count);
  return code;
}

static int explain(struct ask_session *session, const struct ask_program *program, void *context) {
  const struct wanted *wanted = context;
  if (wanted->all && program) {
    ask_usage_error("--all explains every program: leave out %s, or leave out --all", session->arguments->words[0]);
    return ASK_EXIT_BAD;
  }
  const struct ask_locale *locale = NULL;
  if (!read_locale(session, wanted, &locale)) return ASK_EXIT_BAD;
  if (wanted->all) return explain_all(session, wanted, locale);
  if (!program) {
    ask_usage_error("which program? Name it by its id or its folder; --all --out DIR explains every one");
    return ASK_EXIT_BAD;
  }
  struct ask_sheet sheet = ask_sheet_of(session->arena, session->rules->catalogue, program, wanted->as_of, locale);
  ask_show_problems(session->problems.list, session->problems.count, session->problems.errors, NULL);
  int code = write_sheet(&sheet, wanted->format, wanted->out);
  return program->broken && code == ASK_EXIT_OK ? ASK_EXIT_FINDINGS : code;
}

/* What the name of the output says, when --format does not. */
static enum ask_sheet_format format_of(const char *out) {
  const char *dot = out ? strrchr(out, '.') : NULL;
  for (enum ask_sheet_format format = ASK_SHEET_MARKDOWN; dot && format <= ASK_SHEET_TEXT; format++)
    if (strcmp(dot, ask_sheet_ending(format)) == 0) return format;
  return ASK_SHEET_MARKDOWN;
}

static int run(const struct ask_arguments *arguments) {
  const char *const *flags = arguments->flags;
  struct wanted wanted = {.all = flags[ASK_FLAG_ALL] != NULL,
                          .out = flags[ASK_FLAG_OUT_PATH],
                          .as_of = ask_today(),
                          .language = flags[ASK_FLAG_LOCALE]};
  wanted.format = wanted.all ? ASK_SHEET_HTML : format_of(wanted.out);
  if (flags[ASK_FLAG_FORMAT] && !ask_sheet_format(flags[ASK_FLAG_FORMAT], &wanted.format)) {
    ask_usage_error("--format takes markdown, html or text, not '%s'", flags[ASK_FLAG_FORMAT]);
    return ASK_EXIT_BAD;
  }
  if (flags[ASK_FLAG_AS_OF] && !ask_date_read(flags[ASK_FLAG_AS_OF], strlen(flags[ASK_FLAG_AS_OF]), &wanted.as_of)) {
    ask_usage_error("--as-of takes a day such as 2026-11-23, not '%s'", flags[ASK_FLAG_AS_OF]);
    return ASK_EXIT_BAD;
  }
  if (wanted.all && !wanted.out) {
    ask_usage_error("--all needs --out DIR: one file for each program, and an index");
    return ASK_EXIT_BAD;
  }
  return ask_each_target(arguments, explain, &wanted);
}

const struct ask_command ask_command_plugin_explain = {
    .name = "plugin explain",
    .words = "[PATH|ID]",
    .most = 1,
    .summary = "a program in plain words: the sheet that caseworkers print",
    .about =
        "Who a program is for, what must hold, with the numbers of the day, what somebody has to judge, how fast, "
        "what to bring, the next step, what it cannot do, what is not verified; then the rule in full with its "
        "citations, steps and numbers. Everything comes from the rule itself. Without --out it is printed; without "
        "--format the ending of --out says the format, else it is markdown. With --all --out DIR: every program of "
        "the pack, and an index. With --locale: in that language, with what is not translated yet in English.",
    .example = "askonce plugin explain snap --format html --out snap.html",
    .run = run,
    .flags = {ASK_FLAG_FORMAT, ASK_FLAG_OUT_PATH, ASK_FLAG_ALL, ASK_FLAG_AS_OF, ASK_FLAG_LOCALE, ASK_FLAG_PACK,
              ASK_FLAG_PLUGINS, ASK_FLAG_FORMS, ASK_FLAG_WEB},
};
