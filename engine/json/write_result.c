/* A whole result: where it comes from, what was asked, the answers as given, and the determinations. */
#include "json/write_parts.h"

const char *ask_detail_text(enum ask_detail detail) {
  static const char *const texts[] = {"status", "reasons", "tree"};
  return texts[detail];
}

static void put_request(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                        const struct ask_json_request *request) {
  ask_put_key(buffer, "request");
  ask_put_open(buffer, '{');
  if (request->id) ask_put_key_text(buffer, "id", request->id);
  ask_put_key(buffer, "programs");
  if (request->programs) {
    ask_put_open(buffer, '[');
    for (size_t i = 0; i < catalogue->program_count; i++)
      if (request->programs[i]) ask_put_text(buffer, catalogue->programs[i].spec->id);
    ask_put_close(buffer, ']');
  } else {
    ask_put_null(buffer);
  }
  ask_put_key_text(buffer, "detail", ask_detail_text(request->detail));
  ask_put_key_bool(buffer, "next", request->with_next);
  ask_put_close(buffer, '}');
}

static void put_answers(struct ask_buffer *buffer, const struct ask_answers *answers, const struct ask_text *keys) {
  const struct ask_catalogue *catalogue = answers->catalogue;
  ask_put_key(buffer, "answers");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < catalogue->item_count; i++) {
    const struct ask_value *value = &answers->items[i];
    if (value->state != ASK_KNOWN && value->absence != ASK_DECLINED && value->absence != ASK_NOT_KNOWN) continue;
    ask_put_piece(buffer, keys[i].bytes, keys[i].length);
    ask_put_item_value(buffer, &catalogue->items[i], value);
  }
  ask_put_close(buffer, '}');
}

void ask_json_next(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, const struct ask_next *next,
                   size_t count) {
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) {
    const struct ask_item_spec *spec = catalogue->items[next[i].item].spec;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "item", spec->id);
    ask_put_key_text(buffer, "path", next[i].path);
    ask_put_key_text(buffer, "text", spec->text);
    ask_put_key(buffer, "blocks");
    ask_put_open(buffer, '[');
    for (size_t j = 0; j < next[i].block_count; j++)
      ask_put_text(buffer, catalogue->programs[next[i].blocks[j]].spec->id);
    ask_put_close(buffer, ']');
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}

void ask_json_result(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                     struct ask_fragments *fragments, const struct ask_json_request *request) {
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  struct ask_json_view view = ask_json_view(result, dated, fragments);
  ask_put_open(buffer, '{');
  ask_put_source(buffer, result, dated, fragments);
  put_request(buffer, catalogue, request);
  put_answers(buffer, result->answers, view.keys);
  ask_put_key(buffer, "warnings");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->warning_count; i++) ask_put_problem(buffer, &result->warnings[i]);
  ask_put_close(buffer, ']');
  ask_put_key(buffer, "ignored");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->ignored_count; i++)
    ask_put_text(buffer, catalogue->items[result->ignored[i]].spec->id);
  ask_put_close(buffer, ']');
  ask_put_first_steps(buffer, result);
  ask_put_flags(buffer, result);
  ask_put_key(buffer, "determinations");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < result->determination_count; i++)
    ask_put_determination(buffer, &view, &result->determinations[i], request->detail);
  ask_put_close(buffer, ']');
  if (request->with_next) {
    ask_put_key(buffer, "next");
    ask_json_next(buffer, catalogue, request->next, request->next_count);
  }
  if (request->questions) {
    ask_put_key(buffer, "questions");
    ask_json_questions(buffer, request->questions, result);
  }
  ask_put_close(buffer, '}');
}
