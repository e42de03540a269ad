/* What a person can see of a form, of packs, of their numbers and of the interface: the texts that a language has to translate.
 * Citations and the names of sources stay as they are. */
#include <string.h>

#include "model/formulas.h"
#include "service/locale_parts.h"
#include "service/naming.h"
#include "service/sheet.h"

/* ---- a list of texts, each once ---------------------------------------------------------------------------------- */

/* Digits and signs are the same in every language. */
static bool has_words(const char *text) {
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text, letter = c | 0x20;
    if (c >= 0x80 || (letter >= 'a' && letter <= 'z')) return true;
  }
  return false;
}

bool ask_seen_has(const struct ask_seen *seen, const char *english) {
  return seen->numbers && ask_map_get(seen->numbers, english) >= 0;
}

bool ask_seen_add(struct ask_arena *arena, struct ask_seen *seen, const char *english, const char *where) {
  if (!english || !has_words(english) || ask_seen_has(seen, english)) return false;
  if (!seen->numbers) seen->numbers = ask_map_new(arena);
  ask_map_put(seen->numbers, english, (int32_t)seen->count);
  struct ask_seen_text *room = ask_push(arena, &seen->texts, &seen->count, &seen->capacity, sizeof *room);
  *room = (struct ask_seen_text){.english = english, .where = where};
  return true;
}

/* ---- a form, and the questions of packs and programs ------------------------------------------------------------- */

struct seer {
  struct ask_arena *arena;
  struct ask_seen *seen;
  const char *where;
};

static void see(struct seer *seer, const char *text) { ask_seen_add(seer->arena, seer->seen, text, seer->where); }

/* What has no text is called by its id. */
static void see_name(struct seer *seer, const char *text, const char *id) {
  see(seer, text ? text : ask_name_words(seer->arena, id));
}

static void see_item(struct seer *seer, const struct ask_item_spec *item, const char *list) {
  seer->where = list ? ask_printf(seer->arena, "%s.%s", list, item->id) : item->id;
  see_name(seer, item->text, item->id);
  see(seer, item->why);
  see(seer, item->help);
  see(seer, item->pattern_hint);
  for (uint32_t i = 0; i < item->options.count; i++) {
    const struct ask_option *option = &item->options.list[i];
    see_name(seer, option->text, option->id);
    if (item->computed.text)
      see_name(seer, NULL, option->id); /* a rule in words has what is computed, not what is read */
  }
  const char *own = seer->where;
  for (size_t i = 0; i < item->field_count; i++) {
    see_item(seer, &item->fields[i], own);
    if (!item->fields[i].text) see(seer, item->entry); /* the member's age */
  }
}

/* Titles, notes, units, and the keys of tables. */
static void see_parameters(struct seer *seer, const struct ask_parameter_file *file) {
  for (size_t i = 0; file && i < file->count; i++) {
    const struct ask_parameter_spec *spec = &file->list[i];
    seer->where = ask_printf(seer->arena, "parameter %s", spec->id);
    see_name(seer, spec->title, spec->id);
    for (int one = 0; one < 2; one++) {
      const char *unit = ask_unit_pattern(seer->arena, spec, one);
      if (strcmp(unit, "{amount}") != 0) see(seer, unit);
    }
    for (size_t v = 0; v < spec->version_count; v++) {
      const struct ask_parameter_version *version = &spec->versions[v];
      see(seer, version->note);
      for (size_t k = 0; k < version->cell_count; k++)
        if (ask_key_is_name(version->cells[k].key)) see_name(seer, NULL, version->cells[k].key);
    }
  }
}

static void see_groups(struct seer *seer, const struct ask_group_spec *groups, size_t count) {
  for (size_t i = 0; i < count; i++) {
    seer->where = ask_printf(seer->arena, "group %s", groups[i].id);
    for (size_t k = 0; k < groups[i].item_count; k++)
      see(seer, ask_member_words(seer->arena, groups[i].entry, groups[i].items[k]));
  }
}

