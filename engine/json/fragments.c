/* What is the same in every result of one day, and of some packs. A few of each are kept, the one not used for longest is
 * made room of. */
#include "json/fragments.h"

#include <stdlib.h>

#include "base/hash.h"
#include "json/write_parts.h"

enum { DAYS_KEPT = 8, SOURCES_KEPT = 8 };

struct day {
  struct ask_arena *arena; /* NULL: not used yet */
  struct ask_day_fragments fragments;
  uint64_t used;
};

/* The beginning of results for some packs. */
struct source {
  ask_packs packs;
  struct ask_buffer text; /* empty: not used yet */
  uint64_t used;
};

struct ask_fragments {
  const struct ask_catalogue *catalogue;
  struct ask_arena *arena;
  struct ask_text *keys;
  struct day days[DAYS_KEPT];
  struct source sources[SOURCES_KEPT];
  uint64_t clock;
};

/* Takes what is in the buffer and clears it. */
static struct ask_text keep(struct ask_arena *arena, struct ask_buffer *buffer) {
  struct ask_text text = {ask_strndup(arena, buffer->bytes ? buffer->bytes : "", buffer->length), buffer->length};
  ask_buffer_clear(buffer);
  return text;
}

struct ask_fragments *ask_fragments_new(const struct ask_catalogue *catalogue) {
  struct ask_fragments *fragments = calloc(1, sizeof *fragments);
  if (!fragments) abort();
  struct ask_buffer buffer = {0};
  fragments->catalogue = catalogue;
  fragments->arena = ask_arena_new();
  fragments->keys = ask_alloc_array(fragments->arena, catalogue->item_count, sizeof *fragments->keys);
  for (size_t i = 0; i < catalogue->item_count; i++) {
    ask_put_name(&buffer, catalogue->items[i].spec->id);
    fragments->keys[i] = keep(fragments->arena, &buffer);
  }
  ask_buffer_free(&buffer);
  return fragments;
}

struct ask_fragments *ask_fragments_free(struct ask_fragments *fragments) {
  if (fragments) {
    for (size_t i = 0; i < DAYS_KEPT; i++) ask_arena_free(fragments->days[i].arena);
    for (size_t i = 0; i < SOURCES_KEPT; i++) ask_buffer_free(&fragments->sources[i].text);
    ask_arena_free(fragments->arena);
    free(fragments);
  }
  return NULL;
}

const struct ask_text *ask_fragments_keys(const struct ask_fragments *fragments) { return fragments->keys; }

/* ---- the pieces -------------------------------------------------------------------------------------------------- */

static void put_source(struct ask_buffer *buffer, const struct ask_catalogue *catalogue, ask_packs packs) {
  struct ask_buffer ids = {0};
  char shared[ASK_HASH_TEXT];
  ask_put_key(buffer, "engine");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "name", "askonce");
  ask_put_key_text(buffer, "version", ASK_VERSION);
  ask_put_close(buffer, '}');
  ask_put_key(buffer, "form");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "id", catalogue->form->id);
  ask_put_key_text(buffer, "version", catalogue->form->version);
  ask_put_key_text(buffer, "hash", catalogue->form->hash);
  ask_put_close(buffer, '}');
  ask_packs_text(catalogue, packs, &ids);
  ask_packs_shared_hash(catalogue, packs, shared);
  ask_put_key_text(buffer, "pack", ids.length ? ids.bytes : "none");
  ask_put_key(buffer, "shared");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "hash", shared);
  ask_put_close(buffer, '}');
  ask_buffer_free(&ids);
}

struct ask_text ask_fragments_of_packs(struct ask_fragments *fragments, ask_packs packs) {
  struct source *oldest = &fragments->sources[0];
  for (size_t i = 0; i < SOURCES_KEPT; i++) {
    struct source *source = &fragments->sources[i];
    if (source->text.length && source->packs == packs) {
      source->used = ++fragments->clock;
      return (struct ask_text){source->text.bytes, source->text.length};
    }
    if (source->used < oldest->used) oldest = source;
  }
  ask_buffer_clear(&oldest->text);
  put_source(&oldest->text, fragments->catalogue, packs);
  oldest->packs = packs;
  oldest->used = ++fragments->clock;
  return (struct ask_text){oldest->text.bytes, oldest->text.length};
}

