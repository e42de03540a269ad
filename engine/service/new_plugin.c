/* Copies the template with the id and the name put in. */
#include "service/new_plugin.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_LIMIT = 40, NAME_LIMIT = 100 };

static const char *const files[] = {"plugin.lua", "parameters.yaml", "cases.yaml"};
enum { FILES = sizeof files / sizeof *files };

#define wrong(problems, file_, hint, ...) \
  ask_problem_add(problems, ASK_ERROR, "bad-plugin", (struct ask_place){.file = file_}, NULL, hint, __VA_ARGS__)

/* ---- what it may be called ----------------------------------------------------------------------------------------- */

static bool check_id(const char *id, struct ask_problems *problems) {
  static const char *const reserved[] = {"shared", "and", "or", "not", "true", "false", "nil", "all"};
  static const char hint[] = "an id is a letter, then letters, digits and _, at most 40: heat_help";
  size_t length = strlen(id);
  if (!isalpha((unsigned char)*id) || length > ID_LIMIT ||
      strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != length) {
    wrong(problems, NULL, hint, "'%s' cannot be the id of a program", id);
    return false;
  }
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(id, reserved[i]) == 0) {
      wrong(problems, NULL, "choose another id", "'%s' has a meaning of its own", id);
      return false;
    }
  return true;
}

/* It stands in a Lua text and in comments. */
static bool check_name(const char *name, struct ask_problems *problems) {
  bool plain = *name && ask_utf8_valid(name, strlen(name)) && ask_utf8_length(name, strlen(name)) <= NAME_LIMIT;
  for (const char *c = name; *c && plain; c++)
    plain = (unsigned char)*c >= ' ' && *c != '"' && *c != '\\' && *c != 0x7f;
  if (!plain)
    wrong(problems, NULL, "one line of at most 100 characters, without \" and \\", "this cannot be the program's name");
  return plain;
}

/* heat_help: Heat help */
static const char *name_of(struct ask_arena *arena, const char *id) {
  char *name = ask_strdup(arena, id);
  for (char *c = name; *c; c++)
    if (*c == '_') *c = ' ';
  name[0] = (char)toupper((unsigned char)name[0]);
  return name;
}

/* In any pack beside this one, too: programs of packs that are loaded together need ids of their own. */
static bool check_free(struct ask_arena *arena, const struct ask_new_plugin *wanted, const char *folder,
                       struct ask_problems *problems) {
  const char *plugins = ask_path_join(arena, wanted->pack, "..");
  size_t count = 0;
  if (ask_is_there(folder)) {
    wrong(problems, folder, "choose another id, or remove what is there", "is there already");
    return false;
  }
  const char **packs = ask_data_packs(arena, plugins, &count);
  for (size_t i = 0; i < count; i++) {
    const char *other = ask_path_join(arena, ask_path_join(arena, plugins, packs[i]), wanted->id);
    if (!ask_is_there(other)) continue;
    wrong(problems, NULL, "choose another id: packs can be loaded together", "pack %s has a program %s", packs[i],
          wanted->id);
    return false;
  }
  return true;
}

/* ---- making it ----------------------------------------------------------------------------------------------------- */

static void put_in(struct ask_buffer *text, const char *template_text, const struct ask_new_plugin *wanted,
                   const char *name) {
  const struct { const char *mark, *value; } marks[] = {{"@ID@", wanted->id}, {"@NAME@", name}};
  while (*template_text) {
    size_t length = strcspn(template_text, "@"), taken = 1;
    ask_buffer_add(text, template_text, length);
    template_text += length;
    if (!*template_text) return;
    const char *value = "@";
    for (size_t i = 0; i < 2; i++) {
      if (strncmp(template_text, marks[i].mark, strlen(marks[i].mark)) != 0) continue;
      value = marks[i].value;
      taken = strlen(marks[i].mark);
    }
    ask_buffer_puts(text, value);
    template_text += taken;
  }
}

static bool write_new(const char *path, const struct ask_buffer *text) {
  FILE *file = fopen(path, "wx"); /* never over what is there */
  if (!file) return false;
  bool good = fwrite(text->bytes, 1, text->length, file) == text->length;
  return (fclose(file) == 0) && good;
}

static bool make(struct ask_arena *arena, const struct ask_new_plugin *wanted, const char *name, const char *folder,
                 struct ask_problems *problems) {
  struct ask_bytes texts[FILES];
  const char *paths[FILES];
  size_t made = 0;
  for (size_t i = 0; i < FILES; i++) {
    texts[i] =
        ask_file_read(arena, ask_path_join(arena, wanted->template_folder, files[i]), ASK_SOURCE_LIMIT, problems);
    if (!texts[i].bytes) return false;
    paths[i] = ask_path_join(arena, folder, files[i]);
  }
  if (mkdir(folder, 0777) != 0) {
    wrong(problems, folder, "name a folder of your own with --plugins: a copy of plugins/", "cannot be made: %s",
          strerror(errno));
    return false;
  }
  for (; made < FILES; made++) {
    struct ask_buffer text = {0};
    put_in(&text, texts[made].bytes, wanted, name);
    bool good = write_new(paths[made], &text);
    int why = errno;
    ask_buffer_free(&text);
    if (good) continue;
    wrong(problems, paths[made], NULL, "cannot be written: %s", strerror(why));
    break;
  }
  if (made == FILES) return true;
  for (size_t i = 0; i <= made; i++) unlink(paths[i]);
  rmdir(folder);
  return false;
}

bool ask_plugin_new(struct ask_arena *arena, const struct ask_new_plugin *wanted, const char **ret,
                    struct ask_problems *problems) {
  const char *name = wanted->name ? wanted->name : name_of(arena, wanted->id);
  if (!check_id(wanted->id, problems) || !check_name(name, problems)) return false;
  const char *folder = ask_path_join(arena, wanted->pack, wanted->id);
  if (!check_free(arena, wanted, folder, problems) || !make(arena, wanted, name, folder, problems)) return false;
  *ret = folder;
  return true;
}
