/* The limits of documents and the order of their keys. */
#include "store/document.h"

#include <stdlib.h>
#include <string.h>

const char *ask_document_kind_wrong(const char *kind) {
  size_t length = strspn(kind, "abcdefghijklmnopqrstuvwxyz_");
  bool good = length > 0 && length <= ASK_DOCUMENT_KIND && kind[length] == '\0';
  return good ? NULL : "a kind of document is a word of a-z and _";
}

const char *ask_document_wrong(const struct ask_document *document) {
  const char *wrong = ask_document_kind_wrong(document->kind);
  if (!wrong && document->body.length > ASK_DOCUMENT_LIMIT) wrong = "a document is larger than the store takes";
  if (!wrong && !ask_utf8_valid(document->body.bytes, document->body.length)) wrong = "a document is not UTF-8";
  return wrong;
}

const char *ask_document_keys_wrong(const struct ask_document_key *keys, size_t count) {
  if (count > ASK_DOCUMENT_KEYS) return "a document has more keys than the store takes";
  for (size_t i = 0; i < count; i++) {
    if (keys[i].text.length < 1) return "a key of a document is empty";
    if (keys[i].text.length > ASK_DOCUMENT_KEY) return "a key of a document is longer than the store takes";
  }
  return NULL;
}

int ask_document_key_order(struct ask_text a, struct ask_text b) {
  int order = memcmp(a.bytes, b.bytes, a.length < b.length ? a.length : b.length);
  return order ? order : (a.length > b.length) - (a.length < b.length);
}

static int by_text(const void *a, const void *b) {
  return ask_document_key_order(((const struct ask_document_key *)a)->text, ((const struct ask_document_key *)b)->text);
}

size_t ask_document_keys_sorted(const struct ask_document_key *keys, size_t count, struct ask_document_key *ret) {
  size_t left = 0;
  if (!count) return 0;
  memcpy(ret, keys, count * sizeof *ret);
  qsort(ret, count, sizeof *ret, by_text);
  for (size_t i = 0; i < count; i++) {
    if (left && ask_document_key_order(ret[left - 1].text, ret[i].text) == 0)
      ret[left - 1].unique |= ret[i].unique;
    else
      ret[left++] = ret[i];
  }
  return left;
}
