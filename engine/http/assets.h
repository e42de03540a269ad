/* The app's script and style, bundled at build time and part of the program. */
#ifndef ASK_HTTP_ASSETS_H
#define ASK_HTTP_ASSETS_H

#include <stddef.h>

struct ask_asset {
  const char *path; /* /assets/app-0123abcd.js: another name for other bytes */
  const char *content_type;
  const char *bytes;
  size_t length;
};
/* NULL: there is none. */
const struct ask_asset *ask_asset_find(const char *path, size_t length);
/* The paths that pages refer to. */
const char *ask_asset_script(void);
const char *ask_asset_style(void);

#endif
