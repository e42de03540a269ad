/* The form and the programs of a catalogue, for tools that build a screen or a list from them. */
#include "json/write_parts.h"

static const char *type_word(const struct ask_item_spec *spec) { return ask_type_name(spec->type); }

static void put_item(struct ask_buffer *buffer, const struct ask_item *item) {
  const struct ask_item_spec *spec = item->spec;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "id", spec->id);
  ask_put_key_text(buffer, "type", type_word(spec));
  ask_put_key_text(buffer, "text", spec->text);
  ask_put_key_text(buffer, "why", spec->why);
  if (spec->help) ask_put_key_text(buffer, "help", spec->help);
  if (spec->options.count) {
    ask_put_key(buffer, "options");
    ask_put_open(buffer, '[');
    for (uint32_t i = 0; i < spec->options.count; i++) {
      const struct ask_option *option = &spec->options.list[i];
      ask_put_open(buffer, '{');
      ask_put_key_text(buffer, "id", option->id);
      ask_put_key_text(buffer, "text", option->text ? option->text : option->id);
      if (option->has_code) ask_put_key_int(buffer, "code", option->code);
      if (option->declines) ask_put_key_bool(buffer, "declines", true);
      ask_put_close(buffer, '}');
    }
    ask_put_close(buffer, ']');
    if (spec->options.ordered) ask_put_key_bool(buffer, "ordered", true);
  }
  if (spec->ask_when.text) ask_put_key_text(buffer, "ask_when", spec->ask_when.text);
  if (spec->computed.text) ask_put_key_text(buffer, "computed", spec->computed.text);
  if (spec->if_not_asked.text) ask_put_key_text(buffer, "if_not_asked", spec->if_not_asked.text);
  if (spec->min.text) ask_put_key_text(buffer, "min", spec->min.text);
  if (spec->max.text) ask_put_key_text(buffer, "max", spec->max.text);
  if (spec->type == ASK_TEXT) ask_put_key_int(buffer, "max_length", spec->max_length ? spec->max_length : 200);
  if (spec->pattern) ask_put_key_text(buffer, "pattern", spec->pattern);
  if (spec->required) ask_put_key_bool(buffer, "required", true);
  if (item->label_count) ask_put_key_texts(buffer, "labels", item->labels, item->label_count);
  if (spec->declared_by) ask_put_key_text(buffer, "declared_by", spec->declared_by);
  if (spec->instrument) ask_put_key_text(buffer, "instrument", spec->instrument->id);
  if (spec->type == ASK_LIST) {
    ask_put_key_int(buffer, "max_entries", spec->max_entries ? spec->max_entries : 50);
    ask_put_key(buffer, "fields");
    ask_put_open(buffer, '[');
    for (size_t i = 0; i < item->field_count; i++) put_item(buffer, &item->fields[i]);
    ask_put_close(buffer, ']');
  }
  ask_put_close(buffer, '}');
}

static void put_instrument(struct ask_buffer *buffer, const struct ask_instrument_spec *spec) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "instrument", spec->id);
  ask_put_key_text(buffer, "title", spec->title);
  ask_put_key_text(buffer, "source", spec->source);
  if (spec->url) ask_put_key_text(buffer, "url", spec->url);
  ask_put_key_text(buffer, "licence", spec->licence);
  ask_put_key_bool(buffer, "licence_verified", !spec->licence_unverified);
  if (spec->note) ask_put_key_text(buffer, "note", spec->note);
  ask_put_key_texts(buffer, "scores", spec->scores, spec->score_count);
  ask_put_key_texts(buffer, "bands", spec->bands, spec->band_count);
  ask_put_close(buffer, '}');
}

/* pack NULL: the form's. */
static void put_section(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs,
                        const struct ask_section_spec *section, const char *pack) {
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "section", section->id);
  ask_put_key_text(buffer, "title", section->title);
  if (pack) ask_put_key_text(buffer, "pack", pack);
  if (section->intro) ask_put_key_text(buffer, "intro", section->intro);
  if (section->role) ask_put_key_text(buffer, "role", section->role);
  if (section->ask_when.text) ask_put_key_text(buffer, "ask_when", section->ask_when.text);
  ask_put_key(buffer, "items");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < catalogue->item_count; i++)
    if (catalogue->items[i].section == section && ask_packs_have(packs, catalogue->items[i].pack))
      put_item(buffer, &catalogue->items[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

static bool has_items(const struct ask_catalogue *catalogue, const struct ask_section_spec *section) {
  bool found = false;
  for (size_t i = 0; i < catalogue->item_count && !found; i++) found = catalogue->items[i].section == section;
  return found;
}

void ask_json_form(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs) {
  const struct ask_form_spec *form = catalogue->form;
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "form", form->id);
  ask_put_key_text(buffer, "title", form->title);
  ask_put_key_text(buffer, "version", form->version);
  ask_put_key_text(buffer, "hash", form->hash);
  ask_put_key(buffer, "sections");
  ask_put_open(buffer, '[');
  for (size_t s = 0; s < form->section_count; s++) put_section(buffer, catalogue, packs, &form->sections[s], NULL);
  for (size_t p = 0; p < catalogue->pack_count; p++) {
    const struct ask_pack_spec *pack = catalogue->packs[p].spec;
    for (size_t s = 0; pack->items && ask_packs_have(packs, (int32_t)p) && s < pack->items->section_count; s++)
      if (has_items(catalogue, &pack->items->sections[s])) /* else they joined a section of the form */
        put_section(buffer, catalogue, packs, &pack->items->sections[s], pack->id);
  }
  ask_put_close(buffer, ']');
  ask_put_key(buffer, "instruments");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < form->instrument_count; i++) put_instrument(buffer, form->instruments[i]);
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}

/* The members that every list of programs shows. */
void ask_put_program_summary(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                             const struct ask_program *program) {
  const struct ask_program_spec *spec = program->spec;
  ask_put_key_text(buffer, "program", spec->id);
  ask_put_key_text(buffer, "pack", spec->pack);
  ask_put_key_text(buffer, "name", spec->name);
  ask_put_key_text(buffer, "agency", spec->agency);
  ask_put_key_text(buffer, "helps", spec->helps);
  ask_put_key_text(buffer, "cite", spec->cite);
  ask_put_key_text(buffer, "version", spec->version);
  ask_put_key_text(buffer, "hash", spec->hash[0] ? spec->hash : NULL);
  ask_put_key_bool(buffer, "verified", !spec->unverified);
  ask_put_key_text(buffer, "phone", spec->phone);
  ask_put_key_text(buffer, "url", spec->url);
  ask_put_key_text(buffer, "error", program->broken);
  ask_put_key(buffer, "reads");
  ask_put_open(buffer, '[');
  for (size_t j = 0; j < program->all_read_count; j++)
    ask_put_text(buffer, catalogue->items[program->all_reads[j]].spec->id);
  ask_put_close(buffer, ']');
  ask_put_key_texts(buffer, "labels", program->labels, program->label_count);
}

void ask_json_programs(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs) {
  struct ask_buffer ids = {0};
  ask_packs_text(catalogue, packs, &ids);
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "pack", ids.length ? ids.bytes : "none");
  ask_buffer_free(&ids);
  ask_put_key(buffer, "programs");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < catalogue->program_count; i++) {
    if (!ask_packs_have(packs, catalogue->programs[i].pack)) continue;
    ask_put_open(buffer, '{');
    ask_put_program_summary(buffer, catalogue, &catalogue->programs[i]);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
