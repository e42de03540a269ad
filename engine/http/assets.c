/* The table of assets. */
#include "http/assets.h"

#include <string.h>

static const struct ask_asset assets[] = {
    {"/assets/app-1.js", "text/javascript; charset=utf-8", "\"use strict\";\n", 14},
    {"/assets/app-1.css", "text/css; charset=utf-8", ":root { color-scheme: light; }\n", 31},
};

const struct ask_asset *ask_asset_find(const char *path, size_t length) {
  for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
    if (strlen(assets[i].path) == length && memcmp(assets[i].path, path, length) == 0) return &assets[i];
  return NULL;
}

const char *ask_asset_script(void) { return assets[0].path; }
const char *ask_asset_style(void) { return assets[1].path; }
