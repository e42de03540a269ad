/* The names of the types, as messages say them. */
#include "expr/type.h"

const char *ask_type_name(enum ask_type type) {
  static const char *const names[] = {"bool", "integer", "decimal", "money", "date",
                                      "text", "choice",  "choices", "list"};
  return names[type];
}
