/* host: keys of partners, the rules in force, reload, translations. */
#include <string.h>

#include "service/app_parts.h"
#include "service/keys.h"
#include "service/locale.h"

/* host.keys.list(): {{id, name, created, revoked}} */
static void list_keys(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_arena *arena = page->arena;
  struct ask_partner_key *keys = NULL;
  size_t count = 0, shown = 0;
  enum ask_store_status status = ask_store_keys(page->state->store, arena, &keys, &count);
  if (status != ASK_STORE_OK) {
    ask_host_refuse_status(call, status);
    return;
  }
  struct ask_raw *list = ask_raw_list(arena, count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(keys[i].name, ASK_KEY_OF_APP) == 0) continue;
    struct ask_raw *object = ask_raw_object(arena, 4);
    ask_raw_set(object, "id", ask_raw_uuid(arena, &keys[i].id));
    ask_raw_set(object, "name", ask_raw_text(arena, keys[i].name));
    ask_raw_set(object, "created", ask_raw_integer(arena, keys[i].created));
    if (keys[i].revoked) ask_raw_set(object, "revoked", ask_raw_integer(arena, keys[i].revoked));
    list->children[shown++] = *object;
  }
  list->child_count = shown;
  ask_host_give(call, list);
}

/* host.keys.add(partner): the key, shown once | nil, "unacceptable", problems */
static void add_key(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = page->arena};
  struct ask_partner_key made;
  char key[ASK_KEY_TEXT];
  const char *name = ask_host_text(call, 0, "partner");
  if (!name) return;
  if (!ask_key_name_check(name, &problems)) {
    ask_host_refuse(call, "unacceptable");
    ask_host_give(call, ask_raw_problems(page->arena, &problems));
    return;
  }
  enum ask_store_status status = ask_key_add(page->state->store, name, key, &made);
  if (status == ASK_STORE_OK)
    ask_host_give(call, ask_raw_text(page->arena, ask_strdup(page->arena, key)));
  else
    ask_host_refuse_status(call, status);
}

/* host.keys.revoke(id) */
static void revoke_key(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_uuid id;
  if (!ask_host_uuid(call, ask_host_text(call, 0, "id"), "id", &id)) return;
  enum ask_store_status status = ask_store_key_revoke(page->state->store, &id, ask_now());
  if (status == ASK_STORE_OK)
    ask_host_give(call, ask_raw_bool(page->arena, true));
  else
    ask_host_refuse_status(call, status);
}

/* host.rules(): {generation, hash, loaded_at, programs, broken = {{program, why}}} */
static void rules(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_arena *arena = page->arena;
  const struct ask_generation *generation = page->generation;
  const struct ask_catalogue *catalogue = generation->rules->catalogue;
  struct ask_raw *object = ask_raw_object(arena, 5), *broken = ask_raw_list(arena, catalogue->program_count);
  broken->child_count = 0;
  for (size_t i = 0; i < catalogue->program_count; i++) {
    const struct ask_program *program = &catalogue->programs[i];
    if (!program->broken) continue;
    struct ask_raw *one = ask_raw_object(arena, 2);
    ask_raw_set(one, "program", ask_raw_text(arena, program->spec->id));
    ask_raw_set(one, "why", ask_raw_text(arena, program->broken));
    broken->children[broken->child_count++] = *one;
  }
  ask_raw_set(object, "generation", ask_raw_integer(arena, generation->number));
  ask_raw_set(object, "hash", ask_raw_text(arena, generation->hash));
  ask_raw_set(object, "loaded_at", ask_raw_integer(arena, generation->loaded_at));
  ask_raw_set(object, "programs", ask_raw_integer(arena, (int64_t)generation->programs));
  ask_raw_set(object, "broken", broken);
  ask_host_give(call, object);
}

/* host.reload(): {swapped, unchanged, generation, hash, programs, cases, failed, problems} as the control socket gives it */
static void reload(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_problems problems = {.arena = page->arena};
  struct ask_reload_report report = {0};
  const struct ask_app_options *options = &page->app->options;
  if (!options->reload) {
    ask_host_refuse(call, "away");
    return;
  }
  options->reload(options->reload_context, &report, &problems);
  struct ask_buffer *text = &page->state->text;
  ask_buffer_clear(text);
  ask_reload_report_write(text, &report, &problems);
  ask_host_give_json(page, call, (struct ask_text){text->bytes, text->length});
}

/* ---- translations ----------------------------------------------------------------------------------------------------- */

/* Those that people can choose. */
static struct ask_locale *read_locales(struct ask_app_call *page, size_t *ret_count) {
  struct ask_problems unread = {.arena = page->arena};
  struct ask_locale *locales = NULL;
  *ret_count = 0;
  size_t count = 0;
  ask_locales_read(page->arena, &page->generation->places, page->app->options.web, page->generation->rules, &locales,
                   &count, &unread);
  for (size_t i = 0; i < count; i++)
    if (!locales[i].test || page->app->options.test_languages) locales[(*ret_count)++] = locales[i];
  return locales;
}

static struct ask_raw *language_value(struct ask_arena *arena, const struct ask_locale *locale, size_t more) {
  struct ask_raw *object = ask_raw_object(arena, 3 + more);
  ask_raw_set(object, "tag", ask_raw_text(arena, locale->tag));
  ask_raw_set(object, "name", ask_raw_text(arena, locale->name));
  ask_raw_set(object, "direction", ask_raw_text(arena, locale->right_to_left ? "rtl" : "ltr"));
  return object;
}

/* host.languages(): {{tag, name, direction}}, English first */
static void languages(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  size_t count = 0;
  const struct ask_locale *locales = read_locales(page, &count);
  struct ask_raw *list = ask_raw_list(page->arena, count);
  for (size_t i = 0; i < count; i++) list->children[i] = *language_value(page->arena, &locales[i], 0);
  ask_host_give(call, list);
}

/* host.texts(tag): {tag, name, direction, files = {["form"] = {english = text}, ["web"] =, ["pack nyc"] =, ["program snap"] =}} */
static void texts(void *context, struct ask_host_call *call) {
  struct ask_app_call *page = context;
  struct ask_arena *arena = page->arena;
  size_t count = 0;
  const char *tag = ask_host_text(call, 0, "tag");
  if (!tag) return;
  const struct ask_locale *locales = read_locales(page, &count), *found = NULL;
  for (size_t i = 0; i < count && !found; i++)
    if (strcmp(locales[i].tag, tag) == 0) found = &locales[i];
  if (!found) {
    ask_host_refuse(call, "not-found");
    return;
  }
  struct ask_raw *object = language_value(arena, found, 1), *files = ask_raw_object(arena, found->file_count);
  for (size_t i = 0; i < found->file_count; i++) {
    const struct ask_locale_texts *file = &found->files[i];
    struct ask_raw *map = ask_raw_object(arena, file->count);
    for (size_t j = 0; j < file->count; j++)
      ask_raw_set(map, file->texts[j].english, ask_raw_text(arena, file->texts[j].text));
    ask_raw_set(files, file->place, map);
  }
  ask_raw_set(object, "files", files);
  ask_host_give(call, object);
}

const struct ask_host_entry ask_app_administration[] = {
    {.name = "keys.list", .function = list_keys},
    {.name = "keys.add", .function = add_key},
    {.name = "keys.revoke", .function = revoke_key},
    {.name = "rules", .function = rules},
    {.name = "reload", .function = reload, .slow = true},
    {.name = "languages", .function = languages},
    {.name = "texts", .function = texts},
    {0},
};