static void see_form(struct seer *seer, const struct ask_form_spec *form) {
  seer->where = "the form";
  see(seer, form->title);
  for (size_t s = 0; s < form->section_count; s++) {
    const struct ask_section_spec *section = &form->sections[s];
    seer->where = ask_printf(seer->arena, "section %s", section->id);
    see(seer, section->title);
    see(seer, section->intro);
    for (size_t i = 0; i < section->item_count; i++) see_item(seer, &section->items[i], NULL);
  }
  for (size_t i = 0; i < form->item_count; i++) see_item(seer, &form->items[i], NULL);
  see_groups(seer, form->groups, form->group_count);
  for (size_t i = 0; i < form->instrument_count; i++) {
    const struct ask_instrument_spec *instrument = form->instruments[i];
    seer->where = ask_printf(seer->arena, "instrument %s", instrument->id);
    see(seer, instrument->title);
    see(seer, instrument->note);
    for (size_t k = 0; k < instrument->item_count; k++) see_item(seer, &instrument->items[k], NULL);
    see_groups(seer, instrument->groups, instrument->group_count);
    see_parameters(seer, &instrument->parameters);
  }
  seer->where = "checks";
  for (size_t i = 0; i < form->check_count; i++) see(seer, form->checks[i].message);
}

/* The form with its numbers, and those that all packs share: whatever has no place of its own is looked up here. */
static void see_base(struct seer *seer, const struct ask_catalogue *catalogue) {
  const struct ask_common_spec *common = catalogue->common;
  see_form(seer, catalogue->form);
  see_parameters(seer, catalogue->form_parameters);
  for (size_t i = 0; common && i < common->parameter_count; i++) see_parameters(seer, &common->parameters[i]);
}

/* ---- programs and overviews -------------------------------------------------------------------------------------- */

static void see_tree(struct seer *seer, const struct ask_node_spec *node) {
  if (!node) return;
  see(seer, node->text);
  for (size_t i = 0; i < node->child_count; i++) see_tree(seer, &node->children[i]);
}

static void see_texts(struct seer *seer, const struct ask_text_when_spec *texts, size_t count) {
  for (size_t i = 0; i < count; i++) see(seer, texts[i].text);
}

static void see_lines(struct seer *seer, const struct ask_line_spec *lines, size_t count) {
  for (size_t i = 0; i < count; i++) see_name(seer, lines[i].text, lines[i].name);
}

/* What a Lua function reads, which is all that can be said of it. */
static void see_reads(void *context, const struct ask_formula_spec *formula, struct ask_place at) {
  (void)at;
  for (size_t i = 0; i < formula->read_count; i++) see_name(context, NULL, formula->reads[i]);
}

static void see_program(struct seer *seer, const struct ask_program_spec *program) {
  seer->where = "the program";
  see(seer, program->name);
  see(seer, program->agency);
  see(seer, program->helps);
  for (size_t i = 0; i < program->item_count; i++) see_item(seer, &program->items[i], NULL);
  seer->where = "criteria";
  see_tree(seer, program->eligible);
  seer->where = "possible";
  see_tree(seer, program->possible);
  seer->where = "worksheet";
  see_lines(seer, program->lines, program->line_count);
  seer->where = "levels";
  for (size_t i = 0; i < program->level_count; i++) see(seer, program->levels[i].name);
  seer->where = "score and amount";
  for (size_t i = 0; i < program->point_count; i++) see(seer, program->points[i].text);
  see(seer, program->amount_text);
  seer->where = "notes";
  see_texts(seer, program->notes, program->note_count);
  seer->where = "documents";
  see_texts(seer, program->documents, program->document_count);
  seer->where = "next steps";
  see_texts(seer, program->next_steps, program->next_step_count);
  seer->where = "cannot";
  for (size_t i = 0; i < program->cannot_count; i++) see(seer, program->cannot[i]);
  seer->where = "functions";
  ask_each_formula(program, see_reads, seer);
  see_parameters(seer, program->parameters);
}

static void see_remarks(struct seer *seer, const struct ask_remark_spec *remarks, size_t count) {
  for (size_t i = 0; i < count; i++) {
    see(seer, remarks[i].text);
    see(seer, remarks[i].say);
    see_tree(seer, remarks[i].when);
  }
}

