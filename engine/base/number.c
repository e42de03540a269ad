/* Exact reading and writing of numbers. No floating point anywhere. */
#include "base/number.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The parts of a number as written: digits of the whole part and of the fraction, and the exponent. */
struct written {
  bool negative;
  const char *whole, *fraction;
  size_t whole_length, fraction_length;
  int64_t exponent;
};

/* Larger than any text is long, small enough that sums of a few never overflow. */
static const int64_t EXPONENT_LIMIT = INT64_C(1) << 60;

static bool split(const char *text, size_t length, struct written *ret) {
  const char *at = text, *end = text + length;
  struct written parts = {0};
  if (at < end && *at == '-') {
    parts.negative = true;
    at++;
  }
  parts.whole = at;
  while (at < end && is_digit(*at)) at++;
  parts.whole_length = (size_t)(at - parts.whole);
  if (parts.whole_length == 0 || (parts.whole_length > 1 && parts.whole[0] == '0')) return false;
  parts.fraction = at;
  if (at < end && *at == '.') {
    parts.fraction = ++at;
    while (at < end && is_digit(*at)) at++;
    parts.fraction_length = (size_t)(at - parts.fraction);
    if (parts.fraction_length == 0) return false;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) at++;
    if (at == end) return false;
    for (; at < end && is_digit(*at); at++)
      if (parts.exponent < EXPONENT_LIMIT / 16) parts.exponent = parts.exponent * 10 + (*at - '0');
    if (!is_digit(at[-1])) return false;
    if (negative) parts.exponent = -parts.exponent;
  }
  if (at != end) return false;
  *ret = parts;
  return true;
}

bool ask_number_read(const char *text, size_t length, int places, int64_t *ret_scaled) {
  struct written parts;
  if (!split(text, length, &parts)) return false;
  /* The value is (whole and fraction as one row of digits) * 10^(exponent - fraction_length). Zeros at both ends of the
   * row are dropped, so that what is left is exact and fits, or does not. */
  size_t total = parts.whole_length + parts.fraction_length;
  size_t first = 0, last = total;
#define DIGIT(i) ((i) < parts.whole_length ? parts.whole[i] : parts.fraction[(i)-parts.whole_length])
  while (first < last && DIGIT(first) == '0') first++;
  while (last > first && DIGIT(last - 1) == '0') last--;
  if (first == last) {
    *ret_scaled = 0;
    return true;
  }
  int64_t shift = parts.exponent - (int64_t)parts.fraction_length + (int64_t)(total - last) + places;
  if (shift < 0 || shift > 18 || last - first > 19) return false;
  int64_t value = 0;
  for (size_t i = first; i < last; i++)
    if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
        __builtin_add_overflow(value, (int64_t)(DIGIT(i) - '0'), &value))
      return false;
#undef DIGIT
  for (; shift > 0; shift--)
    if (__builtin_mul_overflow(value, (int64_t)10, &value)) return false;
  *ret_scaled = parts.negative ? -value : value;
  return true;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static uint64_t magnitude(int64_t value) { return value < 0 ? 0 - (uint64_t)value : (uint64_t)value; }

/* Appends the digits of `value`, at least `width` of them, with a comma before each group of three if wanted. */
static char *put_digits(char *at, uint64_t value, int width, bool commas) {
  char reversed[32];
  int count = 0;
  int digits = 0;
  do {
    if (commas && digits > 0 && digits % 3 == 0) reversed[count++] = ',';
    reversed[count++] = (char)('0' + value % 10);
    digits++;
    value /= 10;
  } while (value > 0 || digits < width);
  while (count > 0) *at++ = reversed[--count];
  return at;
}

void ask_money_text(int64_t cents, char ret_text[ASK_NUMBER_TEXT]) {
  char *at = ret_text;
  if (cents < 0) *at++ = '-';
  at = put_digits(at, magnitude(cents) / 100, 1, false);
  *at++ = '.';
  at = put_digits(at, magnitude(cents) % 100, 2, false);
  *at = '\0';
}

void ask_money_dollars_text(int64_t cents, char ret_text[ASK_NUMBER_TEXT]) {
  char *at = ret_text;
  if (cents < 0) *at++ = '-';
  *at++ = '$';
  at = put_digits(at, magnitude(cents) / 100, 1, true);
  if (cents % 100 != 0) {
    *at++ = '.';
    at = put_digits(at, magnitude(cents) % 100, 2, false);
  }
  *at = '\0';
}

void ask_decimal_text(int64_t millionths, char ret_text[ASK_NUMBER_TEXT]) {
  char *at = ret_text;
  if (millionths < 0) *at++ = '-';
  at = put_digits(at, magnitude(millionths) / ASK_DECIMAL_ONE, 1, false);
  uint64_t fraction = magnitude(millionths) % ASK_DECIMAL_ONE;
  if (fraction != 0) {
    *at++ = '.';
    at = put_digits(at, fraction, 6, false);
    while (at[-1] == '0') at--;
  }
  *at = '\0';
}

bool ask_mul_div(int64_t a, int64_t b, int64_t c, int64_t *ret) {
  if (c == 0) return false;
  __int128 product = (__int128)a * b;
  __int128 divisor = c;
  if (divisor < 0) {
    product = -product;
    divisor = -divisor;
  }
  __int128 quotient = product / divisor;
  __int128 rest = product % divisor;
  if (2 * (rest < 0 ? -rest : rest) >= divisor) quotient += product < 0 ? -1 : 1;
  if (quotient > INT64_MAX || quotient < INT64_MIN) return false;
  *ret = (int64_t)quotient;
  return true;
}
