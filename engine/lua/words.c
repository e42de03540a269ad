/* The words of plugin.lua, gathered from the files that read them. */
#include "lua/words.h"

#include "lua/reader.h"

bool ask_lua_words(size_t index, struct ask_lua_words *ret) {
  static const struct ask_lua_shape *const *const all[] = {
      ask_lua_shapes_program, ask_lua_shapes_node, ask_lua_shapes_parts, ask_lua_shapes_item, ask_lua_shapes_overview};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    for (size_t k = 0; all[i][k]; k++)
      if (index-- == 0) {
        *ret = (struct ask_lua_words){all[i][k]->name, all[i][k]->example, all[i][k]->keys, all[i][k]->key_count};
        return true;
      }
  return false;
}
