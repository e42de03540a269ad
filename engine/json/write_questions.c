/* Questions: what to ask next and what not, what a change of one answer would do, one program explained. */
#include "json/write_parts.h"

static void put_applying(struct ask_buffer *buffer, struct ask_workspace *workspace, const struct ask_result *result,
                         const char *key, enum ask_applies applies) {
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  ask_put_name(buffer, key);
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < catalogue->item_count; i++) {
    const struct ask_item *item = &catalogue->items[i];
    if (item->asked && ask_packs_have(result->packs, item->pack) && ask_item_applies(workspace, item) == applies)
      ask_put_text(buffer, item->spec->id);
  }
  ask_put_close(buffer, ']');
}

void ask_json_questions(struct ask_buffer *buffer, struct ask_workspace *workspace, const struct ask_result *result) {
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  ask_put_open(buffer, '{');
  put_applying(buffer, workspace, result, "hidden", ASK_APPLIES_NOT);
  put_applying(buffer, workspace, result, "waits", ASK_APPLIES_MAYBE);
  ask_put_key(buffer, "computed");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < catalogue->item_count; i++) {
    const struct ask_item *item = &catalogue->items[i];
    const struct ask_value *given = &result->answers->items[i], *value = &result->items[i];
    if (!item->computed.code || given->state == ASK_KNOWN || value->state != ASK_KNOWN) continue;
    if (value->absence == ASK_NOT_ASKED || !ask_packs_have(result->packs, item->pack)) continue;
    ask_put_name(buffer, item->spec->id);
    ask_put_item_value(buffer, item, value);
  }
  ask_put_close(buffer, '}');
  ask_put_close(buffer, '}');
}

void ask_json_next_report(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                          struct ask_fragments *fragments, const struct ask_next *next, size_t count,
                          const struct ask_not_asked *not_asked, size_t not_asked_count) {
  static const char *const why[] = {[ASK_NOT_ASKED_HIDDEN] = "hidden",
                                    [ASK_NOT_ASKED_DECIDED] = "decided",
                                    [ASK_NOT_ASKED_URGENCY] = "urgency",
                                    [ASK_NOT_ASKED_UNREAD] = "unread",
                                    [ASK_NOT_ASKED_GIVEN_ABSENT] = "given_absent"};
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  ask_put_open(buffer, '{');
  ask_put_source(buffer, result, dated, fragments);
  ask_put_first_steps(buffer, result);
  ask_put_key(buffer, "next");
  ask_json_next(buffer, catalogue, next, count);
  ask_put_key(buffer, "not_asked");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < not_asked_count; i++) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "item", catalogue->items[not_asked[i].item].spec->id);
    ask_put_key_text(buffer, "why", why[not_asked[i].why]);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_json_what_if(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                      struct ask_fragments *fragments, const struct ask_program *program,
                      const struct ask_what_if *what_if) {
  static const char *const kinds[] = {
      [ASK_CHANGE_TO] = "to", [ASK_CHANGE_AT_MOST] = "at_most", [ASK_CHANGE_AT_LEAST] = "at_least"};
  const struct ask_catalogue *catalogue = result->answers->catalogue;
  ask_put_open(buffer, '{');
  ask_put_source(buffer, result, dated, fragments);
  ask_put_key_text(buffer, "program", program->spec->id);
  ask_put_key_text(buffer, "status", ask_status_text(what_if->status));
  ask_put_key(buffer, "changes");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < what_if->change_count; i++) {
    const struct ask_change *change = &what_if->changes[i];
    const struct ask_item *item = &catalogue->items[change->item];
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "item", item->spec->id);
    ask_put_key_text(buffer, "kind", kinds[change->kind]);
    ask_put_key(buffer, "from");
    ask_put_item_value(buffer, item, &change->from);
    ask_put_key(buffer, "to");
    ask_put_item_value(buffer, item, &change->to);
    ask_put_key_text(buffer, "status", ask_status_text(change->status));
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_key(buffer, "unmet");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < what_if->unmet_count; i++) {
    const struct ask_node_spec *spec = what_if->unmet[i]->spec;
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "text", spec->text);
    ask_put_key_text(buffer, "expr", spec->formula.expr.text);
    ask_put_key_text(buffer, "cite", spec->cite);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_json_explain(struct ask_buffer *buffer, const struct ask_result *result, const struct ask_dated *dated,
                      struct ask_fragments *fragments, const struct ask_determination *determination) {
  struct ask_json_view view = ask_json_view(result, dated, fragments);
  ask_put_open(buffer, '{');
  ask_put_source(buffer, result, dated, fragments);
  ask_put_key(buffer, "determination");
  ask_put_determination(buffer, &view, determination, ASK_DETAIL_TREE);
  ask_put_close(buffer, '}');
}