/* What a pack says by itself, without its programs. */
static void see_pack(struct seer *seer, const struct ask_pack_spec *pack) {
  if (pack->items) see_form(seer, pack->items);
  for (size_t i = 0; i < pack->shared_count; i++) see_parameters(seer, &pack->shared[i]);
  if (!pack->overview) return;
  seer->where = "what to do first";
  see_remarks(seer, pack->overview->steps, pack->overview->step_count);
  seer->where = "flags";
  see_remarks(seer, pack->overview->flags, pack->overview->flag_count);
  seer->where = "worksheet";
  see_lines(seer, pack->overview->lines, pack->overview->line_count);
}

/* ---- the interface ----------------------------------------------------------------------------------------------- */

enum { WEB_DEPTH = 8 };

/* Every .lua below a folder. name: as it stands within web/. */
static bool see_web(struct seer *seer, const char *folder, const char *name, int depth, struct ask_problems *problems) {
  size_t count = 0;
  const char **names = ask_folder_list(seer->arena, folder, NULL, &count, problems);
  bool good = names != NULL;
  for (size_t i = 0; good && i < count; i++) {
    const char *path = ask_path_join(seer->arena, folder, names[i]);
    const char *within = *name ? ask_printf(seer->arena, "%s/%s", name, names[i]) : names[i];
    size_t length = strlen(names[i]);
    if (depth < WEB_DEPTH && ask_is_folder(path)) {
      good = see_web(seer, path, within, depth + 1, problems);
    } else if (length > 4 && strcmp(names[i] + length - 4, ".lua") == 0 && ask_is_file(path)) {
      struct ask_bytes bytes = ask_file_read(seer->arena, path, ASK_INPUT_LIMIT, problems);
      good = bytes.bytes != NULL;
      if (good) ask_locale_scan(seer->arena, path, bytes.bytes, bytes.length, within, seer->seen, problems);
    }
  }
  return good;
}

static bool see_interface(struct seer *seer, const char *web, struct ask_problems *problems) {
  bool good = see_web(seer, web, "", 0, problems);
  seer->where = "sheets of programs";
  for (size_t i = 0; i < ask_sheet_phrase_count; i++) see(seer, ask_sheet_phrases[i]);
  return good;
}

/* ---- whose is what ----------------------------------------------------------------------------------------------- */

static void add_all(struct ask_arena *arena, struct ask_seen *to, const struct ask_seen *from) {
  for (size_t i = 0; i < from->count; i++) ask_seen_add(arena, to, from->texts[i].english, from->texts[i].where);
}

static size_t place_named(const struct ask_locale_place *places, size_t count, const char *name) {
  size_t i = 0;
  while (i < count && strcmp(places[i].name, name) != 0) i++;
  return i;
}

static bool is_of(const struct ask_locale_place *place, const char *pack) {
  return place->program && strcmp(place->pack, pack) == 0;
}

/* own[pack] gets what several of its programs say, after what it says by itself; all[pack] gets everything. */
static void share(struct ask_arena *arena, const struct ask_locale_place *places, size_t count, size_t pack,
                  const struct ask_seen *form, struct ask_seen *own, struct ask_seen *all) {
  struct ask_map *times = ask_map_new(arena);
  for (size_t p = 0; p < count; p++) {
    if (!is_of(&places[p], places[pack].pack)) continue;
    for (size_t i = 0; i < all[p].count; i++) {
      const char *english = all[p].texts[i].english;
      int32_t before = ask_map_get(times, english);
      ask_map_put(times, english, before < 0 ? 1 : before + 1);
    }
  }
  for (size_t p = 0; p < count; p++) {
    if (!is_of(&places[p], places[pack].pack)) continue;
    for (size_t i = 0; i < all[p].count; i++) {
      const char *english = all[p].texts[i].english;
      if (ask_map_get(times, english) < ASK_LOCALE_SHARED || ask_seen_has(form, english)) continue;
      if (ask_seen_add(arena, &own[pack], english, "several programs"))
        own[pack].texts[own[pack].count - 1].shared = true;
    }
  }
  for (size_t p = 0; p < count; p++) {
    if (!is_of(&places[p], places[pack].pack)) continue;
    for (size_t i = 0; i < all[p].count; i++) {
      const struct ask_seen_text *text = &all[p].texts[i];
      if (!ask_seen_has(form, text->english) && !ask_seen_has(&own[pack], text->english))
        ask_seen_add(arena, &own[p], text->english, text->where);
    }
    add_all(arena, &all[pack], &all[p]);
  }
}

