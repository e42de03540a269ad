/* Exact numbers: money is integer cents, decimals are integer millionths; no floating point anywhere. */
#ifndef ASK_BASE_NUMBER_H
#define ASK_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASK_DECIMAL_ONE = 1000000 };

/* Reads a JSON-style number (optional '-', digits, optional fraction, optional exponent) as an integer count of
 * 10^-places. False if it is not such a number, is not exact at that many places (1.005 with 2 places), or does not
 * fit 63 bits. Trailing zeros do not matter: 1450.000 is exact at 2 places. */
bool ask_number_read(const char *text, size_t length, int places, int64_t *ret_scaled);

/* Shortest exact text: 1450 cents -> "14.50" with fixed places (money always shows 2), decimals without trailing zeros. */
enum { ASK_NUMBER_TEXT = 48 };
void ask_money_text(int64_t cents, char ret_text[ASK_NUMBER_TEXT]);         /* 1450.00 */
void ask_money_dollars_text(int64_t cents, char ret_text[ASK_NUMBER_TEXT]); /* $1,450.00; $1,450 when whole; -$5 */
void ask_decimal_text(int64_t millionths, char ret_text[ASK_NUMBER_TEXT]);  /* 1.3 */

/* a * b / c rounded half away from zero, exact in between. False on overflow or c == 0. */
bool ask_mul_div(int64_t a, int64_t b, int64_t c, int64_t *ret);

#endif
