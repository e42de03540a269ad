/* Text: UTF-8 checks, the growing buffer, the name map and "did you mean". Not for locale-dependent work: letters are
 * folded in ASCII only, and only when looking for slips. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes and code points --------------------------------------------------------------------------------------- */

bool ask_text_is(const struct ask_text *text, const char *other) {
  size_t length = strlen(other);
  return text->length == length && (length == 0 || memcmp(text->bytes, other, length) == 0);
}

/* Bytes of the well-formed sequence at `bytes` (Unicode table 3-7), 0 if it is not one. */
static size_t utf8_sequence(const unsigned char *bytes, size_t left) {
  unsigned char lead = bytes[0];
  if (lead < 0x80) return lead ? 1 : 0;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < lowest || bytes[1] > highest) return 0;
  for (size_t i = 2; i < length; i++)
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  return length;
}

bool ask_utf8_has_control(const char *bytes, size_t length) {
  const unsigned char *at = (const unsigned char *)bytes, *end = at + length;
  for (; at < end; at++)
    if (*at < 0x20 || *at == 0x7f || (*at == 0xC2 && end - at > 1 && at[1] < 0xA0)) return true;
  return false;
}

bool ask_utf8_valid(const char *bytes, size_t length) {
  const unsigned char *at = (const unsigned char *)bytes;
  while (length) {
    size_t step = utf8_sequence(at, length);
    if (step == 0) return false;
    at += step;
    length -= step;
  }
  return true;
}

void ask_utf8_mend(char *bytes, size_t length) {
  while (length) {
    size_t step = utf8_sequence((const unsigned char *)bytes, length);
    if (step == 0) {
      *bytes = '?';
      step = 1;
    }
    bytes += step;
    length -= step;
  }
}

