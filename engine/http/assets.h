/* The app's bundled style and script, a part of the program. The names have a hash of their bytes: what is under a name never
 * changes, so that browsers may keep it. The table is made when the program is built (cmake/assets.cmake). */
#ifndef ASK_HTTP_ASSETS_H
#define ASK_HTTP_ASSETS_H

#include <stddef.h>

struct ask_asset {
  const char *path;         /* "/assets/app-0123456789ab.js" */
  const char *content_type; /* "text/javascript; charset=utf-8" */
  const unsigned char *bytes;
  size_t length;
};
extern const struct ask_asset ask_assets[];
extern const size_t ask_asset_count;

/* By the whole path, which need not end in NUL. NULL: there is none. */
const struct ask_asset *ask_asset_find(const char *path, size_t length);
/* Where pages refer to. */
const char *ask_asset_script(void);
const char *ask_asset_style(void);

#endif
