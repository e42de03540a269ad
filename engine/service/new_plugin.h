/* A new program's folder, made from the template that teaches the language (templates/plugin/). */
#ifndef ASK_SERVICE_NEW_PLUGIN_H
#define ASK_SERVICE_NEW_PLUGIN_H

#include "service/catalogue.h"

struct ask_new_plugin {
  const char *id;
  const char *name; /* what it is called; NULL: made of the id */
  const char *template_folder;
  const char *pack; /* the pack's folder */
};

/* The folder of the template: beside the data folders that are used when nobody names others. NULL after adding a problem. */
const char *ask_template_find(struct ask_arena *arena, const char *installed, struct ask_problems *problems);

/* Makes <pack>/<id>/ with plugin.lua, parameters.yaml and cases.yaml. Nothing that is there is written over; what was begun is
 * taken away again when it cannot be finished. False after adding problems; ret: the folder. */
bool ask_plugin_new(struct ask_arena *arena, const struct ask_new_plugin *wanted, const char **ret,
                    struct ask_problems *problems);

#endif
