/* Wide texts as they lie in a column: squeezed with lz4 when that pays. Reading trusts nothing: a damaged column is
 * found, not followed. */
#include <lz4.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

enum {
  AS_IT_IS = 0,
  LZ4 = 1,
  LZ4_HEAD = 5,
  SHORT = 512,             /* below this it does not pay */
  ROOM_KEPT = 1024 * 1024, /* a room that grew larger is given back when it is next used */
  LZ4_BEST_RATIO = 255,    /* of its format: a claimed length beyond that is a lie */
};

bool ask_sqlite_pack(struct ask_sqlite_session *session, struct ask_text text, size_t room, struct ask_text *ret) {
  struct ask_buffer *packed = &session->packed[room];
  if (text.length > (size_t)ASK_SQLITE_UNPACKED) {
    ask_sqlite_say(session, ASK_STORE_BROKEN, "a text of %zu bytes; a store keeps up to %d", text.length,
                   (int)ASK_SQLITE_UNPACKED);
    return false;
  }
  if (packed->capacity > ROOM_KEPT) ask_buffer_free(packed);
  packed->length = 0;
  int most = LZ4_compressBound((int)text.length);
  ask_buffer_reserve(packed, (size_t)most + LZ4_HEAD);
  unsigned char *to = (unsigned char *)packed->bytes;
  int length = 0;
  if (text.length > SHORT) {
    if (!session->compressor && !(session->compressor = malloc((size_t)LZ4_sizeofState()))) abort();
    length = LZ4_compress_fast_extState(session->compressor, text.bytes, packed->bytes + LZ4_HEAD, (int)text.length,
                                        most, 1);
  }
  if (length > 0 && (size_t)length + LZ4_HEAD < text.length + 1) {
    to[0] = LZ4;
    for (size_t i = 0; i < 4; i++) to[1 + i] = (unsigned char)(text.length >> (8 * i) & 0xff);
    packed->length = (size_t)length + LZ4_HEAD;
  } else {
    to[0] = AS_IT_IS;
    if (text.length) memcpy(to + 1, text.bytes, text.length);
    packed->length = text.length + 1;
  }
  *ret = (struct ask_text){packed->bytes, packed->length};
  return true;
}

bool ask_sqlite_unpack(struct ask_sqlite_session *session, struct ask_text packed, struct ask_arena *arena,
                       struct ask_text *ret) {
  const unsigned char *from = (const unsigned char *)packed.bytes;
  if (packed.length >= 1 && from[0] == AS_IT_IS) {
    *ret = (struct ask_text){ask_strndup(arena, packed.bytes + 1, packed.length - 1), packed.length - 1};
    return true;
  }
  if (packed.length > LZ4_HEAD && from[0] == LZ4) {
    size_t length = 0, rest = packed.length - LZ4_HEAD;
    for (size_t i = 0; i < 4; i++) length |= (size_t)from[1 + i] << (8 * i);
    if (length <= (size_t)ASK_SQLITE_UNPACKED && length / LZ4_BEST_RATIO <= rest &&
        rest <= (size_t)ASK_SQLITE_UNPACKED) {
      char *text = ask_alloc(arena, length + 1);
      if (LZ4_decompress_safe(packed.bytes + LZ4_HEAD, text, (int)rest, (int)length) == (int)length) {
        text[length] = '\0';
        *ret = (struct ask_text){text, length};
        return true;
      }
    }
  }
  ask_sqlite_say(session, ASK_STORE_BROKEN, "a text in the file is damaged");
  return false;
}

bool ask_sqlite_column_packed(struct ask_sqlite_session *session, sqlite3_stmt *statement, int at,
                              struct ask_arena *arena, struct ask_text *ret) {
  const char *bytes = sqlite3_column_blob(statement, at);
  size_t length = bytes ? (size_t)sqlite3_column_bytes(statement, at) : 0;
  return ask_sqlite_unpack(session, (struct ask_text){bytes ? bytes : "", length}, arena, ret);
}