size_t ask_utf8_length(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

/* ---- buffer ------------------------------------------------------------------------------------------------------ */

void ask_buffer_reserve(struct ask_buffer *buffer, size_t more) {
  size_t needed;
  if (__builtin_add_overflow(buffer->length, more, &needed) || needed > SIZE_MAX / 2) {
    fprintf(stderr, "askonce: out of memory (a buffer of more than %zu bytes wanted)\n", buffer->length);
    abort();
  }
  needed++;
  if (needed <= buffer->capacity) return;
  size_t capacity = buffer->capacity ? buffer->capacity : 256;
  while (capacity < needed) capacity *= 2;
  char *larger = realloc(buffer->bytes, capacity);
  if (!larger) {
    fprintf(stderr, "askonce: out of memory (%zu bytes wanted)\n", capacity);
    abort();
  }
  buffer->bytes = larger;
  buffer->capacity = capacity;
}

void ask_buffer_printf(struct ask_buffer *buffer, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  ask_buffer_reserve(buffer, 0);
  size_t room = buffer->capacity - buffer->length;
  int length = vsnprintf(buffer->bytes + buffer->length, room, format, args);
  if (length >= 0 && (size_t)length >= room) {
    ask_buffer_reserve(buffer, (size_t)length);
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
  }
  if (length > 0) buffer->length += (size_t)length;
  buffer->bytes[buffer->length] = '\0';
  va_end(again);
  va_end(args);
}

void ask_buffer_clear(struct ask_buffer *buffer) {
  buffer->length = 0;
  if (buffer->bytes) buffer->bytes[0] = '\0';
}

void ask_buffer_free(struct ask_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (struct ask_buffer){0};
}

/* ---- map --------------------------------------------------------------------------------------------------------- */

/* Open addressing, at most half full. The hash has no secret: maps are filled from source files, never from requests,
 * and looking up an unknown name costs one probe chain only. */
struct slot {
  const char *key;
  size_t length;
  uint64_t hash;
  int32_t value;
};

struct ask_map {
  struct ask_arena *arena;
  struct slot *slots;
  size_t count;
  size_t size; /* a power of two */
};

enum { MAP_FIRST_SIZE = 16 };

static uint64_t hash_bytes(const char *bytes, size_t length) {
  uint64_t hash = 14695981039346656037U; /* FNV-1a */
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211U;
  return hash ^ (hash >> 32);
}

struct ask_map *ask_map_new(struct ask_arena *arena) {
  struct ask_map *map = ask_alloc(arena, sizeof *map);
  map->arena = arena;
  map->size = MAP_FIRST_SIZE;
  map->slots = ask_alloc_array(arena, map->size, sizeof *map->slots);
  return map;
}

/* The slot that holds the key, or the free slot where it belongs. */
static struct slot *map_find(const struct ask_map *map, const char *key, size_t length, uint64_t hash) {
  for (size_t i = hash & (map->size - 1);; i = (i + 1) & (map->size - 1)) {
    struct slot *slot = &map->slots[i];
    if (!slot->key || (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0))
      return slot;
  }
}

static void map_grow(struct ask_map *map) {
  struct ask_map larger = *map;
  larger.size = map->size * 2;
  larger.slots = ask_alloc_array(map->arena, larger.size, sizeof *larger.slots);
  for (size_t i = 0; i < map->size; i++) {
    const struct slot *old = &map->slots[i];
    if (old->key) *map_find(&larger, old->key, old->length, old->hash) = *old;
  }
  *map = larger;
}

void ask_map_put(struct ask_map *map, const char *key, int32_t value) {
  if ((map->count + 1) * 2 > map->size) map_grow(map);
  size_t length = strlen(key);
  uint64_t hash = hash_bytes(key, length);
  struct slot *slot = map_find(map, key, length, hash);
  if (!slot->key) {
    *slot = (struct slot){.key = ask_strndup(map->arena, key, length), .length = length, .hash = hash};
    map->count++;
  }
  slot->value = value;
}

int32_t ask_map_get_n(const struct ask_map *map, const char *key, size_t length) {
  const struct slot *slot = map_find(map, length ? key : "", length, hash_bytes(key, length));
  return slot->key ? slot->value : -1;
}

int32_t ask_map_get(const struct ask_map *map, const char *key) { return ask_map_get_n(map, key, strlen(key)); }

/* ---- did you mean ------------------------------------------------------------------------------------------------ */

enum { LONGEST_NAME = 64 };

static unsigned char folded(char c) {
  if (c >= 'A' && c <= 'Z') return (unsigned char)(c - 'A' + 'a');
  return c == '-' || c == ' ' ? '_' : (unsigned char)c;
}

/* Damerau's distance in its restricted form (no part is edited twice): insertions, deletions, replacements, and swaps
 * of neighbours. Returns limit + 1 as soon as it is clear that the distance is larger than the limit. */
static size_t slip_distance(const char *a, size_t a_length, const char *b, size_t b_length, size_t limit) {
  size_t difference = a_length > b_length ? a_length - b_length : b_length - a_length;
  if (difference > limit) return limit + 1;
  size_t rows[3][LONGEST_NAME + 1];
  size_t *before = rows[0], *last = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b_length; j++) {
    before[j] = 0;
    last[j] = j;
  }
  for (size_t i = 1; i <= a_length; i++) {
    size_t least = row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      unsigned char x = folded(a[i - 1]), y = folded(b[j - 1]);
      size_t best = last[j - 1] + (x != y);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      if (i > 1 && j > 1 && x == folded(b[j - 2]) && y == folded(a[i - 2]) && before[j - 2] + 1 < best)
        best = before[j - 2] + 1;
      row[j] = best;
      if (best < least) least = best;
    }
    if (least > limit) return limit + 1;
    size_t *spare = before;
    before = last;
    last = row;
    row = spare;
  }
  return last[b_length];
}

const char *ask_did_you_mean(const char *wrong, const char *const *names, size_t count) {
  size_t wrong_length = strnlen(wrong, LONGEST_NAME + 1);
  if (wrong_length == 0 || wrong_length > LONGEST_NAME) return NULL;
  const char *nearest = NULL;
  size_t nearest_distance = SIZE_MAX;
  for (size_t i = 0; i < count; i++) {
    size_t length = names[i] ? strnlen(names[i], LONGEST_NAME + 1) : 0;
    if (length == 0 || length > LONGEST_NAME) continue;
    size_t limit = length <= 4 ? 1 : length <= 9 ? 2 : 3;
    size_t distance = slip_distance(wrong, wrong_length, names[i], length, limit);
    /* When every letter was changed it is another word, not a slip. */
    if (distance <= limit && distance < wrong_length && distance < nearest_distance) {
      nearest = names[i];
      nearest_distance = distance;
    }
  }
  return nearest;
}
