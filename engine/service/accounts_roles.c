/* Roles and their words. */
#include "service/accounts.h"

static const char *const WORDS[] = {"worker", "supervisor", "nurse", "program_staff", "auditor", "administrator"};
enum { COUNT = sizeof WORDS / sizeof *WORDS };
_Static_assert(1 << (COUNT - 1) == ASK_ROLE_ADMINISTRATOR, "a word for each, in the order of the bits");

const char *ask_role_word(size_t index) { return index < COUNT ? WORDS[index] : NULL; }

bool ask_roles_read(struct ask_arena *arena, const char *words, unsigned *ret, const char **ret_unknown) {
  unsigned roles = 0;
  *ret_unknown = "";
  for (const char *at = words; *at;) {
    size_t length = strcspn(at, ","), index = 0;
    struct ask_text word = {at, length};
    while (word.length && *word.bytes == ' ') word.bytes++, word.length--;
    while (word.length && word.bytes[word.length - 1] == ' ') word.length--;
    while (index < COUNT && !ask_text_is(&word, WORDS[index])) index++;
    if (index == COUNT) {
      *ret_unknown = ask_strndup(arena, word.bytes, word.length);
      return false;
    }
    roles |= 1u << index;
    at += length + (at[length] == ',');
  }
  if (!roles) return false;
  *ret = roles;
  return true;
}

const char *ask_roles_text(struct ask_arena *arena, unsigned roles) {
  const char *text = "";
  for (size_t i = 0; i < COUNT; i++)
    if (roles & 1u << i) text = ask_printf(arena, "%s%s%s", text, *text ? "," : "", WORDS[i]);
  return text;
}
