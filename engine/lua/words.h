/* The words of plugin.lua and their keys, for whoever describes them; from the tables that read them. */
#ifndef ASK_LUA_WORDS_H
#define ASK_LUA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct ask_lua_words {
  const char *name;    /* rule; an entry of level */
  const char *example; /* rule { "what it means", "expression" } */
  const char *const *keys;
  size_t key_count;
};

/* False beyond the last. */
bool ask_lua_words(size_t index, struct ask_lua_words *ret);

#endif
