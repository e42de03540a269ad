/* Keys of partners: made, listed, revoked. A key is "ask_" and 43 characters of base64url (256 random bits); only its
 * SHA-256 is kept, so it can be shown once only. */
#ifndef ASK_SERVICE_KEYS_H
#define ASK_SERVICE_KEYS_H

#include "store/store.h"

enum { ASK_KEY_TEXT = 48 };

/* A name: 1 to ASK_STORE_NAME_LIMIT bytes of UTF-8 without control characters, no blanks at its ends. False after adding a
 * problem. */
bool ask_key_name_check(const char *name, struct ask_problems *problems);
/* Makes a key for the partner of that name. ret_key: the key itself, to be shown and forgotten. */
enum ask_store_status ask_key_add(ask_store_session *session, const char *name, char ret_key[ASK_KEY_TEXT],
                                  struct ask_partner_key *ret);
/* The partner under which the worker's app keeps assessments, and its key, which nobody holds: the store knows the hash of
 * random bytes. No partner may be called so. */
#define ASK_KEY_OF_APP "askonce worker app"
enum ask_store_status ask_key_add_of_app(ask_store_session *session, struct ask_partner_key *ret);
/* {"keys": [{"id", "name", "partner", "created", "revoked"}]}; revoked is null while a key is in force. */
void ask_keys_write(struct ask_buffer *buffer, const struct ask_partner_key *keys, size_t count);
/* SHA-256 of the key's text. */
void ask_key_hash(struct ask_text key, char ret_hash[ASK_HASH_TEXT]);

/* Fresh identifiers and moments: the one place where the service asks the clock and the kernel's randomness. */
void ask_random(unsigned char *bytes, size_t length);
/* 32 random bytes in lower-case hexadecimal: nobody guesses it. */
enum { ASK_RANDOM_TEXT = 65 };
void ask_random_text(char ret_text[ASK_RANDOM_TEXT]);
struct ask_uuid ask_uuid_new(void);
struct ask_uuid ask_uuid_new_of_client(const struct ask_uuid *client);
int64_t ask_now(void); /* microseconds since 1970 */
/* RFC 3339, as 2026-11-23T09:42:10.123456Z. */
enum { ASK_MOMENT_TEXT = 28 };
void ask_moment_text(int64_t microseconds, char ret_text[ASK_MOMENT_TEXT]);
/* The same into JSON; 0: null. */
void ask_moment_write(struct ask_buffer *buffer, int64_t microseconds);

#endif
