/* What is asked of documents before any backend sees them, so that both agree. Private to engine/store. */
#ifndef ASK_STORE_DOCUMENT_H
#define ASK_STORE_DOCUMENT_H

#include "store/store.h"

/* NULL: fit. Otherwise what is wrong with it, without anything that is in it. */
const char *ask_document_kind_wrong(const char *kind);
const char *ask_document_wrong(const struct ask_document *document);
const char *ask_document_keys_wrong(const struct ask_document_key *keys, size_t count);

/* The keys in the order of their bytes, each text once (unique if one of its kind was): room for count in `ret`. Returns
 * how many are left. */
size_t ask_document_keys_sorted(const struct ask_document_key *keys, size_t count, struct ask_document_key *ret);
/* The order of bytes; 0: equal. */
int ask_document_key_order(struct ask_text a, struct ask_text b);

#endif
