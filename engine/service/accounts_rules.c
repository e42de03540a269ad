/* What a login name, a user and a password have to be. */
#include <stdio.h>

#include "service/accounts_parts.h"

enum { FOLDED_LIMIT = 256, FULL_NAME_LIMIT = 120, WORD_LIMIT = 64, LEAST_DIFFERENT = 4, LEAST_NAME = 3 };

static bool refuse(struct ask_problems *problems, const char *field, const char *code, const char *hint,
                   const char *message) {
  ask_problem_add(problems, ASK_ERROR, code, ASK_NOWHERE, field, hint, "%s", message);
  return false;
}

/* ---- names --------------------------------------------------------------------------------------------------------- */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* Capitals of ASCII alone: others stay. */
static char *folded(struct ask_arena *arena, struct ask_text text) {
  char *copy = ask_strndup(arena, text.bytes, text.length);
  for (size_t i = 0; i < text.length; i++) copy[i] = small(copy[i]);
  return copy;
}

const char *ask_login_fold(struct ask_arena *arena, struct ask_text name) {
  while (name.length && *name.bytes == ' ') name.bytes++, name.length--;
  while (name.length && name.bytes[name.length - 1] == ' ') name.length--;
  if (name.length > FOLDED_LIMIT) name.length = FOLDED_LIMIT;
  return folded(arena, name);
}

bool ask_login_is(const char *name) {
  size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-@");
  return length && !name[length] && length <= ASK_LOGIN_LIMIT && !strchr("._-@", name[0]);
}

static bool name_acceptable(const char *name, struct ask_problems *problems) {
  if (!name || !*name)
    return refuse(problems, "name", "bad-name", "it is what the person signs in with", "a name is needed");
  if (strlen(name) > ASK_LOGIN_LIMIT)
    return refuse(problems, "name", "bad-name", "at most 64 letters are accepted", "the name is too long");
  return ask_login_is(name) ||
         refuse(problems, "name", "bad-name", "use a to z, digits, and . _ - @ behind the first, as in maria.lopez",
                "the name to sign in with has a character that it cannot have");
}
_Static_assert(ASK_LOGIN_LIMIT == 64, "the hint says so");

static bool full_name_acceptable(const char *name, struct ask_problems *problems) {
  size_t length = strlen(name);
  if (!length) return refuse(problems, "full_name", "bad-name", NULL, "the full name is empty");
  if (length > FULL_NAME_LIMIT)
    return refuse(problems, "full_name", "bad-name", "at most 120 bytes are accepted", "the full name is too long");
  if (!ask_utf8_valid(name, length))
    return refuse(problems, "full_name", "bad-name", NULL, "the full name is not UTF-8");
  if (ask_utf8_has_control(name, length))
    return refuse(problems, "full_name", "bad-name", NULL, "the full name has a control character in it");
  if (name[0] == ' ' || name[length - 1] == ' ')
    return refuse(problems, "full_name", "bad-name", "write it without them",
                  "the full name begins or ends with a blank");
  return true;
}
_Static_assert(FULL_NAME_LIMIT == 120, "the hint says so");

/* An id of a program or the tag of a language. */
static bool word_acceptable(const char *word, const char *letters) {
  size_t length = strspn(word, letters);
  return length && !word[length] && length <= WORD_LIMIT;
}

static bool program_acceptable(const struct ask_user *user, struct ask_problems *problems) {
  bool needed = (user->roles & ASK_ROLE_PROGRAM) != 0;
  if (needed && !user->program)
    return refuse(problems, "program", "program-needed", "name the one whose cases the person sees",
                  "program staff need a program");
  if (!needed && user->program)
    return refuse(problems, "program", "program-not-needed", "leave it out, or give the role program_staff",
                  "only program staff belong to a program");
  return !user->program || word_acceptable(user->program, "abcdefghijklmnopqrstuvwxyz0123456789_") ||
         refuse(problems, "program", "bad-program", "askonce plugin list shows the ids", "this is no program's id");
}

bool ask_user_acceptable(struct ask_user *user, struct ask_problems *problems) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  const unsigned all = 2 * ASK_ROLE_ADMINISTRATOR - 1;
  bool good = name_acceptable(user->name, problems);
  if (!user->full_name)
    user->full_name = user->name;
  else
    good &= full_name_acceptable(user->full_name, problems);
  if (!user->roles || user->roles & ~all)
    good = refuse(problems, "roles", "bad-roles", "worker, supervisor, nurse, program_staff, auditor, administrator",
                  "a person needs at least one role");
  good &= program_acceptable(user, problems);
  if (user->language && !word_acceptable(user->language, letters))
    good = refuse(problems, "language", "bad-language", "write a tag as es or pt-BR", "this is no tag of a language");
  return good;
}