bool ask_locale_see(struct ask_arena *arena, const struct ask_rules *rules, const struct ask_locale_place *places,
                    size_t count, const char *web, struct ask_seen **ret_own, struct ask_seen **ret_all,
                    struct ask_problems *problems) {
  struct ask_seen *own = ask_alloc_array(arena, count, sizeof *own), *all = ask_alloc_array(arena, count, sizeof *all);
  size_t form = place_named(places, count, "form");
  size_t errors = problems->errors;
  for (size_t p = 0; p < count; p++) {
    struct seer seer = {.arena = arena, .seen = &all[p], .where = ""};
    if (places[p].program)
      see_program(&seer, places[p].program_spec);
    else if (places[p].pack)
      see_pack(&seer, places[p].pack_spec);
    else if (p == form)
      see_base(&seer, rules->catalogue);
    else if (!see_interface(&seer, web, problems))
      return false;
    if (!places[p].program && !places[p].pack) add_all(arena, &own[p], &all[p]);
  }
  for (size_t p = 0; p < count; p++) {
    if (!places[p].pack || places[p].program) continue;
    for (size_t i = 0; i < all[p].count; i++)
      if (!ask_seen_has(&all[form], all[p].texts[i].english))
        ask_seen_add(arena, &own[p], all[p].texts[i].english, all[p].texts[i].where);
    share(arena, places, count, p, &own[form], own, all);
  }
  for (size_t p = 0; p < count; p++)
    if (places[p].pack) add_all(arena, &all[form], &all[p]);
  *ret_own = own;
  *ret_all = all;
  return problems->errors == errors;
}

bool ask_locale_is_good(const struct ask_translation_spec *entry) {
  return entry && *entry->text && ask_locale_same_placeholders(entry->english, entry->text);
}

bool ask_language_read(struct ask_arena *arena, const struct ask_locale_wanted *wanted, struct ask_language *ret,
                       struct ask_problems *problems) {
  struct ask_language language = {0};
  struct ask_seen *own = NULL, *all = NULL;
  language.places = ask_locale_places(arena, wanted->places, wanted->web, wanted->rules, &language.count);
  if (!ask_locale_see(arena, wanted->rules, language.places, language.count, wanted->web, &own, &all, problems))
    return false;
  struct ask_locale_file *files = ask_alloc_array(arena, language.count, sizeof *files);
  bool good = true;
  for (size_t i = 0; i < language.count; i++)
    good = ask_locale_file_read(arena, &language.places[i], wanted->tag, &files[i], problems) && good;
  language.files = files;
  language.own = own;
  language.all = all;
  *ret = language;
  return good;
}

static bool file_has(const struct ask_language *language, size_t place, const char *english) {
  return ask_locale_is_good(ask_locale_entry(&language->files[place].spec, english));
}

/* Every program of the pack that says it. */
static bool programs_have(const struct ask_language *language, const char *pack, const char *english) {
  for (size_t i = 0; i < language->count; i++)
    if (is_of(&language->places[i], pack) && ask_seen_has(&language->all[i], english) &&
        !file_has(language, i, english))
      return false;
  return true;
}

bool ask_language_has(const struct ask_language *language, size_t place, const char *english) {
  const struct ask_locale_place *own = &language->places[place];
  if (file_has(language, place, english)) return true;
  if (!own->pack) return false; /* nothing stands in for the form and for the interface */
  for (size_t i = 0; i < language->count; i++) {
    const struct ask_locale_place *other = &language->places[i];
    bool form = !other->pack && strcmp(other->name, "form") == 0;
    bool pack = own->program && other->pack && !other->program && strcmp(other->pack, own->pack) == 0;
    if ((form || pack) && file_has(language, i, english)) return true;
  }
  const struct ask_seen *seen = &language->own[place];
  bool shared = !own->program && seen->texts[ask_map_get(seen->numbers, english)].shared;
  return shared && programs_have(language, own->pack, english);
}
