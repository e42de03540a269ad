/* Forms, queries and cookies as any bytes: what is read is UTF-8 without NUL and as it was sent, pair for pair; nothing else is
 * read. An input is a form, or, when it begins with "Cookie: ", the header's value. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/form.h"

enum { MOST = 256 * 1024 };

#define require(what) ((what) ? (void)0 : fail(#what, __LINE__))
static void fail(const char *what, int line) {
  fprintf(stderr, "fuzz_form.c:%d: %s does not hold\n", line, what);
  abort();
}

/* As browsers write it. */
static void encode(struct ask_buffer *out, struct ask_text text) {
  for (size_t i = 0; i < text.length; i++) ask_buffer_printf(out, "%%%02X", (unsigned char)text.bytes[i]);
}

static bool same(struct ask_text a, struct ask_text b) {
  return a.length == b.length && (!a.length || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static void check_form(struct ask_arena *arena, const char *bytes, size_t size) {
  struct ask_pair *pairs, *again;
  size_t count, count_again;
  char *text = malloc(size ? size : 1); /* of exactly its size: a byte beyond is found */
  require(text != NULL);
  if (size) memcpy(text, bytes, size);
  enum ask_form_state state = ask_form_read(arena, text, size, &pairs, &count);
  require(count <= ASK_PAGE_PAIRS);
  require(state == ASK_FORM_GOOD || (count == 0 && pairs == NULL));
  struct ask_buffer out = {0};
  for (size_t i = 0; i < count; i++) {
    require(ask_utf8_valid(pairs[i].name.bytes, pairs[i].name.length));
    require(ask_utf8_valid(pairs[i].value.bytes, pairs[i].value.length));
    if (i) ask_buffer_putc(&out, '&');
    encode(&out, pairs[i].name);
    ask_buffer_putc(&out, '=');
    encode(&out, pairs[i].value);
  }
  require(ask_form_read(arena, out.bytes, out.length, &again, &count_again) == ASK_FORM_GOOD && count_again == count);
  for (size_t i = 0; i < count; i++)
    require(same(pairs[i].name, again[i].name) && same(pairs[i].value, again[i].value));
  ask_buffer_free(&out);
  free(text);
}

static void check_cookies(const char *bytes, size_t size) {
  static const char *const names[] = {"__Host-askonce", "a", ""};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct ask_text value = ask_cookie_find((struct ask_text){bytes, size}, names[i]);
    require(value.length <= ASK_COOKIE_LIMIT);
    for (size_t j = 0; j < value.length; j++) require(value.bytes[j] > ' ' && value.bytes[j] < 0x7f);
    if (value.length) require(value.bytes > bytes && value.bytes + value.length <= bytes + size);
    if (value.length) require(value.bytes[-1] == '=');
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char cookie[] = "Cookie: ";
  size_t length = sizeof cookie - 1;
  if (size > MOST) return 0;
  struct ask_arena *arena = ask_arena_new();
  if (size >= length && memcmp(data, cookie, length) == 0)
    check_cookies((const char *)data + length, size - length);
  else
    check_form(arena, (const char *)data, size);
  ask_arena_free(arena);
  return 0;
}
