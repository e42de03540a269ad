/* Keys of partners, and the service's clock and randomness. Not for asking whose a key is: see intake.h. */
#include "service/keys.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/hex.h"
#include "json/put.h"

enum { KEY_BYTES = 32, KEY_LETTERS = 43 };
static const char KEY_PREFIX[] = "ask_";
_Static_assert(sizeof KEY_PREFIX - 1 + KEY_LETTERS + 1 == ASK_KEY_TEXT, "prefix, letters and the NUL");

/* ---- clock and randomness ------------------------------------------------------------------------------------------ */

int64_t ask_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void ask_moment_text(int64_t microseconds, char ret_text[ASK_MOMENT_TEXT]) {
  static const int64_t last = 253402300799999999; /* of the year 9999 */
  if (microseconds < 0 || microseconds > last) microseconds = microseconds < 0 ? 0 : last;
  time_t seconds = (time_t)(microseconds / 1000000);
  struct tm parts;
  char text[64];
  gmtime_r(&seconds, &parts);
  size_t length = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text + length, sizeof text - length, ".%06dZ", (int)(microseconds % 1000000));
  memcpy(ret_text, text, ASK_MOMENT_TEXT - 1);
  ret_text[ASK_MOMENT_TEXT - 1] = '\0';
}

/* Without randomness no key and no identifier may be made: a kernel that has none ends the process. */
void ask_random(unsigned char *bytes, size_t length) {
  while (length) {
    ssize_t got = getrandom(bytes, length, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) abort();
    bytes += got;
    length -= (size_t)got;
  }
}

void ask_random_text(char ret_text[ASK_RANDOM_TEXT]) {
  unsigned char bytes[ASK_RANDOM_TEXT / 2];
  ask_random(bytes, sizeof bytes);
  ask_hex_write(bytes, sizeof bytes, ret_text);
  explicit_bzero(bytes, sizeof bytes);
}

struct ask_uuid ask_uuid_new(void) {
  unsigned char random[10];
  ask_random(random, sizeof random);
  return ask_uuid_v7(ask_now() / 1000, random);
}

struct ask_uuid ask_uuid_new_of_client(const struct ask_uuid *client) {
  unsigned char random[2];
  ask_random(random, sizeof random);
  return ask_uuid_v7_of_client(ask_now() / 1000, random, client);
}

/* ---- names --------------------------------------------------------------------------------------------------------- */

static bool refuse(struct ask_problems *problems, const char *hint, const char *message) {
  ask_problem_add(problems, ASK_ERROR, "bad-name", ASK_NOWHERE, NULL, hint, "%s", message);
  return false;
}

bool ask_key_name_check(const char *name, struct ask_problems *problems) {
  size_t length = strlen(name);
  if (!length) return refuse(problems, "name the agency or system that will hold the key", "a name is needed");
  if (length > ASK_STORE_NAME_LIMIT)
    return refuse(problems, "at most 100 bytes are accepted", "the name of a partner is too long");
  if (!ask_utf8_valid(name, length)) return refuse(problems, NULL, "the name of a partner is not UTF-8");
  if (ask_utf8_has_control(name, length))
    return refuse(problems, NULL, "the name of a partner has a control character in it");
  if (name[0] == ' ' || name[length - 1] == ' ')
    return refuse(problems, "write it without them", "the name of a partner begins or ends with a blank");
  if (strcmp(name, ASK_KEY_OF_APP) == 0)
    return refuse(problems, "choose another name", "under this name the worker's app keeps its assessments");
  return true;
}
_Static_assert(ASK_STORE_NAME_LIMIT == 100, "the hint above says so");

/* ---- keys ---------------------------------------------------------------------------------------------------------- */

/* base64url without padding (RFC 4648 section 5): 32 bytes give 43 letters. */
static void letters_of(const unsigned char bytes[KEY_BYTES], char ret[KEY_LETTERS]) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned bits = 0;
  int held = 0;
  size_t at = 0;
  for (size_t i = 0; i < KEY_BYTES; i++) {
    bits = bits << 8 | bytes[i];
    held += 8;
    while (held >= 6) {
      held -= 6;
      ret[at++] = alphabet[bits >> held & 63];
    }
  }
  ret[at] = alphabet[bits << (6 - held) & 63];
}

void ask_key_hash(struct ask_text key, char ret_hash[ASK_HASH_TEXT]) {
  struct ask_hash hash;
  ask_hash_start(&hash);
  ask_hash_add(&hash, key.bytes, key.length);
  ask_hash_end(&hash, ret_hash);
  explicit_bzero(&hash, sizeof hash);
}

enum ask_store_status ask_key_add(ask_store_session *session, const char *name, char ret_key[ASK_KEY_TEXT],
                                  struct ask_partner_key *ret) {
  unsigned char random[KEY_BYTES];
  char text[ASK_KEY_TEXT];
  ask_random(random, sizeof random);
  memcpy(text, KEY_PREFIX, sizeof KEY_PREFIX - 1);
  letters_of(random, text + sizeof KEY_PREFIX - 1);
  text[ASK_KEY_TEXT - 1] = '\0';
  struct ask_partner_key key = {.id = ask_uuid_new(), .name = name, .created = ask_now()};
  struct ask_uuid partner_if_new = ask_uuid_new();
  ask_key_hash((struct ask_text){text, ASK_KEY_TEXT - 1}, key.hash);
  enum ask_store_status status = ask_store_key_add(session, &key, &partner_if_new);
  if (status == ASK_STORE_OK) {
    memcpy(ret_key, text, sizeof text);
    *ret = key;
  }
  explicit_bzero(random, sizeof random);
  explicit_bzero(text, sizeof text);
  return status;
}

enum ask_store_status ask_key_add_of_app(ask_store_session *session, struct ask_partner_key *ret) {
  char text[ASK_KEY_TEXT];
  enum ask_store_status status = ask_key_add(session, ASK_KEY_OF_APP, text, ret);
  explicit_bzero(text, sizeof text);
  return status;
}

void ask_moment_write(struct ask_buffer *buffer, int64_t at) {
  char text[ASK_MOMENT_TEXT];
  if (at) ask_moment_text(at, text);
  ask_put_text(buffer, at ? text : NULL);
}

static void write_id(struct ask_buffer *buffer, const struct ask_uuid *id) {
  char text[ASK_UUID_TEXT];
  ask_uuid_text(id, text);
  ask_put_text(buffer, text);
}

void ask_keys_write(struct ask_buffer *buffer, const struct ask_partner_key *keys, size_t count) {
  ask_put_open(buffer, '{');
  ask_put_key(buffer, "keys");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) {
    ask_put_open(buffer, '{');
    ask_put_key(buffer, "id");
    write_id(buffer, &keys[i].id);
    ask_put_key_text(buffer, "name", keys[i].name);
    ask_put_key(buffer, "partner");
    write_id(buffer, &keys[i].partner);
    ask_put_key(buffer, "created");
    ask_moment_write(buffer, keys[i].created);
    ask_put_key(buffer, "revoked");
    ask_moment_write(buffer, keys[i].revoked);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
