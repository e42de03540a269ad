/* Looks up what the build put into the program. */
#include "http/assets.h"

#include <string.h>

const struct ask_asset *ask_asset_find(const char *path, size_t length) {
  for (size_t i = 0; i < ask_asset_count; i++)
    if (strlen(ask_assets[i].path) == length && memcmp(ask_assets[i].path, path, length) == 0) return &ask_assets[i];
  return NULL;
}

/* The build has one of each. */
static const char *with_ending(const char *ending) {
  size_t length = strlen(ending);
  for (size_t i = 0; i < ask_asset_count; i++) {
    size_t whole = strlen(ask_assets[i].path);
    if (whole > length && strcmp(ask_assets[i].path + whole - length, ending) == 0) return ask_assets[i].path;
  }
  return NULL;
}

const char *ask_asset_script(void) { return with_ending(".js"); }
const char *ask_asset_style(void) { return with_ending(".css"); }
