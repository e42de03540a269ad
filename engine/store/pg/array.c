/* Arrays as parameters, in PostgreSQL's binary form: dimensions, whether nulls occur, type of the elements, length,
 * lower bound; then each element after its length. */
#include "store/pg/pg.h"

static void put_integer(struct ask_buffer *array, uint32_t value) {
  const char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};
  ask_buffer_add(array, bytes, sizeof bytes);
}

void ask_pg_array_start(struct ask_buffer *array, char letter, size_t count) {
  ask_buffer_clear(array);
  put_integer(array, count ? 1 : 0);
  put_integer(array, 0);
  put_integer(array, ask_pg_type(letter));
  if (!count) return;
  put_integer(array, (uint32_t)count);
  put_integer(array, 1);
}

void ask_pg_array_add(struct ask_buffer *array, const void *bytes, size_t length) {
  put_integer(array, (uint32_t)length);
  ask_buffer_add(array, bytes, length);
}

void ask_pg_array_of_keys(struct ask_buffer *array, const struct ask_document_key *keys, size_t count,
                          bool unique_only) {
  size_t some = 0;
  for (size_t i = 0; i < count; i++) some += !unique_only || keys[i].unique;
  ask_pg_array_start(array, 'y', some);
  for (size_t i = 0; i < count; i++)
    if (!unique_only || keys[i].unique) ask_pg_array_add(array, keys[i].text.bytes, keys[i].text.length);
}
