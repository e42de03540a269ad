/* Memory arena: everything that one request or one catalogue needs is allocated here and released together.
 * Not for: memory that outlives its owner. Allocation never returns NULL: sizes that come from outside are bounded
 * before they reach an arena, so running out means that the machine is out of memory, and the process ends. */
#ifndef ASK_BASE_ARENA_H
#define ASK_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct ask_arena;

struct ask_arena *ask_arena_new(void);
/* NULL is fine. Returns NULL, so that a pointer can be cleared in the same line. */
struct ask_arena *ask_arena_free(struct ask_arena *arena);
/* Gives back all allocations but keeps memory for the next round: as much as this one took, up to 256 kB. */
void ask_arena_reset(struct ask_arena *arena);
/* Zeroed, aligned for any type. size 0 gives a valid pointer. */
void *ask_alloc(struct ask_arena *arena, size_t size);
/* count * size, checked for overflow. */
void *ask_alloc_array(struct ask_arena *arena, size_t count, size_t size);
char *ask_strdup(struct ask_arena *arena, const char *text);
char *ask_strndup(struct ask_arena *arena, const char *text, size_t length);
__attribute__((format(printf, 2, 3))) char *ask_printf(struct ask_arena *arena, const char *format, ...);
char *ask_vprintf(struct ask_arena *arena, const char *format, va_list args);
/* Grows an array held in an arena: returns room for one more element of `size` bytes; *array and *capacity are updated.
 * The old array stays allocated until the arena goes (doubling: at most as much again). */
void *ask_push(struct ask_arena *arena, void *array_address, size_t *count, size_t *capacity, size_t size);

#endif
