/* The rules: a form, its parameters and packs of programs, read from their folders and checked. Immutable, so that
 * any number of threads may share them. */
#ifndef ASKONCE_RULES_H
#define ASKONCE_RULES_H

#ifdef __cplusplus
extern "C" {
#endif

struct askonce_rules;

/* Where the rules are. Any field may be NULL: then they are looked for as the command does (the folder named by
 * ASKONCE_DATA, the folders above the executable, the installation; the pack nyc, or the only one). */
struct askonce_folders {
  const char *forms;   /* folder that holds intake.yaml */
  const char *plugins; /* folder of packs, or of one pack */
  const char *pack;    /* ids of packs with commas between (nyc,access_nyc), or all; every loaded one is assessed */
};

/* Reads the rules. A plugin that does not load is a program whose every determination is `error` with the reason;
 * the others work. NULL if nothing can be done with them. folders may be NULL. ret_problems may be NULL; else
 * *ret_problems is NULL when nothing was found, or what is wrong, also of single plugins, as JSON:
 * {"problems":[{"severity","code","path","file","line","column","message","hint"}]}. Release it with askonce_free. */
struct askonce_rules *askonce_rules_load(const struct askonce_folders *folders, char **ret_problems);
/* NULL is fine. No desk may be using them any more. */
void askonce_rules_free(struct askonce_rules *rules);

/* Releases a text that this library gave. NULL is fine. */
void askonce_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
