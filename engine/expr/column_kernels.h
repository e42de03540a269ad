/* The arithmetic of blocks of known words, vectorised by the compiler. Each kernel returns false when some row overflows or
 * is outside what the kernel does exactly; the caller then runs the block row by row. Only for column.c. */
#ifndef ASK_EXPR_COLUMN_KERNELS_H
#define ASK_EXPR_COLUMN_KERNELS_H

#include "expr/frame.h"

/* Two builds of each kernel, the wider chosen at start. Sanitizers and that choice do not mix. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
#define ASK_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ASK_KERNEL
#endif

/* An operand: a word a row, or (each == NULL) one word for all rows. */
struct ask_operand {
  const int64_t *each;
  int64_t all;
};

bool ask_kernel_two(uint8_t operation, struct ask_operand a, struct ask_operand b, int64_t *restrict out, size_t rows);
bool ask_kernel_one(const struct ask_instruction *in, const int64_t *restrict a, int64_t *restrict out, size_t rows);
bool ask_kernel_divide(const struct ask_instruction *in, const int64_t *restrict a, int64_t by, int64_t *restrict out,
                       size_t rows);
bool ask_kernel_table(const struct ask_table *table, const int64_t *restrict key, int64_t *restrict out, size_t rows);
void ask_kernel_select(const int64_t *restrict c, struct ask_operand a, struct ask_operand b, int64_t *restrict out,
                       size_t rows);
/* Adds one argument of a count: known true (low), or not known to be false (high). False: faults or withheld about. */
bool ask_kernel_count(const int64_t *restrict words, const uint8_t *restrict states, bool high, int64_t *restrict out,
                      size_t rows);

/* Signed integers of 1, 2 or 4 bytes to words. */
void ask_kernel_widen(const void *restrict narrow, uint8_t width, size_t first, int64_t *restrict out, size_t rows);
/* Kleene and/or with states (both given). Returns the worst state of all rows. */
uint8_t ask_kernel_logic(bool both, const int64_t *restrict a, const uint8_t *restrict sa, const int64_t *restrict b,
                         const uint8_t *restrict sb, int64_t *restrict out, uint8_t *restrict out_states, size_t rows);

#endif
