/* The criteria tree and the worksheet of one determination, with the values that each criterion saw. */
#include "json/write_parts.h"

#include "model/lookup.h"

static void put_state(struct ask_buffer *buffer, const struct ask_determination *determination, int32_t reg) {
  ask_put_key(buffer, "value");
  uint8_t state = determination->states[reg];
  if (state == ASK_KNOWN) {
    ask_put_bool(buffer, determination->words[reg] != 0);
    return;
  }
  ask_put_null(buffer);
  if (state == ASK_WITHHELD) ask_put_key_bool(buffer, "withheld", true);
  if (state == ASK_FAULT) ask_put_key_bool(buffer, "fault", true);
}

static void put_lines(struct ask_buffer *buffer, const struct ask_determination *determination,
                      const struct ask_node *node) {
  ask_put_key(buffer, "lines");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < node->line_count; i++) {
    const struct ask_line *line = &determination->program->lines[node->lines[i]];
    struct ask_value value = {.word = determination->words[line->reg], .state = determination->states[line->reg]};
    ask_put_name(buffer, line->spec->name);
    ask_put_kind_value(buffer, &line->kind, &value);
  }
  ask_put_close(buffer, '}');
}

void ask_put_tree(struct ask_buffer *buffer, const struct ask_json_view *view,
                  const struct ask_determination *determination, const struct ask_node *node) {
  static const char *const kinds[] = {
      [ASK_RULE] = "rule", [ASK_ALL] = "all", [ASK_ANY] = "any", [ASK_NONE] = "none", [ASK_AT_LEAST] = "at_least"};
  const struct ask_node_spec *spec = node->spec;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "kind", kinds[spec->kind]);
  if (spec->kind == ASK_AT_LEAST) ask_put_key_int(buffer, "at_least", spec->at_least);
  ask_put_key_text(buffer, "text", spec->text);
  if (spec->code) ask_put_key_text(buffer, "code", spec->code);
  ask_put_key_text(buffer, "expr", spec->formula.expr.text);
  put_state(buffer, determination, node->reg);
  ask_put_key_text(buffer, "cite", spec->cite);
  ask_put_key_bool(buffer, "verified", !spec->unverified);
  ask_put_reads(buffer, view, node->reads, node->read_count);
  if (node->line_count) put_lines(buffer, determination, node);
  if (node->parameter_count) ask_put_lookups(buffer, view, determination, node->parameters, node->parameter_count);
  ask_put_key(buffer, "children");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < node->child_count; i++) ask_put_tree(buffer, view, determination, &node->children[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

void ask_put_worksheet(struct ask_buffer *buffer, const struct ask_json_view *view,
                       const struct ask_determination *determination) {
  const struct ask_program *program = determination->program;
  ask_put_key(buffer, "worksheet");
  ask_put_open(buffer, '[');
  for (size_t i = 0; ask_has_values(determination) && i < program->spec->line_count; i++) {
    const struct ask_line *line = &program->lines[i];
    struct ask_value value = {.word = determination->words[line->reg], .state = determination->states[line->reg]};
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "name", line->spec->name);
    ask_put_key_text(buffer, "text", line->spec->text);
    ask_put_key_text(buffer, "type", ask_type_name(line->kind.type));
    ask_put_key(buffer, "value");
    ask_put_kind_value(buffer, &line->kind, &value);
    ask_put_key_text(buffer, "expr", line->spec->formula.expr.text);
    ask_put_key_text(buffer, "cite", line->spec->cite);
    ask_put_key_bool(buffer, "verified", !line->spec->unverified);
    ask_put_reads(buffer, view, line->reads, line->read_count);
    if (line->parameter_count) ask_put_lookups(buffer, view, determination, line->parameters, line->parameter_count);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
}
