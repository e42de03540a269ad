/* Putting JSON together in a buffer: commas look after themselves, because a value never ends in { [ or : and an opening or
 * a key always does. Private to the writers. */
#ifndef ASK_JSON_PUT_H
#define ASK_JSON_PUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"

void ask_put_comma(struct ask_buffer *buffer);                   /* before a value that somebody else appends */
void ask_put_open(struct ask_buffer *buffer, char bracket);      /* { or [ */
void ask_put_close(struct ask_buffer *buffer, char bracket);     /* } or ] */
/* key: plain letters, no escapes needed. */
void ask_put_key(struct ask_buffer *buffer, const char *key);
void ask_put_text(struct ask_buffer *buffer, const char *text);  /* NULL: null */
void ask_put_bool(struct ask_buffer *buffer, bool value);
void ask_put_int(struct ask_buffer *buffer, int64_t value);
void ask_put_null(struct ask_buffer *buffer);
void ask_put_date(struct ask_buffer *buffer, int64_t days);
/* A key with its value. */
void ask_put_key_text(struct ask_buffer *buffer, const char *key, const char *text);
void ask_put_key_bool(struct ask_buffer *buffer, const char *key, bool value);
void ask_put_key_int(struct ask_buffer *buffer, const char *key, int64_t value);
void ask_put_key_texts(struct ask_buffer *buffer, const char *key, const char *const *texts, size_t count);

#endif