/* ---- passwords ----------------------------------------------------------------------------------------------------- */

/* The most common ones of this length in published lists of stolen passwords, and what people choose here when they are told
 * "twelve letters". Small letters. */
static const char *const COMMON[] = {
    "1234567890123",    "123456789012",     "1234567891011",
    "0123456789012",    "012345678901",     "123456123456",
    "123456789abc",     "123456789qwe",     "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u",   "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv",
    "abc123abc123",     "abcd1234abcd",     "abcdefghijkl",
    "abcdefghijklm",    "abcd12345678",     "administrator",
    "administrator1",   "adminadminadmin",  "admin1234567",
    "admin12345678",    "asdfghjkl123",     "asdfasdfasdf",
    "askonceaskonce",   "basketball12",     "butterfly123",
    "changeme1234",     "changemechangeme", "changethispassword",
    "chocolate123",     "computer1234",     "correcthorsebatterystaple",
    "football1234",     "iloveyou1234",     "iloveyou12345",
    "iloveyousomuch",   "letmeinletmein",   "letmein12345",
    "liverpoolfc1",     "newyorkcity1",     "newyorkcity123",
    "newyorknewyork",   "password1234",     "password12345",
    "password123!",     "password1234!",    "password123456",
    "password2024",     "password2025",     "password2026",
    "passwordpassword", "passw0rd1234",     "p@ssw0rd1234",
    "p@ssword1234",     "princess1234",     "q1w2e3r4t5y6",
    "qazwsxedcrfv",     "qweasdzxc123",     "qwerty123456",
    "qwerty1234567",    "qwertyqwerty",     "qwertyuiop12",
    "qwertyuiop123",    "qwertyuiopasdf",   "qwertyuiop[]",
    "secret123456",     "spring2026!!",     "startrek1234",
    "sunshine1234",     "superman1234",     "thisismypassword",
    "unbelievable",     "welcome12345",     "welcome123456",
    "welcomewelcome",   "zaq12wsxcde3",     "zxcvbnm12345",
    "zxcvbnmasdfg",
};

static size_t different_bytes(struct ask_text text) {
  bool seen[256] = {false};
  size_t count = 0;
  for (size_t i = 0; i < text.length; i++) {
    bool *at = &seen[(unsigned char)text.bytes[i]];
    count += !*at;
    *at = true;
  }
  return count;
}

static bool is_common(const char *password) {
  for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
    if (strcmp(COMMON[i], password) == 0) return true;
  return false;
}

/* The name, or what is before the @ in it, when it is more than a letter or two. */
static bool has_name(struct ask_arena *arena, const char *password, const char *name) {
  size_t length = strcspn(name, "@");
  return length >= LEAST_NAME && strstr(password, ask_strndup(arena, name, length));
}

bool ask_password_acceptable(const char *name, struct ask_text password, struct ask_arena *arena,
                             struct ask_problems *problems) {
  static const char code[] = "bad-password", field[] = "password";
  if (password.length < ASK_PASSWORD_LEAST)
    return refuse(problems, field, code, "three or four words that do not belong together are easy to remember",
                  "a password needs at least 12 characters");
  if (password.length > ASK_PASSWORD_MOST)
    return refuse(problems, field, code, NULL, "a password has at most 200 bytes");
  if (!ask_utf8_valid(password.bytes, password.length))
    return refuse(problems, field, code, NULL, "the password is not UTF-8");
  char *lower = folded(arena, password);
  bool named = has_name(arena, lower, name), common = is_common(lower);
  explicit_bzero(lower, password.length);
  if (different_bytes(password) < LEAST_DIFFERENT)
    return refuse(problems, field, code, "use more than three different ones",
                  "the password repeats the same characters");
  if (named)
    return refuse(problems, field, code, "leave the name out", "the password has the name to sign in with in it");
  return !common || refuse(problems, field, code, "choose one that nobody else would think of",
                           "this is one of the passwords that are guessed first");
}
_Static_assert(ASK_PASSWORD_LEAST == 12 && ASK_PASSWORD_MOST == 200, "the messages say so");
