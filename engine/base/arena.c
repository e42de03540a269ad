/* The memory arena: a chain of blocks, filled from the front. Not a general allocator: nothing is freed singly.
 * Under AddressSanitizer the unused part of each block is poisoned, so that an overrun inside a block is seen too. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(address, size) ASAN_POISON_MEMORY_REGION(address, size)
#define UNPOISON(address, size) ASAN_UNPOISON_MEMORY_REGION(address, size)
enum { RED_ZONE = 16 };
#else
#define POISON(address, size) ((void)(address), (void)(size))
#define UNPOISON(address, size) ((void)(address), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024, LARGEST_KEPT = 256 * 1024 };

struct block {
  struct block *previous;
  size_t size;
  size_t used;
  _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct ask_arena {
  struct block *first;
  struct block *others;  /* all but the first, newest first */
  struct block *current; /* the one that is being filled */
  size_t next_size;
};

__attribute__((noreturn)) static void out_of_memory(size_t size) {
  fprintf(stderr, "askonce: out of memory (%zu bytes wanted)\n", size);
  abort();
}

static struct block *block_new(size_t size) {
  struct block *block = size > SIZE_MAX - sizeof *block ? NULL : calloc(1, sizeof *block + size);
  if (!block) out_of_memory(size);
  block->size = size;
  POISON(block->bytes, size);
  return block;
}

static void block_free(struct block *block) {
  UNPOISON(block->bytes, block->size);
  free(block);
}

struct ask_arena *ask_arena_new(void) {
  struct ask_arena *arena = calloc(1, sizeof *arena);
  if (!arena) out_of_memory(sizeof *arena);
  arena->first = arena->current = block_new(FIRST_BLOCK);
  arena->next_size = 2 * (size_t)FIRST_BLOCK;
  return arena;
}

static void free_all_but_first(struct ask_arena *arena) {
  struct block *block = arena->others;
  while (block) {
    struct block *previous = block->previous;
    block_free(block);
    block = previous;
  }
  arena->others = NULL;
  arena->current = arena->first;
  arena->next_size = 2 * (size_t)FIRST_BLOCK;
}

struct ask_arena *ask_arena_free(struct ask_arena *arena) {
  if (arena) {
    free_all_but_first(arena);
    block_free(arena->first);
    free(arena);
  }
  return NULL;
}

/* Everything of the round that ends, if it did not fit into the first block and is not too much to keep; else 0. */
static size_t worth_keeping(const struct ask_arena *arena) {
  size_t total = arena->first->used;
  for (const struct block *block = arena->others; block && total <= LARGEST_KEPT; block = block->previous)
    total += block->used;
  return arena->others && total > arena->first->size && total <= LARGEST_KEPT ? total : 0;
}

/* A first block that was too small once is made large enough, so that rounds of one size ask the system for nothing. */
void ask_arena_reset(struct ask_arena *arena) {
  size_t wanted = worth_keeping(arena);
  free_all_but_first(arena);
  if (wanted) {
    block_free(arena->first);
    arena->first = arena->current = block_new((wanted + FIRST_BLOCK) / FIRST_BLOCK * FIRST_BLOCK);
    return;
  }
  struct block *first = arena->first;
  UNPOISON(first->bytes, first->used);
  memset(first->bytes, 0, first->used);
  POISON(first->bytes, first->size);
  first->used = 0;
}

static void *take(struct block *block, size_t size, size_t rounded) {
  void *address = block->bytes + block->used;
  block->used += rounded;
  UNPOISON(address, size);
  return address; /* zero already: blocks come from calloc and reset clears what was used */
}

void *ask_alloc(struct ask_arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) out_of_memory(size);
  size_t rounded = ((size ? size : 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + RED_ZONE;
  if (rounded <= arena->current->size - arena->current->used) return take(arena->current, size, rounded);

  /* A large piece has a block of its own; the rest of the current one stays in use. */
  bool large = rounded > arena->next_size / 4;
  struct block *block = block_new(large ? rounded : arena->next_size);
  block->previous = arena->others;
  arena->others = block;
  if (!large) {
    arena->current = block;
    if (arena->next_size < LARGEST_STEP) arena->next_size *= 2;
  }
  return take(block, size, rounded);
}

void *ask_alloc_array(struct ask_arena *arena, size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) out_of_memory(SIZE_MAX);
  return ask_alloc(arena, total);
}

char *ask_strndup(struct ask_arena *arena, const char *text, size_t length) {
  char *copy = ask_alloc(arena, length + 1);
  if (length) memcpy(copy, text, length);
  return copy;
}

char *ask_strdup(struct ask_arena *arena, const char *text) { return ask_strndup(arena, text, strlen(text)); }

char *ask_vprintf(struct ask_arena *arena, const char *format, va_list args) {
  char small[256];
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(small, sizeof small, format, args);
  char *text = NULL;
  if (length < 0) {
    text = ask_strdup(arena, format); /* a format that cannot be printed (an encoding error): show it as it is */
  } else if ((size_t)length < sizeof small) {
    text = ask_strndup(arena, small, (size_t)length);
  } else {
    text = ask_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
  }
  va_end(again);
  return text;
}

char *ask_printf(struct ask_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = ask_vprintf(arena, format, args);
  va_end(args);
  return text;
}

void *ask_push(struct ask_arena *arena, void *array_address, size_t *count, size_t *capacity, size_t size) {
  void *array;
  memcpy(&array, array_address, sizeof array); /* the caller's pointer has a type of its own */
  if (*count >= *capacity) {
    size_t wanted = *capacity ? *capacity : 4;
    if (*capacity && __builtin_mul_overflow(*capacity, (size_t)2, &wanted)) out_of_memory(SIZE_MAX);
    void *larger = ask_alloc_array(arena, wanted, size);
    if (*count) memcpy(larger, array, *count * size);
    array = larger;
    *capacity = wanted;
    memcpy(array_address, &array, sizeof array);
  }
  return (unsigned char *)array + (*count)++ * size;
}
