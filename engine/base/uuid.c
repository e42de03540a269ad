/* UUID version 7. Not for randomness: the caller brings it. */
#include "base/uuid.h"

#include <string.h>

static void put_time(struct ask_uuid *uuid, int64_t milliseconds) {
  for (int i = 5; i >= 0; i--) {
    uuid->bytes[i] = (unsigned char)(milliseconds & 0xff);
    milliseconds >>= 8;
  }
}

struct ask_uuid ask_uuid_v7(int64_t milliseconds, const unsigned char random[10]) {
  struct ask_uuid uuid;
  put_time(&uuid, milliseconds);
  memcpy(uuid.bytes + 6, random, 10);
  uuid.bytes[6] = (unsigned char)(0x70 | (uuid.bytes[6] & 0x0f));
  uuid.bytes[8] = (unsigned char)(0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

struct ask_uuid ask_uuid_v7_of_client(int64_t milliseconds, const unsigned char random[2],
                                      const struct ask_uuid *client) {
  unsigned char bytes[10];
  memcpy(bytes, random, 2);
  memcpy(bytes + 2, client->bytes + 8, 8);
  return ask_uuid_v7(milliseconds, bytes);
}

int64_t ask_uuid_client_key(const struct ask_uuid *uuid) {
  uint64_t key = 0;
  for (int i = 8; i < 16; i++) key = key << 8 | uuid->bytes[i];
  return (int64_t)key;
}

int64_t ask_uuid_time(const struct ask_uuid *uuid) {
  int64_t milliseconds = 0;
  for (int i = 0; i < 6; i++) milliseconds = milliseconds << 8 | uuid->bytes[i];
  return milliseconds;
}

static bool dash_at(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

void ask_uuid_text(const struct ask_uuid *uuid, char ret_text[ASK_UUID_TEXT]) {
  static const char digits[] = "0123456789abcdef";
  size_t at = 0;
  for (size_t i = 0; i < 16; i++) {
    if (dash_at(at)) ret_text[at++] = '-';
    ret_text[at++] = digits[uuid->bytes[i] >> 4];
    ret_text[at++] = digits[uuid->bytes[i] & 0x0f];
  }
  ret_text[at] = '\0';
}

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool ask_uuid_read(const char *text, size_t length, struct ask_uuid *ret) {
  size_t at = 0;
  if (length != ASK_UUID_TEXT - 1) return false;
  for (size_t i = 0; i < 16; i++) {
    if (dash_at(at) && text[at++] != '-') return false;
    int high = digit(text[at]), low = digit(text[at + 1]);
    if (high < 0 || low < 0) return false;
    ret->bytes[i] = (unsigned char)(high << 4 | low);
    at += 2;
  }
  return true;
}
