/* Reading files whole, within a limit, and replacing a file so that it is either the old one or the new one. */
#ifndef ASK_SERVICE_FILE_H
#define ASK_SERVICE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"

struct ask_bytes {
  const char *bytes; /* a NUL follows */
  size_t length;
};

/* Longest accepted: a household, a result to replay, a source file (YAML, Lua), a data folder's number of entries. */
enum {
  ASK_INPUT_LIMIT = 1024 * 1024,
  ASK_RESULT_LIMIT = 16 * 1024 * 1024,
  ASK_SOURCE_LIMIT = 4 * 1024 * 1024,
  ASK_FOLDER_LIMIT = 2000,
};

/* A file of the data folders: regular files only. bytes NULL after adding a problem. */
struct ask_bytes ask_file_read(struct ask_arena *arena, const char *path, size_t limit, struct ask_problems *problems);
/* What a person names on the command line: a file, a pipe, or "-" for standard input (shown as <stdin>). */
struct ask_bytes ask_input_read(struct ask_arena *arena, const char *path, size_t limit, struct ask_problems *problems);
/* "<stdin>" for "-". */
const char *ask_input_name(const char *path);

bool ask_is_file(const char *path);
bool ask_is_folder(const char *path);
/* Whatever it is, also a link to nowhere. */
bool ask_is_there(const char *path);
/* folder/name */
char *ask_path_join(struct ask_arena *arena, const char *folder, const char *name);
/* As a person would write it: relative when it lies below the working folder. */
const char *ask_path_shown(struct ask_arena *arena, const char *path);

/* Names in a folder, sorted by bytes, hidden ones left out; suffix NULL: all. NULL after adding a problem. */
const char **ask_folder_list(struct ask_arena *arena, const char *folder, const char *suffix, size_t *ret_count,
                             struct ask_problems *problems);

/* Writes bytes beside path, syncs, and renames. False with errno set. */
bool ask_file_replace(const char *path, const char *bytes, size_t length);

#endif
