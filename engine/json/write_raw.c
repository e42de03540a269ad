/* A raw tree as JSON: numbers as they are written in it. */
#include "json/put.h"
#include "json/write.h"

void ask_json_raw(struct ask_buffer *buffer, const struct ask_raw *raw) {
  switch (raw->kind) {
  case ASK_RAW_NULL: ask_put_null(buffer); return;
  case ASK_RAW_BOOL: ask_put_bool(buffer, raw->text[0] == 't'); return;
  case ASK_RAW_NUMBER: ask_put_piece(buffer, raw->text, raw->length); return;
  case ASK_RAW_TEXT: ask_put_string(buffer, raw->text, raw->length); return;
  case ASK_RAW_ARRAY:
    ask_put_open(buffer, '[');
    for (size_t i = 0; i < raw->child_count; i++) ask_json_raw(buffer, &raw->children[i]);
    ask_put_close(buffer, ']');
    return;
  case ASK_RAW_OBJECT:
    ask_put_open(buffer, '{');
    for (size_t i = 0; i < raw->child_count; i++) {
      ask_put_text(buffer, raw->children[i].key);
      ask_put_bytes(buffer, ":", 1);
      ask_json_raw(buffer, &raw->children[i]);
    }
    ask_put_close(buffer, '}');
    return;
  }
}
