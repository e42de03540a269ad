/* Rules that were in force once: loaded again from the files that the store recorded, so that an old determination can
 * be explained. Files from the store are taken for hostile until their hash is what it has to be. */
#ifndef ASK_SERVICE_RECORDED_H
#define ASK_SERVICE_RECORDED_H

#include "service/catalogue.h"
#include "store/store.h"

/* Shared by threads. scratch: folder in which each set is unpacked under its hash; made when it is first needed. */
struct ask_recorded;
struct ask_recorded *ask_recorded_new(const char *scratch);
/* All rules given back. NULL is fine. Returns NULL. */
struct ask_recorded *ask_recorded_free(struct ask_recorded *recorded);

/* The rules recorded under a hash, from memory (the two sets used last), from the folder or from the store. OK; NOT_FOUND:
 * they are not recorded; BROKEN: what is recorded is not what the hash says, or does not load any more; FULL: it cannot be
 * unpacked; else the store's. The problem says why. Give them back. */
enum ask_store_status ask_recorded_take(struct ask_recorded *recorded, ask_store_session *session, const char *hash,
                                        const struct ask_rules **ret, struct ask_problems *problems);
void ask_recorded_give_back(struct ask_recorded *recorded, const struct ask_rules *rules);

#endif