void ask_put_limits(struct ask_buffer *buffer, const struct ask_program_spec *spec) {
  ask_put_key_texts(buffer, "cannot", spec->cannot, spec->cannot_count);
  ask_put_key(buffer, "review");
  if (!spec->review_months) {
    ask_put_null(buffer);
    return;
  }
  ask_put_open(buffer, '{');
  ask_put_key_int(buffer, "months", spec->review_months);
  ask_put_key_text(buffer, "cite", spec->review_cite);
  ask_put_key_bool(buffer, "verified", !spec->review_unverified);
  ask_put_close(buffer, '}');
}

static void put_rule(struct ask_buffer *buffer, const struct ask_catalogue *catalogue,
                     const struct ask_program *program, const struct ask_dated *dated) {
  ask_put_key_texts(buffer, "labels", program->labels, program->label_count);
  ask_put_key(buffer, "rule");
  ask_put_open(buffer, '{');
  ask_put_key_text(buffer, "version", program->spec->version);
  ask_put_key_text(buffer, "hash", program->spec->hash[0] ? program->spec->hash : NULL);
  ask_put_key_text(buffer, "cite", program->spec->cite);
  ask_put_key(buffer, "parameters");
  ask_put_open(buffer, '{');
  for (size_t i = 0; i < program->parameter_count; i++) {
    int32_t number = program->parameters[i];
    const struct ask_parameter_version *version = dated->versions[number];
    ask_put_name(buffer, catalogue->parameters[number].spec->id);
    if (!version) {
      ask_put_null(buffer);
      continue;
    }
    ask_put_open(buffer, '{');
    ask_put_key(buffer, "from");
    ask_put_date(buffer, version->from);
    ask_put_key_bool(buffer, "verified", version->verified);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, '}');
  ask_put_close(buffer, '}');
}

static void make_day(const struct ask_catalogue *catalogue, const struct ask_dated *dated, struct day *day) {
  struct ask_buffer buffer = {0};
  struct ask_program_fragments *programs = ask_alloc_array(day->arena, catalogue->program_count, sizeof *programs);
  day->fragments.as_of = dated->as_of;
  day->fragments.programs = programs;
  ask_put_key(&buffer, "as_of");
  ask_put_date(&buffer, dated->as_of);
  day->fragments.as_of_member = keep(day->arena, &buffer);
  for (size_t i = 0; i < catalogue->program_count; i++) {
    const struct ask_program *program = &catalogue->programs[i];
    ask_put_key_text(&buffer, "name", program->spec->name);
    ask_put_key_text(&buffer, "agency", program->spec->agency);
    programs[i].name = keep(day->arena, &buffer);
    ask_put_limits(&buffer, program->spec);
    programs[i].limits = keep(day->arena, &buffer);
    put_rule(&buffer, catalogue, program, dated);
    programs[i].rule = keep(day->arena, &buffer);
  }
  ask_buffer_free(&buffer);
}

const struct ask_day_fragments *ask_fragments_of_day(struct ask_fragments *fragments, const struct ask_dated *dated) {
  struct day *oldest = &fragments->days[0];
  for (size_t i = 0; i < DAYS_KEPT; i++) {
    struct day *day = &fragments->days[i];
    if (day->arena && day->fragments.as_of == dated->as_of) {
      day->used = ++fragments->clock;
      return &day->fragments;
    }
    if (day->used < oldest->used) oldest = day;
  }
  if (oldest->arena)
    ask_arena_reset(oldest->arena);
  else
    oldest->arena = ask_arena_new();
  make_day(fragments->catalogue, dated, oldest);
  oldest->used = ++fragments->clock;
  return &oldest->fragments;
}
