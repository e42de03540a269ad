/* libaskonce: one household's answers in, every program's determination out.
 *
 *   struct askonce_rules *rules = askonce_rules_load(NULL, NULL);
 *   struct askonce_desk *desk = askonce_desk_open(rules);
 *   char *json;
 *   if (askonce_assess(desk, text, strlen(text), NULL, &json, NULL)) puts(json);
 *   askonce_free(json);
 *   askonce_desk_close(desk);
 *   askonce_rules_free(rules);
 *
 * Texts are UTF-8 and end with a NUL. Nothing is printed, no signal handled, no global state kept. */
#ifndef ASKONCE_H
#define ASKONCE_H

#include "askonce/desk.h"
#include "askonce/rules.h"
#include "askonce/version.h"

#endif
