/* The Lua state of the worker's app: page functions in web/, trusted code of the product, apart from the plugins' sandbox. What
 * it can do beyond Lua's own string, table, math and utf8 is what its host gives it: functions and texts below the global
 * `host`. No files, no operating system, no loading of code but `require` of the app's own sources.
 *
 * Values cross as raw trees: nil and null are ASK_RAW_NULL; a null inside an object is a member that is not there, in an array it
 * is host.json.null. An array is a table that host.json.array marked, or one with 1..n and no other keys, and at least one.
 * Trusted does not mean unbounded: memory, time and the depth of values are limited. A state belongs to one thread at a time. */
#ifndef ASK_LUA_PAGES_H
#define ASK_LUA_PAGES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/spec.h"

enum {
  ASK_PAGES_MEMORY = 96 * 1024 * 1024, /* bytes of one state */
  ASK_PAGES_SECONDS = 10,              /* of one call, its waiting for the store included, but not for what is slow */
  ASK_PAGES_DEPTH = 32,                /* levels of a value that crosses */
  ASK_PAGES_RESULTS = 3,
};

/* One call of a host function. */
struct ask_host_call {
  struct ask_arena *arena;         /* of the whole page */
  const struct ask_raw *arguments; /* count of them */
  size_t count;
  const struct ask_raw *results[ASK_PAGES_RESULTS]; /* in the arena; NULL: nil */
  size_t result_count;
  const char *fault; /* the page's own mistake, such as a missing argument: raised as a Lua error. NULL */
};
typedef void ask_host_function(void *context, struct ask_host_call *call);

struct ask_host_entry {
  const char *name;            /* "documents.get" */
  ask_host_function *function; /* NULL: a text */
  const char *text;
  bool slow; /* its time is not the page's: what it did is not to be lost with the page */
};

struct ask_page_source {
  const char *path; /* "lib/html.lua", below web/ */
  struct ask_text bytes;
};

struct ask_pages_options {
  const struct ask_page_source *sources; /* sorted by path */
  size_t source_count;
  const struct ask_host_entry *entries;
  size_t entry_count;
  size_t memory; /* 0: ASK_PAGES_MEMORY */
  int seconds;   /* 0: ASK_PAGES_SECONDS */
};

struct ask_pages;
/* Runs main.lua, which has to return a function. Borrows the options' lists as long as the state lives. NULL after adding a
 * problem with file and line. */
struct ask_pages *ask_pages_new(const struct ask_pages_options *options, struct ask_problems *problems);
/* NULL is fine. Returns NULL. */
struct ask_pages *ask_pages_free(struct ask_pages *pages);

/* Calls that function with one value; context is what host functions are given. In the arena. NULL: it failed, *ret_why says
 * where and why, for the log. */
const struct ask_raw *ask_pages_call(struct ask_pages *pages, void *context, struct ask_arena *arena,
                                     const struct ask_raw *request, const char **ret_why);

#endif
