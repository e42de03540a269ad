/* askonce plugin editor: the files with which editors complete and check rules. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/commands.h"
#include "cli/screen.h"
#include "service/editor.h"
#include "service/file.h"

/* The folders of a path below `folder`, `folder` itself among them. */
static bool make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
    *slash = '/';
    if (!made) return false;
  }
  return true;
}

static int run(const struct ask_arguments *arguments) {
  const char *folder = arguments->flags[ASK_FLAG_OUT_PATH];
  if (!folder) {
    ask_usage_error("plugin editor needs --out DIR: the folder for the files");
    return ASK_EXIT_BAD;
  }
  struct ask_arena *arena = ask_arena_new();
  int code = ASK_EXIT_OK;
  for (size_t i = 0; i < ask_editor_count() && code == ASK_EXIT_OK; i++) {
    struct ask_buffer text = {0};
    char *path = ask_path_join(arena, folder, ask_editor_file(arena, i, &text));
    if (!make_folders(path) || !ask_file_replace(path, text.bytes, text.length)) {
      ask_usage_error("%s could not be written: %s", path, strerror(errno));
      code = ASK_EXIT_BAD;
    }
    ask_buffer_free(&text);
  }
  if (code == ASK_EXIT_OK) printf("%s: %zu files\n", folder, ask_editor_count());
  ask_arena_free(arena);
  return code;
}

const struct ask_command ask_command_plugin_editor = {
    .name = "plugin editor",
    .words = "",
    .summary = "files with which editors complete and check rules",
    .about =
        "Writes definitions for the Lua language server (lua/askonce.lua), settings for luacheck (luacheckrc) and JSON "
        "Schemas for the form, instruments, parameters, cases, holidays and dialects (schema/), all from the tables that "
        "read these files. How to use them in an editor is in docs/rule-author.md.",
    .example = "askonce plugin editor --out editor",
    .run = run,
    .flags = {ASK_FLAG_OUT_PATH},
};
